"""What a terminal gets and a file doesn't: colours, tables cut to its width, word of progress after a second."""

from __future__ import annotations

import functools
import io
import threading
from collections.abc import Callable

import pytest
from conftest import ROOT, page_only
from picturing import plans

from kgisheet import api
from kgisheet.check.finding import ERROR, NOTE, Finding, Report
from kgisheet.cli import summary, terminal
from kgisheet.filled.records import Record
from kgisheet.language.text import Text
from kgisheet.report.columns import aligned, width
from kgisheet.report.text import lines, text
from kgisheet.template.declaration import parse


class Screen(io.StringIO):
    """A terminal of 80 columns."""

    def isatty(self) -> bool:
        return True


def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """Put a terminal in the place of both streams; in the test itself, since pytest puts its own there before that."""
    made = Screen()
    monkeypatch.setattr("sys.stdout", made)
    monkeypatch.setattr("sys.stderr", made)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return made


# -- colours ----------------------------------------------------------------------


def test_errors_are_red_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    screen(monkeypatch)
    assert terminal.painted("error 2", "error") == "\x1b[31merror 2\x1b[0m"
    assert terminal.painted("a line", "") == "a line"


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_no_colour_where_it_is_not_wanted(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    screen(monkeypatch)
    monkeypatch.setenv(name, value)
    assert terminal.painted("error 2", "error") == "error 2"


def test_a_pipe_gets_neither_colours_nor_cut_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", io.StringIO())
    assert terminal.painted("error 2", "error") == "error 2"
    assert terminal.width() is None


# -- the width --------------------------------------------------------------------


def test_no_line_of_a_table_is_wider_than_the_terminal() -> None:
    """Figures stay whole; of the texts the widest give way, those of Japanese letters by two columns each."""
    rows = [
        ["受注率の根拠となる実績の説明", "12,000,000", "Opportunities are deals over the win rate, rounded up to a whole one"]
    ]
    assert width(aligned(rows, right={1})) == 2 * 14 + 2 + 10 + 2 + 68
    for most in (100, 60, 40):
        [line] = aligned(rows, right={1}, most=most).splitlines()
        assert width(line) <= most
        assert "12,000,000" in line
    assert aligned(rows, right={1}, most=200) == aligned(rows, right={1})


@functools.cache
def eight(lang: str) -> list[Record]:
    """The records of a funnel of eight channels with long names."""
    return api.records_of_plan(plans.plan(f"eight.{lang}"), lang)


@pytest.mark.parametrize("lang", plans.LANGUAGES)
@pytest.mark.parametrize("columns", [200, 100, 80, 60, 40])
def test_the_chain_is_twelve_lines_and_no_wider_than_the_terminal(
    monkeypatch: pytest.MonkeyPatch, columns: int, lang: str
) -> None:
    """Title, heading, seven stages and where the rest is: 10, and the verdict on a line or two of its own where it is narrow."""
    monkeypatch.setattr(terminal, "width", lambda: columns)
    lines = summary.summary(eight(lang), lang, "/home/user/goals/fiscal-2026/book.xlsx").splitlines()
    assert len(lines) <= 12
    assert max(map(width, lines)) <= columns
    assert sum("90,000,000" in line or "50,875" in line for line in lines) == 2


def test_what_a_narrow_terminal_has_no_room_for_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """First the channels, whose rates are then a range (10, 30 and 20 %), then the rates, then the months."""
    _, records = api.records_of_book(page_only(), "b.xlsx")
    lines = {}
    for columns in (120, 80, 40, 30):
        monkeypatch.setattr(terminal, "width", lambda most=columns: most)
        lines[columns] = summary.summary(records, "ja", "b.xlsx").splitlines()
    leads = {columns: next(line.split() for line in said if line.startswith("リード数")) for columns, said in lines.items()}
    assert leads == {
        120: ["リード数", "217", "18.08", "アポ率", "10%〜30%", "100", "67", "50"],
        80: ["リード数", "217", "18.08", "アポ率", "10%〜30%"],
        40: ["リード数", "217", "18.08"],
        30: ["リード数", "217"],
    }


def test_more_stages_than_lines_leave_out_those_before_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nine stages and a verdict on its own line: 3 + 9 + 1 = 13, so that two of them make room for a line that says so."""
    records = api.records_of_plan(inside_sales(), "ja")
    monkeypatch.setattr(terminal, "width", lambda: 48)
    lines = summary.summary(records, "ja", "b.xlsx").splitlines()
    assert [line.split()[0] for line in lines[-4:-1]] == ["接続数", "…(ほか2項目)", "訪問数"]
    assert len(lines) == 12


def inside_sales() -> api.Plan:
    folder = ROOT / "samples" / "inside-sales"
    declared = parse((folder / "template.toml").read_bytes(), "template.toml")
    return api.plan_from_toml((folder / "plan.toml").read_bytes(), "plan.toml", "ja", open_template=lambda _: declared)


# -- progress ---------------------------------------------------------------------


@pytest.fixture
def timer(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """What is to be done once the second is over."""
    waiting: list[Callable[[], None]] = []

    class Timer(threading.Timer):
        def start(self) -> None:
            waiting.append(self.function)  # type: ignore[arg-type]  # a method without arguments

    monkeypatch.setattr(terminal.threading, "Timer", Timer)
    return waiting


def test_what_takes_a_second_says_so_and_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch, timer: list[Callable[[], None]]
) -> None:
    shown = screen(monkeypatch)
    with terminal.progress("checking 1/3 a.xlsx") as line:
        assert shown.getvalue() == ""
        timer[0]()
        assert shown.getvalue() == "\r\x1b[Kchecking 1/3 a.xlsx"
        line.say("checking 2/3 b.xlsx")
    assert shown.getvalue() == "\r\x1b[Kchecking 1/3 a.xlsx\r\x1b[Kchecking 2/3 b.xlsx\r\x1b[K"


def test_what_is_quick_says_nothing(monkeypatch: pytest.MonkeyPatch, timer: list[Callable[[], None]]) -> None:
    shown = screen(monkeypatch)
    with terminal.progress("checking"):
        pass
    timer[0]()  # too late: it is done
    assert shown.getvalue() == ""


def test_a_log_file_hears_nothing_of_progress(monkeypatch: pytest.MonkeyPatch, timer: list[Callable[[], None]]) -> None:
    monkeypatch.setattr("sys.stderr", io.StringIO())
    with terminal.progress("checking"):
        pass
    assert timer == []


# -- the report -------------------------------------------------------------------


def said_of(code: str, severity: str, sheet: str, cell: str, message: str, fix: str) -> Finding:
    return Finding(code, severity, Text(message, message), Text(fix, fix), sheet=sheet, cell=cell)


def test_errors_come_first_whatever_sheet_they_are_on() -> None:
    """Two notes on the first sheet, an error on the second: the error leads, and what both notes say is said once."""
    source, nothing = "(source: a survey (2023))", "nothing, if it is your own figure"
    found = (
        said_of("I11", NOTE, "A", "D4", f"90% is beyond what is usual {source}", nothing),
        said_of("I11", NOTE, "A", "D5", f"5% is beyond what is usual {source}", nothing),
        said_of("F01", ERROR, "B", "D7", "5 is typed over the formula", "put the formula back"),
    )
    report = Report("b.xlsx", "findings", "standard", 9, 9, 0, found)
    said = text([report], "en").splitlines()
    assert said[1:] == [
        "[1 error]",
        "  F01 B!D7: 5 is typed over the formula",
        "    → put the formula back",
        "[2 notes]",
        "  I11 A!D4: 90% is beyond what is usual",
        "  I11 A!D5: 5% is beyond what is usual",
        "    (source: a survey (2023))",
        "    → nothing, if it is your own figure",
    ]
    assert [line.kind for line in lines([report], "en")] == ["error", "error", "", "", "note", "", "", "", ""]

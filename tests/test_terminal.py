"""What a terminal gets and a file doesn't: colours, tables cut to its width, word of progress after a second."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable

import pytest
from conftest import page_only

from kgisheet import api
from kgisheet.check.finding import ERROR, NOTE, Finding, Report
from kgisheet.cli import summary, terminal
from kgisheet.language.text import Text
from kgisheet.report.columns import aligned, width
from kgisheet.report.text import lines, text


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


def test_a_narrow_terminal_gets_the_range_of_the_channels_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Meeting rates of 10, 30 and 20 %: no room for a column each in 40 columns."""
    _, records = api.records_of_book(page_only(), "b.xlsx")
    monkeypatch.setattr(terminal, "width", lambda: 40)
    lines = summary.summary(records, "ja", "b.xlsx").splitlines()
    assert [line.split()[1] for line in lines if line.startswith(("アポ率", "CV率"))] == ["10%〜30%", "1%"]
    assert not any("メルマガ" in line for line in lines)


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
        "[error 1]",
        "  F01 B!D7: 5 is typed over the formula",
        "    → put the formula back",
        "[note 2]",
        "  I11 A!D4: 90% is beyond what is usual",
        "  I11 A!D5: 5% is beyond what is usual",
        "    (source: a survey (2023))",
        "    → nothing, if it is your own figure",
    ]
    assert [line.kind for line in lines([report], "en")] == ["error", "error", "", "", "note", "", "", "", ""]

"""`check` of many files: which are looked at, which are named as passed over, the table at the end, the exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran, page_only
from hands import edited
from seeding.savers import setter

from kgisheet.check.finding import ERROR, NOTE, WARNING, Finding, Report
from kgisheet.cli.checking import Worst
from kgisheet.language.text import Text
from kgisheet.report.columns import cut
from kgisheet.report.html import html
from kgisheet.report.sarif import sarif
from kgisheet.report.text import text

Run = Callable[..., Ran]


@pytest.fixture
def returned(tmp_path: Path) -> Path:
    """What came back: a sound book, a wrong one in a folder, and what can't be checked."""
    (tmp_path / "east" / "deep").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    for name in ("a.xlsx", "east/b.xlsx", "east/deep/c.xlsx", ".git/d.xlsx"):
        (tmp_path / name).write_bytes(page_only(lang="en"))
    (tmp_path / "east/b.xlsx").write_bytes(edited(page_only(lang="en"), setter("Goals", "D14", 30)))
    for name in ("memo.pdf", "~$a.xlsx", ".DS_Store"):
        (tmp_path / name).write_bytes(b"x")
    return tmp_path


def answer(ran: Ran) -> tuple[dict[str, str], list[str]]:
    said = json.loads(ran.out)
    return {each["file"]: each["status"] for each in said["reports"]}, said.get("not_looked_at", [])


@pytest.mark.usefixtures("returned")
def test_a_folder_names_what_it_passes_over(kgisheet: Run) -> None:
    ran = kgisheet("check", ".", "--format", "json")
    assert answer(ran) == ({"a.xlsx": "ok"}, ["east/", "memo.pdf"])
    assert ran.code == 0
    lines = kgisheet("check", ".").out.decode().splitlines()
    assert lines[-3:] == ["[not checked]", "  east/", "  memo.pdf"]


def test_a_backup_beside_its_workbook_is_passed_over(kgisheet: Run, tmp_path: Path) -> None:
    """`monthly --in-place` leaves one; where its workbook is gone it is all that there is."""
    for name in ("a.xlsx", "a.bak.xlsx", "a.bak.2026-10-01-093000.xlsx", "b.bak.xlsx"):
        (tmp_path / name).write_bytes(page_only(lang="en"))
    ran = kgisheet("check", ".", "--format", "json")
    assert answer(ran) == ({"a.xlsx": "ok", "b.bak.xlsx": "ok"}, ["a.bak.2026-10-01-093000.xlsx", "a.bak.xlsx"])


def test_r_looks_into_folders_in_folders_but_not_into_hidden_ones_nor_round_a_link(kgisheet: Run, returned: Path) -> None:
    (returned / "east" / "up").symlink_to(returned)
    ran = kgisheet("check", "-r", ".", "--format", "json")
    assert answer(ran) == (
        {"a.xlsx": "ok", "east/b.xlsx": "findings", "east/deep/c.xlsx": "ok"},
        ["east/up/", "memo.pdf"],
    )
    assert ran.code == 1


@pytest.mark.parametrize("name", ["old.xls", "office.ods", "binary.XLSB", "mac.numbers"])
def test_a_workbook_of_another_form_was_not_checked_and_is_never_passed(kgisheet: Run, returned: Path, name: str) -> None:
    (returned / name).write_bytes(b"x")
    ran = kgisheet("check", ".", "--format", "json")
    assert answer(ran)[0] == {"a.xlsx": "ok", name: "unreadable"}
    assert ran.code == 3


def test_a_folder_without_a_workbook_says_how_to_look_deeper(kgisheet: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ran = kgisheet("check", "empty")
    assert (ran.code, "add -r" in ran.out.decode()) == (3, True)
    assert "add -r" not in kgisheet("check", "-r", "empty").out.decode()


def report(file: str, *findings: Finding, status: str = "ok") -> Report:
    return Report(file, status, "standard", 524, 132, 0, findings)


def finding(code: str, severity: str, message: str = "Something.") -> Finding:
    return Finding(code, severity, Text(message, message), Text("直す", "mend it"), sheet="Goals", cell="D14")


@pytest.mark.parametrize(
    ("status", "severity", "fail_on", "code"),
    [
        ("ok", NOTE, ERROR, 0),
        ("ok", NOTE, NOTE, 1),
        ("findings", WARNING, ERROR, 0),
        ("findings", ERROR, ERROR, 1),
        ("incomplete", NOTE, ERROR, 3),
        ("incomplete", WARNING, ERROR, 3),  # nothing so grave as was asked for
        ("incomplete", WARNING, WARNING, 1),
        ("incomplete", ERROR, ERROR, 1),
    ],
)
def test_the_exit_code_is_of_the_worst_that_is_known(status: str, severity: str, fail_on: str, code: int) -> None:
    one = report("a", finding("F01", severity), status=status)
    for reports in ([one], [report("b"), one], [one, report("b")]):
        worst = Worst(fail_on)
        assert list(worst.seen(reports)) == reports
        assert worst.code == code


SAVED = finding("S11", NOTE, "It was saved by LibreOffice.")
MANY = [
    report("東日本.xlsx", finding("F01", WARNING), finding("I03", ERROR, "30 is no rate."), SAVED, status="findings"),
    report("b.xlsx", SAVED, finding("I11", NOTE, "Low.")),
    report("c.xlsx", finding("F02", ERROR, "An edited formula."), status="incomplete"),
]


def test_a_note_that_several_files_have_is_said_with_the_first_and_at_the_end() -> None:
    first, second, third, common, *_ = text(MANY, "en").split("\n\n")
    assert "S11 Goals!D14: It was saved by LibreOffice." in first
    assert "LibreOffice" not in second + third
    assert common.splitlines() == [
        "[in several files]",
        "  note S11 Goals!D14: It was saved by LibreOffice.",
        "    → mend it",
        "    東日本.xlsx, b.xlsx",
    ]
    assert "I11 Goals!D14: Low." in second
    # A single file keeps its own, and so do warnings, however many files have them.
    assert text([MANY[1]], "en").count("It was saved by LibreOffice.") == 1
    assert text([report(name, finding("F01", WARNING, "Twice."), status="findings") for name in "ab"], "en").count("Twice.") > 2


def test_the_table_has_a_row_per_file_with_its_worst_finding() -> None:
    assert text(MANY, "en").split("\n\n")[-2].splitlines() == [
        "file         verdict  worst finding",
        "東日本.xlsx  errors   I03 Goals!D14 30 is no rate.",
        "b.xlsx       OK",
        "c.xlsx       errors   F02 Goals!D14 An edited formula.",
    ]
    assert "判定" not in text(MANY[:1], "ja")


def test_what_is_cut_for_the_table_counts_japanese_letters_twice() -> None:
    assert cut("abcdef", 6) == "abcdef"
    assert cut("abcdefg", 6) == "abcd…"
    assert cut("受注単価が", 8) == "受注単…"


def test_what_was_passed_over_is_in_every_form_of_the_report() -> None:
    assert "Not checked: <bdi>old/</bdi>" in html(MANY, "en", ["old/"])
    (run,) = sarif(MANY, "en", "1", ["old/"])["runs"]
    said = [each["message"]["text"] for each in run["invocations"][0]["toolExecutionNotifications"]]
    assert "not checked: old/" in said

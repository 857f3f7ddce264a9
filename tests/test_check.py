"""The checker, on a share of the seeded faults and harmless edits (all of them: tests/seed_faults.py)."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import referee
from conftest import PAGE, Ran, book, page_and_beyond, page_only, some
from hands import edited
from openpyxl.utils.datetime import to_excel
from seeding.harness import choose
from seeding.harness import run as plant
from seeding.judge import complaints
from seeding.savers import saved_by_libreoffice, setter

from kgisheet import api
from kgisheet.check.explain import pages
from kgisheet.check.finding import CODES
from kgisheet.formula.grid import Sheets, held
from kgisheet.formula.parser import FormulaError, parse
from kgisheet.xlsx.read.reader import read

Run = Callable[..., Ran]


KNOWN = frozenset({"S10 one line sorted: figures", "I07 a field's figure a thousand times the goal"})
"""Kinds that are missed: a sorted column of fewer than three different figures, of which two that changed places may be typed
so; a figure of the field that only the goal shows to be absurd."""


@pytest.mark.office
@pytest.mark.parametrize(("subject", "every"), some([("saas-ja", 60), ("all-short-down-en", 120), ("seminar-ja", 40)], 3))
def test_seeded_faults_are_found_at_their_cell_and_harmless_edits_are_silent(subject: str, every: int) -> None:
    """Every kind that falls on a workbook by turns, as `tests/seed_faults.py` plants it."""
    planted = plant(choose([subject], every=every).cases)
    seeded = [each for each in planted if each.case.codes]
    assert len(seeded) >= 4
    assert len({each.case.saver for each in planted}) >= 2
    assert complaints(each for each in seeded if each.case.kind not in KNOWN) == ""
    # A column that was dragged or deleted still gives a finding per cell.
    single = [each for each in seeded if not each.case.kind.startswith("S01")]
    assert sum(each.findings for each in single) <= 1.2 * sum(1 + len(each.case.also) for each in single)
    quiet = [each for each in planted if not each.case.codes]
    assert len(quiet) >= 3
    assert complaints(each for each in quiet if each.case.kind not in KNOWN) == ""
    given = {code for each in planted for code in each.given}
    assert given
    assert given <= set(CODES)


@pytest.mark.office
def test_clean_workbooks_are_ok_in_every_form() -> None:
    # All the sheets of one, all but the tabs of another, with either of the roundings; of the others, the page.
    kinds = [(page_only, "standard", "ja"), (page_only, "short", "ja"), (book, "standard", "en"),
             (page_and_beyond, "short", "en"), (page_only, "access", "ja"), (page_only, "access", "en")]  # fmt: skip
    made = [
        make(template, lang, rounding=("up", "none")[at % 2]) for at, (make, template, lang) in some(list(enumerate(kinds)), 3)
    ]
    assert max(map(len, made)) > 80_000
    for data, office in zip(made, saved_by_libreoffice(made), strict=True):
        for each in (data, office, edited(data, lambda workbook: None)):
            report = api.check(each, "book.xlsx")
            assert (report.status, report.not_evaluated) == ("ok", 0), report.findings


@pytest.mark.office
def test_the_message_says_what_stands_there_what_should_and_what_to_do() -> None:
    data = page_only()
    record = next(each for each in api.records_of_book(data, "x")[1] if each.name == "required_meetings")
    (wrong,) = saved_by_libreoffice([edited(data, setter(str(record.sheet), str(record.cell), 45))])
    (finding,) = [each for each in api.check(wrong, "book.xlsx").findings if each.severity == "error"]
    assert (finding.code, finding.cell, finding.found, finding.expected, finding.difference) == ("F01", record.cell, 45, 40, 5)
    assert finding.message.ja == "必要商談数の数式が「45件」で上書きされています。計算上は40件です(差 +5件)"
    assert finding.fix.ja.startswith("数式に戻してください: =IF(")


def test_rounding_down_is_a_note_not_an_error() -> None:
    report = api.check(page_only(rounding="down"), "book.xlsx")
    assert report.status == "ok"
    assert [each.severity for each in report.findings if each.code == "X05"] == ["note"]


def test_a_formula_that_can_not_be_evaluated_is_never_ok() -> None:
    data = page_only()
    record = next(each for each in api.records_of_book(data, "x")[1] if each.name == "visits")
    odd = edited(data, setter(str(record.sheet), str(record.cell), "=SUM(OFFSET(C1,0,0,1,1))"))
    report = api.check(odd, "book.xlsx")
    assert (report.status, report.not_evaluated) == ("incomplete", 1)


def test_our_reader_of_formulas_agrees_with_what_is_cached() -> None:
    """The evaluator against cached values that two foreign engines have refereed."""
    for template in some(["standard", "short", "access"], 3):
        # The tabs of one: they are the same in each.
        made = book if template == "standard" else page_and_beyond
        found = read(made(template, rounding="none"), "x")
        formulas = {where: each.formula for where, each in found.cells.items() if each.formula}
        constants = {where: held(each.value) for where, each in found.cells.items() if not each.formula}
        sheets = Sheets(formulas, constants, found.names)
        for where in formulas:
            ours, cached = sheets.value(where), found.cells[where].value
            days = to_excel(cached) if isinstance(cached, datetime.datetime) else cached
            assert referee.same(ours if isinstance(ours, str) else float(ours), "" if days is None else days), where  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["=1+", "=SUM(", "=A1 B1", "=Table[x]", "=@A1", "=" + "(" * 500, "=" + "1+" * 5000 + "1"])
def test_formulas_that_are_not_understood_are_said_to_be(text: str) -> None:
    with pytest.raises(FormulaError):
        parse(text)


def test_the_command_and_its_exit_codes(kgisheet: Run, tmp_path: Path) -> None:
    kgisheet("new", "--set", f"sheets={PAGE}")
    assert kgisheet("check", "kgi-goal.xlsx").code == 0
    assert kgisheet("check", "kgi-goal.xlsx", "--fail-on", "note").code == 1
    assert kgisheet("check", "kgi-goal.xlsx", "--fail-on", "note", "--ignore", "I11").code == 0
    assert kgisheet("check", "kgi-goal.xlsx", "--select", "Q99").code == 2
    wrong = edited((tmp_path / "kgi-goal.xlsx").read_bytes(), setter("目標設定", "C10", 30))
    (tmp_path / "wrong.xlsx").write_bytes(wrong)
    ran = kgisheet("check", "wrong.xlsx", lang="ja_JP.UTF-8")
    assert ran.code == 1
    assert "  I03 目標設定!C10: 受注率(案件→受注)が「3,000%」と表示されています。使えるのは100%までです" in ran.out.decode()
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04")
    openpyxl.Workbook().save(tmp_path / "foreign.xlsx")
    (tmp_path / "~$wrong.xlsx").write_bytes(b"lock")
    ran = kgisheet("check", ".", "--format", "json")
    assert ran.code == 1  # what was found goes before what could not be read
    assert kgisheet("check", "broken.xlsx", "kgi-goal.xlsx").code == 3
    answer = json.loads(ran.out)
    assert {each["file"]: each["status"] for each in answer["reports"]} == {
        "broken.xlsx": "unreadable",
        "foreign.xlsx": "incomplete",
        "kgi-goal.xlsx": "ok",
        "wrong.xlsx": "findings",
    }
    finding = next(each for report in answer["reports"] for each in report["findings"] if each["code"] == "I03")
    assert set(finding) == {"code", "severity", "confidence", "sheet", "cell", "name", "label", "found", "expected",
                            "difference", "message", "fix", "root", "affected"}  # fmt: skip
    assert (finding["cell"], finding["name"], finding["found"], finding["expected"]) == ("C10", "win_rate", 30, 0.3)


def test_a_hidden_sheet_that_counts() -> None:
    hidden = edited(page_only(), lambda workbook: setattr(workbook["目標設定"], "sheet_state", "hidden"))
    assert "S05" in {each.code for each in api.check(hidden, "x").findings}


def test_a_copy_of_the_sheet_is_asked_about() -> None:
    copied = edited(page_only(), lambda workbook: workbook.copy_worksheet(workbook["目標設定"]))
    assert [each.code for each in api.check(copied, "x").findings if each.severity == "warning"] == ["S03"]


@pytest.mark.office
def test_an_empty_row_in_the_table_is_no_deleted_formula() -> None:
    """A row inserted among the channels has neither formulas nor inputs; one that is used lacks its formulas."""

    def emptied(workbook: openpyxl.Workbook) -> None:
        for row in workbook["目標設定"]["H15:H22"]:
            for cell in row:
                cell.value = None

    data = page_only()
    (empty,) = saved_by_libreoffice([edited(data, emptied)])
    assert [each.code for each in api.check(empty, "x").findings if each.severity != "note"] == []

    def used(workbook: openpyxl.Workbook) -> None:
        emptied(workbook)
        workbook["目標設定"]["H15"] = "展示会"

    (filled,) = saved_by_libreoffice([edited(data, used)])
    assert "F01" in {each.code for each in api.check(filled, "x").findings}


def test_every_code_has_a_page_in_both_languages(kgisheet: Run) -> None:
    known = pages()
    assert set(known) == set(CODES)
    for page in known.values():
        assert all(part.ja and part.en and part.ja != part.en for part in page)
    ran = kgisheet("explain", "i03", lang="ja_JP.UTF-8")
    assert (ran.code, "3,000%" in ran.out.decode()) == (0, True)
    assert kgisheet("explain", "Q99").code == 2


@pytest.mark.parametrize(("meetings", "severity"), [(39, "error"), (40, None), (42, "warning")])
def test_typed_meetings_against_the_need(meetings: int, severity: str | None) -> None:
    text = f"""
sheets = ["目標設定"]
total_revenue = 50000000
web_revenue = 12000000
deal_size = 4000000
win_rate = "30%"
opportunity_rate = "25%"
[[channel]]
name = "a"
meetings = {meetings}
meeting_rate = "50%"
"""
    data = api.workbook(api.plan_from_toml(text, "p", "ja"), "ja")
    found = [each.severity for each in api.check(data, "x").findings if each.code == "X02"]
    assert found == ([severity] if severity else [])


def test_a_report_never_replaces_a_file_the_checked_workbook_least_of_all(kgisheet: Run, tmp_path: Path) -> None:
    kgisheet("new", "--set", f"sheets={PAGE}")
    before = (tmp_path / "kgi-goal.xlsx").read_bytes()
    ran = kgisheet("check", "kgi-goal.xlsx", "-o", "kgi-goal.xlsx")
    assert (ran.code, "already exists" in ran.err) == (2, True)
    assert (tmp_path / "kgi-goal.xlsx").read_bytes() == before
    assert kgisheet("check", "kgi-goal.xlsx", "-o", "report.txt").code == 0
    assert (tmp_path / "report.txt").read_text(encoding="utf-8").startswith("kgi-goal.xlsx: ")

"""Workbooks of ours that were in Google Sheets: downloaded as .xlsx, they are checked as if they had never been there.

Google Sheets itself can't be run here. `from_google.py` does to a workbook what files show that Google wrote.
"""

from __future__ import annotations

import io
import re
import zipfile
from fractions import Fraction
from typing import Any

import pytest
import referee
from conftest import book, more, page_and_months, page_only
from from_google import exported, typed, worked_out
from hands import edited
from seeding import package
from stored import cells, places

from kgisheet import api
from kgisheet.check.finding import Finding, Report
from kgisheet.values.tolerance import is_shortened


def with_tabs() -> bytes:
    return book(sheets="目標設定,月次予実,2026-04")


def checked(data: bytes) -> Report:
    return api.check(data, "goal.xlsx")


def grave(data: bytes) -> list[Finding]:
    return [each for each in checked(data).findings if each.severity != "note"]


# -- the files ---------------------------------------------------------------------------------------


def test_a_part_of_the_form_that_google_writes() -> None:
    """As files of its have it."""
    with zipfile.ZipFile(io.BytesIO(exported(page_only()))) as package:
        names = package.namelist()
        workbook, sheet = (package.read(f"xl/{part}.xml").decode() for part in ("workbook", "worksheets/sheet1"))
    assert [each for each in names if each.startswith("docProps")] == ["docProps/core.xml"]
    assert '<sheet state="visible" name="目標設定" sheetId="1" r:id="rId4"/>' in workbook
    assert '<sheet state="hidden" name="_kgisheet"' in workbook
    assert '<f t="shared" ref="' in sheet
    assert ('type="custom"' in sheet, 'type="whole"' in sheet, "promptTitle" in sheet) == (True, False, False)
    assert sheet.count("<row ") == 1000
    assert [typed("12000000"), typed("0.25"), typed("25")] == ["1.2E7", "0.25", "25.0"]
    assert [worked_out("5.96317647058824"), worked_out("12345678901"), worked_out("40")] == [
        "5.963176471",
        "1.23456789E10",
        "40",
    ]


def test_what_the_cells_hold_is_what_they_held() -> None:
    data = page_only()
    before, after = cells(data), cells(exported(data))
    assert {where: each.value for where, each in after.items() if not each.formula} == {
        where: each.value for where, each in before.items() if not each.formula
    }
    assert sum(bool(each.formula) for each in after.values()) == sum(bool(each.formula) for each in before.values()) > 100


# -- checked -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["ja", *more(["en"])])
def test_a_right_one_is_right(lang: str) -> None:
    report = checked(exported(page_and_months("standard", lang)))
    assert (report.status, report.template, report.not_evaluated) == ("ok", "standard", 0)
    codes = {each.code for each in report.findings}
    assert codes == {"I11", "S07"}


def test_names_of_single_sheets_may_be_gone() -> None:
    """Thirteen sheets' worth of them: Google's names belong to the whole workbook."""
    data = exported(with_tabs())
    (said,) = [each for each in checked(data).findings if each.code == "S11"]
    assert (said.severity, "2026-04!" in said.message.en, "of single sheets" in said.message.en) == ("note", True, True)
    assert "シート単位の名前" in said.message.ja
    assert grave(data) == []
    # What has such a name is found all the same.
    _, shown = api.records_of_book(data, "goal.xlsx")
    _, before = api.records_of_book(with_tabs(), "goal.xlsx")
    named = "2026-04!goal_leads"
    assert (
        [each.value for each in shown if each.name == named] == [each.value for each in before if each.name == named] != [None]
    )


def test_one_such_name_that_somebody_deleted_is_said_as_ever() -> None:
    parts = package.unpacked(with_tabs())
    name = rb'<definedName name="goal_leads" localSheetId="\d+">\'2026-04\'[^<]*</definedName>'
    parts["xl/workbook.xml"], many = re.subn(name, b"", parts["xl/workbook.xml"])
    found = [(each.code, each.name) for each in grave(package.packed(parts))]
    assert (many, found) == (1, [("F10", "2026-04!goal_leads")])


@pytest.mark.parametrize(
    ("stored", "value", "same"),
    [
        ("5.963176471", "5.96317647058824", True),
        ("5.963176472", "5.96317647058824", False),
        ("12345678900", "12345678901", True),
        ("12345678900", "12345678960", False),
        ("1234567890", "1234567891", False),  # no digit of it is left out
        ("12345678903", "12345678901", False),  # it has them all, and another
        ("0.3356345331", "0.33563453314", True),
        ("-5.963176471", "-5.96317647058824", True),
        ("0", "0", True),
        ("0", "0.01", False),
    ],
)
def test_results_have_ten_digits(stored: str, value: str, same: bool) -> None:
    assert is_shortened(Fraction(stored), Fraction(value)) is same


def test_results_of_more_than_ten_digits_are_not_out_of_date() -> None:
    # 123,456,789,012 yen at 1,234,567,890: eleven digits and more, on the page and spread over the months.
    data = page_and_months("standard", "ja", total_revenue="123456789012", web_revenue="123456789012", deal_size="1234567891")
    assert [each.code for each in grave(exported(data)) if each.code == "C01"] == []


# -- with faults ---------------------------------------------------------------------------------------

FAULTS: list[dict[str, Any]] = [
    # Numbers over formulas, and other formulas.
    {"won_deals": 10, "leads": "=SUM(channel_leads)+1", "month_leads[4]": 99, "quarter_leads[3]": "=SUM(month_leads)"},
    # Inputs that can't be right.
    {"win_rate": 30, "channel_meeting_rate[2]": "30%", "deal_size": "400万円"},
    # What a whole number's validation forbids, of which Google leaves a formula that is its limit.
    {"web_revenue": 12_000_000.5},
]


@pytest.mark.parametrize("faults", FAULTS, ids=["formulas", "inputs", "parts of a yen"])
def test_faults_are_found_at_their_cells(faults: dict[str, Any]) -> None:
    data = page_and_months("standard", "ja")
    there = {places(data)[name]: value for name, value in faults.items()}

    def faulty(workbook: Any) -> None:
        for (sheet, cell), value in there.items():
            workbook[sheet][cell].value = value

    changed = edited(data, faulty)
    found = grave(exported(changed, referee.by_ironcalc(changed)))
    said = {(str(each.sheet), str(each.cell)) for each in found}
    assert said >= set(there) >= {(str(each.sheet), str(each.cell)) for each in found if each.severity == "error"}


def test_an_input_that_was_changed_there_is_no_fault_and_its_results_follow() -> None:
    # 12,000,000 yen at 3,000,000 a deal: 4 deals instead of 3.
    data = page_and_months("standard", "ja")
    sheet, cell = places(data)["deal_size"]

    def typed_there(workbook: Any) -> None:
        workbook[sheet][cell].value = 3_000_000

    changed = edited(data, typed_there)
    back = exported(changed, referee.by_ironcalc(changed))
    assert grave(back) == []
    assert cells(back)[places(data)["won_deals"]].value == 4
    told = api.diff((data, "a.xlsx"), (back, "b.xlsx"))
    assert [each.name for each in told.inputs] == ["deal_size"]

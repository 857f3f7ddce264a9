"""Values beside a label that nobody can calculate with: too large, a sentence, a formula that isn't evaluated. None is called right in silence."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName

from kgisheet import api
from kgisheet.check.finding import Report


def saved(meetings: Any, remark: Any = None) -> bytes:
    """10,000 visits × 2 % = 200 leads, × 22.5 % = 45 meetings, × 20 % = 9 deals."""
    book = openpyxl.Workbook()
    rows = {
        "Visits": 10_000,
        "CVR": 0.02,
        "Leads": 200,
        "Meeting rate": 0.225,
        "Meetings": meetings,
        "Win rate": 0.2,
        "Won deals": 9,
    }
    for at, (label, value) in enumerate(rows.items(), 1):
        book.active.cell(at, 1, label)
        book.active.cell(at, 2, value).number_format = "0.0%" if "rate" in label or label == "CVR" else "#,##0"
    book.active["D2"] = remark
    return written(book)


def written(book: openpyxl.Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def checked(meetings: Any, remark: Any = None) -> Report:
    return api.check(saved(meetings, remark), "goal.xlsx")


def said(report: Report) -> list[tuple[str, str | None]]:
    return [(each.code, each.cell) for each in report.findings if each.code not in ("S12", "C02")]


def test_the_sheet_itself_is_right() -> None:
    assert (checked(45).status, said(checked(45))) == ("ok", [])


@pytest.mark.parametrize("value", [1e30, 1.7e308, -1e308, 1e-40, "9" * 50, "1e999"])
def test_beyond_what_anybody_means(value: Any) -> None:
    report = checked(value)
    assert (report.status, said(report)) == ("findings", [("I07", "B5")])


@pytest.mark.parametrize(
    "value",
    ["TBD", "https://example.com/45", "4%%%%%%%%%%%%%%%%%%%%%", "45, see what was said in the meeting of May", "x" * 5000],
)
def test_a_text_in_the_place_of_the_figure_is_a_note_and_the_check_incomplete(value: str) -> None:
    report = checked(value)
    assert (report.status, said(report)) == ("incomplete", [("I01", "B5")])
    assert all(len(each.message.en) < 120 for each in report.findings if each.code == "I01")


def test_a_formula_beside_that_is_not_evaluated_is_counted() -> None:
    assert checked(45, '=FIND("a","banana")').not_evaluated == 1
    assert checked(45, '=LEN("banana")').not_evaluated == 0


@pytest.mark.parametrize(
    ("name", "stands_for", "status"),
    [
        ("share", "0.225", "ok"),
        ("share", "22.5%", "ok"),
        ("share", "0.25", "findings"),  # 200 × 25 % = 50, where 45 is said
        ("share", "9/40", "incomplete"),  # a calculation, which isn't followed
        ("share", "OFFSET(Sheet!$B$3,1,0)", "incomplete"),
        ("share", "Sheet!#REF!", "findings"),
    ],
)
def test_a_name_that_is_a_constant(name: str, stands_for: str, status: str) -> None:
    """Excel's Name Manager holds them as =0.225; they were called #NAME?."""
    book = openpyxl.load_workbook(io.BytesIO(saved("=ROUND(B3*share,0)")))
    book.defined_names[name] = DefinedName(name, attr_text=stands_for)
    report = api.check(written(book), "goal.xlsx")
    assert report.status == status, said(report)

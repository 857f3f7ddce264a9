"""A figure typed over a formula in a chain of formulas: what follows goes along, and what leads to it no longer fits."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from kgisheet import api
from kgisheet.check.finding import Report

JA = ("訪問数", "CV率", "リード数", "商談化率", "商談数", "受注率", "受注数")
EN = ("Visits", "CVR", "Leads", "Meeting rate", "Meetings", "Win rate", "Won deals")
FORWARD = {3: "=B1*B2", 5: "=ROUND(B3*B4,0)", 7: "=ROUND(B5*B6,0)"}
"""10,000 visits × 2 % = 200 leads, × 22.5 % = 45 meetings, × 20 % = 9 deals, from the visits on."""
BACKWARD = {1: "=ROUNDUP(B3/B2,0)", 3: "=ROUNDUP(B5/B4,0)", 5: "=ROUNDUP(B7/B6,0)"}
"""The same from the deals on."""


def checked(labels: tuple[str, ...], formulas: dict[int, str], typed: dict[int, Any] | None = None) -> Report:
    book = openpyxl.Workbook()
    values: dict[int, Any] = {1: 10_000, 2: 0.02, 3: 200, 4: 0.225, 5: 45, 6: 0.2, 7: 9, **formulas, **(typed or {})}
    for row, (label, value) in enumerate(zip(labels, (values[row] for row in range(1, 8)), strict=True), 1):
        book.active.cell(row, 1, label)
        book.active.cell(row, 2, value).number_format = "0.0%" if row in (2, 4, 6) else "#,##0"
    data = io.BytesIO()
    book.save(data)
    return api.check(data.getvalue(), "goal.xlsx")


def named(report: Report) -> list[str | None]:
    return [each.cell for each in report.findings if each.severity != "note"]


@pytest.mark.parametrize("labels", [JA, EN])
@pytest.mark.parametrize("formulas", [FORWARD, BACKWARD])
def test_the_chain_itself_is_right(labels: tuple[str, ...], formulas: dict[int, str]) -> None:
    report = checked(labels, formulas)
    assert (report.status, named(report)) == ("ok", [])


@pytest.mark.parametrize("labels", [JA, EN])
@pytest.mark.parametrize(
    ("formulas", "row", "typed"),
    [
        (FORWARD, 5, 50),  # 200 × 22.5 % is 45; deals follow with 10
        (FORWARD, 5, 54),  # two digits in each other's place
        (FORWARD, 5, "=ROUND(B3*B4,0)+5"),
        (FORWARD, 3, 210),  # 10,000 × 2 % is 200
        (BACKWARD, 5, 50),  # 9 ÷ 20 % is 45; leads follow with 223
        (BACKWARD, 3, 210),  # 45 ÷ 22.5 % is 200
    ],
)
def test_it_is_named(labels: tuple[str, ...], formulas: dict[int, str], row: int, typed: Any) -> None:
    report = checked(labels, formulas, {row: typed})
    assert (report.status, named(report)) == ("findings", [f"B{row}"])


def test_a_rate_between_two_formulas_is_no_formula_overwritten() -> None:
    """Every other cell is a formula; 商談数 is typed, is what its formula would be, and so is its rate, as rates are."""
    report = checked(JA, {1: "=B3/B2", 3: "=B5/B4", 7: "=B5*B6"}, {5: 45})
    assert (report.status, named(report)) == ("ok", [])
    longer = openpyxl.Workbook()
    rows = {
        "Web revenue": 12_000_000, "Average deal size": 4_000_000, "Won deals": "=B1/B2", "Win rate": 0.3, "Opportunities": "=B3/B4",
        "Opportunity rate": 0.25, "Meetings": 40, "Meeting rate": 0.2, "Leads": "=B7/B8", "CVR": 0.01, "Visits": "=B9/B10",
    }  # fmt: skip
    for row, (label, value) in enumerate(rows.items(), 1):
        longer.active.cell(row, 1, label)
        longer.active.cell(row, 2, value).number_format = "0%" if "rate" in label.lower() or label == "CVR" else "#,##0"
    data = io.BytesIO()
    longer.save(data)
    found = api.check(data.getvalue(), "goal.xlsx")
    assert (found.status, named(found)) == ("ok", [])

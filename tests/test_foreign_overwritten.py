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

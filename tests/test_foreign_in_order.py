"""Stages on one sheet whose rates are on another one, in the same order; shares that are all of it; gaps beside amounts in 万円."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, book, grave

from kgisheet import api

RATES: Rows = [
    ["Assumption", "Value"], ["New ARR goal", 2_400_000], ["ACV", 24_000], ["Win rate", "20%"], ["SAL to opp", "80%"], ["MQL to SAL", "50%"],
    ["Lead to MQL", "25%"],
]  # fmt: skip
STAGES: Rows = [["Stage", "FY goal"], ["Deals", 100], ["Opportunities", 500], ["SALs", 625], ["MQLs", 1250], ["Leads", 5000]]


def found(stages: Rows, rates: Rows = RATES) -> list[tuple[str | None, str | None]]:
    return [(each.sheet, each.cell) for each in grave(api.check(book({"Assumptions": rates, "Funnel": stages}), "x.xlsx"))]


def changed(rows: Rows, row: int, value: Any) -> Rows:
    return [[*line[:1], value] if at == row else line for at, line in enumerate(rows)]


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (1, 120),  # 2,400,000 ÷ 24,000, and 500 × 20 %
        (3, 652),  # 500 ÷ 80 %, and 1,250 × 50 %: digits exchanged
        (5, 50_000),  # 1,250 ÷ 25 %
    ],
)
def test_a_stage_is_named_that_the_rates_of_another_sheet_make_otherwise(row: int, wrong: int) -> None:
    assert found(STAGES) == []
    assert found(changed(STAGES, row, wrong)) == [("Funnel", f"B{row + 1}")]


def test_a_rate_that_was_changed_later_is_named() -> None:
    """500 to 625 are 80 %, and all other steps follow."""
    assert found(STAGES, changed(RATES, 4, "60%")) == [("Assumptions", "B5")]


def test_rates_in_another_order_are_right() -> None:
    """2,400 of 9,600 reply, and 600 of 2,400 meet: the sheet with the rates has the second one first."""
    rates: Rows = [
        ["ACV", 24_000],
        ["Win rate", "20%"],
        ["Meeting to opportunity", "50%"],
        ["Outbound reply rate", "4%"],
        ["Reply to meeting", "25%"],
    ]
    stages: Rows = [["New deals", 20], ["Opportunities", 100], ["Meetings", 200], ["Replies", 800], ["Emails", 20_000]]
    assert found(stages, rates) == []


# name: (a right sheet, the wrong cell and what is typed there, the right figure)
SLIPS: dict[str, tuple[Rows, str, Any, Any]] = {
    "shares that are all of it": (
        [["部門", "配賦比率", "部門目標（万円）"], ["東日本", "45%", 24_750], ["西日本", "35%", 19_250], ["海外", "20%", 11_000], ["合計", "100%", 55_000]],
        "B5", "110%", 1),
    "a gap without a unit beside amounts in 万円": (  # 2,400 − 4,320
        [["項目", "保守", "標準", "強気"], ["リード数", 1000, 1200, 1500], ["受注件数", 30, 54, 90], ["平均単価（万円）", 80, 80, 80], ["売上見込（万円）", 2400, 4320, 7200],
         ["売上目標（万円）", 4320, 4320, 4320], ["過不足", -1920, 0, 2880]],
        "B7", -9120, -1920),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "cell", "wrong", "right"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_named_alone(rows: Rows, cell: str, wrong: Any, right: Any) -> None:
    assert_named(rows, cell, wrong, right)

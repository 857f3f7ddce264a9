"""Figures that another sheet says again: the year beside months or their total, a company beside its products, by their labels."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, book, codes, typed

from kgisheet import api
from kgisheet.check.finding import Report


def check(sheets: dict[str, Rows]) -> Report:
    return api.check(book(sheets), "x.xlsx")


def product(title: str, target: int, price: int, units: int, quotes: int, demos: int) -> Rows:
    rates = [["Close rate", units / quotes], ["Demo → quote", quotes / demos]]
    return [
        [title],
        ["Target", target],
        ["Price", price],
        ["Units", units],
        rates[0],
        ["Quotes", quotes],
        rates[1],
        ["Demos", demos],
    ]


# name: (right sheets, where the wrong figure is, what is typed there)
BOOKS: dict[str, tuple[dict[str, Rows], tuple[str, str], Any]] = {
    "the half year and its months": (  # 20 × 4 + 30 × 2
        {"Summary": [["H1 summary"], ["", "H1 goal"], ["Bookings (USD k)", 1_050], ["New customers", 42], ["Proposals sent", 140],
                     ["Discovery calls", 280]],
         "Months": [["Metric", "Jan", "Feb", "Mar", "Apr", "May", "Jun"], ["Bookings (USD k)", 150, 150, 150, 150, 225, 225],
                    ["New customers", 6, 6, 6, 6, 9, 9], ["Proposals sent", 20, 20, 20, 20, 30, 30],
                    ["Discovery calls", 40, 40, 40, 40, 60, 60]]},
        ("Summary", "B5"), 150),
    "the year and the total of months in rows": (  # 40 + 60 + 50
        {"まとめ": [["経営会議用"], ["売上目標", "3,600万円"], ["受注", "45件"], ["商談", "150件"], ["リード", "600件"]],
         "月別": [["月", "リード", "商談", "受注", "売上(万円)"], ["4月", 160, 40, 12, 960], ["5月", 240, 60, 18, 1_440], ["6月", 200, 50, 15, 1_200],
                ["計", 600, 150, 45, 3_600]]},
        ("まとめ", "B4"), "180件"),
    "products that have more lines than the company": (  # 1,000 + 250 + 125
        {"Core": product("Core", 1_500_000, 10_000, 150, 500, 1_000), "Analytics": product("Analytics", 400_000, 16_000, 25, 100, 250),
         "Services": product("Services", 300_000, 5_000, 60, 100, 125),
         "Company": [["Company total"], ["Target", 2_200_000], ["Units", 235], ["Quotes", 700], ["Demos", 1_375]]},
        ("Company", "B5"), 1_225),
}  # fmt: skip


@pytest.mark.parametrize("kind", BOOKS)
def test_what_another_sheet_adds_up_is_held_against_it(kind: str) -> None:
    sheets, (title, cell), wrong = BOOKS[kind]
    assert codes(check(sheets)) == []
    bad = {**sheets, title: typed(sheets[title], cell, wrong)}
    found = [(each.sheet, each.cell) for each in check(bad).findings if each.severity != "note"]
    assert found == [(title, cell)]


def test_stages_that_begin_earlier_than_the_years_own_are_no_mistake() -> None:
    """The months' leads are for deals two months later: theirs add up to 660, the year's deals need 600."""
    sheets: dict[str, Rows] = {
        "まとめ": [["2026年度"], ["売上目標", "3,600万円"], ["受注", "45件"], ["商談", "150件"], ["リード", "600件"]],
        "月別": [["月", "リード", "商談", "受注", "売上(万円)"], ["4月", 240, 40, 12, 960], ["5月", 200, 60, 18, 1_440], ["6月", 220, 50, 15, 1_200],
               ["計", 660, 150, 45, 3_600]],
    }  # fmt: skip
    assert codes(check(sheets)) == []


def test_an_assumption_that_was_changed_above_its_months_is_no_lead_time() -> None:
    """5 ÷ 20 = 25 % in each month; at 30 % a month's deals are nearly what the month before had opportunities for."""
    months: Rows = [["", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "H1"], ["Deals", 5, 6, 7, 8, 9, 10, 45],
                    ["Opportunities", 20, 24, 28, 32, 36, 40, 180], ["Leads", 200, 240, 280, 320, 360, 400, 1_800]]  # fmt: skip
    rows: Rows = [["Assumptions"], ["Win rate", 0.25], ["Lead to opportunity", 0.1], [None], *months]
    assert codes(check({"H1 plan": rows})) == []
    rows[1] = ["Win rate", 0.3]
    assert [where for _, where in codes(check({"H1 plan": rows}))] == ["B2"]

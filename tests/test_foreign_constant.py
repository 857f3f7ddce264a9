"""Figures that are others by a constant number: a month and the year, one and the team, so many weeks; each right, and with a slip."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, check, typed

from kgisheet.check.finding import Report

MONTH_AND_YEAR: Rows = [
    ["Window cleaning – growth goal"],
    ["Input", None, None, "Result per month"],
    ["Shops called per rep per month", 80, None, "Shops called", 320],
    ["Reps", 4, None, "Quotes", 128],
    ["Quote rate", "40%", None, "Contracts won", 32],
    ["Close rate", "25%", None, "Panes cleaned", 288],
    ["Panes per contract", 9],
    [None, None, None, "Year"],
    [None, None, None, "Shops called", 3840],
    [None, None, None, "Quotes", 1536],
    [None, None, None, "Contracts won", 384],
    [None, None, None, "Panes cleaned", 3456],
]
TEAM: Rows = [
    ["1人の月間目標"],
    ["受注", 3],
    ["提案", 9],
    ["商談", 18],
    ["架電", 360],
    [],
    ["6名の月間目標"],
    ["受注", 18],
    ["提案", 54],
    ["商談", 108],
    ["架電", 2160],
]
HEADS_IN_A_TITLE: Rows = [
    ["東日本営業部 行動目標（営業6名）"],
    ["項目", "転換率", "年間", "1人あたり年間", "1人あたり月間"],
    ["受注", None, 144, 24, 2],
    ["商談", 0.25, 576, 96, 8],
    ["アポ", 0.8, 720, 120, 10],
    ["コール", 0.03, 24_000, 4000, 333.3],
]
HEADS: Rows = [
    ["チームの人数", 5, "人"],
    [],
    ["項目", "1人あたり", "チーム合計"],
    ["訪問", 320, 1600],
    ["名刺獲得", 64, 320],
    ["アポ", 16, 80],
    ["成約", 4, 20],
]
NUMBERED: Rows = [
    ["Order goal", 3_600_000],
    ["Hit rate", 0.3],
    ["Offers to send (value)", 12_000_000],
    ["Average offer", 25_000],
    ["Number of offers", 480],
    ["Number of orders", 144],
    ["Offers per estimator", 32, "15 estimators"],
    ["Visits per offer", 2],
    ["Visits in total", 960],
]
SCENARIOS: Rows = [
    [None, "Base", "Stretch"],
    ["Revenue", 240_000, 360_000],
    ["Average job", 3000, 3000],
    ["Jobs", 80, 120],
    ["Proposals we win", 0.4, 0.4],
    ["Proposals", 200, 300],
    ["Replies that lead to a proposal", 0.1, 0.1],
    ["Companies to contact", 2000, 3000],
    ["Per week (50)", 40, 60],
]
YEAR: Rows = [
    ["Visits to the shop per month", 6400],
    ["Ask for an account", 0.05],
    ["New accounts", 320],
    ["Order once", 0.5],
    ["First orders", 160],
    ["Average order", 250],
    ["Revenue from first orders", 40_000],
    ["Repeat revenue", 60_000],
    ["Total per month", 100_000],
    ["Total per year", 1_200_000],
]
CONTRACTS: Rows = [
    ["Contracts we want this year", 36],
    ["Quotes per contract", 4],
    ["Quotes", 144],
    ["Surveys per quote", 2],
    ["Surveys", 288],
    [],
    ["Average contract per month £", 720],
    ["Annual value of one contract £", 8640],
    ["Annual value of all £", 311_040],
]
GROWTH: Rows = [
    ["Three-year plan"],
    [None, "FY26", "FY27", "FY28"],
    ["Revenue from new deals ($M)", 5, 6, 9],
    ["Growth vs prior year", None, 0.2, 0.5],
    ["ACV ($k)", 50, 50, 50],
    ["New deals", 100, 120, 180],
    ["Win rate", 0.25, 0.25, 0.25],
    ["Opportunities", 400, 480, 720],
]
ONE_RATE: Rows = [
    ["Win rate", 0.25],
    [],
    ["Name", "Quota", "Deals", "Opps"],
    ["Ann", 900_000, 9, 36],
    ["Bert", 700_000, 7, 28],
    ["Cleo", 500_000, 5, 20],
    ["Dora", 300_000, 3, 12],
]
PLANS: Rows = [
    ["新規顧問契約 目標"],
    ["プラン", "月額", "目標社数", "月額計", "年額"],
    ["ミニ", 15_000, 12, "=B3*C3", "=D3*12"],
    ["標準", 30_000, 9, "=B4*C4", "=D4*12"],
    ["フル", 70_000, 4, "=B5*C5", "=D5*12"],
    ["計", None, "=SUM(C3:C5)", "=SUM(D3:D5)", "=SUM(E3:E5)"],
]
SIX_MONTHS: Rows = [
    ["Desk rental goal: 6 months, July to December"],
    ["Months", 6],
    ["Income wanted", 180_000],
    ["Income per team over the 6 months", 7500],
    ["Teams", "=B3/B4"],
    ["Tour -> team", 0.2],
    ["Tours", "=B5/B6"],
    ["Enquiry -> tour", 0.5],
    ["Enquiries", "=B7/B8"],
    ["Teams per month", "=B5/6"],
    ["Tours per month", "=B7/6"],
    ["Enquiries per month", "=B9/6"],
]
BRANCHES: Rows = [
    ["Sales targets 2025 by branch"],
    ["Branch", "Sales", "Offers per sale", "Offers", "Visits per offer", "Visits"],
    ["North", 40, 4, "=B3*C3", 3, "=D3*E3"],
    ["South", 30, 5, "=B4*C4", 2, "=D4*E4"],
    ["West", 20, 4, "=B5*C5", 3, "=D5*E5"],
    ["All branches", "=SUM(B3:B5)", None, "=SUM(D3:D5)", None, "=SUM(F3:F5)"],
]
CONSULTANT: Rows = [
    ["My year"],
    ["income goal", 96_000],
    ["day rate", 800],
    ["days to sell", "=B2/B3"],
    ["days per project", 10],
    ["projects", "=B4/B5"],
    ["proposals per project won (1 of 4)", 4],
    ["proposals", "=B6*B7"],
    ["first talks per proposal", 2],
    ["first talks", "=B8*B9"],
    ["working weeks", 44],
    ["first talks per week", "=B10/B11"],
]
FORMATS = {
    "GROWTH": {"C4": "0%", "D4": "0%", **{f"{col}7": "0%" for col in "BCD"}},
    "HEADS_IN_A_TITLE": {f"B{row}": "0%" for row in range(4, 7)},
    "NUMBERED": {"B2": "0%"},
    "SCENARIOS": {f"{col}{row}": "0%" for col in "BC" for row in (5, 7)},
    "YEAR": {"B2": "0%", "B4": "0%"},
    "ONE_RATE": {"B1": "0%"},
}
SLIPS: list[tuple[str, str, Any]] = [
    ("MONTH_AND_YEAR", "E11", 320),
    ("MONTH_AND_YEAR", "E12", 3546),
    ("TEAM", "B11", 1800),
    ("TEAM", "B9", 45),
    ("HEADS_IN_A_TITLE", "D5", 102),
    ("HEADS", "B1", 6),
    ("NUMBERED", "B7", 23),
    ("SCENARIOS", "C7", 0.15),
    ("YEAR", "B10", 1_000_000),
    ("CONTRACTS", "B8", 6840),
    ("GROWTH", "D4", 0.2),
    ("ONE_RATE", "D7", 16),
    ("PLANS", "E4", "=D4*2"),
    ("SIX_MONTHS", "B11", "=B7/12"),
    ("BRANCHES", "F6", "=AVERAGE(F3:F5)"),
    ("CONSULTANT", "B8", "=B6/B7"),
    ("CONSULTANT", "B6", "=B4*B5"),
]
SHEETS = {name: each for name, each in globals().items() if name.isupper() and name not in ("SLIPS", "FORMATS")}


def named(report: Report) -> list[str]:
    return [each.cell or "" for each in report.findings if each.severity != "note"]


def checked(name: str, rows: Rows) -> list[str]:
    return named(check(*rows, formats=FORMATS.get(name)))


@pytest.mark.parametrize("name", SHEETS)
def test_what_is_right_is_silent(name: str) -> None:
    assert checked(name, SHEETS[name]) == []


@pytest.mark.parametrize(("name", "cell", "value"), SLIPS, ids=[f"{slip[0]} {slip[1]}" for slip in SLIPS])
def test_a_slip_is_named_at_its_cell(name: str, cell: str, value: Any) -> None:
    assert checked(name, typed(SHEETS[name], cell, value)) == [cell]


def test_a_year_of_ten_months_may_be_said() -> None:
    rows = [*typed(YEAR, "B10", 1_000_000), ["The shop is closed in July and August, so 10 months."]]
    assert checked("YEAR", rows) == []


def test_a_year_that_grows_is_no_twelve_months() -> None:
    """The repeat revenue comes later: 900,000 are nine months, and nothing says that they are all."""
    assert checked("YEAR", typed(YEAR, "B10", 900_000)) == []


def test_lists_of_two_years_are_by_no_number() -> None:
    """This year each has twice as many but for the calls: that is a plan."""
    rows = [["前期の実績"], *TEAM[1:6], ["今期の目標"], ["受注", 6], ["提案", 18], ["商談", 36], ["架電", 600]]
    assert checked("TEAM", rows) == []


def test_what_there_is_at_the_end_is_no_twelve_months() -> None:
    """40 shops are cleaned at the end of a month, and 65 at the end of the year."""
    shops = [[*line, *[None] * (5 - len(line))] for line in MONTH_AND_YEAR]
    shops[6][3:], shops[12:] = ["Shops at the end", 40], [*shops[12:], [None, None, None, "Shops at the end", 65]]
    assert checked("MONTH_AND_YEAR", shops) == []


def test_heads_of_whom_one_does_not_sell_are_said() -> None:
    rows = [*typed(HEADS, "B1", 6), ["営業は5名（1名は管理職）"]]
    assert checked("HEADS", rows) == []


def test_heads_of_formulas_are_others() -> None:
    """The team's figures are worked out by five: the formulas say so, whoever else is in it."""
    rows = [[*line[:2], f"=B{at}*5"] if 4 <= at <= 7 else line for at, line in enumerate(typed(HEADS, "B1", 6), 1)]
    assert checked("HEADS", rows) == []


def test_a_number_of_weeks_for_another_figure_is_believed() -> None:
    """A number beside it that isn't of what the figure is one of says nothing: 32 for each of 15, in 12 weeks."""
    rows = typed(NUMBERED, "C7", "12 weeks")
    assert checked("NUMBERED", rows) == []


def test_more_for_each_than_the_number_gives_may_be_meant() -> None:
    """35 offers for each of 15 are some more than 32: a margin, and no slip of the hand."""
    assert checked("NUMBERED", typed(NUMBERED, "B7", 35)) == []


def test_a_mean_of_what_is_not_added_up_stays() -> None:
    """The days on which each branch is open are a mean in the line of sums."""
    rows = [[*line, more] for line, more in zip(BRANCHES, (None, "Open days", 240, 250, 245, "=AVERAGE(G3:G5)"), strict=True)]
    assert checked("BRANCHES", [BRANCHES[0], *rows[1:]]) == []


def test_one_plan_may_be_paid_for_another_time() -> None:
    """Without the headings of a month and a year a number in one line is the line's own."""
    rows = typed(typed(PLANS, "E4", "=D4*2"), "E2", "初回請求")
    assert checked("PLANS", rows) == []

"""Wrong formulas in plain lists, from which all below follows: different things in one sum, months, thousands, lists cut short."""

from __future__ import annotations

import pytest
from foreign.sheets import Rows, check, typed
from sweep_formulas import counted
from test_foreign_formulas import named

DAYS: Rows = [
    ["Calls a day", 20],
    ["Days a month", 22],
    ["Calls a month", "=B1*B2"],
    ["Site visits, 10% of calls", "=B3*10%"],
    ["Quotes, 3 of 4 visits", "=B4*3/4"],
    ["New jobs, 40% of quotes", "=B5*40%"],
    ["Fee per job", 900],
    ["New fees a month", "=B6*B7"],
]
FEES: Rows = [
    ["Existing clients", 40],
    ["We keep", 0.9],
    ["Kept clients", "=B1*B2"],
    ["Fee per client", 10_000],
    ["Fees from kept clients", "=B3*B4"],
    ["New contacts", 300],
    ["Pitches (20%)", "=B6*20%"],
    ["New clients (40%)", "=B7*40%"],
    ["Fees from new clients", "=B8*B4"],
    ["Total fees", "=B5+B9"],
]
RENT: Rows = [
    ["売上目標(万円／年)", 3600],
    ["1施設の月額(円)", 50_000],
    ["1施設の年額(万円)", "=B2*12/10000"],
    ["必要な施設数", "=B1/B3"],
    ["成約率", 0.3],
    ["必要なデモ数", "=B4/B5"],
]
EACH: Rows = [
    ["New ARR we want", 600_000],
    ["Plan price per month", 500],
    ["Per customer and year", "=B2*12"],
    ["New customers", "=B1/B3"],
    ["Trial to paid", 0.2],
    ["Trials", "=B4/B5"],
    ["Visitor to trial", 0.025],
    ["Visitors", "=B6/B7"],
    ["Each month"],
    ["New customers", "=B4/12"],
    ["Trials", "=B6/12"],
    ["Visitors", "=B8/12"],
]
PICKED: Rows = [
    ["担当", "区分", "目標", None, "担当", "目標計"],
    ["佐藤", "新規", 600, None, "佐藤", "=SUMIF($A$2:$A$7,E2,$C$2:$C$7)"],
    ["佐藤", "既存", 900, None, "山本", "=SUMIF($A$2:$A$7,E3,$C$2:$C$7)"],
    ["山本", "新規", 500, None, "計", "=SUM(F2:F3)"],
    ["山本", "既存", 700],
    ["佐藤", "紹介", 300],
    ["山本", "紹介", 200],
    ["合計", None, "=SUM(C2:C7)"],
]
TO_FIND: Rows = [
    ["goal", 500_000],
    ["in the bag", 311_000],
    ["still to find", "=B1-B2"],
    ["average contract", 30_000],
    ["contracts needed", "=ROUNDUP(B3/B4,0)"],
    ["bids won", 0.25],
    ["bids", "=B5/B6"],
]
UP: Rows = [
    ["売上目標(円)", 24_000_000],
    ["平均単価(円)", 400_000],
    ["必要受注数", "=B1/B2"],
    ["商談→受注率", 0.4],
    ["必要商談数", "=B3/B4"],
    ["リード→商談率", 0.1],
    ["必要リード数", "=B5/B6"],
    ["サイトCVR", 0.02],
    ["必要アクセス数", "=B7/B8"],
    ["月あたりアクセス数", "=B9/12"],
]
SUBTOTALS: Rows = [
    ["", "Deals"],
    ["Software", "=SUM(B3:B4)"],
    ["Basic", 12],
    ["Plus", 30],
    ["Services", "=SUM(B6:B7)"],
    ["Training", 14],
    ["Support", 25],
    ["All", "=B2+B5"],
]

RIGHT = {
    name: rows
    for name, rows in globals().items()
    if name.isupper() and isinstance(rows, list) and all(isinstance(each, list) for each in rows)
}

WRONG = [
    (DAYS, "B3", "=B1+B2"),
    (DAYS, "B8", "=B6+B7"),
    (DAYS, "B8", "=B7*B7"),
    (FEES, "B10", "=B5+B8"),  # how many there are, where their fees are idle
    (FEES, "B10", "=B5+B7"),
    (FEES, "B10", "=B4+B9"),
    (RENT, "B3", "=B2*12/1000"),
    (RENT, "B3", "=B2*4/10000"),
    (EACH, "B12", "=B8/4"),
    (EACH, "B11", "=B6/10"),
    (EACH, "B3", "=B2*4"),
    (EACH, "B3", "=B2/12"),
    (PICKED, "F3", "=SUMIF($A$2:$A$6,E3,$C$2:$C$6)"),
    (PICKED, "F2", "=SUMIF($A$3:$A$7,E2,$C$3:$C$7)"),
    (TO_FIND, "B5", "=ROUNDUP(B1/B4,0)"),
    (TO_FIND, "B3", "=B1-B1"),
    (UP, "B3", "=B2/B2"),
    (UP, "B5", "=B3/B3"),
    (UP, "B5", "=B3/B2"),  # by the price
    (UP, "B9", "=B5/B8"),
    (UP, "B10", "=B9*12"),
    (UP, "B10", "=B7/12"),
    (SUBTOTALS, "B8", "=B4+B5"),
]


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_is_silent(name: str) -> None:
    assert named(check(*RIGHT[name])) == []


@pytest.mark.parametrize(
    ("rows", "cell", "formula"), WRONG, ids=[f"{rows[0][0]} {cell} {formula}" for rows, cell, formula in WRONG]
)
def test_a_wrong_formula_is_named_at_its_cell(rows: Rows, cell: str, formula: str) -> None:
    report = check(*typed(rows, cell, formula))
    assert named(report) == [cell]
    right = rows[int(cell[1:]) - 1][ord(cell[0]) - ord("A")]
    assert right in " ".join(f"{each.message} {each.fix}" for each in report.findings if each.cell == cell)


FINE: dict[str, Rows] = {
    "calls of two kinds are added": [["Calls a day, new", 20], ["Calls a day, old", 10], ["Calls a day", "=B1+B2"], ["Days", 20], ["Calls a month", "=B3*B4"]],
    "days of two kinds are added": [["Working days a month", 20], ["Extra days", 2], ["Days", "=B1+B2"], ["Calls per day", 30], ["Calls", "=B3*B4"]],
    "costs of one are added": [["Fee per client", 900], ["Setup per client", 100], ["Income per client", "=B1+B2"], ["Clients", 20], ["Income", "=B3*B4"]],
    "a margin on top": [["Leads needed", 400], ["Safety margin", 0.1], ["Leads with margin", "=B1*(1+B2)"], ["Visit rate", 0.02], ["Visits", "=B3/B4"]],
    "a total beside what is told": [
        ["Revenue from existing", 400_000], ["New deals", 12], ["Avg deal", 10_000], ["Revenue from new", "=B2*B3"], ["Tax", "=B4*10%"], ["Total revenue", "=B1+B4"],
    ],
    "a half and a month": [["年間商談数", 240], ["半期の商談数", "=B1/2"], ["月の商談数", "=B1/12"], ["週の商談数", "=B3/4"]],
    "quarters of a year, of each stage": [["Deals per year", 40], ["Leads per year", 400], ["Deals per quarter", "=B1/4"], ["Leads per quarter", "=B2/4"], ["Leads per month", "=B2/12"]],
    "ten months that a note names": [["Trials per year", 200], ["Trials per month (10 months, closed in Aug and Dec)", "=B1/10"]],
    "thousands of a year in dollars": [["Seats", 40], ["Price per month ($)", 25], ["Revenue per year ($k)", "=B1*B2*12/1000"]],
    "lists of the first half only": [
        ["月", "件数", None, "上期", "=SUM($B$2:$B$4)"], ["4月", 10, None, "下期", "=SUM($B$5:$B$7)"], ["5月", 12], ["6月", 14], ["7月", 9], ["8月", 8], ["9月", 11],
    ],
    "new ones of a list, and all": [
        ["担当", "目標", None, "担当", "目標計"], ["佐藤", 600, None, "佐藤", "=SUMIF($A$2:$A$5,D2,$B$2:$B$5)"], ["山本", 900, None, "山本", "=SUMIF($A$2:$A$5,D3,$B$2:$B$5)"], ["佐藤", 500], ["山本", 100], ["合計", "=SUM(B2:B5)"],
    ],
    "what is left, told beside the whole": [["goal", 500_000], ["in the bag", 311_000], ["gap", "=B1-B2"], ["average contract", 25_000], ["contracts of the goal", "=B1/B4"], ["win rate", 0.25], ["bids", "=B5/B6"]],
    "the last by itself": [
        ["Stage", "Volume", "Per customer"], ["Visitors", 6000, "=B2/$B$5"], ["Trials", 600, "=B3/$B$5"], ["Talks", 200, "=B4/$B$5"], ["Customers", 50, "=B5/$B$5"],
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", FINE)
def test_what_looks_like_a_slip_and_is_right_is_silent(name: str) -> None:
    assert named(check(*FINE[name])) == []


def test_formulas_of_right_sheets_one_of_which_is_changed() -> None:
    """Of each 300th change four of five are named in the whole sweep (`tests/sweep_formulas.py`), and hardly one elsewhere only."""
    many, alone, others, elsewhere = counted(300)["all"]
    assert many > 30
    assert alone + others >= many * 0.65
    assert elsewhere <= 2

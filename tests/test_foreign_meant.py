"""Right sheets that look wrong, each by what its figures, formulas and words say of it; beside each a figure that is wrong all the same."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, check, typed

from kgisheet.check.finding import NOTE, Report
from kgisheet.freeform.read.amounts import typed as amount
from kgisheet.freeform.read.units import scale_abroad, unit_in


def alarms(report: Report) -> list[str | None]:
    return [each.cell for each in report.findings if each.severity != NOTE]


# 41 meetings × 40 % are 16.4, so 16; 32 × 40 % are 12.8, so 13: worked out onward, and no quotient.
ONWARD: Rows = [
    ["Quarter", "Meetings", "Close rate", "New customers"],
    ["Q1", 30, 0.4, 12],
    ["Q2", 32, 0.4, 13],
    ["Q3", 40, 0.4, 16],
    ["Q4", 41, 0.4, 16],
    ["Year", 143, None, 57],
]
# 26,125 × 27.5 % aren't 6,000: 27.5 % are the 140 deals of 510 opportunities.
BLENDED: Rows = [
    ["Segment", "Quota (€k)", "ACV (€k)", "Deals", "Win rate", "Opportunities", "Pipeline (€k)"],
    ["Enterprise", 3000, 150, 20, 0.2, 100, 15_000],
    ["Mid-market", 2000, 50, 40, 0.25, 160, 8000],
    ["SMB", 1000, 12.5, 80, 0.32, 250, 3125],
    ["Total", 6000, 42.9, 140, 0.275, 510, 26_125],
]
# Gross new = net new + churn, so the closing amount is opening − churn + gross new.
SUBTOTAL_INSIDE: Rows = [
    ["Opening ARR", 3_000_000],
    ["Churn (5%)", -150_000],
    ["Net new ARR goal", 600_000],
    ["Gross new ARR", 750_000],
    ["Closing ARR", 3_600_000],
    ["ACV", 25_000],
    ["New customers", 30],
    ["Win rate", 0.2],
    ["Opportunities", 150],
]
# 320 + 210 + 150 − 70 = 610.
COUNTED_TWICE: Rows = [
    ["Source", "Leads"],
    ["Webinars", 320],
    ["Content", 210],
    ["Paid", 150],
    ["Counted twice", -70],
    ["Unique leads", 610],
    ["Lead-to-meeting", 0.2],
    ["Meetings", 122],
]
CANCELLED: Rows = [
    ["商談数", 160],
    ["受注率", 0.25],
    ["受注件数（総）", 40],
    ["キャンセル率", 0.1],
    ["キャンセル件数", -4],
    ["純受注件数", 36],
    ["単価（万円）", 75],
    ["売上（総額・万円）", 3000],
]
# The three overlap: 300 + 420 + 160 aren't meant to be 800.
IN_BOTH: Rows = [
    ["新規リード数（年間）", 800],
    ["うち製造業", 300],
    ["うち首都圏", 420],
    ["うち製造業かつ首都圏", 160],
    ["商談化率（全体）", 0.25],
    ["商談数", 200],
    ["受注率", 0.3],
    ["受注件数", 60],
]
LAST_YEAR_BETWEEN: Rows = [
    ["売上目標（万円）", 7200],
    ["（参考）前年売上", 6480],
    ["受注単価（万円）", 240],
    ["（参考）前年単価", 216],
    ["受注件数", 30],
    ["（参考）前年件数", 30],
    ["受注率", 0.24],
    ["（参考）前年受注率", 0.2],
    ["商談数", 125],
]
WEEKS: Rows = [
    ["リスト消化管理"],
    [None, "1週", "2週", "3週", "4週", "計"],
    ["架電済", 900, 950, 900, 850, 3600],
    ["アポ獲得", 27, 29, 27, 25, 108],
]
LEVERS: Rows = [
    [None, "Base", "+10% leads", "+10% win rate", "+10% price"],
    ["Leads", 1000, 1100, 1000, 1000],
    ["Lead to quote", 0.2, 0.2, 0.2, 0.2],
    ["Quotes", 200, 220, 200, 200],
    ["Win rate", 0.3, 0.3, 0.33, 0.3],
    ["Orders", 60, 66, 66, 60],
    ["Average order ($)", 5000, 5000, 5000, 5500],
    ["Revenue ($)", 300_000, 330_000, 330_000, 330_000],
]
YEAR_OVER_TOTALS: Rows = [
    ["Order intake target 2027, €k"],
    ["Territory", "Q1", "Q2", "Q3", "Q4", 2027],
    ["Bavaria", 410, 450, 390, 550, 1800],
    ["NRW", 380, 400, 360, 510, 1650],
    ["Rest of DACH", 240, 270, 220, 330, 1060],
    ["Total", 1030, 1120, 970, 1390, 4510],
]
# Each month's deals are its revenue ÷ 16万円, rounded; the year's are 2,400 ÷ 16 = 150, and not 152.
ROUNDED_MONTHS: Rows = [
    ["年間売上 2,400万円、単価16万円"],
    [None, "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月", "1月", "2月", "3月", "計"],
    ["売上（万円）", 160, 180, 260, 140, 180, 200, 160, 120, 280, 220, 200, 300, 2400],
    ["受注（件）", 10, 11, 16, 9, 11, 13, 10, 8, 18, 14, 13, 19, 150],
]
CAPPED: Rows = [
    ["展示会", "来場見込", "名刺獲得率", "名刺（上限300）"],
    ["春", 5000, 0.05, "=MIN(300,B2*C2)"],
    ["夏", 2000, 0.06, "=MIN(300,B3*C3)"],
    ["秋", 9000, 0.05, "=MIN(300,B4*C4)"],
    ["冬", 4000, 0.07, "=MIN(300,B5*C5)"],
    ["計", "=SUM(B2:B5)", None, "=SUM(D2:D5)"],
]
REMARKS: Rows = [
    ["項目", "目標", "補足"],
    ["年間売上", "1億2,000万円", "初期＋年額"],
    ["平均単価", "80万円", "初期20＋年額60"],
    ["受注社数", "150社", "12,000万円÷80万円"],
    ["受注率", "25%", "昨年度 23%"],
    ["商談数", "600件", "月50件"],
    ["商談化率", "30%", "架電後"],
    ["リード数", "2,000件", "商談600件÷30%"],
]
RIGHT = {
    "onward": ONWARD,
    "blended": BLENDED,
    "subtotal inside": SUBTOTAL_INSIDE,
    "counted twice": COUNTED_TWICE,
    "cancelled": CANCELLED,
    "in both": IN_BOTH,
    "last year between": LAST_YEAR_BETWEEN,
    "weeks": WEEKS,
    "levers": LEVERS,
    "year over totals": YEAR_OVER_TOTALS,
    "rounded months": ROUNDED_MONTHS,
    "capped": CAPPED,
    "remarks": REMARKS,
}


@pytest.mark.parametrize("name", RIGHT)
def test_right_sheets_that_look_wrong_are_silent(name: str) -> None:
    assert alarms(check(*RIGHT[name])) == []


@pytest.mark.parametrize(
    ("rows", "cell", "value"),
    [
        (ONWARD, "D5", 61),  # 41 × 40 % are no 61
        (BLENDED, "D4", 8),  # 250 × 32 % are 80
        (IN_BOTH, "B6", 260),  # 800 × 25 %
        (LAST_YEAR_BETWEEN, "B9", 152),  # 30 ÷ 24 %
        (WEEKS, "F4", 180),
        (LEVERS, "C6", 96),  # 220 × 30 %
        (YEAR_OVER_TOTALS, "F6", 4150),
        (CAPPED, "D3", 210),  # typed over: 2,000 × 6 % are 120
    ],
)
def test_a_figure_of_them_that_is_wrong_is_named(rows: Rows, cell: str, value: Any) -> None:
    assert cell in alarms(check(*typed(rows, cell, value)))


# A rate above a table that all its months have otherwise: 40 of 160, 60 of 240 are a quarter.
CHANGED: Rows = [
    ["New shippers, goal of July to October"],
    ["Trial lane to regular shipper", "40%"],
    ["Quote to trial lane", "20%"],
    [],
    [None, "Jul", "Aug", "Sep", "Oct", "H2"],
    ["New shippers", 4, 6, 8, 8, 26],
    ["Trial lanes", 10, 15, 20, 20, 65],
    ["Quotes given", 40, 60, 80, 80, 260],
]


def test_an_assumption_that_all_months_have_otherwise_is_named() -> None:
    assert alarms(check(*CHANGED)) == ["B3"]
    assert alarms(check(*typed(CHANGED, "B3", "25%"))) == []


# 9 × 8 placements; the fee stands right of the months, with a label of its own.
BESIDE: Rows = [
    ["H2 desk plan"],
    [None, "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "H2", "Fee per placement ($k)", 9],
    ["Fee income ($k)", 45, 54, 72, 72, 90, 99, 432],
    ["Placements", 5, 6, 8, 8, 10, 11, 48],
    ["Client interviews", 20, 24, 32, 32, 40, 44, 192],
]


def test_an_assumption_beside_its_months_is_used() -> None:
    assert alarms(check(*BESIDE)) == []
    assert alarms(check(*typed(BESIDE, "D3", 27))) == ["D3"]


# 1.2 m are 40 % of 3 m, and 40 and 60 make 100: two that want the same.
HALVES: Rows = [
    ["Route to market, new business goal"],
    [None, "Partner", "Direct", "Together"],
    ["Share of revenue", 0.4, 0.6, 1],
    ["Revenue", 1_200_000, 1_800_000, 3_000_000],
    ["Average deal", 60_000, 60_000, 60_000],
    ["Deals", 20, 30, 50],
]


def test_a_share_of_two_is_named() -> None:
    formats = {"B3": "0%", "C3": "0%", "D3": "0%"}
    assert alarms(check(*HALVES, formats=formats)) == []
    assert alarms(check(*typed(HALVES, "B3", 0.45), formats=formats)) == ["B3"]


# 150 = 90 + 60, and 90 = 60 + 30: the indents say what is of what.
TREE: Rows = [
    ["新規顧問料（万円）", None, None, 7200],
    [None, "年間顧問料（万円）", None, 120],
    [None, "新規顧問先数", None, 60],
    [None, "成約率", None, 0.4],
    [None, "初回面談数", None, 150],
    [None, None, "紹介面談", 90],
    [None, None, "　└提携銀行から", 60],
    [None, None, "　└既存顧問先から", 30],
    [None, None, "Web面談", 60],
    [None, None, "　└面談化率", 0.2],
    [None, None, "　└Web問合せ", 300],
]


def test_two_sums_of_a_tree_that_want_the_same() -> None:
    assert alarms(check(*TREE)) == []
    assert alarms(check(*typed(TREE, "D6", 96))) == ["D6"]


VEHICLES: Rows = [
    ["Deals to close", 45],
    ["Vehicles per deal", 40],
    ["Fee per vehicle per month", 25],
    ["Months", 12],
    ["Vehicles under contract", "=B1*B2"],
    ["New MRR", "=B5*B3"],
    ["New ARR", "=B6*B4"],
    ["Pilot-to-deal rate", 0.5],
    ["Pilots", "=B1/B8"],
]
THOUSANDS: Rows = [
    ["Account managers", 5],
    ["Visits per manager", 660],
    ["Visit-to-trial", 0.2],
    ["Trial-to-lease", 0.3],
    ["Lease value per year (£)", 1800],
    ["Visits", "=B1*B2"],
    ["Trials", "=B6*B3"],
    ["Leases", "=B7*B4"],
    ["New annual revenue (£k)", "=B8*B5/1000"],
]


@pytest.mark.parametrize(
    ("rows", "cell", "formula"), [(VEHICLES, "B6", "=B1*B3"), (THOUSANDS, "B9", "=B8*B5/100")], ids=["deals", "hundreds"]
)
def test_formulas_of_other_things_and_other_units(rows: Rows, cell: str, formula: str) -> None:
    assert alarms(check(*rows)) == []
    assert alarms(check(*typed(rows, cell, formula))) == [cell]


@pytest.mark.parametrize(
    ("text", "number"), [("20台", 20), ("12室", 12), ("24 quotes", 24), ("3億6,000万円", 36_000), ("120㎡", None)]
)
def test_counters_after_numbers(text: str, number: int | None) -> None:
    """An area is no amount: 120 m2 were read as 120 million and two."""
    found = amount(text)
    if number is None:
        assert found is None or found.number == 120
    else:
        assert found is not None
        assert found.number in (number, number * 10_000)


def test_units_among_other_words() -> None:
    assert [
        (each.factor if (each := unit_in(text)) is not None else None) for text in ("総額・万円", "税込、千円", "売上・商談")
    ] == [
        10_000,
        1000,
        None,
    ]
    said = {"New revenue (£k)": 1000, "Lease value (£)": 1, "ARR ($ lakh)": 100_000, "Revenue, USD m": 10**6, "Deals": None}
    assert {label: scale_abroad(label) for label in said} == said

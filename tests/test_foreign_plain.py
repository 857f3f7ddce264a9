"""The plainest sheets, as anybody makes them in ten minutes: each kind right, and with one slip that is named at its cell."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, check, typed

from kgisheet.check.finding import Report

SAAS: Rows = [
    ["Trial signups / mo", 450],
    ["Trial to paid", 0.12],
    ["New paying accounts / mo", 54],
    ["MRR added / mo", 10_800],
    ["ARR added / mo", 129_600],
]
VISITS: Rows = [
    ["資料請求", 360],
    ["架電でアポ", 0.15],
    ["アポ数", 54],
    ["成約率", 0.3333333333],
    ["成約", 18],
    ["平均単価(万円)", 35],
    ["月売上(万円)", 630],
    ["年売上(万円)", 7560],
]
TREE: Rows = [
    ["売上ノルマ（千円）"],
    ["全社", None, None, 800_000],
    [None, "東日本支社", None, None, 477_000],
    [None, None, "仙台", None, 84_000],
    [None, None, "東京", None, 393_000],
    [None, "西日本支社", None, None, 268_000],
    [None, None, "大阪", None, 196_000],
    [None, None, "広島", None, 72_000],
    [None, "直販EC", None, None, 55_000],
    [None, None, "既存会員", None, 38_000],
    [None, None, "新規会員", None, 17_000],
]
COMPARED: Rows = [
    ["指標", "前期実績", "今期目標", "差"],
    ["売上(百万円)", 182, 216, 34],
    ["受注件数", 91, 108, 17],
    ["商談件数", 364, 432, 68],
    ["平均単価(百万円)", 2, 2],
    ["受注率", 0.25, 0.25],
]
HALVES: Rows = [
    ["科目(千円)", "上期", "下期", "通期"],
    ["新規", 18_000, 22_000, "=B2+C2"],
    ["既存深耕", 25_000, 27_000, "=B3+C3"],
    ["スポット", 4000, 5500, "=B4+C4"],
    ["売上計", "=B2+B3+B4", "=C2+C3+C4", "=B5+C5"],
    ["販促費", 2400, 2800, "=B6+C6"],
    ["販促費率", "=B6/B5", "=C6/C5", "=D6/D5"],
]
RANKS: Rows = [
    ["売上計画", "Aランク", "Bランク", "Cランク", "全体"],
    ["顧客数（社）", 8, 25, 60, "=SUM(B2:D2)"],
    ["月額フィー（万円）", 90, 40, 12],
    ["月売上（万円）", "=B2*B3", "=C2*C3", "=D2*D3", "=SUM(B4:D4)"],
    ["年売上（万円）", "=B4*12", "=C4*12", "=D4*12", "=SUM(B5:D5)"],
    ["アップセル売上（万円）", "=B2*100", "=C2*100", "=D2*100", "=SUM(B6:D6)"],
    ["総売上（万円）", "=B5+B6", "=C5+C6", "=D5+D6", "=SUM(B7:D7)"],
]
WEBINAR: Rows = [
    ["前提"],
    ["申込数", 180],
    ["参加率", "65%"],
    ["商談化率", "15%"],
    ["受注率", "30%"],
    ["結果"],
    ["参加者", "=B2*0.65"],
    ["商談", "=B7*0.15"],
    ["受注", "=B8*0.3"],
]
STEPS: Rows = [
    ["INPUT", None, None, "RESULT"],
    ["Goal (EUR)", 960_000, None, "Deals", "=B2/B3"],
    ["Deal size (EUR)", 16_000, None, "Pitches", "=E2/B4"],
    ["Win rate", 0.3, None, "Leads", "=E3/B5"],
    ["Lead to pitch", 0.2],
]
CALLS: Rows = [
    ["New clients wanted", 18],
    ["Close rate", 0.3],
    ["Appointments", "=ROUNDUP(B1/B2,0)"],
    ["Appts per 100 calls", 5],
    ["Calls", "=B3/B4*100"],
    ["Weeks", 12],
    ["Calls per week", "=B5/B6"],
    ["Callers", 4],
    ["Calls per caller per week", "=B7/B8"],
]
ADS: Rows = [
    ["Ad plan"],
    ["Budget", 18_000],
    ["CPC", 4.5],
    ["Clicks", 4000],
    ["Landing page CR", 0.05],
    ["Leads", 200],
    ["Cost per lead", 90],
    ["Close rate", 0.1],
    ["Customers", 20],
    ["CAC", 900],
    ["Revenue per customer", 3600],
    ["Revenue", 72_000],
    ["Return on ad spend (x)", 4],
]
UNITS: Rows = [
    ["KPI", "値", "単位"],
    ["売上", 240, "百万円"],
    ["平均受注単価", 4, "百万円"],
    ["受注", 60, "件"],
    ["提案からの受注率", 30, "%"],
    ["提案", 200, "件"],
    ["商談からの提案率", 50, "%"],
    ["商談", 400, "件"],
]
BARE: Rows = [
    ["契約金額合計", 75_000_000],
    ["契約1本", 1_500_000],
    ["契約本数", 50],
    ["決定率", 0.4],
    ["見積", 125],
    ["見積率", 0.5],
    ["面談", 250],
    ["面談率", 0.2],
    ["引き合い", 1250],
]
PARTS: Rows = [
    ["売上目標", 48_000, "万円"],
    ["うち既存継続", 30_000, "万円"],
    ["うち新規", 18_000, "万円"],
    ["新規単価", 150, "万円"],
    ["新規受注件数", 120, "件"],
    ["受注率", "24%"],
    ["必要商談数", 500, "件"],
]
WEEKS: Rows = [["Week", "New signups", "So far", "Goal left (of 400)"], [1, 35, 35, 365], [2, 42, 77, 323], [3, 38, 115, 285], [4, 51, 166, 234], [5, 47, 213, 187], [6, 60, 273, 127]]  # fmt: skip

SLIPS = [
    (SAAS, "B5", 12_960),  # 10,800 × 12, with a nought too few
    (VISITS, "B8", 7650),  # 630 × 12, two digits exchanged
    (TREE, "E6", 258_000),  # 196,000 + 72,000; with it all are 800,000
    (COMPARED, "D4", 86),  # 432 − 364
    (HALVES, "C5", "=C2+C3"),  # the spot deals are left out
    (RANKS, "D5", "=D4*10"),  # all others take twelve months
    (STEPS, "E3", "=E2/B5"),  # pitches are deals ÷ win rate
    (CALLS, "B5", 1000),  # 60 ÷ 5 × 100 are 1,200
    (ADS, "B13", 2.5),  # 72,000 ÷ 18,000
    (UNITS, "B4", 66),  # 240 ÷ 4; 60 ÷ 30 % are the 200
    (BARE, "B6", 0.05),  # 125 of 250
    (PARTS, "B4", 225),  # 18,000 ÷ 120
    (WEEKS, "C5", 176),  # 115 + 51
]
"""A sheet, and what is typed into which cell; beside it what shows it."""


def named(report: Report) -> list[str]:
    return [str(each.cell) for each in report.findings if each.severity in ("error", "warning")]


@pytest.mark.parametrize("rows", [slip[0] for slip in SLIPS], ids=[str(slip[0][0][0]) for slip in SLIPS])
def test_what_is_right_is_silent(rows: Rows) -> None:
    assert [each for each in named(check(*rows)) if not _is_text(rows, each)] == []


def _is_text(rows: Rows, cell: str) -> bool:
    return str(rows[int(cell[1:]) - 1][ord(cell[0]) - ord("A")]).endswith("%")


@pytest.mark.parametrize(("rows", "cell", "value"), SLIPS, ids=[f"{slip[0][0][0]} {slip[1]}" for slip in SLIPS])
def test_a_slip_is_named_at_its_cell(rows: Rows, cell: str, value: Any) -> None:
    assert cell in named(check(*typed(rows, cell, value)))


def test_a_rate_typed_into_a_formula_whose_own_nobody_uses_is_named() -> None:
    """商談 takes 20 %, while 商談化率 is 15 %; the other formulas refer to their rates."""
    rows: Rows = [each[:] for each in WEBINAR]
    for line, formula in ((6, "=B2*B3"), (7, "=B7*0.2"), (8, "=B8*B5")):
        rows[line][1] = formula
    formats = {"B3": "0%", "B4": "0%", "B5": "0%"}
    for line, rate in ((2, 0.65), (3, 0.15), (4, 0.3)):
        rows[line][1] = rate
    assert named(check(*rows, formats=formats)) == ["B8"]


def test_a_year_that_is_no_twelve_months_may_be_meant() -> None:
    """A month's 630 now, and 9,000 of the year: it grows."""
    assert named(check(*typed(VISITS, "B8", 9000))) == []


def test_an_amount_that_was_not_understood_between_the_goal_and_the_deals_is_theirs() -> None:
    """新規で必要な売上 9,000万円 ÷ 150万円 = 60; of the goal of 24,000万円 the rest is renewed."""
    rows: Rows = [["年間売上目標", 24_000, "万円"], ["うち既存顧客の継続分", 15_000, "万円"], ["新規で必要な売上", 9000, "万円"], ["平均受注単価", 150, "万円"], ["必要受注件数", 60, "件"], ["受注率", "25%"], ["必要商談数", 240, "件"]]  # fmt: skip
    assert [each for each in named(check(*rows)) if each != "B6"] == []


def test_a_rate_is_of_the_stage_that_it_makes_exactly() -> None:
    """受注 35 ÷ 25 % are the 商談 140; SQL come before them, as SQL→商談 says, and are 200."""
    rows: Rows = [
        ["受注率", 0.25],
        ["商談数", 140],
        ["受注件数", 35],
        ["平均単価（万円）", 320],
        ["受注額（万円）", 11_200],
        ["SQL", 200],
        ["SQL→商談", 0.7],
    ]
    assert named(check(*rows, formats={"B1": "0%", "B7": "0%"})) == []


def test_amounts_in_dollars_are_told_in_dollars() -> None:
    """A price of 8,500 dollars is none of 8,500 yen, which would be too low; 128 × 8,500 = 1,088,000."""
    rows: Rows = [
        ["Meetings", 640],
        ["Meeting to deal", 0.2],
        ["Deals", 128],
        ["Average deal ($)", 8500],
        ["Revenue ($)", 1_088_000],
    ]
    assert named(check(*rows)) == []
    (wrong,) = (each for each in check(*typed(rows, "B5", 1_808_000)).findings if each.severity == "error")
    assert "$1,808,000" in wrong.message.to("en")
    assert "$1,808,000" in wrong.message.to("ja")
    assert "¥" not in wrong.message.to("en")


def test_a_note_that_rates_are_rounded_is_believed() -> None:
    """49 of 200 are 24.5 %, 13 of 49 are 26.5 %: written as 25 % and 27 %, as the note says."""
    rows: Rows = [["リード", 200], ["商談", 49], ["商談化率", 0.25], ["受注", 13], ["受注率", 0.27]]
    formats = {"B3": "0%", "B5": "0%"}
    assert named(check(*rows, formats=formats)) != []
    assert named(check(*rows, ["※率は四捨五入"], formats=formats)) == []


def test_a_list_that_comes_to_its_counts_is_rounded_on_its_way() -> None:
    """73 × 25 % are 18.25; 18 ÷ 25 % would be 72. Up from a goal the 73 are one too many."""
    onward: Rows = [["リード", 73], ["商談化率", 0.25], ["商談", 18]]
    backward: Rows = [["商談", 18], ["商談化率", 0.25], ["リード", 73]]
    assert named(check(*onward)) == []
    assert named(check(*backward)) == ["B3"]


def test_of_what_came_out_the_last_rate_is_worked_out_of_the_counts() -> None:
    """15 of 60 are 25 %: of a plan the 15 may as well be wrong."""
    rows: Rows = [
        ["2025年度 実績", "件数", "前段からの率"],
        ["展示会名刺", 1250],
        ["電話", 500, 0.4],
        ["アポ", 100, 0.2],
        ["提案", 60, 0.6],
        ["受注", 15, 0.15],
    ]
    formats = {f"C{row}": "0%" for row in range(3, 7)}
    assert named(check(*rows, formats=formats)) == ["C6"]


def test_totals_of_what_is_above_them_confirm_one_another() -> None:
    """1,450 + 60 + 190 = 1,700; 380 + 270 + 150 = 800, not 810."""
    rows: Rows = [["Revenue 2026 (USD thousand)"], ["Existing customers"], ["Renewals", 1450], ["Price increase", 60], ["Upsell", 190], ["Sum existing", 1700],
                  ["New customers"], ["Inbound", 380], ["Outbound", 270], ["Partners", 150], ["Sum new", 800], ["Revenue goal", 2500]]  # fmt: skip
    assert named(check(*rows)) == []
    assert named(check(*typed(rows, "B11", 810))) == ["B11"]


def test_a_cost_of_one_that_was_divided_by_another_count_is_named() -> None:
    """5,400,000 ÷ 450 = 12,000; ÷ the 750 cards it is 7,200."""
    rows: Rows = [
        ["出展費用合計", 5_400_000],
        ["名刺枚数", 750],
        ["有効リード率", 0.6],
        ["有効リード", 450],
        ["アポ率", 0.2],
        ["アポ獲得", 90],
        ["有効リード単価", 12_000],
    ]
    formats = {"B3": "0%", "B5": "0%"}
    assert named(check(*rows, formats=formats)) == []
    (found,) = (each for each in check(*typed(rows, "B7", 7200), formats=formats).findings if each.severity == "error")
    assert (found.cell, found.expected) == ("B7", 12_000)


AGENTS: Rows = [
    ["面談数", 200],
    ["推薦率", 0.6],
    ["推薦数（人）", 120],
    ["書類通過率", 0.5],
    ["面接数", 60],
    ["内定率", 0.2],
    ["内定数", 12],
    ["承諾率", 0.75],
    ["決定数", 9],
    ["単価（万円）", 90],
    ["売上（万円）", 810],
]
BUDGET: Rows = [
    ["施策", "リード目標", "単価（円）", "費用（円）"],
    ["ウェビナー", 200, 8000, 1_600_000],
    ["資料DL", 350, 6000, 2_100_000],
    ["展示会", 150, 20_000, 3_000_000],
    ["計", 700, None, 6_700_000],
    ["予算枠", None, None, 7_000_000],
    ["残り", None, None, 300_000],
]
TWO_UNITS: Rows = [
    ["年間売上（千円）", 96_000],
    ["月間売上（千円）", 8000],
    ["月間売上（万円）", 800],
    ["1件単価（万円）", 40],
    ["月間受注（件）", 20],
    ["受注率", 0.2],
    ["月間見積（件）", 100],
]
CAPACITY: Rows = [
    ["SDRs", 4],
    ["Calls / SDR / day", 60],
    ["Working days", 20],
    ["Connect rate", 0.1],
    ["Meetings per connect", 0.15],
    [],
    ["Total calls", "=B1*B2*B3"],
    ["Connects", "=B7*B4"],
    ["Meetings booked", "=B8*B5"],
]
SHOP: Rows = [
    ["アクセス（月）", 120_000],
    ["CVR", 0.012],
    ["注文数", "=B1*B2"],
    ["客単価（円）", 5500],
    ["月商（円）", "=B3*B4"],
    ["年商（円）", "=B5*12"],
    ["広告費率", 0.15],
    ["広告費（年・円）", "=B6*B7"],
]
TWO_LISTS: Rows = [
    ["手数料収入 目標（千円）"],
    ["更新対象（件）", 480],
    ["更新率", 0.9],
    ["更新件数", "=B2*B3"],
    ["1件手数料", 15],
    ["更新手数料", "=B4*B5"],
    ["新規契約"],
    ["見込み客", 300],
    ["成約率", 0.24],
    ["新規件数", "=B8*B9"],
    ["1件手数料", 20],
    ["新規手数料", "=B10*B11"],
]
WEEKLY: Rows = [
    ["Week", 1, 2, 3, 4, "Month"],
    ["Dials", 300, 320, 280, 350, "=SUM(B2:E2)"],
    ["Talks", *(f"={col}2*$B$6" for col in "BCDE"), "=SUM(B3:E3)"],
    ["Appts", *(f"={col}3*$B$7" for col in "BCDE"), "=SUM(B4:E4)"],
    [],
    ["talk rate", 0.2],
    ["appt rate", 0.25],
]
PER_MONTH: Rows = [["売上目標（年）", 50_000_000], ["平均単価（税抜）", 700_000], ["受注（必要件数・切上）", "=ROUNDUP(B1/B2,0)"], ["受注率（実績ベース）", 0.3], ["訪問（必要件数・切上）", "=ROUNDUP(B3/B4,0)"], ["訪問／月", "=ROUNDUP(B5/12,0)"], ["訪問／月／人（5名）", "=ROUNDUP(B6/5,0)"]]  # fmt: skip

MORE = [
    (AGENTS, "B11", 801),  # 9 × 90, two digits exchanged, at the end of a list that goes on exactly
    (BUDGET, "D7", 1_300_000),  # 7,000,000 − 6,700,000
    (TWO_UNITS, "B3", 8000),  # 8,000千円 are 800万円
    (CAPACITY, "B7", "=B1*B2*22"),  # the 20 working days are used by nobody
    (SHOP, "B6", "=B5*10"),  # 年商 is twelve times 月商
    (TWO_LISTS, "B12", "=B10*B5"),  # its own 1件手数料 is used by nobody
    (WEEKLY, "E4", "=E3*0.2"),  # the others take B7
    (PER_MONTH, "B6", 63),  # the 238 visits, ÷ 12, are used by nobody
]
"""As above, of another day."""


@pytest.mark.parametrize("rows", [slip[0] for slip in MORE], ids=[str(slip[0][0][0]) for slip in MORE])
def test_another_that_is_right_is_silent(rows: Rows) -> None:
    assert named(check(*rows)) == []


@pytest.mark.parametrize(("rows", "cell", "value"), MORE, ids=[f"{slip[0][0][0]} {slip[1]}" for slip in MORE])
def test_another_slip_is_named_at_its_cell(rows: Rows, cell: str, value: Any) -> None:
    assert cell in named(check(*typed(rows, cell, value)))

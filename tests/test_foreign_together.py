"""Figures that others make together, not by the one step next to them: shares of a whole, all scenarios, a part and a share, a column rounded."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, book, check, grave, typed

from kgisheet import api

SOURCES: Rows = [  # 60, 30 and 10 % of 250; 150 ÷ 20 %
    ["Opportunities needed", 250], ["Marketing share", "60%"], ["SDR share", "30%"], ["Partner share", "10%"], ["Marketing opps", 150],
    ["SDR opps", 75], ["Partner opps", 25], ["MQL-to-opp rate", "20%"], ["MQLs", 750], ["Win rate (all)", "24%"], ["Deals", 60],
]  # fmt: skip

SCENARIOS: Rows = [  # 30 % of 240, 50 % of 528 and 20 % of 1,080
    ["", "保守", "標準", "強気"], ["受注件数", 24, 48, 90], ["受注単価（万円）", 10, 11, 12], ["売上（万円）", 240, 528, 1080], ["発生確率", "30%", "50%", "20%"],
    ["期待値（万円）", None, 552],
]  # fmt: skip

RAMP: Rows = [  # 6 and 25 % of 4 are 7
    ["", "M1", "M2", "M3", "M4", "M5"], ["Ramped SDRs", 6, 6, 6, 6, 6], ["New SDRs", 4, 4, 4, 4, 4], ["Ramp of new SDRs", 0, 0.25, 0.5, 1, 1],
    ["Effective SDRs", 6, 7, 8, 10, 10], ["Meetings per SDR", 12, 12, 12, 12, 12], ["Meetings booked", 72, 84, 96, 120, 120],
    ["Show rate", 0.75, 0.75, 0.75, 0.75, 0.75], ["Meetings held", 54, 63, 72, 90, 90],
]  # fmt: skip
RAMP_FORMATS = {f"{col}{row}": "0%" for col in "BCDEF" for row in (4, 8)}

ROUNDED: Rows = [  # 26.4, 88, 132 and 220 in rounder numbers
    ["", "Needed", "+10% reserve", "Goal"], ["Contracts", 24, 26.4, 27], ["Tenders (win 30%)", 80, 88, 90], ["Surveys (2 of 3)", 120, 132, 135],
    ["Enquiries (60%)", 200, 220, 220],
]  # fmt: skip

CAPACITY: Rows = [  # 1,200 ÷ 20, and 720 ÷ 12
    ["Meetings required / month", 144], ["Meetings per ramped SDR / month", 12], ["SDRs required", 12], ["Conversations per meeting", 6],
    ["Conversations per SDR / month", 72], ["Connect rate", "6%"], ["Dials per SDR / month", 1200], ["Selling days per month", 20],
    ["Dials per SDR / day", 60], ["Dials per day, whole team", 720],
]  # fmt: skip

TEAM: Rows = [  # 5 people; 3,000 calls ÷ 5
    ["項目", "チーム", "1人あたり", "1人1日あたり"], ["人数", "5名"], ["稼働日数", "20日"], ["アポ獲得数", 60, 12, 0.6], ["アポ率（接続→アポ）", "10%"],
    ["接続数", 600, 120, 6], ["接続率（架電→接続）", "20%"], ["架電数", 3000, 600, 30],
]  # fmt: skip

SEATS: Rows = [  # 1,000 × 3,000, and 36,000,000 ÷ 12
    ["導入社数", 40], ["1社あたり席数", 25], ["総席数", 1000], ["1席月額（円）", 3000], ["月額売上（円）", 3_000_000], ["年間売上（円）", 36_000_000],
    ["1社あたり年額（円）", 900_000], ["トライアル→契約率", "50%"], ["トライアル社数", 80], ["リード→トライアル率", "10%"], ["リード数", 800],
]  # fmt: skip

COVERED: Rows = [  # 5 × 2,000,000, and 200 × 50,000
    ["Company bookings target", "$5,000,000"], ["Marketing-sourced share", "40%"], ["Marketing-sourced bookings", "$2,000,000"], ["Average deal", "$50,000"],
    ["Deals from marketing", 40], ["Win rate", "20%"], ["Opportunities from marketing", 200], ["Pipeline to create", "$10,000,000"], ["Coverage", "5.0x"],
]  # fmt: skip

PLG: Rows = [  # 36 × 250, and twelve of that
    ["Free signups", 1200], ["Activation rate", "40%"], ["Activated users", 480], ["PQL rate (of activated)", "50%"], ["PQLs", 240], ["PQL-to-paid", "15%"],
    ["New paying accounts", 36], ["Average plan price / month", "$250"], ["New MRR", "$9,000"], ["New ARR (annualised)", "$108,000"],
]  # fmt: skip

SEASONS: Rows = [  # 4,000 and 25 % more, and the four quarters
    ["FY25 revenue", 4000], ["Growth", "25%"], ["FY26 target", 5000], [None], ["", "Q1", "Q2", "Q3", "Q4", "FY"],
    ["Seasonality", "20%", "24%", "22%", "34%", "100%"], ["FY26 target", 1000, 1200, 1100, 1700, 5000], ["FY25 actual", 780, 980, 900, 1340, 4000],
]  # fmt: skip

BESIDE: Rows = [  # two lists side by side; 展示会 is no 受注率
    ["■逆算", None, None, "■リード内訳"], ["売上目標（万円）", 5000, None, "Web問い合わせ", 120], ["受注単価（万円）", 200, None, "資料請求", 200],
    ["受注件数", 25, None, "セミナー", 110], ["受注率", "25%", None, "展示会", 70], ["商談数", 100, None, "合計", 500], ["商談化率", "20%"], ["リード数", 500],
]  # fmt: skip

# name: (a right sheet, the wrong cell and what is typed there, the right figure)
SLIPS: dict[str, tuple[Rows, str, Any, Any]] = {
    "a part of a whole": (SOURCES, "B6", 57, 75),
    "what is expected of all scenarios": (SCENARIOS, "C6", 652, 5_520_000),
    "a goal that isn't the need in rounder numbers": (ROUNDED, "D5", 250, 225),
    "calls of one a day": (CAPACITY, "B9", 50, 60),
    "one of a team by the heads on a line": (TEAM, "C8", 500, 600),
    "a month, by its seats and by the year": (SEATS, "B5", 300_000, 3_000_000),
    "a pipeline by its coverage and by its deals": (COVERED, "B8", "$8,000,000", 10_000_000),
    "a year beside a month that its accounts make": (PLG, "B10", "$90,000", 108_000),
    "a target beside the same one by quarter": (SEASONS, "B3", 5500, 5000),
    "a total of the list beside another one": (BESIDE, "E6", 430, 500),
}  # fmt: skip

RIGHT: dict[str, Rows] = {
    "shares with a remainder": [  # 333, 333 and what is left
        ["Leads", 1000], ["Web share", "33.3%"], ["Fair share", "33.3%"], ["Partner share", "33.3%"], ["Web leads", 333], ["Fair leads", 333],
        ["Partner leads", 334], ["Meeting rate", "20%"], ["Meetings", 200]],
    "shares of a list in Japanese": [  # 紹介 alone go on
        ["リード目標", 800], ["Web比率", "50%"], ["展示会比率", "30%"], ["紹介比率", "20%"], ["Webリード", 400], ["展示会リード", 240], ["紹介リード", 160],
        ["紹介商談化率", "40%"], ["紹介商談", 64], ["紹介受注率", "50%"], ["紹介受注", 32]],
    "expected, rounded off": [["", "低", "中", "高"], ["売上", 240, 528, 1080], ["確率", "30%", "50%", "20%"], ["期待値", 550]],
    "expected of what is left": [  # of 40, 228 and 680
        ["", "Low", "Base", "High"], ["Revenue", 240, 528, 1080], ["Costs", 200, 300, 400], ["Chance", "30%", "50%", "20%"], ["Expected value", 262]],
    "a target that isn't all planned yet": [
        ["FY26 target", 5500], ["Planned so far", 5000], [None], ["", "Q1", "Q2", "Q3", "Q4", "FY"], ["FY26 target", 1000, 1200, 1100, 1700, 5000],
        ["Deals", 10, 12, 11, 17, 50]],
    "a coverage of what is still to win": [
        ["Bookings target", "$5,000,000"], ["Won so far", "$1,000,000"], ["Average deal", "$40,000"], ["Coverage", "3x"], ["Pipeline needed", "$12,000,000"],
        ["Opportunities", 300]],
    "two months for nothing": [
        ["会員数", 300], ["月額（円）", 5000], ["年額（円）", 50_000], ["年額会員数", 100], ["月額会員数", 200], ["年間売上（円）", 17_000_000]],
    "a pipeline in two currencies": [
        ["Target from HQ (USD)", 1_000_000], ["USD per GBP", 1.25], ["Target (GBP)", 800_000], ["Avg deal (GBP)", 32_000], ["Deals", 25], ["Win rate", "20%"],
        ["Opportunities", 125], ["Pipeline (GBP)", 4_000_000], ["Pipeline (USD)", 5_000_000]],
    "a column of what others have": [  # each median by itself
        ["Metric", "Our target", "Industry median", "Top quartile"], ["Visitors", 60_000, 45_000, 120_000], ["Visitor to lead", "2.0%", "1.8%", "3.5%"],
        ["Leads", 1200, 810, 4200], ["Lead to MQL", "35%", "31%", "45%"], ["MQLs", 420, 250, 1900], ["MQL to SQL", "30%", "13%", "40%"], ["SQLs", 126, 33, 750]],
    "a region that is called NA": [  # 500 + 480 + 300
        ["Global", "NA", "EMEA", "APAC", "Total"], ["Deals", 90, 60, 30, 180], ["Opportunities", 300, 240, 150, 690], ["Meetings", 500, 480, 300, 1280]],
    "rates that came out": [  # 87 of 429 are 20 %
        ["リード", 1300], ["商談", 429], ["受注", 87], ["商談化率", "=B2/B1"], ["受注率", "20%"], ["総合CVR", "6.7%"]],
}  # fmt: skip


@pytest.mark.parametrize("kind", SLIPS)
def test_a_slip_is_named_at_its_cell_and_nothing_else(kind: str) -> None:
    assert_named(*SLIPS[kind])


@pytest.mark.parametrize("kind", RIGHT)
def test_what_others_make_together_is_silent(kind: str) -> None:
    assert [each.cell for each in grave(check(*RIGHT[kind]))] == []


def test_a_part_and_a_share_of_another_one_is_no_step_of_either() -> None:
    """Neither where all months are right nor where another one is wrong."""
    assert grave(check(*RAMP, formats=RAMP_FORMATS)) == []
    assert [each.cell for each in grave(check(*typed(RAMP, "D5", 9), formats=RAMP_FORMATS))] == ["D5"]


PRICING: Rows = [
    ["", "Q1", "Q2", "Q3", "Q4"], ["Target ($k)", 600, 600, 720, 960], ["Deal size ($k)", 30, "=B3", 36, "=D3"],
    ["Deals", "=B2/B3", "=C2/C3", "=D2/D3", "=E2/E3"], ["Win rate", 0.2, "=B5", 0.25, "=D5"], ["Opportunities", "=B4/B5", "=C4/C5", "=D4/D5", "=E4/E5"],
    ["Lead rate", 0.1, "=B7", "=C7", "=D7"], ["Leads", "=B6/B7", "=C6/C7", "=D6/D7", "=E6/E7"],
]  # fmt: skip


def test_an_assumption_that_is_carried_on_may_change_and_only_a_slip_of_it_is_wrong() -> None:
    formats = {f"{col}5": "0%" for col in "BCDE"} | {f"{col}7": "0%" for col in "BCDE"}
    assert grave(check(*PRICING, formats=formats)) == []
    assert [each.cell for each in grave(check(*typed(PRICING, "D5", 0.02), formats=formats))] == ["D5"]


BUDGET: Rows = [  # 200 of 800 are 25 %
    ["Category", "Q1", "Q2", "Q3", "Q4", "Year", "% of total"], ["Paid media", 60, 75, 65, 80, 280, "35%"], ["Events", 20, 70, 30, 80, 200, "25%"],
    ["Content", 30, 30, 30, 30, 120, "15%"], ["Tools", 24, 24, 24, 24, 96, "12%"], ["Agencies", 26, 26, 26, 26, 104, "13%"], ["Total", 160, 225, 175, 240, 800, "100%"],
]  # fmt: skip


def test_a_sheet_may_say_on_its_tab_alone_that_it_plans() -> None:
    right, wrong = (api.check(book({"Budget": rows}), "x.xlsx") for rows in (BUDGET, typed(BUDGET, "G3", "20%")))
    assert grave(right) == []
    assert [each.cell for each in grave(wrong)] == ["G3"]
    assert grave(api.check(book({"Readings": typed(BUDGET, "G3", "20%")}), "x.xlsx")) == []

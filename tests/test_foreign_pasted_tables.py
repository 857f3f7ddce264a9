"""Tables pasted as values, without the formulas that made them: what is no total, no sum and no product of its line, as the sheet shows."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, check, grave

# name: (a right sheet, the wrong cell and what is typed there, the right figure)
SLIPS: dict[str, tuple[Rows, str, Any, Any]] = {
    "a year opens as its first quarter does": (  # 80 + 85 − 35 = 130; and 18 less 9 from 92 on
        [["Clients", "Q1", "Q2", "Q3", "Q4", "Year"], ["Opening clients", 80, 92, 101, 115, 80], ["New clients", 20, 18, 22, 24, 84],
         ["Lost clients", 8, 9, 8, 9, 34], ["Closing clients", 92, 101, 115, 130, 130]],
        "D5", 151, 115),
    "a half year has its months' mean of heads": (  # (12 + 12 + 13 + 13 + 14 + 14) ÷ 6; 12 × 80 % = 9.6 man-months
        [["", "4月", "5月", "6月", "7月", "8月", "9月", "上期"], ["技術者数（名）", 12, 12, 13, 13, 14, 14, 13], ["稼働率", 0.8, 0.75, 0.8, 0.7, 0.75, 0.8, 0.7667],
         ["稼働人月", 9.6, 9, 10.4, 9.1, 10.5, 11.2, 59.8], ["人月単価（万円）", 90, 90, 90, 90, 90, 90, 90],
         ["売上（万円）", 864, 810, 936, 819, 945, 1008, 5382]],
        "E6", 918, 8_190_000),
    "as many visits as there is room for": (  # 20 % of 45, 60, 70 and 75 held
        [["", "May", "June", "July", "August"], ["Room for visits", 60, 60, 70, 75], ["Visits held", 45, 60, 70, 75], ["Orders at 20%", 9, 12, 14, 15]],
        "E4", 51, 15),
    "a limit in the heading": (  # 9,000 × 5 % = 450, and there is room for 240
        [["セミナー", "案内", "申込率", "申込（上限240）", "商談化率", "商談"], ["4月", 4000, 0.05, 200, 0.1, 20], ["5月", 2500, 0.06, 150, 0.08, 12],
         ["6月", 9000, 0.05, 240, 0.1, 24], ["7月", 3000, 0.07, 210, 0.1, 21], ["計", 18_500, None, 800, None, 77]],
        "D3", 105, 150),
    "months in a name": (  # 18 ÷ 6, and 72 ÷ 12
        [["担当", "年間受注", "月あたり"], ["青木", 96, 8], ["石田", 84, 7], ["上野", 72, 6], ["江口（10月入社、6か月）", 18, 3], ["大木", 60, 5], ["計", 330, None]],
        "B7", 303, 330),
    "three from outside beside those employed": (  # (5 + 4) × 21 × 40
        [["前提", "現行", "増員", "外注併用"], ["社員（名）", 3, 5, 5], ["外注（名）", 0, 0, 4], ["稼働日数／月", 20, 21, 21], ["1人1日架電", 50, 40, 40],
         ["月間架電", 3000, 4200, 7560], ["通話率", 0.2, 0.2, 0.25], ["通話", 600, 840, 1890]],
        "C8", 480, 840),
    "new reps, one and one and three": (  # 5 × 120, 6 × 120, 8 × 120
        [["", "Q1", "Q2", "Q3", "Q4"], ["Full reps", 5, 6, 8, 8], ["Quota of a rep ($k)", 120, 120, 120, 120], ["New reps (half quota)", 1, 1, 3, 2],
         ["Capacity full ($k)", 600, 720, 960, 960], ["Capacity new ($k)", 60, 60, 180, 120], ["Capacity ($k)", 660, 780, 1140, 1080]],
        "D5", 690, 960),
    "two halves of a quota": (  # 40 % and 60 % of each
        [["Rep", "Full quota", "Ramp", "Quota", "H1 (40%)", "H2 (60%)"], ["Ada", 900, 1, 900, 360, 540], ["Bo", 900, 1, 900, 360, 540],
         ["Cy", 900, 0.5, 450, 180, 270], ["Di", 900, 0.25, 225, 90, 135], ["Total", 3600, None, 2475, 990, 1485]],
        "E4", 810, 180),
    "the least of a year": (  # no sum of 14, 11, 16 and 12
        [["", "Q1", "Q2", "Q3", "Q4", "Year"], ["Orders", 31, 28, 36, 40, 135], ["Enquiries", 124, 140, 150, 160, 574], ["Smallest order (k)", 14, 11, 16, 12, 11]],
        "F2", 153, 135),
    "a rate of its own neighbours": (  # 100 × 36 % = 36; 300 × 42 % = 126 by chance
        [["Plan", "FY26", "FY27"], ["Accounts at start", 100, 126], ["Accounts won", 36, 42], ["Accounts lost", -10, -42], ["Accounts at end", 126, 126],
         ["Trial-to-account", 0.36, 0.42], ["Trials", 100, 100], ["Packs per trial", 3, 3], ["Packs", 300, 300]],
        "B9", 330, 300),
    "clicks by their price": (  # 600,000 ÷ 12,000 = 50; 15 % of them are 8, rounded
        [["媒体", "予算", "CPA", "CV", "商談率", "商談"], ["検索", 900_000, 18_000, 50, "30%", 15], ["SNS", 600_000, 12_000, 50, "15%", 8],
         ["動画", 800_000, 40_000, 20, "45%", 9], ["計", 2_300_000, None, 120, None, 32]],
        "F5", 23, 32),
    "half an order more": (  # 3,675 ÷ 50 = 73.5
        [["", "Q1", "Q2", "Q3", "Q4"], ["Pipeline needed", 1800, 2250, 3150, 3675], ["Mean deal", 50, 50, 50, 50], ["Deals in it", 36, 45, 63, 74]],
        "D4", 36, 63),
    "months left beside amounts": (  # 11,690 ÷ 4
        [["項目", "年間目標", "8月末累計", "残り", "残り月数", "月あたり必要"], ["新規契約（社）", 96, 58, 38, 4, 9.5], ["契約金額（万円）", 28_800, 17_110, 11_690, 4, 2922.5],
         ["提案（件）", 384, 262, 122, 4, 30.5], ["訪問（件）", 960, 604, 356, 4, 89]],
        "D4", 212, 122),
    "a dash in a column of quotients": (  # 1,800,000 ÷ 29
        [["媒体", "費用（円）", "資料請求", "商談", "商談単価（円）"], ["業界紙", 600_000, 24, 6, 100_000], ["検索", 900_000, 90, 15, 60_000], ["動画", 300_000, 12, 0, "-"],
         ["メール", 0, 40, 8, 0], ["計", 1_800_000, 166, 29, 62_069]],
        "C6", 156, 166),
}  # fmt: skip

RIGHT: dict[str, Rows] = {
    "quotas of those who begin within the year": [  # 80 % of 600,000 each
        ["Full quota per rep ($)", 600_000], ["Expected attainment", "80%"], [], ["Cohort", "Reps", "Productive share of year", "Reps, ramped", "Capacity ($)"],
        ["Here already", 8, "100%", 8, 3_840_000], ["From January", 4, "75%", 3, 1_440_000], ["From April", 4, "50%", 2, 960_000],
        ["From July", 2, "25%", 0.5, 240_000], ["Total", 18, None, 13.5, 6_480_000]],
    "subtotals on top of their parts": [  # 1,200 + 760
        ["", "件数", "単価（万円）", "売上（万円）"], ["合計", 52, None, 1960], ["法人", 32, None, 1200], ["新人向け", 20, 30, 600], ["管理職向け", 12, 50, 600],
        ["官公庁", 20, None, 760], ["初級", 14, 30, 420], ["上級", 6, None, 340]],
    "modules that the same customers buy": [  # 240, 60 % of them, 25 % of them, 50 % of them
        ["New customers", 240], ["Module", "Attach rate", "Customers", "Price", "Revenue"], ["Core", "100%", 240, 2000, 480_000],
        ["Reports", "60%", 144, 900, 129_600], ["Support", "25%", 60, 700, 42_000], ["Training", "50%", 120, 1100, 132_000], ["Total revenue", None, None, None, 783_600]],
    "a year's goals, a half's, a month's, a week's and a day's": [
        ["", "年間", "半期", "月", "週（4週）", "日（20日）"], ["新規契約", 120, 60, 10, 2.5, 0.5], ["見積提出", 480, 240, 40, 10, 2],
        ["訪問", 1920, 960, 160, 40, 8], ["電話", 24_000, 12_000, 2000, 500, 100]],
    "what is left, and of it a month": [  # (120 − 45) ÷ 6
        ["", "年間目標", "上期実績", "残り", "下期1か月あたり"], ["受注（件）", 120, 45, 75, 12.5], ["商談（件）", 400, 180, 220, 36.67], ["問い合わせ（件）", 1600, 760, 840, 140],
        ["受注率", "30%", "25%", 75 / 220, None], ["商談化率", "25%", "23.7%", 220 / 840, None]],
    "counts that are rounded up to tens": [
        ["項目", "計算値", "計画値（10件単位切上げ）"], ["受注", 23, 30], ["商談（受注率30%）", 100, 100], ["アポ（実施率85%）", 117.65, 120], ["架電（アポ率4%）", 3000, 3000]],
}  # fmt: skip


@pytest.mark.parametrize("kind", SLIPS)
def test_a_right_table_is_silent_and_a_slip_beside_is_named(kind: str) -> None:
    assert_named(*SLIPS[kind])


@pytest.mark.parametrize("kind", RIGHT)
def test_what_only_seems_to_fail_is_silent(kind: str) -> None:
    assert [each.cell for each in grave(check(*RIGHT[kind]))] == []

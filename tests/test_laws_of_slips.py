"""Slips that one line, one label or one total alone would not prove: a nought too many, two digits exchanged, a table and a list that agree.

Each sheet is right at first and silent; with the one figure typed wrong it, and it alone, is named, and by the value worked out beside it.
"""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, check, codes

WRONG: dict[str, tuple[Rows, str, Any, Any]] = {
    # name: (a right sheet, the wrong cell and what is typed there, the right figure)
    "what is short of a goal, with two digits exchanged": (  # 3,500 − 2,980
        [["着地見込（第3四半期）"], ["フェーズ", "件数", "平均単価（万円）", "確度", "見込額（万円）"], ["初回商談", 20, 120, "10%", 240], ["提案", 12, 150, "30%", 540],
         ["見積提示", 8, 140, "50%", 560], ["内諾", 3, 200, "90%", 540], ["合計", 43, None, None, 1880], ["受注済み", None, None, None, 1100],
         ["着地見込", None, None, None, 2980], ["目標", None, None, None, 3500], ["不足額", None, None, None, 520]],
        "E11", 250, 5_200_000),  # in yen
    "a count by its rate, with a nought too many": (  # 150 ÷ 30 %
        [["月間売上目標（円）", 6_300_000], ["1食単価（円）", 700], ["営業日数", 20], ["1日の必要食数", 450], ["1社あたり食数", 15], ["必要社数", 30],
         ["成約率", "20%"], ["試食会実施社数", 150], ["試食会誘致率", "30%"], ["アプローチ社数", 500]],
        "B10", 5000, 500),
    "new sales of which the label says nothing, by goal and price": (  # 80 − 50 million, 1.5 million × 20
        [["売上目標", 80_000_000], ["既存継続見込み", 50_000_000], ["新規で必要な売上", 30_000_000], ["新規単価", 1_500_000], ["新規受注", 20], ["受注率", "20%"], ["新規商談", 100]],
        "B3", 33_000_000, 30_000_000),
    "meetings held, between a win rate and cancellations": (  # 18 ÷ 30 %, 75 less 20 %
        [["受注", 18], ["受注率", "30%"], ["実施商談", 60], ["キャンセル率", "20%"], ["必要アポ", 75], ["アポ率", "3%"], ["架電", 2500]],
        "B3", 66, 60),
    "leads with a buffer on top, a nought too many": (  # 120 ÷ 24 %
        [["Installs", 36], ["Close rate", "30%"], ["Quotes", 120], ["Lead to quote", "24%"], ["Leads without buffer", 500], ["Buffer", "15%"],
         ["Leads to plan", 575]],
        "B5", 5000, 500),
    "heads, quota and ramp, in a table with its total": (  # 2 × 900,000 × 25 %; 7,650,000 less the others
        [["Rep type", "Reps", "Annual quota ($)", "Ramp", "Capacity ($)"], ["Fully ramped", 6, 900_000, "100%", 5_400_000],
         ["Hired in H1", 4, 900_000, "50%", 1_800_000], ["Hired in Q3", 2, 900_000, "25%", 450_000], ["Total", 12, None, None, 7_650_000]],
        "E4", 495_000, 450_000),
    "runs at a price, where all other lines are exact": (  # 3 × 480
        [["Item", "Qty", "Unit cost", "Budget"], ["Venue hire", 2, 6500, 13_000], ["Catering", 180, 74, 13_320], ["Speakers", 4, 2500, 10_000],
         ["Invitations", 1200, 1.5, 1800], ["Shuttle bus", 3, 480, 1440], ["Giveaways", 200, 11, 2200], ["Videos", 6, 2750, 16_500]],
        "D6", 1584, 1440),
    "the last step of a list, by which it is near": (  # 240 ÷ 10 %
        [["Revenue target (£)", 1_440_000], ["Average basket (£)", 240], ["Orders needed", 6000], ["Orders per active customer per year", 7.5],
         ["Active customers needed", 800], ["Returning customers", 560], ["New customers needed", 240], ["Trial order conversion", "10%"],
         ["Sample requests needed", 2400]],
        "B9", 2640, 2400),
    "a total with a haircut below it": (  # the five above; 2,511,000 ÷ 90 %
        [["AE", "Annual quota ($)", "Ramp factor", "Capacity ($)"], ["Tenured East", 900_000, "100%", 900_000], ["Tenured West", 900_000, "100%", 900_000],
         ["Hire Feb", 900_000, "60%", 540_000], ["Hire May", 900_000, "40%", 360_000], ["Hire Sep", 900_000, "10%", 90_000],
         ["Total capacity", None, None, 2_790_000], ["Haircut", None, None, "10%"], ["Plan", None, None, 2_511_000]],
        "D7", 3_069_000, 2_790_000),
    "a goal that the table below it adds up to": (  # 2,000,000 + 10 %; 550,000 to 396,000
        [["Team goal ($)", 2_000_000], ["Buffer", "10%"], ["To be assigned ($)", 2_200_000], [None], ["Rep", "Quota ($)", "Deals"],
         ["Ines", 550_000, 25], ["Tom", 484_000, 22], ["Priya", 440_000, 20], ["Jack", 396_000, 18], ["Yuki", 330_000, 15], ["Sum", 2_200_000, 100]],
        "B3", 2_020_000, 2_200_000),
    "the worth of sites whose hours add up": (  # 55,500 + 76,440 + 183,456 + 18,720
        [["Site", "hours a week", "worth"], ["Depot", 60, 55_500], ["Shopping arcade", 84, 76_440], ["Data centre", 168, 183_456],
         ["Building site", 40, 18_720], ["In the bag", 352, 334_116]],
        "C6", 3_341_160, 334_116),
    "demos that so many engineers hold in so many weeks": (  # 3 × 5 × 4.2
        [[None, "Oct", "Nov", "Dec"], ["Demos needed", 48, 60, 72], ["Engineers", 3, 3, 4], ["Demos per engineer per week", 5, 5, 5], ["Weeks", 4.4, 4.2, 4],
         ["Demos possible", 66, 63, 80]],
        "C6", 36, 63),
    "what a trial costs in each month": (  # 7,500 ÷ 100
        [["Month", "Budget ($)", "Trials", "Cost per trial ($)"], ["July", 6000, 80, 75], ["August", 4500, 60, 75], ["September", 7500, 100, 75],
         ["October", 9000, 120, 75], ["November", 8250, 110, 75]],
        "D4", 82, 75),
    "an amount with its tax": (  # 11,300,000 + 1,130,000
        [["品目", "台数", "単価（税抜）", "金額（税抜）"], ["冷蔵庫", 120, 38_500, 4_620_000], ["洗濯機", 120, 42_000, 5_040_000], ["電子レンジ", 130, 12_800, 1_664_000],
         ["小計", None, None, 11_324_000], ["値引", None, None, -24_000], ["税抜計", None, None, 11_300_000], ["消費税（10%）", None, None, 1_130_000],
         ["税込計", None, None, 12_430_000]],
        "D9", 13_673_000, 12_430_000),
    "the return on a show": (  # (448,000 − 84,000) ÷ 84,000
        [["Show cost ($)", 84_000], ["Badge scans", 700], ["Qualified rate", "40%"], ["Qualified leads", 280], ["Lead-to-meeting rate", "25%"], ["Meetings", 70],
         ["Win rate", "20%"], ["Deals", 14], ["Average selling price ($)", 32_000], ["Revenue ($)", 448_000], ["ROI", "433%"]],
        "B11", "4333%", 4.333),
    "the stretch of two scenarios": (  # 37,800,000 ÷ 900,000, 120 × 35 %
        [[None, "Base", "Stretch"], ["Fee per audit (JPY)", 900_000, 900_000], ["Audits", 30, 42], ["Revenue (JPY)", 27_000_000, 37_800_000],
         ["Acceptance", "30%", "35%"], ["Proposals", 100, 120], ["Proposal rate", "40%", "40%"], ["Contacts", 250, 300]],
        "C3", 46, 42),
    "months that are still to come above a total": (  # 10 + 10 + 18
        [["月", "商談", "受注", "受注率"], ["4月", 40, 10, "25%"], ["5月", 50, 10, "20%"], ["6月", 60, 18, "30%"], ["7月", None, None, "-"], ["8月", None, None, "-"],
         ["9月", None, None, "-"], ["計", 150, 38, "25.3%"]],
        "C8", 83, 38),
    "a price that a label says, and the rate of the next": (  # 525,000 ÷ 17,500; 125 × 24 %
        [["Revenue ($)", 525_000], ["Deals (ACV 17.5k)", 30], ["Opps at 24% win", 125], ["SQLs, 80% become opps", 157]],
        "B2", 300, 30),
}  # fmt: skip


@pytest.mark.parametrize("kind", WRONG)
def test_a_slip_is_named_at_its_cell(kind: str) -> None:
    assert_named(*WRONG[kind])


RIGHT: dict[str, Rows] = {
    # 12 of last quarter go on top of half of the meetings held: no slip of 120, though 0.15 × 80 are 12.
    "proposals carried over": [
        ["Meetings set", 100], ["Meetings held", 80], ["New proposals (half of held)", 40], ["Carried over from Q2", 12], ["Proposals in play", 52], ["Win rate", "25%"],
        ["Wins", 13]],
    # What was taken of the list and what it grosses: 600,000 net of 150,000 that leave.
    "ARR that makes churn good": [
        ["Opening ARR ($)", 3_000_000], ["Churn (5%)", -150_000], ["Net new ARR goal ($)", 600_000], ["Gross new ARR ($)", 750_000], ["Closing ARR ($)", 3_600_000],
        ["ACV ($)", 25_000], ["New customers", 30], ["Win rate", "20%"], ["Opportunities", 150]],
    # The mean price of all lines is rounded: 15,371 × 400 are not 6,148,333 to the yen.
    "a mean price below exact lines": [
        ["月", "注文", "客単価(円)", "売上(円)"], ["4月", 400, 15_000, 6_000_000], ["5月", 360, 15_000, 5_400_000], ["6月", 420, 15_500, 6_510_000],
        ["7月", 440, 15_500, 6_820_000], ["8月", 320, 15_000, 4_800_000], ["9月", 460, 16_000, 7_360_000], ["合計", 2400, None, 36_890_000],
        ["平均", 400, 15_371, 6_148_333]],
    # Shares of a third each, shown as 33 and 34 %: 100 % of all accounts make no rate of the meetings.
    "rounded shares": [
        ["Territory", "Accounts", "Share", "Meetings target"], ["East", 120, "33%", 40], ["West", 121, "33%", 40], ["South", 122, "34%", 41], ["Total", 363, "100%", 121]],
    # Qualified leads are a quarter of the leads, and what a lead costs is of these: 8,000 × 2,000 yen.
    "what a lead costs, beside those that qualify": [
        ["受注社数", 40], ["Win rate", "20%"], ["SQL", 200], ["SQL率", "40%"], ["MQL", 500], ["MQL率", "25%"], ["Lead", 2000], ["CPL（円）", 8000], ["広告費（万円）", 1600]],
    # A segment of customers that is called Growth has its rates as the others have; it compares nothing.
    "a segment called Growth": [
        ["Segment", "ARR 1 Jan ($)", "Upsell %", "Upsell ($)", "Churn %", "Churn ($)"], ["Strategic", 5_200_000, "15%", 780_000, "3%", 156_000],
        ["Growth", 2_800_000, "12%", 336_000, "8%", 224_000], ["Tech-touch", 900_000, "5%", 45_000, "18%", 162_000], ["Total", 8_900_000, None, 1_161_000, None, 542_000]],
    # 18 of the 90 who come want a talk, as the rate's name says: the 120 that signed up are another list's total.
    "a rate of those who came, below another total": [
        ["当日来場目標", 90], ["来場率", "75%"], ["申込必要数", 120], ["申込の内訳"], ["　メール", 60], ["　個別案内", 36], ["　共催社", 24], ["　内訳計", 120],
        ["来場→個別相談", "20%"], ["個別相談", 18]],
    # By how much what came out differs from the plan: 6 more opportunities, 12 SQLs fewer, and 50 % between the two by chance.
    "a column of variances": [
        ["Metric", "Plan", "Actual", "Var.", "% of plan"], ["Website visits", 90_000, 94_500, 4500, "105%"], ["Leads", 1800, 1701, -99, "95%"],
        ["MQLs", 720, 648, -72, "90%"], ["SQLs", 252, 240, -12, "95%"], ["Opportunities", 126, 132, 6, "105%"], ["Closed won", 32, 33, 1, "103%"], [None],
        ["Conversion", "Plan", "Actual"], ["Visit > lead", "2.0%", "1.8%"], ["Lead > MQL", "40.0%", "38.1%"], ["MQL > SQL", "35.0%", "37.0%"],
        ["SQL > opp", "50.0%", "55.0%"]],
    # 200 customers less 14 are 186, whatever those who stay buy on top; their ARR is 4,000 + 400 + 180 − 280 − 60.
    "customers beside ARR in one bridge": [
        ["", "Customers", "Each (千円)", "ARR (千円)"],
        ["Opening base", 200, 20, 4000],
        ["Upgrades", 50, 8, 400],
        ["Cross-sell", 30, 6, 180],
        ["Churned customers", 14, 20, 280],
        ["Downsell", 12, 5, 60],
        ["Base at year end", 186, None, 4240],
    ],
    # A reserve on the line of each goal; a rate in the remark of the next line leads to neither of the two.
    "a reserve beside what is needed": [
        ["展示会 準備数量表"],
        ["予備：名刺目標は1割増し、配布物は2割増しで手配"],
        [None],
        ["項目", "必要数", "予備率", "手配・目標数", "備考"],
        ["商談", 25, "0%", 25, "必達"],
        ["獲得名刺", 500, "10%", 550, "商談化率5%"],
        ["来場者声がけ", 1000, "10%", 1100, "2人に1人が名刺交換"],
        ["会社案内", 1000, "20%", 1200],
        ["ノベルティ", 550, "20%", 660, "名刺交換した方のみ"],
        ["アンケート用紙", 550, "20%", 660],
    ],
    # ACV × margin and LTV × churn are the same in each column: an amount that ways make otherwise is the one that it is.
    "unit economics by segment": [
        ["", "SMB", "Mid", "Enterprise"], ["S&M spend ($k)", 900, 1400, 2200], ["New customers", 150, 56, 20], ["CAC ($k)", 6, 25, 110], ["ACV ($k)", 6, 24, 110],
        ["Gross margin", "75%", "78%", "80%"], ["Annual churn", "20%", "12%", "8%"], ["LTV ($k)", 22.5, 156, 1100]],
}  # fmt: skip


@pytest.mark.parametrize("kind", RIGHT)
def test_no_slip_is_seen_in_a_right_sheet(kind: str) -> None:
    report = check(*RIGHT[kind])
    assert codes(report) == [], report.findings


def test_a_slip_is_told_in_the_currency_of_its_label() -> None:
    """128 × 8,500 = 1,088,000; a nought too many is ten times that, and dollars all the same."""
    rows: Rows = [
        ["Meetings", 640],
        ["Meeting to deal", 0.2],
        ["Deals", 128],
        ["Average deal ($)", 8500],
        ["Revenue ($)", 10_880_000],
    ]
    (wrong,) = (each for each in check(*rows).findings if each.severity == "error")
    assert wrong.cell == "B5"
    assert "$10,880,000" in wrong.message.to("en")

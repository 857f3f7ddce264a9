"""Sheets typed in odd ways: figures as texts with their counters, equations in cells, calculators of one row, columns to compare with."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, check, grave

# name: (a right sheet, the wrong cell and what is typed there, the right figure)
SLIPS: dict[str, tuple[Rows, str, Any, Any]] = {
    "months with their counter": (  # 600 × 1,500円, and 1,080万円 ÷ 12
        [["契約社数", "20社"], ["1社あたりID数", "30ID"], ["合計ID数", "600ID"], ["月額単価（1ID）", "1,500円"], ["月間売上", "90万円"],
         ["契約月数", "12か月"], ["年間売上", "1,080万円"]],
        "B5", "9万円", 900_000),
    "days with their counter": (  # 18 × 4 × 5
        [["Sellers", 5], ["Days a month", "18 days"], ["Visits a day", 4], ["Visits", 360], ["Close rate", "10%"], ["Deals", 36]],
        "B4", 400, 360),
    "more or less": (  # 60 ÷ 3割, and 5 % of 4,000
        [["受注数", "約24件"], ["受注率", "約4割"], ["商談数", "約60件"], ["商談化率", "3割程度"], ["アポ数", "約200件"], ["アポ率", "約5%"],
         ["架電数", "4,000件ほど"]],
        "B5", "約240件", 200),
    "more or less in English": (  # 150 × 2, and 10 % of 3,000
        [["Deals", "about 30"], ["Win rate", "roughly 20%"], ["Opps", "~150"], ["Meetings per opp", "approx. 2"], ["Meetings", "~300"],
         ["Connect rate", "c. 10%"], ["Calls", "3,000 or so"]],
        "B5", "~360", 300),
    "a margin and the amount that is called so": (  # 30 % of 1.8億円, and 40 × 135万円
        [["年間売上目標", "1.8億円"], ["平均単価", "450万円"], ["受注件数", "40件"], ["粗利率", "30%"], ["1件あたり粗利", "135万円"],
         ["粗利目標", "5,400万円"], ["受注率", "20%"], ["商談件数", "200件"]],
        "B6", "540万円", 54_000_000),
    "two per one, which may be rounded, and eight people": (  # 240 × 2, and 8 × 60
        [["Sales goal", "$1.5M"], ["Average deal", "$25k"], ["Deals", "60 deals"], ["Win rate", "25%"], ["Opportunities", "240 opps"],
         ["Meetings per opportunity", "2"], ["Meetings", "480 meetings"], ["Per rep (8 reps)", "60 meetings"]],
        "B7", "420 meetings", 480),
    "a rate that may be rounded": (  # 2 × 20, and 4 % of 50
        [["月間アポ目標", "40件"], ["営業日数", "20日"], ["1日あたりアポ", "2件"], ["アポ率", "4%"], ["1日の架電", "50件"], ["月間架電", "1,000件"]],
        "B3", "3件", 2),
    "so many ten thousands, and a counter": (  # 600 ÷ 60 %, and 2 % of 50,000
        [["募集人数", "30名様"], ["申込率", "5%"], ["参加者", "600名"], ["参加率", "60%"], ["申込者", "1,000名"], ["開封→申込", "2%"], ["配信数", "5万通"]],
        "B5", "1,200名", 1000),
    "an equation on each line": (  # 150 ÷ 75 %, carried to the next line
        [["Income goal", "", "Avg commission", "", "Sales needed"], [90_000, "÷", 3000, "→", 30],
         ["Sales needed", "", "Closing ratio", "", "Presentations needed"], [30, "÷", "20%", "→", 150],
         ["Presentations needed", "", "Show ratio", "", "Appointments needed"], [150, "÷", "75%", "→", 200],
         ["Appointments needed", "", "Call ratio", "", "Calls needed"], [200, "÷", "4%", "→", 5000]],
        "E6", 113, 200),
    "an equation whose result comes first": (  # 400 × 25 %, carried to the next line
        [["必要受注数", "", "商談", "", "受注率"], [20, "=", 100, "×", "20%"], ["必要商談数", "", "リード", "", "商談化率"], [100, "=", 400, "×", "25%"],
         ["リード", "", "訪問", "", "CVR"], [400, "=", 20_000, "×", "2%"]],
        "A4", 120, 100),
    "equations that go on": (  # 400 × 40 %, and 32 ÷ 20 %
        [["リード", "", "商談化率", "", "商談", "", "受注率", "", "受注"], [600, "×", "20%", "=", 120, "×", "25%", "=", 30],
         [400, "×", "40%", "=", 160, "×", "20%", "=", 32]],
        "E3", 240, 160),
    "three factors among two": (  # 4 × 25 × 20, and the 2,000 of the next line
        [["Reps", "", "Calls a day", "", "Days", "", "Calls"], [4, "x", 25, "x", 20, "=", 2000], ["Calls", "", "Meeting rate", "", "Meetings"],
         [2000, "x", "5%", "=", 100], ["Meetings", "", "Close rate", "", "Deals"], [100, "x", "20%", "=", 20], ["Deals", "", "Deal size", "", "Revenue"],
         [20, "x", 5000, "=", 100_000]],
        "G2", 1500, 2000),
    "signs between the names above": (  # 400 × 3, and 200 ÷ 30 %
        [["売上", "＝", "客数", "×", "単価"], [1200, "", 60, "", 20], ["客数", "＝", "商談", "×", "成約率"], [60, "", 200, "", "30%"],
         ["商談", "＝", "架電", "×", "アポ率"], [200, "", 4000, "", "5%"]],
        "C4", 260, 200),
    "signs down a column": (  # 90,000 ÷ 3,000, and 150 × 20 %
        [["Income goal", "", 90_000], ["Avg commission", "÷", 3000], ["Sales", "=", 30], ["Closing ratio", "÷", "20%"], ["Presentations", "=", 150],
         ["Show ratio", "÷", "75%"], ["Appointments", "=", 200]],
        "C3", 36, 30),
    "a calculator of one row": (  # 24,000 ÷ 200, and 15 % of 800
        [["Monthly budget", "Avg CPC", "Clicks", "Landing page CVR", "Leads", "CPL", "Lead-to-SQL", "SQLs", "Cost per SQL"],
         ["$24,000", "$6.00", 4000, "5%", 200, "$120", "15%", 30, "$800"]],
        "F2", "$200", 120),
    "lines with numbers, to which a text refers": (  # 30 × half; 3 ÷ 1 of 5
        [["", "項目", "目標", "計算のもと"], [1, "訪問軒数", 600, "30軒×20日"], [2, "担当者面談数", 120, "訪問の2割"], [3, "見込み客数", 30, "面談の25%"],
         [4, "見積提出数", 15, "見込み客の半分"], [5, "契約数", 3, "見積の5件に1件"], [6, "契約金額（円）", 1_500_000, "1件50万円"],
         [7, "訪問1軒あたり売上（円）", 2500, "6÷1"]],
        "C5", 25, 15),
    "columns to compare with": (  # 24 ÷ 30 %, and 25 % of 320
        [["指標", "自社目標", "業界平均（参考）", "過去最高（参考）"], ["受注数", 24, "", 27], ["受注率", "30%", "22%", "33%"], ["商談数", 80, "", 90],
         ["商談化率", "25%", "18%", "28%"], ["リード数", 320, "", 410]],
        "B4", 90, 80),
    "a benchmark": (  # 30 ÷ 30 %, and 25 % of 400
        [["Funnel", "Target", "Benchmark (for reference)"], ["Visitors", 20_000, 15_000], ["CVR", "2%", "1.5%"], ["Leads", 400, 230],
         ["Lead to meeting", "25%", "20%"], ["Meetings", 100, 40], ["Close rate", "30%", "24%"], ["Deals", 30, 12]],
        "B6", 120, 100),
    "last year's, for reference": (  # 1,200 × 25 %, and 60 ÷ 20 %
        [["Item", "FY25 (ref)", "FY26 goal"], ["Leads", 900, 1200], ["Lead→Opp", "20%", "25%"], ["Opps", 210, 300], ["Win", "22%", "20%"], ["Deals", 40, 60]],
        "C4", 240, 300),
    "a margin at each stage": (  # 20 ÷ 20 %, and 50 % of 200
        [["Stage", "Bare need", "Planned (with 10% buffer at each stage)"], ["Deals", 20, 20], ["Opportunities at 20%", 100, 110], ["Meetings at 50%", 200, 242],
         ["Leads at 10%", 2000, 2662]],
        "B4", 250, 200),
}  # fmt: skip

RIGHT: dict[str, Rows] = {
    "months over their figures": [  # six of each
        ["媒体", "件数", "部費", "月額", "6か月"], ["総合ナビ", 48, "人件費", 1900, 11_400], ["専門ナビ", 30, "家賃等", 240, 1440], ["自社媒体", 25, "計", 2140, 12_840]],
    "months before their figures": [
        ["経過", "リード", "商談", "受注"], ["3か月", 60, 12, 2], ["6か月", 150, 30, 6], ["12か月", 400, 80, 16]],
    "days over their figures": [["施策", "10日", "20日", "30日"], ["架電", 200, 400, 600], ["アポ", 10, 20, 30], ["商談", 5, 10, 15]],
    "how long it takes": [  # neither is of anything
        ["受注目標", 24], ["受注率", "30%"], ["商談", 80], ["リードタイム", "3か月"], ["商談化率", "20%"], ["リード", 400], ["契約期間", "12か月"]],
    "deals of four months": [  # 4 × 30 × 20 %
        ["期間", "4か月"], ["月間商談", 30], ["受注率", "20%"], ["受注合計", 24], ["単価", "50万円"], ["売上", "1,200万円"]],
    "so many a month, as a remark": [  # no figure of the list
        ["項目", "目標", "内訳・補足"], ["受注社数", "150社", "年150社"], ["受注率", "25%", "昨年度 23%"], ["商談数", "600件", "月50件"],
        ["商談化率", "30%", "架電後"], ["リード数", "2,000件", "商談600件÷30%"]],
    "losses to competitors, which are a part": [  # 27, 29, 26, 11 and 7 %
        ["Win/loss review, goals for next year"], ["Outcome", "Count", "Share"], ["Chosen", 58, "27%"], ["Lost to competitor", 62, "29%"], ["No decision", 56, "26%"],
        ["Budget cut", 23, "11%"], ["Disqualified late", 14, "7%"], ["Total closed", 213, "100%"]],
    "a budget with a buffer, whose count nobody calls by its name": [  # 575 × 80
        ["Deals per quarter", 24], ["Close rate (opp to deal)", "30%"], ["Opportunities", 80], ["Opportunity rate (lead to opp)", "16%"], ["Leads", 500],
        ["Safety buffer", "15%"], ["All of them", 575], ["Cost per lead", "$80"], ["Budget (incl. buffer)", "$46,000"]],
    "a row to compare with": [
        ["", "訪問", "CVR", "リード", "商談化率", "商談", "受注率", "受注"], ["目標", 20_000, "2%", 400, "25%", 100, "30%", 30],
        ["業界平均（参考）", 15_000, "1.5%", 230, "20%", 40, "24%", 12], ["過去最高（参考）", 25_000, "2.2%", 520, "28%", 160, "33%", 41]],
    "an average deal is no deals": [  # 10 × 6 are 60 deals
        ["Team target", "$1.2M"], ["Reps", "6 reps"], ["Target per rep", "$200k"], ["Average deal", "$20k"], ["Deals per rep", "10 deals"], ["Win rate", "25%"],
        ["Opps per rep", "40 opps"], ["Opps, team", "240 opps"]],
    "labels and figures in one cell": [  # 30 ÷ 20 % are the proposals
        ["Revenue goal: $240,000"], ["Average deal: $8,000"], ["Deals needed: 30"], ["Close rate: 20%"], ["Proposals needed: 150"], ["Proposal rate: 50%"],
        ["Meetings needed: 300"]],
    "about so many": [  # 80 ÷ 25 % are 320, about 300
        ["Deals", "~24"], ["Win rate", "~30%"], ["Meetings", "~80"], ["Lead to meeting", "~25%"], ["Leads", "about 300"]],
    "at least so many": [["受注", "20件以上"], ["受注率", "25%以上"], ["商談", "80件以上"], ["商談化率", "20%程度"], ["リード", "450件ほど"]],
    "strong and weak figures": [  # 70 × 70 are 4,900; 30 % of 240 are 72
        ["来期のざっくり目標"], ["売上", "約5,000万円"], ["単価", "70万円前後"], ["受注", "70件強"], ["受注率", "およそ3割"], ["見積", "240件くらい"], ["見積化", "6割弱"],
        ["問合せ", "400件ちょっと"]],
    "equations rounded up": [
        ["受注", "", "受注率", "", "商談"], [10, "÷", "30%", "=", 34], ["商談", "", "商談化率", "", "リード"], [34, "÷", "15%", "=", 227],
        ["リード", "", "CVR", "", "訪問"], [227, "÷", "2%", "=", 11_350]],
    "a row of what isn't tied": [
        ["Budget", "Headcount", "Attrition", "Deals", "Price", "Share online"], [90_000, 12, "8%", 140, 450, "35%"]],
    "a measured row": [
        ["Visitors", "CVR", "Leads", "MQL rate", "MQLs", "SQL rate", "SQLs", "Win rate", "Deals"], [18_450, "2.3%", 424, "31%", 131, "44%", 58, "19%", 11]],
    "a margin at each step, beside the rates": [
        ["段階", "率", "最低必要数", "計画（各段階10%の余裕込み）"], ["受注", "", 20, 20], ["商談", "20%", 100, 110], ["アポ", "50%", 200, 242], ["リード", "10%", 2000, 2662]],
    "margins of two kinds of sales": [  # 50 % of 2,000, 40 % of 3,000
        ["売上目標（万円）", 5000], ["新規売上（万円）", 2000], ["既存売上（万円）", 3000], ["新規粗利率", "50%"], ["新規粗利（万円）", 1000], ["既存粗利率", "40%"],
        ["既存粗利（万円）", 1200], ["粗利（万円）", 2200]],
}  # fmt: skip


@pytest.mark.parametrize("kind", SLIPS)
def test_a_slip_is_named_at_its_cell_and_nothing_else(kind: str) -> None:
    assert_named(*SLIPS[kind])


@pytest.mark.parametrize("kind", RIGHT)
def test_what_only_seems_to_fail_is_silent(kind: str) -> None:
    assert [each.cell for each in grave(check(*RIGHT[kind]))] == []


def test_a_column_that_a_difference_is_taken_from_is_checked() -> None:
    """Of a benchmark that isn't only there to look at: 43.9 % − 45 % are −1.1 points."""
    rows: Rows = [
        ["Stage", "Actual", "Benchmark", "Diff (pts)"], ["Screen", 0.265, 0.3, -3.5], ["Interview", 0.411, 0.4, 1.1], ["Panel", 0.439, 0.45, -2.5],
        ["Offer", 0.443, 0.4, 4.3], ["Accepted", 0.686, 0.75, -6.4],
    ]  # fmt: skip
    formats = {f"{col}{row}": "0.0%" for col in "BC" for row in range(2, 7)}
    head: Rows = [["Sales hiring funnel, goals and actuals"], ["Applicants", 1400], ["Offers", 34]]
    found = grave(check(*rows, *head, formats=formats))
    assert [each.cell for each in found] == ["D4"]

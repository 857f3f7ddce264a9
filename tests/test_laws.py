"""Laws that the lines of a table share, whatever they are called: each kind right and silent, then with one figure wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
import sweep_strangers as strangers
from conftest import some
from foreign.sheets import Rows, assert_named, check, codes, typed
from missed import ALARMED, MISSED

from kgisheet.check.finding import NOTE, Finding
from kgisheet.formula.evaluate import evaluate
from kgisheet.formula.grid import Sheets, View, held
from kgisheet.formula.parser import parse
from kgisheet.formula.values import NotEvaluatedError, Value
from kgisheet.values.a1 import row_and_column
from kgisheet.xlsx.read.reader import read

# name: (a right sheet, the wrong cell and what is typed there, the right figure)
LAWS: dict[str, tuple[Rows, str, Any, Any]] = {
    "meetings below what there is at the beginning and the end, and what was lost": (  # 50 ÷ 20 %
        [["目標", "4月", "5月", "6月"], ["月初契約社数", 232, 283, 319], ["新規受注数", 60, 50, 40], ["解約数", 9, 14, 9],
         ["月末契約社数", 283, 319, 350], ["商談数", 300, 250, 200], ["受注率", 0.2, 0.2, 0.2]],
        "C6", 275, 250),
    "people times what each does": (  # 4 × 400,000 = 1,600,000
        [["Role", "Heads", "Quota / head", "Capacity (sales)"], ["Ramped", 6, 800_000, 4_800_000],
         ["Ramping", 4, 400_000, 1_600_000], ["SMB", 5, 350_000, 1_750_000], ["Deals and opps", None, None, None]],
        "D3", 2_000_000, 1_600_000),
    "a buffer on top": (  # 400 × 1.2
        [["", "必達", "バッファ", "目標"], ["売上(万円)", 10_000, "20%", 12_000], ["受注", 100, "20%", 120],
         ["商談", 400, "20%", 480], ["リード", 5_000, "20%", 6_000]],
        "D4", 500, 480),
    "what is missing": (  # 400 − 256
        [["Rep", "Quota", "Closed deals", "Gap"], ["A", 400, 312, 88], ["B", 350, 371, -21], ["C", 400, 256, 144], ["D", 300, 219, 81]],
        "D4", 244, 144),
    "a share of the whole": (  # 320 ÷ 1,780
        [["支店", "売上目標", "構成比"], ["札幌", 170, 0.096], ["東京", 820, 0.461], ["名古屋", 320, 0.18], ["大阪", 470, 0.264],
         ["全社", 1_780, 1]],
        "C4", 0.264, 0.1798),
    "weighed by how sure it is": (  # 560 + 300 × 80 % + 240 × 50 %
        [["担当", "受注済", "Aヨミ", "Bヨミ", "着地見込"], ["", "100%", "80%", "50%", None], ["青木", 420, 250, 200, 720],
         ["井上", 310, 200, 260, 600], ["上田", 560, 300, 240, 920]],
        "E5", 992, 920),
    "shares of a figure above the table": (  # 600 × 35 %
        [["来場者", 24_000], ["名刺交換率", "2.5%"], ["名刺獲得枚数", 600], [None], ["ランク", "構成比", "枚数", "アポ率", "アポ数"],
         ["A", "15%", 90, "40%", 36], ["B", "35%", 210, "20%", 42], ["C", "50%", 300, "3%", 9], ["計", "100%", "=SUM(C6:C8)", None, "=SUM(E6:E8)"]],
        "C7", 240, 210),
    "what there is at the end and the beginning": (  # the closing one of May
        [["Pipeline", "Apr", "May", "Jun"], ["Opening", 5200, 5400, 5700], ["Created", 1800, 1950, 2100], ["Won", 620, 640, 760],
         ["Lost", 980, 1010, 1120], ["Closing", 5400, 5700, 5920]],
        "D2", 5400, 5700),
    "added up so far": (  # 1,580 + 560
        [["", "4月", "5月", "6月", "7月", "8月"], ["売上目標", 500, 520, 560, 560, 480], ["累計目標", 500, 1020, 1580, 2140, 2620]],
        "E3", 2410, 2140),
    "carried over where it fell short": (  # 9 short in August
        [["月", "アポ計画", "前月繰越", "必要数", "実績", "過不足"], ["4月", 60, 0, 60, 52, -8], ["5月", 60, 8, 68, 66, -2],
         ["6月", 65, 2, 67, 60, -7], ["7月", 65, 7, 72, 75, 3], ["8月", 50, 0, 50, 41, -9], ["9月", 70, 9, 79, 70, -9]],
        "C7", 7, 9),
    "a mean beside the total": (  # (100 + 120 + 110 + 150) ÷ 4
        [["", "1月", "2月", "3月", "4月", "合計", "月平均"], ["受注", 20, 24, 22, 30, 96, 24], ["商談", 100, 120, 110, 150, 480, 120],
         ["売上(万円)", 1600, 1920, 1760, 2400, 7680, 1920]],
        "G3", 150, 120),
    "a rate that a heading says": (  # 300 × 40 %
        [["Month", "Visitors", "Leads 2.5%", "Calls 40%", "Proposals 50%"], ["Jul", 9000, 225, 90, 45], ["Aug", 9600, 240, 96, 48],
         ["Sep", 12000, 300, 120, 60], ["Oct", 8400, 210, 84, 42]],
        "D4", 90, 120),
    "rates as remarks say them": (  # 30 ÷ 2/10
        [["段階", "数字", "考え方"], ["契約", 30, "1件 200万円"], ["見積", 150, "10件に2件が契約"], ["商談", 500, "約3割が見積へ"],
         ["アポ", 625, "10件に8件は商談実施"], ["架電", 12500, "20本に1本アポ"]],
        "B3", 60, 150),
    "periods one below the other": (  # 240 ÷ 12
        [["期間", "受注", "商談", "アポ"], ["年間", 60, 240, 800], ["四半期", 15, 60, 200], ["月間", 5, 20, 67], ["週(÷50)", 2, 5, 16]],
        "C4", 24, 20),
    "less those who leave": (  # 800 × (1 − 5 %)
        [["品目 (目標)", "現行数量", "離反率", "改定後数量"], ["標準", 6200, "3%", 6014], ["上位", 1450, "2%", 1421], ["保守", 800, "5%", 760],
         ["支援", 950, "10%", 855]],
        "D4", 840, 760),
    "three multiplied": (  # 380 × 22 % × 4.5
        [["シナリオ", "新規売上", "商談数", "受注率", "平均単価"], ["悲観", 189, 300, "18%", 3.5], ["標準", 272, 340, "20%", 4],
         ["強気", 319, 360, "21.1%", 4.2], ["楽観", 376.2, 380, "22%", 4.5]],
        "B5", 334.4, 376.2),
    "points between two rates": (  # 43.9 − 45.0
        [["Hiring goal", "Conversion", "Benchmark", "Diff (pts)"], ["Screen", "26.5%", "30%", -3.5], ["Interview", "41.1%", "40%", 1.1],
         ["Panel", "43.9%", "45%", -1.1], ["Offer", "44.3%", "40%", 4.3]],
        "D4", -2.5, -1.1),
    "a rate that a remark of the sheet says": (  # 8 × 610 × 35 %
        [["売上＝入社×平均理論年収×手数料35%（目標）"], ["CA", "入社", "年収", "売上"], ["鮎川", 7, 520, 1274], ["馬場", 6, 480, 1008],
         ["千田", 8, 610, 1708], ["土居", 5, 450, 787.5]],
        "D5", 1464, 1708),
    "growth a year": (  # (880 ÷ 320) to the power of 1/3 − 1
        [["受注目標", "24年度", "27年度", "CAGR"], ["受託", 1200, 1389, "5.0%"], ["クラウド", 320, 880, "40.1%"], ["保守", 540, 649, "6.3%"],
         ["合計", 2060, 2918, "12.3%"]],
        "D3", "58.3%", 0.401),
    "growth on the quarter before, in a block below": (  # 1,285 ÷ 1,310 − 1
        [["Bookings goal ($k)", "Q1", "Q2", "Q3", "Q4"], ["Core", 1240, 1310, 1285, 1530], ["Analytics", 310, 365, 402, 488],
         ["Services", 220, 205, 240, 262], [None], ["Growth"], ["Core", None, "5.6%", "-1.9%", "19.1%"],
         ["Analytics", None, "17.7%", "10.1%", "21.4%"], ["Services", None, "-6.8%", "17.1%", "9.2%"]],
        "D7", "1.9%", -0.019),
    "a total of subtotals": (  # 70 + 33
        [["Lead goals", "Q1", "Q2", "Q3"], ["SEO", 21, 23, 24], ["Paid", 32, 34, 46], ["Subtotal inbound", 53, 57, 70], ["SDR", 20, 21, 20],
         ["AE", 12, 13, 13], ["Subtotal outbound", 32, 34, 33], ["Grand total", 85, 91, 103]],
        "D8", 130, 103),
    "a few too many where all other lines are exact": (  # 22 × 450
        [["月間食数の目標", "営業日数", "1日平均食数", "月間食数"], ["4月", 21, 400, 8_400], ["5月", 18, 420, 7_560], ["6月", 22, 450, 9_900],
         ["7月", 22, 450, 9_900], ["8月", 18, 430, 7_740], ["9月", 20, 480, 9_600], ["合計／平均", 121, 439, 53_100]],
        "D4", 9_450, 9_900),
    "how much of the year is reached so far": (  # 190 ÷ 480
        [["問合せ目標", "4月", "5月", "6月", "7月", "8月", "9月", "半年"], ["問合せ", 60, 50, 80, 90, 100, 100, 480],
         ["問合せ累計", 60, 110, 190, 280, 380, 480], ["進捗", "12.5%", "22.9%", "39.6%", "58.3%", "79.2%", "100%"]],
        "D4", "36.9%", 0.3958),
    "people, each so often a day, on so many days": (  # 12 × 8 × 19
        [["エリア別の訪問目標", "人数", "1人1日訪問", "稼働日", "訪問件数"], ["東部", 15, 6, 20, 1_800], ["西部", 12, 8, 19, 1_824],
         ["南部", 13, 7, 21, 1_911], ["北部", 18, 5, 20, 1_800], ["計", 58, None, None, 7_335]],
        "E3", 1_284, 1_824),
    "steps as in a table of the same stages beside it": (  # 400 × 45 %
        [["【関東】", None, None, None, "【関西】"], ["段階（目標）", "件数", "次の段階へ", None, "段階（目標）", "件数", "次の段階へ"],
         ["訪問", 600, "50%", None, "訪問", 400, "45%"], ["見積提出", 300, "40%", None, "見積提出", 180, "35%"],
         ["受注", 120, None, None, "受注", 63]],
        "F4", 160, 180),
}  # fmt: skip


@pytest.mark.parametrize("kind", LAWS)
def test_a_law_that_holds_is_silent_and_one_that_fails_names_its_cell(kind: str) -> None:
    assert_named(*LAWS[kind])


def test_a_formula_unlike_its_neighbours_is_told_with_theirs() -> None:
    """The third month's sum leaves out the first row; 8 + 9 + 10 = 27."""
    rows: Rows = [["リード目標", *(f"{month}月" for month in range(4, 9))], ["広告", 6, 7, 8, 9, 10], ["SEO", 7, 8, 9, 10, 11],
                  ["展示会", 8, 9, 10, 11, 12], ["合計", *(f"=SUM({col}2:{col}4)" for col in "BCDEF")]]  # fmt: skip
    assert codes(check(*rows)) == []
    rows[4][3] = "=SUM(D3:D4)"
    (found,) = [each for each in check(*rows).findings if each.severity != "note"]
    assert (found.cell, float(found.expected)) == ("D5", 27.0)
    assert "=SUM(D2:D4)" in found.message.to("ja")


MISREAD: dict[str, Rows] = {
    "a formula that has nothing to do with the share beside it": [
        ["Tier", "Active", "Each", "Deals", "Bookings", "Share"], ["Platinum", 4, 6, "=B2*C2", 2040, "=E2/E5"],
        ["Gold", 10, 3, "=B3*C3", 1800, "=E3/E5"], ["Silver", 18, 1, "=B4*C4", 810, "=E4/E5"],
        ["Total", 32, None, "=SUM(D2:D4)", "=SUM(E2:E4)", 1]],
    "a rate of the year below a list of seminars": [
        ["セミナー", "申込", "出席", "商談", "受注"], ["4月回", 120, 72, 18, 3], ["5月回", 150, 90, 18, 3], ["6月回", 60, 48, 12, 2],
        ["7月回", 100, 60, 12, 2], ["計", 430, 270, 60, 10], [None], ["商談→受注率", "16.7%"], ["出席→商談率", "22.2%"]],
    "this year and last year side by side": [
        ["媒体", "計画", None, "実績", None], [None, "受注", "費用", "受注", "費用"], ["検索", 400, 4000, 412, 3871],
        ["展示会", 600, 18000, 577, 18642], ["紹介", 125, 5000, 108, 5104], ["合計", 1125, 27000, 1097, 27617]],
    "amounts a thousand times as large as the cost of one": [
        ["KPI (EUR k)", "Actual", "Budget", "PY"], ["Marketing spend", 71, 75, 68], ["Leads", 412, 400, 366],
        ["Cost per lead (EUR)", 172, 188, 186], ["Won deals", 19, 18, 16]],
    "a count between two stages whose name nobody knows": [
        ["指標", "目標"], ["リード数", 1200], ["ほむら率", "50%"], ["ほむら", 600], ["商談数", 150], ["受注率", "20%"], ["受注数", 30]],
    "months side by side that a blank column parts from their total": [
        ["受注目標", "4月", "5月", "6月", None, "計"], ["広告", 6, 7, 8, None, 21], ["展示会", 5, 4, 6, None, 15]],
    "how often a stock turns, of all": [
        ["商品群 (目標)", "売上", "回転数"], ["鋼材", 2400, 6], ["樹脂", 1500, 5], ["電線", 3000, 7.2], ["計", 6900, 5.9]],
    "new customers are a part of the goal, in a box of their own": [
        ["年間売上", "3,600万円", None, "平均単価", "120万円"], ["うち既存", "1,200万円", None, "必要受注数", "20件"],
         ["新規で必要", "2,400万円", None, "受注率", "25%"], [None, None, None, "必要提案数", "80件"]],
    "shows in the order of their importance, two in one month": [
        ["Show", "Month", "Lead goal", "Orders"], ["Hannover", "Apr", 400, 17], ["Machinery", "Apr", 120, 5], ["Agro", "Nov", 260, 11],
        ["IFAT", "May", 160, 7], ["Total", None, 940, 40]],
    "meetings with a margin on them, of which the appointments are made": [  # 30 ÷ 25 % × 1.1 = 132, ÷ 40 % = 330
        ["新規受注目標"], ["受注", 30], ["受注率", "25%"], ["必要商談数（10%上乗せ）", 132], ["商談化率", "40%"], ["アポ数", 330]],
    "scenarios beside each other, of which one is decided on": [  # 20, 30 and 36 deals are three plans, and 30 is the middle one's
        ["来期シナリオ別", "弱気", "標準", "強気", None, "確定値"], ["売上目標（万円）", 6000, 9000, 10800, None, "売上 9,000万円"],
        ["受注単価（万円）", 300, 300, 300, None, "受注 30件"], ["受注件数", 20, 30, 36, None, "商談 150件"], ["受注率", "20%", "20%", "24%"],
        ["必要商談数", 100, 150, 150]],
    "months until the cost is back, to one digit": [  # 100,000 ÷ (15,000 × 80 %) = 8.33
        ["新規目標", "小規模", "中堅", "大手"], ["月額単価（円）", 15_000, 50_000, 200_000], ["粗利率", "80%", "80%", "75%"],
        ["獲得費用 合計（円）", 12_000_000, 24_000_000, 30_000_000], ["新規社数", 120, 40, 10], ["CAC（円）", 100_000, 600_000, 3_000_000],
        ["回収期間（月）", 8.3, 15, 20]],
    "what is short of the plan, under a short heading": [
        ["Metric (goal)", "Plan", "Actual", "Var", "% of plan"], ["Deals", 50, 46, -4, "92%"], ["Opps", 200, 211, 11, "105.5%"],
        ["MQLs", 800, 872, 72, "109%"]],
    "the mean of rates below that of all": [  # (26.19 + 36 + 19.67 + 38.89) ÷ 4 = 30.19, and 9.75 ÷ 36.5 = 26.71
        ["目標 担当", "商談", "受注", "受注率"], ["相川", 42, 11, "26.19%"], ["別所", 25, 9, "36%"], ["千葉", 61, 12, "19.67%"],
        ["土井", 18, 7, "38.89%"], ["部計", 146, 39, "26.71%"], ["担当者の単純平均", 36.5, 9.75, "30.19%"]],
    "deals, and those of them that were made on a visit": [
        ["商談目標", 80, None, "成約合計", 42], ["成約率", "30%", None, "うち訪問", 24], ["成約", 24, None, "うちオンライン", 18]],
    "half a year's total below the months that follow it, too": [  # 2 + 3 + 4 + 3 + 5 + 6; the goals of October and November aren't in it
        ["月", "受注目標", "リード目標"], ["4月", 2, 80], ["5月", 3, 60], ["6月", 4, 100], ["7月", 3, 120], ["8月", 5, 80], ["9月", 6, 100],
        ["10月", 4, None], ["11月", 5, None], ["上期計", 23, 540]],
    "the month that gets what the others' roundings leave": [  # 1,500 × 11.2 % are 168; 1,500 less the eleven others are 164
        ["Month", "Weight", "Leads goal", None, "Weights add to 100.1% because of rounding; December takes the remainder."],
        *([month, f"{weight}%", leads] for month, weight, leads in (
            ("Jan", 7.4, 111), ("Feb", 7.1, 107), ("Mar", 8.9, 134), ("Apr", 7.6, 114), ("May", 7.9, 119), ("Jun", 9.3, 140),
            ("Jul", 7.2, 108), ("Aug", 6.8, 102), ("Sep", 9.6, 144), ("Oct", 8.4, 126), ("Nov", 8.7, 131), ("Dec", 11.2, 164))),
        ["Year", "100%", 1500]],
    "months and what they add up to, line by line, and their shares": [
        ["リード目標", None, "4月", "5月", "6月", "7月", "8月", "9月", "上期"], ["目標", "単月", 90, 110, 130, 100, 80, 150, 660],
        [None, "累計", 90, 200, 330, 430, 510, 660, 660], ["構成比", "単月", "13.6%", "16.7%", "19.7%", "15.2%", "12.1%", "22.7%", "100%"],
        [None, "累計", "13.6%", "30.3%", "50%", "65.2%", "77.3%", "100%", "100%"]],
    "more who register than order for the first time, in a list to the right": [
        ["広告費", 3_000_000, None, "初回発注率", "25%"], ["クリック単価", 150, None, "初回発注", 150], ["クリック数", 20_000, None, "平均発注額", 40_000],
        ["会員登録率", "3%", None, "発注売上", 6_000_000], ["会員登録", 600, None, "ROAS", "200%"]],
    "parts that were rounded each, and their total": [  # 15 % of 566 are 84.9; 18 + 17 + 19 + 12 + 20 are 86
        ["Rep", "Goal: dials", "Connects (10%)", "Booked (15% of connects)"], ["Marta", 1200, 120, 18], ["Devon", 1100, 110, 17],
        ["Priya", 1260, 126, 19], ["Luke", 800, 80, 12], ["Hannah", 1300, 130, 20], ["Team", 5660, 566, 86]],
    "growth of what its formula says, and another figure that grows nearly so": [  # 150 would be 140 × 1.0608
        ["年度", "期首件数（目標）", "新規受託", "解約", "期末件数", "増加率"], ["2026年度", 4200, 380, 140, "=B2+C2-D2", "=E2/B2-1"],
        ["2027年度", "=E2", 420, 150, "=B3+C3-D3", "=E3/B3-1"], ["2028年度", "=E3", 450, 160, "=B4+C4-D4", "=E4/B4-1"],
        ["2029年度", "=E4", 480, 170, "=B5+C5-D5", "=E5/B5-1"], ["4年計", "=B2", "=SUM(C2:C5)", "=SUM(D2:D5)", "=E5", "=E6/B6-1"]],
    "how many times what is left is needed, and not the quota": [  # 7,650 = 2,550 × 3
        ["Coverage required", 3], [None], ["Region", "Quota", "Closed won", "Remaining", "Pipeline needed"],
        ["AMER", 4000, 1450, "=B4-C4", "=D4*$B$1"], ["EMEA", 2600, 900, "=B5-C5", "=D5*$B$1"], ["APAC", 1400, 620, "=B6-C6", "=D6*$B$1"],
        ["Total", "=SUM(B4:B6)", "=SUM(C4:C6)", "=SUM(D4:D6)", "=D7*$B$1"]],
    "the mean of the months' heads, and how busy all of them were": [
        ["受注開発の目標", "4月", "5月", "6月", "7月", "8月", "9月", "上期"], ["エンジニア数（名）", 22, 22, 24, 24, 25, 25, "=AVERAGE(B2:G2)"],
        ["稼働率", "80%", "75%", "85%", "85%", "70%", "90%", "=H4/SUM(B2:G2)"],
        ["稼働人月", *(f"={col}2*{col}3" for col in "BCDEFG"), "=SUM(B4:G4)"]],
    "bookings by the mean of the heads of the year, not by those at its end": [
        ["Plan", "Q1", "Q2", "Q3", "Q4", "FY"], ["Deals", 18, 22, 24, 31, "=SUM(B2:E2)"], ["Bookings ($k)", 540, 660, 780, 1054, "=SUM(B3:E3)"],
        ["AEs at quarter end", 6, 7, 7, 8, "=E4"], ["Bookings per AE ($k)", "=B3/B4", "=C3/C4", "=D3/D4", "=E3/E4", "=F3/AVERAGE(B4:E4)"]],
    "a goal below what the people can do, with the room that is left": [  # 108 − 100
        ["区分", "人数", "1人あたり受注", "受注件数"], ["ベテラン", 4, 12, 48], ["中堅", 3, 12, 36], ["新人", 2, 12, 24], ["計", 9, 12, 108],
        [None], ["受注目標", 100], ["余裕", 8]],
    "deals of which only some come of meetings": [  # 84 + 140 + 96
        ["受注経路別目標"], ["問い合わせ", 480], ["商談（提案）", 240], ["商談経由の受注", 84], ["受注率（商談経由）", "35%"], ["Web直販の受注", 140],
        ["リピート受注", 96], ["受注合計", 320]],
    "counts whose product is nearly ten thousand times another": [  # 1,200 × 90 % × 270 are 291,600
        ["", "1Q", "2Q", "3Q", "4Q", "年間"], ["期初契約（目標）", 1200, 1215, 1233, 1245, 1200], ["満期到来", 300, 320, 280, 350, 1250],
        ["更新率", "90%", "90%", "90%", "90%", "90%"], ["更新", 270, 288, 252, 315, 1125], ["失注（満期−更新）", 30, 32, 28, 35, 125],
        ["新規獲得", 45, 50, 40, 55, 190], ["期末契約", 1215, 1233, 1245, 1265, 1265]],
    "boxes under their names, one of which nobody knows": [  # 40 ÷ 32 % = 125, ÷ 83 % = 150
        ["【KGI】新規売上"], ["7,200万円", None, "単価 180万円"], [None], ["【KPI①】成約"], ["40件", None, "成約率 32%"], [None],
        ["【KPI②】ほむら"], ["125件", None, "アポ実施率 83%"], [None], ["【KPI③】アポ獲得"], ["150件", None, "アポ率 3%"], [None],
        ["【KPI④】架電"], ["5,000件"]],
    "a list of meetings of two kinds, and the rates of all of them below": [  # 200 ÷ 12.5 % = 1,600; 80 % of 200 are 160
        ["新規受注（目標）", 40], ["オンライン商談", 120], ["受注率", "20%"], ["受注", 24], ["訪問商談", 40], ["受注率", "40%"], ["受注", 16],
        ["商談（合計）", 160], ["受注率（合計）", "25%"], ["アポ", 200], ["商談実施率", "80%"], ["リード", 1600], ["アポ獲得率", "12.5%"]],
    "counts that are rounded up to tens, as the title says": [  # 25 ÷ 20 % = 125
        ["新規開拓　必要件数（10件単位に切上げ）"], ["受注", 25], ["受注率", "20%"], ["必要提案", 130], ["提案化率", "30%"], ["必要商談", 440]],
    "the months so far below a goal of the year": [
        ["Webinar", "Goal", "Leads", "Meetings"], ["Jan", 250, 231, 98], ["Feb", 300, 388, 171], ["Mar", 200, 176, 69],
        ["Apr", 200, 204, 93], ["May", 300, None, None], ["Jun", 250, None, None], ["YTD", 950, 999, 431]],
}  # fmt: skip


@pytest.mark.parametrize("kind", MISREAD)
def test_what_would_fail_only_for_having_been_misread_is_silent(kind: str) -> None:
    assert codes(check(*MISREAD[kind])) == []


def test_what_holds_by_chance_is_no_law() -> None:
    """2 × 3 = 6 and 4 × 5 = 20: of figures of one digit that says nothing of 7 × 8 = 50."""
    rows: Rows = [["リード目標", "受注", "席", "会場", "日数"], ["A", 6, 2, 3, 9], ["B", 20, 4, 5, 1], ["C", 50, 7, 8, 4]]
    assert codes(check(*rows)) == []


FORMULA = re.compile(r"=[A-Z(][^\s]*?(?=, or |$)")


def advised(book: bytes, found: Finding) -> Iterator[tuple[str, Value, float]]:
    """Yield the formula that a finding advises, what it gives in the cell, and what is expected there in the cell's own unit."""
    if not isinstance(found.expected, (int, float)) or not isinstance(found.found, (int, float)):
        return
    read_ = read(book, "x.xlsx")
    formulas = {where: each.formula for where, each in read_.cells.items() if each.formula}
    sheets = Sheets(formulas, {where: held(each.value) for where, each in read_.cells.items() if not each.formula}, read_.names)
    now = sheets.value((str(found.sheet), *row_and_column(str(found.cell))))
    if isinstance(now, Fraction) and now:
        for formula in FORMULA.findall(found.fix.to("en")):
            try:
                made = evaluate(parse(formula), View(sheets, str(found.sheet)))
            except NotEvaluatedError:
                continue  # “4%” as a text is a number in one program and none in another
            yield formula, made, float(found.expected) * float(now) / found.found


@pytest.mark.parametrize("stranger", MISSED)
def test_the_sheets_of_strangers(stranger: str) -> None:
    """Right ones are silent, wrong ones are found, and an advised formula gives what is expected in its cell, to a rounding.

    =B6*C6/1000 in a cell of thousands, ='Q2'!B6 on another sheet, =MAX(0,-F8) for what was short. Every forty-eighth layout here, all by
    `tests/sweep whole`.
    """
    file = strangers.SHEETS.with_name(f"{stranger}.jsonl")
    layouts = dict.fromkeys(each["name"].partition("_")[0] for each in strangers.entries(file))
    share = some(list(layouts), 48)
    judged = list(strangers.judged(*(f"{each}_" for each in share), sheets=file))
    alarmed = [each.name for each in judged if each.kind != strangers.WRONG and not each.good]
    assert alarmed == [each.name for each in judged if each.name in ALARMED]
    missed = {each.name.partition("_")[0] for each in judged if each.kind == strangers.WRONG and not each.good}
    assert missed == set(MISSED[stranger].split()) & set(share)
    assert [
        (each.name, formula, made, expected)
        for each in judged
        if each.kind == strangers.WRONG
        for finding in each.report.findings
        if finding.severity != NOTE
        for formula, made, expected in advised(each.book, finding)
        # A text among what is added up, 120件, is no number to a formula.
        if isinstance(made, Fraction) and abs(float(made) - expected) > max(1.01, abs(expected) / 50)
    ] == []


def test_the_formula_that_is_advised_gives_the_figure_in_the_cells_own_unit() -> None:
    """8 × 610万円 × 35 % is 1,708 in a cell of 万円; a gap is one less the other, points are a hundred times that."""
    told = {
        "a rate that a remark of the sheet says": ("×35%", "=B5*C5*0.35"),
        "what is missing": ("400−256で、144のはず", "=B4-C4"),
        "points between two rates": ("43.9%−45%", "=(B4-C4)*100"),
        "three multiplied": ("22%×", "=C5*D5*E5"),
    }
    for kind, (words, formula) in told.items():
        rows, cell, wrong, _ = LAWS[kind]
        (found,) = [each for each in check(*typed(rows, cell, wrong)).findings if each.severity != "note"]
        assert words in found.message.to("ja")
        assert formula in found.fix.to("ja"), kind


@pytest.mark.parametrize(
    ("rows", "formats", "cell", "formula"),
    [
        # 9,600万円 ÷ 2,400,000円 are 40 deals, and in the cells 9,600 and 2,400,000.
        ([["売上(万円)", 9_600], ["受注単価(円)", 2_400_000], ["受注数", 45]], {}, "B3", "=B1/B2*10000"),
        # A format that shows yen as thousands of them leaves yen in the cell.
        ([["売上", 96_000_000], ["受注単価(円)", 2_400_000], ["受注数", 45]], {"B1": '#,##0,"千円"'}, "B3", "=B1/B2"),
        # 360万円 ÷ 240 leads are 15,000円 in a cell of yen.
        ([["目標", "検索", "比較", "展示会", "共催"], ["予算(万円)", 600, 360, 900, 240], ["CPL(円)", 20_000, 12_000, 50_000, 15_000],
          ["リード", 300, 240, 180, 160], ["商談化率", "15%", "20%", "10%", "25%"], ["商談", 45, 48, 18, 40],
          ["商談獲得単価(万円)", 13.3, 7.5, 50, 6]], {}, "C3", "=C2/C4*10000"),
    ],
)  # fmt: skip
def test_a_quotient_that_is_advised_is_in_the_unit_of_its_cell(
    rows: Rows, formats: dict[str, str], cell: str, formula: str
) -> None:
    (found,) = [each for each in check(*rows, formats=formats).findings if each.severity != NOTE]
    assert found.cell == cell
    assert f"{formula} " in found.fix.to("ja")

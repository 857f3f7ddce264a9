"""Progress, parts without a unit, minutes and hours, assumptions typed again and again: right and silent, then with one figure wrong."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, check, codes

NAMED: dict[str, tuple[Rows, str, Any, Any]] = {
    "progress from where it began": (  # (520 − 400) ÷ (600 − 400)
        [["Key result", "Baseline", "Target", "Current", "Progress"], ["MQLs per month", 400, 600, 520, "60%"], ["MQL to SQL rate", "20%", "30%", "24%", "40%"],
         ["Cost per MQL ($)", 90, 70, 80, "50%"]],
        "E2", "87%", 0.6),
    "progress of objectives, in another order": (  # (35 − 20) ÷ (50 − 20)
        [["目標 KR", "開始時", "現在", "目標", "進捗"], ["新規商談", 20, 35, 50, "50%"], ["受注", 12, 18, 32, "30%"], ["紹介", 4, 12, 14, "80%"],
         ["単価(万円)", 240, 270, 300, "50%"]],
        "E3", "65%", 0.3),
    "a share of parts that have no unit of their own": (  # 3,510 ÷ 7,020
        [["受注計画", "1Q", "2Q", "3Q", "4Q"], ["受注額(万円)", 4_500, 6_000, 7_020, 8_580], ["うち既存", 2_700, 3_300, 3_510, 3_900],
         ["うち新規", 1_800, 2_700, 3_510, 4_680], ["新規比率", "40%", "45%", "50%", "54.5%"]],
        "D5", "45%", 0.5),
    "calls times minutes are hours": (  # 18,000 × 8 ÷ 60
        [["Contact goal", "Calls", "AHT (min)", "Hours"], ["Sales", 12_000, 6, 1_200], ["Support", 18_000, 8, 2_400], ["Retention", 3_000, 12, 600],
         ["Outbound leads", 9_000, 4, 600]],
        "D3", 2_700, 2_400),
    "a price that is typed on all lines": (  # 1,060 × 5,000
        [["契約目標", "月末契約", "月額単価", "月次売上"], ["4月", 1_060, 5_000, 5_300_000], ["5月", 1_124, 5_000, 5_620_000], ["6月", 1_191, 5_000, 5_955_000],
         ["7月", 1_267, 5_200, 6_588_400]],
        "C2", 6_000, 5_000),
    "what is there at the end, with the rate of those who leave between": (  # 1,060 + 90 − 26
        [["月 (契約目標)", "月初契約", "新規", "解約率", "解約", "月末契約"], ["4月", 1_000, 80, "2%", 20, 1_060], ["5月", 1_060, 90, "2.5%", 26, 1_124],
         ["6月", 1_124, 89, "2%", 22, 1_191], ["7月", 1_191, 100, "2%", 24, 1_267]],
        "C3", 108, 90),
    "a total of shares": (  # 40 % + 30 % + 20 % + 10 %
        [["媒体 (リード目標)", "予算", "構成比", "リード"], ["検索", 1_200, "40%", 100], ["SNS", 900, "30%", 60], ["動画", 600, "20%", 40], ["紹介", 300, "10%", 20],
         ["合計", 3_000, "100%", 220]],
        "C6", "120%", 1),
    "a discount, and not the list price, which is round": (  # 1,080 of 1,200
        [["Quote goals", "List price", "Discount", "Net price", "Units", "Net revenue"], ["Starter", 1_200, "10%", 1_080, 150, 162_000],
         ["Team", 3_600, "15%", 3_060, 80, 244_800], ["Business", 9_000, "20%", 7_200, 30, 216_000], ["Enterprise", 24_000, "25%", 18_000, 8, 144_000]],
        "C2", "12%", 0.1),
    "a rate of round visits": (  # 960 of 80,000
        [["シナリオ", "悲観", "標準", "楽観"], ["訪問数", 80_000, 100_000, 120_000], ["CVR", "1.2%", "1.5%", "1.8%"], ["リード", 960, 1_500, 2_160],
         ["商談化率", "10%", "12%", "15%"], ["商談", 96, 180, 324]],
        "B3", "1.8%", 0.012),
    "rates below last year's, and the goal's per month": (  # 2,400 ÷ 12
        [["Funnel", "Visitors", "Leads", "MQL", "SQL", "Won"], ["Goal", 240_000, 6_000, 2_400, 720, 180], ["Conversion", None, "2.5%", "40%", "30%", "25%"],
         ["Last year", 200_000, 4_650, 1_710, 505, 122], ["Conversion LY", None, "2.3%", "37%", "30%", "24%"], ["Per month", 20_000, 500, 200, 60, 15]],
        "D6", 300, 200),
    "the rate of that funnel": (  # 2,400 ÷ 6,000
        [["Funnel", "Visitors", "Leads", "MQL", "SQL", "Won"], ["Goal", 240_000, 6_000, 2_400, 720, 180], ["Conversion", None, "2.5%", "40%", "30%", "25%"],
         ["Last year", 200_000, 4_650, 1_710, 505, 122], ["Conversion LY", None, "2.3%", "37%", "30%", "24%"], ["Per month", 20_000, 500, 200, 60, 15]],
        "D3", "32%", 0.4),
    "orders of each buyer, and what they bring": (  # 840 × 1.5, and 15,120,000 ÷ 12,000
        [["リピートの目標"], ["購入会員", 840], ["1人当り注文回数", 1.5], ["注文", 1_260], ["客単価（円）", 12_000], ["売上（円）", 15_120_000]],
        "B4", 1_360, 1_260),
    "what is left of the opening amount, under another word for it": (  # (15,000 − 300 − 900) ÷ 15,000
        [["区分 (目標)", "期初MRR", "縮小", "解約", "GRR"], ["大企業", 24_000, 480, 720, "95%"], ["中堅", 15_000, 300, 900, "92%"],
         ["中小", 8_000, 240, 800, "87%"], ["合計", 47_000, 1_020, 2_420, "92.7%"]],
        "E3", "94%", 0.92),
    "a part of a total that is the same share of the one before on all other lines": (  # 128 × 25 %
        [["四半期 (加盟目標)", "説明会", "面談", "契約", "開店", "閉店"], ["1Q", 96, 24, 6, 5, 1], ["2Q", 112, 28, 7, 6, 2], ["3Q", 128, 32, 8, 7, 1],
         ["4Q", 80, 20, 5, 8, 2], ["年間", 416, 104, 26, 26, 6]],
        "C4", 36, 32),
    "visitors of each hour, where the day's hours have one digit": (  # 700 ÷ 7
        [["商談会の日別目標", "開場時間", "来場", "試食", "試食率", "1時間当り来場"], ["1日目", 7, 560, 392, "70%", 80], ["2日目", 7, 700, 490, "70%", 100],
         ["3日目", 5, 350, 210, "60%", 70], ["3日間", 19, 1_610, 1_092, "67.8%", 84.7]],
        "F3", 90, 100),
    "parts at rates that the title says, and what is won for certain": (  # 3,800 = 1,900 + 80 % of 1,250 + 50 % of 1,400 + 20 % of 1,000
        [["3Q 着地見込（万円） 目標　確度：A＝80%　B＝50%　C＝20%"], ["", "1課", "2課", "3課", "計"], ["確定", 2_850, 1_900, 2_200, 6_950],
         ["A案件", 1_500, 1_250, 500, 3_250], ["B案件", 1_800, 1_400, 300, 3_500], ["C案件", 2_000, 1_000, 250, 3_250],
         ["着地見込", 5_350, 3_800, 2_800, 11_950]],
        "C5", 1_100, 1_400),
    "shares so far of the customers in their order": (  # (540 + 414 + 324 + 234) ÷ 1,800
        [["得意先", "売上目標", "構成比", "累計構成比"], ["大和", 540, "30%", "30%"], ["東邦", 414, "23%", "53%"], ["新光", 324, "18%", "71%"],
         ["三葉", 234, "13%", "84%"], ["北陸", 162, "9%", "93%"], ["その他", 126, "7%", "100%"], ["合計", 1_800, "100%"]],
        "D5", "83%", 0.84),
    "months until the cost of a customer is back": (  # 4,050 ÷ (400 × 75 %)
        [["Unit economics", "SMB", "Mid", "Enterprise"], ["Spend", 240_000, 364_500, 400_000], ["New customers", 200, 90, 20], ["CAC", 1_200, 4_050, 20_000],
         ["ARPA per month", 100, 400, 2_500], ["Gross margin", "75%", "75%", "80%"], ["Monthly churn", "2.5%", "1.5%", "1%"],
         ["Lifetime (months)", 40, 67, 100], ["LTV", 3_000, 20_000, 200_000], ["LTV : CAC", 2.5, 4.9, 10], ["Payback (months)", 16, 13.5, 10]],
        "C11", 10.5, 13.5),
}  # fmt: skip


@pytest.mark.parametrize("kind", NAMED)
def test_a_right_sheet_is_silent_and_the_wrong_cell_is_named(kind: str) -> None:
    assert_named(*NAMED[kind])


SILENT: dict[str, Rows] = {
    "what there is at the end of each month, below the header of the months": [
        ["契約目標", "7月", "8月", "9月", "2Q"], ["契約社数（月末）", 640, 652, 671, 671], ["新規契約", 22, 19, 27, 68], ["解約", 6, 7, 8, 21]],
    "projects of each company, who are more the nearer the order": [
        ["受注目標", "社数", "件数", "1社あたり件数"], ["引合", 300, 390, 1.3], ["見積", 180, 252, 1.4], ["受注", 60, 96, 1.6]],
    "what is needed times a factor on a line of its own": [  # 100 ÷ 20 % × 1.1
        ["必要受注", 30], ["受注率", "30%"], ["必要商談", 100], ["商談化率", "20%"], ["必要リード", 500], ["安全率", "1.1倍"], ["獲得目標リード", 550]],
    "small counts a week, which other numbers than 52 would do for": [  # 1,590 ÷ 52 = 30.6, 477 ÷ 52 = 9.2, 120 ÷ 52 = 2.3
        ["Sales goal", "H1", "H2", "Year", "Per week"], ["Site calls", 780, 810, 1_590, 31], ["Tastings", 234, 243, 477, 9], ["New outlets", 59, 61, 120, 2]],
    "shares so far that are rounded from more digits": [  # 30.2, 53.6, 71.9 and 84.4 % of 1,790
        ["得意先", "売上目標", "構成比", "累計構成比"], ["大和", 540, "30%", "30%"], ["東邦", 419, "23%", "54%"], ["新光", 328, "18%", "72%"],
        ["三葉", 224, "13%", "84%"], ["その他", 279, "16%", "100%"], ["合計", 1_790, "100%"]],
    "a count of each that was rounded": [  # 1,200 ÷ 16 h are 75, 700 ÷ 8 are 87.5, 500 ÷ 9 are 55.6
        ["説明会の目標", "時間", "来場", "1時間あたり"], ["1日目", 16, 1_200, 75], ["2日目", 8, 700, 88], ["3日目", 9, 500, 56], ["計", 33, 2_400, 73]],
    "customers who buy several products, as the label of their total says": [
        ["契約目標", "契約件数", "顧客数"], ["光回線", 420, 400], ["新電力", 310, 300], ["複合機", 150, 140], ["計（顧客数は重複除く）", 880, 620]],
    "a shop's prices beside its sales": [
        ["店舗 (売上目標)", "客数", "客単価(円)", "売上(円)"], ["渋谷", 12_000, 1_800, 21_600_000], ["新宿", 15_000, 1_600, 24_000_000],
        ["池袋", 9_000, 1_500, 13_500_000], ["計", 36_000, None, 59_100_000]],
    "deals in euro, of which a line is cheap": [
        ["Region goal", "Deals", "Avg deal (EUR)", "Revenue (EUR)"], ["DACH", 120, 12_000, 1_440_000], ["Nordics", 90, 15_000, 1_350_000],
        ["UK", 192, 9_000, 1_728_000], ["Total", 402, None, 4_518_000]],
    "the rate of all, measured among rates that were set": [  # 1,464 of 12,240 are 11.96 %
        ["施策 (CV目標)", "開封", "クリック率", "クリック", "CV率", "CV"], ["休眠", 3_600, "10%", 360, "5%", 18], ["告知", 3_600, "15%", 540, "20%", 108],
        ["新機能", 2_400, "12.5%", 300, "4%", 12], ["事例", 2_640, "10%", 264, "7.5%", 19.8], ["合計", 12_240, "12%", 1_464, "10.8%", 157.8]],
    "parts of two wholes, one list below the other": [
        ["売上目標", 48_000, "万円"], ["うち既存継続", 30_000, "万円"], ["うち新規", 18_000, "万円"], ["新規受注件数", 120, "件"], ["必要商談数", 500, "件"],
        ["うちインサイドセールス", 300, "件"], ["うち紹介", 80, "件"], ["うちWeb", 120, "件"]],
    "attainment beside a few orders": [
        ["氏名", "目標", "実績", "達成率", "件数"], ["有馬", 800, 872, "109%", 9], ["伊東", 750, 618, "82.4%", 6], ["上原", 700, 735, "105%", 11],
        ["江口", 600, 498, "83%", 7], ["合計", 2_850, 2_723, "95.5%", 33]],
}  # fmt: skip


@pytest.mark.parametrize("kind", SILENT)
def test_what_only_looks_like_it_is_silent(kind: str) -> None:
    assert codes(check(*SILENT[kind])) == []

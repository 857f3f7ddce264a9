"""Which of several figures is wrong: the one that would follow as on the other lines, or as a formula in words says; each right first."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, check, codes

NAMED: dict[str, tuple[Rows, str, Any, Any]] = {
    "a part of a total that is worked out as on the other lines, times a number that none says": (  # 1,500 × 3,200 × 8 %
        [["商品別目標", "単価(円)", "商談", "受注", "紹介料(円)"], ["基礎", 12_000, 425, 340, 326_400], ["応用", 18_000, 280, 210, 302_400],
         ["実務", 15_000, 400, 320, 384_000], ["短期", 6_000, 610, 550, 264_000], ["計", None, 1_715, 1_420, 1_276_800]],
        "E4", 480_000, 384_000),
    "what is left by the weeks that are left": (  # (260 − 148) ÷ 8
        [["Leads goal by region", "Goal", "Closed", "Needed weekly"], ["North", 240, 160, 10], ["South", 180, 92, 11], ["East", 260, 148, 14],
         ["West", 320, 176, 18], ["Home", 96, 40, 7], ["Total", 1_096, 616, 60]],
        "D4", 37, 14),
    "what is used up and what is put in store": (  # 1,215 + 180 − 240
        [["商品群 (目標 百万円)", "原価", "期首", "期末", "仕入"], ["紙", 2_130, 310, 280, 2_100], ["布", 1_215, 240, 180, 1_155],
         ["革", 874, 96, 131, 909], ["糸", 643, 88, 75, 630], ["計", 4_862, 734, 666, 4_794]],
        "E3", 1_275, 1_155),
    "a figure again in another table, thousands as millions": (  # 960 × 14,500
        [["製品別計画（千円）", None, None, None, None, "要約（百万円）"], ["製品", "数量", "単価(円)", "売上", None, "製品", "今期"],
         ["軸", 2_400, 5_200, 12_480, None, "軸", 12.48], ["台", 960, 14_500, 13_920, None, "台", 13.92],
         ["枠", 1_250, 8_800, 11_000, None, "枠", 11.0], ["部品", 4_800, 1_150, 5_520, None, "部品", 5.52],
         ["合計", None, None, 42_920, None, "合計", 42.92]],
        "D4", 1_392, 13_920),
    "an amount for each of a total that its own column adds up to": (  # 2,100,000 ÷ 133
        [["展示会 目標", "費用(円)", "名刺", "有効率", "有効リード", "有効単価(円)"], ["東京", 3_200_000, 640, "40%", 256, 12_500],
         ["大阪", 5_400_000, 450, "50%", 225, 24_000], ["福岡", 2_100_000, 380, "35%", 133, 15_789], ["札幌", 3_800_000, 800, "30%", 240, 15_833],
         ["合計／平均", 14_500_000, 2_270, "37.6%", 854, 16_979]],
        "F4", 5_526, 15_789),
    "last year's figure by two relations that were measured": (  # 3,286,500 − 301,500
        [["Goal", "Plan", "Last year", "vs last year"], ["Visits", 4_000, 3_820, "104.7%"], ["Service sales", 3_220_000, 2_985_000, "107.9%"],
         ["Shop sales", 348_000, 301_500, "115.4%"], ["Total sales", 3_568_000, 3_286_500, "108.6%"]],
        "C3", 2_958_000, 2_985_000),
    "a cost of each that a multiple of it and a total of all want": (  # 24,000,000 ÷ 40
        [["採算目標", "小規模", "中堅", "大手"], ["獲得単価(円)", 100_000, 600_000, 3_000_000], ["LTV(円)", 300_000, 2_000_000, 15_000_000],
         ["LTV/CAC", "3.0", "3.3", "5.0"], ["獲得費用(円)", 12_000_000, 24_000_000, 30_000_000], ["新規社数", 120, 40, 10]],
        "C2", 640_000, 600_000),
    "the rate between two counts that others confirm": (  # 360 ÷ 1,800
        [["売上目標", 4_500, "万円"], ["平均単価", 50, "万円"], ["受注件数", 90, "件"], ["受注率", "25%"], ["商談数", 360, "件"],
         ["商談化率", "20%"], ["リード数", 1_800, "件"], ["月あたりリード数", 150, "件/月"]],
        "B6", "25%", 0.2),
    "a share that its line and the sum of all want": (  # 9.1 ÷ 45.8
        [["Region goal", "H1", "H2", "FY", "Share"], ["Americas", 8.8, 9.8, 18.6, "41%"], ["EMEA", 5.9, 6.2, 12.1, "26%"],
         ["APAC", 4.1, 5.0, 9.1, "20%"], ["Japan", 2.7, 3.3, 6.0, "13%"], ["Total", 21.5, 24.3, 45.8, "100%"]],
        "E4", "29%", 0.2),
    "lines with numbers, by which formulas refer to them": (  # 96,000 − 66,000 = 30,000, and 68.8 %
        [["①", "下期の売上目標", 96_000, "千円"], ["②", "既存の継続分", 66_000, "千円"], ["③", "新規で稼ぐ売上（①−②）", 30_000, "千円"],
         ["④", "1社あたりの取引額", 1_500, "千円"], ["⑤", "必要な契約社数（③÷④）", 20, "社"], ["⑥", "提案からの契約率", "25%"],
         ["⑦", "必要な提案社数（⑤÷⑥）", 80, "社"], [None, "既存比率（②÷①）", "68.8%"]],
        "C2", 60_000, 66_000_000),
    "lines with letters": (  # 180 ÷ 30 %
        [["年間の受注目標 (A)", 180], ["受注率 (B)", "30%"], ["商談数 (C)  A÷B", 600], ["アポからの商談化率 (D)", "75%"], ["アポ数  C÷D", 800],
         ["1人あたりアポ数 (E)", 40], ["必要人数  C÷D÷E", 20]],
        "B3", 540, 600),
    "a working in numbers beside the figure": (  # 500 ÷ 12
        [["目標設定", None, None], ["受注目標", 100, None], ["商談化率", "20%", None], ["必要リード数", 500, None], ["月あたり", 42, "(500÷12)"]],
        "B5", 50, 42),
    "workings in a column of grounds": (  # 120 ÷ 40 %
        [["項目", "目標", "根拠"], ["稼働代理店", 60, "来年3月末"], ["契約", 100, "60÷60%"], ["面談", 250, "100÷40%"], ["説明会", 625, "250÷40%"]],
        "B4", 200, 250),
    "rates below the arrows between stages": (  # 120 of which one in three
        [["DM発送", "→", "申込", "→", "参加", "→", "相談", "→", "提案", "→", "契約"], [7_500, None, 150, None, 120, None, 40, None, 20, None, 8],
         ["通", None, "社", None, "社", None, "社", None, "社", None, "社"], [None, "2%", None, "8割", None, "3社に1社", None, "半分", None, "40%"],
         [None], ["新規開拓 目標"]],
        "G2", 60, 40),
    "rates in a column of their own, on the lines between": (  # 40 ÷ 50 %, and 200 × 40 %
        [["採用目標", "率", "人数"], ["入社", None, 24], ["内定承諾率", "60%"], ["内定", None, 40], ["最終面接通過率", "50%"], ["最終面接", None, 80],
         ["一次面接通過率", "40%"], ["一次面接", None, 200], ["書類通過率", "25%"], ["応募", None, 800]],
        "C6", 160, 80),
}  # fmt: skip


@pytest.mark.parametrize("kind", NAMED)
def test_a_right_sheet_is_silent_and_the_wrong_figure_is_named_not_its_neighbour(kind: str) -> None:
    assert_named(*NAMED[kind])


SILENT: dict[str, Rows] = {
    "a line planned at another price than the others": [  # what it costs isn't 8 % of what it brings
        ["講座目標", "受講料(円)", "受講者", "講師料(円)"], ["基礎", 12_000, 340, 326_400], ["応用", 18_000, 210, 302_400],
        ["実務", 15_000, 320, 480_000], ["短期", 6_000, 550, 264_000], ["計", None, 1_420, 1_372_800]],
    "a total of one percent too many, all rates to whole ones": [  # 41 + 26 + 20 + 14
        ["Region goal", "FY", "Share"], ["Americas", 18.7, "41%"], ["EMEA", 12.1, "26%"], ["APAC", 9.1, "20%"], ["Japan", 6.2, "14%"],
        ["Total", 46.1, "100%"]],
    "letters that are ranks": [
        ["ランク", "定義", "件数目標", "受注率"], ["A", "内示", 12, "80%"], ["B", "比較中", 30, "50%"], ["C", "提案済", 60, "20%"]],
    "a remark of last year's working": [  # 90 isn't on the sheet any more
        ["項目", "目標", "根拠"], ["契約", 100, "90÷60%"], ["面談", 250, "100÷40%"], ["説明会", 625, "250÷40%"]],
    "numbers of questions that say nothing of figures": [
        ["① 受注目標", 30, "件"], ["② 受注率", "25%"], ["③ 商談数", 120, "件"], ["④ リード数", 600, "件"], ["①〜④を記入"]],
    "one rate of all below a line of arrows": [
        ["リード目標", "→", "商談", "→", "受注"], [1_000, None, 210, None, 40], [None], [None, None, "20%は目安"]],
}  # fmt: skip


@pytest.mark.parametrize("kind", SILENT)
def test_what_only_looks_like_it_is_silent(kind: str) -> None:
    assert codes(check(*SILENT[kind])) == []

"""Figures of simple lists that everything else determines, though no label does; and right lists nearby that only seem to fail."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, check, grave

_BAKERY: Rows = [
    ["Wedding cakes, goals"], ["Revenue", 240_000], ["Average cake", 1200], ["Cakes", 200], ["Tasting to cake", 0.4], ["Tastings", 500],
    ["Enquiry to tasting", 0.8], ["Enquiries", 625], ["Visitor to enquiry", 0.025], ["Visitors", 25_000], ["Visitors per month", 2083]]  # fmt: skip

# name: (a right sheet, the wrong cell and what is typed there, the right figure)
SLIPS: dict[str, tuple[Rows, str, Any, Any]] = {
    "a rate between two counts": (_BAKERY, "B5", 0.6, 0.4),  # 200 of 500
    "the last rate, of which no whole number comes": (  # 100 of 250, and 100 ÷ 60 % are 166.7
        [["入社承諾", 10, "名"], ["承諾率", 0.5], ["内定", 20, "名"], ["最終面接合格率", 0.4], ["最終面接", 50, "名"], ["一次面接通過率", 0.5],
         ["一次面接", 100, "名"], ["書類通過率", 0.4], ["応募", 250, "名"]],
        "B8", 0.6, 0.4),
    "the last count, which no rate makes": (  # 250 ÷ 5 %, and 250 of 7,500 are 3.33 %
        [["回線の目標", 90, "回線"], ["1社あたり回線数", 1.5, "回線"], ["必要社数", 60, "社"], ["決裁者面談→契約", "24%"], ["決裁者面談", 250, "社"],
         ["受付突破率", 0.05], ["架電", 5000, "件"], ["月額(1回線)", 12_000, "円"], ["月額売上", 1_080_000, "円"]],
        "B7", 7500, 5000),
    "a step over amounts": (  # 15 ÷ 25 %, and 200 × 30 %
        [["Fill the loft"], ["Desks to fill", 60], ["Average team size", 4], ["Teams", 15], ["Price per desk per month", 450], ["Monthly revenue", 27_000],
         ["Annual revenue", 324_000], ["Tours that sign", "25%"], ["Tours", 60], ["Enquiries that come for a tour", "30%"], ["Enquiries", 200],
         ["Enquiries per week (10 weeks)", 20]],
        "B9", 90, 60),
    "a working in numbers": (  # 400÷100 beside it
        [["売上目標", "1億2,000万円"], ["1件の金額（平均）", "300万円"], ["必要な受注", 40, "件", "1億2,000万÷300万"], ["提案して決まる率", 0.25],
         ["必要な提案", 160, "件", "40÷0.25"], ["商談から提案まで行く率", 0.4], ["必要な商談", 400, "件", "160÷0.4"],
         ["1人が年間にできる商談", 100, "件"], ["必要な営業", 4, "人", "400÷100"]],
        "B9", 6, 4),
    "a part in another unit": (  # 840 + 360
        [["事業計画（百万円）", ""], ["売上高", 1200], ["　うち既存顧客", 840], ["　うち新規顧客", 360], ["新規1社あたり売上", 6], ["新規獲得社数", 60],
         ["提案勝率", 0.4], ["提案社数", 150]],
        "B4", 3600, 360),
    "a total in another unit": (
        [["月", "目標", "実績", "達成率"], ["4月", 50, 48, 0.96], ["5月", 50, 53, 1.06], ["6月", 60, 57, 0.95], ["7月", 60, 63, 1.05], ["8月", 40, 38, 0.95],
         ["9月", 60], ["計", 320, 259], ["8月まで", 260, 259, 0.996]],
        "B7", 600, 60),
    "gross counts, of which one has its digits exchanged": (  # 180 + 240 + 60
        [["獲得経路", "リード"], ["展示会", 180], ["Web", 240], ["紹介", 60], ["経路計（延べ）", 480], ["合計（重複30件を除く）", 450], ["商談化率", 0.2], ["商談", 90]],
        "B3", 204, 240),
    "a total that what is left of it wants, too": (  # 420 + 300 + 180, and 780 + 120
        [["獲得経路", "延べ件数"], ["Webフォーム", 420], ["展示会", 300], ["共催セミナー", 180], ["延べ合計", 900], ["重複（複数経路の同一人物）", -120],
         ["実リード数", 780], [], ["商談化率（実リードに対し）", 0.2], ["商談", 156], ["受注率", 0.25], ["受注", 39]],
        "B5", 675, 900),
    "a month of the leads above it": (  # 2,400 ÷ 12, and 2,400 are no number of months of 250
        [["年間売上目標", 6000, "万円"], ["平均受注単価", 50, "万円"], ["必要受注件数", 120, "件"], ["受注率", "25%"], ["必要商談数", 480, "件"],
         ["商談化率", "20%"], ["必要リード数", 2400, "件"], ["月あたりリード", 200, "件/月"]],
        "B8", 250, 200),
    "a rate that all months have otherwise": (  # 4 of 10, 6 of 15, 8 of 20
        [["New growers, July to October"], ["Trial field to regular grower", 0.4], [], ["", "Jul", "Aug", "Sep", "Oct"], ["New growers", 4, 6, 8, 12],
         ["Trial fields", 10, 15, 20, 30], ["Visits", 44, 61, 77, 131]],
        "B2", 0.32, 0.4),
    "a price that all months have otherwise": (  # 4,800 ÷ 12, 6,000 ÷ 15
        [["Hamper orders, September to December"], ["Average order ($)", 400], [], ["", "Sep", "Oct", "Nov", "Dec"], ["Hamper orders", 12, 15, 20, 31],
         ["Revenue ($)", 4800, 6000, 8000, 12_400], ["Enquiries", 40, 53, 66, 110]],
        "B2", 300, 400),
    "heads that all lines have otherwise": (
        [["チームの人数", 6, "人"], [], ["項目", "1人あたり", "チーム合計"], ["飛び込み件数", 400, 2400], ["名刺獲得", 80, 480], ["アポ", 16, 96], ["成約", 4, 24]],
        "B1", 60, 6),
}  # fmt: skip

RIGHT: dict[str, Rows] = {
    "a rate of this year between two counts of another one": [
        ["Wedding cakes, goals"], ["Revenue", 240_000], ["Average cake", 1200], ["Cakes", 200], ["More than last year", 0.25], ["Cakes last year", 160],
        ["Tasting to cake", 0.4], ["Tastings", 500], ["Enquiry to tasting", 0.8], ["Enquiries", 625]],
    "some of the visits are by referrals": [  # 50 − 20 = 30
        ["Monthly fee", 180], ["Clients now", 120], ["Clients wanted", 170], ["New clients", 50], ["Extra monthly income", 9000],
        ["Extra yearly income", 108_000], ["Referrals bring", 20], ["So marketing must bring", 30], ["Calls that sign", "1 in 3"], ["Calls", 90],
        ["Enquiries that book a call", "50%"], ["Enquiries", 180], ["Per month", 15]],
    "people, days and doors": [  # 4 × 20 × 15
        ["訪問の計画"], ["営業人数", 4, "名"], ["稼働日数", 20, "日"], ["1名1日の飛び込み", 15, "件"], ["訪問件数", 1200, "件"], ["決裁者面談率", 0.2],
        ["決裁者面談", 240, "件"], ["提案率", 0.3], ["提案", 72, "件"], ["設置合意率", 0.25], ["設置台数", 18, "台"]],
    "a fee of its own below the steps": [  # 35 ÷ 4 consultants
        ["人材紹介の目標（コンサルタント4名）"], ["推薦数", 800], ["書類通過率", 0.4], ["一次面接", 320], ["一次通過率", 0.35], ["最終面接", 112], ["内定率", 0.5],
        ["内定", 56], ["内定承諾率", 0.625], ["入社決定", 35], [], ["想定理論年収（万円）", 520], ["紹介料率", 0.35], ["1決定あたり売上（万円）", 182],
        ["四半期売上（万円）", 6370], ["1人あたり決定数", 8.75]],
    "parts that aren't all of the whole": [
        ["Leads needed", 500], ["  of which website", 300], ["  of which fairs", 120], ["Meetings (40% of leads)", 200], ["Deals (10% of meetings)", 20]],
    "about so many a month": [  # 1,600 ÷ 12 = 133
        ["役員会用 概算（端数はきり良く切上げ）"], ["年間売上", "約2億円"], ["平均単価", "約300万円"], ["受注", "約70件"], ["受注率", "3割程度"],
        ["商談", "約240件"], ["商談化率", "約15%"], ["リード", "約1,600件"], ["月あたりリード", "140件程度"]],
    "months of a season": [  # 2,000 in ten
        ["年間売上目標", 6000, "万円"], ["平均受注単価", 60, "万円"], ["必要受注件数", 100, "件"], ["受注率", "25%"], ["必要商談数", 400, "件"],
        ["商談化率", "20%"], ["必要リード数", 2000, "件"], ["月あたりリード", 200, "件/月"]],
    "a cost of one below another table": [
        ["", "Day 1", "Day 2", "Day 3"], ["Cards", 260, 310, 230], ["Leads", 182, 217, 161], ["Appointments", 8, 10, 6], [], ["Cost per lead", 6500]],
}  # fmt: skip


@pytest.mark.parametrize("rows", RIGHT.values(), ids=RIGHT)
def test_what_is_right_is_silent(rows: Rows) -> None:
    assert [each.cell for each in grave(check(*rows))] == []


@pytest.mark.parametrize("kind", SLIPS)
def test_a_figure_that_all_else_determines_is_named_alone(kind: str) -> None:
    assert_named(*SLIPS[kind])

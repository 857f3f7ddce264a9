"""Trees of goals, assumptions beside results, summaries over their tables; and right sheets whose columns only look like goals."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, check, codes, grave, sheet, typed

from kgisheet import api

CALCULATOR: Rows = [
    ["Webinar goal", None, None, None, None],
    ["Inputs", None, None, "Outputs", None],
    ["Annual sales", 1_800_000, None, "New sales", 1_350_000],
    ["From renewals", "25%", None, "Contracts", 45],
    ["Average contract", 30_000, None, "Proposals", 150],
    ["Proposal accepted", "30%", None, "Calls per year", 600],
    ["Call to proposal", "25%", None, "Calls per month", 50],
]

# name: (a right sheet, the wrong cell and what is typed there, the right figure)
SLIPS: dict[str, tuple[Rows, str, Any, Any]] = {
    "a tree of sums and products, its branches at the margin": (  # 30 × 150, and 12,500 − 8,000
        [["KGI", "年間売上", "1億2,500万円"], [None, "├ 新規売上", "8,000万円"], [None, "│　├ 新規契約数", "40件"], [None, "│　└ 新規単価", "200万円"],
         [None, "└ 既存売上", "4,500万円"], [None, "├ 継続契約数", "30件"], [None, "└ 1件あたり年額", "150万円"]],
        "C5", "5,400万円", 45_000_000),
    "the root of a tree whose branches hold": (  # 40 × 200 + 30 × 150
        [["KGI", "年間売上", "1億2,500万円"], [None, "├ 新規売上", "8,000万円"], [None, "│　├ 新規契約数", "40件"], [None, "│　└ 新規単価", "200万円"],
         [None, "└ 既存売上", "4,500万円"], [None, "├ 継続契約数", "30件"], [None, "└ 1件あたり年額", "150万円"]],
        "C1", "1億3,500万円", 125_000_000),
    "a tree to the right, in boxes": (  # 150 ÷ 75 %, and 5,000 × 4 %
        [[None, None, "受注", None, "商談", None, "アポ", None, "架電"], [None, None, "30件", None, "150件", None, "200件", None, "5,000件"],
         ["売上"], ["4,500万円", None, "×", None, "×", None, "×", None, "×"],
         [None, None, "単価", None, "受注率", None, "商談実施率", None, "アポ率"], [None, None, "150万円", None, "20%", None, "75%", None, "4%"]],
        "G2", "112件", 200),
    "results beside their assumptions": (CALCULATOR, "E6", 720, 600),  # 150 ÷ 25 %, and 50 × 12
    "an opportunity's close rate": (  # 60 ÷ 24 %, and 1,250 × 20 %
        [["Sales", 2_400_000], ["Average sale", 40_000], ["Customers", 60], ["Opp close rate", 0.24], ["Opportunities", 250], ["Lead to opp", 0.2], ["Leads", 1250]],
        "B5", 300, 250),
    "a summary of an older state": (  # 30 × 80 + 20 × 90
        [["まとめ"], ["成約数", 50], ["面談数", 200], ["売上（万円）", 4200], [],
         ["内訳", "東", "西", "合計"], ["単価（万円）", 80, 90, 84], ["成約数", 30, 20, 50], ["面談数", 120, 80, 200], ["売上（万円）", 2400, 1800, 4200]],
        "B4", 4000, 42_000_000),
    "what is left, and how much is expected": (  # 840 + 360, and 1,400 − 200
        [["Weighted pipeline ($k)"], ["Stage", "Deals", "Amount", "Chance", "Weighted"], ["First talk", 20, 1600, 0.1, 160], ["Trial", 9, 800, 0.4, 320],
         ["Terms", 4, 450, 0.8, 360], ["Total", 33, 2850, None, 840], ["Signed so far", None, None, None, 360], ["Likely quarter", None, None, None, 1200],
         ["Q3 target", None, None, None, 1400], ["Gap to target", None, None, None, 200]],
        "E8", 1260, 1200),
    "heads by what they cost": (  # 360 ÷ 24, and 90,000 ÷ 6,000
        [["Team plan"], ["Demos / month", 360], ["Demos per AE / month", 24], ["AEs needed", 15], ["Mails per demo", 40], ["Mails / month", 14_400],
         ["Budget per AE / month", 6000], ["Team budget / month", 90_000], ["Cost per demo", 250]],
        "B4", 18, 15),
    "what a customer brings without the margin": (  # 200 × 75 % ÷ 2.5 %, and 3 × 2,000
        [["Accounts", 300], ["ARPA per month", 200], ["Gross margin", "75%"], ["Monthly churn", "2.5%"], ["LTV", 6000], ["CAC", 2000], ["LTV : CAC", 3]],
        "B5", 8000, 6000),
    "net retention beside gross": (  # 15,600 ÷ 15,000
        [["既存ARR（万円）"], ["期首ARR", 15_000], ["解約", -900], ["縮小", -300], ["拡大", 1800], ["期末ARR（既存）", 15_600], ["GRR", "92%"], ["NRR", "104%"], ["顧客数", 120]],
        "B8", "114%", 1.04),
    "the cost of one by another count": (  # 2,400,000 ÷ 300
        [["展示会"], ["来場者", 6000], ["名刺獲得率", "5%"], ["名刺獲得数", 300], ["有効リード率", "40%"], ["有効リード数", 120], ["商談化率", "25%"], ["商談数", 30],
         ["出展費用", 2_400_000], ["名刺1枚あたり費用", 8000]],
        "B10", 20_000, 8000),
    "the mean of two halves' rates": (  # 112 ÷ 400
        [[None, "H1", "H2", "FY27"], ["Proposals", 160, 240, 400], ["Win rate", "20%", "33.3%", "28%"], ["Deals", 32, 80, 112], ["Deal size", 20_000, 24_000, 22_857],
         ["Revenue", 640_000, 1_920_000, 2_560_000]],
        "D3", "27%", 0.28),
    "a rate typed into one of three formulas": (
        [["Rep", "Quota", "Variable", "Rate", "Bookings", "Commission"], ["Aoki", 800_000, 72_000, "=C2/B2", 820_000, "=D2*E2"],
         ["Baba", 600_000, 63_000, "=C3/B3", 540_000, "=D3*E3"], ["Chiba", 500_000, 50_000, "=C4/B4", 610_000, "=D4*E4"]],
        "F3", "=0.1*E3", 56_700),
    "a number typed for the one input that nobody takes": (
        [["Inputs", None, None, "Outputs"], ["New sales", 1_500_000, None, "Deals", "=B2/B3"], ["Deal size", 50_000, None, "Talks", "=E2/B4"],
         ["Win rate", 0.25, None, "Pipeline needed", "=B2*B5"], ["Pipeline coverage", 4, None, "Pipeline per rep", "=E4/B6"], ["Reps", 5]],
        "E4", "=B2*3", 6_000_000),
    "a count by a rate in tenths": (  # 24 ÷ 3割
        [["売上目標", 4800, "万円"], ["受注単価", 200, "万円"], ["受注件数", 24, "件"], ["受注率", 3, "割"], ["商談件数", 80, "件"], ["商談化率", 2.5, "割"], ["リード数", 320, "件"]],
        "B5", 90, 80),
}  # fmt: skip


def _compared(head: str) -> Rows:
    """Two plans, and what the second one is by the first."""
    return [
        ["Plan 2027", "Sure", "Bold", head],
        ["Bookings", 2_000_000, 2_500_000, 1.25],
        ["Average deal", 40_000, 40_000, 1.0],
        ["Deals", 50, 63, 1.26],
        ["Win rate", "25%", "27%", "108%"],
        ["Opportunities", 200, 233, 1.17],
        ["Lead to opportunity", "10%", "10%", "100%"],
        ["Leads", 2000, 2330, 1.17],
    ]


def _sourced(total: str, *note: str) -> Rows:
    """Pipeline that a channel brought, and that it had a part in: the same deal in several of them."""
    rows: Rows = [["Channel", "Sourced", "Influenced"], ["Fairs", 900, 2100], ["Web", 1400, 2500], ["Partners", 700, 1300]]
    return [*rows, [total, 3000, 3900], *([each] for each in note)]


FUNNEL: Rows = [
    ["案件（万円）"],
    ["ステージ", "件数", "金額", "確度", "加重"],
    ["A", 4, 1200, 0.8, 960],
    ["B", 7, 2000, 0.4, 800],
    ["C", 12, 3150, 0.1, 315],
    ["合計", 23, 6350, None, 2075],
]

RIGHT: dict[str, Rows] = {
    **{f"a column that compares two others: {head}": _compared(head) for head in ("Bold vs sure", "Bold ÷ Sure", "Uplift", "倍率")},
    "a column that compares two others, above another list": [*_compared("Bold vs sure"), [], ["Fairs", 3], ["Leads per fair", 120], ["Fair leads", 360]],
    "renewals that are taken off the goal": [  # 1,350,000 ÷ 30,000
        ["Annual sales goal", 1_800_000], ["Renewals", 450_000], ["Average contract", 30_000], ["Contracts", 45], ["Close rate", 0.3], ["Proposals", 150]],
    "a year's retention below a quarter's movements": [
        ["四半期ARR"], ["期首ARR", 20_000], ["解約", -300], ["縮小", -100], ["増額", 700], ["期末ARR", 20_300], ["解約率", "1.5%"], ["NRR（年）", "108%"]],
    "a goal that is less than its branches bring": [  # 7,200 + 5,000
        ["KGI", "年間売上", "1億2,000万円"], [None, "├ 新規売上", "7,200万円"], [None, "│　├ 受注件数", "36件"], [None, "│　└ 平均単価", "200万円"],
        [None, "└ 既存売上", "5,000万円"], [None, "├ 継続社数", "40社"], [None, "└ 1社あたり年額", "125万円"]],
    "a rate in tenths by the unit beside it": [  # 150 × 2割
        ["項目", "数値", "単位"], ["年間売上", 1.8, "億円"], ["月間売上", 1500, "万円"], ["1件単価", 500, "千円"], ["年間受注", 360, "件"], ["月間受注", 30, "件"],
        ["受注率", 2, "割"], ["月間商談", 150, "件"]],
    "so many times what remains": [  # 6,350 ÷ 2,540, and not 3,810 ÷ 2,540
        *FUNNEL, ["目標", None, 6350], ["受注済", None, 3810], ["残目標", None, 2540], ["カバレッジ（残目標比）", None, "2.5倍"]],
    "a total that counts each once, by its label": _sourced("Total (influenced: each deal counted once)"),
    "a total that counts each once, by a remark": _sourced("Total", "Influenced counts a deal in every channel, so that column does not add up."),
    "a total without doubles": [
        ["チャネル", "創出", "影響"], ["展示会", 900, 2100], ["Web", 1400, 2500], ["代理店", 700, 1300], ["合計", 3000, 3900], ["※影響は1件が複数チャネルに重複するため、合計とは一致しない"]],
    "a goal above what is planned for it": [  # 4,100 is wanted, and 50 deals bring 4,200
        ["まとめ"], ["必要成約数", 50], ["必要面談数", 200], ["売上目標（万円）", 4100], [],
        ["内訳", "東", "西", "合計"], ["単価（万円）", 80, 90, 84], ["成約数", 30, 20, 50], ["面談数", 120, 80, 200], ["売上（万円）", 2400, 1800, 4200]],
    "quotients between sums in a column of the year": [
        ["2027年度", "上期", "下期", "通期"], ["リード", 900, 1100, "=B2+C2"], ["商談化率", 0.2, 0.25, "=D4/D2"], ["商談", "=B2*B3", "=C2*C3", "=B4+C4"],
        ["受注率", 0.25, 0.2, "=D6/D4"], ["受注", "=B4*B5", "=C4*C5", "=B6+C6"], ["単価（万円）", 100, 110, "=D8/D6"], ["売上（万円）", "=B6*B7", "=C6*C7", "=B8+C8"]],
    "a balance with retention of another cohort": [["期首MRR", 800], ["新規", 120], ["解約", -40], ["期末MRR", 880], ["契約の継続率", "91%"], ["解約率", "5%"]],
}  # fmt: skip


@pytest.mark.parametrize("kind", SLIPS)
def test_a_slip_is_named_at_its_cell_and_nothing_else(kind: str) -> None:
    assert_named(*SLIPS[kind])


@pytest.mark.parametrize("kind", RIGHT)
def test_what_only_seems_to_fail_is_silent(kind: str) -> None:
    assert [each.cell for each in grave(check(*RIGHT[kind]))] == []


def test_a_total_that_doubles_explain_is_still_too_much_above_its_parts() -> None:
    rows = typed(_sourced("Total (influenced: each deal counted once)"), "C5", 6100)
    assert [cell for _, cell in codes(check(*rows))] == ["C5"]


def test_a_formula_that_is_advised_divides_tenths_by_ten() -> None:
    rows, cell, wrong, _ = SLIPS["a count by a rate in tenths"]
    (found,) = grave(api.check(sheet(*typed(rows, cell, wrong)), "x.xlsx"))
    assert "B4/10" in found.fix.to("en")

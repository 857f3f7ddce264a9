"""Two columns of scenarios or years with the same labels: what one has exactly, and the other hasn't; and columns that differ on purpose."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, check, grave

# name: (a right sheet, the wrong cell and what is typed there, the right figure)
SLIPS: dict[str, tuple[Rows, str, Any, Any]] = {
    "a rate in one of two columns": (  # 21 % of 7,600
        [["Tenders", "2026", "2027 target"], ["Value closed (EUR k)", 6950, 7600], ["Value won (EUR k)", 1390, 1596], ["Win rate (value)", 0.2, 0.21]],
        "C3", 1956, 1596),
    "a nought too many in one scenario": (  # 400 × 156 × 2,350円, as 320 × 150 × 2,200円
        [["人材派遣", "保守", "強気"], ["派遣人数", 320, 400], ["月間稼働時間", 150, 156], ["請求単価（円/時）", 2200, 2350], ["月商（千円）", 105_600, 146_640]],
        "C4", 23_500, 2350),
    "the price that both columns have": (  # 150 × 33万円 are 4,950万円
        [["", "標準", "強気"], ["売上（万円）", 4125, 4950], ["件数", 125, 150], ["平均単価（万円）", 33, 33]],
        "C4", 55, 330_000),
    "a total of two channels' columns": (  # 140 + 60, and 98 + 35
        [["来場計画", "春", "秋"], ["展示会", 140, 98], ["セミナー", 60, 35], ["合計", 200, 133]],
        "C4", 331, 133),
    "a part with a nought too many": (  # 105 + 110 + 116
        [["Leads", "Jan", "Feb", "Mar", "Sum"], ["Web", 105, 110, 116, 331], ["Fairs", 41, 52, 63, 156]],
        "C2", 1100, 110),
    "a rate far from its counts that names them": (  # 24 % of 525 are 126
        [["", "2024", "2025"], ["問い合わせ", 1250, 1500], ["商談", 400, 525], ["受注", 92, 126], ["受注単価（万円）", 150, 145], ["売上（万円）", 13_800, 18_270],
         ["メモ", "展示会", "Web"], ["受注率", 0.23, 0.24]],
        "C8", 0.34, 0.24),
    "weeks in brackets": (  # 500 ÷ 50, and 750 ÷ 50
        [["Translation", "Base", "Stretch"], ["Companies to contact", 500, 750], ["Per week (50)", 10, 15]],
        "C3", 19, 15),
    "a price in the label": (  # 25 × $30k
        [["Plan", "Low", "High"], ["Deals to close", 20, 25], ["Win rate", "25%", "25%"], ["Opportunities", 80, 100], ["Revenue @ $30k", 600_000, 750_000]],
        "C5", 1_125_000, 750_000),
    "two lists side by side": (  # 120 × 45 are 5,400
        [["新規", None, None, "既存", None], ["売上（万円）", 6624, None, "売上（万円）", 5400], ["契約数", 144, None, "契約数", 120],
         ["平均単価（万円）", 46, None, "平均単価（万円）", 45], ["商談", 480, None, "商談", 300]],
        "E2", 4500, 54_000_000),
}  # fmt: skip

RIGHT: dict[str, Rows] = {
    "of existing customers some leave": [  # 80 × 60 × 90 %
        ["", "新規", "既存"], ["件数", 50, 80], ["単価（万円）", 100, 60], ["継続率", None, "90%"], ["売上（万円）", 5000, 4320]],
    "something that comes on top in one column": [  # 60 × 25 + 800
        ["", "昨年計画", "今年計画"], ["受注", 50, 60], ["単価（万円）", 30, 25], ["保守売上（万円）", None, 800], ["売上（万円）", 1500, 2300]],
    "amounts that overlap": [  # one deal is touched by several channels
        ["Channel", "First touch", "Influenced"], ["Organic", 2100, 4900], ["Paid", 1600, 3300], ["Events", 1300, 4200], ["Total", 5000, 5000]],
    "round goals beside what was worked out": [  # 25 ÷ 24 %, 104.2 ÷ 18 %
        ["", "計算値", "目標（キリよく）"], ["受注", 25, 25], ["商談（受注率24％）", 104.2, 105], ["リード（商談化率18％）", 578.7, 580], ["訪問（CVR 1.2％）", 48_225, 50_000]],
    "what was paid is less than what was asked": [  # 47 × 120 are 5,640, before discounts
        ["", "昨年実績", "今年目標"], ["受注", 47, 50], ["定価（万円）", 120, 120], ["売上（万円）", 4750, 6000]],
    "tens, rounded up": [  # 6,000 ÷ 5 ÷ 18 %
        ["", "2025", "2026"], ["Sales", 3000, 6050], ["Price", 25, 25], ["Orders", 120, 250], ["Close rate", 0.3, 0.18], ["Quotes", 400, 1390]],
    "a mean price in the column of all": [  # the mean of 30 and 20
        ["", "直販", "合計"], ["件数", 40, 100], ["単価（万円）", 30, 25], ["売上（万円）", 1200, 2400]],
    "a weight that the line's name says": [
        ["区分", "件数", "平均単価（千円）", "金額（千円）"], ["契約済", 18, 32_000, 576_000], ["提案中（確度50%で加重）", 14, 20_000, 140_000]],
    "two lists side by side with labels of their own": [
        ["Monthly fee", 200, "Mean months", 18], ["Fee per year", 2400, "LTV", 3600], ["Goal (first year)", 120_000], ["Customers", 50]],
    "half a unit of staff": [  # 3.7 of 15 each
        ["氏名", "人工", "月目標"], ["千葉", 1, 15], ["井口", 0.8, 12], ["宇佐美", 0.5, 8], ["権藤", 1, 15], ["新人", 0.4, 6], ["計", 3.7, 56]],
    "weights over a column": [  # 560 + 300 × 80 % + 240 × 50 %
        ["担当", "受注済", "Aヨミ", "Bヨミ", "着地見込"], ["", "100%", "80%", "50%", None], ["青木", 420, 250, 200, 720], ["井上", 310, 200, 260, 600],
        ["上田", 560, 300, 240, 920]],
    "two of four quarters make the fourth": [
        ["", "Q1", "Q2", "Q3", "Q4"], ["実効人数", 4.25, 4.75, 5.5, 6], ["1人当り受注（件）", 8, 8, 8, 8], ["受注件数", 34, 38, 44, 48], ["在籍人数", 5, 6, 6, 6]],
}  # fmt: skip


@pytest.mark.parametrize("kind", SLIPS)
def test_a_slip_is_named_at_its_cell_and_nothing_else(kind: str) -> None:
    assert_named(*SLIPS[kind])


@pytest.mark.parametrize("kind", RIGHT)
def test_columns_that_differ_on_purpose_are_silent(kind: str) -> None:
    assert [each.cell for each in grave(check(*RIGHT[kind]))] == []

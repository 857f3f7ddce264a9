"""Laws that a label makes sure of: what was attained of a plan, ARR and MRR, the total of a list of which one line is half."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, check, codes

# name: (a right sheet, the wrong cell and what is typed there, the right figure)
NAMED: dict[str, tuple[Rows, str, Any, Any]] = {
    "what was attained, near the plan": (  # 449 ÷ 455
        [["予実(百万円)", "1Q", "2Q", "3Q", "4Q"], ["予算", 430, 455, 475, 525], ["実績", 429, 449, 469, 535], ["差異", -1, -6, -6, 10],
         ["達成率", "99.8%", "98.7%", "98.7%", "101.9%"]],
        "C5", "101.3%", 0.987),
    "what was attained, in English": (  # 208 ÷ 204
        [["Lead goals", "Apr", "May", "Jun", "Jul"], ["Goal", 200, 204, 210, 215], ["Actual", 198, 208, 207, 219], ["Variance", -2, 4, -3, 4],
         ["Attainment", "99%", "102%", "98.6%", "101.9%"]],
        "C5", "98.1%", 1.02),
    "one of the media is half of them all": (  # 1,500,000 ÷ 15,000
        [["媒体", "構成比", "許容CPL", "目標リード", "予算"], ["検索", "50%", 10_000, 300, 3_000_000], ["比較", "25%", 15_000, 100, 1_500_000],
         ["動画", "15%", 6_000, 150, 900_000], ["車内", "10%", 20_000, 30, 600_000], ["計", "100%", 10_345, 580, 6_000_000]],
        "D3", 120, 100),
    "twelve months of recurring revenue": (  # 48,000 × 12
        [["Self-serve SaaS targets"], ["New MRR goal", 48_000], ["New ARR goal", 576_000], ["Trials started", 800], ["Trial-to-paid", "15%"],
         ["New paying accounts", 120]],
        "B3", 480_000, 576_000),
    "twelve months of recurring revenue, in Japanese": (  # 72,000,000 ÷ 12
        [["SaaS目標"], ["期末ARR（円）", 72_000_000], ["期末MRR（円）", 6_000_000], ["月額単価（円/社）", 20_000], ["期末契約社数", 300],
         ["有料転換率（トライアル→契約）", "15%"], ["トライアル数", 2000]],
        "B2", 60_000_000, 72_000_000),
}  # fmt: skip


@pytest.mark.parametrize("kind", NAMED)
def test_what_a_label_makes_sure_of_names_its_cell(kind: str) -> None:
    assert_named(*NAMED[kind])


RIGHT: dict[str, Rows] = {
    "new MRR, and ARR at the end": [
        ["SaaS goal"], ["Opening ARR", 500_000], ["New MRR", 4000], ["Churned MRR", 600], ["Closing ARR", 540_800], ["Deals", 16],
        ["Win rate", "20%"], ["Opportunities", 80]],
    "MRR of the month, ARR of another kind": [
        ["目標"], ["新規MRR（万円）", 120], ["既存ARR（万円）", 1500], ["受注数", 24], ["受注率", "30%"], ["商談数", 80]],
    "one that is the sum of the others": [
        ["目標", "4月", "5月", "6月"], ["新規", 60, 72, 66], ["既存", 24, 30, 26], ["紹介", 36, 42, 40], ["計", 120, 144, 132]],
}  # fmt: skip


@pytest.mark.parametrize("kind", RIGHT)
def test_what_is_only_called_alike_is_silent(kind: str) -> None:
    assert codes(check(*RIGHT[kind])) == []

"""One figure for all lines of a table, and costs of one by the names of their counts: what is wrong is named, what is meant so is silent."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, check, codes

# name: (a right sheet, the wrong cell and what is typed there, the right figure)
CONSTANT: dict[str, tuple[Rows, str, Any, Any]] = {
    "heads of each month by what one brings": (  # 4,700 ÷ 400
        [["要員計画と受注目標"], ["1人あたり月間受注", 400, "万円"], [None], [None, "4月", "5月", "6月", "7月", "8月"],
         ["換算人数", 9, 9.75, 10.5, 11.75, 13], ["受注キャパ（万円）", 3600, 3900, 4200, 4700, 5200], ["受注目標（万円）", 3600, 3800, 4200, 4400, 4600],
         ["余力（万円）", 0, 100, 0, 300, 600]],
        "E5", 11.25, 11.75),
    "opportunities by their average value, said in a line above": (  # 3,108 ÷ 37
        [["Pipeline target by source"], ["Average opportunity $37k"], ["Source", "Opps", "Pipeline ($k)", "Mix"],
         ["AE self-sourced", 84, 3108, "42%"], ["SDR outbound", 48, 1776, "24%"], ["Marketing inbound", 42, 1554, "21%"],
         ["Partners", 26, 962, "13%"], ["All sources", 200, 7400, "100%"]],
        "B4", 64, 84),
    "costs of one of counts in another box": (  # 93,000 ÷ 84
        [["Trade show goals", None, None, "Budget", "$"], ["Badge scans", 252, None, "Space", 42_000], ["Qualified leads", 84, None, "Build", 28_000],
         ["Opportunities", 21, None, "Travel", 23_000], ["Deals", 7, None, "Total", 93_000], [None], [None, None, None, "Cost per scan", 369],
         [None, None, None, "Cost per qualified lead", 1107], [None, None, None, "Cost per opportunity", 4429]],
        "E8", 1170, 1107),
    "a total by two costs of one": (  # 720 × 7,222, 54 × 96,294
        [["展示会の目標"], ["獲得名刺数", 720, None, "小間料（円）", 2_320_000], ["有効リード数", 432, None, "装飾（円）", 1_850_000],
         ["商談数", 54, None, "応援（円）", 1_029_900], ["受注件数", 9, None, "費用合計（円）", 5_199_900], [None],
         [None, None, None, "名刺1枚あたり費用（円）", 7222], [None, None, None, "商談1件あたり費用（円）", 96_294]],
        "E5", 4_881_500, 5_199_900),
}  # fmt: skip


@pytest.mark.parametrize("kind", CONSTANT)
def test_a_figure_for_all_lines_names_the_odd_cell(kind: str) -> None:
    assert_named(*CONSTANT[kind])


_CAPACITY: Rows = [
    ["要員計画と受注目標"], ["1人あたり月間受注", 400, "万円"], [None], [None, "4月", "5月", "6月", "7月", "8月"], ["換算人数", 9, 9.75, 10.5, 11.75, 13],
    ["受注キャパ（万円）", 3600, 3900, 4200, 4700, 4600],
]  # fmt: skip

RIGHT: dict[str, Rows] = {
    "a month that is planned otherwise, as a note says": [*_CAPACITY, [None], ["※8月は夏季休業のため稼働日が少ない"]],
    "what came out the year before, below": [
        ["Trade show goals"], ["Qualified share", "35%"], [None], ["Show", "Leads", "Qualified"], ["Hannover", 400, 140], ["Munich", 120, 42],
        ["Essen", 260, 91], ["Lyon", 160, 56], ["2025 actual", 987, 331]],
    "two rates of 25 %, one of which was changed": [
        ["上期計画"], ["商談→受注率", "25%"], ["リード→商談率", "25%"], [None], [None, "4月", "5月", "6月", "7月"], ["リード件数", 120, 160, 200, 240],
        ["商談件数", 30, 40, 50, 60]],
    "costs of two kinds of leads": [
        ["展示会の目標"], ["名刺", 800, None, "費用合計（円）", 3_640_000], ["うち有効リード", 560, None, "うち装飾（円）", 1_650_000], [None],
        [None, None, None, "名刺1枚あたり（円）", 4550], [None, None, None, "有効リード1件あたり（円）", 6500]],
    "a price of thousands beside revenue in thousands": [
        ["FY26 goal"], ["Revenue ($k)", 1200], ["Deal size", "$50k"], ["Deals", 24], ["Win rate", "25%"], ["Opps", 96], ["Leads", 960]],
    "a price in another currency": [
        ["AE hiring goal"], ["Bookings plan", "$6.0M"], ["Ramp buffer", "15%"], ["Capacity required", "$6.9M"], ["Quota per AE", "$575K"],
        ["AEs needed", 12]],
}  # fmt: skip


@pytest.mark.parametrize("kind", RIGHT)
def test_what_is_meant_otherwise_is_silent(kind: str) -> None:
    assert codes(check(*RIGHT[kind])) == []

"""Tables of one form, one below the other or side by side: the total's cells are the others' added up; the second half goes on as the first."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, check, codes, typed

# name: (a right sheet, the wrong cell and what is typed there)
TABLES: dict[str, tuple[Rows, str, Any]] = {
    "products and 目標計, their months added up beside them": (  # 25 + 16
        [["製品別 1Q目標"], [None], ["■製品A", "4月", "5月", "6月", "1Q計"], ["商談数", 20, 25, 30, 75], ["受注数", 4, 5, 6, 15], [None],
         ["■製品B", "4月", "5月", "6月", "1Q計"], ["商談数", 12, 16, 20, 48], ["受注数", 3, 4, 5, 12], [None],
         ["■目標計", "4月", "5月", "6月", "1Q計"], ["商談数", 32, 41, 50, 123], ["受注数", 7, 9, 11, 27]], "C12", 51),
    "all regions first, in words that aren't known": (  # 35 + 25
        [["Goals by region"], ["All regions", "Q1", "Q2", "Q3"], ["Leads", 500, 600, 700], ["Opps", 50, 60, 70], ["Deals", 10, 12, 14],
         ["EMEA", "Q1", "Q2", "Q3"], ["Leads", 300, 350, 400], ["Opps", 30, 35, 40], ["Deals", 6, 7, 8], ["APAC", "Q1", "Q2", "Q3"],
         ["Leads", 200, 250, 300], ["Opps", 20, 25, 30], ["Deals", 4, 5, 6]], "C4", 64),
    "the branch in a column before the stages": (
        [["部門", "項目", "4月", "5月", "6月"], ["東京", "商談", 20, 25, 30], [None, "受注", 4, 5, 6], ["大阪", "商談", 12, 16, 20],
         [None, "受注", 3, 4, 5], ["全社", "商談", 32, 41, 50], [None, "受注", 7, 9, 11]], "D6", 51),
    "side by side under merged headings": (
        [["月", "製品A", None, "製品B", None, "合計", None], [None, "商談", "受注", "商談", "受注", "商談", "受注"], ["4月", 20, 4, 12, 3, 32, 7],
         ["5月", 25, 5, 16, 4, 41, 9], ["6月", 30, 6, 20, 5, 50, 11]], "F4", 51),
    "months one below the other, three times": (
        [["製品A"], ["月", "商談", "受注"], ["4月", 20, 4], ["5月", 25, 5], ["6月", 30, 6], ["製品B"], ["月", "商談", "受注"], ["4月", 12, 3],
         ["5月", 16, 4], ["6月", 20, 5], ["合計"], ["月", "商談", "受注"], ["4月", 32, 7], ["5月", 41, 9], ["6月", 50, 11]], "B14", 51),
    "the year's shares in two halves": (  # 10 % of 150,000
        [["年間目標 150百万円の月別配分"], ["月", "構成比", "目標（千円）", None, "月", "構成比", "目標（千円）"],
         ["4月", "7%", 10_500, None, "10月", "8%", 12_000], ["5月", "7%", 10_500, None, "11月", "8%", 12_000],
         ["6月", "9%", 13_500, None, "12月", "10%", 15_000], ["7月", "8%", 12_000, None, "1月", "6%", 9_000],
         ["8月", "6%", 9_000, None, "2月", "8%", 12_000], ["9月", "11%", 16_500, None, "3月", "12%", 18_000],
         ["上期", "48%", 72_000, None, "下期", "52%", 78_000], ["年間", "100%", 150_000]], "G5", 13_500),
}  # fmt: skip


@pytest.mark.parametrize("kind", TABLES)
def test_a_cell_that_its_table_and_the_others_want_otherwise_is_named(kind: str) -> None:
    rows, cell, wrong = TABLES[kind]
    assert codes(check(*rows)) == []
    assert [where for _, where in codes(check(*typed(rows, cell, wrong)))] == [cell]


@pytest.mark.parametrize(
    "whole",
    [
        # customers of both are counted once; what is called the total is of the first alone; another plan altogether
        ("重複を除く計", [30, 37, 46], [6, 8, 10]),
        ("合計（製品Aのみ）", [20, 25, 30], [4, 5, 6]),
        ("前年合計", [28, 33, 41], [6, 6, 8]),
    ],
)
def test_a_third_table_that_is_no_sum_is_left_alone(whole: tuple[str, list[int], list[int]]) -> None:
    head, meetings, deals = whole
    rows: Rows = [["目標"], ["製品A", "4月", "5月", "6月"], ["商談数", 20, 25, 30], ["受注数", 4, 5, 6], ["製品B", "4月", "5月", "6月"],
                  ["商談数", 12, 16, 20], ["受注数", 3, 4, 5], [head, "4月", "5月", "6月"], ["商談数", *meetings], ["受注数", *deals]]  # fmt: skip
    assert codes(check(*rows)) == []


def test_a_month_twice_in_one_table_is_told_all_the_same() -> None:
    rows: Rows = [
        ["目標"],
        ["月", "商談", "受注"],
        ["4月", 20, 4],
        ["5月", 25, 5],
        ["5月", 30, 6],
        ["6月", 30, 6],
        ["7月", 10, 2],
        ["合計", 115, 23],
    ]
    assert ("S09", "A5") in codes(check(*rows))

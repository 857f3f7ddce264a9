"""Lists worked out one way with their rates as typed, balances by their rates; and right lists whose figures only seem to be off."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, check, named, typed

# name: (a right sheet, the wrong cell and what is typed there, the right figure)
SLIPS: dict[str, tuple[Rows, str, Any, Any]] = {
    "digits exchanged at the end, within what 1.7 % may be": (  # 1,155 ÷ 1.7 % is 67,941.2, rounded up as 29 ÷ 23 % and 127 ÷ 11 % are
        [["Revenue goal", 750_000], ["Average deal", 26_000], ["Deals", 29], ["Win rate", "23%"], ["Opportunities", 127],
         ["Lead to opportunity", "11%"], ["Leads", 1155], ["Visit to lead", "1.7%"], ["Visits", 67_942]],
        "B9", 69_742, 67_942),
    "one too many, between two steps that want the same of it": (  # 20 ÷ 8 %, and 250 ÷ 1.5 % is 16,667
        [["受注数", 7], ["受注率", "35%"], ["商談数", 20], ["商談化率", "8%"], ["リード数", 250], ["CVR", "1.5%"], ["サイト訪問数", 16_667]],
        "B5", 251, 250),
    "what came by its own rate of the opening": (  # 5,000,000 × 5 %, and what is missing from the closing
        [["ARR bridge (USD)"], ["Opening ARR", 5_000_000], ["Churn rate", "8%"], ["Churned ARR", -400_000], ["Expansion rate", "5%"],
         ["Expansion ARR", 250_000], ["New ARR", 1_200_000], ["Closing ARR", 6_050_000]],
        "B6", 400_000, 250_000),
    "a year's price of the month's": (  # 500 × 12, and 900,000 ÷ 150
        [["New ARR goal ($)", 900_000], ["ARPA per month ($)", 500], ["ACV ($)", 6000], ["New customers", 150], ["Trial-to-paid", "20%"],
         ["Trials", 750]],
        "B3", 5000, 6000),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "cell", "wrong", "right"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_named_alone(rows: Rows, cell: str, wrong: Any, right: Any) -> None:
    assert_named(rows, cell, wrong, right)


RIGHT: dict[str, Rows] = {
    "measured rates allow for each count": [  # 1,160 of 69,742 are 1.66 %, and 127 of 1,160 are 10.95 %: nothing was worked out of the rates
        ["Deals", 29], ["Win rate", "23%"], ["Opportunities", 127], ["Lead to opportunity", "11%"], ["Leads", 1160],
        ["Visit to lead", "1.7%"], ["Visits", 69_742]],
    "one count that is rounder": [["Deals", 29], ["Win rate", "23%"], ["Opportunities", 127], ["Lead to opportunity", "11%"], ["Leads", 1155],
                                  ["Visit to lead", "1.7%"], ["Visits", 68_000]],
    "the cost of a deal, rounded, far from all costs": [
        ["出展費用（円）", 2_400_000], ["名刺交換数", 600], ["名刺1枚あたり費用（円）", 4000], ["有効リード率", "50%"], ["有効リード数", 300], ["アポ獲得率", "20%"],
        ["アポ数", 60], ["受注率", "15%"], ["受注数", 9], ["受注1件あたり費用（円）", 266_667], ["平均受注額（円）", 1_200_000], ["受注額（円）", 10_800_000]],
    "about a month, and what each of four has in a year": [
        ["年間新規売上", "1.2億円"], ["平均契約単価", "400万円"], ["新規契約数", "30社"], ["契約率（提案→契約）", "25％"], ["提案数", "120社"], ["提案率（訪問→提案）", "60％"],
        ["初回訪問数", "200社"], ["月間訪問数", "約17社"], ["1人あたり年間訪問数（営業4名）", "50社"]],
    "a short year of nine months": [
        ["Short fiscal year: April to December (9 months)"], ["Deals per month", 8], ["Deals, short year", 72], ["Win rate", "20%"],
        ["Meetings per month", 40], ["Meetings, short year", 360], ["Full-year equivalent (12 months), deals", 96]],
    "a mean price in its table's unit": [
        ["商品", "単価（万円）", "件数", "売上（万円）", "構成比"], ["標準", 80, 50, 4000, "40%"], ["上位", 200, 15, 3000, "30%"], ["法人", 600, 5, 3000, "30%"],
        ["合計", None, 70, 10_000, "100%"], ["平均単価", None, None, None, 143]],
}  # fmt: skip


@pytest.mark.parametrize("rows", RIGHT.values(), ids=RIGHT)
def test_a_right_list_is_silent(rows: Rows) -> None:
    assert named(check(*rows)) == []


def test_a_price_in_another_unit_than_its_table_is_still_noticed() -> None:
    rows = typed(RIGHT["a mean price in its table's unit"], "E6", 155)
    assert named(check(*rows)) == ["E6"]  # 10,000 of 70 are 143（万円）, and 155 yen are no price beside 10 million

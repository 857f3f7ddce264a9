"""Sheets that are no goal sheets, but plans or comparisons whose figures hang together: only what fails in them is told."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, check, codes

# a right sheet, the wrong cell and what is typed there
PLANS: dict[str, tuple[Rows, str, Any]] = {
    "shipments by month": (  # 5,200 + 4,800 + 7,400
        [["2026年度 出荷計画(千円)"], ["品目", "10月", "11月", "12月"], ["干物", 3100, 3500, 5200], ["練り製品", 2600, 3000, 4800],
         ["切身", 6000, 6200, 7400], ["合計", 11700, 12700, 17400], ["前年実績", 11000, 12100, 16400]],
        "D6", 16400),
    "members, by formulas": (
        [["会員・会費売上の計画"], ["店舗", "9月末", "入会", "退会", "10月末"], ["中央", 2140, 96, 71, "=B3+C3-D3"], ["北口", 1385, 70, 52, "=B4+C4-D4"],
         ["港南", 1790, 84, 66, "=B5+C5-D5"], ["合計", *(f"=SUM({col}3:{col}5)" for col in "BCDE")]],
        "D6", "=SUM(D3:D4)"),
    "how many stay, by formulas alone": (
        [["Customer retention by cohort"], ["Cohort", "New", "After 1Q", "After 2Q"], ["A", 84, 80, 77], ["B", 96, 93, 88], ["C", 71, 69, 66],
         ["D", 118, 113, 107], [None], ["Share"], *([who, None, f"=C{at}/B{at}", f"=D{at}/B{at}"] for at, who in enumerate("ABCD", 3))],
        "D10", "=D4/C4"),
    "hours that people can charge, by formulas": (
        [["Fee income capacity"], ["Grade", "Partner", "Associate", "Senior", "Graduate"], ["Heads", 4, 8, 14, 10], ["Hours p.a.", 1700, 1700, 1700, 1700],
         ["Utilisation", 0.45, 0.65, 0.8, 0.85], ["Chargeable hours", *(f"={col}3*{col}4*{col}5" for col in "BCDE")]],
        "D6", "=D3*D4"),
    "orders in two tables of one form, by formulas": (  # of three lines alone two are too few to tell how the third is meant
        [["売上計画", "社数", "回数", "総回数"], ["研修", 30, 2, "=B2*C2"], ["講演", 24, 3, "=B3*C3"], [None], ["新規", "社数", "回数", "総回数"],
         ["研修", 12, 1, "=B6*C6"], ["講演", 10, 2, "=B7*C7"], ["診断", 15, 2, "=B8*C8"]],
        "D7", "=B7+C7"),
}  # fmt: skip


@pytest.mark.parametrize("kind", PLANS)
def test_a_plan_of_another_kind_is_told_of_only_where_it_fails(kind: str) -> None:
    rows, cell, wrong = PLANS[kind]
    assert codes(check(*rows)) == []
    row, col = int(cell[1:]) - 1, ord(cell[0]) - ord("A")
    typed = [[wrong if (at, place) == (row, col) else each for place, each in enumerate(line)] for at, line in enumerate(rows)]
    assert [where for _, where in codes(check(*typed))] == [cell]


def test_a_rate_below_a_total_is_no_part_of_it() -> None:
    """600,000 = 342,000 + 258,000; the 35.7 % between them are of 1,680,000."""
    rows: Rows = [["売上予算", "東京", "大阪", "福岡", "合計"], ["合計", 600_000, 415_000, 665_000, 1_680_000],
                  ["支店構成比", "35.7%", "24.7%", "39.6%", "100%"], ["断熱材", 342_000, 217_000, 301_000, 860_000],
                  ["外壁材", 258_000, 198_000, 364_000, 820_000]]  # fmt: skip
    assert codes(check(*rows)) == []


def test_a_rate_of_losses_is_not_taken_for_a_growth() -> None:
    """38,000 × (1 − 2.5 %) = 37,050; 38,000 ÷ 37,050 − 1 is 2.6 %."""
    rows: Rows = [["8月計画", "投入数", "目標不良率", "不良数", "良品数"], ["プレスA", 50_000, "2%", 1000, 49_000],
                  ["プレスB", 38_000, "2.5%", 950, 37_050], ["切削", 24_000, "1.5%", 360, 23_640], ["組立", 32_000, "0.7%", 224, 31_776]]  # fmt: skip
    assert codes(check(*rows)) == []

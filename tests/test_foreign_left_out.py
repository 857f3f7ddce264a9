"""Figures that leave something out, or that labels far apart tie; each with its right sheet, which stays silent."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, check, named, typed

# name: (a right sheet, the wrong cell and what is typed there, the right figure)
SLIPS: dict[str, tuple[Rows, str, Any, Any]] = {
    "the rate before it was left out": (  # 8 × 750,000 × 80 %, and 120 × 40,000
        [["Fully ramped reps", 8], ["Quota per rep ($)", 750_000], ["Expected attainment", "80%"], ["Bookings capacity ($)", 4_800_000],
         ["Average deal size ($)", 40_000], ["Deals", 120], ["Win rate", "30%"], ["Opportunities", 400], ["Opportunities per rep", 50]],
        "B4", 6_000_000, 4_800_000),
    "an amount, its price and count called alike, far apart": (  # 20社 × 125, and 12,000 − 9,000 − 500
        [["前期売上（万円）", 10_000], ["継続率", "90%"], ["継続売上（万円）", 9000], ["アップセル率（前期売上比）", "5%"], ["アップセル売上（万円）", 500], ["新規売上（万円）", 2500],
         ["今期売上目標（万円）", 12_000], ["成長率（前期比）", "120%"], ["新規単価（万円）", 125], ["新規獲得社数", 20]],
        "B6", 3000, 25_000_000),
    "a year right after the month": (  # 180 × 49, and 105,840 ÷ 12
        [["Sign-ups", 2400], ["Activated to paid", "7.5%"], ["New paying customers", 180], ["Price per month ($)", 49], ["New MRR ($)", 8820],
         ["Annualised ($)", 105_840]],
        "B5", 8280, 8820),
    "an amount below a table, and its year": (  # 16件 × 50万円, and 9,600万円 ÷ 12
        [["代理店名", "担当者数", "1人あたり月間紹介", "月間紹介数", "成約率", "月間成約数"], ["アルファ商事", 5, 4, 20, "30%", 6], ["ベータ", 8, 3, 24, "25%", 6],
         ["ガンマ", 10, 2, 20, "20%", 4], ["合計", 23, None, 64, "25%", 16], [], ["平均単価", "50万円"], ["月間売上", "800万円"], ["年間売上", "9,600万円"]],
        "B8", "640万円", 8_000_000),
    "one by another, as a remark says": (  # 1 ÷ 2 %, and 500 × 80 % × 50
        [["Sales & marketing spend ($)", 150_000, "per month"], ["New customers", 30, "per month"], ["CAC ($)", 5000, "spend / new customers"],
         ["ARPA per month ($)", 500], ["Gross margin", "80%"], ["Monthly churn", "2%"], ["Customer lifetime (months)", 50, "1 / churn"],
         ["LTV ($)", 20_000, "ARPA x margin x lifetime"], ["LTV : CAC", 4], ["CAC payback (months)", 12.5, "CAC / (ARPA x margin)"]],
        "B7", 20, 50),
    "a typed total among formulas, called as its parts are": (  # 90 inbound and 60 outbound
        [["Inbound"], ["Leads", 1500], ["Lead to MQL", 0.4], ["MQLs", "=B2*B3"], ["MQL to meeting", 0.15], ["Inbound meetings", "=B4*B5"], [],
         ["Outbound"], ["Calls", 4000], ["Call to meeting", 0.015], ["Outbound meetings", "=B9*B10"], [],
         ["Total"], ["Meetings", "=B6+B11"], ["Win rate", 0.2], ["Deals", "=B14*B15"]],
        "B14", 90, 150),
    "a month typed below a year's formula": (  # 480 ÷ 12
        [["年間受注目標", 96], ["受注率", 0.2], ["年間必要商談数", "=B1/B2"], ["月間必要商談数", "=B3/12"], ["1人あたり月間商談創出数", 8], ["必要人数", "=ROUNDUP(B4/B5,0)"]],
        "B4", 48, 40),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "cell", "wrong", "right"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_named_alone(rows: Rows, cell: str, wrong: Any, right: Any) -> None:
    assert_named(rows, cell, wrong, right)


def test_labels_right_of_their_figures_are_read() -> None:
    rows: Rows = [
        ["Objective: enough pipeline"], [12, "deals"], [0.25, "win rate"], [48, "opportunities"], [0.5, "meeting-to-opportunity rate"], [96, "meetings"],
    ]  # fmt: skip
    assert named(check(*rows, formats={"A3": "0%", "A5": "0%"})) == []
    assert named(check(*typed(rows, "A4", 84), formats={"A3": "0%", "A5": "0%"})) == ["A4"]  # 12 ÷ 25 %, and 96 × 50 %


def test_what_comes_in_is_added_up_and_what_there_is_at_the_end_is_not() -> None:
    """520 were recognised in four months; the ARR is the last month's, and so no twelve times as much."""
    rows: Rows = [
        ["$k", "Sep", "Oct", "Nov", "Dec", "Total / exit"], ["New MRR", 10, 12, 14, 16, 52], ["MRR, end of month", 110, 122, 136, 152, 152],
        ["Revenue recognised in month", 110, 122, 136, 152, 520], ["ARR (MRR x 12)", 1320, 1464, 1632, 1824, 1824],
    ]  # fmt: skip
    assert named(check(*rows)) == []
    assert named(check(*typed(rows, "D5", 1362))) == ["D5"]  # 136 × 12

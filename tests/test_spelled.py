"""Formulas that a text on the line spells out, lists that add up to the one headed as their total, the last figure of a row."""

from __future__ import annotations

from foreign.sheets import Rows, check, codes, typed

SPELLED = [
    ["新規売上目標", 36_000, "千円"],
    ["平均契約単価", 900, "千円"],
    ["必要契約数", 40, "社", "売上目標÷単価"],
    ["商談→契約率", "25%"],
    ["必要商談数", 160, "件", "契約数÷契約率"],
    ["リード→商談率", "10%"],
    ["必要リード数", 1_600, "件", "商談数÷商談率"],
    ["リード単価", 8_000, "円"],
    ["必要予算", 12_800, "千円", "リード数×単価"],
]
"""1,600 leads at 8,000 yen are 12,800 thousand yen; of the two 単価 the nearer is meant."""

AREAS = [
    ["■関東"], ["アポ数", 200], ["商談数", 120], ["受注数", 30], [],
    ["■関西"], ["アポ数", 180], ["商談数", 90], ["受注数", 18], [],
    ["■全体"], ["アポ数", 380], ["商談数", 210], ["受注数", 48],
]  # fmt: skip
"""380 = 200 + 180, 210 = 120 + 90, 48 = 30 + 18."""


def test_a_line_says_how_its_figure_is_worked_out() -> None:
    assert codes(check(*SPELLED)) == []
    assert codes(check(*typed(SPELLED, "B9", 1_280))) == [("F01", "B9")]  # a zero was lost


def test_a_label_alone_says_how_its_figure_is_worked_out() -> None:
    """150,000 × 48 = 7,200,000: of 件数 there is one line, 目標受注件数; a month's 720,000 are 8,640,000 in twelve."""
    costs: Rows = [
        ["平均受注額", 1_500_000, "円"], ["粗利率", "40%"], ["粗利に対する販促比率", "25%"], ["許容獲得単価", 150_000, "円"],
        ["目標受注件数", 48, "件"], ["販促予算（許容獲得単価×件数）", 7_200_000, "円"],
    ]  # fmt: skip
    assert codes(check(*costs)) == []
    assert codes(check(*typed(costs, "B6", 6_000_000))) == [("F01", "B6")]
    trials: Rows = [
        ["受注", 90],
        ["受注単価（円）", 96_000],
        ["売上", 8_640_000],
        ["新規MRR（円）", 8_640_000],
        ["期末ARR（年間の新規MRR合計×12）", 103_680_000],
    ]
    assert codes(check(*trials)) == []
    assert codes(check(*typed(trials, "B5", 86_400_000))) == [("F01", "B5")]


def test_lists_add_up_to_the_one_that_is_headed_as_their_total() -> None:
    assert codes(check(*AREAS)) == []
    assert codes(check(*typed(AREAS, "B13", 230))) == [("F01", "B13")]


def test_the_last_figure_of_a_row_of_formulas_is_typed_over() -> None:
    """D4 would be =D2*D3, 300 × 20 % = 60, as in the columns before; the other rows go on as they begin."""
    rows = [
        ["月", "4月", "5月", "6月"],
        ["リード数", 100, 200, 300],
        ["商談化率", 0.2, 0.2, 0.2],
        ["商談数", "=B2*B3", "=C2*C3", "=D2*D3"],
        ["受注数", "=B4*0.5", "=C4*0.5", "=D4*0.5"],
        ["売上(万円)", "=B5*50", "=C5*50", "=D5*50"],
    ]
    assert codes(check(*rows)) == []
    assert ("F01", "D4") in codes(check(*typed(rows, "D4", 45)))

"""Lists that hang together but for one figure, and columns that add up line by line; with the right sheets next to them."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, check, named, typed

# name: (a right sheet, the wrong cell and what is typed there, the right figure)
SLIPS: dict[str, tuple[Rows, str, Any, Any]] = {
    "two steps of the same rate": (  # 75 × 20 %; 375 × 20 % are the demos themselves
        [["Budget ($)", 50_000], ["CPC ($)", 4], ["Clicks", 12_500], ["Landing CVR", "3%"], ["Leads", 375], ["Lead to demo", "20%"], ["Demos", 75],
         ["Demo to close", "20%"], ["Deals", 15]],
        "B9", 51, 15),
    "the last step, after what there is already": (  # (100 − 28) ÷ 40 %
        [["新規売上目標（万円）", 5400], ["受注単価（万円）", 180], ["必要受注数", 30], ["受注率", "30%"], ["必要案件数", 100], ["手持ち案件数", 28], ["新たに必要な案件数", 72],
         ["案件化率", "40%"], ["必要商談数", 180]],
        "B9", 198, 180),
    "a count that two want exactly, by roundings of its own": (  # 48 × 25 %, and 420,000 ÷ 35,000
        [["Operators on the list", 640], ["reached by phone", "50%"], ["Operators reached", 320], ["scoping call", "25%"], ["Scoping calls", 80],
         ["method statement asked for", "60%"], ["Method statements", 48], ["job", "25%"], ["Jobs", 12], ["Average job ($)", 35_000], ["Revenue ($)", 420_000]],
        "B9", 13, 12),
    "added up so far, by its heading": (  # 24 + 14
        [["Week", "Demos", "Cum. demos"], ["W1", 12, 12], ["W2", 12, 24], ["W3", 14, 38], ["W4", 15, 53], ["W5", 16, 69], ["W6", 18, 87]],
        "C4", 83, 38),
    "each line the one before and what came, whatever they are called": (  # 95,281 − 89,888
        [["Month", "MRR target", "New MRR needed"], ["Jan", 80_000], ["Feb", 84_800, 4800], ["Mar", 89_888, 5088], ["Apr", 95_281, 5393], ["May", 100_998, 5717],
         ["Jun", 107_058, 6060], ["Jul", 113_482, 6424]],
        "C5", 53_930, 5393),
    "no word but outlook": (  # 1,430 + 860; 22,900 − 2,400 isn't −110
        [["Outlook FY26 ($k)", "Plan", "Actual Jan-Aug", "Forecast Sep-Dec", "Outlook", "Var to plan"], ["New business", 2400, 1430, 860, 2290, -110],
         ["Expansion", 900, 655, 290, 945, 45], ["Renewals", 5200, 3410, 1690, 5100, -100], ["Total", 8500, 5495, 2840, 8335, -165]],
        "E2", 22_900, 2290),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "cell", "wrong", "right"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_named_alone(rows: Rows, cell: str, wrong: Any, right: Any) -> None:
    assert_named(rows, cell, wrong, right)


RIGHT: dict[str, Rows] = {
    "a rate of a count further up": [  # 180 PQLs × 20 %, and not those that were assisted
        ["Trials started", 1600], ["Activation", "45%"], ["Activated accounts", 720], ["PQL share", "25%"], ["PQLs", 180], ["Sales-assist rate", "60%"],
        ["Sales-assisted", 108], ["Paid conversion of PQLs", "20%"], ["Paid accounts", 36]],
    "about so many": [["Deals", "~35"], ["Win rate", "about 30%"], ["Opportunities", "~115"], ["Lead to opp", "c. 20%"], ["Leads", "roughly 580"]],
    "the mean price of two kinds of deals": [  # 88 is 6,600 ÷ 75, and 30 new ones cost 100
        ["新規契約数", 30], ["初年度単価（万円）", 100], ["新規売上（万円）", 3000], ["前年からの継続先", 50], ["継続率", "90%"], ["継続契約数", 45], ["継続単価（万円）", 80],
        ["継続売上（万円）", 3600], ["売上計（万円）", 6600], ["契約数計", 75], ["平均単価（万円）", 88]],
    "so many a head, below totals": [  # 60 ÷ 8; nobody adds up 2, 2.5, 2 and 2.4
        ["", "1Q", "2Q", "3Q", "4Q", "通期"], ["新規契約（社）", 12, 15, 14, 19, 60], ["解約（社）", 2, 3, 3, 4, 12], ["期末契約社数", 90, 102, 113, 128, 128],
        ["営業人員（期末）", 6, 6, 7, 8, 8], ["新規契約／人", 2, 2.5, 2, 2.4, 7.5]],
    "another year's count at the end": [
        ["新規売上目標（万円）", 5400], ["受注単価（万円）", 180], ["必要受注数", 30], ["受注率", "30%"], ["必要案件数", 100], ["案件化率", "40%"], ["前年の商談数", 198]],
}  # fmt: skip


@pytest.mark.parametrize("rows", RIGHT.values(), ids=RIGHT)
def test_a_right_list_is_silent(rows: Rows) -> None:
    assert named(check(*rows)) == []


def test_a_nought_too_many_between_rounded_steps_is_named() -> None:
    """54 ÷ 35 % and 517 × 30 % are 154.3 and 155.1: both want 155, each rounded in its way."""
    rows: Rows = [
        ["目標売上(万円)", 8000], ["平均旅行代金(万円)", 150], ["必要件数", 54], ["成約率", "35%"], ["必要見積", 155], ["見積依頼率", "30%"], ["必要訪問", 517],
        ["1人の年間訪問数", 180], ["必要人員", 3],
    ]  # fmt: skip
    assert named(check(*rows)) == []
    assert named(check(*typed(rows, "B5", 1550))) == ["B5"]

"""Lists of single figures, each worked out of those beside it: right and silent, then with one figure wrong."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, check, codes

# name: (a right sheet, the wrong cell and what is typed there, the right figure)
LISTS: dict[str, tuple[Rows, str, Any, Any]] = {
    "rates under arrows in the column of the labels": (  # 180 × 50 %, 36 ÷ 40 %
        [["逆算図（目標）"], ["架電", 9000], ["▼ 2%"], ["アポ", 180], ["▼ 50%"], ["有効面談", 90], ["▼ 40%"], ["見積", 36], ["▼ 25%"], ["受注", 9]],
        "B6", 99, 90),
    "rates between the counts, one row up": (  # 800 × 30 %, 120 ÷ 50 %
        [["Funnel goal"], [None, "40%", None, "30%", None, "50%", None, "25%"],
         ["Leads", None, "MQLs", None, "Calls", None, "Demos", None, "Wins"], [2000, None, 800, None, 240, None, 120, None, 30]],
        "E4", 270, 240),
    "rates that two lines of counts share": (  # 90 ÷ 36 % → 250; 250 × 40 %
        [["月間目標（10名）", "架電", "接続", "アポ", "訪問", "受注"], ["件数", 5000, 1000, 250, 100, 20],
         ["前工程比", None, "20%", "25%", "40%", "20%"], ["1人", 500, 100, 25, 10, 2]],
        "D2", 290, 250),
}  # fmt: skip


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_that_is_right_is_silent_and_its_wrong_figure_is_named(kind: str) -> None:
    assert_named(*LISTS[kind])


RIGHT: dict[str, Rows] = {
    "visits in person, after the appointments": [["営業目標"], ["架電", 5000], ["アポ", 250], ["訪問", 200], ["見積", 80], ["受注", 20]],
    "rates of last year under the arrows": [
        ["今期目標と前期の率"], ["リード", 2000], ["↓ 38%"], ["商談", 800], ["↓ 31%"], ["提案", 240], ["↓ 52%"], ["見積", 130], ["↓ 22%"], ["受注", 30]],
}  # fmt: skip


@pytest.mark.parametrize("kind", RIGHT)
def test_a_list_that_looks_wrong_and_is_right_is_silent(kind: str) -> None:
    assert codes(check(*RIGHT[kind])) == []

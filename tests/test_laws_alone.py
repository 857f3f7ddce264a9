"""One step of a list that alone fails: its rate is called as one of its counts is, and something else confirms one of them."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, check, codes

# name: (a right sheet, the wrong cell and what is typed there, the right figure)
ALONE: dict[str, tuple[Rows, str, Any, Any]] = {
    "the last rate of a list": (  # 800 ÷ 32,000, and 120 ÷ 15 % trials
        [["Self-serve SaaS targets"], ["New paying accounts", 120], ["Trial-to-paid", "15%"], ["Trials started", 800],
         ["Signup rate (visitor to trial)", "2.5%"], ["Site visitors", 32_000]],
        "B5", "20.5%", 0.025),
    "a rate in tenths and hundredths": (  # 20 ÷ 25 %, and 5,000 ÷ 250 deals
        [["来期目標"], ["新規売上", "5,000万円"], ["平均単価", "250万円"], ["受注", "20件"], ["受注率", "2割5分"], ["商談", "80件"]],
        "B6", "100件", 80),
}  # fmt: skip


@pytest.mark.parametrize("kind", ALONE)
def test_a_step_that_alone_fails_names_its_cell(kind: str) -> None:
    assert_named(*ALONE[kind])


RIGHT: dict[str, Rows] = {
    "counts raised to tens": [  # 25 ÷ 20 % = 125, 130 ÷ 30 % = 433
        ["営業目標（10件単位に切上げ）"], ["受注目標", 25], ["受注率", "20%"], ["必要提案", 130], ["提案化率", "30%"], ["必要商談", 440]],
    "a rate in tenths and a half": [["目標"], ["売上", "4,200万円"], ["単価", "300万円"], ["受注", 14], ["受注率", "3割5分"], ["商談", 40]],
    "what is left when some go": [  # 1,500 − 12 %
        ["Goal ($k)"], ["Retainers", 25], ["Fee of each", 60], ["Base", 1500], ["Base churn", "12%"], ["Base after churn", 1320]],
    "two steps of other counts than those beside their rates": [  # 36 % of all 250, not of the 120 above
        ["目標"], ["商談", 250], ["うち訪問の商談", 120], ["提案化率", "36%"], ["提案", 90], ["成約率", "40%"], ["成約", 36]],
}  # fmt: skip


@pytest.mark.parametrize("kind", RIGHT)
def test_what_only_looks_like_a_step_is_silent(kind: str) -> None:
    assert codes(check(*RIGHT[kind])) == []

"""Rates from the first stage on, and of the whole funnel: right and silent, then with one figure wrong."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, check, codes

# name: (a right sheet, the wrong cell and what is typed there, the right figure)
CUMULATIVE: dict[str, tuple[Rows, str, Any, Any]] = {
    "beside the rate to the next stage": (  # 300 ÷ 1,000
        [["ステージ", "目標件数", "次への転換率", "累計転換率（MQL比）"], ["MQL", 1000, "60%", "100%"], ["SAL", 600, "50%", "60%"],
         ["SQL", 300, "60%", "30%"], ["案件", 180, "25%", "18%"], ["受注", 45, "-", "4.5%"]],
        "D4", "50%", 0.3),
    "of the leads, without the first one's": (  # 24 ÷ 800
        [["段階", "目標", "対リード率"], ["リード", 800, None], ["アポ", 160, "20%"], ["商談", 96, "12%"], ["提案", 60, "7.5%"], ["受注", 24, "3%"]],
        "C6", "40%", 0.03),
    "of the top, in English": (  # 90 ÷ 3,000
        [["Stage", "Goal", "Step rate", "% of top"], ["Visitors", 3000, None, "100%"], ["Signups", 450, "15%", "15%"],
         ["Activated", 180, "40%", "6%"], ["Paying", 90, "50%", "3%"]],
        "D5", "7.5%", 0.03),
    "from the deals back": (  # 125 ÷ 2,500
        [["Stage", "Needed", "Step", "Cumulative conversion"], ["Won", 25, "50%", "1%"], ["Proposals", 50, "40%", "2%"],
         ["Meetings", 125, "25%", "5%"], ["Replies", 500, "20%", "20%"], ["Contacts", 2500, None, "100%"]],
        "D4", "10%", 0.05),
    "stages side by side": (  # 72 ÷ 1,200
        [["目標", "来場", "名刺", "アポ", "商談", "受注"], ["件数", 1200, 600, 120, 72, 18], ["対来場比", "100%", "50%", "10%", "6%", "1.5%"]],
        "E3", "60%", 0.06),
    "of the whole funnel, below it": (  # 20 ÷ 2,000
        [["採用目標", "人数"], ["応募", 2000], ["書類通過率", "20%"], ["面接", 400], ["内定率", "10%"], ["内定", 40], ["承諾率", "50%"], ["承諾", 20],
         ["全体の通過率", "1%"]],
        "B9", "2%", 0.01),
    "of the whole funnel, in English": (  # 30 ÷ 6,000
        [["Goal", "Count"], ["Visitors", 6000], ["Visitor to trial", "5%"], ["Trials", 300], ["Trial to paid", "10%"], ["Paid", 30],
         ["Paid to annual", "40%"], ["Annual", 12], ["Overall conversion", "0.2%"]],
        "B9", "0.5%", 0.002),
}  # fmt: skip


@pytest.mark.parametrize("kind", CUMULATIVE)
def test_a_rate_of_the_first_stage_is_held_against_it(kind: str) -> None:
    assert_named(*CUMULATIVE[kind])


RIGHT: dict[str, Rows] = {
    "attained so far, of another goal": [
        ["項目", "目標", "累計達成率"], ["リード", 800, "100%"], ["商談", 160, "85%"], ["受注", 32, "62%"]],
    "of the whole, of last year": [
        ["採用目標", "人数"], ["応募", 2000], ["書類通過率", "20%"], ["面接", 400], ["内定率", "10%"], ["内定", 40], ["承諾率", "50%"], ["承諾", 20],
        ["昨年の全体通過率", "0.8%"]],
    "rounded": [
        ["Stage", "Goal", "% of leads"], ["Leads", 730, "100%"], ["Calls", 219, "30%"], ["Pitches", 88, "12%"], ["Orders", 27, "3.7%"]],
}  # fmt: skip


@pytest.mark.parametrize("kind", RIGHT)
def test_rates_of_something_else_are_silent(kind: str) -> None:
    assert codes(check(*RIGHT[kind])) == []

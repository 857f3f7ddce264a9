"""Kinds of sheets that the twenty-seventh stranger brought: what is right in them is silent, what is wrong is named."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, check, codes

# name: (a right sheet, the wrong cell and what is typed there, the right figure)
WRONG: dict[str, tuple[Rows, str, Any, Any]] = {
    "a margin on a count, and calls for it": (  # 75 × 1.2, 6,000 × 1.5 %
        [["上期 必要数試算"], ["受注", 18], ["受注率", "30%"], ["商談実施", 60], ["実施率", "80%"], ["アポ", 75], ["予備（アポに上乗せ）", "20%"],
         ["アポ獲得目標（予備込み）", 90], ["架電アポ率", "1.5%"], ["必要コール", 6000]],
        "B8", 72, 90),
    "leads by their cost, thousands of dollars beside dollars": (  # 800,000 ÷ 10,500 = 76.2, told as 77; not the mean of 80, 50, 120, 160
        [["Programme goals (k$ except CPL)"], ["Programme", "Budget", "Leads", "CPL ($)", "Customers"], ["Search", 400, 5000, 80, 50],
         ["Paid social", 200, 4000, 50, 20], ["Review sites", 120, 1000, 120, 20], ["Podcast", 80, 500, 160, 4],
         ["Total / blended", 800, 10_500, 76, 94]],
        "D7", 103, 77),
    "rates that a note says, of months": (  # 29,282 × 5 %, and 146 are 10 % of it
        [["H2 growth goal"], ["Visits grow 10% a month; 5% sign up; 10% of sign-ups pay"], [None, "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
         ["Visits", 20_000, 22_000, 24_200, 26_620, 29_282, 32_210], ["Sign-ups", 1000, 1100, 1210, 1331, 1464, 1611],
         ["Paying teams", 100, 110, 121, 133, 146, 161]],
        "F5", 1644, 1464),
}  # fmt: skip


@pytest.mark.parametrize("kind", WRONG)
def test_what_is_wrong_is_named(kind: str) -> None:
    assert_named(*WRONG[kind])


RIGHT: dict[str, Rows] = {
    "a total in millions, as a note says rounded": [  # 143.36 + 168.2 = 311.56
        ["指標（目標）", "単位", "上期", "下期", "年間"], ["受注高", "百万円", 143, 168, 312], ["受注高（内訳）", "千円", 143_360, 168_200, 311_560],
        ["受注", "件", 112, 116, 228], ["百万円は四捨五入のため計が合わないことがある"]],
    "a line of totals by another name": [
        ["ABM programme", "Accounts", "Reach", "Meetings goal"], ["Tier 1", 40, "50%", "=B2*C2"], ["Tier 2", 120, "25%", "=B3*C3"],
        ["Tier 3", 300, "10%", "=B4*C4"], ["Programme", "=SUM(B2:B4)", None, "=SUM(D2:D4)"], [None], ["Agreed with sales"],
        ["Meetings", 80]],
    "deals of the quarter before, and the year beside them": [
        ["Wins lag opportunities by one quarter; 25% of last quarter's opps close"], [None, "Q1", "Q2", "Q3", "Q4", "FY"],
        ["Opps created", 80, 88, 96, 104, 368], ["Wins (from prior quarter's opps; Q4 FY26 = 72)", 18, 20, 22, 24, 84]],
}  # fmt: skip


@pytest.mark.parametrize("kind", RIGHT)
def test_what_is_right_is_silent(kind: str) -> None:
    assert codes(check(*RIGHT[kind])) == []

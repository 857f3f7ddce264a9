"""Right sheets pasted as values, whose figures follow as a word, a remark or another figure says; and slips near them."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, check, named, typed

RIGHT: dict[str, Rows] = {
    # 41,000 × 2 % are 820, and 300 of a fair.
    "leads of a fair on top, as a note says": [
        ["", "Q1", "Q2", "Q3", "Q4"], ["Visits", 40_000, 42_000, 41_000, 45_000], ["Visit-to-lead", "2%", "2%", "2%", "2%"],
        ["Leads", 800, 840, 1120, 900], ["Note", None, None, "incl. 300 leads from the trade fair"]],
    # 4,800 calls of 5 minutes are 24,000 minutes: 400 hours.
    "minutes of hours": [
        ["月間リード数", 1200], ["1リードあたり架電回数", 4], ["架電数", 4800], ["1架電あたり（分）", 5], ["必要時間", 400], ["1人あたり架電時間／月", 100], ["必要人数", 4]],
    # 9,000 of the budget ÷ 18 companies.
    "what one company costs, of the budget far above": [
        ["Ad budget", 9000], ["Price per click", 1.5], ["Clicks", 6000], ["Fill in form", "5%"], ["Leads", 300], ["Call booked", "30%"], ["Calls", 90],
        ["Signed", "20%"], ["Companies signed", 18], ["Members per company", 25], ["New members", 450], ["Fee per month", 28], ["New monthly income", 12_600],
        ["Ad cost per signed company", 500]],
    # 1,000 attendees ÷ 50; five of them make one of the 200 consultations.
    "how many each, as its own name says": [
        ["New matters", 80], ["Consultation-to-instruction", "40%"], ["Consultations", 200], ["Seminar attendees per consultation", 5],
        ["Seminar attendees", 1000], ["Seminars (50 attendees each)", 20]],
    # 60 of 400 leads: the column 分母 says so.
    "a column of denominators": [
        ["段階", "件数", "率", "分母"], ["訪問", 20_000], ["リード", 400, "2%", "訪問"], ["アポ", 80, "20%", "リード"], ["商談", 60, "15%", "リード"], ["受注", 15, "25%", "商談"]],
    # 22,000 each, as the heading says; 2.2 million are all that is given out.
    "what is given out to all, and a price in a heading": [
        ["Team goal", 2_000_000], ["Buffer", "10%"], ["To be assigned", 2_200_000], [None], ["Rep", "Quota", "Deals ($22k)"], ["Ines", 550_000, 25],
        ["Tom", 484_000, 22], ["Priya", 440_000, 20], ["Jack", 396_000, 18], ["Yuki", 330_000, 15], ["Sum", 2_200_000, 100]],
    # 20 opportunities of February are for the 5 deals of March; the win rate stands over March.
    "a rate above a heading": [
        ["Opportunities are created one month before the deal closes; win rate", None, None, "25%"], ["Month", "Jan", "Feb", "Mar", "Apr", "May", "Jun"],
        ["Deals closed", 4, 4, 5, 6, 6, 8], ["Opps to create this month", 16, 20, 24, 24, 32, 36]],
    # 720 with the buffer × 40 % are 288.
    "a share of its own column's leads": [
        ["項目", "素の必要数", "余裕2割込み"], ["受注数", 45, 45], ["受注率", "30%"], ["商談数", 150, 180], ["商談化率", "25%"], ["リード数", 600, 720],
        ["CVR", "1.5%"], ["訪問数", 40_000, 48_000], ["広告比率", "40%"], ["広告リード", None, 288]],
    # 30 × 60 % would be 18: as many as the 15 opportunities and the 3 that are won, by chance.
    "accounts, and rates from the stage before": [
        ["Stage", "Accounts", "From previous stage"], ["Target accounts", 250], ["Engaged", 100, "40%"], ["First meeting", 30, "30%"],
        ["Opportunity", 15, "50%"], ["Won", 3, "20%"]],
}  # fmt: skip

SLIPS: dict[str, tuple[str, str, Any]] = {
    "leads by another number of calls each": ("minutes of hours", "B2", 5),
    "calls with a digit too few": ("what one company costs, of the budget far above", "B7", 9),
    "a rate by which two stages would be one": ("accounts, and rates from the stage before", "C5", "60%"),
    "a quota that isn't so many deals": ("what is given out to all, and a price in a heading", "B7", 448_000),
}


@pytest.mark.parametrize("rows", RIGHT.values(), ids=list(RIGHT))
def test_what_a_sheet_says_itself_is_no_error(rows: Rows) -> None:
    report = check(*rows)
    assert not named(report), report.findings


@pytest.mark.parametrize(("name", "cell", "value"), SLIPS.values(), ids=list(SLIPS))
def test_a_slip_beside_it_is_named(name: str, cell: str, value: Any) -> None:
    assert named(check(*typed(RIGHT[name], cell, value))) == [cell]

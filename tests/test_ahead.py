"""Figures that come some months before those that they make, as a text says: right and silent, then with one figure wrong."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, check, codes

# name: (a right sheet, the wrong cell and what is typed there, the right figure)
AHEAD: dict[str, tuple[Rows, str, Any, Any]] = {
    "pipeline of a quarter for the next one's bookings": (  # 4 × 560
        [["Pipeline plan, $k", "Q1", "Q2", "Q3", "Q4", "Q1 FY27"], ["Bookings target", 400, 480, 560, 640, 720],
         ["Coverage", "4x", "4x", "4x", "4x", None], ["Pipeline to create (for next quarter's bookings)", 1920, 2240, 2560, 2880, None]],
        "C4", 1920, 2240),
    "leads three months before, with rates in words": (  # 40 × 10
        [["1 in 4 opportunities closes; 1 in 10 leads becomes one; sales cycle 3 months"],
         ["Month", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep"], ["Deals to close", 5, 6, 8, 7, 8, 10, 9, 6, 11],
         ["Leads required", 280, 320, 400, 360, 240, 440, None, None, None]],
        "D4", 320, 400),
    "two months later, in Japanese": (  # 12 ÷ 4 %
        [["受注計画（リードは2か月後に受注、受注率4%）"], ["月", "リード", "受注"], ["4月", 250, 7], ["5月", 300, 8], ["6月", 275, 10], ["7月", 350, 12],
         ["8月", 325, 11], ["9月", 400, 14], ["10月", None, 13], ["11月", None, 16]],
        "B6", 325, 350),
    "the next month's, rounded, with a rate in the label": (  # 184 × 15 % = 27.6
        [["", "4月", "5月", "6月", "7月", "8月", "9月"], ["アポ目標", 160, 173, 184, 205, 190, 211], ["翌月の商談（アポの15%）", None, 24, 26, 28, 31, 29]],
        "E3", 25, 28),
    "a rate for each month": (  # 400 × 12 %
        [["Lead plan, booked one month later", "Apr", "May", "Jun", "Jul", "Aug"], ["Leads", 300, 350, 400, 450, 500],
         ["Lead to call", None, "10%", "12%", "12%", "14%"], ["Calls booked", None, 30, 42, 48, 63]],
        "E4", 54, 48),
}  # fmt: skip


@pytest.mark.parametrize("kind", AHEAD)
def test_what_makes_a_later_months_figure_is_held_against_it(kind: str) -> None:
    assert_named(*AHEAD[kind])


RIGHT: dict[str, Rows] = {
    "ramped by hand in one month": [
        ["Leads feed the next month's deals"], ["", "Apr", "May", "Jun", "Jul", "Aug"], ["Leads", 200, 240, 300, 280, 260],
        ["Deals", 9, 10, 11, 16, 13]],
    "a plan that grows by the same each month": [
        ["目標（翌月の準備を前月に行う）", "4月", "5月", "6月", "7月", "8月"], ["受注", 10, 20, 30, 40, 50], ["商談", 40, 80, 120, 160, 200]],
    "deals two months later, the first typed from last year": [
        ["受注計画（2か月後に受注）"], ["月", "リード", "受注"], ["4月", 250, 9], ["5月", 300, 7], ["6月", 275, 10], ["7月", 350, 12], ["8月", 325, 11],
        ["9月", 400, 14]],
}  # fmt: skip


@pytest.mark.parametrize("kind", RIGHT)
def test_months_that_follow_from_nothing_are_silent(kind: str) -> None:
    assert codes(check(*RIGHT[kind])) == []

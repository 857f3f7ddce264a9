"""Figures of one by another, as their labels say, and columns per head and per day: right and silent, then with one figure wrong."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, check, codes

# name: (a right sheet, the wrong cell and what is typed there, the right figure)
EACH: dict[str, tuple[Rows, str, Any, Any]] = {
    "contacts per appointment and a week": (  # 30 × 60
        [["Agent's goal"], ["Closings", 12], ["Listing appointments", 60], ["Contacts per appointment", 30], ["Contacts for the year", 1800],
         ["Working weeks", 48], ["Contacts per week", 37.5]],
        "B5", 1500, 1800),
    "between the two that it ties": (  # 12 × 80
        [["Goal", "Low", "High"], ["Meetings", 60, 80], ["Calls needed per meeting", 12, 12], ["Calls", 720, 960]],
        "C4", 840, 960),
    "what one of these takes, in Japanese": (  # 50 × 40
        [["営業活動 目標"], ["受注", 10], ["アポ", 40], ["アポ1件に必要な架電数", 50], ["架電数", 2000], ["営業人数", 5], ["1人あたり架電数", 400]],
        "B5", 2400, 2000),
    "each time, in Japanese": (  # 640 ÷ 8
        [["集客目標"], ["必要申込数", "640名"], ["開催回数", "8回"], ["1回あたり申込数", "80名"], ["商談目標", "32件"], ["商談化率", "5%"]],
        "B4", "64名", 80),
    "to win one, in Japanese": (  # 4 × 25
        [["項目", "目標"], ["契約", 25], ["1件契約するのに必要な商談数", 4], ["商談数", 100], ["稼働日数", 20], ["1日あたり商談数", 5]],
        "B4", 125, 100),
    "columns per head and per day": (  # 200 ÷ 5
        [["Activity goals", "Team / month", "Per SDR / month", "Per SDR / day"], ["Dials", 10_000, 2000, 100], ["Conversations", 1000, 200, 10],
         ["Meetings booked", 200, 40, 2], ["Meetings held", 150, 30, 1.5]],
        "C4", 50, 40),
    "columns of a year, a month, a week and a day": (  # 800 ÷ 4
        [["行動目標", "年", "月", "週", "日"], ["訪問", 1440, 120, 30, 6], ["電話", 9600, 800, 200, 40], ["見積", 480, 40, 10, 2],
         ["受注", 96, 8, 2, 0.4]],
        "D3", 185, 200),
    "columns of all, of one head and one head's week": (  # 1,500 ÷ 6
        [["架電目標", "チーム／月", "1人あたり", "1人／週"], ["架電", 6000, 1000, 250], ["接続", 1500, 250, 62.5], ["アポ", 300, 50, 12.5]],
        "C3", 300, 250),
}  # fmt: skip


@pytest.mark.parametrize("kind", EACH)
def test_a_figure_of_one_times_their_number_is_the_whole(kind: str) -> None:
    assert_named(*EACH[kind])


RIGHT: dict[str, Rows] = {
    "calls of all, of which those of the team are a part": [
        ["Goal"], ["Calls", 3000], ["Reps", 4], ["Meetings", 90], ["Win rate", "30%"], ["Deals", 27], ["Calls per rep", 500]],
    "calls of one a day, and of three a month": [["Call goal"], ["Working days", 20], ["Calls per day", 40], ["Calls per month", 2400]],
    "touches of one a day, and of seven a quarter": [
        ["Goal"], ["Working days", 62], ["Effective SDRs", 7.5], ["Touches per day", 100], ["Touches in quarter", 46_500],
        ["Touches per meeting", 150], ["Meetings booked", 310]],
    "rounded up to a whole": [
        ["目標", "件数"], ["架電数", 1250], ["アポ", 60], ["アポ1件あたり架電数", 21], ["営業人数", 7], ["1人あたり架電数", 179]],
    "prices of one, and one of something else": [
        ["目標", "数"], ["契約", 40], ["1件あたり単価", 30], ["月額", 1200], ["開催回数", 6], ["1回あたり集客", 50], ["集客", 300]],
    "a month and a day that aren't of the same days": [
        ["活動目標", "月", "日"], ["架電", 1200, 60], ["訪問", 40, 3], ["見積", 10, 1]],
}  # fmt: skip


@pytest.mark.parametrize("kind", RIGHT)
def test_what_is_called_so_and_is_of_more_is_silent(kind: str) -> None:
    assert codes(check(*RIGHT[kind])) == []

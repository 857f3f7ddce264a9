"""What a line says of its own figures: that it is a mean, that a count is rounded up, that a share of it counts."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, check, grave, typed

REPS: Rows = [
    ["Rep", "Quota ($K)", "Booked ($K)", "Attainment"],
    ["Alvarez", 1200, 900, "75%"],
    ["Brooks", 800, 840, "105%"],
    ["Chen", 500, 600, "120%"],
]
TEAM: list[Any] = ["Team", 2500, 2340, "93.6%"]
MEAN: list[Any] = ["Average per rep", 833, 780, "100%"]

# Lines that have the mean of the rates, their median or the best of them: it isn't the quotient of the two counts there.
TYPICAL: dict[str, Rows] = {
    "a mean below the team": [*REPS, TEAM, MEAN],
    "a mean above the team": [*REPS, MEAN, TEAM],
    "a team above all": [REPS[0], TEAM, *REPS[1:], MEAN],
    "a mean of the team, too": [*REPS, TEAM, ["Average", 833, 780, "98.4%"]],
    "the most and the least": [*REPS, TEAM, ["Max", 1200, 900, "120%"], ["Min", 500, 600, "75%"]],
    "a mean below a section": [
        ["担当", "目標（件）", "受注（件）", "達成率"], ["田中", 40, 30, "75%"], ["鈴木", 20, 21, "105%"], ["佐藤", 10, 12, "120%"], ["課全体", 70, 63, "90%"],
        ["1人平均", 23.3, 21, "100%"]],
}  # fmt: skip


@pytest.mark.parametrize("rows", TYPICAL.values(), ids=TYPICAL)
def test_the_mean_of_rates_beside_the_teams_is_right(rows: Rows) -> None:
    assert not grave(check(*rows))


def test_the_rate_of_the_team_is_the_quotient_of_its_totals() -> None:
    assert_named([*REPS, TEAM, MEAN], "D5", "100%", 0.94)


HEADS: Rows = [
    ["営業人員の算出"], [None, "東日本", "西日本", "計"], ["必要商談数（年）", 900, 520, 1420], ["1人あたり商談数（月）", 10, 10], ["1人あたり商談数（年）", 120, 120],
    ["必要人数（切上げ）", 8, 5, 13], ["現有人数", 6, 5, 11], ["採用人数", 2, 0, 2]]  # fmt: skip
SPELLED: Rows = [
    ["項目", "値", "計算"], ["必要商談数", 520], ["1人あたり商談数", 120], ["必要人数（切上げ）", 5, "必要商談数÷1人あたり商談数"], ["現有人数", 2]]  # fmt: skip


def test_what_is_rounded_up_isnt_less() -> None:
    assert not grave(check(*HEADS))
    found = grave(check(*typed(HEADS, "C6", 4)))  # 520 ÷ 120 are 4.33
    assert [each.cell for each in found] == ["C6"]


def test_nor_where_a_remark_spells_it_out() -> None:
    hired = "必要人数−現有人数"
    assert not grave(check(*SPELLED, ["採用人数", 3, hired]))
    found = grave(check(*typed(SPELLED, "B4", 4), ["採用人数", 2, hired]))
    assert [each.cell for each in found] == ["B4"]


def test_a_count_may_be_rounded_down_where_its_label_says_nothing() -> None:
    assert not grave(check(*typed(typed(SPELLED[:4], "A4", "必要人数"), "B4", 4)))


RAMP: Rows = [
    ["Rep type", "Heads", "Quota ($K)", "Ramp", "Productive capacity ($K)"], ["Ramped AE", 6, 800, "100%", 4800], ["Ramping AE", 3, 800, "50%", 1200],
    ["New hire", 2, 800, "25%", 400], ["Total", 11, None, None, 6400]]  # fmt: skip


@pytest.mark.parametrize("rows", [RAMP, RAMP[:4]], ids=["with its total", "without a total"])
def test_a_share_that_was_forgotten_on_one_line(rows: Rows) -> None:
    assert_named(rows, "E3", 2400, 1200)  # 3 × 800, without the 50 %


def test_a_share_of_something_else_is_no_share_of_the_product() -> None:
    rows: Rows = [
        RAMP[0],
        ["Enterprise", 4, 1200, "100%", 4800],
        ["Mid", 6, 800, "50%", 4800],
        ["Small", 5, 300, "80%", 1500],
        ["Total", 15, None, None, 11_100],
    ]
    assert not grave(check(*rows))

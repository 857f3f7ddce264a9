"""Layouts that strangers typed: what each sheet holds is in sight, and beside it what is right or wrong in it."""

from __future__ import annotations

from typing import Any

import pytest
from test_foreign import check, codes, read

# -- アポ and 商談 on one sheet ----------------------------------------------------

APPOINTMENTS: list[list[Any]] = [
    ["KPI", "目標"],
    ["受注数", 10],
    ["受注率", "25%"],  # 10 ÷ 25 % = 40 商談
    ["商談数", 40],
    ["商談化率", "50%"],  # 40 ÷ 50 % = 80 アポ
    ["アポ数", 80],
    ["アポ率", "20%"],  # 80 ÷ 20 % = 400 leads
    ["リード数", 400],
]


def test_beside_appointments_the_meetings_are_the_stage_after() -> None:
    report = check(*APPOINTMENTS)
    assert (report.status, codes(report)) == ("ok", [])
    assert [read(report)[name] for name in ("won_deals", "opportunities", "meetings", "leads")] == [10, 40, 80, 400]
    assert codes(check(*APPOINTMENTS[:5], ["アポ数", 90], *APPOINTMENTS[6:])) == [("F01", "B6")]


def test_an_arrow_says_which_rate_it_is() -> None:
    rows = [list(each) for each in APPOINTMENTS]
    rows[2][0], rows[4][0], rows[6][0] = "受注率（商談→受注）", "商談化率（アポ→商談）", "商談化率（リード→アポ）"
    assert codes(check(*rows)) == []


def test_one_stage_under_two_names_stays_one() -> None:
    """④ 商談数 40 is split over channels as アポ数 10 + 20 + 10."""
    rows = [["受注数", 3], ["受注率", "30%"], ["案件化数", 10], ["案件化率", "25%"], ["商談数", 40], [],
            ["チャネル", "アポ数", "アポ率", "リード数"],
            ["広告", 10, "10%", 100], ["SEO", 20, "40%", 50], ["メルマガ", 10, "20%", 50]]  # fmt: skip
    report = check(*rows)
    assert codes(report) == []
    assert read(report)["channel_meetings[2]"] == 20
    assert codes(check(*rows[:4], ["商談数", 50], *rows[5:])) == [("F01", "B5")]


# -- worked forward ---------------------------------------------------------------


@pytest.mark.parametrize(
    "figures",
    [
        # 10,000 × 1.3 % = 130; × 22 % = 28.6; × 40 % = 11.6; × 30 % = 3.6: to the nearest
        (10_000, "1.3%", 130, "22%", 29, "40%", 12, "30%", 4),
        # 12,500 × 1.1 % = 137.5; × 23 % = 31.51; × 45 % = 13.95; × 30 % = 3.9: down
        (12_500, "1.1%", 137, "23%", 31, "45%", 13, "30%", 3),
        # 600 / 45,000 = 1.333 %; 110 / 600 = 18.33 %; 50 / 110 = 45.45 %; 17 / 50 = 34 %: the rates written after
        (45_000, "1.3%", 600, "18%", 110, "45%", 50, "34%", 17),
    ],
)
def test_a_sheet_worked_forward_is_right(figures: tuple[Any, ...]) -> None:
    labels = ["訪問数", "CVR", "リード数", "アポ率", "商談数", "案件化率", "案件化数", "受注率", "受注数"]
    rows = [list(each) for each in zip(labels, figures, strict=True)]
    assert codes(check(*rows)) == []
    # Twice the opportunities fit neither way: found, and where they stand.
    rows[6][1] *= 2
    assert [where for _, where in codes(check(*rows))] == ["B7"]

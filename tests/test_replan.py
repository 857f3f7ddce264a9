"""The re-plan worked by hand (docs/worksheet.md, 3 and 6: where it stands now, and the next correction).

Any number of plans against a second calculation and two foreign engines: `sweep_months.py`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from test_monthly_worked import column, figures

from kgisheet.worksheet.solve import Solution

# 12 deals of a million: 24 opportunities, 48 meetings, 96 leads, 9,600 visits a year; 1, 2, 4, 8 and 800 a month.
YEAR = (
    "sheets=all",
    "total_revenue=5000万円", "web_revenue=1200万円", "deal_size=100万円", "win_rate=50%", "opportunity_rate=50%",
    *(f"channel.{name}.meeting_rate=50%" for name in ("広告", "オーガニック", "メルマガ")),
    "months.lead_time.opportunities=1", "months.lead_time.meetings=2", "months.lead_time.leads=3",
)  # fmt: skip


def after(*settings: str, **actuals: list[int]) -> Solution:
    """The year with the actuals of its first months, a list per stage."""
    typed: dict[str, Any] = {
        f"actual_{stage}": {month: Fraction(value) for month, value in enumerate(values, 1)}
        for stage, values in actuals.items()
    }
    return figures(*YEAR, *settings, typed=typed)


def test_what_is_there_counts_first_and_new_leads_bring_the_rest() -> None:
    year = after(won_deals=[1, 1, 0], opportunities=[2, 2, 1], meetings=[4, 4, 4], leads=[8, 6, 8], visits=[800, 700, 810])
    # July's win comes from June's one opportunity (× 50 %), August's from June's 4 meetings (× 25 %), September's from June's 8 leads (× 12.5 %).
    assert column(year, "coming_won_deals")[3:6] == [Fraction(1, 2), 1, 1]
    # 12 − 2 won − 2.5 to expect = 7.5, made whole: 8 deals in the six months that new leads still reach.
    assert year.values["replan_needed_won_deals"] == 8
    assert column(year, "replan_won_deals") == [1, 1, 0, Fraction(1, 2), 1, 1, 1, 2, 1, 1, 2, 1]
    # 16 opportunities a month earlier; July and August come from the meetings and leads that are there; March serves next year.
    assert column(year, "replan_opportunities") == [2, 2, 1, 2, 2, 3, 2, 3, 3, 2, 3, 2]
    # 32 meetings in August to January, 64 leads in July to December (10.67 a month), 100 visits a lead.
    assert column(year, "replan_meetings") == [4, 4, 4, 4, 5, 6, 5, 5, 6, 5, 4, 4]
    assert column(year, "replan_leads") == [8, 6, 8, 11, 10, 11, 11, 10, 11, 8, 8, 8]
    assert column(year, "replan_visits") == [800, 700, 810, 1067, 1066, 1067, 1067, 1066, 1067, 800, 800, 800]
    assert column(year, "replan_before_leads") == [8] * 12
    # The year is reached: 12.5 million, half a deal over, for a deal comes whole.
    assert year.values["replan_revenue_year"] == 12_500_000
    assert year.values["replan_state"] == (
        "年間目標まで、保有パイプラインから見込める分のほかに受注8件が必要です。そのために、残りの月で新しいリードが64件必要です。"
    )


def test_revenue_typed_decides_over_the_number_of_deals() -> None:
    """A deal of two million counts for two: 12 − 3 million − 2.5 deals of a million leave 6.5 → 7 deals."""
    counts: dict[str, list[int]] = {
        "won_deals": [1, 1, 0], "opportunities": [2, 2, 1], "meetings": [4, 4, 4], "leads": [8, 6, 8],
    }  # fmt: skip
    year = after(**counts, revenue=[2_000_000, 1_000_000, 0])
    assert year.values["replan_revenue_left"] == 9_000_000
    assert year.values["replan_needed_won_deals"] == 7


def test_too_late_for_new_leads_is_said() -> None:
    """With nine months gone and leads three months ahead, none of the rest can come from new leads: 12 − 9 × 0 − what is there."""
    year = after(won_deals=[0] * 9, opportunities=[2] * 9, meetings=[4] * 9, leads=[8] * 9)
    assert (year.values["replan_coming"], year.values["replan_needed_won_deals"]) == (3, 9)
    assert column(year, "replan_leads")[9:] == column(year, "replan_before_leads")[9:]
    assert str(year.values["replan_state"]) == (
        "× リードタイムのため、これから獲得するリードは年度内の受注に間に合いません。受注が9件足りません。"
    )


def test_what_is_there_may_be_enough() -> None:
    year = after(won_deals=[5, 5, 0], opportunities=[2, 2, 1], meetings=[4, 4, 4], leads=[8, 6, 8])
    assert year.values["replan_needed_won_deals"] == 0
    assert str(year.values["replan_state"]).startswith("○ ")
    assert column(year, "replan_won_deals")[6:] == [0] * 6


def test_a_goal_that_the_actuals_have_reached_needs_no_pipeline() -> None:
    """13 deals of a million won by June, of 12."""
    year = after(won_deals=[3, 2, 2, 2, 2, 2], opportunities=[2] * 6, meetings=[4] * 6, leads=[8] * 6)
    assert year.values["replan_state"] == "○ 実績で年間目標に届いています。"


@pytest.mark.parametrize("actuals", [{}, {"won_deals": [1, 1]}, {"leads": [8], "meetings": [4], "opportunities": [2]}])
def test_a_stage_without_actuals_leaves_the_plan(actuals: dict[str, list[int]]) -> None:
    year = after(**actuals)
    assert year.values["replan_from"] == 0
    assert column(year, "replan_leads") == column(year, "replan_before_leads")
    assert "1か月分そろうと" in str(year.values["replan_state"])


def test_without_lead_times_the_rest_is_spread_over_all_months_that_remain() -> None:
    """11 months left for 12 − 0 deals: 12/11 a month by cumulative rounding, and so at every stage."""
    flat = tuple(f"months.lead_time.{stage}=0" for stage in ("opportunities", "meetings", "leads"))
    year = after(*flat, won_deals=[0], opportunities=[0], meetings=[0], leads=[0])
    assert column(year, "replan_won_deals") == [0, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1]
    assert year.values["replan_leads_year"] == 96

"""The chain worked out a second time, from docs/contract.md (Arithmetic) alone, for random plans.

Nothing of kgisheet's arithmetic is used on the expected side.
"""

from __future__ import annotations

import tomllib
from fractions import Fraction
from typing import Any

import pytest
from conftest import examples, values
from hypothesis import given, settings
from months_by_contract import count
from test_referees import plans

from kgisheet import api


def percent(text: str) -> Fraction:
    return Fraction(text.removesuffix("%")) / 100


def by_contract(plan: dict[str, Any]) -> dict[str, Fraction]:
    mode = plan["rounding"]
    found: dict[str, Fraction] = {}
    deals = count(Fraction(plan["web_revenue"]) / plan["deal_size"], mode)
    if plan.get("start_from") == "deals":
        deals = count(Fraction(str(plan["monthly_deals"])) * (12 if plan["period"] == "year" else 1), mode)
    found["won_deals"] = needed = deals
    needed = count(deals / percent(plan["win_rate"]), mode)
    if "opportunity_rate" in plan and plan.get("opportunity_stage") != "skip":
        found["opportunities"] = needed
        needed = count(needed / percent(plan["opportunity_rate"]), mode)
    found["required_meetings"] = needed
    through, before = Fraction(0), Fraction(0)
    totals = {"meetings": Fraction(0), "leads": Fraction(0), "visits": Fraction(0)}
    for number, channel in enumerate(plan["channel"], 1):
        share = percent(channel["share"])
        through += share
        # Per-channel meetings by cumulative rounding, half up, with the same guard; with none, neither.
        upto = count(needed * through, "nearest")
        meetings = needed * share if mode == "none" else upto - before
        before = upto
        leads = count(meetings / percent(channel["meeting_rate"]), mode)
        found |= {f"channel_meetings[{number}]": meetings, f"channel_leads[{number}]": leads}
        totals["meetings"] += meetings
        totals["leads"] += leads
        if "cvr" in channel:
            visits = count(leads / percent(channel["cvr"]), mode)
            found[f"channel_visits[{number}]"] = visits
            totals["visits"] += visits
    return found | totals


def test_the_contract_worked_by_hand() -> None:
    """This referee first says what docs/worksheet.md says, and says no to another mode."""
    plan: dict[str, Any] = {
        "web_revenue": 12_000_000, "deal_size": 4_000_000, "win_rate": "30%", "opportunity_rate": "25%", "rounding": "up",
        "channel": [{"share": "25%", "meeting_rate": "10%", "cvr": "1%"}, {"share": "50%", "meeting_rate": "30%", "cvr": "1%"},
                    {"share": "25%", "meeting_rate": "20%", "cvr": "1%"}],
    }  # fmt: skip
    assert (by_contract(plan)["leads"], by_contract(plan)["visits"]) == (217, 21_700)
    assert by_contract(plan | {"rounding": "down"})["leads"] == 216


@settings(max_examples=examples(10), database=None)
@given(plans())
def test_random_plans_are_as_the_contract_says(text: str) -> None:
    found = values(api.workbook(api.plan_from_toml(text, "random.toml", "ja"), "ja"))
    for name, expected in by_contract(tomllib.loads(text)).items():
        assert found[name] == pytest.approx(float(expected), rel=1e-12) or (found[name] is None and name == "visits"), name

"""How the year is spread, taken back out of a workbook in which somebody changed it."""

from __future__ import annotations

import hands
import stored
from conftest import page_and_months

from kgisheet import api


def changed(**typed: object) -> bytes:
    """The worked example with other values in the first cells of some names."""
    there = stored.places(page_and_months())
    return hands.typed(page_and_months(), **{name if name in there else f"{name}[1]": value for name, value in typed.items()})


def test_weights_and_lead_times_that_were_typed_are_in_the_plan() -> None:
    text, problems = api.extract(changed(month_weight=2.5, lead_time_leads=3, next_year_revenue=0), "goal.xlsx")
    assert problems == []
    plan = api.plan_from_toml(text, "plan.toml", "ja")
    weights = plan.inputs["month_weight"]
    assert isinstance(weights, list)
    assert [float(each) for each in weights if each is not None and not isinstance(each, str)][:2] == [2.5, 1.0]  # type: ignore[arg-type]  # numbers
    assert plan.inputs["lead_time_leads"] == 3
    assert plan.inputs["next_year_revenue"] == 0
    assert 'next_year = "none"' in text


def test_what_nobody_changed_stays_in_the_plans_own_words() -> None:
    data = page_and_months(**{"months.weights": "quarter_end"})
    assert 'weights = "quarter_end"' in api.extract(data, "goal.xlsx")[0]
    assert "[months]" not in api.extract(page_and_months(), "goal.xlsx")[0]

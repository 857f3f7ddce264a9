"""How the year is spread, taken back out of a workbook in which somebody changed it."""

from __future__ import annotations

import io

import openpyxl
from conftest import book

from kgisheet import api


def changed(**typed: object) -> bytes:
    """The worked example with other values in the first cells of some names."""
    wanted = openpyxl.load_workbook(io.BytesIO(book()))
    for name, value in typed.items():
        sheet, cell = wanted.defined_names[name].attr_text.rsplit("!", 1)
        wanted[sheet.strip("'")][cell.replace("$", "").partition(":")[0]] = value
    out = io.BytesIO()
    wanted.save(out)
    return out.getvalue()


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
    data = book(**{"months.weights": "quarter_end"})
    assert 'weights = "quarter_end"' in api.extract(data, "goal.xlsx")[0]
    assert "[months]" not in api.extract(book(), "goal.xlsx")[0]

"""A wrong expression in a template agrees with itself everywhere: these tests must still catch it.

Each plants one error that loads without complaint, and shows that the hand-worked
figures, or the sheet's own forward check, then fail.
"""

from __future__ import annotations

import pytest
from conftest import values
from test_worked_example import BY_HAND

from kgisheet import api
from kgisheet.template import declaration, locate

PLANTED = {
    "deals from total revenue": ('formula = "web_revenue / deal_size"', 'formula = "total_revenue / deal_size"', "won_deals"),
    "win rate used twice": (
        'formula = "opportunities / opportunity_rate / scenario_opportunity_rate"',
        'formula = "opportunities / win_rate"',
        "required_meetings",
    ),
    "leads multiplied": (
        'formula  = "channel_meetings / channel_meeting_rate / scenario_meeting_rate"',
        'formula  = "channel_meetings * channel_meeting_rate"',
        "channel_leads[1]",
    ),
    "visits from meetings": (
        'formula  = "channel_leads / channel_cvr / scenario_cvr"',
        'formula  = "channel_meetings / channel_cvr"',
        "visits",
    ),
    "leads not rounded": (
        'formula  = "channel_meetings / channel_meeting_rate / scenario_meeting_rate"\nround    = true',
        'formula  = "channel_meetings / channel_meeting_rate / scenario_meeting_rate"',
        "leads",
    ),
}


@pytest.mark.parametrize("case", PLANTED)
def test_a_wrong_expression_fails_the_hand_worked_figures(case: str) -> None:
    right, wrong, first = PLANTED[case]
    text = locate.read("standard")
    assert text is not None
    assert text.count(right) == 1
    plan = api.plan_from_example("ja", (), declaration.parse(text.replace(right, wrong), "planted.toml"))
    found = values(api.workbook(plan, "ja"))
    assert found[first] != BY_HAND[first]


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('formula = "web_revenue / deal_size"', 'formula = "deal_size / win_rate"', "currency"),
        ('formula = "won_deals / win_rate / scenario_win_rate"', 'formula = "won_deals + win_rate"', "count + rate"),
        ('formula = "total_revenue - web_revenue"', 'formula = "total_revenue / web_revenue"', "number"),
    ],
)
def test_an_expression_whose_units_do_not_fit_is_refused_with_file_and_line(right: str, wrong: str, says: str) -> None:
    text = locate.read("standard")
    assert text is not None
    planted = text.replace(right, wrong)
    line = planted[: planted.index(wrong)].count("\n") + 1
    with pytest.raises(api.TemplateError) as refused:
        api.check_template(declaration.parse(planted, "planted.toml"))
    (problem,) = refused.value.problems
    assert (problem.source, problem.line) == ("planted.toml", line)
    assert says in problem.what.en

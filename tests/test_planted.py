"""A wrong expression in a template agrees with itself everywhere: these tests must still catch it.

Each plants one error that loads without complaint, and shows that the hand-worked
figures, or the sheet's own forward check, then fail.
"""

from __future__ import annotations

import pytest
from conftest import PAGE, values
from test_worked_example import BY_HAND

from kgisheet import api
from kgisheet.template import declaration, locate

PLANTED = {
    "deals from total revenue": (
        'formula = "web_revenue_used / deal_size"',
        'formula = "total_revenue / deal_size"',
        "won_deals",
    ),
    "win rate used twice": (
        '{x.above.count} / {x.rate.name}{x.over})" },',
        '{x.above.count} / win_rate)" },',
        "required_meetings",
    ),
    "leads multiplied": (
        'formula  = "{x.above.column} / {x.rate_cell}{x.over}"',
        'formula  = "{x.above.column} * {x.rate_cell}"',
        "channel_leads[1]",
    ),
    "visits from meetings": (
        'formula  = "{x.above.column} / {x.rate_cell}{x.over}"',
        'formula  = "channel_meetings / {x.rate_cell}{x.over}"',
        "visits",
    ),
    "leads not rounded": (
        'formula  = "{x.above.column} / {x.rate_cell}{x.over}"\nround    = true',
        'formula  = "{x.above.column} / {x.rate_cell}{x.over}"',
        "leads",
    ),
}


@pytest.mark.parametrize("case", PLANTED)
def test_a_wrong_expression_fails_the_hand_worked_figures(case: str) -> None:
    right, wrong, first = PLANTED[case]
    text = locate.read("standard")
    assert text is not None
    assert text.count(right) == 1
    plan = api.plan_from_example("ja", [f"sheets={PAGE}"], declaration.parse(text.replace(right, wrong), "planted.toml"))
    found = values(api.workbook(plan, "ja"))
    assert found[first] != BY_HAND[first]


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('formula = "web_revenue_used / deal_size"', 'formula = "deal_size / win_rate"', "currency"),
        (
            'formula  = "{x.above.column} / {x.rate_cell}{x.over}"',
            'formula  = "{x.above.column} + {x.rate_cell}"',
            "count + rate",
        ),
        ('formula = "total_revenue - web_revenue_used"', 'formula = "total_revenue / web_revenue_used"', "number"),
    ],
)
def test_an_expression_whose_units_do_not_fit_is_refused_with_file_and_line(right: str, wrong: str, says: str) -> None:
    text = locate.read("standard")
    assert text is not None
    planted = text.replace(right, wrong)
    line = planted[: planted.index(wrong)].count("\n") + 1
    with pytest.raises(api.TemplateError) as refused:
        api.check_template(declaration.parse(planted, "planted.toml"))
    # A macro is a line of several cells, each with its own units.
    for problem in refused.value.problems:
        assert (problem.source, problem.line) == ("planted.toml", line)
        assert says in problem.what.en

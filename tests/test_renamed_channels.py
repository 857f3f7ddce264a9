"""A channel of another name keeps its row and its figures: `was` in the plan, or typed over in its row."""

from __future__ import annotations

from typing import Any

import pytest
from test_year import BOOK, PLAN, typed

from kgisheet import api
from kgisheet.plan.load import PlanText

ACTUAL = {"2026-04!channel_actual_leads[2]": 7}
"""April's leads of メルマガ, the second channel."""
LETTER = PLAN.replace('name = "メルマガ"', 'name = "ニュースレター"')
WITH_WAS = PLAN.replace('name = "メルマガ"', 'name = "ニュースレター"\nwas = "メルマガ"')
NOTE = "the channel “メルマガ” is now called “ニュースレター”; the figures in its row on other sheets were typed for “メルマガ”"


def run(data: bytes, plan: str | None) -> tuple[dict[str | None, tuple[Any, Any]], list[str | None], list[str]]:
    """What changed of the inputs, the conflicts, and the notes."""
    done = api.regenerate(data, BOOK, None if plan is None else PlanText(plan, "plan.toml"))
    changed = {each.name: (each.before, each.after) for each in done.changes if each.name in done.inputs}
    return changed, [each.name for each in done.conflicts], [each.what.en for each in done.notes]


def test_a_channel_that_was_called_otherwise_keeps_its_row() -> None:
    changed, conflicts, notes = run(typed(**ACTUAL), WITH_WAS)
    assert changed == {"channel_name[2]": ("メルマガ", "ニュースレター")}
    assert (conflicts, notes) == ([], [])


def test_without_was_it_is_another_channel_and_the_old_ones_figures_are_told() -> None:
    """A new channel in the row that is free (the third); of メルマガ the name and the rates go, April's 7 leads stay."""
    changed, conflicts, notes = run(typed(**ACTUAL), LETTER)
    assert changed["channel_name[3]"] == (None, "ニュースレター")
    assert changed["channel_name[2]"] == ("メルマガ", None)
    assert conflicts == []
    assert notes == ["the tabs hold actuals of “メルマガ”, which the plan no longer has"]


@pytest.mark.parametrize(
    ("plan", "conflicts", "notes"),
    [
        (None, [], [NOTE]),
        (PLAN, ["channel_name[2]"], [NOTE]),  # the plan's メルマガ is this row, whose name people have changed
        (LETTER, [], []),
        (WITH_WAS, [], []),
    ],
)
def test_a_name_typed_over_keeps_its_row(plan: str | None, conflicts: list[str], notes: list[str]) -> None:
    data = typed(**ACTUAL, **{"channel_name[2]": "ニュースレター"})
    assert run(data, plan) == ({}, conflicts, notes)


def test_two_names_exchanged_are_nobodys_new_names() -> None:
    """Whole rows sorted: not a word."""
    data = typed(**ACTUAL, **{"channel_name[1]": "メルマガ", "channel_name[2]": "広告"})
    assert run(data, None)[2] == []


def test_was_takes_a_name() -> None:
    with pytest.raises(api.PlanError) as caught:
        api.plan_from_toml(PLAN.replace('name = "広告"', 'name = "広告"\nwas = 3'), "plan.toml", "ja")
    (problem,) = caught.value.problems
    assert (problem.what.en, problem.fix and problem.fix.en) == (
        "was is the channel's previous name",
        'was = "Newsletter"',
    )


def test_a_workbook_may_be_made_from_a_plan_with_was() -> None:
    assert api.workbook(api.plan_from_toml(WITH_WAS, "plan.toml", "ja"), "ja")

"""Every × that the workbook shows is a finding of `check`, and what the last rule says of those that no other speaks of."""

from __future__ import annotations

from fractions import Fraction

import pytest
from conftest import some
from marks_of_the_sheet import shown, silent
from sentence_states import State

STATES = {
    # As it is: three rates would have to pass 100 % to fill the gap alone.
    "the example": State("standard", "ja", ()),
    "shares of 75 %": State("standard", "ja", (("channel_share", [Fraction(1, 4), Fraction(1, 4), Fraction(1, 4)]),)),
    "total below web": State("standard", "en", (("total_revenue", Fraction(10_000_000)),)),
    "no contacts": State("standard", "en", (("contacts", Fraction(0)),)),
    "a goal of 0": State("short", "ja", (("web_revenue", Fraction(0)),)),
    "lead times falling": State(
        "standard", "ja", (("lead_time_opportunities", Fraction(4)), ("lead_time_meetings", Fraction(2)))
    ),
    "a month behind": State("standard", "ja", (("actual_leads", [Fraction(1)]), ("actual_visits", [Fraction(100)]))),
    "a budget of 1 yen": State("access", "en", (("budget", Fraction(1)),)),
    "a month without weight": State("standard", "ja", (("month_weight", [Fraction(0)] * 12),)),
}


@pytest.mark.parametrize("name", some(list(STATES), 2))
def test_a_mark_of_the_sheet_is_a_finding(name: str) -> None:
    given = shown(STATES[name])
    assert given is not None
    assert not silent(given), given.marks


def test_a_stage_that_is_behind_is_a_note_and_not_an_error() -> None:
    """1 lead in April, where the goal is some eleven: 予実サマリー says × 遅れ, and nothing is wrong with the sheet."""
    given = shown(STATES["a month behind"])
    assert given is not None
    assert given.marks["now_state_leads"] == "× 遅れ"
    (finding,) = (each for each in given.report.findings if str(each.name).startswith("now_state"))
    assert (finding.code, finding.severity) == ("X09", "note")
    assert finding.message.ja.startswith("シートの判定が「× 遅れ」です: ")
    assert "リード数(状態)" in finding.message.ja


def test_a_stage_that_is_seen_is_told_before_one_in_folded_columns() -> None:
    """No opportunity and no meeting in April: the table shows meetings, opportunities are folded to its right."""
    nothing = [Fraction(0)]
    changed = tuple((f"actual_{stage}", nothing) for stage in ("opportunities", "meetings"))
    given = shown(State("standard", "ja", changed))
    assert given is not None
    assert {"now_state_opportunities", "now_state_meetings"} <= given.marks.keys()
    (finding,) = (each for each in given.report.findings if str(each.name).startswith("now_state"))
    assert finding.name == "now_state_meetings"

"""A share of the chains of `monthly` runs, and the judge at work on runs that lose something."""

from __future__ import annotations

import functools

import pytest
from hands import edited
from regenerating import chains
from regenerating.ledger import Asked, Ledger
from regenerating.look import Look
from seeding.savers import setter

from kgisheet import api

WIN = ("目標設定", "C10")
PLAN = """
start = "2026-04"
sheets = ["目標設定", "月次予実"]
total_revenue = "5,000万円"
web_revenue = "1,200万円"
deal_size = "400万円"
win_rate = "{rate}"
opportunity_rate = "25%"
[[channel]]
name = "広告"
share = "100%"
meeting_rate = "10%"
cvr = "1%"
[months]
"""


@functools.cache
def ran() -> tuple[bytes, Look, api.Outcome]:
    """A workbook of 30 %, 33 % typed over it, and a plan of 40 % that leaves it alone."""
    data = api.workbook(api.plan_from_toml(PLAN.format(rate="30%"), "plan.toml", "ja"), "ja")
    typed = edited(data, setter(*WIN, 0.33))
    return data, Look(typed), api.regenerate(typed, "b.xlsx", api.PlanText(PLAN.format(rate="40%"), "plan.toml"))


def judged(outcome: api.Outcome, *takes: str, said: float | None = None) -> list[str]:
    written, typed, _ = ran()
    ledger = Ledger(written)
    ledger.type([WIN])
    asked = Asked({} if said is None else {"win_rate": said}, frozenset(takes), rolls=False)
    return [each.kind for each in ledger.run(typed, outcome, asked, {WIN: "win_rate"})]


def test_a_conflict_that_is_listed_is_no_loss() -> None:
    assert judged(ran()[2], said=0.4) == []


def test_a_typed_value_that_was_overwritten_is_a_loss() -> None:
    outcome = ran()[2]
    lost = outcome._replace(data=edited(outcome.data, setter(*WIN, 0.4)))
    assert judged(lost) == ["typed"]
    # Asked for, it is none as long as it is said.
    assert judged(lost, "win_rate") == ["overwritten and not said"]


def test_a_typed_value_that_nobody_lists_is_a_loss() -> None:
    outcome = ran()[2]
    assert judged(outcome._replace(conflicts=())) == ["typed and not listed"]
    assert judged(outcome._replace(conflicts=(), kept=outcome.conflicts), said=0.4) == ["no conflict"]


def test_what_was_typed_stays_typed_in_the_next_run() -> None:
    """The run before did not write it: to the judge it is theirs still."""
    written, typed, outcome = ran()
    ledger = Ledger(written)
    ledger.type([WIN])
    ledger.run(typed, outcome, Asked({}, frozenset(), rolls=False), {WIN: "win_rate"})
    assert ledger.theirs(Look(outcome.data).contents) == {WIN: 0.33}


@pytest.mark.office
def test_a_share_of_the_chains() -> None:
    found = chains.chains(1, [3])
    assert not [run.losses for each in found for run in each.runs if run.losses], chains.table(found)
    assert len(found[0].runs) >= 2

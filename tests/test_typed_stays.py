"""What a person typed stays theirs, however often ``monthly`` runs: the plan is compared with what we wrote last."""

from __future__ import annotations

import functools
from typing import Any

import hands
import pytest
import stored
from conftest import ROOT, some

from kgisheet import api

SAAS = (
    (ROOT / "samples" / "saas.toml")
    .read_text(encoding="utf-8")
    .replace("[scenarios]", '[months]\nweights = "even"\n[scenarios]')
)
RAISED = functools.reduce(
    lambda text, change: text.replace(*change),
    [
        ('"28%"', '"30%"'), ('"120万円"', '"150万円"'), ('"12%"', '"13%"'), ('rounding = "up"', 'rounding = "down"'),
        ('"even"', "[1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1]"), ("= 21000", "= 22000"), ('ask      = "広告費と', 'ask      = "広告費、'),
    ],
    SAAS,
)  # fmt: skip
"""Another value for each of the cells below."""

TYPED: dict[str, Any] = {
    "win_rate": 0.33,
    "deal_size": 1_300_000,
    "channel_meeting_rate[1]": 0.11,
    "rounding": "四捨五入",
    "month_weight[4]": 1.7,
    "channel_current_visits[1]": 20_000,
    "approval_ask": "展示会の費用",
}
BOOK = "b.xlsx"


@functools.cache
def saas() -> bytes:
    text = SAAS.replace(
        'template = "standard"', 'template = "standard"\nsheets = ["目標設定", "月次予実", "現状とのギャップ", "稟議"]'
    )
    return api.workbook(api.plan_from_toml(text, "saas.toml", "ja"), "ja")


def typed(data: bytes, values: dict[str, Any]) -> bytes:
    return hands.typed(data, **values)


@functools.lru_cache(maxsize=16)
def run(data: bytes, plan: str | None = None, *take: str, goals: bytes | None = None) -> api.Outcome:
    text = None if plan is None else api.PlanText(plan, "plan.toml")
    return api.regenerate(data, BOOK, text, None, take, None if goals is None else (goals, "goals.csv"))


def there(data: bytes, values: dict[str, Any]) -> dict[str, Any]:
    """What is in these cells now."""
    found = {each.name: each.value for each in api.records_of_book(data, BOOK)[1]}
    return {where: found[where] for where in values}


def conflicts(outcome: api.Outcome) -> dict[str | None, tuple[Any, Any]]:
    return {each.name: (each.before, each.after) for each in outcome.conflicts}


def screen() -> bytes:
    """The goal screen with another goal in April."""
    lines = api.goal_screen(api.records_of_book(saas(), BOOK)[1], "ja", "utf-8-sig").decode().splitlines()
    lines[1] = lines[1].replace(",", ",1", 1)
    return "\n".join(lines).encode()


@pytest.mark.parametrize("before", some([[], ["plain"], ["goals"], ["plain", "plain"], ["raised"], ["the same plan"]], 3))
def test_seven_cells_typed_over_are_seven_conflicts_whatever_ran_before(before: list[str]) -> None:
    data = typed(saas(), TYPED)
    for each in before:
        plan = {"the same plan": SAAS, "raised": RAISED}.get(each)
        data = run(data, plan, goals=screen() if each == "goals" else None).data
    outcome = run(data, RAISED)
    # What stays, and what the plan says.
    assert conflicts(outcome) == {
        "win_rate": (0.33, 0.3),
        "deal_size": (1_300_000, 1_500_000),
        "channel_meeting_rate[1]": (0.11, 0.13),
        "rounding": ("四捨五入", "切り捨て"),
        "month_weight[4]": (1.7, 2),
        "channel_current_visits[1]": (20_000, 22_000),
        "approval_ask": ("展示会の費用", "広告費、コンテンツ制作費 3,000万円"),
    }
    assert there(outcome.data, TYPED) == TYPED


WIN = "win_rate"


@pytest.mark.parametrize(
    ("steps", "stands", "listed"),
    [
        # 28 % was written; people type, plans say; what becomes of the last plan?
        (["plan 28%", "plan 30%"], 0.3, "changes"),
        (["type 0.33", "plan 33%", "plan 30%"], 0.33, "conflicts"),  # typed, and for a while what the plan said too
        (["type 0.33", "plan 30%", "type 0.3", "plan 31%"], 0.3, "conflicts"),  # typed in after a conflict: theirs too
        (["plan 30%", "type 0.28", "plain", "plan 31%"], 0.28, "conflicts"),  # an old value typed back
        (["type 0.33", "plain", "type 0.28", "plan 30%"], 0.3, "changes"),  # what we wrote last, put back
        (["type 0.33", "take 30%", "plan 31%"], 0.31, "changes"),  # the plan was taken: ours again
        (["type None", "plain", "plan 30%"], None, "conflicts"),  # emptied is typed
        (["type =0.3+0.03", "plain", "plan 30%"], 0.33, "conflicts"),
        (["type =0.3+0.03", "plain", "plan 33%"], 0.33, "kept"),
    ],
)
def test_whose_a_cell_is_after_a_chain(steps: list[str], stands: Any, listed: str) -> None:
    data, outcome = page(), None
    for each in steps:
        what, _, value = each.partition(" ")
        if what == "type":
            data = typed(data, {WIN: value if value.startswith("=") else None if value == "None" else float(value)})
            continue
        plan = None if what == "plain" else SAAS.replace('"28%"', f'"{value}"')
        outcome = run(data, plan, *(["ours"] if what == "take" else []))
        data = outcome.data
    assert outcome is not None
    assert there(data, {WIN: None}) == {WIN: pytest.approx(stands) if stands is not None else None}
    assert [
        kind for kind in ("changes", "kept", "conflicts") if "win_rate" in {each.name for each in getattr(outcome, kind)}
    ] == [listed]


@functools.cache
def page() -> bytes:
    text = SAAS.replace('template = "standard"', 'template = "standard"\nsheets = ["目標設定", "月次予実"]')
    return api.workbook(api.plan_from_toml(text, "saas.toml", "ja"), "ja")


def test_a_recorded_goal_that_was_taken_out_stays_out_until_it_is_taken() -> None:
    closed = SAAS.replace('weights = "even"', 'weights = "even"\nclosed_through = "2026-05"')
    data = run(page(), closed).data
    records = {each.name: each for each in api.records_of_book(data, BOOK)[1]}
    april = records["month_opportunities_reported[1]"]
    where = april.name
    cleared = typed(data, {where: None})
    for plan in (None, closed):
        outcome = run(cleared, plan)
        assert conflicts(outcome) == {where: (None, april.value)}
        assert there(outcome.data, {where: None}) == {where: None}
    taken = run(outcome.data, closed, "ours")
    assert there(taken.data, {where: None}) == {where: april.value}
    assert april.name in taken.overwritten


def test_what_is_taken_is_said_to_be_overwritten() -> None:
    outcome = run(typed(page(), {WIN: 0.33}), RAISED, "ours")
    assert outcome.overwritten == {"win_rate"}
    assert [(each.before, each.after) for each in outcome.changes if each.name == "win_rate"] == [(0.33, 0.3)]


def test_goals_are_recorded_as_reported_also_after_a_conflict() -> None:
    """29 deals ÷ 33 % are what the sheet showed, not the plan's ÷ 30 %."""
    data = run(typed(page(), {WIN: 0.33}), SAAS.replace('"28%"', '"30%"')).data
    shown = {each.name: each for each in api.records_of_book(data, BOOK)[1]}
    after = run(typed(data, {"closed_through": 46113, WIN: 0.5})).data
    now = {each.name: each.value for each in api.records_of_book(after, BOOK)[1]}
    assert now["month_opportunities_reported[1]"] == shown["month_opportunities[1]"].value


def test_the_check_names_the_input_that_was_changed_since_the_last_run() -> None:
    """C01 is about the cell that was changed and not recalculated, not about what was typed, and recalculated, before."""
    from seeding.package import packed, set_cell, unpacked

    data = run(typed(page(), {"deal_size": 1_300_000})).data
    parts = unpacked(data)
    set_cell(parts, stored.places(data)[WIN], 0.33)  # the cached values stay
    found = [(each.code, each.cell) for each in api.check(packed(parts), BOOK).findings if each.code == "C01"]
    assert found == [("C01", stored.places(data)[WIN][1])]

"""``kgisheet monthly``: a workbook that people have worked in follows the plan, and keeps what is theirs."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable
from typing import Any

import hands
import pytest
import stored
from conftest import more, some
from regenerating import plans, rounds
from regenerating.look import looked
from seeding.package import packed, set_cell, unpacked

from kgisheet import api
from kgisheet.errors import BookError, PlanError, RequestError

PLAN: plans.Plan = {
    "template": "standard",
    "sheets": ["使い方", "目標設定", "月次予実", "月別", "予実サマリー"],
    "start": "2026-04",
    "total_revenue": 50_000_000,
    "web_revenue": 12_000_000,
    "deal_size": 200_000,
    "win_rate": "30%",
    "opportunity_rate": "25%",
    "channel": [
        {"name": "広告", "share": "25%", "meeting_rate": "10%", "cvr": "1%"},
        {"name": "自然検索", "share": "50%", "meeting_rate": "30%", "cvr": "1%"},
        {"name": "展示会", "share": "25%", "meeting_rate": "20%"},
    ],
    "months": {},
}
NEW = {**PLAN, "win_rate": "40%"}
SHORT: plans.Plan = {**PLAN, "sheets": ["目標設定", "月次予実"]}
SHORT_NEW = {**SHORT, "win_rate": "40%"}
TABBED: plans.Plan = {**PLAN, "sheets": ["目標設定", "月次予実", "月別"]}
TABBED_NEW = {**TABBED, "win_rate": "40%"}
BOOK = "b.xlsx"


@functools.cache
def book() -> bytes:
    return api.workbook(api.plan_from_toml(plans.toml(PLAN), "plan.toml", "ja"), "ja")


@functools.cache
def short() -> bytes:
    """The same without the months' tabs and the summary, where a test is about the months or the file."""
    return api.workbook(api.plan_from_toml(plans.toml(SHORT), "plan.toml", "ja"), "ja")


@functools.cache
def tabbed() -> bytes:
    """The same without the summary."""
    return api.workbook(api.plan_from_toml(plans.toml(TABBED), "plan.toml", "ja"), "ja")


@functools.cache
def cell(name: str) -> tuple[str, str]:
    """Where a named cell stands in the workbook as written."""
    return stored.places(book())[name]


def asked(take: str) -> str:
    """``{cell}`` and ``{absolute}`` are the win rate's place as people write it, and as Excel does."""
    sheet, address = cell("win_rate")
    return take.format(cell=f"{sheet}!{address}", absolute=f"'{sheet}'!${address[0]}${address[1:]}")


def typed(data: bytes, **values: Any) -> bytes:
    """The workbook with values typed into cells by name (``tab__name`` for a tab's)."""
    return typed_at(data, {cell(name): value for name, value in values.items()})


def typed_at(data: bytes, values: dict[tuple[str, str], Any]) -> bytes:
    parts = unpacked(data)
    for place, value in values.items():
        set_cell(parts, place, value)
    return packed(parts)


def regenerate(data: bytes, plan: plans.Plan | None = None, start: str | None = None, *take: str) -> api.Outcome:
    return _regenerated(data, None if plan is None else plans.toml(plan), start, take)


@functools.lru_cache(maxsize=16)
def _regenerated(data: bytes, plan: str | None, start: str | None, take: tuple[str, ...]) -> api.Outcome:
    text = None if plan is None else api.PlanText(plan, "plan.toml")
    first = None if start is None else datetime.date(int(start[:4]), int(start[5:]), 1)
    return api.regenerate(data, BOOK, text, first, take)


@functools.lru_cache(maxsize=8)
def values(data: bytes) -> dict[str, Any]:
    return {each.name: each.value for each in api.records_of_book(data, BOOK)[1]}


@functools.lru_cache(maxsize=8)
def errors(data: bytes) -> list[str]:
    return [f"{each.code} {each.sheet}!{each.cell}" for each in api.check(data, BOOK).findings if each.severity == "error"]


# -- what nobody touched follows the plan --------------------------------------


def test_an_untouched_workbook_becomes_that_of_the_new_plan() -> None:
    made = api.workbook(api.plan_from_toml(plans.toml(NEW), "plan.toml", "ja"), "ja")
    outcome = regenerate(book(), NEW)
    assert values(outcome.data) == values(made)
    assert looked(outcome.data).contents.keys() >= looked(book()).contents.keys() - {("_kgisheet", "A1")}
    assert not outcome.kept
    assert not outcome.conflicts
    assert errors(outcome.data) == []


def test_each_change_says_what_was_and_what_is() -> None:
    found = {each.name: (each.before, each.after) for each in regenerate(book(), NEW).changes}
    assert found["win_rate"] == (0.3, 0.4)
    assert found["opportunities"] == (200, 150)  # 60 ÷ 30 %, 60 ÷ 40 %
    assert found["month_opportunities[1]"] == (17, 13)
    assert found["2026-04!goal_opportunities"] == (17, 13)
    assert "won_deals" not in found


@pytest.mark.parametrize(("start", "plan"), [(short, None), (short, SHORT), (book, NEW)])
def test_a_second_time_changes_nothing(start: Callable[[], bytes], plan: plans.Plan | None) -> None:
    actual = {"2026-04!actual_leads": 7} if start is book else {}
    once = regenerate(typed(start(), win_rate=0.35, **actual), plan)
    twice = regenerate(once.data, plan)
    assert twice.data == once.data
    assert twice.changes == ()


# -- three ways ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "plan", "take", "stands", "listed"),
    [
        (None, "40%", (), 0.4, "changes"),
        (0.35, "40%", (), 0.35, "conflicts"),
        (0.35, "30%", (), 0.35, "conflicts"),  # the plan still says what it said; people say otherwise
        (0.4, "40%", (), 0.4, "kept"),
        (0.35, "40%", ("ours",), 0.4, "changes"),
        (0.35, "40%", ("{absolute}",), 0.4, "changes"),
        *more([(0.35, "40%", ("{cell}",), 0.4, "changes"), (0.35, "40%", ("win_rate",), 0.4, "changes")]),
        (0.35, None, (), 0.35, "kept"),
        ("=0.3+0.1", "40%", (), "=0.3+0.1", "kept"),  # compared by value
        ("=0.3+0.05", "40%", (), "=0.3+0.05", "conflicts"),
    ],
)
def test_an_input(people: Any, plan: str | None, take: tuple[str, ...], stands: Any, listed: str) -> None:
    data = short() if people is None else typed(short(), win_rate=people)
    outcome = regenerate(data, None if plan is None else {**SHORT, "win_rate": plan}, None, *map(asked, take))
    where = {kind: [each.name for each in getattr(outcome, kind)] for kind in ("changes", "kept", "conflicts")}
    assert looked(outcome.data).contents[cell("win_rate")] == stands
    assert [kind for kind, names in where.items() if "win_rate" in names] == [listed]


def test_the_rest_follows_what_people_changed_in_a_conflict() -> None:
    outcome = regenerate(typed(short(), win_rate=0.5), SHORT_NEW)
    assert [(each.name, each.before, each.after) for each in outcome.conflicts] == [("win_rate", 0.5, 0.4)]
    assert values(outcome.data)["opportunities"] == 120  # 60 ÷ 50 %


@pytest.mark.parametrize(
    ("people", "take", "stands", "listed"),
    [
        (150, (), 150, "kept"),  # what the plan gives as well
        (999, (), 999, "conflicts"),
        (999, ("opportunities",), "=IF(AND(won_deals", "changes"),
        ("=150+1", (), "=150+1", "conflicts"),
    ],
)
def test_a_formula_that_was_typed_over(people: Any, take: tuple[str, ...], stands: Any, listed: str) -> None:
    outcome = regenerate(typed(short(), opportunities=people), SHORT_NEW, None, *take)
    content = looked(outcome.data).contents[cell("opportunities")]
    if take:
        assert content == looked(short()).contents[cell("opportunities")]
    else:
        assert content == stands
        assert "opportunities" in [each.name for each in getattr(outcome, listed)]


def test_a_conflict_that_is_not_there_can_not_be_taken() -> None:
    with pytest.raises(RequestError, match=f"win_rat matches no conflict → cells in conflict: {asked('{cell}')}"):
        regenerate(typed(short(), win_rate=0.35), SHORT_NEW, None, "win_rat")


@pytest.mark.parametrize("take", some(["win_rate", "{cell}", "{absolute}"], 2))
def test_a_conflict_that_was_taken_already_is_no_mistake(take: str) -> None:
    """The same command twice: the second time the cell has what the plan says."""
    first = regenerate(typed(short(), win_rate=0.35), SHORT_NEW, None, asked(take))
    second = regenerate(first.data, SHORT_NEW, None, asked(take))
    assert (second.data, [each.what.en for each in second.notes]) == (first.data, [f"{asked(take)}: no conflict there"])


def test_what_people_fill_in_stays() -> None:
    theirs = {
        cell("2026-04!actual_leads"): 7,
        cell("2026-05!remarks"): "展示会が延期 <6月へ>",
        cell("month_leads_override[3]"): 300,
        ("月次予実", "GA3"): "佐藤さんに確認",
        ("月次予実", "GA4"): "=SUM(month_leads)*2",
    }
    after = regenerate(typed_at(book(), theirs), NEW).data
    assert {where: looked(after).contents[where] for where in theirs} == theirs
    assert values(after)["month_leads[3]"] == 300
    assert sum(values(after)[f"month_leads[{month}]"] for month in range(1, 13)) == values(after)["leads"]


def test_the_scenario_and_its_multipliers_stay_as_people_set_them() -> None:
    """A plan that says nothing of them leaves them alone; one that does is followed where nobody typed."""
    plan = {**PLAN, "sheets": ["目標設定", "現状とのギャップ"]}
    data = api.workbook(api.plan_from_toml(plans.toml(plan), "plan.toml", "ja"), "ja")
    at = {each.name: (str(each.sheet), str(each.cell)) for each in api.records_of_book(data, BOOK)[1]}
    worked_in = typed_at(data, {at["scenario"]: "弱気", at["pessimistic_cvr"]: 0.7})
    found = values(regenerate(worked_in, {**plan, "win_rate": "40%"}).data)
    assert (found["scenario"], found["pessimistic_cvr"], found["optimistic_cvr"], found["win_rate"]) == ("弱気", 0.7, 1.1, 0.4)
    told = api.PlanText(plans.toml(plan) + '[scenarios]\noptimistic_cvr = "130%"\n', "plan.toml")
    found = values(api.regenerate(worked_in, BOOK, told, None, ()).data)
    assert (found["optimistic_cvr"], found["pessimistic_cvr"]) == (1.3, 0.7)


# -- the year ---------------------------------------------------------------------


def test_closed_months_keep_the_goals_that_were_shown() -> None:
    half = {**SHORT_NEW, "months": {"closed_through": "2026-09"}}
    before, after = values(short()), values(regenerate(short(), half).data)
    shown = [before[f"month_opportunities[{month}]"] for month in range(1, 13)]
    assert [after[f"month_opportunities[{month}]"] for month in range(1, 7)] == shown[:6]
    assert [after[f"month_opportunities_reported[{month}]"] for month in range(1, 13)] == [*shown[:6], *[None] * 6]
    assert [after[f"month_opportunities_initial[{month}]"] for month in range(1, 13)] == shown
    assert sum(after[f"month_opportunities[{month}]"] for month in range(1, 13)) == after["opportunities"] == 150


@pytest.mark.parametrize("wins", [7, 11])
def test_goals_that_are_no_round_decimals_are_recorded_once(wins: int) -> None:
    """So many sevenths of a deal a month: more digits as worked out than as read back from a cell."""
    odd = {
        **SHORT,
        "rounding": "none",
        "web_revenue": f"{wins}0万円",
        "months": {"weights": [1, 2, 3, 4, 3, 2, 1, 1, 1, 1, 1, 1]},
    }
    made = api.workbook(api.plan_from_toml(plans.toml(odd), "plan.toml", "ja"), "ja")
    once = regenerate(hands.typed(made, closed_through=datetime.date(2026, 6, 1)))
    assert regenerate(once.data).data == once.data


def test_the_worked_examples_goals_were_never_reported() -> None:
    """A ready-made workbook, typed over: 48 deals are 4 a month, not the example's 3 a year."""
    ready = api.workbook(api.plan_from_example("ja", []), "ja")
    typed_over = {"total_revenue": 100_000_000, "web_revenue": 48_000_000, "deal_size": 1_000_000}
    after = values(regenerate(hands.typed(ready, **typed_over, closed_through=datetime.date(2026, 6, 1))).data)
    assert [after[f"month_won_deals_reported[{month}]"] for month in range(1, 5)] == [4, 4, 4, None]


def test_a_stage_that_is_added_later_had_no_goal_in_a_closed_month() -> None:
    """Referrals need no visits; a web channel is typed in as months are closed, and a second run leaves it at that."""
    plan = {**SHORT, "channel": [{"name": "紹介", "share": "100%", "meeting_rate": "20%"}]}
    made = api.workbook(api.plan_from_toml(plans.toml(plan), "plan.toml", "ja"), "ja")
    web = {"channel_share[1]": 0.5}
    web |= {"channel_name[2]": "広告", "channel_share[2]": 0.5, "channel_meeting_rate[2]": 0.2, "channel_cvr[2]": 0.01}
    once = regenerate(hands.typed(made, **web, closed_through=datetime.date(2026, 6, 1)))
    assert values(once.data)["month_visits_reported[1]"] is None
    assert regenerate(once.data).data == once.data


def test_the_first_plan_is_recorded_once() -> None:
    first = values(short())
    data = regenerate(short(), {**SHORT_NEW, "months": {"closed_through": "2026-06"}}).data
    second = values(data)
    after = values(regenerate(data, {**SHORT, "win_rate": "20%", "months": {"closed_through": "2026-09"}}).data)
    for month in range(1, 13):
        assert after[f"month_opportunities_initial[{month}]"] == first[f"month_opportunities[{month}]"]
    for month in range(1, 7):
        assert after[f"month_opportunities[{month}]"] == second[f"month_opportunities[{month}]"]


def test_the_year_rolls_on_twice() -> None:
    data = typed(book(), **{"2026-04!actual_leads": 31, "2026-05!remarks": "延期"}, win_rate=0.35)
    tabs = [title for title in looked(book()).sheets if title.startswith("20")]
    first = regenerate(data, None, "2027-04")
    assert list(first.closed) == tabs
    sheets = list(looked(first.data).sheets)
    assert sheets[sheets.index(tabs[-1]) + 1 :][:12] == list(first.added)
    assert first.added[0] == "2027-04"
    look, was = looked(first.data), looked(data)
    assert not [where for where in look.formulas if where[0] in tabs]
    assert look.contents[cell("2026-04!actual_leads")] == 31
    assert look.contents[cell("2026-05!remarks")] == "延期"
    leads = cell("2026-04!goal_leads")
    assert look.contents[leads] == was.recalculated[leads]
    assert any(str(each).startswith("確定") for (sheet, _), each in look.contents.items() if sheet == "2026-04")
    after = values(first.data)
    assert (after["start_month"], after["last_leads[1]"], after["last_leads[2]"]) == ("2027-04", 31, None)
    assert after["win_rate"] == 0.35
    assert errors(first.data) == []
    assert regenerate(first.data, None, "2027-04").data == first.data
    second = regenerate(first.data, None, "2028-04")
    assert second.added[0] == "2028-04"
    assert second.closed == first.added
    assert values(second.data)["last_leads[1]"] is None
    assert errors(second.data) == []
    for each in more([second]):
        assert regenerate(each.data, None, "2028-04").data == each.data


@pytest.mark.parametrize(
    ("start", "beside"), some([("2027-05", [32, None]), ("2027-04", [31, 32, None]), ("2028-04", [None])], 3)
)
def test_last_year_is_the_same_month_a_year_before(start: str, beside: list[int | None]) -> None:
    """Actuals of April and May 2026, and a year that begins in April, in May, or a year later."""
    data = typed(book(), **{"2026-04!actual_leads": 31, "2026-05!actual_leads": 32})
    after = values(regenerate(data, None, start).data)
    assert [after[f"last_leads[{month}]"] for month in range(1, len(beside) + 1)] == beside


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (
            "2026-10",
            r"2026-10 overlaps the tabs that are there \(twelve months from 2026-04\) → the next year begins in 2027-04",
        ),
        ("2025-04", r"2025-04 is before the workbook's year \(twelve months from 2026-04\)"),
    ],
)
def test_a_start_that_can_not_be(start: str, said: str) -> None:
    with pytest.raises(BookError, match=said):
        regenerate(book(), None, start)


def test_a_plan_of_another_worksheet_is_refused() -> None:
    other = {key: value for key, value in SHORT.items() if key != "opportunity_rate"} | {"template": "short"}
    with pytest.raises(PlanError, match="the plan's template is short, the workbook's is standard"):
        regenerate(short(), other)


# -- a share of the sweep ------------------------------------------------------------------


@pytest.fixture
def _in_the_months(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rounds in workbooks with the months' sheets; `tests/sweep regenerate` runs hundreds, in those with all of them."""
    drawn = plans.plan
    monkeypatch.setattr(plans, "plan", lambda *given: {**drawn(*given), "sheets": PLAN["sheets"]})
    rounds._plan.cache_clear()


@pytest.mark.office
@pytest.mark.usefixtures("_in_the_months")
@pytest.mark.parametrize(("route", "number"), some([("uno", 1), ("openpyxl", 12), ("xml", 20)], 3))
def test_a_share_of_the_sweep(route: str, number: int) -> None:
    (verdict,) = rounds.run(11, [number])
    assert verdict.start.route == route
    assert verdict.losses == []

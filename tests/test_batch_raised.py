"""A goal that was shared, raised later: by a part of the new plan, never by the whole of it."""

from __future__ import annotations

import hands
import pytest
from test_batch import PLAN

from kgisheet import api

PAGE_AND_MONTHS = PLAN.replace(PLAN.splitlines()[2], "sheets = ['2026-04']")
RAISED = PAGE_AND_MONTHS.replace("1,200万円", "2,400万円")


def parts(plan: str) -> list[bytes]:
    made = list(
        api.batch((b"file,owner\na,East\nb,West\n", "roster.csv"), api.PlanText(plan, "plan.toml"), "ja", "web_revenue")
    )
    assert [each.problems for each in made] == [(), ()]
    return [each.data for each in made if each.data is not None]


def figures(book: bytes) -> dict[str, object]:
    return {each.name: each.value for each in api.records_of_book(book, "a.xlsx")[1]}


def test_the_whole_plan_is_refused_and_a_part_of_it_is_taken() -> None:
    """3 deals in two parts are 2 and 1, 6 are 3 and 3; West has won one in April, and the owner is still West."""
    handed_out = parts(PAGE_AND_MONTHS)[1]
    west = hands.typed(handed_out, **{"2026-04!actual_won_deals": 1})
    with pytest.raises(api.BookError) as refused:
        api.regenerate(west, "out/b.xlsx", api.PlanText(RAISED, "raised.toml"))
    assert refused.value.problems[0].to("en").startswith("out/b.xlsx: it is one part of a department's goal (sheet “Assigned”)")
    assert "部門の目標を分けたうちの1人分です(シート「割当」)" in refused.value.problems[0].to("ja")

    part, _ = api.extract(parts(RAISED)[1], "raised/b.xlsx")
    made = api.regenerate(west, "out/b.xlsx", api.PlanText(part, "b.toml"))
    assert made.conflicts == ()
    before, after = figures(handed_out), figures(made.data)
    for name, then, now in (("web_revenue", 6_000_000, 12_000_000), ("won_deals", 1, 3), ("owner", "West", "West")):
        assert (before[name], after[name]) == (then, now)
    assert after["2026-04!actual_won_deals"] == 1
    assert api.check(made.data, "out/b.xlsx").status == "ok"


def test_without_a_plan_such_a_workbook_is_updated_as_ever() -> None:
    made = api.regenerate(parts(PAGE_AND_MONTHS)[0], "a.xlsx")
    assert (made.changes, made.conflicts) == ((), ())

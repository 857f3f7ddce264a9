"""What a plan says of single months goes into the workbook by `monthly`, and what it doesn't say stays."""

from __future__ import annotations

import functools

from conftest import book
from hands import edited

from kgisheet import api

PLAN = """
[[months.override]]
month = "2026-07"
leads = 20

[months.opening]
leads = 12

[[actual]]
month = "2026-04"
leads = 31

[[actual]]
month = "2026-04"
channel = "メルマガ"
leads = 9
"""


def tabbed() -> bytes:
    return book(sheets="目標設定,月次予実,月別")


@functools.cache
def example() -> str:
    return api.extract(tabbed(), "book.xlsx")[0]


def by_name(outcome: api.Outcome) -> dict[str, object]:
    return {str(each.name): each.after for each in outcome.changes}


def test_a_plan_given_to_monthly_fills_the_months_that_it_names() -> None:
    outcome = api.regenerate(tabbed(), "b.xlsx", api.PlanText(example() + PLAN, "plan.toml"))
    changed = by_name(outcome)
    assert changed["month_leads_override[4]"] == 20
    assert changed["opening_leads"] == 12
    assert changed["2026-04!actual_leads"] == 31
    # メルマガ is the third channel of the tab.
    assert changed["2026-04!channel_actual_leads[3]"] == 9
    assert outcome.conflicts == ()


def test_what_people_typed_is_in_conflict_and_months_that_the_plan_leaves_out_stay() -> None:
    def edit(workbook: object) -> None:
        for name, nth, value in (("month_leads_override", 3, 25), ("month_leads_override", 4, 30)):
            sheet, area = workbook.defined_names[name].attr_text.rsplit("!", 1)  # type: ignore[attr-defined]
            first = area.replace("$", "").partition(":")[0]
            column, row = first.rstrip("0123456789"), int(first.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
            workbook[sheet.strip("'")][f"{column}{row + nth}"].value = value  # type: ignore[index]

    outcome = api.regenerate(edited(tabbed(), edit), "b.xlsx", api.PlanText(example() + PLAN, "plan.toml"))
    assert [(each.name, each.before, each.after) for each in outcome.conflicts] == [("month_leads_override[4]", 25, 20)]
    assert "month_leads_override[5]" in {each.name for each in outcome.kept}


def test_a_new_year_takes_the_months_of_its_own_plan_only() -> None:
    text = example() + PLAN
    next_year = text.replace('start = "2026-04"', 'start = "2027-04"').partition("[[actual]]")[0]
    changed = by_name(api.regenerate(tabbed(), "b.xlsx", api.PlanText(next_year.replace("2026-07", "2027-07"), "next.toml")))
    assert (changed["month_leads_override[4]"], changed["opening_leads"]) == (20, 12)

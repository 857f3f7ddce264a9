"""Every input of a workbook survives the way into a plan and back: the template's inputs are walked, none is listed by hand.

.venv/bin/python tests/test_extract_every_cell.py   all the templates in both languages
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from conftest import BEYOND, book, some
from hands import edited

from kgisheet import api
from kgisheet.filled.workbook import FilledBook
from kgisheet.plan.months import months_from
from kgisheet.template import locate
from kgisheet.template.model import Cell
from kgisheet.template.tables import MONTH_CHANNEL
from kgisheet.values.a1 import address
from kgisheet.values.units import COUNT, CURRENCY, DATE, MONTH, RATE
from kgisheet.xlsx.read.reader import read

YEAR = datetime.date(2026, 4, 1)
LANGUAGES = ("ja", "en")
FIXED = ("start_month", "tab_month")
"""A workbook's tabs are those of the year that begins with its first month: to type over either is no legal state."""


def filled_book(data: bytes) -> FilledBook:
    return FilledBook(read(data, "book.xlsx"), "book.xlsx")


def legal(of: FilledBook, cell: Cell, row: int | None, nth: int) -> Any:
    """Something that the cell allows and that no other cell of its kind holds."""
    number = 1 + nth % 89
    by_name = {
        "total_revenue": 900_000_000 + nth,
        "web_revenue": 40_000_000 + nth,
        "deal_size": 3_000_000 + nth,
        "channel_share": 1 / 8,
        "closed_through": datetime.date(2026, 7, 1),
        "as_of_month": datetime.date(2026, 9, 1),
        "lead_time_opportunities": 1,
        "lead_time_meetings": 2,
        "lead_time_leads": 4,
    }
    if cell.name in by_name:
        return by_name[cell.name]
    if cell.choices is not None:
        return list(cell.choices.values())[-1].to(of.lang)
    if cell.among is not None:
        return f"{cell.among.removesuffix('_name')} {(row or 0) % 3 + 1}"
    if cell.unit == COUNT:
        return number
    if cell.unit == CURRENCY:
        return 10_000 * number + 7
    if cell.unit == RATE:
        return (30 + nth % 69) / 100
    if cell.unit in (DATE, MONTH):
        return months_from(YEAR)[nth % 12].replace(day=1 if cell.unit == MONTH else 1 + nth % 28)
    several = "\n" if cell.on_tab or cell.section in {each.key for each in of.template.drawn()} else " "
    return f"{cell.name.removesuffix('_name')} {(row or 0) + 1}" if cell.name.endswith("_name") else f"“{nth}”{several}'＃=\\"


def cells_of(of: FilledBook) -> Iterator[tuple[Cell, int | None]]:
    for cell in of.template.inputs():
        for row in of.rows(cell):
            if of.place(cell.name, row) is not None:
                yield cell, row


def typed_full(data: bytes) -> tuple[bytes, int]:
    """The workbook with something typed into every input, and how many there are."""
    of = filled_book(data)
    values: dict[tuple[str, str], Any] = {}
    for cell, row in cells_of(of):
        if cell.name in FIXED:
            continue
        place = of.place(cell.name, row)
        assert place is not None
        values[place.sheet, address(place.row, place.col)] = legal(of, cell, row, len(values))
    return edited(data, lambda workbook: [workbook[sheet].__setitem__(at, each) for (sheet, at), each in values.items()]), len(
        values
    )


def by_cell(of: FilledBook) -> dict[tuple[str, int, int], Any]:
    """What every input holds by name, row and, in a month's channels, by channel; without those that are blank."""
    found = {}
    for cell in of.template.inputs():
        held = of.inputs[cell.name]
        for at, value in enumerate(held if isinstance(held, list) else [held]):
            down, right = divmod(at, of.across) if cell.table == MONTH_CHANNEL else (at, 0)
            if value is not None:
                found[cell.name, down, right] = value
    return found


@functools.cache
def there_and_back(template: str, lang: str) -> tuple[FilledBook, str, FilledBook, int]:
    # The tabs of one template, which are the same in each, and of all by `tests/sweep whole`.
    sheets = "all" if template in some(["standard", "short", "access"], 3) else BEYOND
    data, count = typed_full(book(template, lang, sheets=sheets))
    text, problems = api.extract(data, "book.xlsx")
    assert problems == []
    again = api.workbook(api.plan_from_toml(text, "back.toml", lang), lang)
    return filled_book(data), text, filled_book(again), count


@pytest.mark.long
@pytest.mark.parametrize(("template", "lang"), some([("standard", "ja"), ("short", "en"), ("access", "ja")], 3))
def test_what_is_typed_into_every_input_is_in_the_workbook_of_the_plan(template: str, lang: str) -> None:
    look(template, lang)


def look(template: str, lang: str) -> int:
    """How many inputs came through; fails where one did not."""
    first, text, second, count = there_and_back(template, lang)
    before, after = by_cell(first), by_cell(second)
    assert len(before) == count + sum(cell.name in FIXED for cell, _ in cells_of(first))
    assert {key: (value, after.get(key)) for key, value in before.items() if after.get(key) != value} == {}
    assert after.keys() == before.keys()
    # And to the letter: the plan of the second is that of the first.
    data = api.workbook(api.plan_from_toml(text, "back.toml", lang), lang)
    assert api.extract(data, "again.xlsx") == (text, [])
    return count


def test_the_keys_read_as_people_would_write_them() -> None:
    _, text, _, _ = there_and_back("standard", "ja")
    for part in (
        '[[months.override]]\nmonth = "2026-04"\ncvr = "',
        "[months.opening]\nopportunities = ",
        '[[actual]]\nmonth = "2026-04"\nrevenue = ',
        '[[actual]]\nmonth = "2026-04"\nchannel = "channel 1"\nleads = ',
        '[[abm]]\nrank = "abm_rank 1"\nstage = "abm_stage 1"\nopening = ',
        '[[last_year]]\nmonth = "2025-04"\nrevenue = ',
        'as_of = "2026-09"',
    ):
        assert part in text


PLAN = """\
title = "2026年度 Web売上目標"
date = 2026-04-01
owner = "営業企画"
period = "year"
start = "2026-04"
unit = "万円"
rounding = "up"
scenario = "standard"
deal_size = 4000000
web_revenue = 12000000
total_revenue = 50000000
win_rate = "30%"
opportunity_rate = "25%"

[months]
closed_through = "2026-05"
as_of = "2026-05"

[months.opening]
leads = 12

[[months.override]]
month = "2026-07"
leads = 20

[[months.reported]]
month = "2026-04"
won_deals = 1

[[months.reported]]
month = "2026-04"
channel = "広告"
leads = 3

[[channel]]
name = "広告"
share = "100%"
meeting_rate = "10%"
cvr = "1%"

[[abm_rank]]
name = "A"

[[abm_stage]]
name = "潜在"

[[abm]]
rank = "A"
stage = "潜在"
opening = 30

[[actual]]
month = "2026-04"
leads = 31
remarks = "展示会の分を含む"

[[actual]]
month = "2026-04"
channel = "広告"
leads = 31
visits = 2900

[[last_year]]
month = "2025-04"
leads = 28
"""


def test_a_plan_comes_back_from_its_workbook_as_it_was_written() -> None:
    text, problems = api.extract(api.workbook(api.plan_from_toml(PLAN, "plan.toml", "ja"), "ja"), "x.xlsx")
    assert problems == []
    for table in PLAN.split("\n\n"):
        assert set(table.splitlines()) <= set(text.splitlines()), table
    inputs = api.plan_from_toml(text, "again.toml", "ja").inputs
    assert inputs["month_leads_override"] == [None, None, None, Fraction(20), *[None] * 8]
    assert inputs["actual_leads"] == [Fraction(31), *[None] * 11]


@pytest.mark.parametrize(
    ("right", "wrong", "at", "key", "says"),
    [
        ('month = "2026-07"', 'month = "2027-07"', 'month = "2027-07"', "months.override[1].month", "not a month of this year"),
        ('month = "2026-07"', "", "[[months.override]]", "months.override[1]", "the month is missing"),
        ('month = "2026-07"', 'month = "7月"', 'month = "7月"', "months.override[1].month", "is not a month"),
        ("leads = 20", "leads = 2.5", "leads = 2.5", "months.override[1].leads", "as a count"),
        ("leads = 20", "leds = 20", "leds = 20", "months.override[1].leds", "no such key"),
        ("leads = 12", "leads = -1", "leads = -1", "months.opening.leads", "as a count"),
        ("leads = 12", "visits = 1", "visits = 1", "months.opening.visits", "no such key"),
        ("[months.opening]", "[[months.opening]]", "[[months.opening]]", "months.opening", "in the wrong form"),
        ("[[months.override]]", "[months.override]", "[months.override]", "months.override", "in the wrong form"),
        ('channel = "広告"\nleads = 31', 'channel = "展示会"', 'channel = "展示会"', "actual[2].channel", "no channel “展示会”"),
        ("visits = 2900", "opportunities = 1", "opportunities = 1", "actual[2].opportunities", "no such key"),
        ('remarks = "展示会の分を含む"', "remarks = 5", "remarks = 5", "actual[1].remarks", "not text"),
        ('rank = "A"', 'rank = "B"', 'rank = "B"', "abm[1].rank", "the name of an [[abm_rank]]"),
        ('stage = "潜在"', "", "[[abm]]", "abm[1].stage", "is missing"),
        ("opening = 30", 'opening = "多数"', 'opening = "多数"', "abm[1].opening", "as a count"),
        ('month = "2025-04"', 'month = "2027-04"', 'month = "2027-04"', "last_year[1].month", "not a month of the year before"),
        ('channel = "広告"\nleads = 31', "leads = 31", "[[actual]]", "actual[2]", "two rows for this month"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_with_its_line(right: str, wrong: str, at: str, key: str, says: str) -> None:
    assert PLAN.count(right) >= 1
    text = PLAN.replace(right, wrong, 1)
    with pytest.raises(api.PlanError) as refused:
        api.plan_from_toml(text, "plan.toml", "ja")
    problem = refused.value.problems[0]
    assert problem.line is not None
    assert (text.splitlines()[problem.line - 1], problem.key) == (at, key)
    assert says in problem.to("en")


def test_with_rounding_off_a_month_may_have_decimals() -> None:
    text = PLAN.replace('rounding = "up"', 'rounding = "none"').replace("leads = 20", "leads = 2.5")
    assert api.plan_from_toml(text, "p", "ja").inputs["month_leads_override"][3] == Fraction(5, 2)  # type: ignore[index]


if __name__ == "__main__":
    for each in locate.shipped():
        for language in LANGUAGES:
            print(f"{each} {language}: {look(each, language)} inputs, there and back")

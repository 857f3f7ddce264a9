"""Random plans over twelve months: every goal against exact arithmetic, every formula against two foreign engines.

Run as a program it prints what was compared: ``python tests/sweep_months.py [--share N] [--seed N]``. The expected side
is `months_by_contract.py`, which knows the contract and nothing of kgisheet.
"""

from __future__ import annotations

import argparse
import datetime
import functools
import random
import sys
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

import hands
import months_by_contract as contract
import referee
import stored
from months_at_random import ROUNDINGS, months_of, random_plan
from months_by_contract import LED, NOUGHT, Figure, Months, Page, Typed
from replan_by_contract import replan
from seeding import package

from kgisheet import api

Where = tuple[str, str]
Expected = dict[str, Figure]
"""By name: ``month_leads[1]``, ``2026-04!goal_leads``."""


class Book:
    """A workbook by its names, and the values that are stored in it."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.titles = package.titles(package.unpacked(data))
        self.formulas: set[Where] = set(referee.formulas(data))
        self.stored = referee.cached(data)
        self.typed: referee.Cells = {where: value for where, value in self.stored.items() if where not in self.formulas}
        self.at: dict[str, Where] = stored.places(data)

    @functools.cached_property
    def iron(self) -> referee.Iron:
        """The workbook open in IronCalc; what is typed into it stays."""
        return referee.Iron(self.data)

    def ironed(self, changes: Mapping[str, object] | None = None) -> referee.Cells:
        """What IronCalc makes of it, after ``changes``."""
        typed = {self.at[name]: value for name, value in (changes or {}).items()}
        self.iron.put(typed)
        return self.typed | typed | self.iron.values(self.formulas)

    def retyped(self, changes: Mapping[str, object]) -> bytes:
        """The workbook with inputs typed over, and without the stored values."""
        return hands.typed(self.data, **changes)


# -- what is expected -----------------------------------------------------


def expected(plan: dict[str, Any], page: Page, months: Months, typed: Typed) -> Expected:
    """The grid, its sums and the tabs, by name."""
    found: Expected = {}
    start = plan["start"]
    rate = page.figures["web_leads"] / page.figures["visits"] if page.figures["visits"] else None
    for stage, row in months.month.items():
        due = months.due(stage)
        for month, value in enumerate(row):
            found[f"month_{stage}[{month + 1}]"] = value
            name = contract.title(start, month)
            if stage != "web_leads":
                found[f"{name}!goal_{stage}"] = value
                if stage in LED:
                    found[f"{name}!goal_next_{stage}"] = months.next[stage][month]
                worth = worth_of(plan, months) if stage == "revenue" else ()
                for key, figure in contract.tab(due, typed.actuals.get(stage, {}), month, *worth).items():
                    found[f"{name}!{key}_{stage}"] = figure
            if stage in LED:
                found[f"month_{stage}_next[{month + 1}]"] = months.next[stage][month]
                found[f"month_{stage}_due[{month + 1}]"] = due[month]
        if stage in LED:
            found[f"before_{stage}"] = months.before[stage]
        found[f"year_{stage}"] = sum(row, NOUGHT)
        found[f"year_{stage}_page"] = months.total[stage]
        found[f"year_{stage}_gap"] = contract.half_up(
            sum(row, NOUGHT) + months.before[stage] - months.total[stage], 2 if stage == "revenue" else 6
        )
        for number in range(4):
            found[f"quarter_{stage}[{number + 1}]"] = sum(row[3 * number : 3 * number + 3], NOUGHT)
        for number in range(2):
            found[f"half_{stage}[{number + 1}]"] = sum(row[6 * number : 6 * number + 6], NOUGHT)
        found |= _now(plan, months, typed, stage)
    for month in range(12):
        found[f"month_start[{month + 1}]"] = contract.title(start, month)
        found[f"month_cvr[{month + 1}]"] = typed.cvr.get(month, rate)
    return found | replan(plan, page, months, typed)


def worth_of(plan: dict[str, Any], months: Months) -> tuple[list[Fraction], Fraction]:
    """The deals that revenue comes from, and the price of one."""
    return months.month["won_deals"], Fraction(plan["deal_size"])


def _now(plan: dict[str, Any], months: Months, typed: Typed, stage: str) -> Expected:
    """Where the year stands after the last month that has actuals."""
    if stage not in typed.actuals:
        return {}
    through = max(typed.actuals[stage])
    worth = worth_of(plan, months) if stage == "revenue" else ()
    at_end = contract.tab(months.due(stage), typed.actuals[stage], through, *worth)
    pairs = (("goal", "goal_to_date"), ("actual", "actual_to_date"), ("achievement", "achievement_to_date"))
    same_name = ("progress", "pace", "landing_plan", "landing_pace", "needed_pace")
    found = {f"now_{own}_{stage}": at_end[key] for own, key in (*pairs, *((each, each) for each in same_name))}
    return found | {f"year_{stage}_due": sum(months.due(stage), NOUGHT)}


def channel_faults(page: Page, months: Months, cells: Callable[[str], object], start: str) -> list[str]:
    """Channels on the tabs that don't add up to their month, fall below zero or stray from their share of the year."""
    faults = []
    for stage in ("leads", "visits"):
        due = months.due(stage)
        shares = [(each.leads if stage == "leads" else each.visits) or NOUGHT for each in page.channels]
        total = sum(shares, NOUGHT)
        if not total:
            continue
        largest = max(range(len(shares)), key=lambda number: (shares[number], -number))
        running = [0.0] * len(shares)
        for month in range(12):
            tab = contract.title(start, month)
            row = [cells(f"{tab}!channel_goal_{stage}[{number + 1}]") for number in range(len(shares))]
            parts = [float(each) if isinstance(each, int | float) else 0.0 for each in row]
            if any(isinstance(each, str) for each in row) or min(parts) < -1e-9:
                faults.append(f"{tab} {stage}: {row}")
            if not referee.same(sum(parts), float(due[month])):
                faults.append(f"{tab} {stage}: {row} add up to {sum(parts)}, the month to {float(due[month])}")
            running = [before + part for before, part in zip(running, parts, strict=True)]
            upto = sum(due[: month + 1], NOUGHT)
            for number, value in enumerate(running):
                stray = abs(value - float(upto * shares[number] / total))
                if number != largest and stray > (1 + 1e-6 if page.mode != "none" else 1e-6 * max(1.0, value)):
                    faults.append(f"{tab} {stage}: channel {number + 1} strays by {stray} from {row}")
    return faults


class Wrong(NamedTuple):
    name: str
    expected: object
    found: object


def same(wanted: Figure, value: object, slack: float = 0.0) -> bool:
    """A blank is as good as 0."""
    if isinstance(wanted, Fraction):
        value = 0 if value is None and wanted == 0 else value
        return referee.same(float(wanted), value) or (isinstance(value, int | float) and abs(float(wanted) - value) < slack)
    if isinstance(value, datetime.datetime):
        value = f"{value:%Y-%m}"
    elif isinstance(value, int | float) and wanted is not None and contract.is_title(wanted):
        value = f"{datetime.date(1899, 12, 30) + datetime.timedelta(value):%Y-%m}"
    return wanted == value


def wrong(book: Book, cells: referee.Cells, wanted: Expected) -> list[Wrong]:
    """Where the cells are not as the contract has them; a name that is missing is wrong."""
    found = []
    for name, value in wanted.items():
        here = cells.get(book.at[name]) if name in book.at else "no such name"
        # Without rounding, what is left of a difference of thousands of millions has lost its last digits.
        if not same(value, here, 1e-4 if "difference_revenue" in name else 0.0):
            found.append(Wrong(name, value, here))
    return found


# -- typed over -----------------------------------------------------------


def random_typed(rng: random.Random, months: Months) -> Typed:
    """What a year of people may type: overrides, CVRs, closed months with what was reported, actuals of the first months."""
    typed = Typed()
    # Where every channel is offline there is neither a CV goal nor a visit to type over.
    stages = [stage for stage in months.month if stage not in ("web_leads", "visits") or months.total["web_leads"]]
    for stage in stages:
        kind = rng.choice(("none", "none", "some", "some", "large", "all"))
        if kind != "none":
            chosen = range(12) if kind == "all" else sorted(rng.sample(range(12), rng.randint(1, 5)))
            typed.overrides[stage] = {month: _override(rng, months, stage, month, kind) for month in chosen}
    if "visits" in stages and rng.random() < 0.5:
        for month in rng.sample(range(12), rng.randint(1, 4)):
            typed.cvr[month] = Fraction(rng.randint(1, 1000), 1000)
    if rng.random() < 0.5:
        typed.closed = rng.randint(1, 11)
        for stage in stages:
            if rng.random() < 0.7:
                reported = range(rng.choice((typed.closed, typed.closed, 12)))
                typed.reported[stage] = {month: _override(rng, months, stage, month, "some") for month in reported}
            if stage in LED and rng.random() < 0.5:
                typed.before[stage] = Fraction(rng.randint(0, int(months.before[stage]) + 2))
            if stage in LED and rng.random() < 0.5:
                typed.next[stage] = {month: Fraction(rng.randint(0, 9)) for month in range(typed.closed)}
    if rng.random() < 0.8:
        through = rng.choice((1, 2, 3, 11, 12, rng.randint(1, 12)))
        for stage in stages:
            if stage != "web_leads":  # a tab has no row for it
                typed.actuals[stage] = {month: _override(rng, months, stage, month, "some") for month in range(through)}
    return typed


def _override(rng: random.Random, months: Months, stage: str, month: int, kind: str) -> Fraction:
    """A whole figure near the month's own; ``large``: more than the year."""
    if kind == "large":
        return Fraction(int(months.total[stage] * rng.randint(1, 3)) + 1)
    usual = int(months.month[stage][month])
    return Fraction(rng.choice((0, usual, usual + 1, rng.randint(0, 2 * usual + 3))))


def serial(start: str, month: int) -> int:
    """The first day of a month as a workbook counts days."""
    year, number = map(int, contract.title(start, month).split("-"))
    return (datetime.date(year, number, 1) - datetime.date(1899, 12, 30)).days


def changes(typed: Typed, start: str) -> dict[str, object]:
    """The inputs to type, by name."""
    found: dict[str, object] = {}
    for kind, table in (("override", typed.overrides), ("reported", typed.reported), ("next_reported", typed.next)):
        for stage, row in table.items():
            found |= {f"month_{stage}_{kind}[{month + 1}]": float(value) for month, value in row.items()}
    found |= {f"month_cvr_override[{month + 1}]": float(value) for month, value in typed.cvr.items()}
    found |= {f"before_{stage}_reported": float(value) for stage, value in typed.before.items()}
    if typed.closed:
        found["closed_through"] = serial(start, typed.closed - 1)
    for stage, row in typed.actuals.items():
        found |= {f"{contract.title(start, month)}!actual_{stage}": float(value) for month, value in row.items()}
    return found


def other_plan(rng: random.Random, plan: dict[str, Any], book: Book) -> tuple[dict[str, Any], dict[str, object]]:
    """The plan with other months and another rounding, and what has to be typed for it."""
    text = "\n".join(months_of(rng, plan["template"]))
    mode = rng.choice(tuple(ROUNDINGS))
    other = plan | tomllib.loads(text) | {"rounding": mode}
    weights = contract.season(other["months"].get("weights", "even"))
    if rng.random() < 0.1:
        weights = [NOUGHT] * 12
        other["months"]["weights"] = [0] * 12
    typed: dict[str, object] = {"rounding": ROUNDINGS[mode]}
    typed |= {f"month_weight[{number}]": float(value) for number, value in enumerate(weights, 1)}
    times = contract.lead_times(other["months"].get("lead_time", {}))
    for stage in ("opportunities", "meetings", "leads"):
        if f"lead_time_{stage}" in book.at:
            typed[f"lead_time_{stage}"] = times[stage] or None
    following = other["months"].get("next_year", "same")
    typed["next_year_revenue"] = {"same": None, "none": 0}.get(following, following)
    return other, typed


# -- the sweep ------------------------------------------------------------


class Trial(NamedTuple):
    """One plan: what was compared, and what differed."""

    seed: int
    plan: dict[str, Any]
    page: Page
    compared: Counter[str]
    differences: dict[str, list[object]]
    made: bytes
    book: Book
    retyped: bytes
    wanted: Expected
    by_iron: referee.Cells


def trial(seed: int, lang: str = "ja", sheets: str = "all") -> Trial:
    """A random plan's workbook against the contract and IronCalc, as made and with inputs typed over.

    ``sheets`` leaves out what is not held to the contract here: engines take twice as long for all of them.
    """
    rng = random.Random(seed)  # noqa: S311 - plans, not secrets
    text = random_plan(rng)
    text = f"sheets = {sheets.split(',')}\n{text}"
    made_from = plan = tomllib.loads(text)
    data = api.workbook(api.plan_from_toml(text, "random.toml", lang), lang)
    book = Book(data)
    made_page = page = contract.page(plan)
    months = contract.months(page, plan)
    compared, differences = Counter[str](), defaultdict[str, list[object]](list)

    def hold(part: str, cells: referee.Cells, page: Page, months: Months, wanted: Expected) -> None:
        compared[part] += len(wanted)
        differences[part] += wrong(book, cells, wanted)
        differences[part] += channel_faults(page, months, lambda name: cells.get(book.at[name]), plan["start"])

    titles = [contract.title(plan["start"], month) for month in range(12)]
    differences["as made"] += [] if [each for each in book.titles if contract.is_title(each)] == titles else [book.titles]
    hold("as made", book.stored, page, months, expected(plan, page, months, Typed()))
    compared["IronCalc"] += len(book.formulas)
    differences["IronCalc"] += referee.differences(book.stored, book.ironed(), book.formulas)

    typed_in: dict[str, object] = {}
    if rng.random() < 0.5:
        plan, typed_in = other_plan(rng, plan, book)
        page = contract.page(plan)
        months = contract.months(page, plan)
    typed = random_typed(rng, months)
    typed_in |= changes(typed, plan["start"])
    months = contract.months(page, plan, typed)
    wanted = expected(plan, page, months, typed)
    by_iron = book.ironed(typed_in)
    del book.iron  # some ten megabytes each
    hold("typed over, IronCalc", by_iron, page, months, wanted)
    return Trial(seed, made_from, made_page, compared, differences, data, book, book.retyped(typed_in), wanted, by_iron)


def office(trials: list[Trial], typed: bool = True) -> None:
    """LibreOffice on the same workbooks: as made against what is stored, typed over against the contract and IronCalc."""
    for each, cells in zip(trials, referee.by_libreoffice([each.made for each in trials]), strict=True):
        each.compared["LibreOffice"] += len(each.book.formulas)
        each.differences["LibreOffice"] += referee.differences(each.book.stored, cells, each.book.formulas)
    if not typed:
        return
    for each, cells in zip(trials, referee.by_libreoffice([each.retyped for each in trials]), strict=True):
        each.compared["typed over, LibreOffice"] += len(each.book.formulas)
        each.differences["typed over, LibreOffice"] += wrong(each.book, cells, each.wanted)
        each.differences["typed over, LibreOffice"] += referee.differences(each.by_iron, cells, each.book.formulas)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=int, default=40, metavar="N", help="how many plans")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="the first plan's seed")
    parser.add_argument("--show", type=int, default=10, metavar="N", help="differences to print")
    parser.add_argument("--no-office", action="store_true", help="without LibreOffice")
    given = parser.parse_args()
    began = time.monotonic()
    compared, differing, shown = Counter[str](), Counter[str](), 0
    for first in range(given.seed, given.seed + given.share, 10):
        trials = [trial(seed) for seed in range(first, min(first + 10, given.seed + given.share))]
        if not given.no_office:
            office(trials)
        for each in trials:
            compared += each.compared
            for part, found in each.differences.items():
                differing[part] += len(found)
                for one in found[: max(0, given.show - shown)]:
                    sys.stdout.write(f"seed {each.seed}, {part}: {one}\n")
                    shown += 1
    sys.stdout.write(f"{given.share} plans, {time.monotonic() - began:.0f} s\n")
    for part, number in compared.items():
        sys.stdout.write(f"{part:26} {number:>9,} cells {differing[part]:>6,} differences\n")
    return 1 if differing.total() else 0


if __name__ == "__main__":
    sys.exit(main())

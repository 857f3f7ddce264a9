"""Rounds: a plan, what people do to its workbook, the regeneration, the verdict."""

from __future__ import annotations

import datetime
import functools
import multiprocessing
import random
import re
import traceback
from collections.abc import Iterable
from typing import Any, NamedTuple

import referee
from seeding.savers import edited, saved_by_libreoffice

from kgisheet import api
from kgisheet.errors import KgisheetError, PlanError

from . import plans, routes
from .edits import HARMLESS, Sketch, Step
from .judge import GUIDES, Case, Loss, losses
from .look import Where, by_libreoffice, looked

ROUTES = ("openpyxl", "uno", "xml")
HOW = ("same", "plan", "plan", "closed", "start", "start with a plan", "take")


class Start(NamedTuple):
    """A round before anything is regenerated: the workbook as written, and what people will do to it."""

    number: int
    seed: int
    lang: str
    plan: plans.Plan
    route: str
    how: str
    steps: list[Step]
    typed: list[Where]
    kinds: list[str]
    renamed: dict[str, str]
    removed: set[str]
    titles: list[str]
    written: bytes


class Verdict(NamedTuple):
    start: Start
    losses: list[Loss]
    edited: bytes
    after: list[bytes]
    """The workbook after each regeneration: what LibreOffice is asked about."""


@functools.cache
def _plan(seed: int) -> tuple[plans.Plan, str, bytes]:
    """A plan, its language and its workbook; plans whose figures are beyond the program's limits are left out."""
    rng = random.Random(seed)  # noqa: S311
    while True:
        lang = rng.choice(["ja", "ja", "en"])
        plan = plans.plan(rng, lang)
        try:
            return plan, lang, _written(plans.toml(plan), lang)
        except PlanError:
            continue


def _written(text: str, lang: str) -> bytes:
    return api.workbook(api.plan_from_toml(text, "plan.toml", lang), lang)


def begin(seed: int, number: int) -> Start:
    rng = random.Random(seed * 100_003 + number)  # noqa: S311
    # Few plans, many edits: most of the time should go where the faults are.
    plan, lang, data = _plan(seed * 100_003 + number % 23)
    route = ROUTES[number % 3]
    how = HOW[number // 3 % len(HOW)]
    sketch = Sketch(rng, looked(data), api.records_of_book(data, "b.xlsx")[1], route)
    sketch.draw(rng.randint(1, 7))
    return Start(
        number, seed, lang, plan, route, how, sketch.steps, sketch.typed, sketch.kinds, sketch.renamed, sketch.removed, sketch.ours, data,
    )  # fmt: skip


def edit(starts: list[Start]) -> list[bytes | None]:
    """The workbooks as people leave them; some saved once more by another program."""
    office = [each for each in starts if each.route == "uno"]
    by_office = dict(
        zip((each.number for each in office), routes.by_libreoffice([(e.written, e.steps) for e in office]), strict=True)
    )
    done: dict[int, bytes | None] = {}
    for each in starts:
        if each.route == "uno":
            done[each.number] = by_office[each.number]
        else:
            done[each.number] = (routes.by_openpyxl if each.route == "openpyxl" else routes.by_parts)(each.written, each.steps)
    again = [each for each in starts if each.route != "uno" and each.number % 8 == 3 and done[each.number] is not None]
    for each, data in zip(
        again, saved_by_libreoffice([done[each.number] or b"" for each in again]) if again else [], strict=True
    ):
        done[each.number] = data
    for each in starts:
        data_ = done[each.number]
        if each.route == "uno" and each.number % 8 == 5 and data_ is not None:
            done[each.number] = edited(data_, lambda _: None)
    return [done[each.number] for each in starts]


def judged(start: Start, data: bytes) -> Verdict:
    try:
        return _judged(start, data)
    except Exception:  # noqa: BLE001  (whatever it is, it is a fault, and the next round goes on)
        return Verdict(start, [Loss("traceback", traceback.format_exc(limit=-4)[-900:])], data, [])


def _judged(start: Start, data: bytes) -> Verdict:
    rng = random.Random(start.seed * 7 + start.number)  # noqa: S311
    before = looked(data)
    typed = frozenset((start.renamed.get(sheet, sheet), cell) for sheet, cell in start.typed)
    ours = frozenset(start.renamed.get(title, title) for title in start.titles if title not in start.removed)
    known = start.how in ("closed",)
    plan = plans.another(rng, start.plan, closed=known) if start.how != "same" and start.how != "start" else None
    first: datetime.date | None = None
    if start.how.startswith("start"):
        first = _month(plans.next_start(start.plan))
        if plan is not None:
            plan["start"] = f"{first:%Y-%m}"
    found: list[Loss] = []
    after: list[bytes] = []
    takes: list[str] = []
    try:
        if start.how == "take":
            conflicts = regenerated(data, plan, first, []).conflicts
            takes = ["ours"] if not conflicts or rng.random() < 0.4 else [f"{e.sheet}!{e.cell}" if rng.random() < 0.5 else str(e.name) for e in rng.sample(conflicts, 1)]  # fmt: skip
        outcome = regenerated(data, plan, first, takes)
    except KgisheetError as refused:
        problem = refused.problems[0]
        if problem.code == "not-regenerable" and {"rows", "columns"} & set(start.kinds):
            return Verdict(start, [], data, [])  # put in among the months: nobody can tell which is which
        return Verdict(start, [Loss(f"refused: {problem.code}", f"{problem.what.en} {problem.key}")], data, [])
    case = Case(
        before,
        looked(outcome.data),
        outcome,
        typed,
        ours,
        frozenset(takes),
        frozenset(start.kinds),
        str((plan or start.plan)["rounding"]),
        frozenset(start.renamed.get(title, title) for title in GUIDES),
    )
    # A plan that asks for less than what closed months have reported leaves the rest over, and `check` says so.
    found += [
        each
        for each in losses(case)
        if not ({"closed", "overrides"} & {start.how, *start.kinds} and each.kind == "new warning X03")
    ]
    found += again("twice", outcome.data, plan, first, [each for each in takes if each == "ours"])
    if plan is not None and not first:
        found += as_new(start, plan, case)
    if start.how == "closed" and plan is not None:
        found += closed(plan, case)
    after.append(outcome.data)
    if start.how == "start":
        found += rolled_again(start, case, after)
    return Verdict(start, found, data, after)


def regenerated(data: bytes, plan: plans.Plan | None, first: datetime.date | None, takes: Iterable[str]) -> api.Outcome:
    text = None if plan is None else api.PlanText(plans.toml(plan).encode(), "plan.toml", (), api.open_shipped)
    return api.regenerate(data, "b.xlsx", text, first, takes)


def again(kind: str, data: bytes, plan: plans.Plan | None, first: datetime.date | None, takes: list[str]) -> list[Loss]:
    """A second regeneration changes nothing."""
    second = regenerated(data, plan, first, takes)
    if second.data == data:
        return []
    changes = [f"{each.sheet}!{each.cell} {each.name} {each.before!r}→{each.after!r}" for each in second.changes]
    return [Loss(kind, f"{len(changes)} changes, {changes[:3]}; parts {_differing(data, second.data)}")]


def _differing(one: bytes, other: bytes) -> list[str]:
    left, right = looked(one), looked(other)
    return [name for name in left.parts if left.parts[name] != right.parts.get(name)]


def as_new(start: Start, plan: plans.Plan, case: Case) -> list[Loss]:
    """After edits that do no harm, the goals are those of a new workbook with that plan."""
    if not set(start.kinds) <= HARMLESS or start.how == "closed" or "closed" in start.kinds:
        return []
    names = [[each["name"] for each in one.get("channel", [])] for one in (start.plan, plan)]
    if names[0] != names[1][: len(names[0])]:
        return []  # channels keep the rows that they have, and a new workbook has them in the plan's order
    # Of the months, a plan has no opinion on what it does not name.
    whole: plans.Plan = {**plan, "months": {**start.plan.get("months", {}), **plan.get("months", {})}}
    made = api.workbook(api.plan_from_toml(plans.toml(whole), "plan.toml", start.lang), start.lang)
    wanted = {each.name: each.value for each in api.records_of_book(made, "n.xlsx")[1] if _GOALS.fullmatch(each.name)}
    there = {each.name: each.value for each in api.records_of_book(case.after.data, "b.xlsx")[1]}
    return [
        Loss("not as a new workbook", f"{name} {there.get(name)!r} {value!r}")
        for name, value in wanted.items()
        if not referee.same(there.get(name), value)
    ][:5]


_GOALS = re.compile(r"month_(?!typed|within|\w+_initial)\w+\[\d+\]|(\d{4}-\d\d!)?goal_\w+|channel_\w+\[\d+\]|won_deals|meetings|leads|visits|win_rate|web_revenue|year_(?!actual)\w+")  # fmt: skip


def closed(plan: plans.Plan, case: Case) -> list[Loss]:
    """Closed months keep the goals that were shown; the first plan is recorded once."""
    found: list[Loss] = []
    last = plan["months"]["closed_through"]
    shown, now = case.before.shown, case.after.cached
    records = {each.name: each for each in api.records_of_book(case.after.data, "b.xlsx")[1]}
    if records["closed_through"].value != last or "name gone" in case.kinds:
        return found  # typed by somebody, and kept; or #NAME? was shown
    # A row per month and channel, month by month; rows of channels without a name are left out.
    rows = [int(number) for number in re.findall(r"month_channel_leads\[(\d+)\]", " ".join(records))]
    across = -(-max(rows, default=1) // 12)
    for name, each in records.items():
        match = re.fullmatch(r"month_(\w+)_reported\[(\d+)\]", name)
        if match is None:
            continue
        month = int(match[2])
        goal = records[f"month_{match[1]}[{month}]"]
        where = (str(goal.sheet), str(goal.cell))
        of_month = -(-month // across) if match[1].startswith("channel_") else month
        is_closed = str(records[f"month_start[{of_month}]"].value) <= last
        was, new_channel = shown.get(where), match[1].startswith("channel_")
        if is_closed and not referee.same(was, now.get(where)) and not (new_channel and not was and not now.get(where)):
            found.append(Loss("closed month", f"{goal.name} {shown.get(where)!r} {now.get(where)!r}"))
        if not is_closed and each.value is not None:
            found.append(Loss("open month recorded", name))
        initial = records.get(f"month_{match[1]}_initial[{month}]")  # the conversion rate has none
        if goal.value is not None and initial is not None and initial.value is None:
            found.append(Loss("initial plan not recorded", f"month_{match[1]}_initial[{month}]"))
    return found[:5]


def rolled_again(start: Start, case: Case, after: list[bytes]) -> list[Loss]:
    """The second year, with actuals of the first: they stand beside the third year's goals."""
    records = {each.name: each for each in api.records_of_book(case.after.data, "b.xlsx")[1]}
    typed = {
        (str(each.sheet), str(each.cell)): month + 3
        for month in range(5)
        for name, each in records.items()
        if re.fullmatch(rf"{case.outcome.added[month]}!actual_leads", name)
    }
    data = edited(case.after.data, lambda book: [setattr(book[sheet][cell], "value", value) for (sheet, cell), value in typed.items()])  # fmt: skip
    first = _month(plans.next_start(start.plan, 2))
    outcome = regenerated(data, None, first, [])
    ours = case.ours | set(case.outcome.added)
    every = case.typed | typed.keys()
    second = case._replace(
        before=looked(data), after=looked(outcome.data), outcome=outcome, typed=every, ours=ours, takes=frozenset()
    )
    found = [each._replace(kind=f"{each.kind} (third year)") for each in losses(second)]
    found += again("twice (third year)", outcome.data, None, first, [])
    last = {each.name: each.value for each in api.records_of_book(outcome.data, "b.xlsx")[1]}
    for month, (where, value) in enumerate(typed.items(), 1):
        if last.get(f"last_leads[{month}]") != value:
            found.append(Loss("last year's actual", f"{where} {value} {last.get(f'last_leads[{month}]')}"))
    after.append(outcome.data)
    return found


def _month(text: str) -> datetime.date:
    return datetime.date(int(text[:4]), int(text[5:]), 1)


def against_libreoffice(files: list[bytes]) -> list[Loss]:
    """Cell by cell, what LibreOffice makes of the workbooks when it recalculates them."""
    found = []
    for data, theirs in zip(files, by_libreoffice(files), strict=True):
        look = looked(data)
        own = {where for where in look.formulas if where[0] not in ("社内メモ", "A&B's 集計")}
        for each in referee.differences(look.cached, theirs, sorted(own)):
            found.append(Loss("LibreOffice", f"{each}"))
    return found


def _one(job: tuple[Start, bytes]) -> Verdict:
    return judged(*job)


def run(seed: int, numbers: Iterable[int], processes: int = 1) -> list[Verdict]:
    starts = [begin(seed, number) for number in numbers]
    files = edit(starts)
    jobs = [(start, data) for start, data in zip(starts, files, strict=True) if data is not None]
    if processes == 1:
        return [judged(*job) for job in jobs]
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        return list(pool.imap_unordered(_one, jobs))


def table(verdicts: list[Verdict]) -> str:
    """Rounds, and losses by kind: in how many rounds, and an example."""
    kinds: dict[str, list[tuple[Verdict, Loss]]] = {}
    for verdict in verdicts:
        for loss in verdict.losses:
            kinds.setdefault(loss.kind, []).append((verdict, loss))
    lines = [f"{len(verdicts)} rounds, {sum(bool(each.losses) for each in verdicts)} with losses"]
    for kind, found in sorted(kinds.items()):
        lines.append(f"{kind}: {len(found)} in {len({v.start.number for v, _ in found})} rounds")
        examples: dict[int, Any] = {}
        for verdict, loss in found:
            examples.setdefault(verdict.start.number, (verdict, loss))
        for verdict, loss in list(examples.values())[:3]:
            start = verdict.start
            lines.append(f"    round {start.number} ({start.route}, {start.how}; {', '.join(start.kinds)}): {loss.what}")
    return "\n".join(lines)

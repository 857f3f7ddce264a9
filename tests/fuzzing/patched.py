"""Damaged workbooks that are written to all the same: `monthly` and the annotated copy. What is written must be whole."""

from __future__ import annotations

import functools
import random
import xml.etree.ElementTree as ET

from conftest import page_and_months, page_only
from seeding import package

from kgisheet import api
from kgisheet.check.finding import NOTE, Report
from kgisheet.errors import BookError

from . import damage, witness
from .books import NAME
from .damage import Parts
from .trial import REFUSED, Answer, Trial, WrongVerdictError, of_report

FOREIGN: Parts = {
    "xl/foreign/part1.bin": bytes(range(256)) * 2,
    "customXml/item1.xml": "<their>もの</their>".encode(),
    "xl/drawings/nobody.vml": b"<not closed",
}
"""Parts of somebody else's, which must stay byte by byte."""


@functools.cache
def _base(of: str) -> Parts:
    return {**package.unpacked(page_and_months() if of == "monthly" else page_only()), **FOREIGN}


def trial(pick: random.Random) -> Trial:
    """Elements of a part damaged, or nothing, or something typed; then written to."""
    command = pick.choice(("monthly", "annotate"))
    parts = dict(_base(command))
    kind = pick.choice(("nothing", "elements", "elements", "elements", "bytes"))
    names = [name for name in parts if name.endswith((".xml", ".rels")) and name not in FOREIGN]
    if kind != "nothing":
        name = package.part_of(parts, package.titles(parts)[0]) if pick.random() < 0.5 else pick.choice(names)
        parts[name] = damage.xml(pick, parts[name], 2) if kind == "elements" else damage.bytes_of(pick, parts[name], 2)
    data = damage.packed(parts)
    ask = _monthly if command == "monthly" else _annotated
    deal_size = pick.choice((None, 3_000_000, 8_000_000))
    return Trial(f"{kind}, {command}", {NAME: data}, lambda: ask(data, deal_size))


def _monthly(data: bytes, deal_size: int | None) -> Answer:
    plan = None
    if deal_size:
        plan = api.PlanText(_plan(), "plan.toml", (f"deal_size={deal_size}",))
    before = api.check(data, NAME)
    of_report(before)
    made = api.regenerate(data, NAME, plan)
    _whole(data, made.data)
    after = api.check(made.data, NAME)
    if plan is None:
        _no_worse(before, after)
    return Answer(of_report(after).outcome, (made.changes, made.conflicts, after))


@functools.cache
def _plan() -> str:
    return api.extract(page_and_months(), NAME)[0]


def _annotated(data: bytes, _: int | None) -> Answer:
    before = api.check(data, NAME)
    answer = of_report(before)
    if answer.outcome == REFUSED:
        return answer
    try:
        made = api.annotate(data, before, NAME, "ja")
    except BookError as bad:
        return Answer(REFUSED, bad.problems)
    _whole(data, made)
    _same_cells(data, made)
    after = api.check(made, NAME)
    _no_worse(before, after)
    return Answer(of_report(after).outcome, after)


def _whole(before: bytes, after: bytes) -> None:
    """What is written opens elsewhere, and holds all that was others'."""
    was, now = witness.parts_of(before), witness.parts_of(after)
    if now is None:
        raise WrongVerdictError("what was written is no zip that others read")
    if was is None:
        return
    for name, part in FOREIGN.items():
        if name in was and now.get(name) != part:
            raise WrongVerdictError(f"{name} was changed or lost")
    for name, part in now.items():
        if name.endswith((".xml", ".rels")) and was.get(name) != part and not _is_well_formed(part):
            raise WrongVerdictError(f"{name} is no XML that others read")


def _is_well_formed(part: bytes) -> bool:
    try:
        ET.fromstring(part)  # noqa: S314  # made by our tests
    except ET.ParseError:
        return False
    return True


def _same_cells(before: bytes, after: bytes) -> None:
    was, now = witness.cells_of(before), witness.cells_of(after)
    if was is None:
        return
    if now is None:
        raise WrongVerdictError("the cells of what was written can't be read by others")
    changed = [where for where, one in was.items() if now.get(where) != one]
    if changed:
        where = changed[0]
        raise WrongVerdictError(f"{where} held {was[where]} and holds {now.get(where)}")


def _no_worse(before: Report, after: Report) -> None:
    """Nothing is wrong that wasn't before."""
    known = {(each.code, each.sheet, each.cell) for each in before.findings}
    new = [each for each in after.findings if each.severity != NOTE and (each.code, each.sheet, each.cell) not in known]
    if before.status == "ok" and (new or after.status != "ok"):
        raise WrongVerdictError(
            f"ok before, {after.status} after: {[(each.code, each.cell) for each in new][:3]} {after.problem and after.problem.what.en}"
        )

"""Workbooks of ours, damaged: the reader and the checker. One that is called right must be right by other readers too."""

from __future__ import annotations

import functools
import random
import re
from collections.abc import Callable
from typing import Any

from conftest import page_and_months, page_only
from seeding import package

from kgisheet import api
from kgisheet.check.finding import Report

from . import cosmetic, damage, witness
from .damage import Parts
from .trial import OK, Answer, Trial, WrongVerdictError, of_report

BASES: dict[str, Callable[[], bytes]] = {
    "page": page_only,
    "page.en": lambda: page_only("short", "en"),
    "months": page_and_months,
}
NAME = "book.xlsx"


@functools.cache
def clean(base: str) -> Report:
    return api.check(BASES[base](), NAME)


def trial(pick: random.Random) -> Trial:
    """A workbook damaged in one of the ways, or changed in none."""
    base = pick.choices(tuple(BASES), (6, 3, 1))[0]
    way = pick.choices((_zip, _part, _xml, _parts, _meaning, _looks), (3, 3, 8, 1, 4, 2))[0]
    return way(pick, base)


def asked(data: bytes, base: str) -> Answer:
    """The report of a damaged workbook, held against what others read in it if it is called right."""
    answer = of_report(api.check(data, NAME))
    if answer.outcome == OK and (why := witness.untrue(data, BASES[base]())):
        raise WrongVerdictError(f"called right, but {why}")
    return answer


def _damaged(kind: str, base: str, data: bytes) -> Trial:
    return Trial(kind, {NAME: data}, lambda: asked(data, base))


def _zip(pick: random.Random, base: str) -> Trial:
    return _damaged("bytes of the zip", base, damage.bytes_of(pick, _stored(base)))


@functools.cache
def _stored(base: str) -> bytes:
    return damage.packed(package.unpacked(BASES[base]()))


READ = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/_rels/workbook.xml.rels|xl/workbook.xml|xl/sharedStrings.xml|xl/styles.xml|xl/worksheets/sheet\d.xml|docProps/custom.xml"
)
"""The parts that are read, by what they are called."""


def _one(pick: random.Random, base: str) -> tuple[Parts, str]:
    parts = package.unpacked(BASES[base]())
    names = [name for name in parts if READ.fullmatch(name)]
    # Half of what is done is done to the goal sheet, as people do.
    return parts, package.part_of(parts, package.titles(parts)[0]) if pick.random() < 0.4 else pick.choice(names)


def _part(pick: random.Random, base: str) -> Trial:
    parts, name = _one(pick, base)
    return _damaged(f"bytes of {_called(name)}", base, damage.packed(parts | {name: damage.bytes_of(pick, parts[name])}))


def _xml(pick: random.Random, base: str) -> Trial:
    parts, name = _one(pick, base)
    return _damaged(f"elements of {_called(name)}", base, damage.packed(parts | {name: damage.xml(pick, parts[name])}))


def _parts(pick: random.Random, base: str) -> Trial:
    return _damaged("parts", base, damage.packed(damage.shuffled(pick, package.unpacked(BASES[base]()))))


def _called(name: str) -> str:
    return re.sub(r"\d+", "", name.rpartition("/")[2].partition(".")[0]) or name


# -- changes that mean something ----------------------------------------------------


def _meaning(pick: random.Random, base: str) -> Trial:
    """A figure or a formula changed by hand: whatever is said, it isn't ok."""
    parts = package.unpacked(BASES[base]())
    kind, how = pick.choice(MEANING)
    what = how(pick, parts, base)
    data = damage.packed(parts)

    def run() -> Answer:
        answer = of_report(api.check(data, NAME))
        if answer.outcome == OK:
            raise WrongVerdictError(f"called right, but {what}")
        return answer

    return Trial(kind, {NAME: data}, run)


def _cells(base: str, is_formula: bool) -> list[tuple[tuple[str, str], Any]]:
    """Cells with numbers, that a formula worked out or that were typed."""
    titles = [title for title in package.titles(package.unpacked(BASES[base]())) if not title.startswith("_")][:2]
    found = []
    for where, one in witness.cells_of_base(BASES[base]()).items():
        if where[0] in titles and (one.formula is not None) == is_formula and isinstance(one.value, (int, float)):
            found.append((where, one))
    return found


def _another(pick: random.Random, value: float) -> float:
    """Another figure than this one, as one is typed wrong."""
    made = pick.choice(
        (value * 10 + 1, value / 10 + 3, value + 1, value * 2 + 1, -value - 1, value * 1.001 + 0.001, 0 if value else 5)
    )
    if abs(made - value) <= abs(value) * 1e-6:
        made = value + 1  # 3⅓ ÷ 10 + 3 is 3⅓
    return int(made) if float(made).is_integer() else float(f"{made:.12g}")


def _result(pick: random.Random, parts: Parts, base: str) -> str:
    where, one = pick.choice(_cells(base, True))
    value = _another(pick, one.value)
    package.set_cached(parts, where, value)
    return f"{where} shows {value!r} for {one.value!r}"


def _over(pick: random.Random, parts: Parts, base: str) -> str:
    where, one = pick.choice(_cells(base, True))
    value = _another(pick, one.value) if pick.random() < 0.5 else one.value
    package.set_cell(parts, where, value)
    return f"{where} has {value!r} typed over {one.formula[:60]}"


def _emptied(pick: random.Random, parts: Parts, base: str) -> str:
    where, one = pick.choice(_cells(base, True))
    package.set_cell(parts, where, None)
    return f"{where} is empty, where {one.formula[:60]} was"


def _formula(pick: random.Random, parts: Parts, base: str) -> str:
    """Another formula in its place: with something that adds to it, or another cell's."""
    where, one = pick.choice(_cells(base, True))
    text = one.formula[1:]
    made = pick.choice(
        (
            f"({text})+1",
            f"({text})*2",
            f"-({text})-1",
            f"IF(TRUE,({text})+3,0)",
            f"SUM({text},7)",
            f"({text})+NoSuch!A1+1",
            f"ROUND({text},0)+0.5",
        )
    )
    package.set_cell(parts, where, f"={made}")
    return f"{where} has {made[:80]} for {text[:60]}"


def _number(pick: random.Random, parts: Parts, base: str) -> str:
    """An input typed anew, with all results as they were."""
    known = places(base)
    held = witness.cells_of_base(BASES[base]())
    name = pick.choice([each for each in INPUTS if known.get(each) in held])
    where = known[name]
    value = held[where].value
    made = pick.choice((value * 2, value * 3, value / 2, -value, 0, 1e300, value * 10))
    package.set_cell(parts, where, made)
    return f"{name} is {made!r}, was {value!r}, and no result follows"


INPUTS = (
    "web_revenue",
    "deal_size",
    "win_rate",
    "opportunity_rate",
    "channel_share[1]",
    "channel_meeting_rate[1]",
    "channel_meeting_rate[2]",
    "channel_cvr[1]",
    "channel_cvr[3]",
)


@functools.cache
def places(base: str) -> dict[str, tuple[str, str]]:
    import stored

    return dict(stored.places(BASES[base]()))


def _name(pick: random.Random, parts: Parts, _: str) -> str:
    """A name that leads to another cell."""
    name = pick.choice(
        ("won_deals", "win_rate", "deal_size", "meetings", "leads", "web_revenue", "channel_leads", "channel_cvr")
    )
    down = pick.choice((1, 2, -1))

    def moved(found: re.Match[str]) -> str:
        return found[1] + re.sub(r"\$(\d+)", lambda row: f"${int(row[1]) + down}", found[2])

    package.changed(parts, "xl/workbook.xml", rf'(<definedName name="{name}">)([^<]*)', moved)
    return f"the name {name} leads {down} lines down"


MEANING = [
    ("a result", _result),
    ("typed over", _over),
    ("emptied", _emptied),
    ("a formula", _formula),
    ("an input", _number),
    ("a name", _name),
]


# -- changes that mean nothing ------------------------------------------------------


def _looks(pick: random.Random, base: str) -> Trial:
    """Another way of writing the same: the report is the same."""
    kind = pick.choice(tuple(cosmetic.CHANGES))
    data = cosmetic.CHANGES[kind](pick, dict(package.unpacked(BASES[base]())))

    def run() -> Answer:
        found = api.check(data, NAME)
        if found != clean(base):
            raise WrongVerdictError(f"{kind} makes {found.status} of {clean(base).status}: {_said(found)}")
        return of_report(found)

    return Trial(kind, {NAME: data}, run)


def _said(report: Report) -> str:
    if report.problem is not None:
        return report.problem.what.to("en")
    return "; ".join(f"{each.code} {each.cell}" for each in report.findings if each.severity != "note")[:200]

"""Is anything lost when an older workbook is upgraded? python tests/sweep_upgrade.py [--every N] types into every cell of its sheets.

A value of its own goes into each input, over each result and each label, and into each blank cell down to three rows and columns
beyond what is there; afterwards each value has to be in the new workbook or in the list of what was left behind.
"""

from __future__ import annotations

import argparse
import datetime
import functools
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

import older

from kgisheet import api
from kgisheet.check.subject import Subject
from kgisheet.filled.workbook import FilledBook
from kgisheet.formula.grid import Where
from kgisheet.regenerate.patch import Patch
from kgisheet.template.model import Cell
from kgisheet.values.a1 import cell_of
from kgisheet.values.units import DATE, MONTH, RATE
from kgisheet.worksheet.places import name_of
from kgisheet.xlsx.patch.content import Content
from kgisheet.xlsx.patch.package import Package
from kgisheet.xlsx.read.reader import read

KINDS = ("inputs", "texts", "results", "free", "labels")
"""Right values and words in every input, figures over results, words in blank cells and over labels."""

BEYOND = 3


class Outcome(NamedTuple):
    """What was typed, by cell; what became of the workbook; and the typed cells that are neither in it nor in its list."""

    typed: dict[Where, Any]
    before: bytes
    upgraded: api.Upgraded
    lost: list[str]


def typed(data: bytes, values: dict[Where, Any]) -> bytes:
    """The workbook with values, and formulas that begin with ``=``, typed into cells."""
    package = Package(data, "book.xlsx")
    patch = Patch(package)
    for where, value in values.items():
        is_formula = isinstance(value, str) and value.startswith("=")
        patch.contents[where] = Content(None, value) if is_formula else Content(value)
    patch.apply()
    return package.to_bytes()


@functools.lru_cache(maxsize=6)
def opened(data: bytes) -> Subject:
    """The workbook, read once for all who only look at it."""
    return Subject(FilledBook(read(data, "book.xlsx"), "book.xlsx"))


def cells(subject: Subject) -> dict[str, Where]:
    """The place of each named cell, by its name: ``web_revenue``, ``channel_leads[2]``, ``2026-04!actual_leads``."""
    return {name_of(cell, row or 0, subject.book.places): where for where, (cell, row) in subject.where.items()}


def _value(cell: Cell, number: int) -> Any:
    if cell.unit == RATE:
        return 0.2 + (number * 7 + 13) / 100_000  # no count passes the limit of a plan
    if cell.unit in (DATE, MONTH):
        return datetime.date(2026, 4, 1) + datetime.timedelta(days=number)
    return f"記入 {number}" if cell.unit == "text" else 1_000_003 + number


def _values(subject: Subject, kind: str) -> Iterator[tuple[Where, Any]]:
    book, ours = subject.book, set(subject.book.anchors.titles.values())
    held = {where for where, each in book.read.cells.items() if each.formula or each.value not in (None, "")}
    if kind in ("inputs", "texts"):
        for number, (cell, _, where) in enumerate(subject.inputs()):
            if cell.choices is None:
                yield where, _value(cell, number) if kind == "inputs" else f"約{number}くらい"
    elif kind == "results":
        for number, (_, _, where) in enumerate(subject.results()):
            yield where, 3_000_017 + number
    elif kind == "labels":
        for number, where in enumerate(sorted(held)):
            if where[0] in ours and where not in subject.where:
                yield where, f"見出し {number}"
    else:
        number = 0
        for title in sorted(ours):
            rows, cols = (max(each[axis] for each in held if each[0] == title) + 1 + BEYOND for axis in (1, 2))
            for row in range(rows):
                for col in range(cols):
                    if (title, row, col) not in held and (title, row, col) not in subject.where:
                        number += 1
                        yield (title, row, col), f"メモ {number}"


def sweep(name: str, kinds: tuple[str, ...] = KINDS, every: int = 1, first: int = 0) -> Outcome:
    """Type into every so-manieth cell of each kind, upgrade, and look for each of the values."""
    data = older.workbook(name)
    subject = opened(data)
    under = {
        (sheet.title, row, col)
        for sheet in subject.book.read.sheets
        for top, left, bottom, right in sheet.merged
        for row in range(top, bottom + 1)
        for col in range(left, right + 1)
        if (row, col) != (top, left)
    }
    values: dict[Where, Any] = {}
    for kind in kinds:
        values |= dict([each for each in _values(subject, kind) if each[0] not in under][first::every])
    before = typed(data, values)
    upgraded = api.upgrade(before, "book.xlsx")
    there = {_key(each.value) for each in read(upgraded.data, "new.xlsx").cells.values() if each.formula is None}
    there |= {_key(each.value) for each in upgraded.left}
    lost = [f"{cell_of(*where)} {value}" for where, value in values.items() if _key(value) not in there]
    return Outcome(values, before, upgraded, lost)


def _key(value: Any) -> str:
    if isinstance(value, datetime.datetime):
        value = value.date()
    return str(float(value)) if isinstance(value, (int, float, Fraction)) else str(value)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--book", action="append", choices=[*older.MADE])
    parser.add_argument("--kind", action="append", choices=KINDS)
    asked = parser.parse_args()
    losses = 0
    for book in asked.book or older.MADE:
        for kind in asked.kind or KINDS:
            done = sweep(book, (kind,), asked.every, asked.first)
            losses += len(done.lost)
            moved, left = len(done.upgraded.moved), len(done.upgraded.left)
            print(f"{book} {kind}: {len(done.typed)} typed, {moved} moved, {left} listed, {len(done.lost)} lost", flush=True)
            for each in done.lost[:10]:
                print(f"    {each}", flush=True)
    return int(bool(losses))


if __name__ == "__main__":
    raise SystemExit(main())

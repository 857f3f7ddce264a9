"""A summary's table in a workbook that people have worked in: by the name of its first heading, its headings, its keys."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from fractions import Fraction
from typing import NamedTuple

from ..formula.grid import held
from ..formula.values import Value
from ..values.a1 import Place
from ..values.rounding import number
from ..xlsx.read.reader import Filled, Read
from .tables import Spread, Table

NOTHING = Filled(None, None)
_BEYOND = 30
"""Columns beside a table that are looked through for its headings: so many may have been put in."""


class Found(NamedTuple):
    """Where a table is now, None if it is gone; ``gone`` are the keys of rows that are nowhere, ``lost`` the headings of columns (−1)."""

    spread: Spread | None
    gone: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def find(read: Read, table: Table, above: Found | None) -> Found:
    """Return where a table is; ``above`` is the table whose headings are its own too, if there is one."""
    anchor = place_of(read, table)
    if anchor is None:
        return Found(None)
    if table.under:
        if above is not None and above.spread is not None:
            cols = tuple(above.spread.cols)
        else:
            moved = anchor.col - table.col
            cols = tuple(col + moved for col in table.spread.cols)
        return Found(Spread(anchor.sheet, cols, {line.key: anchor.row + at for at, line in enumerate(table.lines)}))
    cols = columns_of(read, table, anchor)
    rows = _rows(read, table, anchor, cols)
    gone = tuple(line.said for line in table.lines if line.key not in rows)
    lost = tuple(head for head, col in zip(table.heads, cols, strict=True) if col < 0)
    return Found(Spread(anchor.sheet, cols, rows), gone, lost)


def place_of(read: Read, table: Table) -> Place | None:
    """Return where a table's first heading is, by its name, or where it was written."""
    place = read.names.get(table.name)
    if place is not None:
        return place
    titles = {sheet.title for sheet in read.sheets}
    return table.anchor if table.sheet in titles else None


def columns_of(read: Read, table: Table, anchor: Place) -> tuple[int, ...]:
    """Return the column of each heading, in order: columns that were put in between have others."""
    span = range(anchor.col, anchor.col + len(table.heads) + _BEYOND)
    said = [str(read.cells.get((anchor.sheet, anchor.row, col), NOTHING).value or "") for col in span]
    if said[: len(table.heads)] == list(table.heads):
        return tuple(span[: len(table.heads)])
    found = [-1] * len(table.heads)
    matcher = SequenceMatcher(None, table.heads, said, autojunk=False)
    for here, there, size in matcher.get_matching_blocks():
        found[here : here + size] = span[there : there + size]
    for at in range(len(found)):  # somebody wrote something else over a heading: its column is still beside its neighbour's
        before = found[at - 1] if at else anchor.col - 1
        if found[at] < 0 <= before + 1 and before + 1 not in found:
            found[at] = before + 1
    return tuple(found)


def _rows(read: Read, table: Table, anchor: Place, cols: tuple[int, ...]) -> dict[str, int]:
    """Return the row of each key that is there, the first of several."""
    wanted = {line.key for line in table.lines}
    found: dict[str, int] = {}
    keyed = cols[: table.keyed]
    for row in _filled(read, anchor, keyed[0]):
        key = "\n".join(_text(read, (anchor.sheet, row, col)) for col in keyed)
        if key in wanted:
            found.setdefault(key, row)
    return found


def _filled(read: Read, anchor: Place, col: int) -> Iterator[int]:
    """Yield the rows below the headings that hold something in a column, in order."""
    yield from sorted(row for sheet, row, at in read.cells if at == col and sheet == anchor.sheet and row > anchor.row)


def _text(read: Read, where: tuple[str, int, int]) -> str:
    return text_of(held(read.cells.get(where, NOTHING).value))


def text_of(value: Value) -> str:
    """Return a cell's value as a text."""
    if isinstance(value, Fraction):
        return str(number(value))
    return "" if value is None else str(value)

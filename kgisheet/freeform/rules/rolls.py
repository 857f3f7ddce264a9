"""Balances of each period: opening, what came, less what went, closing. 期首 + 新規 − 解約 = 期末."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from ..read import terms
from ..read.plane import Spot
from .cells import Cells
from .rounding import added

_OPENING, _CLOSING, _RECURRING = terms.of("opening"), terms.of("closing"), terms.of("recurring")
_GONE = terms.of("gone")
_FEW = 6  # figures of which each may be one that is taken off
_MOST = 24  # rows from an opening figure to its closing one
_LEAST = 3

Counts = Mapping[tuple[int, int], Spot]
"""The figures of a sheet by place, without its rates."""


class Sum(NamedTuple):
    """A total and what it is made of; ``along`` is the line that says so: 0 for a row of totals, 1 for a column."""

    total: Spot
    parts: tuple[Spot, ...]
    along: tuple[int, int]
    less: tuple[Spot, ...] = ()


def texts(cells: Cells) -> list[Spot]:
    """Return the texts of a sheet, column by column."""
    every = (each for line in cells.rows.values() for each in line.texts)
    return sorted(every, key=lambda each: (each.col, each.row))


def rolls(cells: Cells, counts: Counts) -> Iterator[Sum]:
    """Yield the figures at the end of each period, with what they are made of."""
    every = texts(cells)
    at = {(each.row, each.col): each for each in every}
    for label in every:
        if not _OPENING.search(label.flat):
            continue
        rows = [label]
        while len(rows) < _MOST and (after := at.get((rows[-1].row + 1, label.col))) is not None:
            rows.append(after)
            if _CLOSING.search(after.flat):
                break
        if len(rows) < _LEAST or not _CLOSING.search(rows[-1].flat) or len({_RECURRING.search(each.flat) for each in rows}) > 1:
            continue  # a month's revenue isn't added to a year's
        row = rows[-1].row
        columns = []
        for spot in cells.page.plane.rows.get(row, []):
            own = [counts.get((each.row, spot.col)) for each in rows]
            if None not in own:
                columns.append([each for each in own if each is not None])
        went = _went(cells, columns, [_GONE.search(each.flat) for each in rows[:-1]])
        some = any(cells.money(own[-1]) is not None and _is_of_all(cells, own, went) for own in columns)
        for *parts, end in columns:
            if some and cells.money(end) is None and _is_of_some(cells, parts, end, went):
                continue  # customers who come and go, beside ARR that those who stay add to, too
            gone = [its and cells.value(part) > 0 for its, part in zip(went, parts, strict=True)]
            yield Sum(
                end,
                tuple(part for part, its in zip(parts, gone, strict=True) if not its),
                (0, row),
                tuple(part for part, its in zip(parts, gone, strict=True) if its),
            )


def _is_of_all(cells: Cells, own: Sequence[Spot], went: Sequence[bool]) -> bool:
    """Return whether all movements of a column lead from its opening to its closing figure."""
    *parts, end = (cells.value(each) for each in own)
    return added(-part if its and part > 0 else part for part, its in zip(parts, went, strict=True)) == end


def _is_of_some(cells: Cells, parts: Sequence[Spot], end: Spot, went: Sequence[bool]) -> bool:
    """Return whether some movements of a column, and not all, lead to its closing figure: upgrades bring no customers."""
    opening, *moves = (cells.value(each) for each in parts)
    signed = [-move if its and move > 0 else move for move, its in zip(moves, went[1:], strict=True)]
    if len(moves) > _FEW or added([opening, *signed]) == cells.value(end):
        return False
    return any(
        any(chosen) and added([opening, *(move for move, its in zip(signed, chosen, strict=True) if its)]) == cells.value(end)
        for chosen in product((False, True), repeat=len(signed))
    )


def _went(cells: Cells, columns: Sequence[Sequence[Spot]], said: list[bool]) -> list[bool]:
    """Return which movements are taken off: those whose words say so, or those by which more columns hold (卒業, 満了)."""
    if len(said) > _FEW:
        return said
    values = [[cells.value(each) for each in own] for own in columns]

    def holding(went: Sequence[bool]) -> int:
        return sum(
            added(-part if its and part > 0 else part for part, its in zip(own, went, strict=False)) == own[-1]
            for own in values
        )

    # What a word says is lost is never added.
    ways = ([False, *way] for way in product((False, True), repeat=len(said) - 1))
    return max((said, *(way for way in ways if all(its or not lost for its, lost in zip(way, said, strict=True)))), key=holding)

"""Columns or rows filled from one another: of three of them the one cell that isn't what the two others have there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from ...values.regex import regex
from .fills import At, Filled

_FEWEST = 3


class Copied:
    """How often each column's formulas are those of another one near it, copied, and how often not; and each row's.

    Counted where it is asked for: most columns are copies of one another on all lines, and nobody asks.
    """

    def __init__(self, filled: Mapping[At, Filled]) -> None:
        self._filled = filled
        self._counts: dict[tuple[int, int, int], tuple[int, int]] = {}

    def counts(self, axis: int, one: int, other: int) -> tuple[int, int]:
        """Return how many formulas of a column (``axis`` 1) or row (0) are those of another one, copied, and how many aren't."""
        key = axis, one, other
        if key not in self._counts:
            copied = beside = 0
            for line in self._lines[axis][one]:
                own, its = ((line, one), (line, other)) if axis else ((one, line), (other, line))
                if its in self._filled:
                    beside += 1
                    copied += self._filled[own].lying == self._filled[its].lying
            self._counts[key] = copied, beside - copied
        return self._counts[key]

    @cached_property
    def _lines(self) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
        """The columns of each row's formulas, and the rows of each column's."""
        rows: dict[int, list[int]] = {}
        cols: dict[int, list[int]] = {}
        for row, col in self._filled:
            rows.setdefault(row, []).append(col)
            cols.setdefault(col, []).append(row)
        return rows, cols


NEAR = (-2, -1, 1, 2)


def beside(filled: Mapping[At, Filled], at: At, axis: int) -> list[At]:
    """Return the formulas one and two columns beside a cell; rows, where ``axis`` is 0."""
    row, col = at
    if axis:
        return [each for step in NEAR if (each := (row, col + step)) in filled]
    return [each for step in NEAR if (each := (row + step, col)) in filled]


def twins(filled: Mapping[At, Filled], copied: Copied) -> Iterator[tuple[At, str]]:
    """Yield the one cell of three columns or rows filled from one another that isn't what the two others have."""
    forms = {bare: _form(bare) for bare in {each.bare for each in filled.values()}}
    for axis in (1, 0):
        found: list[tuple[At, str]] = []
        for at, own in filled.items():
            near = beside(filled, at, axis)
            if len(near) < 2:
                continue
            # A total beside them is no twin.
            others = [each for each in near if filled[each].bare is own.bare or forms[filled[each].bare] == forms[own.bare]]
            if len(others) < 2 or filled[others[0]].lying == own.lying:
                continue
            if len({filled[each].lying for each in others}) > 1:
                continue
            if not _is_near(filled[others[0]], own, others[0], at):
                continue
            if all(_mostly(*copied.counts(axis, at[axis], each[axis])) for each in others):
                moved = filled[others[0]].copied(others[0], at)
                found.append((at, filled[others[0]].text(moved)))
        yield from sorted(found, key=lambda each: each[0] if axis else each[0][::-1])


def _is_near(like: Filled, odd: Filled, where: At, at: At) -> bool:
    """Return whether a formula is the other one copied but for one cell, without a $, or for what is done with the cells."""
    moved = like.copied(where, at)
    if len(moved) != len(odd.cells):
        return False
    differs = [index for index, (one, two) in enumerate(zip(moved, odd.cells, strict=True)) if one != two]
    if like.bare == odd.bare:
        if len(differs) != 1 or odd.fixed[differs[0]] != (False, False):
            return False
        meant, found = moved[differs[0]], odd.cells[differs[0]]
        return (meant[0] == found[0]) != (meant[1] == found[1])
    return not differs and _form(like.bare) == _form(odd.bare)


_TYPED_IN = regex(r"[-+*/]|(?<![\w.])\d+(?:\.\d+)?(?![\w.(])")
"""What is done with the cells of a formula, and numbers in it: months of a year."""


def _form(bare: str) -> str:
    return _TYPED_IN.sub("?", bare)


def _mostly(copied: int, otherwise: int) -> bool:
    """Return whether one column is a copy of another on all lines but this one, and on several."""
    return copied >= _FEWEST * max(1, otherwise) or (copied == _TWICE and otherwise == 1)


_TWICE = 2

"""A row or a column inserted into a counted table, or deleted from it: where, and how to report it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..language.catalogue import Phrase
from ..template import tables
from ..values.a1 import Place, address, column


def span(place: Place, axis: int) -> tuple[int, int]:
    """Return the first row (axis 0) or column of a block, and how many there are."""
    return (place.row, place.rows) if axis == 0 else (place.col, place.cols)


class Break(NamedTuple):
    """A block of cells with more lines, or fewer, than it was written with.

    ``name`` is its defined name (of a month's tab ``2026-04!goal_leads``), ``place`` its current place, ``then`` its
    original one; ``axis`` 0 for rows and 1 for columns; ``lines`` are the inserted lines of the sheet (from 0), or the
    deleted ones as they were numbered when it was written; none where that can't be decided.
    """

    name: str
    place: Place
    then: Place
    axis: int
    lines: tuple[int, ...]

    @property
    def cell(self) -> tuple[int, int]:
        """The block's first cell in the first inserted line; else its first cell."""
        if not self.lines or self.gone:
            return self.place.row, self.place.col
        return (self.lines[0], self.place.col) if self.axis == 0 else (self.place.row, self.lines[0])

    @property
    def gone(self) -> int:
        """The number of deleted lines."""
        return max(0, span(self.then, self.axis)[1] - span(self.place, self.axis)[1])

    def said(self, table: Phrase) -> Phrase:
        """Say what happened to ``table`` (月の表, a table of the months), with its sheet and the lines."""
        place = self.place
        left, were = (span(each, self.axis)[1] for each in (place, self.then))
        area = f"{address(place.row, place.col)}:{address(place.row + place.rows - 1, place.col + place.cols - 1)}"
        names = said_lines(self.axis, self.lines)
        if self.gone and self.lines:
            key = "S01.break.one_taken" if self.gone == 1 else "S01.break.taken"
            return Phrase(key, title=place.sheet, table=table, axis=self.axis, lines=names, were=were, left=left)
        if self.gone:
            key = "S01.break.one_gone" if self.gone == 1 else "S01.break.gone"
            return Phrase(key, title=place.sheet, table=table, axis=self.axis, many=self.gone, area=area, were=were, left=left)
        if not self.lines:
            return Phrase("S01.break.more", title=place.sheet, table=table, axis=self.axis, area=area, were=were, left=left)
        key = "S01.break.one_inserted" if len(names) == 1 else "S01.break.inserted"
        return Phrase(key, title=place.sheet, table=table, axis=self.axis, many=len(names), lines=names)


def said_lines(axis: int, lines: Iterable[int]) -> list[Phrase]:
    """Return the names of rows or columns (from 0) as people see them: 7行目, J列."""
    return [Phrase("S01.break.line", at=column(each) if axis else str(each + 1), axis=axis) for each in lines]


def called(table: str | None) -> Phrase:
    """Return the name of a counted table for people."""
    if table in tables.OF_MONTHS:
        return Phrase("part.months_table")
    return Phrase("part.channels_table" if table == tables.CHANNEL else "part.matrix")

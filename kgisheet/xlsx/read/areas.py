"""Areas of a sheet by the cells in them: which merged area or array formula contains a cell."""

from __future__ import annotations

from collections.abc import Iterable

from ...values import budget
from ...values.a1 import COLUMNS, ROWS, column_number
from ...values.regex import regex
from .sheetpart import Bounds, inside

Cell = tuple[int, int]
"""Row and column, from 0."""

CELL = regex(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})$")
_BAND, _BANDS = 64, 64
"""Lines of a band, and the bands that an area may lie in; a whole row, or a whole column, is in one."""
_MANY = 400_000  # cells of areas that are kept one by one; real sheets stay far below


def area(ref: str) -> Bounds | None:
    """Return the bounds of an area, ``B2:C3``, or a single cell; None for an invalid address."""
    first, _, last = ref.partition(":")
    start, end = CELL.match(first), CELL.match(last or first)
    if start is None or end is None:
        return None
    found = int(start[2]) - 1, column_number(start[1]), int(end[2]) - 1, column_number(end[1])
    return found if 0 <= found[0] <= found[2] < ROWS and found[1] <= found[3] < COLUMNS else None


def cell_at(text: str) -> Cell | None:
    """Return row and column: ``B7`` → (6, 1), of an area the first cell; None for an invalid address."""
    found = area(text)
    return None if found is None else found[:2]


class Areas:
    """Areas, looked up cell by cell at a cost independent of their number; where two overlap, the first counts.

    Raise SpentError where thousands of them are both high and wide, as no sheet has them.
    """

    def __init__(self, areas: Iterable[Bounds] = ()) -> None:
        self._by_cell: dict[Cell, Bounds] = {}
        self._large: dict[tuple[bool, int], list[Bounds]] = {}
        """Large areas by the bands of rows that they lie in; those of too many bands by the bands of columns."""
        self._vast: list[Bounds] = []
        self._left = _MANY
        for each in areas:
            self.add(each)

    def add(self, each: Bounds) -> None:
        top, left, bottom, right = each
        size = (bottom - top + 1) * (right - left + 1)
        if size <= self._left // 8:
            self._left -= size
            for row in range(top, bottom + 1):
                for col in range(left, right + 1):
                    self._by_cell.setdefault((row, col), each)
            return
        for is_row, first, last in ((True, top, bottom), (False, left, right)):
            bands = range(first // _BAND, last // _BAND + 1)
            if len(bands) <= _BANDS:
                for band in bands:
                    self._large.setdefault((is_row, band), []).append(each)
                return
        budget.spend(budget.STEPS, len(self._vast))
        self._vast.append(each)

    def at(self, cell: Cell) -> Bounds | None:
        """Return the area that contains a cell."""
        found = self._by_cell.get(cell)
        if found is not None:
            return found
        for is_row, line in ((True, cell[0]), (False, cell[1])):
            for each in self._large.get((is_row, line // _BAND), ()):
                if inside(each, *cell):
                    return each
        return next((each for each in self._vast if inside(each, *cell)), None)

"""Cell addresses: rows and columns counted from 0, and as people and formulas write them: ``D7``, ``'目標設定'!$D$7``."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from . import budget

ROWS, COLUMNS = 1_048_576, 16_384
"""The size of a sheet, in Excel."""

_FREE = 1000
"""Cells of a block that cost no more than whoever asks for them: none of ours has as many."""


class Place(NamedTuple):
    """The place of a named cell or block: ``rows`` cells down by ``cols`` across."""

    sheet: str
    row: int
    col: int
    rows: int = 1
    cols: int = 1

    @property
    def size(self) -> int:
        """How many cells it has."""
        return self.rows * self.cols

    @property
    def is_across(self) -> bool:
        """Whether its cells are side by side, in one row."""
        return self.rows == 1 < self.cols

    def spots(self) -> Iterator[Place]:
        """Yield its cells, row by row."""
        if self.size > _FREE:
            budget.spend(budget.STEPS, self.size)
        return map(self.spot, range(self.size))

    def spot(self, index: int) -> Place:
        """Return one cell of a block, counted row by row from 0."""
        sheet, row, col, rows, cols = self
        if index == 0 and rows == cols == 1:
            return self  # most are single cells
        down, across = divmod(index, cols)
        return Place(sheet, row + down, col + across)


@functools.lru_cache(maxsize=1024)
def column(col: int) -> str:
    """Return the letters of a column: ``0`` → ``A``, ``27`` → ``AB``."""
    name = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        name = chr(65 + rest) + name
    return name


@functools.lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """Return the number of a column: ``A`` → 0, ``AB`` → 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def address(row: int, col: int) -> str:
    return f"{column(col)}{row + 1}"


def row_and_column(where: str) -> tuple[int, int]:
    """Return row and column of an address that `address` wrote: ``D7`` → (6, 3)."""
    letters = where.rstrip("0123456789")
    return int(where[len(letters) :]) - 1, column_number(letters)


def cell_of(sheet: str, row: int, col: int) -> str:
    """Return a cell as reports list it: ``目標設定!D7``."""
    return f"{sheet}!{address(row, col)}"


def quoted_sheet(title: str) -> str:
    """Return a sheet name as formulas take it, always in quotes."""
    return "'" + title.replace("'", "''") + "'"


def reference(place: Place) -> str:
    """Return an absolute reference: ``'目標設定'!$D$7`` or, for a block, ``'目標設定'!$D$7:$D$14``."""
    first = f"{quoted_sheet(place.sheet)}!${column(place.col)}${place.row + 1}"
    if place.size == 1:
        return first
    return f"{first}:${column(place.col + place.cols - 1)}${place.row + place.rows}"


_MAX_ROWS, _MAX_COLUMNS = 1000, 100
"""A block of ours has some dozen rows; a name over a million would keep us busy for nothing."""


def matched(found: re.Match[str] | None) -> Place | None:
    """Return the place of an area by its parts: sheet in quotes, sheet, column, row, last column, last row; None for one too large."""
    if found is None:
        return None
    quoted, bare, letters, number, last_letters, last_number = found.groups()
    row, col = int(number) - 1, column_number(letters)
    rows = int(last_number) - row if last_number else 1
    cols = column_number(last_letters) - col + 1 if last_letters else 1
    if not 1 <= rows <= _MAX_ROWS or not 1 <= cols <= _MAX_COLUMNS:
        return None
    return Place(quoted.replace("''", "'") if quoted else bare, row, col, rows, cols)

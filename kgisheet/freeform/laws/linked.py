"""Figures typed among references to another sheet: beside the others is what that sheet has on the lines of their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from ...formula.grid import Where
from ...values.a1 import address
from ..read import lexicon
from ..rules.cells import Cells
from ..rules.references import cells_of
from .fills import At

_REFERENCE = re.compile(r"^=?\+?(?P<sheet>'(?:[^']|'')+'|[^\W\d][\w.]*)!\$?[A-Z]{1,3}\$?\d{1,7}$")
_LEAST = 2


class Linked:
    """The figures of one sheet that would be those of another sheet's lines."""

    def __init__(self, cells: Cells, own: Mapping[At, str]) -> None:
        self.cells = cells
        self.title = cells.page.title
        self.own = own
        self._seen: dict[tuple[str, int], dict[int, str]] = {}

    def __iter__(self) -> Iterator[tuple[At, str]]:
        """Yield a figure typed where other lines of its column refer to lines of their own names, with the reference to its own."""
        for (col, sheet, there), rows in self._columns.items():
            if len(rows) < _LEAST:
                continue
            for at, (spot, _) in self.cells.amounts.items():
                if at[1] != col or at in self.own or not min(rows) - 1 <= at[0] <= max(rows) + 1:
                    continue
                name = self._name(self.title, at)
                lines = [row for row, its in self._names(sheet, there).items() if its == name] if name else []
                if len(lines) == 1 and not self.cells.is_rate(spot):
                    prefix = _REFERENCE.match(self.own[rows[0], col])
                    assert prefix is not None
                    yield at, f"{prefix['sheet']}!{address(lines[0], there)}"

    @cached_property
    def _columns(self) -> dict[tuple[int, str, int], list[int]]:
        """The rows of each column that refer to the lines of their names, by the sheet and the column to which they do."""
        found: dict[tuple[int, str, int], list[int]] = {}
        for at, text in self.own.items():
            if _REFERENCE.match(text) is None:
                continue
            name = self._name(self.title, at)
            for to in cells_of(text, self.title):  # none of another workbook's
                if to[0] != self.title and name and name == self._name(*_parted(to)):
                    found.setdefault((at[1], to[0], to[2]), []).append(at[0])
        return found

    def _names(self, sheet: str, col: int) -> dict[int, str]:
        """Return what the lines of another sheet are called that have a figure in a column."""
        if (sheet, col) not in self._seen:
            every = (*self.cells.sheets.constants, *self.cells.sheets.formulas)
            rows = sorted({row for title, row, at in every if (title, at) == (sheet, col)})
            self._seen[sheet, col] = {row: self._name(sheet, (row, col)) for row in rows}
        return self._seen[sheet, col]

    def _name(self, sheet: str, at: At) -> str:
        """Return the nearest text on the left of a cell."""
        for col in range(at[1] - 1, -1, -1):
            value = self.cells.sheets.constants.get((sheet, at[0], col))
            if isinstance(value, str) and value.strip():
                return lexicon.key(value)
        return ""


def _parted(where: Where) -> tuple[str, At]:
    return where[0], (where[1], where[2])

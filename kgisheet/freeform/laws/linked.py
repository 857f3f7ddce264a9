"""Figures typed among references to another sheet: beside the others is what that sheet has on the lines of their names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cached_property

from ...formula.grid import Where
from ...values.a1 import address
from ...values.regex import regex
from ..read import lexicon
from ..rules.cells import Cells
from ..rules.references import cells_of
from .fills import At

_REFERENCE = regex(r"^=?\+?(?P<sheet>'(?:[^']|'')+'|[^\W\d][\w.]*)!\$?[A-Z]{1,3}\$?\d{1,7}$")
_IN_BRACKETS = regex(r"[(（].*?[)）]$")
_LEAST = 2


class Linked:
    """The figures of one sheet that would be those of another sheet's lines."""

    def __init__(self, cells: Cells, own: Mapping[At, str]) -> None:
        self.cells = cells
        self.title = cells.page.title
        self.own = own
        self._seen: dict[tuple[str, int], dict[str, list[int]]] = {}

    def __iter__(self) -> Iterator[tuple[At, str]]:
        """Yield a figure typed where other lines of its column refer to lines of their own names, with the reference to its own."""
        for (col, sheet, there), rows in self._columns.items():
            if len(rows) < _LEAST:
                continue
            rows.sort()
            for at in self._figures.get(col, ()):
                if at in self.own or not rows[0] - 1 <= at[0] <= rows[-1] + 1:
                    continue
                name = self._name(self.title, at)
                lines = self._named(sheet, there).get(name, ()) if name else ()
                if len(lines) == 1 and not self.cells.is_rate(self.cells.amounts[at][0]):
                    prefix = _REFERENCE.match(self.own[rows[0], col])
                    assert prefix is not None
                    yield at, f"{prefix['sheet']}!{address(lines[0], there)}"

    def of_another_line(self) -> Iterator[tuple[At, str]]:
        """Yield a reference to another sheet's line that is called otherwise, where one line of that column has the name of its own."""
        for at, text in self.own.items():
            match = _REFERENCE.match(text)
            name = self._name(self.title, at) if match is not None else ""
            for to in cells_of(text, self.title) if match is not None and name else ():
                named = self._named(to[0], to[2]) if to[0] != self.title else {}
                # 商談（IS） of the sheet IS is what is called 商談 there, 受取アポ what is called アポ.
                lines = named.get(name, []) or named.get(_IN_BRACKETS.sub("", name), []) or self._inside(named, name, to)
                if len(lines) == 1 and lines[0] != to[1] and self._name(*_parted(to)) and match is not None:
                    yield at, f"{match['sheet']}!{address(lines[0], to[2])}"

    def _inside(self, named: Mapping[str, list[int]], name: str, to: Where) -> list[int]:
        """Return the line whose name is in that of a reference, where the line that it is of has another one."""
        inside = [each for each in named if len(each) >= _LEAST and each in name and not each.isascii()]
        longest = max(inside, key=len, default="")
        return named[longest] if longest and self._name(*_parted(to)) not in inside else []

    def is_of_its_name(self, at: At, formula: str) -> bool:
        """Return whether a reference to another sheet is of a line that is called as its own, and another one would not be."""
        own, other = self.own.get(at, ""), formula
        if _REFERENCE.match(own) is None or _REFERENCE.match(other) is None:
            return False
        names = [
            _pairs(self._name(*_parted(to))) & _pairs(self._name(self.title, at))
            for text in (own, other)
            for to in list(cells_of(text, self.title))[:1]
        ]
        return len(names) == _LEAST and len(names[0]) > len(names[1])

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

    @cached_property
    def _figures(self) -> dict[int, list[At]]:
        """The figures of each column."""
        found: dict[int, list[At]] = {}
        for at in self.cells.amounts:
            found.setdefault(at[1], []).append(at)
        return found

    def _named(self, sheet: str, col: int) -> dict[str, list[int]]:
        """Return the lines of another sheet that have a figure in a column, by what they are called."""
        if (sheet, col) not in self._seen:
            found = self._seen[sheet, col] = {}
            for row in self._rows.get((sheet, col), ()):
                found.setdefault(self._name(sheet, (row, col)), []).append(row)
        return self._seen[sheet, col]

    @cached_property
    def _rows(self) -> dict[tuple[str, int], list[int]]:
        """The rows of each column of the workbook that hold something."""
        found: dict[tuple[str, int], list[int]] = {}
        for sheet, row, col in (*self.cells.sheets.constants, *self.cells.sheets.formulas):
            found.setdefault((sheet, col), []).append(row)
        return found

    @cached_property
    def _texts(self) -> dict[tuple[str, int], list[int]]:
        """The columns of each row of the workbook that hold a text, in order."""
        found: dict[tuple[str, int], list[int]] = {}
        for (sheet, row, col), value in self.cells.sheets.constants.items():
            if isinstance(value, str) and value.strip():
                found.setdefault((sheet, row), []).append(col)
        for cols in found.values():
            cols.sort()
        return found

    def _name(self, sheet: str, at: At) -> str:
        """Return the nearest text on the left of a cell."""
        cols = self._texts.get((sheet, at[0]), ())
        index = bisect_left(cols, at[1])
        return lexicon.key(str(self.cells.sheets.constants[sheet, at[0], cols[index - 1]])) if index else ""


def _pairs(name: str) -> set[str]:
    """Return each two letters of a name that follow one another: as names are compared they have no words any more."""
    return {name[at : at + 2] for at in range(len(name) - 1)}


def _parted(where: Where) -> tuple[str, At]:
    return where[0], (where[1], where[2])

"""The tables of a summary: every figure declared once, as what was gathered or as a formula of other tables' cells.

The same declaration is written into cells, and found again in a summary that people have worked in: a table by the name of
its first heading, a column by its heading, a row by its key. Rows that were sorted, and lines that were put in, change nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from ..layout.model import Look
from ..values.a1 import Place, column, quoted_sheet
from ..worksheet.solve import Held

Figure = int | float | None


class Spots:
    """Where the tables' cells are: of a summary that is being written, or as found in one."""

    def __init__(self, found: Mapping[str, Spread], sheet: str = "") -> None:
        self.found = found
        self.sheet = sheet

    def seen_from(self, sheet: str) -> Spots:
        """Return the same as formulas on a sheet refer to it."""
        return Spots(self.found, sheet)

    def _of(self, table: str, head: int) -> tuple[str, str]:
        """Return how a sheet is named in front of a reference, and a column; raise KeyError for one that is gone."""
        of = self.found[table]
        if of.cols[head] < 0:
            raise KeyError(table)
        return "" if of.sheet == self.sheet else f"{quoted_sheet(of.sheet)}!", column(of.cols[head])

    def cell(self, table: str, key: str, head: int) -> str:
        """Return the absolute reference of a cell: it stays right wherever the formula is sorted to."""
        sheet, col = self._of(table, head)
        return f"{sheet}${col}${self.found[table].rows[key] + 1}"

    def down(self, table: str, head: int) -> str:
        """Return the area of a whole column."""
        (sheet, col), rows = self._of(table, head), self.found[table].rows.values()
        return f"{sheet}${col}${min(rows) + 1}:${col}${max(rows) + 1}"

    def block(self, table: str, head: int, last: int) -> str:
        """Return the area of whole columns, of those from ``head`` to ``last``."""
        (sheet, col), rows = self._of(table, head), self.found[table].rows.values()
        return f"{sheet}${col}${min(rows) + 1}:${self._of(table, last)[1]}${max(rows) + 1}"

    def here(self, table: str, key: str, head: int, last: int | None = None) -> str:
        """Return a cell of the formula's own row, or those up to ``last``, as rows are copied and sorted: relative."""
        row = self.found[table].rows[key] + 1
        first = f"{self._of(table, head)[1]}{row}"
        return first if last is None else f"{first}:{self._of(table, last)[1]}{row}"


class Spread(NamedTuple):
    """The cells of one table: its sheet, the column of each heading, the row of each key; from 0."""

    sheet: str
    cols: Sequence[int]
    rows: Mapping[str, int]


class Formula(NamedTuple):
    """A formula by where the cells that it uses are, and its value."""

    written: Callable[[Spots], str]
    value: Held


class Link(NamedTuple):
    """A text that leads to a file, or to a cell of this workbook (``target`` as the writer takes it)."""

    target: str
    text: str


Content = str | Figure | Formula | Link


class Line(NamedTuple):
    """A row: its key, which is the text of its first cells, and its cells; what a sentence calls it, where that isn't its key."""

    key: str
    cells: tuple[Content, ...]
    looks: tuple[Look, ...]
    called: str | None = None

    @property
    def said(self) -> str:
        """Its name in a sentence."""
        return (self.key if self.called is None else self.called).replace("\n", " ")


class Table(NamedTuple):
    """A table: its id, the defined name of its first heading, where that is, its headings, and how many columns make a row's key.

    ``under`` is the table whose headings are its own too: a line of totals stands above the headings, so that nobody sorts it in.
    ``apart`` are its columns, where they aren't side by side.
    """

    id: str
    name: str
    sheet: str
    row: int
    col: int
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    keyed: int = 1
    under: str = ""
    apart: tuple[int, ...] = ()

    @property
    def anchor(self) -> Place:
        """The cell that the name is of: the first heading, or the first cell of a line of totals."""
        return Place(self.sheet, self.row, self.col)

    @property
    def spread(self) -> Spread:
        """Where it is written."""
        first = self.row if self.under else self.row + 1
        cols = self.apart or range(self.col, self.col + len(self.heads))
        return Spread(self.sheet, cols, {line.key: first + at for at, line in enumerate(self.lines)})

    def placed(self) -> Iterator[tuple[int, int, Content, Look]]:
        """Yield row, column, content and look of its cells as they are written, without the headings."""
        of = self.spread
        for line in self.lines:
            row = of.rows[line.key]
            for col, content, look in zip(of.cols, line.cells, line.looks, strict=True):
                yield row, col, content, look


def written(tables: Sequence[Table]) -> Spots:
    """Return where the tables are written."""
    return Spots({each.id: each.spread for each in tables})


def exact(value: Figure) -> Fraction | None:
    """Return a figure as the decimal that it is written as; None is blank."""
    if value is None:
        return None
    return Fraction(value) if isinstance(value, int) else Fraction(repr(value))

"""Tables → cells of a sheet: headings, contents, what is repeated on each of a summary's sheets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..layout import looks
from ..layout.model import Conditional, Look, Sheet
from ..values.a1 import address, column
from . import wear
from .tables import Content, Formula, Link, Spots, Table, exact
from .texts import lines

_HEAD_HEIGHT = 32.0
LONGEST = 900
"""Characters of a text in a cell."""


def put(sheet: Sheet, row: int, col: int, content: Content, look: Look, spots: Spots) -> None:
    """Write one content into a cell."""
    if isinstance(content, Formula):
        sheet.formula(row, col, content.written(spots.seen_from(sheet.title)), content.value, look)
    elif isinstance(content, Link):
        sheet.link(row, col, content.target, lines(content.text, LONGEST), look)
    elif isinstance(content, str) or content is None:
        sheet.put(row, col, lines(content, LONGEST) or None if content else None, look)
    else:
        sheet.put(row, col, exact(content), look)


def draw(sheet: Sheet, table: Table, spots: Spots) -> None:
    """Draw a table with its headings."""
    if not table.under:
        sheet.heights.setdefault(table.row, _HEAD_HEIGHT)
        for at, head in enumerate(table.heads):
            sheet.put(table.row, table.col + at, head or None, wear.HEAD)
    for row, col, content, look in table.placed():
        put(sheet, row, col, content, look, spots)


def of_managers(sheet: Sheet, tables: tuple[Table, Table], rates: Iterable[int], spots: Spots) -> None:
    """Draw the rows of the managers below the line of the whole, names and headings always in sight; ``rates`` are columns of them."""
    table, whole = tables
    draw(sheet, whole, spots)
    draw(sheet, table, spots)
    last, end = table.row + max(1, len(table.lines)), len(table.heads) - 1
    for col in rates:
        shaded(sheet, (whole.row, last), col)
    sheet.frozen_rows, sheet.frozen_cols = table.row + 1, 2
    sheet.filtered = (table.row, 0, last, end)
    sheet.title_rows, sheet.title_cols = (whole.row - 1, table.row), (0, 1)
    sheet.pages_tall = 0
    sheet.cursor = (table.row + 1, 1)
    area = [f"A1:{column(end)}{last + 1}"]
    sheet.quiet = {"formula_differs": area, "formula_range": area}


def shaded(sheet: Sheet, rows: tuple[int, int], col: int, rates: int | None = None) -> None:
    """Colour a column by how near its rates come to the goal, or those of the column ``rates``."""
    here = f"${address(rows[0], col if rates is None else rates)}"
    for test, look in (
        (f"AND(ISNUMBER({here}),{here}>={wear.REACHED})", looks.GOOD),
        (f"AND(ISNUMBER({here}),{here}>={wear.NEAR},{here}<{wear.REACHED})", looks.NEAR),
        (f"AND(ISNUMBER({here}),{here}<{wear.NEAR})", looks.BAD),
    ):
        sheet.conditionals.append(Conditional(rows[0], col, rows[1], col, test, look))


def titled(sheet: Sheet, title: str, under: Sequence[str], col: int = 0) -> int:
    """Put a sheet's title and the lines under it; return the row below them."""
    sheet.put(0, col, title, looks.TITLE)
    sheet.heights[0] = 26
    for at, line in enumerate(under, 1):
        sheet.put(at, col, line, looks.SMALL)
    return len(under) + 1

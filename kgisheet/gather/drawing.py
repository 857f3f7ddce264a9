"""Tables → cells of a sheet: headings, contents, what is repeated on each of a summary's sheets."""

from __future__ import annotations

from collections.abc import Sequence

from ..layout import looks
from ..layout.model import Conditional, Look, Sheet
from ..values.a1 import address
from . import wear
from .tables import Content, Formula, Link, Spots, Table, exact
from .texts import lines

_HEAD_HEIGHT = 32.0
_LONGEST = 900
"""Characters of a text in a cell."""


def put(sheet: Sheet, row: int, col: int, content: Content, look: Look, spots: Spots) -> None:
    """Write one content into a cell."""
    if isinstance(content, Formula):
        sheet.formula(row, col, content.written(spots.seen_from(sheet.title)), content.value, look)
    elif isinstance(content, Link):
        sheet.link(row, col, content.target, lines(content.text, _LONGEST), look)
    elif isinstance(content, str) or content is None:
        sheet.put(row, col, lines(content, _LONGEST) or None if content else None, look)
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


def shaded(sheet: Sheet, rows: tuple[int, int], col: int) -> None:
    """Colour the rates of a column by how near they come to the goal."""
    here = f"${address(rows[0], col)}"
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

"""S05: cells of ours whose value nobody sees, for their text has the colour of the background or their format shows nothing."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..book.formats import shows_nothing
from ..book.sheetpart import Filled
from ..errors import Text
from ..formula.grid import Where, held
from ..sheets.model import cell_of
from ..template.model import Cell
from .finding import LIKELY, WARNING, Finding
from .subject import Subject, is_blank


def unseen(subject: Subject) -> Iterator[Finding]:
    """One finding per sheet, at the first such cell; an input goes before a result."""
    sheets: dict[str, list[tuple[Cell, int | None, Where]]] = {}
    for cell, row, where in [*subject.inputs(), *subject.results()]:
        stored = subject.book.read.cells.get(where)
        if stored is not None and _is_unseen(stored):
            sheets.setdefault(where[0], []).append((cell, row, where))
    for cells in sheets.values():
        (cell, row, where), *others = cells
        label = subject.label(cell, row)
        how = Text("文字の色が背景と同じで、見えません", "has the colour of its background, and can't be seen")
        if not subject.book.read.cells[where].unread:
            how = Text("表示形式のために何も表示されません", "shows nothing, for its number format hides it")
        yield subject.finding(
            "S05", WARNING, cell, row,
            Text(f"{label.ja}は、計算に使われるのに{how.ja}", f"{label.en} counts, but {how.en}"),
            Text("文字の色と表示形式を標準に戻し、値を確かめてください", "put its colour and number format back, and look at the value"),
            confidence=LIKELY, affected=tuple(cell_of(*each) for _, _, each in others),
        )  # fmt: skip


def _is_unseen(stored: Filled) -> bool:
    value = held(stored.value)
    if is_blank(value):
        return False
    if stored.unread:
        return True
    return shows_nothing(stored.format, isinstance(value, str)) and not (isinstance(value, Fraction) and value <= 0)

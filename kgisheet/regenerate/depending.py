"""Other people's sheets with figures that depend on ours: they are updated when a program opens the workbook."""

from __future__ import annotations

from ..filled.workbook import FilledBook
from ..formula.nodes import Area, Name, walk
from ..formula.nodes import Cell as CellRef
from ..formula.parser import FormulaError, parse
from ..worksheet import provenance


def depending(book: FilledBook, ours: set[str]) -> tuple[str, ...]:
    """Return other people's sheets with formulas that refer to ours."""
    names = {name.lower() for name in book.names}
    found: dict[str, None] = {}
    for (sheet, _, _), text in book.formulas.items():
        if sheet in ours or sheet == provenance.SHEET or sheet in found:
            continue
        try:
            tree = parse(text)
        except FormulaError:
            continue
        if any(
            (isinstance(each, (CellRef, Area)) and each.sheet in ours) or (isinstance(each, Name) and each.name.lower() in names)
            for each in walk(tree)
        ):  # fmt: skip
            found[sheet] = None
    return tuple(found)

"""The workbook as it is: the values of its cells, whatever its names have suffered."""

from __future__ import annotations

from collections.abc import Mapping

from ..check.subject import Subject
from ..filled.workbook import FilledBook
from ..formula.grid import CircleError, Sheets, Where, held
from ..formula.values import NotEvaluatedError, Value
from ..values.a1 import Place


class Present:
    """The current workbook, recalculated, with lost names restored."""

    def __init__(self, book: FilledBook) -> None:
        self.book = book
        self._sheets = book.recalculated
        if book.restored:
            names, local = names_of(book, book.names)
            self._sheets = Sheets(book.formulas, book.constants, names, local)

    def value(self, where: Where) -> Value:
        """Return the value of a cell; the stored one if it can't be evaluated."""
        try:
            return self._sheets.value(where)
        except (NotEvaluatedError, CircleError):
            stored = self.book.read.cells.get(where)
            return None if stored is None else held(stored.value)

    def know_all(self, subject: Subject) -> None:
        """Use the template's figures as values, if every formula is the template's."""
        at, known = self.book.solution.at, {}
        for cell, row, where in subject.results():
            value = at(cell.name, row)
            known[where] = "" if value is None else held(value)
        self._sheets.know_all(known)


def names_of(book: FilledBook, ours: Mapping[str, Place]) -> tuple[dict[str, Place], dict[tuple[str, str], Place]]:
    """Return the workbook's names and those of its sheets, with ``ours`` where they belong."""
    own = {name: place for name, place in ours.items() if "!" not in name}
    local = {(place.sheet, name.rpartition("!")[2].lower()): place for name, place in ours.items() if "!" in name}
    return {**book.read.names, **own}, {**book.read.local_names, **local}

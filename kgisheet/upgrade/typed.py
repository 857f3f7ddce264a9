"""Everything that people typed on the sheets of an old workbook, cell by cell: into inputs, over formulas and labels, beside them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from ..check.subject import Subject
from ..formula.grid import Where
from ..formula.grid import held as held_as
from ..layout.draft import Shared
from ..regenerate.inputs import alike
from ..regenerate.results import ResultCells, same_value
from ..template.model import Cell
from ..values.a1 import row_and_column
from ..worksheet import provenance
from ..worksheet.places import name_of
from ..xlsx.patch import links
from ..xlsx.patch.package import Package
from ..xlsx.patch.tabs import tabs
from ..xlsx.read.reader import Filled

INPUT, RESULT, LABEL, FREE, SHOWN = "input", "result", "label", "free", "shown"
"""Typed into an input, over a formula, over a label, beside them; and a figure, in an export as values, that its inputs don't give."""


class Typed(NamedTuple):
    """One cell with something of people's. ``was`` is what we had written there."""

    kind: str
    where: Where
    held: Filled
    was: Any = None
    cell: Cell | None = None
    row: int | None = None

    @property
    def holds(self) -> bool:
        """Whether there is something in the cell; people may also have emptied it."""
        return self.held.formula is not None or self.held.value not in (None, "")


class Sheets:
    """The old workbook's own sheets, by what we wrote on them and what is there now."""

    def __init__(self, subject: Subject, package: Package) -> None:
        self.subject = subject
        self.book = subject.book
        self.package = package
        shared = Shared()
        shared.names.update({name: place for name, place in self.book.names.items() if "!" not in name})
        shared.tabs.update({name: list(blocks) for name, blocks in self.book.places.tabs.items()})
        shared.places.followed = self.book.places.followed
        self._results = ResultCells(subject, shared.places)

    @cached_property
    def titles(self) -> frozenset[str]:
        """The current titles of our sheets, but for the one with the record."""
        return frozenset(self.book.anchors.titles.values()) - {provenance.SHEET}

    def name(self, cell: Cell, row: int | None) -> str:
        return name_of(cell, row or 0, self.book.places)

    def all(self) -> Iterator[Typed]:
        """Yield all that is people's, sheet by sheet."""
        for where, held in sorted(self.book.read.cells.items(), key=lambda each: each[0]):
            if where[0] not in self.titles:
                continue
            named = self.subject.where.get(where)
            found = self._unnamed(where, held) if named is None else self._named(where, held, *named)
            if found is not None:
                yield found
        for where, (cell, row) in self.subject.where.items():
            if where not in self.book.read.cells and cell.formula is None and self._written(cell, row) not in (None, ""):
                yield Typed(INPUT, where, Filled(None, None), self._written(cell, row), cell, row)

    def _written(self, cell: Cell, row: int | None) -> Any:
        return self.book.anchors.written(cell.name, row or 0)

    def _named(self, where: Where, held: Filled, cell: Cell, row: int | None) -> Typed | None:
        if cell.formula is None:
            was = self._written(cell, row)
            is_same = held.formula is None and alike(held.value, was)
            return None if is_same else Typed(INPUT, where, held, was, cell, row)
        if (held.formula is None and held.value in (None, "")) or self._results.is_broken(where):
            return None  # an emptied result, or one that lost what it refers to, works again in the new workbook
        if self.book.without_formulas:  # an export as values: what it shows is what our formulas gave, or somebody
            is_given = same_value(held_as(held.value), self.subject.expected(cell, row))
            return None if is_given else Typed(SHOWN, where, held, None, cell, row)
        if self._results.is_ours(cell, where) or self._results.is_older(cell, row, where):
            return None
        return Typed(RESULT, where, held, self.book.recorded(cell, row), cell, row)

    def _unnamed(self, where: Where, held: Filled) -> Typed | None:
        if held.value in (None, "") and held.formula is None:
            return None  # a text of ours that was wiped out is there again
        if self.ours.get(where) not in (None, ""):
            was = self.ours[where]
            if self._is_as_written(held, was):
                return None
            return Typed(LABEL, where, held, was)
        if held.formula is None and where in self.links and held.value in self.said:
            return None
        return Typed(FREE, where, held)

    def _is_as_written(self, held: Filled, was: Any) -> bool:
        if held.formula is None:
            return alike(held.value, was) or (self.book.without_formulas and isinstance(was, str) and was[:1] == "=")
        if not isinstance(was, str):
            return False
        return _spelled(held.formula) == _spelled(was)

    @cached_property
    def ours(self) -> dict[Where, Any]:
        """The content that we wrote into cells without a name, by their current places."""
        found: dict[Where, Any] = {}
        anchors = self.book.anchors
        for title, cells in anchors.generated.items():
            for at, value in cells.items():
                where = anchors.cell(title, *row_and_column(at))
                if where is not None and where not in self.subject.where:
                    is_formula = isinstance(value, str) and value.startswith("=")
                    found[where] = (anchors.formula(title, value) or value) if is_formula else value
        return found

    @cached_property
    def links(self) -> set[Where]:
        """The cells that lead to a place in the workbook."""
        return {
            (tab.title, each.row, each.col)
            for tab in tabs(self.package)
            if tab.part is not None and tab.title in self.titles
            for each in links.links(self.package, tab.part)
        }

    @cached_property
    def said(self) -> set[Any]:
        """The texts of our links: the titles of sheets, and what is written on them."""
        written = {
            value for cells in self.book.anchors.generated.values() for value in cells.values() if isinstance(value, str)
        }
        sections = {section.title.to(self.book.lang) for section in self.book.template.sections}
        return written | sections | set(self.book.anchors.generated) | {sheet.title for sheet in self.book.read.sheets}


def _spelled(formula: str) -> str:
    """Return a formula in one spelling: other programs put quotes, blanks and signs their own way."""
    return "".join(formula.lstrip("=").split()).replace("'", "").casefold()

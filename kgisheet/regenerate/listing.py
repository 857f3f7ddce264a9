"""The list of a regeneration's changes: cells that change, those that stay as people have them, and conflicts between the two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..errors import Problem
from ..filled.records import json_value, name_of
from ..filled.workbook import FilledBook
from ..formula.grid import Where, held
from ..formula.values import Value
from ..template.model import Cell
from ..template.tables import MONTHS
from ..values.a1 import address
from ..xlsx.read.areas import cell_at
from .inputs import Touched
from .outcome import Change, Goals


class Listing:
    """Changes collected cell by cell; ``overwritten`` are the names of those that replace what people typed."""

    def __init__(self, book: FilledBook, notes: Iterable[Problem]) -> None:
        self.book = book
        self.changes: list[Change] = []
        self.kept: list[Change] = []
        self.conflicts: list[Change] = []
        self.overwritten: set[str] = set()
        self.notes: list[Problem] = list(notes)

    def touched(self, into: list[Change], each: Touched) -> None:
        """List an input with its previous and its new value."""
        self.result(into, each.cell, each.row, each.where, held(each.before), held(each.after))

    def result(self, into: list[Change], cell: Cell, row: int | None, where: Where, was: Value, now: Value) -> None:
        """List a cell with two values of it."""
        sheet, at_row, col = where
        into.append(Change(sheet, address(at_row, col), self.name(cell, row), json_value(cell, was), json_value(cell, now)))

    def overwrite(self, cell: Cell, row: int | None) -> None:
        """Note that what people typed there is overwritten."""
        self.overwritten.add(self.name(cell, row))

    def is_overwritten(self, cell: Cell, row: int | None) -> bool:
        return self.name(cell, row) in self.overwritten

    def name(self, cell: Cell, row: int | None) -> str:
        """Return the name by which `show` calls the cell."""
        return name_of(cell, row or 0, self.book.places)

    def in_order(self, group: Iterable[Change]) -> tuple[Change, ...]:
        """Return the changes in the order of the sheets, each from top to bottom."""
        order = {facts.title: at for at, facts in enumerate(self.book.read.sheets)}

        def place(change: Change) -> tuple[int, int, int]:
            row, col = cell_at(change.cell) or (0, 0)
            return order.get(change.sheet, len(order)), row, col

        return tuple(sorted(group, key=place))

    def goals(self) -> Iterator[Goals]:
        """Yield the changes of the monthly goals, stage by stage, in the worksheet's order."""
        changed = {str(each.name): each for each in self.changes}
        for flow in self.book.template.flows:
            months = tuple(
                changed[name] for name in (f"month_{flow.name}[{month + 1}]" for month in range(MONTHS)) if name in changed
            )
            if months:
                yield Goals(flow.label, months, changed.get(f"year_{flow.name}"))

    def inputs(self) -> frozenset[str]:
        """Return the names of the inputs among the changes: the rest follows from them."""
        return frozenset(each.name for each in self.changes if each.name is not None and self._cell(each).formula is None)

    def _cell(self, change: Change) -> Cell:
        return self.book.template.cells[str(change.name).rpartition("!")[2].partition("[")[0]]

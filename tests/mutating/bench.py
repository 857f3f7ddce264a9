"""A workbook read once, into which one formula after the other is put; what the checker says of each."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import NamedTuple

from conftest import book

from kgisheet.check.compare.trials import Trials
from kgisheet.check.finding import Finding
from kgisheet.check.rules.formulas import FormulaChecks
from kgisheet.check.subject import Subject
from kgisheet.filled.workbook import FilledBook
from kgisheet.formula.grid import Sheets, Where
from kgisheet.formula.nodes import Area, Name, Tree
from kgisheet.formula.nodes import Cell as CellRef
from kgisheet.formula.parser import parse
from kgisheet.template.model import Cell
from kgisheet.values.a1 import Place
from kgisheet.xlsx.read.reader import read

from .operators import mutants


class Edit(NamedTuple):
    """One mutant at its cell."""

    cell: Cell
    row: int | None
    where: Where
    kind: str
    text: str


class Bench:
    def __init__(self, template: str, lang: str, **settings: str) -> None:
        self.template, self.lang = template, lang
        content = read(book(template, lang, **settings), "book.xlsx")
        self.subject = Subject(FilledBook(content, "book.xlsx"))
        self.trials = Trials(self.subject)
        self.values = {where: self._value(where) for where in self.subject.formulas}
        self._names = self.subject.book.names
        self._at = {place: name for name, place in self._names.items()}

    def _value(self, where: Where) -> object:
        return self.subject.recalculated.value(where)

    def edits(self, some: slice = slice(None)) -> Iterator[Edit]:
        """Every mutant of every formula, or of some; of a column that of one row in the middle, where all have neighbours."""
        for name in list(dict.fromkeys(cell.name for cell, _, _ in self.subject.results()))[some]:
            cells = [each for each in self.subject.results() if each[0].name == name]
            cell, row, where = cells[len(cells) // 4]
            text = self.subject.formulas[where]
            for kind, new in mutants(parse(text), lambda node, where=where: self._alike(node, where)):  # type: ignore[misc]
                yield Edit(cell, row, where, kind, new)

    def ask(self, edit: Edit) -> list[Finding]:
        """What the checker finds at the cell with the mutant in it."""
        subject = copy.copy(self.subject)
        subject.formulas = {**self.subject.formulas, edit.where: edit.text}
        subject.recalculated = Sheets(
            subject.formulas, subject.constants, subject.book.read.names, subject.book.read.local_names
        )
        subject.recalculated.values = {where: value for where, value in self.values.items() if where != edit.where}  # type: ignore[misc]
        checks = FormulaChecks(subject, self.trials)
        return list(checks.look(edit.cell, edit.row, edit.where))

    def _alike(self, node: Tree, where: Where) -> list[Tree]:
        """Neighbouring cells, the next tab's, the next name of like unit."""
        if isinstance(node, CellRef):
            near = [node._replace(row=node.row + by) for by in (-1, 1) if node.row + by >= 0]
            near += [node._replace(col=node.col + by) for by in (-1, 1) if node.col + by >= 0]
            return [*near, *self._on_other_tab(node)]
        if isinstance(node, Area):
            moved = [node._replace(col=node.col + 1, last_col=node.last_col + 1)]
            return [*moved, *self._on_other_tab(node)]
        if isinstance(node, Name):
            return [Name(each) for each in self._of_like_unit(node.name)]
        return []

    def _on_other_tab(self, node: CellRef | Area) -> list[Tree]:
        tabs = self.subject.book.anchors.tabs
        if node.sheet not in tabs:
            return []
        at = tabs.index(node.sheet)
        return [node._replace(sheet=tabs[at - 1 if at else 1])]

    def _of_like_unit(self, name: str) -> list[str]:
        """The names of the same unit and shape that are declared next to it, before and after."""
        cells = self.subject.template.cells
        if name not in cells:
            return []
        place = self._names.get(name)
        shape = None if place is None else place[3:]
        like = [
            each.name for each in cells.values()
            if each.unit == cells[name].unit and each.table == cells[name].table and self._shape(each.name) == shape and not each.on_tab
        ]  # fmt: skip
        at = like.index(name) if name in like else None
        return [] if at is None else like[max(0, at - 2) : at] + like[at + 1 : at + 3]

    def _shape(self, name: str) -> tuple[int, int] | None:
        place: Place | None = self._names.get(name)
        return None if place is None else (place.rows, place.cols)

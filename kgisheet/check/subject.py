"""The subject of the rules: a filled workbook, recalculated, beside what its template expects."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from ..expr.nodes import Name, counted_through, names
from ..filled.workbook import FilledBook
from ..formula.grid import CircleError, Sheets, Where, held
from ..formula.parser import FormulaError, parse
from ..formula.values import NotEvaluatedError, Value
from ..language.catalogue import Phrase
from ..language.text import Text, Wording
from ..template import tables
from ..template.model import INPUT, Cell, Switch, Template
from ..template.switches import is_read, says
from ..values import budget
from ..values.a1 import Place, address
from ..values.recent import Recent
from ..worksheet.labels import Labels
from ..xlsx.read.areas import Areas
from ..xlsx.read.sheetpart import Bounds
from .called import called
from .compare.context import worked_out
from .finding import Finding, labelled

_Formulas = dict[tuple[str, int | None, Where], str]
_FORMULAS: Recent[tuple[Template, _Formulas]] = Recent(4)


class Subject:
    """One workbook under check; rules share its computed properties."""

    def __init__(self, book: FilledBook) -> None:
        self.book = book
        self.template, self.roles = book.template, book.roles
        self.labels = {lang: Labels(book.template, lang, book.value) for lang in ("ja", "en")}
        self.formulas: dict[Where, str] = book.formulas
        self.constants: dict[Where, Value] = book.constants
        self.recalculated: Sheets = book.recalculated
        self._sources_of: dict[str, frozenset[str]] = {}
        self._named_in: dict[str, frozenset[str]] = {}

    @cached_property
    def placed(self) -> list[tuple[Cell, int | None, Where]]:
        """The cells of the template that the workbook has, row by row."""
        found: list[tuple[Cell, int | None, Where]] = []
        for cell in self.template.cells.values():
            rows, spots = list(self.book.rows(cell)), self.book.places.spots(cell.name)
            found += [(cell, row, where) for row, where in zip(rows, spots, strict=False) if where is not None]
        return found

    @cached_property
    def where(self) -> dict[Where, tuple[Cell, int | None]]:
        """The named cell at each place."""
        return {where: (cell, row) for cell, row, where in self.placed}

    @cached_property
    def blocks(self) -> dict[Place, str]:
        """The name of each block of cells."""
        return {place: name for name, place in reversed(self.book.names.items())}

    def merged(self, where: Where) -> Bounds | None:
        """Return the merged area that a cell is in; of overlapping ones the first."""
        return self._merged[where[0]].at(where[1:]) if where[0] in self._merged else None

    @cached_property
    def _merged(self) -> dict[str, Areas]:
        return {facts.title: Areas(facts.merged) for facts in self.book.read.sheets}

    def results(self) -> list[tuple[Cell, int | None, Where]]:
        """Return every result of the template that the workbook has, row by row; without those that refer to a sheet that is gone."""
        return self._results

    @cached_property
    def _results(self) -> list[tuple[Cell, int | None, Where]]:
        return [
            (cell, row, where)
            for where, (cell, row) in self.where.items()
            if cell.formula is not None and not (self.gone and self._is_orphan(cell, row))
        ]

    def inputs(self) -> list[tuple[Cell, int | None, Where]]:
        """Return every input of the template that the workbook has, row by row."""
        return self._inputs

    @cached_property
    def _inputs(self) -> list[tuple[Cell, int | None, Where]]:
        return [(cell, row, where) for where, (cell, row) in self.where.items() if cell.formula is None]

    def _is_orphan(self, cell: Cell, row: int | None) -> bool:
        """Return whether a result refers to a cell that is gone: S04 or S01 reports it, and no formula is the right one."""
        return any(
            not other.on_tab or row is None or self.book.place(name, self._beside(cell, row, other)) is None
            for name in self.sources_beside(cell.name) & self.gone
            for other in [self.template.cells[name]]
        )

    def _beside(self, cell: Cell, row: int, other: Cell) -> int:
        """Return the row of another cell's table beside a row of a cell's; of a month's channels the first."""
        if (cell.table, other.table) == (tables.MONTH, tables.MONTH_CHANNEL):
            return row * self.book.across
        return tables.aligned(cell.table, row, str(other.table), tables.across(self.book.sizes, cell.table))

    @cached_property
    def gone(self) -> frozenset[str]:
        """The names of missing cells, with their line or their sheet (though other months' tabs are still there), or in parted tables."""
        anchors = self.book.anchors
        lost = {key.rpartition("!")[2] for key, place in anchors.then.items() if place.sheet not in anchors.titles}
        lost.update(key.rpartition("!")[2] for key in self.book.broken.cells_gone)
        if self.book.broken.channels_gone is not None:
            lost.update(name for name, cell in self.template.cells.items() if cell.table == tables.CHANNEL)
        return frozenset(name for name in lost | self.book.broken.parted.keys() if name in self.template.cells)

    def says(self, switch: Switch) -> bool:
        """Return whether a switch on the page says so."""
        return switch.cell in self.template.cells and says(switch, self.book.value)

    def is_read(self, cell: Cell) -> bool:
        """Return whether the sheet reads an input now: a switch on the page may leave it out."""
        return is_read(self.template, cell, self.book.value)

    @property
    def goal_input(self) -> str:
        """The input that the goal comes from: web revenue, or the number of deals a month."""
        web = self.template.cells.get(self.roles.web_revenue)
        return self.roles.web_revenue if web is None or self.is_read(web) else self.roles.monthly_deals

    @cached_property
    def of_example(self) -> frozenset[str]:
        """The inputs of the sheets that say of their figures that they are the worked example's."""
        template = self.template
        said = template.words.get("example_basis", ())
        sheets = [each.id for each in template.sheets.all if self.book.inputs.get(f"{each.id}_basis") in said]
        keys = {section.key for each in sheets for section in template.on_sheet(each)}
        return frozenset(cell.name for cell in template.cells.values() if cell.role == INPUT and cell.section in keys)

    def sources_of(self, name: str) -> frozenset[str]:
        """Return the cell itself and everything it depends on, directly or indirectly."""
        known = self._sources_of.get(name)
        if known is None:
            found, waiting = {name}, [name]
            while waiting:
                # A row may look back at earlier rows of its own column: what was seen is not gone through again.
                new = self.sources_beside(waiting.pop()) - found
                found |= new
                waiting += new
            known = self._sources_of[name] = frozenset(found)
        return known

    def sources_beside(self, name: str) -> frozenset[str]:
        """Return the cells that a cell's own formula refers to."""
        known = self._named_in.get(name)
        if known is None:
            formula = self.template.cells[name].formula
            below = {each.id for each in formula.walk() if isinstance(each, Name)} if formula is not None else set()
            members = [member for each in below for member in self.template.blocks.get(each, (each,))]
            known = self._named_in[name] = frozenset(each for each in members if each in self.template.cells)
        return known

    def asked_by(self, cell: Cell) -> set[str]:
        """Return the cells that a result's formula looks at: those that its expression names, and those that go with its functions."""
        if cell.formula is None:
            return set()
        counted, cells = counted_through(cell.formula), self.template.cells
        found = {*names(cell.formula), *(tables.numbers(str(cells[name].table)) for name in counted if name in cells)}
        return {member for name in found for member in self.template.blocks.get(name, (name,))}

    def other_book(self, formula: str) -> Phrase:
        """Return the first other workbook of a formula, by name if the file gives it: 別のブック「予算.xlsx」."""
        match = re.search(r"\[(\d{1,4})\]", formula)
        number = int(match[1]) if match else 0
        name = unquote(self.book.read.links[number - 1]) if 0 < number <= len(self.book.read.links) else ""
        return Phrase("part.other_book_named", name=name) if name else Phrase("part.other_book")

    def expected_formula(self, cell: Cell, where: Where) -> str:
        """Return the right formula for ``where``, with the names at their current places."""
        assert cell.formula is not None
        row = self.where[where][1] if where in self.where else None
        recorded = self.book.recorded(cell, row) if self.book.by_record else None
        if recorded is not None and (recorded == self.formulas.get(where) or self._is_read(recorded)):
            return recorded
        known = self._formulas.get((cell.name, row, where))
        if known is None:
            known = self._formulas[cell.name, row, where] = self.book.seen_from(cell, row).formula(cell.formula)
        return known

    def _is_read(self, recorded: str) -> bool:
        """Return whether a formula of the record can be read: that is as foreign as the file."""
        left = budget.current()
        try:
            if recorded not in left.parsed:
                left.spend(budget.STEPS, len(recorded) // 4)  # a whole workbook of them is within the budget
                left.parsed.add(recorded)
            parse(recorded, is_own=True)
        except (FormulaError, budget.SpentError):
            return False
        return True

    @cached_property
    def _formulas(self) -> _Formulas:
        """The right formulas of the cells, shared by workbooks whose cells are in the same places."""
        book = self.book
        tabs = frozenset((name, tuple(blocks)) for name, blocks in book.places.tabs.items())
        shape = book.lang, frozenset(book.places.names.items()), tabs, frozenset(book.sizes.items())
        template, found = _FORMULAS.get((id(self.template), *shape), lambda: (self.template, {}))
        assert template is self.template  # kept with what it made, so that its id is not given to another
        return found

    def now(self, where: Where) -> Value:
        """Return the value of a cell, recalculated; the stored one if it can't be evaluated."""
        try:
            return self.recalculated.value(where)
        except (NotEvaluatedError, CircleError):
            stored = self.book.read.cells.get(where)
            return None if stored is None else held(stored.value)

    def expected(self, cell: Cell, row: int | None) -> Value:
        """Return the value that the template gives for the workbook's inputs."""
        place = self.book.place(cell.name, row) if self.book.by_record and cell.formula is not None else None
        if place is None:
            return held(self.book.solution.at(cell.name, row))
        try:
            return self._as_written.value(place[:3])
        except (NotEvaluatedError, CircleError):
            return worked_out(self, self.book.solution, cell, row, place[:3])

    @cached_property
    def _as_written(self) -> Sheets:
        """The workbook with every result's formula as another release wrote it: what it means by a name, we may not."""
        formulas, constants = dict(self.formulas), dict(self.constants)
        for cell, row, where in self.results():
            constants.pop(where, None)
            recorded = self.book.recorded(cell, row)
            if recorded is not None:
                formulas[where] = recorded
            else:
                formulas.pop(where, None)
                constants[where] = held(self.book.solution.at(cell.name, row))
        names = {name: place for name, place in self.book.names.items() if "!" not in name}
        return Sheets(formulas, constants, {**self.book.read.names, **names}, self.book.read.local_names)

    def named(self, name: str) -> Text:
        """Return the label of what a name, of the workbook or of a tab (``2026-04!goal_leads``), refers to."""
        cell = self.template.cells.get(name.rpartition("!")[2])
        return cell.full_label if cell is not None else Text(name, name)

    def label(self, cell: Cell, row: int | None) -> Wording:
        """Return the name of the cell in sentences: 広告のリード数."""
        return called(self.book, cell, row)

    def finding(self, key: str, cell: Cell, row: int | None, /, **more: Any) -> Finding:
        """Return a finding at a named cell, whose label is a place of its sentences."""
        place, label = self.book.place(cell.name, row), self.label(cell, row)
        return labelled(
            key,
            label,
            more,
            sheet=place.sheet if place else None,
            cell=address(place.row, place.col) if place else None,
            name=cell.name if row is None else f"{cell.name}[{row + 1}]",
            label=label.to(self.book.lang) if self.book.is_written else None,
            unit=cell.unit,
        )

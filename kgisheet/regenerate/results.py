"""The formulas in a workbook compared with the right ones, and the values of all of them after the regeneration."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property

from ..check.compare.spelling import normal
from ..check.subject import Subject
from ..formula.grid import CircleError, Sheets, Where, held
from ..formula.nodes import ErrorValue
from ..formula.parser import FormulaError, parse
from ..formula.values import NotEvaluatedError, Value
from ..layout.draft import Shared
from ..layout.model import FORMULA, Sheet
from ..template.model import Cell
from ..values.a1 import quoted_sheet
from ..values.tolerance import same_result
from ..worksheet.places import NamedPlaces, Places
from ..worksheet.solve import Held
from .inputs import alike
from .present import names_of


class ResultCells:
    """The present content of result cells, and the right one; ``to_the_letter`` says that the two are the same."""

    def __init__(self, subject: Subject, places: Places, to_the_letter: bool = False) -> None:
        self.subject = subject
        self._to_the_letter = to_the_letter and not subject.gone
        self.book = subject.book
        self.places = places
        there = self.book.places
        names = {name: place for name, place in there.names.items() if "!" not in name}
        self._unmoved = places.names == names and places.tabs == there.tabs
        self._belong: dict[Where, str] = {}
        self._were: dict[Where, str] = {}
        self._about_moved: dict[str, bool] = {}

    @cached_property
    def placed(self) -> list[tuple[Cell, int | None, Where]]:
        """The cells that are somewhere after the regeneration, row by row."""
        if self._unmoved:
            return self.subject.placed
        there: dict[str, list[tuple[Cell, int | None, Where]]] = {}
        for each in self.subject.placed:
            there.setdefault(each[0].name, []).append(each)
        found: list[tuple[Cell, int | None, Where]] = []
        for cell in self.book.template.cells.values():
            if cell.name in self._moved:
                rows, spots = self.book.rows(cell), self.places.spots(cell.name)
                found += [(cell, row, where) for row, where in zip(rows, spots, strict=False) if where is not None]
            else:
                found += there.get(cell.name, ())
        return found

    def belongs(self, cell: Cell, row: int | None, where: Where) -> str:
        """Return the right formula of a result, for the places after the regeneration."""
        if self._unmoved or (not self.book.by_record and not self._refers_to_moved(cell)):
            return self.was(cell, where)
        if where not in self._belong:
            assert cell.formula is not None
            book = self.book
            seen = NamedPlaces(book.template, self.places, book.lang, where[0], cell.table, row or 0, book.sizes)
            self._belong[where] = seen.formula(cell.formula)
        return self._belong[where]

    def _refers_to_moved(self, cell: Cell) -> bool:
        """Return whether a result's formula is about a cell that is elsewhere after the regeneration, or that is in a row there."""
        if cell.name not in self._about_moved:
            self._about_moved[cell.name] = not self._moved.isdisjoint((cell.name, *self.subject.asked_by(cell)))
        return self._about_moved[cell.name]

    @cached_property
    def _moved(self) -> frozenset[str]:
        """The names whose places change: of a new year's tabs, of a tab that is made again."""
        now, then = self.places, self.book.places
        singles = {name for name in now.names.keys() | then.names.keys() if now.names.get(name) != then.names.get(name)}
        return frozenset(
            singles | {name for name in now.tabs.keys() | then.tabs.keys() if now.tabs.get(name) != then.tabs.get(name)}
        )

    def was(self, cell: Cell, where: Where) -> str:
        """Return the right formula for the present places."""
        if self._to_the_letter:
            return self.book.formulas[where]
        if where not in self._were:
            self._were[where] = self.subject.expected_formula(cell, where)
        return self._were[where]

    def is_ours(self, cell: Cell, where: Where) -> bool:
        """Return whether the formula at ``where`` is the right one, perhaps respelled."""
        return self._holds(where, self.was(cell, where))

    def is_older(self, cell: Cell, row: int | None, where: Where) -> bool:
        """Return whether it is the one that an earlier release wrote there: nobody typed it, and it is renewed."""
        recorded = self.book.recorded(cell, row)
        return recorded is not None and self._holds(where, recorded)

    def _holds(self, where: Where, formula: str) -> bool:
        text = self.book.formulas.get(where)
        if text is None or text == formula:
            return text is not None
        try:
            return normal(parse(text), self.subject, where[0]) == normal(parse(formula), self.subject, where[0])
        except (FormulaError, KeyError):
            return False

    def is_broken(self, where: Where) -> bool:
        """Return whether a formula has lost what it refers to, as nobody wants; openpyxl leaves the name of a deleted sheet."""
        text = self.book.formulas.get(where, "")
        return "#REF!" in text or any(f"{tab}!" in text for tab in self.gone)

    @cached_property
    def gone(self) -> tuple[str, ...]:
        """The months' tabs that were deleted."""
        anchors = self.book.anchors
        return tuple(quoted_sheet(tab) for tab in anchors.tabs if tab not in anchors.titles)


class Resulting:
    """The resulting workbook, recalculated."""

    def __init__(self, result_cells: ResultCells, shared: Shared, made: Mapping[str, Sheet]) -> None:
        self.book = result_cells.book
        self._shared = shared
        self.formulas: dict[Where, str] = dict(self.book.formulas)
        self.constants: dict[Where, Value] = dict(self.book.constants)
        for title, sheet in made.items():
            for item in sheet.items:
                where = (title, item.row, item.col)
                if item.kind == FORMULA:
                    self.formulas[where] = item.content
                else:
                    self.constants[where] = held(item.value)
        self._sheets: Sheets | None = None
        self._known: dict[Where, Value] = {}

    def put(self, where: Where, formula: str | None, value: Held) -> None:
        """Set the resulting content of a cell: a formula, or a constant."""
        if formula is None:
            self.formulas.pop(where, None)
            self.constants[where] = held(value)
        else:
            self.constants.pop(where, None)
            self.formulas[where] = formula

    def know_all(self, values: Mapping[Where, Held]) -> None:
        """Set the values of cells from the template's own arithmetic."""
        self._known |= {where: "" if value is None else held(value) for where, value in values.items()}

    def refresh(self, sheet: Sheet) -> None:
        """Give the formulas of a new sheet their values in this workbook."""
        for at, item in enumerate(sheet.items):
            if item.kind == FORMULA and (now := self.value((sheet.title, item.row, item.col))) is not None:
                sheet.items[at] = item._replace(value=now if isinstance(now, (str, Fraction)) else str(now))

    def value(self, where: Where) -> Value:
        """Return the value of a cell; None if it can't be evaluated."""
        if self._sheets is None:
            on_tabs = {
                f"{place.sheet}!{name}": place for name, blocks in self._shared.tabs.items() for place in blocks if place
            }
            names, local = names_of(self.book, {**self._shared.names, **on_tabs})
            self._sheets = Sheets(self.formulas, self.constants, names, local)
            self._sheets.know_all(self._known)
        try:
            return self._sheets.value(where)
        except (NotEvaluatedError, CircleError):
            return None


def same_value(left: Value, right: Value) -> bool:
    if type(left) is type(right) and left == right:
        return True
    if isinstance(left, ErrorValue) or isinstance(right, ErrorValue):
        return left == right
    one, other = (Fraction(each) if isinstance(each, bool) else each for each in (left, right))
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return same_result(one, other)
    return alike(one, other)

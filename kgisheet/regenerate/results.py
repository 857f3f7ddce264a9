"""The formulas that stand in a workbook against those that belong there, and what all of them come to in the end."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ..check.compare import normal
from ..check.subject import Subject
from ..expr import excel
from ..filled import FilledBook
from ..formula.grid import CircleError, Sheets, Where, held
from ..formula.nodes import ErrorValue
from ..formula.parser import FormulaError, parse
from ..formula.values import NotEvaluatedError, Value
from ..sheets.model import FORMULA, Place, Sheet
from ..sheets.places import NamedPlaces, Places
from ..solve import Held, Solution
from ..template.model import Cell
from .inputs import alike


class Standing:
    """What stands in the cells of results, and what belongs there."""

    def __init__(self, subject: Subject, places: Places) -> None:
        self.subject = subject
        self.book = subject.book
        self.places = places
        there = self.book.places
        names = {name: place for name, place in there.names.items() if "!" not in name}
        self._unmoved = places.names == names and places.tabs == there.tabs
        self._belong: dict[Where, str] = {}
        self._were: dict[Where, str] = {}

    def belongs(self, cell: Cell, row: int | None, place: Place) -> str:
        """The formula of a result, for the places where everything will be."""
        where = place[:3]
        if self._unmoved:
            return self.was(cell, where)
        if where not in self._belong:
            assert cell.formula is not None
            book = self.book
            seen = NamedPlaces(book.template, self.places, book.lang, place.sheet, cell.table, row or 0, book.sizes)
            self._belong[where] = excel.formula(cell.formula, seen)
        return self._belong[where]

    def was(self, cell: Cell, where: Where) -> str:
        """The formula that belongs there as long as everything is where it is now."""
        if where not in self._were:
            self._were[where] = self.subject.expected_formula(cell, where)
        return self._were[where]

    def is_ours(self, cell: Cell, where: Where) -> bool:
        """Whether the formula that stands at ``where`` is the one that was written, in other words perhaps."""
        text = self.book.formulas.get(where)
        if text is None:
            return False
        was = self.was(cell, where)
        if text == was:
            return True
        try:
            return normal(parse(text), self.subject, where[0]) == normal(parse(was), self.subject, where[0])
        except (FormulaError, KeyError):
            return False

    def is_broken(self, where: Where) -> bool:
        """Whether a formula has lost what it refers to: nobody wants that."""
        return "#REF!" in self.book.formulas.get(where, "")


class Ending:
    """The workbook as it will be, recalculated."""

    def __init__(self, standing: Standing, made: Mapping[str, Sheet]) -> None:
        self.book = standing.book
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
        """A cell as it will be: a formula, or a constant."""
        if formula is None:
            self.formulas.pop(where, None)
            self.constants[where] = held(value)
        else:
            self.constants.pop(where, None)
            self.formulas[where] = formula

    def know(self, where: Where, value: Held) -> None:
        """What a cell comes to, told by the template's own arithmetic."""
        self._known[where] = "" if value is None else held(value)

    def value(self, where: Where) -> Value:
        """What a cell shows; None where nobody here can tell."""
        if self._sheets is None:
            self._sheets = Sheets(self.formulas, self.constants, self.book.read.names, self.book.read.local_names)
            for each, value in self._known.items():
                self._sheets.know(each, value)
        try:
            return self._sheets.value(where)
        except (NotEvaluatedError, CircleError):
            return None


def before(book: FilledBook, where: Where) -> Value:
    """What a cell shows in the workbook as it is, recalculated; what is stored where that can't be told."""
    try:
        found = book.recalculated.value(where)
    except (NotEvaluatedError, CircleError):
        stored = book.read.cells.get(where)
        found = None if stored is None else held(stored.value)
    return found


def know_all(book: FilledBook, subject: Subject, solution: Solution) -> None:
    """Takes the template's figures for what the workbook shows now, where every formula is the template's."""
    for cell, row, where in subject.results():
        value = solution.at(cell.name, row)
        book.recalculated.know(where, "" if value is None else held(value))


def same_value(left: Value, right: Value) -> bool:
    if isinstance(left, ErrorValue) or isinstance(right, ErrorValue):
        return left == right
    return alike(
        left if not isinstance(left, bool) else Fraction(left), right if not isinstance(right, bool) else Fraction(right)
    )

"""The value of a formula of the workbook: named cells as a solution has them, all others as they are there, or worked out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from ...filled.workbook import FilledBook
from ...formula.evaluate import Grid, evaluate
from ...formula.grid import CircleError, Where, held
from ...formula.nodes import Area, ErrorValue
from ...formula.parser import FormulaError, parse
from ...formula.values import Argument, NotEvaluatedError, Range, Value
from ...template.model import Cell
from ...values import budget
from ...values.a1 import Place
from ...worksheet.solve import Solution


class Seen(Protocol):
    """A workbook, and the named cell at each place (`subject.Subject`)."""

    @property
    def book(self) -> FilledBook: ...
    @property
    def where(self) -> Mapping[Where, tuple[Cell, int | None]]: ...


class View(Grid, Protocol):
    """Cells as a trial has them, seen from a sheet."""

    sheet: str


class Context:
    """Cells and names as a trial has them; cells outside the template as they are in the workbook, or recalculated."""

    def __init__(self, seen: Seen, solution: Solution, sheet: str) -> None:
        self.seen = seen
        self.solution = solution
        self.sheet = sheet
        self.foreign: dict[Where, Value] = {}

    def cell(self, sheet: str | None, row: int, col: int) -> Value:
        where = (sheet or self.sheet, row, col)
        found = self.seen.where.get(where)
        if found is not None:
            return self._of(*found)
        if where not in self.foreign:
            self.foreign[where] = outside(self, self.seen.book, self.foreign, where)
        return self.foreign[where]

    def _of(self, cell: Cell, row: int | None) -> Value:
        value = held(self.solution.at(cell.name, row))
        # A result without a value shows "", an input without one is empty.
        return "" if value is None and cell.formula is not None else value

    def area(self, area: Area) -> Range:
        return area_of(self, area)

    def name(self, name: str) -> Argument:
        return block_of(self, self.seen.book.names.get(name))


def worked_out(seen: Seen, solution: Solution, cell: Cell, row: int | None, where: Where) -> Value:
    """Return the right value of a cell: the template's, or that of the formula that an older release wrote."""
    if seen.book.by_record and (recorded := seen.book.recorded(cell, row)) is not None:
        try:
            return evaluate(parse(recorded), Context(seen, solution, where[0]))
        except (FormulaError, NotEvaluatedError, CircleError):
            pass
    return held(solution.at(cell.name, row))


def outside(view: View, book: FilledBook, kept: dict[Where, Value], where: Where) -> Value:
    """Return the value of a cell outside the template; a formula there is evaluated from the trial. ``kept`` are the cells known so far."""
    text = book.formulas.get(where)
    if text is None:
        return book.constants.get(where)
    kept[where] = None  # a circle of foreign cells ends here
    before, view.sheet = view.sheet, where[0]
    try:
        return evaluate(parse(text), view)
    except FormulaError as bad:
        del kept[where]
        raise NotEvaluatedError(str(bad)) from None
    except NotEvaluatedError:
        del kept[where]  # it isn't blank
        raise
    finally:
        view.sheet = before


def area_of(view: Grid, area: Area) -> Range:
    """Return the values of an area in a view."""
    budget.spend(budget.STEPS, area.size)
    columns = range(area.col, area.last_col + 1)
    return Range(tuple(tuple(view.cell(area.sheet, row, col) for col in columns) for row in range(area.row, area.last_row + 1)))


def block_of(view: Grid, place: Place | None) -> Argument:
    """Return the values that a name refers to; an error if there is no such name."""
    if place is None:
        return ErrorValue("#NAME?")
    return view.area(Area(place.sheet, place.row, place.col, place.row + place.rows - 1, place.col + place.cols - 1))

"""The cells of a workbook as formulas see them: each evaluated once, circular references detected."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable, Mapping
from fractions import Fraction

from ..values import budget
from ..values.a1 import Place
from ..values.tolerance import DIGITS
from .constants import constant
from .evaluate import evaluate
from .nodes import Area, ErrorValue
from .parser import FormulaError, parse
from .values import REFERENCE_ERROR, Argument, NotEvaluatedError, OverBudgetError, Range, TooDeepError, Value, pay, serial

Where = tuple[str, int, int]
"""Sheet, row, column, from 0."""

_ERRORS = ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#N/A", "#NULL!")


class CircleError(Exception):
    """A cell that depends on itself."""

    def __init__(self, ring: list[Where]) -> None:
        super().__init__("circular")
        self.ring = ring


def held(value: object) -> Value:
    """Return a stored value as formulas take it: numbers as the typed decimal to fifteen digits, dates as serial numbers."""
    if type(value) is int:  # mostly; and to deny that something is a Fraction is slow
        return _whole(value)
    if type(value) is float:
        return _decimal(value)
    if value is None or isinstance(value, (bool, Fraction, ErrorValue)):
        return value
    if isinstance(value, (int, float)):  # of another class: numbers of other libraries
        return _whole(int(value)) if isinstance(value, int) else _decimal(float(value))
    if isinstance(value, datetime.datetime):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return serial(value.date()) + Fraction(seconds, 86400)
    if isinstance(value, datetime.date):
        return serial(value)
    text = str(value)
    return ErrorValue(text) if text in _ERRORS else text


@functools.lru_cache(maxsize=4096)  # the same few figures are all over a workbook, and reading a decimal takes long
def _whole(value: int) -> Value:
    return Fraction(value)


@functools.lru_cache(maxsize=4096)
def _decimal(value: float) -> Value:
    if value.is_integer() and abs(value) < _EXACT:
        return Fraction(int(value))
    return Fraction(f"{value:.{DIGITS}g}") if abs(value) < float("inf") else ErrorValue("#NUM!")


_EXACT = 10**DIGITS
"""Whole numbers below have no more than DIGITS digits."""


class Sheets:
    """A recalculated workbook: formulas evaluated anew, everything else as stored.

    ``formulas`` holds texts, ``constants`` stored values; both by place. ``titles`` are those of all sheets, empty ones too;
    left out, any sheet that a formula names is taken to be there. ``texts`` has the texts of names beyond fixed cells, by sheet
    (``""`` for the workbook's own) and name in lower case.
    """

    def __init__(
        self,
        formulas: Mapping[Where, str],
        constants: Mapping[Where, Value],
        names: Mapping[str, Place],
        local_names: Mapping[tuple[str, str], Place] | None = None,
        titles: Iterable[str] | None = None,
        texts: Mapping[tuple[str, str], str] | None = None,
    ) -> None:
        self.formulas = formulas
        self.constants = constants
        self.names = {name.lower(): place for name, place in names.items()}
        self.local_names = local_names or {}
        self.texts = texts or {}
        self._titles = None if titles is None else {each.casefold(): each for each in titles}
        self.values: dict[Where, Value] = {}
        self.failed: dict[Where, NotEvaluatedError | CircleError] = {}
        self.on_the_way: dict[Where, None] = {}
        self._put_off: dict[Where, None] = {}
        """The cells that wait for others, which are worked out before them."""

    @functools.cached_property
    def last_rows(self) -> dict[str, int]:
        """The last row of each sheet with anything in it."""
        found: dict[str, int] = {}
        for cells in (self.formulas, self.constants):
            for sheet, row, _ in cells:
                if row > found.get(sheet, -1):
                    found[sheet] = row
        return found

    def title(self, named: str) -> str | None:
        """Return the title of the sheet that a formula names, in whichever case; None where there is none."""
        return named if self._titles is None else self._titles.get(named.casefold())

    def without_cells(self, sheet: str, name: str) -> Value:
        """Return the constant of a name that refers to nothing; raise NotEvaluatedError if it is a calculation."""
        text = self.texts.get((sheet, name), self.texts.get(("", name)))
        if text is None:
            return ErrorValue("#NAME?")
        value = constant(text)
        if value is None:
            raise NotEvaluatedError(name)
        return value

    def know(self, where: Where, value: Value) -> None:
        """Accept another engine's value of a formula; whatever was abandoned because of it is tried again."""
        self.values[where] = value
        self.failed.clear()

    def know_all(self, values: Mapping[Where, Value]) -> None:
        """Accept the values of many formulas, as ``know`` does."""
        self.values.update(values)
        self.failed.clear()

    def value(self, where: Where) -> Value:
        """Return what the cell shows after a recalculation. Raise NotEvaluatedError or CircleError."""
        if where in self.values:
            return self.values[where]
        if where in self.failed:
            raise _as_new(self.failed[where])
        text = self.formulas.get(where)
        if text is None:
            return self.constants.get(where)
        if where in self.on_the_way or where in self._put_off:
            way = [*self._put_off, *self.on_the_way]
            raise CircleError(way[way.index(where) :])
        if len(self.on_the_way) >= _DEEP:
            raise _LaterError(where)
        return self._first(where) if not self.on_the_way else self._evaluated(where, text)

    def _first(self, where: Where) -> Value:
        """Return the value of a cell that a rule asks for. Cells that lie too deep behind it are worked out before it, from their own."""
        left = budget.current()
        if left.refused is not None and left.steps + _STEPS > left.limits.steps:
            raise self._unpaid(where, left.refused)
        ways = [[where]]
        try:
            while True:
                at = ways[-1][-1]
                try:
                    value = self._evaluated(at, self.formulas[at])
                except _LaterError as later:
                    ways[-1:] = [later.way, [later.where]]
                    self._put_off.update(dict.fromkeys(later.way))
                except (NotEvaluatedError, CircleError):
                    if len(ways) == 1:
                        raise
                    # Whatever asked for it asks again, and is told: it may have another way without it.
                    self._resume(ways)
                else:
                    if len(ways) == 1:
                        return value
                    self._resume(ways)
        finally:
            self._put_off.clear()

    def _unpaid(self, where: Where, refused: budget.SpentError) -> OverBudgetError:
        """Return the error of a cell for which not even a look at its formula can be paid: nothing is spent on saying so."""
        bad = self.failed[where] = OverBudgetError(str(refused))
        budget.current().unworked.add(where)
        return bad

    def _resume(self, ways: list[list[Where]]) -> None:
        """Go back to the cell that was left for another one."""
        ways.pop()
        for each in ways[-1]:
            self._put_off.pop(each, None)
        del ways[-1][1:]

    def _evaluated(self, where: Where, text: str) -> Value:
        self.on_the_way[where] = None
        try:
            pay(_STEPS)  # of what is in it, its reader and its operators spend
            value = self.values[where] = evaluate(parse(text), View(self, where[0]))
        except FormulaError as bad:
            self.failed[where] = NotEvaluatedError(str(bad))
            raise self.failed[where] from None
        except TooDeepError as bad:
            if len(self.on_the_way) > 1:
                raise _LaterError(where) from None  # from its own, it may not be
            self.failed[where] = bad
            raise
        except (NotEvaluatedError, CircleError) as bad:
            self.failed[where] = bad
            if isinstance(bad, OverBudgetError):
                budget.current().unworked.add(where)
            raise
        except _LaterError as later:
            later.way.insert(0, where)
            raise
        finally:
            del self.on_the_way[where]
        return value


_STEPS = 5
"""Of a formula in a cell, besides those of what is in it."""

_DEEP = 20
"""Cells behind one another that are worked out within one another; each takes some levels of Python's own."""


def _as_new(bad: NotEvaluatedError | CircleError) -> NotEvaluatedError | CircleError:
    """Return an error that is kept, to be raised once more: without the frames that it went through, and all that they hold."""
    bad.__context__ = None
    return bad.with_traceback(None)


class _LaterError(Exception):
    """A cell that has to be worked out before those that ask for it, which are on the ``way`` to it."""

    def __init__(self, where: Where) -> None:
        super().__init__("later")
        self.where = where
        self.way: list[Where] = []


_BLANKS_A_STEP = 16
"""Empty rows of an area below all that its sheet holds that are passed over in a step."""


class View:
    """The workbook as a formula on ``sheet`` sees it."""

    def __init__(self, sheets: Sheets, sheet: str) -> None:
        self.sheets = sheets
        self.sheet = sheet

    def cell(self, sheet: str | None, row: int, col: int) -> Value:
        title = self.sheet if sheet is None else self.sheets.title(sheet)
        return REFERENCE_ERROR if title is None else self.sheets.value((title, row, col))

    def area(self, area: Area) -> Range:
        sheet, sheets = self.sheet if area.sheet is None else self.sheets.title(area.sheet), self.sheets
        if sheet is None:
            return Range(((REFERENCE_ERROR,),), 1)
        filled = min(max(sheets.last_rows.get(sheet, -1) + 1 - area.row, 0), area.last_row + 1 - area.row)
        width = area.last_col + 1 - area.col
        blanks = area.last_row + 1 - area.row - filled
        budget.spend(budget.STEPS, filled * width + blanks // _BLANKS_A_STEP)
        columns = range(area.col, area.last_col + 1)
        formulas, constants, value = sheets.formulas, sheets.constants.get, sheets.value
        rows = [
            tuple([value(at) if (at := (sheet, row, col)) in formulas else constants(at) for col in columns])
            for row in range(area.row, area.row + filled)
        ]
        if blanks:
            rows += [(None,) * width] * blanks
        return Range(tuple(rows), filled)

    def name(self, name: str) -> Argument:
        # A sheet's own name goes before the workbook's.
        place = self.sheets.local_names.get((self.sheet, name)) or self.sheets.names.get(name)
        if place is None:
            return self.sheets.without_cells(self.sheet, name)
        return self.area(Area(place.sheet, place.row, place.col, place.row + place.rows - 1, place.col + place.cols - 1))

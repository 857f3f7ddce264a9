"""The cells of a workbook as formulas see them: each evaluated once, circular references detected."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping
from fractions import Fraction

from ..values.a1 import Place
from ..values.tolerance import DIGITS
from .evaluate import evaluate
from .nodes import Area, ErrorValue
from .parser import FormulaError, parse
from .values import Argument, NotEvaluatedError, Range, Value, serial

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
    if value is None or isinstance(value, (bool, Fraction, ErrorValue)):
        return value
    if isinstance(value, int):
        return Fraction(value)
    if isinstance(value, float):
        return _decimal(value)
    if isinstance(value, datetime.datetime):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return serial(value.date()) + Fraction(seconds, 86400)
    if isinstance(value, datetime.date):
        return serial(value)
    text = str(value)
    return ErrorValue(text) if text in _ERRORS else text


@functools.lru_cache(maxsize=4096)  # the same few figures are all over a workbook, and reading a decimal takes long
def _decimal(value: float) -> Value:
    if value.is_integer() and abs(value) < _EXACT:
        return Fraction(int(value))
    return Fraction(f"{value:.{DIGITS}g}") if abs(value) < float("inf") else ErrorValue("#NUM!")


_EXACT = 10**DIGITS
"""Whole numbers below have no more than DIGITS digits."""


class Sheets:
    """A recalculated workbook: formulas evaluated anew, everything else as stored.

    ``formulas`` holds texts, ``constants`` stored values; both by place.
    """

    def __init__(
        self,
        formulas: Mapping[Where, str],
        constants: Mapping[Where, Value],
        names: Mapping[str, Place],
        local_names: Mapping[tuple[str, str], Place] | None = None,
    ) -> None:
        self.formulas = formulas
        self.constants = constants
        self.names = {name.lower(): place for name, place in names.items()}
        self.local_names = local_names or {}
        self.values: dict[Where, Value] = {}
        self.failed: dict[Where, NotEvaluatedError] = {}
        self.on_the_way: dict[Where, None] = {}

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
            raise self.failed[where]
        text = self.formulas.get(where)
        if text is None:
            return self.constants.get(where)
        if where in self.on_the_way:
            ring = list(self.on_the_way)
            raise CircleError(ring[ring.index(where) :])
        self.on_the_way[where] = None
        try:
            self.values[where] = evaluate(parse(text), View(self, where[0]))
        except FormulaError as bad:
            self.failed[where] = NotEvaluatedError(str(bad))
            raise self.failed[where] from None
        except NotEvaluatedError as bad:
            self.failed[where] = bad
            raise
        finally:
            del self.on_the_way[where]
        return self.values[where]


class View:
    """The workbook as a formula on ``sheet`` sees it."""

    def __init__(self, sheets: Sheets, sheet: str) -> None:
        self.sheets = sheets
        self.sheet = sheet

    def cell(self, sheet: str | None, row: int, col: int) -> Value:
        return self.sheets.value((sheet or self.sheet, row, col))

    def area(self, area: Area) -> Range:
        sheet = area.sheet or self.sheet
        columns = range(area.col, area.last_col + 1)
        return Range(
            tuple(tuple(self.sheets.value((sheet, row, col)) for col in columns) for row in range(area.row, area.last_row + 1))
        )

    def name(self, name: str) -> Argument:
        # A sheet's own name goes before the workbook's.
        place = self.sheets.local_names.get((self.sheet, name)) or self.sheets.names.get(name)
        if place is None:
            return ErrorValue("#NAME?")
        return self.area(Area(place.sheet, place.row, place.col, place.row + place.rows - 1, place.col + place.cols - 1))

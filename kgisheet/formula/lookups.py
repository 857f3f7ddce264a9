"""Lookup functions, and date functions."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable
from fractions import Fraction

from ..values.regex import regex
from .values import (
    EPOCH,
    NOT_AVAILABLE,
    NUMBER_ERROR,
    REFERENCE_ERROR,
    Argument,
    FailedError,
    NotEvaluatedError,
    Range,
    Value,
    compare,
    equal,
    number,
    serial,
    single,
)


def _index(area: Argument, row: Argument, col: Argument = None) -> Argument:
    """Return the cell that INDEX picks, as a reference if the area is one: SUM skips text in it."""
    rows = area.rows if isinstance(area, Range) else ((area,),)
    at = int(number(row))
    if at == 0 or (col is not None and number(col) == 0):
        raise NotEvaluatedError("a whole row or column by INDEX()")
    if col is None and len(rows) == 1:
        rows = tuple((value,) for value in rows[0])
    across = 1 if col is None else int(number(col))
    if not (1 <= at <= len(rows) and 1 <= across <= len(rows[0])):
        raise FailedError(REFERENCE_ERROR)
    value = rows[at - 1][across - 1]
    return Range(((value,),)) if isinstance(area, Range) else value


_WILD = regex(r"[*?~]")


def _match(wanted: Argument, area: Argument, kind: Argument = Fraction(1)) -> Value:
    target = single(wanted)
    cells = list(area.cells()) if isinstance(area, Range) else [area]
    order = number(kind)
    if order < 0:
        raise NotEvaluatedError("MATCH() in falling order")
    if order == 0:
        if isinstance(target, str) and _WILD.search(target):
            raise NotEvaluatedError("a pattern that is looked up")
        for at, value in enumerate(cells, 1):
            if equal(value, target):
                return Fraction(at)
        raise FailedError(NOT_AVAILABLE)
    best = [at for at, value in enumerate(cells, 1) if type(value) is type(target) and compare("<=", value, target)]
    if not best:
        raise FailedError(NOT_AVAILABLE)
    return Fraction(best[-1])


def _edate(date: Argument, months: Argument) -> Value:
    start = _of_date(date)
    year, month = divmod(start.year * 12 + start.month - 1 + int(number(months)), 12)
    if not EPOCH.year <= year <= datetime.MAXYEAR:
        raise FailedError(NUMBER_ERROR)
    return serial(datetime.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1])))


def _rows(area: Argument) -> tuple[tuple[Value, ...], ...]:
    return area.rows if isinstance(area, Range) else ((area,),)


def _area(area: Argument) -> Range:
    if not isinstance(area, Range):
        raise NotEvaluatedError("a value where an area is expected")
    return area


def _vlookup(wanted: Argument, area: Argument, column: Argument, near: Argument = True) -> Value:
    return _looked_up(wanted, _rows(area), int(number(column)), near)


def _hlookup(wanted: Argument, area: Argument, row: Argument, near: Argument = True) -> Value:
    return _looked_up(wanted, tuple(zip(*_rows(area), strict=True)), int(number(row)), near)


def _looked_up(wanted: Argument, rows: tuple[tuple[Value, ...], ...], column: int, near: Argument) -> Value:
    if not 1 <= column <= len(rows[0]):
        raise FailedError(REFERENCE_ERROR)
    first = Range(tuple((row[0],) for row in rows))
    kind = Fraction(1) if near is not None and number(near) else Fraction(0)
    at = _match(wanted, first, kind)
    assert isinstance(at, Fraction)
    return rows[int(at) - 1][column - 1]


def _lookup(wanted: Argument, area: Argument, found: Argument = None) -> Value:
    at = _match(wanted, area, Fraction(1))
    assert isinstance(at, Fraction)
    cells = [value for row in _rows(area if found is None else found) for value in row]
    return cells[int(at) - 1] if int(at) <= len(cells) else None


def _xlookup(wanted: Argument, area: Argument, found: Argument, missing: Argument = None) -> Value:
    target = single(wanted)
    keys = [value for row in _rows(area) for value in row]
    cells = [value for row in _rows(found) for value in row]
    for key, value in zip(keys, cells, strict=False):
        if equal(key, target):
            return value
    if missing is None:
        raise FailedError(NOT_AVAILABLE)
    return single(missing)


def _date(year: Argument, month: Argument, day: Argument) -> Value:
    if int(number(year)) < _FIRST_YEAR:
        raise NotEvaluatedError("a year before 1900")  # 26 is 1926 in one program, 2026 in another
    total = int(number(year)) * 12 + int(number(month)) - 1
    try:
        first = datetime.date(total // 12, total % 12 + 1, 1)
    except (ValueError, OverflowError):
        raise FailedError(NUMBER_ERROR) from None
    made = serial(first) + int(number(day)) - 1
    if made > _LAST:
        raise FailedError(NUMBER_ERROR)
    return made


_FIRST_YEAR = 1900
_LAST = 2_958_465
"""The serial number of 9999-12-31."""
_ALIKE = 61
"""The first serial number that is the same day everywhere: before it, Excel has a 29 February 1900, and a day 0."""


def _of_date(value: Argument) -> datetime.date:
    days = number(value)
    if 0 <= days < _ALIKE:
        raise NotEvaluatedError("a date before March 1900")
    if days < 0:
        raise FailedError(NUMBER_ERROR)
    try:
        return EPOCH + datetime.timedelta(days=int(days))
    except OverflowError:
        raise FailedError(NUMBER_ERROR) from None


def _eomonth(date: Argument, months: Argument) -> Value:
    start = _of_date(date)
    return _date(Fraction(start.year), Fraction(start.month) + int(number(months)) + 1, Fraction(0))


FUNCTIONS: dict[str, Callable[..., Argument]] = {
    "INDEX": _index,
    "MATCH": _match,
    "VLOOKUP": _vlookup,
    "HLOOKUP": _hlookup,
    "LOOKUP": _lookup,
    "XLOOKUP": _xlookup,
    "DATE": _date,
    "EDATE": _edate,
    "EOMONTH": _eomonth,
    "YEAR": lambda date: Fraction(_of_date(date).year),
    "MONTH": lambda date: Fraction(_of_date(date).month),
    "DAY": lambda date: Fraction(_of_date(date).day),
    "ROWS": lambda area: Fraction(len(_area(area).rows)),
    "COLUMNS": lambda area: Fraction(len(_area(area).rows[0])),
}

"""The spreadsheet functions this reader evaluates, as spreadsheets define them, on exact numbers.

Each takes its evaluated arguments: a value, or a Range for an area. What can't be
worked out exactly (logarithms, roots) is worked out in binary and taken as it comes.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import NamedTuple

from ..expr.value import grouped, half_up
from .nodes import ErrorValue

Value = Fraction | str | bool | ErrorValue | None


class Range(NamedTuple):
    """The values of an area, row by row."""

    rows: tuple[tuple[Value, ...], ...]

    def cells(self) -> Iterator[Value]:
        for row in self.rows:
            yield from row


Argument = Value | Range

VALUE_ERROR = ErrorValue("#VALUE!")
DIVISION_ERROR = ErrorValue("#DIV/0!")
NUMBER_ERROR = ErrorValue("#NUM!")
NOT_AVAILABLE = ErrorValue("#N/A")


class FailedError(Exception):
    """A function's answer is an error value."""

    def __init__(self, error: ErrorValue) -> None:
        super().__init__(error.text)
        self.error = error


def number(value: Argument) -> Fraction:
    """A value as a number, as an operator or a function's own argument takes it: empty is 0, "3" is 3."""
    value = single(value)
    if isinstance(value, ErrorValue):
        raise FailedError(value)
    if value is None:
        return Fraction(0)
    if isinstance(value, bool):
        return Fraction(int(value))
    if isinstance(value, str):
        text = value.strip()
        if re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?", text):
            return Fraction(text)
        raise FailedError(VALUE_ERROR)
    return value


def text(value: Argument) -> str:
    """A value as a text, as ``&`` takes it."""
    value = single(value)
    if isinstance(value, ErrorValue):
        raise FailedError(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Fraction):
        return f"{float(value):.15g}" if value.denominator != 1 else str(value.numerator)
    return value


def truth(value: Argument) -> bool:
    value = single(value)
    if isinstance(value, str):
        if value.upper() in ("TRUE", "FALSE"):
            return value.upper() == "TRUE"
        raise FailedError(VALUE_ERROR)
    return number(value) != 0


def single(value: Argument) -> Value:
    """One value; of a range of one cell, that cell."""
    if isinstance(value, Range):
        if len(value.rows) == 1 and len(value.rows[0]) == 1:
            return value.rows[0][0]
        raise FailedError(VALUE_ERROR)
    return value


def numbers(args: tuple[Argument, ...]) -> list[Fraction]:
    """The numbers that SUM and its like see: of ranges only true numbers; errors spread."""
    found: list[Fraction] = []
    for arg in args:
        if not isinstance(arg, Range):
            found.append(number(arg))
            continue
        for value in arg.cells():
            if isinstance(value, ErrorValue):
                raise FailedError(value)
            if isinstance(value, Fraction):
                found.append(value)
    return found


def _count(*args: Argument) -> Value:
    total = 0
    for arg in args:
        cells = list(arg.cells()) if isinstance(arg, Range) else [arg]
        total += sum(isinstance(value, Fraction) for value in cells)
    return Fraction(total)


def _counta(*args: Argument) -> Value:
    return Fraction(sum(value is not None for arg in args for value in (arg.cells() if isinstance(arg, Range) else (arg,))))


def _round(value: Argument, digits: Argument = Fraction(0)) -> Value:
    return _shifted(number(value), int(number(digits)), half_up)


def _shifted(value: Fraction, digits: int, how: Callable[[Fraction], Fraction]) -> Fraction:
    if abs(digits) > 15:
        return value
    scale = Fraction(10) ** digits
    return how(value * scale) / scale


def _away(value: Fraction) -> Fraction:
    return Fraction(math.ceil(abs(value)) * (1 if value >= 0 else -1))


def _toward(value: Fraction) -> Fraction:
    return Fraction(math.floor(abs(value)) * (1 if value >= 0 else -1))


def _roundup(value: Argument, digits: Argument = Fraction(0)) -> Value:
    return _shifted(number(value), int(number(digits)), _away)


def _rounddown(value: Argument, digits: Argument = Fraction(0)) -> Value:
    return _shifted(number(value), int(number(digits)), _toward)


def _ceiling(value: Argument, step: Argument = Fraction(1)) -> Value:
    size = number(step)
    return Fraction(0) if size == 0 else Fraction(math.ceil(number(value) / size)) * size


def _floor(value: Argument, step: Argument = Fraction(1)) -> Value:
    size = number(step)
    if size == 0:
        raise FailedError(DIVISION_ERROR)
    return Fraction(math.floor(number(value) / size)) * size


def _average(*args: Argument) -> Value:
    found = numbers(args)
    if not found:
        raise FailedError(DIVISION_ERROR)
    return sum(found, Fraction(0)) / len(found)


def _product(*args: Argument) -> Value:
    total = Fraction(1)
    for each in numbers(args):
        total *= each
    return total


def _mod(value: Argument, divisor: Argument) -> Value:
    by = number(divisor)
    if by == 0:
        raise FailedError(DIVISION_ERROR)
    return number(value) % by


def power(base: Fraction, exponent: Fraction) -> Fraction:
    if base == 0 and exponent < 0:
        raise FailedError(DIVISION_ERROR)
    if exponent.denominator == 1 and abs(exponent) <= 64:
        return base ** int(exponent)
    try:
        return _binary(float(base) ** float(exponent))
    except (OverflowError, ZeroDivisionError, TypeError, ValueError):
        raise FailedError(NUMBER_ERROR) from None


def _binary(value: float | complex) -> Fraction:
    if isinstance(value, complex) or not math.isfinite(value):
        raise FailedError(NUMBER_ERROR)
    return Fraction(value)


def _log(value: Argument, base: Argument = Fraction(10)) -> Value:
    try:
        return _binary(math.log(number(value), number(base)))
    except (ValueError, ZeroDivisionError):
        raise FailedError(NUMBER_ERROR) from None


def _log10(value: Argument) -> Value:
    found = number(value)
    if found <= 0:
        raise FailedError(NUMBER_ERROR)
    return _binary(math.log10(found))


def _sqrt(value: Argument) -> Value:
    found = number(value)
    if found < 0:
        raise FailedError(NUMBER_ERROR)
    return _binary(math.sqrt(found))


def _fixed(value: Argument, decimals: Argument = Fraction(2), plain: Argument = False) -> Value:
    shown = grouped(number(value), max(0, int(number(decimals))))
    return shown.replace(",", "") if truth(plain) else shown


def matcher(criterion: Argument) -> Callable[[Value], bool]:
    """The test of a COUNTIF or SUMIF criterion: ``">0"``, ``"OK"``, 5."""
    wanted = single(criterion)
    op = "="
    if isinstance(wanted, str):
        found = re.match(r"(<=|>=|<>|=|<|>)?(.*)", wanted, re.DOTALL)
        assert found is not None
        op, rest = found[1] or "=", found[2]
        try:
            wanted = number(rest) if rest else ""
        except FailedError:
            wanted = rest
    if isinstance(wanted, Fraction):
        target = wanted
        if op == "<>":
            return lambda value: value != target
        return lambda value: isinstance(value, Fraction) and compare(op, value, target)
    pattern = _wildcard(str(wanted))
    if op == "<>":
        return lambda value: not (isinstance(value, str) and pattern.fullmatch(value))
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _wildcard(wanted: str) -> re.Pattern[str]:
    parts = {"*": ".*", "?": "."}
    return re.compile("".join(parts.get(letter, re.escape(letter)) for letter in wanted), re.IGNORECASE | re.DOTALL)


def _countif(area: Argument, criterion: Argument) -> Value:
    test = matcher(criterion)
    return Fraction(sum(map(test, area.cells() if isinstance(area, Range) else (area,))))


def _sumif(area: Argument, criterion: Argument, summed: Argument = None) -> Value:
    test = matcher(criterion)
    asked = list(area.cells()) if isinstance(area, Range) else [area]
    taken = asked if summed is None else list(summed.cells()) if isinstance(summed, Range) else [summed]
    pairs = zip(asked, taken, strict=False)
    return sum((value for each, value in pairs if test(each) and isinstance(value, Fraction)), Fraction(0))


def _sumproduct(*args: Argument) -> Value:
    columns = [list(arg.cells()) if isinstance(arg, Range) else [arg] for arg in args]
    if len({len(column) for column in columns}) != 1:
        raise FailedError(VALUE_ERROR)
    total = Fraction(0)
    for row in zip(*columns, strict=True):
        product = Fraction(1)
        for value in row:
            if isinstance(value, ErrorValue):
                raise FailedError(value)
            product *= value if isinstance(value, Fraction) else 0
        total += product
    return total


def _index(area: Argument, row: Argument, col: Argument = None) -> Value:
    rows = area.rows if isinstance(area, Range) else ((area,),)
    at = int(number(row))
    if col is None and len(rows) == 1:
        rows = tuple((value,) for value in rows[0])
    across = 1 if col is None else int(number(col))
    if not (1 <= at <= len(rows) and 1 <= across <= len(rows[0])):
        raise FailedError(ErrorValue("#REF!"))
    return rows[at - 1][across - 1]


def _match(wanted: Argument, area: Argument, kind: Argument = Fraction(1)) -> Value:
    target = single(wanted)
    cells = list(area.cells()) if isinstance(area, Range) else [area]
    if number(kind) == 0:
        for at, value in enumerate(cells, 1):
            if equal(value, target):
                return Fraction(at)
        raise FailedError(NOT_AVAILABLE)
    best = [at for at, value in enumerate(cells, 1) if type(value) is type(target) and compare("<=", value, target)]
    if not best:
        raise FailedError(NOT_AVAILABLE)
    return Fraction(best[-1])


_EPOCH = datetime.date(1899, 12, 30)


def serial(date: datetime.date) -> Fraction:
    """The number that stands for a date."""
    return Fraction((date - _EPOCH).days)


def _edate(date: Argument, months: Argument) -> Value:
    start = _EPOCH + datetime.timedelta(days=int(number(date)))
    total = start.year * 12 + start.month - 1 + int(number(months))
    year, month = divmod(total, 12)
    for day in range(start.day, 27, -1):
        try:
            return serial(datetime.date(year, month + 1, day))
        except ValueError:
            continue
    return serial(datetime.date(year, month + 1, min(start.day, 28)))


def _rank(value: Value) -> int:
    """Numbers stand before texts, texts before TRUE and FALSE."""
    return 2 if isinstance(value, bool) else 1 if isinstance(value, str) else 0


def equal(left: Value, right: Value) -> bool:
    return compare("=", left, right)


def compare(op: str, left: Value, right: Value) -> bool:
    """A comparison as Excel makes it: empty is 0 or "", a text above any number, cases alike."""
    if left is None:
        left = "" if isinstance(right, str) else False if isinstance(right, bool) else Fraction(0)
    if right is None:
        right = "" if isinstance(left, str) else False if isinstance(left, bool) else Fraction(0)
    pair: tuple[tuple[int, object], tuple[int, object]] = (
        (_rank(left), left.casefold() if isinstance(left, str) else left),
        (_rank(right), right.casefold() if isinstance(right, str) else right),
    )
    if op == "=":
        return pair[0] == pair[1]
    if op == "<>":
        return pair[0] != pair[1]
    less = pair[0] < pair[1]
    if op == "<":
        return less
    if op == ">=":
        return not less
    return less or pair[0] == pair[1] if op == "<=" else not less and pair[0] != pair[1]


FUNCTIONS: dict[str, Callable[..., Value]] = {
    "SUM": lambda *args: sum(numbers(args), Fraction(0)),
    "PRODUCT": _product,
    "AVERAGE": _average,
    "MIN": lambda *args: min(numbers(args), default=Fraction(0)),
    "MAX": lambda *args: max(numbers(args), default=Fraction(0)),
    "COUNT": _count,
    "COUNTA": _counta,
    "COUNTIF": _countif,
    "SUMIF": _sumif,
    "SUMPRODUCT": _sumproduct,
    "ROUND": _round,
    "ROUNDUP": _roundup,
    "ROUNDDOWN": _rounddown,
    "TRUNC": _rounddown,
    "INT": lambda value: Fraction(math.floor(number(value))),
    "CEILING": _ceiling,
    "CEILING.MATH": _ceiling,
    "FLOOR": _floor,
    "FLOOR.MATH": _floor,
    "ABS": lambda value: abs(number(value)),
    "SIGN": lambda value: Fraction((number(value) > 0) - (number(value) < 0)),
    "MOD": _mod,
    "POWER": lambda base, exponent: power(number(base), number(exponent)),
    "SQRT": _sqrt,
    "LOG": _log,
    "LOG10": _log10,
    "N": lambda value: value if isinstance(value, Fraction) else Fraction(0),
    "VALUE": number,
    "ISNUMBER": lambda value: isinstance(single(value), Fraction),
    "ISTEXT": lambda value: isinstance(single(value), str),
    "ISBLANK": lambda value: single(value) is None,
    "ISERROR": lambda value: isinstance(single(value), ErrorValue),
    "ISERR": lambda value: isinstance(single(value), ErrorValue) and single(value) != NOT_AVAILABLE,
    "ISNA": lambda value: single(value) == NOT_AVAILABLE,
    "NOT": lambda value: not truth(value),
    "FIXED": _fixed,
    "LEFT": lambda value, count=Fraction(1): text(value)[: int(number(count))],
    "RIGHT": lambda value, count=Fraction(1): text(value)[-int(number(count)) :] if number(count) else "",
    "MID": lambda value, start, count: text(value)[int(number(start)) - 1 : int(number(start)) - 1 + int(number(count))],
    "LEN": lambda value: Fraction(len(text(value))),
    "TRIM": lambda value: " ".join(text(value).split()),
    "CONCATENATE": lambda *args: "".join(map(text, args)),
    "INDEX": _index,
    "MATCH": _match,
    "EDATE": _edate,
    "TRUE": lambda: True,
    "FALSE": lambda: False,
}
"""What takes its arguments evaluated; IF, AND, OR, IFERROR and IFNA do not (evaluate.py)."""

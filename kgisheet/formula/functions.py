"""The spreadsheet functions this reader evaluates, as spreadsheets define them, on exact numbers.

Each takes its evaluated arguments: a value, or a Range for an area.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from ..values.budget import LONGEST_TEXT
from ..values.rounding import LARGEST, grouped, half_up
from . import aggregates, lookups
from .nodes import Call, ErrorValue, Tree, walk
from .values import (
    DIVISION_ERROR,
    NOT_AVAILABLE,
    NUMBER_ERROR,
    VALUE_ERROR,
    Argument,
    FailedError,
    NotEvaluatedError,
    Value,
    inexact,
    joined,
    number,
    power,
    single,
    text,
    truth,
)


def _round(value: Argument, digits: Argument = Fraction(0)) -> Value:
    return _shifted(number(value), int(number(digits)), half_up)


def _shifted(value: Fraction, digits: int, how: Callable[[Fraction], Fraction]) -> Fraction:
    if digits > 15:
        return value
    if digits < -_MOST_DIGITS:
        raise NotEvaluatedError("rounding to more digits than a number has")
    scale = Fraction(10) ** digits
    return how(value * scale) / scale


def _firm(value: Fraction) -> Fraction:
    """Return a number of whose whole part all programs think alike: 1 + 1E-300 is 1 in a cell, and rounded up by us it were 2."""
    if value.denominator != 1 and abs(value) < LARGEST and float(value).is_integer():
        raise NotEvaluatedError("the whole part of a number of more digits than a cell holds")
    return value


def _away(value: Fraction) -> Fraction:
    value = _firm(value)
    return Fraction(math.ceil(abs(value)) * (1 if value >= 0 else -1))


def _toward(value: Fraction) -> Fraction:
    return Fraction(math.floor(abs(_firm(value))) * (1 if value >= 0 else -1))


def _roundup(value: Argument, digits: Argument = Fraction(0)) -> Value:
    return _shifted(number(value), int(number(digits)), _away)


def _rounddown(value: Argument, digits: Argument = Fraction(0)) -> Value:
    return _shifted(number(value), int(number(digits)), _toward)


_MOST_DIGITS = 300


def _step(value: Argument, step: Argument) -> Fraction:
    """Return what CEILING, FLOOR and MROUND round to; programs differ on one of another sign."""
    size, of = number(step), number(value)
    if size < 0 or (size and of < 0):
        raise NotEvaluatedError("rounding to multiples with a negative number")
    return size


def _ceiling(value: Argument, step: Argument = Fraction(1)) -> Value:
    size = _step(value, step)
    return Fraction(0) if size == 0 else Fraction(math.ceil(_firm(number(value) / size))) * size


def _floor(value: Argument, step: Argument = Fraction(1)) -> Value:
    size = _step(value, step)
    if size == 0:
        raise FailedError(DIVISION_ERROR)
    return Fraction(math.floor(_firm(number(value) / size))) * size


def _mod(value: Argument, divisor: Argument) -> Value:
    by = number(divisor)
    if by == 0:
        raise FailedError(DIVISION_ERROR)
    return number(value) % by


def _as_float(value: Argument) -> float:
    """Return a number as programs have it; one beyond what they can hold is evaluated by none."""
    try:
        return float(number(value))
    except OverflowError:
        raise NotEvaluatedError("a number beyond 1.8E308") from None


def _log(value: Argument, base: Argument = Fraction(10)) -> Value:
    try:
        return inexact(math.log(_as_float(value), _as_float(base)))
    except (ValueError, ZeroDivisionError):
        raise FailedError(NUMBER_ERROR) from None


def _exp(value: Argument) -> Value:
    try:
        return inexact(math.exp(number(value)))
    except OverflowError:
        raise FailedError(NUMBER_ERROR) from None


def _at_least(least: int, count: Argument) -> int:
    """Return a number of characters, or the place of one."""
    found = int(number(count))
    if found < least:
        raise FailedError(VALUE_ERROR)
    return found


def _log10(value: Argument) -> Value:
    found = _as_float(value)
    if found <= 0:
        raise FailedError(NUMBER_ERROR)
    return inexact(math.log10(found))


def _sqrt(value: Argument) -> Value:
    found = _as_float(value)
    if found < 0:
        raise FailedError(NUMBER_ERROR)
    return inexact(math.sqrt(found))


_MOST_DECIMALS = 127
"""Decimals that FIXED writes, in Excel."""


def _fixed(value: Argument, decimals: Argument = Fraction(2), plain: Argument = False) -> Value:
    if (digits := int(number(decimals))) > _MOST_DECIMALS:
        raise FailedError(VALUE_ERROR)
    shown = grouped(number(value), max(0, digits))
    return shown.replace(",", "") if truth(plain) else shown


def _mround(value: Argument, step: Argument) -> Value:
    size = _step(value, step)
    return Fraction(0) if size == 0 else half_up(number(value) / size) * size


def _odd(value: Argument) -> bool:
    return math.floor(abs(_whole(value))) % 2 == 1


_EXACT = 2**53
"""From here on programs hold even numbers only, and say of them what they like."""


def _whole(value: Argument) -> Fraction:
    found = _firm(number(value))
    if abs(found) >= _EXACT:
        raise NotEvaluatedError("odd or even, of so large a number")
    return found


def _to(parity: int) -> Callable[[Argument], Value]:
    """Round for EVEN (0) and ODD (1): away from zero to the next such number."""

    def rounded(value: Argument) -> Value:
        found = _whole(value)
        whole = math.ceil(abs(found))
        whole += (whole - parity) % 2
        return Fraction(whole if found >= 0 else -whole)

    return rounded


def _quotient(value: Argument, divisor: Argument) -> Value:
    by = number(divisor)
    if by == 0:
        raise FailedError(DIVISION_ERROR)
    return _toward(number(value) / by)


def _n(value: Argument) -> Value:
    found = single(value)
    if isinstance(found, ErrorValue):
        raise FailedError(found)
    return number(found) if isinstance(found, (Fraction, bool)) else Fraction(0)


def _substitute(value: Argument, old: Argument, new: Argument) -> Value:
    whole, gone, put = text(value), text(old), text(new)
    if not gone:
        return whole
    if len(whole) + whole.count(gone) * (len(put) - len(gone)) > LONGEST_TEXT:
        raise FailedError(VALUE_ERROR)
    return whole.replace(gone, put)


LEAST_IN_EXCEL = dict.fromkeys(("ROUND", "ROUNDUP", "ROUNDDOWN", "CEILING", "FLOOR"), 2)
"""Arguments without which Excel refuses a formula; LibreOffice and Google Sheets take 0 or 1 for the second."""


def too_short(tree: Tree) -> str | None:
    """Return a call in a formula that has fewer arguments than Excel wants, as it is said; None without one."""
    short = (each for each in walk(tree) if isinstance(each, Call) and len(each.args) < LEAST_IN_EXCEL.get(each.function, 0))
    found = next(short, None)
    return f"{found.function}() with {len(found.args)} arguments" if found is not None else None


FUNCTIONS: dict[str, Callable[..., Argument]] = {
    **aggregates.FUNCTIONS,
    **lookups.FUNCTIONS,
    "ROUND": _round,
    "ROUNDUP": _roundup,
    "ROUNDDOWN": _rounddown,
    "TRUNC": _rounddown,
    "INT": lambda value: Fraction(math.floor(_firm(number(value)))),
    "CEILING": _ceiling,
    "CEILING.MATH": _ceiling,
    "FLOOR": _floor,
    "FLOOR.MATH": lambda value, step=Fraction(1): _floor(value, step) if number(step) else Fraction(0),
    "MROUND": _mround,
    "QUOTIENT": _quotient,
    "EVEN": _to(0),
    "ODD": _to(1),
    "ISEVEN": lambda value: not _odd(value),
    "ISODD": _odd,
    "ABS": lambda value: abs(number(value)),
    "SIGN": lambda value: Fraction((number(value) > 0) - (number(value) < 0)),
    "MOD": _mod,
    "POWER": lambda base, exponent: power(number(base), number(exponent)),
    "SQRT": _sqrt,
    "LOG": _log,
    "LOG10": _log10,
    "N": _n,
    "VALUE": number,
    "ISNUMBER": lambda value: isinstance(single(value), Fraction),
    "ISTEXT": lambda value: isinstance(single(value), str),
    "ISBLANK": lambda value: single(value) is None,
    "ISERROR": lambda value: isinstance(single(value), ErrorValue),
    "ISERR": lambda value: isinstance(single(value), ErrorValue) and single(value) != NOT_AVAILABLE,
    "ISNA": lambda value: single(value) == NOT_AVAILABLE,
    "NA": lambda: NOT_AVAILABLE,
    "PI": lambda: Fraction(math.pi),
    "EXP": _exp,
    "NOT": lambda value: not truth(value),
    "FIXED": _fixed,
    "LEFT": lambda value, count=Fraction(1): text(value)[: _at_least(0, count)],
    "RIGHT": lambda value, count=Fraction(1): text(value)[::-1][: _at_least(0, count)][::-1],
    "MID": lambda value, start, count: text(value)[_at_least(1, start) - 1 :][: _at_least(0, count)],
    "LEN": lambda value: Fraction(len(text(value))),
    "SUBSTITUTE": _substitute,
    "UPPER": lambda value: text(value).upper(),
    "LOWER": lambda value: text(value).lower(),
    "EXACT": lambda left, right: text(left) == text(right),
    "TRIM": lambda value: " ".join(text(value).split()),
    "CONCAT": lambda *args: joined(args),
    "CONCATENATE": lambda *args: joined(args),
    "TRUE": lambda: True,
    "FALSE": lambda: False,
}
"""Functions that take their arguments evaluated; IF, AND, OR, IFERROR and IFNA do not (evaluate.py)."""

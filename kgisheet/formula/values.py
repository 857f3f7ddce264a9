"""The values of formulas, and how spreadsheets coerce one kind to another: "3" is 3, an empty cell 0 or "".

What has no exact value (logarithms, roots) is computed in binary floating point.
"""

from __future__ import annotations

import datetime
import math
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from ..values import budget
from ..values.budget import FREE_BITS, LONGEST_NUMBER, LONGEST_TEXT, of_digits
from ..values.regex import regex
from ..values.rounding import LARGEST
from .nodes import ErrorValue
from .wildcard import Wildcard

Value = Fraction | str | bool | ErrorValue | None


class Range(NamedTuple):
    """The values of an area, row by row. From row ``filled`` on (from 0) there is nothing in it, if that is known."""

    rows: tuple[tuple[Value, ...], ...]
    filled: int | None = None

    def cells(self) -> Iterator[Value]:
        if self.filled is not None:
            budget.spend(budget.STEPS, (len(self.rows) - self.filled) * len(self.rows[0]) // _BLANKS_A_STEP)
        for row in self.rows:
            yield from row

    def held(self) -> Iterator[Value]:
        """Yield the values as far as there may be any."""
        for row in self.rows[: self.filled]:
            yield from row


_BLANKS_A_STEP = 4
"""Empty cells that a function passes over in a step."""


Argument = Value | Range

VALUE_ERROR = ErrorValue("#VALUE!")
DIVISION_ERROR = ErrorValue("#DIV/0!")
NUMBER_ERROR = ErrorValue("#NUM!")
REFERENCE_ERROR = ErrorValue("#REF!")
NOT_AVAILABLE = ErrorValue("#N/A")


class NotEvaluatedError(Exception):
    """A formula that this reader doesn't evaluate, and which part of it; never treated as sound."""


class OverBudgetError(NotEvaluatedError):
    """A formula for which the file's budget doesn't suffice (docs/budget.md)."""


def pay(steps: int) -> None:
    """Spend steps of the file's budget on behalf of a formula; raise OverBudgetError."""
    try:
        budget.spend(budget.STEPS, steps)
    except budget.SpentError as spent:
        raise OverBudgetError(str(spent)) from None


class TooDeepError(NotEvaluatedError):
    """A formula that is nested, or has cells behind cells, more deeply than can be gone down at once."""


class FailedError(Exception):
    """A function that returns an error value."""

    def __init__(self, error: ErrorValue) -> None:
        super().__init__(error.text)
        self.error = error


def number(value: Argument) -> Fraction:
    """Return a value as a number, as an operator or a scalar argument takes it: empty is 0, "3" is 3."""
    if type(value) is Fraction:
        return value
    value = single(value)
    if isinstance(value, ErrorValue):
        raise FailedError(value)
    if value is None:
        return Fraction(0)
    if isinstance(value, bool):
        return Fraction(int(value))
    if isinstance(value, str):
        text = value.strip()
        if len(text) > LONGEST_NUMBER:
            raise OverBudgetError(str(budget.current().refusal(budget.NUMBER, LONGEST_NUMBER)))
        if _NUMBER.fullmatch(text):
            return Fraction(text)
        if _DIGIT.search(text) and not _NEVER.search(text):
            raise NotEvaluatedError(f"“{text[:20]}” as a number")
        raise FailedError(VALUE_ERROR)
    return value


_DIGIT = regex(r"\d")
_NEVER = regex(r"[^\d\s,.%¥￥$€£()/:+\-eE年月日時分秒]")
"""What no text has that some programs take for a number, and others don't: 30%, 1,200, ¥5, 2026-04-01, 12:30."""
_NUMBER = regex(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,3})?")


def text(value: Argument) -> str:
    """Return a value as text, as ``&`` takes it."""
    value = single(value)
    if isinstance(value, ErrorValue):
        raise FailedError(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Fraction):
        if value and not _LEAST_SHOWN <= abs(value) < _MOST_SHOWN:
            raise NotEvaluatedError("a number with an exponent as a text")  # 1E-12, 0.000000000001: programs differ
        return f"{float(value):.15g}" if value.denominator != 1 else str(value.numerator)
    return value


_LEAST_SHOWN, _MOST_SHOWN = Fraction(1, 10_000), 10**15


def truth(value: Argument) -> bool:
    value = single(value)
    if isinstance(value, str):
        if value.upper() in ("TRUE", "FALSE"):
            return value.upper() == "TRUE"
        raise FailedError(VALUE_ERROR)
    return number(value) != 0


def single(value: Argument) -> Value:
    """Return one value; for a range of one cell, that cell. Programs differ on ranges of several cells."""
    if isinstance(value, Range):
        if len(value.rows) == 1 and len(value.rows[0]) == 1:
            return value.rows[0][0]
        raise NotEvaluatedError("an area where one cell is expected")
    return value


def numbers(args: tuple[Argument, ...]) -> list[Fraction]:
    """Return the numbers that SUM and similar functions see: of ranges only true numbers; errors propagate."""
    found: list[Fraction] = []
    for arg in args:
        if not isinstance(arg, Range):
            found.append(number(arg))
            continue
        for value in arg.held():
            if type(value) is Fraction:
                found.append(value)
            elif type(value) is ErrorValue:
                raise FailedError(value)
    return found


def power(base: Fraction, exponent: Fraction) -> Fraction:
    if base == 0 and exponent < 0:
        raise FailedError(DIVISION_ERROR)
    if exponent.denominator == 1 and abs(exponent) <= 64:
        return _power(base, int(exponent))
    try:
        return inexact(float(base) ** float(exponent))
    except (OverflowError, ZeroDivisionError, TypeError, ValueError):
        raise FailedError(NUMBER_ERROR) from None


def _power(base: Fraction, exponent: int) -> Fraction:
    """Return a power that isn't larger, smaller or longer than a number can be: known before it is worked out."""
    over, under = base.numerator.bit_length(), base.denominator.bit_length()
    if exponent < 0:
        over, under = under, over
    times = abs(exponent)
    if (over - under - 1) * times > sys.float_info.max_exp:
        raise FailedError(NUMBER_ERROR)
    if (over - under + 1) * times < sys.float_info.min_exp:
        return Fraction(0)
    of_digits((over + under - 2) * times)
    return base**exponent


_LEAST = Fraction(sys.float_info.min)
_SURE = sys.float_info.max_exp - 4
"""Powers of two between which every number is representable."""


def representable(value: Fraction) -> Fraction:
    """Return the value as a program's cell would hold it: #NUM! above the largest number, 0 below the smallest."""
    over, under = value.numerator.bit_length(), value.denominator.bit_length()
    if over + under > FREE_BITS:
        of_digits(over + under)
    if -_SURE < over - under < _SURE:
        return value
    if abs(value) > LARGEST:
        raise FailedError(NUMBER_ERROR)
    return value if abs(value) >= _LEAST else Fraction(0)


def total(found: Iterable[Fraction]) -> Fraction:
    """Return the sum of numbers; their denominators may make a longer one of each."""
    summed, whole = Fraction(0), 0
    for each in found:
        if each.denominator == 1:  # mostly; and to add two fractions takes five times as long
            whole += each.numerator
            continue
        summed += each
        if (bits := summed.denominator.bit_length()) > FREE_BITS:
            of_digits(bits)
    return summed + whole


def kept(value: str) -> str:
    """Return a text that a formula made, spent from the budget; #VALUE! above the longest that Excel's cells hold."""
    if len(value) > LONGEST_TEXT:
        raise FailedError(VALUE_ERROR)
    if len(value) > _FREE_TEXT:
        budget.spend(budget.CHARACTERS, len(value))
    return value


def joined(parts: Iterable[Argument]) -> str:
    """Return texts one after another."""
    made, length = [], 0
    for part in parts:
        each = text(part)
        length += len(each)
        if length > LONGEST_TEXT:
            raise FailedError(VALUE_ERROR)
        made.append(each)
    return kept("".join(made))


_FREE_TEXT = 100
"""Characters of a text that costs no more than the step that makes it."""


def inexact(value: float | complex) -> Fraction:
    if isinstance(value, complex) or not math.isfinite(value):
        raise FailedError(NUMBER_ERROR)
    return Fraction(value)


def matcher(criterion: Argument) -> Callable[[Value], bool]:
    """Return the test for a COUNTIF or SUMIF criterion: ``">0"``, ``"OK"``, 5."""
    wanted = single(criterion)
    if isinstance(wanted, bool | ErrorValue):
        raise NotEvaluatedError("TRUE, FALSE or an error as a criterion")
    if wanted is None:
        wanted = Fraction(0)
    op = "="
    if wanted in ("", "="):  # all that is blank; with its sign, what holds nothing
        return lambda value: value is None or value == "" == wanted
    if wanted == "<>":
        return lambda value: value is not None
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
    if op not in ("=", "<>") or wanted.upper() in ("TRUE", "FALSE"):
        raise NotEvaluatedError(f"“{op}{wanted[:20]}” as a criterion")
    pattern = Wildcard(wanted)
    if op == "<>":
        return lambda value: not (isinstance(value, str) and pattern.fits(value))
    return lambda value: isinstance(value, str) and pattern.fits(value)


EPOCH = datetime.date(1899, 12, 30)


def serial(date: datetime.date) -> Fraction:
    """Return the serial number of a date."""
    return Fraction((date - EPOCH).days)


def _rank(value: Value) -> int:
    """Return the sort rank of a value: numbers before texts, texts before TRUE and FALSE."""
    return 2 if isinstance(value, bool) else 1 if isinstance(value, str) else 0


def equal(left: Value, right: Value) -> bool:
    return compare("=", left, right)


def compare(op: str, left: Value, right: Value) -> bool:
    """Compare two values as Excel does: empty is 0 or "", a text is above any number, case is ignored."""
    if left is None:
        left = "" if isinstance(right, str) else False if isinstance(right, bool) else Fraction(0)
    if right is None:
        right = "" if isinstance(left, str) else False if isinstance(left, bool) else Fraction(0)
    if isinstance(left, str) and isinstance(right, str) and len(left) + len(right) > _FREE_TEXT:
        budget.spend(budget.CHARACTERS, len(left) + len(right))
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

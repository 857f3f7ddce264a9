"""Functions over areas: sums, counts and picks, as spreadsheets define them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from .nodes import ErrorValue
from .values import (
    DIVISION_ERROR,
    NUMBER_ERROR,
    VALUE_ERROR,
    Argument,
    FailedError,
    NotEvaluatedError,
    Range,
    Value,
    matcher,
    number,
    numbers,
    representable,
    total,
)


def _count(*args: Argument) -> Value:
    counted = 0
    for arg in args:
        if isinstance(arg, Range):
            counted += sum(isinstance(value, Fraction) for value in arg.cells())
        else:
            counted += _is_countable(arg)
    return Fraction(counted)


def _is_countable(value: Value) -> bool:
    """Return whether COUNT counts a value that is written into the formula: TRUE and "3" too, which it passes over in cells."""
    try:
        number(value)
    except FailedError:
        return False
    return True


def _counta(*args: Argument) -> Value:
    return Fraction(sum(value is not None for arg in args for value in _cells(arg)))


def _average(*args: Argument) -> Value:
    return _mean(numbers(args))


def _product(*args: Argument) -> Value:
    factors = list(numbers(args))
    product = Fraction(1 if factors else 0)  # of nothing it is 0, unlike in mathematics
    for each in factors:
        product = representable(product * each)
    return product


def _countif(area: Argument, criterion: Argument) -> Value:
    test = matcher(criterion)
    return Fraction(sum(map(test, area.cells() if isinstance(area, Range) else (area,))))


def _sumif(area: Argument, criterion: Argument, summed: Argument = None) -> Value:
    test = matcher(criterion)
    asked = list(area.cells()) if isinstance(area, Range) else [area]
    taken = asked if summed is None else list(summed.cells()) if isinstance(summed, Range) else [summed]
    pairs = zip(asked, taken, strict=False)
    return total(value for each, value in pairs if test(each) and isinstance(value, Fraction))


def _sumproduct(*args: Argument) -> Value:
    columns = [list(arg.cells()) if isinstance(arg, Range) else [arg] for arg in args]
    if len({len(column) for column in columns}) != 1:
        raise FailedError(VALUE_ERROR)
    products: list[Fraction] = []
    for row in zip(*columns, strict=True):
        product = Fraction(1)
        for value in row:
            if isinstance(value, ErrorValue):
                raise FailedError(value)
            product *= value if isinstance(value, Fraction) else 0
        products.append(product)
    return total(products)


def _cells(arg: Argument) -> list[Value]:
    return list(arg.cells()) if isinstance(arg, Range) else [arg]


def _matching(pairs: tuple[Argument, ...]) -> list[bool]:
    """Return the positions that meet every (area, criterion) of a COUNTIFS."""
    if not pairs or len(pairs) % 2:
        raise FailedError(VALUE_ERROR)
    met: list[bool] | None = None
    for area, criterion in zip(pairs[::2], pairs[1::2], strict=True):
        each = list(map(matcher(criterion), _cells(area)))
        if met is not None and len(met) != len(each):
            raise FailedError(VALUE_ERROR)
        met = each if met is None else [a and b for a, b in zip(met, each, strict=True)]
    return met or []


def _countifs(*pairs: Argument) -> Value:
    return Fraction(sum(_matching(pairs)))


def _sumifs(summed: Argument, *pairs: Argument) -> Value:
    return total(_picked(summed, pairs))


def _averageifs(averaged: Argument, *pairs: Argument) -> Value:
    return _mean(_picked(averaged, pairs))


def _averageif(area: Argument, criterion: Argument, averaged: Argument = None) -> Value:
    return _mean(_picked(area if averaged is None else averaged, (area, criterion)))


def _picked(area: Argument, pairs: tuple[Argument, ...]) -> list[Fraction]:
    return [value for value, met in zip(_cells(area), _matching(pairs), strict=False) if met and isinstance(value, Fraction)]


def _mean(found: list[Fraction]) -> Fraction:
    if not found:
        raise FailedError(DIVISION_ERROR)
    return total(found) / len(found)


def _median(*args: Argument) -> Value:
    found = sorted(numbers(args))
    if not found:
        raise FailedError(NUMBER_ERROR)
    half = len(found) // 2
    return found[half] if len(found) % 2 else (found[half - 1] + found[half]) / 2


def _nth(largest: bool) -> Callable[[Argument, Argument], Value]:
    def nth(area: Argument, place: Argument) -> Value:
        found, at = sorted(numbers((area,)), reverse=largest), int(number(place))
        if not 1 <= at <= len(found):
            raise FailedError(NUMBER_ERROR)
        return found[at - 1]

    return nth


def _countblank(area: Argument) -> Value:
    return Fraction(sum(value in (None, "") for value in _cells(area)))


def _subtotal(kind: Argument, *args: Argument) -> Value:
    """Evaluate SUBTOTAL, except where it would have to skip other subtotals and filtered rows."""
    function = _SUBTOTALS.get(int(number(kind)) % 100)
    if function is None:
        raise FailedError(VALUE_ERROR)
    if not all(isinstance(each, Range) for each in args):
        raise NotEvaluatedError("SUBTOTAL() of no area")
    return function(*args)


_SUM: Callable[..., Value] = lambda *args: total(numbers(args))  # noqa: E731  # an entry of the tables below
_MIN: Callable[..., Value] = lambda *args: min(numbers(args), default=Fraction(0))  # noqa: E731
_MAX: Callable[..., Value] = lambda *args: max(numbers(args), default=Fraction(0))  # noqa: E731
_SUBTOTALS: dict[int, Callable[..., Value]] = {
    1: _average, 2: _count, 3: _counta, 4: _MAX, 5: _MIN, 6: _product, 9: _SUM,
}  # fmt: skip

FUNCTIONS: dict[str, Callable[..., Value]] = {
    "SUM": _SUM,
    "SUMSQ": lambda *args: total(each * each for each in numbers(args)),
    "PRODUCT": _product,
    "AVERAGE": _average,
    "AVERAGEIF": _averageif,
    "AVERAGEIFS": _averageifs,
    "MEDIAN": _median,
    "MIN": _MIN,
    "MAX": _MAX,
    "LARGE": _nth(True),
    "SMALL": _nth(False),
    "COUNT": _count,
    "COUNTA": _counta,
    "COUNTBLANK": _countblank,
    "COUNTIF": _countif,
    "COUNTIFS": _countifs,
    "SUMIF": _sumif,
    "SUMIFS": _sumifs,
    "SUMPRODUCT": _sumproduct,
    "SUBTOTAL": _subtotal,
}

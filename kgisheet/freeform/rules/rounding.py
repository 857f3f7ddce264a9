"""Accepted roundings: of a count, up, down or to the nearest; of a rate, to the digits that are written."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction

from ...values.regex import regex
from ...values.units import RATE
from ..read import terms
from ..read.figures import Figure

FINE = Fraction(1, 10**6)
ONE = Fraction(1)


def is_eighth(rate: Fraction) -> bool:
    """Return whether a rate is such as 12.5 or 37.5 %, which people type as they do 10 and 40."""
    return (rate * _FORTIETHS).denominator == 1


_FORTIETHS = 40


def added(values: Iterable[Fraction]) -> Fraction:
    """Return a sum; whole numbers, as most are, are added as such."""
    each = list(values)
    if all(value.denominator == 1 for value in each):
        return Fraction(sum(value.numerator for value in each))
    return sum(each, Fraction(0))


def is_mean_of(total: Fraction, exact: Fraction, many: int) -> bool:
    """Return whether a figure is the mean of several that add up to another one, to its last digit."""
    mean = exact / many
    digits = next((at for at in range(4) if (total * 10**at).denominator == 1), 4)
    return mean != 0 and abs(total - mean) <= Fraction(1, 2 * 10**digits)


def fits(found: Fraction, exact: Fraction) -> bool:
    """Return whether a count is the exact quotient, or a rounding of it: to a whole, or to the decimals that are written."""
    if abs(found - exact) <= FINE * max(ONE, abs(exact)):
        return True
    if found.denominator == 1:
        return math.floor(exact + FINE) <= found <= math.ceil(exact - FINE)
    for digits in range(1, 5):
        unit = Fraction(1, 10**digits)
        if (found / unit).denominator == 1:
            return abs(found - exact) < unit
    return False


def as_written(result: Fraction, source: Fraction, rates: list[Fraction]) -> bool:
    """Return whether the rate between two counts is the one that is written, to its last digit: 600 of 45,000 is 1.3 %."""
    if len(rates) != 1 or result <= 0:
        return False
    percent = rates[0] * 100
    digits = next((each for each in range(4) if (percent * 10**each).denominator == 1), None)
    return digits is not None and abs(source / result * 100 - percent) <= Fraction(1, 2 * 10**digits)


def measured(result: Fraction, source: Fraction, rates: list[Fraction]) -> bool:
    """Return whether a rate is only the two counts' quotient to its last digit, as it comes out: 617 of 2,000 is 31 %.

    Not where the rate as written gives a whole number: 100 ÷ 50 % is 200, and 201 is a slip.
    """
    return as_written(result, source, rates) and over(source, rates).denominator != 1


def rounded_off(result: Fraction, exact: Fraction) -> bool:
    """Return whether a count is the exact one to whole tens or hundreds: 3,980 for 3,971.4; not for 3,971."""
    if exact.denominator == 1 or exact < 100 or result.denominator != 1:
        return False
    return any(result % unit == 0 and abs(result - exact) < unit for unit in (10, 100, 1000) if exact >= unit * 10)


_ABOUT, _MARKS = terms.of("about"), str.maketrans("", "", "~〜～")


_NEARLY = regex(r"[\d割%件社人名回円](弱|強)$")
"""3割弱, 100件強: not quite as much, a little more."""

SHOWN = "[shown]"
"""How the format of a rate begins of which only the digits that were shown are known, as from a CSV."""


def spread(figure: Figure) -> tuple[Fraction, Fraction]:
    """Return the least and the most that a figure may mean: 約120件 is 115 to 125, 30〜35% is that, 2% in a CSV 1.5 to 2.5 %."""
    value = figure.value or Fraction(0)
    if figure.upto is not None:
        return min(value, figure.upto), max(value, figure.upto)
    if figure.code.startswith(SHOWN):
        half = Fraction(1, 2 * 10 ** (2 + len(figure.code.partition(".")[2].rstrip("%"))))
        return value - half, value + half
    nearly = _NEARLY.search(figure.typed) if figure.typed is not None else None
    if figure.typed is None or not (nearly or _ABOUT.search(figure.typed)) or not value:
        return value, value
    unit = Fraction(1)
    shown = value * 100 if figure.kind == RATE else value
    while shown % (unit * 10) == 0:
        unit *= 10
    while shown % unit:
        unit /= 10
    half = unit / 2 / (100 if figure.kind == RATE else 1)
    if nearly is not None:  # a little less, or more, than is said
        return (value - half, value) if nearly[1] == "弱" else (value, value + half)
    return value - half, value + half


def within(result: Figure, choice: Sequence[Figure]) -> bool:
    """Return whether a result that is about right, or any of its operands, makes the quotient possible."""
    spreads = [spread(each) for each in (result, *choice)]
    if all(low == high for low, high in spreads) or any(low <= 0 for low, _ in spreads[2:]):
        return False
    (least, most), (low, high), *rates = spreads
    smallest = over(low, [top for _, top in rates])
    largest = over(high, [bottom for bottom, _ in rates])
    if result.upto is not None:
        # Both ends of a range are worked out, 29〜34 of 10 ÷ 30〜35 %, and may be rounded to tens.
        both = all(fits(end, exact) or rounded_off(end, exact) for end, exact in ((least, smallest), (most, largest)))
        # Of what is about so much anyhow the middle may be taken: 110〜130, where 84 to 150 are possible.
        texts = [each.typed.translate(_MARKS) for each in choice if each.typed is not None]
        is_about = any(_ABOUT.search(each) or _NEARLY.search(each) for each in texts)
        return both or (is_about and smallest <= least and most <= largest)
    return math.floor(smallest) <= most and least <= math.ceil(largest)


def written(shares: list[Figure]) -> Fraction:
    """Return how far shares may be off 100 % for having been rounded: 33 % three times, but not 25 %."""
    slack = Fraction(0)
    for each in shares:
        percent = (each.value or Fraction(0)) * 100
        if percent % 5:
            slack += Fraction(1, 200) if percent.denominator == 1 else Fraction(1, 2000)
    return slack + FINE


def over(source: Fraction, rates: list[Fraction]) -> Fraction:
    """Return the source divided by all the rates."""
    return source / math.prod(rates, start=ONE)

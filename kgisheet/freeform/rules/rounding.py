"""Accepted roundings: of a count, up, down or to the nearest; of a rate, to the digits that are written."""

from __future__ import annotations

import math
from fractions import Fraction

from ..read.page import Figure

FINE = Fraction(1, 10**6)
ONE = Fraction(1)


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

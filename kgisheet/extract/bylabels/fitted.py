"""The way in which a sheet rounds, and its rates as exact as its counts need them: 13.07 % where 13% is shown."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from ...freeform.read.figures import Figure
from ...values.rounding import half_up, whole

UP, NEAREST, DOWN, NONE = "up", "nearest", "down", "none"
MODES = (UP, NEAREST, DOWN, NONE)
_FINEST = 10
_WRITTEN = 9  # decimals of a count that are looked at; a cell holds fifteen digits in all


class Step(NamedTuple):
    """``above`` ÷ ``rate`` is ``below``: counts of two stages, and the rate between them."""

    above: Fraction
    rate: Fraction
    below: Fraction


def count(above: Fraction, rate: Fraction, mode: str) -> Fraction:
    """Return how many of the stage below are needed, rounded as the worksheet does it."""
    return whole(above / rate, mode)


def same(made: Fraction, given: Fraction) -> bool:
    """Return whether a count is the given one, to the digits in which that is written: 666.67 for 2,000 ÷ 3."""
    digits = _digits(given)
    return made == given or (digits > 0 and half_up(made, digits) == half_up(given, digits))


def leads_to(step: Step, mode: str) -> bool:
    """Return whether the count below comes out; without rounding, to the digits in which both are written."""
    above, rate, below = step
    if mode != NONE:
        return count(above, rate, mode) == below
    return abs(above / rate - below) <= _slack(above) / rate + _slack(below)


def _digits(value: Fraction) -> int:
    return next((each for each in range(_WRITTEN) if (value * 10**each).denominator == 1), _WRITTEN)


def _slack(value: Fraction) -> Fraction:
    """Return how far a count may be off for having been written with so many decimals; a whole one is exact."""
    digits = _digits(value)
    return Fraction(1, 2 * 10**digits) if digits else Fraction(0)


def mode_of(steps: Iterable[Step]) -> str:
    """Return the rounding by which the most of the counts come out."""
    steps = list(steps)
    return max(MODES, key=lambda mode: sum(leads_to(each, mode) for each in steps))


def rate_value(figure: Figure) -> Fraction | None:
    """Return a rate as a fraction, 30 without a sign as 30 %; None for what can't be one."""
    value = figure.also[0] if figure.also and (figure.value or 0) >= 1 else figure.value
    return value if value is not None and 0 < value <= 1 else None


def fitting(above: Fraction, below: Fraction, mode: str) -> Fraction | None:
    """Return the rate with the fewest digits by which ``below`` comes out; None where there is none."""
    if not 0 < above <= below:
        return None
    for digits in range(2, _FINEST + 1):
        scale = 10**digits
        for each in (half_up(above / below, digits), Fraction(math.ceil(above * scale / below), scale)):
            if 0 < each <= 1 and leads_to(Step(above, each, below), mode):
                return each
    return None


def is_as_written(rate: Fraction, written: Fraction) -> bool:
    """Return whether a rate is the written one to its last digit: 13.07 % and 13%."""
    percent = written * 100
    digits = next((each for each in range(6) if (percent * 10**each).denominator == 1), 6)
    return abs(rate * 100 - percent) <= Fraction(1, 2 * 10**digits)

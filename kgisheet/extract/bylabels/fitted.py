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


class Step(NamedTuple):
    """``above`` ÷ ``rate`` is ``below``: counts of two stages, and the rate between them."""

    above: Fraction
    rate: Fraction
    below: Fraction


def count(above: Fraction, rate: Fraction, mode: str) -> Fraction:
    """Return how many of the stage below are needed, rounded as the worksheet does it."""
    return whole(above / rate, mode)


def mode_of(steps: Iterable[Step]) -> str:
    """Return the rounding by which the most of the counts come out."""
    steps = list(steps)
    return max(MODES, key=lambda mode: sum(count(*each[:2], mode) == each.below for each in steps))


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
            if 0 < each <= 1 and count(above, each, mode) == below:
                return each
    return None


def is_as_written(rate: Fraction, written: Fraction) -> bool:
    """Return whether a rate is the written one to its last digit: 13.07 % and 13%."""
    percent = written * 100
    digits = next((each for each in range(6) if (percent * 10**each).denominator == 1), 6)
    return abs(rate * 100 - percent) <= Fraction(1, 2 * 10**digits)

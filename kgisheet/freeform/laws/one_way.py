"""Lists that were worked out one way, with their rates as they are typed, and the one count that wasn't: 1,155 ÷ 1.7 % is 67,942, not 69,742.

Each rate alone may be rounded: 1.7 % are 1.65 % to 1.75 %. Where all other counts of a list are just what the rates as typed
make of the ones before, rounded in the same way, none was measured; a count that is a slip of what it would be is one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from .judge import Law
from .law import OFF, PRODUCT, Case
from .tables import COUNT, Value

_NEAREST, _UP, _DOWN = range(3)
_ENOUGH = 2.0
"""Digits by which the others have to agree, and the count be a slip rather than any other one, beyond the six ways that are tried."""

_STEPS, _TWO = 2, 2


class _Way(NamedTuple):
    """From the goal back to what it needs, or onward; and how each count was rounded."""

    back: bool
    rounding: int

    def base(self, case: Case) -> Value:
        return case.result if self.back else case.operands[0]

    def made(self, case: Case) -> Value:
        return case.operands[0] if self.back else case.result

    def exact(self, case: Case, base: Fraction) -> Fraction:
        """Return what a step makes of a count, before it is rounded."""
        rate = case.operands[1].exact * case.by
        return base / rate if self.back else base * rate

    def of(self, case: Case, base: Fraction) -> Fraction:
        """Return the same, rounded as the count is that is there."""
        unit = Fraction(self.made(case).step).limit_denominator(10**6) or Fraction(1)
        times = self.exact(case, base) / unit
        rounded = (
            math.ceil(times)
            if self.rounding == _UP
            else math.floor(times)
            if self.rounding == _DOWN
            else math.floor(times + Fraction(1, 2))
        )
        return rounded * unit

    def fits(self, case: Case) -> bool:
        return self.of(case, self.base(case).exact) == self.made(case).exact

    def digits(self, case: Case) -> float:
        """Return how much it says that a step fits: how many counts would have done for a rate that is rounded."""
        rate, made = case.operands[1], self.made(case)
        return math.log10(max(1.0, abs(made.number) * rate.step / rate.number / max(made.step, 1e-9)))


_WAYS = tuple(_Way(back, rounding) for back in (True, False) for rounding in (_NEAREST, _UP, _DOWN))


def one_way(cases: Sequence[Case]) -> Law | None:
    """Return the law of steps all of which are worked out one way, but for those of one count, which is a slip; else None."""
    if len(cases) <= _STEPS or any(_is_other(each) for each in cases):
        return None
    if any(all(map(way.fits, cases)) for way in _WAYS):
        return None
    found = [law for way in _WAYS for law in _but_for_one(way, cases)]
    slips = {law.failed[0].only for law in found}
    return found[0] if len(slips) == 1 else None


def _is_other(case: Case) -> bool:
    """Return whether a step has no counts, or a rate that isn't between nothing and all."""
    counts = (case.result, case.operands[0])
    return any(each.kind != COUNT or not each.number for each in counts) or not 0 < case.operands[1].exact < 1


def _but_for_one(way: _Way, cases: Sequence[Case]) -> Iterator[Law]:
    held = [each for each in cases if way.fits(each)]
    odd = [each for each in cases if each not in held]
    if len(held) < _STEPS - (len(odd) - 1) or len(odd) > _TWO or any(each.follows() == OFF for each in odd):
        return  # what is off however its rate was rounded needs no such proof
    sure = sum(map(way.digits, held)) - math.log10(len(_WAYS))
    for case in odd:
        slip = way.made(case)
        meant = way.of(case, way.base(case).exact)
        others = [each for each in odd if each is not case]
        if not _is_slip(slip, meant) or any(slip is not way.base(each) for each in others):
            continue
        on = [each for each in cases if way.base(each) is slip]
        if any(way.of(each, meant) != way.made(each).exact for each in on):
            continue
        if sure + _by_chance(way.digits(case), meant) + sum(map(way.digits, others)) >= _ENOUGH:
            yield Law(PRODUCT, tuple(held), (case._replace(strict=True, only=slip.where),))


def _by_chance(digits: float, meant: Fraction) -> float:
    """Return how much it says that a count is a slip of another one: of thousands that a rounded rate allows for, some fifty are."""
    return max(0.0, digits - math.log10(_SLIPS * len(str(meant.numerator))))


_SLIPS = 10


def _is_slip(value: Value, meant: Fraction) -> bool:
    """Return whether a count has other digits than it should by a slip: two exchanged, or one of them another; not one that is rounder."""
    if meant <= 0 or value.exact.denominator != 1 or meant.denominator != 1:
        return False
    now, then = str(abs(value.exact.numerator)), str(meant.numerator)
    if len(now) != len(then) or len(now.rstrip("0")) < len(then.rstrip("0")):
        return False
    differ = [at for at in range(len(now)) if now[at] != then[at]]
    return len(differ) == 1 or (len(differ) == _TWO and sorted(now) == sorted(then))

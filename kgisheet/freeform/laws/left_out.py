"""A rate that was left out: 8 reps × 750,000 are 6,000,000, though 80 % stand before it, and 120 deals of 40,000 are 4,800,000.

The figure follows from what is before the rate as if there were none, nothing else uses the rate, and what comes after wants
just what the rate would make of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from .judge import Law
from .law import EXACT, PRODUCT, SUM
from .lists import Figure
from .making import Made, is_near
from .tables import PERCENT


def left_out(figures: Sequence[Figure], every: Sequence[Made], off: Sequence[Made]) -> Iterator[Law]:
    """Yield what wants of a figure what the rate before it would make of it."""
    held = [each for each in every if each.case.follows() == EXACT and each.case.kind != SUM]
    used = {at for each in held for at in each.at}
    for at in range(2, len(figures)):
        rate, figure = figures[at - 1], figures[at]
        if rate.kind != PERCENT or figure.kind == PERCENT or at - 1 in used or figure.value.uses:
            continue
        made = [each for each in held if each.at[-1] == at and is_near(figures, each, at)]
        others = [each for each in held if at in each.at and each not in made]
        by = rate.value.exact
        wanted = {figure.value.exact * each for each in (by, 1 - by, 1 + by) if each > 0}
        found = [
            each
            for each in off
            if at in each.at
            and each.case.kind == PRODUCT
            and is_near(figures, each, at)
            and each.case.solved(figure.value) in wanted
            and all(set(each.at) & set(its.at) == {at} for its in made)
            and at - 1 not in each.at
        ]
        if made and not others and len({each.at for each in found}) == 1 and not _is_small(figure.value.exact):
            yield Law(PRODUCT, (), (found[0].case._replace(only=figure.value.where),))


def _is_small(value: Fraction) -> bool:
    return abs(value) < _SMALL


_SMALL = 20

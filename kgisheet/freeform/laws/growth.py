"""The growth on the year before in the line below its figures: 25 % from 4.0 to 5.0, and 25 % again where 6.0 ÷ 5.0 is 20 %.

One growth that follows is little, so the figures are to be products of others of the table on every line: deals times their price.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, pairwise

from ..read import terms
from .judge import Law
from .law import EXACT, GROWN, OFF, PRODUCT, WRITTEN, Case
from .tables import PERCENT, Tables, Value, Variable, complete

_GROWTH = terms.of("growth", "grows")
_FEWEST, _MOST = 2, 6


def growth(tables: Tables) -> Iterator[Law]:
    """Yield the growths of a line that follow from the figures just before it, and the one that doesn't."""
    for table in tables:
        counted = [each for each in table.variables if not each.aside]
        for one, rate in pairwise(counted):
            if rate.kind == PERCENT != one.kind and _GROWTH.search(rate.label) and rate.place - one.place == 1:
                law = _law(one, rate)
                made = _made(one, counted) if law is not None else None
                if law is not None and made is not None:
                    yield from (law, made)


def _law(one: Variable, rate: Variable) -> Law | None:
    lines = list(zip(one.values, one.values[1:], rate.values[1:], strict=False))
    if not _FEWEST <= len(lines) <= _MOST or rate.values[0] is not None:
        return None
    cases = [
        Case(GROWN, _exact(now), (_exact(before), by))
        for before, now, by in lines
        if before is not None and now is not None and by is not None and before.number and now.number
    ]
    if len(cases) < len(lines) or any(cell.uses for case in cases for cell in case.cells):
        return None
    held = [each for each in cases if each.follows() <= WRITTEN]
    failed = [each for each in cases if each.follows() == OFF]
    return Law(GROWN, tuple(held), tuple(failed)) if held and len(failed) == 1 and len(held) + 1 == len(cases) else None


def _made(one: Variable, others: Sequence[Variable]) -> Law | None:
    """Return the law that figures are two others multiplied, exactly and on every line, be it in another unit."""
    counts = [each for each in others if each is not one and each.kind != PERCENT]
    for two in combinations(counts, 2):
        lines = list(complete(one, *two))
        for by in _UNITS if len(lines) == sum(each is not None for each in one.values) else ():
            cases = tuple(Case(PRODUCT, _exact(whole), (first, second), by, tight=True) for whole, first, second in lines)
            if all(each.follows() == EXACT for each in cases) and len({each.exact for each in cases}) > _FEWEST:
                return Law(PRODUCT, cases, ())
    return None


_UNITS = tuple(Fraction(1, each) for each in (1, 1000, 10_000, 1_000_000))


def _exact(value: Value) -> Value:
    """Return a figure as one that isn't rounded to its last digit, for it is exactly what others make it: 6 are not 6.25."""
    return value._replace(step=min(value.step, abs(value.number) / _FINE))


_FINE = 1000

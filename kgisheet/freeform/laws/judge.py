"""A law against chance: how many of its lines hold, how many digits agree, how many combinations were tried."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from ...formula.grid import Where
from .law import ABOUT, EXACT, OFF, PRODUCT, ROUNDED, SUM, WRITTEN, Case
from .tables import PERCENT, Value

LEAST = 2
"""Lines on which a law has to hold."""

FITTING, NEXT = 1.0, 0.5
"""Digits that units which fit, and columns next to each other, count for."""

_ENOUGH = 1.5
"""Digits that agree beyond those that the number of combinations explains: one in thirty by chance."""

_DIGITS = 4.0

_TWO, _MORE = 2, 3.0
"""Lines that may be wrong by themselves where one more holds at least, and the digits by which these have to be surer of it."""


class Law(NamedTuple):
    """A law of a table: the lines where it holds and where it fails."""

    kind: str
    held: tuple[Case, ...]
    failed: tuple[Case, ...]


def judged(
    kind: str, cases: Iterable[Case], key: Callable[[Case], object], prior: float, tried: int, least: int = LEAST
) -> Law | None:
    """Return the law of the cases if most hold, too many for chance; a line more than the roundings off fails."""
    held, failed = parted(cases)
    several = len(failed) > max(1, len(held) // 5) and not (len(failed) == 2 and shared(failed))
    if len(held) < least or (several and (len(failed) > _TWO or len(held) <= _TWO or _are_meant(failed))):
        return None
    if kind == SUM and failed and not any(all(cell.number for cell in each.operands) for each in held):
        return None  # with noughts everything adds up
    known: dict[object, float] = {}
    for each in held:
        at = key(each)
        known[at] = max(known.get(at, 0.0), told(each))
    surety = sum(known.values()) + prior - math.log10(max(1, tried))
    return Law(kind, tuple(held), tuple(failed)) if surety >= _ENOUGH + several * _MORE else None


def _are_meant(failed: Sequence[Case]) -> bool:
    """Return whether lines fail in the same way: with one figure, each scenario's year begins anew; or off by one and the same factor."""
    offs = {round(each.result.number / float(each.exact), 9) for each in failed if each.exact}
    return len({each.result.exact for each in failed}) == 1 or len(offs) == 1


def shared(failed: Sequence[Case]) -> frozenset[Where]:
    """Return the cells that all cases that fail have in common."""
    return frozenset.intersection(*(each.places for each in failed))


def agreed(one: Case, other: Case) -> Iterator[tuple[Value, bool]]:
    """Yield the counts and amounts that two cases have in common, and whether both want exactly the same of each."""
    for cell in one.cells:
        if cell.kind != PERCENT and any(cell is its for its in other.cells):
            yield cell, (wanted := one.solved(cell)) is not None and wanted == other.solved(cell)


def parted(cases: Iterable[Case]) -> tuple[list[Case], list[Case]]:
    """Return the cases that hold, and those that are off by more than their roundings; what is within them is neither."""
    every = [(each, each.follows()) for each in cases]
    holds = [(each, how) for each, how in every if how <= WRITTEN]
    failed = [each for each, how in every if how == OFF]
    loose = sum(how > ROUNDED for _, how in holds)
    # The line of totals may have a mean, rounded; many others are exact all the same.
    tight = len(holds) >= LEAST and (not loose or (loose == 1 and sum(how == EXACT for _, how in holds) >= _MANY))
    if tight:
        # Where nothing else was worked out from figures before they were rounded, this one wasn't either.
        failed += [
            each
            for each, how in every
            if how == ABOUT and not each.is_near() and not (each.kind == SUM and each.result.rounded)
        ]
    slips = []
    for each, how in holds if len(holds) > LEAST else ():
        # Rates that are typed, not measured, elsewhere: 61 of 300 at 20 % is a slip.
        if how == WRITTEN and each.kind == PRODUCT and _whole(each.exact, each.result) and not _is_of_more(each):
            others = [(other, its) for other, its in holds if other is not each]
            sure = sum(_is_typed(other, its) for other, its in others)
            if (
                sure >= LEAST
                and all(its <= ROUNDED for _, its in others)
                and _rate_digits(each) <= max(_rate_digits(other) for other, _ in others)
            ):
                slips.append(each)
    if failed:
        slips = []  # a rate is measured sooner than two lines are wrong
    held = [each._replace(tight=tight) for each, _ in holds if each not in slips]
    return held, _roots(
        [each._replace(tight=tight) for each in failed] + [each._replace(tight=True, typed=True) for each in slips]
    )


def _is_of_more(case: Case) -> bool:
    """Return whether a rate is above 100 %: what there is of last year's is measured."""
    return any(each.kind == PERCENT and each.exact > 1 for each in case.operands)


def _is_typed(case: Case, how: int) -> bool:
    """Return whether a count shows that its rate was typed: measured, the rate would have done for others, too, that it isn't."""
    rate = next((each for each in case.operands if each.kind == PERCENT), None)
    if rate is None or not rate.number:
        return True
    room = abs(case.result.number / rate.number) * rate.step / case.result.step
    return room >= (1.5 if how == EXACT else _ROOM)


_MANY = 4
_ROOM = 4.0
"""Counts among which a measured rate would have to be right by chance."""


def _roots(failed: list[Case]) -> list[Case]:
    """Return the cases that fail by themselves: not those of which a formula refers to another's cell."""
    of: dict[Where, list[int]] = {}
    for at, each in enumerate(failed):
        for place in each.places:
            of.setdefault(place, []).append(at)
    return [
        each
        for at, each in enumerate(failed)
        if not any(
            index != at and cell.where not in failed[index].places
            for cell in each.cells
            for used in cell.uses
            for index in of.get(used, ())
        )
    ]


def _rate_digits(case: Case) -> int:
    return max((each.digits for each in case.operands if each.kind == PERCENT), default=0)


def _whole(exact: Fraction, value: Value) -> bool:
    return (exact / Fraction(value.step).limit_denominator(10**6)).denominator == 1 if value.step > 1e-6 else False


def told(case: Case) -> float:
    """Return how many digits agree where a case holds."""
    found = case.result if case.follows() <= ROUNDED else case.turned() or case.result
    digits = max(each.digits for each in case.cells) if found is case.result else found.digits
    sure = 0.3 if case.follows() != ROUNDED or case.kind != PRODUCT else -0.3
    room = math.log10(max(1.0, _moved(case, found) / found.step)) + sure
    return max(0.3, min(float(digits), room, _DIGITS))


def _moved(case: Case, found: Value) -> float:
    """Return what a figure is, or by how much a rate near 100 % makes it another than the one that it is a share of."""
    if case.kind != PRODUCT or found.kind == PERCENT or len(case.operands) != 2:
        return abs(found.number)
    one, two = case.operands
    rate, other = (one, two) if one.kind == PERCENT else (two, one)
    near = rate.kind == PERCENT and found is case.result and _NEARLY <= rate.number <= 1 / _NEARLY
    return abs(found.number - other.number) if near else abs(found.number)


_NEARLY = 0.75
"""A rate from which on most of a figure is just the other one."""

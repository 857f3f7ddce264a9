"""Stages on one sheet, or in one box, and their rates in another, in the same order: 100, 500, 625, 1,250, 5,000 by 20 %, 80 %, 50 %, 25 %.

The price may be among the rates, and the goal: 2,400,000 ÷ 24,000 are the first 100. No two sheets have the same rates in the
same order by chance; the one step that fails is wrong.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, permutations
from typing import NamedTuple

from ..read import terms
from .judge import Law
from .law import OFF, PRODUCT, ROUNDED, Case
from .making import MORE_OR_LESS
from .tables import COUNT, MONEY, PERCENT, Tables, Value

_MARGIN = terms.of("margin", "more")
_PRICE, _MONEY = terms.of("price", "mean", "each"), terms.of("amount", "price")
_FEWEST, _MOST, _COLUMNS = 3, 20, 12
_ENOUGH = 4.0
"""Digits by which the steps have to agree that hold."""


class _Line(NamedTuple):
    """The figures of a column, one below the other."""

    counts: list[Value]
    rates: list[Value]
    prices: list[Value]
    amounts: list[Value]


class _Step(NamedTuple):
    """One count by a rate of the one before; or the first by the price of the goal."""

    case: Case
    last: Value

    @property
    def holds(self) -> bool:
        return self.case.follows() <= ROUNDED or _is_rounded_up(self.case)


def in_order(sheets: Sequence[Tables]) -> Iterator[Law]:
    """Yield the steps of stages whose rates are in another column, of which one or both of one count fail."""
    lines = [line for tables in sheets for line in _lines(tables)]
    for stages in lines:
        if stages.rates or not _FEWEST <= len(stages.counts) <= _MOST:
            continue
        found = [law for source in lines if source is not stages and len(source.rates) > 1 for law in _of(stages, source)]
        failing = [each for each in found if each.failed]
        # Of two columns of rates one is this plan's: where all of its steps hold, nothing is asked of the other.
        if len(found) == len(failing) == 1:
            yield failing[0]


def _lines(tables: Tables) -> Iterator[_Line]:
    columns: dict[int, list[Value]] = {}
    for value in tables.values.values():
        columns.setdefault(value.at[1], []).append(value)
    short = [column for column in columns.values() if len(column) <= 2 * _MOST]  # no list of companies
    for column in short[:_COLUMNS]:
        own = sorted((each for each in column if each.number > 0), key=lambda each: each.at)
        names = {each.where: tables.name(each, across=False) for each in own}
        money = [each for each in own if each.kind == MONEY or (each.kind == COUNT and _is_amount(each, names[each.where]))]
        prices = [each for each in money if _PRICE.search(names[each.where])]
        yield _Line(
            [each for each in own if each.kind == COUNT and each not in money and not _MARGIN.search(names[each.where])],
            [
                each
                for each in own
                if each.kind == PERCENT and 0 < each.exact < 1 and not MORE_OR_LESS.search(names[each.where])
            ],
            prices,
            [each for each in money if each not in prices],
        )


def _is_amount(value: Value, name: str) -> bool:
    """Return whether a figure without a unit is an amount, or the price of one: target revenue, average contract 40,000."""
    return _MONEY.search(name) or (value.number >= _LARGE and _PRICE.search(name))


_LARGE = 1000


def _of(stages: _Line, source: _Line) -> Iterator[Law]:
    """Yield the steps in the one reading in which most of them hold: the rates as they are or from the last one, back or onward."""
    best: list[_Step] = []
    for rates in (source.rates, source.rates[::-1]):
        for back in (True, False):
            for first in range(len(stages.counts) - 1):
                steps = list(_steps(stages.counts[first:], rates, back=back))
                reading = [*_first(stages, source, stages.counts[first], back=back), *steps]
                if len(steps) == min(len(rates), len(stages.counts) - 1) and _held(reading) > _held(best):
                    best = reading
    failed = [at for at, each in enumerate(best) if not each.holds]
    held = [each.case for each in best if each.holds]
    pair = len(failed) == _PAIR and failed[1] == failed[0] + 1 and _agree_exactly(best[failed[0]], best[failed[1]])
    if (
        len(held) < _FEWEST - 1 - pair
        or len({each.operands[1].exact for each in held}) < len(held)
        or sum(map(_digits, held)) < _ENOUGH
    ):
        return
    if not failed:
        yield Law(PRODUCT, tuple(held), ())
    elif any(best[at].case.is_made_otherwise or _has_its_own_use(best[at], stages) for at in failed):
        return
    elif len(failed) == _PAIR and failed[1] == failed[0] + 1 and _agree(best[failed[0]], best[failed[1]]):
        where = best[failed[0]].last.where
        yield Law(PRODUCT, tuple(held), tuple(best[at].case._replace(only=where, strict=True) for at in failed))
    elif len(failed) > 1 or len(held) < _FEWEST or best[failed[0]].case.follows() < OFF:
        return  # a rate that is rounded may make it
    elif failed == [len(best) - 1]:
        yield Law(PRODUCT, tuple(held), (best[-1].case._replace(only=best[-1].last.where),))
    elif failed[0]:
        case = best[failed[0]].case
        yield Law(PRODUCT, tuple(held), (case._replace(only=case.operands[1].where),))


_PAIR = 2


def _steps(counts: Sequence[Value], rates: Sequence[Value], *, back: bool) -> Iterator[_Step]:
    for (one, other), rate in zip(pairwise(counts), rates, strict=False):
        yield _Step(Case(PRODUCT, one, (other, rate)) if back else Case(PRODUCT, other, (one, rate)), other)


def _first(stages: _Line, source: _Line, count: Value, *, back: bool) -> Iterator[_Step]:
    """Yield how the goal and the price make the first count, where there is one of each."""
    amounts, prices = stages.amounts or source.amounts, stages.prices or source.prices
    if back and len(amounts) == len(prices) == 1 and count is stages.counts[0]:
        yield _Step(Case(PRODUCT, amounts[0], (count, prices[0])), count)


def _has_its_own_use(step: _Step, stages: _Line) -> bool:
    """Return whether the rate of a step that fails makes one of two other counts of the other one: they are in another order there."""
    rate = step.case.operands[1]
    pairs = permutations(stages.counts, 2)
    return any(
        _Step(Case(PRODUCT, one, (other, rate)), one).holds for one, other in pairs if other.number > one.number > _SMALL
    )


_SMALL = 5


def _held(steps: Sequence[_Step]) -> int:
    return sum(each.holds for each in steps)


def _is_rounded_up(case: Case) -> bool:
    """Return whether the larger count is the other one by the rate, rounded to a whole one in any way."""
    big, rate = case.operands
    made = case.result.number / rate.number if rate.number else 0.0
    return big.step >= 1 and abs(made - big.number) < big.step


def _digits(case: Case) -> float:
    """Return how many digits of a count agree with what a rate makes of the other one."""
    return math.log10(max(1.0, *(each.number for each in case.cells)))


def _agree(one: _Step, other: _Step) -> bool:
    """Return whether two steps want about the same of the count between them."""
    first, second = (each.case.solved(one.last) for each in (one, other))
    return first is not None and second is not None and abs(first - second) <= max(Fraction(1), first / _CLOSE)


def _agree_exactly(one: _Step, other: _Step) -> bool:
    """Return whether two steps want the same whole count between them, of two digits or more."""
    first, second = (each.case.solved(one.last) for each in (one, other))
    return first is not None and first == second and first.denominator == 1 and first >= _TWO_DIGITS


_CLOSE, _TWO_DIGITS = 50, 10

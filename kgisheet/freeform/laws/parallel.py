"""How the figures of two to four columns may follow from one another, and what speaks for it: products by their labels and places, sums, multiples.

商談 × 受注率 = 受注 in both columns, where the rate names the count; 件数 × 単価 = 売上 where they are next to each other.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from ..read import terms
from .bridges import bridges
from .judge import FITTING, NEXT, told
from .law import MULTIPLE, OFF, PRODUCT, ROUNDED, SUM, WRITTEN, Case
from .lists import Figure, names
from .products import EARLIER, UNITS, constants, is_all, is_trivial, scales, sets_of_three, units_fit
from .said import PRICE
from .sums import added_up, is_said_total
from .tables import MONEY, MOST_VARIABLES, PERCENT, Table, Value, Variable, complete

LINES, _COLUMNS = 2, 4
"""Lines on which all figures of a way are: two columns of scenarios at least, four at most."""

_PRICE, _WHOLE = terms.of("price", "each", "mean", "one"), terms.of("total")
_RETENTION, _OPENING = terms.of("retention"), terms.of("opening")
_OTHERWISE = terms.of("growth", "grows", "yearly", "discount", "margin", "more", "tax", "compared")
"""Rates by which nothing is simply multiplied: so much more, or less."""

_CLOSE, _IN_A_ROW = 3, 4
"""Lines apart that a product's three figures, or four, are at most."""

_ITS_OWN, _ENOUGH, _NAMED, _OF_SEVERAL = 0.5, 0.75, 1.0, 1.0
"""Digits that agree beyond those that chance explains: of a rate that names its result, of figures close to each other, of a rate that names
the other one, of three and of sums."""

_MOST, _FEW, _RUN = 14, 4, 40


class Way(NamedTuple):
    """How the figures of two lines may follow, and what speaks for it."""

    cases: tuple[Case, ...]
    surety: float
    """Digits that agree, beyond those that the number of combinations explains, where it holds on one line."""
    least: float
    """How many have to."""

    @property
    def held(self) -> list[Case]:
        return [each for each in self.cases if _holds(each)]

    @property
    def failed(self) -> list[Case]:
        return [each for each in self.cases if each.follows() == OFF]


def ways_of(table: Table, added: Table) -> Iterator[Way]:
    """Yield how the lines of a table may follow, on one of them at least; sums of those of its variables that are added up."""
    own = [each for each in table.variables if not each.aside]
    if len(own) <= MOST_VARIABLES:
        yield from _products(own)
        yield from _multiples(own)
        yield from _sums([each for each in added.variables if not each.aside])
        yield from _balances(own)


# -- products -----------------------------------------------------------------------------


def _products(variables: Sequence[Variable]) -> Iterator[Way]:
    """Yield what may be two others multiplied, or three where it isn't two."""
    triples = [
        (whole, one, two, prior)
        for whole in variables
        for one, two in combinations([each for each in variables if each is not whole], 2)
        if (prior := units_fit(whole, one, two)) is not None
    ]
    made = set()
    for whole, one, two, prior in triples:
        lines = list(complete(whole, one, two))
        if not LINES <= len(lines) <= _COLUMNS or not all(_may_be(each) and not is_trivial(*each) for each in lines):
            continue
        close = _span(whole, one, two) <= _CLOSE
        least = _least(whole, (one, two), close)
        for by in scales(whole, one, two, ()):
            cases = [Case(PRODUCT, p, (a, b), by) for p, a, b in lines]
            way = _way(cases, prior + NEXT * close, len(triples) * (1 if by == 1 else _FEW), least)
            if way is not None:
                made |= {each.result.where for each in way.held if way.surety >= least}
                yield way
    if len(variables) <= _MOST:
        yield from (each for each in _of_three(variables) if not {case.result.where for case in each.held} & made)


def _of_three(variables: Sequence[Variable]) -> Iterator[Way]:
    sets = sets_of_three(variables, variables)
    for whole, three in sets:
        lines = [(p, parts) for p, *parts in complete(whole, *three)]
        if not LINES <= len(lines) <= _COLUMNS or not all(_may_be((p, *parts)) for p, parts in lines):
            continue
        close = whole.kind == MONEY and _span(whole, *three) <= _IN_A_ROW
        least = _OF_SEVERAL if close and not any(map(_is_otherwise, three)) else math.inf
        for by in UNITS if whole.kind == MONEY else UNITS[:1]:
            way = _way(
                [Case(PRODUCT, p, tuple(parts), Fraction(1, by)) for p, parts in lines], FITTING, _FEW * len(sets), least
            )
            if way is not None:
                yield way


def _may_be(line: Sequence[Value]) -> bool:
    return all(each.number > 0 for each in line) and not any(map(is_all, line))


def _least(whole: Variable, of: Sequence[Variable], close: bool) -> float:
    """Return how many digits have to agree for a product, by what its labels and places say; endlessly many where they say nothing."""
    one, two = of
    rates = [each for each in of if each.kind == PERCENT]
    if whole.kind == PERCENT or any(map(_is_otherwise, rates)) or not all(each.label for each in (whole, *of)):
        return math.inf
    if rates:
        other = two if rates[0] is one else one
        if bool(_PRICE.search(whole.label)) != bool(_PRICE.search(other.label)):
            return math.inf  # a price is no share of what all is sold for
        if _RETENTION.search(rates[0].label) and _OPENING.search(other.label):
            return _NAMED
        called = names(rates[0].label)
        if called & names(whole.label):
            return _ITS_OWN
        return _ENOUGH if close else _NAMED if called & names(other.label) else math.inf
    next_to = _span(whole, *of) == LINES
    priced = whole.kind != MONEY or any(each.kind == MONEY and (next_to or _PRICE.search(each.label)) for each in of)
    return _ENOUGH if close and priced else math.inf


def _is_otherwise(variable: Variable) -> bool:
    return variable.kind == PERCENT and _OTHERWISE.search(variable.label)


def _span(*variables: Variable) -> float:
    places = [each.place for each in variables]
    return max(places) - min(places)


# -- another by a number, and sums ------------------------------------------------------------


def _multiples(variables: Sequence[Variable]) -> Iterator[Way]:
    """Yield what may be another one by a number that one of their labels says."""
    for whole in variables:
        for one in variables if whole.kind != PERCENT and not EARLIER.search(whole.label) else ():
            if one is whole or one.kind == PERCENT or EARLIER.search(one.label):
                continue
            lines = [(p, a) for p, a in complete(whole, one) if p.number and a.number and p.exact != a.exact]
            for by, kind in constants(whole, one) if LINES <= len(lines) <= _COLUMNS else ():
                priced = kind == PRICE and one.kind != MONEY
                if one.kind == whole.kind or priced:
                    close = priced or _span(whole, one) <= 1
                    cases = [Case(MULTIPLE, p, (a,), by) for p, a in lines]
                    way = _way(cases, FITTING, len(variables), _OF_SEVERAL if close else math.inf)
                    if way is not None:
                        yield way


def _sums(variables: Sequence[Variable]) -> Iterator[Way]:
    """Yield what is called the total of the variables before it, or after it, in a row."""
    for at, whole in enumerate(variables):
        for run in (list(reversed(variables[max(0, at - _RUN) : at])), variables[at + 1 : at + 1 + _RUN]):
            said = is_said_total(whole) or (_WHOLE.search(whole.label) and not any(_WHOLE.search(each.label) for each in run))
            for count, last in enumerate(run, start=1):
                if whole.kind == PERCENT or last.kind != whole.kind:
                    break
                cases = added_up(whole, run[:count], said=bool(said)) if count > 1 else []
                if not LINES <= len(cases) <= _COLUMNS or len({each.result.exact for each in cases}) == 1:
                    continue
                way = _way(cases, FITTING + bool(said), 2 * len(run), _OF_SEVERAL if said else math.inf)
                if way is not None:
                    yield way


def _balances(variables: Sequence[Variable]) -> Iterator[Way]:
    """Yield what there is at the end of what there was, as the names of the variables say."""
    lines = [
        [(each, value) for each in variables if (value := each.values[at]) is not None]
        for at in range(max((len(each.values) for each in variables), default=0))
    ]
    if not LINES <= len(lines) <= _COLUMNS:
        return
    for own in lines:
        figures = [Figure(value, each.label, each.kind, names(each.label)) for each, value in own]
        by_value = {value.where: each for each, value in own}
        for case in bridges(figures):
            if not all(cell.where in by_value for cell in case.cells):
                continue
            whole, *parts = (by_value[cell.where] for cell in case.cells)
            cases = [Case(SUM, p, tuple(rest), signs=case.signs) for p, *rest in complete(whole, *parts)]
            way = _way(cases, FITTING, len(variables), _OF_SEVERAL) if len(cases) == len(lines) else None
            if way is not None and case.follows() <= ROUNDED:
                yield way


def _holds(case: Case) -> bool:
    """Return whether a case holds as it is, or for a rate that was measured, or another figure of several digits: of small counts most are some quotient."""
    how = case.follows()
    back = case.turned() if case.kind == PRODUCT and ROUNDED < how <= WRITTEN else None
    return how <= ROUNDED or (back is not None and (back.kind == PERCENT or back.digits > 1))


def _way(cases: Sequence[Case], prior: float, tried: int, least: float) -> Way | None:
    """Return how lines may follow, if they do on one of them at least."""
    held = [each for each in cases if _holds(each)]
    if not held:
        return None
    return Way(tuple(cases), max(map(told, held)) + prior - math.log10(max(1, tried)), least)

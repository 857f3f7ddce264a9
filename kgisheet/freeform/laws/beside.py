"""Laws of two columns of scenarios, or of years: the product, sum or multiple that one of them has, and the other not: 50 × 30, and 60 × 25 ≠ 1,200.

Two columns of scenarios, or of years, have the same labels: what holds exactly for the one holds for the other. One line that holds is
little, so its labels have to speak for it, or its places, and nothing else may explain the figures of the other line.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from ..read import terms
from .judge import FITTING, NEXT, Law, told
from .law import MULTIPLE, OFF, PRODUCT, ROUNDED, SUM, WRITTEN, Case
from .lists import names
from .products import EARLIER, UNITS, constants, is_all, is_trivial, scales, units_fit, units_of_three_fit
from .said import PRICE, numbers
from .search import addends, prepared
from .sums import added_up, is_said_total
from .tables import MONEY, MOST_VARIABLES, PERCENT, Table, Tables, Value, Variable, complete

_LINES, _COLUMNS = 2, 4
_PRICE, _WHOLE = terms.of("price", "each", "mean", "one"), terms.of("total")
_OTHERWISE = terms.of("growth", "grows", "yearly", "discount", "margin", "more", "tax", "compared")
"""Rates by which nothing is simply multiplied: so much more, or less."""

_CLOSE, _IN_A_ROW = 3, 4
"""Lines apart that a product's three figures, or four, are at most."""

_ITS_OWN, _ENOUGH, _NAMED, _OF_SEVERAL = 0.5, 0.75, 1.0, 1.0
"""Digits that agree beyond those that chance explains: of a rate that names its result, of figures close to each other, of a rate that names
the other one, of three and of sums."""

_OFF, _ROUNDED, _OF_SUMS = Fraction(3, 100), Fraction(10, 100), Fraction(1, 100)
"""By how much a figure has to be another than what it would be, and one that is rounder than its like: less may be meant."""

_STRANGE = 1.0
"""Digits by which figures agree that are far apart, and share no name: more are hardly chance."""

_MOST, _FEW, _RUN = 14, 4, 40


class _Way(NamedTuple):
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


def beside(tables: Tables, known: Sequence[Law]) -> Iterator[Law]:
    """Yield what follows on one of two lines, and fails on the other, where neither a law that is ``known`` nor another way explains that one."""
    held = [case for law in known for case in law.held]
    for table in tables:
        if len(table.names) >= _LINES:
            for law in _of_table(prepared(table)):
                if _are_called_alike(tables, law) and not any(_is_of_most(each, law.failed[0]) for each in held):
                    yield law


def _is_of_most(other: Case, case: Case) -> bool:
    """Return whether a case that holds has most figures of another one: of more of its own kind it follows from that."""
    longer = other.kind == case.kind and len(other.cells) > len(case.cells)
    parts = other.kind == SUM != case.kind  # won and lost are all that was closed, of which the won are a share
    return not longer and not parts and len(other.places & case.places) >= max(_LINES, len(case.cells) - 1)


def _are_called_alike(tables: Tables, law: Law) -> bool:
    """Return whether the figures of both lines have the same labels: two lists side by side have each their own."""
    held, failed = law.held[0], law.failed[0]
    across = held.result.at[1] == failed.result.at[1]
    alike = [
        tables.name(one, across) == tables.name(other, across) for one, other in zip(held.cells, failed.cells, strict=False)
    ]
    return alike[0] and (failed.kind == SUM or sum(alike) >= len(alike) - 1)


def _of_table(table: Table) -> Iterator[Law]:
    own = [each for each in table.variables if not each.aside]
    if len(own) > MOST_VARIABLES:
        return
    ways = [*_products(own), *_multiples(own), *_sums([each for each in addends(table).variables if not each.aside])]
    said = [{abs(each.value) for each in numbers(name)} for name in table.names]
    found: list[_Way] = []
    for way in sorted(ways, key=lambda each: -each.surety):
        if way.surety < way.least or len(way.failed) != 1 or len(way.held) + 1 != len(way.cases) or way.failed[0].result.uses:
            continue
        failed = way.failed[0]
        if (
            any(each.is_made_otherwise for each in way.cases)
            or not _is_off(failed, way.held[0])
            or any(_times(failed) in each for each in said)
            or any(map(_is_by(failed), _only_there(table, way.held[0], failed)))
            or (failed.kind != SUM and _is_total(table, way.held[0], failed))
            or any(each.held[0].result.where == failed.result.where for each in found)
            or (_is_price_of_results(table, failed) and not _is_slip(failed))
            or any(_explains(other, way) for other in ways if other is not way)
            or any(_are_of_one(failed, each.failed[0]) for each in found)
        ):
            continue
        found.append(way)
        yield Law(failed.kind, tuple(way.held), (failed,))


def _is_off(case: Case, held: Case) -> bool:
    """Return whether a figure is off by more than what may be a rounding that was meant: 50,000 for 48,333; or has its digits in another order."""
    made, now = case.exact, case.result.exact
    off = abs(made - now)
    if sorted(str(made)) == sorted(str(now)):
        return True
    rounder = case.result.digits < held.result.digits and off < _last_digit(now)
    if case.kind == SUM:
        return off > abs(made) * (_OFF if rounder else _OF_SUMS)
    return off > abs(made) * (_ROUNDED if rounder else _OFF)


def _last_digit(number: Fraction) -> int:
    """Return the unit of a whole number's last digit that isn't a nought."""
    unit = 1
    while number and number % (10 * unit) == 0:
        unit *= 10
    return unit


def _times(case: Case) -> Fraction | None:
    """Return by how much a figure is another than what the others make: half of it where 50 % are said to count."""
    return abs(case.result.exact / case.exact) if case.exact else None


def _is_total(table: Table, held: Case, failed: Case) -> bool:
    """Return whether the line that fails is called a total, and the one that holds isn't: its prices and rates are means."""
    return bool(_WHOLE.search(table.names[_line(table, failed)])) and not _WHOLE.search(table.names[_line(table, held)])


def _only_there(table: Table, held: Case, failed: Case) -> list[Value]:
    """Return what else is on the line of a case that fails, and not on that of the one that holds, or does nothing there: none, or all of it."""
    line, other = _line(table, failed), _line(table, held)
    rows = [(each.values[line], each.values[other]) for each in table.variables]
    return [own for own, its in rows if own is not None and own.number and (its is None or its.exact in (0, 1))]


def _line(table: Table, case: Case) -> int:
    return next(
        at for each in table.variables for at, value in enumerate(each.values) if value and value.where == case.result.where
    )


def _is_by(case: Case) -> Callable[[Value], bool]:
    """Return whether a figure explains by what a case is off: 10 % of the existing customers leave, which new ones don't; or 800 come on top."""
    made, now = float(case.exact), case.result.number
    times, off = (now / made if made else 0.0), abs(now - made)

    def is_by(value: Value) -> bool:
        own = value.number
        if abs(abs(own) - off) <= value.step / 2 + case.result.step:
            return True
        room = abs(times) * _NEARLY
        return any(abs(abs(times) - abs(each)) <= room for each in (own, 1 / own, 1 - own, 1 + own, 1 / (1 + own)))

    return is_by


_NEARLY = 0.005


def _is_price_of_results(table: Table, case: Case) -> bool:
    """Return whether an amount of what came out isn't its price's: that may be the one that was asked, and not the one that was paid."""
    return case.kind == PRODUCT and case.result.kind == MONEY and _RESULTS.search(table.names[_line(table, case)])


_RESULTS = terms.of("results", "last_year")


def _is_slip(case: Case) -> bool:
    """Return whether one figure of a case would be right with a nought more or less, or with its digits in another order."""
    for each in case.cells:
        made = case.solved(each)
        if made is not None and made > 0 and each.number > 0:
            times = float(max(made / each.exact, each.exact / made))
            if any(abs(times / by - 1) <= _NEARLY for by in _NOUGHTS) or sorted(str(made)) == sorted(str(each.exact)):
                return True
    return False


_NOUGHTS = (10, 100, 1000, 10_000)


def _explains(other: _Way, way: _Way) -> bool:
    """Return whether another way makes one by chance: it holds on both lines for most of its cells; or it explains the line that fails."""
    failed = way.failed[0]
    for case in other.cases:
        shared = len(case.places & failed.places)
        if case.kind != failed.kind or case.follows() > ROUNDED or shared < _LINES:
            continue
        if len(other.held) == len(other.cases):
            if shared > len(case.cells) - _LINES:
                return True
        elif other.surety >= (min(0.0, way.surety - 1) if other.least < math.inf else _STRANGE):
            return True
    return False


def _are_of_one(one: Case, other: Case) -> bool:
    """Return whether two cases of a line are of the same figures, but for one: the surer one is enough."""
    return one.kind == other.kind and len(one.places & other.places) >= _LINES


# -- products -----------------------------------------------------------------------------


def _products(variables: Sequence[Variable]) -> Iterator[_Way]:
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
        if not _LINES <= len(lines) <= _COLUMNS or not all(_may_be(each) and not is_trivial(*each) for each in lines):
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


def _of_three(variables: Sequence[Variable]) -> Iterator[_Way]:
    sets = [
        (whole, three)
        for whole in variables
        for three in combinations([each for each in variables if each is not whole], 3)
        if units_of_three_fit(whole, three)
    ]
    for whole, three in sets:
        lines = [(p, parts) for p, *parts in complete(whole, *three)]
        if not _LINES <= len(lines) <= _COLUMNS or not all(_may_be((p, *parts)) for p, parts in lines):
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
        called = names(rates[0].label)
        if called & names(whole.label):
            return _ITS_OWN
        return _ENOUGH if close else _NAMED if called & names(other.label) else math.inf
    next_to = _span(whole, *of) == _LINES
    priced = whole.kind != MONEY or any(each.kind == MONEY and (next_to or _PRICE.search(each.label)) for each in of)
    return _ENOUGH if close and priced else math.inf


def _is_otherwise(variable: Variable) -> bool:
    return variable.kind == PERCENT and _OTHERWISE.search(variable.label)


def _span(*variables: Variable) -> float:
    places = [each.place for each in variables]
    return max(places) - min(places)


# -- another by a number, and sums ------------------------------------------------------------


def _multiples(variables: Sequence[Variable]) -> Iterator[_Way]:
    """Yield what may be another one by a number that one of their labels says."""
    for whole in variables:
        for one in variables if whole.kind != PERCENT and not EARLIER.search(whole.label) else ():
            if one is whole or one.kind == PERCENT or EARLIER.search(one.label):
                continue
            lines = [(p, a) for p, a in complete(whole, one) if p.number and a.number and p.exact != a.exact]
            for by, kind in constants(whole, one) if _LINES <= len(lines) <= _COLUMNS else ():
                priced = kind == PRICE and whole.kind == MONEY != one.kind
                if one.kind == whole.kind or priced:
                    close = priced or _span(whole, one) <= 1
                    cases = [Case(MULTIPLE, p, (a,), by) for p, a in lines]
                    way = _way(cases, FITTING, len(variables), _OF_SEVERAL if close else math.inf)
                    if way is not None:
                        yield way


def _sums(variables: Sequence[Variable]) -> Iterator[_Way]:
    """Yield what is called the total of the variables before it, or after it, in a row."""
    for at, whole in enumerate(variables):
        for run in (list(reversed(variables[max(0, at - _RUN) : at])), variables[at + 1 : at + 1 + _RUN]):
            said = is_said_total(whole) or (_WHOLE.search(whole.label) and not any(_WHOLE.search(each.label) for each in run))
            for count, last in enumerate(run, start=1):
                if whole.kind == PERCENT or last.kind != whole.kind:
                    break
                cases = added_up(whole, run[:count], said=bool(said)) if count > 1 else []
                if not _LINES <= len(cases) <= _COLUMNS or len({each.result.exact for each in cases}) == 1:
                    continue
                way = _way(cases, FITTING + bool(said), 2 * len(run), _OF_SEVERAL if said else math.inf)
                if way is not None:
                    yield way


def _holds(case: Case) -> bool:
    """Return whether a case holds as it is, or for a rate that was measured, or another figure of several digits: of small counts most are some quotient."""
    how = case.follows()
    back = case.turned() if case.kind == PRODUCT and ROUNDED < how <= WRITTEN else None
    return how <= ROUNDED or (back is not None and (back.kind == PERCENT or back.digits > 1))


def _way(cases: Sequence[Case], prior: float, tried: int, least: float) -> _Way | None:
    """Return how lines may follow, if they do on one of them at least."""
    held = [each for each in cases if _holds(each)]
    if not held:
        return None
    return _Way(tuple(cases), max(map(told, held)) + prior - math.log10(max(1, tried)), least)

"""Laws of two columns of scenarios, or of years: the product, sum or multiple that one of them has, and the other not: 50 × 30, and 60 × 25 ≠ 1,200.

Two columns of scenarios, or of years, have the same labels: what holds exactly for the one holds for the other. One line that holds is
little, so its labels have to speak for it, or its places, and nothing else may explain the figures of the other line.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from ..read import terms
from .alike import heading
from .intended import is_meant
from .judge import Law
from .law import GROWN, PRODUCT, ROUNDED, SUM, Case
from .lists import Figure
from .parallel import LINES, Way, ways_of
from .said import numbers
from .search import addends, prepared
from .tables import MONEY, PERCENT, Table, Tables, Value, Variable

_WHOLE, _RESULTS = terms.of("total"), terms.of("results", "last_year")
_BEFORE = terms.of("results", "last_year", "as_it_is")

_OFF, _ROUNDED, _OF_SUMS = Fraction(3, 100), Fraction(10, 100), Fraction(1, 100)
"""By how much a figure has to be another than what it would be, and one of round figures: less may be meant; and of sums."""

_STRANGE = 1.0
"""Digits by which figures agree that are far apart, and share no name: more are hardly chance."""

_NEARLY, _NOUGHTS = 0.005, (10, 100, 1000, 10_000)
_LISTS, _MOST = 8, 8
"""Lists of a sheet that are held against each other, and lines of a table."""


def beside(tables: Tables, figures: Sequence[Sequence[Figure]], known: Sequence[Law]) -> Iterator[Law]:
    """Yield what follows on one of two lines, and fails on the other, where neither a law that is ``known`` nor another way explains that one."""
    held = [case for law in known for case in law.held]
    raised = {case.result.where for law in known if law.kind == GROWN and not law.failed for case in law.held}
    found = [
        law
        for table in tables
        if LINES <= len(table.names) <= _MOST
        for law in _of_table(prepared(table))
        if _are_called_alike(tables, law)
    ]
    found += [law for table in _paired(tables, figures) for law in _of_table(table)]
    for law in found:
        (failed,) = law.failed
        if failed.result.where in raised:
            continue  # 10 % on top of what it is by the line before
        if not is_meant(tables.cells, failed.result.at[0]) and not any(_is_of_most(each, failed) for each in held):
            yield law


def _paired(tables: Tables, every: Sequence[Sequence[Figure]]) -> Iterator[Table]:
    """Yield each two lists of the same labels as a table of two lines: new business on the left, existing accounts on the right."""
    own = [each for each in every if len(each) > LINES][:_LISTS]
    for one, other in combinations(own, 2):
        by_label = {each.label: each for each in other}
        pairs = [(each, by_label[each.label]) for each in one if each.label in by_label]
        pairs = [(a, b) for a, b in pairs if a.kind == b.kind and a.value.where != b.value.where]
        if len(pairs) <= LINES or len(pairs) * 2 <= max(len(one), len(other)) or len(by_label) < len(other):
            continue
        variables = [_variable(tables, at, pair) for at, pair in enumerate(pairs)]
        yield Table(variables, [heading(tables, each) for each in (one, other)])


def _variable(tables: Tables, at: int, pair: tuple[Figure, Figure]) -> Variable:
    first = pair[0]
    unit = tables.cells.money(first.value.spot)
    values: list[Value | None] = [each.value for each in pair]
    return Variable(at, values, first.kind, first.label, numbers(first.label), factor=unit.factor if unit is not None else 1)


def _are_called_alike(tables: Tables, law: Law) -> bool:
    """Return whether the figures of both lines have the same labels: two lists side by side have each their own."""
    held, failed = law.held[0], law.failed[0]
    across = held.result.at[1] == failed.result.at[1]
    alike = [
        tables.name(one, across) == tables.name(other, across) for one, other in zip(held.cells, failed.cells, strict=False)
    ]
    return alike[0] and (failed.kind == SUM or sum(alike) >= len(alike) - 1)


def _is_of_most(other: Case, case: Case) -> bool:
    """Return whether a case that holds has most figures of another one: of more of its own kind it follows from that."""
    longer = other.kind == case.kind and len(other.cells) > len(case.cells)
    parts = other.kind == SUM != case.kind  # won and lost are all that was closed, of which the won are a share
    return not longer and not parts and len(other.places & case.places) >= max(LINES, len(case.cells) - 1)


def _of_table(table: Table) -> Iterator[Law]:
    ways = list(ways_of(table, addends(table)))
    said = [{abs(each.value) for each in numbers(name)} for name in table.names]
    found: list[Way] = []
    for way in sorted(ways, key=lambda each: -each.surety):
        if way.surety < way.least or len(way.failed) != 1 or len(way.held) + 1 != len(way.cases) or way.failed[0].result.uses:
            continue
        failed = way.failed[0]
        if (
            any(each.is_made_otherwise for each in way.cases)
            or _is_of_before(table, failed)
            or not _is_off(failed)
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


def _is_of_before(table: Table, case: Case) -> bool:
    """Return whether a column is of what was before: nobody keeps last year's figures in step with its rates."""
    at = next((index for each in table.variables for index, value in enumerate(each.values) if value is case.result), None)
    return at is not None and at < len(table.names) and _BEFORE.search(table.names[at])


def _is_off(case: Case) -> bool:
    """Return whether a figure is off by more than roundings that may be meant: 50,000 for 48,333; or has its digits in another order."""
    made, now = case.exact, case.result.exact
    if sorted(str(made)) == sorted(str(now)):
        return True
    least, most = (_OF_SUMS, _OFF) if case.kind == SUM else (_OFF, _ROUNDED)
    rounded = sum(
        _last_digit(each.exact) / each.exact for each in case.cells if each.kind != PERCENT and each.exact > each.step
    )
    return abs(made - now) > abs(made) * min(most, max(least, Fraction(rounded)))


def _last_digit(number: Fraction) -> int:
    """Return the unit of a whole number's last digit that isn't a nought; none of ones, and parts of them."""
    if number.denominator != 1 or number % 10:
        return 0
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


def _is_price_of_results(table: Table, case: Case) -> bool:
    """Return whether an amount of what came out isn't its price's: that may be the one that was asked, and not the one that was paid."""
    return case.kind == PRODUCT and case.result.kind == MONEY and _RESULTS.search(table.names[_line(table, case)])


def _is_slip(case: Case) -> bool:
    """Return whether one figure of a case would be right with a nought more or less, or with its digits in another order."""
    for each in case.cells:
        made = case.solved(each)
        if made is not None and made > 0 and each.number > 0:
            times = float(max(made / each.exact, each.exact / made))
            if any(abs(times / by - 1) <= _NEARLY for by in _NOUGHTS) or sorted(str(made)) == sorted(str(each.exact)):
                return True
    return False


def _explains(other: Way, way: Way) -> bool:
    """Return whether another way makes one by chance: it holds on both lines for most of its cells; or it explains the line that fails."""
    failed = way.failed[0]
    for case in other.cases:
        shared = len(case.places & failed.places)
        if _takes_the_rate(case, failed) and len(other.held) == len(other.cases):
            return True
        if case.kind != failed.kind or shared < LINES:
            continue
        if case.follows() > ROUNDED:
            # Of two that hold on the other line, for two of its figures are the same, the one that is nearer here is meant.
            if case.kind == PRODUCT and len(other.held) + 1 == len(other.cases) and _nearer(case, failed):
                return True
            continue
        if len(other.held) == len(other.cases):
            if shared > len(case.cells) - LINES:
                return True
        elif other.surety >= (min(0.0, way.surety - 1) if other.least < math.inf else _STRANGE):
            return True
    return False


def _takes_the_rate(case: Case, failed: Case) -> bool:
    """Return whether a case is of the figures right around a rate that another one takes from further off: won of trials by trial-to-account."""
    rate = next((each for each in case.operands if each.kind == PERCENT and each in failed.operands), None)
    if rate is None or case.kind != PRODUCT or failed.kind != PRODUCT:
        return False
    return _reach(case) < _reach(failed) and case.result.exact not in (0, 1)


def _reach(case: Case) -> int:
    """Return over how many rows and columns the figures of a case are."""
    rows, cols = zip(*(each.at for each in case.cells), strict=True)
    return int(max(rows) - min(rows) + max(cols) - min(cols))


def _nearer(one: Case, other: Case) -> bool:
    """Return whether a case of the same result is off by less than another one."""
    off, its = (abs(each.exact / each.result.exact - 1) if each.result.exact else 0 for each in (one, other))
    return one.result is other.result and len(one.cells) == len(other.cells) and off < its


def _are_of_one(one: Case, other: Case) -> bool:
    """Return whether two cases of a line are of the same figures, but for one: the surer one is enough."""
    return one.kind == other.kind and len(one.places & other.places) >= LINES

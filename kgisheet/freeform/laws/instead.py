"""Steps of labels that are of other figures, as the sheet's own sums show: 363 of 610 vehicles are left, and 363 ÷ 8 are the customers to sign.

With one figure of the list instead of another a relation that fails holds exactly, and how the two hang together is seen, too: what
is left of a goal, what so many owners have of so much each, a line of a total.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from ...formula.grid import Where
from ...values.regex import regex
from ...values.units import COUNT, RATE
from ..read import terms
from ..read.figures import Figure
from ..rules.relation import QUOTIENT, Relation, needed
from .judge import Law
from .law import EXACT, SUM, Case
from .own_price import has_its_own_price, is_cost_of_all_leads
from .tables import Tables, Value
from .tie import Tie

_EACH, _LEFT, _TAKEN = terms.of("each"), terms.of("difference"), terms.of("of_which", "carried", "settled")
_VARIANCE = terms.of("difference", "compared")
"""Columns of which the rates of the others say nothing: by how much what came out differs from the plan."""

_UNITS = tuple(Fraction(each) for each in (1, 1000, 10_000, 1_000_000))
_FINE, _FINEST, _PAIR = Fraction(1, 10**9), 1000, 2


def is_of_others(tie: Tie, tables: Tables, laws: Iterable[Law], confirmed: Iterable[Law]) -> bool:
    """Return whether a relation of labels that fails is of other figures of its sheet, with which it holds."""
    relation = tie.relation
    if relation is None or tie.case is not None or tie.holds or relation.kind != QUOTIENT:
        return False
    left = [case for law in confirmed for case in law.held if case.kind == SUM and case.signs == (1, -1)]
    return (
        any(_is_of_the_rest(relation, cell, _left_of(cell, left, tables), tables) for cell in relation.cells)
        or any(_is_of_each(relation, cell, tables) for cell in relation.cells)
        or any(_is_of_a_line(relation, law, tables) for law in laws)
        or has_its_own_price(tie, tables)
        or is_cost_of_all_leads(tie, tables)
        or _is_of_one_line(relation, tables)
        or any(_VARIANCE.search(each.who.casefold()) for each in relation.cells if each.kind == COUNT)
    )


def _is_of_one_line(relation: Relation, tables: Tables) -> bool:
    """Return whether both counts are on one line, one called as that and one as its column, needed and with a reserve, and the rate on another.

    Such a rate leads to neither from the other; in a funnel along a line both are called as their columns.
    """
    counts = [each for each in relation.cells if each.kind == COUNT]
    rates = {each.at[0] for each in relation.cells if each.kind == RATE}
    values = [tables.values.get(each.at) for each in counts]
    if (
        len(counts) != _PAIR
        or len({each.at[0] for each in counts}) > 1
        or not rates
        or counts[0].at[0] in rates
        or None in values
    ):
        return False
    names = [tables.name(each, across=False) for each in values if each is not None]
    return names[0] == names[1] != "" and [each.label.casefold() == names[0] for each in counts].count(True) == 1


def _left_of(cell: Figure, left: Iterable[Case], tables: Tables) -> Value | None:
    """Return what is left of a whole, as names say; or below it and its part, one of them called so, if one of the amounts has no unit."""
    for case in left:
        if case.operands[0].where == cell.where and case.follows() == EXACT:
            return case.result
    row, col = cell.at
    whole, part, rest = (tables.values.get((row + down, col)) for down in range(_PAIR + 1))
    if whole is None or part is None or rest is None or not part.exact:
        return None
    is_called = _LEFT.search(tables.name(rest, across=False)) or _TAKEN.search(tables.name(part, across=False))
    return rest if is_called and (whole.exact - rest.exact) / part.exact in _UNITS else None


def _is_of_the_rest(relation: Relation, cell: Figure, rest: Value | None, tables: Tables) -> bool:
    """Return whether a relation holds with what is left, or that has a figure of the same name: 6,000 of 8,000 ÷ 150 are the 40 new ones."""
    whole, places = tables.values.get(cell.at), [each.where for each in relation.cells]
    if whole is None or rest is None or rest.where in places or not cell.value or not whole.exact > rest.exact > 0:
        return False
    share = rest.exact / whole.exact
    return needed(relation, cell.where) == cell.value * share or (
        cell is relation.operands[0]
        and any(
            each.field == relation.result.field and each.where not in places and each.value == relation.exact * share
            for each in tables.cells.page.figures
        )
    )


def _is_of_each(relation: Relation, cell: Figure, tables: Tables) -> bool:
    """Return whether a figure is of so many others, each with so much, of which the relation is: 216 flats are those of 27 owners, 8 each."""
    meant, value = needed(relation, cell.where), tables.values.get(cell.at)
    if value is None or not meant or meant <= 0 or not cell.value or cell.value <= meant:
        return False
    times = cell.value / meant
    column = [each for at, each in tables.values.items() if at[1] == cell.at[1] and each is not value]
    return any(each.exact == times and _EACH.search(tables.name(each, across=False)) for each in column) and any(
        each.exact * times == value.exact for each in column
    )


def _is_of_a_line(relation: Relation, law: Law, tables: Tables) -> bool:
    """Return whether a rate is that of one line of a total, as it is called: 25 of 105 are the 23.8 % of what is new, and not 73 of 165."""
    counts = [each for each in relation.cells if each.kind != RATE]
    rates = [each for each in relation.cells if each.kind == RATE]
    if len(counts) != _PAIR or len(rates) != 1 or not rates[0].value or (rates[0].value * _FINEST).denominator == 1:
        return False  # as it was typed, and not as it came out
    made: dict[Where, Case] = {case.result.where: case for case in law.held if case.kind == SUM}
    wholes = [made.get(each.where) for each in counts]
    if None in wholes:
        return False
    one, other = (each.operands for each in wholes if each is not None)
    rate = tables.values.get(rates[0].at)
    return rate is not None and any(
        any(abs(a.exact - b.exact * rates[0].value) <= _FINE * abs(a.exact) for a, b in (pair, pair[::-1]))
        and bool(_called(rate, tables) & _called(pair[0], tables) - _called(made[counts[0].where].result, tables))
        for pair in zip(one, other, strict=False)
    )


def _called(value: Value, tables: Tables) -> set[str]:
    """Return the words of the label of a line, of Japanese each pair of letters."""
    return {each for pair in _WORDS.findall(tables.name(value, across=False)) for each in pair if each}


_WORDS = regex(r"(?=([\u30a1-\u30fc\u4e00-\u9fff]{2})|\b([a-z]{3,}))")

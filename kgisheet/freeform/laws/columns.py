"""The columns of a narrow table as lists of their own: this year and next, base and stretch, three segments, each a funnel from its goal down."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from fractions import Fraction
from itertools import permutations

from ...formula.grid import Where
from .agreeing import agreeing
from .judge import Law
from .list_ways import ways_in
from .lists import Figure, figure_of
from .tables import COUNT, PERCENT, Tables

_LEAST, _MOST, _WIDEST = 5, 24, 5


def columns(tables: Tables) -> Iterator[list[Figure]]:
    """Yield the columns of figures of different kinds, in a table of two to five, whose lines have a label each."""
    for block in tables.blocks:
        places = sorted({col for _, col in block})
        if not 1 < len(places) <= _WIDEST:
            continue
        for place in places:
            figures = []
            for at in sorted(at for at in block if at[1] == place):
                label = tables.cells.label(tables.values[at].spot)
                if label is not None and label.col < places[0]:
                    figures.append(figure_of(tables, tables.values[at], label, None))
            kinds = {each.kind for each in figures}
            if (
                _LEAST <= len(figures) <= _MOST
                and PERCENT in kinds
                and COUNT in kinds
                and len({each.label for each in figures}) == len(figures)
            ):
                yield figures


def of_columns(tables: Tables, costs: Sequence[Law], sound: Container[Where]) -> Iterator[Law]:
    """Yield the ways of a column that agree on a figure which no law of its table confirms, where nearly all else of it follows."""
    for figures in columns(tables):
        found = [
            law
            for law in agreeing(tables, [figures], costs)
            if len(law.failed) > 1 and all(each.only is not None and each.only not in sound for each in law.failed)
        ]
        if found and not any(_is_chance(figures, law) for law in found) and _follows(tables, figures, found):
            yield from found


def _follows(tables: Tables, figures: Sequence[Figure], found: Sequence[Law]) -> bool:
    """Return whether all of a column but one follow from others, those with which the ways agree, too."""
    tied = {where for law in found for case in law.failed for where in case.places}
    explained = ways_in(tables, figures).explained
    return sum(at not in explained and each.value.where not in tied for at, each in enumerate(figures)) <= 1


def _is_chance(figures: Sequence[Figure], law: Law) -> bool:
    """Return whether what ways agree on is of one digit, or the figure as it is makes two products of its column the same: ACV × margin, LTV × churn."""
    case = law.failed[0]
    value = next(each for each in case.cells if each.where == case.only)
    meant = case.solved(value) or Fraction(0)
    while meant and meant.denominator == 1 and meant % _TEN == 0:
        meant /= _TEN
    others = [each.value.exact for each in figures if each.value is not value and each.value.exact]
    return meant < _TEN or any(
        value.exact * others[a] in (others[b] * others[c], others[b] / others[c])
        or value.exact == others[a] * others[b] * others[c]
        for a, b, c in permutations(range(len(others)), 3)
    )


_TEN = 10

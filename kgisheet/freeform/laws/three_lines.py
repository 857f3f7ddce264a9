"""Sheets of three lines: 60 proposals, 35 % accepted, 21 contracts. There is nothing else by which one of them could be judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .judge import Law
from .law import OFF, PRODUCT, Case
from .lists import Figure
from .tables import COUNT, PERCENT, Tables

_THREE = 3


def three_lines(tables: Tables, every: Sequence[Sequence[Figure]]) -> Iterator[Law]:
    """Yield the last of three figures, a count, a rate and a count, as the first one makes it by the rate, on to fewer or back to more."""
    figures = [each for line in every for each in line]
    if [each.kind for each in figures] != [COUNT, PERCENT, COUNT] or len(tables.values) != _THREE:
        return
    first, rate, last = (each.value for each in figures)
    if not (0 < rate.exact < 1 and first.number and last.number) or any(each.uses for each in (first, rate, last)):
        return
    only = last.where
    on, back = Case(PRODUCT, last, (first, rate), only=only), Case(PRODUCT, first, (last, rate), only=only)
    held = next((each for each in (on, back) if each.follows() != OFF), None)
    if held is None:
        yield Law(PRODUCT, (), (on if last.number < first.number else back,))

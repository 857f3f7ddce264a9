"""The columns of a narrow table as lists of their own: this year and next, base and stretch, three segments, each a funnel from its goal down."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from ...formula.grid import Where
from .judge import Law
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


def without_sound(found: Iterable[Law], sound: Container[Where]) -> Iterator[Law]:
    """Yield laws of columns that fail by a figure on which two ways agree, and which no law of their table confirms."""
    for law in found:
        if len(law.failed) > 1 and all(each.only is not None and each.only not in sound for each in law.failed):
            yield law

"""A figure of a list that a table has once more as the total of a line of the same name: FY26 target, and below it FY26 target by quarter.

That they differ may be meant: a goal, and what is planned for it so far. Where the other figures of the list make the total,
4,000 and 25 % more, it isn't.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .judge import Law
from .law import EXACT, SAME, Case
from .lists import Figure
from .making import ways
from .tables import PERCENT, Tables, Value

_PARTS, _MOST = 3, 40


def as_total(tables: Tables, every: Sequence[Sequence[Figure]]) -> Iterator[Law]:
    """Yield that a figure of a list is the total of its name, where it is; and where it isn't, though all else says so."""
    totals = dict(_totals(tables))
    for figures in every:
        own = {each.value.where for each in figures}
        for at, figure in enumerate(figures if len(figures) <= _MOST else ()):
            total = totals.get(figure.label)
            if total is None or total.where in own or total.kind != figure.value.kind or not figure.value.number:
                continue
            case = Case(SAME, figure.value, (total,))
            if case.follows() == EXACT:
                yield Law(SAME, (case,), ())
            elif not figure.value.uses and _is_made(figures, at, total):
                yield Law(SAME, (), (case._replace(only=figure.value.where),))


def _is_made(figures: Sequence[Figure], at: int, total: Value) -> bool:
    """Return whether other figures of a list make exactly what the total is, and not what is there."""
    return any(
        at in each.at and each.case.follows() > EXACT and each.case.solved(figures[at].value) == total.exact
        for each in ways(figures)
    )


def _totals(tables: Tables) -> Iterator[tuple[str, Value]]:
    """Yield the name of each line of a table that ends in its total, and that."""
    for table in tables:
        for variable in table.variables:
            values = [each for each in variable.values if each is not None]
            if variable.aside or variable.kind == PERCENT or len(values) <= _PARTS:
                continue
            if values[-1].exact == sum(each.exact for each in values[:-1]) and values[-1].number:
                yield variable.label, values[-1]

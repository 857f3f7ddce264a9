"""A figure of all scenarios, below them: what each is worth by its chance, 30 % of 240, 50 % of 528 and 20 % of 1,080 are 552.

It is typed under one of them, and is of that one no more than of the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from ..read import terms
from .judge import Law
from .law import OFF, ROUNDED, SUM, Case
from .tables import PERCENT, Tables, Value

_LEAST, _FAR = 2, 12
_EXPECTED, _PRICE = terms.of("by_chance"), terms.of("price", "mean", "each")

Line = list[Value]


def expected(tables: Tables) -> Iterator[Law]:
    """Yield what each scenario is worth by its chance, added up, where a figure is that, or is called so and is off."""
    for lone in _alone(tables):
        cases = list(_cases(tables, lone))
        held = [each for each in cases if _holds(each)]
        # Of several lines of amounts it may be what one is above another.
        own = [each for each in cases if all(_is_alike(tables, lone, part) for part in each.operands)]
        if held and held[0].follows() <= ROUNDED:
            yield Law(SUM, (held[0],), ())
        elif (
            not held
            and len(own) == 1
            and own[0].follows() == OFF
            and not _is_nearly(own[0])
            and not lone.uses
            and _EXPECTED.search(tables.name(lone, across=False))
        ):
            yield Law(SUM, (), (own[0]._replace(only=lone.where),))


def _holds(case: Case) -> bool:
    """Return whether a sum follows, be it in another unit than its parts, as what is below a table says none."""
    return any(case._replace(signs=tuple(each * by for each in case.signs)).follows() <= ROUNDED for by in _UNITS)


def _is_alike(tables: Tables, lone: Value, part: Value) -> bool:
    return part.kind == lone.kind and not any(_PRICE.search(tables.name(part, across)) for across in (False, True))


def _is_nearly(case: Case) -> bool:
    """Return whether what is expected is rounded off, as what is but likely may be: 550 for 552."""
    return abs(float(case.exact) / case.result.number - 1) <= _NEARLY if case.result.number else True


_NEARLY = 0.02
_UNITS = tuple(Fraction(each) ** sign for each in (1, 1000, 10_000, 1_000_000) for sign in (1, -1))


def is_of_all(tables: Tables, value: Value, others: Iterable[Value]) -> bool:
    """Return whether a figure is alone in its row below others that aren't: it is of all their columns, and no step of one."""
    columns = tables.columns_of
    return len(columns.get(value.at[0], ())) == 1 and all(
        each.at[0] < value.at[0] and len(columns.get(each.at[0], ())) >= _LEAST for each in others
    )


def _alone(tables: Tables) -> Iterator[Value]:
    """Yield the figures that are alone in their rows, below a table."""
    columns = tables.columns_of
    for row, own in columns.items():
        if len(own) == 1 and any(len(columns.get(row - up, ())) >= _LEAST for up in range(1, _FAR)):
            yield tables.values[row, own[0]]


def _cases(tables: Tables, lone: Value) -> Iterator[Case]:
    """Yield the sums of each line of amounts by a line of shares that come to 100 %, above a figure; those next to them first."""
    for across in (True, False):
        lines = _lines(tables, lone, across)
        for at, shares in lines.items():
            if any(each.kind != PERCENT for each in shares) or sum(each.exact for each in shares) != 1:
                continue
            for _, parts in sorted(lines.items(), key=lambda line: abs(line[0] - at)):
                places = [[each.at[1 if across else 0] for each in line] for line in (shares, parts)]
                if places[0] == places[1] and PERCENT not in (lone.kind, *(each.kind for each in parts)):
                    yield Case(SUM, lone, tuple(parts), signs=tuple(each.exact for each in shares))


def _lines(tables: Tables, lone: Value, across: bool) -> dict[int, Line]:
    """Return the rows above a figure, or the columns, with two figures at least."""
    found: dict[int, Line] = {}
    for row in range(lone.at[0] - _FAR, lone.at[0]):
        for col in tables.columns_of.get(row, ()):
            found.setdefault(row if across else col, []).append(tables.values[row, col])
    return {at: line for at, line in found.items() if len(line) >= _LEAST}

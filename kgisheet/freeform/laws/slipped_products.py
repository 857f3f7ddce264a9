"""Products that hold on two lines alone, and on another but for a slip: 3 × 5 × 4.2 are 63, and not 36, where 66 and 80 follow so.

Two lines prove little among all the products that may be tried. Where the one that fails is what they make of it with a nought too many, or
with two digits exchanged, they do.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import combinations

from ...formula.grid import Where
from .judge import Law
from .law import EXACT, OFF, PRODUCT, Case
from .products import is_trivial, sets_of_three, units_fit
from .search import prepared
from .slipped_sums import is_slip
from .tables import PERCENT, Table, Tables, Value, complete

_LEAST, _MOST, _LINES, _THREE = 2, 10, 30, 3


def slipped_products(tables: Tables, sound: Container[Where]) -> Iterator[Law]:
    """Yield the products of a sheet's tables that fail by a slip of a figure that nothing confirms, on one line, and hold on all others."""
    for _, table in tables.lined():
        if len(table.names) <= _LINES:
            yield from _of_table(prepared(table), sound)


def _of_table(table: Table, sound: Container[Where]) -> Iterator[Law]:
    own = [each for each in table.variables if not each.aside]
    if len(own) > _MOST:
        return
    for whole in own:
        for one, two in combinations([each for each in own if each is not whole], _LEAST):
            if units_fit(whole, one, two) is not None:
                lines = [line for line in complete(whole, one, two) if not is_trivial(*line)]
                yield from _slip(lines, sound)
    for whole, three in sets_of_three(own, own):
        yield from _slip(list(complete(whole, *three)), sound)


def _slip(lines: Sequence[tuple[Value, ...]], sound: Container[Where]) -> Iterator[Law]:
    cases = [
        Case(PRODUCT, whole, tuple(parts)) for whole, *parts in lines if whole.number and all(each.number for each in parts)
    ]
    held = [each for each in cases if each.follows() == EXACT]
    failed = [each for each in cases if each.follows() == OFF]
    if len(failed) != 1 or len(held) + 1 < len(cases) or len({each.result.exact for each in held}) < _LEAST:
        return
    # By one number on all lines a figure is another one, wherever that is wrong.
    steady = sum(len({case.operands[at].exact for case in held}) == 1 for at in range(len(held[0].operands)))
    if steady >= len(held[0].operands) - 1 and len(held) < _THREE:
        return
    slips = [
        each
        for each in failed[0].cells
        if each.kind != PERCENT and not each.uses and each.where not in sound and is_slip(each, failed[0].solved(each))
    ]
    if len(slips) > 1 and failed[0].result in slips:
        slips = [failed[0].result]
    if len(slips) == 1:
        yield Law(PRODUCT, tuple(held), (failed[0]._replace(only=slips[0].where, strict=True),))

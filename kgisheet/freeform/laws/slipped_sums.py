"""Totals that hold on one line alone, and on another but for a slip: 60, 84, 168 and 40 hours are 352, and what they are worth isn't 3,341,160 but 334,116.

So few lines don't prove that figures add up, whatever their total is called. Where one that doesn't has a nought too many, or two digits
exchanged, they do.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from fractions import Fraction

from ...formula.grid import Where
from ..read import terms
from ..rules.relation import APART
from .judge import Law
from .law import EXACT, OFF, SUM, Case
from .search import addends, prepared
from .tables import PERCENT, Table, Tables, Value, Variable

_TOTAL = terms.of("total", "subtotal", "grand_total", "of_parts")
_LEAST, _PARTS, _MOST, _LINES = 2, 3, 40, 30
_NOUGHTS, _TEN = (10, 100, 1000), 10


def slipped_sums(tables: Tables, sound: Container[Where]) -> Iterator[Law]:
    """Yield the sums of a sheet's tables that fail by a slip of a figure that nothing confirms, where one line fails and another holds."""
    for _, table in tables.lined():
        if len(table.variables) <= _LINES and len(table.names) <= _LINES:
            yield from _of_table(addends(prepared(table)), sound)


def _of_table(table: Table, sound: Container[Where]) -> Iterator[Law]:
    own = [each for each in table.variables if not each.aside and each.kind != PERCENT and not APART.search(each.label)]
    for at, whole in enumerate(own):
        called = _TOTAL.search(whole.label)
        for run in (list(reversed(own[max(0, at - _MOST) : at])), own[at + 1 : at + 1 + _MOST]):
            for count in range(_LEAST, len(run) + 1):
                cases = [case for line in range(len(table.names)) if (case := _sum(whole, run[:count], line)) is not None]
                yield from _slip(cases, bool(called), sound)


def _sum(whole: Variable, run: Sequence[Variable], line: int) -> Case | None:
    """Return the sum on a line, where each of its figures is there, and of one kind."""
    total = whole.values[line]
    parts = tuple(value for each in run if (value := each.values[line]) is not None)
    if total is None or not total.number or total.divided or len(parts) < len(run):
        return None
    if len({each.kind for each in (total, *parts)}) > 1 or total.kind == PERCENT or any(each.number <= 0 for each in parts):
        return None
    return Case(SUM, total, parts, signs=(1,) * len(parts))


def _slip(cases: Sequence[Case], called: bool, sound: Container[Where]) -> Iterator[Law]:
    held = [each for each in cases if each.follows() == EXACT]
    failed = [each for each in cases if each.follows() == OFF]
    if len(failed) != 1 or len(held) + 1 < len(cases):
        return
    known = len({each.result.exact for each in held})
    if known < (1 if called or len(failed[0].operands) >= _PARTS else _LEAST):
        return
    slips = [
        each for each in failed[0].cells if not each.uses and each.where not in sound and is_slip(each, failed[0].solved(each))
    ]
    if len(slips) == 1:
        yield Law(SUM, tuple(held), (failed[0]._replace(only=slips[0].where, strict=True),))


def is_slip(value: Value, meant: Fraction | None) -> bool:
    """Return whether a figure is another one of two digits or more with a nought too many or too few, or with two digits exchanged."""
    if meant is None or meant <= 0 or value.exact <= 0 or meant.denominator != 1 or value.exact.denominator != 1:
        return False
    plain = int(meant)
    while plain and plain % _TEN == 0:
        plain //= _TEN
    if plain < _TEN:
        return False
    times = max(value.exact / meant, meant / value.exact)
    return times in _NOUGHTS or (times != 1 and sorted(str(value.exact)) == sorted(str(meant)))

"""A count in the middle of a list of steps that both its neighbours want otherwise, and the same: 48 ÷ 24 % and 500 × 40 % are 200.

Two steps are too few for a law, but hardly agree on another value, exactly, by chance. What is carried over counts as a step: need less that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ...formula.grid import Where
from ..read import terms
from .judge import Law
from .law import OFF, PRODUCT, SUM, Case
from .suggested import Suggested
from .tables import PERCENT, Tables, Value

_CARRIED = terms.of("carried")
_DIGITS = 2


def middle(tables: Tables, found: Sequence[Suggested] = ()) -> Iterator[Law]:
    """Yield two steps that fail by the figure between them, where both want the same of it; or two suggestions of a list."""
    yield from _of_list(found)
    for value in tables.values.values():
        if value.kind == PERCENT or not value.number or value.uses:
            continue
        for across in (False, True):
            before, after = list(_before(tables, value, across)), list(_after(tables, value, across))
            if any(made == value.exact for made, _ in (*before, *after)):
                continue
            agreed = [(one, two) for made, one in before for other, two in after if made == other and _is_told(made)]
            if len(agreed) == 1:
                yield Law(PRODUCT, (), agreed[0])


def _of_list(found: Sequence[Suggested]) -> Iterator[Law]:
    """Yield two suggestions that have only one figure in common, which none confirms, and want the same of it."""
    by_cell: dict[Where, list[Suggested]] = {}
    for each in found:
        for cell in each.case.cells:
            by_cell.setdefault(cell.where, []).append(each)
    for where, own in by_cell.items():
        value = next(cell for cell in own[0].case.cells if cell.where == where)
        if value.uses or value.kind == PERCENT or any(each.case.follows() != OFF for each in own):
            continue
        wanted = [(made, each.case) for each in own if (made := each.case.solved(value)) is not None and _is_told(made)]
        agreed = [
            (one, two)
            for at, (made, one) in enumerate(wanted)
            for other, two in wanted[at + 1 :]
            if made == other and one.places & two.places == {where}
        ]
        if len({one.solved(value) for one, _ in agreed}) == 1:
            yield Law(PRODUCT, (), agreed[0])


def _is_told(made: Fraction) -> bool:
    """Return whether a figure is such as is typed: a whole number of two digits at least."""
    return made.denominator == 1 and made >= 10 ** (_DIGITS - 1)


def _at(tables: Tables, value: Value, step: int, across: bool) -> Value | None:
    row, col = value.at
    return tables.values.get((row, col + step) if across else (row + step, col))


def _before(tables: Tables, value: Value, across: bool) -> Iterator[tuple[Fraction, Case]]:
    one, two = _at(tables, value, -1, across), _at(tables, value, -2, across)
    if one is None or two is None or two.kind != value.kind:
        return
    if one.kind == PERCENT:
        yield from _steps(value, two, one)
        return
    if one.kind == value.kind and _CARRIED.search(tables.name(one, across)):
        less = one.exact if one.number > 0 else -one.exact
        sign = -1 if one.number > 0 else 1
        yield two.exact - less, Case(SUM, value, (two, one), signs=(1, sign))


def _after(tables: Tables, value: Value, across: bool) -> Iterator[tuple[Fraction, Case]]:
    one, two = _at(tables, value, 1, across), _at(tables, value, 2, across)
    if one is not None and two is not None and one.kind == PERCENT and two.kind == value.kind:
        yield from _steps(value, two, one)


def _steps(value: Value, other: Value, rate: Value) -> Iterator[tuple[Fraction, Case]]:
    if rate.exact > 0 and rate.exact != 1 and other.number:
        yield other.exact * rate.exact, Case(PRODUCT, value, (other, rate))
        yield other.exact / rate.exact, Case(PRODUCT, other, (value, rate))

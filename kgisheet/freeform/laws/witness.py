"""A witness for one of several cells that may be wrong: a figure that is the same multiple of another one on all other lines.

By itself it proves nothing, for a month may be planned otherwise; but where a total is off, it shows which month is. So does
the one rate that is out of order among others that get fewer from stage to stage.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from ...formula.grid import Where
from ..read import terms
from .as_others import as_others
from .tables import MONEY, PERCENT, Table, Tables, Value, Variable

_PRICE = terms.of("price", "each", "mean")
_LEAST = 3
_FINE = 1e-9
_NARROW = 1.05
"""Of small counts nearly any other is some multiple, rounded."""


def stands_by(tables: Mapping[str, Tables], where: Where, wanted: tuple[float, float]) -> bool:
    """Return whether a figure would be in proportion, or in order, with its neighbours if it were so many times what it is."""
    return any(
        _is_in_order(variable, line, wanted) if value.kind == PERCENT else _agrees(table, variable, line, wanted)
        for table in tables.get(where[0], ())
        for variable in table.variables
        for line, value in enumerate(variable.values)
        if value is not None and value.where == where
    )


def repeats(tables: Mapping[str, Tables], where: Where, wanted: tuple[float, float]) -> int:
    """Return whether a figure would be what others of its column are, again and again: 1; or is so now, and wouldn't be: -1."""
    for table in tables.get(where[0], ()):
        for variable in table.variables:
            own = next((each for each in variable.values if each is not None and each.where == where), None)
            if own is None or not own.number or variable.aside:
                continue
            others = [each.number / own.number for each in variable.values if each is not None and each is not own]
            now = sum(abs(each - 1) <= _FINE for each in others)
            then = sum(_is_in(each, wanted) for each in others)
            if max(now, then) >= max(_AGAIN, len(others) / 2) and min(now, then) == 0:
                return 1 if then else -1
    return 0


_AGAIN = 2


def follows_as_others(tables: Mapping[str, Tables], where: Where, wanted: tuple[float, float], tied: frozenset[Where]) -> bool:
    """Return whether a figure would be worked out as on the other lines if it were so many times what it is, and isn't now.

    What is ``tied`` to it already says nothing more.
    """
    for table in tables.get(where[0], ()):
        for variable in table.variables:
            for line, value in enumerate(variable.values):
                if value is None or value.where != where or not value.number:
                    continue
                for ends in as_others(table, variable, line, tied):
                    low, high = sorted(each / value.number for each in ends)
                    if low <= wanted[1] + _FINE and wanted[0] - _FINE <= high and not low <= 1 <= high:
                        return True
    return False


def is_made(tables: Mapping[str, Tables], where: Where, wanted: tuple[float, float], tied: frozenset[Where]) -> int:
    """Return whether two figures beside it, next to each other, give a figure if it were so many times what it is, and don't now.

    Two if they do to several digits, one if only to one: 3 × 100 may be chance. What is ``tied`` to it already says nothing more.
    """
    sheet, row, col = where
    own = tables[sheet].values.get((row, col)) if sheet in tables else None
    if own is None or own.kind == PERCENT or not own.number:
        return 0
    beside = [pair for across in (True, False) for pair in _beside(tables[sheet], own, across)]
    sure = [0]
    for ways, least in ((_made, 1), (_added, _ADDED)):
        made = [
            (float(each) / own.number, len(str(abs(each)).strip("0")), {one.where, two.where} <= tied)
            for one, two in beside
            for each in ways(tables[sheet], own, one, two)
            if abs(each) < _LARGEST
        ]
        if not any(abs(by - 1) <= _FINE for by, _, _ in made):
            sure += [
                1 + (digits > 1)
                for by, digits, known in made
                if digits >= least
                and not known
                and _is_in(by, wanted)
                and (digits > 1 or not _is_another(tables[sheet], own, by))
            ]
    return max(sure)


def is_priced(tables: Mapping[str, Tables], where: Where, tied: frozenset[Where]) -> bool:
    """Return whether an amount is exactly the count and the price right before it: 36 accounts, 250 each, 9,000; a year that isn't twelve of it is off."""
    sheet, row, col = where
    own = tables[sheet].values.get((row, col)) if sheet in tables else None
    if own is None or own.kind == PERCENT:
        return False
    for down in (True, False):
        two = [tables[sheet].values.get((row - step, col) if down else (row, col - step)) for step in (1, 2)]
        before = [each for each in two if each is not None]
        if (
            len(before) == len(two)
            and PERCENT not in (each.kind for each in before)
            and sum(_PRICE.search(tables[sheet].name(each, across=not down)) for each in before) == 1
            and before[0].exact * before[1].exact == own.exact
            and not any(each.exact == 1 or each.where in tied or own.where in each.uses for each in before)
        ):
            return True
    return False


def _is_another(tables: Tables, own: Value, by: float) -> bool:
    """Return whether another figure near a cell is what two figures make: they may be its own, of the list before."""
    (row, col), made = own.at, own.number * by
    near = (
        tables.values.get((row + step * down, col + step * (not down)))
        for step in range(-_NEAR, _NEAR + 1)
        if step
        for down in (0, 1)
    )
    return any(each is not None and each.number == made for each in near)


def _is_in(value: float, wanted: tuple[float, float]) -> bool:
    return wanted[0] - _FINE <= value <= wanted[1] + _FINE


_LARGEST = 10**100
"""Products beyond it are nobody's figures, and no floats."""

_NEAR, _TOGETHER = 5, 2
_ADDED = 3
"""Digits that a sum of two figures has to have: of smaller ones many make nearly any."""


def _beside(tables: Tables, own: Value, across: bool) -> Iterator[tuple[Value, Value]]:
    """Yield each two figures next to each other in the row or column of one."""
    line, place = own.at if across else own.at[::-1]
    near = [
        value
        for step in range(-_NEAR, _NEAR + 1)
        if step and (value := tables.values.get((line, place + step) if across else (place + step, line))) is not None
    ]
    for at, one in enumerate(near):
        for two in near[at + 1 :]:
            if abs(two.at[1 if across else 0] - one.at[1 if across else 0]) <= _TOGETHER:
                yield one, two


def _made(tables: Tables, own: Value, one: Value, two: Value) -> Iterator[Fraction]:
    """Yield the products and quotients of two figures."""
    if one.number * two.number > 0 and 1 not in (one.exact, two.exact):
        a, b = (_as_typed(tables, each, own) for each in (one, two))
        yield from (each for each in (a * b, a / b, b / a) if each.denominator == 1)


def _added(_: Tables, own: Value, one: Value, two: Value) -> Iterator[Fraction]:
    """Yield what two figures of its kind are together, and by how much they differ."""
    if one.kind == two.kind == own.kind and one.number and two.number and {one.exact.denominator, two.exact.denominator} == {1}:
        yield from (one.exact + two.exact, one.exact - two.exact, two.exact - one.exact)


def _as_typed(tables: Tables, value: Value, beside: Value) -> Fraction:
    """Return a figure as it is typed, 2 and not 2,000,000, where the one that it makes has no unit."""
    unit = tables.cells.money(value.spot) if beside.kind != MONEY and value.kind == MONEY else None
    return value.exact / unit.factor if unit is not None else value.exact


def _is_in_order(variable: Variable, line: int, wanted: tuple[float, float]) -> bool:
    """Return whether a rate is the only one of several that isn't less than the one before, or more, and then would be."""
    every = [each.number for each in variable.values if each is not None]
    if len(every) <= _LEAST or every in (sorted(every), sorted(every, reverse=True)):
        return False
    meant = [
        each.number * (sum(wanted) / 2 if at == line else 1) for at, each in enumerate(variable.values) if each is not None
    ]
    return _is_ordered(meant)


def _is_ordered(numbers: list[float]) -> bool:
    return all(one > two for one, two in pairwise(numbers)) or all(one < two for one, two in pairwise(numbers))


def _agrees(table: Table, variable: Variable, line: int, wanted: tuple[float, float]) -> bool:
    for other in table.variables:
        if other is variable or other.kind == PERCENT:
            continue
        by = _ratio(variable, other, line)
        its, own = other.values[line], variable.values[line]
        if by is None or its is None or own is None or not own.number:
            continue
        ends = [(each * its.number + slack) / own.number for each, slack in zip(by, (-own.step / 2, own.step / 2), strict=True)]
        if ends[0] <= wanted[1] and wanted[0] <= ends[1] and not ends[0] <= 1 <= ends[1]:
            return True
    return False


def _ratio(variable: Variable, other: Variable, line: int) -> tuple[float, float] | None:
    """Return between which two multiples of another one a variable is on all lines but one."""
    pairs = [
        (one, two)
        for at, (one, two) in enumerate(zip(variable.values, other.values, strict=True))
        if at != line and one is not None and two is not None and one.number * two.number > 0
    ]
    if len(pairs) < _LEAST or len({two.exact for _, two in pairs}) < 2:
        return None
    if len({one.exact / two.exact for one, two in pairs}) == 1:
        by = pairs[0][0].number / pairs[0][1].number
        return by, by
    low = max(_ends(*pair)[0] for pair in pairs)
    high = min(_ends(*pair)[1] for pair in pairs)
    return (low, high) if low <= high * (1 + _FINE) and high <= low * _NARROW else None


def _ends(one: Value, two: Value) -> tuple[float, float]:
    return (one.number - one.step / 2) / two.number, (one.number + one.step / 2) / two.number

"""The value that a figure would have if it were worked out as on the other lines, whatever its column is called.

Products, quotients, sums and differences of two or three other columns, times one number that is the same on all lines: 3 months,
10 % royalties, thousands of yen. By itself this proves nothing, for a line may be planned otherwise; of several figures that may
be wrong it tells which is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from ...formula.grid import Where
from ..read import terms
from .tables import Table, Variable

_MOST = 14
"""Columns that are combined; of a wider table those next to a figure's own."""

_SURE = 1.5
"""Digits that agree beyond those that the number of combinations explains."""

_BESIDE = 1.0
"""Digits that it counts for that a column is worked out of those just before it."""

_TRIVIAL = 0.5
"""Digits that it counts for that a line has the same figure again, with nothing to add."""

_NARROW = 1.01
_TWO = 2
"""Values that something has to have on the other lines to be more than the same figure again."""

_DIGITS = 4.0
_FINE = 1e-9
_WHOLE = terms.of("total", "mean")


class _Form(NamedTuple):
    """One way to work a figure out of some columns: what it is but for the number that all lines share."""

    of: tuple[Variable, ...]
    made: Callable[..., float]
    plain: bool
    """It adds or takes off, so that the shared number is one."""


Range = tuple[float, float]


def as_others(table: Table, variable: Variable, line: int, tied: frozenset[Where]) -> Iterator[Range]:
    """Yield between which values a figure would be as the other lines have it, for each way that holds on all of them.

    A way with one of the cells that are ``tied`` to it otherwise says nothing more.
    """
    own = variable.values[line]
    others = [each for each in table.variables if each is not variable and each.values[line] is not None]
    others = sorted(others, key=lambda each: abs(each.place - variable.place))[:_MOST]
    if own is None or not others:
        return
    forms = list(_forms(others))
    tried = math.log10(max(1, len(forms)))
    for form in forms:
        cells = {value.where for each in form.of if (value := each.values[line]) is not None}
        if cells & tied:
            continue
        found = _as_others(table, variable, line, form, tried)
        if found is not None:
            yield found


def _forms(others: Sequence[Variable]) -> Iterator[_Form]:
    for one, two in combinations(others, 2):
        yield _Form((one, two), lambda a, b: a * b, False)
        yield _Form((one, two), lambda a, b: a / b, False)
        yield _Form((two, one), lambda a, b: a / b, False)
        yield _Form((one, two), lambda a, b: a + b, one.kind == two.kind)
        for first, last in ((one, two), (two, one)):
            yield _Form((first, last), lambda a, b: a - b, True)
            yield _Form((first, last), lambda a, b: a - b, False)
    for three in combinations(others, 3):
        yield _Form(three, lambda a, b, c: a * b * c, False)
        for at in range(3):
            odd, (one, two) = three[at], [each for index, each in enumerate(three) if index != at]
            yield _Form((one, two, odd), lambda a, b, c: a + b - c, True)
            yield _Form((one, two, odd), lambda a, b, c: (a + b) / c, False)
            yield _Form((one, two, odd), lambda a, b, c: a * b / c, False)
            for first, last in ((one, two), (two, one)):
                yield _Form((first, last, odd), lambda a, b, c: (a - b) / c, False)
                yield _Form((first, last, odd), lambda a, b, c: a - b - c, True)


def _as_others(table: Table, variable: Variable, line: int, form: _Form, tried: float) -> Range | None:
    low, high, rooms, every = 0.0, math.inf, [], set()
    for at, value in enumerate(variable.values):
        if at == line or value is None:
            continue
        parts = [each.values[at] for each in form.of]
        made = _made(form, [each.number for each in parts if each is not None]) if None not in parts else None
        if made is None or not made or not value.number:
            if made is not None and value.number and not _WHOLE.search(table.names[at]):
                return None
            continue
        slack = value.step / 2
        ends = sorted(((value.number - slack) / made, (value.number + slack) / made))
        if max(low, ends[0]) > min(high, ends[1]) * (1 + _FINE):
            if _WHOLE.search(table.names[at]):
                continue  # a total is of its parts, not of what is on its line
            return None
        low, high = max(low, ends[0]), min(high, ends[1])
        every.add(made)
        telling = all(each is not None and each.number not in (0.0, 1.0) for each in parts)
        rooms.append(min(_DIGITS, math.log10(max(1.0, abs(value.number) / value.step))) if telling else _TRIVIAL)
    own = [each.values[line] for each in form.of]
    made = _made(form, [each.number for each in own if each is not None])
    by = _power(low, high)
    if form.plain and by != 1.0:
        return None
    if made is None or low <= 0 or (len(every) < _TWO and not form.plain):
        return None
    cost = 0.0 if by is not None else max(rooms)
    if by is None and high > low * _NARROW:
        by, cost = _whole(low, high), math.log10(_PERIODS)
        if by is None:
            return None
    surety = sum(rooms) - cost - tried + _BESIDE * _is_beside(variable, form)
    if surety < _SURE:
        return None
    ends = sorted((made * (by or low), made * (by or high)))
    value = variable.values[line]
    slack = value.step / 2 if value is not None else 0.0
    return ends[0] - slack, ends[1] + slack


def _made(form: _Form, numbers: Sequence[float]) -> float | None:
    try:
        return form.made(*numbers)
    except ZeroDivisionError:
        return None


def _power(low: float, high: float) -> float | None:
    """Return the one, thousand or ten thousand that is between two numbers, where there is one."""
    for power in (1.0, 1000.0, 10_000.0, 1e6, 0.001, 0.0001, 1e-6):
        if low * (1 - _FINE) <= power <= high * (1 + _FINE):
            return power
    return None


def _whole(low: float, high: float) -> float | None:
    """Return the one whole number of weeks, months or people between two numbers, or the one part of it; None where there are more."""
    found = [by for each in range(2, _PERIODS) for by in (float(each), 1.0 / each) if low <= by <= high]
    return found[0] if len(found) == 1 else None


_PERIODS = 53


def _is_beside(variable: Variable, form: _Form) -> bool:
    """Return whether a form is of the columns just before its own, or just after it."""
    gaps = sorted(variable.place - each.place for each in form.of)
    return gaps[-1] - gaps[0] <= len(form.of) and min(map(abs, gaps)) <= 1 and (gaps[0] > 0 or gaps[-1] < 0)

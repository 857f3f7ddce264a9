"""Columns that are worked out of two or three others, whatever these are called: 仕入 = 原価 + 期末 − 期首, NRR = (更新 + 拡張) ÷ 対象.

Without words nothing but digits speaks for it: it has to hold exactly on four lines at least, and fail on one.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, permutations
from typing import NamedTuple

from ...formula.grid import Where
from ..read.periods import month_of
from .judge import FITTING, LEAST, Law, judged
from .law import EXACT, RETAINED, ROUNDED, SUM, Case
from .tables import PERCENT, Value, Variable

_LINES = 4
_MOST = 12
_SIGNS = ((1, 1), (1, -1), (1, 1, -1), (1, -1, -1), (1, 1, 1))
_DIGITS = 3


class _Way(NamedTuple):
    """How a column may be worked out: of which others, with which signs; of a share the first is the whole."""

    kind: str
    of: tuple[Variable, ...]
    signs: tuple[int, ...]


def combined(variables: Sequence[Variable], explained: Collection[Where]) -> Iterator[Law]:
    """Yield the laws of columns that no other law explains."""
    own = [each for each in variables if not each.aside]
    if len(own) > _MOST or not own or len(own[0].values) < _LINES + 1:
        return
    for whole in own:
        values = [each for each in whole.values if each is not None]
        if sum(each.where in explained for each in values) >= LEAST or len({each.exact for each in values}) < _LINES:
            continue
        if month_of(whole.label) is not None:
            continue  # no month is what others come to
        others = [each for each in own if each is not whole]
        ways, tried = _shares(others) if whole.kind == PERCENT else _sums(whole, others)
        laws = [law for way in ways if (law := _law(whole, way, tried)) is not None]
        if laws:
            yield max(laws, key=lambda law: (len(law.held), -len(law.failed), -len(law.held[0].cells)))


def _sums(whole: Variable, others: Sequence[Variable]) -> tuple[list[_Way], int]:
    """Return the sums of others that hold on all lines but one, and how many were tried."""
    # What it comes to is after them, or a total before them.
    alike = sorted((each for each in others if each.kind == whole.kind), key=lambda each: each.place)
    before = [(each, _numbers(each)) for each in alike if each.place < whole.place]
    after = [(each, _numbers(each)) for each in alike if each.place > whole.place]
    made, rooms = _numbers(whole), [each.step * 0.6 if each is not None else 0.0 for each in whole.values]
    found = []
    tried = 0
    for signs in _SIGNS:
        for side in (before, after) if -1 not in signs else (before,):
            first = signs.count(1)
            for plus in combinations(range(len(side)), first):
                missing = [out - sum(line) for out, *line in zip(made, *(side[at][1] for at in plus), strict=True)]
                for minus in combinations([at for at in range(len(side)) if at not in plus], len(signs) - first):
                    tried += 1
                    if _fails_once(missing, [side[at][1] for at in minus], made, rooms):
                        found.append(_Way(SUM, tuple(side[at][0] for at in (*plus, *minus)), signs))
    return found, tried


def _numbers(variable: Variable) -> list[float]:
    return [each.number if each is not None else math.nan for each in variable.values]


def _fails_once(
    missing: Sequence[float], less: Sequence[Sequence[float]], made: Sequence[float], rooms: Sequence[float]
) -> bool:
    """Return whether what is missing of each line is what some others take away, on all lines but one; one without a number is none."""
    off = 0
    for at, (each, out, room) in enumerate(zip(missing, made, rooms, strict=True)):
        by = each
        for numbers in less:
            by += numbers[at]
        if abs(by) > room + abs(out - by) * 1e-9:
            off += 1
            if off > 1:
                return False
    return off == 1


def _shares(others: Sequence[Variable]) -> tuple[list[_Way], int]:
    """Return the shares of others' sums, and how many were tried."""
    amounts = [each for each in others if each.kind != PERCENT]
    found = []
    for base in amounts:
        for one, two in permutations([each for each in amounts if each is not base and each.kind == base.kind], 2):
            if one.place < two.place:
                found.append(_Way(RETAINED, (base, one, two), (0, 1, 1)))
            found.append(_Way(RETAINED, (base, one, two), (0, 1, -1)))
    return found, len(found)


def _law(whole: Variable, way: _Way, tried: int) -> Law | None:
    lines = [line for line in zip(whole.values, *(each.values for each in way.of), strict=True) if None not in line]
    if not _may_hold(lines, way):
        return None
    cases = [
        Case(way.kind, result, parts, signs=way.signs)
        for result, *own in lines
        if result is not None
        and (parts := tuple(each for each in own if each is not None))
        and result.number
        and (way.kind == SUM or parts[0].number)
    ]
    law = judged(way.kind, cases, lambda case: case.result.exact, FITTING - 1, tried)
    if law is None or len(law.failed) != 1 or len(cases) != len(law.held) + 1:
        return None
    if way.kind == SUM and (
        _is_rounded(law.failed[0]) or any(each.exact == law.failed[0].result.exact for each in law.failed[0].operands)
    ):
        return None  # or what there is at the end
    telling = [each for each in law.held if all(cell.number for cell in each.cells)]
    sure = [each for each in telling if each.follows() <= (EXACT if way.kind == SUM else ROUNDED)]
    fine = [each for each in sure if each.result.number >= 10 ** (_DIGITS - 1) * each.result.step]
    return law if len(fine) >= _LINES and len(sure) == len(telling) else None


def _is_rounded(case: Case) -> bool:
    """Return whether a sum fails by no more than each of its figures may be rounded."""
    return abs(float(case.exact) - case.result.number) <= len(case.cells) * max(each.step for each in case.cells)


def _may_hold(lines: Sequence[Sequence[Value | None]], way: _Way) -> bool:
    """Return whether no more than one line fails, by far less than what working it out exactly costs."""
    off = 0
    for result, *parts in lines:
        assert result is not None
        made = sum(sign * each.number for sign, each in zip(way.signs, parts, strict=True) if each is not None)
        if way.kind == RETAINED:
            base = parts[0]
            assert base is not None
            made = made / base.number if base.number else 0.0
        if abs(made - result.number) > result.step * 0.6 + abs(made) * 1e-9:
            off += 1
            if off > 1:
                return False
    return off == 1 and len(lines) > _LINES

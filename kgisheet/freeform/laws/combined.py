"""Columns that are worked out of two or three others, whatever these are called: 仕入 = 原価 + 期末 − 期首, NRR = (更新 + 拡張) ÷ 対象.

Without words nothing but digits speaks for it: it has to hold exactly on four lines at least, and fail on one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, permutations
from typing import NamedTuple

from ...formula.grid import Where
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
        others = [each for each in own if each is not whole]
        ways = list(_shares(others) if whole.kind == PERCENT else _sums(whole, others))
        laws = [law for way in ways if (law := _law(whole, way, len(ways))) is not None]
        if laws:
            yield max(laws, key=lambda law: (len(law.held), -len(law.failed), -len(law.held[0].cells)))


def _sums(whole: Variable, others: Sequence[Variable]) -> Iterator[_Way]:
    alike = [each for each in others if each.kind == whole.kind]
    for signs in _SIGNS:
        for of in combinations(alike, len(signs)) if -1 not in signs else permutations(alike, len(signs)):
            # What it comes to is after them, or a total before them.
            last = all(each.place < whole.place for each in of)
            if _is_ordered(of, signs) and (last or (-1 not in signs and all(each.place > whole.place for each in of))):
                yield _Way(SUM, of, signs)


def _is_ordered(of: Sequence[Variable], signs: Sequence[int]) -> bool:
    """Return whether those with one sign are in their order, so that each choice is made once."""
    return all(
        one.place < other.place
        for (one, sign), (other, its) in zip(zip(of, signs, strict=True), list(zip(of, signs, strict=True))[1:], strict=False)
        if sign == its
    )


def _shares(others: Sequence[Variable]) -> Iterator[_Way]:
    amounts = [each for each in others if each.kind != PERCENT]
    for base in amounts:
        for one, two in permutations([each for each in amounts if each is not base and each.kind == base.kind], 2):
            if one.place < two.place:
                yield _Way(RETAINED, (base, one, two), (0, 1, 1))
            yield _Way(RETAINED, (base, one, two), (0, 1, -1))


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

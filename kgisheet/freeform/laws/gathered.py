"""Sums of a list of counts: 延べ合計 of all that is above it, Leads of which website and fairs; and the one figure that is mistyped in them.

In a sum that fails, 1,800 + 240 + 60 for 480, one figure is of another unit, or has its digits in another order: then it is that one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from ...values.regex import regex
from ..read import terms
from .law import ROUNDED, SUM, Case
from .lists import Figure
from .making import Made, are_alike
from .suggested import ALL_NAMES, NAMES, Suggested
from .tables import PERCENT

_SUMMED = regex(r"計(?:$|[(（])|合計|小計|総計|^(?:grand |sub-?)?total\b|\btotal$")
_OF_WHICH, _NOT = terms.of("of_which"), terms.of("price", "mean", "each", "unique", "difference", "so_far")
_WANTED, _GAP, _NEVER = terms.of("wanted"), terms.of("difference"), terms.of("price", "mean", "each", "multiple", "of_which")
_LEAST, _MOST = 2, 12
_UNITS = (10, 100, 1000)


def gathered(figures: Sequence[Figure]) -> Iterator[Made]:
    """Yield the sums that a list has by its labels, and that of all above a figure among which something is taken off."""
    first = 0
    for at, whole in enumerate(figures):
        if whole.kind == PERCENT:
            first = at + 1
            continue
        if _NOT.search(whole.label):
            continue
        above = list(range(max(first, at - _MOST), at))
        less = len(above) > _LEAST and first == 0 and any(figures[each].value.number < 0 for each in above)
        summed = _SUMMED.search(whole.label) is not None
        if summed or less:
            yield from _made(figures, at, above)
        if summed:
            first = at + 1
        below = at + 1
        while below < len(figures) and _OF_WHICH.search(figures[below].label) and figures[below].kind != PERCENT:
            below += 1
        yield from _made(figures, at, list(range(at + 1, below)))


def gaps(figures: Sequence[Figure]) -> Iterator[Made]:
    """Yield what is left of a goal, or short of it, as its label says, as the difference of the two before it: expected, target, gap."""
    for first in range(len(figures) - 2):
        one, two, last = figures[first : first + 3]
        if not _GAP.search(last.label) or any(_NEVER.search(each.label) for each in (one, two, last)):
            continue
        if _WANTED.search(one.label) == _WANTED.search(two.label):
            continue  # what is short of a goal isn't the difference of what there is
        three = (one, two, last)
        alike = all(each.kind != PERCENT for each in three) and all(are_alike(*two) for two in combinations(three, 2))
        if alike and last.value.number > 0:
            less, more = sorted((one, two), key=lambda each: each.value.number)
            case = Case(SUM, more.value, (less.value, last.value), signs=(1, 1))
            if not case.is_made_otherwise:
                yield Made(case, (first, first + 1, first + 2), named=True)


def _made(figures: Sequence[Figure], at: int, parts: Sequence[int]) -> Iterator[Made]:
    own = [figures[each] for each in (at, *parts)]
    if (
        len(parts) < _LEAST
        or not all(are_alike(own[0], each) for each in own[1:])
        or any(_NOT.search(each.label) for each in own)
    ):
        return
    case = Case(SUM, own[0].value, tuple(each.value for each in own[1:]), signs=(1,) * len(parts))
    if not case.is_made_otherwise:
        yield Made(case, tuple(sorted((at, *parts))), named=True)


def suggested(figures: Sequence[Figure]) -> Iterator[Suggested]:
    """Yield the sums that hold, and those that would if one figure, and no other, hadn't been mistyped."""
    for each in gathered(figures):
        if each.case.follows() <= ROUNDED:
            yield Suggested(each.case, NAMES)
            continue
        slips = [cell for cell in each.case.cells if _is_slip(cell.exact, each.case.solved(cell))]
        if len(slips) == 1 and _SUMMED.search(_label(figures, each.case)):
            yield Suggested(each.case._replace(only=slips[0].where, strict=True), ALL_NAMES)


def _label(figures: Sequence[Figure], case: Case) -> str:
    return next(each.label for each in figures if each.value is case.result)


def _is_slip(now: Fraction, meant: Fraction | None) -> bool:
    """Return whether a figure is another one ten or a hundred times, or with its digits in another order."""
    if meant is None or meant <= 0 or now <= 0:
        return False
    turned = now.denominator == meant.denominator == 1 and sorted(str(now)) == sorted(str(meant))
    return max(now / meant, meant / now) in _UNITS or (turned and now != meant)

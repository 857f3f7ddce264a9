"""Steps of a list by their places, a rate between two counts, and which of the three was typed otherwise: 200 of 500, and between them 60 %.

Where the list makes both counts otherwise, the rate is the wrong one; a last count is, where no rate as people type it would make it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ..read import terms
from ..rules.rounding import is_eighth
from .law import EXACT, PRODUCT, ROUNDED, Case
from .lists import Figure
from .making import Made, is_step
from .tables import COUNT, PERCENT

_THREE, _FINEST, _LARGE = 3, 1000, 100
_MARGIN = terms.of("about", "margin", "more")
_DIGITS, _BOTH = 2, 2
"""Digits that a rate has which is typed."""


def steps(figures: Sequence[Figure], ways: Sequence[Made]) -> list[Made]:
    """Return the steps from a count over a rate to the next one in the direction of those that hold; those that don't, where it is one; none where several don't, unless they are around one figure."""
    every = [each for each in ways if each.case.kind == PRODUCT and is_step(figures, each.at)]
    held = [each for each in ways if each.case.follows() <= ROUNDED and (each.at[-1] - each.at[0] < _THREE or each in every)]
    used = {_rate(figures, each) for each in held}
    back = {_goes_back(each.case) for each in every if each in held}
    own = [each for each in every if back == {_goes_back(each.case)}]
    failing = [
        each
        for each in own
        if each not in held
        and _rate(figures, each) not in used
        and not any(_MARGIN.search(figures[at].label) for at in each.at)
    ]
    shared = set[int].intersection(*(set(each.at) for each in failing)) if failing else set()
    if len(failing) <= 1:
        return [each for each in own if each in held or each in failing]
    return [each for each in own if each in held] if shared else []


def steps_by_name(figures: Sequence[Figure], ways: Sequence[Made]) -> list[Made]:
    """Return the steps between two counts that hold exactly, however far apart, by a rate next to one and called as the other: 受注率 of 受注."""
    found = []
    for each in ways:
        rate = _rate(figures, each) if each.case.kind == PRODUCT and each.case.follows() == EXACT else None
        counts = [at for at in each.at if at != rate]
        if rate is None or len(counts) != _BOTH or any(figures[at].kind != COUNT for at in counts):
            continue
        if any(abs(one - rate) == 1 and figures[rate].names & figures[other].names for one, other in (counts, counts[::-1])):
            found.append(each)
    return found


def without_pairs(figures: Sequence[Figure], ways: Sequence[Made]) -> list[Made]:
    """Return the ways without those of a rate and two counts that have a rate of their own between them: 60 % is that one's by chance."""
    placed = steps(figures, ways)
    pairs = [_counts(figures, each) for each in placed if each.case.follows() <= ROUNDED]
    return [each for each in ways if each in placed or not _is_of_rate(each.case) or _counts(figures, each) not in pairs]


def confirms(way: Made, placed: Sequence[Made]) -> bool:
    """Return whether a way that holds is more than chance: a step by place, or one without a rate; exact, or of many digits."""
    case = way.case
    sure = case.follows() == EXACT or abs(case.result.number) >= _LARGE * case.result.step
    return sure and (way in placed or not _is_of_rate(case))


def _is_of_rate(case: Case) -> bool:
    return any(each.kind == PERCENT for each in case.operands)


def _rate(figures: Sequence[Figure], way: Made) -> int | None:
    return next((each for each in way.at if figures[each].kind == PERCENT), None)


def rates_in_use(figures: Sequence[Figure], placed: Sequence[Made]) -> set[int]:
    """Return the rates of the steps that hold: none of them is a growth, or a margin."""
    return {at for each in placed if each.case.follows() <= ROUNDED and (at := _rate(figures, each)) is not None}


def _counts(figures: Sequence[Figure], way: Made) -> set[int]:
    return {each for each in way.at if figures[each].kind != PERCENT}


def _goes_back(case: Case) -> bool:
    return case.result.at < case.operands[0].at


def is_typed(rate: Fraction, figures: Sequence[Figure]) -> bool:
    """Return whether a rate is such as people type it into a list: 25 %, 2.5 %, or as fine as the others are."""
    if not 0 < rate <= 1 or (rate * _FINEST).denominator != 1:
        return False
    if is_eighth(rate):
        return True
    finest = max((each.value.digits for each in figures if each.kind == PERCENT and each.value.exact != rate), default=0)
    return len(str(int(rate * _FINEST)).strip("0")) <= min(max(_DIGITS, finest), _THREE)


def stands(figures: Sequence[Figure], way: Made, at: int, other: int, made: Sequence[Made]) -> bool:
    """Return whether no figure as people type it would do for another one of a step: a rate of 2.78 %, a last count of 166.7."""
    meant = way.case.solved(figures[other].value)
    if meant is None or meant <= 0:
        return True
    if figures[other].kind == PERCENT:
        return not is_typed(meant, figures)
    exact = all(each.case.follows() == EXACT for each in made if each.case.follows() <= ROUNDED)
    odd = (exact and meant.denominator != 1) or not is_typed(figures[at].value.exact, figures)
    return other in (0, len(figures) - 1) and odd

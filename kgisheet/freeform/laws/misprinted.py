"""Relations that names or places suggest, and that fail by one figure that is mistyped: 3,500 − 2,980 are 520, and not 250; 66 at 16,500 each aren't 10,890,000.

A gap below a goal and what is expected is often of something else than the difference of the two, and not each rate is that of the
counts around it. Where a figure is what they make but for two digits exchanged or a nought too many, it is a slip: by chance that is so
once in a hundred times.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Container, Iterator, Sequence
from fractions import Fraction

from ...formula.grid import Where
from ..read import terms
from .judge import Law
from .law import OFF, PRODUCT, Case
from .list_ways import ways_in
from .lists import Figure
from .suggested import PLACE, Suggested, is_a_digit_off
from .tables import MONEY, PERCENT, Tables, Value

_LEAST, _NOUGHTS = 1000, (10,)
_ABOUT = terms.of("about")


def misprinted(
    tables: Tables, lists: Sequence[Sequence[Figure]], named: Sequence[Law], found: Sequence[Suggested], sound: set[Where]
) -> Iterator[Law]:
    """Yield what fails by one figure, which nothing confirms or explains and is what it should be but for a slip."""
    held = {where for each in found if each.holds for where in each.case.places}
    near = {each.case.places for each in found if each.case.follows() != OFF}
    by_names = [case for law in named for case in law.failed]
    by_places = [
        each.case for each in found if each.level == PLACE and each.case.follows() == OFF and each.case.places not in near
    ]
    used = tables.cells.references.used
    slips: dict[Where, Case] = {}

    @functools.cache
    def explained() -> frozenset[Where]:
        """Return what follows from others of its list in some way: asked for once something may be mistyped."""
        return frozenset(figures[at].value.where for figures in lists for at in ways_in(tables, figures).explained).union(used)

    for case in by_names:
        at = _slip(case, held | sound, _is_slip, explained)
        if at is not None:
            slips.setdefault(at, case)
    if not slips:
        for case in by_places:
            at = _slip(case, held, _is_sure_slip, explained)
            if at is not None and any(_hangs_together(figures, at, explained()) for figures in lists):
                slips.setdefault(at, case)
    if len(slips) == 1:
        ((at, case),) = slips.items()
        yield Law(case.kind, (), (case._replace(only=at, strict=True),))


def _hangs_together(figures: Sequence[Figure], where: Where, explained: Container[Where]) -> bool:
    """Return whether the list of a figure follows from itself but for that one, and its rate or price: no list of assumptions does."""
    own = [each.value.where for each in figures]
    return where in own and len(own) > _SHORT and sum(each not in explained for each in own) <= max(_FEW, len(own) // _THIRD)


_SHORT, _FEW, _THIRD = 4, 2, 3


def _slip(
    case: Case, held: Container[Where], is_slip: Callable[[Value, Case], bool], explained: Callable[[], frozenset[Where]]
) -> Where | None:
    """Return the one figure of a case that may be mistyped; an amount sooner than the price that makes it."""
    if case.follows() != OFF or any(_ABOUT.search(each.spot.flat) for each in case.cells):
        return None
    slips = [each for each in case.cells if each.where not in held and is_slip(each, case)]
    slips = [each for each in slips if each.where not in explained()] if slips else []
    if len(slips) > 1 and case.kind == PRODUCT and case.result in slips and case.result.kind == MONEY:
        slips = [case.result]
    return slips[0].where if len(slips) == 1 and not slips[0].uses else None


def _is_slip(value: Value, case: Case) -> bool:
    """Return whether a count or an amount is what the case makes of it, mistyped: a digit otherwise is little where there are but three."""
    meant = _meant(value, case)
    if meant is None:
        return False
    now, wanted = _plain(value.exact), _plain(meant)
    if now == wanted:
        return max(value.exact / meant, meant / value.exact) in _NOUGHTS
    return sorted(str(now)) == sorted(str(wanted)) or (min(now, wanted) >= _LEAST and is_a_digit_off(now, wanted))


def _is_sure_slip(value: Value, case: Case) -> bool:
    """Return whether a figure of two digits or more has a nought too many, or is of three and has two of them exchanged."""
    meant = _meant(value, case)
    if meant is None or any(each.exact == value.exact for each in case.cells if each is not value):
        return False
    now, wanted = _plain(value.exact), _plain(meant)
    if now == wanted:
        return wanted >= _TWO_DIGITS and max(value.exact / meant, meant / value.exact) in _NOUGHTS
    return wanted >= _THREE_DIGITS and sorted(str(now)) == sorted(str(wanted))


_TWO_DIGITS, _THREE_DIGITS = 10, 100


def _meant(value: Value, case: Case) -> Fraction | None:
    """Return what a case makes of a count or an amount, where it could be typed so in its place."""
    meant = case.solved(value)
    if value.kind == PERCENT or meant is None or meant.denominator != 1 or meant < 1 or value.exact < 1:
        return None
    step = Fraction(value.step).limit_denominator(10**6)
    return meant if step and (meant / step).denominator == 1 else None


def _plain(number: Fraction) -> Fraction:
    """Return a number without the noughts at its end: 4,200,000 has the digits of 42."""
    while number.denominator == 1 and number and number % 10 == 0:
        number /= 10
    return number

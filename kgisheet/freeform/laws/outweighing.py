"""When what agrees on another figure outweighs what explains it as it is: two ways that have nothing in common, against chance or a step turned round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from ...values.regex import regex
from .law import ABOUT, BACK, PRODUCT, ROUNDED, SUM, Case
from .lists import Figure
from .making import CLOSE, Made, is_after_its_count, is_near, is_step
from .tables import PERCENT


def fails(case: Case) -> bool:
    return case.follows() > (BACK if case.strict else ABOUT)


def strictly(case: Case) -> Case:
    """Return a case by which its figure has to be exactly so, where it is within the roundings of all the others: 360 of 6 each for 2,400."""
    return case if case.follows() > ABOUT else case._replace(strict=True)


def outweighs(
    figures: Sequence[Figure], ways: Sequence[Made], every: Sequence[Made], turned: tuple[int, ...] | None, at: int
) -> bool:
    """Return whether two independent ways say more than what explains a figure: chance further off, a rate's rest, a step turned round."""
    near = [
        each
        for each in ways
        if each.named
        or each.case.kind == SUM
        or each.at[-1] - each.at[0] <= CLOSE
        or (each.case.result is figures[at].value and is_after_its_count(figures, each, at))
    ]
    if not are_independent(figures, near, at) or not any(_is_next_to(each) for each in near):
        return False
    if turned is not None:
        return any(each.at == turned for each in near)
    explaining = {each.at for each in every if at in each.at and each.case.follows() <= ROUNDED and is_near(figures, each, at)}
    return len(explaining) <= 1


def _is_next_to(way: Made) -> bool:
    return way.named or way.case.kind == SUM or way.at[-1] - way.at[0] < CLOSE


def without_rivals(found: Sequence[tuple[int, list[Made]]]) -> Iterator[tuple[int, list[Made]]]:
    """Yield the figures that ways agree on, without those of which a way is another figure's, too, for which more labels speak."""
    for at, own in found:
        called = sum(each.named for each in own)
        rivals = (ways for other, ways in found if other != at and {each.at for each in own} & {each.at for each in ways})
        if not any(sum(each.named for each in ways) > called for ways in rivals):
            yield at, own


def one_step(figures: Sequence[Figure], ways: Sequence[Made], at: int) -> tuple[int, ...] | None:
    """Return the one step that a figure follows from, where it follows from nothing else: it may be the step turned round."""
    held = {each.at for each in ways if at in each.at and each.case.follows() <= ROUNDED and is_near(figures, each, at)}
    step = next((each for each in held if is_step(figures, each)), None)
    return step if step is not None and all(step[1] in each for each in held) else None


def turned_round(figures: Sequence[Figure], step: tuple[int, ...] | None, at: int) -> Iterator[Made]:
    """Yield the step of a figure the other way round: 4,800 ÷ 40 %, where it is 40 % of 4,800."""
    first, rate, last = step or (at, at, at)
    other = first if at == last else last
    if step is not None and at != rate:
        for one, of in ((at, other), (other, at)):
            case = Case(PRODUCT, figures[one].value, (figures[of].value, figures[rate].value))
            if fails(case):
                yield Made(case, step)


def are_independent(figures: Sequence[Figure], ways: Sequence[Made], at: int) -> bool:
    """Return whether two of some ways, a product at least or a sum by its labels, have no other figure in common."""
    return any(
        not (set(one.at) & set(other.at)) - {at} and _is_sound(figures, one, other) and _is_sound(figures, other, one)
        for one, other in combinations(ways, 2)
    )


def _is_sound(figures: Sequence[Figure], one: Made, other: Made) -> bool:
    """Return whether a way is more than a sum by chance beside another one: by its labels, or with a step, or a price and how many."""
    if one.case.kind != SUM or one.named or other.named:
        return True
    if other.case.kind == SUM:
        return _are_of_one_name(figures, one, other)
    whole, *parts = one.at
    are_parts = [_PART.search(figures[each].label) is not None for each in one.at]
    of_parts = parts[-1] - whole == len(parts) and are_parts == [False, *[True] * len(parts)]
    priced = other.case.kind == PRODUCT and all(figures[each].kind != PERCENT for each in other.at)
    return of_parts or priced or is_step(figures, other.at)


_PART = regex(r"^(?:\.{2,}|…|[-–・└├]|of which\b|from\b|うち|内)")


def _are_of_one_name(figures: Sequence[Figure], *ways: Made) -> bool:
    """Return whether all figures of some ways are called alike: churned ARR, retained ARR, expansion ARR, ending ARR."""
    return bool(frozenset.intersection(*(figures[each].names for way in ways for each in way.at)))

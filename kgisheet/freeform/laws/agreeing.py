"""A figure of a list that follows from nothing, where others agree on another one: 300 × 14 and 88,200 ÷ 21 are 4,200, and not 2,400.

In a list of single figures nearly each follows from two that are near it. One that doesn't, and that two pairs of others make
the same other figure, is wrong, whatever it is called. It is a matter of chance: so all that may explain a figure does.
"""

from __future__ import annotations

import math
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from typing import NamedTuple

from ...formula.grid import Where
from ..read import terms
from .judge import Law
from .law import GROWN, MULTIPLE, OFF, PRODUCT, ROUNDED, SUM, Case
from .lists import Figure
from .said import RATE, RATES, numbers
from .suggested import is_a_digit_off
from .tables import MONEY, PERCENT, Tables, Value
from .yearly import are_month_and_year

_FEWEST, _MOST = 5, 40
_NEAR, _CLOSE, _PRICED = 4, 3, 5
_MONTHS = 12
_NOT_ADDED = terms.of("price", "each", "mean")
_PRICE = terms.of("price", "each", "mean")
_NUMBER, _BRACKETS = re.compile(r"\d+(?:\.\d+)?"), re.compile(r"[(（]([^()（）]*)[)）]")
_USUAL = {Fraction(each) for each in (3, 4, 6, 12, 20, 22, 48, 50, 52, 220, 240, 250)} | {Fraction(11, 10), Fraction(108, 100)}
"""Quarters, months, weeks and days of a year or a month, and taxes, by which a figure is another one without a word of it."""

_BARE_MONTH = re.compile(r"^(?:=|that is |so |i\.e\. )?(?:(?:per|a|each) month|monthly|/ ?month|月あたり|月当たり|1[かヶケ]月あたり|毎月|月)(?:\(.*\))?$")
_MORE_OR_LESS = terms.of("margin", "more", "discount", "growth", "grows", "gone", "tax")
_OF_MONTH = terms.of("per_month")
_OF_TIME = terms.of("per_year", "all_year", "per_half", "per_quarter", "per_month", "per_week", "per_day", "tax")
_UNITS = tuple(Fraction(each) ** sign for each in (1000, 10_000, 1_000_000) for sign in (1, -1))
_PER_CENT = {Fraction(100), Fraction(1, 100)}
"""By what a product may be off where one of its figures is of another unit, or per cent."""


_Pair = tuple[int, int]


class _Made(NamedTuple):
    """A way in which some figures of a list may make one another, and which these are."""

    case: Case
    at: tuple[int, ...]
    sure: bool = True
    """It explains its figures where it holds."""


def agreeing(tables: Tables, every: Sequence[Sequence[Figure]]) -> Iterator[Law]:
    """Yield relations that fail by one figure of a list, which follows from nothing, and want exactly the same of it."""
    used = tables.cells.references.used
    for figures in every:
        if _FEWEST <= len(figures) <= _MOST and all(each.value.number for each in figures):
            yield from _of_list(tables, figures, used)


def _of_list(tables: Tables, figures: Sequence[Figure], used: Container[Where]) -> Iterator[Law]:
    ways = list(_ways(figures))
    by_number = list(_by_numbers(tables, figures))
    explained = _explained(figures, ways, by_number)
    for at, figure in enumerate(figures):
        if at in explained or figure.value.uses or figure.value.where in used:
            continue
        wanted: dict[Fraction, list[_Made]] = {}
        for each in ways:
            made = each.case.solved(figure.value) if at in each.at and _is_near(figures, each, at) else None
            for meant in _as_typed(figure.value, made) if made is not None and made > 0 else ():
                if not _is_there(figures, each, at, meant):
                    wanted.setdefault(meant, []).append(each)
        now = figure.value.exact
        wanted = {
            meant: own
            for meant, own in wanted.items()
            if _is_slip(now, meant) or any(_is_turned(each.case, now, meant) for each in own)
        }
        agreed = [own for own in wanted.values() if _are_independent(own, at)]
        if len(agreed) == 1:
            yield Law(PRODUCT, (), tuple(each.case._replace(only=figure.value.where) for each in agreed[0]))
        elif not agreed and len(explained) >= len(figures) - 1 - len(figures) // _FEWEST:
            others = {other for pair in by_number if at not in pair and _is_of_time(figures, pair) for other in pair}
            yield from _alone(figures, ways, wanted, at, others)


def _is_of_time(figures: Sequence[Figure], pair: _Pair) -> bool:
    """Return whether one of two figures is the other's twelfth, and says that it is a month's."""
    one, other = (figures[each].value for each in pair)
    return any(_OF_MONTH.search(figures[each].label) for each in pair) and any(
        Case(MULTIPLE, year, (month,), Fraction(_MONTHS)).follows() <= ROUNDED for year, month in ((one, other), (other, one))
    )


def _alone(
    figures: Sequence[Figure],
    ways: Sequence[_Made],
    wanted: Mapping[Fraction, Sequence[_Made]],
    at: int,
    by_number: Container[int],
) -> Iterator[Law]:
    """Yield the one way in which a figure would follow from those next to it, were a digit of it another one.

    All others follow from one another, those two from others than it.
    """
    value = figures[at].value
    step = Fraction(value.step).limit_denominator(10**6)
    if any(at in each.at and each.case.follows() <= ROUNDED for each in ways):
        return  # of one further away
    found = [
        each
        for meant, own in wanted.items()
        for each in own
        if each.case.follows() == OFF
        and meant / step >= _LEAST
        and (
            is_a_digit_off(value.exact / step, meant / step)
            or max(meant / value.exact, value.exact / meant) in _SLIPS[:-1]
            or _is_turned(each.case, value.exact, meant)
        )
        and each.at[-1] - each.at[0] < _CLOSE
        and (each.case.kind != SUM or _is_named_sum(figures, each))
    ]
    if len(found) != 1:
        return
    confirmed = []
    for other in found[0].at:
        own = [each for each in ways if other in each.at and at not in each.at and _is_near(figures, each, other)]
        held = [each for each in own if each.case.follows() <= ROUNDED]
        if other != at and not held and other not in by_number and not _is_end(figures, found[0].case, other, at):
            return
        confirmed += held[:1] if other != at else []
    yield Law(PRODUCT, (), (found[0].case._replace(only=value.where),))
    yield from (Law(each.case.kind, (each.case,), ()) for each in confirmed)


def _is_named_sum(figures: Sequence[Figure], way: _Made) -> bool:
    """Return whether a whole is called as both of its parts are, and these more: jobs, repeat jobs, new jobs."""
    whole = next(figures[each] for each in way.at if figures[each].value is way.case.result)
    return bool(whole.names) and all(whole.names < figures[each].names for each in way.at if figures[each] is not whole)


def _is_end(figures: Sequence[Figure], case: Case, end: int, at: int) -> bool:
    """Return whether a figure begins or ends a list, and is no digit off itself: nothing else can explain it."""
    if 0 < end < len(figures) - 1:
        return False
    value, meant = figures[end].value, case.solved(figures[end].value)
    if meant is None or meant <= 0 or figures[at].value.number > case.result.number > 0 == (case.result is figures[at].value):
        return True  # one costs more than all of them
    step = Fraction(value.step).limit_denominator(10**6)
    times = max(meant / value.exact, value.exact / meant)
    return times not in _SLIPS and not is_a_digit_off(value.exact / step, meant / step)


def _is_near(figures: Sequence[Figure], way: _Made, at: int) -> bool:
    """Return whether figures are next to each other; a price may be further from what it is of."""
    apart = way.at[-1] - way.at[0]
    if any(figures[each].kind == PERCENT for each in way.at):
        return apart < _CLOSE or (apart == _CLOSE and figures[at].kind != PERCENT)
    return apart <= (_PRICED if _PRICE.search(figures[at].label) else _CLOSE)


def _is_there(figures: Sequence[Figure], way: _Made, at: int, made: Fraction) -> bool:
    """Return whether another figure near the others is what they make: they aren't of this one."""
    others = [each for each in way.at if each != at]
    return any(
        each.value.exact == made and max(*others, place) - min(*others, place) <= _PRICED
        for place, each in enumerate(figures)
        if place not in way.at
    )


def _are_independent(ways: Sequence[_Made], at: int) -> bool:
    """Return whether two of some ways, a product at least, have no other figure in common."""
    return any(
        not (set(one.at) & set(other.at)) - {at} and (one.case.kind, other.case.kind) != (SUM, SUM)
        for one, other in combinations(ways, 2)
    )


def _as_typed(value: Value, made: Fraction) -> Iterator[Fraction]:
    """Yield what people type in a figure's place for what is made: as it is, or a count rounded, up too."""
    step = Fraction(value.step).limit_denominator(10**6)
    if not step:
        return
    if (made / step).denominator == 1:
        yield made
    elif step == 1 and made > _LARGE:
        yield from {Fraction(math.ceil(made)), Fraction(round(made))}


def _is_slip(now: Fraction, meant: Fraction) -> bool:
    """Return whether a figure is off by so much as one that was mistyped, or changed later, is."""
    times = max(meant / now, now / meant)
    return meant != now and (times <= _TIMES or times in _SLIPS or sorted(str(meant)) == sorted(str(now)))


def _is_turned(case: Case, now: Fraction, meant: Fraction) -> bool:
    """Return whether a figure was multiplied by a rate instead of divided by it, or the other way round."""
    rates = [each.exact for each in case.operands if each.kind == PERCENT] if case.kind == PRODUCT else [case.by]
    by = rates[0] if rates and case.kind in (PRODUCT, MULTIPLE) else Fraction(1)
    return by != 1 and abs(max(now / meant, meant / now) * min(by, 1 / by) ** 2 - 1) < _NEARLY


_NEARLY = Fraction(1, 50)
_LARGE, _LEAST = 20, 10
_TIMES, _SLIPS = 3, (10, 100, 1000, 10_000, 1_000_000, 12)
"""By how much: so many times at most, or another unit, or a month for a year."""


# -- what a figure may be made of ------------------------------------------------------------


def _ways(figures: Sequence[Figure]) -> Iterator[_Made]:
    """Yield what each three figures near each other may be, whichever follows from the others."""
    for at in combinations(range(len(figures)), 3):
        if at[2] - at[0] > _PRICED and min(at[1] - at[0], at[2] - at[1]) > 1:
            continue
        three = [figures[each] for each in at]
        yield from (_Made(case, at) for case in _products(three))
        if at[2] - at[0] == 2:
            yield from (_Made(case, at) for case in _sums(three))
    for one, other in pairwise(range(len(figures))):
        if _BARE_MONTH.match(figures[other].label) and _are_alike(figures[one], figures[other]):
            yield _Made(Case(MULTIPLE, figures[one].value, (figures[other].value,), Fraction(_MONTHS)), (one, other))
        for month, year in ((one, other), (other, one)):
            if are_month_and_year(figures[month].label, figures[year].label):
                yield _Made(Case(MULTIPLE, figures[year].value, (figures[month].value,), Fraction(_MONTHS)), (one, other))
    yield from _said_ways(figures)


def _said_ways(figures: Sequence[Figure]) -> Iterator[_Made]:
    """Yield what each two figures one after another may be by a number that the label of the second says, in the direction of most.

    40 quotes, one in three gives an order: 120 visits; 10件に3件が商談; (4 for each deal).
    """
    ways: tuple[list[_Made], list[_Made]] = ([], [])
    for one, other in pairwise(range(len(figures))):
        before, after = figures[one], figures[other]
        if PERCENT in (before.kind, after.kind) or not _are_alike(before, after):
            continue
        for by in _rates_of(after.label):
            ways[0].append(_Made(Case(MULTIPLE, before.value, (after.value,), by), (one, other)))
            ways[1].append(_Made(Case(MULTIPLE, after.value, (before.value,), by), (one, other)))
        for by in _in_brackets(after.label):
            yield _Made(Case(MULTIPLE, before.value, (after.value,), by), (one, other))
            yield _Made(Case(MULTIPLE, after.value, (before.value,), by), (one, other))
            yield _Made(Case(MULTIPLE, after.value, (before.value,), 1 / by), (one, other))
    back, on = (sum(each.case.follows() <= ROUNDED for each in way) for way in ways)
    for way, is_so in zip(ways, (back >= on, on >= back), strict=True):
        # Where one goes on and another one back, neither proves anything.
        yield from (each._replace(sure=back != on) for each in way) if is_so and (back or on) else ()


def _rates_of(text: str) -> list[Fraction]:
    return [each.value for each in numbers(text) if each.kind == RATE and each.value != 1]


def _in_brackets(text: str) -> list[Fraction]:
    """Return the numbers in a label's brackets that are no rates: (50 weeks), （月20日）."""
    return [
        Fraction(each)
        for part in _BRACKETS.findall(text)
        for each in _NUMBER.findall(RATES.sub(" ", part))
        if Fraction(each) > 1
    ]


def _products(three: Sequence[Figure]) -> Iterator[Case]:
    rates = [each for each in three if each.kind == PERCENT]
    if len(rates) > 1:
        return
    for result in three:
        one, two = (each for each in three if each is not result)
        if result.kind == PERCENT:
            continue
        if rates:
            rate, of = (one, two) if one.kind == PERCENT else (two, one)
            if _are_alike(of, result) and rate.value.exact != 1:
                yield Case(PRODUCT, result.value, (of.value, rate.value))
                if _MORE_OR_LESS.search(rate.label) and three[1] is rate:
                    sign = 1 if result.value.number > of.value.number else -1
                    yield Case(GROWN, result.value, (of.value, rate.value), Fraction(sign))
        elif not one.kind == two.kind == MONEY and (result.kind == MONEY or MONEY not in (one.kind, two.kind)):
            yield Case(PRODUCT, result.value, (one.value, two.value))


def _are_alike(one: Figure, other: Figure) -> bool:
    """Return whether two figures may be of one kind: an amount, and one whose label says neither that nor what is counted."""
    return one.kind == other.kind or not any(each.kind != MONEY and each.value.counted for each in (one, other))


def _sums(three: Sequence[Figure]) -> Iterator[Case]:
    if len({each.kind for each in three}) > 1 or any(each.kind == PERCENT or _NOT_ADDED.search(each.label) for each in three):
        return
    for result in three:
        one, two = (each.value for each in three if each is not result)
        yield Case(SUM, result.value, (one, two), signs=(1, 1))


# -- what explains a figure ------------------------------------------------------------------


def _explained(figures: Sequence[Figure], ways: Sequence[_Made], by_number: Sequence[_Pair]) -> set[int]:
    """Return which figures follow from others in some way, be it by chance."""
    return {
        *(at for each in ways for at in each.at if each.sure and _is_near(figures, each, at) and _holds(figures, each)),
        *(at for pair in by_number for at in pair),
        *_by_sums(figures),
    }


def _holds(figures: Sequence[Figure], way: _Made) -> bool:
    own = [figures[each] for each in way.at]
    scales = {Fraction(1)}
    if way.case.kind == PRODUCT and any(each.kind == MONEY and not _is_in_yen(each) for each in own):
        scales |= set(_UNITS)
    if way.case.kind == PRODUCT and any("%" in each.label and each.kind != PERCENT for each in own):
        scales |= _PER_CENT
    return any(way.case._replace(by=way.case.by * each).follows() <= ROUNDED for each in scales)


def _is_in_yen(figure: Figure) -> bool:
    """Return whether a figure's label says in how many yen it is: so its products need no other unit."""
    return _YEN.search(figure.label) is not None and figure.value.kind == MONEY


_YEN = re.compile(r"円")


def _by_numbers(tables: Tables, figures: Sequence[Figure]) -> Iterator[_Pair]:
    """Yield which two figures follow from one another by a number that a text on the line says, or by a rate of the list, more or less."""
    for at, one in enumerate(figures):
        rates = [each.value.exact for each in figures[max(0, at - 2) : at + 3] if each.kind == PERCENT]
        more = [number for each in rates for number in (1 + each, 1 - each)]
        row, col = one.value.at
        texts = [one.label, *(spot.text for (line, place), spot in tables.texts.items() if line == row and place > col)]
        plain = [RATES.sub(" ", one.label), *texts[1:]]  # rates in labels lead in one direction
        said = {Fraction(each) for text in plain for each in _NUMBER.findall(text)}
        own = [*(Fraction(each) for each in _NUMBER.findall(plain[0])), *_rates_of(one.label)]
        both = [number for a, b in combinations(own, 2) if a and b for number in (a * b, a / b, b / a)]
        any_of = [each for each in (*said, *both, *(number / 100 for number in said), *more) if each not in (0, 1)]
        for place, other in enumerate(figures):
            is_of_time = _OF_TIME.search(one.label)
            if place == at or PERCENT in (one.kind, other.kind) or not (is_of_time or abs(place - at) <= _NEAR):
                continue
            usual = _USUAL if is_of_time or _OF_TIME.search(other.label) else ()
            if any(
                Case(MULTIPLE, result.value, (of.value,), number).follows() <= ROUNDED
                for number in (*any_of, *usual)
                for result, of in ((one, other), (other, one))
            ):
                yield at, place


def _by_sums(figures: Sequence[Figure]) -> Iterator[int]:
    """Yield the figures that are one after another and add up to one before or after them, to their roundings."""
    for first in range(len(figures)):
        added = 0.0
        for last in range(first, len(figures)):
            if figures[last].kind == PERCENT:
                break
            added += figures[last].value.number
            many = last - first + 1
            for whole in (first - 1, last + 1) if many > 1 else ():
                if (
                    0 <= whole < len(figures)
                    and abs(figures[whole].value.number - added) <= many / 2 * figures[whole].value.step
                ):
                    yield from (*range(first, last + 1), whole)

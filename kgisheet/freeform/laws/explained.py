"""Which figures of a list others explain, be it by chance: with them nothing is wrong."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, pairwise

from ...values.regex import regex
from ..read import terms
from .by_words import by_words
from .law import EXACT, MULTIPLE, PRODUCT, ROUNDED, SUM, Case
from .lists import Figure
from .making import CLOSE, MORE_OR_LESS, NUMBER, Made, is_near, rates_of
from .monthly import parts_of
from .said import RATES
from .tables import MONEY, PERCENT, Tables, Value
from .yearly import is_of_month

_NEAR = 4
_USUAL = [
    (terms.of("per_half"), (2,)),
    (terms.of("per_quarter"), (4,)),
    (terms.of("per_month"), (3, 6, 12)),
    (terms.of("per_week"), (4, 13, 48, 50, 52)),
    (terms.of("per_day"), (5, 20, 22, 220, 240, 250)),
    (terms.of("tax"), (Fraction(11, 10), Fraction(108, 100))),
]
"""By how many of a period a figure is the year's, or the month's, without a word of it; and with which tax."""

_OF_YEAR = terms.of("per_year", "all_year")
_UNITS = tuple(Fraction(each) ** sign for each in (1000, 10_000, 1_000_000) for sign in (1, -1))
_PER_CENT = {Fraction(100), Fraction(1, 100)}
"""By what a product may be off where one of its figures is of another unit, or per cent."""

Pair = tuple[int, int]
"""Two figures of a list, by their places in it."""


def explained(figures: Sequence[Figure], ways: Sequence[Made], by_number: Sequence[Pair]) -> set[int]:
    """Return which figures follow from others in some way, be it by chance."""
    return {
        *(at for each in ways for at in each.at if each.sure and is_near(figures, each, at) and _holds(figures, each)),
        *(at for pair in by_number for at in pair),
        *_by_sums(figures),
        *_by_prices(figures, ways),
        *_by_more(figures),
        *_by_reciprocals(figures),
        *_by_periods(figures),
        *by_words(figures),
    }


def surely(figures: Sequence[Figure], ways: Sequence[Made], by_number: Sequence[Pair]) -> set[int]:
    """Return which figures follow from others one after another, by numbers that are said or as their labels say: hardly by chance."""
    near = [each for each in ways if each.named or each.case.kind == SUM or each.at[-1] - each.at[0] < CLOSE]
    return {
        *(at for each in near for at in each.at if each.sure and is_near(figures, each, at) and _holds(figures, each)),
        *_by_sums(figures),
        *_by_prices(figures, ways),
        *_by_three(figures),
        *_by_reciprocals(figures),
        *_by_periods(figures),
        *by_words(figures),
        *(at for pair in by_number for at in pair),
    }


def _by_reciprocals(figures: Sequence[Figure]) -> Iterator[int]:
    """Yield a rate and a number of periods that are one another's: 2 % leave in a month, so they stay for 50."""
    rates = [at for at, each in enumerate(figures) if each.kind == PERCENT and each.value.number]
    for at, each in enumerate(figures):
        for rate in rates if each.kind != PERCENT else ():
            if abs(at - rate) <= _NEAR and figures[rate].value.exact * each.value.exact == 1:
                yield from (at, rate)


def _by_periods(figures: Sequence[Figure]) -> Iterator[int]:
    """Yield figures of a month and the ones next to them that are all by the same number of months: a short year has nine."""
    pairs: dict[Fraction, list[Pair]] = {}
    for at, (one, other) in enumerate(pairwise(figures)):
        if one.kind == other.kind != PERCENT and one.names & other.names and is_of_month(one.label) != is_of_month(other.label):
            month, whole = (one, other) if is_of_month(one.label) else (other, one)
            if month.value.exact and (times := whole.value.exact / month.value.exact).denominator == 1 < times <= _MONTHS:
                pairs.setdefault(times, []).append((at, at + 1))
    yield from (at for own in pairs.values() if len(own) > 1 for pair in own for at in pair)


_MONTHS = 12


def _by_more(figures: Sequence[Figure]) -> Iterator[int]:
    """Yield two figures near each other that add up to a third: all − done = left; and the products of three."""
    yield from _by_three(figures)
    for some in _near(figures, _THREE):
        values = [figures[each].value.exact for each in some]
        if len({figures[each].kind for each in some}) == 1 and any(2 * each == sum(values) for each in values):
            yield from some


def _by_three(figures: Sequence[Figure]) -> Iterator[int]:
    """Yield three figures near each other that are a fourth multiplied: days × people × visits."""
    for some in _near(figures, _THREE + 1):
        values = [figures[each].value.exact for each in some]
        if any(each * each == math.prod(values) for each in values):
            yield from some


def _near(figures: Sequence[Figure], many: int) -> Iterator[tuple[int, ...]]:
    """Yield each so many figures of a window of a list, but for rates, and what is one figure by another by its name: CAC payback."""
    counts = [at for at, each in enumerate(figures) if each.kind != PERCENT and not _BY_ANOTHER.search(each.label)]
    for first, at in enumerate(counts):
        near = [each for each in counts[first + 1 : first + _WINDOW] if each - at < _WINDOW + 1]
        yield from ((at, *some) for some in combinations(near, many - 1))


_BY_ANOTHER = terms.of("payback", "ratio_of_two")
_WINDOW, _THREE = 5, 3


def _by_prices(figures: Sequence[Figure], ways: Sequence[Made]) -> Iterator[int]:
    """Yield a price and the amount next to it that are one another by a count of the list, however far away it is."""
    for each in ways:
        amounts = [at for at in each.at if figures[at].kind == MONEY]
        if each.case.kind == PRODUCT and len(amounts) > 1 and amounts[-1] - amounts[0] == 1 and each.case.follows() == EXACT:
            yield from amounts


def _holds(figures: Sequence[Figure], way: Made) -> bool:
    own = [figures[each] for each in way.at]
    scales = {Fraction(1)}
    of_rate = any(each.kind == PERCENT for each in own)
    mixed = of_rate and len({each.kind for each in own}) > len((MONEY, PERCENT))
    if way.case.kind == PRODUCT and (mixed or any(each.kind == MONEY and not _is_in_yen(each) for each in own)):
        scales |= set(_UNITS)
    if way.case.kind == PRODUCT and any("%" in each.label and each.kind != PERCENT for each in own):
        scales |= _PER_CENT
    return any(way.case._replace(by=way.case.by * each).follows() <= ROUNDED for each in scales)


def _is_in_yen(figure: Figure) -> bool:
    """Return whether a figure's label says in how many yen it is, or its format in what currency: so its products need no other unit."""
    if figure.value.kind != MONEY:
        return False
    return _YEN.search(figure.label) is not None or (
        _SIGN.search(figure.value.spot.format) is not None and not _THOUSANDS.search(figure.label)
    )


_YEN, _SIGN = regex(r"円"), regex(r"[$€£¥]")
_THOUSANDS = regex(r"\b[kmb]\b|[$€£¥] ?[kmb]\b|000|thousand|million|千|万|億|mn\b")


def by_numbers(tables: Tables, figures: Sequence[Figure], taken: Container[int]) -> Iterator[tuple[Pair, bool]]:
    """Yield which two figures follow from one another by a number, and whether a text on the line says it, or the names that one is a month's.

    Otherwise they follow by so much more or less, by a rate of the list that isn't taken already, or by their periods alone.
    """
    for at, one in enumerate(figures):
        of_time = bool(usual(one.label)) or _OF_YEAR.search(one.label)
        near = range(max(0, at - 2), min(len(figures), at + 3))
        rates = [figures[each].value.exact for each in near if figures[each].kind == PERCENT and each not in taken]
        more = _but_for_nought_and_one(number for each in rates for number in (1 + each, 1 - each))
        row, col = one.value.at
        beside = (each for each in tables.cells.page.plane.rows[row] if each.col > col and (row, each.col) not in tables.values)
        texts = [one.label, *(spot.text for spot in beside if spot.text)]
        plain = [RATES.sub(" ", each) for each in texts]  # rates in words lead in one direction: 3割 aren't three
        said = {Fraction(each) for text in plain for each in NUMBER.findall(text)}
        own = [*(Fraction(each) for each in NUMBER.findall(plain[0])), *rates_of(one.label)]
        said |= {rate for text in texts[1:] for rate in rates_of(text)}
        both = [number for a, b in combinations(own, 2) if a and b for number in (a * b, a / b, b / a)]
        if MORE_OR_LESS.search(one.label):
            said |= {number for rate in rates_of(one.label) for number in (1 + rate, 1 - rate)}  # incl. 19% VAT
        by_words = _but_for_nought_and_one((*said, *both, *(number / 100 for number in said if number != 1)))
        for place, other in enumerate(figures):
            if place == at or PERCENT in (one.kind, other.kind) or not (of_time or abs(place - at) <= _NEAR):
                continue
            times = usual(one.label), usual(other.label)
            by_time = times[0] + times[1] if times[0] != times[1] else []  # of two of a month neither is the other's
            parts = parts_of(one, other) or parts_of(other, one)
            by_time = [Fraction(parts)] if parts is not None else by_time
            named = _are_of_one_name(one, other) or _is_a_months(one, other)
            is_part = abs(place - at) == 1 and any(_is_part(one.value, other.value, number) for number in by_time)
            is_said = (named and is_part) or _follows(one, other, (*by_words, *(by_time if named else ())))
            if is_said or is_part or _follows(one, other, (*more, *by_time)):
                yield (at, place), is_said


def _but_for_nought_and_one(numbers: Iterable[Fraction]) -> list[Fraction]:
    return [each for each in numbers if each not in (0, 1)]


def _follows(one: Figure, other: Figure, numbers: Iterable[Fraction]) -> bool:
    """Return whether one of two figures is the other one by one of some numbers."""
    return any(
        Case(MULTIPLE, result.value, (of.value,), number).follows() <= ROUNDED
        for number in numbers
        for result, of in ((one, other), (other, one))
    )


def _are_of_one_name(one: Figure, other: Figure) -> bool:
    """Return whether two figures are called alike but for their periods: offers a week, offers."""
    return bool(one.names & other.names) and one.names - PERIOD == other.names - PERIOD


def _is_a_months(one: Figure, other: Figure) -> bool:
    """Return whether a figure of a month has all of its name from another one, of a year or a half: 月平均受注数 3, 下期受注数 18."""
    month, longer = (one, other) if _OF_MONTH.search(one.label) else (other, one)
    return _OF_MONTH.search(month.label) and bool(month.names) and month.names <= longer.names


_OF_MONTH = terms.of("per_month")
PERIOD = frozenset(("week", "day", "daily", "weekl", "quart"))
"""Periods among the names of a label, which has months and years in none."""


def _is_part(one: Value, other: Value, number: Fraction) -> bool:
    """Return whether a figure of some digits is a part of another one, rounded: 25,000 a year are 2,083 a month."""
    part, whole = sorted((one, other), key=lambda each: each.number)
    return part.number >= _SOME and Case(MULTIPLE, part, (whole,), 1 / number).follows() <= ROUNDED


_SOME = 100


def usual(label: str) -> list[Fraction]:
    return [Fraction(each) for words, many in _USUAL if words.search(label) for each in many]


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

"""Of what the figures of a list may be made: products, sums, a month of a year, another one by a number that a label says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from typing import NamedTuple

from ...values.regex import regex
from ..read import terms
from .law import GROWN, MULTIPLE, PRODUCT, ROUNDED, SUM, Case
from .lists import Figure
from .said import RATE, RATES, numbers
from .tables import COUNT, MONEY, PERCENT
from .yearly import are_month_and_year, of_twelve

CLOSE = 3
"""Figures of a list that are no further apart are next to each other."""

PRICED = 5
_PRICE, _EACH = terms.of("price", "each", "mean"), terms.of("each")
NUMBER, _BRACKETS = regex(r"\d+(?:\.\d+)?"), regex(r"[(（]([^()（）]*)[)）]")
_REVENUE = terms.of("revenue")
_BARE_MONTH = regex(
    r"^(?:=|that is |so |i\.e\. )?(?:(?:per|a|each) month|monthly|/ ?month|月あたり|月当たり|1[かヶケ]月あたり|毎月|月)(?:\(.*\))?$"
)
_MULTIPLIED = terms.of("price", "each", "mean", "multiple", "of_heads", "one", "spent", "revenue", "amount")
"""Of counts that are multiplied one says that it is of one, or is an amount without a unit."""

MORE_OR_LESS = terms.of("margin", "more", "discount", "growth", "grows", "gone", "tax")
_GROWTH = terms.of("growth", "grows")
_TWICE = 2


class Made(NamedTuple):
    """A way in which some figures of a list may make one another, and which these are."""

    case: Case
    at: tuple[int, ...]
    sure: bool = True
    """It explains its figures where it holds."""
    named: bool = False
    """Its labels say so, however far apart its figures are."""


def is_near(figures: Sequence[Figure], way: Made, at: int) -> bool:
    """Return whether figures are next to each other; a price may be further from what it is of."""
    apart = way.at[-1] - way.at[0]
    if way.named or way.case.kind == SUM:
        return True  # between what is added up there are but rates
    if any(figures[each].kind == PERCENT for each in way.at):
        apart = CLOSE - 1 if is_step(figures, way.at) else apart
        return apart < CLOSE or (apart == CLOSE and figures[at].kind != PERCENT)
    return apart <= (PRICED if _PRICE.search(figures[at].label) or _is_beside_its_price(figures, way, at) else CLOSE)


def _is_beside_its_price(figures: Sequence[Figure], way: Made, at: int) -> bool:
    """Return whether a figure is an amount next to the price of so many that are further off: conversions, budget, CPA."""
    others = [each for each in way.at if each != at]
    together = others[-1] - others[0] == 1 and any(_EACH.search(figures[each].label) for each in others)
    if together and figures[at].kind == MONEY:
        return True  # direct ARR, and further down how many reps, each with so much
    near = [each for each in way.at if abs(each - at) == 1]
    return way.case.result is figures[at].value and (
        any(_PRICE.search(figures[each].label) for each in near) or is_after_its_count(figures, way, at)
    )


def is_after_its_count(figures: Sequence[Figure], way: Made, at: int) -> bool:
    """Return whether an amount follows right after a count that comes of the deals, whose price is further up: deal, deals, 20 %, opportunities, pipeline."""
    price, count = way.at[0], way.at[1]
    return (
        at == way.at[-1] == count + 1
        and figures[at].kind == figures[price].kind == MONEY != figures[count].kind
        and _PRICE.search(figures[price].label)
        and not _PRICE.search(figures[at].label)
    )


def is_step(figures: Sequence[Figure], at: Sequence[int]) -> bool:
    """Return whether a rate is between two counts, with nothing else but amounts before it: deals, their price, revenue, close rate, meetings."""
    if len(at) != _THREE:
        return False
    first, rate, last = at
    amounts = figures[first].kind != MONEY and all(each.kind == MONEY for each in figures[first + 1 : rate])
    return figures[rate].kind == PERCENT and last - rate == 1 and (rate - first == 1 or amounts)


_THREE = 3


def ways(figures: Sequence[Figure]) -> Iterator[Made]:
    """Yield what each three figures near each other may be, whichever follows from the others."""
    for at in combinations(range(len(figures)), 3):
        if at[2] - at[0] > PRICED and min(at[1] - at[0], at[2] - at[1]) > 1:
            continue
        three = [figures[each] for each in at]
        yield from (Made(case, at, named=_is_called_a_share(case, three)) for case in _products(three))
        if at[2] - at[0] == 2:
            yield from (Made(case, at) for case in _sums(three))
    for one, other in pairwise(range(len(figures))):
        if _BARE_MONTH.match(figures[other].label) and are_alike(figures[one], figures[other]):
            yield Made(of_twelve(figures[one].value, figures[other].value), (one, other))
        for month, year in ((one, other), (other, one)):
            if are_month_and_year(figures[month].label, figures[year].label):
                yield Made(of_twelve(figures[year].value, figures[month].value), (one, other))
    yield from _said_ways(figures)


def movements(figures: Sequence[Figure]) -> Iterator[Made]:
    """Yield sums of three or four amounts between which there is nothing but rates: remaining, commit, best case, gap; ARR, 8 %, churned, retained."""
    kept = [at for at, each in enumerate(figures) if each.kind != PERCENT]
    for many in (_THREE, _THREE + 1):
        for at in zip(*(kept[first:] for first in range(many)), strict=False):
            own = [figures[each] for each in at]
            if (many == _THREE and at[-1] - at[0] == CLOSE - 1) or not _may_be_added(own):
                continue
            values = [each.value for each in own]
            for whole, parts in ((values[0], values[1:]), (values[-1], values[:-1])):
                yield Made(Case(SUM, whole, tuple(parts), signs=(1,) * len(parts)), tuple(at))


def _said_ways(figures: Sequence[Figure]) -> Iterator[Made]:
    """Yield what each two figures one after another may be by a number that the label of the second says, in the direction of most.

    40 quotes, one in three gives an order: 120 visits; 10件に3件が商談; (4 for each deal).
    """
    ways: tuple[list[Made], list[Made]] = ([], [])
    for other in range(1, len(figures)):
        one = _count_before(figures, other)
        before, after = figures[one], figures[other]
        if PERCENT in (before.kind, after.kind) or not are_alike(before, after):
            continue
        for by in _per(after.label):
            yield Made(Case(MULTIPLE, after.value, (before.value,), by), (one, other))
        for by in rates_of(after.label):
            far = other - one > 1
            ways[0].append(Made(Case(MULTIPLE, before.value, (after.value,), by), (one, other), named=far))
            ways[1].append(Made(Case(MULTIPLE, after.value, (before.value,), by), (one, other), named=far))
        for by in _in_brackets(after.label):
            yield Made(Case(MULTIPLE, before.value, (after.value,), by), (one, other))
            yield Made(Case(MULTIPLE, after.value, (before.value,), by), (one, other))
            yield Made(Case(MULTIPLE, after.value, (before.value,), 1 / by), (one, other))
    back, on = (sum(each.case.follows() <= ROUNDED for each in way) for way in ways)
    for way, is_so in zip(ways, (back >= on, on >= back), strict=True):
        # Where one goes on and another one back, neither proves anything.
        yield from (each._replace(sure=back != on) for each in way if back or on or each.named) if is_so else ()


def _count_before(figures: Sequence[Figure], at: int) -> int:
    """Return which figure a label with a rate is of: the one before it, or the count before the amounts between: machines, €, €, quotes at 35 %."""
    if figures[at].kind == COUNT and rates_of(figures[at].label):
        counts = (each for each in range(at - 1, -1, -1) if figures[each].kind != PERCENT and figures[each].kind != MONEY)
        return next(counts, at - 1) if figures[at - 1].kind == MONEY else at - 1
    return at - 1


def _per(text: str) -> list[Fraction]:
    """Return how many of a figure there are for each of another, as its label says: visits at 2.5 per quote."""
    return [Fraction(each) for each in _EACH_OF.findall(text) if Fraction(each) > 1]


_EACH_OF = regex(r"(?:^|\b(?:at|@|with) |[(x×])(\d+(?:\.\d+)?) per [a-z]")


def rates_of(text: str) -> list[Fraction]:
    return [each.value for each in numbers(text) if each.kind == RATE and each.value != 1]


def _in_brackets(text: str) -> list[Fraction]:
    """Return the numbers in a label's brackets but for rates: (50 weeks), （月20日）."""
    return [
        Fraction(each) * _THOUSANDS.get(unit, 1)
        for part in _BRACKETS.findall(text)
        for each, unit in _WITH_UNIT.findall(RATES.sub(" ", part))
        if Fraction(each) > 1
    ]


_WITH_UNIT, _THOUSANDS = (
    regex(r"(\d+(?:\.\d+)?)(k\b|m\b|千円|万円)?"),
    {"k": 1000, "m": 1_000_000, "千円": 1000, "万円": 10_000},
)


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
            if are_alike(of, result) and rate.value.exact != 1 and not _is_price_of_count(of, result):
                part = Case(PRODUCT, result.value, (of.value, rate.value))
                if not _GROWTH.search(rate.label) or part.follows() <= ROUNDED:
                    yield part  # by a growth a figure is so much more than another, and hardly ever that much of it
                if MORE_OR_LESS.search(rate.label) and three[1] is rate:
                    sign = 1 if result.value.number > of.value.number else -1
                    yield Case(GROWN, result.value, (of.value, rate.value), Fraction(sign))
                    if not of.value.number < result.value.number * _TWICE < of.value.number * _TWICE**2:
                        yield Case(
                            GROWN, result.value, (of.value, rate.value), Fraction(-sign)
                        )  # a slip may be more than what is on top
        elif result.kind == MONEY and any(_is_in_another_currency(result, each) for each in (one, two)):
            continue
        elif _is_amount_by_price(result, one, two) or (
            not one.kind == two.kind == MONEY
            and (
                MONEY not in (one.kind, two.kind) and any(_MULTIPLIED.search(each.label) for each in three)
                if result.kind != MONEY
                else MONEY in (one.kind, two.kind) or not (one.value.counted and two.value.counted)
            )
        ):
            yield Case(PRODUCT, result.value, (one.value, two.value))


def _is_amount_by_price(result: Figure, one: Figure, two: Figure) -> bool:
    """Return whether a figure whose label knows nobody may be the amount that a price and a count make: 不足＝新規目標 36,000,000."""
    price, count = (one, two) if one.kind == MONEY else (two, one)
    return (
        result.kind == count.kind != MONEY == price.kind
        and PERCENT not in (result.kind, count.kind)
        and not result.value.counted
        and _PRICE.search(price.label)
        and result.value.number > price.value.number
    )


def _is_in_another_currency(one: Figure, other: Figure) -> bool:
    """Return whether two amounts are the same in two currencies, as their labels say: Pipeline (GBP), Pipeline (USD)."""
    said = [set(_CURRENCY.findall(each.label)) for each in (one, other)]
    return all(said) and said[0] != said[1] and len({_CURRENCY.sub("", each.label) for each in (one, other)}) == 1


_CURRENCY = regex(r"\b(?:usd|eur|gbp|chf|jpy|cny|krw|aud|cad|sgd)\b|[$€£¥]|円|ドル|ユーロ|ポンド")


def _is_price_of_count(of: Figure, result: Figure) -> bool:
    """Return whether one figure is so much of one, and the other isn't: no share of deals is what a deal is worth."""
    priced = [_PRICE.search(each.label) for each in (of, result)]
    return of.kind != result.kind and any(priced) and not all(priced)


def _is_called_a_share(case: Case, three: Sequence[Figure]) -> bool:
    """Return whether an amount is called as the rate is by which it is a part of the revenue: 粗利目標 = 粗利率 × 売上目標."""
    label = {each.value.where: each for each in three}
    result, of, rate = (label[each.where] for each in case.cells)
    if case.kind != PRODUCT or rate.kind != PERCENT or result.kind != MONEY or _PRICE.search(result.label):
        return False
    return bool(result.names) and result.names <= rate.names and _REVENUE.search(of.label) and not _PRICE.search(of.label)


def are_alike(one: Figure, other: Figure) -> bool:
    """Return whether two figures may be of one kind: an amount, and one whose label says neither that nor what is counted."""
    return one.kind == other.kind or not any(each.kind != MONEY and each.value.counted for each in (one, other))


def _sums(three: Sequence[Figure]) -> Iterator[Case]:
    for result in three if _may_be_added(three) else ():
        one, two = (each.value for each in three if each is not result)
        yield Case(SUM, result.value, (one, two), signs=(1, 1))


def _may_be_added(figures: Sequence[Figure]) -> bool:
    return all(are_alike(*two) for two in combinations(figures, 2)) and not any(
        each.kind == PERCENT or _PRICE.search(each.label) for each in figures
    )

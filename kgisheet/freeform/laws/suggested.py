"""Suggestions of a list: how each figure may come of its neighbours, by their labels and places.

商談 × 受注率 = 受注; 初回発注 150件, 平均発注額 4万円, 発注売上 600万円; 残り = 目標 − うち確定. One line proves little: a suggestion is
evidence where it holds; where it fails it counts with another one that wants the same, or as much as its names say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from ...values.regex import regex
from ..read import terms
from .anothers import is_difference_of_others, is_rate_of_another, is_step
from .bridges import bridges, summed
from .by_words import by_own_numbers
from .judge import Law
from .law import EXACT, GROWN, OFF, PRODUCT, ROUNDED, SUM, Case
from .lists import Figure
from .tables import COUNT, MONEY, PERCENT
from .yearly import yearly

PLACE, NAMES, ALL_NAMES = range(3)
"""What speaks for a suggestion: the places of its figures, names that two of them share, or a name that all three have."""

_LAST, _GROWTH = terms.of("last_year"), terms.of("growth", "grows")
_PRICE, _EACH = terms.of("price", "mean", "each"), terms.of("each")
_MULTIPLE = terms.of("multiple")
_LEFT, _TAKEN, _WHOLE = terms.of("difference", "on_top"), terms.of("of_which", "carried", "settled"), terms.of("total")
_WANTED = terms.of("wanted")
_OF_WHICH, _CARRIED = terms.of("of_which"), terms.of("carried")
_ABOUT = terms.of("about", "margin", "more")
_MARGIN = terms.of("margin", "more")
_RETURN, _REVENUE, _SPENT = terms.of("return_on"), terms.of("revenue"), terms.of("spent")
_A_HEAD, _A_DAY = regex(r"1[人名]"), regex(r"1日の|1人1日")
_BRACKETS = regex(r"[(（].*?[)）]")
_AS_RATIO = regex(r"\broas\b|return on (?:ad |advertising |marketing )?spend")
_BUDGET = regex(r"^(?:(?:ad|media|marketing|total) )?budget$|^(?:広告|販促|媒体|総|合計)?予算$")
_NEAR = 3
_UNITS = tuple(Fraction(each) ** sign for each in (1, 10_000, 1000, 1_000_000) for sign in (1, -1))
"""By what one of two amounts may be off that has no unit, where the other has."""


class Suggested(NamedTuple):
    """A relation that may be, and what speaks for it."""

    case: Case
    level: int
    shared: int = 0
    """How many names all three have."""

    @property
    def holds(self) -> bool:
        return self.case.follows() <= ROUNDED


def suggested(every: Sequence[Sequence[Figure]]) -> list[Suggested]:
    """Return what each three figures near each other in a list suggest."""
    found = list(_returns([each for figures in every for each in figures]))
    found += [Suggested(case, ALL_NAMES) for case in summed(every)]
    for figures in every:
        steps = _one_way([each for three in _threes(figures) for each in _of_three(three)])
        used = {_rate(each.case) for each in steps if each.holds and each.level > PLACE}
        found += [
            each
            for each in steps
            if each.holds or (_rate(each.case) not in used and not is_rate_of_another(each.case, figures))
        ]
        found += [Suggested(case, NAMES) for case in bridges(figures)]
        found += [Suggested(case, ALL_NAMES) for case in yearly(figures)]
        for at, figure in enumerate(figures):
            if figure.kind == MONEY and _PRICE.search(figure.label):
                found += _of_price(figures, at)
        found = list(_slipped(found, figures))
    held = {each.case.places for each in found if each.holds}
    said = [pair for figures in every for pair in by_own_numbers(figures)]
    sums = [each.case for each in found if each.holds and each.case.kind == SUM]
    everywhere = [each for figures in every for each in figures]
    return [
        each
        for each in found
        if each.holds
        or (
            each.case.places not in held
            and (each.case.only is not None or not each.case.is_made_otherwise)
            and not any(pair <= each.case.places for pair in said)
            and not is_difference_of_others(each.case, everywhere, sums)
        )
    ]


def _slipped(found: Sequence[Suggested], figures: Sequence[Figure]) -> Iterator[Suggested]:
    """Yield suggestions; a product of the last three of a list whose steps hold otherwise counts, where it is off by a digit as typed."""
    own = {each.value.where for each in figures}
    ways = [_goes_back(each.case) for each in found if each.case.follows() == EXACT and each.case.places <= own]
    below_a_table = len(figures) == _THREE and _WHOLE.search(figures[0].label)
    last = {each.value.where for each in figures[-_THREE:]}
    for each in found:
        of_the_last = each.case.kind == SUM and each.case.result is figures[-1].value
        is_last = each.case.places == last and (each.case.kind == PRODUCT or of_the_last)
        sure = ways.count(_goes_back(each.case)) >= _STEADY if each.case.kind == PRODUCT else below_a_table
        sure = sure and not _is_of_another_count(each.case, figures)
        if each.level < ALL_NAMES and is_last and sure and not each.holds and _is_a_digit_off(each.case):
            # Where all else goes on to the end exactly, no price is cut so that the deals come out.
            yield each._replace(level=ALL_NAMES, case=each.case._replace(strict=True))
        else:
            yield each


def _is_of_another_count(case: Case, figures: Sequence[Figure]) -> bool:
    """Return whether a price says of one of what it is, and that is another count of the list than its own: 名刺1枚あたり, below 商談."""
    own = [each for each in figures if each.value.where in case.places]
    ones = [each for each in own if _EACH.search(each.label)]
    counts = [each for each in own if each.kind == COUNT and each not in ones]
    if len(ones) != 1 or len(counts) != 1 or ones[0].names & counts[0].names:
        return False
    return any(each.names & ones[0].names for each in figures if each.kind == COUNT and each not in own)


_THREE, _STEADY = 3, 2


def _is_a_digit_off(case: Case) -> bool:
    """Return whether the last figure would follow with one digit otherwise."""
    last = max(case.cells, key=lambda each: each.at)
    if any(each.number < 0 for each in case.cells):
        return False  # what is taken off already, with its sign
    made = case.solved(last)
    return made is not None and is_a_digit_off(last.exact, made)


def is_a_digit_off(now: Fraction, meant: Fraction) -> bool:
    """Return whether a number is another one with one digit otherwise, left out or too many, or two exchanged: 7,010 for 7,110, 801 for 810."""
    if meant.denominator != 1 or now.denominator != 1 or meant <= 0 or now <= 0:
        return False
    one, other = str(int(now)), str(int(meant))
    differs = [at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    if len(one) != len(other):
        longer, shorter = max(one, other, key=len), min(one, other, key=len)
        return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
    return len(differs) == 1 or (len(differs) == 2 and sorted(one) == sorted(other))


def _threes(figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure, Figure]]:
    """Yield each three figures in a row; of two rates one after the other the second with the counts around them."""
    yield from zip(figures, figures[1:], figures[2:], strict=False)
    for one, first, rate, other in zip(figures, figures[1:], figures[2:], figures[3:], strict=False):
        if first.kind == rate.kind == PERCENT and PERCENT not in (one.kind, other.kind):
            yield one, rate, other


def _one_way(steps: Sequence[Suggested]) -> list[Suggested]:
    """Return suggestions without the rates that lead the other way than most of a list's: 100 × 80 % is 80, where 100 ÷ 80 % is meant."""
    ways = [_goes_back(each.case) for each in steps if is_step(each.case) and each.holds]
    if not ways:
        return list(steps)
    both, back = sum(ways) * 2 == len(ways), sum(ways) * 2 > len(ways)
    found: list[Suggested] = []
    for each in steps:
        if not is_step(each.case) or (not both and _goes_back(each.case) == back):
            found.append(each)
        elif both or each.holds:
            found.append(each._replace(level=PLACE))
    return found


def _goes_back(case: Case) -> bool:
    return case.result.at < case.operands[0].at


def _rate(case: Case) -> object:
    return next((each.where for each in case.operands if each.kind == PERCENT), None) or case


def evidence(found: Sequence[Suggested]) -> Iterator[Law]:
    """Yield the suggestions that hold by a name: they confirm their figures."""
    for each in found:
        if each.holds and each.level > PLACE:
            yield Law(each.case.kind, (each.case,), ())


def laws(found: Sequence[Suggested]) -> Iterator[Law]:
    """Yield the products that have one name in all three labels."""
    for each in found:
        if each.level == ALL_NAMES and (each.case.strict or each.case.follows() == OFF):
            yield Law(each.case.kind, (), (each.case,))


def named(found: Sequence[Suggested]) -> Iterator[Law]:
    """Yield what fails though names suggest it; a step the other way round, too."""
    near = {each.case.places for each in found if each.case.follows() != OFF}
    made = [each.case for each in found if each.holds and each.level == ALL_NAMES]
    for each in found:
        # An amount that a price and a count make, as all of their names say, is no rate's of the price.
        otherwise = any(each.case.result == case.result and len(each.case.places & case.places) > 1 for case in made)
        wrong = each.case.follows() == OFF and not _is_the_rest(each.case)
        if each.level == NAMES and wrong and each.case.places not in near and not otherwise:
            yield Law(each.case.kind, (), (each.case,))


def _is_the_rest(case: Case) -> bool:
    """Return whether a figure is another one without the share that a rate says: 18 of 20, where 10 % cancel."""
    if not is_step(case):
        return False
    one, rate = case.operands
    left = rate._replace(exact=1 - rate.exact, number=1 - rate.number)
    return 0 < rate.exact < 1 and case._replace(operands=(one, left)).follows() == EXACT


# -- three in a row -----------------------------------------------------------------------


def _of_three(three: Sequence[Figure]) -> Iterator[Suggested]:
    """Yield what three figures in a row may be: two of them and a rate, the rest of one, the sum of two."""
    yield from _of_margin(three)
    if any(not each.value.number or _is_about(each) for each in three):
        return
    rates = [each for each in three if each.kind == PERCENT]
    others = [each for each in three if each.kind != PERCENT]
    if rates and len({_LAST.search(each.label) and not _GROWTH.search(each.label) for each in three}) > 1:
        return  # last year's rate is of last year's counts
    apiece = any(_EACH.search(each.label) for each in others)
    if len(rates) == 1 and others[0].kind == others[1].kind and rates[0].value.exact != 1 and not apiece:
        said = [bool(rates[0].names & each.names) for each in others]
        level = NAMES if all(said) or (any(said) and three[1] is rates[0]) else PLACE
        for result, one in (others, others[::-1]):
            by = Fraction(1 if result.value.number * one.value.number > 0 else -1)  # cancellations, with their sign
            yield Suggested(Case(PRODUCT, result.value, (one.value, rates[0].value), by), level)
    elif not rates and len({each.kind for each in three}) == 1:
        yield from _of_sums(three)
    if not rates and all(each.kind == COUNT for each in three):
        ones = [each for each in three if _EACH.search(each.label) or _A_DAY.match(each.label)]
        ones = [each for each in ones if _A_HEAD.search(each.label)] if len(ones) > 1 else ones
        for whole in three if len(ones) == 1 and len(list(_EACH.finditer(ones[0].label))) == 1 else ():
            if whole is not ones[0]:
                other = next(each for each in three if each not in (whole, ones[0]))
                yield Suggested(Case(PRODUCT, whole.value, (other.value, ones[0].value)), PLACE)


def _of_margin(three: Sequence[Figure]) -> Iterator[Suggested]:
    """Yield a count with a margin on it, whose rate is between the two: 75, 予備（上乗せ） 20 %, 予備込み 90."""
    one, rate, other = three
    if (
        rate.kind == PERCENT
        and one.kind == other.kind != PERCENT
        and _MARGIN.search(rate.label)
        and _MARGIN.search(other.label)
    ):
        yield Suggested(Case(GROWN, other.value, (one.value, rate.value)), NAMES)


def _is_about(figure: Figure) -> bool:
    return _ABOUT.search(figure.label) or _ABOUT.search(figure.value.spot.flat)


def _of_sums(three: Sequence[Figure]) -> Iterator[Suggested]:
    one, two, last = three
    if any(_PRICE.search(each.label) or _MULTIPLE.search(each.label) for each in three):
        return  # カバレッジ（残目標比） is so many times what remains
    if _LEFT.search(last.label) or _TAKEN.search(two.label):
        level = NAMES if _LEFT.search(last.label) and not _OF_WHICH.search(last.label) else PLACE
        # What is planned, and then there is to spend: 計, 予算枠, 残り.
        turned = (_WHOLE.search(one.label) or _WANTED.search(two.label)) and one.value.number < two.value.number
        turned = turned and last.value.number > 0
        operands = (two.value, one.value) if turned else (one.value, two.value)
        yield Suggested(Case(SUM, last.value, operands, signs=(1, -1)), level)
    if _CARRIED.search(one.label) and _LEFT.search(last.label):
        yield Suggested(Case(SUM, last.value, (two.value, one.value), signs=(1, -1)), NAMES)
    if _WHOLE.search(last.label):
        yield Suggested(Case(SUM, last.value, (one.value, two.value), signs=(1, 1)), PLACE)
    if _WHOLE.search(one.label) or (_TAKEN.search(two.label) and _TAKEN.search(last.label)):
        yield Suggested(Case(SUM, one.value, (two.value, last.value), signs=(1, 1)), PLACE)


# -- a price, how many, and the amount ---------------------------------------------------------


def _of_price(figures: Sequence[Figure], at: int) -> list[Suggested]:
    """Return what a price, a count and an amount near it may be: the one that holds, or else the one that its name says."""
    price = figures[at]
    near = [each for index, each in enumerate(figures) if 0 < abs(index - at) <= _NEAR and each.value.number > 0]
    counts = [each for each in near if each.kind == COUNT and not _is_about(each)]
    amounts = [each for each in near if each.kind == MONEY and not _PRICE.search(each.label) and not _is_about(each)]
    made = [_product(price, count, amount) for count in counts for amount in amounts]
    held = [each for each in made if each.holds]
    if not held:
        # Further off only where it holds, by its name: ACV of new contracts, and after the price what they come to in all its years.
        far = [each for each in figures if each.kind == MONEY and each not in near and each.value.number > price.value.number]
        every = [_product(price, count, amount) for count in counts for amount in far]
        held = [each for each in every if each.case.follows() == EXACT and each.level > PLACE]
    if held:
        return [max(held, key=lambda each: each.level)]
    best = max(((each.level, each.shared) for each in made), default=(PLACE, 0))
    sure = [each for each in made if (each.level, each.shared) == best]
    return [each if sure == [each] else each._replace(level=PLACE) for each in made if _are_next(figures, each.case)]


def _returns(figures: Sequence[Figure]) -> Iterator[Suggested]:
    """Yield what comes back of what was spent, where a page has one of each: 売上 ÷ 広告費 = ROAS."""
    by = [each for each in figures if _RETURN.search(each.label)]
    amounts = [each for each in figures if each.kind != PERCENT and not _PRICE.search(each.label) and each not in by]
    revenue = [each for each in amounts if _REVENUE.search(each.label)]
    spent = [each for each in amounts if _SPENT.search(each.label)] or [
        each for each in amounts if _BUDGET.match(_BRACKETS.sub("", each.label).strip())
    ]
    if len(by) == len(revenue) == len(spent) == 1:
        case = Case(PRODUCT, revenue[0].value, (spent[0].value, by[0].value))
        # What comes back beyond what was spent is a return, too, but no return on ad spend.
        if case.follows() <= ROUNDED or _AS_RATIO.search(by[0].label):
            yield Suggested(case, NAMES)


def _product(price: Figure, count: Figure, amount: Figure) -> Suggested:
    shared = price.names & amount.names, price.names & count.names
    level = ALL_NAMES if shared[0] & shared[1] else NAMES if all(shared) else PLACE
    one, other = price.unit, amount.unit
    scales = [Fraction(one or 1, other or 1)] if (one is None) == (other is None) else _UNITS
    cases = [Case(PRODUCT, amount.value, (count.value, price.value), Fraction(by)) for by in scales]
    best = min(cases, key=lambda case: (case.follows(), abs(float(case.exact) / case.result.number - 1)))
    return Suggested(best, level, len(shared[0] & shared[1]))


def _are_next(figures: Sequence[Figure], case: Case) -> bool:
    """Return whether nothing but a rate is between the figures of a case."""
    own = case.places
    places = [index for index, each in enumerate(figures) if each.value.where in own]
    return not any(
        figures[index].value.where not in own and figures[index].kind != PERCENT for index in range(places[0], places[-1])
    )

"""A figure of a list that follows from nothing, where others agree on another one: 300 × 14 and 88,200 ÷ 21 are 4,200, and not 2,400.

In a list of single figures nearly each follows from two that are near it. One that doesn't, and that two pairs of others make
the same other figure, is wrong, whatever it is called. It is a matter of chance: so all that may explain a figure does.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterator, Mapping, Sequence
from fractions import Fraction

from ...formula.grid import Where
from ..read import terms
from ..rules.rounding import rounded_off
from .explained import Pair
from .hanging import hanging
from .judge import Law
from .law import ABOUT, BACK, EXACT, MULTIPLE, OFF, PRODUCT, ROUNDED, SUM, Case
from .left_out import left_out
from .list_ways import Ways, ways_in
from .lists import Figure
from .making import CLOSE, PRICED, Made, is_near, is_step
from .monthly import is_of_other_months
from .outweighing import are_independent, fails, one_step, outweighs, strictly, turned_round, without_rivals
from .placed import confirms, is_typed, stands
from .suggested import is_a_digit_off
from .tables import PERCENT, Tables, Value
from .tie import is_about
from .yearly import of_twelve

_FEWEST, _MOST = 5, 40
_OF_MONTH, _MARGIN = terms.of("per_month"), terms.of("margin", "more")
_APART = terms.of("last_year", "reference", "results")


def agreeing(tables: Tables, every: Sequence[Sequence[Figure]], apart: Sequence[Law]) -> Iterator[Law]:
    """Yield relations that fail by one figure of a list, which follows from nothing, and want exactly the same of it.

    What one of something costs follows from what all cost, by its label, however far ``apart`` the two are.
    """
    used = {*tables.cells.references.used, *(where for law in apart for each in law.held for where in each.places)}
    for figures in every:
        if _FEWEST - 1 <= len(figures) <= _MOST and all(each.value.number for each in figures):
            yield from _of_list(tables, figures, used)


def _of_list(tables: Tables, figures: Sequence[Figure], used: Container[Where]) -> Iterator[Law]:
    ways = ways_in(tables, figures)
    every = (*ways.every, *ways.moved, *ways.said)
    off = [each for each in every if not each.case.is_made_otherwise and _is_off(each) and not _is_of_one_each(figures, each)]
    without_rate = list(left_out(figures, ways.every, off))
    if without_rate:
        yield from without_rate
        return
    sure: list[tuple[int, list[Made]]] = []
    alone: list[Law] = []
    for at, figure in enumerate(figures):
        turned = one_step(figures, ways.kept, at) if at in ways.surely else None
        if (at in ways.surely and turned is None) or figure.value.uses or figure.value.where in used:
            continue
        wanted = _wanted(figures, at, ways, [*off, *turned_round(figures, turned, at)])
        agreed = _agreed(figures, at, wanted)
        explaining = [*ways.kept, *ways.moved]
        if at in ways.explained and not (len(agreed) == 1 and outweighs(figures, agreed[0], explaining, turned, at)):
            continue
        if len(agreed) == 1:
            sure.append((at, agreed[0]))
        elif not agreed and len(figures) >= _FEWEST and len(ways.explained) >= len(figures) - 1 - len(figures) // _FEWEST:
            alone += _alone(figures, ways, wanted, at)
    yield from alone
    if not sure and not alone:
        yield from (each for each in hanging(figures, ways.every, off, ways.explained) if not _is_of_another(tables, each))
    for at, own in without_rivals(sure):
        yield Law(PRODUCT, (), tuple(strictly(each.case)._replace(only=figures[at].value.where) for each in own))


def _wanted(figures: Sequence[Figure], at: int, ways: Ways, off: Sequence[Made]) -> dict[Fraction, list[Made]]:
    """Return the other values that ways which fail want of a figure, as they would be typed and come about by a slip, or two next to it agree."""
    figure, wanted = figures[at], dict[Fraction, list[Made]]()
    for each in off:
        may = at in each.at and is_near(figures, each, at) and not _is_by_one(figures, each, at)
        made = each.case.solved(figure.value) if may else None
        for meant in _as_typed(figures, figure, made) if made is not None and made > 0 else ():
            if each.case.kind == SUM and meant != made:
                continue  # what is added up isn't rounded
            if (figure.kind == PERCENT and each in ways.placed) or not _is_there(figures, each, at, meant, ways.kept):
                wanted.setdefault(meant, []).append(each)
    now = figure.value.exact
    return {
        meant: own
        for meant, own in wanted.items()
        if any(each.named or _is_turned(each.case, now, meant) for each in own)
        or (
            (figure.kind != PERCENT or meant <= max(Fraction(1), now))
            and (
                _is_slip(now, meant) or are_independent(figures, [each for each in own if each.at[-1] - each.at[0] < CLOSE], at)
            )
        )
    }


def _agreed(figures: Sequence[Figure], at: int, wanted: Mapping[Fraction, list[Made]]) -> list[list[Made]]:
    """Return the ways of each value that two of them want, exactly and independently of each other."""
    figure = figures[at]
    agreed = [
        own
        for meant, own in wanted.items()
        if are_independent(figures, own, at)
        and (_is_exact(figure, meant, own) or _is_misprint(figure, meant))
        and not _is_meant_so(figure, meant, own)
    ]
    if len(agreed) <= 1:
        return agreed
    # The steps over the rates between them say more than what a rate further off makes.
    by_steps = [own for own in agreed if sum(is_step(figures, each.at) for each in own) > 1]
    # What is added up without a word that says so is chance sooner than products.
    return by_steps or [own for own in agreed if not any(each.case.kind == SUM and not each.named for each in own)]


def _is_misprint(figure: Figure, meant: Fraction) -> bool:
    """Return whether a count is another one with a nought more or less, or two of its digits exchanged: 1,550 for 155."""
    now = figure.value.exact
    if figure.kind == PERCENT or min(now, meant) < _MANY:
        return False
    return max(now / meant, meant / now) in _SLIPS or (now != meant and sorted(str(now)) == sorted(str(meant)))


_MANY = 100


def _is_by_one(figures: Sequence[Figure], way: Made, at: int) -> bool:
    """Return whether another figure of a product is one: then any other that is this one would do."""
    return way.case.kind == PRODUCT and any(figures[each].value.exact == 1 for each in way.at if each != at)


def _is_off(way: Made) -> bool:
    """Return whether a way doesn't hold, or only as others of its figures are rounded: two per deal may be 1.75, and 2 % 2.5 %."""
    case = way.case
    return case.follows() > ROUNDED and (case.follows() != BACK or case.is_loose()) and not is_about(case)


def _is_meant_so(figure: Figure, meant: Fraction, ways: Sequence[Made]) -> bool:
    """Return whether a figure is right as it is, within the roundings of all: nothing fails, or they don't want exactly the same of it."""
    # All want the same exactly: what was rounded to this figure alone would have been that.
    exactly = all(each.case.solved(figure.value) == meant and each.case.follows() >= ABOUT for each in ways)
    off = [each for each in ways if each.case.follows() == OFF or (exactly and each.case.follows() == ABOUT)]
    return not off or (len(off) < len(ways) and any(each.case.solved(figure.value) != meant for each in ways))


def _is_of_time(figures: Sequence[Figure], pair: Pair) -> bool:
    """Return whether one of two figures is the other's twelfth, and says that it is a month's."""
    one, other = (figures[each].value for each in pair)
    return any(_OF_MONTH.search(figures[each].label) for each in pair) and any(
        of_twelve(year, month).follows() <= ROUNDED for year, month in ((one, other), (other, one))
    )


def _is_of_another(tables: Tables, law: Law) -> bool:
    """Return whether the last figure of a step follows by its rate or price from a figure elsewhere on the sheet: 18 are 20 % of the 90 who come."""
    for case in law.failed:
        if len(case.cells) != _STEP:
            continue
        first, between, last = sorted(case.cells, key=lambda each: each.at)
        for each in tables.values.values():
            if each.where not in case.places and each.kind == first.kind and each.number:
                made = Case(PRODUCT, last, (each, between)), Case(PRODUCT, each, (last, between))
                if any(one.follows() == EXACT for one in made):
                    return True
    return False


_STEP = 3


def _alone(figures: Sequence[Figure], ways: Ways, wanted: Mapping[Fraction, Sequence[Made]], at: int) -> Iterator[Law]:
    """Yield the one way in which a figure would follow from those next to it, were a digit of it another one.

    All others follow from one another, those two from others than it.
    """
    by_number = {other for pair in ways.by_number if at not in pair and _is_of_time(figures, pair) for other in pair}
    unsaid = [*ways.moved, *ways.said]
    wanted = {meant: [each for each in own if each not in unsaid and fails(each.case)] for meant, own in wanted.items()}
    placed = ways.placed
    value = figures[at].value
    step = Fraction(value.step).limit_denominator(10**6)
    if any(at in each.at and not _is_off(each) for each in ways.every):
        return  # of one further away, or rounded up
    if _MARGIN.search(figures[at].label) or _APART.search(figures[at].label):
        return  # with so much on top; or of another year, and what came out
    found = [
        each
        for meant, own in wanted.items()
        for each in own
        if (meant / step >= _LEAST or value.kind == PERCENT)
        and (each in ways.known or not ways.in_use & set(each.at))
        and not _is_rounded_on(each.case)
        and (
            each in placed
            or (each.case.kind == MULTIPLE and each.named and not is_of_other_months(each))
            or is_a_digit_off(value.exact / step, meant / step)
            or max(meant / value.exact, value.exact / meant) in _SLIPS
            or _is_turned(each.case, value.exact, meant)
            or (each.named and _is_of_another_count(figures, each.case, value))
        )
        and (each.named or each.at[-1] - each.at[0] < CLOSE)
        and (each.case.kind != SUM or _is_named_sum(figures, each))
    ]
    if len({id(each) for each in found}) != 1:
        return  # 33.3 may be 33, or 34
    confirmed = []
    for other in found[0].at:
        own = [
            each
            for each in ways.every
            if other in each.at and at not in each.at and (is_near(figures, each, other) or _is_of_each(figures, each))
        ]
        held = [each for each in own if each.case.follows() <= ROUNDED and not _is_used(figures[other].value, each.case)]
        held = [each for each in held if found[0] not in placed or confirms(each, placed)]
        stays = found[0] in placed and stands(figures, found[0], at, other, placed)
        if other != at and not held and not stays and other not in by_number and not _is_end(figures, found[0].case, other, at):
            return
        confirmed += held[:1] if other != at else []
    yield Law(PRODUCT, (), (found[0].case._replace(only=value.where),))
    yield from (Law(each.case.kind, (each.case,), ()) for each in confirmed)


def _is_of_one_each(figures: Sequence[Figure], way: Made) -> bool:
    """Return whether a step by a rate is from what one of some has to what all have: deals per AE, deals of all ten, and no win rate of 10 %."""
    counts = [at for at in way.at if figures[at].kind != PERCENT]
    if way.case.kind != PRODUCT or len(counts) == len(way.at) or len(counts) != _PAIR:
        return False
    each, every = sorted(counts, key=lambda at: figures[at].value.exact)
    return _EACH.search(figures[each].label) and any(
        other.value.exact * figures[each].value.exact == figures[every].value.exact
        for at, other in enumerate(figures)
        if at not in way.at and other.kind != PERCENT
    )


_PAIR = 2


def _is_rounded_on(case: Case) -> bool:
    """Return whether a month's figure was rounded to tens or hundreds: 20,000 ÷ 12 are 1,667, and 1,700 will do."""
    return case.kind == MULTIPLE and rounded_off(case.result.exact, case.exact)


def _is_of_each(figures: Sequence[Figure], way: Made) -> bool:
    """Return whether one of some figures is what one of another has: MRR per rep, and the reps further up."""
    return way.case.kind == PRODUCT and any(_EACH.search(figures[each].label) for each in way.at)


_EACH = terms.of("each")


def _is_used(value: Value, case: Case) -> bool:
    """Return whether a formula of a case refers to a figure: that it follows from that one confirms nothing."""
    return any(value.where in each.uses for each in case.cells)


def _is_of_another_count(figures: Sequence[Figure], case: Case, value: Value) -> bool:
    """Return whether an amount is its price, as named, times another count of the list; or a price the amount by another count."""
    if len(case.operands) != _PAIR:
        return False
    count, price = case.operands
    return (value is case.result or value is price) and any(
        Case(PRODUCT, case.result, (each.value, price)).follows() == EXACT
        for each in figures
        if each.value not in case.cells and each.kind == count.kind
    )


def _is_named_sum(figures: Sequence[Figure], way: Made) -> bool:
    """Return whether a whole is called as both of its parts are, and these more: jobs, repeat jobs, new jobs."""
    whole = next(figures[each] for each in way.at if figures[each].value is way.case.result)
    return bool(whole.names) and all(whole.names < figures[each].names for each in way.at if figures[each] is not whole)


def _is_end(figures: Sequence[Figure], case: Case, end: int, at: int) -> bool:
    """Return whether a figure begins or ends a list, and isn't a digit off itself: nothing else can explain it."""
    if 0 < end < len(figures) - 1 or figures[at].kind == PERCENT:
        return False  # a rate is as it was typed, where the last count may be wrong
    value, meant = figures[end].value, case.solved(figures[end].value)
    if meant is None or meant <= 0 or figures[at].value.number > case.result.number > 0 == (case.result is figures[at].value):
        return True  # one costs more than all of them
    step = Fraction(value.step).limit_denominator(10**6)
    times = max(meant / value.exact, value.exact / meant)
    return times not in _SLIPS and not is_a_digit_off(value.exact / step, meant / step)


def _is_there(figures: Sequence[Figure], way: Made, at: int, made: Fraction, ways: Sequence[Made]) -> bool:
    """Return whether another figure near the others is what they make, which follows from nothing else: they aren't of this one."""
    others = [each for each in way.at if each != at]
    # So many leads, each of so much, are the budget on top; and a rate that a label says is of the count that it makes so.
    far = any(_EACH.search(figures[each].label) for each in others) or (way.case.kind == MULTIPLE and way.named)
    for place, each in enumerate(figures):
        if place in way.at or each.value.exact != made or (each.kind != figures[at].kind and _EACH.search(each.label)):
            continue  # 120 a scan are no 120 leads
        apart = max(*others, place) - min(*others, place)
        if far or apart < CLOSE or (apart <= PRICED and not any(_makes(other, place, others) for other in ways)):
            return True
    return False


def _makes(way: Made, place: int, others: Sequence[int]) -> bool:
    """Return whether a figure follows exactly from the two before it, others than those."""
    is_last = place == way.at[-1] and place - way.at[0] < CLOSE and not set(others) < set(way.at)
    return is_last and way.case.follows() == EXACT


def _is_exact(figure: Figure, meant: Fraction, ways: Sequence[Made]) -> bool:
    """Return whether one of the ways makes exactly what is meant: that two agree, each rounded, is chance."""
    return any(each.case.solved(figure.value) == meant for each in ways)


def _as_typed(figures: Sequence[Figure], figure: Figure, made: Fraction) -> Iterator[Fraction]:
    """Yield what people type in a figure's place for what is made: as it is, or a count rounded, up too."""
    value = figure.value
    step = Fraction(value.step).limit_denominator(10**6)
    if not step:
        return
    if (made / step).denominator == 1 or (figure.kind == PERCENT and is_typed(made, figures)):
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
    return _RARE < by < 1 and abs(max(now / meant, meant / now) * min(by, 1 / by) ** 2 - 1) < _NEARLY


_NEARLY, _RARE = Fraction(1, 50), Fraction(1, 40)
_LARGE, _LEAST = 20, 10
_TIMES, _SLIPS = 3, (10, 100, 1000, 10_000, 1_000_000)
"""By how much: so many times at most, or another unit."""

"""Products: a figure that is two others multiplied, or one and some per cent more, or so many times another as their labels say."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, product

from ...values.regex import regex
from ..read import terms
from ..read.periods import month_of
from .cut import with_cut
from .judge import FITTING, LEAST, NEXT, Law, judged
from .law import BACK, COMPOUND, EXACT, GROWN, MULTIPLE, PRODUCT, Case
from .named import is_one_in
from .said import NUMBER, PRICE, RATE
from .steady import steady
from .tables import MONEY, PERCENT, Value, Variable, complete

_PERIODS = [
    (terms.of("per_quarter"), 4),
    (terms.of("per_half"), 2),
    (terms.of("per_month", "recurring"), 12),
    (terms.of("per_year", "all_year"), 1),
]
"""How many of a period are in a year, by what a variable is called."""

_SPREADS = [terms.of(each) for each in ("per_year", "per_quarter", "per_month", "per_week", "per_day")]
"""Periods that one goal is spread over, whatever the number of working days or weeks."""

_OF_YEAR = [(), (2, 4), (3, 6, 12), (4, 13, 26, *range(48, 53)), (5, *range(18, 23), *range(220, 261), 365)]
"""Of how many of each of these a goal is one that is spread."""

_ATTAINED, _RESULTS, _AIMS = terms.of("attained"), terms.of("results"), terms.of("aim", "goal")
"""What came out is so much of what was planned, as their labels say."""

_EACH = terms.of("each", "price", "multiple", "of_heads")
"""One of two counts that are multiplied is that of one head, of one day, or the number of these."""


_AMOUNT, _PRICED = terms.of("amount"), terms.of("amount", "price", "each")


def products(variables: Sequence[Variable], remarked: Sequence[Fraction] = ()) -> Iterator[Law]:
    """Yield what is two others multiplied, but for their units, or with a rate that a remark says."""
    triples = [
        (whole, one, two, prior)
        for whole in variables
        if not whole.aside
        for one, two in combinations([each for each in variables if each is not whole], 2)
        if not (one.aside and two.aside) and (prior := units_fit(whole, one, two)) is not None
    ]
    months = {id(each) for each in variables if month_of(each.label) is not None}
    for whole, one, two, prior in triples:
        if months and {id(whole), id(one), id(two)} <= months:
            continue  # no month is two others multiplied
        for by in scales(whole, one, two, remarked):
            lines = [
                (p, a, b)
                for p, a, b in complete(whole, one, two)
                if p.number * a.number * b.number > 0 and max(a.number, b.number) > 0 and not is_trivial(p, a, b)
            ]
            if len(lines) < LEAST or not _worth(lines, by):
                continue
            cases = [Case(PRODUCT, p, (a, b), by) for p, a, b in lines]
            near = NEXT if max(whole.place, one.place, two.place) - min(whole.place, one.place, two.place) <= 3 else 0.0
            law = judged(
                PRODUCT,
                (each for each in cases if not each.is_loose()),
                lambda case: (round(case.result.number / case.operands[0].number, 9), case.operands[1].exact),
                prior + near + _SAID * (by == Fraction(1, _HOUR)),
                len(triples) * (1 if by == 1 else _OTHERS + len(remarked)),
            )
            if law is None and by == 1:
                law = steady(cases)
            if law is not None:
                yield with_cut(law, [each for each in cases if each.is_loose()])
                break


def units_fit(whole: Variable, one: Variable, two: Variable) -> float | None:
    """Return how well the units of a product fit; None where they don't."""
    rates = (one.kind == PERCENT) + (two.kind == PERCENT)
    if rates == 2:
        return 0.0 if whole.kind == PERCENT else FITTING if _POINTS.search(whole.label) else None
    if rates == 1:
        other = two if one.kind == PERCENT else one
        rate = one if other is two else two
        called = _ATTAINED.search(rate.label) and _RESULTS.search(whole.label) and _AIMS.search(other.label)
        return FITTING * (1 + 2 * called) if other.kind == whole.kind != PERCENT else None
    if whole.kind == PERCENT:
        return None
    money = (one.kind == MONEY) + (two.kind == MONEY)
    if whole.kind == MONEY:
        return FITTING if money == 1 else -NEXT if money == 0 else None
    if money or (one.stage and two.stage):
        return None
    if _AMOUNT.search(whole.label) and sum(_PRICED.search(each.label) for each in (one, two)) == 1:
        return NEXT  # 月額 and MRR are money, whatever their unit
    return -NEXT if _EACH.search(one.label) or _EACH.search(two.label) else -2 * FITTING


def scales(whole: Variable, one: Variable, two: Variable, remarked: Sequence[Fraction]) -> Iterator[Fraction]:
    """Yield by what a product may be off: revenue in 万円 beside a price without a unit or in yen; a rate that is said elsewhere."""
    kinds = (one.kind, two.kind)
    yield _HUNDRED if kinds == (PERCENT, PERCENT) and whole.kind != PERCENT else Fraction(1)
    if PERCENT in kinds:
        return
    if whole.factor != 1 and MONEY not in kinds:
        yield Fraction(whole.factor)
    if _OF_YEAR_LABEL.search(whole.label) and any(_OF_MONTH.search(each.label) for each in (one, two)):
        yield from (Fraction(_MONTHS, each) for each in UNITS)  # so many clients, each with a fee of a month
    if whole.kind == MONEY or MONEY in kinds or any(_ABROAD.search(each.label) for each in (whole, one, two)):
        yield from (Fraction(1, each) for each in UNITS[1:])
    elif any(_MINUTES.search(each.label) for each in (one, two)) and not _MINUTES.search(whole.label):
        yield Fraction(1, _HOUR)
    yield from remarked
    if whole.factor != 1 and MONEY not in kinds:
        yield from (each * whole.factor for each in remarked)


_OF_YEAR_LABEL, _OF_MONTH, _MONTHS = terms.of("per_year"), terms.of("per_month", "monthly_fee"), 12
_POINTS, _HUNDRED = terms.of("points"), Fraction(100)
"""90 % of a goal that weighs 20 % are 18 points."""

_ABROAD = regex(r"[$€£]")
"""Thousands of dollars beside dollars."""

_OTHERS = 4
_SAID = 3 * FITTING
"""Digits that it counts for that a label says minutes."""

_HOUR, _MINUTES = 60, regex(r"\bmin(?:ute)?s?\b|分[)）]|分間|時間\(分|\baht\b")
"""Calls times minutes are hours."""


def is_trivial(p: Value, a: Value, b: Value) -> bool:
    """Return whether a product with a rate near 100 % is the other figure but for the roundings: any such rate would do."""
    other = a if b.kind == PERCENT else b if a.kind == PERCENT else None
    return other is not None and p.kind != PERCENT and abs(p.number - other.number) <= 1.5 * max(p.step, other.step)


def _worth(lines: Sequence[tuple[Value, Value, Value]], by: Fraction) -> bool:
    """Return whether a product nearly holds on enough lines to be looked at."""
    times, off = float(by), 0
    for p, a, b in lines:
        made = a.number * b.number * times
        if abs(made - p.number) > 1.01 * (p.step + times * (abs(a.number) * b.step + abs(b.number) * a.step)) + 1e-9 * abs(
            made
        ):
            off += 1
            if off > 1 and off > len(lines) // 6:
                return False
    return len(lines) - off >= LEAST


def grown(variables: Sequence[Variable], total: Sequence[bool]) -> Iterator[Law]:
    """Yield what is another with some per cent more, or less: a buffer, a growth on last year, those who leave."""
    rates = [
        each
        for each in variables
        if each.kind == PERCENT
        and not _YEARLY.search(each.label)
        and not _ATTAINED.search(each.label)  # 113 % of a goal are no 113 % more
        and not any(its is not None and is_one_in(its.spot.text) for its in each.values)
        # Of what has all of it on the line of totals, they are shares.
        and not any(whole and its is not None and its.exact == 1 for whole, its in zip(total, each.values, strict=True))
    ]
    others = [each for each in variables if each.kind != PERCENT and not each.aside]
    tried = len(rates) * len(others) * (len(others) - 1)
    for rate in rates:
        less, grows = _LESS.search(rate.label), _GROWS.search(rate.label)
        for one, two in combinations(others, 2):
            if one.kind != two.kind:
                continue
            # 5 % less of one is nearly 5 % more of the other: the way that fails on fewer lines is meant.
            ways = product(((one, two), (two, one)), (1, -1))
            found = [law for way in ways if (law := _grown(rate, *way, tried)) is not None]
            best = min(
                found, key=lambda law: (len(law.failed), -sum(each.follows() == EXACT for each in law.held)), default=None
            )
            if best is not None and (less or best.held[0].by > 0) and (grows or not _is_little(best)):
                yield best


_LESS = terms.of("gone", "discount", "cost_share")
_GROWS = terms.of("growth", "grows", "margin", "more", "tax", "gone", "discount", "compared", "on_top")


def _is_little(law: Law) -> bool:
    """Return whether a growth fails that holds on two lines, not exactly on both: of a rate that is called otherwise that is chance."""
    return bool(law.failed) and len(law.held) <= LEAST and any(each.follows() != EXACT for each in law.held)


def _grown(rate: Variable, pair: tuple[Variable, Variable], sign: int, tried: int) -> Law | None:
    whole, one = pair
    lines = [(p, a, b) for p, a, b in complete(whole, one, rate) if p.number and a.number and b.number]
    if len(lines) < LEAST:
        return None
    if sum(abs(a.number * (1 + sign * b.number) - p.number) <= p.step + abs(a.number) * b.step for p, a, b in lines) < LEAST:
        return None
    cases = [Case(GROWN, p, (a, b), Fraction(sign)) for p, a, b in lines]
    return judged(
        GROWN, [each for each in cases if each.follows() != BACK], lambda case: case.operands[1].exact, FITTING, tried
    )


_YEARLY = terms.of("yearly")
_MOST_YEARS = 10


def compounded(variables: Sequence[Variable]) -> Iterator[Law]:
    """Yield the rate by which one grows into another in several years."""
    others = [each for each in variables if each.kind != PERCENT and not each.aside]
    for rate in variables:
        if rate.kind != PERCENT or not _YEARLY.search(rate.label):
            continue
        found: list[Law] = []
        for (one, two), years in product(combinations(others, 2), range(2, _MOST_YEARS)):
            lines = [(p, a, b) for p, a, b in complete(two, one, rate) if p.number * a.number > 0 and b.number > -1]
            cases = [Case(COMPOUND, p, (a, b), Fraction(years)) for p, a, b in lines]
            if sum(each.turned() is not None or each.follows() == EXACT for each in cases) < LEAST:
                continue
            law = judged(COMPOUND, cases, lambda case: case.operands[1].exact, 2 * FITTING, _MOST_YEARS * len(others))
            if law is not None:
                found.append(law)
        if found:
            # Two years of the one may be nearly three of the other: the way that fails on fewer lines is meant.
            yield min(found, key=lambda law: (len(law.failed), -sum(each.follows() == EXACT for each in law.held)))


def of_three(variables: Sequence[Variable], made: Sequence[Law]) -> Iterator[Law]:
    """Yield what is three others multiplied, where it isn't two: heads × deals of each × price; or one of them is of two."""
    shares = {its.where for each in variables if _SHARES.search(each.label) for its in each.values if its is not None}
    done = {
        case.result.where
        for law in made
        if law.kind == PRODUCT and not law.failed
        for case in law.held
        # A share of all, or of last year's, is worked out of a figure, not the figure of it.
        if not any(each.where in shares for each in case.operands)
    }
    own = [each for each in variables if not each.aside]
    if len(own) > _FEW:
        return
    wholes = [each for each in own if sum(its is not None and its.where in done for its in each.values) < LEAST]
    sets = sets_of_three(wholes, own)
    for whole, three in sets:
        lines = [
            (p, parts)
            for p, *parts in complete(whole, *three)
            if p.number > 0 and all(each.number > 0 for each in parts) and not any(map(is_all, parts))
        ]
        ratios = [math.prod(each.number for each in parts) / p.number for p, parts in lines]
        for by in UNITS if whole.kind == MONEY else UNITS[:1]:
            if sum(0.99 * by <= each <= 1.01 * by for each in ratios) < LEAST:
                continue
            cases = [Case(PRODUCT, p, tuple(parts), Fraction(1, by)) for p, parts in lines]
            law = judged(PRODUCT, cases, lambda case: case.result.exact, FITTING, 4 * len(sets))
            if law is not None and not _is_of_other_cells(law):
                yield law


def is_all(value: Value) -> bool:
    """Return whether a factor is 100 %: any line's product holds with it that holds without."""
    return value.kind == PERCENT and value.exact == 1


def _is_of_other_cells(law: Law) -> bool:
    """Return whether the formulas of most lines refer to none of the law's own cells."""
    cells = [(case.places, frozenset().union(*(each.uses for each in case.cells))) for case in law.held]
    return sum(bool(uses) and not uses & own for own, uses in cells) * 2 > len(cells)


_SHARES = terms.of("compared", "part_of_whole", "ratio_of_two")
_FEW = 14
UNITS = (1, 1000, 10_000, 1_000_000)
"""What a figure's unit may be a multiple of that of its factors by."""


def sets_of_three(wholes: Sequence[Variable], variables: Sequence[Variable]) -> list[tuple[Variable, tuple[Variable, ...]]]:
    """Return each variable with three others of which it may be the product, by their units."""
    return [
        (whole, three)
        for whole in wholes
        for three in combinations([each for each in variables if each is not whole], 3)
        if _units_of_three_fit(whole, three)
    ]


def _units_of_three_fit(whole: Variable, three: Sequence[Variable]) -> bool:
    kinds = [each.kind for each in three]
    if whole.kind == PERCENT:
        return False
    if whole.kind == MONEY:
        return kinds.count(MONEY) == 1
    # So many people, each so often a day, on so many days.
    return MONEY not in kinds and (
        PERCENT in kinds or any(_EACH.search(each.label) or _A_HEAD.search(each.label) for each in three)
    )


_A_HEAD = regex(r"[1一](?:人|名|社|台|店|日|回|営業日)")


EARLIER = regex(r"(?:前月|前週|前期|前四半期)[^比差]{1,12}\d|\b(?:last|previous|prior) (?:month|week|quarter)'?s?\b.*\d")
"""A number that a label says of another month's figure."""


def multiples(variables: Sequence[Variable]) -> Iterator[Law]:
    """Yield what is another one times a number that one of their labels says: MQLs (40%), 週(÷50), 年間 of 月間."""
    for whole in variables:
        if whole.kind == PERCENT or EARLIER.search(whole.label):
            continue
        for one in variables:
            for by, kind in constants(whole, one) if not EARLIER.search(one.label) else ():
                if (
                    one is whole
                    or one.kind == PERCENT
                    or (kind != PRICE and one.kind != whole.kind and MONEY in (one.kind, whole.kind))
                ):
                    continue
                lines = [(p, a) for p, a in complete(whole, one) if p.number and a.number and p.exact != a.exact]
                if len(lines) < LEAST:
                    continue
                law = judged(
                    MULTIPLE,
                    (Case(MULTIPLE, p, (a,), by) for p, a in lines),
                    lambda case: case.result.digits,
                    FITTING,
                    len(variables),
                )
                if law is not None and not (law.failed and kind == NUMBER and _is_by_a_column(whole, one, variables)):
                    yield law


def _is_by_a_column(whole: Variable, one: Variable, variables: Sequence[Variable]) -> bool:
    """Return whether another column says on each line how many times: visits a week are those a day, on the days of each."""
    for by in variables:
        if by in (whole, one) or by.kind == PERCENT or by.aside:
            continue
        lines = list(complete(whole, one, by))
        if len(lines) > LEAST and all(days.exact * its.exact == total.exact for total, its, days in lines):
            return True
    return False


def constants(variable: Variable, other: Variable) -> Iterator[tuple[Fraction, str]]:
    """Yield the numbers by which one variable may be another's multiple: those that it says, those of their periods."""
    one, two = (next((count for words, count in _PERIODS if words.search(each.label)), None) for each in (variable, other))
    if one is not None and two is not None and one != two:
        yield Fraction(two, one), NUMBER
    spread = [next((at for at, words in enumerate(_SPREADS) if words.search(each.label)), None) for each in (variable, other)]
    if None not in spread and spread[0] != spread[1]:
        yield from _usual(variable, other)
    elif spread[0] is not None and spread[1] is None:
        # Of a goal whose label doesn't say that it is the year's.
        yield from ((by, kind) for by, kind in _usual(variable, other) if by and 1 / by in _OF_YEAR[spread[0]])
    for said in variable.said:
        yield said.value, said.kind
        yield 1 / said.value, said.kind
        if said.kind == RATE and said.value < 1:
            yield 1 + said.value, said.kind


def _usual(variable: Variable, other: Variable) -> Iterator[tuple[Fraction, str]]:
    """Yield the number by which most lines of a variable are another's multiple, where it is a whole one."""
    by = [one.exact / two.exact for one, two in complete(variable, other) if two.exact]
    usual = max(dict.fromkeys(by), key=by.count, default=None)
    if (
        usual is not None
        and by.count(usual) > max(LEAST, len(by) // 2)
        and usual > 0
        and 1 in (usual.numerator, usual.denominator)
    ):
        yield usual, NUMBER

"""The laws of a table: those that hold on so many of its lines that it is no coincidence, and the line on which one doesn't.

A law is looked for in numbers first, in words second: what is a rate is a share of something, what is a price isn't added up.
How many combinations were tried, and how many digits agree, tells how likely it is by chance.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, product
from typing import NamedTuple

from ..rules.totals import APART
from .law import ABOUT, GROWN, MEAN, MULTIPLE, OFF, PRODUCT, ROUNDED, SAME, SUM, WRITTEN, Case, turned
from .said import NUMBER, PRICE, RATE
from .tables import COUNT, MONEY, MOST_VARIABLES, PERCENT, Table, Value, Variable

_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_LEAST = 2
_ENOUGH = 1.5
"""Digits that agree beyond those that the number of combinations explains: one in thirty by chance."""

_FITTING, _NEXT = 1.0, 0.5
_DIGITS = 4.0
_SIGNED = 5
_RUN = 40
_NOT_ADDED = re.compile(
    r"率|単価|倍|カバレッジ|coverage|比|平均|割合|累計|累積|rate|average|avg|price|per |cvr|roi|%|size|cumul|係数|指数|index|season|ytd|残高?$|cpl|cac|aov|acv|arpa|arpu|growth|unique|ユニーク|uu|実人数|延べ|→|順位|rank"
)
_COMPARED = re.compile(
    r"growth|yoy|前年比|前期比|昨対|伸び|増減|構成比|差異|差$|比率|達成率|進捗|変化|diff|delta|variance|\\bvs\\b|change|% of|備考|remark|gap|不足"
)
"""Lines that compare others: what follows in those doesn't in them."""
_ENDS = re.compile(
    r"期首|期末|月初|月末|前月|繰越|開始時|終了時|残高|opening|closing|begin|start|end(?:ing)?\b|carried|balance"
)
_PERIODS = [
    (re.compile(r"四半期|quarter"), 4),
    (re.compile(r"半期|half"), 2),
    (re.compile(r"月間|月次|月あたり|/月|毎月|\bmonth(?:ly)?\b|\bmrr\b"), 12),
    (re.compile(r"年間|年次|通年|通期|/年|\byear(?:ly)?\b|annual|\barr\b"), 1),
]
"""How many of a period are in a year, by what a variable is called."""
_SPREAD = re.compile(r"平均|mean|average|avg")


class Law(NamedTuple):
    """A law of a table: the lines where it holds and where it fails; ``sure`` if it isn't by chance."""

    kind: str
    held: tuple[Case, ...]
    failed: tuple[Case, ...]
    sure: bool = True


def laws(table: Table) -> Iterator[Law]:
    """Yield the laws of a table."""
    table = _without(table, _COMPARED)
    own = [each for each in table.variables if not each.aside]
    if len(table.lines) < _LEAST or not own:
        return
    if len(own) <= MOST_VARIABLES:
        yield from _products(table.variables)
        yield from _multiples(own)
        yield from _means(own)
        yield from _grown(table.variables)
    added = [each for each in _without(table, _NOT_ADDED, APART).variables if not each.aside]
    if len(own) <= MOST_VARIABLES:
        yield from _signed(added)
    if len(own) <= 2 * MOST_VARIABLES:
        yield from _runs(added)
        yield from _carried(own)


def _without(table: Table, words: re.Pattern[str], inside: re.Pattern[str] | None = None) -> Table:
    """Return a table without the lines whose names have some word, or have one ``inside`` brackets, too."""
    out = [
        at
        for at, name in enumerate(table.names)
        if words.search(_BRACKETS.sub(" ", name)) or (inside is not None and inside.search(name))
    ]
    if not out:
        return table
    variables = [
        each._replace(values=[None if at in out else value for at, value in enumerate(each.values)]) for each in table.variables
    ]
    return table._replace(variables=[each for each in variables if any(value is not None for value in each.values)])


# -- how sure ---------------------------------------------------------------------------


def _judged(kind: str, cases: Iterable[Case], key: Callable[[Case], object], prior: float, tried: int) -> Law | None:
    """Return the law of the cases if most hold, too many for chance; a line more than the roundings off fails."""
    held, failed = parted(cases)
    if len(failed) > max(1, len(held) // 5) or len(held) < _LEAST:
        return None
    known: dict[object, float] = {}
    for each in held:
        at = key(each)
        known[at] = max(known.get(at, 0.0), _told(each))
    surety = sum(known.values()) + prior - math.log10(max(1, tried))
    return Law(kind, tuple(held), tuple(failed)) if surety >= _ENOUGH else None


def parted(cases: Iterable[Case]) -> tuple[list[Case], list[Case]]:
    """Return the cases that hold, and those that are off by more than their roundings; what is within them is neither."""
    every = [(each, each.follows()) for each in cases]
    holds = [(each, how) for each, how in every if how <= WRITTEN]
    failed = [each for each, how in every if how == OFF]
    if len(holds) >= _LEAST and all(how <= ROUNDED for _, how in holds):
        # Where nothing else was worked out from figures before they were rounded, this one wasn't either.
        failed += [each for each, how in every if how == ABOUT and not each.is_near()]
    for each, how in holds if len(holds) > _LEAST else ():
        # Rates that are typed, not measured, elsewhere: 61 of 300 at 20 % is a slip.
        if how == WRITTEN and each.kind == PRODUCT and _whole(each.exact, each.result):
            others = [(other, its) for other, its in holds if other is not each]
            if all(its <= ROUNDED for _, its in others) and _rate_digits(each) <= max(_rate_digits(other) for other, _ in others):
                failed.append(each)
    return [each for each, _ in holds if each not in failed], _roots(failed)


def _roots(failed: list[Case]) -> list[Case]:
    """Return the cases that fail by themselves: not those of which a formula refers to another's cell."""
    cells = [{cell.where for cell in each.cells} for each in failed]
    return [
        each
        for at, each in enumerate(failed)
        if not any(
            cell.uses & others
            for cell in each.cells
            for index, others in enumerate(cells)
            if index != at and cell.where not in others
        )
    ]


def _rate_digits(case: Case) -> int:
    return max((each.digits for each in case.operands if each.kind == PERCENT), default=0)


def _whole(exact: Fraction, value: Value) -> bool:
    return (exact / Fraction(value.step).limit_denominator(10**6)).denominator == 1 if value.step > 1e-6 else False


def _told(case: Case) -> float:
    """Return how many digits agree where a case holds."""
    found = case.result if case.follows() <= ROUNDED else turned(case) or case.result
    digits = max(each.digits for each in case.cells) if found is case.result else found.digits
    room = math.log10(max(1.0, abs(found.number) / found.step)) + 0.3
    return max(0.3, min(float(digits), room, _DIGITS))


# -- products -----------------------------------------------------------------------------


def _products(variables: Sequence[Variable]) -> Iterator[Law]:
    triples = [
        (whole, one, two, prior)
        for whole in variables
        if not whole.aside
        for one, two in combinations([each for each in variables if each is not whole], 2)
        if not (one.aside and two.aside) and (prior := _units(whole, one, two)) is not None
    ]
    for whole, one, two, prior in triples:
        for by in _scales(whole, one, two):
            lines = [
                (p, a, b)
                for p, a, b in zip(whole.values, one.values, two.values, strict=True)
                if p is not None and a is not None and b is not None and p.number and a.number and b.number
            ]
            if len(lines) < _LEAST or not _worth(lines, by):
                continue
            near = _NEXT if max(whole.place, one.place, two.place) - min(whole.place, one.place, two.place) <= 3 else 0.0
            law = _judged(
                PRODUCT,
                (Case(PRODUCT, p, (a, b), Fraction(by)) for p, a, b in lines),
                lambda case: (round(case.result.number / case.operands[0].number, 9), case.operands[1].exact),
                prior + near,
                len(triples),
            )
            if law is not None:
                yield law


def _units(whole: Variable, one: Variable, two: Variable) -> float | None:
    """Return how well the units of a product fit; None where they don't."""
    rates = (one.kind == PERCENT) + (two.kind == PERCENT)
    if rates == 2:
        return 0.0 if whole.kind == PERCENT else None
    if rates == 1:
        other = two if one.kind == PERCENT else one
        return _FITTING if other.kind == whole.kind != PERCENT else None
    if whole.kind == PERCENT:
        return None
    money = (one.kind == MONEY) + (two.kind == MONEY)
    if whole.kind == MONEY:
        return _FITTING if money == 1 else -_NEXT if money == 0 else None
    return -_NEXT if money == 0 and not (one.stage and two.stage) else None


def _scales(whole: Variable, one: Variable, two: Variable) -> Iterator[int]:
    """Yield by what a product may be off for its units: revenue in 万円, and the price beside it without a unit."""
    yield 1
    if whole.factor != 1 and MONEY not in (one.kind, two.kind) and PERCENT not in (one.kind, two.kind):
        yield whole.factor


def _worth(lines: Sequence[tuple[Value, Value, Value]], by: int) -> bool:
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
    return len(lines) - off >= _LEAST


def _grown(variables: Sequence[Variable]) -> Iterator[Law]:
    """Yield what is another with some per cent more: a buffer, a growth on last year."""
    rates = [each for each in variables if each.kind == PERCENT]
    others = [each for each in variables if each.kind != PERCENT and not each.aside]
    tried = len(rates) * len(others) * (len(others) - 1)
    for rate in rates:
        for one in others:
            for whole in others:
                if whole is one or whole.kind != one.kind:
                    continue
                lines = [
                    (p, a, b)
                    for p, a, b in zip(whole.values, one.values, rate.values, strict=True)
                    if p is not None and a is not None and b is not None and p.number and a.number and b.number
                ]
                if len(lines) < _LEAST:
                    continue
                if (
                    sum(abs(a.number * (1 + b.number) - p.number) <= p.step + abs(a.number) * b.step for p, a, b in lines)
                    < _LEAST
                ):
                    continue
                law = _judged(
                    GROWN,
                    (Case(GROWN, p, (a, b)) for p, a, b in lines),
                    lambda case: case.operands[1].exact,
                    _FITTING,
                    tried,
                )
                if law is not None:
                    yield law


# -- sums ---------------------------------------------------------------------------------


def _ratios(case: Case) -> tuple[float, ...]:
    whole = case.result.number or 1.0
    return tuple(round(each.number / whole, 6) for each in case.operands)


def _runs(variables: Sequence[Variable]) -> Iterator[Law]:
    """Yield totals of the variables before them, or after them, in a row."""
    for at, whole in enumerate(variables):
        for run in (list(reversed(variables[max(0, at - _RUN) : at])), variables[at + 1 : at + 1 + _RUN]):
            yield from _run(whole, run)


def _run(whole: Variable, run: Sequence[Variable]) -> Iterator[Law]:
    sums = [0.0 for _ in whole.values]
    for count, variable in enumerate(run, start=1):
        if variable.kind != whole.kind:
            return
        for line, value in enumerate(variable.values):
            sums[line] += value.number if value is not None else 0.0
        if count < _LEAST:
            continue
        holding = sum(
            p is not None and p.number != 0 and abs(made - p.number) <= 1e-6 * abs(p.number)
            for p, made in zip(whole.values, sums, strict=True)
        )
        if holding < _LEAST:
            continue
        cases = []
        for line, p in enumerate(whole.values):
            parts = tuple(value for each in run[:count] if (value := each.values[line]) is not None)
            if p is None or not p.number or len(parts) < _LEAST or p.kind != whole.kind:
                continue
            case = Case(SUM, p, tuple(reversed(parts)) if run[0].place < whole.place else parts, signs=(1,) * len(parts))
            if case.follows() == OFF and (len(parts) < count or _is_spread(case)):
                continue
            cases.append(case)
        law = _judged(SUM, cases, _ratios, _FITTING, len(run) * 2)
        if law is not None:
            yield law


def _is_spread(case: Case) -> bool:
    """Return whether a figure is no total but the mean of the others, or what there is at the end, or was at the beginning."""
    if case.result.exact in (case.operands[0].exact, case.operands[-1].exact):
        return True
    return Case(MEAN, case.result, case.operands).follows() <= ROUNDED


def _signed(variables: Sequence[Variable]) -> Iterator[Law]:
    """Yield what is there at the end: what was there, and came, less what went, whichever these are; or the rest of two."""
    for at, whole in enumerate(variables):
        for count in range(2, _SIGNED):
            run = variables[max(0, at - count) : at]
            if len(run) < count or any(each.kind != whole.kind for each in run):
                continue
            for signs in product((1, -1), repeat=count - 1):
                if -1 not in signs:
                    continue
                lines = [
                    (p, parts)
                    for p, *parts in zip(whole.values, *(each.values for each in run), strict=True)
                    if p is not None and None not in parts
                ]
                full = [(p, tuple(part for part in parts if part is not None)) for p, parts in lines]
                law = _judged(
                    SUM,
                    (Case(SUM, p, parts, signs=(1, *signs)) for p, parts in full if p.number),
                    _ratios,
                    0.0,
                    2 ** (count - 1) * len(variables),
                )
                if law is not None:
                    yield law


def _means(variables: Sequence[Variable]) -> Iterator[Law]:
    """Yield the means of the variables before them in a row, a total between them or not."""
    for at, whole in enumerate(variables):
        if not _SPREAD.search(whole.label):
            continue
        for end in (at, at - 1):
            for start in range(max(0, end - _RUN), end - 1):
                run = variables[start:end]
                cases = []
                for line, p in enumerate(whole.values):
                    parts = tuple(value for each in run if (value := each.values[line]) is not None)
                    if p is not None and len(parts) == len(run):
                        cases.append(Case(MEAN, p, parts))
                law = _judged(MEAN, cases, _ratios, _FITTING, at * 2)
                if law is not None:
                    yield law


# -- multiples -----------------------------------------------------------------------------


def _multiples(variables: Sequence[Variable]) -> Iterator[Law]:
    """Yield what is another one times a number that one of their labels says: MQLs (40%), 週(÷50), 年間 of 月間."""
    for whole in variables:
        if whole.kind == PERCENT:
            continue
        for one in variables:
            for by, kind in _constants(whole, one):
                if (
                    one is whole
                    or one.kind == PERCENT
                    or (kind != PRICE and one.kind != whole.kind and MONEY in (one.kind, whole.kind))
                ):
                    continue
                lines = [
                    (p, a)
                    for p, a in zip(whole.values, one.values, strict=True)
                    if p is not None and a is not None and p.number and a.number
                ]
                lines = [(p, a) for p, a in lines if p.exact != a.exact]
                if len(lines) < _LEAST:
                    continue
                law = _judged(
                    MULTIPLE,
                    (Case(MULTIPLE, p, (a,), by) for p, a in lines),
                    lambda case: case.result.digits,
                    _FITTING,
                    len(variables),
                )
                if law is not None:
                    yield law


def _constants(variable: Variable, other: Variable) -> Iterator[tuple[Fraction, str]]:
    """Yield the numbers by which one variable may be another's multiple: those that it says, those of their periods."""
    one, two = (next((count for words, count in _PERIODS if words.search(each.label)), None) for each in (variable, other))
    if one is not None and two is not None and one != two:
        yield Fraction(two, one), NUMBER
    for said in variable.said:
        yield said.value, said.kind
        yield 1 / said.value, said.kind
        if said.kind == RATE and said.value < 1:
            yield 1 + said.value, said.kind


# -- from line to line ------------------------------------------------------------------------


def _carried(variables: Sequence[Variable]) -> Iterator[Law]:
    """Yield what begins a line as another variable ended the line before: opening and closing."""
    ends = [each for each in variables if each.kind != PERCENT and _ENDS.search(each.label)]
    tried = len(ends) * (len(ends) - 1)
    for one, other in product(ends, repeat=2):
        if one is other or one.kind != other.kind:
            continue
        cases = [
            Case(SAME, later, (before,))
            for later, before in zip(one.values[1:], other.values, strict=False)
            if later is not None and before is not None
        ]
        if len(cases) < _LEAST or len({each.result.exact for each in cases}) < len(cases):
            continue
        last = cases[-1]
        if last.follows() > ROUNDED:  # the whole year's line ends the table, and begins as its first
            cases = cases[:-1]
        law = _judged(SAME, cases, lambda case: case.result.exact, 0.0, tried)
        if law is not None:
            yield law


__all__ = ["ABOUT", "COUNT", "Law", "laws"]

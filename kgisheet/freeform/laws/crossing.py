"""A figure that its row and its column both want otherwise, and the same: 41,000 of four quarters that make 14,000, below it 25,000 − 11,000.

A total that isn't that of its parts is a mean, or what there is at the end; one that holds on another line alone is little. So
neither proves anything by itself. Both together do, where they want exactly the same of the one figure that they share.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from itertools import combinations, product
from typing import NamedTuple

from ...formula.grid import Where
from ..read import terms
from ..rules.relation import APART
from .judge import LEAST, Law
from .law import EXACT, MULTIPLE, OFF, PRODUCT, ROUNDED, SUM, Case
from .products import sets_of_three
from .sums import is_excused, is_spread
from .tables import COUNT, MONEY, PERCENT, Table, Tables, Value, Variable

_VARIABLES, _LINES = 20, 40
_MOST = 3.0
"""Digits that the lines on which a relation holds count for."""

_ENOUGH = 4.5
"""Digits that the two relations, and what they want, have together: beyond as many as were tried."""

_LEAST = 1.0
"""Digits of what they want that are beyond chance: a count of one digit may be so by it."""

_TOTAL = terms.of("total", "subtotal", "grand_total")
_POWERS = (10, 100, 1000, 10_000)
_TWO, _THREE, _FOUR, _FEW = 2, 3, 4, 8


class Wanted(NamedTuple):
    """A relation that fails on one line, what it wants of one of its cells, and how surely it holds on others, in digits."""

    case: Case
    value: Value
    meant: Fraction
    surety: float
    across: bool
    """Its line is a row of the sheet."""
    of_total: bool = False
    """It is a total of what is beside it."""
    called: bool = False
    """A total that is called so, or is of many."""
    steady: bool = False
    """It is by one number on all lines."""

    @property
    def times(self) -> Fraction:
        """How many times what it is a figure is meant to be: whatever its unit."""
        return self.meant / self.value.exact


def crossing(tables: Tables, laws: Sequence[Law]) -> Iterator[Law]:
    """Yield the two relations that fail by the one figure that they share, and want the same of it.

    None that a law confirms: one that holds on all its lines, and wouldn't on this one any more.
    """
    lined = [(across, table) for across, table in tables.lined() if _is_small(table)]
    wanted: dict[Where, list[Wanted]] = {}
    for across, table in lined:
        for each in _sums(table, across):
            wanted.setdefault(each.value.where, []).append(each)
    sure = [case for law in laws if not law.failed and len(law.held) > LEAST for case in law.held]
    found: dict[Where, list[tuple[Wanted, Wanted]]] = {}
    for where, own in wanted.items():
        if own[0].value.uses or where in tables.cells.references.used:
            continue
        every = [*own, *_others(where, own, lined)]
        agreed = [two for two in combinations(every, 2) if _agree(*two, len(every))]
        agreed = [two for two in agreed if not any(_is_against(case, two[0]) for case in sure)]
        if agreed:
            found[where] = agreed
    # Where several figures are wanted otherwise, something else is meant by all of them.
    for where, agreed in found.items():
        if len(found) == 1 and len({two[0].times for two in agreed}) == 1:
            yield from (Law(each.case.kind, (), (each.case._replace(only=where),)) for each in agreed[0])


def _is_small(table: Table) -> bool:
    return LEAST <= len(table.names) <= _LINES and len(table.variables) <= _VARIABLES


def _is_against(case: Case, wanted: Wanted) -> bool:
    """Return whether a case wouldn't hold any more, were a figure what is wanted of it."""
    value = next((each for each in case.cells if each.where == wanted.value.where), None)
    if value is None:
        return False
    low, high = case.needed(value)
    return not low <= float(wanted.times * value.exact) <= high


def _agree(one: Wanted, other: Wanted, tried: int) -> bool:
    """Return whether two relations share one figure alone, want the same of it, and are surer of it than chance is."""
    if one.times != other.times or len(one.case.places & other.case.places) > 1:
        return False
    if not one.of_total and not other.of_total:
        return False
    if one.across == other.across and (one.case.kind == other.case.kind or _numbers(one) & _numbers(other)):
        return False  # the same once more, from a column that repeats another one
    # What is 92 times another one adds up wherever that does: heads at the end of each month aren't added, what they bring is.
    if any(
        two.steady and each.of_total and (not each.called or each.case.result is each.value)
        for each, two in ((one, other), (other, one))
    ):
        return False
    digits = math.log10(max(1.0, float(abs(one.meant)) / one.value.step)) - math.log10(tried)
    digits += _is_slip(one.value.exact, one.meant)
    return digits >= _LEAST and digits + one.surety + other.surety >= _ENOUGH


def _numbers(wanted: Wanted) -> set[Fraction]:
    return {each.exact for each in wanted.case.cells}


def _is_slip(now: Fraction, meant: Fraction) -> bool:
    """Return whether a figure is as another one that is typed wrong: with a zero more or less, or two digits changed round."""
    times = max(now / meant, meant / now)
    return times in _POWERS or (times != 1 and sorted(_digits(now)) == sorted(_digits(meant)))


def _digits(number: Fraction) -> str:
    return f"{float(number):.9f}".strip("0")


# -- sums ---------------------------------------------------------------------------------


def _sums(table: Table, across: bool) -> Iterator[Wanted]:
    """Yield what totals want of their cells on lines on which they fail, where they hold on another one."""
    own = [each for each in table.variables if not each.aside and not APART.search(each.label)]
    apart = [bool(APART.search(each)) for each in table.names]
    for at, whole in enumerate(own):
        called = _TOTAL.search(whole.label)
        for run in (list(reversed(own[:at])), own[at + 1 :]):
            for count in range(LEAST, len(run) + 1):
                by = _unit(whole, run[:count])
                if by is None:
                    break
                parts = sorted(run[:count], key=lambda each: each.place)
                cases = [_sum(whole, parts, line, by) for line, out in enumerate(apart) if not out]
                # As its label says a total is of all that is above it, if it holds on no other line.
                alone = called and len(parts) == len(run)
                yield from _of_cases(cases, across, called, alone)


def _unit(whole: Variable, parts: Sequence[Variable]) -> int | None:
    """Return in which unit a total is of its parts: in 千円 beside months that don't say so; nought where each line has another kind."""
    kinds = {each.kind for each in parts}
    if kinds == {whole.kind}:
        return 1
    if kinds == {COUNT} and whole.kind == MONEY:
        return whole.factor
    return None if PERCENT in {*kinds, whole.kind} else 0  # heads, and what each has to sell, on one line


def _sum(whole: Variable, parts: Sequence[Variable], line: int, by: int) -> Case | None:
    total = whole.values[line]
    own = tuple(value for each in parts if (value := each.values[line]) is not None)
    if total is None or not total.number or total.divided or len(own) < LEAST or any(not each.number for each in own):
        return None
    if by == 0 and len({each.kind for each in (total, *own)}) > 1:
        return None
    if by > 1:
        own = tuple(
            each._replace(exact=each.exact * by, number=each.number * by, step=each.step * by, kind=MONEY) for each in own
        )
    return Case(SUM, total, own, signs=(1,) * len(own))


def _of_cases(cases: Sequence[Case | None], across: bool, called: bool, alone: bool) -> Iterator[Wanted]:
    """Yield what a relation wants of the cells of the lines on which it fails."""
    held = [each for each in cases if each is not None and each.follows() == EXACT]
    if not held and not alone:
        return
    surety = _surety(held)
    # Other lines are of as many parts: goals of a year, and the months so far, aren't.
    many = {len(each.operands) for each in held}
    failed = [each for each in cases if each is not None and each.follows() == OFF and len(each.operands) in many]
    plain = [each for each in failed if not is_excused(each)]
    for case in failed if len(plain) <= max(1, len(held)) else ():
        if is_spread(case):
            continue  # a year begins with what its first month does, and has its months' mean of heads
        for value in case.cells:
            meant = case.solved(value)
            if meant is not None and meant > 0 and meant != value.exact and value.exact > 0:
                yield Wanted(case, value, meant, surety, across, of_total=True, called=called or len(case.operands) > _THREE)


def _surety(held: Sequence[Case], tried: int = 1) -> float:
    """Return how many digits agree on the lines on which a relation holds, each result once, beyond those by chance."""
    known = {each.result.exact: math.log10(max(1.0, abs(each.result.number) / each.result.step)) for each in held}
    return min(_MOST, sum(known.values()) - math.log10(tried))


# -- others -------------------------------------------------------------------------------


def _others(where: Where, own: Sequence[Wanted], lined: Sequence[tuple[bool, Table]]) -> Iterator[Wanted]:
    """Yield what holds on other lines, and on a figure's line, too, were it what a total wants."""
    for times in dict.fromkeys(each.times for each in own):
        for across, table in lined:
            variables = [each for each in table.variables if not each.aside]
            for at, variable in enumerate(variables):
                line = next(
                    (line for line, each in enumerate(variable.values) if each is not None and each.where == where), None
                )
                if line is None:
                    continue
                ways = list(_ways(variables, at, line))
                ways += _ways_of_three(variables, at, line)
                for make, least in ways:
                    yield from _would(make, (line, len(table.names)), where, times, least, across, len(ways))


Make = Callable[[int], Case | None]
"""Makes the case of a relation on a line."""


def _would(
    make: Make, of: tuple[int, int], where: Where, times: Fraction, least: int, across: bool, tried: int
) -> Iterator[Wanted]:
    """Yield what a relation wants of a figure of a line, where it wants what a total does and holds on most other lines."""
    line, lines = of
    now = make(line)
    value = next((each for each in now.cells if each.where == where), None) if now is not None else None
    if now is None or value is None or now.follows() <= ROUNDED:
        return
    meant = times * value.exact
    other = value._replace(exact=meant, number=float(meant))
    cells = [other if each is value else each for each in now.cells]
    follows = now._replace(result=cells[0], operands=tuple(cells[1:])).follows()
    # A sum, and what fails only for its rate isn't as fine, has to follow exactly.
    near = ROUNDED if now.follows() == OFF and now.kind != SUM else EXACT
    if follows > near:
        return
    cases = [case for each in range(lines) if each != line and (case := make(each)) is not None]
    held = [each for each in cases if each.follows() <= near and not each.is_loose()]
    if len({each.result.exact for each in held}) >= least and len(held) * 2 >= len(cases):
        yield Wanted(now, value, meant, _surety(held, tried), across, steady=_is_steady(now, value, held))


def _is_steady(case: Case, value: Value, held: Sequence[Case]) -> bool:
    """Return whether a figure is another one by the same number on all lines."""
    if case.kind != PRODUCT:
        return case.kind == MULTIPLE
    at = case.cells.index(value)
    others = [index for index in range(len(case.cells)) if index != at]
    return sum(len({each.cells[index].exact for each in (case, *held)}) == 1 for index in others) == len(others) - 1


def _ways(variables: Sequence[Variable], at: int, line: int) -> Iterator[tuple[Make, int]]:
    """Yield relations of a variable with others, and on how many lines each has to hold: with one, two, or what is before them."""
    cell = variables[at]
    others = [each for each in variables if each is not cell and each.values[line] is not None]
    for one in others:
        by = _usual(cell, one, line)
        if by is not None:
            yield partial(_multiple, cell, one, by), _THREE
    for one, two in combinations(others, 2):
        for kind in (PRODUCT, SUM):
            for three in ((cell, one, two), (one, cell, two), (two, cell, one)):
                yield partial(_of_three, kind, three), 1
    for end in range(at, min(len(variables), at + _FOUR + 1)):
        for count in (_THREE, _FOUR):
            if end - count <= at - (at == end) and end >= count:
                for signs in product((1, -1), repeat=count - 1):
                    if -1 in signs:
                        run = (variables[end], *variables[end - count : end])
                        yield partial(_signed, run, (1, *signs)), 1


def _ways_of_three(variables: Sequence[Variable], at: int, line: int) -> Iterator[tuple[Make, int]]:
    """Yield the products of three that a variable may take part in: heads, what each has to sell, and how much of that he can."""
    own = [each for each in variables if each.values[line] is not None]
    if len(own) > _FEW:
        return
    for whole, three in sets_of_three(own, own):
        if variables[at] is whole or variables[at] in three:
            yield partial(_multiplied, (whole, *three)), _TWO


def _multiplied(own: Sequence[Variable], line: int) -> Case | None:
    values = [value for each in own if (value := each.values[line]) is not None and value.number]
    return Case(PRODUCT, values[0], tuple(values[1:])) if len(values) == len(own) else None


def _usual(whole: Variable, one: Variable, out: int) -> Fraction | None:
    """Return what a variable is of another one on all lines but one, nearly; None where it isn't."""
    times = [
        a.exact / b.exact
        for line, (a, b) in enumerate(zip(whole.values, one.values, strict=True))
        if line != out and a is not None and b is not None and a.number * b.number
    ]
    usual = max(dict.fromkeys(times), key=times.count, default=None)
    return usual if usual is not None and times.count(usual) >= max(_THREE, len(times) - 1) else None


def _multiple(whole: Variable, one: Variable, by: Fraction, line: int) -> Case | None:
    p, a = whole.values[line], one.values[line]
    return Case(MULTIPLE, p, (a,), by) if p is not None and a is not None and p.number * a.number else None


def _signed(run: Sequence[Variable], signs: tuple[int, ...], line: int) -> Case | None:
    values = [each.values[line] for each in run]
    own = [each for each in values if each is not None and each.number]
    if len(own) < len(run) or len({each.kind for each in own}) > 1:
        return None
    return Case(SUM, own[0], tuple(own[1:]), signs=signs)


def _of_three(kind: str, three: Sequence[Variable], line: int) -> Case | None:
    values = [each.values[line] for each in three]
    if any(each is None or not each.number for each in values):
        return None
    result, one, two = (each for each in values if each is not None)
    rates = [each for each in (result, one, two) if each.kind == PERCENT]
    if kind == SUM:
        return Case(SUM, result, (one, two), signs=(1, 1)) if len(rates) in (0, _THREE) else None
    if result.kind == PERCENT or len(rates) > 1 or any(each.exact == 1 for each in (one, two)):
        return None
    return Case(PRODUCT, result, (one, two))

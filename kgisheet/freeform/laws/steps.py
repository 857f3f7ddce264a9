"""Steps from one figure to the next by a rate that is between them, or on the line of one of them, whatever it is called."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import NamedTuple

from ...formula.grid import Where
from ...values.regex import regex
from ..read import terms
from .anothers import makes_two
from .cumulative import overall
from .expected import is_of_all
from .judge import Law, agreed, parted, shared, told
from .law import EXACT, GROWN, OFF, PRODUCT, ROUNDED, Case
from .lists import AMOUNT, WITHOUT_BRACKETS, names
from .named import is_named, is_one_in
from .one_of_team import ONE_OF_TEAM
from .one_way import one_way
from .said_base import said_base
from .tables import PERCENT, Tables, Value

_LEAST = 2
_ENOUGH = 2.95  # digits that agree
_NAMED = 1.0
"""Digits that it counts for that each rate says what it leads to."""

_APART = 3


class _Way(NamedTuple):
    """How the steps of a table are read: along rows or columns, where the rate is, and which of the two it makes."""

    across: bool
    rate: tuple[int, int]
    makes_first: bool


def steps(tables: Tables) -> Iterator[Law]:
    """Yield the law of each block's steps, in the reading in which most hold."""
    read: list[tuple[_Way, list[Case], bool]] = []
    for block in tables.blocks:
        ways: dict[_Way, list[Case]] = {}
        places = set(block)
        for row, col in block:
            for across in (False, True):
                for way, case in _at(tables, places, row, col, across):
                    one, other = case.result, case.operands[0]
                    if _is_price(tables, one) == _is_price(tables, other) and _is_of_one(tables, one) == _is_of_one(
                        tables, other
                    ):
                        ways.setdefault(way, []).append(case)
        for across in (False, True):
            for beside in (False, True):
                readings = [cases for way, cases in ways.items() if way.across == across and (way.rate != _BETWEEN) == beside]
                judged = [(cases, _judged(tables, cases)) for cases in readings]
                laws = [law for _, law in judged if law is not None]
                read += [
                    (way, cases, law is not None and not law.failed)
                    for way, own in ways.items()
                    for cases, law in judged
                    if own is cases and (not laws or law is not None)
                ]
                taken: set[tuple[int, int]] = set()
                for law in sorted(laws, key=lambda law: (-len(law.held), len(law.failed))):
                    # The same rates may stand between the month's counts and, on another line, between those of one head.
                    own = {cell.at for case in (*law.held, *law.failed) for cell in (case.result, case.operands[0])}
                    if not own & taken:
                        taken |= own
                        known = {frozenset((each.result.where, each.operands[0].where)) for each in law.held}
                        failed = tuple(each for each in law.failed if not _has_its_own_use(tables, each, known))
                        yield law if len(failed) == len(law.failed) else law._replace(failed=failed)
                        yield from overall(tables, law)

    yield from _as_elsewhere(tables, read)


_PRICE, _EACH = terms.of("price"), terms.of("each")


def _is_price(tables: Tables, value: Value) -> bool:
    """Return whether a label says that a figure is the price, or the cost, of one: no step leads from it to a count."""
    label = tables.name(value, across=False)
    return _PRICE.search(label) or (AMOUNT.search(label) and _EACH.search(label))


def _is_of_one(tables: Tables, value: Value) -> bool:
    """Return whether a figure is of one of a team: no step leads from its appointments to the meetings of all."""
    return ONE_OF_TEAM.search(tables.name(value, across=False)) is not None


_ABOUT_IT, _FAR, _TWO_DIGITS = 4, 10, 10


def _has_its_own_use(tables: Tables, case: Case, known: Collection[frozenset[Where]]) -> bool:
    """Return whether the rate of a step makes a count of another figure near it, as it is called: its own step, the other way or not.

    Two counts of which it is ``known`` that another rate leads from one to the other have that one, be it as large.
    """
    rate = case.operands[1]
    if is_of_all(tables, case.result, case.operands):
        return True
    if rate.at not in tables.values:
        # 2 % of what all was sold for, and not of what came back.
        others = [each for each in (case.result, case.operands[0]) if each.at[0] == rate.at[0]]
        near = [each for each in _near(tables, case.result, case) if each.where not in case.places]
        if any(abs(one.exact * rate.exact) == abs(each.exact) >= _TWO_DIGITS for one in near for each in others):
            return True
        if _are_parts(tables, case):
            return True
    elif _is_share(tables, case) or makes_two(case, lambda value: list(_near(tables, value, case, 1))):
        return True
    said = tables.name(rate, across=False) if rate.at in tables.values else rate.spot.flat
    called, inside = names(said), names(said.translate(WITHOUT_BRACKETS))
    apart = rate.at[0] not in (case.result.at[0], case.operands[0].at[0])
    if apart and any(
        one.where not in case.places
        and inside & names(tables.name(one, across=False))
        and Case(PRODUCT, value, (one, rate)).follows() <= (ROUNDED if value is case.result else EXACT)
        for value in (case.result, case.operands[0])
        for one in _near(tables, value, case, _FAR)
    ):
        return True
    near = list(_near(tables, rate, case))
    return any(
        one.exact * rate.exact == other.exact >= _TWO_DIGITS
        and not {one.where, other.where} <= case.places
        and frozenset((one.where, other.where)) not in known
        and called & names(tables.name(other, across=False))
        for one in near
        for other in near
        if one is not other
    )


def _is_share(tables: Tables, case: Case) -> bool:
    """Return whether two counts are parts of the figure above both, each by the rate beside it: 180, of them 108 or 60 %, 72 or 40 %."""
    one, other = sorted((case.result, case.operands[0]), key=lambda each: each.at)
    rate = case.operands[1]
    if one.at[1] != other.at[1] or other.at[0] - one.at[0] != 1 or rate.at[0] not in (one.at[0], other.at[0]):
        return False
    whole = tables.values.get((one.at[0] - 1, one.at[1]))
    rates = [its for each in (one, other) if (its := tables.rate((each.at[0], rate.at[1]))) is not None]
    return (
        whole is not None
        and sum(each.exact for each in rates) == 1
        and [whole.exact * each.exact for each in rates] == [one.exact, other.exact]
    )


def _are_parts(tables: Tables, case: Case) -> bool:
    """Return whether two figures beside each other are the parts of the one before them that their headings say: H1 (45%), H2 (55%)."""
    one, other = sorted((case.result, case.operands[0]), key=lambda each: each.at)
    whole = tables.values.get((one.at[0], one.at[1] - 1))
    rates = [tables.rate((case.operands[1].at[0], each.at[1])) for each in (one, other)]
    if one.at[0] != other.at[0] or whole is None:
        return False
    shares = [each.exact for each in rates if each is not None]
    return sum(shares) == 1 and [whole.exact * each for each in shares] == [one.exact, other.exact]


def _near(tables: Tables, about: Value, case: Case, far: int = _ABOUT_IT) -> Iterator[Value]:
    """Yield the counts of a figure's column that are near it."""
    row, col = about.at
    for step in range(-far, far + 1):
        value = tables.values.get((row + step, col))
        if value is not None and value.kind == case.result.kind:
            yield value


def _as_elsewhere(tables: Tables, read: list[tuple[_Way, list[Case], bool]]) -> Iterator[Law]:
    """Yield the law of steps too few to prove anything, where other tables have the same stages, and follow in the same way."""
    named: dict[tuple[object, ...], list[list[Case]]] = {}
    for way, cases, holds in read:
        if holds:
            named.setdefault((way, *_stages(tables, way, cases)), []).append(cases)
    for way, cases, holds in read:
        others = named.get((way, *_stages(tables, way, cases)), []) if not holds else []
        law = _judged(tables, [*cases, *(case for each in others for case in each)]) if others else None
        if (
            law is not None
            and law.failed
            and all(each in cases for each in (case._replace(tight=False) for case in law.failed))
        ):
            yield law


def _stages(tables: Tables, way: _Way, cases: list[Case]) -> list[str]:
    return [tables.name(each.result, way.across) for each in cases]


_BETWEEN = (1, 0)


def _at(tables: Tables, places: set[tuple[int, int]], row: int, col: int, across: bool) -> Iterator[tuple[_Way, Case]]:
    """Yield the readings of the step that begins at a figure."""

    def move(along: int, aside: int) -> tuple[int, int]:
        return (row + aside, col + along) if across else (row + along, col + aside)

    first = tables.values[row, col]
    if first.kind == PERCENT or not first.number:
        return
    year = _year(tables, first, move(-1, 0), across)
    between, after = tables.rate(move(1, 0)), move(2, 0)
    if between is not None and after in places:
        yield from _both(year, _Way(across, _BETWEEN, False), first, tables.values[after], between)
    later = move(1, 0)
    if later not in places:
        for aside in (*range(-_APART, 0), *range(1, _APART + 1)) if after in places and not between else ():
            rate = tables.rate(move(1, aside))
            if rate is not None:
                yield from _both(year, _Way(across, (_BETWEEN[0], aside), False), first, tables.values[after], rate)
        return
    for aside in (*range(-_APART, 0), *range(1, _APART + 1)):
        for along in (0, 1):
            rate = tables.rate(move(along, aside))
            if rate is not None:
                base = first if across or along == 0 else said_base(tables, rate, first)
                own = year if base is first else base
                yield from _both(own, _Way(across, (along, aside), False), base, tables.values[later], rate)


_A_MONTH, _MONTHS = terms.of("per_month"), 12


def _year(tables: Tables, month: Value, before: tuple[int, int], across: bool) -> Value:
    """Return the year's figure before a month's that is a twelfth of it, from which steps may go on; else the figure itself."""
    year = tables.values.get(before)
    is_month = (
        year is not None and _A_MONTH.search(tables.name(month, across)) and not _A_MONTH.search(tables.name(year, across))
    )
    return year if year is not None and is_month and year.exact == _MONTHS * month.exact else month


def _both(year: Value, way: _Way, first: Value, later: Value, rate: Value) -> Iterator[tuple[_Way, Case]]:
    # Of the year's and the month's figure the one that is meant is the nearer to what the step makes.
    made = [float(each) for each in (later.exact * rate.exact, later.exact / rate.exact if rate.exact else 0) if each > 0]
    if year is not first and made and year.number > 0 < first.number:
        first = min((year, first), key=lambda each: min(abs(math.log(each.number / its)) for its in made))
    if (
        rate.exact == 1
        or first.exact == later.exact
        or _is_added(first, later, rate)
        or _are_made_otherwise(first, later, rate)
    ):
        return
    if _is_worked_otherwise(first, later, rate):
        return
    if later.kind == first.kind and later.number and first.number and rate.number > 0:
        by = Fraction(1 if later.number * first.number > 0 else -1)  # what is taken off is below zero
        yield way, Case(PRODUCT, later, (first, rate), by)
        yield way._replace(makes_first=True), Case(PRODUCT, first, (later, rate), by)


def _is_worked_otherwise(first: Value, later: Value, rate: Value) -> bool:
    """Return whether a rate is of a working that begins with another number than either: 前期6,000万円×継続率90%, beside 5,400万円."""
    text = rate.spot.text
    if not text or not _OPERATOR.search(text):
        return False
    numbers = [Fraction(each.replace(",", "")) for each in _NUMBER.findall(rate.spot.flat)]
    own = [each.spot.amount.number for each in (first, later) if each.spot.amount is not None]
    return bool(numbers) and not any(each in numbers for each in own)


_OPERATOR = regex(r"[×✕*÷]")
_NUMBER = regex(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?(?![\d.,%割])")


def _are_made_otherwise(first: Value, later: Value, rate: Value) -> bool:
    """Return whether the formulas of two counts say that neither has to do with the other, nor with the rate: those of the next quarter."""
    one, other = first.uses & {later.where, rate.where}, later.uses & {first.where, rate.where}
    if first.uses and later.uses and not one and not other:
        return True
    # The sum of the profit wanted and the fixed costs is divided by the margin: no step from one of them.
    return any(
        each == {its.where, rate.where} and len(made.uses) > _BOTH
        for made, its, each in ((first, later, one), (later, first, other))
    )


_BOTH = 2


def _is_added(first: Value, later: Value, rate: Value) -> bool:
    """Return whether a rate is a buffer on top, or what is taken off."""
    if is_one_in(rate.spot.text):
        return False
    for whole, base in ((first, later), (later, first)):
        for sign in (1, -1):
            made = base.number * (1 + sign * rate.number)
            if abs(made - whole.number) > whole.step + abs(made) / _FINE:
                continue  # seen at once, of thousands that are tried
            each = rate._replace(exact=sign * rate.exact, number=sign * rate.number)
            # So much more is a buffer only exactly.
            closely = EXACT if sign > 0 and rate.number > _MORE and "%" in rate.spot.format else ROUNDED
            if each.exact != Fraction(-1, 2) and Case(GROWN, whole, (base, each)).follows() <= closely:
                return True
    return False


_FINE, _MORE = 10**6, 0.5


def _judged(tables: Tables, cases: list[Case]) -> Law | None:
    by_one = _off_by_one(tables, cases) or one_way(cases)
    if by_one is not None:
        return by_one
    held, failed = parted(cases)
    agree = _agree(failed)
    if not agree:
        # One step may be worked out onward in a list that goes back from the goal.
        failed = [
            each for each in failed if Case(PRODUCT, each.operands[0], (each.result, each.operands[1])).follows() > ROUNDED
        ]
        agree = _agree(failed)
    if len(held) == 1 and len(failed) == _LEAST and len(cases) == _SHORT and agree:
        return _of_three(tables, held, failed, agree)
    if len(held) < _LEAST or len(held) < len(failed) or sum(each.follows() <= ROUNDED for each in held) < _LEAST:
        return None
    if sum(map(told, held)) + min(agree, 1.0) < _ENOUGH:
        return None  # 13 of 16, 15 of 16: nearly any rate would do
    if failed and not shared(failed):
        return None
    if len(failed) == len(held) == 2 and not agree:
        return None
    return (
        Law(PRODUCT, tuple(held), tuple(failed))
        if len({each.operands[1].exact for each in (*held, *(failed if agree else ()))}) > 1 or len(held) > _LEAST
        else None
    )


_SHORT = 3


def _off_by_one(tables: Tables, cases: list[Case]) -> Law | None:
    """Return the law of steps all of which are exact but for the two of a figure that is a few too many: 20 ÷ 40 % is 50, and not 51."""
    exact = [each for each in cases if each.follows() == EXACT]
    odd = [each for each in cases if each not in exact]
    if len(odd) != _LEAST or len(exact) < _LEAST or all(each.follows() == OFF for each in odd):
        return None
    if len({each.operands[1].exact for each in cases}) == 1 or sum(map(told, exact)) + 2 * _NAMED < _ENOUGH:
        return None
    if sum(is_named(tables, each) for each in cases) < len(cases) - 1:
        return None
    if any(same and (odd[0].solved(cell) or Fraction(1, 2)).denominator == 1 for cell, same in agreed(*odd)):
        return Law(PRODUCT, tuple(exact), tuple(each._replace(strict=True) for each in odd))
    return None


def _of_three(tables: Tables, held: list[Case], failed: list[Case], agree: float) -> Law | None:
    """Return the law of three steps, the one that holds and two that want the same of the figure between them, if each rate is named."""
    every = [*held, *failed]
    if held[0].follows() > ROUNDED or len({each.operands[1].exact for each in every}) == 1:
        return None
    if not all(is_named(tables, each) for each in every):
        return None
    return Law(PRODUCT, tuple(held), tuple(failed)) if told(held[0]) + agree + _NAMED >= _ENOUGH else None


def _agree(failed: list[Case]) -> float:
    """Return how many digits it counts for that two steps fail, and want the same of the figure between them."""
    if len(failed) != 2:
        return 0.0
    for cell, _ in agreed(*failed):
        one, two = (each.needed(cell) for each in failed)
        low, high = max(one[0], two[0]), min(one[1], two[1])
        if low <= high and high > 0:
            return max(1.0, min(_digits(low, high), math.log10(high / max(one[1] - one[0], two[1] - two[0], cell.step))))
    return 0.0


def _digits(low: float, high: float) -> float:
    """Return how many digits the roundest number between two others has."""
    power = 10.0 ** math.ceil(math.log10(high))
    digits = 0
    while math.floor(high / power + 1e-9) * power < low - 1e-9 * low and digits < _MOST:
        power /= 10
        digits += 1
    return float(digits)


_MOST = 6

"""The parts of relations: the values that a cell may be taken for, a quotient and whether it holds."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from fractions import Fraction
from functools import cached_property
from itertools import product

from ...formula.grid import Where
from ...values import budget
from ..read import terms
from ..read.figures import OF_MONTH, Figure, Scope
from ..read.page import Page
from ..read.stages import OPEN, VARIANT
from . import working
from .relation import BY_OTHER, FAILS, HOLDS, QUOTIENT, Relation
from .rounding import FINE, as_written, fits, measured, over, rounded_off, within

BACKWARD, NEAREST, ONWARD, WRITTEN = "backward", "nearest", "onward", "written"
"""How a page is taken: worked back from its goal; or forward too, rounded to the nearest; forward and rounded in any
way; its rates written down, rounded, after its counts."""

UNREAD = "unread"
"""How a page is taken that has more relations than its budget allows to look for: as none."""

_MARGIN = terms.of("margin")
"""More than is needed, and meant: 15件（余裕をみて）."""

_SURE = 10
"""From so many on, a count times its rate, rounded to the nearest, is assumed to be how the next one was calculated."""


_MANY = 16
"""Figures of one field, of one month or of the whole, beyond which only those nearby are looked at."""


def _row(figure: Figure) -> int:
    return figure.where[1]


class Quotients:
    """The figures of a page, and the quotients found so far."""

    def __init__(self, page: Page, reading: str) -> None:
        self.page = page
        self.reading = reading
        self.others: dict[Where, list[Fraction]] = {}
        self.rounded: set[Where] = set()
        self.found: list[Relation] = []
        self.stages = page.stages
        self._by_row: dict[tuple[str, Scope], list[Figure]] = {}

    # -- what a cell may be taken for -------------------------------------

    def _values(self, figure: Figure) -> list[Fraction]:
        """Return the value as written first, then its other possible values."""
        assert figure.value is not None
        return [figure.value, *figure.also, *self.others.get(figure.where, [])]

    def _near(self, field: str, scope: Scope, to: Figure) -> list[Figure]:
        """Return the figures of a field, those of the same table first, then the nearest."""
        found = [each for each in self._about(field, scope, to) if each.value is not None and each.where != to.where]
        return sorted(
            found,
            key=lambda each: (
                each.table != to.table,
                abs(each.where[1] - to.where[1]) + abs(each.where[2] - to.where[2]),
            ),
        )

    def _about(self, field: str, scope: Scope, to: Figure) -> list[Figure]:
        """Return the figures of a field; of very many, those of the lines about another figure."""
        found = self._of(field, scope)
        if len(found) <= _MANY:
            return found
        if (field, scope) not in self._by_row:
            self._by_row[field, scope] = sorted(found, key=_row)
        ordered = self._by_row[field, scope]
        at = bisect_left(ordered, to.where[1], key=_row)
        return ordered[max(0, at - _MANY // 2) : at + _MANY // 2]

    def _of(self, field: str, scope: Scope) -> list[Figure]:
        """Return the figures of a field, those with a buffer or less what is carried over last."""
        return [*self.page.of(field, scope), *self._varied.get((field, scope), ())]

    @cached_property
    def _varied(self) -> dict[tuple[str, Scope], list[Figure]]:
        """The figures with a buffer or less what is carried over, by the field of which they are more or less."""
        found: dict[tuple[str, Scope], list[Figure]] = {}
        for each in self.page.figures:
            field, variant, _ = each.field.removeprefix(OPEN).partition(VARIANT)
            if variant and each.field.startswith(OPEN) and not each.field.endswith("carried"):
                found.setdefault((field, each.scope), []).append(each)
        return found

    def _results(self, field: str, scope: Scope) -> list[Figure]:
        return [each for each in self.page.of(field, scope) if each.value is not None]

    def _quotient(self, result: Figure, sources: list[Figure], divisors: list[list[Figure]]) -> None:
        """Add the relation result = source ÷ divisors, of the nearest cells; of others where only those hold."""
        if not sources or not all(divisors):
            return
        if half(result) is not None:
            # 新規商談 are of 新規受注, where there are such, and not of all.
            sources = [each for each in sources if half(each) == half(result)] or sources
        choices = list(product(sources[:3], *(each[:3] for each in divisors)))
        tried: list[tuple[tuple[Figure, ...], str]] = []
        for choice in choices:
            state = self._try(result, choice)
            if state is not None:
                tried.append((choice, state))
            if state == HOLDS:
                break
        if not tried:
            return
        best = next((each for wanted in (HOLDS, BY_OTHER) for each in tried if each[1] == wanted), tried[0])
        choice, state = best
        assert result.value is not None
        source, *rates = choice
        exact = over(self._first(source), [self._first(each) for each in rates])
        if state == HOLDS and any(_is_in_place_of(each, source, result) for each in sources):
            state = BY_OTHER  # it may be meant, and confirms nothing
        unsure = len({tuple(each.value for each in choice) for choice in choices}) > 1
        way, formula = working.quotient(choice, [self._first(each) for each in choice], result)
        self.found.append(Relation(QUOTIENT, result, choice, exact, state, way, formula, unsure))
        if state == HOLDS:
            self._unrounded(result, choice, exact)
        elif state == FAILS:
            self.others.setdefault(result.where, []).extend(
                {exact, Fraction(math.ceil(exact - FINE)), Fraction(math.floor(exact + FINE))}
            )

    def _unrounded(self, result: Figure, choice: tuple[Figure, ...], exact: Fraction) -> None:
        """Keep a count's possible values before rounding: what follows it may be derived from them."""
        assert result.value is not None
        if exact.denominator != 1:
            self.rounded.add(result.where)
        kept = self.others.setdefault(result.where, [])
        for source, *rates in product(*(self._values(each) for each in choice)):
            if all(rate > 0 for rate in rates) and len(kept) < 4:
                each = over(source, list(rates))
                if each != result.value and each not in kept and fits(result.value, each):
                    kept.append(each)

    def _first(self, figure: Figure) -> Fraction:
        """Return a figure's preferred value: 30 without % is 30 %."""
        assert figure.value is not None
        return figure.also[0] if figure.also and figure.value > 1 else figure.value

    def _try(self, result: Figure, choice: tuple[Figure, ...]) -> str | None:
        """Return whether the quotient of a choice of cells gives the result; None if a divisor is invalid."""
        assert result.value is not None
        if any(self._first(each) <= 0 for each in choice[1:]):
            return None
        budget.spend(budget.STEPS, budget.FOREIGN)
        month = result.scope.kind == OF_MONTH
        # A sheet that works forward (商談数 = リード数 × 率) rounds the other way round.
        onward = refers(choice[0], result)

        def right(exact: Fraction, source: Fraction, rates: list[Fraction]) -> bool:
            assert result.value is not None
            factor = result.unit.factor if result.unit is not None else 1
            if fits(result.value / factor, exact / factor):
                return True  # in the unit in which it is written
            if result.typed is not None and _MARGIN.search(result.typed) and result.value >= exact:
                return True
            if self._onward(result.value, source, rates, onward):
                return True
            if _is_led_up_to(choice[0], result) and abs(result.value * math.prod(rates) - source) < Fraction(1, 2):
                return True
            # A month's share of a year's whole number: itself rounded, so its source is off by less than one.
            inherited = month and any(each.scope != result.scope for each in choice)
            return inherited and abs(result.value * math.prod(rates) - source) < 1

        candidates = [[each.value, *each.also] for each in choice if each.value is not None]
        for source, *rates in product(*candidates):
            if all(rate > 0 for rate in rates) and right(over(source, rates), source, list(rates)):
                return HOLDS
        for source, *rates in product(*(self._values(each) for each in choice)):
            if all(rate > 0 for rate in rates) and right(over(source, rates), source, list(rates)):
                wrong = {each.result.where for each in self.found if each.state == FAILS}
                return BY_OTHER if any(each.where in wrong for each in choice) else HOLDS
        for source, *rates in product(*candidates):
            if all(rate > 0 for rate in rates) and (
                measured(result.value, source, list(rates)) or rounded_off(result.value, over(source, rates))
            ):
                return HOLDS
        return HOLDS if within(result, choice) else FAILS

    def _onward(self, result: Fraction, source: Fraction, rates: list[Fraction], refers: bool) -> bool:
        """Return whether the source follows from the result: 29 meetings × 40 % = 11.6, written as 12."""
        made = result * math.prod(rates)
        if refers or self.reading in (ONWARD, WRITTEN):
            return fits(source, made) or (self.reading == WRITTEN and as_written(result, source, rates))
        # 100 ÷ 50 % is 200: 201 would do onward too, and is a slip.
        exact = over(source, rates)
        if self.reading == BACKWARD or source < _SURE or (exact.denominator == 1 and abs(exact - result) <= 1):
            return False
        return source.denominator == result.denominator == 1 and abs(made - source) <= Fraction(1, 2)


_HALVES = (terms.of("one_half"), terms.of("other_half"))


def half(figure: Figure) -> int | None:
    """Return of which part of the business a label says that a figure is: 新規 or 既存; None where it says nothing."""
    return next((at for at, words in enumerate(_HALVES) if words.search(f"{figure.label} {figure.who}")), None)


def _is_led_up_to(source: Figure, result: Figure) -> bool:
    """Return whether a typed list comes to a count after what it is made of: 51 opportunities, 20 %, and 10 deals."""
    if source.formula is not None or result.formula is not None or source.table != result.table:
        return False
    return source.at > result.at and (source.at[0] == result.at[0] or source.at[1] == result.at[1])


def _is_in_place_of(other: Figure, source: Figure, result: Figure) -> bool:
    """Return whether a stage with a buffer is between the one without it and what comes of them: 60 商談, 66 with 10 % more, リード."""
    if other is source or f"{VARIANT}+" not in other.field or other.value == source.value:
        return False
    low, high = sorted((source.at, result.at))
    return low < other.at < high


def refers(figure: Figure, other: Figure) -> bool:
    """Return whether a figure's formula refers to another figure of the same sheet."""
    return (
        figure.formula is not None and re.search(rf"(?<![A-Z]){other.cell}(?!\d)", figure.formula.replace("$", "")) is not None
    )

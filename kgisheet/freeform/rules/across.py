"""Sums over lists: departments on sheets of their own and the whole, two lists side by side and both, the year and another sheet's months.

What belongs together is told by the figures: where two counts or more of a list are those of the others added up, all are.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from typing import NamedTuple

from ...check.finding import Finding
from ...formula.grid import Where
from ...language.catalogue import Phrase
from ...values import budget
from ..read import terms
from ..read.figures import OF_MONTH, OF_PLAN, OF_YEAR, WHOLE, Figure, Scope
from ..read.page import Page
from . import telling, totals, working
from .compared import is_goal
from .relation import FAILS, HOLDS, MONTHS, SUM, Relation, slipped
from .rounding import FINE, ONE

_STOCK = terms.of("opening", "closing", "left", "so_far", "mean", "unique")
"""Counts that aren't added up over periods or teams."""

_LEAST = 2
_MANY = 12
"""Lists that may be parts of one whole; a workbook of more is not a company's departments."""


class _List(NamedTuple):
    """The goals of one list, by field; those of a list of months are their twelve."""

    title: str
    fields: dict[str, tuple[Figure, ...]]

    def value(self, field: str) -> Fraction:
        return sum((each.value or Fraction(0) for each in self.fields[field]), Fraction(0))


class Across:
    """The sums over the lists of a workbook; ``known`` are results that are checked already."""

    def __init__(self, pages: Sequence[Page], known: set[Where]) -> None:
        self.known = known
        self.found: list[tuple[Page, Relation]] = []
        for page in pages:
            self._whole([_of_scope(page, scope) for scope in _scopes(page)], [page])
        self._whole([_of_scope(page, WHOLE) for page in pages], pages)
        with suppress(budget.SpentError):
            self._years(pages)

    # -- the whole of several lists -------------------------------------------------

    def _whole(self, lists: Sequence[_List], pages: Sequence[Page]) -> None:
        lists = [each for each in lists if len(each.fields) >= _LEAST]
        if not _LEAST < len(lists) <= _MANY:
            return
        for whole in lists:
            parts = [each for each in lists if each is not whole]
            shared = [field for field in whole.fields if all(field in each.fields for each in parts)]
            if self._take(whole, parts, shared, SUM, pages):
                return

    def _years(self, pages: Sequence[Page]) -> None:
        """Relate the year on one sheet to the months, or the year's column, of another."""
        parts = [(_of_scope(page, Scope(OF_YEAR)), _of_months(page)) for page in pages]
        by_total: dict[tuple[str, int], set[int]] = {}
        for at, each in enumerate(parts):
            for part in each:
                for field in part.fields:
                    by_total.setdefault((field, _size(part.value(field))), set()).add(at)
        for at, page in enumerate(pages):
            whole = _of_scope(page, WHOLE)
            alike: Counter[int] = Counter()
            for field in whole.fields:
                size = _size(whole.value(field))
                alike.update(set().union(*(by_total.get((field, size + by), ()) for by in (-1, 0, 1))) - {at})
            for other in sorted(other for other, many in alike.items() if many >= _LEAST):
                for part in parts[other]:
                    shared = [field for field in whole.fields if field in part.fields]
                    budget.spend(budget.STEPS, len(shared) * budget.FOREIGN)
                    if self._take(whole, [part], shared, MONTHS, pages):
                        break

    def _take(self, whole: _List, parts: Sequence[_List], shared: Sequence[str], kind: str, pages: Sequence[Page]) -> bool:
        """Keep the sums of all shared fields, where they hold but for one at most."""
        made = [_sum(whole, parts, field, kind) for field in shared]
        holding = sum(each.state == HOLDS for each in made)
        if holding < _LEAST or len(made) - holding > 1 or holding <= len(made) - holding:
            return False
        if kind == MONTHS:
            # Another sheet's months may come earlier than the year's own: only a figure that is odd in itself is wrong.
            made = [each for each in made if each.state == HOLDS or _odd(each, made) is not None]
        page = next(page for page in pages if page.title == whole.title)
        self.found += [(page, each) for each in made if each.result.where not in self.known or kind == MONTHS]
        return True

    # -- findings ---------------------------------------------------------------------

    def findings(self, told: set[tuple[str | None, str | None]], sound: set[Where]) -> Iterator[Finding]:
        """Report the cell that a failing sum is wrong by; nothing where one of its cells is told of already."""
        lists = [relation for _, relation in self.found]
        for _, relation in self.found:
            if relation.state == FAILS and not relation.is_told(told):
                yield totals.at(_wrong(relation, lists, sound), relation)


def _size(value: Fraction) -> int:
    """Return how large a figure is, in steps of a ten-thousandth of it: those that are as good as equal are at most a step apart."""
    return round(math.log(abs(value)) * 10_000) * (1 if value > 0 else -1) if value else 0


def _scopes(page: Page) -> list[Scope]:
    return [WHOLE, *(Scope(OF_PLAN, at) for at in page.indices(OF_PLAN))]


def _goals(page: Page, figures: Iterable[Figure]) -> Iterator[Figure]:
    for each in figures:
        if each.value is not None and is_goal(each, page) and not _STOCK.search(unicodedata.normalize("NFKC", each.label)):
            yield each


def _of_scope(page: Page, scope: Scope) -> _List:
    fields: dict[str, tuple[Figure, ...]] = {}
    for each in _goals(page, (each for each in page.figures if each.scope == scope)):
        fields.setdefault(each.field, (each,))
    return _List(page.title, fields)


def _of_months(page: Page) -> _List:
    months: dict[str, dict[int, Figure]] = {}
    for each in _goals(page, (each for each in page.figures if each.scope.kind == OF_MONTH)):
        months.setdefault(each.field, {}).setdefault(each.scope.at, each)
    return _List(page.title, {field: tuple(found.values()) for field, found in months.items() if len(found) == 12})


def _sum(whole: _List, parts: Sequence[_List], field: str, kind: str) -> Relation:
    (result,) = whole.fields[field]
    of = tuple(figure for each in parts for figure in each.fields[field])
    exact = sum((each.value(field) for each in parts), Fraction(0))
    state = HOLDS if abs((result.value or Fraction(0)) - exact) <= FINE * max(ONE, abs(exact)) else FAILS
    said = [working.reference(each, result.where[0]) for each in of]
    way = working.sum_of(of)
    if len(of) == 1:
        way = Phrase("freeform.way.elsewhere", cell=said[0], value=telling.value(of[0], exact))
    return Relation(kind, result, of, exact, state, way, "=" + "+".join(said))


def _wrong(relation: Relation, among: Sequence[Relation], sound: set[Where]) -> Figure:
    """Return the cell at fault: the one that nothing else confirms, that is out of proportion, or whose digits are exchanged."""
    doubtful = [each for each in relation.cells if each.where not in sound]
    if len(doubtful) == 1:
        return doubtful[0]
    return _odd(relation, among) or relation.result


def _odd(relation: Relation, among: Sequence[Relation]) -> Figure | None:
    """Return the one cell that is out of proportion, or whose digits are exchanged."""
    out = _out_of_proportion(relation, among)
    return out if out is not None else slipped(relation)


def _out_of_proportion(relation: Relation, among: Sequence[Relation]) -> Figure | None:
    """Return the one cell that isn't to another field of its list as in all other lists."""
    for other in among:
        if other.state != HOLDS or len(other.cells) != len(relation.cells) or len(relation.cells) < 4:
            continue
        of = [(one.value or Fraction(0)) / (two.value or ONE) for one, two in zip(relation.cells, other.cells, strict=True)]
        usual = max(of, key=of.count)
        if of.count(usual) == len(of) - 1:
            return next(each for each, one in zip(relation.cells, of, strict=True) if one != usual)
    return None

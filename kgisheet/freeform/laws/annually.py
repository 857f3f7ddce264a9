"""Years in a list that are ten or eleven of the months above them, and years of a thing whose month is called otherwise.

A year of ten months is one where something says so. Where the names differ, contract per month and annual value of one contract,
another count makes a third figure with the year that would be right; or two of its digits are exchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from ...values.regex import regex
from .judge import Law
from .law import EXACT, MULTIPLE, OFF, PRODUCT, ROUNDED, Case
from .lists import Figure
from .tables import MONEY, PERCENT, Tables
from .yearly import are_month_and_year, is_of_month, is_of_year, of_twelve

_FEWER = (10, 11)
_WORDS = {10: regex(r"\bten\b|十[かヶカ]月"), 11: regex(r"\beleven\b|十一[かヶカ]月")}
_GROWS = regex(r"\bby (?:december|the end|year)|\bend of\b|期末|年末|時点|mrr|arr|recurring")
_FAR = 3


def annually(tables: Tables, every: Sequence[Sequence[Figure]]) -> Iterator[Law]:
    """Yield the years that are others than twelve months of the figure next to them by a slip."""
    for figures in every:
        for one, other in pairwise(figures):
            month, year = (one, other) if is_of_month(one.label) and is_of_year(other.label) else (other, one)
            if not _may_be(month, year):
                continue
            case = of_twelve(year.value, month.value)
            if are_month_and_year(month.label, year.label):
                if case.follows() == OFF and _is_of_fewer(tables, case) and not _is_charged(month, year):
                    yield Law(MULTIPLE, (), (case,))
            elif month.names & year.names and month.kind == MONEY:
                if case.follows() <= ROUNDED:
                    yield Law(MULTIPLE, (case,), ())
                elif case.follows() == OFF:
                    made = _makes(figures, year, case.exact)
                    if made is not None or sorted(str(case.exact)) == sorted(str(year.value.exact)):
                        yield Law(MULTIPLE, (), (case,))
                    if made is not None:
                        yield Law(PRODUCT, (), (made,))


def _may_be(month: Figure, year: Figure) -> bool:
    if month.kind != year.kind or month.kind == PERCENT or month.value.number <= 0 or year.value.number <= 0:
        return False
    if not is_of_month(month.label) or not is_of_year(year.label) or is_of_month(year.label) or is_of_year(month.label):
        return False
    return not any(_GROWS.search(each.label) or each.value.uses for each in (month, year))


def _is_charged(month: Figure, year: Figure) -> bool:
    """Return whether both are what is charged for one thing: who pays for a year gets two months for nothing."""
    return all(_CHARGED.search(each.label) for each in (month, year))


_CHARGED = regex(
    r"[月年]額(?!売上|収入|収益|粗利|利益)|料金?(?=$|\()|会費|月謝|単価|\b(?:price|fee|plan|subscription|membership|licen[cs]e)\b"
)


def _is_of_fewer(tables: Tables, case: Case) -> bool:
    """Return whether a year is exactly ten or eleven months, and nothing on the sheet says so many."""
    many = case.result.exact / case.operands[0].exact
    if many not in _FEWER or any(value.exact == many for value in tables.values.values()):
        return False
    texts = [spot.flat for spot in tables.texts.values()]
    return not any(re.search(rf"(?<!\\d){many}(?![\\d,.])", each) or _WORDS[int(many)].search(each) for each in texts)


def _makes(figures: Sequence[Figure], year: Figure, meant: Fraction) -> Case | None:
    """Return the product of a count of the list and the year with another figure near it, that would be so with another year."""
    at = figures.index(year)
    for whole in figures[max(0, at - _FAR) : at + _FAR + 1]:
        if whole is year or whole.kind != year.kind or not is_of_year(whole.label):
            continue
        for count in figures:
            if count.kind in (PERCENT, MONEY) or not count.value.number or count.value.exact == 1:
                continue
            case = Case(PRODUCT, whole.value, (count.value, year.value))
            if count.value.exact * meant == whole.value.exact and case.follows() != EXACT:
                return case
    return None

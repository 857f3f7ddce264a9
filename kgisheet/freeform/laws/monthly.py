"""A month of the figure above it, of the same name but for the month: 必要リード数 800, 月あたりリード数 67; Contacts 2,000, Contacts per month 167."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from ...values.regex import regex
from ..read import terms
from .law import MULTIPLE, Case
from .lists import Figure
from .making import Made
from .tables import MONEY, PERCENT
from .yearly import is_of_month

_YEAR, _FEWEST, _ROUGHLY = 12, 2, 0.05
_BARE_YEAR = regex(
    r"^(?:(?:=|so|or) )?(?:annuali[sz]ed|per year|a year|/ ?year|年換算|年あたり|年間(?:換算|合計)?|×12)\s*(?:\(.*\))?$"
)
_PRICE, _OF_YEAR = terms.of("price"), regex(r"\bacv\b|annual|year|年")
_ABOUT = terms.of("about", "margin", "more")


def monthly(figures: Sequence[Figure]) -> Iterator[Made]:
    """Yield what is a twelfth of the figure before it."""
    for at, (year, month) in enumerate(pairwise(figures)):
        if _are_about(year, month):
            continue
        parts = parts_of(year, month)
        if parts is not None:
            yield Made(Case(MULTIPLE, month.value, (year.value,), Fraction(1, parts)), (at, at + 1), named=True)
        elif _are_month_and_year(year, month):
            yield Made(Case(MULTIPLE, month.value, (year.value,), Fraction(1, _YEAR)), (at, at + 1), named=True)
        elif _are_prices(year, month) or (year.kind == month.kind != PERCENT and _BARE_YEAR.match(month.label)):
            yield Made(Case(MULTIPLE, month.value, (year.value,), Fraction(_YEAR)), (at, at + 1), named=True)


def about_a_month(figures: Sequence[Figure]) -> Iterator[int]:
    """Yield the figures that are about a twelfth of the one before, as they say: 訪問数 200社, 月間訪問数 約17社."""
    for at, (year, month) in enumerate(pairwise(figures)):
        about = _are_about(year, month) and is_of_month(month.label) and year.kind == month.kind != PERCENT
        if about and abs(year.value.number / _YEAR - month.value.number) <= _ROUGHLY * abs(month.value.number):
            yield at + 1


def parts_of(whole: Figure, part: Figure) -> int | None:
    """Return how many of a part's period the one of the figure before it has, where both labels say theirs, and are of one name."""
    months = [next((many for many, words in _PERIODS if words.search(each.label)), None) for each in (whole, part)]
    if whole.kind != part.kind or PERCENT in (whole.kind, part.kind) or not whole.names & part.names or whole.value.number <= 0:
        return None
    one, other = months
    return one // other if one is not None and other is not None and one > other else None


_PERIODS = (
    (1, terms.of("per_month")),
    (3, terms.of("per_quarter")),
    (6, terms.of("per_half")),
    (12, terms.of("per_year", "all_year")),
)


def _are_about(*own: Figure) -> bool:
    return any(_ABOUT.search(text) for each in own for text in (each.label, each.value.spot.flat))


def _are_month_and_year(year: Figure, month: Figure) -> bool:
    """Return whether two figures are of a month and of more, of the same name but for the month."""
    named = is_of_month(month.label) and not is_of_month(year.label) and bool(year.names & month.names)
    return named and year.kind == month.kind != PERCENT and year.value.number > 0


def _are_prices(month: Figure, year: Figure) -> bool:
    """Return whether two figures are what one pays in a month and, below it, in a year: ARPA per month 500, ACV 6,000."""
    own = (month, year)
    if any(each.kind != MONEY or not each.value.number or not _PRICE.search(each.label) for each in own):
        return False
    return is_of_month(month.label) and not is_of_month(year.label) and _OF_YEAR.search(year.label) is not None


def is_of_other_months(way: Made) -> bool:
    """Return whether a month is the figure before it by fewer months than a year has, rounded or not: 250 of 2,000 in eight."""
    year, month = way.case.operands[0].exact, way.case.result.exact
    return any(month in (Fraction(round(year / many)), Fraction(math.ceil(year / many))) for many in range(_FEWEST, _YEAR))

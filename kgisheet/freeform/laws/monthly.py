"""A month of the figure above it, of the same name but for the month: 必要リード数 800, 月あたりリード数 67; Contacts 2,000, Contacts per month 167."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from ..read import terms
from .law import MULTIPLE, Case
from .lists import Figure
from .making import Made
from .tables import PERCENT
from .yearly import is_of_month

_YEAR, _FEWEST = 12, 2
_ABOUT = terms.of("about", "margin", "more")


def monthly(figures: Sequence[Figure]) -> Iterator[Made]:
    """Yield what is a twelfth of the figure before it."""
    for at, (year, month) in enumerate(pairwise(figures)):
        named = is_of_month(month.label) and not is_of_month(year.label) and bool(year.names & month.names)
        about = any(_ABOUT.search(text) for each in (year, month) for text in (each.label, each.value.spot.flat))
        if named and not about and year.kind == month.kind != PERCENT and year.value.number > 0:
            yield Made(Case(MULTIPLE, month.value, (year.value,), Fraction(1, _YEAR)), (at, at + 1), named=True)


def is_of_other_months(way: Made) -> bool:
    """Return whether a month is the figure before it by fewer months than a year has, rounded or not: 250 of 2,000 in eight."""
    year, month = way.case.operands[0].exact, way.case.result.exact
    return any(month in (Fraction(round(year / many)), Fraction(math.ceil(year / many))) for many in range(_FEWEST, _YEAR))

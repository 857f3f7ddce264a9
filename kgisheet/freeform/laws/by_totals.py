"""Figures of a list that follow from a total of the sheet, which isn't in the list: 合計 8,400 above, 残目標 2,400, カバレッジ 3.5倍.

What is below a table is often worked out from its totals: so such a figure follows from something, whatever is next to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..read import terms
from .law import PRODUCT, ROUNDED, Case
from .lists import Figure
from .making import CLOSE
from .tables import Tables

_TOTAL = terms.of("total", "subtotal", "grand_total")
_DIGITS = 2


def by_totals(tables: Tables, figures: Sequence[Figure]) -> Iterator[int]:
    """Yield the figures of a list that are a total of the sheet by another figure near them, and that one."""
    own = {each.value.where for each in figures}
    totals = [
        value
        for value in tables.values.values()
        if value.where not in own
        and value.digits >= _DIGITS
        and any(_TOTAL.search(tables.name(value, across)) for across in (False, True))
    ]
    for at, figure in enumerate(figures):
        for place in range(max(0, at - CLOSE), at):
            other = figures[place]
            if figure.value.digits < _DIGITS or other.value.digits < _DIGITS:
                continue
            if any(Case(PRODUCT, total, (other.value, figure.value)).follows() <= ROUNDED for total in totals):
                yield from (place, at)

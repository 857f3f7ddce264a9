"""Totals of what comes in and of what there is at the end: revenue of four months added up, beside the ARR of the last one.

In each month revenue is a twelfth of the ARR; of both totals nothing follows.
"""

from __future__ import annotations

from collections.abc import Sequence

from .judge import Law
from .law import PRODUCT, Case
from .lined import Lined
from .tables import PERCENT

_LEAST = 3


def without_ends(laws: Sequence[Law], of: Lined) -> list[Law]:
    """Return laws without the lines that fail in a column of totals, where one figure is a sum and the other one the last of its line."""
    return [
        law._replace(failed=tuple(each for each in law.failed if not _is_mixed(each, of))) if law.failed else law
        for law in laws
    ]


def _is_mixed(case: Case, of: Lined) -> bool:
    if case.kind == PRODUCT and any(each.kind == PERCENT for each in case.cells):
        return False
    ends: set[str] = set()
    for cell in case.cells:
        for _, variable in of.get(cell.where, ()):
            values = [each for each in variable.values if each is not None]
            if len(values) <= _LEAST or values[-1].where != cell.where:
                continue
            *before, last = (each.exact for each in values)
            if last == sum(before):
                ends.add("added")
            elif last == before[-1]:
                ends.add("last")
    return len(ends) > 1

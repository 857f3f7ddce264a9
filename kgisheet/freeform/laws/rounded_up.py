"""Columns that are the one beside them in rounder numbers: 26.4, 88, 132 and 220 needed are 27, 90, 135 and 220 as goals.

Each is rounded by itself: from one to the next they don't follow as those that they are made of do.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from .judge import Law
from .law import MULTIPLE, PRODUCT, Case
from .lined import Lined
from .tables import PERCENT, Variable, complete

_LEAST, _COUNTS = 3, 2
_UNITS = tuple(each * 10**power for power in range(7) for each in (1, 5))
_COARSE = 10
"""How many times a unit a figure is that is rounded to it, at least."""


def without_rounded_up(laws: Sequence[Law], of: Lined) -> list[Law]:
    """Return laws without the steps that fail between figures of which each is another one's of its line, rounded."""
    return [
        law._replace(failed=tuple(each for each in law.failed if not _is_rounded(each, of)))
        if law.kind in (PRODUCT, MULTIPLE) and law.failed
        else law
        for law in laws
    ]


def _is_rounded(case: Case, of: Lined) -> bool:
    places = [each.where for each in case.cells if each.kind != PERCENT]
    if len(set(places)) != _COUNTS:
        return False
    for table, own in of.get(places[0], ()):
        if any(each is own for _, each in of.get(places[1], ())):
            near = [each for each in table.variables if each is not own and abs(each.place - own.place) <= _NEAR]
            if any(_are_rounder(own, other) for other in near):
                return True
    return False


_NEAR = 2


def _are_rounder(own: Variable, other: Variable) -> bool:
    """Return whether on each line a figure is another one, rounded up to 1, 5, 10, 50, some of them to more than it was."""
    lines = list(complete(own, other))
    if len(lines) < _LEAST or own.kind == PERCENT or own.kind != other.kind or own.aside or other.aside:
        return False
    changed = sum(a.exact != b.exact for a, b in lines)
    return changed >= _COUNTS and all(
        any(a.exact == unit * math.ceil(b.exact / unit) for unit in _UNITS if unit == 1 or unit * _COARSE <= b.exact)
        for a, b in lines
    )

"""Means of rates on a line of totals: =AVERAGE(E2:E4), where the other rate there is that of two totals, =D5/B5, as on the lines above."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...values.a1 import column
from ...values.regex import regex
from ..read import terms
from .fills import HOLE, At
from .formed import Lists

_MEAN = regex(r"=?\s*AVERAGE\(([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)\)\s*", re.IGNORECASE)
_RATE, _LEAST = f"{HOLE}/{HOLE}", 2
_CALLED_MEAN = terms.of("mean")


def mean_rates(lists: Lists) -> Iterator[tuple[At, str]]:
    """Yield the means of what is a quotient on each line above, where another column's quotient is that of its totals, too."""
    cells, filled = lists.cells, lists.filled
    for at, text in lists.own.items():
        match = _MEAN.fullmatch(text)
        if match is None or not match[1].upper() == match[3].upper() == column(at[1]) or at not in cells.amounts:
            continue
        first, last = int(match[2]) - 1, int(match[4]) - 1
        label = cells.label(cells.amounts[at][0])
        above = [(row, at[1]) for row in range(first, last + 1)]
        if last != at[0] - 1 or len(above) < _LEAST or label is None or _CALLED_MEAN.search(label.flat):
            continue
        if not _are_copies(lists, above):
            continue
        beside = [other for other in filled if other[0] == at[0] and other != at]
        if any(_are_copies(lists, [*((row, other[1]) for row in range(first, last + 1)), other]) for other in beside):
            like = filled[above[-1]]
            made = like.copied(above[-1], at)
            if all(cell in cells.amounts for cell in made):
                yield at, like.text(made)


def _are_copies(lists: Lists, places: list[At]) -> bool:
    """Return whether some formulas divide one cell of their line by another one, each as the others do."""
    found = [lists.filled.get(each) for each in places]
    return (
        all(each is not None and each.bare == _RATE for each in found)
        and len({each.lying for each in found if each is not None}) == 1
    )

"""Blocks of one sheet: two lists of the same stages, side by side or one below the other, are each a goal of its own (新規, 既存)."""

from __future__ import annotations

from collections.abc import Iterable

from ...formula.grid import Where
from .figures import WHOLE, Figure

_ALONG = {"row": 0, "col": 1}
"""Where a list goes on to: down, if its labels are on the left; to the right, if they are above."""

_LEAST = 2
"""So many fields two lists have in common, to be two of a kind."""


def blocks(figures: Iterable[Figure]) -> list[dict[Where, Figure]]:
    """Return the figures of the whole by block; nothing where the sheet is one."""
    lists: dict[tuple[str, int], list[Figure]] = {}
    for each in figures:
        if each.scope == WHOLE and each.table[0] in _ALONG:
            lists.setdefault(each.table[:2], []).append(each)
    found = [block for (axis, _), listed in lists.items() for block in _parted(listed, _ALONG[axis])]
    kept = [one for one in found if any(_alike(one, other) for other in found if other is not one)]
    return [{each.where: each for each in block} for block in kept]


def _parted(listed: list[Figure], along: int) -> list[list[Figure]]:
    """Return a list parted where its labels begin anew after a blank line or a heading, one of them the same as before."""
    runs: list[list[Figure]] = []
    for each in sorted(listed, key=lambda each: (each.at[along], each.at[1 - along])):
        if not runs or each.at[along] - runs[-1][-1].at[along] > 1:
            runs.append([])
        runs[-1].append(each)
    found: list[list[Figure]] = []
    for run in runs:
        if found and not {each.field for each in run} & {each.field for each in found[-1]}:
            found[-1] += run
        else:
            found.append(run)
    return found


def _alike(one: list[Figure], other: list[Figure]) -> bool:
    values = [{each.field: each.value for each in block} for block in (one, other)]
    shared = values[0].keys() & values[1].keys()
    return len(shared) >= _LEAST and any(values[0][each] != values[1][each] for each in shared)

"""Figures of a sheet that have no part in it: the numbers of its lines, 1 to 7, and a column that is there to compare with, 業界平均."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from ...formula.grid import Where
from ..read import terms
from ..read.amounts import Amount
from ..read.lexicon import MARK, UNIT
from ..read.plane import Plane, Spot
from ..read.spelling import plain

At = tuple[int, int]

_LEAST = 3
_MEANT, _COMPARED = terms.of("reference"), terms.of("difference", "by_each_other")
_HEADING = 32
"""A longer text over a column is a title, or a sentence."""


def line_numbers(plane: Plane, amounts: Mapping[At, tuple[Spot, Amount]], formulas: Iterable[Where]) -> dict[int, int]:
    """Return the numbers of a sheet's lines with their rows: 1, 2, 3 … down its first column, each with a text right after it."""
    typed = {(row, col) for title, row, col in formulas if title == plane.title}
    first = min(
        (col for col, spots in plane.cols.items() if any((each.row, each.col) in amounts for each in spots)), default=None
    )
    if first is None:
        return {}
    places = sorted(at for at in amounts if at[1] == first)
    numbers = [amounts[at][1].number for at in places]
    if len(places) < _LEAST or any(at in typed for at in places) or numbers != list(range(1, len(numbers) + 1)):
        return {}
    named = all(amounts[at][1].unit is None and _has_name_after(plane, at) for at in places)
    return {number: row for number, (row, _) in enumerate(places, start=1)} if named else {}


def _has_name_after(plane: Plane, at: At) -> bool:
    row, col = at
    after = next((each for each in plane.rows[row] if each.col > col), None)
    before = any(each.col < col and each.text for each in plane.rows[row])
    return not before and after is not None and bool(after.text) and after.amount is None and after.kind not in (UNIT, MARK)


def for_comparison(plane: Plane, amounts: Mapping[At, tuple[Spot, Amount]], is_in_use: Callable[[At], bool]) -> set[At]:
    """Return the figures under headings that say they are there to compare with, and of which no formula makes anything."""
    found: set[At] = set()
    for col, spots in plane.cols.items():
        own = [(each.row, col) for each in spots if (each.row, col) in amounts]
        if not own:
            continue
        head = next((each for each in reversed(spots) if each.text and each.row < own[0][0]), None)
        if (
            head is not None
            and head.col == head.last_col == col
            and len(head.flat) <= _HEADING
            and _MEANT.search(plain(head.text))
            and not any(map(is_in_use, own))
            and _has_others_beside(plane, amounts, head, own)
        ):
            found.update(own)
    for row, spots in plane.rows.items():
        own = [(row, each.col) for each in spots if (row, each.col) in amounts]
        head = spots[0]
        if (
            len(own) > 1
            and head.text
            and len(head.flat) <= _HEADING
            and _MEANT.search(head.flat)
            and not any(map(is_in_use, own))
        ):
            heads = [each for each in plane.cols[head.col] if each.text and each.row != row]
            others = [each for each in heads if sum((each.row, col) in amounts for _, col in own) > 1]
            if others and not any(_COMPARED.search(each.flat) for each in heads):
                found.update(own)
    return found


def _has_others_beside(plane: Plane, amounts: Mapping[At, tuple[Spot, Amount]], head: Spot, own: Sequence[At]) -> bool:
    """Return whether each line under a heading begins with a text, and there are figures under another one beside it."""
    row = plane.rows[head.row]
    if any(_COMPARED.search(each.flat) for each in row if each is not head and each.text):
        return False  # the difference from it is a column of its own
    others = [each for each in row if each.text and each is not head and each.amount is None]
    rows = {at for at, _ in own}
    if not any((at, each.col) in amounts for each in others for at in rows):
        return False
    return all(any(each.col < col and each.text for each in plane.rows[row]) for row, col in own)

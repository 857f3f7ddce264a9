"""A cell twice in one formula, by itself or times itself, where the one beside it is left out; an item where its subtotal is meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...values.regex import regex
from .fills import HOLE, At, Filled
from .formed import Line, Lists, replaced
from .omitted import stretch
from .tables import MONEY, PERCENT

_TWO = regex(rf"{HOLE}(\s*[-+*/]\s*)\(?\s*{HOLE}")
_NEAR = 2


def of_itself(lists: Lists, filled: Mapping[At, Filled]) -> Iterator[tuple[At, str]]:
    """Yield the formulas of one cell twice, =B6/B6, with the one figure beside it that no formula uses for one of the two."""
    for at, formula in filled.items():
        if len(formula.cells) != 2 or len(set(formula.cells)) != 1 or any(map(any, formula.fixed)):
            continue  # of the first or the last line by itself, where a $ holds it, is meant
        found, line, taken = _TWO.search(formula.bare), lists.get(at), lists.get(formula.cells[0])
        if found is None or line is None or taken is None or line.kind == PERCENT or lists.value(taken.at) in (None, 0, 1):
            continue
        idle = [
            each
            for each in _beside(lists, line, taken)
            if not lists.is_used(each.at) and lists.value(each.at) not in (None, 0, 1)
        ]
        if len(idle) == 1:
            yield at, formula.text(_in_order(lists, idle[0], taken, found[1].strip()))


def _beside(lists: Lists, line: Line, taken: Line) -> Iterator[Line]:
    """Yield the figures right before and after one that a formula takes, in its column, or its row."""
    (row, col), at = taken.at, line.at
    axes = [(1, 0)] * (col == at[1]) + [(0, 1)] * (row == at[0])
    for down, right in axes:
        for sign in (-1, 1):
            near = [(row + sign * steps * down, col + sign * steps * right) for steps in range(1, _NEAR + 1)]
            place = next((each for each in near if each in lists.cells.amounts), None)
            found = lists.get(place) if place is not None and place != at else None
            if found is not None:
                yield found


def _in_order(lists: Lists, idle: Line, taken: Line, sign: str) -> tuple[At, At]:
    """Return two cells as a formula takes them: the larger one first where the other is taken off, a rate or a price last."""
    first, second = sorted((idle, taken), key=lambda each: each.at)
    if sign == "-":
        is_turned = (lists.value(first.at) or 0) < (lists.value(second.at) or 0)
    else:
        is_turned = (
            sign == "/" and first.kind in (PERCENT, MONEY) and first.typed and not second.typed and second.kind != first.kind
        )
    return (second.at, first.at) if is_turned else (first.at, second.at)


def of_an_item(lists: Lists, own: Mapping[At, str], filled: Mapping[At, Filled]) -> Iterator[tuple[At, str]]:
    """Yield the totals of subtotals that take an item of one of them, where no formula uses that subtotal."""
    sums = {at: found for at, text in own.items() if (found := stretch(text)) is not None}
    idle = [at for at in sums if not lists.is_used(at)]
    for at, formula in filled.items():
        terms = set(formula.cells)
        if len(terms) != 2 or set(formula.bare.replace(HOLE, "")) != {"+"} or any(cell[1] != at[1] for cell in terms):
            continue
        items, subtotals = [each for each in terms if each not in sums], [each for each in terms if each in sums]
        if len(items) != 1 or len(subtotals) != 1:
            continue
        of = [each for each in idle if each != at and each[1] == at[1] and _is_in(items[0], *sums[each])]
        if len(of) == 1 and not _is_in(of[0], *sums[subtotals[0]]) and not _is_in(subtotals[0], *sums[of[0]]):
            yield at, replaced(formula, items[0], of[0])


def _is_in(cell: At, first: At, last: At) -> bool:
    return first[0] <= cell[0] <= last[0] and first[1] <= cell[1] <= last[1]

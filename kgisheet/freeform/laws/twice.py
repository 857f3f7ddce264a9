"""A cell twice in one formula, by itself or times itself, where the one beside it is left out; an item where its subtotal is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .fills import HOLE, At, Filled
from .formed import Line, Lists, replaced
from .omitted import stretch
from .tables import MONEY, PERCENT

_TWO = re.compile(rf"{HOLE}(\s*[*/]\s*\(?\s*){HOLE}")
_NEAR = 2


def of_itself(lists: Lists) -> Iterator[tuple[At, str]]:
    """Yield the steps that are a cell by itself, or times itself, with the one cell before them that no formula uses: =B6/B6."""
    for lines in lists:
        for line in lines.values():
            formula = line.formula
            if formula is None or len(formula.cells) != 2 or len(set(formula.cells)) != 1:
                continue
            found, taken = _TWO.search(formula.bare), lines.get(formula.cells[0])
            if found is None or taken is None or line.kind == PERCENT or lists.value(taken.at) in (None, 0, 1):
                continue
            idle = [
                each
                for each in lines.values()
                if each.at < line.at and not lists.is_used(each.at) and lists.value(each.at) not in (None, 0, 1)
            ]
            near = [each for each in idle if each.at[0] >= line.at[0] - _NEAR]
            if len(near) == 1 and taken.at[0] >= line.at[0] - _NEAR:
                yield line.at, formula.text(_in_order(near[0], taken, "/" in found[1]))


def _in_order(idle: Line, taken: Line, divides: bool) -> tuple[At, At]:
    """Return two cells in the order in which a formula takes them: what is divided before the rate or the price by which it is."""
    first, second = sorted((idle, taken), key=lambda each: each.at)
    is_first = divides and first.kind in (PERCENT, MONEY) and first.typed and second.kind != first.kind
    return (second.at, first.at) if is_first and not second.typed else (first.at, second.at)


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

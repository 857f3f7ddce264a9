"""Figures typed over a formula by what lost its purpose: the result and the rate before it, to which no formula refers any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...check.finding import Finding
from ...language.text import Text
from ...values.a1 import address
from ...values.regex import regex
from ..read import terms
from ..read.plane import Spot
from . import telling
from .cells import Cells
from .relation import HOLDS, Relation

At = tuple[int, int]

_NEEDED = terms.of("needed")
_BY = terms.of("rate", "price", "each")
_LEAST = 3
_NEAR = 3


def cut_off(cells: Cells, relations: Iterable[Relation] = ()) -> list[Finding]:
    """Return the one typed figure that others are made of, right below a result that nothing uses and, between the two, its idle rate.

    Or below that result alone, if it is called needed. A result that nothing uses is the last one of a list, as a rule: so the figure
    has to be one of the same list, and nothing of it typed but what says of how many another one is. Several are typed on purpose.
    One that is what the idle ones make, by some of the ``relations``, is right as it is.
    """
    found = list(_found(cells))
    if len(found) != 1:
        return []
    ((finding, at, idle),) = found
    title = cells.page.title
    made = ({cell.where for cell in each.cells} for each in relations if each.state == HOLDS)
    return [] if any((title, *at) in each and each & {(title, *place) for place in idle} for each in made) else [finding]


def _found(cells: Cells) -> Iterator[tuple[Finding, At, list[At]]]:
    """Yield such figures, each with where it is, and the idle ones before it."""
    title, used = cells.page.title, cells.references.used
    own = {at for at in cells.amounts if (title, *at) in cells.sheets.formulas}
    if len(own) < _LEAST:
        return
    for at in sorted(own):
        if (title, *at) in used or not cells.references.of((title, *at)):
            continue
        below = [(row, at[1]) for row in range(at[0] + 1, at[0] + 1 + _NEAR)]
        idle = [at]
        for each in below:
            label = _label(cells, each)
            if label is None or each in own:
                break
            if (title, *each) not in used:
                if len(idle) > 1 or not (cells.is_rate(cells.amounts[each][0]) or _BY.search(label.flat)):
                    break
                idle.append(each)
                continue
            if cells.is_rate(cells.amounts[each][0]) or _BY.search(label.flat):
                break  # an input of what follows
            if len(idle) > 1 or _NEEDED.search(label.flat) or _is_of_it(label, _label(cells, at)):
                figure = cells.figure(cells.amounts[each][0])
                named = ", ".join(address(*place) for place in idle)
                said = Text(named.replace(", ", "、"), named)
                yield telling.finding("freeform.F01.cut_off", figure, now=telling.now(figure), idle=said), each, idle
            break


def _is_of_it(label: Spot, result: Spot | None) -> bool:
    """Return whether a figure is called as a part of a result, 訪問／月 below 訪問（必要件数）, Calls per week below Calls."""
    part = _PART.match(label.flat)
    return part is not None and result is not None and result.flat.startswith(part[1])


_PART = regex(r"([^\s/(]{2,}?)\s*(?:/|\bper\b|\(?(?:月|週|日)(?:間|次|あたり)?\)?$)")


def _label(cells: Cells, at: At) -> Spot | None:
    """Return what a figure is called; None where it holds none."""
    return cells.label(cells.amounts[at][0]) if at in cells.amounts else None

"""Figures typed over a formula by what lost its purpose: the result and the rate before it, to which no formula refers any more."""

from __future__ import annotations

from collections.abc import Iterator

from ...check.finding import Finding
from ...language.text import Text
from ...values.a1 import address
from ..read import terms
from ..read.plane import Spot
from . import telling
from .cells import Cells

_NEEDED = terms.of("needed")
_BY = terms.of("rate", "price", "each")
_LEAST = 3
_NEAR = 3


def cut_off(cells: Cells) -> list[Finding]:
    """Return the one typed figure that others are made of, right below a result that nothing uses and, between the two, its idle rate.

    Or below that result alone, if it is called needed. A result that nothing uses is the last one of a list, as a rule: so the figure
    has to be one of the same list, and nothing of it typed but what says of how many another one is. Several are typed on purpose.
    """
    found = list(_found(cells))
    return found if len(found) == 1 else []


def _found(cells: Cells) -> Iterator[Finding]:
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
            if len(idle) > 1 or _NEEDED.search(label.flat):
                figure = cells.figure(cells.amounts[each][0])
                named = ", ".join(address(*place) for place in idle)
                yield telling.finding(
                    "freeform.F01.cut_off", figure, now=telling.now(figure), idle=Text(named.replace(", ", "、"), named)
                )
            break


def _label(cells: Cells, at: tuple[int, int]) -> Spot | None:
    """Return what a figure is called; None where there is no figure."""
    return cells.label(cells.amounts[at][0]) if at in cells.amounts else None

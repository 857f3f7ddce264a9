"""Cells among formulas that are of another kind than their neighbours: a total among months, points among growths in per cent.

Such a cell has another formula than they, and isn't wrong by that.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..read import lexicon, periods
from ..read.lexicon import TOTAL
from ..rules.cells import Cells
from .fills import At, Filled, parted


def is_total(cells: Cells, at: At, across: bool) -> bool:
    """Return whether a cell is a total, or of a part of the year, among those of months beside it, or above and below."""
    before = (at[0], at[1] - 1) if across else (at[0] - 1, at[1])
    own, other = (kind(cells, each, across) for each in (at, before))
    return own != "" and own != other


def kind(cells: Cells, at: At, across: bool) -> str:
    """Return whether a cell is a total or of a part of the year, by its heading, or by its label; nothing where it is neither."""
    if at not in cells.amounts:
        return ""
    spot = cells.amounts[at][0]
    name = cells.heading(spot) if across else cells.label(spot)
    if name is None:
        return ""
    return TOTAL if name.kind == TOTAL else "part" if periods.part_of_year(lexicon.key(name.text)) is not None else ""


def are_of_another_kind(cells: Cells, filled: Mapping[At, Filled], at: At, formula: str, aside: At) -> bool:
    """Return whether a formula takes rates where those beside it take counts, or the other way, and does something else: =(C5-B5)*100 in points."""
    own, wanted = filled.get(at), parted(formula, at)
    if own is None or wanted is None or own.bare == wanted.bare or set(own.cells) != set(wanted.cells):
        return False
    beside = [(at[0] + sign * aside[0], at[1] + sign * aside[1]) for sign in (-1, 1)]
    like = [filled[each] for each in beside if each in filled and filled[each].bare == wanted.bare]
    mine, *theirs = (_are_rates(cells, each) for each in (own, *like))
    return mine is not None and bool(theirs) and all(each is not None and each != mine for each in theirs)


def _are_rates(cells: Cells, formula: Filled) -> bool | None:
    """Return whether a formula takes rates alone; None where it takes both rates and others."""
    spots = [cells.amounts[each][0] for each in formula.cells if each in cells.amounts]
    found = {cells.is_rate(each) or cells.is_called_rate(each) for each in spots}
    return found.pop() if len(found) == 1 else None

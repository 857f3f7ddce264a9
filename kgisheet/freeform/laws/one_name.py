"""Totals of lines of one name that are in several blocks: 受注件数合計 = B4 + B10, where a third block has its 受注件数, too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ...values.a1 import address
from ...values.regex import regex
from ..read.lexicon import key
from ..rules.cells import Cells
from .fills import HOLE, At, Filled

_ADDED = regex(rf"{HOLE}(?:\+{HOLE})+")
_SUM = regex(r"=\+?(?:SUM\(|\$?[A-Z]{1,3}\$?\d+(?:\+\$?[A-Z]{1,3}\$?\d+)+$)", re.IGNORECASE)
_TOTAL = regex(r"合計|総計|総数|全体|全社|計$|\b(?:total|all|overall|combined)\b")
_FEWEST, _MOST = 3, 12


def of_one_name(cells: Cells, own: Mapping[At, str], filled: Mapping[At, Filled]) -> Iterator[tuple[At, str]]:
    """Yield the totals that leave one line of their name out, with all of them."""
    for at, each in filled.items():
        if at not in own or _ADDED.fullmatch(each.bare) is None or any(cell[1] != at[1] for cell in each.cells):
            continue
        added = set(each.cells)
        called = {_label(cells, cell) for cell in added}
        if len(called) != 1 or len(added) != len(each.cells):
            continue
        (name,) = called
        whole = _label(cells, at)
        if not name or name == whole or key(name) not in key(whole) or not _TOTAL.search(whole):
            continue
        same = sorted(other for other in cells.amounts if other[1] == at[1] and other != at and _label(cells, other) == name)
        left = [other for other in same if other not in added]
        if _FEWEST <= len(same) <= _MOST and len(left) == 1 and not _is_added(cells, own, left[0]):
            yield at, "=" + "+".join(address(*cell) for cell in same)


def _is_added(cells: Cells, own: Mapping[At, str], at: At) -> bool:
    """Return whether another sum of the sheet has a cell."""
    users = cells.references.users.get((cells.page.title, *at), set())
    return any(_SUM.match(own.get(each[1:], "").replace(" ", "")) for each in users)


def _label(cells: Cells, at: At) -> str:
    found = cells.amounts.get(at)
    spot = cells.label(found[0]) if found is not None else None
    return spot.flat if spot is not None else ""

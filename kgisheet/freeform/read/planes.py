"""Which sheets of a workbook are read as goal sheets, and how much of their texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...values import budget
from ...values.regex import regex
from ...xlsx.read.reader import Filled
from . import terms
from .likely import likely
from .plane import Plane
from .spelling import plain

_MANY = 600
"""Labels of fields on one sheet; beyond, it is a list of data and no goal sheet."""

_GOAL = terms.of("goal_sheet")

_LONG, _LONG_TEXTS = 400, 200
"""Characters of a text, from its beginning, that are read, and how many such texts: no label, figure or sentence is as long."""
_SHORT = 80


def _shortened(cells: Mapping[tuple[str, int, int], Filled]) -> Mapping[tuple[str, int, int], Filled]:
    """Return the cells with the beginnings of long texts, of which a file made to hurt may have a hundred thousand."""
    long = [where for where, filled in cells.items() if type(filled.value) is str and len(filled.value) > _SHORT]
    made = {}
    for number, where in enumerate(long):
        most = _LONG if number < _LONG_TEXTS else _SHORT
        if len(cells[where].value) > most:
            made[where] = cells[where]._replace(value=cells[where].value[:most])
    return {**cells, **made} if made else cells


def planes(cells: Mapping[tuple[str, int, int], Filled], sheets: Mapping[str, Any], hidden: set[str]) -> list[Plane]:
    """Return the visible sheets that hold some field's label, or are called so, except long lists of them, in the workbook's order."""
    cells = _shortened(cells)
    # A budget by category may say on its tab alone what it is.
    labels = {title: 1 for title in sheets if title not in hidden and _GOAL.search(plain(title))}
    for (title, _, _), filled in cells.items():
        if isinstance(filled.value, str) and title not in hidden and likely(filled.value):
            labels[title] = labels.get(title, 0) + 1
    found = {title: Plane(title, merged) for title, merged in sheets.items() if 0 < labels.get(title, 0) <= _MANY}
    others: set[str] = set()
    for (title, row, col), filled in cells.items():
        plane = found.get(title)
        if plane is not None and filled.value != "" and _is_paid(filled, others):
            plane.add(row, col, filled)
    labelled = [plane for plane in found.values() if plane.rows]
    for plane in labelled:
        plane.settle()
    return labelled


_PART = 2
"""Which part of the budget, a half, texts may take: formulas are worked out after them."""

_FIGURE = regex(r"\W{0,2}\d\S{0,9}$")
"""30%, ¥1,200: a figure that was typed as a text."""


def _is_paid(filled: Filled, others: set[str]) -> bool:
    """Return whether the budget suffices to read a cell: a text costs something, unless it may be a label or is one of the ``others``."""
    text = filled.value
    if not isinstance(text, str) or text in others or _FIGURE.match(text) or likely(text):
        return True
    own = budget.current()
    if len(others) * budget.FOREIGN * _PART > own.limits.steps:
        own.refusal(budget.STEPS, own.limits.steps)
        return False
    others.add(text)
    own.steps += budget.FOREIGN
    return True

"""The columns of the page: one grid, taken from the channel table, that every section uses.

    margin · step · label · value [before rounding] · operator · value … · check

So the first row of the page (② × price = ①) and the table below it line up.
"""

from __future__ import annotations

from typing import NamedTuple

from ..template.model import EXACT, RESULT, USUAL, Template
from ..values.units import TEXT

STEP = 1
LABEL = 2

_WIDTHS = {"operator": 2.6, "exact": 8.5, "usual": 13}
_BOXES = (14.5, 14.5, 14.5)  # the first three boxes hold money too: 999,999,999円
_LEAST_BOXES = 6  # what the lines of the checks need, whatever table there is


class Grid(NamedTuple):
    """Columns from 0. ``boxes`` are the wide ones after the label, ``last`` the page's last."""

    widths: dict[int, float]
    boxes: tuple[int, ...]
    columns: dict[str, int]
    operators: dict[str, int]
    last: int


def grid(template: Template) -> Grid:
    """Return the grid of a template: its first table decides."""
    widths: dict[int, float] = {0: 1.5, STEP: 5, LABEL: 26}
    boxes: list[int] = []
    columns: dict[str, int] = {}
    operators: dict[str, int] = {}
    names = _columns(template)
    at = LABEL + 1
    own = [name for name in names[1:] if template.cells[name].companion is None]
    for name in (*names[1:], *[""] * (_LEAST_BOXES - len(own))):
        cell = template.cells.get(name)
        companion = cell.companion if cell else None
        if companion is None:
            if boxes:
                operators[name] = at
                widths[at] = _WIDTHS["operator"]
                at += 1
            boxes.append(at)
        if companion in _WIDTHS:
            widths[at] = _WIDTHS[companion]
        elif len(boxes) <= len(_BOXES):
            widths[at] = _BOXES[len(boxes) - 1]
        else:
            # The last one of a page without such a column holds what to do about a check.
            widths[at] = 21 if (cell and cell.unit == TEXT) or (not cell and len(boxes) == _LEAST_BOXES) else 12
        columns[name] = at
        at += 1
    if names:
        columns[names[0]] = LABEL
    return Grid(widths, tuple(boxes), columns, operators, at - 1)


def _columns(template: Template) -> list[str]:
    """Return the table's columns with their companions: before rounding after its count, the usual range last but one."""
    table = next((section for section in template.sections if section.kind == "table"), None)
    if table is None:
        return []
    names: list[str] = []
    for name in table.columns:
        cell = template.cells[name]
        # What the check says comes last; what it is compared with stands before it.
        if cell.role == RESULT and cell.unit == TEXT:
            names += [usual for column in table.columns if (usual := template.companion(column, USUAL))]
        names.append(name)
        if exact := template.companion(name, EXACT):
            names.append(exact)
    return names

"""openpyxl's way with merged cells, each addition of borders worked out once: of our sheets, it takes half of its time to load them.

What is loaded is the same, which `test_suite.py` shows.
"""

from __future__ import annotations

from typing import Any

from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Border
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.merge import MergedCellRange

AS_IT_IS = MergedCellRange.format


def _format(merged: Any) -> None:
    """Give the cells of a merged range its borders and its protection."""
    start = _cell(merged, (merged.min_row, merged.min_col))
    known: dict[tuple[int, int, str], int] = merged.ws.parent.__dict__.setdefault("_borders_added", {})
    for name in ("top", "left", "right", "bottom"):
        side = getattr(start.border, name)
        if side and side.style is None:
            continue
        for place in getattr(merged, name):
            cell = _cell(merged, place)
            key = cell._style.borderId, start._style.borderId, name
            if key not in known:
                cell.border += Border(**{name: side})
                known[key] = cell._style.borderId
            cell._style.borderId = known[key]
    for place in merged.cells:
        _cell(merged, place)._style.protectionId = start._style.protectionId


def _cell(merged: Any, place: tuple[int, int]) -> Any:
    cells = merged.ws._cells
    if place not in cells:
        cells[place] = MergedCell(merged.ws, row=place[0], column=place[1])
    cell = cells[place]
    cell._style = cell._style or StyleArray()
    return cell


def quicken() -> None:
    MergedCellRange.format = _format

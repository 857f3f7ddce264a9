"""Boxes that float over a sheet's cells: from pixels to columns and rows with offsets, and back."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from ...values.a1 import COLUMNS, ROWS
from ...values.regex import regex
from ..read.areas import Cell
from .sheetpatch import SheetPatch

_PIXELS_PER_DIGIT = 7  # of the default font, which column widths are counted in
_DEFAULT_WIDTH, _DEFAULT_HEIGHT = 9.14, 15.0


class Anchor(NamedTuple):
    """The place of a box: column and pixels into it, row and pixels into it, of both corners; from 0."""

    left: int
    left_offset: int
    top: int
    top_offset: int
    right: int
    right_offset: int
    bottom: int
    bottom_offset: int

    def __str__(self) -> str:
        return ", ".join(map(str, self))


class Boxes:
    """Placement of boxes on one sheet, by its widths and heights."""

    def __init__(self, sheet: SheetPatch) -> None:
        self._widths: list[tuple[int, int, int]] = []
        for each in sheet.columns():
            hidden = each.get("hidden") in ("1", "true")
            pixels = 0 if hidden else round(_decimal(each.get("width"), _DEFAULT_WIDTH) * _PIXELS_PER_DIGIT)
            self._widths.append((int(_decimal(each.get("min"), 1)) - 1, int(_decimal(each.get("max"), 1)) - 1, pixels))
        defaults = sheet.root.first("sheetFormatPr")
        width = _decimal(defaults.get("defaultColWidth"), _DEFAULT_WIDTH) if defaults else _DEFAULT_WIDTH
        height = _decimal(defaults.get("defaultRowHeight"), _DEFAULT_HEIGHT) if defaults else _DEFAULT_HEIGHT
        self._width = max(round(width * _PIXELS_PER_DIGIT), 8)
        self._height = max(round(height * 4 / 3), 8)
        self._heights = sheet.found.heights

    def beside(self, cell: Cell, width: int, height: int) -> Anchor:
        """Return a box right of a cell and a little above its middle, within the sheet."""
        row, col = cell
        # At the sheet's edges there is no room on the right or below: a little further in, over the cell.
        return self.sized(min(col + 1, COLUMNS - 12), 12, max(min(row, ROWS - 60) - 1, 0), 6, width, height)

    def sized(self, left: int, left_offset: int, top: int, top_offset: int, width: int, height: int) -> Anchor:
        right, right_offset = _along(left, left_offset + width, self._col, COLUMNS)
        bottom, bottom_offset = _along(top, top_offset + height, self._row, ROWS)
        return Anchor(left, left_offset, top, top_offset, right, right_offset, bottom, bottom_offset)

    def enlarged(self, anchor: Anchor, width: int, more: int) -> Anchor:
        """Return the box made at least so wide, and higher by ``more``."""
        # A box of a foreign file may claim any size; nobody has one of a thousand rows.
        columns = range(anchor.left, min(anchor.right, anchor.left + 1000))
        rows = range(anchor.top, min(anchor.bottom, anchor.top + 1000))
        wide = sum(map(self._col, columns)) - anchor.left_offset + anchor.right_offset
        high = sum(map(self._row, rows)) - anchor.top_offset + anchor.bottom_offset
        return self.sized(*anchor[:4], max(wide, width), max(high, 20) + more)

    def _col(self, col: int) -> int:
        return next((width for first, last, width in self._widths if first <= col <= last), self._width)

    def _row(self, row: int) -> int:
        height = self._heights.get(row)
        return self._height if height is None else round(height * 4 / 3)


_LINE = 17  # pixels from line to line at 9 points
_MARGIN = 14
_PIXELS_PER_UNIT = 6.5


def text_size(text: str) -> tuple[int, int]:
    """Return the pixels that a text needs at 9 points, margins included: width and height."""
    width = 300 if text_height(text, 300) <= 18 * _LINE else 460
    return width, text_height(text, width) + _MARGIN


def text_height(text: str, width: int) -> int:
    """Return the pixels that a text needs in a box so wide."""
    return lines(text, (width - _MARGIN) / _PIXELS_PER_UNIT) * _LINE


def lines(text: str, width: float) -> int:
    """Return the lines that a text takes if ``width`` half-width letters fit into one: rather one too many than too few."""
    return sum(_wrapped(line, width) for line in text.split("\n"))


def _wrapped(line: str, width: float) -> int:
    """Wrap text: words move to the next line whole, and break only if no line holds them; Japanese breaks anywhere."""
    count, used = 1, 0.0
    for word in _WORDS.findall(line):
        needed = sum(map(_width, word))
        if used and used + needed > width:
            count, used = count + 1, 0.0
        broken = math.ceil(needed / width) - 1
        count, used = count + broken, used + needed - broken * width
    return count


_WORDS = regex(r"[!-~]+ ?|.")


def _width(letter: str) -> float:
    # Letters wide by context (→, ①) are as wide as the others in Japanese fonts.
    return 1.9 if unicodedata.east_asian_width(letter) in "FWA" else 1


def _along(start: int, pixels: int, size: Callable[[int], int], limit: int) -> tuple[int, int]:
    """Return the column or row that is so many pixels along, and the pixels into it."""
    at = start
    while at < limit - 1 and pixels > (here := size(at)):
        pixels -= here
        at += 1
    return at, max(min(pixels, size(at)), 0)


def _decimal(text: str, otherwise: float) -> float:
    try:
        value = float(text)
    except ValueError:
        return otherwise
    return value if 0 <= value <= 100_000 else otherwise

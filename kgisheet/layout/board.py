"""The page's sheet as it is drawn: rows from top to bottom on one grid, bands, notes."""

from __future__ import annotations

from ..template.model import Section, Template
from ..worksheet.solve import Solution
from . import looks
from .grid import STEP, Grid, grid
from .model import Sheet
from .placing import Placer

ROW = 16.0  # points
_BAND = 20.0
_GAP = 6.0


class Board:
    """The drawing surface that all parts of the page share; ``row`` is the next free one."""

    def __init__(self, solution: Solution, title: str, lang: str) -> None:
        self.template: Template = solution.template
        self.grid: Grid = grid(solution.template)
        self.sheet = Sheet(title, widths=dict(self.grid.widths))
        self.placer = Placer(solution, self.sheet, lang)
        self.lang = lang
        self.row = 0
        self.section_rows: dict[str, int] = {}

    def line(self, height: float = ROW) -> int:
        """Return the next row and advance."""
        row = self.row
        self.sheet.heights[row] = height
        self.row += 1
        return row

    def band(self, section: Section, last: int) -> None:
        self.line(_GAP)
        row = self.line(_BAND)
        self.section_rows[section.key] = row
        self.sheet.put(row, STEP, " " + self.placer.say(section.title), looks.BAND)
        for col in range(STEP + 1, last + 1):
            self.sheet.put(row, col, None, looks.BAND)

    def note_lines(self, section: Section, last: int) -> None:
        room = sum(self.grid.widths.get(col, 8.43) for col in range(STEP, last + 1))
        for note in section.notes:
            text = self.placer.say(note)
            lines = max(1, -(-int(width(text) * 0.92) // int(room)))
            row = self.line(4 + 13.0 * lines)
            self.sheet.put(row, STEP, text, looks.NOTE, last)

    def left_part(self) -> int:
        """Return the last column of the upper left part; the chart is to its right."""
        return self.grid.boxes[2] if len(self.grid.boxes) > 2 else self.grid.last


def width(text: str) -> int:
    """Return how many half-width characters a text takes."""
    return sum(1 if ord(letter) < 0x2000 else 2 for letter in text)

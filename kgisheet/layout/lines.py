"""A sheet of the months as it is drawn: rows from top to bottom, bands, notes, on a draft."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from ..language.text import Text
from ..template.model import INPUT, READBACK, Cell, Section
from ..worksheet.solve import Solution
from . import looks
from .draft import Draft, Shared
from .measure import broken, tall, wide, wrapped
from .model import Look

LABEL = 1
"""The first column: what a row is about."""

_NOTE_SIZE = 10.2
"""Points that a line of a note is measured by: a little more than its type, for fonts that run wider."""


_LEAST = 0.99
"""How much a label may be shrunk to its column before it goes on two lines: type of 10 points is 9 on paper as it is."""


class Column(NamedTuple):
    """A column of a table with a row per stage: which cell of a flow (``{x}``) it shows, and its heading."""

    form: str
    heading: Text
    width: float


class Lines:
    """The drawing surface that the sheets of the months share; ``row`` is the next free one, ``last`` the page's last column."""

    def __init__(self, solution: Solution, title: str, widths: dict[int, float], lang: str, shared: Shared) -> None:
        self.template, self.roles = solution.template, solution.roles
        self.solution = solution
        self.lang = lang
        self.draft = Draft(solution, title, widths, lang, shared)
        self.sheet = self.draft.sheet
        self.last = max(widths)
        self.row = 0

    def line(self, height: float = 16.0) -> int:
        """Return the next row and advance."""
        row = self.row
        self.sheet.heights[row] = height
        self.row += 1
        return row

    def band(self, text: Text, last: int | None = None) -> int:
        """Draw a heading over the columns up to ``last``; return its row."""
        self.line(7)
        row = self.line(20)
        self.draft.row_of(row, LABEL, last or self.last, looks.BAND)
        self.draft.text(row, LABEL, f" {text.to(self.lang)}", looks.BAND)
        return row

    def folded_band(self, text: Text, last: int | None = None) -> int:
        """Draw the heading of folded rows, which says how they are opened; return the first of them."""
        self.band(Text(f"▸ {text.ja}(左端の「+」で開きます)", f"▸ {text.en} (click + at the left edge to open)"), last)
        return self.row

    def breaks(self, starts: list[int], page: float) -> list[int]:
        """Return the rows that begin a page, so that no section is split that would fit on one; ``page`` is in points."""
        breaks: list[int] = []
        again = (
            0.0 if self.sheet.title_rows is None else self.sheet.tall(self.sheet.title_rows[0], self.sheet.title_rows[1] + 1)
        )
        used = self.sheet.tall(0, starts[0])
        for start, end in pairwise(starts):
            tall = self.sheet.tall(start, end)
            if used and used + tall > page:
                breaks.append(start)
                used = again
            used += tall
        return breaks

    def notes(self, section: Section) -> None:
        for note in section.notes:
            self.note(note)

    def note(self, note: Text) -> None:
        """Draw a line over the page's width, as tall as its text requires."""
        room = sum(self.sheet.widths.get(col, 8.43) for col in range(LABEL, self.last + 1))
        text = self.draft.say(note)
        row = self.line(4 + 14.0 * wrapped(text, room, _NOTE_SIZE))
        self.draft.text(row, LABEL, text, looks.NOTE, self.last)

    def named(self, text: str, height: float, look: Look, last: int = LABEL) -> int:
        """Draw what a line is about; return its row."""
        said, high, fitting = self.fitted(text, height, look, last)
        row = self.line(high)
        self.draft.text(row, LABEL, said, fitting, last if last > LABEL else None)
        return row

    def fitted(self, text: str, height: float, look: Look, last: int = LABEL) -> tuple[str, float, Look]:
        """Return a label, its height and its style: on two lines where it would have to be too small on one."""
        room = sum(self.sheet.widths[col] for col in range(LABEL, last + 1)) - 0.5
        size, bold = dict(look).get("font_size", 10), bool(dict(look).get("bold"))
        if wide(text, size, bold=bold) * _LEAST <= room:
            return text, height, looks.over(look, shrink=True)
        said = broken(text, room, size)
        return said, max(height, tall(wrapped(said, room, size), size)), looks.over(look, text_wrap=True, shrink=False)

    def readback(self, cell: Cell, row: int, col: int, last: int, size: float = looks.SIZE, align: str = "right") -> None:
        """Draw an amount as people say it beside it; of an input with a question mark while it is suspiciously small."""
        if name := self.template.companion(cell.name, READBACK):
            look = looks.over(looks.READBACK, font_size=size, align=align)
            self.draft.single(name, row, col, looks.over(look, indent=1) if align == "left" else look, last)
            if cell.role == INPUT:
                self.draft.ask_of_small(cell.name, name)

    def goal_of(self, row: int, col: int, look: Look) -> None:
        """Draw the title of the worksheet, live from the page."""
        if self.roles.title in self.template.cells:
            said = self.solution.at(self.roles.title, None)
            size, room = dict(look)["font_size"], sum(self.sheet.widths[at] for at in range(col, self.last + 1))
            if wide(str(said or ""), size) > room:
                look = looks.over(look, text_wrap=True, shrink=False)
                self.sheet.heights[row] = max(self.sheet.heights[row], tall(2, size))
            self.sheet.formula(row, col, '=IF(title="","",title)', said, look, self.last)

    def months_again(self) -> int:
        """Draw twelve rows that name their months; return the first one's row."""
        first = self.row
        look = looks.over(looks.LABEL_CENTRED, num_format="yyyy-mm")
        for index in range(12):
            said = self.solution.at(self.roles.month_start, index)
            self.sheet.formula(self.line(), LABEL, f"=INDEX(month_start,{index + 1})", said, look)
        return first

"""A form on a drawn sheet: labels and values in boxes, as on paper, and the places to sign."""

from __future__ import annotations

from ..template.model import INPUT, Cell, Section
from ..values.units import TEXT
from . import looks
from .lines import LABEL, Lines
from .measure import tall, wrapped
from .model import Look

_AROUND, _INDENT = 4.0, 1.3
"""Points above and below a text of several lines, and the characters that an indent takes."""
_ROW = 19.0
_FREE = 35.0
"""Points of a box for a text that people write."""
_STAMP = 46.0


class Form(Lines):
    """The drawing of forms; the boxes reach over the whole page."""

    def form(self, section: Section) -> None:
        """Draw a line for each cell: its label, and its value over the rest of the width; some have two of them."""
        lines: list[list[Cell]] = []
        for cell in (self.template.cells[name] for name in section.cells):
            if cell.beside and lines:
                lines[-1].append(cell)
            else:
                lines.append([cell])
        usual = LABEL + (self.last - LABEL) // 2
        # Where the right one of two has a longer text, it begins a column earlier.
        middle = min((usual, usual - 1), key=lambda at: sum(max(self._counts(cells, at)) for cells in lines if len(cells) > 1))
        for cells in lines:
            boxes, counts = self._boxes(cells, middle), self._counts(cells, middle)
            row = self.line(self._height(cells, max(counts)))
            for (cell, label, value, end), count in zip(boxes, counts, strict=True):
                self.draft.text(row, label, self.draft.say(cell.full_label), looks.FORM_LABEL, value - 1)
                self.draft.single(cell.name, row, value, self._look(cell, len(cells) > 1 and count == 1), end)

    def _boxes(self, cells: list[Cell], middle: int) -> list[tuple[Cell, int, int, int]]:
        """Return the cells of a line with the columns where their labels and values begin, and where they end."""
        ends = [self.last] if len(cells) == 1 else [middle, self.last]
        second = middle + 2 if self.last > middle + 2 else middle + 1
        return list(zip(cells, (LABEL, middle + 1), (LABEL + 1, second + 1), ends, strict=False))

    def _counts(self, cells: list[Cell], middle: int) -> list[int]:
        return [self._count(cell, value, end) for cell, _, value, end in self._boxes(cells, middle)]

    def _count(self, cell: Cell, first: int, last: int) -> int:
        """Return how many lines the text of a box takes as it is."""
        room = sum(self.sheet.widths.get(col, 8.43) for col in range(first, last + 1)) - _INDENT
        return 1 if cell.unit != TEXT else wrapped(str(self.solution.at(cell.name, None) or ""), room)

    def _height(self, cells: list[Cell], count: int) -> float:
        """Return the points that so many lines take, and a little more; a text to be written gets some lines."""
        if len(cells) == 1 and cells[0].role == INPUT and cells[0].unit == TEXT:
            return _FREE
        return tall(count) + _AROUND if count > 1 else _ROW

    def _look(self, cell: Cell, is_short: bool) -> Look:
        if cell.role == INPUT:
            if is_short or cell.unit != TEXT:
                return looks.value_look(cell, self.lang, align="left", indent=1)
            return looks.value_look(cell, self.lang, text_wrap=True, shrink=False, valign="top", indent=1)
        return looks.value_look(cell, self.lang, bold=False, shrink=is_short, text_wrap=not is_short, align="left", indent=1)

    def stamps(self, section: Section) -> None:
        """Draw an empty box under each heading, on the right, to be signed or stamped."""
        first = self.last - len(section.heads) + 1
        head, box = self.line(_ROW), self.line(_STAMP)
        said = looks.over(looks.LABEL, font_size=10, align="right", indent=1)
        self.draft.text(head, first - 2, self.draft.say(section.title), said, first - 1)
        for at, text in enumerate(section.heads):
            self.draft.text(head, first + at, self.draft.say(text), looks.FORM_HEAD)
            self.draft.row_of(box, first + at, first + at, looks.FORM)

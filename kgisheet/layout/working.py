"""The hidden sheet of what is only worked with: cells that others need and nobody has to look at."""

from __future__ import annotations

from ..language.text import Text
from ..template import tables
from ..template.model import Cell
from ..template.sheets import WORK, SheetOf
from ..values.units import CURRENCY, RATE, TEXT
from ..worksheet.solve import Solution
from . import looks
from .draft import Shared
from .lines import LABEL, Lines

UNDECLARED = SheetOf("working", WORK, Text("計算用", "Working"))
"""The sheet for a template that declares none of its kind: the formulas of its page still need the figures before rounding."""

_FORMS = {CURRENCY: "#,##0.######", RATE: "0.##%", TEXT: "General"}


class Working(Lines):
    """The drafter of what the page and its grounds leave: it comes after them."""

    def __init__(self, solution: Solution, lang: str, shared: Shared) -> None:
        across = max(1, solution.rows.get(tables.CHANNEL, 0))
        widths = {0: 1.5, LABEL: 40.0, **dict.fromkeys(range(LABEL + 1, LABEL + 1 + across), 12.0)}
        title = (solution.template.sheets.of_kind(WORK) or UNDECLARED).title
        super().__init__(solution, title.to(lang), widths, lang, shared)
        self.sheet.hidden = True

    @property
    def is_needed(self) -> bool:
        """Whether the sheets before it leave a cell out."""
        return bool(self._left())

    def _left(self) -> list[Cell]:
        page = self.template.page_keys()
        return [cell for cell in self.template.cells.values() if cell.section in page and cell.name not in self.draft.places]

    def build(self) -> None:
        self.draft.text(self.line(), LABEL, self.sheet.title, looks.LABEL)
        for cell in self._left():
            row = self.line()
            self.draft.text(row, LABEL, self.draft.say(cell.label), looks.SMALL)
            look = looks.over(looks.SMALL, num_format=_FORMS.get(cell.unit, "#,##0.######"))
            if cell.table is None:
                self.draft.single(cell.name, row, LABEL + 1, look)
            else:
                self.draft.side_by_side(cell.name, row, LABEL + 1, look)

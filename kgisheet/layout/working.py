"""The hidden sheet of what is only worked with: cells that others need and nobody has to look at."""

from __future__ import annotations

from ..language.text import Text
from ..template import tables
from ..template.model import Cell
from ..template.sheets import GRID, WORK, SheetOf
from ..values.units import CURRENCY, RATE, TEXT
from ..worksheet.solve import Solution
from . import looks
from .draft import Shared
from .lines import LABEL, Lines
from .model import Look

UNDECLARED = SheetOf("working", WORK, Text("計算用", "Working"))
"""The sheet for a template that declares none of its kind: the formulas of its page still need the figures before rounding."""

_FORMS = {CURRENCY: "#,##0.######", RATE: "0.##%", TEXT: "General"}


class Working(Lines):
    """The drafter of what the page, its grounds and the grid of the months leave: it comes after them."""

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
        grid = self.template.on_kind(GRID) if self.template.is_monthly else ()
        keys = self.template.page_keys() | {section.key for section in grid}
        placed = self.draft.places
        return [
            cell
            for cell in self.template.cells.values()
            if cell.section in keys and not cell.on_tab and cell.name not in placed
        ]

    def build(self) -> None:
        self.draft.text(self.line(), LABEL, self.sheet.title, looks.LABEL)
        left = self._left()
        for cell in left:
            if cell.table in (tables.MONTH, tables.MONTH_CHANNEL):
                continue
            row = self._labelled(cell)
            if cell.table is None:
                self.draft.single(cell.name, row, LABEL + 1, _look(cell))
            else:
                self.draft.side_by_side(cell.name, row, LABEL + 1, _look(cell))
        self._by_month([cell for cell in left if cell.table == tables.MONTH])
        for cell in left:
            if cell.table == tables.MONTH_CHANNEL:
                first = self._labelled(cell) + 1
                for _ in range(tables.MONTHS):
                    self.line()
                self.draft.matrix(cell.name, first, LABEL + 1, _look(cell))

    def _labelled(self, cell: Cell) -> int:
        row = self.line()
        self.draft.text(row, LABEL, self.draft.say(cell.label), looks.SMALL)
        return row

    def _by_month(self, cells: list[Cell]) -> None:
        """Draft a column of each of these, beside the months."""
        if not cells:
            return
        head = self.line()
        first = self.months_again()
        for col, cell in enumerate(cells, LABEL + 1):
            self.draft.text(head, col, self.draft.say(cell.label), looks.SMALL)
            self.draft.down(cell.name, first, col, _look(cell))


def _look(cell: Cell) -> Look:
    return looks.over(looks.SMALL, num_format=_FORMS.get(cell.unit, "#,##0.######"))

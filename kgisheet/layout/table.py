"""The channel table of the page: a row per channel, its headings, its totals."""

from __future__ import annotations

from fractions import Fraction

from ..language.text import Text
from ..template.model import EXACT, USUAL, Section
from ..values.a1 import Place, column
from ..values.units import TEXT
from ..worksheet.labels import usual_text
from . import looks
from .board import ROW, Board, width
from .grid import LABEL, STEP
from .model import Conditional


class Table:
    """The drawer of a section of the kind ``table``."""

    def __init__(self, board: Board) -> None:
        self.board = board

    def places(self) -> None:
        for section in self.board.template.sections:
            for name in section.columns:
                for each in (name, *(self.board.template.companion(name, kind) for kind in (EXACT, USUAL))):
                    if each is not None and each in self.board.grid.columns:
                        self.board.placer.places[each] = Place("", 0, self.board.grid.columns[each])

    def draw(self, section: Section) -> None:
        self.board.band(section, self.board.grid.last)
        self.headings(section)
        first_row = self.board.row
        rows = self.board.placer.solution.rows[section.key]
        # Rows first: a formula that sums down to its own row needs to know where the table begins.
        for name in self.table_names(section):
            self.board.placer.places[name] = Place(self.board.sheet.title, first_row, self.board.grid.columns[name], rows)
        for index in range(rows):
            row = self.board.line(self.name_height(section, index))
            self.board.sheet.put(row, STEP, Fraction(index + 1), looks.over(looks.LABEL, align="center"))
            for name, col in self.board.grid.operators.items():
                if name in section.columns and self.board.template.cells[name].operator:
                    self.board.sheet.put(row, col, self.board.template.cells[name].operator, looks.OPERATOR)
        for name in self.table_names(section):
            self.table_column(name, first_row)
        self.table_colours(section, first_row, rows)
        self.totals(section)
        self.board.note_lines(section, self.board.grid.last)

    def name_height(self, section: Section, index: int) -> float:
        """Return the points for a row whose name may need several lines."""
        name = self.board.placer.solution.at(section.columns[0], index)
        lines = -(-width(str(name or "")) // int(self.board.grid.widths[LABEL] - 2))
        return max(ROW, 3 + 14.0 * lines)

    def table_names(self, section: Section) -> list[str]:
        return [
            name
            for name in self.board.grid.columns
            if name in self.board.template.cells and self.board.template.cells[name].table == section.key
        ]

    def table_column(self, name: str, first_row: int) -> None:
        cell, look = self.board.template.cells[name], None
        if self.board.grid.columns[name] == LABEL:
            look = looks.over(looks.value_look(cell, self.board.lang), text_wrap=True, shrink=False)
        elif cell.companion == EXACT:
            look = looks.over(looks.READBACK, num_format=looks.UNROUNDED)
        elif cell.unit == TEXT and cell.formula is not None:
            look = looks.COMPARED if cell.companion else looks.STATE
        elif name.endswith("_unrounded"):
            look = looks.over(looks.READBACK, num_format=looks.UNROUNDED, border=1, border_color=looks.LINE)
        self.board.placer.column(name, first_row, self.board.grid.columns[name], look)

    def headings(self, section: Section) -> None:
        row = self.board.line(4 + 12.5 * max(self.heading_lines(name) for name in self.table_names(section)))
        for col in range(STEP, self.board.grid.last + 1):
            self.board.sheet.put(row, col, None, looks.HEADING)
        for name in self.table_names(section):
            look = looks.HEADING
            if self.board.template.cells[name].companion == EXACT:
                look = looks.over(look, font_size=8, bold=False, font_color=looks.GREY)
            self.board.sheet.put(row, self.board.grid.columns[name], self.heading(name), look)

    def heading_lines(self, name: str) -> int:
        room = self.board.grid.widths[self.board.grid.columns[name]] * 0.9
        return sum(max(1, -(-width(line) // int(room))) for line in self.heading(name).split("\n"))

    def heading(self, name: str) -> str:
        """Return the heading of a table column: step and label, the arrow of a rate, the usual range."""
        cell = self.board.template.cells[name]
        text = f"{cell.step} {self.board.placer.say(cell.label)}".strip()
        if cell.companion == EXACT:
            text = Text("端数\n処理前", "before\nrounding").to(self.board.lang)
        elif cell.companion == USUAL and cell.of is not None:
            text = Text("目安との比較", "against the\nusual range").to(self.board.lang)
            text = f"{self.board.placer.label(cell.of)}\n{text}"
        elif cell.arrow is not None:
            text += f"\n({self.board.placer.say(cell.arrow)})"
        if cell.usual is not None:
            text += f"\n{self.board.placer.say(usual_text(cell))}"
        return text

    def table_colours(self, section: Section, first_row: int, rows: int) -> None:
        last = first_row + rows - 1
        name = f"${column(LABEL)}{first_row + 1}"
        for each, col in self.board.grid.operators.items():
            if each in section.columns:
                # Before a result the sign waits for the result, before an input for the row's name.
                waits = name if self.board.template.cells[each].formula is None else f"${column(col + 1)}{first_row + 1}"
                self.board.sheet.conditionals.append(Conditional(first_row, col, last, col, f'{waits}=""', looks.UNSEEN))
        self.board.sheet.conditionals.append(
            Conditional(first_row, STEP, last, STEP, f'{name}=""', (("font_color", looks.FAINT),))
        )
        for each in self.table_names(section):
            cell, col = self.board.template.cells[each], self.board.grid.columns[each]
            if cell.companion == USUAL:
                self.board.placer.usual_colours(first_row, col, last)
            elif cell.unit == TEXT and cell.formula is not None:
                self.board.placer.state_colours(first_row, col, last)
            elif cell.companion == EXACT and cell.of is not None:
                self.board.placer.hide_equal(cell.of)

    def totals(self, section: Section) -> None:
        row = self.board.line(ROW)
        look = looks.look(bold=True, bg_color=looks.PALE, top=1, top_color=looks.LINE)
        under = {self.board.template.cells[name].total_of: name for name in section.totals}
        at = {self.board.grid.columns[of]: name for of, name in under.items() if of in self.board.grid.columns}
        for col in range(STEP, self.board.grid.last + 1):
            if col in at:
                cell = self.board.template.cells[at[col]]
                form = looks.UNROUNDED if cell.name.endswith("_unrounded") else looks.number_format(cell, self.board.lang)
                self.board.placer.cell(cell.name, row, col, looks.over(look, num_format=form, align="right", shrink=True))
            else:
                self.board.sheet.put(row, col, Text("合計", "Total").to(self.board.lang) if col == LABEL else None, look)

"""目標設定: the page, drawn like the paper, section by section from top to bottom."""

from __future__ import annotations

from collections.abc import Callable

from ..language.text import Text
from ..template.model import EXACT, INPUT, READBACK, USUAL, WORKING, Cell, Section
from ..template.sheets import PAGE
from ..values.a1 import address, quoted_sheet
from ..values.units import RATE, TEXT
from ..worksheet.labels import usual_text
from ..worksheet.solve import Solution
from . import looks, proof
from .board import ROW, Board
from .funnel import place_funnel
from .grid import LABEL, STEP
from .model import Sheet
from .table import Table


class Page(Board):
    """The builder of the sheet; ``sheet`` and ``placer`` hold the result."""

    def __init__(self, solution: Solution, lang: str) -> None:
        super().__init__(solution, solution.template.title_of(PAGE).to(lang), lang)
        self.table = Table(self)
        self.chart_rows: tuple[int, int] | None = None

    def build(self) -> None:
        draw: dict[str, Callable[[Section], None]] = {
            "header": self.header,
            "equation": self.equation,
            "list": self.lines,
            "table": self.table.draw,
            "checks": lambda section: proof.draw(self, section),
            "notes": self.notes,
        }
        # A table's columns must be known before any formula in its rows is written.
        self.table.places()
        chart_from: int | None = None
        for section in self.template.on_kind(PAGE):
            if section.key == WORKING:
                continue
            if section.kind in ("equation", "list") and chart_from is None:
                chart_from = self.row
            if section.kind == "table" and chart_from is not None:
                self.chart(chart_from)
            draw[section.kind](section)
        last_row = self.row
        self.working()
        self.placer.follow_rounding()
        self.sheet.print_area = (0, 0, last_row, self.grid.last)
        self.sheet.cursor = min(self.placer.first_inputs)
        # Spare rows refer to empty cells by design; Excel's green corners would say otherwise.
        area = f"A1:{address(last_row + 40, self.grid.last + 6)}"
        self.sheet.quiet = {key: [area] for key in ("empty_cell_reference", "formula_differs", "formula_range")}

    # -- sections ---------------------------------------------------------

    def header(self, section: Section) -> None:
        """Draw the title, the overall state, and the inputs that describe the goal, side by side."""
        row = self.line(28)
        self.sheet.put(row, STEP, self.placer.say(self.template.title), looks.TITLE)
        if "overall" in self.template.cells:
            self.sheet.put(row, self.grid.last - 1, self.placer.label("overall"), looks.over(looks.LABEL, align="right"))
            self.placer.cell("overall", row, self.grid.last, looks.OVERALL)
            self.placer.state_colours(row, self.grid.last, row)
        boxes = (LABEL, *self.grid.boxes[1:])
        for name in section.cells:
            if self.is_note(name, section):
                # What changes all that follows is said at the top.
                self.placer.cell(name, row, self.grid.boxes[2], looks.over(looks.SMALL, font_color=looks.AMBER, bold=True))
        cells = [self.template.cells[name] for name in section.cells if not self.is_note(name, section)]
        for start in range(0, len(cells), len(boxes)):
            labels, values = self.line(14), self.line(28 if start == 0 else ROW)
            for cell, col in zip(cells[start : start + len(boxes)], boxes, strict=False):
                first = col == LABEL
                look = looks.value_look(cell, self.lang, align="left" if first else "center")
                if cell.unit == TEXT and cell.choices is None:
                    look = looks.over(look, text_wrap=True, shrink=False)
                self.sheet.put(labels, col, self.placer.say(cell.label), looks.LABEL if first else looks.LABEL_CENTRED)
                # The title is long: it takes the next box too.
                self.placer.cell(cell.name, values, col, look, self.grid.boxes[0] if first else None)
        self.sheet.frozen_rows = self.row
        self.sheet.title_rows = (0, self.row - 1)

    def equation(self, section: Section) -> None:
        """Draw ② × price = ① in one row, the rest of the section as lines below."""
        self.band(section, self.left_part())
        if "period" in self.template.cells:
            # The period is stated where the figures begin, never left to be guessed.
            look = looks.over(looks.BAND, align="right")
            self.sheet.formula(
                self.row - 1, self.left_part(), '=IF(period="","",period)', self.placer.solution.at("period", None), look
            )
        labels, values, below = self.line(15), self.line(22), self.line(15)
        parts = section.equation
        for index, name in enumerate(parts[::2]):
            cell, col = self.template.cells[name], self.grid.boxes[index]
            text = f"{cell.step} {self.placer.say(cell.full_label)}".strip()
            self.sheet.put(labels, col, text, looks.LABEL_CENTRED)
            self.placer.cell(name, values, col, looks.value_look(cell, self.lang, font_size=12, bold=True))
            self.beside(cell, below, col)
            if index:
                self.sign(parts[2 * index - 1], values, col - 1)
        for name in section.cells:
            if name not in parts:
                self.list_row(self.template.cells[name])
        self.note_lines(section, self.left_part())

    def sign(self, part: str, row: int, col: int) -> None:
        """Draw the operator between two cells of the equation: a sign, or the cell that says which."""
        if part in self.template.cells:
            self.placer.cell(part, row, col, looks.over(looks.OPERATOR, bold=True))
        else:
            self.sheet.put(row, col, part, looks.OPERATOR)

    def beside(self, cell: Cell, row: int, col: int) -> None:
        """Draw a cell's companion at (row, col): money in the display unit, or the figure before rounding."""
        if readback := self.template.companion(cell.name, READBACK):
            self.placer.cell(readback, row, col, looks.READBACK)
            if cell.role == INPUT:
                self.placer.warn_of_small(cell.name, readback)
        if exact := self.template.companion(cell.name, EXACT):
            form = f'"{Text("端数処理前 ", "before rounding ").to(self.lang)}"{looks.UNROUNDED}'
            self.placer.cell(exact, row, col, looks.over(looks.READBACK, num_format=form))
            self.placer.hide_equal(cell.name)

    def lines(self, section: Section) -> None:
        self.band(section, self.left_part() if self.before_table(section) else self.grid.last)
        for name in section.cells:
            if not self.is_note(name, section):
                self.list_row(self.template.cells[name])
        self.note_lines(section, self.left_part())

    def before_table(self, section: Section) -> bool:
        order = [each.key for each in self.template.sections]
        tables = [order.index(each.key) for each in self.template.sections if each.kind == "table"]
        return bool(tables) and order.index(section.key) < tables[0]

    def is_note(self, name: str, section: Section) -> bool:
        return name.endswith("_note") and name.removesuffix("_note") in section.cells

    def list_row(self, cell: Cell) -> None:
        """Draw one line: step or operator, label, value, and its companions."""
        row = self.line(ROW)
        first, second, third = self.grid.boxes[:3]
        mark = cell.operator or cell.step
        self.sheet.put(row, STEP, mark, looks.OPERATOR if cell.operator else looks.STEP)
        look = looks.over(looks.RATE_NAME if cell.operator else looks.NAME, shrink=True)
        self.sheet.put(row, LABEL, self.placer.say(cell.full_label), look)
        self.placer.cell(cell.name, row, first)
        if cell.usual is not None:
            self.sheet.put(row, second, self.placer.say(usual_text(cell)), looks.SMALL)
        usual = self.template.companion(cell.name, USUAL)
        if usual:
            self.placer.cell(usual, row, third, looks.SMALL)
            self.placer.usual_colours(row, third, row)
        if self.template.companion(cell.name, EXACT):
            self.sheet.put(row, second, "= " + self.placer.reason(cell), looks.SMALL)
            self.beside(cell, row, third)
        else:
            self.beside(cell, row, second)
        note = f"{cell.name}_note"
        if note in self.template.cells:
            self.placer.cell(note, row, third, looks.SMALL)

    # -- notes -------------------------------------------------------------

    def notes(self, section: Section) -> None:
        self.band(section, self.grid.last)
        self.note_lines(section, self.grid.last)
        sources: dict[Text, list[str]] = {}
        for cell in self.template.cells.values():
            if cell.usual is not None:
                sources.setdefault(cell.usual.source, []).append(self.placer.say(cell.label))
        for source, labels in sources.items():
            row = self.line(17)
            lead = Text("目安の出典", "Source of the usual ranges").to(self.lang)
            joined = Text("・", ", ").to(self.lang).join(labels)
            self.sheet.put(row, STEP, f"{lead} ({joined}): {self.placer.say(source)}", looks.NOTE, self.grid.last)

    # -- beside the page --------------------------------------------------

    def working(self) -> None:
        """Place cells that the page needs and nobody has to look at, to the right of the printed area."""
        col = self.grid.last + 2
        section = next((each for each in self.template.sections if each.key == WORKING), None)
        self.sheet.widths |= {self.grid.last + 1: 3, col: 22, col + 1: 12, col + 2: 3, col + 3: 22, col + 4: 12, col + 5: 12}
        row = 1
        self.sheet.put(row, col, Text("作業用(印刷されません)", "Working cells (not printed)").to(self.lang), looks.LABEL)
        for name in section.cells if section else ():
            row += 1
            cell = self.template.cells[name]
            self.sheet.put(row, col, self.placer.say(cell.label), looks.SMALL)
            form = "0.##%" if cell.unit == RATE else "#,##0"
            self.placer.cell(name, row, col + 1, looks.over(looks.SMALL, num_format=form))
        # Side by side, above the rows of the table: whoever sorts those sorts whole rows.
        self.funnel_data(1, col + 3)

    def chart(self, first_row: int) -> None:
        self.chart_rows = (first_row + 1, self.row)

    def funnel_data(self, row: int, col: int) -> None:
        if not self.template.funnel or self.chart_rows is None:
            return
        top, bottom = self.chart_rows
        left = self.left_part() + 2
        height = self.sheet.tall(top, bottom) / 0.75
        width = sum(int(self.sheet.widths.get(each, 8.43) * 7 + 5) for each in range(left, self.grid.last + 1))
        place_funnel(self.placer, row, col, (top, left), (width - 18, int(height) - 4))


def address_of(sheet: Sheet, row: int) -> str:
    """Return a link's target: the row of a sheet."""
    return f"{quoted_sheet(sheet.title)}!B{row + 1}"

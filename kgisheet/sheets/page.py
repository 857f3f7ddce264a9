"""目標設定: the page, drawn like the paper, section by section from top to bottom."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from ..errors import Text
from ..solve import Solution
from ..template.model import EXACT, INPUT, READBACK, USUAL, Cell, Section, Template
from ..units import COUNT, RATE, TEXT
from . import looks
from .funnel import place_funnel
from .grid import LABEL, STEP, Grid, grid
from .model import Conditional, Place, Sheet, address, column, quoted_sheet
from .placing import Placer, usual_text

TITLE = Text("目標設定", "Goals")
_ROW = 16.0  # points
_BAND = 20.0
_GAP = 6.0


class Page:
    """Builds the sheet; ``sheet`` and ``placer`` hold what came of it."""

    def __init__(self, solution: Solution, lang: str) -> None:
        self.template: Template = solution.template
        self.grid: Grid = grid(solution.template)
        self.sheet = Sheet(TITLE.to(lang), widths=dict(self.grid.widths))
        self.placer = Placer(solution, self.sheet, lang)
        self.lang = lang
        self.row = 0
        self.section_rows: dict[str, int] = {}
        self.chart_rows: tuple[int, int] | None = None

    def build(self) -> None:
        draw: dict[str, Callable[[Section], None]] = {
            "header": self.header,
            "equation": self.equation,
            "list": self.lines,
            "table": self.table,
            "checks": self.checks,
            "notes": self.notes,
        }
        # A table's columns must be known before any formula in its rows is written.
        self.places_of_tables()
        chart_from: int | None = None
        for section in self.template.sections:
            if section.key == "working":
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

    # -- pieces -----------------------------------------------------------

    def line(self, height: float = _ROW) -> int:
        """The next row, and moves on."""
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

    # -- sections ---------------------------------------------------------

    def header(self, section: Section) -> None:
        """The title, the overall state, and the inputs that say what this is about, side by side."""
        row = self.line(28)
        self.sheet.put(row, STEP, self.placer.say(self.template.title), looks.TITLE)
        if "overall" in self.template.cells:
            self.sheet.put(row, self.grid.last - 1, self.placer.label("overall"), looks.over(looks.LABEL, align="right"))
            self.placer.cell("overall", row, self.grid.last, looks.OVERALL)
            self.placer.state_colours(row, self.grid.last, row)
        boxes = (LABEL, *self.grid.boxes[1:-1])
        cells = [self.template.cells[name] for name in section.cells]
        for start in range(0, len(cells), len(boxes)):
            labels, values = self.line(14), self.line(28 if start == 0 else _ROW)
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

    def left_part(self) -> int:
        """The last column of the upper left part; the chart stands to the right of it."""
        return self.grid.boxes[2] if len(self.grid.boxes) > 2 else self.grid.last

    def equation(self, section: Section) -> None:
        """② × price = ① in one row, the rest of the section as lines below."""
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
        """What stands between two cells of the equation: a sign, or the cell that says which."""
        if part in self.template.cells:
            self.placer.cell(part, row, col, looks.over(looks.OPERATOR, bold=True))
        else:
            self.sheet.put(row, col, part, looks.OPERATOR)

    def beside(self, cell: Cell, row: int, col: int) -> None:
        """A cell's companion at (row, col): money in the display unit, or the figure before rounding."""
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
        """One line: step or operator, label, value, and what belongs beside it."""
        row = self.line(_ROW)
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

    # -- the table --------------------------------------------------------

    def places_of_tables(self) -> None:
        for section in self.template.sections:
            for name in section.columns:
                for each in (name, *(self.template.companion(name, kind) for kind in (EXACT, USUAL))):
                    if each is not None and each in self.grid.columns:
                        self.placer.places[each] = Place("", 0, self.grid.columns[each])

    def table(self, section: Section) -> None:
        self.band(section, self.grid.last)
        self.headings(section)
        first_row = self.row
        rows = self.placer.solution.rows[section.key]
        # Rows first: a formula that sums down to its own row needs to know where the table begins.
        for name in self.table_names(section):
            self.placer.places[name] = Place(self.sheet.title, first_row, self.grid.columns[name], rows)
        for index in range(rows):
            row = self.line(self.name_height(section, index))
            self.sheet.put(row, STEP, Fraction(index + 1), looks.over(looks.LABEL, align="center"))
            for name, col in self.grid.operators.items():
                if name in section.columns and self.template.cells[name].operator:
                    self.sheet.put(row, col, self.template.cells[name].operator, looks.OPERATOR)
        for name in self.table_names(section):
            self.table_column(name, first_row)
        self.table_colours(section, first_row, rows)
        self.totals(section)
        self.note_lines(section, self.grid.last)

    def name_height(self, section: Section, index: int) -> float:
        """Points for a row whose name may need several lines."""
        name = self.placer.solution.at(section.columns[0], index)
        lines = -(-width(str(name or "")) // int(self.grid.widths[LABEL] - 2))
        return max(_ROW, 3 + 14.0 * lines)

    def table_names(self, section: Section) -> list[str]:
        return [
            name for name in self.grid.columns if name in self.template.cells and self.template.cells[name].table == section.key
        ]

    def table_column(self, name: str, first_row: int) -> None:
        cell, look = self.template.cells[name], None
        if self.grid.columns[name] == LABEL:
            look = looks.over(looks.value_look(cell, self.lang), text_wrap=True, shrink=False)
        elif cell.companion == EXACT:
            look = looks.over(looks.READBACK, num_format=looks.UNROUNDED)
        elif cell.unit == TEXT and cell.formula is not None:
            look = looks.COMPARED if cell.companion else looks.STATE
        elif name.endswith("_unrounded"):
            look = looks.over(looks.READBACK, num_format=looks.UNROUNDED, border=1, border_color=looks.LINE)
        self.placer.column(name, first_row, self.grid.columns[name], look)

    def headings(self, section: Section) -> None:
        row = self.line(4 + 12.5 * max(self.heading_lines(name) for name in self.table_names(section)))
        for col in range(STEP, self.grid.last + 1):
            self.sheet.put(row, col, None, looks.HEADING)
        for name in self.table_names(section):
            look = looks.HEADING
            if self.template.cells[name].companion == EXACT:
                look = looks.over(look, font_size=8, bold=False, font_color=looks.GREY)
            self.sheet.put(row, self.grid.columns[name], self.heading(name), look)

    def heading_lines(self, name: str) -> int:
        room = self.grid.widths[self.grid.columns[name]] * 0.9
        return sum(max(1, -(-width(line) // int(room))) for line in self.heading(name).split("\n"))

    def heading(self, name: str) -> str:
        """The heading of a table column: step and label, the arrow of a rate, the usual range."""
        cell = self.template.cells[name]
        text = f"{cell.step} {self.placer.say(cell.label)}".strip()
        if cell.companion == EXACT:
            text = Text("端数\n処理前", "before\nrounding").to(self.lang)
        elif cell.companion == USUAL and cell.of is not None:
            text = Text("目安との比較", "against the\nusual range").to(self.lang)
            text = f"{self.placer.label(cell.of)}\n{text}"
        elif cell.arrow is not None:
            text += f"\n({self.placer.say(cell.arrow)})"
        if cell.usual is not None:
            text += f"\n{self.placer.say(usual_text(cell))}"
        return text

    def table_colours(self, section: Section, first_row: int, rows: int) -> None:
        last = first_row + rows - 1
        name = f"${column(LABEL)}{first_row + 1}"
        for each, col in self.grid.operators.items():
            if each in section.columns:
                # Before a result the sign waits for the result, before an input for the row's name.
                waits = name if self.template.cells[each].formula is None else f"${column(col + 1)}{first_row + 1}"
                self.sheet.conditionals.append(Conditional(first_row, col, last, col, f'{waits}=""', looks.UNSEEN))
        self.sheet.conditionals.append(Conditional(first_row, STEP, last, STEP, f'{name}=""', (("font_color", looks.FAINT),)))
        for each in self.table_names(section):
            cell, col = self.template.cells[each], self.grid.columns[each]
            if cell.companion == USUAL:
                self.placer.usual_colours(first_row, col, last)
            elif cell.unit == TEXT and cell.formula is not None:
                self.placer.state_colours(first_row, col, last)
            elif cell.companion == EXACT and cell.of is not None:
                self.placer.hide_equal(cell.of)

    def totals(self, section: Section) -> None:
        row = self.line(_ROW)
        look = looks.look(bold=True, bg_color=looks.PALE, top=1, top_color=looks.LINE)
        under = {self.template.cells[name].total_of: name for name in section.totals}
        at = {self.grid.columns[of]: name for of, name in under.items() if of in self.grid.columns}
        for col in range(STEP, self.grid.last + 1):
            if col in at:
                cell = self.template.cells[at[col]]
                form = looks.UNROUNDED if cell.name.endswith("_unrounded") else looks.number_format(cell, self.lang)
                self.placer.cell(cell.name, row, col, looks.over(look, num_format=form, align="right", shrink=True))
            else:
                self.sheet.put(row, col, Text("合計", "Total").to(self.lang) if col == LABEL else None, look)

    # -- checks and notes -------------------------------------------------

    def checks(self, section: Section) -> None:
        self.band(section, self.grid.last)
        _, second, third, fourth, fifth, sixth = self.grid.boxes[:6]
        row = self.line(_ROW)
        for col in range(STEP, self.grid.last + 1):
            self.sheet.put(row, col, None, looks.HEADING)
        for col, text in (
            (LABEL, Text("確かめること", "What is checked")),
            (second, Text("掛け戻した結果", "Forward")),
            (third, Text("目標", "Goal")),
            (fourth, Text("過不足", "Over / short")),
            (fifth, Text("判定", "State")),
            (sixth, Text("要確認のときの対処", "What to do")),
        ):
            align = "left" if col in (LABEL, sixth) else "center"
            self.sheet.put(row, col, self.placer.say(text), looks.over(looks.HEADING, text_wrap=False, align=align))
        first = self.row
        for check in section.checks:
            row = self.line(_ROW)
            self.sheet.put(row, STEP, check.step, looks.STEP)
            self.sheet.put(row, LABEL, self.placer.say(check.label), looks.over(looks.PLAIN, shrink=True), self.grid.boxes[0])
            for name, col in ((check.forward, second), (check.goal, third), (check.gap, fourth)):
                if name is not None:
                    cell = self.template.cells[name]
                    look = looks.value_look(cell, self.lang, bold=False, num_format=_with_fraction(cell, self.lang))
                    self.placer.cell(name, row, col, look)
            self.placer.cell(check.state, row, fifth, looks.STATE)
            self.placer.cell(check.advice, row, sixth, looks.ADVICE, self.grid.last)
        self.placer.state_colours(first, fifth, self.row - 1)
        # A shortfall of 0.0001 must not read as 0.
        gap = address(first, fourth).replace(column(fourth), f"${column(fourth)}")
        tiny = f"AND(ISNUMBER({gap}),{gap}<>0,ABS({gap})<0.005)"
        form = (("num_format", "+0.0#####;-0.0#####;0"),)
        self.sheet.conditionals.append(Conditional(first, fourth, self.row - 1, fourth, tiny, form))
        block = f"{section.key}_state"
        self.placer.places[block] = Place(self.sheet.title, first, fifth, self.row - first)
        self.note_lines(section, self.grid.last)

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
        """Cells that the page needs and nobody has to look at, to the right of what is printed."""
        col = self.grid.last + 2
        section = next((each for each in self.template.sections if each.key == "working"), None)
        self.sheet.widths |= {self.grid.last + 1: 3, col: 22, col + 1: 12, col + 2: 12}
        row = 1
        self.sheet.put(row, col, Text("作業用(印刷されません)", "Working cells (not printed)").to(self.lang), looks.LABEL)
        for name in section.cells if section else ():
            row += 1
            self.sheet.put(row, col, self.placer.label(name), looks.SMALL)
            self.placer.cell(name, row, col + 1, looks.over(looks.SMALL, num_format="#,##0"))
        self.funnel_data(row + 2, col)

    def chart(self, first_row: int) -> None:
        self.chart_rows = (first_row + 1, self.row)

    def funnel_data(self, row: int, col: int) -> None:
        if not self.template.funnel or self.chart_rows is None:
            return
        top, bottom = self.chart_rows
        left = self.left_part() + 2
        height = sum(self.sheet.heights.get(each, 15.0) for each in range(top, bottom)) / 0.75
        width = sum(int(self.sheet.widths.get(each, 8.43) * 7 + 5) for each in range(left, self.grid.last + 1))
        place_funnel(self.placer, row, col, (top, left), (width - 18, int(height) - 4))


def _with_fraction(cell: Cell, lang: str) -> str:
    """Forward figures keep a decimal or two: 19.8 must not read as 20."""
    form = looks.number_format(cell, lang)
    if cell.unit == RATE:
        return form.replace("0.0#%", "0.0##%").replace("0.0%", "0.0##%")
    return form.replace("#,##0", "#,##0.0#") if cell.unit == COUNT else form


def width(text: str) -> int:
    """How many half-width characters a text takes."""
    return sum(1 if ord(letter) < 0x2000 else 2 for letter in text)


def address_of(sheet: Sheet, row: int) -> str:
    """A link's target: the row of a sheet."""
    return f"{quoted_sheet(sheet.title)}!B{row + 1}"

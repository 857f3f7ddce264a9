"""The sheets drawn as their sections declare them: lines, tables and grids of single cells, from top to bottom."""

from __future__ import annotations

from ..expr.nodes import Word
from ..expr.render import excel
from ..language.text import Text
from ..template import tables
from ..template.model import INPUT, Cell, Section
from ..template.sheets import SheetOf
from ..values.a1 import Place, address, column
from ..values.units import COUNT, TEXT
from ..worksheet.solve import Solution
from . import looks
from .draft import Shared
from .drawn_widths import ROW, ROW_OF_FORM, asked, is_across, is_turned, widths_of
from .lines import LABEL
from .measure import broken, tall, wide, wrapped
from .model import UPRIGHT, Conditional, Look, pixels
from .reasoned import VALUE, Reasoned

_HEAD = 30.0
_INDENT = 1.3
"""The characters that an indent takes."""
_GAP = 8.0
"""Points between two tables under one heading."""
_POINTS = 5.6
"""How wide a character of a column's width is, about."""
_TALL, _TALL_LYING = 1.6, 0.75
"""Height over width from which a sheet takes several pages, upright and lying."""
_TALL_FORM = 1.9
"""The same of a form, which belongs on one page."""
_PAGE, _PAGE_LYING = 1.3, 0.62
"""Height over width of what surely fits on an A4 within its margins, upright and lying."""


class Drawn(Reasoned):
    """The drafter of one drawn sheet."""

    def __init__(self, solution: Solution, sheet: SheetOf, lang: str, shared: Shared) -> None:
        self.id = sheet.id
        self.sections = solution.template.on_sheet(sheet.id)
        super().__init__(solution, sheet.title.to(lang), widths_of(solution, self.sections, lang), lang, shared)
        # What is not printed may be wider than the page.
        self.ordinary = ROW_OF_FORM if any(section.kind == "form" for section in self.sections) else ROW
        self.last = max(widths_of(solution, [section for section in self.sections if not section.unprinted], lang))

    def build(self) -> None:
        # Not kept: each holds this drafter, and so would they all.
        kinds = {
            "lines": self._lines, "form": self.form, "rows": self._rows, "grid": self._grid, "matrix": self._matrix, "stamps": self.stamps,
        }  # fmt: skip
        is_form = bool(self.sections) and self.sections[0].kind == "form"
        row = self.line(30)
        if is_form:
            self.draft.text(row, LABEL, self.draft.say(self.sections[0].title), looks.FORM_TITLE, self.last)
        else:
            self.draft.text(row, LABEL, self.sheet.title, looks.TITLE)
            self.goal_of(row, self._beside(self.sheet.title), looks.over(looks.LABEL, align="right", shrink=True))
        printed = 0
        starts: list[int] = []
        for section in self.sections:
            if section.kind == "axis":
                continue  # its names stand on the matrix
            starts.append(self.row)
            heads = not section.continues and not (is_form and section is self.sections[0])
            if heads:
                (self.folded_band if section.folded and not section.unprinted else self.band)(section.title)
            top = self.row
            if section.continues:
                self.line(_GAP)
            kinds[section.kind](section)
            self.notes(section)
            self._examples(section)
            if section.folded:
                self._fold(top, self.row - 1)
            printed = printed if section.unprinted else self.row
        self.sheet.print_area = (0, 0, printed - 1, self.last)
        across = sum(has for col, has in self.sheet.widths.items() if col <= self.last) * _POINTS
        down = self.sheet.tall(0, printed)
        wide = sum(pixels(has) for col, has in self.sheet.widths.items() if col <= self.last)
        self.sheet.is_portrait = down > 0.8 * across and (is_form or wide <= UPRIGHT)
        # As wide as a page, and as many pages as it then takes.
        most = _TALL_FORM if is_form else _TALL if self.sheet.is_portrait else _TALL_LYING
        self.sheet.pages_tall = 1 if down < most * across else 0
        if not self.sheet.pages_tall:
            self.sheet.breaks = self.breaks([*starts, printed], across * (_PAGE if self.sheet.is_portrait else _PAGE_LYING))

    def _fold(self, first: int, last: int) -> None:
        """Fold rows away; those that go on from the group above join it."""
        groups = self.sheet.folded_rows
        if groups and groups[-1][1] == first - 1:
            first = groups.pop()[0]
        groups.append((first, last))
        self.sheet.is_protected = False

    def _examples(self, section: Section) -> None:
        """Show in grey what is an example: words that a table begins with, and figures while the sheet says that they are."""
        typed = [self.template.cells[name] for name in (*section.cells, *section.columns)]
        typed = [cell for cell in typed if cell.role == INPUT and cell.name in self.draft.places]
        basis = f"{self.id}_basis"
        if basis in self.template.cells:
            test = f"{basis}={excel.quoted(self.draft.word('example_basis'))}"
            for cell in typed:
                place = self.draft.places[cell.name]
                last = place.row + place.rows - 1, place.col + place.cols - 1
                self.sheet.conditionals.append(Conditional(place.row, place.col, *last, test, looks.EXAMPLE))
        if section.kind != "rows":
            return
        source = next((cell for cell in typed if cell.name.endswith("_source")), None)
        if source is not None:  # a line says itself that it is an example
            places = [self.draft.places[cell.name] for cell in typed]
            top, cols = places[0].row, [place.col for place in places]
            said = f"${column(self.draft.places[source.name].col)}{top + 1}"
            test = f"{said}={excel.quoted(self.draft.word('example_basis'))}"
            last = top + places[0].rows - 1, max(cols)
            self.sheet.conditionals.append(Conditional(top, min(cols), *last, test, looks.EXAMPLE))
        for at, row in enumerate(section.prefill):
            words = dict(row)
            for cell in typed:
                if cell.plan_key in words:
                    place = self.draft.places[cell.name]
                    here = place.row + at, place.col
                    test = f"{address(*here)}={excel.quoted(words[cell.plan_key].to(self.lang))}"
                    self.sheet.conditionals.append(Conditional(*here, *here, test, looks.EXAMPLE))

    # -- a label and its value, under one another ---------------------------

    def _lines(self, section: Section) -> None:
        for name in section.cells:
            cell = self.template.cells[name]
            row = self.named(self.draft.say(cell.full_label), section.height or self._line_height(cell), looks.NAME)
            if cell.unit == TEXT:
                self.draft.single(name, row, VALUE, self._text_look(cell, section), self.last)
                continue
            self.draft.single(name, row, VALUE)
            if cell.hint is not None and self.last > VALUE:
                self._hint(row, self.draft.say(cell.hint))

    def _hint(self, row: int, said: str) -> None:
        """Draw what a figure is beside it, on as many lines as it takes."""
        room = sum(self.sheet.widths[col] for col in range(VALUE + 1, self.last + 1)) - _INDENT
        lines = wrapped(said, room)
        self.sheet.heights[row] = max(self.sheet.heights[row], tall(lines) if lines > 1 else 0.0)
        self.draft.text(row, VALUE + 1, said, looks.over(looks.SMALL, text_wrap=lines > 1, indent=1), self.last)

    def _line_height(self, cell: Cell) -> float:
        """Return the points of a line: a sentence has room for what it says now, and for the longest that it may."""
        if cell.unit != TEXT or cell.formula is None:
            return ROW
        room = sum(self.sheet.widths[col] for col in range(VALUE, self.last + 1)) - 1
        said = [
            str(self.solution.at(cell.name, None) or ""),
            *(self.draft.word(part.key) for part in cell.formula.walk() if isinstance(part, Word)),
        ]
        return max(ROW, 5 + 13.5 * max(wrapped(each, room) for each in said))

    def _text_look(self, cell: Cell, section: Section) -> Look:
        if cell.role == INPUT:
            return looks.value_look(
                cell, self.lang, text_wrap=True, shrink=False, valign="top" if section.height else "vcenter"
            )
        return looks.look(bold=not section.height, text_wrap=True)

    # -- a table ------------------------------------------------------------

    def _rows(self, section: Section) -> None:
        columns = [self.template.cells[name] for name in section.columns]
        if is_across(self.solution, section):
            (self._turned if is_turned(self.solution, section, self.lang) else self._across)(section, columns)
            return
        said = [self._heading(self.draft.say(cell.label), LABEL + at) for at, cell in enumerate(columns)]
        head = self.line(self._heading_height(said))
        self.draft.row_of(head, LABEL, LABEL + len(columns) - 1, looks.HEADING)
        for at, text in enumerate(said):
            self.draft.text(head, LABEL + at, text, looks.HEADING)
        count = self.solution.rows[section.table or ""]
        top = self.row
        for _ in range(count):
            self.line(section.height or ROW)
        for at, cell in enumerate(columns):
            last = self._spanned(cell, LABEL + at) if at + 1 == len(columns) else None
            self.draft.down(cell.name, top, LABEL + at, self._in_table(cell, section), last)
            if last is not None:
                self.sheet.put(head, LABEL + at, self.draft.say(cell.label), looks.HEADING, last)
        if section.totals:
            row = self.line(ROW)
            self.draft.text(row, LABEL, Text("計", "Total").to(self.lang), looks.NAME)
            for at, cell in enumerate(columns):
                for total in section.totals:
                    if self.template.cells[total].total_of == cell.name:
                        self.draft.single(total, row, LABEL + at)

    def _heading(self, said: str, col: int) -> str:
        """Return a heading as its column has room for it."""
        return broken(said.replace(" %", "\u00a0%"), self.sheet.widths[col] - 0.7)

    def _heading_height(self, said: list[str]) -> float:
        """Return the points of a row of headings."""
        lines = (wrapped(text, self.sheet.widths[LABEL + at] - 0.7) for at, text in enumerate(said))
        return max(_HEAD, tall(max(lines, default=1)))

    def _across(self, section: Section, columns: list[Cell]) -> None:
        """Draft a table lying on its side: its names above, a line for each of its columns, lines around what is named."""
        top, count = self.row, self.solution.rows[section.table or ""]
        for cell in columns:
            is_head = cell is columns[0]
            names = [str(self.solution.at(cell.name, at) or "") for at in range(count)] if is_head else []
            lines = max((wrapped(name, self.sheet.widths[VALUE + at]) for at, name in enumerate(names)), default=1)
            row = self.line(max(_HEAD, tall(lines)) if is_head else self.ordinary)
            self.draft.text(row, LABEL, self.draft.say(cell.label), looks.FORM_LABEL)
            look = looks.over(looks.HEADING, bottom=0, bg_color="#FFFFFF") if is_head else self._in_table(cell, section)
            self.draft.side_by_side(cell.name, row, VALUE, look)
        area = top, VALUE, self.row - 1, LABEL + count
        named = f'{column(VALUE)}${top + 1}<>""'
        border = (("border", 1), ("border_color", looks.LINE))
        self.sheet.conditionals.append(Conditional(top, VALUE, top, LABEL + count, named, (*border, ("bg_color", looks.PALE))))
        self.sheet.conditionals.append(Conditional(*area, named, border))

    def _turned(self, section: Section, columns: list[Cell]) -> None:
        """Draft the same table standing up, on the columns that it would have lying: a line for each name, which is then whole."""
        said = [broken(self.draft.say(cell.label), self.sheet.widths[LABEL + at] - 0.7) for at, cell in enumerate(columns)]
        head = self.line(
            max(self.ordinary, tall(max(wrapped(each, self.sheet.widths[LABEL + at] - 0.7) for at, each in enumerate(said))))
        )
        for at, text in enumerate(said):
            self.draft.text(
                head, LABEL + at, text, looks.FORM_LABEL if at == 0 else looks.over(looks.FORM_LABEL, align="center", indent=0)
            )
        top = self.row
        for _ in range(self.solution.rows[section.table or ""]):
            self.line(self.ordinary)
        for at, cell in enumerate(columns):
            look = looks.look(bold=True, shrink=True) if at == 0 else self._in_table(cell, section)
            self.draft.down(cell.name, top, LABEL + at, look)
        named = f'${column(LABEL)}{top + 1}<>""'
        border = (("border", 1), ("border_color", looks.LINE))
        self.sheet.conditionals.append(Conditional(top, LABEL, self.row - 1, LABEL, named, (*border, ("bg_color", looks.PALE))))
        self.sheet.conditionals.append(Conditional(top, VALUE, self.row - 1, LABEL + len(columns) - 1, named, border))

    def _spanned(self, cell: Cell, col: int) -> int | None:
        """Return the last of the columns over which a table's last column reaches for its width; None if one will do."""
        has, last = self.sheet.widths[col], col
        while has < cell.width and last < self.last:
            last += 1
            has += self.sheet.widths[last]
        return last if last > col else None

    def _in_table(self, cell: Cell, section: Section) -> Look:
        if is_across(self.solution, section):
            return looks.over(looks.value_look(cell, self.lang, bold=False), border=0)
        if cell.unit != TEXT:
            look = looks.value_look(cell, self.lang, bold=False)
            return self._quiet(look, cell) if section.table == tables.MONTH else look
        wraps = {"text_wrap": True, "shrink": False, "valign": "top"} if section.height > ROW else {}
        return looks.value_look(cell, self.lang, bold=False, **wraps)

    def _quiet(self, look: Look, cell: Cell) -> Look:
        """Return the style of a count among many: a result of 0 is a dash."""
        if cell.role == INPUT or cell.unit != COUNT:
            return look
        return looks.over(look, num_format=looks.zero_as_dash(looks.number_format(cell, self.lang)))

    # -- single cells beside one another -------------------------------------

    def _grid(self, section: Section) -> None:
        across = max(len(line.cells) for line in section.lines)
        row = self.line(self.ordinary if section.reasons else _HEAD)
        self.draft.row_of(row, LABEL, LABEL + across, looks.HEADING)
        figure = self._reach(VALUE, self._figure(section)) if section.reasons else VALUE
        for at, text in enumerate(section.heads):
            if section.reasons:
                first, end = ((LABEL, LABEL), (VALUE, figure), (figure + 1, self.last))[at]
                self.draft.text(row, first, self.draft.say(text), looks.HEADING, end)
            else:
                self.draft.text(row, LABEL + at, self._heading(self.draft.say(text), LABEL + at), looks.HEADING)
        for line in section.lines:
            title, high, named = line.title, section.height or self.ordinary, looks.FORM_LABEL
            if not section.reasons:
                said, high, named = self.fitted(self.draft.say(title), high, looks.NAME)
                title = Text(said, said)
            row = self.line(high)
            of = self._repeated(line.cells[0]) if section.reasons and line.cells else None
            self._named(row, title, of, named)
            for at, name in enumerate(line.cells):
                if name is not None:
                    last = figure if section.reasons and figure > VALUE else None
                    self.draft.single(name, row, VALUE + at, self._in_grid(self.template.cells[name], section), last)
            if section.reasons and line.cells and line.cells[0] is not None:
                self._reasons(row, figure + 1, self.template.cells[line.cells[0]], of)
        count = len(section.lines)
        for at, block in enumerate(section.named):
            if block:
                self.draft.shared.names[block] = Place(self.sheet.title, self.row - count, VALUE + at, count)

    def _figure(self, section: Section) -> float:
        """Return the width that the figures of a grid with reasons ask for."""
        names = (line.cells[0] for line in section.lines if line.cells)
        return max((asked(None if name is None else self.template.cells[name]) for name in names), default=0.0)

    def _beside(self, title: str) -> int:
        """Return the first of the columns to the right of the sheet's title."""
        return min(self._reach(LABEL, wide(title, dict(looks.TITLE)["font_size"])) + 1, self.last)

    def _reach(self, col: int, asked: float) -> int:
        """Return the last of the columns from ``col`` on that together are so wide."""
        has, last = self.sheet.widths[col], col
        while has < asked and last + 1 < self.last:
            last += 1
            has += self.sheet.widths[last]
        return last

    # -- a matrix ---------------------------------------------------------------

    def _matrix(self, section: Section) -> None:
        """Draft block by block, each with the stages above and the ranks beside it: inputs on the sheet's first, live from there on the others."""
        ranks, stages = (self._axis(table) for table in (tables.RANK, tables.STAGE))
        rows, across = self.solution.rows[tables.RANK], self.solution.rows[tables.STAGE]
        of_stages = [name for name in section.columns if self.template.cells[name].table == tables.STAGE]
        for name in (each for each in section.columns if each not in of_stages):
            cell = self.template.cells[name]
            head = self.line(_HEAD)
            self.draft.row_of(head, LABEL, LABEL + across, looks.HEADING)
            self.draft.text(head, LABEL, self.draft.say(cell.label), looks.HEADING)
            top = self.row
            for _ in range(rows):
                self.line(ROW)
            if stages not in self.draft.places:
                self.draft.side_by_side(stages, head, VALUE, looks.value_look(self.template.cells[stages], self.lang, text_wrap=True, align="center"))  # fmt: skip
                self.draft.down(ranks, top, LABEL)
            else:
                for at in range(across):
                    self._again(stages, at, f"1,{at + 1}", head, VALUE + at, looks.over(looks.HEADING, bold=False))
                for at in range(rows):
                    self._again(ranks, at, str(at + 1), top + at, LABEL, looks.NAME)
            self.draft.matrix(name, top, VALUE, self._quiet(looks.value_look(cell, self.lang, bold=False), cell))
            if cell.role != INPUT:
                area = top, VALUE, top + rows - 1, VALUE + across - 1
                here = address(top, VALUE)
                self.sheet.conditionals.append(Conditional(*area, f"AND(ISNUMBER({here}),{here}<0)", looks.BAD))
        for name in of_stages:
            cell = self.template.cells[name]
            row = self.named(self.draft.say(cell.label), ROW, looks.NAME)
            look = looks.value_look(cell, self.lang, **({"align": "center"} if cell.unit == TEXT else {}))
            self.draft.side_by_side(name, row, VALUE, self._quiet(look, cell))
            if cell.unit == TEXT:
                for at in range(across):
                    self.draft.state_colours(row, VALUE + at, row)

    def _axis(self, table: str) -> str:
        """Draft the column with an axis's names."""
        return next(
            cell.name
            for cell in self.template.cells.values()
            if cell.table == table and cell.unit == TEXT and cell.role == INPUT
        )

    def _again(self, name: str, index: int, at: str, row: int, col: int, look: Look) -> None:
        """Repeat a name of an axis, live from where it is typed."""
        said = self.solution.at(name, index)
        self.sheet.formula(row, col, f'=IF(INDEX({name},{at})="","",INDEX({name},{at}))', said, look)

    def _in_grid(self, cell: Cell, section: Section) -> Look:
        look = looks.value_look(cell, self.lang, bold=False)
        if section.reasons:
            return looks.over(look, align="right", indent=1)
        return looks.over(look, align="center") if cell.unit == TEXT and cell.role != INPUT else look

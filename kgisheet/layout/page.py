"""目標設定: the page, drawn like the paper: the goal and its deals first, the rates below, then a column per channel."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..expr.render import excel
from ..language.text import Text
from ..language.words import PERIOD
from ..template import tables
from ..template.model import INPUT, PER_MONTH, USUAL, Cell, Section
from ..template.sheets import PAGE
from ..values.a1 import address, column
from ..values.units import CURRENCY, TEXT
from ..worksheet.labels import usual_range
from ..worksheet.solve import Solution
from . import looks, measure, page_columns, proof
from .draft import Shared
from .lines import LABEL, Lines
from .model import Conditional, Look, Sheet
from .page_columns import FIRST, TOTAL

_APART = 3
"""How many columns the parts of an equation are apart at least: two for a figure, one for the sign before it."""
_ROW, _COUNT_ROW, _COUNT_ROW_OF_MANY, _GAP = 15.0, 18.0, 16.0, 3.0
_FIGURE, _INDENT, _ABOVE = 13.0, 1.3, 2.0
"""The characters of a figure of the equation and of an indent, and the points that a name needs less (twice, of four lines)."""
_ALONE = 4
"""How many small figures stand side by side under the title."""
_BESIDE = looks.over(looks.SMALL, indent=1, shrink=True)


class Page(Lines):
    """The drafter of the page."""

    def __init__(self, solution: Solution, lang: str, shared: Shared) -> None:
        template = solution.template
        self.channels = solution.rows.get(tables.CHANNEL, 0)
        parts = max((len(section.equation) // 2 for section in template.on_kind(PAGE)), default=0)
        across = max(page_columns.LEAST, self.channels, parts * _APART)
        self.monthly, self.aside = page_columns.beside(across)
        widths = page_columns.widths(solution, lang, across, self.channels)
        self._count_row = _COUNT_ROW_OF_MANY if across > page_columns.LEAST else _COUNT_ROW
        super().__init__(solution, template.title_of(PAGE).to(lang), widths, lang, shared)
        self.draft.in_yen = True
        self.section_rows: dict[str, int] = {}
        self._settle_places([])
        self._is_headed = False

    def build(self) -> None:
        draw: dict[str, Callable[[Section], None]] = {
            "header": self.header,
            "equation": self.equation,
            "list": self.lines,
            "table": self.table,
            "checks": self.checks,
            "notes": self.texts,
        }
        for section in self.template.on_kind(PAGE):
            self.section_rows[section.key] = self.row
            draw[section.kind](section)
        self.sheet.frozen_rows, self.sheet.frozen_cols = 1, TOTAL
        self.sheet.is_opened = True

    def finish(self, links: list[Sheet]) -> None:
        """Draw the ways to the other sheets, and settle what is printed."""
        self.line(_GAP)
        row = self.line(16)
        cols = (LABEL, FIRST, FIRST + 2, FIRST + 4, self.monthly)
        for sheet, col in zip(links, cols, strict=False):
            self.sheet.link(row, col, link_to(sheet), f"▶ {sheet.title}", looks.over(looks.LINK))
        self.sheet.print_area = (0, 0, self.row - 1, self.last)
        figures = {name for section in self.template.on_kind(PAGE) for name in section.equation}
        typed = (self.draft.places[cell.name] for cell in self.template.page_inputs() if cell.name in figures)
        # Beside the goal, not on it: what is said about a cell would lie on the deals as the workbook opens.
        self.sheet.cursor = min(((place.row, LABEL) for place in typed), default=(0, 0))

    # -- the head ------------------------------------------------------------

    def header(self, section: Section) -> None:
        """Draw the title with the state of the plan, then, small, what describes the goal."""
        state = self.roles.status if self.roles.status in self.template.cells else self.roles.overall
        cells = [self.template.cells[name] for name in section.cells if name != state]
        notes = [cell for cell in cells if cell.name.endswith("_note")]
        title, *rest = [cell for cell in cells if cell not in notes]
        row = self.line(22)
        look = looks.over(
            _optional(title, looks.value_look(title, self.lang)), font_size=14, bold=True, font_color=looks.NAVY, border=0
        )
        self.draft.single(title.name, row, LABEL, looks.over(look, bottom=1, bottom_color=looks.LINE), FIRST + 2)
        self._state(row, state)
        row = self.line(14.5)
        said = Text(
            "黄色のセルに入力(薄い黄色は変えたいときだけ)。白は自動計算です。",
            "Fill in the yellow cells; change pale ones only if needed. White cells update automatically.",
        )
        self.draft.text(row, LABEL, said.to(self.lang), looks.SMALL)
        beside = 1 + page_columns.reaching(self.sheet.widths, LABEL, measure.wide(said.to(self.lang)), self.monthly - 2)
        for cell in notes:
            look = looks.over(looks.SMALL, font_color=looks.AMBER, bold=True, shrink=True)
            self.draft.single(cell.name, row, max(beside, FIRST + 3), look, self.aside)
        self._settle_places(rest)
        for start in range(0, len(rest), _ALONE):
            row = self.line(16)
            for cell, (label, value, last) in zip(rest[start : start + _ALONE], self._places, strict=False):
                self._small(cell, row, label, value, last)

    def _settle_places(self, rest: Sequence[Cell]) -> None:
        """Settle where small figures stand, by the longest of the labels in each place: those of the head, and what is chosen below."""
        lists = (section for section in self.template.on_kind(PAGE) if section.kind == "list")
        chosen = [
            cell for section in lists for name in section.cells if (cell := self.template.cells[name]).choices is not None
        ]
        longest = [
            max((measure.wide(self.draft.say(cell.label)) for cell in cells), default=0.0)
            for cells in ([*rest[1::_ALONE], *chosen], rest[2::_ALONE])
        ]
        self._places = page_columns.small(self.sheet.widths, self.monthly, *longest)

    def _state(self, row: int, name: str) -> None:
        """Draw the sentence that says whether the plan reaches its goal."""
        if name in self.template.cells:
            look = looks.look(bold=True, font_size=11, text_wrap=True, indent=1)
            self.draft.single(name, row, FIRST + 3, look, self.aside)
            self.draft.state_colours(row, FIRST + 3, row)

    def _small(self, cell: Cell, row: int, label: int, value: int, last: int) -> None:
        said = looks.over(looks.SMALL, align="right" if label != LABEL else "left", shrink=True)
        typed = str(self.solution.at(cell.name, None) or "") if cell.unit == TEXT else ""
        if value - label > 1 and self._lines_in(typed, value, last) > 1:  # beside a short label there is more room
            value = label + self._lines_in(self.draft.say(cell.label), label, label)
        lines = self._lines_in(typed, value, last)
        self.draft.text(row, label, self.draft.say(cell.label), said, None if value - label < 2 else value - 1)
        look = looks.over(looks.value_look(cell, self.lang, align="right" if cell.unit == CURRENCY else "left"), bold=False)
        if cell.unit == CURRENCY:
            look = looks.over(look, num_format=looks.in_billions(looks.number_format(cell, self.lang), self.lang))
        if lines > 1:
            look = looks.over(look, text_wrap=True, shrink=False)
            self.sheet.heights[row] = max(self.sheet.heights[row], measure.tall(lines))
        self.draft.single(cell.name, row, value, _optional(cell, look), last)
        self._unread(cell, row, label, last)

    def _lines_in(self, said: str, first: int, last: int) -> int:
        """Return how many lines a text takes in some columns."""
        return measure.wrapped(said, sum(self.sheet.widths[at] for at in range(first, last + 1)))

    # -- ① = ② × price ---------------------------------------------------------

    def equation(self, section: Section) -> None:
        """Draw the goal, its deals and their price in one row; the rest of the section as lines below."""
        self.line(_GAP)
        labels, values, below = self.line(14), self.line(22), self.line(12)
        self._heads(labels)
        self.draft.text(values, LABEL, self._title(section), looks.over(looks.NAME, shrink=True))
        per_month = iter((values, below))
        col = last = TOTAL
        for index, name in enumerate(section.equation[::2]):
            cell = self.template.cells[name]
            said = f"{cell.step} {self.draft.say(cell.full_label)}".strip()
            if index:
                col = last + 2
                last = page_columns.reaching(self.sheet.widths, col, max(_FIGURE, measure.wide(said)), self.monthly - 2)
            self.draft.text(labels, col, said, looks.over(looks.LABEL_CENTRED, shrink=True), last)
            self.draft.single(name, values, col, looks.value_look(cell, self.lang, font_size=12, bold=True), last)
            self._unread(cell, values, col, last, Text("受注数から", "from deals"))
            self.readback(cell, below, col, last)
            if index:
                self._sign(section.equation[2 * index - 1], values, col - 1)
            if self.template.companion(name, PER_MONTH) and (row := next(per_month, None)) is not None:
                self._per_month(cell, row)
            if index == 0:
                self._aside(cell, values)
        for name in section.cells:
            if name not in section.equation:
                self.list_row(self.template.cells[name])

    def _title(self, section: Section) -> str:
        """Return the title of the equation; its steps alone where it would be too long: the figures have their labels."""
        said, steps = self.draft.say(section.title), "".join(self.template.cells[name].step for name in section.equation[::2])
        return steps if steps and measure.wide(said, bold=True) > self.sheet.widths[LABEL] else said

    def _sign(self, part: str, row: int, col: int) -> None:
        """Draw the operator between two cells of the equation: a sign, or the cell that says which."""
        look = looks.over(looks.OPERATOR, bold=True, font_size=12)
        if part in self.template.cells:
            self.draft.single(part, row, col, look)
        else:
            self.draft.text(row, col, part, look)

    # -- the rates ----------------------------------------------------------------

    def lines(self, section: Section) -> None:
        """Draw a line per cell: what it is, its figure, what that is per month, what is usual."""
        self.line(_GAP)
        for name in section.cells:
            cell = self.template.cells[name]
            if cell.choices is not None:
                label, value, _ = self._places[1]
                self._small(cell, self.row - 1, label, value, value + 1)
            elif name not in self.draft.places:
                self.list_row(cell)

    def list_row(self, cell: Cell) -> None:
        """Draw one line under the goal."""
        is_count = not cell.operator
        row = self.line(self._count_row if is_count else _ROW)
        self._label(cell, row)
        self.draft.single(cell.name, row, TOTAL, looks.value_look(cell, self.lang, font_size=11) if is_count else None)
        self._per_month(cell, row)
        usual = self.template.companion(cell.name, USUAL)
        if usual:
            said = self.draft.say(usual_range(cell))
            self.draft.single(usual, row, self.aside, looks.over(_BESIDE, num_format=f'"{said}  "@'))
            self._another(cell, row)
            self.draft.usual_colours(row, self.aside, row)
        else:
            self._aside(cell, row)

    def _label(self, cell: Cell, row: int) -> None:
        sign = cell.operator or cell.step
        said = self._fitting(sign, cell.full_label, cell.label)
        look = looks.over(looks.RATE_NAME, indent=1) if cell.operator == "÷" else looks.NAME
        if cell.renamed is None:
            self.draft.text(row, LABEL, said, looks.over(look, shrink=True))
        else:
            other = self._fitting(sign, cell.renamed.full_label, cell.renamed.label)
            self.draft.either(row, LABEL, cell.renamed.when, other, said, looks.over(look, shrink=True))
        self._unread(cell, row, LABEL, TOTAL)

    def _fitting(self, sign: str, full: Text, short: Text) -> str:
        """Return a rate's label; the short one if it would be too long: the lines above and below say from what to what."""
        said = f"{sign} {self.draft.say(full)}".strip()
        return said if measure.wide(said) <= self.sheet.widths[LABEL] - 1.5 else f"{sign} {self.draft.say(short)}".strip()

    def _another(self, cell: Cell, row: int) -> None:
        """Show the note that the rate is another without the usual range, which is not that rate's."""
        if cell.renamed is not None:
            look = (*looks.OUTSIDE, ("num_format", "@"))
            self.sheet.conditionals.append(
                Conditional(row, self.aside, row, self.aside, self.draft.test(cell.renamed.when), look)
            )

    def _unread(self, cell: Cell, row: int, col: int, last: int, instead: Text | None = None) -> None:
        """Grey out what a switch leaves out, and the count of a stage that it skips; ``instead`` is shown in its place."""
        switch = cell.read_when
        if switch is None or switch.cell not in self.template.cells:
            return
        test = self.draft.unread(switch)
        form = f'"{instead.to(self.lang)}"' if instead is not None else '"―"' if cell.role != INPUT else ""
        if form:
            of_month = [self.monthly] if cell.role != INPUT else []
            for each in (last, *of_month):
                look = (*looks.UNREAD, ("num_format", form))
                self.sheet.conditionals.append(Conditional(row, each, row, each, test, look))
        self.sheet.conditionals.append(Conditional(row, col, row, last, test, looks.UNREAD))
        if self.template.companion(cell.name, USUAL):
            hidden = (("num_format", ";;;"),)
            self.sheet.conditionals.append(Conditional(row, self.aside, row, self.aside, test, hidden))

    def _per_month(self, cell: Cell, row: int) -> None:
        if name := self.template.companion(cell.name, PER_MONTH):
            of = self.template.cells[name]
            look = looks.over(looks.value_look(of, self.lang, bold=False, font_color=looks.GREY), border=0)
            if of.decimals:
                form = looks.number_format(of, self.lang)
                whole = looks.number_format(of._replace(decimals=0), self.lang)
                look = looks.over(look, num_format=f"[>=100]{whole};{form}")
            self.draft.single(name, row, self.monthly, look)

    def _aside(self, cell: Cell, row: int) -> None:
        """Draw the short word beside a line: what is usual, or what to mind."""
        said = [self.draft.say(text) for text in (usual_range(cell) if cell.usual else None, cell.aside) if text is not None]
        if said and measure.wide("  ".join(said)) > self.sheet.widths[self.aside] - _INDENT:
            said.pop()  # there is no room for it beside many channels
        if said:
            self.draft.text(row, self.aside, "  ".join(said), _BESIDE)

    def _heads(self, row: int) -> None:
        """Draw, once, what the columns on the right are."""
        if self._is_headed:
            return
        self._is_headed = True
        once, other = Text("1か月あたり", "Per month"), Text("12か月では", "In 12 months")
        month = PERIOD["month"].to(self.lang)
        by_period = [excel.quoted(each.to(self.lang)) for each in (other, once)]
        shown = other if self.solution.at("period", None) == month else once
        formula = f"=IF(period={excel.quoted(month)},{by_period[0]},{by_period[1]})"
        self.sheet.formula(
            row, self.monthly, formula, shown.to(self.lang), looks.over(looks.HEADING, text_wrap=False, shrink=True)
        )
        said = Text("目安・補足", "Benchmark, notes").to(self.lang)
        self.draft.text(row, self.aside, said, looks.over(looks.HEADING, align="left"))

    # -- the channels ---------------------------------------------------------------

    def table(self, section: Section) -> None:
        """Draw a column per channel: its name on top, its figures under one another, the totals before them."""
        last = FIRST + self.channels - 1
        names, *columns = [self.template.cells[name] for name in section.columns]
        self._room_for_more(self.line(11), self.row, last)
        head = self.line(self._named(names.name))
        for col in range(LABEL, last + 1):
            self.draft.text(head, col, "", looks.HEADING)
        self.draft.text(head, LABEL, self.draft.say(names.label), looks.over(looks.HEADING, align="left"))
        self.draft.text(head, TOTAL, Text("合計", "Total").to(self.lang), looks.HEADING)
        look = looks.value_look(names, self.lang, bold=False, align="center", text_wrap=True, shrink=False)
        self.draft.side_by_side(names.name, head, FIRST, look)
        self._spare(head, head, last)
        totals = {self.template.cells[name].total_of: self.template.cells[name] for name in section.totals}
        for cell in columns:
            if not cell.name.endswith("_unrounded"):
                self._channel_row(cell, totals.get(cell.name), last)
                if cell.role == INPUT:
                    self._spare(head, self.row - 1, last)
        for note in section.notes:
            self.note(note)

    def _room_for_more(self, row: int, names: int, last: int) -> None:
        """Draw, above each place without a name, that a channel may be added there."""
        said = Text("+追加", "+ add").to(self.lang)
        for col in range(FIRST, last + 1):
            name = self.solution.at(self.roles.channel_name, col - FIRST)
            formula = f'=IF({column(col)}{names + 1}="",{excel.quoted(said)},"")'
            look = looks.over(looks.LABEL_CENTRED, font_color=looks.FAINT)
            self.sheet.formula(row, col, formula, "" if name else said, look)

    def _spare(self, head: int, row: int, last: int) -> None:
        """Show the places without a name paler than those to fill in."""
        test = f'{column(FIRST)}${head + 1}=""'
        self.sheet.conditionals.append(Conditional(row, FIRST, row, last, test, (("bg_color", looks.SPARE),)))

    def _named(self, name: str) -> float:
        """Return the height of the channels' names."""
        names = [str(self.solution.at(name, each) or "") for each in range(self.channels)]
        asked = max((measure.wrapped(said, self.sheet.widths[FIRST + at]) for at, said in enumerate(names)), default=1)
        lines = min(page_columns.MOST_LINES, max(2, asked))
        return measure.tall(lines) - _ABOVE * (1 if lines < page_columns.MOST_LINES else 2)

    def _channel_row(self, cell: Cell, total: Cell | None, last: int) -> None:
        is_count = bool(cell.step) or cell.operator in ("→", "=")
        is_state = cell.unit == TEXT and cell.formula is not None
        row = self.line(self._count_row if is_count else _ROW)
        if is_count:
            said = f"{cell.step} {self.draft.say(cell.label)}".strip()
            self.draft.text(row, LABEL, said, looks.over(looks.NAME, shrink=True))
        else:
            self._label(cell, row)
        look = looks.value_look(cell, self.lang)
        if is_state:
            look = looks.over(looks.STATE, bold=False)
        self.draft.side_by_side(cell.name, row, FIRST, look)
        self._total(total, row)
        if total is not None:
            self._per_month(total, row)
        if is_state:
            self.draft.state_colours(row, FIRST, row, last)
        else:
            self._outside(cell, row, last)
            self._aside(cell, row)

    def _total(self, total: Cell | None, row: int) -> None:
        look = looks.look(bg_color=looks.PALE, border=1, border_color=looks.LINE)
        if total is None:
            self.draft.text(row, TOTAL, "", look)
            return
        form = looks.number_format(total, self.lang)
        look = looks.over(look, bold=True, font_size=11, align="right", shrink=True, num_format=form)
        self.draft.single(total.name, row, TOTAL, look)

    def _outside(self, cell: Cell, row: int, last: int) -> None:
        """Colour the rates outside what is usual."""
        if cell.usual is None or not cell.usual.low < cell.usual.high:
            return
        here = address(row, FIRST)
        low, high = (f"{float(bound):g}" for bound in (cell.usual.low, cell.usual.high))
        test = f"AND(ISNUMBER({here}),OR({here}<{low},{here}>{high}))"
        self.sheet.conditionals.append(Conditional(row, FIRST, row, last, test, looks.OUTSIDE))

    # -- what other templates have on the page --------------------------------------

    def checks(self, section: Section) -> None:
        self.band(section.title)
        wide = proof.Columns((LABEL, TOTAL), (FIRST, FIRST + 1), (FIRST + 2, FIRST + 3), (FIRST + 4, FIRST + 5), FIRST + 6, (self.monthly, self.aside))  # fmt: skip
        proof.draw(self, section, wide)

    def texts(self, section: Section) -> None:
        self.band(section.title)
        self.notes(section)


def _optional(cell: Cell, look: Look) -> Look:
    """Return the look of a cell of the head: what may stay as it is, or blank, is paler than what has to be filled in."""
    return looks.over(look, bg_color=looks.SPARE) if cell.role == INPUT and not cell.required else look


def link_to(sheet: Sheet, row: int = 0) -> str:
    """Return a link's target: the row of a sheet."""
    from ..values.a1 import quoted_sheet

    return f"{quoted_sheet(sheet.title)}!B{row + 1}"

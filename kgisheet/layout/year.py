"""The table of the year: twelve months, per stage goal against actual, and the sums; overrides and records are folded."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from ..expr.nodes import names
from ..expr.render import excel
from ..language.text import Text
from ..language.words import COUNTERS
from ..template import tables
from ..template.model import Cell, Flow
from ..template.sheets import GRID
from ..values.a1 import address, column
from ..values.units import RATE
from ..worksheet.solve import Solution
from . import looks, stages
from .draft import Shared
from .lines import LABEL, Lines
from .measure import tall
from .model import Conditional, Look, pixels
from .stages import SIZE, Column

FIRST = LABEL + 1
_ROW = 15.0
_SPACER = {"ja": 4.7, "en": 6.1}
_ASIDE = {"override": 10.0, "money": 12.0, "other": 8.5}


class Year(NamedTuple):
    """The rows of the sums under the months; -1 without actuals."""

    quarters: int
    year: int
    now: int = -1
    landing: int = -1
    state: int = -1


class YearTable(Lines):
    """The drafter of the table and of what is folded beside it; `Monthly` goes on below."""

    def __init__(self, solution: Solution, lang: str, shared: Shared) -> None:
        super().__init__(solution, solution.template.title_of(GRID).to(lang), {0: 1.0, LABEL: 10.5}, lang, shared)
        self.shared = shared
        taken = sum(map(pixels, self.sheet.widths.values()))
        self.shown, self.folded, self.is_plain = stages.columns(solution, lang, FIRST, taken)
        self._widen(self.shown)
        self.last = self.shown[-1].last
        self.end = self.last
        """The last column, of the folded ones too."""
        self.is_compared = any(each.compared for each in self.shown)
        self.head = self.first = 0
        self._marks: list[tuple[str, int]] = []

    def _widen(self, made: list[Column]) -> None:
        self.sheet.widths |= {each.col + at: wide for each in made for at, wide in enumerate(each.widths)}

    @property
    def stages(self) -> list[Column]:
        """The columns of all stages, the folded ones last."""
        return [*self.shown, *self.folded]

    # -- the head ------------------------------------------------------------

    def _head(self) -> None:
        row = self.line(22)
        self.draft.text(row, LABEL, self.sheet.title, looks.TITLE)
        self.goal_of(row, FIRST + 4, looks.over(looks.LABEL, font_size=SIZE, align="right", shrink=True))
        if self.roles.weak_stage in self.template.cells:
            row = self.line(19)
            self.draft.single(
                self.roles.weak_stage, row, LABEL, looks.look(bold=True, font_size=12, font_color=looks.NAVY), self.last
            )
        self.head = self.line(17)
        self.line(tall(2, SIZE))
        self.first = self.row
        self.draft.row_of(self.head, LABEL, self.last, looks.HEADING)
        self.draft.row_of(self.head + 1, LABEL, self.last, looks.HEADING)
        self.draft.text(self.head, LABEL, self.draft.label(self.roles.month_start), self._heading())
        for each in self.shown:
            self._headings(each)
        self.sheet.frozen_rows, self.sheet.frozen_cols = self.first, FIRST

    def _heading(self, **more: object) -> Look:
        return looks.over(looks.HEADING, font_size=SIZE, **more)

    def _headings(self, each: Column) -> None:
        label = looks.over(self._heading(), left=1, left_color=looks.LINE, shrink=True, text_wrap=False)
        self.draft.text(self.head, each.col, self.draft.say(each.label) + self._unit(each), label, each.last)
        heads = (stages.GOAL, stages.ACTUAL, stages.RATE)
        for at in range(len(each.widths)) if each.flow is not None else ():
            self.draft.text(self.head + 1, each.col + at, heads[at].to(self.lang), self._heading(bold=False))

    def _unit(self, each: Column) -> str:
        """Return the counter that a stage's heading has where its figures have none: (件)."""
        counter = None if each.flow is None else self.template.cells[f"month_{each.flow.name}"].counter
        return f"({COUNTERS[counter].to(self.lang)})" if self.is_plain and counter and each.compared else ""

    def _form(self, cell: Cell) -> str:
        form = looks.number_format(cell, self.lang)
        if self.is_plain and cell.counter:
            return form.replace(f'"{COUNTERS[cell.counter].to(self.lang)}"', "")
        return form

    # -- the twelve months ---------------------------------------------------

    def _months(self) -> None:
        for _ in range(tables.MONTHS):
            self.line(_ROW)
        look = looks.over(looks.value_look(self.template.cells[self.roles.month_start], self.lang), bold=True, font_size=SIZE)
        self.draft.down(self.roles.month_start, self.first, LABEL, look)
        for each in self.shown:
            self._stage(each)

    def _stage(self, each: Column) -> None:
        if each.flow is None:
            self.draft.down(self.roles.month_cvr, self.first, each.col, self._look(self.roles.month_cvr))
            self._marks.append((self.roles.month_cvr, each.col))
            return
        self.draft.down(each.flow.due, self.first, each.col, self._look(each.flow.due, dash=True))
        self._marks.append((f"month_{each.flow.name}", each.col))
        if each.compared:
            x = each.flow.name
            self.draft.down(f"result_{x}", self.first, each.col + 1, self._look(f"result_{x}", bold=True))
            self.draft.down(f"run_rate_{x}", self.first, each.col + 2, self._look(f"run_rate_{x}"))
            self._banded(self.first, each.col + 2, tables.MONTHS)

    def _look(self, name: str, *, bold: bool = False, dash: bool = False, **more: object) -> Look:
        """Return the style of a figure in the table; a goal of 0 is a dash."""
        cell = self.template.cells[name]
        look = looks.value_look(cell, self.lang, bold=bold, font_size=SIZE, **more)
        if cell.unit == RATE:
            return looks.over(look, num_format="0.0#%" if name.endswith("_cvr") else stages.marked(self.lang))
        form = self._form(cell)
        return looks.over(look, num_format=looks.zero_as_dash(form) if dash else form)

    def _banded(self, row: int, col: int, rows: int = 1) -> None:
        """Colour what is achieved by its band."""
        for test, look in stages.bands(address(row, col)):
            self.sheet.conditionals.append(Conditional(row, col, row + rows - 1, col, test, look))

    # -- the sums ------------------------------------------------------------

    def _sums(self) -> Year:
        look = looks.look(bold=True, bg_color=looks.PALE, font_size=SIZE)
        quarters = self.row
        for number in range(1, 5):
            self._sum_row(Text(f"第{number}四半期", f"Q{number}"), look)
        total = looks.over(look, top=1, top_color=looks.LINE)
        year = self._sum_row(Text("年計", "Year"), total)
        rows = Year(quarters, year)
        if self.is_compared:
            now = self._sum_row(Text("累計", "To date"), look)
            landing = self._sum_row(Text("着地見込み", "Forecast"), look)
            rows = Year(quarters, year, now, landing, self._sum_row(Text("状態", "Status"), look))
        for each in self.shown:
            self._sum(each, rows, look, total)
        return rows

    def _sum_row(self, text: Text, look: Look) -> int:
        row = self.line(_ROW)
        self.draft.row_of(row, LABEL, self.last, look)
        self.draft.text(row, LABEL, text.to(self.lang), looks.over(look, shrink=True))
        return row

    def _sum(self, each: Column, rows: Year, look: Look, total: Look) -> None:
        """Draft the sums of one stage: quarters, the year, what is due and done so far, what it comes to."""
        if each.flow is None:
            if self.roles.year_cvr in self.template.cells:
                self.draft.single(self.roles.year_cvr, rows.year, each.col, self._sum_look(self.roles.year_cvr, total))
            return
        x = each.flow.name
        quarter = f"quarter_{x}_due" if f"quarter_{x}_due" in self.template.cells else f"quarter_{x}"
        form = looks.zero_as_dash(self._form(self.template.cells[quarter]))
        self.draft.down(quarter, rows.quarters, each.col, looks.over(self._sum_look(quarter, look), num_format=form))
        self.draft.single(f"year_{x}_due", rows.year, each.col, self._sum_look(f"year_{x}_due", total))
        if not each.compared:
            return
        self.draft.down(f"quarter_actual_{x}", rows.quarters, each.col + 1, self._sum_look(f"quarter_actual_{x}", look))
        self.draft.down(f"quarter_rate_{x}", rows.quarters, each.col + 2, self._sum_look(f"quarter_rate_{x}", look))
        self._banded(rows.quarters, each.col + 2, 4)
        for row, forms in (
            (rows.year, ("", "year_actual_{x}", "now_progress_{x}")),
            (rows.now, ("now_goal_{x}", "now_actual_{x}", "now_achievement_{x}")),
            (rows.landing, ("", "now_landing_plan_{x}", "now_landing_rate_{x}")),
        ):
            under = total if row == rows.year else look
            for at, form in enumerate(forms):
                if form:
                    self.draft.single(form.format(x=x), row, each.col + at, self._sum_look(form.format(x=x), under))
            if row != rows.year:
                self._banded(row, each.col + 2)
        self.draft.single(f"now_state_{x}", rows.state, each.col, looks.over(look, align="center", shrink=True), each.last)
        self._untyped(rows.year, each.col, rows.landing, each.last)
        self._untyped(rows.state, each.col, rows.state, each.col, self.draft.word("untyped"))
        self.draft.state_colours(rows.state, each.col, rows.state)
        near = f'LEFT({address(rows.state, each.col)},1)="{stages.MARKS[self.lang][1]}"'
        self.sheet.conditionals.append(Conditional(rows.state, each.col, rows.state, each.col, near, looks.NEAR))

    def _untyped(self, row: int, col: int, last_row: int, last: int, word: str | None = None) -> None:
        """Show in grey that something has not been typed in, by this ``word``; without one as a dash what has no figure yet."""
        here = address(row, col)
        test = f"ISTEXT({here})" if word is None else f"{here}={excel.quoted(word)}"
        look = (*looks.UNTYPED, ("num_format", '0;0;0;"―"')) if word is None else looks.UNTYPED
        self.sheet.conditionals.append(Conditional(row, col, last_row, last, test, look))

    def _sum_look(self, name: str, look: Look) -> Look:
        cell = self.template.cells[name]
        form = self._form(cell)
        if cell.unit == RATE:
            plain = "0.0#%" if name.endswith("_cvr") else "0.0%" if name.startswith("now_progress_") else ""
            form = plain or stages.marked(self.lang)
        return looks.over(look, num_format=form, align="right", shrink=True)

    # -- folded, to the right --------------------------------------------------

    def _beside(self, rows: Year) -> None:
        """Draft what is folded: weights and overrides, the stages without room, the parts of the goals, records, cells of one's own."""
        x = [flow.name for flow in self.template.flows]
        weights = [self.roles.month_weight, *(f"month_{each}_override" for each in (*x, "cvr"))]
        self._fold(Text("配分・\n調整値", "Weights\n& edits"), [each for each in weights if each in self.template.cells])
        self.draft.single(self.roles.weight_total, rows.year, self.shared.names[self.roles.month_weight].col, self._sum_look(self.roles.weight_total, looks.look(font_size=SIZE)))  # fmt: skip
        self.sheet.cursor = (self.first, FIRST)
        if self.folded:
            self._fold_stages(rows)
        parts = [f"month_{each.name}{part}" for each in self.template.flows if each.lead for part in ("", "_next")]
        records = [f"month_{each}_{part}" for each in x for part in ("initial", "reported", "next_reported")]
        runs = [f"{part}_{each}" for each in x for part in ("last", "run_goal", "run_actual")]
        named = [each for each in (*parts, *records, self.roles.month_cvr_reported, *runs) if each in self.template.cells]
        own = [name for name in self.template.cells if self.is_left(name, tables.MONTH) and name not in named]
        self._fold(Text("内訳・\n記録", "Detail,\nrecords"), [*named, *own])
        # A month that was overridden says so in its figure.
        for name, col in self._marks:
            typed = self.shared.names[f"{name}_override"]
            test = f"ISNUMBER(${column(typed.col)}{self.first + 1})"
            look = (("italic", True), ("font_color", looks.AMBER))
            self.sheet.conditionals.append(Conditional(self.first, col, self.first + tables.MONTHS - 1, col, test, look))

    def _opener(self, text: Text) -> int:
        """Draft the narrow column before a fold, which has its button; return the fold's first column."""
        col = self.end + 1
        self.sheet.widths[col] = _SPACER[self.lang]
        look = looks.over(looks.LABEL_CENTRED, valign="bottom", font_size=8)
        self.draft.text(self.head + 1, col, text.to(self.lang), looks.over(look, text_wrap=True))
        return col + 1

    def _fold(self, text: Text, names: list[str]) -> None:
        first = self._opener(text)
        heading = looks.over(looks.HEADING, font_size=8, bold=False)
        for at, name in enumerate(names):
            cell, col = self.template.cells[name], first + at
            label = self.draft.say(cell.label)
            self.draft.text(self.head + 1, col, label, heading)
            look = looks.value_look(cell, self.lang, bold=False, font_size=9)
            if name == self.roles.month_weight:
                look = looks.over(look, num_format="0.##")
            self.draft.down(name, self.first, col, look)
            self.sheet.widths[col] = _ASIDE["override" if "_override" in name or name == self.roles.month_weight else "money" if "revenue" in name else "other"]  # fmt: skip
        self.end = first + len(names) - 1
        self.sheet.folded_cols.append((first, self.end))

    def _fold_stages(self, rows: Year) -> None:
        first = self._opener(Text("ほかの\n段階", "Other\nstages"))
        self.folded = stages.placed(self.folded, first)
        self._widen(self.folded)
        self.end = self.folded[-1].last
        look = looks.look(bold=True, bg_color=looks.PALE, font_size=SIZE)
        for each in self.folded:
            self._headings(each)
            self._stage(each)
            self._sum(each, rows, look, looks.over(look, top=1, top_color=looks.LINE))
        self.sheet.folded_cols.append((first, self.end))

    def is_left(self, name: str, table: str | None) -> bool:
        """Return whether a cell of this sheet has no place yet, and people type it or nothing else reads it.

        What is only worked with goes onto the hidden sheet.
        """
        cell = self.template.cells[name]
        if cell.section not in self._keys or cell.table != table or cell.on_tab or name in self.shared.names:
            return False
        return not cell.recorded if cell.formula is None else name not in self._read

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(section.key for section in self.template.on_kind(GRID))

    @cached_property
    def _read(self) -> frozenset[str]:
        """The cells that formulas read."""
        formulas = [cell.formula for cell in self.template.cells.values() if cell.formula is not None]
        return frozenset({each for formula in formulas for each in names(formula)} | {tables.numbers(tables.MONTH)})

    def ahead(self) -> list[tuple[Flow, int]]:
        """Return the flows with a pipeline at the start, and their columns."""
        return [
            (each.flow, each.col) for each in self.stages if each.flow and f"opening_{each.flow.name}" in self.template.cells
        ]

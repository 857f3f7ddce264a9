"""The summary of the months: the state of the year: every stage against its goal, the weak rate and its cost, charts."""

from __future__ import annotations

from itertools import pairwise

from ..language.text import Text
from ..template import tables
from ..template.model import Flow
from ..template.sheets import GRID, SUMMARY
from ..values.a1 import address
from ..values.units import COUNT, RATE
from ..worksheet.solve import Solution
from . import looks
from .draft import Shared
from .lines import LABEL, Column, Lines
from .model import Chart, Conditional, Look, Series

REPLAN = "replan_state"
"""The sentence that the re-plan comes to; a workbook has the re-plan where it has this cell."""


_FIRST = LABEL + 1
_ROW = 18.0
_PER_ROW = 3
_CHART_ROWS = 13


_COLUMNS = (
    Column("now_initial_{x}", Text("期初計画", "Initial plan"), 13),
    Column("year_{x}_due", Text("修正計画", "Plan now"), 13),
    Column("judged_{x}", Text("判断した月数", "Months judged"), 7),
    Column("now_goal_{x}", Text("累計目標", "Goal so far"), 13),
    Column("now_actual_{x}", Text("累計実績", "Actual so far"), 13),
    Column("now_achievement_{x}", Text("達成率", "Achieved"), 9),
    Column("now_progress_{x}", Text("進捗率", "Progress"), 9),
    Column("now_pace_{x}", Text("予定の進捗率", "Planned progress"), 9),
    Column("now_landing_plan_{x}", Text("着地見込み(残りは計画)", "Forecast, rest as planned"), 13),
    Column("now_landing_pace_{x}", Text("着地見込み(直近3か月)", "Forecast, last 3 months' pace"), 13),
    Column("now_needed_pace_{x}", Text("残り月の必要ペース/月", "Needed a month from now"), 12),
    Column("now_state_{x}", Text("状態", "State"), 13),
)


_REPLAN_NOTES = (
    Text(
        "全段階の実績がそろった月までを実績とし、残りの月を前提の率で解き直します。いまある案件・商談・リードは、リードタイムの後に受注になるものとして先に数えます(期首より前に取ったものは計画どおりとします)。",
        "Months with actuals for every stage are kept; the rest is solved again at the assumed rates. Opportunities, meetings and leads that are there already count first, as wins after their lead time (what was won before the year counts as planned).",
    ),
    Text(
        "それでも足りない受注を、年度内の受注に間に合う月の新しいリードに割り当てます。間に合わない月の分は翌年度のためのもので、いまの計画のままです。目標にするときは、{grid}の「手入力」に写してください。",
        "The rest must come from new leads, in the months whose leads still become wins within the year; later months serve next year and keep their plan. To make it the goal, copy the figures to “Typed over” on the monthly goals.",
    ),
)


class Summary(Lines):
    """The drafter of the sheet."""

    def __init__(self, solution: Solution, lang: str, shared: Shared) -> None:
        widths = {0: 1.5, LABEL: 31.0} | {_FIRST + index: column.width for index, column in enumerate(_COLUMNS)}
        # The actuals by month take two columns a stage.
        widths |= {col: 12.0 for col in range(LABEL + 1, LABEL + 2 * len(solution.template.tabbed()) + 1) if col not in widths}
        super().__init__(solution, solution.template.title_of(SUMMARY).to(lang), widths, lang, shared)
        self.shared = shared

    def build(self) -> None:
        section = self.template.on_kind(SUMMARY)[0]
        self._head(self.draft.say(section.title))
        self._stages()
        self._rates()
        charts = self._room_for_charts()
        self._results()
        self.notes(section)
        if REPLAN in self.template.cells:
            self._replan()
        self.sheet.print_area = (0, 0, self.row - 1, self.last)
        self.sheet.is_portrait = True
        self._working()
        self._charts(charts)

    def _head(self, said: str) -> None:
        row = self.line(30)
        self.draft.text(row, LABEL, said, looks.TITLE)
        self.goal_of(row, _FIRST + 2, looks.over(looks.LABEL, align="right", shrink=True))
        labels, values = self.line(28), self.line(18)
        for index, name in enumerate(("as_of_month", "judged_through", "months_judged")):
            col = LABEL + index
            look = looks.over(looks.LABEL_CENTRED, text_wrap=True, valign="bottom")
            self.draft.text(labels, col, self.draft.say(self.template.cells[name].label), look)
            self.draft.single(name, values, col, looks.value_look(self.template.cells[name], self.lang, align="center"))
        self.sheet.cursor = (values, LABEL)
        for name in ("headline", "weak_stage"):
            row = self.line(20)
            self.draft.single(name, row, LABEL, looks.look(bold=True, font_size=11), self.last)

    def _stages(self) -> None:
        self.band(Text("段階ごとの状態", "Each stage"))
        row = self.line(40)
        self.draft.row_of(row, LABEL, self.last, looks.HEADING)
        for index, column in enumerate(_COLUMNS):
            self.draft.text(row, _FIRST + index, column.heading.to(self.lang), looks.HEADING)
        for flow in self.template.tabbed():
            row = self.line(_ROW)
            self.draft.text(row, LABEL, self.draft.say(flow.label), looks.NAME)
            for index, column in enumerate(_COLUMNS):
                name = column.form.format(x=flow.name)
                self.draft.single(name, row, _FIRST + index, self._look(name))
            self.draft.state_colours(row, _FIRST + len(_COLUMNS) - 1, row)
            here = address(row, _FIRST + 5)
            test = f"AND(ISNUMBER({here}),{here}<1)"
            self.sheet.conditionals.append(Conditional(row, _FIRST + 5, row, _FIRST + 5, test, looks.BAD))

    def _look(self, name: str) -> Look:
        cell = self.template.cells[name]
        if name.startswith("now_state_"):
            return looks.over(looks.STATE, border=1, border_color=looks.LINE)
        look = looks.value_look(cell, self.lang, bold=name.startswith(("now_goal_", "now_actual_", "year_")))
        if cell.unit == COUNT and name.startswith(("now_needed_pace_", "now_landing_pace_")):
            look = looks.over(look, num_format=looks.number_format(cell, self.lang).replace("#,##0", "#,##0.0"))
        return looks.over(look, num_format="0.0%") if cell.unit == RATE else look

    def _rates(self) -> None:
        """Draft 前提の率と実績の率: which rate is weak, and what that costs in revenue."""
        flows = self.template.tabbed()
        if len(flows) < 2:
            return
        self.band(Text("率は計画どおりか", "Are the rates as planned?"), _FIRST + 5)
        row = self.line(28)
        self.draft.row_of(row, LABEL, _FIRST + 5, looks.HEADING)
        for index, text in enumerate(
            (
                Text("前提", "Assumed"),
                Text("計画(累計目標)", "Planned so far"),
                Text("実績(累計)", "Turned out"),
                Text("1件・1回あたりの売上", "Revenue each is worth"),
                Text("計画との不足を売上に換算", "Shortfall against the plan, in revenue"),
            )
        ):
            self.draft.text(row, _FIRST + index, text.to(self.lang), looks.HEADING, _FIRST + 5 if index == 4 else None)
        for above, below in pairwise(flows):
            row = self.line(_ROW)
            said = self.draft.say(above.rate or above.label)
            arrow = f"({self.draft.say(below.label)}→{self.draft.say(above.label)})"
            self.draft.text(row, LABEL, f"{said} {arrow}", looks.over(looks.NAME, shrink=True))
            for index, form in enumerate(("assumed_{x}", "planned_{x}", "turned_out_{x}", "worth_{x}", "cost_{x}")):
                name = form.format(x=above.name)
                look = looks.value_look(self.template.cells[name], self.lang, bold=form in ("turned_out_{x}", "cost_{x}"))
                self.draft.single(name, row, _FIRST + index, look, _FIRST + 5 if index == 4 else None)
        row = self.line(_ROW)
        self.draft.text(
            row, LABEL, self.draft.say(self.template.cells["cost_volume"].label), looks.over(looks.NAME, shrink=True)
        )
        look = looks.value_look(self.template.cells["cost_volume"], self.lang)
        self.draft.single("cost_volume", row, _FIRST + 4, look, _FIRST + 5)
        self.draft.single("worst_cost", row, self.last + 3, looks.over(looks.SMALL, num_format="#,##0"))

    # -- charts ----------------------------------------------------------------

    def _room_for_charts(self) -> int:
        self.band(Text("月ごとの目標と実績", "Goal and actual by month"))
        first = self.row
        for _ in range(-(-len(self.template.tabbed()) // _PER_ROW) * _CHART_ROWS):
            self.line(17)
        return first

    def _charts(self, first: int) -> None:
        columns = range(LABEL, self.last + 1)
        pixels = sum(int(self.sheet.widths[col] * 7 + 5) for col in columns)
        each = pixels // _PER_ROW - 6
        for index, flow in enumerate(self.template.tabbed()):
            down, across = divmod(index, _PER_ROW)
            col, left = self._column_at(across * (each + 9))
            label = self.draft.say(flow.label)
            names = self.shared.names
            self.sheet.charts.append(
                Chart(
                    title=label,
                    alt_text=Text(
                        f"{label}の月ごとの目標と実績を並べた縦棒グラフ。数値は下の表と各月のタブにあります。",
                        f"{label}: goal and actual of each month as bars side by side. The figures are in the table below and on the months' tabs.",
                    ).to(self.lang),
                    categories=names["month_start"],
                    series=(
                        Series(Text("目標", "Goal").to(self.lang), names[flow.due], "#B8C4D1"),
                        Series(Text("実績", "Actual").to(self.lang), names[f"result_{flow.name}"], "#3E6FA3"),
                    ),
                    row=first + down * _CHART_ROWS,
                    col=col,
                    pixels=(each, int(_CHART_ROWS * 17 / 0.75) - 8),
                    offset=left,
                    month_format=Text('m"月"', "mmm").to(self.lang),
                )
            )

    def _column_at(self, pixels: int) -> tuple[int, int]:
        """Return the column so many pixels from the first one, and how many pixels remain."""
        col = LABEL
        while pixels >= int(self.sheet.widths[col] * 7 + 5):
            pixels -= int(self.sheet.widths[col] * 7 + 5)
            col += 1
        return col, pixels

    # -- by month ----------------------------------------------------------------

    def _pairs(self, flows: list[Flow], one: Text, other: Text) -> int:
        """Draft the headings of a table with two columns for each stage, and its months; return the first month's row."""
        head, lower = self.line(16), self.line(15)
        end = LABEL + 2 * len(flows)
        self.draft.row_of(head, LABEL, end, looks.HEADING)
        self.draft.row_of(lower, LABEL, end, looks.HEADING)
        small = looks.over(looks.HEADING, bold=False, font_size=8, font_color=looks.GREY)
        for index, flow in enumerate(flows):
            col = _FIRST + 2 * index
            self.draft.text(head, col, self.draft.say(flow.label), looks.HEADING, col + 1)
            self.draft.text(lower, col, one.to(self.lang), small)
            self.draft.text(lower, col + 1, other.to(self.lang), small)
        return self.months_again()

    def _results(self) -> None:
        """Draft the actuals of all the tabs, and those of the previous year, side by side."""
        self.band(Text("月別の実績(各月のタブから)と前年同月", "Actuals by month (from the tabs), and a year before"))
        flows = self.template.tabbed()
        first = self._pairs(flows, Text("実績", "Actual"), Text("前年", "Last year"))
        for index, flow in enumerate(flows):
            col = _FIRST + 2 * index
            for name, at in ((f"result_{flow.name}", col), (f"last_{flow.name}", col + 1)):
                self.draft.down(name, first, at, looks.value_look(self.template.cells[name], self.lang, bold=False))

    # -- the months that remain, solved again ------------------------------------

    def _replan(self) -> None:
        """Draft the plan before and after, month by month, with the sums, and what new leads must contribute."""
        self.band(Text("再計画: 残りの月を解き直す", "Re-plan: the months that remain, solved again"))
        self.draft.single(REPLAN, self.line(20), LABEL, looks.look(bold=True, font_size=11), self.last)
        cells = self.template.cells
        for name in ("replan_from", "replan_revenue_to_date", "replan_revenue_left", "replan_coming"):
            row = self.line(_ROW)
            self.draft.text(row, LABEL, self.draft.say(cells[name].label), looks.over(looks.NAME, shrink=True))
            self.draft.single(name, row, _FIRST, self._replan_look(name))
        flows = self.template.tabbed()
        first = self._pairs(flows, Text("いまの計画", "Plan now"), Text("再計画", "Re-planned"))
        year, needed = self.line(_ROW), self.line(_ROW)
        said = looks.over(looks.NAME, shrink=True)
        self.draft.text(year, LABEL, Text("年計", "Year").to(self.lang), said)
        self.draft.text(needed, LABEL, Text("うち新しいリードで必要な数", "of it, to come from new leads").to(self.lang), said)
        for index, flow in enumerate(flows):
            col = _FIRST + 2 * index
            for at, name in ((col, f"replan_before_{flow.name}"), (col + 1, f"replan_{flow.name}")):
                self.draft.down(name, first, at, self._replan_look(name, bold=at > col))
                self.draft.single(f"{name}_year", year, at, self._replan_look(f"{name}_year"))
            if (new := f"replan_needed_{flow.name}") in cells:
                self.draft.single(new, needed, col + 1, self._replan_look(new))
        end = LABEL + 2 * len(flows)
        month = f"${address(first, LABEL)}"
        reported = f"AND(ISNUMBER({month}),{month}<=EDATE(start_month,replan_from-1))"
        over = (("font_color", looks.GREY), ("italic", True))
        self.sheet.conditionals.append(Conditional(first, LABEL, first + tables.MONTHS - 1, end, reported, over))
        grid = self.template.title_of(GRID)
        for note in _REPLAN_NOTES:
            self.note(Text(note.ja.format(grid=grid.ja), note.en))

    def _replan_look(self, name: str, bold: bool = True) -> Look:
        """Return the style of re-planned figures: expected wins and opportunities aren't whole numbers."""
        cell = self.template.cells[name]
        look = looks.value_look(cell, self.lang, bold=bold)
        expected = f"coming_{name.removeprefix('replan_').removesuffix('_year')}"
        if name != "replan_coming" and expected not in self.template.cells:
            return look
        return looks.over(look, num_format=looks.number_format(cell, self.lang).replace("#,##0", "#,##0.0"))

    def _working(self) -> None:
        col = self.last + 2
        self.sheet.widths |= {self.last + 1: 3}
        self.draft.text(0, col, Text("作業用(印刷されません)", "Working cells (not printed)").to(self.lang), looks.LABEL)
        keys = {section.key for section in self.template.on_kind(SUMMARY)}
        left = [
            cell
            for cell in self.template.cells.values()
            if cell.section in keys and not cell.on_tab and cell.name not in self.shared.names
        ]
        look = looks.over(looks.SMALL, num_format="#,##0.##", align="right")
        for cell in left:
            if cell.table == tables.MONTH:
                self.draft.text(1, col, self.draft.say(cell.label), looks.over(looks.LABEL_CENTRED, text_wrap=True))
                self.draft.down(cell.name, 2, col, look)
                col += 1
        row = 2 + tables.MONTHS + 2
        for cell in left:
            if cell.table is None:
                self.draft.text(row, self.last + 2, self.draft.say(cell.label), looks.SMALL)
                self.draft.single(cell.name, row, self.last + 6, look)
                row += 1

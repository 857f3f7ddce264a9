"""One month's tab (2026-04 …): goal, actual and running totals of every stage, the channels, remarks."""

from __future__ import annotations

import datetime

from ..language.text import Text
from ..template import tables
from ..template.model import Flow
from ..template.sheets import TAB
from ..values.a1 import address, quoted_sheet
from ..values.units import COUNT, RATE
from ..worksheet.solve import Solution
from . import looks
from .draft import Shared
from .lines import LABEL, Column, Lines
from .model import Conditional, Look

_FIRST = LABEL + 1
_ROW = 19.0


_MONTH_ITSELF = (
    Column("goal_{x}", Text("目標", "Goal"), 12),
    Column("goal_next_{x}", Text("翌年度分の目標", "For next year"), 9),
    Column("actual_{x}", Text("実績", "Actual"), 12),
    Column("difference_{x}", Text("差", "Difference"), 12),
    Column("achievement_{x}", Text("達成率", "Achieved"), 8.5),
)
_TO_DATE = (
    Column("goal_to_date_{x}", Text("目標", "Goal"), 12.5),
    Column("actual_to_date_{x}", Text("実績", "Actual"), 12.5),
    Column("achievement_to_date_{x}", Text("達成率", "Achieved"), 8.5),
)
_YEAR = (
    Column("progress_{x}", Text("進捗率", "Progress"), 8.5),
    Column("pace_{x}", Text("予定の進捗率", "Planned progress"), 8.5),
    Column("landing_plan_{x}", Text("着地見込み(残りは計画)", "Forecast, rest as planned"), 12.5),
    Column("landing_pace_{x}", Text("着地見込み(直近3か月)", "Forecast, last 3 months' pace"), 12.5),
    Column("needed_pace_{x}", Text("残り月の必要ペース/月", "Needed a month from now"), 12),
    Column("last_year_{x}", Text("前年同月", "Last year"), 12),
)
_GROUPS = (
    (Text("この月", "This month"), _MONTH_ITSELF),
    (Text("年度累計", "Year to date"), _TO_DATE),
    (Text("年間", "The year"), _YEAR),
)
_CHANNEL = (
    ("channel_goal_{x}", Text("目標", "Goal")),
    ("channel_actual_{x}", Text("実績", "Actual")),
    ("channel_difference_{x}", Text("差", "Difference")),
)
"""The columns of the channels' table, for each flow that the template has by channel."""


class MonthTab(Lines):
    """The drafter of one month's tab (from 0)."""

    def __init__(self, solution: Solution, month: int, lang: str, shared: Shared) -> None:
        columns = [column for _, group in _GROUPS for column in group]
        widths = {0: 1.5, LABEL: 17.0} | {_FIRST + index: column.width for index, column in enumerate(columns)}
        super().__init__(solution, title(solution, month), widths, lang, shared)
        self.month = month

    def build(self) -> None:
        section = self.template.on_kind(TAB)[0]
        self._head(self.draft.say(section.title))
        self._stages()
        self._channels()
        self._remarks()
        self.notes(section)
        self.sheet.print_area = (0, 0, self.row - 1, self.last)

    def _head(self, said: str) -> None:
        row = self.line(30)
        look = looks.over(looks.TITLE, num_format=Text('yyyy"年"m"月"', "yyyy-mm").to(self.lang), align="left")
        self.draft.on_tab("tab_month", self.month, row, LABEL, look)
        self.draft.text(row, _FIRST, said, looks.TITLE)
        self.goal_of(row, _FIRST + 5, looks.over(looks.LABEL, align="right", shrink=True))
        row = self.line(20)
        self.draft.on_tab("tab_state", self.month, row, LABEL, looks.look(bold=True), self.last - 5)
        self.draft.on_tab("tab_month_state", self.month, row, self.last - 4, looks.ADVICE, self.last)

    def _stages(self) -> None:
        self.band(Text("段階ごとの目標と実績", "Goal and actual by stage"))
        upper, lower = self.line(16), self.line(40)
        self.draft.row_of(upper, LABEL, self.last, looks.HEADING)
        self.draft.row_of(lower, LABEL, self.last, looks.HEADING)
        col = _FIRST
        for text, group in _GROUPS:
            self.draft.text(
                upper, col, text.to(self.lang), looks.over(looks.HEADING, left=1, left_color=looks.LINE), col + len(group) - 1
            )
            for offset, column in enumerate(group):
                self.draft.text(lower, col + offset, column.heading.to(self.lang), looks.over(looks.HEADING, font_size=8.5))
            col += len(group)
        self.sheet.cursor = (self.row, _FIRST + 2)
        for flow in self.template.tabbed():
            self._stage(flow)

    def _stage(self, flow: Flow) -> None:
        row = self.line(_ROW)
        self.draft.text(row, LABEL, self.draft.say(flow.label), looks.NAME)
        col = _FIRST
        for _, group in _GROUPS:
            for column in group:
                name = column.form.format(x=flow.name)
                if name in self.template.cells:
                    self.draft.on_tab(name, self.month, row, col, self._look(name))
                col += 1
        self._behind(row, _FIRST + len(_MONTH_ITSELF) + 2)

    def _look(self, name: str) -> Look:
        cell = self.template.cells[name]
        look = looks.value_look(cell, self.lang, bold=name.startswith(("goal_", "actual_", "difference_")))
        if name.startswith("goal_"):
            return looks.over(look, num_format=looks.zero_as_dash(looks.number_format(cell, self.lang)))
        if cell.unit == COUNT and name.startswith(("needed_pace_", "landing_pace_")):
            look = looks.over(look, num_format=looks.number_format(cell, self.lang).replace("#,##0", "#,##0.0"))
        if cell.unit == RATE:
            look = looks.over(look, num_format="0.0%")
        return look

    def _behind(self, row: int, col: int) -> None:
        here = address(row, col)
        self.sheet.conditionals.append(Conditional(row, col, row, col, f"AND(ISNUMBER({here}),{here}<1)", looks.BAD))

    def _channels(self) -> None:
        if "tab_channel_name" not in self.template.cells:
            return
        self.band(Text("チャネルごとの目標と実績", "Goal and actual by channel"))
        upper, lower = self.line(16), self.line(16)
        flows = [flow for flow in self.template.flows if _CHANNEL[0][0].format(x=flow.name) in self.template.cells]
        starts = {flow.name: _FIRST + len(_CHANNEL) * at for at, flow in enumerate(flows)}
        forms = [(form.format(x=x), text, col + at) for x, col in starts.items() for at, (form, text) in enumerate(_CHANNEL)]
        present = [each for each in forms if each[0] in self.template.cells]
        end = _FIRST + len(_CHANNEL) * len(flows) - 1
        self.draft.row_of(upper, LABEL, end, looks.HEADING)
        self.draft.row_of(lower, LABEL, end, looks.HEADING)
        for flow in flows:
            col = starts[flow.name]
            self.draft.text(upper, col, self.draft.say(flow.label), looks.HEADING, col + len(_CHANNEL) - 1)
        for _, text, col in present:
            self.draft.text(lower, col, text.to(self.lang), looks.HEADING)
        first = self.row
        for _ in range(self.solution.rows[tables.CHANNEL]):
            self.line(17)
        self.draft.on_tab("tab_channel_name", self.month, first, LABEL, looks.over(looks.NAME, shrink=True))
        for name, _, col in present:
            look = looks.value_look(self.template.cells[name], self.lang)
            if "_goal_" in name:
                look = looks.over(
                    look, num_format=looks.zero_as_dash(looks.number_format(self.template.cells[name], self.lang))
                )
            self.draft.on_tab(name, self.month, first, col, look)
        row = self.line(16)
        for x, col in starts.items():
            if (name := f"channels_state_{x}") in self.template.cells:
                self.draft.on_tab(name, self.month, row, col, looks.over(looks.SMALL, shrink=True), col + 2)
                self.draft.state_colours(row, col, row)

    def _remarks(self) -> None:
        cell = self.template.cells.get("remarks")
        if cell is None:
            return
        self.band(cell.label)
        row = self.line(96)
        look = looks.over(looks.value_look(cell, self.lang), text_wrap=True, valign="top", align="left", shrink=False)
        self.draft.on_tab("remarks", self.month, row, LABEL, look, self.last)


def title(solution: Solution, month: int) -> str:
    """Return the title of a month's tab: 2026-04."""
    day = solution.at("tab_month", month)
    assert isinstance(day, datetime.date)
    return f"{day:%Y-%m}"


def link(sheet_title: str) -> str:
    """Return a link's target: the top of a tab."""
    return f"{quoted_sheet(sheet_title)}!B1"

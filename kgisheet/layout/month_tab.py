"""One month's tab (2026-04 …): goal, actual, difference and a remark; running totals and channels are folded."""

from __future__ import annotations

import datetime

from ..language.text import Text
from ..template import tables
from ..template.model import Flow
from ..template.roles import Roles
from ..template.sheets import TAB
from ..template.tables import TAB_MONTH
from ..values.a1 import address, quoted_sheet
from ..values.units import COUNT, RATE
from ..worksheet.solve import Solution
from . import looks, stages
from .draft import Shared
from .lines import LABEL, Lines
from .measure import tall, wrapped
from .model import Conditional, Look

_FIRST = LABEL + 1
_GOAL, _ACTUAL, _DIFFERENCE = _FIRST, _FIRST + 1, _FIRST + 2
_LAST = _FIRST + 6
"""The last column that is printed."""
_ROW, _HEAD = 20.0, 31.0
"""Of the headings two lines: beside them is said that a tab is another month's."""
_REMARKS = 135.0
_WIDTH = 12.0

_DETAILS: tuple[tuple[str, Text], ...] = (
    ("goal_{x}", Text("目標のうち今年度の受注分", "Goal, for this year's deals")),
    ("goal_next_{x}", Text("目標のうち翌年度の受注分", "Goal, for next year's deals")),
    ("achievement_{x}", Text("達成率(この月)", "Achieved, this month")),
    ("goal_to_date_{x}", Text("累計目標", "Goal to date")),
    ("actual_to_date_{x}", Text("累計実績", "Actual to date")),
    ("achievement_to_date_{x}", Text("達成率(累計)", "Achieved to date")),
    ("progress_{x}", Text("進捗率(年間目標比)", "Progress in the year")),
    ("pace_{x}", Text("予定の進捗率", "Planned progress")),
    ("landing_plan_{x}", Text("着地見込み(残りは計画どおり)", "Forecast, rest as planned")),
    ("landing_pace_{x}", Text("着地見込み(直近3か月)", "Forecast, last 3 months' pace")),
    ("needed_pace_{x}", Text("残りの月の必要数(月あたり)", "Needed per month from now")),
    ("last_year_{x}", Text("前年同月", "Last year")),
)
"""The columns of each stage that are folded."""
_CHANNEL = (
    ("channel_goal_{x}", Text("目標", "Goal")),
    ("channel_actual_{x}", Text("実績", "Actual")),
    ("channel_difference_{x}", Text("差", "Difference")),
)
"""The columns of the channels' table, for each flow that the template has by channel."""


def _channel_rates(roles: Roles) -> tuple[tuple[Text, tuple[tuple[str, Text], ...]], ...]:
    """Return what is on the right of those: the channel's meetings and rates, under their headings."""
    actual, assumed = Text("実績", "Actual"), Text("前提", "Assumed")
    return (
        (Text("商談数", "Meetings"), ((roles.channel_actual_meetings, actual),)),
        (
            Text("CV率(訪問→リード)", "Conversion rate"),
            ((roles.channel_turned_out_cvr, actual), (roles.channel_assumed_cvr, assumed)),
        ),
        (
            Text("アポ率(リード→商談)", "Meeting rate"),
            ((roles.channel_turned_out_meeting_rate, actual), (roles.channel_assumed_meeting_rate, assumed)),
        ),
    )


class MonthTab(Lines):
    """The drafter of one month's tab (from 0)."""

    def __init__(self, solution: Solution, month: int, lang: str, shared: Shared) -> None:
        widths = {0: 1.0, LABEL: 20.0} | dict.fromkeys(range(_FIRST, _FIRST + len(_DETAILS)), _WIDTH)
        super().__init__(solution, title(solution, month), widths, lang, shared)
        self.month = month
        self.last = _LAST

    def build(self) -> None:
        section = self.template.on_kind(TAB)[0]
        self._head(self.draft.say(section.title))
        self._stages()
        self._remarks()
        self.notes(section)
        printed = self.row
        self._details()
        self._channels()
        self.sheet.print_area = (0, 0, printed - 1, _LAST)
        self.sheet.is_portrait = True
        self.sheet.is_protected = False

    def _head(self, said: str) -> None:
        row = self.line(28)
        look = looks.over(looks.TITLE, num_format=Text('yyyy"年"m"月"', "yyyy-mm").to(self.lang), align="left")
        self.draft.on_tab(TAB_MONTH, self.month, row, LABEL, look)
        self.draft.text(row, _FIRST, said, looks.TITLE)
        self.goal_of(row, _FIRST + 3, looks.over(looks.LABEL, align="right", shrink=True))
        now = self.solution.at(self.roles.tab_state, self.month)
        lines = wrapped(str(now or ""), sum(self.sheet.widths[at] for at in range(LABEL, _LAST + 1)))
        row = self.line(tall(max(2, lines)))
        self.draft.on_tab(self.roles.tab_state, self.month, row, LABEL, looks.look(bold=True, text_wrap=True), _LAST)

    # -- goal, actual, difference -------------------------------------------------

    def _stages(self) -> None:
        row = self.line(_HEAD)
        heading = looks.over(looks.HEADING)
        self.draft.text(row, LABEL, Text("段階", "Stage").to(self.lang), heading)
        for col, text in ((_GOAL, stages.GOAL), (_ACTUAL, stages.ACTUAL), (_DIFFERENCE, Text("差", "Difference"))):
            self.draft.text(row, col, text.to(self.lang), heading)
        if self.roles.tab_month_state in self.template.cells:
            look = looks.over(looks.ADVICE, text_wrap=True, shrink=False)
            self.draft.on_tab(self.roles.tab_month_state, self.month, row, _DIFFERENCE + 1, look, _LAST)
        self.sheet.frozen_rows, self.sheet.frozen_cols = self.row, _FIRST
        self.sheet.cursor = (self.row, _ACTUAL)
        first = self.row
        for flow in self.template.tabbed():
            row = self.line(_ROW)
            self.draft.text(row, LABEL, self.draft.say(flow.label), looks.NAME)
            due = f"goal_due_{flow.name}"
            # With a lead time, what a month has to bring is for this year's deals and next year's.
            names = (
                due if due in self.template.cells else f"goal_{flow.name}",
                f"actual_{flow.name}",
                f"difference_{flow.name}",
            )
            for col, name in zip((_GOAL, _ACTUAL, _DIFFERENCE), names, strict=True):
                self.draft.on_tab(name, self.month, row, col, self._look(name))
        self._untyped(first, _DIFFERENCE, self.row - 1, _DIFFERENCE)

    def _look(self, name: str, bold: bool = True) -> Look:
        known = self.draft.shared.looks
        if (name, bold) not in known:
            known[name, bold] = self._made_look(name, bold)
        return known[name, bold]

    def _made_look(self, name: str, bold: bool) -> Look:
        cell = self.template.cells[name]
        look = looks.value_look(cell, self.lang, bold=bold)
        if name.startswith("goal_"):
            return looks.over(look, num_format=looks.zero_as_dash(looks.number_format(cell, self.lang)))
        if cell.unit == COUNT and name.startswith(("needed_pace_", "landing_pace_")):
            look = looks.over(look, num_format=looks.number_format(cell, self.lang).replace("#,##0", "#,##0.0"))
        if cell.unit == RATE:
            look = looks.over(look, num_format=stages.marked(self.lang) if name.startswith("achievement_") else "0.0%")
        return look

    def _untyped(self, row: int, col: int, last_row: int, last: int) -> None:
        """Show in grey that something has not been typed in."""
        self.sheet.conditionals.append(Conditional(row, col, last_row, last, f"ISTEXT({address(row, col)})", looks.UNTYPED))

    def _remarks(self) -> None:
        cell = self.template.cells.get(self.roles.remarks)
        if cell is None:
            return
        self.line(7)
        self.draft.text(self.line(18), LABEL, self.draft.say(cell.label), looks.NAME)
        row = self.line(_REMARKS)
        look = looks.over(looks.value_look(cell, self.lang), text_wrap=True, valign="top", align="left", shrink=False)
        self.draft.on_tab(self.roles.remarks, self.month, row, LABEL, look, _LAST)

    # -- folded ----------------------------------------------------------------

    def _details(self) -> None:
        first = self.folded_band(Text("累計・着地見込み・前年", "To date, forecast, last year"), _LAST)
        head = self.line(42)
        forms = [(form, text) for form, text in _DETAILS if self._has(form)]
        self.draft.row_of(head, LABEL, _FIRST + len(forms) - 1, looks.HEADING)
        for at, (_, text) in enumerate(forms):
            self.draft.text(head, _FIRST + at, text.to(self.lang), looks.HEADING)
        top = self.row
        for flow in self.template.tabbed():
            self._detail(flow, [form for form, _ in forms])
        self._untyped(top, _FIRST, self.row - 1, _FIRST + len(forms) - 1)
        self.sheet.folded_rows.append((first, self.row - 1))

    def _has(self, form: str) -> bool:
        """Return whether there is anything to show in a column."""
        if form == "goal_{x}":
            form = "goal_due_{x}"
        return any(form.format(x=flow.name) in self.template.cells for flow in self.template.tabbed())

    def _detail(self, flow: Flow, forms: list[str]) -> None:
        row = self.line(_ROW)
        self.draft.text(row, LABEL, self.draft.say(flow.label), looks.NAME)
        shown = f"goal_{flow.name}" if f"goal_due_{flow.name}" not in self.template.cells else ""
        for at, form in enumerate(forms):
            name = form.format(x=flow.name)
            if name not in self.template.cells or name == shown:
                continue
            self.draft.on_tab(name, self.month, row, _FIRST + at, self._look(name, bold=False))
            if name.startswith("achievement_"):
                for test, look in stages.bands(address(row, _FIRST + at)):
                    self.sheet.conditionals.append(Conditional(row, _FIRST + at, row, _FIRST + at, test, look))

    def _channels(self) -> None:
        if self.roles.tab_channel_name not in self.template.cells:
            return
        fold = self.folded_band(Text("チャネル別の目標と実績", "Goal and actual by channel"), _LAST)
        upper, lower = self.line(16), self.line(16)
        flows = [flow for flow in self.template.flows if _CHANNEL[0][0].format(x=flow.name) in self.template.cells]
        starts = {flow.name: _FIRST + len(_CHANNEL) * at for at, flow in enumerate(flows)}
        forms = [(form.format(x=x), text, col + at) for x, col in starts.items() for at, (form, text) in enumerate(_CHANNEL)]
        present = [each for each in forms if each[0] in self.template.cells]
        end = _FIRST + len(_CHANNEL) * len(flows) - 1
        heads = [(starts[flow.name], starts[flow.name] + len(_CHANNEL) - 1, self.draft.say(flow.label)) for flow in flows]
        for text, columns in _channel_rates(self.roles):
            if all(name in self.template.cells for name, _ in columns):
                heads.append((end + 1, end + len(columns), self.draft.say(text)))
                present += [(name, head, end + at) for at, (name, head) in enumerate(columns, 1)]
                end += len(columns)
        self.draft.row_of(upper, LABEL, end, looks.HEADING)
        self.draft.row_of(lower, LABEL, end, looks.HEADING)
        for col, last, said in heads:
            self.draft.text(upper, col, said, looks.HEADING, last if last > col else None)
        for _, text, col in present:
            self.draft.text(lower, col, text.to(self.lang), looks.HEADING)
        first = self.row
        for _ in range(self.solution.rows[tables.CHANNEL]):
            self.line(17)
        self.draft.on_tab(self.roles.tab_channel_name, self.month, first, LABEL, looks.over(looks.NAME, shrink=True))
        for name, _, col in present:
            look = looks.value_look(self.template.cells[name], self.lang)
            if self.template.cells[name].unit == RATE:
                look = looks.over(look, num_format="0.0#%", bold="_assumed_" not in name)
            if "_goal_" in name:
                look = looks.over(
                    look, num_format=looks.zero_as_dash(looks.number_format(self.template.cells[name], self.lang))
                )
            self.draft.on_tab(name, self.month, first, col, look)
        self._untyped(first, _FIRST, self.row - 1, end)
        row = self.line(16)
        for x, col in starts.items():
            if (name := f"channels_state_{x}") in self.template.cells:
                self.draft.on_tab(name, self.month, row, col, looks.over(looks.SMALL, shrink=True), col + 2)
                self.draft.state_colours(row, col, row)
        self.sheet.folded_rows.append((fold, self.row - 1))


def title(solution: Solution, month: int) -> str:
    """Return the title of a month's tab: 2026-04."""
    day = solution.at(TAB_MONTH, month)
    assert isinstance(day, datetime.date)
    return f"{day:%Y-%m}"


def link(sheet_title: str) -> str:
    """Return a link's target: the top of a tab."""
    return f"{quoted_sheet(sheet_title)}!B1"

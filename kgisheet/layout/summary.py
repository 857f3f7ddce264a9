"""The recovery plan: what the months that remain have to bring, now that the others are known."""

from __future__ import annotations

from ..language.text import Text
from ..template import tables
from ..template.model import Flow
from ..template.sheets import GRID, SUMMARY
from ..values.a1 import address
from ..values.units import COUNT, CURRENCY
from ..worksheet.solve import Solution
from . import looks
from .draft import Shared
from .lines import LABEL, Lines
from .model import Conditional, Look

"""The sentence that the re-plan comes to; a workbook has the re-plan where it has this cell."""


_FIRST = LABEL + 1
_ROW = 18.0
_LABEL_WIDTH, _WIDTH = 25.5, 10.9
"""The widths of six stages' columns and of what is before them: those that an A4 lying takes."""


_REPLAN_NOTES = (
    Text(
        "全段階の実績がそろった月までを実績とし、残りの月を前提の率で計算し直します。保有パイプライン(案件・商談・リード)は、リードタイムの後に受注になるものとして先に数えます(期首前に獲得した分は計画どおりとみなします)。",
        "Months with actuals for every stage are kept; the remaining months are recalculated at the assumed rates. The open pipeline (opportunities, meetings, leads) counts first, as wins after its lead time (what came in before the year counts as planned).",
    ),
    Text(
        "それでも足りない受注を、年度内の受注に間に合う月の新しいリードに割り当てます。間に合わない月の分は翌年度のためのもので、現在の計画のままです。目標にするときは、{grid}の「調整値」に写してください。",
        "The rest must come from new leads, in the months whose leads still become wins within the year; later months serve next year and keep their plan. To adopt it as the goal, copy the figures to the overrides on “{grid}”.",
    ),
)


class Summary(Lines):
    """The drafter of the sheet."""

    def __init__(self, solution: Solution, lang: str, shared: Shared) -> None:
        stages = range(_FIRST, _FIRST + 2 * max(3, len(solution.template.tabbed())))
        widths = {0: 1.0, LABEL: _LABEL_WIDTH, **dict.fromkeys(stages, _WIDTH)}
        super().__init__(solution, solution.template.title_of(SUMMARY).to(lang), widths, lang, shared)
        self.shared = shared
        self._first_month = 2

    def build(self) -> None:
        section = self.template.on_kind(SUMMARY)[0]
        row = self.line(28)
        self.draft.text(row, LABEL, self.sheet.title, looks.TITLE)
        self.goal_of(row, _FIRST + 2, looks.over(looks.LABEL, align="right", shrink=True))
        if self.roles.replan_state in self.template.cells:
            self._replan()
        self.notes(section)
        self.sheet.print_area = (0, 0, self.row - 1, self.last)
        self._working()

    def _pairs(self, flows: list[Flow], one: Text, other: Text) -> int:
        """Draft the headings of a table with two columns for each stage, and its months; return the first month's row."""
        head, lower = self.line(16), self.line(15)
        end = LABEL + 2 * len(flows)
        self.draft.row_of(head, LABEL, end, looks.HEADING)
        self.draft.row_of(lower, LABEL, end, looks.HEADING)
        small = looks.over(looks.HEADING, bold=False, font_color=looks.GREY)
        for index, flow in enumerate(flows):
            col = _FIRST + 2 * index
            self.draft.text(head, col, self.draft.say(flow.label), looks.HEADING, col + 1)
            self.draft.text(lower, col, one.to(self.lang), small)
            self.draft.text(lower, col + 1, other.to(self.lang), small)
        return self.months_again()

    # -- the months that remain, solved again ------------------------------------

    def _replan(self) -> None:
        """Draft the plan before and after, month by month, with the sums, and what new leads must contribute."""
        self.band(Text("リカバリー計画(残りの月の必要数)", "Recovery plan: what the remaining months need"))
        self.draft.single(self.roles.replan_state, self.line(20), LABEL, looks.look(bold=True, font_size=11), self.last)
        cells = self.template.cells
        for name in (
            self.roles.replan_from,
            self.roles.replan_revenue_to_date,
            self.roles.replan_revenue_left,
            self.roles.replan_coming,
        ):
            row = self.named(self.draft.say(cells[name].label), _ROW, looks.NAME)
            self.draft.single(name, row, _FIRST, self._replan_look(name))
        flows = self.template.tabbed()
        first = self._first_month = self._pairs(flows, Text("現在の計画", "Plan"), Text("リカバリー", "Recovery"))
        year = self.named(Text("年計", "Year").to(self.lang), _ROW, looks.NAME)
        needed = self.named(Text("うち新しいリードで必要な数", "of which from new leads").to(self.lang), _ROW, looks.NAME)
        for index, flow in enumerate(flows):
            col = _FIRST + 2 * index
            for at, name in ((col, f"replan_before_{flow.name}"), (col + 1, f"replan_{flow.name}")):
                self.draft.down(name, first, at, self._replan_look(name, bold=at > col))
                self.draft.single(f"{name}_year", year, at, self._replan_look(f"{name}_year"))
                self._parted(name, first, at, needed)
            if (new := f"replan_needed_{flow.name}") in cells:
                self.draft.single(new, needed, col + 1, self._replan_look(new))
        end = LABEL + 2 * len(flows)
        month = f"${address(first, LABEL)}"
        reported = f"AND(ISNUMBER({month}),{month}<=EDATE(start_month,replan_from-1))"
        over = (("font_color", looks.GREY), ("italic", True))
        self.sheet.conditionals.append(Conditional(first, LABEL, first + tables.MONTHS - 1, end, reported, over))
        grid = self.template.title_of(GRID)
        for note in _REPLAN_NOTES:
            self.note(Text(note.ja.format(grid=grid.ja), note.en.format(grid=grid.en)))

    def _parted(self, name: str, first: int, col: int, last: int) -> None:
        """Show a decimal of the counts that aren't whole: expected wins, and what they leave to win."""
        cell = self.template.cells[name]
        if cell.unit == COUNT:
            here = address(first, col)
            form = looks.zero_as_dash(looks.number_format(cell, self.lang).replace("#,##0", "#,##0.0"))
            test = f"AND(ISNUMBER({here}),ABS({here}-ROUND({here},0))>0.0001)"
            self.sheet.conditionals.append(Conditional(first, col, last, col, test, (("num_format", form),)))

    def _replan_look(self, name: str, bold: bool = True) -> Look:
        """Return the style of re-planned figures; those that aren't whole numbers have their decimal by a rule."""
        cell = self.template.cells[name]
        look = looks.value_look(cell, self.lang, bold=bold)
        form = looks.number_format(cell, self.lang)
        return look if cell.unit not in (COUNT, CURRENCY) else looks.over(look, num_format=looks.zero_as_dash(form))

    def _working(self) -> None:
        """Draft what is only worked with, its months beside those that are shown: a row put in above them moves all of them."""
        col = self.last + 2
        self.sheet.widths |= {self.last + 1: 3}  # with the button of the fold
        self.draft.text(0, col, Text("計算の内訳(印刷されません)", "Working cells (not printed)").to(self.lang), looks.LABEL)
        keys = {section.key for section in self.template.on_kind(SUMMARY)}
        left = [
            cell
            for cell in self.template.cells.values()
            if cell.section in keys and not cell.on_tab and cell.name not in self.shared.names
        ]
        look = looks.over(looks.SMALL, num_format="#,##0.##", align="right")
        for cell in left:
            if cell.table == tables.MONTH:
                self.draft.text(self._first_month - 1, col, self.draft.say(cell.label), looks.LABEL_CENTRED)
                self.draft.down(cell.name, self._first_month, col, look)
                col += 1
        row = self._first_month + tables.MONTHS + 2
        for cell in left:
            if cell.table is None:
                self.draft.text(row, self.last + 2, self.draft.say(cell.label), looks.SMALL)
                self.draft.single(cell.name, row, self.last + 6, look)
                row += 1
        end = max(col - 1, self.last + 6)
        self.sheet.widths |= dict.fromkeys(range(self.last + 2, end + 1), _WIDTH)
        self.sheet.folded_cols = [(self.last + 2, end)]
        self.sheet.is_protected = False

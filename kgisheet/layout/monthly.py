"""The grid of the months: the year month by month, like the goal screen, with every stage, its overrides, and the sums."""

from __future__ import annotations

from typing import NamedTuple

from ..language.text import Text
from ..template import tables
from ..template.model import LEAD_TIME, Flow, Section
from ..template.sheets import GRID, PAGE
from ..values.a1 import address
from ..values.units import CURRENCY, RATE
from ..worksheet.solve import Solution
from . import looks
from .draft import Shared
from .lines import LABEL, Lines
from .model import Conditional, Look

_WEIGHT, _FIRST = LABEL + 1, LABEL + 2
_WON = "won_deals"
_GOAL, _TYPED = Text("目標", "Goal"), Text("手入力", "Typed over")


class _Pair(NamedTuple):
    """A figure and the column beside it for its override."""

    flow: Flow | None
    label: Text
    col: int


class Monthly(Lines):
    """The drafter of the sheet; ``draft.fill`` writes it once all the sheets are drafted."""

    def __init__(self, solution: Solution, lang: str, shared: Shared) -> None:
        super().__init__(solution, solution.template.title_of(GRID).to(lang), {0: 1.5, LABEL: 12, _WEIGHT: 7}, lang, shared)
        self.pairs = self._pairs()
        self.last = self.pairs[-1].col + 1
        self.widest = max(self.last, _FIRST + solution.rows.get(tables.CHANNEL, 0) - 1)
        self.section_rows: dict[str, int] = {}

    def _pairs(self) -> list[_Pair]:
        """Return each flow's two columns; the conversion rate is between CV goal and visits, as on the screen."""
        pairs: list[_Pair] = []
        col = _FIRST
        for flow in self.template.flows:
            if flow.rated and "month_cvr" in self.template.cells:
                pairs.append(_Pair(None, self.template.cells["month_cvr"].label, col))
                self.draft.sheet.widths |= {col: 8, col + 1: 8}
                col += 2
            pairs.append(_Pair(flow, flow.label, col))
            is_money = self.template.cells[f"month_{flow.name}"].unit == CURRENCY
            self.draft.sheet.widths |= {col: 13.5 if is_money else 9.5, col + 1: 11 if is_money else 8}
            col += 2
        return pairs

    def build(self) -> None:
        section = self.template.on_kind(GRID)[0]
        self._head(section)
        first = self._grid(section)
        self._sums()
        self._openings()
        self.notes(section)
        self.sheet.breaks = [self.row]
        self._second_block("next", "", Text("翌年度の受注のために必要な分(見込み)", "What next year's wins need (assumed)"))
        self._second_block(
            "initial",
            "reported",
            Text("記録: 期初計画と、締めた月の目標", "Records: the initial plan, and goals of closed months"),
        )
        self.sheet.breaks.append(self.row)
        self._channels()
        self.sheet.print_area = (0, 0, self.row - 1, self.widest)
        self.sheet.pages_tall = 0
        self._working(first)

    # -- the head ------------------------------------------------------------

    def _head(self, section: Section) -> None:
        row = self.line(28)
        self.draft.text(row, LABEL, self.draft.say(section.title), looks.TITLE)
        self.goal_of(row, _FIRST + 2, looks.over(looks.NAME, shrink=True))
        labels, values = self.line(26), self.line(18)
        col = LABEL
        for name in (
            "closed_through",
            *(f"{LEAD_TIME}{stage}" for stage in self.template.lead_times()),
            "next_year_revenue",
            "next_share",
            "lead_state",
        ):
            if name not in self.template.cells:
                continue
            cell = self.template.cells[name]
            look = looks.over(looks.LABEL_CENTRED, text_wrap=True, valign="bottom")
            # Two columns each, as the figures below have.
            last = col + 1 if col > LABEL else _WEIGHT
            if name == "lead_state":
                self.draft.single(name, values, col, looks.ADVICE, min(self.last, col + 3))
                continue
            self.draft.text(labels, col, self.draft.say(cell.label), look, last)
            self.draft.single(name, values, col, looks.value_look(cell, self.lang, align="center"), last)
            col = last + 1
        self.draft.state_colours(values, col, values)

    # -- the twelve months ---------------------------------------------------

    def _goal_look(self, name: str, bold: bool) -> Look:
        """Return the style of a goal in its box; a goal of 0 is a dash."""
        cell = self.template.cells[name]
        look = looks.value_look(cell, self.lang, bold=bold)
        if cell.unit == RATE:
            return look
        return looks.over(look, num_format=looks.zero_as_dash(looks.number_format(cell, self.lang)))

    def _headings(self, pairs: list[_Pair], first: Text, second: Text) -> None:
        upper, lower = self.line(28), self.line(15)
        self.draft.row_of(upper, LABEL, self.last, looks.HEADING)
        self.draft.row_of(lower, LABEL, self.last, looks.HEADING)
        small = looks.over(looks.HEADING, bold=False, font_size=8, font_color=looks.GREY)
        for pair in pairs:
            self.draft.text(upper, pair.col, self.draft.say(pair.label), looks.HEADING, pair.col + 1)
            self.draft.text(lower, pair.col, first.to(self.lang), small)
            self.draft.text(lower, pair.col + 1, second.to(self.lang), small)

    def _grid(self, section: Section) -> int:
        self.band(Text("12か月の目標", "Goals of the twelve months"))
        self.section_rows[section.key] = self.row - 1
        self._headings(self.pairs, _GOAL, _TYPED)
        head = self.row - 1
        self.draft.text(head - 1, LABEL, self.draft.label("month_start"), looks.HEADING)
        self.draft.text(head - 1, _WEIGHT, self.draft.label("month_weight"), looks.HEADING)
        first = self.row
        for _ in range(tables.MONTHS):
            self.line()
        self.sheet.frozen_rows = first
        cells = self.template.cells
        self.draft.down("month_start", first, LABEL, looks.over(looks.value_look(cells["month_start"], self.lang), bold=True))
        self.draft.down("month_weight", first, _WEIGHT, looks.value_look(cells["month_weight"], self.lang, num_format="0.##"))
        for pair in self.pairs:
            name = "month_cvr" if pair.flow is None else f"month_{pair.flow.name}"
            self.draft.down(name, first, pair.col, self._goal_look(name, bold=True))
            self.draft.down(f"{name}_override", first, pair.col + 1)
            # A month that was typed over says so where its figure stands.
            typed = address(first, pair.col + 1)
            self.sheet.conditionals.append(
                Conditional(first, pair.col, first + tables.MONTHS - 1, pair.col, f"ISNUMBER({typed})", (("italic", True), ("font_color", looks.AMBER)))
            )  # fmt: skip
        self.sheet.cursor = (first, _WEIGHT)
        return first

    # -- the sums ------------------------------------------------------------

    def _sums(self) -> None:
        look = looks.look(bold=True, bg_color=looks.PALE)
        quarters, halves = self.row, self.row + 4
        for number in range(1, 5):
            row = self.line()
            self.draft.row_of(row, LABEL, self.last, look)
            self.draft.text(row, LABEL, Text(f"第{number}四半期", f"Q{number}").to(self.lang), look)
        for text in (Text("上期", "First half"), Text("下期", "Second half")):
            row = self.line()
            self.draft.row_of(row, LABEL, self.last, look)
            self.draft.text(row, LABEL, text.to(self.lang), look)
        total = looks.over(look, top=1, top_color=looks.LINE)
        rows: dict[str, int] = {}
        goals = self.template.title_of(PAGE)
        for key, text in (
            ("year", Text("年計", "Year")),
            ("before", Text("期首より前", "Before the year")),
            ("page", Text(f"{goals.ja}の年間値", f"Year on “{goals.en}”")),
            ("gap", Text("差", "Difference")),
        ):
            rows[key] = row = self.line()
            self.draft.row_of(row, LABEL, self.last, total if key == "year" else look)
            self.draft.text(row, LABEL, text.to(self.lang), total if key == "year" else look)
        self.draft.single("weight_total", rows["year"], _WEIGHT, looks.over(total, num_format="0.##", align="right"))
        for pair in self.pairs:
            if pair.flow is None:
                self.draft.single("year_cvr", rows["year"], pair.col, self._sum_look("year_cvr", total))
                continue
            x = pair.flow.name
            self.draft.down(f"quarter_{x}", quarters, pair.col, self._sum_look(f"quarter_{x}", look))
            self.draft.down(f"half_{x}", halves, pair.col, self._sum_look(f"half_{x}", look))
            self.draft.single(f"year_{x}", rows["year"], pair.col, self._sum_look(f"year_{x}", total))
            if pair.flow.lead is not None:
                self.draft.single(f"before_{x}", rows["before"], pair.col, self._sum_look(f"before_{x}", look))
            self.draft.single(f"year_{x}_page", rows["page"], pair.col, self._sum_look(f"year_{x}_page", look))
            gap = f"year_{x}_gap"
            self.draft.single(gap, rows["gap"], pair.col, self._sum_look(gap, look))
            here = pair.flow.left_over if pair.flow.rated else address(rows["gap"], pair.col)
            self.sheet.conditionals.append(
                Conditional(rows["gap"], pair.col, rows["gap"], pair.col, f"AND(ISNUMBER({here}),{here}<>0)", looks.BAD)
            )

    def _sum_look(self, name: str, look: Look) -> Look:
        form = looks.number_format(self.template.cells[name], self.lang)
        return looks.over(look, num_format=form, align="right", shrink=True)

    def _openings(self) -> None:
        """Draft the required and the actual opening pipeline of the year."""
        ahead = [pair for pair in self.pairs if pair.flow is not None and f"opening_{pair.flow.name}" in self.template.cells]
        if not ahead:
            return
        held, gap, wins = self.line(), self.line(), self.line()
        for row, text in (
            (held, Text("期首パイプライン", "Held at the start")),
            (gap, Text("期首の過不足", "Over / short")),
            (wins, Text("そこから見込む受注", "Wins to expect")),
        ):
            self.draft.text(row, LABEL, text.to(self.lang), looks.over(looks.NAME, shrink=True), _WEIGHT)
        for pair in ahead:
            assert pair.flow is not None
            self.draft.single(f"opening_{pair.flow.name}", held, pair.col)
            self.draft.single(f"opening_{pair.flow.name}_gap", gap, pair.col)
            self.draft.single(f"opening_{pair.flow.name}_wins", wins, pair.col, self._wins(f"opening_{pair.flow.name}_wins"))
        won = next((pair.col for pair in self.pairs if pair.flow is not None and pair.flow.name == _WON), None)
        if won is not None:
            self.draft.single("opening_wins", wins, won, self._wins("opening_wins"))

    def _wins(self, name: str) -> Look:
        form = looks.number_format(self.template.cells[f"month_{_WON}"], self.lang).replace("#,##0", "#,##0.0")
        return looks.value_look(self.template.cells[name], self.lang, num_format=looks.zero_as_dash(form))

    # -- the second page -----------------------------------------------------

    def _second_block(self, kind: str, beside: str, title: Text) -> None:
        """Draft twelve rows under the same columns: next year's needs, or the recorded figures."""
        flows = [pair for pair in self.pairs if pair.flow is not None and (kind != "next" or pair.flow.lead is not None)]
        if not flows:
            return
        self.band(title)
        heads = {
            "next": Text("翌年度分", "Next year"),
            "initial": Text("期初計画", "Initial"),
            "reported": Text("締めた目標", "Closed"),
        }
        if kind == "next":
            self._headings(flows, heads["next"], Text("計", "Total"))
        else:
            self._headings(flows, heads[kind], heads[beside])
        first = self.months_again()
        for pair in flows:
            assert pair.flow is not None
            x = pair.flow.name
            names = (f"month_{x}_next", f"month_{x}_due") if kind == "next" else (f"month_{x}_{kind}", f"month_{x}_{beside}")
            for offset, name in enumerate(names):
                self.draft.down(name, first, pair.col + offset, self._goal_look(name, bold=False))

    def _channels(self) -> None:
        """Draft what each channel has to contribute in each month."""
        across = self.solution.rows.get(tables.CHANNEL, 0)
        for name, title in (
            (
                "month_channel_leads",
                Text("チャネル別の月次リード数(翌年度分を含む)", "Leads by channel and month (with next year's part)"),
            ),
            (
                "month_channel_visits",
                Text("チャネル別の月次訪問数(翌年度分を含む)", "Visits by channel and month (with next year's part)"),
            ),
        ):
            if name not in self.template.cells:
                continue
            self.band(title)
            head = self.line(28)
            self.draft.row_of(head, LABEL, _FIRST + across - 1, looks.HEADING)
            for index in range(across):
                self.sheet.formula(
                    head, _FIRST + index, f'=IF(INDEX(channel_name,{index + 1})="","",INDEX(channel_name,{index + 1}))',
                    self.solution.at("channel_name", index), looks.over(looks.HEADING, font_size=8.5),
                )  # fmt: skip
            first = self.months_again()
            self.draft.matrix(name, first, _FIRST, self._goal_look(name, bold=False))

    # -- beside the page -----------------------------------------------------

    def _working(self, first: int) -> None:
        """Draft the columns that the months are calculated with, to the right of the printed area."""
        col = self.widest + 2
        self.sheet.widths |= {self.widest + 1: 3}
        self.draft.text(
            first - 3, col, Text("作業用(印刷されません)", "Working cells (not printed)").to(self.lang), looks.LABEL
        )
        heading = looks.over(looks.LABEL_CENTRED, text_wrap=True, font_size=8)
        flows = [flow.name for flow in self.template.flows]
        columns = [
            "month_number",
            *(name for name in self.template.cells if "weight_" in name and self._is_left(name, tables.MONTH)),
        ]
        columns += [f"month_{x}_{part}" for x in flows for part in ("fixed", "open")]
        columns += [name for name in self.template.cells if self._is_left(name, tables.MONTH) and name not in columns]
        for name in columns:
            self.draft.text(first - 1, col, self.draft.say(self.template.cells[name].label), heading)
            self.draft.down(name, first, col, looks.over(looks.SMALL, num_format="#,##0.###", align="right"))
            col += 1
        singles = [name for name in self.template.cells if self._is_left(name, None)]
        for index, name in enumerate(singles):
            row = first + tables.MONTHS + 2 + index
            self.draft.text(row, self.widest + 2, self.draft.say(self.template.cells[name].label), looks.SMALL)
            self.draft.single(name, row, self.widest + 5, looks.over(looks.SMALL, num_format="#,##0.###", align="right"))
        row = first + tables.MONTHS + 2 + len(singles)
        for name in [name for name in self.template.cells if self._is_left(name, tables.MONTH_CHANNEL)]:
            self.draft.text(row, self.widest + 2, self.draft.say(self.template.cells[name].label), looks.SMALL)
            self.draft.matrix(name, row + 1, self.widest + 2, looks.over(looks.SMALL, num_format="#,##0.##", align="right"))
            row += tables.MONTHS + 2

    def _is_left(self, name: str, table: str | None) -> bool:
        """Return whether a cell of this sheet has no place yet."""
        keys = {section.key for section in self.template.on_kind(GRID)}
        cell = self.template.cells[name]
        return cell.section in keys and cell.table == table and not cell.on_tab and name not in self.draft.shared.names

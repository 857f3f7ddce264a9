"""月次予実: the table of the year, then what the monthly meeting looks at, the settings, and, folded, the rest of the figures."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from ..language.text import Text, lowered
from ..language.words import UNITS
from ..template import tables
from ..template.model import LEAD_TIME, READBACK, Cell
from ..template.sheets import GRID, PAGE
from ..values.units import COUNT, CURRENCY, RATE
from . import looks
from .lines import LABEL
from .measure import broken, tall, wrapped
from .model import Chart, Conditional, Look, Series, pixels
from .stages import SIZE, Column
from .year import FIRST, YearTable

_CHART_ROWS, _CHART_ROW = 8, 16.5
_CHARTS = 3
_SAID, _FIGURE, _SETTING = {"ja": 24.0, "en": 38.0}, 13.0, 19.0
"""The least widths of what is drawn over several columns of the table, in characters."""
_RATE = "[>=0.1]0.0%;0.0#%"
"""The format of rates, assumed and actual: 0.74 % must not read as 0.7 %."""
_GOAL_LINE, _ACTUAL_BARS = "#8A97A6", "#3E6FA3"
_AXIS = {"ja": '[>=10000000]0\\,000\\.0,"万円";[>=10000]0\\.0,"万円";0"円"', "en": '[>=1000000]"¥"#,##0.0,,"M";"¥"#,##0'}
_AXIS_OF_100_MILLION = {
    "ja": '[>=1000000]0\\.00,,"億円";0"円"',
    "en": '[>=1000000000]"¥"#,##0.0,,,"bn";[>=1000000]"¥"#,##0,,"M";"¥"#,##0',
}
"""The same of goals from 1億円 on. A format takes two conditions, not three."""
_AXIS_IN = {
    "千円": {"ja": '[>=1000]#,##0,"千円";0"円"', "en": '[>=1000]"¥"#,##0,"K";"¥"#,##0'},
    "百万円": {"ja": '[>=1000000]#,##0,,"百万円";0"円"', "en": '[>=1000000]"¥"#,##0,,"M";"¥"#,##0'},
}
"""The same where the table is in thousands or in millions: neither is written beside 億円."""
_PAGE, _PAGE_WIDE = 515.0, 798.0
"""Points of what is surely on one landscape A4 within its margins; so much is from the left to the right."""
_DETAILS = (
    ("year_{x}", 0, Text("年計(今年度の受注分)", "For this year's deals")),
    ("before_{x}", 0, Text("期首前に必要だった分", "Needed before the year")),
    ("next_{x}", 0, Text("翌年度の必要数", "Needed for next year's deals")),
    ("year_{x}_page", 0, Text("「{page}」の年間値", "Year, from “{page}”")),
    ("year_{x}_gap", 0, Text("年計との差", "Difference")),
    ("opening_{x}", 0, Text("期首パイプライン", "Opening pipeline")),
    ("opening_{x}_gap", 0, Text("期首の過不足", "Over / short")),
    ("opening_{x}_wins", 0, Text("期首パイプラインからの受注見込み", "Expected wins")),
    ("now_initial_{x}", 0, Text("期初計画", "Initial plan")),
    ("judged_{x}", 0, Text("集計月数", "Months counted")),
    ("now_pace_{x}", 0, Text("予定の進捗率", "Planned progress")),
    ("now_landing_pace_{x}", 1, Text("着地見込み(直近3か月)", "Forecast, last 3 months' pace")),
    ("now_needed_pace_{x}", 1, Text("残りの月の必要数(月あたり)", "Needed per month")),
)
"""The rows folded under the sums: cells, in the goal's column or the actual's, and what the row is about."""


class Monthly(YearTable):
    """The drafter of the sheet; ``draft.fill`` writes it once all the sheets are drafted."""

    def build(self) -> None:
        section = self.template.on_kind(GRID)[0]
        self._head()
        self._months()
        rows = self._sums()
        self._beside(rows)
        if self.is_compared:
            before = self.row
            charts = self._room_for_charts()
            # The charts under the table where a page holds both, else with the rates: never on two pages.
            wide = sum(pixels(self.sheet.widths[col]) for col in range(self.last + 1)) * 0.75
            is_one = self.sheet.tall(0, self.row) * min(1.0, _PAGE_WIDE / wide) <= _PAGE
            self.sheet.breaks = [self.row if is_one else before]
            self._rates()
            for note in self._notes_of_actuals():
                self.note(note)
        self._settings()
        printed = self.row
        self._details()
        self._channels()
        self._rest()
        for note in section.notes:
            self.note(note)
        self.sheet.print_area = (0, 0, printed - 1, self.last)
        self.sheet.pages_tall = 0
        self.sheet.is_protected = False
        if self.is_compared:
            self._charts(charts)

    def _notes_of_actuals(self) -> tuple[Text, ...]:
        keys = {self.template.cells[name].section for name in (self.roles.weak_stage, self.roles.headline)}
        return tuple(note for section in self.template.sections if section.key in keys for note in section.notes)

    # -- over several columns ----------------------------------------------------

    def _spans(self, *least: float) -> Iterator[tuple[int, int]]:
        """Yield columns beside one another on the screen, each pair as wide as asked for, and no further than the table."""
        col = LABEL
        for wide in least:
            first = col
            while (sum(self.sheet.widths[at] for at in range(first, col + 1)) < wide) and col < self.last:
                col += 1
            if sum(self.sheet.widths[at] for at in range(first, min(col, self.last) + 1)) < wide:
                return
            yield first, col
            col += 1

    def _placed(self, name: str, row: int, span: tuple[int, int], look: Look) -> None:
        self.draft.single(name, row, span[0], look, span[1] if span[1] > span[0] else None)

    def _said(self, row: int, span: tuple[int, int], text: str, look: Look) -> None:
        self.draft.text(row, span[0], text, look, span[1] if span[1] > span[0] else None)

    # -- what the meeting looks at -----------------------------------------------

    def _room_for_charts(self) -> int:
        self.band(Text("目標と実績の累計(線が目標、棒が実績)", "Goal and actual to date (line: goal, bars: actual)"))
        first = self.row
        for _ in range(_CHART_ROWS):
            self.line(_CHART_ROW)
        return first

    def _charts(self, first: int) -> None:
        stages = [each for each in self.shown if each.compared]
        whole = sum(pixels(self.sheet.widths[col]) for col in range(LABEL, self.last + 1))
        each_wide = whole // _CHARTS - 9
        names = self.shared.names
        for index, stage in enumerate(_charted(stages)):
            assert stage.flow is not None
            x, label = stage.flow.name, self.draft.say(stage.flow.label)
            col, left = self._column_at(index * (each_wide + 9))
            is_money = self.template.cells[f"month_{x}"].unit == CURRENCY
            self.sheet.charts.append(
                Chart(
                    title=label,
                    alt_text=Text(
                        f"{label}の累計の目標(折れ線)と実績(棒)。数値は同じシートの表と、折りたたんだ列にあります。",
                        f"{label} to date: goal as a line, actual as bars. The figures are in the table above and in its folded columns.",
                    ).to(self.lang),
                    categories=names[self.roles.month_start],
                    series=(
                        Series(Text("目標(累計)", "Goal to date").to(self.lang), names[f"run_goal_{x}"], _GOAL_LINE, True),
                        Series(Text("実績(累計)", "Actual to date").to(self.lang), names[f"run_actual_{x}"], _ACTUAL_BARS),
                    ),
                    row=first,
                    col=col,
                    pixels=(each_wide, int(_CHART_ROWS * _CHART_ROW / 0.75) - 8),
                    offset=left,
                    month_format=Text("m", "mmm").to(self.lang),
                    value_format=self._axis(x) if is_money else "#,##0",
                )
            )

    def _axis(self, x: str) -> str:
        """Return the format of an axis with amounts as large as the year's goal, in the unit of the table above."""
        goal, unit = self.solution.at(f"year_{x}_due", None), self.solution.at("display_unit", None)
        for each, forms in _AXIS_IN.items():
            if unit == UNITS[each].to(self.lang):
                return forms[self.lang]
        return (_AXIS_OF_100_MILLION if isinstance(goal, Fraction) and goal >= 10**8 else _AXIS)[self.lang]

    def _column_at(self, wide: int) -> tuple[int, int]:
        """Return the column so many pixels from the first one, and how many pixels remain."""
        col = LABEL
        while wide >= pixels(self.sheet.widths[col]):
            wide -= pixels(self.sheet.widths[col])
            col += 1
        return col, wide

    def _rates(self) -> None:
        """Draft the assumed rates against those that turned out: which is weak, and what that costs in revenue."""
        flows = self.template.tabbed()
        if len(flows) < 2:
            return
        self.band(Text("率の予実: 前提と実績", "Rates: assumed vs actual"))
        self.draft.single(
            self.roles.headline,
            self.line(tall(2, SIZE)),
            LABEL,
            looks.look(bold=True, font_size=SIZE, text_wrap=True),
            self.last,
        )
        spans = list(self._spans(_SAID[self.lang], *[_FIGURE] * 3, 20.0))
        heads = (
            Text("前提", "Assumed"),
            Text("実績(累計)", "Actual (to date)"),
            Text("1件・1回\nあたりの売上", "Revenue\nper unit"),
            Text("不足の売上換算", "Revenue shortfall"),
        )
        row = self.line(tall(2, SIZE))
        self.draft.row_of(row, LABEL, spans[-1][1], looks.HEADING)
        for span, head in zip(spans[1:], heads, strict=False):
            self._said(row, span, head.to(self.lang), looks.over(looks.HEADING, font_size=SIZE))
        for above, below in pairwise(flows):
            said = self.draft.say(above.rate or above.label)
            arrow = Text(f"({below.label.ja}→{above.label.ja})", f" ({lowered(below.label.en)} → {lowered(above.label.en)})")
            row = self.named(f"{said}{self.draft.say(arrow)}", 17, looks.look(font_size=SIZE), spans[0][1])
            for span, form in zip(spans[1:], ("assumed_{x}", "turned_out_{x}", "worth_{x}", "cost_{x}"), strict=False):
                self._placed(form.format(x=above.name), row, span, self._rate_look(form.format(x=above.name)))
        label = self.draft.say(self.template.cells[self.roles.cost_volume].label)
        row = self.named(label, 17, looks.look(font_size=SIZE), spans[0][1])
        self._placed(self.roles.cost_volume, row, spans[4], self._rate_look(self.roles.cost_volume))

    def _rate_look(self, name: str) -> Look:
        cell = self.template.cells[name]
        look = looks.value_look(cell, self.lang, bold=name.startswith(("turned_out_", "cost_")), font_size=SIZE)
        return looks.over(look, num_format=_RATE) if cell.unit == RATE else look

    # -- settings --------------------------------------------------------------

    def _settings(self) -> None:
        names = [
            self.roles.as_of_month,
            self.roles.judged_through,
            self.roles.months_judged,
            self.roles.closed_through,
            *(f"{LEAD_TIME}{stage}" for stage in self.template.lead_times()),
            self.roles.next_year_revenue,
            self.roles.next_share,
        ]
        cells = [self.template.cells[name] for name in names if name in self.template.cells]
        self.band(Text("設定", "Settings"))
        while cells:
            spans = list(self._spans(*[_SETTING] * len(cells)))
            rooms = [sum(self.sheet.widths[at] for at in range(first, last + 1)) - 0.5 for first, last in spans]
            labels_of = [(self.draft.say(cell.label), room) for cell, room in zip(cells, rooms, strict=False)]
            said = [min(broken(text, room, SIZE), text, key=lambda each: wrapped(each, room, SIZE)) for text, room in labels_of]
            lines = (wrapped(label, room, SIZE) for label, room in zip(said, rooms, strict=False))
            labels, values = self.line(tall(max(lines), SIZE)), self.line(18)
            for cell, label, span in zip(cells, said, spans, strict=False):
                look = looks.look(font_size=SIZE, font_color=looks.GREY, align="center", text_wrap=True, valign="bottom")
                self._said(labels, span, label, look)
                self._placed(cell.name, values, span, looks.value_look(cell, self.lang, align="center", font_size=SIZE))
            self._read_back(list(zip(cells, spans, strict=False)))
            cells = cells[len(spans) :]
        if self.roles.lead_state in self.template.cells:
            row = self.line(16)
            self.draft.single(self.roles.lead_state, row, LABEL, looks.over(looks.ADVICE, font_size=SIZE), self.last)
            self.draft.state_colours(row, LABEL, row)

    def _read_back(self, typed: list[tuple[Cell, tuple[int, int]]]) -> None:
        """Draft under the amounts of a line of settings what they come to as people say it."""
        said = [(name, span) for cell, span in typed if (name := self.template.companion(cell.name, READBACK))]
        row = self.line(15) if said else 0
        for name, span in said:
            self._placed(name, row, span, looks.over(looks.READBACK, align="center", font_size=SIZE))

    # -- folded, below ---------------------------------------------------------

    def _fold_rows(self, first: int) -> None:
        if self.row > first:
            self.sheet.folded_rows.append((first, self.row - 1))

    def _detail(self, text: Text, height: float = 17.0) -> int:
        row = self.line(height)
        look = looks.over(looks.NAME, text_wrap=True)
        page = self.template.title_of(PAGE)
        self.draft.text(row, LABEL, Text(text.ja.format(page=page.ja), text.en.format(page=page.en)).to(self.lang), look)
        return row

    def _details(self) -> None:
        """Draft half-years, quarters of this year's part, what falls before the year, the state in all its figures."""
        first = self.folded_band(Text("内訳と期首パイプライン、累計の詳細", "Breakdown, opening pipeline, status details"))
        there = [(each, each.flow.name) for each in self.stages if each.flow is not None]
        for form, names in (
            ("half_{x}", (Text("上期", "First half"), Text("下期", "Second half"))),
            ("quarter_{x}", tuple(Text(f"第{at}四半期(今年度分)", f"Q{at}, for this year's deals") for at in range(1, 5))),
        ):
            left = [(each, form.format(x=x)) for each, x in there if self._is_free(form.format(x=x))]
            if left:
                top = self.row
                for text in names:
                    self._detail(text, 28 if form.startswith("quarter") else 17)
                for each, name in left:
                    self.draft.down(name, top, each.col, self._detail_look(name))
        for form, at, text in _DETAILS:
            left = [(each, form.format(x=x)) for each, x in there if self._is_free(form.format(x=x))]
            if not left:
                continue
            row = self._detail(text, 28)
            for each, name in left:
                self.draft.single(name, row, each.col + at, self._detail_look(name))
                if name.endswith("_gap") and name.startswith("year_"):
                    self._apart(each, row)
        if self.roles.opening_wins in self.template.cells:
            won = next((each for each in self.stages if each.flow is not None and each.flow.name == "won_deals"), None)
            row = self._detail(Text("期首パイプラインからの受注見込みの計", "Expected wins, total"), 28)
            self.draft.single(
                self.roles.opening_wins, row, FIRST if won is None else won.col, self._detail_look(self.roles.opening_wins)
            )
        self._fold_rows(first)

    def _is_free(self, name: str) -> bool:
        return name in self.template.cells and name not in self.shared.names

    def _apart(self, each: Column, row: int) -> None:
        """Colour what the months miss or pass the page's year by, and should not."""
        assert each.flow is not None
        here = each.flow.left_over
        test = f"AND(ISNUMBER({here}),{here}<>0)"
        self.sheet.conditionals.append(Conditional(row, each.col, row, each.col, test, looks.BAD))

    def _detail_look(self, name: str) -> Look:
        cell = self.template.cells[name]
        look = looks.value_look(cell, self.lang, bold=False, font_size=9)
        expected = name.endswith("_wins")
        if cell.unit == COUNT and (expected or name.startswith(("now_needed_pace_", "now_landing_pace_"))):
            form = looks.number_format(self.template.cells[self.roles.month_won_deals] if expected and self.roles.month_won_deals in self.template.cells else cell, self.lang)  # fmt: skip
            return looks.over(look, num_format=looks.zero_as_dash(form.replace("#,##0", "#,##0.0")))
        return looks.over(look, num_format=_RATE) if cell.unit == RATE else look

    def _channels(self) -> None:
        """Draft what each channel has to contribute in each month."""
        across = self.solution.rows.get(tables.CHANNEL, 0)
        for name, title in (
            (self.roles.month_channel_leads, Text("チャネル別の月次リード数(翌年度分を含む)", "Leads by channel and month (including next year's)")),
            (self.roles.month_channel_visits, Text("チャネル別の月次訪問数(翌年度分を含む)", "Visits by channel and month (including next year's)")),
        ):  # fmt: skip
            if name not in self.template.cells:
                continue
            first = self.folded_band(title)
            head = self.line(28)
            self.draft.row_of(head, LABEL, FIRST + across - 1, looks.HEADING)
            for index in range(across):
                self.sheet.formula(
                    head, FIRST + index, f'=IF(INDEX(channel_name,{index + 1})="","",INDEX(channel_name,{index + 1}))',
                    self.solution.at(self.roles.channel_name, index), looks.over(looks.HEADING, font_size=8.5),
                )  # fmt: skip
            top = self.months_again()
            cell = self.template.cells[name]
            form = looks.zero_as_dash(looks.number_format(cell, self.lang))
            self.draft.matrix(name, top, FIRST, looks.value_look(cell, self.lang, bold=False, num_format=form))
            self._fold_rows(first)

    def _rest(self) -> None:
        """Draft what a template of one's own adds to the months for people: what is typed, and what no other cell reads."""
        singles = [self.template.cells[name] for name in self.template.cells if self.is_left(name, None)]
        if not singles:
            return
        first = self.folded_band(Text("そのほかの項目", "Other figures"))
        for cell in singles:
            row = self.line()
            self.draft.text(row, FIRST + 1, self.draft.say(cell.label), looks.SMALL)
            self.draft.single(cell.name, row, LABEL, looks.value_look(cell, self.lang, bold=False, font_size=9))
        self._fold_rows(first)


def _charted(stages: list[Column]) -> list[Column]:
    """Return the stages that have a chart: the first, and the two before the last (meetings and leads)."""
    return stages if len(stages) <= _CHARTS else stages[:1] + stages[-3:-1]

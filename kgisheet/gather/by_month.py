"""The sheet of the whole by month: each stage's goal, its part that has an actual, the actual, the achievement."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..language.text import Text
from ..layout import looks
from ..layout.model import Look, Sheet
from ..template.tables import MONTHS
from . import formulas, stage_sheet, wear
from .drawing import draw, shaded, titled
from .model import Gathered
from .stage_sheet import ACTUALS, GOALS, shown, table_id, whole_id
from .sums import Sum, added, quotient, sums_of
from .tables import Content, Formula, Line, Spots, Table

ID = "months"
TITLE = Text("月別", "By month")
GOAL, DUE, ACTUAL, RATE = range(4)
_PARTS = (
    Text("目標", "Goal"),
    Text("目標(実績入力済みの分)", "Goal of those with actuals"),
    Text("実績", "Actual"),
    Text("達成率", "Achievement"),
)
_HEAD = 3
_STAGE, _PART, _FIRST, _ALL = 0, 1, 2, 2 + MONTHS


def _key(gathered: Gathered, stage: int, part: int) -> str:
    return f"{gathered.columns[stage].label}\n{_PARTS[part].to(gathered.lang)}"


def month_table(gathered: Gathered, sheet: str) -> Table:
    """Return the table."""
    lang = gathered.lang
    heads = (
        Text("段階", "Stage").to(lang),
        Text("内容", "Figure").to(lang),
        *(stage_sheet.month_of(each, lang) for each in gathered.months),
        Text("計", "Total").to(lang),
    )
    return Table(ID, "gather_months", sheet, _HEAD, 0, heads, tuple(_lines(gathered)), keyed=2)


def _lines(gathered: Gathered) -> Iterator[Line]:
    whole = stage_sheet.ALL.to(gathered.lang)
    for at, stage in enumerate(gathered.columns):
        rows = [manager.rows[at] for manager in gathered.managers if manager.rows]
        goals, actuals = sums_of(gathered).goals[at], sums_of(gathered).actuals[at]
        dues: list[Sum] = [
            None
            if actuals[month] is None
            else added(row.goals[month] for row in rows if row.actuals[month] is not None) or Fraction(0)
            for month in range(MONTHS)
        ]
        met = [added(row.actuals[month] for row in rows if row.goals[month] is not None) for month in range(MONTHS)]
        sums = stage_sheet.totals(gathered, at)
        look = stage_sheet.figure(gathered, at)
        for part, label in enumerate(_PARTS):
            cells: list[Content] = [stage.label, label.to(gathered.lang)]
            if part == GOAL:
                cells += [shown(whole_id(at), whole, GOALS + month, goals[month]) for month in range(MONTHS)]
                cells.append(shown(whole_id(at), whole, stage_sheet.YEAR, sums.year))
            elif part == DUE:
                cells += [_due(at, month, dues[month]) for month in range(MONTHS)]
                cells.append(shown(whole_id(at), whole, stage_sheet.DUE, sums.due))
            elif part == ACTUAL:
                cells += [shown(whole_id(at), whole, ACTUALS + month, actuals[month]) for month in range(MONTHS)]
                cells.append(shown(whole_id(at), whole, stage_sheet.ACTUAL, sums.actual))
            else:
                found = [quotient(*pair) for pair in zip(met, dues, strict=True)]
                cells += [_rate(gathered, at, month, found[month]) for month in range(MONTHS)]
                cells.append(shown(whole_id(at), whole, stage_sheet.RATE, sums.achievement))
            yield Line(_key(gathered, at, part), tuple(cells), _dress(part, look))


def _dress(part: int, look: Look) -> tuple[Look, ...]:
    name = looks.over(wear.TEXT, bold=part == GOAL)
    figures = wear.rate(bold=True) if part == RATE else looks.over(look, font_color=looks.GREY) if part == DUE else look
    return (name, wear.TEXT, *[figures] * MONTHS, wear.totalled(figures))


def _due(stage: int, month: int, value: Sum) -> Formula:
    def of_column(spots: Spots) -> str:
        return formulas.due(spots.down(table_id(stage), GOALS + month), spots.down(table_id(stage), ACTUALS + month))

    return Formula(of_column, value)


def _rate(gathered: Gathered, stage: int, month: int, value: Sum) -> Formula:
    due_key = _key(gathered, stage, DUE)

    def of_rows(spots: Spots) -> str:
        goals, actuals = (spots.down(table_id(stage), first + month) for first in (GOALS, ACTUALS))
        return formulas.achievement(goals, actuals, spots.cell(ID, due_key, _FIRST + month))

    return Formula(of_rows, value)


def month_sheet(gathered: Gathered, table: Table, spots: Spots) -> Sheet:
    """Return the sheet."""
    money = 13.5 if any(each.unit == "currency" for each in gathered.columns) else 10.0
    sheet = Sheet(table.sheet, {_STAGE: 16.0, _PART: 22.0} | dict.fromkeys(range(_FIRST, _ALL), money) | {_ALL: money + 2})
    titled(sheet, TITLE.to(gathered.lang), [each.to(gathered.lang) for each in _NOTES])
    draw(sheet, table, spots)
    for at in range(len(gathered.columns)):
        row = _HEAD + 1 + at * len(_PARTS) + RATE
        for col in range(_FIRST, _ALL + 1):
            shaded(sheet, (row, row), col)
    sheet.frozen_rows, sheet.frozen_cols = _HEAD + 1, _FIRST
    sheet.title_rows, sheet.pages_tall = (_HEAD, _HEAD), 0
    sheet.cursor = (_HEAD + 1, _FIRST)
    sheet.role = "watch"
    return sheet


_NOTES = (
    Text(
        "全担当者の合計です。達成率は、その月の目標と実績が両方ある担当者だけで、実績 ÷ 目標としています。",
        "All managers together. A month's achievement is actual ÷ goal, of those managers who have both.",
    ),
)

"""A stage's sheet: a row per manager, the months' goals and actuals beside each other, the whole above them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..language.text import Text
from ..layout import looks
from ..layout.model import Sheet
from ..template.tables import MONTHS
from ..values.a1 import column
from ..worksheet.solve import Held
from . import wear
from .drawing import draw, shaded, titled
from .model import Column, Gathered, Row
from .sums import NOTHING, Total, added, of_row, sums_of
from .tables import Content, Formula, Line, Spots, Table

NUMBER, NAME, YEAR, DUE, ACTUAL, RATE, GOALS = range(7)
ACTUALS = GOALS + MONTHS
_LAST = ACTUALS + MONTHS - 1
_HEADS = (
    Text("No.", "No."),
    Text("担当者", "Manager"),
    Text("年間目標", "Goal, year"),
    Text("同期間の目標", "Goal to date"),
    Text("実績の累計", "Actual to date"),
    Text("達成率", "Achievement"),
)
_GOAL, _DONE = Text("目標", "Goal"), Text("実績", "Actual")
ALL = Text("全体", "All")
_ABOVE = 3  # rows above the headings' groups: title and notes
_GROUPS, _WHOLE, _HEAD = 3, 4, 5


def month_of(said: str, lang: str) -> str:
    """Return a month as a heading: 26年4月, Apr 26."""
    year, _, number = said.partition("-")
    names = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{year[2:]}年{int(number)}月" if lang == "ja" else f"{names[int(number) - 1]} {year[2:]}"


def decimals(gathered: Gathered, at: int) -> int:
    """Return how many decimals a stage's figures show: one, where any isn't whole."""
    rows = [manager.rows[at] for manager in gathered.managers if manager.rows]
    return int(
        any(isinstance(each, float) and each != int(each) for row in rows for each in (row.year, *row.goals, *row.actuals))
    )


def whole_id(at: int) -> str:
    """Return the id of the line with a stage's totals."""
    return f"whole:{at}"


def table_id(at: int) -> str:
    """Return the id of a stage's table."""
    return f"stage:{at}"


def title_of(gathered: Gathered, at: int) -> str:
    """Return the title of a stage's sheet."""
    return gathered.columns[at].label


def totals(gathered: Gathered, at: int) -> Total:
    """Return the whole's sums of a stage."""
    whole = sums_of(gathered).whole
    return whole[at] if at < len(whole) else NOTHING


def stage_tables(gathered: Gathered, at: int, sheet: str) -> tuple[Table, Table]:
    """Return a stage's table and the line of its totals."""
    lang, stage = gathered.lang, gathered.columns[at]
    months = [month_of(each, lang) for each in gathered.months]
    heads = (*(each.to(lang) for each in _HEADS), *months, *months)
    look, rate = wear.figure(stage, lang, decimals(gathered, at)), wear.rate()
    sums = looks.over(look, bold=True)
    dress = (wear.NUMBER, wear.TEXT, sums, look, sums, looks.over(rate, bold=True), *[look] * MONTHS, *[look] * MONTHS)
    lines = [
        Line(
            str(number), tuple(_cells(at, str(number), number, manager.name, manager.rows[at] if manager.rows else None)), dress
        )
        for number, manager in enumerate(gathered.managers, 1)
    ]
    table = Table(table_id(at), f"gather_{at + 1}", sheet, _HEAD, 0, heads, tuple(lines))
    whole = Line(ALL.to(lang), tuple(_whole(gathered, at)), (wear.TOTAL, wear.TOTAL, *map(wear.totalled, dress[YEAR:])))
    return table, Table(whole_id(at), f"gather_{at + 1}_all", sheet, _WHOLE, 0, heads, (whole,), under=table.id)


def _cells(at: int, key: str, number: int, name: str, row: Row | None) -> Iterator[Content]:
    table = table_id(at)
    yield number
    yield name
    if row is None:
        yield from [None] * (_LAST - NAME)
        return
    sums = of_row(row)

    def year(spots: Spots) -> str:
        goals = spots.here(table, key, GOALS, ACTUALS - 1)
        return f'=IF(COUNT({goals})=0,"",SUM({goals}))'

    def due(spots: Spots) -> str:
        goals, actuals = spots.here(table, key, GOALS, ACTUALS - 1), spots.here(table, key, ACTUALS, _LAST)
        return f'=IF(COUNT({actuals})=0,"",SUMIF({actuals},"<>",{goals}))'

    def actual(spots: Spots) -> str:
        actuals = spots.here(table, key, ACTUALS, _LAST)
        return f'=IF(COUNT({actuals})=0,"",SUM({actuals}))'

    by_month = any(each is not None for each in row.goals)
    yield Formula(year, sums.year) if by_month or row.year is None else row.year
    yield Formula(due, sums.due)
    yield Formula(actual, sums.actual)
    yield Formula(lambda spots: _rate(spots, table, key), sums.achievement)
    yield from row.goals
    yield from row.actuals


def _rate(spots: Spots, table: str, key: str) -> str:
    due, actual = spots.here(table, key, DUE), spots.here(table, key, ACTUAL)
    return f'=IF(COUNT({due})=0,"",IF({due}=0,"",{actual}/{due}))'


def _whole(gathered: Gathered, at: int) -> Iterator[Content]:
    table, whole, key = table_id(at), whole_id(at), ALL.to(gathered.lang)
    sums = totals(gathered, at)
    rows = [manager.rows[at] for manager in gathered.managers if manager.rows]
    yield key
    yield None
    yield summed(table, YEAR, sums.year)
    yield summed(table, DUE, sums.due)
    yield summed(table, ACTUAL, sums.actual)
    yield Formula(lambda spots: _rate(spots, whole, key), sums.achievement)
    for month in range(MONTHS):
        yield summed(table, GOALS + month, added(row.goals[month] for row in rows))
    for month in range(MONTHS):
        yield summed(table, ACTUALS + month, added(row.actuals[month] for row in rows))


def summed(table: str, head: int, value: Fraction | None) -> Formula:
    """Return the sum of a column; blank where it has no figure."""

    def of_column(spots: Spots) -> str:
        area = spots.down(table, head)
        return f'=IF(COUNT({area})=0,"",SUM({area}))'

    return Formula(of_column, value)


def shown(table: str, key: str, head: int, value: Held) -> Formula:
    """Return the formula that shows another table's cell; blank where that is."""

    def there(spots: Spots) -> str:
        cell = spots.cell(table, key, head)
        return f'=IF({cell}="","",{cell})'

    return Formula(there, value)


def stage_sheet(gathered: Gathered, at: int, tables: tuple[Table, Table], spots: Spots) -> Sheet:
    """Return a stage's sheet."""
    lang, (table, whole) = gathered.lang, tables
    stage: Column = gathered.columns[at]
    money = 11.5 if stage.unit == "currency" else 8.5
    widths = {NUMBER: 5.0, NAME: 20.0, YEAR: money + 2, DUE: money + 2, ACTUAL: money + 2, RATE: 9.0}
    sheet = Sheet(table.sheet, widths | dict.fromkeys(range(GOALS, _LAST + 1), money))
    titled(sheet, stage.label, [each.to(lang) for each in _NOTES])
    for first, last, said in ((GOALS, ACTUALS - 1, _GOAL), (ACTUALS, _LAST, _DONE)):
        sheet.put(_GROUPS, first, said.to(lang), wear.GROUP if said is _GOAL else wear.GROUP_LATER, last)
    draw(sheet, whole, spots)
    draw(sheet, table, spots)
    last = _HEAD + max(1, len(table.lines))
    shaded(sheet, (_WHOLE, last), RATE)
    sheet.frozen_rows, sheet.frozen_cols = _HEAD + 1, NAME + 1
    sheet.filtered = (_HEAD, 0, last, _LAST)
    sheet.title_rows, sheet.title_cols = (_GROUPS, _HEAD), (NUMBER, NAME)
    sheet.pages_tall, sheet.pages_wide = 0, 2
    sheet.cursor = (_HEAD + 1, NAME)
    sheet.role = looks.MONTH_TAB
    sheet.quiet = {"formula_differs": [f"A1:{column(_LAST)}{last + 1}"], "formula_range": [f"A1:{column(_LAST)}{last + 1}"]}
    return sheet


_NOTES = (
    Text(
        "達成率 = 実績の累計 ÷ 同期間(実績のある月)の目標。率は平均せず、合計どうしを割っています。空欄は未入力です(0ではありません)。",
        "Achievement = actual to date ÷ the goals of the months that have an actual. Rates are quotients of sums, never averages. Blank: not typed, not 0.",
    ),
)

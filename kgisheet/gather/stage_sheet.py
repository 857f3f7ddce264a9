"""A stage's sheet: a row per manager, the months' goals and actuals beside each other, the whole above them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..language.text import Text
from ..layout import looks
from ..layout.model import Look, Sheet
from ..template.tables import MONTHS
from ..worksheet.solve import Held
from . import formulas, wear
from .drawing import of_managers, titled
from .model import Gathered, Row
from .sums import NOTHING, Total, sums_of
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
GROUPS, WHOLE, HEAD = 3, 4, 5
"""The rows of the sheets of managers: what groups the headings, the line of the whole, the headings."""


def month_of(said: str, lang: str) -> str:
    """Return a month as a heading: 26年4月, Apr 26."""
    year, _, number = said.partition("-")
    names = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{year[2:]}年{int(number)}月" if lang == "ja" else f"{names[int(number) - 1]} {year[2:]}"


def decimals(gathered: Gathered, at: int) -> int:
    """Return how many decimals a stage's figures show."""
    return sums_of(gathered).decimals[at]


def figure(gathered: Gathered, at: int, **more: object) -> Look:
    """Return the look of a stage's figures."""
    return wear.figure(gathered.columns[at], gathered.lang, decimals(gathered, at), **more)


def whole_id(at: int) -> str:
    """Return the id of the line with a stage's totals."""
    return f"whole:{at}"


def table_id(at: int) -> str:
    """Return the id of a stage's table."""
    return f"stage:{at}"


def totals(gathered: Gathered, at: int) -> Total:
    """Return the whole's sums of a stage."""
    whole = sums_of(gathered).whole
    return whole[at] if at < len(whole) else NOTHING


def stage_tables(gathered: Gathered, at: int, sheet: str) -> tuple[Table, Table]:
    """Return a stage's table and the line of its totals."""
    lang, sums = gathered.lang, sums_of(gathered).of
    months = [month_of(each, lang) for each in gathered.months]
    heads = (*(each.to(lang) for each in _HEADS), *months, *months)
    look = figure(gathered, at)
    bold = looks.over(look, bold=True)
    dress = (wear.NUMBER, wear.TEXT, bold, look, bold, wear.rate(bold=True), *[look] * MONTHS, *[look] * MONTHS)
    lines = [
        Line(
            str(number),
            (number, manager.name, *(_cells(at, str(number), manager.rows[at], of[at]) if of else _BLANKS)),
            dress,
            manager.name,
        )
        for number, (manager, of) in enumerate(zip(gathered.managers, sums, strict=True), 1)
    ]
    table = Table(table_id(at), f"gather_{at + 1}", sheet, HEAD, 0, heads, tuple(lines))
    whole = Line(ALL.to(lang), tuple(_whole(gathered, at)), (wear.TOTAL, wear.TOTAL, *map(wear.totalled, dress[YEAR:])))
    return table, Table(whole_id(at), f"gather_{at + 1}_all", sheet, WHOLE, 0, heads, (whole,), under=table.id)


_BLANKS = (None,) * (_LAST - NAME)


def _cells(at: int, key: str, row: Row, sums: Total) -> Iterator[Content]:
    """Yield a manager's figures."""
    table = table_id(at)

    def year(spots: Spots) -> str:
        return formulas.total(spots.here(table, key, GOALS, ACTUALS - 1))

    def due(spots: Spots) -> str:
        return formulas.due(spots.here(table, key, GOALS, ACTUALS - 1), spots.here(table, key, ACTUALS, _LAST))

    def actual(spots: Spots) -> str:
        return formulas.total(spots.here(table, key, ACTUALS, _LAST))

    by_month = any(each is not None for each in row.goals)
    yield Formula(year, sums.year) if by_month or row.year is None else row.year
    yield Formula(due, sums.due)
    yield Formula(actual, sums.actual)
    yield Formula(lambda spots: _rate(spots, table, key), sums.achievement)
    yield from row.goals
    yield from row.actuals


def _rate(spots: Spots, table: str, key: str) -> str:
    goals, actuals = spots.here(table, key, GOALS, ACTUALS - 1), spots.here(table, key, ACTUALS, _LAST)
    return formulas.achievement(goals, actuals, spots.here(table, key, DUE))


def _rate_of_all(spots: Spots, table: str, whole: str, key: str) -> str:
    goals, actuals = spots.block(table, GOALS, ACTUALS - 1), spots.block(table, ACTUALS, _LAST)
    return formulas.achievement(goals, actuals, spots.here(whole, key, DUE))


def _whole(gathered: Gathered, at: int) -> Iterator[Content]:
    table, whole, key = table_id(at), whole_id(at), ALL.to(gathered.lang)
    sums, known = totals(gathered, at), sums_of(gathered)
    yield key
    yield None
    yield summed(table, YEAR, sums.year)
    yield summed(table, DUE, sums.due)
    yield summed(table, ACTUAL, sums.actual)
    yield Formula(lambda spots: _rate_of_all(spots, table, whole, key), sums.achievement)
    for head, value in enumerate((*known.goals[at], *known.actuals[at]), GOALS):
        yield summed(table, head, value)


def summed(table: str, head: int, value: Fraction | None) -> Formula:
    """Return the sum of a column; blank where it has no figure."""

    def of_column(spots: Spots) -> str:
        return formulas.total(spots.down(table, head))

    return Formula(of_column, value)


def shown(table: str, key: str, head: int, value: Held) -> Formula:
    """Return the formula that shows another table's cell; blank where that is."""

    def there(spots: Spots) -> str:
        cell = spots.cell(table, key, head)
        return f'=IF({cell}="","",{cell})'

    return Formula(there, value)


def stage_sheet(gathered: Gathered, at: int, tables: tuple[Table, Table], spots: Spots) -> Sheet:
    """Return a stage's sheet."""
    lang, stage = gathered.lang, gathered.columns[at]
    money = 11.5 if stage.unit == "currency" else 8.5
    widths = {NUMBER: 5.0, NAME: 20.0, YEAR: money + 2, DUE: money + 2, ACTUAL: money + 2, RATE: 9.0}
    sheet = Sheet(tables[0].sheet, widths | dict.fromkeys(range(GOALS, _LAST + 1), money))
    titled(sheet, stage.label, [each.to(lang) for each in _NOTES])
    for first, last, said in ((GOALS, ACTUALS - 1, _GOAL), (ACTUALS, _LAST, _DONE)):
        sheet.put(GROUPS, first, said.to(lang), wear.GROUP if said is _GOAL else wear.GROUP_LATER, last)
    of_managers(sheet, tables, [RATE], spots)
    sheet.pages_wide = 2
    sheet.role = looks.MONTH_TAB
    return sheet


_NOTES = (
    Text(
        "達成率 = 実績 ÷ 目標。目標と実績が両方ある月だけを比べ、率は平均せず、合計どうしを割っています。空欄は未入力です(0ではありません)。",
        "Achievement = actual ÷ goal, of the months that have both. Rates are quotients of sums, never averages. Blank: not typed, not 0.",
    ),
)

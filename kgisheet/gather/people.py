"""The sheet of all managers, the furthest behind first: each stage's goal and actual, and what became of the workbook."""

from __future__ import annotations

from collections.abc import Iterator

from ..language.text import Text
from ..layout.model import Sheet
from . import stage_sheet, wear
from .drawing import of_managers, titled
from .model import Gathered, Manager
from .stage_sheet import ACTUAL, ALL, DUE, GROUPS, HEAD, RATE, YEAR, shown, table_id, whole_id
from .sums import Total, last_month, sums_of
from .tables import Content, Line, Link, Spots, Table

NUMBER, NAME, STATE, FILE, ERRORS, LAST, STAGES = range(7)
OF_STAGE = (YEAR, DUE, ACTUAL, RATE)
ID, WHOLE = "managers", "managers whole"
TITLE = Text("担当者別", "By manager")
_HEADS = (
    Text("No.", "No."),
    Text("担当者", "Manager"),
    Text("状態", "Status"),
    Text("ファイル", "File"),
    Text("誤り", "Errors"),
    Text("実績の最終月", "Last month with actuals"),
)
_OF_STAGE = (
    Text("年間目標", "Goal, year"),
    Text("同期間の目標", "Goal to date"),
    Text("実績", "Actual"),
    Text("達成率", "Achieved"),
)


def at_stage(stage: int, part: int) -> int:
    """Return the heading of a stage's figure: ``part`` 0 to 3, the year's goal, that of the same months, actual, achievement."""
    return STAGES + stage * len(OF_STAGE) + part


def people_tables(gathered: Gathered, sheet: str, hrefs: dict[str, str]) -> tuple[Table, Table]:
    """Return the table of the managers, and the line of the whole."""
    lang = gathered.lang
    heads = [each.to(lang) for each in _HEADS] + [each.to(lang) for _ in gathered.columns for each in _OF_STAGE]
    dress = [wear.NUMBER, wear.TEXT, wear.TEXT, wear.TEXT, wear.NUMBER, wear.NUMBER]
    for at in range(len(gathered.columns)):
        look = stage_sheet.figure(gathered, at)
        dress += [look, look, look, wear.rate(bold=True)]
    linked = [*dress[:FILE], wear.LINKED, *dress[FILE + 1 :]]
    lines = [
        Line(
            str(number),
            tuple(_cells(gathered, number, manager, hrefs.get(manager.file, ""))),
            tuple(linked if manager.file in hrefs else dress),
            manager.name,
        )
        for number, manager in enumerate(gathered.managers, 1)
    ]
    table = Table(ID, "gather_managers", sheet, HEAD, 0, tuple(heads), tuple(lines))
    whole = Line(ALL.to(lang), tuple(_whole(gathered)), (*[wear.TOTAL] * STAGES, *map(wear.totalled, dress[STAGES:])))
    return table, Table(WHOLE, "gather_managers_all", sheet, stage_sheet.WHOLE, 0, tuple(heads), (whole,), under=ID)


def _cells(gathered: Gathered, number: int, manager: Manager, href: str) -> Iterator[Content]:
    last = last_month(manager)
    yield number
    yield manager.name
    yield wear.state(manager, gathered.lang)
    yield Link(href, manager.file) if href else manager.file
    yield manager.errors or None
    yield None if last is None else stage_sheet.month_of(gathered.months[last], gathered.lang)
    if not manager.rows:
        yield from [None] * len(OF_STAGE) * len(gathered.columns)
    for at, sums in enumerate(sums_of(gathered).of[number - 1]):
        yield from _of_stage(table_id(at), str(number), sums)


def _of_stage(table: str, key: str, sums: Total) -> Iterator[Content]:
    """Yield a stage's figures, each as it is on the stage's own sheet."""
    for head, value in zip(OF_STAGE, sums.shown, strict=True):
        yield shown(table, key, head, value)


def _whole(gathered: Gathered) -> Iterator[Content]:
    key = ALL.to(gathered.lang)
    yield key
    yield from [None] * (STAGES - 1)
    for at in range(len(gathered.columns)):
        yield from _of_stage(whole_id(at), key, stage_sheet.totals(gathered, at))


def people_sheet(gathered: Gathered, tables: tuple[Table, Table], spots: Spots) -> Sheet:
    """Return the sheet."""
    lang = gathered.lang
    widths = {NUMBER: 5.5, NAME: 20.0, STATE: 12.0, FILE: 22.0, ERRORS: 7.0, LAST: 11.0}
    for at, stage in enumerate(gathered.columns):
        money = 13.5 if stage.unit == "currency" else 9.5
        widths |= {at_stage(at, part): money for part in range(3)} | {at_stage(at, 3): 9.5}
    sheet = Sheet(tables[0].sheet, widths)
    titled(sheet, TITLE.to(lang), [each.to(lang) for each in _NOTES])
    for at, stage in enumerate(gathered.columns):
        look = wear.GROUP if at % 2 == 0 else wear.GROUP_LATER
        sheet.put(GROUPS, at_stage(at, 0), stage.label, look, at_stage(at, 3))
    of_managers(sheet, tables, [at_stage(at, 3) for at in range(len(gathered.columns))], spots)
    sheet.is_protected = False  # it is there to be sorted, and every formula of it stays right when it is
    sheet.pages_wide = max(1, -(-len(gathered.columns) // 3))
    sheet.role = "watch"
    return sheet


_NOTES = (
    Text(
        "達成率の低い順です(最初の段階の達成率で並べ、実績のない人・未提出の人は後ろ)。並べ替えと絞り込みができます。ファイル名を押すと元のブックが開きます。",
        "Furthest behind first, by the first stage; those without actuals or a workbook come last. Sort and filter as you like. A file's name opens it.",
    ),
)

"""The report of a CSV: its values by their labels. It has no formulas, and what it may be beside a goal sheet is called by its name."""

from __future__ import annotations

import datetime

from ..check.finding import Report, finding, place
from ..csvio.actuals import read_actuals
from ..errors import CsvError, NotOursError, Problem, not_a_goal_sheet
from ..filled.exported_sheet import is_ours
from ..language.text import Text
from ..xlsx.read.reader import Read
from .as_shown import report_as_shown


def report_of_csv(read: Read, data: bytes, source: str) -> Report:
    """Return the report; raise NotOursError for what is not a goal sheet, and for a sheet of a workbook of ours."""
    if is_ours(read):
        raise NotOursError(Problem("export-of-ours", _EXPORT, _CHECK_THE_BOOK, source))
    found = report_as_shown(read, source)
    if found is None:
        raise not_a_goal_sheet(source)
    if found.status == "incomplete" and _is_actuals(data, source):
        raise NotOursError(Problem("not-ours", _ACTUALS, _TAKE_THEM, source))
    return found._replace(findings=tuple(sorted((*found.findings, finding("freeform.S12.csv")), key=place)))


def _is_actuals(data: bytes, source: str) -> bool:
    """Return whether it is one of actuals, as `monthly --actuals` takes it."""
    try:
        actuals = read_actuals(data, source, datetime.date(2000, 4, 1))
    except CsvError:
        return False
    return bool(actuals.rows) and not actuals.problems


_EXPORT = Text(
    "kgisheet のブックから書き出したシートです。値だけで数式がないため、検査していません",
    "this is a sheet exported from a workbook of kgisheet: it has values without formulas, and was not checked",
)
_CHECK_THE_BOOK = Text("元のブック(.xlsx)を検査してください", "check the workbook (.xlsx) itself")
_ACTUALS = Text("実績の表で、目標シートではありません", "this is a table of actuals, not a goal sheet")
_TAKE_THEM = Text(
    "ブックに取り込むには kgisheet monthly BOOK.xlsx --actuals を使ってください",
    "kgisheet monthly BOOK.xlsx --actuals takes them into a workbook",
)

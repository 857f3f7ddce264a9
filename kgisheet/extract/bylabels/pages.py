"""The goal sheets of a workbook as `freeform.read` reads them, the fullest first."""

from __future__ import annotations

from typing import NamedTuple

from ...formula.grid import Sheets
from ...formula.grid import held as value_of
from ...freeform.read.figures import plain
from ...freeform.read.page import Page
from ...freeform.read.planes import planes
from ...freeform.read.purpose import is_goal_sheet
from ...language.words import is_findings_sheet
from ...worksheet import provenance
from ...xlsx.read.reader import Read


class Known(NamedTuple):
    """A goal sheet, and every cell of it that holds a figure, read or not: how it reads, by its place."""

    page: Page
    held: dict[tuple[int, int], str]


def pages(read: Read) -> list[Known]:
    """Return the visible sheets that are goal sheets; the one with the most figures of different fields first."""
    aside = {sheet.title for sheet in read.sheets if sheet.hidden or is_findings_sheet(sheet.title)} | {provenance.SHEET}
    formulas = {where: each.formula for where, each in read.cells.items() if each.formula}
    constants = {where: value_of(each.value) for where, each in read.cells.items() if not each.formula}
    sheets = Sheets(formulas, constants, read.names, read.local_names, [sheet.title for sheet in read.sheets], read.loose)
    found = planes(read.cells, {sheet.title: sheet.merged for sheet in read.sheets}, aside)
    known = [page for page in (Page(plane, sheets, read.cells) for plane in found) if is_goal_sheet(page)]
    known.sort(key=lambda page: -len({each.field for each in page.figures}))
    return [
        Known(page, {at: spot.text or plain(held.number) for at, (spot, held) in page.amounts(sheets).items()})
        for page in known
    ]

"""Bytes of an .xlsx → its cells and names. The only importer of openpyxl."""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from typing import Any, NamedTuple

from .. import carried
from ..errors import BookError, Problem, Text
from ..sheets.model import Place, column_number
from .intake import LIMITS, Limits, inspect


class Filled(NamedTuple):
    """One stored cell: its formula (with ``=``) or None, its value (cached, if there is a formula), its number format."""

    formula: str | None
    value: Any
    format: str = "General"


class SheetFacts(NamedTuple):
    """What surrounds the cells of a sheet. Rows and columns from 0; areas as (row, col, last row, last col)."""

    title: str
    hidden: bool
    hidden_rows: frozenset[int]
    hidden_cols: frozenset[int]
    merged: tuple[tuple[int, int, int, int], ...]
    protected: bool
    validated: tuple[tuple[int, int, int, int], ...]


class BookFacts(NamedTuple):
    """How the workbook is to be calculated, and by which program it was saved."""

    manual: bool
    iterative: bool
    as_displayed: bool
    from_1904: bool
    program: str


class Read(NamedTuple):
    """A workbook as read. ``cells`` by (sheet, row, col) from 0; ``carried`` is {} where nothing is carried.

    ``properties`` are the custom document properties.
    """

    cells: dict[tuple[str, int, int], Filled]
    names: dict[str, Place]
    carried: dict[str, Any]
    properties: dict[str, Any]
    sheets: tuple[SheetFacts, ...]
    facts: BookFacts


_MAX_BLOCK = 1000
_REFERENCE = re.compile(r"^(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$")


def read(data: bytes, source: str, limits: Limits = LIMITS) -> Read:
    """The cells and names of a workbook; raises BookError in words where it can't be read."""
    inspect(data, source, limits)
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of what it would drop on saving; we don't save
            formulas: Any = openpyxl.load_workbook(io.BytesIO(data))
            values: Any = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        cells = _cells(formulas, values)
        names = {name: place for name, each in formulas.defined_names.items() if (place := _place(each.attr_text))}
        names = {name: place for name, place in names.items() if place.sheet in formulas.sheetnames}
        sheets = tuple(_sheet_facts(sheet) for sheet in formulas.worksheets)
        facts = _book_facts(formulas, data)
        properties = {each.name: each.value for each in formulas.custom_doc_props.props}
    except Exception as bad:  # noqa: BLE001  # openpyxl ends in a dozen kinds of exception on damaged parts
        raise BookError(
            Problem(
                "unreadable",
                Text(f"ブックの中身を読めません({type(bad).__name__})", f"its parts can't be read ({type(bad).__name__})"),
                Text("Excelで開いて保存し直してください", "open it in Excel and save it again"),
                source,
            )
        ) from None
    return Read(cells, names, _carried(cells), properties, sheets, facts)


def _cells(formulas: Any, values: Any) -> dict[tuple[str, int, int], Filled]:
    cells: dict[tuple[str, int, int], Filled] = {}
    for sheet in formulas.worksheets:
        cached = values[sheet.title]._cells
        # Only stored cells: one value in XFD1048576 claims 17 thousand million of them.
        for (row, col), cell in sheet._cells.items():
            value = cell.value
            if value is None:
                continue
            formula = None
            if cell.data_type == "f":
                formula = value if isinstance(value, str) else f"={getattr(value, 'text', '') or ''}".replace("==", "=")
                held = cached.get((row, col))
                value = None if held is None else held.value
            cells[sheet.title, row - 1, col - 1] = Filled(formula, value, cell.number_format)
    return cells


def _sheet_facts(sheet: Any) -> SheetFacts:
    return SheetFacts(
        title=sheet.title,
        hidden=sheet.sheet_state != "visible",
        hidden_rows=frozenset(row - 1 for row, each in sheet.row_dimensions.items() if each.hidden),
        hidden_cols=frozenset(
            col - 1
            for each in sheet.column_dimensions.values()
            if each.hidden
            for col in range(each.min or 1, min(each.max or each.min or 1, _MAX_COLUMNS) + 1)
        ),
        merged=tuple(_bounds(area) for area in sheet.merged_cells.ranges),
        protected=bool(sheet.protection.sheet),
        validated=tuple(_bounds(area) for rule in sheet.data_validations.dataValidation for area in rule.sqref.ranges),
    )


_MAX_COLUMNS = 16384


def _bounds(area: Any) -> tuple[int, int, int, int]:
    return area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1


def _book_facts(workbook: Any, data: bytes) -> BookFacts:
    calculation = workbook.calculation
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        app = package.read("docProps/app.xml") if "docProps/app.xml" in package.namelist() else b""
    program = re.search(rb"<(?:\w+:)?Application>([^<]*)<", app)
    return BookFacts(
        manual=calculation.calcMode == "manual",
        iterative=bool(calculation.iterate),
        as_displayed=calculation.fullPrecision is False,
        from_1904=workbook.epoch.year == 1904,
        program=program[1].decode("utf-8", "replace") if program else "",
    )


def _place(reference: str | None) -> Place | None:
    """A name's place; None for what is no area of a sheet."""
    match = _REFERENCE.match(reference or "")
    if match is None:
        return None
    sheet = match[1].replace("''", "'") if match[1] else match[2]
    row, col = int(match[4]) - 1, column_number(match[3])
    rows = int(match[6]) - row if match[6] else 1
    # A block of ours is one column of some dozen rows; a name over a million would keep us busy for nothing.
    if not 1 <= rows <= _MAX_BLOCK or (match[5] and column_number(match[5]) != col):
        return None
    return Place(sheet, row, col, rows)


def _carried(cells: dict[tuple[str, int, int], Filled]) -> dict[str, Any]:
    rows = sorted({row for sheet, row, _ in cells if sheet == carried.SHEET})

    def at(row: int, col: int) -> Any:
        filled = cells.get((carried.SHEET, row, col))
        return None if filled is None else filled.value

    try:
        return carried.decode((at(row, 0), at(row, 1), at(row, 2)) for row in rows)
    except ValueError:
        return {}


def as_date(value: Any) -> datetime.date | None:
    return value.date() if isinstance(value, datetime.datetime) else value if isinstance(value, datetime.date) else None

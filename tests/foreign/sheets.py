"""A goal sheet typed in a test: its rows as a workbook, checked, and what is said of it."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from kgisheet import api
from kgisheet.check.finding import Report

Rows = list[list[Any]]

PAGE: Rows = [
    ["Web売上", 12_000_000], ["受注単価", 4_000_000], ["受注数", 3], ["受注率", "30%"], ["案件化数", 10], ["案件化率", "25%"], ["商談数", 40],
]  # fmt: skip


def page(**changes: Any) -> list[list[Any]]:
    return [[label, changes.get(label, value)] for label, value in PAGE]


def sheet(*rows: list[Any], at: str = "A1", formats: dict[str, str] | None = None) -> bytes:
    """A workbook whose one sheet holds rows from a cell on."""
    workbook = openpyxl.Workbook()
    page = workbook.active
    assert page is not None
    start = page[at]
    for down, row in enumerate(rows):
        for across, value in enumerate(row):
            if value is not None:
                page.cell(start.row + down, start.column + across, value)
    for cell, code in (formats or {}).items():
        page[cell].number_format = code
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def book(sheets: dict[str, Rows]) -> bytes:
    """A workbook of several sheets, each with its rows from A1 on."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, rows in sheets.items():
        page = workbook.create_sheet(title)
        for row in rows:
            page.append(row)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def check(*rows: list[Any], **more: Any) -> Report:
    return api.check(sheet(*rows, **more), "x.xlsx")


def typed(rows: Rows, cell: str, value: Any) -> Rows:
    """Rows with another value in one cell."""
    col, row = ord(cell[0]) - ord("A"), int(cell[1:]) - 1
    return [[value if (at, place) == (row, col) else each for place, each in enumerate(line)] for at, line in enumerate(rows)]


def saved(cells: dict[tuple[int, int], tuple[Any, str]]) -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for (row, col), (value, code) in cells.items():
        if value != "":
            sheet.cell(row, col, value).number_format = code
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def codes(report: Report) -> list[tuple[str, str | None]]:
    return [(each.code, each.cell) for each in report.findings if each.severity != "note"]


def assert_named(rows: Rows, cell: str, wrong: Any, right: Any) -> None:
    """A right sheet is silent; with one cell typed wrong, that one alone is named, and about what it should be."""
    assert codes(check(*rows)) == []
    found = [each for each in check(*typed(rows, cell, wrong)).findings if each.severity != "note"]
    assert [each.cell for each in found] == [cell]
    assert float(found[0].expected) == pytest.approx(float(right), rel=0.002)


def named(report: Report) -> list[str | None]:
    """The cells of which something is said that is to be mended."""
    return [each.cell for each in grave(report)]


def read(report: Report) -> dict[str, Any]:
    return {each.name: each.value for each in report.readings}


def grave(report: Report) -> list[Any]:
    return [each for each in report.findings if each.severity in ("error", "warning")]

"""A harmless edit as a case: what is typed, done to the openpyxl workbook, or done in LibreOffice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import openpyxl

from .case import Book, Case, Cells, Office
from .standing import Standing

BOTH = ("office", "openpyxl", "office+openpyxl")


def typed(sheet: Standing, kind: str, values: dict[Any, Any], *savers: str, **more: Any) -> Case:
    return Case(sheet.subject, kind, (), tuple(address for _, address in values), Cells(values), savers, **more)


def changed(sheet: Standing, kind: str, edit: Callable[[openpyxl.Workbook], Any], *savers: str) -> Case:
    return Case(sheet.subject, kind, (), (), Book(edit), savers)


def in_office(sheet: Standing, kind: str, *steps: list[Any]) -> Case:
    return Case(sheet.subject, kind, (), (), Office(list(steps)))

"""Columns hidden through openpyxl, which keeps those of one width together: one of them is parted from the others first."""

from __future__ import annotations

from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.worksheet import Worksheet


def hide(sheet: Worksheet, letter: str) -> None:
    at = column_index_from_string(letter)
    for each in list(sheet.column_dimensions.values()):
        first, last = each.min or 0, each.max or 0
        if first < last and first <= at <= last:
            for index in range(first, last + 1):
                one = get_column_letter(index)
                sheet.column_dimensions[one] = ColumnDimension(
                    sheet, index=one, width=each.width, outlineLevel=each.outlineLevel
                )
    sheet.column_dimensions[letter].hidden = True

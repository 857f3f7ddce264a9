"""A workbook's sheets as rows of texts, for the page to draw with the findings marked."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from fractions import Fraction
from typing import Any

from ..errors import KgisheetError
from ..sheetfiles.reading import read
from ..values.regex import regex
from ..values.rounding import grouped
from ..xlsx.read.sheetpart import Filled

_ROWS, _COLUMNS, _SHEETS = 200, 40, 12
"""What is drawn at most: of a longer list the page says that the rest isn't shown."""

_DECIMALS = regex(r"[0#?]\.(0+)")
_TEXTS = regex(r'"[^"]*"|\\.|\[[^\]]*\]')
_LONG = 120


def sheets(data: bytes, name: str, marked: Collection[str]) -> list[dict[str, Any]]:
    """Return the sheets with marks, and the first one: title, the texts by row and column, areas, whether it goes on.

    A file that can't be read has none.
    """
    try:
        found = read(data, name).read
    except KgisheetError:
        return []
    wanted = [each for at, each in enumerate(found.sheets) if each.title in marked or (at == 0 and not each.hidden)][:_SHEETS]
    rows: dict[str, dict[int, dict[int, dict[str, Any]]]] = {each.title: {} for each in wanted}
    beyond: set[str] = set()
    for (title, row, col), cell in found.cells.items():
        if title not in rows or cell.value in (None, ""):
            continue
        if row >= _ROWS or col >= _COLUMNS:
            beyond.add(title)
            continue
        is_number = isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool)
        rows[title].setdefault(row, {})[col] = {"text": shown(cell), **({"number": True} if is_number else {})}
    return [
        {
            "title": each.title,
            "rows": rows[each.title],
            "merged": [list(area) for area in each.merged if area[0] < _ROWS and area[1] < _COLUMNS],
            "hidden_cols": sorted(at for at in each.hidden_cols if at < _COLUMNS),
            "hidden_rows": sorted(at for at in each.hidden_rows if at < _ROWS),
            "more": each.title in beyond,
        }
        for each in wanted
    ]


def shown(cell: Filled) -> str:
    """Return a cell's content about as a program shows it: per cent, thousands, a date."""
    value, code = cell.value, cell.format
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime.date):
        return value.strftime("%Y-%m-%d")
    if not isinstance(value, (int, float)):
        text = str(value)
        return text if len(text) <= _LONG else f"{text[: _LONG - 1]}…"
    bare = _TEXTS.sub("", code.partition(";")[0])
    decimals = _DECIMALS.search(bare)
    digits = len(decimals[1]) if decimals is not None else 0
    number = Fraction(repr(value))
    if "%" in bare:
        return f"{grouped(number * 100, digits)}%"
    if "," in bare or decimals is not None:
        return grouped(number, digits)
    return f"{value:g}" if abs(value) < 10**6 else grouped(number, 0) if number.denominator == 1 else f"{value:.2f}"

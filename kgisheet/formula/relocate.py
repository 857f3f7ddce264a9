"""Relocation of a formula whose cells have moved: rows and columns inserted or deleted, sheets renamed."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..values.a1 import column, column_number, quoted_sheet
from ..values.regex import regex

Where = tuple[str, int, int]

# Texts come first, so that they are passed over; what follows a ] is another workbook's.
_TOKEN = regex(
    r"""(?P<text>"(?:[^"]|"")*+(?:"|\Z))
    |(?:'(?P<quoted>(?:[^']|'')++)'!|(?<![\w.\]'\\])(?P<bare>[^\W\d][\w.]*)!|(?<![\w.\\$!]))
    (?P<col>\$?[A-Za-z]{1,3})(?P<row>\$?\d{1,7})(?::(?P<last_col>\$?[A-Za-z]{1,3})(?P<last_row>\$?\d{1,7}))?(?![\w.(\\!])
    |(?P<other>'(?:[^']|'')*+(?:'|\Z))""",
    re.VERBOSE,
)


def relocated(formula: str, sheet: str, place: Callable[[str, int, int], Where | None]) -> str | None:
    """Return ``formula`` of a cell on ``sheet``, each of its cells where ``place`` says; None if one of them is gone."""
    lost = False

    def one(match: re.Match[str]) -> str:
        nonlocal lost
        if match["text"] or match["other"]:
            return match[0]
        named = match["quoted"].replace("''", "'") if match["quoted"] else match["bare"]
        first = place(named or sheet, int(match["row"].lstrip("$")) - 1, column_number(match["col"].lstrip("$")))
        last = first
        if match["last_col"]:
            last = place(named or sheet, int(match["last_row"].lstrip("$")) - 1, column_number(match["last_col"].lstrip("$")))
        if first is None or last is None:
            lost = True
            return match[0]
        said = f"{quoted_sheet(first[0])}!" if named else ""
        said += _address(match["col"], match["row"], first)
        return f"{said}:{_address(match['last_col'], match['last_row'], last)}" if match["last_col"] else said

    made = _TOKEN.sub(one, formula)
    return None if lost else made


def _address(col: str, row: str, where: Where) -> str:
    """Return an address that keeps the ``$`` signs of the previous one."""
    return f"{'$' * (col[0] == '$')}{column(where[2])}{'$' * (row[0] == '$')}{where[1] + 1}"

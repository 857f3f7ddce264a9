"""A formula as it reads in another cell: a shared formula is written once for many cells."""

from __future__ import annotations

import re

from ..values.a1 import COLUMNS, ROWS, column, column_number

# Texts, quoted sheets and anything that only looks like a cell come first, so that they are passed over.
_TOKEN = re.compile(
    r"""(?P<quoted>"(?:[^"]|"")*+(?:"|\Z)|'(?:[^']|'')*+(?:'|\Z))
    |(?<![\w.\\$])(?P<cell>(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7}))(?![\w.(\\!])
    |(?<![\w.\\$])(?P<columns>(\$?)([A-Za-z]{1,3}):(\$?)([A-Za-z]{1,3}))(?![\w.(\\!])
    |(?<![\w.\\$])(?P<rows>(\$?)(\d{1,7}):(\$?)(\d{1,7}))(?![\w.(\\!])""",
    re.VERBOSE,
)


def shifted(formula: str, rows: int, cols: int) -> str:
    """Return ``formula`` copied that many rows down and columns right; references beyond the sheet become ``#REF!``."""

    def moved(match: re.Match[str]) -> str:
        if match["quoted"]:
            return match[0]
        groups = match.groups()
        if match["cell"]:
            found = _column(groups[2], groups[3], cols), _row(groups[4], groups[5], rows)
            return "#REF!" if None in found else "".join(map(str, found))
        if match["columns"]:
            found = _column(groups[7], groups[8], cols), _column(groups[9], groups[10], cols)
        else:
            found = _row(groups[12], groups[13], rows), _row(groups[14], groups[15], rows)
        return "#REF!" if None in found else ":".join(map(str, found))

    return _TOKEN.sub(moved, formula)


def relative(formula: str, row: int, col: int) -> str:
    """Return ``formula`` with its references as they lie from its cell: two cells with the same are copies of one another."""

    def lying(match: re.Match[str]) -> str:
        if match["quoted"]:
            return match[0]
        groups = match.groups()
        if match["cell"]:
            return _lying(groups[2], column_number(groups[3]), col) + _lying(groups[4], int(groups[5]) - 1, row)
        if match["columns"]:
            return ":".join(_lying(groups[at], column_number(groups[at + 1]), col) for at in (7, 9))
        return ":".join(_lying(groups[at], int(groups[at + 1]) - 1, row) for at in (12, 14))

    return _TOKEN.sub(lying, formula)


def _lying(dollar: str, number: int, own: int) -> str:
    return f"[${number}]" if dollar else f"[{number - own}]"


def _column(dollar: str, letters: str, by: int) -> str | None:
    number = column_number(letters) + (0 if dollar else by)
    return f"{dollar}{column(number)}" if 0 <= number < COLUMNS else None


def _row(dollar: str, digits: str, by: int) -> str | None:
    number = int(digits) + (0 if dollar else by)
    return f"{dollar}{number}" if 1 <= number <= ROWS else None

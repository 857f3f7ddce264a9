"""A formula as it reads in another cell: a shared formula is written once for many cells."""

from __future__ import annotations

import re

from ..values.a1 import COLUMNS, ROWS, column, column_number
from ..values.regex import regex

# Texts, quoted sheets and anything that only looks like a cell come first, so that they are passed over.
_TOKEN = regex(
    r"""(?P<quoted>"(?:[^"]|"")*+(?:"|\Z)|'(?:[^']|'')*+(?:'|\Z))
    |(?<![\w.\\$])(?P<cell>(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7}))(?![\w.(\\!])
    |(?<![\w.\\$])(?P<columns>(\$?)([A-Za-z]{1,3}):(\$?)([A-Za-z]{1,3}))(?![\w.(\\!])
    |(?<![\w.\\$])(?P<rows>(\$?)(\d{1,7}):(\$?)(\d{1,7}))(?![\w.(\\!])""",
    re.VERBOSE,
)


Reference = tuple[str, tuple[str, ...]]
"""What a reference is, a cell, columns or rows, and its pieces: a dollar, a letter or number, and so on."""


class Copied:
    """A formula that is copied to many cells: gone through once, and each different reference of it worked out once per copy."""

    def __init__(self, formula: str) -> None:
        self._pieces: list[str | int] = []
        """The texts between the references, and for each of these its number."""
        numbers: dict[Reference, int] = {}
        at = 0
        for match in _TOKEN.finditer(formula):
            if match["quoted"]:
                continue
            groups = match.groups()
            kind, first, last = (
                ("cell", 2, 6) if match["cell"] else ("columns", 7, 11) if match["columns"] else ("rows", 12, 16)
            )
            number = numbers.setdefault((kind, groups[first:last]), len(numbers))
            self._pieces += (formula[at : match.start()], number)
            at = match.end()
        self._pieces.append(formula[at:])
        self._references = tuple(numbers)
        self._down = [_downwards(each) for each in self._references]

    def at(self, rows: int, cols: int) -> str:
        """Return the formula copied that many rows down and columns right; references beyond the sheet become ``#REF!``."""
        if not cols and rows >= 0:  # as most copies lie
            texts = [
                f"{start[0]}{start[1] + rows}" if start is not None and start[1] + rows <= ROWS else _moved(each, rows, cols)
                for each, start in zip(self._references, self._down, strict=True)
            ]
        else:
            texts = [_moved(each, rows, cols) for each in self._references]
        return "".join([each if type(each) is str else texts[each] for each in self._pieces])  # type: ignore[index]


def _downwards(reference: Reference) -> tuple[str, int] | None:
    """Return how a cell's copies further down begin, and its row; None for what doesn't move with them."""
    kind, (dollar, first, other, second) = reference
    if kind != "cell" or other or column_number(first) >= COLUMNS or not 1 <= int(second) <= ROWS:
        return None
    return f"{dollar}{column(column_number(first))}", int(second)


def _moved(reference: Reference, rows: int, cols: int) -> str:
    kind, (dollar, first, other, second) = reference
    if kind == "cell":
        found = _column(dollar, first, cols), _row(other, second, rows)
        return "#REF!" if None in found else "".join(map(str, found))
    move, by = (_column, cols) if kind == "columns" else (_row, rows)
    found = move(dollar, first, by), move(other, second, by)
    return "#REF!" if None in found else ":".join(map(str, found))


def shifted(formula: str, rows: int, cols: int) -> str:
    """Return ``formula`` copied that many rows down and columns right."""
    return Copied(formula).at(rows, cols)


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

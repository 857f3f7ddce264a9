"""Months' tabs whose titles were swapped: recognised by the month that each holds, and by its formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..values.a1 import column_number
from ..values.regex import regex
from ..xlsx.read.reader import Read

_QUOTES = regex(r"'([^'\s]+)'!")
_CELL = regex(r"([A-Z]+)(\d+)")


def exchanged(read: Read, tabs: Sequence[str], generated: Mapping[str, Any], month_name: str) -> dict[str, str]:
    """Return, for written tabs whose title another one of them has now, their current titles.

    A month that was merely overwritten doesn't count: the formulas still match the title.
    """
    months = {tab: month for tab in tabs if (month := _month(read, tab, month_name)) is not None}
    moved = {month: tab for tab, month in months.items() if month != tab and month in tabs}
    if not moved or set(moved) != set(moved.values()):
        return {}
    return moved if all(_is_of(read, title, generated.get(tab), generated.get(title)) for tab, title in moved.items()) else {}


def _month(read: Read, title: str, name: str) -> str | None:
    """Return the month that the tab of a title holds: 2026-05."""
    place = read.local_names.get((title, name))
    filled = None if place is None else read.cells.get((place.sheet, place.row, place.col))
    return f"{filled.value:%Y-%m}" if filled is not None and hasattr(filled.value, "year") else None


def _is_of(read: Read, title: str, own: Any, other: Any) -> bool:
    """Return whether a sheet has the formulas of one written tab rather than another's, where the two differ."""
    votes = 0
    for where, text in own.items() if isinstance(own, dict) and isinstance(other, dict) else ():
        match = _CELL.fullmatch(where)
        if match is None or not str(text).startswith("=") or str(other.get(where)) == str(text):
            continue
        now = read.cells.get((title, int(match[2]) - 1, column_number(match[1])))
        if now is not None and now.formula is not None:
            votes += (_plain(now.formula) == _plain(text)) - (_plain(now.formula) == _plain(str(other.get(where))))
    return votes > 0


def _plain(formula: str) -> str:
    return _QUOTES.sub(r"\1!", formula).replace(" ", "")

"""The places of cells beneath headings: each table of a sheet by its own, where another template put columns between its columns.

Tables one below the other share a sheet's columns: of two that were laid out by different templates, one may have moved
and the other not. What the lines of the whole sheet say together is then wrong for one of them.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from ..values.a1 import Place
from .relocation import Anchors

_LEAST = 3
"""How many texts in a row make it a table's headings: a label and a remark beside it are fewer."""


class Headings:
    """The tables of the written sheets, and where the headings of their columns are now."""

    def __init__(self, anchors: Anchors) -> None:
        self._anchors = anchors
        self._known: dict[tuple[str, int], dict[int, int]] = {}

    def now(self, name: str) -> Place | None:
        """Return the current place of a named cell or block: by the headings of its columns, else by the lines of its sheet."""
        return self._beneath(name) or self._anchors.now(name)

    def _beneath(self, name: str) -> Place | None:
        then = self._anchors.then[name]
        head = self._head(then.sheet, then.row)
        if head is None:
            return None
        columns = self._columns(then.sheet, head)
        first, last = columns.get(then.col), columns.get(then.col + then.cols - 1)
        top, bottom = self._row(then.sheet, head, then.row), self._row(then.sheet, head, then.row + then.rows - 1)
        if first is None or last is None or top is None or bottom is None or last < first or bottom < top:
            return None
        return Place(self._anchors.titles[then.sheet], top, first, bottom - top + 1, last - first + 1)

    def _head(self, sheet: str, row: int) -> int | None:
        """Return the row of the headings above a row: the first of several texts since the last blank row."""
        filled, texts = self._filled.get(sheet, set()), self._texts.get(sheet, {})
        found = None
        for above in range(row - 1, -1, -1):
            if above not in filled:
                break
            if len(texts.get(above, {})) >= _LEAST:
                found = above
        return found

    def _columns(self, sheet: str, head: int) -> dict[int, int]:
        """Return the current columns by those written; of a heading that is there once, then and now, alone."""
        if (sheet, head) not in self._known:
            title, row = self._anchors.titles.get(sheet), self._row(sheet, head, head)
            cells = self._anchors.read.cells.items()
            now = [(_said(each.value), col) for (there, at, col), each in cells if (there, at) == (title, row)]
            where = _once(now)
            self._known[sheet, head] = {col: where[text] for text, col in self._texts[sheet][head].items() if text in where}
        return self._known[sheet, head]

    def _row(self, sheet: str, head: int, row: int) -> int | None:
        """Return a row's current number, by any column of the headings that can be located on the sheet."""
        cells = (self._anchors.cell(sheet, row, col) for col in self._texts[sheet][head].values())
        return next((each[1] for each in cells if each is not None), None)

    @cached_property
    def _texts(self) -> dict[str, dict[int, dict[str, int]]]:
        """By sheet and row, the columns of the written texts that are in the row once."""
        found: dict[str, dict[int, dict[str, int]]] = {}
        for sheet, cells in self._anchors.unnamed.items():
            rows: dict[int, list[tuple[str, int]]] = {}
            for (_, row, col), value in cells.items():
                if isinstance(value, str) and value and not value.startswith("="):
                    rows.setdefault(row, []).append((_said(value), col))
            found[sheet] = {row: _once(texts) for row, texts in rows.items()}
        return found

    @cached_property
    def _filled(self) -> dict[str, set[int]]:
        """By sheet, the rows into which anything was written, or in which a name is."""
        found = {sheet: {row for _, row, _ in cells} for sheet, cells in self._anchors.unnamed.items()}
        for place in self._anchors.then.values():
            found.setdefault(place.sheet, set()).update(range(place.row, place.row + place.rows))
        return found


def _once(texts: list[tuple[str, int]]) -> dict[str, int]:
    """Return the columns of the texts that are there once: no others can be landmarks."""
    counts = Counter(text for text, _ in texts)
    return {text: col for text, col in texts if counts[text] == 1}


def _said(text: object) -> str:
    """Return a heading without its blanks: where its lines break hangs on how wide the columns are, and so on their number."""
    return "".join(str(text).split())

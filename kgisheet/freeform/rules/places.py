"""Cells by where they are: which of many are in an area, without going through all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from ...formula.grid import Where
from ...formula.nodes import Area, Cell
from ...values import budget


class Places:
    """Some cells of a workbook."""

    def __init__(self, cells: Iterable[Where]) -> None:
        self._rows: dict[str, dict[int, list[int]]] = {}
        for sheet, row, col in cells:
            self._rows.setdefault(sheet, {}).setdefault(row, []).append(col)
        for rows in self._rows.values():
            for cols in rows.values():
                cols.sort()
        self._order = {sheet: sorted(rows) for sheet, rows in self._rows.items()}

    def __bool__(self) -> bool:
        return bool(self._rows)

    def inside(self, each: Cell | Area) -> Iterator[Where]:
        """Yield those that a reference, with its sheet, has in it; the rows that are gone through are spent from the budget."""
        sheet = str(each.sheet)
        rows = self._rows.get(sheet)
        if rows is None:
            return
        last_row, last_col = (each.last_row, each.last_col) if isinstance(each, Area) else (each.row, each.col)
        order = self._order[sheet]
        for row in order[bisect_left(order, each.row) : bisect_right(order, last_row)]:
            budget.spend(budget.STEPS, 1)
            cols = rows[row]
            for col in cols[bisect_left(cols, each.col) : bisect_right(cols, last_col)]:
                yield sheet, row, col

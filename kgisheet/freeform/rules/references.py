"""The cells to which a formula of the workbook refers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from ...formula.grid import Sheets, Where
from ...formula.nodes import Area, Cell, walk
from ...formula.parser import FormulaError, parse
from ...values import budget

_AREA = 60


class References:
    """The references of each formula of a workbook, worked out when it is asked for."""

    def __init__(self, sheets: Sheets) -> None:
        self.formulas = sheets.formulas
        self._found: dict[Where, frozenset[Where]] = {}

    def of(self, where: Where) -> frozenset[Where]:
        """Return the cells to which a cell's formula refers by itself; none for a typed one."""
        found = self._found.get(where)
        if found is None:
            formula = self.formulas.get(where)
            found = frozenset() if formula is None else frozenset(budget.as_far_as_paid(cells_of(formula, where[0])))
            self._found[where] = found
        return found

    def is_filled(self, where: Where) -> bool:
        """Return whether a formula next to one is the same, seen from its own cell, but for cells that both refer to."""
        sheet, row, col = where
        own = self.of(where)
        for down, right in ((-1, 0), (1, 0), (0, -1), (0, 1)):
            there = (sheet, row + down, col + right)
            other = self.of(there)
            if other and own != other and seen_from(where, own - other) == seen_from(there, other - own):
                return True
        return False

    @cached_property
    def used(self) -> set[Where]:
        """The cells to which some formula of the workbook refers."""
        return {cell for where in self.formulas for cell in self.of(where)}

    @cached_property
    def users(self) -> dict[Where, set[Where]]:
        """The cells whose formulas refer to each cell."""
        found: dict[Where, set[Where]] = {}
        for where in self.formulas:
            for cell in self.of(where):
                found.setdefault(cell, set()).add(where)
        return found

    def makes_another(self, where: Where, others: frozenset[Where]) -> bool:
        """Return whether a formula makes another cell of just those with which a typed one is said to be: inbound meetings, and not all."""
        if where in self.formulas or not others:
            return False
        users = set.intersection(*(self.users.get(each, set()) for each in others))
        return any(each != where and self.of(each) == others for each in users)

    def behind(self, where: Where) -> set[Where]:
        """Return the cells of which a cell is made, by its formula and by those of others."""
        found: set[Where] = set()
        new = [where]
        while new:
            before = self.of(new.pop()) - found
            found |= before
            new += before
        return found

    def followers(self, cells: set[Where]) -> set[Where]:
        """Return the cells that follow from some by their formulas, over others, too."""
        found: set[Where] = set()
        new = list(cells)
        while new:
            after = self.users.get(new.pop(), set()) - found
            found.update(after)
            new += after
        return found


def seen_from(where: Where, cells: Iterable[Where]) -> frozenset[Where]:
    """Return how cells lie from another one: two figures are worked out alike of those that lie alike from each."""
    _, row, col = where
    return frozenset((sheet, its_row - row, its_col - col) for sheet, its_row, its_col in cells)


def cells_of(formula: str, sheet: str) -> Iterator[Where]:
    """Yield the cells to which a formula of a sheet refers; of a large area its first ones."""
    try:
        nodes = list(walk(parse(formula)))
    except FormulaError:
        return
    areas = [each for each in nodes if type(each) is Area]
    if areas:
        budget.spend(budget.STEPS, sum(map(_seen, areas)) // _CELLS_A_STEP)
    for each in nodes:
        if isinstance(each, (Cell, Area)):
            yield from ((str(each.sheet or sheet), row, col) for row, col in _inside(each))


_CELLS_A_STEP = 2
"""Cells of areas that are gone through in a step."""


def _seen(each: Area) -> int:
    """Return how many cells of an area are looked at."""
    return (min(each.last_row - each.row, _AREA) + 1) * (min(each.last_col - each.col, _AREA) + 1)


def _inside(each: Cell | Area) -> Iterator[tuple[int, int]]:
    """Yield the places of a reference; of a large area its first ones."""
    last_row, last_col = (each.last_row, each.last_col) if isinstance(each, Area) else (each.row, each.col)
    for row in range(each.row, min(last_row, each.row + _AREA) + 1):
        for col in range(each.col, min(last_col, each.col + _AREA) + 1):
            yield row, col

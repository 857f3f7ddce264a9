"""Formulas that several cells of a sheet share: shared formulas, array formulas and data tables."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import NamedTuple

from ...formula.shift import shifted
from ..read.areas import Areas, Cell, area
from ..read.sheetpart import Bounds
from ..read.xml import XmlError, tree
from .markup import Node, escape, is_empty

SHARED, ARRAY, TABLE = "shared", "array", "dataTable"
_MOST = 4_000_000
"""Characters that taking formulas apart may make; 10,000 cells with usual formulas need half a million."""


class Placed(NamedTuple):
    """The formula element of a cell."""

    cell: Cell
    node: Node


class _Shared:
    """One formula written in its first cell, and the cells that only name it."""

    def __init__(self, text: str, first: Cell) -> None:
        self.text = text
        self.first = first
        self.others: list[Placed] = []


class FormulaGroups:
    """The groups of one sheet, reported cell by cell in the order of the file."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._by_index: dict[str, _Shared] = {}
        self._by_first: dict[Cell, _Shared] = {}
        self._areas = Areas()
        self._made = 0

    def add(self, cell: Cell, node: Node) -> None:
        """Record a formula whose element has a type."""
        kind = node.get("t")
        if kind == SHARED:
            index, text = node.get("si"), self._text(node)
            if text:
                self._by_index[index] = self._by_first[cell] = _Shared(text, cell)
            elif index in self._by_index:
                self._by_index[index].others.append(Placed(cell, node))
        elif kind in (ARRAY, TABLE):
            found = area(node.get("ref"))
            if found is not None and (kind == TABLE or found[:2] != found[2:]):
                self._areas.add(found)

    def over(self, cell: Cell) -> Bounds | None:
        """Return the array or data table that a cell lies in, if it is over several cells."""
        return self._areas.at(cell)

    def expanded(self, first: Cell, but: Container[Cell]) -> Iterator[tuple[Node, str]]:
        """Yield the formulas that the other cells of a group need when its first cell changes, each as a whole element."""
        group = self._by_first.get(first)
        for cell, node in group.others if group is not None else ():
            if cell in but:
                continue
            assert group is not None
            text = shifted(group.text, cell[0] - first[0], cell[1] - first[1])
            self._made += len(text)
            if self._made > _MOST:
                raise XmlError("共有数式が多すぎます", "too many shared formulas")
            kept = ' ca="1"' if node.get("ca") in ("1", "true") else ""
            yield node, f"<{node.tag}{kept}>{escape(text)}</{node.tag}>"

    def _text(self, node: Node) -> str:
        if is_empty(self.data, node):
            return ""
        # Entities and CDATA are what the parser says they are.
        return tree(self.data[node.start : node.end]).text.strip().removeprefix("=")

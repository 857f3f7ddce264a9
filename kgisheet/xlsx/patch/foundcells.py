"""Single cells of a worksheet's part, found in one pass over its bytes; for a cell that is not stored, where it belongs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...values.a1 import address, column_number
from ..read.areas import CELL, Cell
from ..read.xml import Attributes
from .formulagroups import FormulaGroups
from .literal import UnclearError, attribute, attributes, element, node, plain_cell, tags
from .markup import Inside, Node, inside, is_empty, local, scan, tag_end

_SHARED = re.compile(rb"""<(?:[^\s<>/:]+:)?f\s(?:[^>"']|"[^"]*"|'[^']*')*?\bt\s*=""")
"""A formula that several cells may share."""
_BLANKS = (b" ", b"\n", b"\t", b"\r")
"""A formula with any attribute has one of these behind its name: that is found much faster, and in few files."""

_SHEET, _ROW, _CELL, _INSIDE = 1, 2, 3, 4
"""How deep an element is: the sheet's data, a row, a cell, a formula or a value."""


class Found:
    """The rows and cells that are wanted, as they are in the file.

    ``rows`` are those that are stored; ``row_before`` and ``cell_before`` give, for rows and cells that are not, the
    byte at which they belong where others follow. ``heights`` (points) are those of all rows near the wanted ones.
    ``plain`` are the cells that are written as nearly all are; any cell's element is given by ``cell``.
    """

    def __init__(self, data: bytes, sheet_data: Node, wanted: Iterable[Cell]) -> None:
        self._data = data
        self._begins = sheet_data.start
        self._by_row: dict[int, list[int]] = {}
        for row, col in sorted(wanted):
            self._by_row.setdefault(row, []).append(col)
        self._begin()
        if (content := inside(data, b"sheetData")) is not None:
            try:
                self._by_bytes(content)
            except UnclearError:
                self._begin()
            else:
                return
        scan(data, self._start, self._end)

    def __contains__(self, cell: Cell) -> bool:
        return cell in self.plain or cell in self._cells

    def cell(self, cell: Cell) -> Node | None:
        """Return the element of a wanted cell; None if it is not stored."""
        if cell not in self._cells and cell in self.plain:
            self._cells[cell] = node(self.plain[cell])
        return self._cells.get(cell)

    def _begin(self) -> None:
        self.rows: dict[int, Node] = {}
        self.plain: dict[Cell, re.Match[bytes]] = {}
        self._cells: dict[Cell, Node] = {}
        self.row_before: dict[int, int] = {}
        self.cell_before: dict[Cell, int] = {}
        self.heights: dict[int, float] = {}
        self.groups = FormulaGroups(self._data)
        self._rows_open = sorted(self._by_row)
        self._last_height = (self._rows_open[-1] if self._rows_open else -1) + 100
        self._depth = 0
        self._row = self._col = -1
        self._cols_open: list[int] = []
        self._cell: Node | None = None
        self._child: Node | None = None

    def _by_bytes(self, content: Inside) -> None:
        """Find them without a look at the other cells; raise UnclearError."""
        data, prefix = self._data, content.prefix
        if _is_unusual(data, content.start, content.end):
            raise UnclearError
        row_name, cell_name = prefix + b"row", prefix + b"c"
        rows = list(tags(data, row_name, content.start, content.end))
        ends = [each.start() for each in rows[1:]] + [content.end] * bool(rows)
        for tag, behind in zip(rows, ends, strict=True):
            self._start_row(row_name.decode(), self._of_row(tag[0]), tag.start())
            if self._row not in self.rows:
                continue
            if not tag[0].endswith(b"/>"):
                self.rows[self._row].inner_end = data.rindex(b"</" + row_name, tag.end(), behind)
            if self._are_plain(tag.end(), behind):
                continue
            for cell in tags(data, cell_name, tag.end(), behind):
                if self._is_wanted(attribute(cell[0], b"r"), cell.start()):
                    self._cells[self._row, self._col] = element(data, cell, cell_name)
                if not self._cols_open:
                    break

    def _of_row(self, tag: bytes) -> Attributes:
        """Return a row's attributes; of one without a wanted cell only its number and height."""
        row = attribute(tag, b"r")
        if row is None or number(row, 0) - 1 in self._by_row:
            return attributes(tag)
        height = attribute(tag, b"ht") if b" ht=" in tag else None
        return {"r": row} if height is None else {"r": row, "ht": height}

    def _are_plain(self, start: int, end: int) -> bool:
        """Return whether the row's wanted cells are all stored, and plain: then they are found by their addresses alone."""
        data, found = self._data, {}
        for col in self._cols_open:
            at = data.find(f'<c r="{address(self._row, col)}"'.encode(), start, end)
            cell = plain_cell(data, at) if at >= 0 else None
            if cell is None:
                return False
            found[self._row, col], start = cell, cell.end()
        self.plain |= found
        return True

    def _start(self, tag: str, attributes: Attributes, at: int) -> None:
        if not self._depth:
            self._depth = int(at == self._begins)
            return
        self._depth += 1
        if self._depth == _ROW and local(tag) == "row":
            self._start_row(tag, attributes, at)
        elif self._depth == _CELL and local(tag) == "c":
            self._start_cell(tag, attributes, at)
        elif self._depth == _INSIDE and (self._cell is not None or "t" in attributes):
            # A child of a wanted cell, or a formula that several cells may share.
            self._child = self._node(tag, attributes, at)

    def _start_row(self, tag: str, attributes: Attributes, at: int) -> None:
        # Programs may leave out r; then it is the next one.
        self._row = number(attributes.get("r"), self._row + 2) - 1
        self._col = -1
        while self._rows_open and self._rows_open[0] <= self._row:
            self.row_before[self._rows_open.pop(0)] = at
        self._cols_open = list(self._by_row.get(self._row, ()))
        if self._cols_open:
            self.rows[self._row] = self._node(tag, attributes, at)
        if "ht" in attributes and self._row <= self._last_height:
            self.heights[self._row] = _height(attributes["ht"])

    def _start_cell(self, tag: str, attributes: Attributes, at: int) -> None:
        self._cell = None
        if self._is_wanted(attributes.get("r"), at):
            self._cell = self._cells[self._row, self._col] = self._node(tag, attributes, at)

    def _is_wanted(self, place: str | None, at: int) -> bool:
        """Return whether the row's next cell is asked for."""
        match = CELL.match(place) if place else None
        self._col = column_number(match[1]) if match else self._col + 1
        is_wanted = False
        while self._cols_open and self._cols_open[0] <= self._col:
            self.cell_before[self._row, self._cols_open[0]] = at
            is_wanted = self._cols_open.pop(0) == self._col
        return is_wanted

    def _end(self, _tag: str, at: int) -> None:
        if self._depth == _INSIDE and self._child is not None:
            self._close(self._child, at)
            if self._cell is not None:
                self._cell.children.append(self._child)
            if "t" in self._child.attributes and self._child.name == "f":
                self.groups.add((self._row, self._col), self._child)
            self._child = None
        elif self._depth == _CELL and self._cell is not None:
            self._close(self._cell, at)
            self._cell = None
        self._depth -= self._depth > 0
        if self._depth == _SHEET and self._row in self.rows:
            row = self.rows[self._row]
            if at != row.inner or self._data[row.inner - 2 : row.inner] != b"/>":
                row.inner_end = at

    def _node(self, tag: str, attributes: Attributes, at: int) -> Node:
        return Node(tag, attributes, at, tag_end(self._data, at))

    def _close(self, node: Node, at: int) -> None:
        if not is_empty(self._data, node):
            node.inner_end, node.end = at, self._data.index(b">", at) + 1


def _is_unusual(data: bytes, start: int, end: int) -> bool:
    """Return whether there is a formula that several cells may share, or what could hold elements of any name."""
    if data.find(b"extLst", start, end) >= 0:
        return True
    blanks = [each for each in _BLANKS if data.find(each, start, end) >= 0]
    begins = (before + b"f" + blank for blank in blanks for before in (b"<", b":"))
    return any(data.find(each, start, end) >= 0 for each in begins) and bool(_SHARED.search(data, start, end))


def number(text: str | None, otherwise: int) -> int:
    """Return a whole number of an attribute; ``otherwise`` where it is none that a sheet could mean."""
    return int(text) if text is not None and text.isdigit() and len(text) < 9 else otherwise


def _height(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 15.0
    return value if 0 <= value <= 409.5 else 15.0

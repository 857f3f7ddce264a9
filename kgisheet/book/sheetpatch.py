"""A worksheet's part, changed at single cells: another format for a cell, a cell put in, a child element added."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..sheets.model import address, column_number
from .markup import Edits, Node, local, outline, scan, tag_end
from .package import Package
from .xml import Attributes, XmlError

ORDER = (
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
"""The sequence of a worksheet's children (ECMA-376, CT_Worksheet); Excel repairs a file that breaks it."""

MAX_ROW, MAX_COL = 1_048_576, 16_384
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})$")

Cell = tuple[int, int]
"""Row and column, from 0."""


class SheetPatch:
    """One worksheet, read once with the cells that are to be changed; ``save`` makes the changes.

    Of a merged area the first cell stands for all: ``anchor``.
    """

    def __init__(self, package: Package, part: str, wanted: Iterable[Cell]) -> None:
        self.package = package
        self.part = part
        self.data = package.parts[part]
        with package.in_words(part):
            self.root = outline(self.data, 2, skip=("sheetData",))
            data = self.root.first("sheetData")
            if self.root.name != "worksheet" or data is None:
                raise XmlError("no worksheet")
            self.sheet_data = data
            self._merged = [area for node in self._children("mergeCells") if (area := _area(node.get("ref")))]
            self.wanted = sorted({self.anchor(cell) for cell in wanted})
            self.rows: dict[int, Node] = {}
            self.heights: dict[int, float] = {}
            self._cells: dict[Cell, Node] = {}
            self._row_before: dict[int, int] = {}  # a row that is not there → the byte it belongs at
            self._cell_before: dict[Cell, int] = {}
            self._scan()
        self.edits = Edits(self.data)
        self._styled: dict[Cell, int] = {}

    def anchor(self, cell: Cell) -> Cell:
        """The cell itself or, within a merged area, the one that shows."""
        row, col = cell
        areas = self._merged
        return next(((t, left) for t, left, b, right in areas if t <= row <= b and left <= col <= right), cell)

    def style(self, cell: Cell) -> int:
        """The format that a cell shows: its own, else its row's, else its column's."""
        row, col = cell
        found = self._cells.get(cell)
        if found is not None:
            return _number(found.get("s"), 0)
        of_row = self.rows.get(row)
        if of_row is not None and of_row.get("s") and of_row.get("customFormat") in ("1", "true"):
            return _number(of_row.get("s"), 0)
        for each in self.columns():
            if _number(each.get("min"), 0) <= col + 1 <= _number(each.get("max"), 0):
                return _number(each.get("style"), 0)
        return 0

    def set_style(self, cell: Cell, style: int) -> None:
        """Gives a wanted cell another format; a cell that is not stored is put in, without a value."""
        self._styled[cell] = style

    def columns(self) -> list[Node]:
        """The column elements: widths, formats, what is hidden."""
        return self._children("cols")

    def add(self, name: str, xml: str) -> None:
        """Adds a child of the worksheet where the sequence wants it."""
        self.edits.place(self.root, ORDER, name, xml)

    def save(self) -> None:
        """Puts the changed worksheet into the package."""
        with self.package.in_words(self.part):
            self._write_cells()
            self.package.put(self.part, self.edits.result())

    def _children(self, name: str) -> list[Node]:
        return [each for node in self.root.all(name) for each in node.children]

    def _scan(self) -> None:
        """Finds the wanted cells, and for those that are not there the places where they belong."""
        by_row: dict[int, list[int]] = {}
        for row, col in self.wanted:
            by_row.setdefault(row, []).append(col)
        rows_open = sorted(by_row)
        last_height = (rows_open[-1] if rows_open else -1) + 100
        inside = 0  # the depth below sheetData, 0 outside
        row, col = -1, -1
        cols_open: list[int] = []
        data, cells, before = self.data, self._cells, self._cell_before

        def start(tag: str, attributes: Attributes, at: int) -> None:
            nonlocal inside, row, col, cols_open
            if not inside:
                inside = int(at == self.sheet_data.start)
                return
            inside += 1
            if inside == 2 and local(tag) == "row":
                # Programs may leave out r; then it is the next one.
                row = _number(attributes.get("r"), row + 2) - 1
                col = -1
                while rows_open and rows_open[0] <= row:
                    self._row_before[rows_open.pop(0)] = at
                cols_open = list(by_row.get(row, ()))
                if cols_open:
                    self.rows[row] = Node(tag, attributes, at, tag_end(data, at))
                if "ht" in attributes and row <= last_height:
                    self.heights[row] = _decimal(attributes["ht"])
            elif inside == 3 and local(tag) == "c":
                place = attributes.get("r")
                match = _CELL.match(place) if place else None
                col = column_number(match[1]) if match else col + 1
                while cols_open and cols_open[0] <= col:
                    before[row, cols_open[0]] = at
                    if cols_open.pop(0) == col:
                        cells[row, col] = Node(tag, attributes, at, tag_end(data, at))

        def end(_tag: str, at: int) -> None:
            nonlocal inside
            inside -= inside > 0
            if inside == 1 and row in self.rows:
                node = self.rows[row]
                if at != node.inner or data[node.inner - 2 : node.inner] != b"/>":
                    node.inner_end = at

        scan(data, start, end)

    def _write_cells(self) -> None:
        edits = self.edits
        prefix = self.sheet_data.prefix
        new_rows: dict[int, list[str]] = {}
        put_in: dict[int, list[int]] = {}
        for (row, col), style in sorted(self._styled.items()):
            found = self._cells.get((row, col))
            if found is not None:
                edits.set(found, "s", style)
                continue
            cell = f'<{prefix}c r="{address(row, col)}" s="{style}"/>'
            at_row = self.rows.get(row)
            if at_row is None:
                new_rows.setdefault(row, []).append(cell)
                continue
            if (row, col) in self._cell_before:
                edits.insert(self._cell_before[row, col], cell, col)
            else:
                edits.append(at_row, cell)
            put_in.setdefault(row, []).append(col)
        for row, cols in put_in.items():
            self._widen(self.rows[row], cols)
        for row, cells in new_rows.items():
            xml = f'<{prefix}row r="{row + 1}">{"".join(cells)}</{prefix}row>'
            if row in self._row_before:
                edits.insert(self._row_before[row], xml, row)
            else:
                edits.append(self.sheet_data, xml)
        self._extend_dimension()

    def _widen(self, row: Node, cols: list[int]) -> None:
        """``spans`` says which columns a row uses at most."""
        spans = re.fullmatch(r"(\d+):(\d+)", row.get("spans"))
        if spans is not None:
            first, last = min(int(spans[1]), *(col + 1 for col in cols)), max(int(spans[2]), *(col + 1 for col in cols))
            if f"{first}:{last}" != spans[0]:
                self.edits.set(row, "spans", f"{first}:{last}")

    def _extend_dimension(self) -> None:
        node = self.root.first("dimension")
        area = _area(node.get("ref")) if node is not None else None
        new = [cell for cell in self._styled if cell not in self._cells]
        if node is None or area is None or not new:
            return
        rows, cols = [row for row, _ in new], [col for _, col in new]
        top, left = min(area[0], *rows), min(area[1], *cols)
        bottom, right = max(area[2], *rows), max(area[3], *cols)
        if (top, left, bottom, right) != area:
            self.edits.set(node, "ref", f"{address(top, left)}:{address(bottom, right)}")


def cell_at(text: str) -> Cell | None:
    """``B7`` → (6, 1), of an area the first cell; None for what is no cell."""
    area = _area(text)
    return None if area is None else area[:2]


def _area(ref: str) -> tuple[int, int, int, int] | None:
    first, _, last = ref.partition(":")
    start, end = _CELL.match(first), _CELL.match(last or first)
    if start is None or end is None:
        return None
    area = int(start[2]) - 1, column_number(start[1]), int(end[2]) - 1, column_number(end[1])
    return area if 0 <= area[0] <= area[2] < MAX_ROW and area[1] <= area[3] < MAX_COL else None


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isdigit() and len(text) < 9 else otherwise


def _decimal(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 15.0
    return value if 0 <= value <= 409.5 else 15.0

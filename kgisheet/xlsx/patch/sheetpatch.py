"""A worksheet's part, changed at single cells: another format or content, a cell inserted, a child element added."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable

from ...errors import BookError, Problem
from ...language.text import Text
from ...values.a1 import address, cell_of
from ..read.areas import Areas, Cell, area
from ..read.sheetpart import Bounds
from ..read.xml import XmlError
from .content import Content, RefusedError, Value, Written, cached, written
from .foundcells import Found, number
from .literal import outlined
from .markup import Edits, Node, is_empty, with_attribute, without_attributes
from .package import Package
from .tabs import tabs
from .workbookpart import from_1904

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


_SHALLOW = frozenset((b"conditionalFormatting", b"dataValidations", b"hyperlinks", b"ignoredErrors"))
"""The children of a worksheet of which nobody here asks more than where they are."""


def worksheet(data: bytes, is_sound: bool = False) -> Node:
    """Return a worksheet's outline, two levels deep, without its cells; raise XmlError unless it ``is_sound``."""
    return outlined(data, "sheetData", _SHALLOW, is_sound)


class SheetPatch:
    """One worksheet, read once with the cells that are to be changed; ``save`` makes the changes.

    In a merged area the first cell represents all: ``anchor``. Changing a cell that was not
    requested is a KeyError.
    """

    def __init__(self, package: Package, part: str, wanted: Iterable[Cell]) -> None:
        self.package = package
        self.part = part
        self.data = package.parts[part]
        with package.in_words(part):
            self.root = worksheet(self.data, package.parsed.get(part) is self.data)
            data = self.root.first("sheetData")
            if self.root.name != "worksheet" or data is None:
                raise XmlError("シートではありません", "no worksheet")
            self.sheet_data = data
            self._merged = Areas(found for node in self._children("mergeCells") if (found := area(node.get("ref"))))
            named = set(wanted)
            self.wanted = named | {self.anchor(cell) for cell in named}
            self.found = Found(self.data, data, self.wanted)
        self.edits = Edits(self.data)
        self._styled: dict[Cell, int] = {}
        self._contents: dict[Cell, Written] = {}
        self._cached: dict[Cell, Written] = {}

    def anchor(self, cell: Cell) -> Cell:
        """Return the cell itself or, within a merged area, the one that shows."""
        found = self._merged.at(cell)
        return cell if found is None else found[:2]

    def style(self, cell: Cell) -> int:
        """Return the format that a cell shows: its own, else its row's, else its column's."""
        row, col = cell
        found = self.found.cell(cell)
        if found is not None:
            return number(found.get("s"), 0)
        of_row = self.found.rows.get(row)
        if of_row is not None and of_row.get("s") and of_row.get("customFormat") in ("1", "true"):
            return number(of_row.get("s"), 0)
        for each in self.columns():
            if number(each.get("min"), 0) <= col + 1 <= number(each.get("max"), 0):
                return number(each.get("style"), 0)
        return 0

    def set_style(self, cell: Cell, style: int) -> None:
        """Give a requested cell another format; a cell that is not stored is inserted without a value."""
        self._styled[self._known(cell)] = style

    def set_content(self, cell: Cell, content: Content) -> None:
        """Replace the content of a requested cell, keeping its format; a cell that is not stored is inserted.

        Raise BookError for content that the cell can't hold, for a part of an array or a data table,
        and for a cell hidden by a merged area. The last call for a cell counts.
        """
        self._known(cell)
        over = self.found.groups.over(cell)
        if over is not None:
            raise self._refused(cell, *_in_array(over))
        if content != (None, None) and self.anchor(cell) != cell:
            raise self._refused(cell, *_merged_over(self.anchor(cell)))
        self._contents[cell] = self._in_words(cell, lambda: written(content, self._from_1904))
        self._cached.pop(cell, None)

    def cached(self, cell: Cell, value: Value) -> None:
        """Replace the cached result of a requested cell's formula, which itself stays to the byte."""
        node = self.found.cell(self._known(cell))
        if cell in self._contents or node is None or node.first("f") is None:
            what = Text("数式のないセルに計算結果は入れられません", "it holds no formula, so it has no result to replace")
            raise self._refused(cell, what, None)
        self._cached[cell] = self._in_words(cell, lambda: cached(value, self._from_1904))

    def columns(self) -> list[Node]:
        """Return the column elements: widths, formats, what is hidden."""
        return self._children("cols")

    def add(self, name: str, xml: str) -> None:
        """Add a child of the worksheet where the sequence wants it."""
        self.edits.place(self.root, ORDER, name, xml)

    def save(self) -> None:
        """Put the changed worksheet into the package."""
        with self.package.in_words(self.part):
            self._write_cells()
            self.package.put(self.part, self.edits.result())

    def _children(self, name: str) -> list[Node]:
        return [each for node in self.root.all(name) for each in node.children]

    def _known(self, cell: Cell) -> Cell:
        if cell not in self.wanted:
            raise KeyError(cell)
        return cell

    def _in_words(self, cell: Cell, write: Callable[[], Written]) -> Written:
        try:
            return write()
        except RefusedError as bad:
            raise self._refused(cell, bad.what, None) from None

    @functools.cached_property
    def _from_1904(self) -> bool:
        return from_1904(self.package)

    def _refused(self, cell: Cell, what: Text, fix: Text | None) -> BookError:
        title = next((tab.title for tab in tabs(self.package) if tab.part == self.part), self.part)
        return BookError(Problem("unpatchable-cell", what, fix, self.package.source, key=cell_of(title, *cell)))

    def _write_cells(self) -> None:
        edits, prefix = self.edits, self.sheet_data.prefix
        new_rows: dict[int, list[str]] = {}
        put_in: dict[int, list[int]] = {}
        for cell in sorted(self._styled.keys() | self._contents.keys() | self._cached.keys()):
            if cell in self.found.plain and cell not in self._styled:
                self._replace(cell, self.found.plain[cell])
                continue
            if (node := self.found.cell(cell)) is not None:
                self._rewrite(cell, node)
                continue
            (row, col), xml = cell, self._new(cell)
            if not xml:
                continue
            put_in.setdefault(row, []).append(col)
            if row not in self.found.rows:
                new_rows.setdefault(row, []).append(xml)
            elif cell in self.found.cell_before:
                edits.insert(self.found.cell_before[cell], xml, col)
            else:
                edits.append(self.found.rows[row], xml)
        for row, new in new_rows.items():
            xml = f'<{prefix}row r="{row + 1}">{"".join(new)}</{prefix}row>'
            if row in self.found.row_before:
                edits.insert(self.found.row_before[row], xml, row)
            else:
                edits.append(self.sheet_data, xml)
        for row in put_in.keys() & self.found.rows.keys():
            self._widen(self.found.rows[row], put_in[row])
        self._extend_dimension([(row, col) for row, cols in put_in.items() for col in cols])

    def _new(self, cell: Cell) -> str:
        """Return a cell that is not there yet; nothing if it would be empty and plain."""
        content = self._contents.get(cell, Written("", ""))
        if not content.elements and cell not in self._styled:
            return ""
        style = self._styled.get(cell)
        shown = self.style(cell) if style is None else style
        look = f' s="{shown}"' if style is not None or shown else ""
        kind = f' t="{content.type}"' if content.type else ""
        prefix = self.sheet_data.prefix
        start = f'<{prefix}c r="{address(*cell)}"{look}{kind}'
        return f"{start}>{content.xml(prefix)}</{prefix}c>" if content.elements else f"{start}/>"

    def _replace(self, cell: Cell, plain: re.Match[bytes]) -> None:
        """Write a plain cell anew: what it keeps are its address, its format and, where only the result changes, its formula."""
        new, kept = (self._contents[cell], b"") if cell in self._contents else (self._cached[cell], plain["formula"])
        kind = f' t="{new.type}"' if new.type else ""
        self.edits.replace(*plain.span(), b"%b%b>%b%b</c>" % (plain["head"], kind.encode(), kept, new.xml("").encode()))

    def _rewrite(self, cell: Cell, node: Node) -> None:
        """Change an existing cell: its start tag, and only as much of its content as necessary."""
        edits = self.edits
        tag = self.data[node.start : node.inner]
        if cell in self._styled:
            tag = with_attribute(tag, "s", str(self._styled[cell]))
        if cell in self._contents:
            # What Excel knows of the old formula and value (dynamic arrays, rich data) goes with them.
            tag = self._fill(node, without_attributes(tag, ("t", "cm", "vm")), self._contents[cell], ("f", "v", "is"))
            for formula, xml in self.found.groups.expanded(cell, self._contents):
                edits.replace(formula.start, formula.end, xml)
        elif cell in self._cached:
            tag = self._fill(node, without_attributes(tag, ("t", "vm")), self._cached[cell], ("v", "is"))
        edits.replace(node.start, node.inner, tag)

    def _fill(self, node: Node, tag: bytes, new: Written, gone: tuple[str, ...]) -> bytes:
        """Put the new elements in place of the old ones; return the start tag with its type."""
        if new.type:
            tag = with_attribute(tag, "t", new.type)
        xml = new.xml(node.prefix)
        if is_empty(self.data, node):
            return tag[:-2].rstrip() + f">{xml}</{node.tag}>".encode() if xml else tag
        old = [child for child in node.children if child.name in gone]
        formula = node.first("f") if "f" not in gone else None
        at = formula.end if formula is not None else old[0].start if old else node.inner
        self.edits.insert(at, xml)
        for child in old:
            self.edits.replace(child.start, child.end, "")
        return tag

    def _widen(self, row: Node, cols: list[int]) -> None:
        """Widen ``spans``, which says what columns a row uses at most."""
        spans = re.fullmatch(r"(\d+):(\d+)", row.get("spans"))
        if spans is not None:
            first, last = min(int(spans[1]), *(col + 1 for col in cols)), max(int(spans[2]), *(col + 1 for col in cols))
            if f"{first}:{last}" != spans[0]:
                self.edits.set(row, "spans", f"{first}:{last}")

    def _extend_dimension(self, new: list[Cell]) -> None:
        node = self.root.first("dimension")
        there = area(node.get("ref")) if node is not None else None
        if node is None or there is None or not new:
            return
        rows, cols = [row for row, _ in new], [col for _, col in new]
        top, left = min(there[0], *rows), min(there[1], *cols)
        bottom, right = max(there[2], *rows), max(there[3], *cols)
        if (top, left, bottom, right) != there:
            self.edits.set(node, "ref", f"{address(top, left)}:{address(bottom, right)}")


def _in_array(over: Bounds) -> tuple[Text, Text]:
    where = _ref(over)
    return (
        Text(
            f"{where} にまたがる配列数式(またはデータテーブル)の一部なので、ここだけは変えられません",
            f"it is part of an array formula or data table in {where}, which can't be changed cell by cell",
        ),
        Text(
            f"Excelで {where} の配列数式を消すか、セルごとの数式に直してください",
            f"in Excel, delete what is in {where}, or give each of its cells its own formula",
        ),
    )


def _merged_over(anchor: Cell) -> tuple[Text, Text]:
    where = address(*anchor)
    return (
        Text(f"結合セル({where} から)に隠れているため書けません", f"it is hidden by the merged cells that begin at {where}"),
        Text("Excelでセルの結合を解除してください", "unmerge them in Excel"),
    )


def _ref(bounds: Bounds) -> str:
    return f"{address(*bounds[:2])}:{address(*bounds[2:])}"

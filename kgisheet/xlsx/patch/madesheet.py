"""A worksheet of one workbook, rewritten for another one: its formats, texts, sheet titles and namespaces."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ...formula.retitle import retitled
from ..read.relations import SHARED_STRINGS
from ..read.xml import Attributes, XmlError, tree, well_formed
from .markup import Edits, Node, escape, is_empty, local, outline, quoted, scan, tag_end, without_attributes
from .package import Package
from .restyle import Restyled

_FORMULAS = ("f", "formula", "formula1", "formula2")
_STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing": "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "http://purl.oclc.org/ooxml/drawingml/main",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "http://purl.oclc.org/ooxml/drawingml/chart",
}
# As XlsxWriter writes them: without a prefix, in double quotes, ``>`` escaped.
_VIEW = re.compile(rb"<sheetView [^>]*>")
_STYLED = re.compile(rb'(<col [^>]*? style="|<row [^>]*? s=")([^"]*)')
_CELL = re.compile(rb'(<c r="[^"]*")(?: s="([^"]*)")?( t="[^"]*")?(/?>)(?:<v>([^<]*)</v>)?')
_RULE = re.compile(rb'(<cfRule [^>]*? dxfId=")([^"]*)')
# In the strict edition these are percentages that say so.
_PERCENT = re.compile(rb'(<c:(?:gapWidth|overlap)\s+val="-?\d+)"')


class _Numbers(dict[bytes, bytes]):
    """The new numbers of formats, as they are written, by the old ones."""

    def __init__(self, new: Callable[[int], int]) -> None:
        super().__init__()
        self._new = new

    def __missing__(self, number: bytes) -> bytes:
        self[number] = new = str(self._new(_number(number))).encode()
        return new


class MadeSheets:
    """The worksheets of ``made``, which XlsxWriter wrote, adapted to the workbook whose styles ``restyled`` appends to."""

    def __init__(self, made: Package, restyled: Restyled, titles: Mapping[str, str]) -> None:
        self.made = made
        self.restyled = restyled
        self.titles = titles
        self._texts = _texts(made)
        self._formats = _Numbers(restyled.format)
        self._conditionals = _Numbers(restyled.conditional)

    def sheet(self, part: str) -> bytes:
        """Return a worksheet, deselected; the ids of its relations stay. Raise XmlError."""
        data = self.made.parts[part]
        if self.made.parsed.get(part) is not data:
            well_formed(data)
        # In the order of the part, which is that in which formats are appended to the other workbook's.
        data = _VIEW.sub(lambda tag: without_attributes(tag[0], ("tabSelected",)), data)
        data = _STYLED.sub(lambda found: found[1] + self._formats[found[2]], data)
        data = _CELL.sub(self._cell, data)
        return self.renamed(_RULE.sub(lambda found: found[1] + self._conditionals[found[2]], data))

    def _cell(self, found: re.Match[bytes]) -> bytes:
        start, style, kind, end, held = found.groups()
        if style is not None:
            start += b' s="' + self._formats[style] + b'"'
        elif self._formats[b"0"] != b"0":  # one that is left out is the first
            end = b' s="' + self._formats[b"0"] + b'"' + end
        if kind != b' t="s"':
            return start + (kind or b"") + end + (b"" if held is None else b"<v>" + held + b"</v>")
        if held is None:
            raise XmlError("文字列のないセルがあります", "a cell without its text")
        return start + b' t="inlineStr"' + end + b"<is>" + self._texts[_number(held)] + b"</is>"

    def renamed(self, data: bytes) -> bytes:
        """Return any part with the new sheet titles in formulas and links, and the target workbook's namespaces."""
        data = _retitled(data, self.titles) if self.titles else data
        if self.restyled.styles.package.main in _STRICT:
            return data
        for transitional, strict in _STRICT.items():
            data = data.replace(f'"{transitional}"'.encode(), f'"{strict}"'.encode())
        return _PERCENT.sub(rb'\1%"', data)


def _texts(made: Package) -> list[bytes]:
    """Return the content of each shared text: plain, or runs with their own formats."""
    part = made.related(made.workbook, SHARED_STRINGS)
    if part is None:
        return []
    with made.in_words(part):
        data = made.parts[part]
        return [data[each.inner : each.inner_end] for each in outline(data).all("si")]


def _retitled(data: bytes, titles: Mapping[str, str]) -> bytes:
    edits = Edits(data)
    formula: Node | None = None

    def start(tag: str, attributes: Attributes, at: int) -> None:
        nonlocal formula
        name = local(tag)
        if name in _FORMULAS:
            formula = Node(tag, attributes, at, tag_end(data, at))
        elif name == "hyperlink" and "location" in attributes:
            new = retitled(attributes["location"], titles)
            if new != attributes["location"]:
                edits.set(Node(tag, attributes, at, tag_end(data, at)), "location", new)

    def end(_tag: str, at: int) -> None:
        nonlocal formula
        if formula is not None and not is_empty(data, formula):
            old = tree(b"<f>" + data[formula.inner : at] + b"</f>").text
            new = retitled(old, titles)
            if new != old:
                edits.replace(formula.inner, at, escape(new))
        formula = None

    scan(data, start, end)
    return edits.result()


def _number(text: bytes) -> int:
    if not (text.isdigit() and len(text) < 9):
        raise XmlError(f"{(said := quoted(text[:20].decode(errors='replace')))} は数ではありません", f"{said} is not a number")
    return int(text)

"""A worksheet of one workbook, rewritten for another one: its formats, texts, sheet titles and namespaces."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape

from ...formula.retitle import retitled
from ..read.relations import SHARED_STRINGS
from ..read.xml import Attributes, XmlError, tree
from .markup import Edits, Node, is_empty, local, outline, quoted, scan, tag_end, without_attributes
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
# In the strict edition these are percentages that say so.
_PERCENT = re.compile(rb'(<c:(?:gapWidth|overlap)\s+val="-?\d+)"')


class MadeSheets:
    """The worksheets of ``made``, adapted to the workbook whose styles ``restyled`` appends to."""

    def __init__(self, made: Package, restyled: Restyled, titles: Mapping[str, str]) -> None:
        self.made = made
        self.restyled = restyled
        self.titles = titles
        self._texts = _texts(made)

    def sheet(self, part: str) -> bytes:
        """Return a worksheet, deselected; the ids of its relations stay. Raise XmlError."""
        data = self.made.parts[part]
        edits = Edits(data)
        cell: Node | None = None  # one whose text is a shared one
        value: Node | None = None

        def start(tag: str, attributes: Attributes, at: int) -> None:
            nonlocal cell, value
            name = local(tag)
            node = Node(tag, attributes, at, tag_end(data, at))
            if name == "c":
                cell = node if attributes.get("t") == "s" else None
                self._style(edits, node, "s", attributes.get("s", "0"))
                if cell is not None:
                    edits.set(node, "t", "inlineStr")
            elif name == "v":
                value = node if cell is not None else None
            elif name == "sheetView" and "tabSelected" in attributes:
                edits.replace(node.start, node.inner, without_attributes(data[node.start : node.inner], ("tabSelected",)))
            elif name == "row" and "s" in attributes:
                self._style(edits, node, "s", attributes["s"])
            elif name == "col" and "style" in attributes:
                self._style(edits, node, "style", attributes["style"])
            elif "dxfId" in attributes:
                edits.set(node, "dxfId", self.restyled.conditional(_number(attributes["dxfId"])))

        def end(tag: str, at: int) -> None:
            nonlocal cell, value
            if value is not None:
                if is_empty(data, value):
                    raise XmlError("a cell without its text")
                text = self._texts[_number(data[value.inner : at].decode().strip())]
                edits.replace(value.start, data.index(b">", at) + 1, b"<is>" + text + b"</is>")
                value = None
            elif local(tag) == "c":
                cell = None

        scan(data, start, end)
        return self.renamed(edits.result())

    def renamed(self, data: bytes) -> bytes:
        """Return any part with the new sheet titles in formulas and links, and the target workbook's namespaces."""
        data = _retitled(data, self.titles) if self.titles else data
        if self.restyled.styles.package.main in _STRICT:
            return data
        for transitional, strict in _STRICT.items():
            data = data.replace(f'"{transitional}"'.encode(), f'"{strict}"'.encode())
        return _PERCENT.sub(rb'\1%"', data)

    def _style(self, edits: Edits, node: Node, attribute: str, old: str) -> None:
        new = self.restyled.format(_number(old))
        if str(new) != node.get(attribute, "0"):
            edits.set(node, attribute, new)


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


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise XmlError(f"{quoted(text[:20])} is not a number")
    return int(text)

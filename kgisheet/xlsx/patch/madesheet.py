"""A worksheet of one workbook, rewritten for another one: its formats, texts, sheet titles and namespaces."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ...formula.retitle import retitled
from ..read.relations import SHARED_STRINGS
from ..read.xml import Attributes, XmlError, tree, well_formed
from .markup import Edits, Node, escape, is_empty, local, outline, quoted, scan, tag_end, with_attribute, without_attributes
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
_CHANGED = re.compile(rb"(<(c|row|col|sheetView|cfRule) [^>]*>)(<v>([^<]*)</v>)?")
# In the strict edition these are percentages that say so.
_PERCENT = re.compile(rb'(<c:(?:gapWidth|overlap)\s+val="-?\d+)"')


class MadeSheets:
    """The worksheets of ``made``, which XlsxWriter wrote, adapted to the workbook whose styles ``restyled`` appends to."""

    def __init__(self, made: Package, restyled: Restyled, titles: Mapping[str, str]) -> None:
        self.made = made
        self.restyled = restyled
        self.titles = titles
        self._texts = _texts(made)
        self._written: dict[tuple[bytes, bytes], bytes] = {}
        """The new numbers of formats, by attribute and old number."""

    def sheet(self, part: str) -> bytes:
        """Return a worksheet, deselected; the ids of its relations stay. Raise XmlError."""
        data = self.made.parts[part]
        well_formed(data)
        return self.renamed(_CHANGED.sub(self._changed, data))

    def _changed(self, found: re.Match[bytes]) -> bytes:
        tag, name = found[1], found[2]
        if name == b"c":
            return self._cell(tag, found[3], found[4])
        if name == b"cfRule":
            return self._numbered(tag, b"dxfId", self.restyled.conditional)
        if name == b"sheetView":
            return without_attributes(tag, ("tabSelected",))
        return self._numbered(tag, b"style" if name == b"col" else b"s", self.restyled.format)

    def _cell(self, tag: bytes, value: bytes | None, held: bytes | None) -> bytes:
        tag = self._numbered(tag, b"s", self.restyled.format, is_left_out=True)
        if b' t="s"' not in tag:
            return tag + (value or b"")
        if held is None:
            raise XmlError("a cell without its text")
        text = self._texts[_number(held.decode())]
        return tag.replace(b' t="s"', b' t="inlineStr"', 1) + b"<is>" + text + b"</is>"

    def _numbered(self, tag: bytes, attribute: bytes, new: Callable[[int], int], is_left_out: bool = False) -> bytes:
        """Return a tag with the number of a format changed; one that is left out is the first, 0."""
        at = tag.find(b" " + attribute + b'="')
        if at < 0:
            number = new(0) if is_left_out else 0
            return with_attribute(tag, attribute.decode(), str(number)) if number else tag
        at += len(attribute) + 3
        end = tag.index(b'"', at)
        key = attribute, tag[at:end]
        written = self._written.get(key)
        if written is None:
            written = self._written[key] = str(new(_number(key[1].decode()))).encode()
        return tag[:at] + written + tag[end:]

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


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise XmlError(f"{quoted(text[:20])} is not a number")
    return int(text)

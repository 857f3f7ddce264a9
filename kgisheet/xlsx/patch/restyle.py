"""Cell formats and conditional formats of one workbook mapped to those of another: found there, or appended."""

from __future__ import annotations

from ..read.relations import STYLES
from ..read.xml import Element, tree
from .package import Package
from .styles import Styles

_LISTS = {"fontId": ("fonts", "applyFont"), "fillId": ("fills", "applyFill"), "borderId": ("borders", "applyBorder")}


class Restyled:
    """Positions in the styles of ``made`` → positions in ``styles``; a missing position counts as the first."""

    def __init__(self, styles: Styles, made: Package) -> None:
        self.styles = styles
        part = made.related(made.workbook, STYLES)
        root = Element("styleSheet", {})
        if part is not None:
            with made.in_words(part):
                root = tree(made.parts[part])
        self._records = {each.name: each.children for each in root.children}
        self._codes = {each.get("numFmtId"): each.get("formatCode") for each in self._records.get("numFmts", ())}
        self._formats: dict[int, int] = {}
        self._conditionals: dict[int, int] = {}

    def format(self, number: int) -> int:
        """Return the mapped ``s`` of a cell."""
        if number not in self._formats:
            self._formats[number] = self._format(number)
        return self._formats[number]

    def conditional(self, number: int) -> int:
        """Return the mapped ``dxfId`` of a rule."""
        if number not in self._conditionals:
            record = self._record("dxfs", number) or Element("dxf", {})
            self._conditionals[number] = self.styles.take("dxfs", self._with_own_code(record))
        return self._conditionals[number]

    def _format(self, number: int) -> int:
        record = self._record("cellXfs", number)
        if record is None:
            return 0
        old = record.attributes
        id_ = old.get("numFmtId", "0")
        new = {"numFmtId": str(self.styles.number_format(self._codes[id_])) if id_ in self._codes else id_}
        applied = {"applyNumberFormat": "1"} if new["numFmtId"] != "0" else {}
        for key, (name, flag) in _LISTS.items():
            part = self._record(name, _position(old.get(key, "0")))
            new[key] = str(self.styles.take(name, part)) if part is not None else "0"
            if new[key] != "0":
                applied[flag] = "1"
        if self.styles.based:
            new["xfId"] = "0"
        new |= {key: value for key, value in old.items() if key not in new and key != "xfId"} | applied
        copy = Element("xf", new)
        copy.children = record.children
        return self.styles.take("cellXfs", copy)

    def _with_own_code(self, record: Element) -> Element:
        """Return a conditional format whose number format has an otherwise unused id."""
        copy = Element(record.name, record.attributes)
        for each in record.children:
            if each.name == "numFmt":
                code = each.get("formatCode")
                number = self.styles.conditional_number_format(code)
                copy.children.append(Element("numFmt", {"numFmtId": str(number), "formatCode": code}))
            else:
                copy.children.append(each)
        return copy

    def _record(self, name: str, number: int) -> Element | None:
        records = self._records.get(name, [])
        return records[number] if 0 <= number < len(records) else records[0] if records else None


def _position(number: str) -> int:
    return int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 0

"""Number formats of an .ods as Excel's codes: ``0"万円"``, ``0.0%``, ``#,##0,"千円"``; and the styles that cells have them by."""

from __future__ import annotations

from typing import NamedTuple

from ..xlsx.read.formats import GENERAL, known
from ..xlsx.read.xml import Attributes

_KINDS = {f"{each}-style" for each in ("number", "percentage", "currency", "date", "time", "boolean", "text")}
_DEEPEST = 20
_LETTERS = {
    "year": ("yy", "yyyy"), "month": ("m", "mm"), "day": ("d", "dd"), "day-of-week": ("ddd", "dddd"), "era": ("g", "gg"),
    "hours": ("h", "hh"), "minutes": ("m", "mm"), "seconds": ("s", "ss"), "am-pm": ("AM/PM", "AM/PM"), "quarter": ("", ""),
}  # fmt: skip


class _Style(NamedTuple):
    """A style of cells: the style that it builds on, its format."""

    parent: str
    format: str


class Formats:
    """The styles and formats of the parts that were scanned; a part's elements go through ``start``, ``end`` and ``text``."""

    def __init__(self) -> None:
        self._cells: dict[str, _Style] = {}
        self._codes: dict[str, str] = {}
        self._maps: dict[str, list[tuple[str, str]]] = {}
        self.hidden_tables: set[str] = set()
        self._known: dict[str, str] = {}
        self._name = self._kind = ""
        self._pieces: list[str] = []
        self._inside = ""
        self._text = ""
        self._embedded: dict[int, str] = {}
        self._number: Attributes = {}
        self._table = ""

    def code(self, style: str) -> str:
        """Return the format of a style of cells, or of the nearest one that it builds on."""
        found = self._known.get(style)
        if found is None:
            found = self._known[style] = known(self._looked_up(style))
        return found

    def _looked_up(self, style: str) -> str:
        for _ in range(_DEEPEST):
            one = self._cells.get(style)
            if one is None:
                break
            if one.format:
                return self._whole(one.format)
            style = one.parent
        return GENERAL

    def _whole(self, name: str) -> str:
        """Return a format with all its sections: the one of positive figures is a condition's, the format itself the last."""
        own = self._codes.get(name, GENERAL)
        sections = [self._codes.get(style, "") for condition, style in self._maps.get(name, ()) if ">" in condition]
        others = [self._codes.get(style, "") for condition, style in self._maps.get(name, ()) if ">" not in condition]
        return ";".join([*sections, *others, own]) if sections or others else own

    # -- the scan ---------------------------------------------------------

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "style":
            family, name = attributes.get("style:family"), attributes.get("style:name", "")
            if family == "table-cell":
                self._cells[name] = _Style(
                    attributes.get("style:parent-style-name", ""), attributes.get("style:data-style-name", "")
                )
            self._table = name if family == "table" else ""
        elif tag == "table-properties":
            if self._table and attributes.get("table:display") == "false":
                self.hidden_tables.add(self._table)
        elif tag in _KINDS:
            self._name, self._kind, self._pieces = attributes.get("style:name", ""), tag, []
        elif not self._kind:
            return
        elif tag == "map":
            self._maps.setdefault(self._name, []).append(
                (attributes.get("style:condition", ""), attributes.get("style:apply-style-name", ""))
            )
        elif tag == "number":
            self._number, self._embedded = attributes, {}
        elif tag == "embedded-text":
            position = attributes.get("number:position", "0")
            self._inside = f"@{position}" if position.isascii() and position.isdigit() and len(position) < 3 else ""
            self._text = ""
        elif tag in ("text", "currency-symbol"):
            self._inside, self._text = tag, ""
        elif tag == "text-content":
            self._pieces.append("@")
        elif tag == "scientific-number":
            self._pieces.append(f"{_decimals(attributes, '0')}E+00")
        elif tag == "fraction":
            self._pieces.append("# ?/?")
        elif tag in _LETTERS:
            short, long = _LETTERS[tag]
            self._pieces.append(long if attributes.get("number:style") == "long" else short)

    def end(self, tag: str) -> None:
        if tag in _KINDS and self._kind:
            self._codes[self._name] = "".join(self._pieces) or GENERAL
            self._kind = ""
        elif self._kind and tag == "number":
            self._pieces.append(_digits(self._number, self._embedded))
        elif self._inside and tag == "embedded-text":
            self._embedded[int(self._inside[1:])] = self._text
            self._inside = ""
        elif self._inside and tag in ("text", "currency-symbol"):
            self._pieces.append(self._literal())
            self._inside = ""
        elif tag == "style":
            self._table = ""

    def text(self, piece: str) -> None:
        if self._inside:
            self._text += piece

    def _literal(self) -> str:
        if self._kind == "percentage-style" and self._text.strip() == "%":
            return self._text
        quoted = self._text.replace('"', "")
        return f'"{quoted}"' if quoted else ""


def _digits(attributes: Attributes, embedded: dict[int, str]) -> str:
    """Return the digits of a number: General where nothing says how many there are."""
    if "number:decimal-places" not in attributes and attributes.get("number:grouping") != "true" and not embedded:
        return GENERAL
    least = _count(attributes.get("number:min-integer-digits", "1"))
    whole = "0" * max(least, *(position + 1 for position in embedded)) if embedded else "0" * least or "#"
    for position, text in sorted(embedded.items()):
        literal = "".join(f"\\{letter}" for letter in text)
        whole = whole[: len(whole) - position] + literal + whole[len(whole) - position :]
    if attributes.get("number:grouping") == "true" and not embedded:
        whole = "#,##" + (whole if whole != "#" else "#")
    factor = attributes.get("number:display-factor", "1")
    thousands = (len(factor) - 1) // 3 if factor.isascii() and factor.isdigit() and len(factor) < 14 else 0
    return _decimals(attributes, whole) + "," * thousands


def _decimals(attributes: Attributes, whole: str) -> str:
    places = _count(attributes.get("number:decimal-places", "0"))
    return f"{whole}.{'0' * places}" if places else whole


def _count(text: str) -> int:
    return min(int(text), 20) if text.isascii() and text.isdigit() and len(text) < 4 else 0

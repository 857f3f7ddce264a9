"""The appearance of a worksheet: formats of its cells, lines that are set, merged areas, views and settings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ...values.a1 import COLUMNS, ROWS
from .areas import Cell, area, cell_at
from .sheetpart import Bounds
from .xml import Attributes, scan


class Line(NamedTuple):
    """A column or a row that is set: its width or height (None where nobody gave one), whether it is hidden, its level of folding, its format."""

    size: float | None
    hidden: bool
    level: int
    style: int


class Part(NamedTuple):
    """An element of the sheet that is not about its cells: its name, its attributes, and how many elements are in it."""

    name: str
    attributes: Attributes
    within: tuple[tuple[str, Attributes, str], ...]
    """All elements in it, in their order: name, attributes, text."""


class DrawnAs:
    """One worksheet as it looks, in one pass; raises XmlError."""

    def __init__(self, data: bytes, partly: Iterable[int] = ()) -> None:
        """``partly`` are the numbers of shared texts of which a part has a look of its own."""
        self.styles: dict[Cell, int] = {}
        """The formats of the cells that are stored."""
        self.columns: dict[int, Line] = {}
        self.rows: dict[int, Line] = {}
        self.merged: list[Bounds] = []
        self.parts: list[Part] = []
        self.partly: set[Cell] = set()
        """The cells with a text of which a part has a look of its own."""
        self.rich: set[Cell] = set()
        """The cells with more than a value: a picture in the cell, a linked data type."""
        self._partly = frozenset(map(str, partly))
        self._depth = 0
        self._row = self._col = -1
        self._in_cell: tuple[Cell, str] | None = None
        self._is_value = False
        self._runs: Runs | None = None
        self._text = ""
        self._open: list[tuple[str, Attributes, str]] | None = None
        self._top: tuple[str, Attributes] = ("", {})
        scan(data, self._start, self._end, self._on_text)

    def _start(self, tag: str, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth == 2:
            self._top, self._open, self._text = (tag, _local(attributes)), [], ""
            return
        name = self._top[0]
        if name == "sheetData":
            self._in_data(tag, attributes)
        elif name == "cols" and tag == "col":
            self._column(attributes)
        elif name == "mergeCells" and tag == "mergeCell":
            found = area(attributes.get("ref", ""))
            if found is not None:
                self.merged.append(found)
        elif self._open is not None:
            self._open.append((tag, _local(attributes), ""))
            self._text = ""

    def _in_data(self, tag: str, attributes: Attributes) -> None:
        if tag == "row":
            self._row = _number(attributes.get("r"), self._row + 2) - 1
            self._col = -1
            size = _size(attributes.get("ht")) if _flag(attributes, "customHeight") else None
            style = _number(attributes.get("s"), 0) if _flag(attributes, "customFormat") else 0
            line = Line(size, _flag(attributes, "hidden"), _number(attributes.get("outlineLevel"), 0), style)
            if line != NOTHING and 0 <= self._row < ROWS:
                self.rows[self._row] = line
        elif tag == "c":
            cell = cell_at(attributes.get("r", "")) or (self._row, self._col + 1)
            self._col = cell[1]
            self.styles[cell] = _number(attributes.get("s"), 0)
            self._in_cell = cell, attributes.get("t", "")
            if "vm" in attributes:
                self.rich.add(cell)
        elif tag == "v":
            self._is_value, self._text = True, ""
        elif tag == "is":
            self._runs = Runs()
        elif self._runs is not None and tag != "t":
            self._runs.start(tag, attributes)

    def _column(self, attributes: Attributes) -> None:
        first, last = _number(attributes.get("min"), 1) - 1, _number(attributes.get("max"), 1) - 1
        size = _size(attributes.get("width")) if _flag(attributes, "customWidth") else None
        level = _number(attributes.get("outlineLevel"), 0)
        line = Line(size, _flag(attributes, "hidden"), level, _number(attributes.get("style"), 0))
        # To the sheet's end it is the rest of the columns, which a program has set at once.
        for col in range(max(first, 0), min(last + 1, COLUMNS)) if line != NOTHING and last - first < _REST else ():
            self.columns[col] = line

    def _on_text(self, piece: str) -> None:
        self._text += piece

    def _end(self, tag: str) -> None:
        if self._depth == 2 and self._open is not None:
            if self._top[0] not in ("sheetData", "cols", "mergeCells"):
                self.parts.append(Part(*self._top, tuple(self._open)))
            self._open = None
        elif self._top[0] == "sheetData" and tag == "v" and self._is_value:
            self._is_value = False
            if self._in_cell is not None and self._in_cell[1] == "s" and self._text.strip() in self._partly:
                self.partly.add(self._in_cell[0])
        elif self._runs is not None and self._top[0] == "sheetData" and tag in ("r", "is"):
            if tag == "r":
                self._runs.end()
            else:
                if self._runs.differ and self._in_cell is not None:
                    self.partly.add(self._in_cell[0])
                self._runs = None
        elif self._open and self._depth > 2 and self._top[0] != "sheetData":
            name, attributes, _ = self._open[-1]
            if name == tag:
                self._open[-1] = name, attributes, self._text
        self._depth -= 1

    def part(self, name: str) -> Part | None:
        return next((each for each in self.parts if each.name == name), None)

    def inside(self, name: str, within: str) -> Attributes | None:
        """Return the attributes of an element in one of the sheet's parts."""
        part = self.part(name)
        return None if part is None else next((said for each, said, _ in part.within if each == within), None)

    def covered(self) -> set[Cell]:
        """Return the cells that merged areas hide."""
        return {
            (row, col)
            for top, left, bottom, right in self.merged
            if (bottom - top + 1) * (right - left + 1) < _REST
            for row in range(top, bottom + 1)
            for col in range(left, right + 1)
            if (row, col) != (top, left)
        }


NOTHING = Line(None, False, 0, 0)
_REST = 10_000


_OF_FONT = ("name", "rFont", "family", "charset", "scheme")
"""Properties that programs give a part of a text by themselves: letters of another script have another font."""


class Runs:
    """The parts of one text, and whether they look differently."""

    def __init__(self) -> None:
        self._looks: set[tuple[tuple[str, str], ...]] = set()
        self._look: list[tuple[str, str]] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "r":
            self._look = []
        elif tag not in _OF_FONT:
            self._look.append((tag, " ".join(f"{key}={value}" for key, value in sorted(attributes.items()))))

    def end(self) -> None:
        self._looks.add(tuple(sorted(each for each in self._look if each[0] not in ("rPr", "t"))))

    @property
    def differ(self) -> bool:
        return len(self._looks) > 1


def partly_formatted(texts: bytes | None) -> list[int]:
    """Return the numbers of the shared texts of which a part has a look of its own; raise XmlError."""
    found: list[int] = []
    number, runs, is_reading = -1, Runs(), False

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal number, runs, is_reading
        if tag == "si":
            number, runs = number + 1, Runs()
        elif tag == "r":
            is_reading = True
        if is_reading:
            runs.start(tag, attributes)

    def end(tag: str) -> None:
        nonlocal is_reading
        if tag == "r":
            is_reading = False
            runs.end()
        elif tag == "si" and runs.differ:
            found.append(number)

    if texts is not None and b"rPr" in texts:
        scan(texts, start, end, lambda _: None)
    return found


def _local(attributes: Attributes) -> Attributes:
    return {key.rpartition(":")[2]: value for key, value in attributes.items() if not key.startswith("xmlns")}


def _flag(attributes: Attributes, key: str) -> bool:
    return attributes.get(key, "").strip().lower() in ("1", "true", "on")


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isdigit() and len(text) < 9 else otherwise


def _size(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if 0 <= value < 1000 else None

"""The sheets in the content of an .ods, as it is scanned: rows and cells with their repetitions, merges, hidden lines, names."""

from __future__ import annotations

import bisect
import datetime
from typing import Any

from ..values import budget
from ..values.a1 import COLUMNS, ROWS
from ..values.budget import LONGEST_TEXT
from ..values.regex import regex
from ..xlsx.read.odd import CellKind
from ..xlsx.read.sheetpart import DAMAGED, NOT_UNDERSTOOD, Bounds, Filled
from ..xlsx.read.xml import Attributes, XmlError
from .odsformats import Formats
from .odsformula import converted

_QUIET = frozenset(
    [
        "annotation",
        "frame",
        "shapes",
        "forms",
        "custom-shape",
        "g",
        "line",
        "rect",
        "ellipse",
        "circle",
        "polyline",
        "polygon",
        "path",
        "control",
        "caption",
        "connector",
        "measure",
        "regular-polygon",
        "page-thumbnail",
        "scene",
        "note",
        "ruby-text",
        "tracked-changes",
        "dde-links",
        "event-listeners",
        "content-validations",
    ]
)
"""Elements whose cells and texts are no content of a sheet: remarks, drawings, readings (furigana), what was changed, other files."""

_GROUPS = ("table-row-group", "table-column-group")
"""Lines in a group are folded, and a button beside the sheet shows that; others are hidden."""

_ERRORS = {"Err:503": "#NUM!", "Err:524": "#REF!", "Err:525": "#NAME?", "Err:532": "#DIV/0!", "#ERR!": "#VALUE!"}


class Table:
    """A sheet. ``cells`` by (row, column) from 0; hidden lines as ranges, the end not among them."""

    def __init__(self, title: str, style: str, protected: bool) -> None:
        self.title = self.called = title
        self.style = style
        self.protected = protected
        self.cells: dict[tuple[int, int], Filled] = {}
        self.odd: dict[tuple[int, int], CellKind] = {}
        self.merged: list[Bounds] = []
        self.hidden_rows: list[tuple[int, int]] = []
        self.hidden_cols: list[tuple[int, int]] = []
        self.folded_rows: list[tuple[int, int]] = []
        self.folded_cols: list[tuple[int, int]] = []
        self.has_folds = False


class Content:
    """The sheets and names of ``content.xml``; its elements go through ``start``, ``end`` and ``text``."""

    def __init__(self, formats: Formats) -> None:
        self.formats = formats
        self.tables: list[Table] = []
        self.names: list[tuple[str, str, str]] = []
        self._table: Table | None = None
        self._quiet = 0
        self._count = 0
        self._body = False
        self._row = self._next_row = self._col = self._next_col = 0
        self._rows = 1
        self._row_style = ""
        self._ends: list[int] = []  # of each range of columns, in order …
        self._defaults: list[str] = []  # … and the style that its cells have
        self._line: list[tuple[int, int, Filled]] = []
        self._cell: Attributes | None = None
        self._paragraphs: list[list[str]] = []
        self._letters = 0
        limits = budget.current().limits
        self._most, self._most_letters = limits.cells, limits.characters
        self._groups = 0

    # -- the scan ---------------------------------------------------------

    def start(self, tag: str, attributes: Attributes) -> None:
        if not self._body:
            if tag == "spreadsheet":
                self._body = True
            else:
                self.formats.start(tag, attributes)
        elif self._quiet or tag in _QUIET or (tag == "table" and self._table is not None):
            self._quiet += 1  # a table in a cell is a drawing's
        elif self._cell is not None:
            self._start_text(tag, attributes)
        elif tag in ("table-cell", "covered-table-cell"):
            if self._table is not None:
                self._cell, self._paragraphs = attributes, []
        elif tag == "table-row":
            self._start_row(attributes)
        elif tag == "table-column":
            self._column(attributes)
        elif tag == "table":
            self._start_table(attributes)
        elif tag in _GROUPS:
            self._groups += 1
            if self._table is not None:
                self._table.has_folds = True
        elif tag == "table-source":
            self._drop()
        elif tag == "named-range":
            title = self._table.title if self._table is not None else ""
            area = attributes.get("table:cell-range-address", "")
            self.names.append((title, attributes.get("table:name", ""), area))

    def end(self, tag: str) -> None:
        if not self._body:
            self.formats.end(tag)
        elif self._quiet:
            self._quiet -= 1
        elif self._cell is not None:
            if tag in ("table-cell", "covered-table-cell"):
                self._end_cell(self._cell)
        elif tag == "table-row":
            self._end_row()
        elif tag in _GROUPS:
            self._groups -= 1
        elif tag == "table":
            self._table = None

    def text(self, piece: str) -> None:
        if not self._body:
            self.formats.text(piece)
        elif self._cell is not None and not self._quiet and self._paragraphs:
            self._paragraphs[-1].append(piece)

    # -- sheets, columns, rows ----------------------------------------------

    def _start_table(self, attributes: Attributes) -> None:
        title = attributes.get("table:name", "")
        self._table = Table(title, attributes.get("table:style-name", ""), attributes.get("table:protected") == "true")
        self.tables.append(self._table)
        self._next_row = self._next_col = 0
        self._ends, self._defaults = [], []

    def _drop(self) -> None:
        """Leave out a sheet that is a copy of another file's, kept for the links to it."""
        if self._table is not None and self._table.title.startswith("'file:"):
            self.tables.remove(self._table)

    def _column(self, attributes: Attributes) -> None:
        first = self._next_col
        self._next_col += _repeated(attributes, "table:number-columns-repeated")
        if first < COLUMNS:
            self._ends.append(self._next_col)
            self._defaults.append(attributes.get("table:default-cell-style-name", ""))
        if self._table is not None and attributes.get("table:visibility", "visible") != "visible":
            lines = self._table.folded_cols if self._groups else self._table.hidden_cols
            lines.append((first, min(self._next_col, COLUMNS)))

    def _start_row(self, attributes: Attributes) -> None:
        self._row, self._rows = self._next_row, _repeated(attributes, "table:number-rows-repeated")
        self._next_row += self._rows
        self._row_style = attributes.get("table:default-cell-style-name", "")
        self._col, self._line = 0, []
        if self._table is not None and attributes.get("table:visibility", "visible") != "visible":
            lines = self._table.folded_rows if self._groups else self._table.hidden_rows
            lines.append((self._row, min(self._next_row, ROWS)))

    def _end_row(self) -> None:
        if self._table is None or not self._line:
            return
        width = sum(end - first for first, end, _ in self._line)
        self._count += width * self._rows
        if self._count > self._most or self._letters > self._most_letters:
            budget.current().within("cells", self._count)
            budget.current().within("characters", self._letters)
        if self._next_row > ROWS or self._line[-1][1] > COLUMNS:
            raise XmlError("シートにないセル番地があります", "a cell that no sheet has")
        for row in range(self._row, self._next_row):
            for first, end, filled in self._line:
                for col in range(first, end):
                    self._table.cells[row, col] = filled

    # -- cells --------------------------------------------------------------

    def _start_text(self, tag: str, attributes: Attributes) -> None:
        if tag == "p":
            self._paragraphs.append([])
        elif self._paragraphs and tag == "s":
            self._paragraphs[-1].append(" " * min(_repeated(attributes, "text:c"), 100))
        elif self._paragraphs and tag in ("tab", "line-break"):
            self._paragraphs[-1].append("\t" if tag == "tab" else "\n")

    def _end_cell(self, attributes: Attributes) -> None:
        self._cell = None
        first = self._col
        self._col += _repeated(attributes, "table:number-columns-repeated")
        assert self._table is not None
        across, down = _repeated(attributes, _ACROSS), _repeated(attributes, _DOWN)
        if across > 1 or down > 1:
            last = min(self._row + down, ROWS) - 1, min(first + across, COLUMNS) - 1
            self._table.merged.append((self._row, first, *last))
        formula = self._formula(attributes)
        value = self._value(attributes)
        for text in (formula, value):
            self._letters += (self._col - first) * self._rows * len(text) if isinstance(text, str) else 0
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            value = DAMAGED
            self._table.odd[self._row, first] = "too_long"
        if formula is not None and len(formula) > LONGEST_TEXT:
            formula = NOT_UNDERSTOOD
        if formula is not None or value is not None:
            self._line.append((first, self._col, Filled(formula, value, self._format(attributes, first))))

    @property
    def _shown(self) -> str:
        return "\n".join(map("".join, self._paragraphs))

    def _format(self, attributes: Attributes, col: int) -> str:
        own = attributes.get("table:style-name") or self._row_style
        if not own:
            at = bisect.bisect_right(self._ends, col)
            own = self._defaults[at] if at < len(self._defaults) else ""
        return self.formats.code(own)

    def _formula(self, attributes: Attributes) -> str | None:
        text = attributes.get("table:formula")
        if not text:
            return None
        if len(text) > LONGEST_TEXT:
            return NOT_UNDERSTOOD
        found = converted(text)
        spans = (attributes.get(f"table:number-matrix-{each}-spanned", "1") for each in ("columns", "rows"))
        # Over several cells it is no formula that is worked out, as in an .xlsx.
        return f"={{{found[1:]}}}" if any(each != "1" for each in spans) else found

    def _value(self, attributes: Attributes) -> Any:
        kind = attributes.get("office:value-type", "")
        if attributes.get("calcext:value-type") == "error":
            return _error(self._shown)
        if kind in ("float", "percentage", "currency"):
            return _number(attributes.get("office:value", ""))
        if kind == "date":
            return _date(attributes.get("office:date-value", ""))
        if kind == "time":
            return _time(attributes.get("office:time-value", ""))
        if kind == "boolean":
            return attributes.get("office:boolean-value") == "true"
        text = attributes.get("office:string-value") or self._shown
        if attributes.get("table:formula") and text.startswith(("#", "Err:")):
            return _error(text)
        return text if text or (attributes.get("table:formula") and kind == "string") else None


_ACROSS, _DOWN = "table:number-columns-spanned", "table:number-rows-spanned"


def _repeated(attributes: Attributes, name: str) -> int:
    """Return how often something is repeated; more than a sheet has lines is as many."""
    text = attributes.get(name)
    if text is None:
        return 1  # mostly
    return max(1, min(int(text), ROWS)) if text.isascii() and text.isdigit() and len(text) < 12 else 1


def _error(text: str) -> str:
    if text.startswith("Err:"):
        return _ERRORS.get(text, "#VALUE!")
    return _ERRORS.get(text, text)


def _number(text: str) -> int | float | str:
    """Return a number, whole ones as int; anything else stays a text."""
    text = text.strip()
    try:
        number = float(text) if text.isascii() and "_" not in text else None
    except ValueError:
        number = None
    if number is None:
        return text
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _date(text: str) -> Any:
    try:
        return datetime.datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        return text


_TIME = regex(r"(-?)PT(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})(?:[.,](\d{1,9}))?S)?")


def _time(text: str) -> Any:
    """Return a time as the part of a day that it is."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return text
    seconds = int(match[2] or 0) * 3600 + int(match[3] or 0) * 60 + float(f"{match[4] or 0}.{match[5] or 0}")
    return -seconds / 86400 if match[1] else seconds / 86400

"""One worksheet part → its cells and properties, in one pass."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any, NamedTuple

from ...formula.shift import Copied
from ...values import budget
from ...values.a1 import COLUMNS, ROWS, column_number
from ...values.budget import LONGEST_TEXT
from ...values.regex import regex
from .formats import GENERAL, UNKNOWN, as_date, is_date
from .odd import CellKind
from .said import LEAST_HEIGHT, LEAST_WIDTH, areas, count, each_once, figure, is_below, is_hidden
from .said import Bounds as Bounds
from .texts import plain
from .xml import Attributes, XmlError, scan, whole

DAMAGED = "\ufffd"
"""The value of a cell whose stored value means nothing: a text that no number cell takes."""
NOT_UNDERSTOOD = f"={{{DAMAGED}}}"
"""The formula of a cell that isn't understood, and is therefore said."""


def inside(area: Bounds, row: int, col: int) -> bool:
    """Return whether an area contains a cell."""
    return area[0] <= row <= area[2] and area[1] <= col <= area[3]


class Filled(NamedTuple):
    """One stored cell: its formula (with ``=``) or None, its value (cached, if there is a formula), its number format.

    ``unread``: its text has the colour of its background.
    """

    formula: str | None
    value: Any
    format: str = GENERAL
    unread: bool = False


class Rule(NamedTuple):
    """A data validation: its areas, ``kind`` and ``operator`` as the standard calls them, the limits as formulas."""

    areas: tuple[Bounds, ...]
    kind: str
    operator: str
    first: str
    second: str


class Cover(NamedTuple):
    """A conditional format that makes cells unreadable: its areas, its kind, and its formulas."""

    areas: tuple[Bounds, ...]
    kind: str
    operator: str
    formulas: tuple[str, ...]


class Styles(NamedTuple):
    """The shared data that a sheet's cells refer to: format codes by style and which styles are unreadable, shared texts, and the date system.

    ``painted``: the conditional formats that make text unreadable.
    """

    formats: list[str]
    unread: list[bool]
    texts: list[str]
    from_1904: bool
    painted: frozenset[int] = frozenset()


class SheetPart:
    """A worksheet as it is scanned. ``cells`` by (row, column) from 0."""

    def __init__(self, data: bytes, styles: Styles) -> None:
        self.styles = styles
        self.letters = 0
        """Characters of its texts and formulas: a shared text counts in each cell."""
        limits = budget.current().limits
        self._most, self._most_letters = limits.cells, limits.characters
        self._looks: dict[str, tuple[str, bool, bool]] = {}
        self.cells: dict[tuple[int, int], Filled] = {}
        self.odd: dict[tuple[int, int], CellKind] = {}
        """The cells whose content counts for nothing."""
        self.hidden_rows: set[int] = set()
        self._hidden_cols: set[tuple[int, int]] = set()
        self.folded_rows: set[int] = set()
        self._folded_cols: set[tuple[int, int]] = set()
        self.merged: list[Bounds] = []
        self.rules: list[Rule] = []
        self.covers: list[Cover] = []
        self.protected = False
        self.has_folds = False
        self._shared: dict[str, tuple[Copied, int, int]] = {}
        self._row = self._col = -1
        self._lost: CellKind | None = None
        self._tables = 0
        self._unknown: list[tuple[Attributes | None, bool]] = []
        """The elements that no cell has, as far as they are open: each with what was known of the cell where it began."""
        self._style = self._type = ""
        self._formula: Attributes | None = None
        self._formula_text = self._value_text = ""
        self._has_value = False
        self._inline: str | None = None
        """The text within the cell itself; a value beside it is another one, unless they are equal."""
        self._quiet = 0
        self._into = ""
        self._pieces: list[str] = []
        self._rule: Attributes = {}
        self._limits: dict[str, str] = {}
        self._areas: tuple[Bounds, ...] = ()
        self._formulas: list[str] = []
        scan(data, self._start, self._end, self._text)

    # -- the scan ---------------------------------------------------------

    def _start(self, tag: str, attributes: Attributes) -> None:
        if tag == "c":
            self._start_cell(attributes)
        elif tag in _TEXTS:
            self._into = tag
            self._pieces = []
            if tag == "f":
                self._formula = attributes
        elif tag == "rPh":
            self._quiet += 1
        elif tag == "row":
            self._start_row(attributes)
        elif (start := _OTHERS.get(tag, SheetPart._start_unknown)) is not None:
            start(self, attributes)

    def _end(self, tag: str) -> None:
        if tag == "c":
            self._end_cell()
        elif tag == "v":
            if self._has_value:
                self._lost = "two_values"  # which is meant?
            self._value_text, self._has_value = "".join(self._pieces), True
            self._into = ""
        elif tag == "f":
            self._formula_text = "".join(self._pieces)
            self._into = ""
        elif tag == "t":
            if not self._quiet:
                self._inline = (self._inline or "") + "".join(self._pieces)
            self._into = ""
        elif tag in _NOTHING_AT_END:
            return
        elif tag == "rPh":
            self._quiet -= 1
        elif tag in ("formula1", "formula2"):
            self._limits[tag] = "".join(self._pieces)
            self._into = ""
        elif tag == "sqref":  # validations of later editions have their areas as a text
            self._rule["sqref"] = "".join(self._pieces)
            self._into = ""
        elif tag == "formula":
            self._formulas.append("".join(self._pieces).strip())
            self._into = ""
        elif tag == "cfRule":
            self._end_conditional()
        elif tag == "dataValidation":
            self._end_validation()
        else:
            self._end_unknown()

    def _text(self, piece: str) -> None:
        if self._into:
            self._pieces.append(piece)

    # -- cells ------------------------------------------------------------

    def _start_row(self, attributes: Attributes) -> None:
        number = attributes.get("r")
        self._row = self._row + 1 if number is None else count(number) - 1
        if not 0 <= self._row < ROWS:
            raise XmlError("シートにない行番号があります", "a row that no sheet has")
        self._col = -1
        is_grouped = self._is_grouped(attributes)
        if is_hidden(attributes) or (not is_grouped and is_below(attributes.get("ht"), LEAST_HEIGHT)):
            (self.folded_rows if is_grouped else self.hidden_rows).add(self._row)

    def _start_cell(self, attributes: Attributes) -> None:
        where = attributes.get("r")
        self._lost = None
        if where is None:  # legal: cells then follow one another
            self._col += 1
        else:
            match = _ADDRESS.match(where)
            if match is None:  # no address: it stands where it would without one, and its content counts for nothing
                self._col += 1
                self._lost = "no_address"
            else:
                self._col, self._row = column_number(match[1]), int(match[2]) - 1
                if self._col >= COLUMNS or not 0 <= self._row < ROWS:
                    raise XmlError(f"シートにないセル番地があります({where})", f"a cell that no sheet has ({where})")
        self._style, self._type = attributes.get("s", "0"), attributes.get("t", "n")
        self._formula = None
        self._formula_text = self._value_text = ""
        self._has_value = False
        self._inline = None

    def _start_table(self, _: Attributes) -> None:
        self._tables += 1
        if self._tables > 1:
            raise XmlError("セルの表(sheetData)が2つあります", "it has the cells of its sheet (sheetData) twice")

    def _start_unknown(self, _: Attributes) -> None:
        self._unknown.append((self._formula, self._has_value))

    def _end_unknown(self) -> None:
        """Leave an element that no cell has: a formula, or a value, in it is none of the cell's own."""
        formula, has_value = self._unknown.pop()
        if self._formula is not formula or self._has_value is not has_value:
            self._lost = "unknown"

    def _end_cell(self) -> None:
        formula = None if self._formula is None else self._formula_of(self._formula)
        if self._inline is not None:
            if self._has_value and self._value_text != self._inline:
                self._lost = "two_values"
            self._value_text, self._has_value = self._inline, True
        if formula is None and not self._has_value:
            return
        if len(self.cells) >= self._most or self.letters > self._most_letters:
            budget.current().within("cells", len(self.cells) + 1)
            budget.current().within("characters", self.letters)
        code, unread, dated = self._looks.get(self._style) or self._look(self._style)
        value = self._value(dated) if self._has_value else None
        if type(value) is str:
            self.letters += len(value)
            if len(value) > LONGEST_TEXT:
                value, self._lost = DAMAGED, self._lost or "too_long"
        if formula is not None:
            self.letters += len(formula)
            if len(formula) > LONGEST_TEXT:
                formula = NOT_UNDERSTOOD
        if formula is not None or value is not None:
            where = self._row, self._col
            if where in self.cells:  # twice: which of both is meant, nobody knows
                self._lost = "two_values"
            if self._lost is not None:
                formula, value = None, DAMAGED
                self.odd[where] = self._lost
            self.cells[where] = Filled(formula, value, code, unread)

    def _look(self, style: str) -> tuple[str, bool, bool]:
        """Return the format code of a style, whether its text can't be read, and whether its numbers are dates."""
        formats, unread, number = self.styles.formats, self.styles.unread, whole(style)
        code = formats[number] if 0 <= number < len(formats) else GENERAL if number == 0 else UNKNOWN
        found = self._looks[style] = code, 0 <= number < len(unread) and unread[number], is_date(code)
        return found

    def _formula_of(self, attributes: Attributes) -> str | None:
        # Some programs write the sign of a formula into it.
        kind, text = attributes.get("t", "normal"), self._formula_text.strip().removeprefix("=")
        if kind == "shared":
            index = attributes.get("si", "")
            if len(text) > LONGEST_TEXT:
                return NOT_UNDERSTOOD
            if text:
                self._shared[index] = Copied(text), self._row, self._col
            elif index in self._shared:
                copied, row, col = self._shared[index]
                text = copied.at(self._row - row, self._col - col)
                self.letters += len(text)  # once more: what is made costs more than what is read
            else:
                return NOT_UNDERSTOOD
        elif kind == "dataTable":
            return "={TABLE()}"
        elif kind == "array" and ":" in attributes.get("ref", ""):
            return f"={{{text}}}"  # over several cells: no formula of ours, and not worked out
        return f"={text}" if text else None

    def _value(self, dated: bool) -> Any:
        text, kind = self._value_text, self._type
        if kind == "s":
            at = whole(text.strip())
            if 0 <= at < len(self.styles.texts):
                return self.styles.texts[at]
            self._lost = self._lost or "no_text"
            return DAMAGED
        if kind in ("str", "inlineStr"):
            return plain(text)
        if kind == "b":
            return text.strip() in ("1", "true")
        if kind == "e":
            return text
        if kind == "d":
            try:
                return datetime.datetime.fromisoformat(text.strip())
            except ValueError:
                return text
        if not text.strip():
            return None
        number = figure(text)
        return as_date(number, self.styles.from_1904) if dated and not isinstance(number, str) else number

    # -- around the cells --------------------------------------------------

    def _columns(self, attributes: Attributes) -> None:
        is_grouped = self._is_grouped(attributes)
        if is_hidden(attributes) or (not is_grouped and is_below(attributes.get("width"), LEAST_WIDTH)):
            first, last = count(attributes.get("min", "1")), count(attributes.get("max", "1"))
            (self._folded_cols if is_grouped else self._hidden_cols).add((max(first, 1) - 1, min(last, COLUMNS)))

    def _is_grouped(self, attributes: Attributes) -> bool:
        """Return whether a row or column is in a group: if it is hidden, it is folded, and a button beside the sheet shows that."""
        is_grouped = attributes.get("outlineLevel", "0") not in ("", "0")
        self.has_folds = self.has_folds or is_grouped
        return is_grouped

    @property
    def hidden_cols(self) -> frozenset[int]:
        return each_once(self._hidden_cols)

    @property
    def folded_cols(self) -> frozenset[int]:
        return each_once(self._folded_cols)

    def _merge(self, attributes: Attributes) -> None:
        self.merged += areas(attributes.get("ref", ""))

    def _validation(self, attributes: Attributes) -> None:
        self._rule, self._limits = dict(attributes), {}

    def _end_validation(self) -> None:
        found = tuple(areas(self._rule.get("sqref", "")))
        if found:
            first, second = self._limits.get("formula1", ""), self._limits.get("formula2", "")
            operator = self._rule.get("operator", "between")
            self.rules.append(Rule(found, self._rule.get("type", "none"), operator, first.strip(), second.strip()))

    def _conditional_areas(self, attributes: Attributes) -> None:
        self._areas = tuple(areas(attributes.get("sqref", "")))

    def _conditional(self, attributes: Attributes) -> None:
        self._rule, self._formulas = dict(attributes), []

    def _end_conditional(self) -> None:
        look = self._rule.get("dxfId", "")
        if self._areas and whole(look) in self.styles.painted:
            kind, operator = self._rule.get("type", ""), self._rule.get("operator", "")
            self.covers.append(Cover(self._areas, kind, operator, tuple(self._formulas)))

    def _protection(self, attributes: Attributes) -> None:
        self.protected = attributes.get("sheet") in ("1", "true")


_OTHERS: dict[str, Callable[[SheetPart, Attributes], None] | None] = {
    "col": SheetPart._columns,
    "mergeCell": SheetPart._merge,
    "dataValidation": SheetPart._validation,
    "conditionalFormatting": SheetPart._conditional_areas,
    "cfRule": SheetPart._conditional,
    "sheetProtection": SheetPart._protection,
    "sheetData": SheetPart._start_table,
    "is": None,  # around a text of the cell's own
    "r": None,  # around a piece of one
}
_NOTHING_AT_END = {"row", *_OTHERS} - {"dataValidation", "cfRule"}
_TEXTS = {"v", "f", "t", "sqref", "formula", "formula1", "formula2"}
_ADDRESS = regex(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})$")

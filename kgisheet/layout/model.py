"""A workbook as plain data: sheets of items, with their settings.

Rows and columns count from 0. A look (a cell's style) is a tuple of (property, value) pairs;
the property names are those of XlsxWriter's formats, which any writer can map.
"""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any, NamedTuple

from ..values.a1 import Place
from ..worksheet.solve import Held

Look = tuple[tuple[str, Any], ...]

TEXT, NUMBER, DATE, FORMULA, BLANK, LINK = "text", "number", "date", "formula", "blank", "link"


class Item(NamedTuple):
    """One cell. ``value`` is the content, or a formula's cached value; ``content`` a formula or a link's target."""

    row: int
    col: int
    kind: str
    value: Held
    look: Look
    content: str = ""
    last_col: int | None = None  # merged up to there


class Validation(NamedTuple):
    """The data validation of a block of inputs, and its messages."""

    row: int
    col: int
    last_row: int
    options: dict[str, Any]


class Conditional(NamedTuple):
    """A style that applies while a formula is true."""

    row: int
    col: int
    last_row: int
    last_col: int
    formula: str
    look: Look


COLUMNS, BARS, FUNNEL = "columns", "bars", "funnel"
"""The kinds of charts: upright bars over the months, with lines; bars that lie below one another; bars that are centred."""


class Series(NamedTuple):
    """One row of bars or one line of a chart; without a colour, what holds the others apart and isn't seen."""

    name: str
    values: Place
    color: str
    is_line: bool = False


class Chart(NamedTuple):
    """Bars and lines over the months, or bars below one another: the place of the data, and the chart's own place (pixels)."""

    title: str
    alt_text: str
    categories: Place
    series: tuple[Series, ...]
    row: int
    col: int
    pixels: tuple[int, int]
    offset: int = 0
    month_format: str = "yyyy-mm"
    value_format: str = "#,##0"
    kind: str = COLUMNS


def pixels(width: float) -> int:
    """Return how wide a column of so many characters is on the screen, at 100 %."""
    return int(width * 7 + 0.5) + 5


LYING, UPRIGHT = 1183, 817
"""How many pixels of columns an A4 takes across within its margins at nine tenths of their size: type of 10 points is 9 there."""

_DEFAULT_HEIGHT = 15.0
"""Points, of a row that nobody set."""


class Sheet:
    """One sheet. ``widths`` and ``heights`` are in Excel's units (characters, points)."""

    def __init__(self, title: str, widths: dict[int, float], hidden: bool = False) -> None:
        self.title = title
        self.widths = widths
        self.hidden = hidden
        self.items: list[Item] = []
        self.heights: dict[int, float] = {}
        self.validations: list[Validation] = []
        self.conditionals: list[Conditional] = []
        self.quiet: dict[str, list[str]] = {}
        self.charts: list[Chart] = []
        self.pages_tall = 1
        """How many printed pages high: 0 is as many as it takes, each as wide as a page."""
        self.pages_wide = 1
        self.title_cols: tuple[int, int] | None = None
        """The columns that each page across begins with."""
        self.is_portrait = False
        self.breaks: list[int] = []
        """Rows that begin a printed page."""
        self.frozen_rows = 0
        self.frozen_cols = 0
        self.folded_rows: list[tuple[int, int]] = []
        """Groups of rows (first and last) that are shown folded; the button is on the row above each."""
        self.folded_cols: list[tuple[int, int]] = []
        """The same of columns; the button is on the column before each."""
        self.is_protected = True
        """Excel opens no fold on a protected sheet."""
        self.role = ""
        """The purpose of the sheet, which colours its tab: a key of `looks.TABS`."""
        self.is_opened = False
        """Whether the workbook opens on this sheet."""
        self.cursor: tuple[int, int] = (0, 0)
        self.filtered: tuple[int, int, int, int] | None = None
        """The area with buttons to filter it, its headings the first row; they work on a protected sheet, too."""
        self.title_rows: tuple[int, int] | None = None
        self.print_area: tuple[int, int, int, int] | None = None

    def put(self, row: int, col: int, value: Held, look: Look, last_col: int | None = None) -> None:
        """Put a constant; None is an empty cell with a style."""
        if value is None:
            kind = BLANK
        elif isinstance(value, str):
            kind = TEXT
        elif isinstance(value, Fraction):
            kind = NUMBER
        else:
            assert isinstance(value, datetime.date)
            kind = DATE
        self.items.append(Item(row, col, kind, value, look, "", last_col))

    def formula(self, row: int, col: int, formula: str, cached: Held, look: Look, last_col: int | None = None) -> None:
        self.items.append(Item(row, col, FORMULA, cached, look, formula, last_col))

    def tall(self, first: int, end: int) -> float:
        """Return the height of the rows from ``first`` up to but excluding ``end``, in points; folded ones have none."""
        folded = {row for top, last in self.folded_rows for row in range(top, last + 1)}
        return sum(self.heights.get(row, _DEFAULT_HEIGHT) for row in range(first, end) if row not in folded)

    def link(self, row: int, col: int, target: str, text: str, look: Look) -> None:
        """Put a text that leads to a cell of the workbook, or to a file: ``external:`` and its path from here."""
        self.items.append(Item(row, col, LINK, text, look, target))


class Book(NamedTuple):
    """The whole workbook. ``names`` are the defined names, workbook-wide; ``local_names`` those of one sheet."""

    sheets: list[Sheet]
    names: dict[str, Place]
    local_names: list[tuple[str, Place]]
    properties: dict[str, str]
    custom: dict[str, str]

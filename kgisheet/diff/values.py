"""Values of inputs and stages: read alike from two workbooks, compared, and written for people and for JSON."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from ..filled.workbook import FilledBook
from ..formula.nodes import ErrorValue
from ..language.text import Text
from ..language.words import COUNTERS
from ..template.model import Cell
from ..values.rounding import number
from ..values.tolerance import same_typed
from ..values.units import COUNT, CURRENCY, DATE, MONTH, RATE
from ..worksheet.shown import in_unit, is_blank, same

Content = Fraction | datetime.date | Text | str | None
"""A figure, a day, one of a list of choices (in both languages), a text, or nothing."""

FIGURES = (CURRENCY, COUNT, RATE)
"""The units whose cells hold numbers."""


def content(book: FilledBook, cell: Cell, row: int | None) -> Content:
    """Return the content of an input; for what is neither figure nor text (an error, TRUE), its text."""
    if book.place(cell.name, row) is None or (row is not None and row >= book.places.rows(cell.name)):
        return None
    value = book.value(cell.name, row)
    if is_blank(value):
        return None
    if isinstance(value, ErrorValue):
        return value.text
    if isinstance(value, bool):
        return str(value).upper()
    if cell.choices is not None:
        return next((text for text in cell.choices.values() if value == text.to(book.lang)), str(value))
    if cell.unit in (DATE, MONTH):
        date = book.date(cell.name, row)
        if date is not None:
            return date
    if isinstance(value, Fraction):
        # A title may be a year: what the cell was given as does not matter there.
        return value if cell.unit in FIGURES else str(number(value))
    return str(value).replace("\r\n", "\n")


def alike(before: Content, after: Content) -> bool:
    """Return whether two values are equal except for binary rounding error."""
    if isinstance(before, Fraction) and isinstance(after, Fraction):
        return same(before, after)
    return type(before) is type(after) and before == after


def alike_typed(before: Content, after: Content) -> bool:
    """Return whether two values are equal as typed values."""
    if isinstance(before, Fraction) and isinstance(after, Fraction):
        return same_typed(before, after)
    return alike(before, after)


def is_no_figure(value: Content, cell: Cell) -> bool:
    """Return whether an input's content can't be calculated with: ``1,200万円`` as text, an error, an invalid choice."""
    if value is None:
        return False
    if cell.choices is not None:
        return not isinstance(value, Text)
    if cell.unit in (DATE, MONTH):
        return not isinstance(value, datetime.date)
    return cell.unit in FIGURES and not isinstance(value, Fraction)


def to_json(value: Content, cell: Cell, lang: str) -> Any:
    """Return a value as SPEC, JSON has it: a number, ``2026-04``, a text, None."""
    if isinstance(value, Text):
        return value.to(lang)
    if isinstance(value, Fraction):
        return number(value)
    return _day(value, cell) if isinstance(value, datetime.date) else value


def shown(value: Content, cell: Cell) -> Text:
    """Return a value for people: 12,000,000円, 30%, 21,700回, 2026-04, 「広告」."""
    if value is None:
        return Text("空欄", "blank")
    if isinstance(value, Text):
        return value
    if isinstance(value, Fraction):
        counter = COUNTERS.get(cell.counter or "", Text("", "")) if cell.unit == COUNT else Text("", "")
        if abs(value) >= _DIGITS:
            said = Text(f"{float(value):.6g}", f"{float(value):.6g}")
        else:
            said = in_unit(float(value), cell.unit)
        return Text(said.ja + counter.ja, said.en + counter.en)
    if isinstance(value, datetime.date):
        day = _day(value, cell)
        return Text(day, day)
    line = " ".join(value.split())
    if cell.unit in FIGURES and line.startswith("#"):
        return Text(line, line)  # an error, not a text that somebody typed
    return Text(f"「{_cut(line)}」", f"“{_cut(line)}”")


def both(before: Content, after: Content, cell: Cell, say: Callable[[Content, Cell], Text] = shown) -> tuple[Text, Text]:
    """Return two different values, with enough digits that they read differently."""
    first, second = say(before, cell), say(after, cell)
    if first == second and isinstance(before, Fraction) and isinstance(after, Fraction):
        first, second = (Text(text, text) for text in (repr(number(before)), repr(number(after))))
    return first, second


def _day(value: datetime.date, cell: Cell) -> str:
    # A month that somebody typed as another day than its first is not quite that month.
    return f"{value:%Y-%m}" if cell.unit == MONTH and value.day == 1 else value.isoformat()


_LONG = 40
_DIGITS = 10**15  # beyond what a spreadsheet tells apart


def _cut(text: str) -> str:
    return text if len(text) <= _LONG else text[: _LONG - 1] + "…"

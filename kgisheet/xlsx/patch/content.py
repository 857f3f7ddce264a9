"""The new content of a cell: a constant, or a formula with its cached value; as the cell's XML.

Text that a cell can't hold is refused, never cut: it is other people's.
"""

from __future__ import annotations

import datetime
import math
from fractions import Fraction
from typing import NamedTuple

from ...language.text import Text
from ...values.budget import LONGEST_FORMULA, LONGEST_TEXT
from ...values.regex import regex
from .markup import escape

Value = str | int | float | Fraction | bool | datetime.date | None


class Content(NamedTuple):
    """A constant, or a formula (with or without ``=``) and its cached value. Nothing at all empties the cell."""

    value: Value = None
    formula: str | None = None


class Written(NamedTuple):
    """A cell's type (its ``t``; none for numbers) and the elements in it, with ``{0}`` as a placeholder for the part's prefix."""

    type: str
    elements: str

    def xml(self, prefix: str) -> str:
        return self.elements.format(prefix)


class RefusedError(Exception):
    """Content that no cell can hold, in words."""

    def __init__(self, what: Text) -> None:
        super().__init__(what.en)
        self.what = what


_ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!")
_NO_XML = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# In a text they are written by their number, as Excel does; a carriage return XML itself would change.
_BY_NUMBER = regex("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")


def written(content: Content, from_1904: bool) -> Written:
    """Return the cell's XML; dates become numbers of the workbook's own calendar. Raise RefusedError."""
    if content.formula is not None:
        formula = _formula(content.formula)
        kind, value = cached(content.value, from_1904)
        return Written(kind, f"<{{0}}f>{_literal(formula)}</{{0}}f>{value}")
    value_ = content.value
    if isinstance(value_, str):
        xml = _literal(_text(value_))
        space = ' xml:space="preserve"' if value_ != value_.strip() else ""
        return Written("inlineStr", f"<{{0}}is><{{0}}t{space}>{xml}</{{0}}t></{{0}}is>")
    return cached(value_, from_1904)


def cached(value: Value, from_1904: bool) -> Written:
    """Return a formula's result as XML; an error by its name. Raise RefusedError."""
    if value is None:
        return Written("", "")
    if isinstance(value, bool):
        return Written("b", f"<{{0}}v>{int(value)}</{{0}}v>")
    if isinstance(value, str):
        kind = "e" if value in _ERRORS else "str"
        return Written(kind, f"<{{0}}v>{_literal(_text(value))}</{{0}}v>")
    number = serial(value, from_1904) if isinstance(value, datetime.date) else value
    return Written("", f"<{{0}}v>{_number(number)}</{{0}}v>")


def serial(date: datetime.date, from_1904: bool) -> int | float:
    """Return the serial number of a date, with its time if it has one. Raise RefusedError before the calendar begins."""
    days: float = date.toordinal() - datetime.date(1899, 12, 30).toordinal()
    # 1900 was no leap year, but its 29 February has number 60.
    days = days - 1462 if from_1904 else days if days > 60 else days - 1
    if days < (0 if from_1904 else 1):
        year = 1904 if from_1904 else 1900
        raise RefusedError(Text(f"{year}年より前の日付は入りません", f"a date before {year} can't be held"))
    if isinstance(date, datetime.datetime):
        time = datetime.timedelta(hours=date.hour, minutes=date.minute, seconds=date.second, microseconds=date.microsecond)
        return days + time / datetime.timedelta(days=1) if time else int(days)
    return int(days)


def _formula(formula: str) -> str:
    formula = formula.strip().removeprefix("=").replace("\r\n", "\n").replace("\r", "\n")
    if not formula or _NO_XML.search(formula):
        raise RefusedError(Text("数式として書けない文字列です", "this formula can't be written"))
    if _units(formula) > LONGEST_FORMULA:
        raise RefusedError(
            Text(
                f"数式が長すぎます(Excelは{LONGEST_FORMULA:,}文字まで)",
                f"the formula is too long (Excel holds {LONGEST_FORMULA:,} characters)",
            )
        )
    return formula


def _text(value: str) -> str:
    if _units(value) > LONGEST_TEXT:
        raise RefusedError(
            Text(
                f"文字列が長すぎます(Excelは{LONGEST_TEXT:,}文字まで)",
                f"the text is too long (Excel holds {LONGEST_TEXT:,} characters)",
            )
        )
    return _BY_NUMBER.sub(lambda found: f"_x{ord(found[0]):04X}_", value)


def _units(text: str) -> int:
    """Return the length in UTF-16 units, as Excel counts."""
    return len(text) + sum(letter > "\uffff" for letter in text) if len(text) <= LONGEST_TEXT else len(text)


def _number(value: float | Fraction) -> str:
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise RefusedError(Text("セルに入らない数です", "a cell can't hold this number"))
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def _literal(text: str) -> str:
    """Return text as XML, in a piece that ``format`` fills in."""
    return escape(text).replace("{", "{{").replace("}", "}}")

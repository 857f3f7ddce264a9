"""Values of cells for people and for JSON, and when two of them are equal."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ..formula.values import Value
from ..language.text import Text
from ..template.model import Cell
from ..values.amounts import trimmed
from ..values.rounding import number
from ..values.tolerance import is_shortened, same_result
from ..values.units import COUNT, CURRENCY, RATE


def is_blank(value: Value) -> bool:
    return value is None or value == ""


def same(left: Value, right: Value, among: Fraction | int = 0) -> bool:
    """Return whether two values are equal except for binary rounding error on figures of the size of ``among``."""
    if is_blank(left) or is_blank(right):
        return is_blank(left) and is_blank(right)
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return same_result(left, right, among)
    return left == right


def same_stored(stored: Value, now: Value, among: Fraction | int = 0) -> bool:
    """Return whether a result that a file holds is what its formula gives, as a program may have written it: in full, or to ten digits."""
    if same(stored, now, among):
        return True
    return isinstance(stored, Fraction) and isinstance(now, Fraction) and is_shortened(stored, now)


def json_value(value: Value) -> Any:
    if isinstance(value, Fraction):
        return number(value)
    if value is None or isinstance(value, (str, bool)):
        return None if value == "" else value
    return value.text


def shown(value: Value, cell: Cell) -> Text:
    """Return a value in the reader's unit: 40件, 30%, 4,000,000円."""
    if is_blank(value):
        return Text("空欄", "blank")
    if not isinstance(value, Fraction):
        text = quoted(str(json_value(value)))
        return Text(text, text)
    said = in_unit(float(value), cell.unit)
    return Text(f"{said.ja}件", said.en) if cell.unit == COUNT and cell.counter == "deals" else said


_LEAST, _MOST = 1e-12, 1e21
"""Below and above, a figure is written with an exponent: nobody counts twenty zeros."""


def _figure(value: float, digits: int) -> str:
    """Return a figure with so many decimals; a small one with its first digits, a tiny or huge one with an exponent."""
    if value and not _LEAST <= abs(value) < _MOST:
        return f"{value:.3g}"
    return trimmed(value, digits) if abs(value) >= 0.5 * 10**-digits or value == 0 else f"{Decimal(f'{value:.3g}'):f}"


def in_unit(value: float, unit: str | None) -> Text:
    """Return a number in the reader's unit, without a counter: 40, 30%, 4,000,000円."""
    if unit == RATE:
        text = _figure(value * 100, 4) + "%"
        return Text(text, text)
    text = _figure(value, 2)
    return Text(f"{text}円", f"-¥{text[1:]}" if value < 0 else f"¥{text}") if unit == CURRENCY else Text(text, text)


def shown_plain(value: Value) -> Text:
    """Return a value of a cell with an unknown unit."""
    if is_blank(value):
        return Text("空欄", "blank")
    text = quoted(str(json_value(value)))
    return in_unit(float(value), None) if isinstance(value, Fraction) else Text(text, text)


def quoted(text: str, most: int = 40) -> str:
    """Return a text that someone typed, on one line and short enough for a sentence."""
    one_line = re.sub(r"\r?\n|\r", "↵", text)
    return one_line if len(one_line) <= most else f"{one_line[: most - 1]}…"

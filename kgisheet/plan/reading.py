"""Reading of one plan value, by its cell's unit."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ..language.text import Text
from ..template.model import Cell
from ..values import amounts
from ..values.amounts import FigureError
from ..values.toml import Decimal
from ..values.units import COUNT, CURRENCY, DATE, MONTH, RATE


def read(cell: Cell, value: Any, may_be_zero: bool, is_whole: bool, lines: bool) -> Any:
    """Return the value for the cell's unit; raise FigureError if it can't be accepted.

    ``may_be_zero``: a rate that is a share may be 0, a divisor may not; ``is_whole``: a count
    has no decimals; ``lines``: a text may have several lines.
    """
    if cell.choices is not None:
        return _choice(cell, value)
    if cell.unit == RATE:
        return amounts.factor(value) if cell.unbounded else amounts.rate(value, zero=may_be_zero)
    if cell.unit == CURRENCY:
        return _amount(cell, value)
    if cell.unit == DATE:
        return amounts.day(value)
    if cell.unit == MONTH:
        return amounts.month(value)
    if cell.unit == COUNT:
        return amounts.count(value, is_whole)
    return amounts.text(value, lines)


def _amount(cell: Cell, value: Any) -> Fraction:
    amount = amounts.money(value)
    if cell.positive and amount == 0:
        raise FigureError(
            Text("0円では割り算ができません", "0 yen can't be used as a divisor"),
            Text("0より大きい金額を書いてください", "write more than zero"),
        )
    return amount


def _choice(cell: Cell, value: Any) -> str:
    choices = cell.choices or {}
    if isinstance(value, str) and not isinstance(value, Decimal):
        for key, text in choices.items():
            if value == key or value in text:
                return key
    shown = ", ".join(choices)
    raise FigureError(
        Text(f"「{value}」は選べません", f"“{value}” is not among the choices"),
        Text(f"{shown} のどれかを書いてください", f"one of {shown}"),
    )

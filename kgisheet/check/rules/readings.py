"""Readings of a text that was typed for a number."""

from __future__ import annotations

import unicodedata
from fractions import Fraction

from ...template.model import Cell
from ...values import amounts
from ...values.amounts import FigureError
from ...values.regex import regex
from ...values.units import CURRENCY, RATE


def both_readings(value: str) -> tuple[str, str]:
    """Return both readings of a figure: with a decimal comma, and with commas between thousands."""
    foreign = value.replace(".", "").replace(",", ".")
    ours = value.replace(",", "") if value.count(".") <= 1 else value.replace(",", "").replace(".", "")
    return foreign, ours.lstrip("0") or "0"


_WRAPPED = regex(r"^[▲△(\-−‐–](?P<inner>[^()]*)\)?$")
_REMARK = regex(r"[(\uff08][^()\uff08\uff09]*[)\uff09]$")


def read_as(cell: Cell, value: str) -> Fraction | None:
    """Return the value of a text in the cell's unit; ▲, △ and brackets are minus signs to accountants."""
    text = "".join(letter for letter in value if unicodedata.category(letter) != "Cf").strip().strip("'’\"“”").strip()
    negative = _WRAPPED.match(unicodedata.normalize("NFKC", text))
    if negative is not None:
        inner = _positive(cell, negative["inner"])
        return None if inner is None else -inner
    return _positive(cell, _REMARK.sub("", text).strip().removeprefix("約"))


def _positive(cell: Cell, value: str) -> Fraction | None:
    try:
        if cell.unbounded:
            return amounts.factor(value)
        if cell.unit == RATE:
            return amounts.rate(value, zero=True)
        return amounts.money(value) if cell.unit == CURRENCY else amounts.count(value)
    except FigureError:
        return None

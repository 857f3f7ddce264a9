"""One input, as a plan writes it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from ..errors import Problem
from ..filled.workbook import FilledBook
from ..language.text import Text
from ..plan.inputs import Input, value_of
from ..template.model import Cell
from ..values.a1 import cell_of
from ..values.toml import Decimal
from ..values.units import MONTH, RATE

Inputs = Mapping[str, Input | list[Input]]


def written(book: FilledBook, inputs: Inputs, cell: Cell, row: int | None, problems: list[Problem]) -> Any:
    """Return an input as a plan writes it: 12000000, "30%", "2026-04"; None for an empty one."""
    value = value_of(inputs, cell.name, row)
    stored = book.at(cell.name, row)
    if value is None or (isinstance(value, str) and cell.unit not in ("text",)):
        if stored.value not in (None, ""):
            label = cell.full_label
            what = Text(
                f"{label.ja}の「{stored.value}」は計画に書けません", f"{label.en} “{stored.value}” can't be written in a plan"
            )
            fix = Text("シートを直すか、計画に書き足してください", "correct the sheet, or add it to the plan")
            problems.append(Problem("not-carried", what, fix, book.source, None, called(book, cell, row)))
        return None
    if isinstance(value, datetime.date):
        return f"{value:%Y-%m}" if cell.unit == MONTH else value
    if isinstance(value, Fraction):
        return figure(value, cell)
    if cell.choices is not None and not value.isascii():
        # A unit of yen: in the workbook's language, as a plan takes it too.
        return cell.choices[value].to(book.lang) if value in cell.choices else value
    return value


def called(book: FilledBook, cell: Cell, row: int | None) -> str:
    """Return the name of an input for messages; for a month's tab, the cell."""
    place = book.place(cell.name, row)
    if cell.on_tab and place is not None:
        return cell_of(place.sheet, place.row, place.col)
    return cell.name if row is None else f"{cell.name}[{row + 1}]"


def figure(value: Fraction, cell: Cell) -> Any:
    """Return a number as a plan writes it: a rate in percent, any other unchanged."""
    return percent(value) if cell.unit == RATE else number(value)


def percent(value: Fraction) -> str:
    """Return a rate as a percentage with all its digits."""
    return f"{_decimal(value * 100)}%"


def number(value: Fraction) -> Any:
    """Return a number: whole, or a decimal as it is."""
    return value.numerator if value.denominator == 1 else Decimal(_decimal(value))


def _decimal(value: Fraction) -> str:
    """Return a terminating decimal, as a cell holds, without an exponent."""
    text = f"{value.numerator * 10**20 // value.denominator:021d}"
    return f"{text[:-20]}.{text[-20:]}".rstrip("0").rstrip(".")

"""A filled workbook → a plan: the inputs as they stand, and what could not be carried over."""

from __future__ import annotations

import datetime
import tomllib
from fractions import Fraction
from typing import Any

from .errors import Problem, Text
from .figures import FigureError, rate
from .filled import FilledBook
from .plan import months
from .plan.load import Input
from .template.model import Cell
from .tomlsource import Decimal, write
from .units import MONTH, RATE


def extract(book: FilledBook) -> tuple[str, list[Problem]]:
    """The plan as TOML, and a problem for each input that it could not say."""
    said = _carried_plan(book)
    problems: list[Problem] = []
    table: dict[str, Any] = {"template": said.get("template", book.template.name)}
    for cell in book.template.page_inputs():
        if cell.table is None:
            value = _written(book, cell, None, problems)
            if value is not None:
                table[cell.plan_key] = value
    _keep_share_of_total(table, said, book)
    if "sheets" in said:
        table["sheets"] = said["sheets"]
    months = _months(book, said.get("months"))
    if months:
        table["months"] = months
    channels = _channels(book, problems)
    if channels:
        table["channel"] = channels
    return write(table), problems


def _months(book: FilledBook, said: Any) -> dict[str, Any]:
    """How the year is spread, as a plan says it: in the words of the carried plan where they still hold."""
    there = said if isinstance(said, dict) else {}
    if not book.template.is_monthly:
        return there
    held = {name: book.inputs.get(name) for name in months.NAMES if name in book.template.cells}
    try:
        if held == {name: months.inputs(book.template, there, book.inputs).get(name) for name in held}:
            return there
    except (FigureError, TypeError, ValueError, KeyError):
        pass  # no plan of ours: what stands in the cells then
    return months.said(held)


def _carried_plan(book: FilledBook) -> dict[str, Any]:
    """The plan that the workbook was made from, for what no cell holds; {} where none is carried."""
    text = book.read.carried.get("plan")
    try:
        return tomllib.loads(text) if isinstance(text, str) else {}
    except ValueError:
        return {}


def _channels(book: FilledBook, problems: list[Problem]) -> list[dict[str, Any]]:
    columns = [cell for cell in book.template.page_inputs() if cell.table is not None]
    rows: list[dict[str, Any]] = []
    for index in range(book.table_rows):
        values = {cell.plan_key: _written(book, cell, index, problems) for cell in columns}
        row = {key: value for key, value in values.items() if value is not None}
        if "name" in row:
            rows.append(row)
        elif row:
            what = Text(f"{index + 1}行目のチャネルには名前がありません", f"the channel in row {index + 1} has no name")
            problems.append(Problem("unnamed", what, Text("計画に含めませんでした", "left out of the plan"), book.source))
    return rows


def _written(book: FilledBook, cell: Cell, row: int | None, problems: list[Problem]) -> Any:
    """An input as a plan writes it: 12000000, "30%", "2026-04"; None for an empty one."""
    held = book.inputs.get(cell.name)
    value: Input = held[row or 0] if isinstance(held, list) else held
    stored = book.at(cell.name, row)
    if value is None or (isinstance(value, str) and cell.unit not in ("text",)):
        if stored.value not in (None, ""):
            label = cell.full_label
            what = Text(
                f"{label.ja}の「{stored.value}」は計画に書けません", f"{label.en} “{stored.value}” can't stand in a plan"
            )
            name = cell.name if row is None else f"{cell.name}[{row + 1}]"
            fix = Text("シートを直すか、計画に書き足してください", "correct the sheet, or add it to the plan")
            problems.append(Problem("not-carried", what, fix, book.source, None, name))
        return None
    if isinstance(value, datetime.date):
        return f"{value:%Y-%m}" if cell.unit == MONTH else value
    if isinstance(value, Fraction):
        return _figure(value, cell)
    return value


def _figure(value: Fraction, cell: Cell) -> Any:
    if cell.unit == RATE:
        return f"{_decimal(value * 100)}%"
    return value.numerator if value.denominator == 1 else Decimal(_decimal(value))


def _decimal(value: Fraction) -> str:
    """A fraction whose decimals end, as they do for what a cell holds, without an exponent."""
    text = f"{value.numerator * 10**20 // value.denominator:021d}"
    return f"{text[:-20]}.{text[-20:]}".rstrip("0").rstrip(".")


def _keep_share_of_total(table: dict[str, Any], said: dict[str, Any], book: FilledBook) -> None:
    """ "24%" stays "24%" where web revenue is still that share of the total."""
    web, total = book.inputs.get("web_revenue"), book.inputs.get("total_revenue")
    written = said.get("web_revenue")
    if (
        isinstance(written, str)
        and written.rstrip().endswith(("%", "％"))
        and isinstance(web, Fraction)
        and isinstance(total, Fraction)
    ):
        try:
            if rate(written, zero=True) * total == web:
                table["web_revenue"] = written
        except FigureError:
            return

"""A filled workbook → a plan: the inputs as they stand, and what could not be carried over."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from .breaks import CHANNELS
from .errors import Problem, Text
from .figures import FigureError, rate
from .filled import FilledBook
from .plan import drawn, months
from .plan.load import Input
from .template.model import Cell
from .template.tables import CHANNEL
from .tomlsource import Decimal, write
from .units import MONTH, RATE

Inputs = Mapping[str, Input | list[Input]]


def extract(book: FilledBook, inputs: Inputs | None = None) -> tuple[str, list[Problem]]:
    """The plan as TOML, and a problem for each input that it could not say.

    ``inputs`` are said instead of those that stand in the workbook.
    """
    inputs = book.inputs if inputs is None else inputs
    said = _carried_plan(book)
    problems: list[Problem] = []
    table: dict[str, Any] = {"template": said.get("template", book.template.name)}
    for cell in book.template.page_inputs():
        if cell.table is None:
            value = _written(book, inputs, cell, None, problems)
            if value is not None:
                table[cell.plan_key] = value
    _keep_share_of_total(table, said, inputs)
    if "sheets" in said:
        table["sheets"] = said["sheets"]
    spread = _months(book, inputs, said)
    if spread:
        table["months"] = spread
    channels = _channels(book, inputs, problems)
    if channels:
        table["channel"] = channels
    table |= _drawn(book, inputs, problems)
    return write(table), problems


def _carried_plan(book: FilledBook) -> dict[str, Any]:
    """The plan that the workbook was made from, for what no cell holds; {} where none is carried."""
    text = book.read.carried.get("plan")
    try:
        return tomllib.loads(text) if isinstance(text, str) else {}
    except ValueError:
        return {}


def _months(book: FilledBook, inputs: Inputs, said: dict[str, Any]) -> dict[str, Any]:
    """How the year is spread: as the carried plan says it, as long as the cells say the same."""
    written = said.get("months", {})
    if not book.template.is_monthly or not isinstance(written, dict):
        return {}
    found: dict[str, Any] = {}
    weights = inputs.get("month_weight")
    if isinstance(weights, list) and any(isinstance(each, Fraction) and each > 0 for each in weights):
        # A month without a weight counts as one of weight 0.
        numbers = [each if isinstance(each, Fraction) else Fraction(0) for each in weights]
        made = [_figure(each, book.template.cells["month_weight"]) for each in numbers]
        named = next((key for key, season in months.SEASONS.items() if list(season) == made), None)
        found["weights"] = made if named is None or isinstance(written.get("weights"), list) else named
        if named == "even" and "weights" not in written:
            del found["weights"]
    closed = inputs.get("closed_through")
    if isinstance(closed, datetime.date):
        found["closed_through"] = f"{closed:%Y-%m}"
    lead_time = {stage: inputs.get(f"lead_time_{stage}") for stage in months.STAGES}
    found["lead_time"] = {key: int(value) for key, value in lead_time.items() if isinstance(value, Fraction)}
    if not found["lead_time"]:
        del found["lead_time"]
    coming = inputs.get("next_year_revenue")
    if isinstance(coming, Fraction):
        found["next_year"] = "none" if coming == 0 else _figure(coming, book.template.cells["next_year_revenue"])
    elif written.get("next_year") == "same":
        found["next_year"] = "same"
    return found


def _drawn(book: FilledBook, inputs: Inputs, problems: list[Problem]) -> dict[str, Any]:
    """What stands on the other sheets, by their sections; rows down to the last one with something in it."""
    found: dict[str, Any] = {}
    for section in book.template.drawn():
        single = {cell.plan_key: _written(book, inputs, cell, None, problems) for cell in drawn.singles(book.template, section)}
        columns = drawn.columns(book.template, section)
        rows = [
            {cell.plan_key: _written(book, inputs, cell, row, problems) for cell in columns}
            for row in range(book.sizes[section.table] if columns and section.table else 0)
        ]
        filled = [{key: value for key, value in row.items() if value is not None} for row in rows]
        while filled and not filled[-1]:
            filled.pop()
        said = {key: value for key, value in single.items() if value is not None} or filled
        if said:
            found[section.key] = said
    return found


def _channels(book: FilledBook, inputs: Inputs, problems: list[Problem]) -> list[dict[str, Any]]:
    columns = [cell for cell in book.template.inputs() if cell.table == CHANNEL and cell.name not in book.parted]
    rows: list[dict[str, Any]] = []
    if book.parted:
        what = next(iter(book.parted.values())).said(CHANNELS)
        fix = Text("その表の入力は計画に含めませんでした", "what is typed into that table was left out of the plan")
        problems.append(Problem("parted", what, fix, book.source))
    for index in range(book.table_rows):
        values = {cell.plan_key: _written(book, inputs, cell, index, problems) for cell in columns}
        row = {key: value for key, value in values.items() if value is not None}
        if "name" in row:
            rows.append(row)
        elif row:
            what = Text(f"{index + 1}行目のチャネルには名前がありません", f"the channel in row {index + 1} has no name")
            problems.append(Problem("unnamed", what, Text("計画に含めませんでした", "left out of the plan"), book.source))
    return rows


def _written(book: FilledBook, inputs: Inputs, cell: Cell, row: int | None, problems: list[Problem]) -> Any:
    """An input as a plan writes it: 12000000, "30%", "2026-04"; None for an empty one."""
    held = inputs.get(cell.name)
    if isinstance(held, list):
        held = held[row or 0] if (row or 0) < len(held) else None  # its sheet may be gone
    value: Input = held
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


def _keep_share_of_total(table: dict[str, Any], said: dict[str, Any], inputs: Inputs) -> None:
    """ "24%" stays "24%" where web revenue is still that share of the total."""
    web, total = inputs.get("web_revenue"), inputs.get("total_revenue")
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

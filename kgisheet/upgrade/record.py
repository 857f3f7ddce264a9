"""The record that the new workbook carries: what we wrote and what people typed stay apart, as they were in the old one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from ..filled.workbook import FilledBook
from ..formula.grid import Where
from ..layout.build import Built, record_sheet
from ..layout.model import Book
from ..plan.load import Plan
from ..regenerate.record import constant
from ..values.a1 import address
from ..values.toml import write
from ..worksheet import provenance
from ..xlsx.read.reader import as_date
from .moves import Moves
from .typed import INPUT, Typed


def recorded(
    old: FilledBook, built: Built, moves: Moves, plan: Plan, typed: Sequence[Typed], baseline: Mapping[Where, Any]
) -> Book:
    """Return the new book with its record.

    The next `monthly` compares a plan with what was written last; what people typed into the old workbook is theirs in
    the new one too. ``baseline`` is what we wrote ourselves, where the new form's plan says something else.
    """
    *sheets, hidden = built.book.sheets
    assert hidden.title == provenance.SHEET
    content = provenance.decode((row[0], row[1], row[2]) for row in _rows(hidden.items))
    original = {moves.rename.get(sheet.title, sheet.title): sheet.title for sheet in sheets}
    generated: dict[str, dict[str, Any]] = content["generated"]
    typed_over: dict[str, dict[str, Any]] = {}

    def put(where: Where, value: Any) -> None:
        cells, at = generated.setdefault(original[where[0]], {}), address(where[1], where[2])
        if value in (None, ""):
            cells.pop(at, None)
        else:
            cells[at] = value

    for where, value in baseline.items():
        put(where, value)
    for each in typed:
        place = moves.counterpart(each.cell, each.row) if each.kind == INPUT and each.cell is not None else None
        if place is None or each.cell is None:
            continue
        put(place[:3], each.was)
        value = as_date(each.held.value) or each.held.value
        typed_over.setdefault(original[place.sheet], {})[address(place.row, place.col)] = constant(value)
    if typed_over:
        content["typed_over"] = typed_over
    closed = old.read.carried.get("closed")
    if isinstance(closed, list):
        content["closed"] = closed
    content["plan"] = _plan(old, plan)
    return built.book._replace(sheets=[*sheets, record_sheet(content)])


def _plan(old: FilledBook, plan: Plan) -> str:
    """Return the plan that the old workbook carries, with the new one's sheets; the new one's where it carries none."""
    text = old.read.carried.get("plan")
    try:
        table = tomllib.loads(text) if isinstance(text, str) else {}
    except tomllib.TOMLDecodeError:
        table = {}
    if not table:
        return plan.text()
    kept = {key: value for key, value in table.items() if key in ("template", "sheets") or key in plan.table}
    return write({**kept, "template": plan.table["template"], "sheets": list(plan.sheets)})


def _rows(items: Sequence[Any]) -> list[list[Any]]:
    rows: dict[int, list[Any]] = {}
    for item in items:
        rows.setdefault(item.row, [None, None, None])[item.col] = int(item.value) if item.col == 1 else item.value
    return [rows[row] for row in sorted(rows)]

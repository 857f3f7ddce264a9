"""The cells of a worksheet as records: what ``show`` prints, of a plan and of a workbook alike."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import BookError, Problem
from ..expr.render.figures import day_of
from ..formula.grid import CircleError
from ..formula.nodes import ErrorValue
from ..formula.values import NotEvaluatedError, Value
from ..language.text import Text
from ..layout.build import Built, build
from ..layout.model import FORMULA
from ..plan.load import Plan
from ..template import tables
from ..template.chain import chain
from ..template.model import Cell
from ..template.roles import SHIPPED
from ..template.switches import is_read
from ..values.a1 import address
from ..values.rounding import half_up, number
from ..values.units import DATE, MONTH
from ..worksheet.labels import Labels
from ..worksheet.places import Places, name_of
from ..worksheet.solve import Solution, solve
from ..xlsx.read.reader import Filled, Read, as_date, day
from .workbook import FilledBook

if TYPE_CHECKING:
    from ..csvio.goals import GoalRow

__all__ = ["SCHEMA_VERSION", "Record", "json_value", "name_of", "of_book", "of_plan", "to_dict"]

SCHEMA_VERSION = 1


class Record(NamedTuple):
    """One cell: ``value`` is its content (number, text, ISO date, ``2026-04``, None); ``exact`` the quotient.

    ``step`` is its position in the chain from revenue to visits, that of its column for a total; None beyond the chain.
    ``known_as`` is its name with that of its role (`template.roles`) in the place of the template's own.
    """

    name: str
    label: str
    role: str
    unit: str
    value: Any
    exact: Fraction | None
    formula: str | None
    sheet: str | None
    cell: str | None
    sentence: str
    on_page: bool = True
    step: int | None = None
    known_as: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the record as `show --json` prints it (docs/contract.md, JSON)."""
        return {
            "name": self.name,
            "label": self.label,
            "role": self.role,
            "unit": self.unit,
            "value": self.value,
            "exact": None if self.exact is None else str(self.exact),
            "formula": self.formula,
            "sheet": self.sheet,
            "cell": self.cell,
        }


def to_dict(template: str | None, records: list[Record]) -> dict[str, Any]:
    """Return the whole answer of ``show --json``."""
    return {"schema_version": SCHEMA_VERSION, "template": template, "cells": [each.to_dict() for each in records]}


def of_plan(plan: Plan, lang: str) -> list[Record]:
    """Return the cells that ``new`` would write."""
    built: Built = build(plan, lang)
    items = {(sheet.title, item.row, item.col): item for sheet in built.book.sheets for item in sheet.items}
    filled = {where: Filled(item.content if item.kind == FORMULA else None, _held(item.value)) for where, item in items.items()}
    return list(_records(built.solution, built.places, _stored(filled), lang))


def of_book(read: Read, source: str, lang: str | None = None) -> tuple[str | None, list[Record]]:
    """Return the template's name and the cells of a workbook; raise BookError if it has none of ours."""
    book = FilledBook(read, source)
    return book.template.name, records_of(book, lang)


def records_of(book: FilledBook, lang: str | None = None) -> list[Record]:
    """Return the cells of a workbook that has been read, in its own language where ``lang`` isn't given.

    In another one the template's texts are that language's: labels, choices, and what its formulas say. What people
    typed stays, and so does a text that isn't what the template would say. A workbook that some library saved without
    any result shows what its formulas come to.
    """
    cells = _stored(book.read.cells) if _has_results(book) else functools.partial(_evaluated, book)
    if lang in (None, book.lang):
        return list(_records(book.solution, book.places, cells, book.lang))
    others = solve(book.template, book.inputs, book.sizes, lang, at_once=False)
    return list(_records(book.solution, book.places, cells, lang, others))


def _has_results(book: FilledBook) -> bool:
    return not book.formulas or any(book.read.cells[where].value is not None for where in book.formulas)


def _evaluated(book: FilledBook, where: tuple[str, int, int]) -> Filled:
    """Return a cell with what its formula comes to; where nobody can evaluate it, without a value."""
    filled = book.read.cells.get(where, _NOTHING)
    if filled.formula is None:
        return filled
    try:
        value = book.recalculated.value(where)
    except (NotEvaluatedError, CircleError):
        return filled
    return filled._replace(value=value.text if isinstance(value, ErrorValue) else _held(value))


_NOTHING = Filled(None, None)

Stored = Callable[[tuple[str, int, int]], Filled]
"""What a cell holds, by sheet, row and column."""


def _stored(cells: Mapping[tuple[str, int, int], Filled]) -> Stored:
    return lambda where: cells.get(where, _NOTHING)


def _records(solution: Solution, places: Places, stored: Stored, lang: str, others: Solution | None = None) -> Iterator[Record]:
    labels = Labels(solution.template, lang, solution.at)
    checks = solution.template.check_cells()

    def at(name: str, row: int) -> Filled:
        place = places.spot(name, row)
        return _NOTHING if place is None else stored(place[:3])

    across = tables.across(solution.rows)
    page = solution.template.page_keys()
    # What a switch leaves out is no step; where another cell takes its place, that one is.
    held = solution.template.cells
    roles = {name: role for role, name in solution.roles._asdict().items()}
    steps = {
        name if is_read(solution.template, held[name], solution.at) else held[name].in_force: step
        for step, name in enumerate(chain(solution.template))
    }
    for cell in solution.template.cells.values():
        of_channels = cell.table in (tables.CHANNEL, tables.MONTH_CHANNEL) and solution.roles.channel_name in places.names
        for row in range(solution.rows[cell.table] if cell.table else 1):
            place = places.spot(cell.name, row)
            if cell.table and (place is None or row >= places.rows(cell.name)):
                continue
            if of_channels and at(
                solution.roles.channel_name, row % across if cell.table == tables.MONTH_CHANNEL else row
            ).value in (
                None,
                "",
            ):
                continue
            filled, name = at(cell.name, row), name_of(cell, row, places)
            tab, of, local = name.rpartition("!")
            yield Record(
                name=name,
                label=labels.full_label(cell),
                role=cell.role,
                unit=cell.unit,
                value=_json(cell, _said(cell, row, filled.value, solution, others)),
                exact=solution.exact(cell.name, row if cell.table else None),
                formula=filled.formula,
                sheet=None if place is None else place.sheet,
                cell=None if place is None else address(place.row, place.col),
                # A check explains itself, and a total would be called after itself.
                sentence=""
                if cell.name in checks or cell.name == solution.roles.overall or cell.total_of
                else labels.sentence(cell),
                on_page=cell.section in page,
                step=steps.get(cell.total_of or cell.name),
                known_as=f"{tab}{of}{roles.get(cell.name, cell.name)}{local.removeprefix(cell.name)}",
            )


def _said(cell: Cell, row: int, value: Any, solution: Solution, others: Solution | None) -> Any:
    """Return a cell's value; what the template's texts make of it as ``others``, the same inputs in another language, say it."""
    if others is None or (cell.choices is None and cell.formula is None):
        return value
    at = row if cell.table else None
    ours, theirs = solution.at(cell.name, at), others.at(cell.name, at)
    # Only what is a text in both: whether the figures are the worked example's hangs on its names, which are of one language.
    return theirs if value == ours and isinstance(ours, str) and isinstance(theirs, str) and value and theirs else value


def _held(value: Any) -> Any:
    return number(value) if isinstance(value, Fraction) else value


def _json(cell: Cell, value: Any) -> Any:
    if value in (None, ""):
        return None
    serial = Fraction(value) if cell.unit in (MONTH, DATE) and isinstance(value, int) else None
    date = as_date(value) or day(serial, False)
    if date is not None:
        return f"{date:%Y-%m}" if cell.unit == MONTH else date.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if isinstance(value, datetime.time) or not isinstance(value, (str, int, float)):
        return str(value)
    return value


def json_value(cell: Cell, value: Value) -> Any:
    """Return a formula's value for JSON; for a month, the month of its serial number."""
    if isinstance(value, ErrorValue):
        return value.text
    if isinstance(value, Fraction) and cell.unit in (MONTH, DATE):
        return _json(cell, day_of(value) or _held(value))
    return _json(cell, _held(value))


def goal_rows(records: list[Record]) -> list[GoalRow]:
    """Return the goal screen of a worksheet: twelve months; raise BookError if it has none."""
    from ..csvio.goals import GoalRow  # with the readers of CSV files, which few commands need

    held, roles = {record.known_as: record.value for record in records}, SHIPPED
    rows = []
    for at in range(1, tables.MONTHS + 1):
        month = held.get(f"{roles.month_start}[{at}]")
        if month is None:
            what = Text("月ごとの目標がありません", "there are no monthly goals in it")
            raise BookError(
                Problem(
                    "no-months",
                    what,
                    Text('計画の sheets に "months" を入れてください', 'put "months" into the plan\'s sheets'),
                )
            )
        # What a month has to bring: next year's part too, where there are lead times.
        leads, visits = (
            _fraction(held.get(f"month_{name}_due[{at}]", held.get(f"month_{name}[{at}]"))) for name in ("web_leads", "visits")
        )
        cvr = _fraction(held.get(f"{roles.month_cvr}[{at}]"))
        if leads and visits and held.get(f"{roles.month_cvr_override}[{at}]") is None:
            cvr = half_up(leads / visits, RATE_DECIMALS)  # so that goal ÷ rate is the visits that stand beside them
        rows.append(GoalRow(datetime.date.fromisoformat(f"{month}-01"), leads, cvr, visits, at + 1))
    return rows


RATE_DECIMALS = 10
"""Decimals of a rate in the goal screen's file: enough that goal ÷ rate is the visits again."""


def _fraction(value: Any) -> Fraction | None:
    return Fraction(repr(value)) if isinstance(value, (int, float)) else None

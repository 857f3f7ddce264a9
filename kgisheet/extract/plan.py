"""The inputs of a filled workbook as a plan, and those that a plan can't express."""

from __future__ import annotations

import datetime
import tomllib
from fractions import Fraction
from typing import Any

from ..errors import Problem
from ..filled.workbook import FilledBook
from ..language.text import Text
from ..plan import drawn
from ..plan import months as spread_over
from ..template.model import Section, Template
from ..template.tables import CHANNEL, RANK, STAGE
from ..values.amounts import FigureError, rate
from ..values.toml import write
from . import months
from .said import Inputs, called, figure, written


def extract(book: FilledBook, inputs: Inputs | None = None) -> tuple[str, list[Problem]]:
    """Return the plan as TOML, and a problem for each input that it can't express.

    ``inputs`` replace those of the workbook.
    """
    inputs = book.inputs if inputs is None else inputs
    said = carried_plan(book)
    problems: list[Problem] = []
    table: dict[str, Any] = {"template": said.get("template", book.template.name)}
    for cell in book.template.page_inputs():
        if cell.table is None:
            value = written(book, inputs, cell, None, problems)
            if value is not None:
                table[cell.plan_key] = value
    _keep_share_of_total(table, said, inputs, book.template)
    if "sheets" in said:
        table["sheets"] = said["sheets"]
    spread = _months(book, inputs, said)
    if spread:
        table["months"] = spread
    channels = _channels(book, inputs, problems)
    if channels:
        table["channel"] = channels
    table |= _drawn(book, inputs, problems)
    months.put(book, inputs, table, problems)
    return write(table), problems


def carried_plan(book: FilledBook) -> dict[str, Any]:
    """Return the plan that the workbook was made from, for what no cell holds; {} if none is carried."""
    text = book.read.carried.get("plan")
    try:
        return tomllib.loads(text) if isinstance(text, str) else {}
    except ValueError:
        return {}


def _months(book: FilledBook, inputs: Inputs, said: dict[str, Any]) -> dict[str, Any]:
    """Return how the year is spread: as the carried plan says, as long as the cells agree."""
    written = said.get("months", {})
    if not book.template.is_monthly or not isinstance(written, dict):
        return {}
    found: dict[str, Any] = {}
    weights = inputs.get(book.roles.month_weight)
    if isinstance(weights, list) and any(isinstance(each, Fraction) and each > 0 for each in weights):
        # A month without a weight counts as one of weight 0.
        numbers = [each if isinstance(each, Fraction) else Fraction(0) for each in weights]
        made = [figure(each, book.template.cells[book.roles.month_weight]) for each in numbers]
        named = next((key for key, season in spread_over.SEASONS.items() if list(season) == made), None)
        found["weights"] = made if named is None or isinstance(written.get("weights"), list) else named
        if named == "even" and "weights" not in written:
            del found["weights"]
    closed = inputs.get(book.roles.closed_through)
    if isinstance(closed, datetime.date):
        found["closed_through"] = f"{closed:%Y-%m}"
    lead_time = {stage: inputs.get(f"lead_time_{stage}") for stage in book.template.lead_times()}
    found["lead_time"] = {key: int(value) for key, value in lead_time.items() if isinstance(value, Fraction)}
    if not found["lead_time"]:
        del found["lead_time"]
    coming = inputs.get(book.roles.next_year_revenue)
    if isinstance(coming, Fraction):
        found["next_year"] = "none" if coming == 0 else figure(coming, book.template.cells[book.roles.next_year_revenue])
    elif written.get("next_year") == "same":
        found["next_year"] = "same"
    return found


def _drawn(book: FilledBook, inputs: Inputs, problems: list[Problem]) -> dict[str, Any]:
    """Return the contents of the other sheets, by their sections; rows down to the last one in use."""
    found: dict[str, Any] = {}
    for section in book.template.drawn():
        if section.kind == drawn.MATRIX:
            matrix = _matrix(book, inputs, section, problems)
            found |= {section.key: matrix} if matrix else {}
            continue
        single = {cell.plan_key: written(book, inputs, cell, None, problems) for cell in drawn.singles(book.template, section)}
        columns = drawn.columns(book.template, section)
        rows = [
            {cell.plan_key: written(book, inputs, cell, row, problems) for cell in columns}
            for row in range(book.sizes[section.table] if columns and section.table else 0)
        ]
        filled = [{key: value for key, value in row.items() if value is not None} for row in rows]
        while filled and not filled[-1]:
            filled.pop()
        said = {key: value for key, value in single.items() if value is not None} or filled
        if said:
            found[section.key] = said
    return found


def _matrix(book: FilledBook, inputs: Inputs, section: Section, problems: list[Problem]) -> list[dict[str, Any]]:
    """Return the matrix, a row per rank and stage with something in it."""
    cells = drawn.matrix_cells(book.template, section)
    names = {}
    for axis in (RANK, STAGE):
        held = inputs.get(f"{axis}_name")
        names[axis] = held if isinstance(held, list) else []
    rows: list[dict[str, Any]] = []
    across = max(1, len(names[STAGE]))
    for at in range(len(names[RANK]) * across):
        said = {key: written(book, inputs, cell, at, problems) for key, cell in cells.items()}
        row = {key: value for key, value in said.items() if value is not None}
        rank, stage = names[RANK][at // across], names[STAGE][at % across]
        if row and rank and stage:
            rows.append({"rank": rank, "stage": stage, **row})
            continue
        for key, value in row.items():
            what = Text(
                f"「{value}」は計画に書けません(ランクか段階に名前がありません)",
                f"“{value}” was left out of the plan: its rank or stage has no name",
            )
            problems.append(Problem("not-carried", what, None, book.source, None, called(book, cells[key], at)))
    return rows


def _channels(book: FilledBook, inputs: Inputs, problems: list[Problem]) -> list[dict[str, Any]]:
    columns = [cell for cell in book.template.inputs() if cell.table == CHANNEL and cell.name not in book.broken.parted]
    rows: list[dict[str, Any]] = []
    if book.broken.parted:
        said = book.broken.said(min(book.broken.parted.values(), key=lambda each: (each.place, each.name)))
        fix = Text("その表の入力は計画に含めませんでした", "what is typed into that table was left out of the plan")
        problems.append(Problem("parted", said, fix, book.source))
    for index in range(book.table_rows):
        values = {cell.plan_key: written(book, inputs, cell, index, problems) for cell in columns}
        row = {key: value for key, value in values.items() if value is not None}
        if "name" in row:
            rows.append(row)
        elif row:
            what = Text(f"{index + 1}行目のチャネルには名前がありません", f"the channel in row {index + 1} has no name")
            problems.append(Problem("unnamed", what, Text("計画に含めませんでした", "left out of the plan"), book.source))
    return rows


def _keep_share_of_total(table: dict[str, Any], said: dict[str, Any], inputs: Inputs, template: Template) -> None:
    """Keep "24%" as "24%" if web revenue is still that share of the total."""
    web, total = inputs.get(template.roles.web_revenue), inputs.get(template.roles.total_revenue)
    key = template.cells[template.roles.web_revenue].plan_key if template.roles.web_revenue in template.cells else ""
    written = said.get(key)
    if (
        isinstance(written, str)
        and written.rstrip().endswith(("%", "％"))
        and isinstance(web, Fraction)
        and isinstance(total, Fraction)
    ):
        try:
            if rate(written, zero=True) * total == web:
                table[key] = written
        except FigureError:
            return

"""Counts of today beside a shared goal: those that the goal is held against are shared along, the others are named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from ..errors import Problem
from ..language.text import Text
from ..plan.inputs import value_of
from ..plan.lines import path_of
from ..plan.load import Plan
from ..plan.typed import groups
from ..template.model import INPUT, Cell
from ..template.sources import with_sources
from ..template.tables import CHANNEL
from ..values.toml import Path
from ..values.units import COUNT, CURRENCY
from .common import chain
from .roster import Roster, Row
from .shares import shared

_FORECAST = "forecast_revenue"
_OPENING = ("months", "opening")
_OF_TIME = "months"
"""The counter of counts that no sharing makes smaller."""


def share(plan: Plan, roster: Roster, parts: Sequence[Fraction], made: Sequence[dict[str, Any]]) -> None:
    """Put each row's part of what is there today (visits, leads, the opening pipeline) into ``made``; a row's own figure stays."""
    for cell in _shared(plan):
        for at in _rows(plan, cell):
            whole = value_of(plan.inputs, cell.name, at)
            if not isinstance(whole, Fraction) or whole.denominator != 1:
                continue
            path = _path(plan, cell, at)
            for row, part, table in zip(roster.rows, shared(int(whole), parts), made, strict=True):
                if not _says(row, plan, path):
                    _put(table, path, part, plan.channels)


def whole(plan: Plan, roster: Roster) -> Problem | None:
    """Return a note on the plan's other counts and amounts, which every workbook has as they are; None without any."""
    used, keys = {*chain(plan), plan.roles.total_revenue, *(cell.name for cell in _shared(plan))}, []
    for cell in plan.template.inputs():
        if (
            cell.name in used
            or cell.unit not in (COUNT, CURRENCY)
            or cell.counter == _OF_TIME
            or cell.name == plan.roles.month_weight
        ):
            continue
        for at in _rows(plan, cell):
            path = _path(plan, cell, at)
            if _is_given(plan.table, path) and not all(_says(row, plan, path) for row in roster.rows):
                keys.append(".".join(str(part) for part in path if isinstance(part, str)))
    if not keys:
        return None
    named = ", ".join(dict.fromkeys(keys))
    return Problem(
        "whole",
        Text(
            f"次の値は分けずに、計画のまま全員のブックに入ります: {named}",
            f"not shared, so that every workbook has them whole: {named}",
        ),
        Text("人によって違うものは、名簿に列を加えてください", "add a column to the roster for what differs"),
        plan.source.name,
    )


def _shared(plan: Plan) -> list[Cell]:
    """Return the inputs that the goal is held against: what the forecast from today is made of, and the opening pipeline."""
    template = plan.template
    opening = {cell.name for group in groups(template) if group.path == _OPENING for cell in group.single.values()}
    names = (frozenset(with_sources(template, [_FORECAST])) - chain(plan)) | opening
    cells = (cell for name, cell in template.cells.items() if name in names and cell.role == INPUT)
    return [cell for cell in cells if cell.unit == COUNT and cell.counter != _OF_TIME]


def _rows(plan: Plan, cell: Cell) -> Iterable[int | None]:
    given = plan.inputs.get(cell.name)
    if cell.table is None:
        return (None,) if given is not None else ()
    return [at for at, each in enumerate(given) if each is not None] if isinstance(given, list) else ()


def _path(plan: Plan, cell: Cell, at: int | None) -> Path:
    return path_of(plan, cell.name if at is None else f"{cell.name}[{at + 1}]")


def _is_given(table: Any, path: Path) -> bool:
    for part in path:
        if isinstance(part, int):
            if not isinstance(table, list) or part >= len(table):
                return False
        elif not isinstance(table, Mapping) or part not in table:
            return False
        table = table[part]
    return True


def _says(row: Row, plan: Plan, path: Path) -> bool:
    """Return whether a row has a figure of its own at a path."""
    return any(setting.partition("=")[0].strip() in _called(plan, path) for setting in row.settings)


def _called(plan: Plan, path: Path) -> Iterator[str]:
    if path[0] != CHANNEL or not isinstance(at := path[1], int):
        yield ".".join(map(str, path))
        return
    yield f"{CHANNEL}[{at + 1}].{path[2]}"
    yield f"{CHANNEL}.{value_of(plan.inputs, plan.roles.channel_name, at)}.{path[2]}"


def _put(table: dict[str, Any], path: Path, part: int, channels: int) -> None:
    if path[0] == CHANNEL:
        table.setdefault(CHANNEL, [{} for _ in range(channels)])[path[1]][str(path[2])] = part
        return
    for key in path[:-1]:
        table = table.setdefault(str(key), {})
    table[str(path[-1])] = part

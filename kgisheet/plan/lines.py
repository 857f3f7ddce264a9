"""The plan line from which an input of the workbook comes."""

from __future__ import annotations

from typing import Any

from ..expr.nodes import Name
from ..template.model import INPUT, LEAD_TIME, Cell
from ..template.tables import ABM, CHANNEL, MONTH_CHANNEL, MOVES, STAGE
from ..values import amounts
from ..values.amounts import FigureError
from ..values.toml import Path
from . import drawn, typed
from .load import Plan
from .months import cells_of

_CHECK = "check_"
"""The beginning of the names of the page's own checks: check_contacts is about the input contacts."""


def path_of(plan: Plan, name: str | None) -> Path:
    """Return the path of a cell (``deal_size``, ``abm_moves_rank[3]``) in the plan, or of the table it derives from; () if unknown."""
    base, _, row = (name or "").partition("[")
    if base.startswith(_CHECK):
        base = base.removeprefix(_CHECK).partition("_state")[0]
    cell = plan.template.cells.get(base)
    return () if cell is None else _path(plan, cell, int(row.rstrip("]")) - 1 if row else 0)


def _path(plan: Plan, cell: Cell, row: int) -> Path:
    section = next(each for each in plan.template.sections if each.key == cell.section)
    if cell.role != INPUT:
        return _of_result(plan, cell, row)
    if cell.table == CHANNEL:
        return "channel", row, cell.plan_key
    of_months = {name: key for key, name in cells_of(plan.roles).items()}
    if cell.name in of_months:
        return "months", of_months[cell.name]
    if cell.name.startswith(LEAD_TIME):
        return "months", "lead_time", cell.name.removeprefix(LEAD_TIME)
    if section.key in plan.template.page_keys():
        return (cell.plan_key,)
    if cell.table == ABM:
        return _in_matrix(plan, section.key, cell, row)
    if any(section.key == each.key for each in plan.template.drawn()):
        rows = cell in drawn.columns(plan.template, section)
        return (section.key, row, cell.plan_key) if rows else (section.key, cell.plan_key)
    return _in_months(plan, cell, row)


def _of_result(plan: Plan, cell: Cell, row: int) -> Path:
    """Return the path of the table that a result is derived from: a result has no line of its own."""
    if cell.table == CHANNEL:
        return "channel", row
    if cell.table == ABM or cell.name.startswith("abm_"):
        return (MOVES,)
    if any(cell.section == each.key for each in plan.template.drawn()):
        return _nearest(plan, cell)
    said = plan.table.get("months", {})
    if not cell.name.startswith(("month_", "year_", "before_")) or not said:
        return ()
    return ("months", next((key for key in ("override", "reported") if key in said), next(iter(said))))


def _nearest(plan: Plan, cell: Cell) -> Path:
    """Return the nearest input, beyond the months' sheets, that a result depends on and that the plan gives."""
    beyond = {section.key for section in plan.template.drawn()}
    waiting, seen = [cell], {cell.name}
    while waiting:
        each = waiting.pop(0)
        given = plan.table.get(each.section)
        if each.role == INPUT and each.section in beyond and isinstance(given, dict) and each.plan_key in given:
            return each.section, each.plan_key
        names = [node.id for node in each.formula.walk() if isinstance(node, Name)] if each.formula is not None else []
        new = [name for name in names if name in plan.template.cells and name not in seen]
        seen.update(new)
        waiting += [plan.template.cells[name] for name in new]
    return ()


def _in_matrix(plan: Plan, key: str, cell: Cell, row: int) -> Path:
    down, right = divmod(row, plan.template.tables[STAGE])
    ranks, stages = plan.inputs.get(plan.roles.abm_rank_name), plan.inputs.get(plan.roles.abm_stage_name)
    for at, each in enumerate(plan.table.get(key, [])):
        if isinstance(ranks, list) and isinstance(stages, list) and down < len(ranks) and right < len(stages):
            said = str(each.get("rank")).casefold(), str(each.get("stage")).casefold()
            if said == (str(ranks[down]).casefold(), str(stages[right]).casefold()):
                return key, at, cell.plan_key
    return (key,)


def _in_months(plan: Plan, cell: Cell, row: int) -> Path:
    group = next((each for each in typed.groups(plan.template) if cell in each.cells), None)
    if group is None:
        return ()
    of = {**group.single, **group.by_month, **group.by_channel}
    key = next(key for key, each in of.items() if each == cell)
    if not group.is_list:
        return *group.path, key
    given: Any = plan.table
    for part in group.path:
        given = given.get(part, {})
    across = plan.template.channel_rows(plan.channels) if cell.table == MONTH_CHANNEL else 1
    start, names = plan.inputs.get(plan.roles.start_month), plan.inputs.get(plan.roles.channel_name)
    for at, each in enumerate(given if isinstance(given, list) else []):
        try:
            month = group.month_of(start)[row // across]  # type: ignore[arg-type]  # a plan without fault has a month there
            if amounts.month(each.get("month")) != month:
                continue
        except FigureError:
            continue
        channel = names[row % across] if isinstance(names, list) and row % across < len(names) else None
        if (cell.table == MONTH_CHANNEL) == ("channel" in each) and (
            channel is None or each.get("channel", channel) == channel
        ):
            return *group.path, at, key
    return group.path

"""The worked example: as a start for somebody's own figures, and as a template inherits it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..template.model import Cell
from ..template.raw import Declaration
from ..template.settle import settle
from ..values.units import COUNT, CURRENCY, RATE
from . import drawn
from .load import FRAME

_LOOKS = frozenset({"sheets", "unit", "rounding"})
"""Settings that say how the example is shown; any other makes it somebody's own."""


def beginning(declaration: Declaration, table: dict[str, Any], settings: Iterable[str]) -> dict[str, Any]:
    """Return the example's table as a plan with these settings begins with it.

    What the example has on the sheets beyond the page (today's visits, costs, a budget) would
    otherwise become facts about whoever sets a goal of their own.
    """
    if {setting.partition("=")[0].strip() for setting in settings} <= _LOOKS:
        return table
    beyond, of_channels = drawn.keys(declaration), drawn.channel_keys(declaration)
    own = {key: value for key, value in table.items() if key not in beyond}
    if isinstance(own.get("channel"), list):
        own["channel"] = [{key: value for key, value in row.items() if key not in of_channels} for row in own["channel"]]
    return own


def fitted(declaration: Declaration, table: dict[str, Any]) -> dict[str, Any]:
    """Return the example of a base as a template with another chain can have it.

    What the template has no cell for is left out; what it needs beyond that is made up.
    """
    template = settle(declaration)
    page = [cell for cell in template.page_inputs() if cell.table is None]
    columns = [cell for cell in template.inputs() if cell.table == "channel"]
    known = {cell.plan_key for cell in page} | set(FRAME) | drawn.keys(declaration)
    own = {key: value for key, value in table.items() if key in known} | _made_up(page, table)
    months = own.get("months", {})
    if "lead_time" in months:
        times = {stage: value for stage, value in months["lead_time"].items() if stage in declaration.lead_times()}
        own["months"] = {**months, "lead_time": times}
    for section in template.drawn():
        there = own.get(section.key)
        if isinstance(there, dict):
            here = {cell.plan_key for cell in drawn.singles(template, section)}
            own[section.key] = {key: value for key, value in there.items() if key in here}
        elif isinstance(there, list) and section.kind != drawn.MATRIX:
            here = {cell.plan_key for cell in drawn.columns(template, section)}
            own[section.key] = [{key: value for key, value in row.items() if key in here} for row in there]
    if columns and "channel" in own:
        of_channels = {cell.plan_key for cell in columns} | drawn.channel_keys(declaration)
        rows = [{key: value for key, value in row.items() if key in of_channels} for row in own["channel"]]
        own["channel"] = [{**row, **_made_up(columns, row)} for row in rows]
    return own


_FIGURES = {CURRENCY: 1_000_000, COUNT: 100, RATE: "50%"}


def _made_up(cells: Iterable[Cell], table: dict[str, Any]) -> dict[str, Any]:
    """Return figures for the cells that a plan has to give and this one doesn't; a rate is amid what is usual."""
    lacking = [cell for cell in cells if cell.required and cell.plan_key not in table and cell.unit in _FIGURES]
    usual = {cell.plan_key: f"{float(50 * (cell.usual.low + cell.usual.high)):g}%" for cell in lacking if cell.usual}
    return {cell.plan_key: _FIGURES[cell.unit] for cell in lacking} | usual

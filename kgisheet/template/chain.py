"""The chain: what leads from the goal down to its last stage, in the order in which it is worked out."""

from __future__ import annotations

from ..expr.nodes import names
from ..values.units import COUNT, CURRENCY, RATE
from . import tables
from .model import INPUT, Template


def chain(template: Template) -> list[str]:
    """Return the names of the stages, each after the inputs and columns of the page that it is worked out from.

    Left out are choices (how to round, which scenario) and cells that only pass a figure on.
    """
    page = template.page_keys()
    typed = {cell.in_force: cell.name for cell in template.cells.values() if cell.in_force}
    seen: set[str] = set()
    found: list[str] = []

    def visit(name: str) -> None:
        cell = template.cells.get(name)
        if cell is None or name in seen:
            return
        seen.add(name)
        visit(typed.get(name, ""))
        if cell.total_of:
            visit(cell.total_of)
        for each in names(cell.formula) if cell.formula is not None else ():
            visit(each)
        is_figure = cell.unit in (CURRENCY, COUNT, RATE) and not cell.choices and not cell.companion
        is_shown = name in template.funnel or cell.role == INPUT or cell.table == tables.CHANNEL
        if is_figure and is_shown and cell.section in page and not cell.total_of:
            found.append(name)

    for stage in reversed(template.funnel):
        # A stage that is the total of a column is shown beside its channels.
        cell = template.cells.get(stage)
        if cell is not None:
            visit(cell.total_of or stage)
    return found

"""The typing in a workbook since it was handed out: whether anything at all, and which figures of its plan."""

from __future__ import annotations

from collections.abc import Iterator

from ..filled.workbook import FilledBook
from ..formula.grid import CircleError, held
from ..formula.nodes import ErrorValue
from ..formula.values import NotEvaluatedError, Value
from ..language.text import Text
from ..regenerate.inputs import alike
from ..template.model import Cell
from ..template.tables import TAB_MONTH
from ..values.units import COUNT, CURRENCY, RATE
from ..worksheet.shown import is_blank, shown
from .model import Change

_FIGURES = (CURRENCY, COUNT, RATE)


def typed(book: FilledBook) -> list[tuple[Cell, int | None]]:
    """Return the inputs that hold something else than what was written into them last; all of them, where nobody knows what that was."""
    return [
        (cell, row)
        for cell in book.template.inputs()
        if cell.name != TAB_MONTH
        for row in book.rows(cell)
        if _is_theirs(book, cell, row)
    ]


def _is_theirs(book: FilledBook, cell: Cell, row: int | None) -> bool:
    if book.place(cell.name, row) is None:
        return False
    stored = book.at(cell.name, row)
    written = book.anchors.written(cell.name, row or 0)
    return stored.formula is not None or not alike(stored.value, written)


def changes(book: FilledBook, theirs: list[tuple[Cell, int | None]]) -> Iterator[Change]:
    """Yield the figures of the page that somebody typed over, goals first. What was handed out blank is there to be filled in."""
    page, goals = {cell.name for cell in book.template.page_inputs()}, _goals(book)
    found = []
    for cell, row in theirs:
        before = held(book.anchors.written(cell.name, row or 0))
        if cell.name not in page or cell.unit not in _FIGURES or is_blank(before):
            continue
        now = shown(_now(book, cell, row), cell)
        found.append(Change(_label(book, cell, row), shown(before, cell), now, cell.name in goals))
    months = sum(cell.name.endswith(OVERRIDE) for cell, _ in theirs)
    if months:
        found.append(Change(_OF_MONTHS, Text("0か所", "0"), Text(f"{months}か所", f"{months}"), is_goal=True))
    yield from sorted(found, key=lambda each: not each.is_goal)


OVERRIDE = "_override"
"""What the names of the inputs end with that stand beside a month's goal, and replace it."""

_OF_MONTHS = Text("月別目標の上書き", "months' goals typed over")


def _goals(book: FilledBook) -> set[str]:
    return {flow.of for flow in book.template.flows} | {book.roles.web_revenue, book.roles.total_revenue}


def _now(book: FilledBook, cell: Cell, row: int | None) -> Value:
    try:
        value = book.value(cell.name, row)
    except (NotEvaluatedError, CircleError):
        value = held(book.at(cell.name, row).value)
    return None if isinstance(value, ErrorValue) else value


def _label(book: FilledBook, cell: Cell, row: int | None) -> Text:
    """Return what a cell is called, with its channel's name."""
    label, channel = cell.label, book.channel(cell, row)
    if channel is None:
        return label
    name = str(book.at(book.roles.channel_name, channel).value or channel + 1)
    return Text(f"{name} {label.ja}", f"{name} {label.en}")

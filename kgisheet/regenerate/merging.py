"""Merging of every input: for a year that goes on, and for one that begins."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..errors import Problem
from ..filled.workbook import FilledBook
from ..language.text import Text
from ..plan import typed
from ..plan.inputs import Input, value_of
from ..plan.load import Plan
from ..plan.months import months_from
from ..template.model import Cell
from ..template.tables import TAB_MONTH
from . import closing, year
from .brought import Brought
from .handover import handed_over, still_last_year
from .inputs import Merged, of_the_year, plan_says, said_by, typed_by
from .present import Present
from .takes import Takes


class Asked(NamedTuple):
    """The request of a regeneration: a plan, a CSV, another first month; and who wins."""

    plan: Plan | None
    brought: Brought
    start: datetime.date | None
    takes: Takes


def merge(
    book: FilledBook, present: Present, asked: Asked, start: datetime.date | None, rolls: bool
) -> tuple[Merged, list[Problem]]:
    """Return the merged inputs, and notes on them.

    ``start`` is the first month of the year that the workbook will be about, ``rolls`` whether it begins with this run.
    """
    plan, wins = asked.plan, asked.takes.wins
    merged = Merged(book, present)
    notes: list[Problem] = []
    by_row = typed_by(plan, book.template)
    first = year.start_of(book)
    handed: dict[str, Input] = {}
    if rolls and start is not None and first is not None:
        handed, notes = handed_over(book, first, start)
        if plan is not None:
            notes += still_last_year(book, plan, first, start)
    named = {cell.name for cell in book.template.inputs() if plan is not None and _names(plan, book, cell, handed)}
    for cell in book.template.inputs():
        new_year = rolls and (
            cell.recorded or of_the_year(cell, book.roles) or cell.name == book.roles.start_month or cell.name in handed
        )
        for row in book.rows(cell):
            said = None if plan is None else value_of(plan.inputs, cell.name, row)
            if (cell.name, row) in asked.brought.inputs:
                merged.settle(cell, row, asked.brought.inputs[cell.name, row], wins)
            elif cell.name == book.roles.start_month and not rolls and asked.start is not None:
                merged.settle(cell, row, start, wins)
            elif (cell.name in named or (not rolls and cell.name in by_row and said is not None)) and not (
                rolls and cell.name == book.roles.start_month
            ):
                of_last_year = cell.name == book.roles.closed_through and _is_before(said, start)
                merged.settle(cell, row, None if of_last_year else said, wins)
            elif not new_year:
                merged.leave(cell, row)
    if rolls and start is not None:
        year.begin(book, merged, start, named, handed)
        year.typed_ahead(book, merged, plan, start, by_row)
    else:
        closing.close(book, merged, present, wins, by_hand=plan is None)
    if not rolls:
        _months_of_gone_tabs(book, merged, first)
    if plan is not None:
        notes += _not_taken(plan, book)
    return merged, notes


def _names(plan: Plan, book: FilledBook, cell: Cell, handed: Mapping[str, Input]) -> bool:
    """Return whether the plan determines an input; what the previous year hands over, only if the plan names it."""
    if not said_by(plan, book.template, cell):
        return False
    own = plan.table.get(cell.section, {})
    is_named = cell.plan_key in plan.table or (isinstance(own, dict) and cell.plan_key in own)
    return cell.name not in handed or not plan_says(book.template, cell) or is_named


def _not_taken(plan: Plan, book: FilledBook) -> Iterator[Problem]:
    """Return the plan's values for recorded goals, or for last year, that differ from the workbook's, which stay."""
    for group in typed.groups(book.template):
        recorded = [cell for cell in group.cells if cell.recorded and cell.name in plan.inputs]
        if any(
            (said := value_of(plan.inputs, cell.name, row)) is not None and said != value_of(book.inputs, cell.name, row)
            for cell in recorded
            for row in book.rows(cell)
        ):
            yield Problem(
                "recorded-stays",
                Text(f"計画の {group.written} はブックの記録と違いますが、取り込みません",
                     f"{group.written} of the plan differs from what the workbook has recorded, and is not taken"),
                Text("kgisheet new で作るときだけ使われます。記録を直すときは、そのセルに入力してください",
                     "it is only used by kgisheet new; to correct the record, edit its cells"),
                book.source,
            )  # fmt: skip


def _is_before(said: Input, start: datetime.date | None) -> bool:
    return start is not None and isinstance(said, datetime.date) and said < start


def _months_of_gone_tabs(book: FilledBook, merged: Merged, start: datetime.date | None) -> None:
    """Return the months of deleted tabs, which no cell holds any more."""
    months = merged.inputs.get(TAB_MONTH)
    if isinstance(months, list) and start is not None:
        for at, month in enumerate(months_from(start)[: len(months)]):
            if book.anchors.tabs[at] not in book.anchors.titles:
                months[at] = month

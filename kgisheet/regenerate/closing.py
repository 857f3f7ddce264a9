"""Recording of reported goals: when months are closed, and when a year that has begun departs from its first plan."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterable, Iterator
from fractions import Fraction

from ..errors import Problem
from ..filled.workbook import FilledBook
from ..formula.grid import held
from ..formula.values import Value
from ..language.text import Text
from ..plan.months import months_from
from ..template.declaration import example
from ..template.model import Cell
from ..template.tables import MONTH, MONTHS
from ..values.rounding import number
from ..worksheet.solve import Solution, solve
from .inputs import Merged, Wins, input_left
from .present import Present
from .year import start_of


def close(book: FilledBook, merged: Merged, present: Present, wins: Wins, by_hand: bool) -> None:
    """Record the goals of newly closed months, as they were reported; and the first plan, when it is first departed from.

    ``wins``: whether the plan wins in a conflict, over a recorded goal that somebody removed.
    ``by_hand``: no plan is given, so that a higher goal was typed into the sheet itself; what was reported is
    then what the inputs gave when the workbook was last written.
    """
    closed = merged.inputs.get(book.roles.closed_through)
    months = book.solution.values.get(book.roles.month_start)
    if not isinstance(closed, datetime.date) or not isinstance(months, list):
        return
    rows = [row for row, month in enumerate(months) if isinstance(month, datetime.date) and month <= closed]
    if not rows:
        return
    # A channel or a stage that is added later had no goal in a month that was closed before.
    taken_down = _closed_before(book, merged)
    # The worked example's goals were nobody's: what was reported is what has been typed over them.
    shown = _Reported(book, present, wins, by_hand and not _is_example(book))
    for record, of in _records(book):
        cell = book.template.cells[record]
        if cell.table is None:
            shown.record(merged, cell, None, of, is_new=not taken_down)
        elif cell.table == MONTH:
            for row in rows:
                shown.record(merged, cell, row, of, is_new=row not in taken_down)
        else:
            for row in range(len(rows) * book.across):
                if row // book.across not in taken_down:
                    shown.record(merged, cell, row, of)
    _first_plan(book, merged, shown)


def _is_example(book: FilledBook) -> bool:
    """Return whether the workbook was last written with the worked example's goal, price and channels."""
    said, worked = tomllib.loads(str(book.read.carried.get("plan", ""))), example(book.declaration, book.lang)
    names = [[each.get("name") for each in table.get("channel", [])] for table in (said, worked)]
    cells = (book.template.cells.get(name) for name in (book.roles.web_revenue, book.roles.deal_size))
    keys = [cell.plan_key for cell in cells if cell is not None]
    return names[0] == names[1] and all(said.get(key) == worked.get(key) for key in keys)


def _closed_before(book: FilledBook, merged: Merged) -> frozenset[int]:
    """Return the months (from 0) of which a goal is recorded already."""
    found: set[int] = set()
    for flow in book.template.flows:
        there = merged.inputs.get(f"month_{flow.name}_reported")
        found |= {row for row, each in enumerate(there) if each is not None} if isinstance(there, list) else set()
    return frozenset(found)


def departs(book: FilledBook, merged: Merged, solution: Solution, present: Present, wins: Wins) -> bool:
    """Record the first plan if goals change in a year that has begun; return whether it did."""
    if not _months_with_actuals(book) or not _changed(book, solution, range(MONTHS)):
        return False
    before = len(merged.changes)
    _first_plan(book, merged, _Reported(book, present, wins, by_hand=False))
    return len(merged.changes) > before


def warnings(book: FilledBook, solution: Solution, rolls: bool, start: datetime.date | None) -> list[Problem]:
    """Return what people should know before they go on."""
    found: list[Problem] = []
    begun = _months_with_actuals(book)
    if rolls and start is not None:
        there = start_of(book)
        if there is not None and (start.year - there.year) * 12 + start.month - there.month > MONTHS:
            what = Text("間の年度を飛ばして進みます", "a year in between is left out")
            found.append(Problem("year-skipped", what, None, book.source))
        untyped = [month for row, month in enumerate(months_from(there or start)) if row not in begun]
        if untyped and begun:
            listed = ", ".join(f"{month:%Y-%m}" for month in untyped)
            what = Text(f"実績が未入力のまま確定します: {listed}", f"closed without actuals: {listed}")
            fix = Text(
                "確定したタブに後から入力しても計算されません。先に入力してください",
                "figures typed into a closed tab later are not calculated; enter them first",
            )
            found.append(Problem("closed-untyped", what, fix, book.source))  # fmt: skip
        return found
    changed = _changed(book, solution, begun)
    if changed:
        listed = ", ".join(f"{month:%Y-%m}" for month in changed)
        found.append(
            Problem(
                "goals-of-the-past",
                Text(f"実績のある月の目標が変わります: {listed}", f"goals of months with actuals change: {listed}"),
                Text(f'報告済みの目標を残すには、計画の [months] に closed_through = "{changed[-1]:%Y-%m}" と書いてください',
                     f'to keep what was reported, write closed_through = "{changed[-1]:%Y-%m}" under [months] in the plan'),
                book.source,
            )
        )  # fmt: skip
    return found


def _records(book: FilledBook) -> Iterator[tuple[str, str]]:
    """Return the cells in which goals are recorded, and the cells whose goals they are."""
    for flow in book.template.flows:
        yield f"month_{flow.name}_reported", f"month_{flow.name}"
        for record, of in (
            (f"month_{flow.name}_next_reported", f"month_{flow.name}_next"),
            (f"before_{flow.name}_reported", f"before_{flow.name}"),
        ):
            if record in book.template.cells:
                yield record, of
    for name in (book.roles.month_cvr, book.roles.month_channel_leads, book.roles.month_channel_visits):
        if f"{name}_reported" in book.template.cells:
            yield f"{name}_reported", name


def _first_plan(book: FilledBook, merged: Merged, shown: _Reported) -> None:
    there = {flow: merged.inputs.get(f"month_{flow.name}_initial") for flow in book.template.flows}
    blank = [flow for flow, rows in there.items() if isinstance(rows, list) and all(each is None for each in rows)]
    # Beside a first plan that is there, stages that were added later have none.
    is_new = len(blank) == len(there)
    for flow in blank:
        for row in range(MONTHS):
            shown.record(merged, book.template.cells[f"month_{flow.name}_initial"], row, flow.due, is_new=is_new)


class _Reported:
    """The goals as people have seen them."""

    def __init__(self, book: FilledBook, present: Present, wins: Wins, by_hand: bool) -> None:
        self.book = book
        self.present = present
        self.wins = wins
        self.written = _as_written(book) if by_hand else None

    def record(self, merged: Merged, cell: Cell, row: int | None, of: str, *, is_new: bool = True) -> None:
        """Record a goal, unless one is there already; of a month that isn't new, only what was recorded before."""
        there = merged.inputs.get(cell.name)
        now = there[row] if isinstance(there, list) and row is not None else there
        recorded = held(self.book.anchors.written(cell.name, row or 0))
        value = recorded if isinstance(recorded, Fraction) else self._value(of, row) if is_new else None
        if now is None and isinstance(value, Fraction):
            # As it will be read back from its cell, so that the next run records the same.
            back = held(number(value))
            merged.settle(cell, row, back if isinstance(back, Fraction) else value, self.wins)

    def _value(self, name: str, row: int | None) -> Value:
        place = self.book.place(name, row)
        if place is None:
            return None
        if self.written is None or self.book.formulas.get(place[:3]) is None:
            return self.present.value(place[:3])  # what was typed over a formula too
        value = self.written.at(name, row)
        return value if isinstance(value, Fraction) else None


def _as_written(book: FilledBook) -> Solution:
    """Return what the inputs of the page gave when the workbook was last written."""
    inputs = dict(book.inputs)
    for cell in book.template.page_inputs():
        rows = list(book.rows(cell))
        held = [input_left(book, cell, row) for row in rows]
        inputs[cell.name] = held if cell.table else held[0] if held else None
    return solve(book.template, inputs, book.sizes, book.lang, at_once=False)


def _months_with_actuals(book: FilledBook) -> list[int]:
    typed = book.solution.values.get(book.roles.month_typed)
    return [row for row, each in enumerate(typed) if each] if isinstance(typed, list) else []


def _changed(book: FilledBook, solution: Solution, rows: Iterable[int]) -> list[datetime.date]:
    """Return those of the months whose goals have changed; none where the plan's template has no months."""
    if book.roles.month_start not in solution.template.cells:
        return []
    months = solution.values[book.roles.month_start]
    assert isinstance(months, list)
    found = []
    for row in rows:
        month = months[row]
        if isinstance(month, datetime.date) and any(
            solution.at(flow.due, row) != book.solution.at(flow.due, row) for flow in book.template.flows
        ):
            found.append(month)
    return found

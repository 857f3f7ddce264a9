"""The inputs three ways: what we wrote last into each, its current content, and the plan's value.

What we wrote last changes only where we write; what people typed stays theirs, however often it is compared.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from ..filled.workbook import FilledBook
from ..formula.grid import Where, held
from ..formula.nodes import ErrorValue
from ..formula.values import Value
from ..plan import typed
from ..plan.inputs import Input
from ..plan.load import Plan
from ..plan.months import cells_of
from ..template.model import INPUT, Cell, Template
from ..template.roles import Roles
from ..template.tables import CHANNEL, MONTH, TAB_MONTH
from ..values.tolerance import same_typed
from ..worksheet.solve import Held
from .present import Present

Key = tuple[str, int | None]
"""A cell by name, and its row (from 0) in a column."""


class Touched(NamedTuple):
    """An input to decide on: ``before`` is its content, ``after`` the plan's value."""

    cell: Cell
    row: int | None
    where: Where
    before: Held
    after: Held


Wins = Callable[[Cell, int | None, Where], bool]
"""Whether the plan wins where it says another value than people."""


class Merged:
    """The merged inputs, and the decision on each.

    ``written`` is what we write now: the next regeneration takes it as ours, and for all others what we wrote before.
    ``overwritten`` are changes of what people had typed.
    """

    def __init__(self, book: FilledBook, present: Present) -> None:
        self.book = book
        self.present = present
        self.inputs: dict[str, Input | list[Input]] = {
            name: list(value) if isinstance(value, list) else value for name, value in book.inputs.items()
        }
        self.written: dict[Key, Held] = {}
        self.changes: dict[Key, Touched] = {}
        self.kept: dict[Key, Touched] = {}
        self.conflicts: dict[Key, Touched] = {}
        self.overwritten: set[Key] = set()
        self._is_theirs: dict[Key, bool] = {}

    def set(self, cell: Cell, row: int | None, value: Input) -> None:
        """Give an input a value unconditionally: the opening of a new year."""
        place = self.book.place(cell.name, row)
        after = _shown(self.book, cell, value)
        self._forget(cell, row)
        self.written[cell.name, row] = after
        now = self.inputs.get(cell.name)
        if isinstance(now, list) and row is not None:
            now[row] = value
        else:
            self.inputs[cell.name] = value
        if place is not None and not self._says(cell, row, after):
            self.changes[cell.name, row] = Touched(cell, row, place[:3], self._stands(place[:3]), after)
            if self.is_theirs(cell, row):
                self.overwritten.add((cell.name, row))

    def settle(self, cell: Cell, row: int | None, ours: Input, wins: Wins) -> None:
        """Decide on an input that the plan gives a value for."""
        place = self.book.place(cell.name, row)
        if place is None:
            return
        after = _shown(self.book, cell, ours)
        is_theirs, says_it = self.is_theirs(cell, row), self._says(cell, row, after)
        if not says_it and (not is_theirs or wins(cell, row, place[:3])):
            self.set(cell, row, ours)
        elif is_theirs:
            self._forget(cell, row)
            agrees = says_it or alike(self.book.value(cell.name, row), after)
            touched = Touched(cell, row, place[:3], self._stands(place[:3]), after)
            (self.kept if agrees else self.conflicts)[cell.name, row] = touched

    def leave(self, cell: Cell, row: int | None) -> None:
        """Keep an input that no plan gives a value for: what people typed is theirs."""
        place = self.book.place(cell.name, row)
        if place is not None and self.is_theirs(cell, row):
            value = self._stands(place[:3])
            self.kept[cell.name, row] = Touched(cell, row, place[:3], value, value)

    def ours(self, cell: Cell, row: int | None) -> Held:
        """Return what we wrote last into an input, this time or before."""
        if (cell.name, row) in self.written:
            return self.written[cell.name, row]
        return _as_held(self.book.anchors.written(cell.name, row or 0))

    def is_theirs(self, cell: Cell, row: int | None) -> bool:
        """Return whether people have typed something else than what we wrote last; emptying a cell counts as typing."""
        known = self._is_theirs.get((cell.name, row))
        if known is None:
            stored = self.book.at(cell.name, row)
            known = stored.formula is not None or not alike(stored.value, self.book.anchors.written(cell.name, row or 0))
            self._is_theirs[cell.name, row] = known
        return known

    def theirs(self) -> Iterator[tuple[Key, Held]]:
        """Yield people's inputs that stay, and their contents."""
        for cell in self.book.template.inputs():
            for row in self.book.rows(cell):
                place = self.book.place(cell.name, row)
                if place is not None and (cell.name, row) not in self.written and self.is_theirs(cell, row):
                    yield (cell.name, row), self._stands(place[:3])

    def _says(self, cell: Cell, row: int | None, value: Held) -> bool:
        """Return whether a cell holds a value already, as a constant."""
        stored = self.book.at(cell.name, row)
        return stored.formula is None and alike(stored.value, value)

    def _forget(self, cell: Cell, row: int | None) -> None:
        """Drop an earlier decision on a cell: the last one counts."""
        for group in (self.changes, self.kept, self.conflicts):
            group.pop((cell.name, row), None)

    def _stands(self, where: Where) -> Held:
        """Return the content of an input; for one that its owner calculates, the result."""
        stored = self.book.read.cells.get(where)
        if stored is None or stored.formula is None:
            return None if stored is None else _held(stored.value)
        value = self.present.value(where)
        return value.text if isinstance(value, ErrorValue) else value if isinstance(value, (str, Fraction)) else _held(value)


def plan_says(template: Template, cell: Cell) -> bool:
    """Return whether a plan determines an input: all of the page and of the sheets beyond, and how the year is spread."""
    page = template.page_keys() | {section.key for section in template.drawn()}
    return cell.role == INPUT and not cell.recorded and (cell.section in page or _of_months(cell.name, template.roles))


def said_by(plan: Plan | None, template: Template, cell: Cell) -> bool:
    """Return whether this plan determines an input.

    For the spreading of the year only what its ``[months]`` names, for other sheets only sections that it has.
    """
    if plan is None or cell.name not in plan.inputs or not plan_says(template, cell):
        return False
    if any(section.key == cell.section for section in template.drawn()):
        rows = plan.table.get("channel", [])
        in_channels = cell.table == CHANNEL and any(cell.plan_key in row for row in rows)
        return in_channels or (cell.table != CHANNEL and cell.section in plan.table)
    if not _of_months(cell.name, template.roles):
        return True
    months = plan.table.get("months", {})
    return isinstance(months, dict) and any(
        cell.name.startswith(name) for key, name in cells_of(template.roles).items() if key in months
    )


def typed_by(plan: Plan | None, template: Template) -> frozenset[str]:
    """Return the inputs of the months for which this plan has values: a value per row, and None for the other rows.

    Recorded figures are never the plan's to set.
    """
    if plan is None:
        return frozenset()
    cells = [cell for group in typed.groups(template) for cell in group.cells]
    return frozenset(cell.name for cell in cells if cell.name in plan.inputs and not cell.recorded)


def _of_months(name: str, roles: Roles) -> bool:
    return name.startswith(tuple(cells_of(roles).values()))


def of_the_year(cell: Cell, roles: Roles) -> bool:
    """Return whether an input is about the year it was typed in, and doesn't apply to the next one."""
    if cell.recorded:
        return not cell.name.startswith(("last_", TAB_MONTH))
    return cell.name in (roles.closed_through, roles.as_of_month, roles.next_year_revenue) or (
        not cell.on_tab and ((cell.table == MONTH and cell.name != roles.month_weight) or cell.name.startswith("opening_"))
    )


def alike(left: Any, right: Any) -> bool:
    """Return whether two stored values are equal; None and an empty text are."""
    if left is right:
        return True
    one, other = _value(left), _value(right)
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return same_typed(one, other)
    return one == other


def _value(value: Any) -> Value:
    found = held(_as_date(value))
    return None if found == "" else found


def _as_date(value: Any) -> Any:
    """Return a date from its stored form, ``2026-04-01``."""
    if isinstance(value, str) and len(value) == 10 and value[4] == "-":
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            pass
    return value


def _held(value: Any) -> Held:
    if isinstance(value, datetime.datetime):
        return value.date()
    return value if isinstance(value, (str, datetime.date)) or value is None else _number(value)


def _number(value: Any) -> Held:
    found = held(value)
    return found if isinstance(found, Fraction) else str(value)


def _as_held(value: Any) -> Held:
    return _held(_as_date(value))


def _shown(book: FilledBook, cell: Cell, value: Input) -> Held:
    """Return an input as its cell holds it: for a choice, the workbook's word."""
    if cell.choices is not None and isinstance(value, str) and value in cell.choices:
        return cell.choices[value].to(book.lang)
    return value


def input_left(book: FilledBook, cell: Cell, row: int | None) -> Input:
    """Return the content of an input when the workbook was last written, as a plan says it."""
    value = _as_held(book.anchors.left(cell.name, row or 0))
    if cell.choices is not None:
        return next((key for key, text in cell.choices.items() if value == text.to(book.lang)), None)
    return value

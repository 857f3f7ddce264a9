"""The inputs of two workbooks, name by name and row by row."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import NamedTuple

from ..language.text import Text, Wording
from ..template import tables
from ..template.model import INPUT, Cell
from ..template.tables import TAB_MONTH
from ..values.a1 import cell_of
from ..values.units import COUNT
from ..worksheet.places import name_of
from . import outcome
from .outcome import Changed
from .rows import Pair, Rows, Side
from .values import Content, alike_typed, content

Common = list[tuple[Cell, Cell]]
"""The inputs that both templates have, as A's declares them and as B's does."""


def common(a: Side, b: Side) -> Common:
    """Return the common inputs, in the order of B's template. A tab's own month identifies the tab, and isn't an input to compare."""
    return [
        (a.template.cells[cell.name], cell)
        for cell in b.template.inputs()
        if cell.name != TAB_MONTH and (other := a.template.cells.get(cell.name)) is not None
        if other.role == INPUT and other.table == cell.table and other.unit == cell.unit
    ]


class Compared(NamedTuple):
    """The inputs that differ; how many were compared; how many either workbook no longer has a cell for (a deleted sheet, say)."""

    changed: list[Changed]
    total: int
    gone: tuple[int, int]


def compare_inputs(a: Side, b: Side, both: Common, rows: Rows) -> Compared:
    """Return the differing inputs, those of the page first, then channel by channel, other sheets, the months' settings, tab by tab."""
    compare = _Compare(a, b, rows)
    months = a.has_months and b.has_months
    page = [pair for pair in both if pair[1].table is None and pair[1].section in b.page]
    for pair in page:
        compare.look(pair, (None, None))
    channels = [pair for pair in both if pair[1].table == tables.CHANNEL]
    for channel in rows.channels:
        for pair in channels:
            compare.look(pair, channel.rows)
        if channel.moved:
            compare.moved(channel.rows, next(pair[1] for pair in channels if pair[1].name == b.roles.channel_name))
    others = [pair for pair in both if pair not in page and pair not in channels]
    for of_months in (False, True) if months else (False,):
        for pair in others:
            if (pair[1].section in b.of_months) == of_months and not pair[1].on_tab:
                for at in [(None, None)] if pair[1].table is None else rows.of(pair[1]):
                    compare.look(pair, at)
    # Tab by tab, as somebody goes through them.
    found = [(pair, at) for pair in others if pair[1].on_tab for at in rows.of(pair[1])]
    for pair, at in sorted(found, key=lambda each: _month(a, b, each[0][1], each[1])):
        compare.look(pair, at)
    return Compared(compare.found, compare.compared, (compare.gone[0], compare.gone[1]))


def _month(a: Side, b: Side, cell: Cell, at: Pair) -> int:
    """Return the number of the month that a row of a tab's table is of."""
    side, row = (a, at[0]) if at[1] is None else (b, at[1])
    return (row or 0) // (side.book.across if cell.table == tables.MONTH_CHANNEL else 1)


class _Compare:
    def __init__(self, a: Side, b: Side, rows: Rows) -> None:
        self.a = a
        self.b = b
        self.rows = rows
        self.found: list[Changed] = []
        self.compared = 0
        self.gone = [0, 0]

    def look(self, pair: tuple[Cell, Cell], at: Pair) -> None:
        cell = pair[1]
        if cell.table is not None and at == (None, None):
            return
        if cell.table is None or None not in at:
            gone = [side.book.place(cell.name, row) is None for side, row in zip((self.a, self.b), at, strict=True)]
            if any(gone):
                self.gone = [count + lost for count, lost in zip(self.gone, gone, strict=True)]
                return
        before, after = self._content(self.a, pair[0], at[0]), self._content(self.b, cell, at[1])
        self.compared += 1
        if alike_typed(before, after):
            return
        how = outcome.CHANGED
        if cell.table == tables.CHANNEL and None in at:
            how = outcome.ADDED if at[0] is None else outcome.REMOVED
        side, row = (self.a, at[0]) if cell.table is not None and at[1] is None else (self.b, at[1])
        self.found.append(
            Changed(
                self._name(side, cell, row),
                self._label(side, cell, row),
                cell,
                before,
                after,
                self._where(self.a, pair[0].name, at[0], cell),
                self._where(self.b, cell.name, at[1], cell),
                self._part(cell),
                how,
                self._group(side, cell, row),
                cell.name == side.roles.channel_name,
            )
        )

    def moved(self, at: Pair, name: Cell) -> None:
        """Report a channel in another place among those that stayed: shares are rounded in the order of the rows."""
        old, new = at
        assert old is not None
        assert new is not None
        who = self._called(self.b, tables.CHANNEL, new)
        label = Text(f"{who}の順番", f"Place of {who}")
        cell = name._replace(name="channel_number", unit=COUNT, counter=None)
        was, now = (self._where(side, side.roles.channel_name, row, name) for side, row in ((self.a, old), (self.b, new)))
        self.found.append(
            Changed(
                f"{cell.name}[{new + 1}]",
                label,
                cell,
                Fraction(old + 1),
                Fraction(new + 1),
                was,
                now,
                outcome.CHANNELS,
                outcome.MOVED,
                who,
            )
        )

    @staticmethod
    def _content(side: Side, cell: Cell, row: int | None) -> Content:
        return None if cell.table is not None and row is None else content(side.book, cell, row)

    @staticmethod
    def _name(side: Side, cell: Cell, row: int | None) -> str:
        return name_of(cell, row or 0, side.book.places)

    @staticmethod
    def _where(side: Side, name: str, row: int | None, cell: Cell) -> str | None:
        if cell.table is not None and (row is None or row >= side.book.places.rows(name)):
            return None
        place = side.book.place(name, row)
        return None if place is None else cell_of(*place[:3])

    def _label(self, side: Side, cell: Cell, row: int | None) -> Wording:
        if cell.name == side.roles.channel_name and row is not None:
            return Text(f"{cell.label.ja}名({row + 1}行目)", f"{cell.label.en} name (row {row + 1})")
        return side.subject.label(cell, row)

    def _part(self, cell: Cell) -> str:
        if cell.recorded:
            return outcome.RECORDED
        if cell.table == tables.CHANNEL:
            return outcome.CHANNELS
        if cell.on_tab:
            return outcome.TABS
        if cell.section in self.b.of_months:
            return outcome.MONTHS
        return outcome.PAGE if cell.section in self.b.page else outcome.SHEETS

    def _group(self, side: Side, cell: Cell, row: int | None) -> str:
        if row is None or cell.table is None:
            return ""
        if cell.on_tab and (place := side.book.place(cell.name, row)) is not None:
            return place.sheet
        if cell.table not in tables.OF_MONTHS:
            return self._called(side, cell.table, row)
        months = side.grid_months
        at = row // side.book.across if cell.table == tables.MONTH_CHANNEL else row
        month = months[at] if at < len(months) else None
        return f"{month:%Y-%m}" if isinstance(month, datetime.date) else str(at + 1)

    def _called(self, side: Side, table: str, row: int) -> str:
        return self.rows.match(table).called(0 if side is self.a else 1, row) or str(row + 1)


def only_in(one: Side, other: Side) -> list[Cell]:
    """Return the inputs of a shared sheet that the other template lacks, or calculates."""
    sheets = {section.key: section.sheet for section in one.template.sections}
    there = other.sheets
    return [
        cell
        for cell in one.template.inputs()
        if sheets[cell.section] in there
        and (cell.name not in other.template.cells or other.template.cells[cell.name].role != INPUT)
    ]

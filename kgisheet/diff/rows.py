"""Matching of the rows of two workbooks: channels and managers by their names, months by the calendar."""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from ..check.subject import Subject
from ..filled.workbook import FilledBook
from ..plan.naming import name_key
from ..template import tables
from ..template.model import Cell
from ..template.sheets import GRID, SUMMARY, TAB
from ..template.tables import TAB_MONTH
from ..values.units import TEXT
from .values import Content, alike, content

Pair = tuple[int | None, int | None]
"""A row of A and the row of B that is about the same (from 0); None where there is none."""


class Side:
    """One of the two workbooks."""

    def __init__(self, book: FilledBook) -> None:
        self.book = book
        self.subject = Subject(book)
        self.template, self.roles = book.template, book.roles

    @cached_property
    def page(self) -> frozenset[str]:
        """The keys of the page's sections."""
        return self.template.page_keys()

    @cached_property
    def of_months(self) -> frozenset[str]:
        """The keys of the sections on the months' sheets."""
        return frozenset(section.key for section in self.template.on_kind(GRID, TAB, SUMMARY))

    @cached_property
    def sheets(self) -> frozenset[str]:
        """The ids of the sheets that the template has cells on."""
        keys = {cell.section for cell in self.template.cells.values()}
        return frozenset(section.sheet for section in self.template.sections if section.key in keys)

    @cached_property
    def has_months(self) -> bool:
        """Whether there are months to compare: the grid is there, and identifies the month of each row."""
        book = self.book
        return self.template.is_monthly and book.broken.torn is None and book.place(self.roles.month_start, 0) is not None

    @cached_property
    def grid_months(self) -> list[datetime.date | None]:
        """The months that the rows of the grid are about; [] if there is none."""
        starts = self.book.solution.values.get(self.roles.month_start)
        return [_first(each) for each in starts] if isinstance(starts, list) else []

    @cached_property
    def tab_months(self) -> list[datetime.date | None]:
        """The months of the tabs, as each gives itself; if none does, those of the grid."""
        cell = self.template.cells.get(TAB_MONTH)
        found = [None if cell is None else _first(content(self.book, cell, row)) for row in range(tables.MONTHS)]
        return self.grid_months if found.count(None) == len(found) else found


def _first(value: object) -> datetime.date | None:
    return value.replace(day=1) if isinstance(value, datetime.date) else None


class Matched(NamedTuple):
    """A row in both workbooks or in one; ``moved`` among those that stayed."""

    rows: Pair
    moved: bool = False


class Rows:
    """The rows of A matched with those of B, table by table; ``both`` are the inputs that both have, as each declares them."""

    def __init__(self, a: Side, b: Side, both: Sequence[tuple[Cell, Cell]]) -> None:
        self.a = a
        self.b = b
        self.both = both
        self._matches: dict[str, Match] = {}

    def of(self, cell: Cell) -> Iterator[Pair]:
        """Yield the pairs of rows of a cell's table; of the months none where either has none."""
        if cell.table is not None and cell.table not in tables.OF_MONTHS:
            yield from (each.rows for each in self.match(cell.table).rows)
        elif self.a.has_months and self.b.has_months:
            months = self.by_place if cell.name == self.b.roles.month_weight else self.by_tab if cell.on_tab else self.by_month
            if cell.table == tables.MONTH:
                yield from months
            elif cell.table == tables.MONTH_CHANNEL:
                for month in months:
                    for channel in self.channels:
                        yield _beside(self.a, month[0], channel.rows[0]), _beside(self.b, month[1], channel.rows[1])

    def match(self, table: str) -> Match:
        """Return the rows of a table whose rows people fill one after the other: channels, managers."""
        found = self._matches.get(table)
        if found is None:
            columns = [pair for pair in self.both if pair[1].table == table]
            found = self._matches[table] = Match(self.a.book, self.b.book, columns)
        return found

    @property
    def channels(self) -> tuple[Matched, ...]:
        return self.match(tables.CHANNEL).rows

    # -- months -----------------------------------------------------------

    by_place: tuple[Pair, ...] = tuple((month, month) for month in range(tables.MONTHS))
    """How the year is spread is not about any one year: its first month beside the other's first month."""

    @cached_property
    def by_month(self) -> tuple[Pair, ...]:
        """The months that both are about; all twelve if either doesn't give them."""
        return self._months(self.a.grid_months, self.b.grid_months)

    @cached_property
    def by_tab(self) -> tuple[Pair, ...]:
        """The same for the tabs: a month that was typed into the page doesn't move the contents of a tab."""
        return self._months(self.a.tab_months, self.b.tab_months)

    def _months(self, first: list[datetime.date | None], second: list[datetime.date | None]) -> tuple[Pair, ...]:
        if not first or not second or None in first or None in second:
            return self.by_place
        return tuple((row, second.index(month)) for row, month in enumerate(first) if month in second)


class Match:
    """The rows of one table: matched by the text in its first column of texts, the row's name; unnamed ones by position."""

    def __init__(self, a: FilledBook, b: FilledBook, columns: Sequence[tuple[Cell, Cell]]) -> None:
        self.books = a, b
        self.columns = columns
        texts = [pair for pair in columns if pair[1].unit == TEXT]
        self.name = next((pair for pair in texts if pair[1].name == b.roles.channel_name), texts[0] if texts else None)
        self.used = self._used(0), self._used(1)

    @cached_property
    def rows(self) -> tuple[Matched, ...]:
        """In B's order; those that only A has follow."""
        pairs = self._paired()
        stayed = _in_order([old for old, _ in pairs])
        found = [Matched((old, new), old not in stayed) for old, new in pairs]
        old_rows, new_rows = {old for old, _ in pairs}, {new for _, new in pairs}
        found += [Matched((None, new)) for new in self.used[1] if new not in new_rows]
        found.sort(key=lambda each: each.rows[1] or 0)
        return (*found, *(Matched((old, None)) for old in self.used[0] if old not in old_rows))

    def called(self, which: int, row: int) -> str:
        """Return the name of a row of A (0) or of B (1); "" if it has none."""
        held = None if self.name is None else content(self.books[which], self.name[which], row)
        return "" if held is None else str(held)

    def _used(self, which: int) -> list[int]:
        """Return the rows that aren't empty."""
        book = self.books[which]
        size = max((book.places.rows(pair[which].name) for pair in self.columns), default=0)
        return [row for row in range(size) if any(content(book, pair[which], row) is not None for pair in self.columns)]

    def _figures(self, which: int, row: int) -> list[Content]:
        """Return a row's inputs except for its name."""
        return [content(self.books[which], pair[which], row) for pair in self.columns if pair != self.name]

    def _paired(self) -> list[tuple[int, int]]:
        """Return the rows that both have: by name; of the rest, those with equal figures (renamed)."""
        left, right = ({self._key(which, row): row for row in self.used[which]} for which in (0, 1))
        found = {left[key]: right[key] for key in left if key in right}
        for old in self.used[0]:
            if old not in found:
                taken = set(found.values())
                renamed = [new for new in self.used[1] if new not in taken and self._renamed(old, new)]
                if renamed:
                    found[old] = min(renamed, key=lambda new: abs(new - old))  # of several, the nearest
        return sorted(found.items(), key=lambda pair: pair[1])

    def _renamed(self, old: int, new: int) -> bool:
        first, second = self._figures(0, old), self._figures(1, new)
        if any(each is not None for each in first) and all(map(alike, first, second)):
            return True
        # Names in two languages are never the same; with as many rows in both, their places tell.
        return self.books[0].lang != self.books[1].lang and old == new and len(self.used[0]) == len(self.used[1])

    def _key(self, which: int, row: int) -> tuple[str, int]:
        """Return a row's name as it is compared; of those without one, and of the second of a name, a number too."""
        names = Counter(name_key(self.called(which, each)) for each in self.used[which] if each <= row)
        name = name_key(self.called(which, row))
        return name, names[name] if name else -1 - row


def _beside(side: Side, month: int | None, channel: int | None) -> int | None:
    """Return the row of a month's channel; None for a channel that the sheets of the months have no column for."""
    across = side.book.across
    return None if month is None or channel is None or channel >= across else month * across + channel


def _in_order(rows: Sequence[int]) -> frozenset[int]:
    """Return a longest increasing subsequence of distinct numbers: the rows that need not have moved."""
    ends: list[int] = []
    lengths = []
    for row in rows:
        at = bisect_left(ends, row)
        ends[at : at + 1] = [row]
        lengths.append(at)
    kept: list[int] = []
    wanted = len(ends) - 1
    for row, length in zip(reversed(rows), reversed(lengths), strict=True):
        if length == wanted and (not kept or row < kept[-1]):
            kept.append(row)
            wanted -= 1
    return frozenset(kept)

"""The figures typed into the months, and recorded of them, as a plan writes them: `plan.typed` says under which keys."""

from __future__ import annotations

import datetime
from typing import Any

from ..errors import Problem
from ..filled.workbook import FilledBook
from ..language.text import Text
from ..plan import typed
from ..plan.months import months_from
from ..template.model import Cell
from ..template.tables import MONTHS, TAB_MONTH
from .said import Inputs, called, written


def put(book: FilledBook, inputs: Inputs, table: dict[str, Any], problems: list[Problem]) -> None:
    """Put the tables into that of the plan, each that isn't empty."""
    if book.broken.torn is not None:
        title = book.broken.torn[1].sheet
        what = Text(
            f"シート「{title}」の月の表で行が挿入・削除されています",
            f"a row was inserted or deleted among the months on {title}",
        )
        fix = Text("月ごとの入力は計画に含めませんでした", "what is typed for the months was left out of the plan")
        problems.append(Problem("torn", what, fix, book.source))
    writer = _Writer(book, inputs, problems)
    for group in typed.groups(book.template):
        said = writer.rows(group) if group.is_list else writer.single(group)
        if not said:
            continue
        here = table
        for key in group.path[:-1]:
            here = here.setdefault(key, {})
        if group.is_list:
            here[group.path[-1]] = said
        else:
            here.setdefault(group.path[-1], {}).update(said)


class _Writer:
    def __init__(self, book: FilledBook, inputs: Inputs, problems: list[Problem]) -> None:
        self.book, self.inputs, self.problems = book, inputs, problems
        start = inputs.get(book.roles.start_month)
        self.start = start.replace(day=1) if isinstance(start, datetime.date) else None
        names = inputs.get(book.roles.channel_name)
        self.channels = names if isinstance(names, list) else []
        tabs = inputs.get(TAB_MONTH)
        self.tabs = tabs if isinstance(tabs, list) else []

    def single(self, group: typed.Group) -> dict[str, Any]:
        said = {key: written(self.book, self.inputs, cell, None, self.problems) for key, cell in group.single.items()}
        return {key: value for key, value in said.items() if value is not None}

    def rows(self, group: typed.Group) -> list[dict[str, Any]]:
        """Return a row per month with something in it, then those of its channels."""
        found: list[dict[str, Any]] = []
        for month in range(MONTHS):
            row = self._row(group.by_month, month)
            found += self._told(group, row, group.by_month, month, month, None)
            for channel in range(self.book.across if group.by_channel else 0):
                at = month * self.book.across + channel
                row = self._row(group.by_channel, at)
                found += self._told(group, row, group.by_channel, month, at, channel)
        return found

    def _row(self, cells: dict[str, Cell], at: int) -> dict[str, Any]:
        said = {key: written(self.book, self.inputs, cell, at, self.problems) for key, cell in cells.items()}
        return {key: value for key, value in said.items() if value is not None}

    def _told(
        self, group: typed.Group, row: dict[str, Any], cells: dict[str, Cell], month: int, at: int, channel: int | None
    ) -> list[dict[str, Any]]:
        """Return the row with its month and channel, unless it has no figures, or belongs to none that a plan could name."""
        if not row:
            return []
        of = self._month(group, cells, month)
        if of is None:
            self._left(cells, row, at, Text("どの月のものか分かりません", "nothing tells which month it is of"))
        elif self.start is None or of not in group.month_of(self.start):
            self._left(
                cells,
                row,
                at,
                Text(f"{of:%Y-%m} は計画の年度の月ではありません", f"{of:%Y-%m} is not a month of the plan's year"),
            )
        elif channel is not None:
            name = self.channels[channel] if channel < len(self.channels) else None
            if isinstance(name, str) and name:
                return [{"month": f"{of:%Y-%m}", "channel": name, **row}]
            self._left(cells, row, at, Text("チャネルに名前がありません", "its channel has no name"))
        else:
            return [{"month": f"{of:%Y-%m}", **row}]
        return []

    def _month(self, group: typed.Group, cells: dict[str, Cell], month: int) -> datetime.date | None:
        """Return the month of a row: a tab's own, else that of the year."""
        if any(cell.on_tab for cell in cells.values()):
            of = self.tabs[month] if month < len(self.tabs) else None
            if isinstance(of, datetime.date):
                return of.replace(day=1)
        if self.start is None:
            return None
        first = months_from(self.start)[month]
        return first.replace(year=first.year - 1) if group.path == (typed.LAST_YEAR,) else first

    def _left(self, cells: dict[str, Cell], row: dict[str, Any], at: int, why: Text) -> None:
        for key, value in row.items():
            cell = cells[key]
            what = Text(f"「{value}」は計画に書けません({why.ja})", f"“{value}” was left out of the plan: {why.en}")
            self.problems.append(Problem("not-carried", what, None, self.book.source, None, called(self.book, cell, at)))

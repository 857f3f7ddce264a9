"""The figures that people type into the months, and the recorded ones, as a plan writes them.

``[[months.override]]`` month = "2026-07", leads = 20; ``[months.opening]``; ``[[actual]]``; ``[[last_year]]``: the
keys follow from the names of the template's inputs.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from ..language.text import Text
from ..template.model import Cell, Template
from ..template.tables import MONTH, MONTH_CHANNEL, MONTHS
from ..values import amounts
from ..values.amounts import FigureError
from ..values.toml import Path, dotted
from .months import months_from
from .naming import name_key

Say = Callable[[Path, str, Text, Text | None], None]
Read = Callable[[Cell, Any, Path], Any]

MONTHS_KEY = "months"
LAST_YEAR = "last_year"
FRAME = ("actual", LAST_YEAR)
"""The tables of the kind that lie at a plan's top; the others lie in ``[months]``."""

_OPENING, _BEFORE, _OVERRIDE, _REPORTED, _INITIAL = "opening", "reported_before", "override", "reported", "initial"

_DECLARED: tuple[tuple[Path, str | None, str, str], ...] = (
    ((MONTHS_KEY,), None, r"(as_of)_month", r"\1"),
    ((MONTHS_KEY, _OPENING), None, r"opening_(\w+)", r"\1"),
    ((MONTHS_KEY, _OVERRIDE), MONTH, r"month_(\w+)_override", r"\1"),
    (("actual",), MONTH, r"actual_(\w+)", r"\1"),
    (("actual",), MONTH, r"(remarks)", r"\1"),
    (("actual",), MONTH_CHANNEL, r"channel_actual_(\w+)", r"\1"),
    ((MONTHS_KEY, _REPORTED), MONTH, r"month_(\w+)_next_reported", r"next_\1"),
    ((MONTHS_KEY, _REPORTED), MONTH, r"month_(\w+)_reported", r"\1"),
    ((MONTHS_KEY, _REPORTED), MONTH_CHANNEL, r"month_channel_(\w+)_reported", r"\1"),
    ((MONTHS_KEY, _BEFORE), None, r"before_(\w+)_reported", r"\1"),
    ((MONTHS_KEY, _INITIAL), MONTH, r"month_(\w+)_initial", r"\1"),
    ((LAST_YEAR,), MONTH, r"last_(\w+)", r"\1"),
)
"""By table of the plan: the table of the inputs, their names, and the key of each."""


class Group(NamedTuple):
    """One table of the plan: the inputs by key, for single cells, for a month, and for a channel in a month."""

    path: tuple[str, ...]
    single: dict[str, Cell]
    by_month: dict[str, Cell]
    by_channel: dict[str, Cell]

    @property
    def is_list(self) -> bool:
        return bool(self.by_month or self.by_channel)

    @property
    def written(self) -> str:
        """The TOML heading: ``[[months.override]]``."""
        return f"[[{dotted(self.path)}]]" if self.is_list else f"[{dotted(self.path)}]"

    @property
    def cells(self) -> list[Cell]:
        return [*self.single.values(), *self.by_month.values(), *self.by_channel.values()]

    def month_of(self, first: datetime.date) -> list[datetime.date]:
        """Return the months that its rows may refer to, in a year beginning with ``first``."""
        return months_from(first.replace(year=first.year - 1) if self.path == (LAST_YEAR,) else first)


def groups(template: Template) -> list[Group]:
    """Return the tables of this kind that a template has inputs for, in the order in which a plan is written."""
    found: dict[Path, Group] = {}
    taken: set[str] = set()
    inputs = template.inputs()
    for path, table, pattern, key in _DECLARED:
        for cell in inputs:
            if cell.table != table or cell.name in taken or re.fullmatch(pattern, cell.name) is None:
                continue
            taken.add(cell.name)
            group = found.setdefault(path, Group(tuple(map(str, path)), {}, {}, {}))
            of = group.single if table is None else group.by_month if table == MONTH else group.by_channel
            of[re.sub(f"^{pattern}$", key, cell.name)] = cell
    return list(found.values())


class Around(NamedTuple):
    """The context for reading the rows: the year's first month, the channels' names, and how many channels the sheet has room for."""

    start: datetime.date | None
    channels: Sequence[Any]
    across: int


def inputs(template: Template, table: Mapping[str, Any], around: Around, read: Read, say: Say) -> dict[str, Any]:
    """Return the plan's values for such inputs, by cell name: ``read`` converts a value for its cell, ``say`` reports a problem."""
    found: dict[str, Any] = {}
    for group in groups(template):
        given: Any = table
        for key in group.path:
            given = given.get(key) if isinstance(given, Mapping) else None
        if given is None:
            continue
        if group.is_list:
            _Rows(group, around, read, say).take(given, found)
        elif not isinstance(given, Mapping):
            if group.path != (MONTHS_KEY,):
                say(group.path, "type", *_shape(group))
        else:
            if group.path != (MONTHS_KEY,):
                _known(given, group.path, list(group.single), say)
            for key, cell in group.single.items():
                if given.get(key) is not None:
                    found[cell.name] = read(cell, given[key], (*group.path, key))
    return found


class _Rows:
    """The rows of one ``[[table]]``, each for a month and perhaps a channel in it."""

    def __init__(self, group: Group, around: Around, read: Read, say: Say) -> None:
        self.group, self.around, self.read, self.say = group, around, read, say
        self.names = [name_key(name) for name in around.channels]
        self.seen: set[tuple[int, int | None]] = set()

    def take(self, given: Any, found: dict[str, Any]) -> None:
        if not isinstance(given, list) or not all(isinstance(row, Mapping) for row in given):
            self.say(self.group.path, "type", *_shape(self.group))
            return
        for at, row in enumerate(given):
            self._row(row, (*self.group.path, at), found)

    def _row(self, row: Mapping[str, Any], path: Path, found: dict[str, Any]) -> None:
        of_channel = bool(self.group.by_channel) and "channel" in row
        cells = self.group.by_channel if of_channel else self.group.by_month
        named = ["month", *(["channel"] if self.group.by_channel else []), *cells]
        _known(row, path, named, self.say)
        month = self._month(row.get("month"), (*path, "month"))
        channel = self._channel(row["channel"], (*path, "channel")) if of_channel else None
        if month is not None and (channel is not None or not of_channel):
            if (month, channel) in self.seen:
                what = Text("同じ月の行が2回あります", "there are two rows for this month")
                if of_channel:
                    what = Text("同じ月・同じチャネルの行が2回あります", "there are two rows for this month and channel")
                self.say(path, "twice", what, Text("1つにまとめてください", "merge them into one"))
            self.seen.add((month, channel))
        for key, cell in cells.items():
            if row.get(key) is None:
                continue
            value = self.read(cell, row[key], (*path, key))
            if month is None or (of_channel and channel is None):
                continue
            across = self.around.across if of_channel else 1
            column = found.setdefault(cell.name, [None] * (MONTHS * across))
            column[month * across + (channel or 0)] = value

    def _month(self, value: Any, path: Path) -> int | None:
        """Return which of the twelve months a row refers to."""
        if value is None:
            what = Text("month(月)が指定されていません", "the month is missing")
            self.say(
                path[:-1],
                "missing",
                what,
                Text('month = "2026-07" のように書いてください', 'write month = "2026-07" or the like'),
            )
            return None
        try:
            month = amounts.month(value)
        except FigureError as bad:
            self.say(path, "figure", bad.what, bad.fix)
            return None
        if self.around.start is None:
            return None
        months = self.group.month_of(self.around.start)
        if month in months:
            return months.index(month)
        first, last = f"{months[0]:%Y-%m}", f"{months[-1]:%Y-%m}"
        year = Text("前年度", "the year before") if self.group.path == (LAST_YEAR,) else Text("この年度", "this year")
        self.say(
            path,
            "other-year",
            Text(f"{month:%Y-%m} は{year.ja}の月ではありません", f"{month:%Y-%m} is not a month of {year.en}"),
            Text(
                f"{first} から {last} までの月を書くか、start を直してください",
                f"write a month from {first} to {last}, or correct start",
            ),
        )
        return None

    def _channel(self, value: Any, path: Path) -> int | None:
        name = name_key(value)
        if name and name in self.names:
            return self.names.index(name)
        known = [str(each) for each in self.around.channels if each]
        self.say(
            path,
            "no-channel",
            Text(f"「{value}」というチャネルはありません", f"there is no channel “{value}”"),
            Text(f"{'、'.join(known)} のどれかを書いてください", f"write one of {', '.join(known)}"),
        )
        return None


def _known(given: Mapping[str, Any], path: Path, named: list[str], say: Say) -> None:
    for key in given:
        if key not in named:
            what, fix = (
                Text("この項目はありません", "there is no such key"),
                Text(f"使えるのは {', '.join(named)}", f"available: {', '.join(named)}"),
            )
            say((*path, key), "unknown-key", what, fix)


def _shape(group: Group) -> tuple[Text, Text]:
    key = dotted(group.path)
    fix = Text(f"{group.written} と書いてください", f"write {group.written}")
    return Text(f"{key} の書き方が違います", f"{key} is written in the wrong form"), fix

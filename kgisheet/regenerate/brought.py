"""What a CSV brings into the workbook: goals of the screen as figures typed over, actuals into the months' tabs."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from ..csvs.actuals import ActualRow, read_actuals
from ..csvs.goals import GoalRow, read_goals
from ..errors import CsvError, Problem, Text
from ..filled import FilledBook
from ..plan.load import Input
from .inputs import Key


class Csv(NamedTuple):
    """A CSV file's bytes, and what messages call it."""

    data: bytes
    name: str


class Brought(NamedTuple):
    """Inputs by cell and row, and what there is to say about the rows that they come from."""

    inputs: dict[Key, Input]
    notes: list[Problem]


def bring(book: FilledBook, goals: Csv | None, actuals: Csv | None) -> Brought:
    """The inputs that the files say; raises CsvError with all that is wrong with them."""
    months = [month for month in _months(book) if month is not None]
    found = Brought({}, [])
    problems: list[Problem] = []
    start = months[0] if months else None
    if goals is not None:
        read = read_goals(goals.data, goals.name, start)
        problems += read.problems
        found.notes.extend(read.notes)
        if not read.problems:
            problems += _goals(book, read.rows, months, goals.name, found)
    if actuals is not None:
        typed = read_actuals(actuals.data, actuals.name, start)
        problems += typed.problems
        found.notes.extend(typed.notes)
        problems += _actuals(book, typed.rows, months, actuals.name, found)
    if problems:
        raise CsvError(*problems)
    return found


def _months(book: FilledBook) -> Iterator[datetime.date | None]:
    column = book.solution.values.get("month_start")
    for month in column if isinstance(column, list) else ():
        yield month if isinstance(month, datetime.date) else None


def _goals(book: FilledBook, rows: list[GoalRow], months: list[datetime.date], source: str, into: Brought) -> list[Problem]:
    """All twelve goals are typed over where one of them is another than the sheet's: the others would move otherwise."""
    if [row.month for row in rows] != months:
        year = f"{months[0]:%Y-%m}" if months else "?"
        return [
            Problem(
                "other-year",
                Text(f"{rows[0].month:%Y-%m} からの12か月です。ブックは {year} からの年度です",
                     f"twelve months from {rows[0].month:%Y-%m}, but the workbook's year begins in {year}"),
                Text("ブックと同じ12か月の行にしてください", "give the workbook's twelve months"), source, rows[0].line,
            )
        ]  # fmt: skip
    said: dict[Key, Fraction] = {}
    differs = False
    for field, name in (("leads", "month_web_leads"), ("cvr", "month_cvr")):
        if f"{name}_override" not in book.template.cells:
            continue
        for index, row in enumerate(rows):
            value: Fraction | None = getattr(row, field)
            if value is not None:
                said[f"{name}_override", index] = value
                differs = differs or value != book.solution.at(name, index)
    # The rates are typed over with the goals: on the screen, visits are goal ÷ rate.
    into.inputs.update(said if differs else {})
    return []


def _actuals(book: FilledBook, rows: list[ActualRow], months: list[datetime.date], source: str, into: Brought) -> list[Problem]:
    problems: list[Problem] = []
    outside: list[int] = []
    channels = {_key(name): index for index, name in _channels(book)}
    parts: dict[tuple[str, int], Fraction] = {}
    whole: set[tuple[str, int]] = set()
    for row in rows:
        if row.month not in months:
            outside.append(row.line)
            continue
        month = months.index(row.month)
        name = f"actual_{row.stage}"
        if name not in book.template.cells:
            into.notes.append(_no_stage(row, source))
        elif row.channel is None:
            whole.add((name, month))
            into.inputs[name, month] = row.value
        else:
            # Without a total of its own, a month's actual is what its channels brought together.
            parts[name, month] = parts.get((name, month), Fraction(0)) + row.value
            by_channel = f"channel_actual_{row.stage}"
            if by_channel not in book.template.cells:
                continue
            channel = channels.get(_key(row.channel))
            if channel is None:
                problems.append(_no_channel(book, row, source))
            else:
                into.inputs[by_channel, month * book.across + channel] = row.value
    into.inputs.update({key: value for key, value in parts.items() if key not in whole})
    if outside:
        into.notes.append(_outside(outside, months, source))
    return problems


def _channels(book: FilledBook) -> Iterator[tuple[int, str]]:
    names = book.inputs.get("channel_name")
    for index, name in enumerate(names if isinstance(names, list) else ()):
        if isinstance(name, str) and index < book.across:
            yield index, name


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()


def _no_stage(row: ActualRow, source: str) -> Problem:
    what = Text(f"このブックに段階「{row.stage}」はありません", f"the workbook has no stage {row.stage}")
    return Problem("no-stage", what, Text("読み飛ばしました", "left out"), source, row.line)


def _no_channel(book: FilledBook, row: ActualRow, source: str) -> Problem:
    listed = ", ".join(name for _, name in _channels(book))
    return Problem(
        "no-channel",
        Text(f"チャネル「{row.channel}」はブックにありません", f"the workbook has no channel “{row.channel}”"),
        Text(f"あるのは {listed}。名前をそろえてください", f"there are {listed}; give it one of these names"),
        source,
        row.line,
    )


def _outside(lines: list[int], months: list[datetime.date], source: str) -> Problem:
    year = f"{months[0]:%Y-%m}〜{months[-1]:%Y-%m}" if months else "―"
    return Problem(
        "outside",
        Text(f"{len(lines)}行はブックの年度({year})の外です", f"{len(lines)} row(s) outside the workbook's year ({year})"),
        Text("読み飛ばしました", "left out"),
        source,
        lines[0],
    )

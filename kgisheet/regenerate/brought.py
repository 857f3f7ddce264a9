"""Import from CSV: goals of the screen as overrides, actuals into the months' tabs."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ..errors import CsvError, Problem
from ..filled.records import Record, goal_rows, json_value, records_of
from ..filled.workbook import FilledBook
from ..language.text import Text, many
from ..plan.inputs import Input
from ..plan.naming import name_key
from ..template.tables import MONTH
from .inputs import Key

if TYPE_CHECKING:
    from ..csvio.actuals import ActualRow
    from ..csvio.goals import GoalRow
    from ..csvio.headings import Own


class Csv(NamedTuple):
    """A CSV file's bytes, and its name in messages."""

    data: bytes
    name: str


class Brought(NamedTuple):
    """Inputs by cell and row, and notes about the rows that they come from."""

    inputs: dict[Key, Input]
    notes: list[Problem]


def bring(book: FilledBook, goals: Csv | None, actuals: Csv | None) -> Brought:
    """Return the inputs that the files give; raise CsvError with all that is wrong with them."""
    months = [month for month in _months(book) if month is not None]
    found = Brought({}, [])
    problems: list[Problem] = []
    start = months[0] if months else None
    # Both are imported where they are asked for: most runs bring no CSV.
    if goals is not None:
        from ..csvio.goals import read_goals

        read = read_goals(goals.data, goals.name, start)
        problems += read.problems
        found.notes.extend(read.notes)
        if not read.problems:
            problems += _goals(book, read.rows, months, goals.name, found)
    if actuals is not None:
        from ..csvio.actuals import read_actuals

        typed = read_actuals(actuals.data, actuals.name, start, _own_stages(book))
        problems += typed.problems
        found.notes.extend(typed.notes)
        problems += _actuals(book, typed.rows, months, actuals.name, found)
    if problems:
        raise CsvError(*problems)
    return found


def _own_stages(book: FilledBook) -> Own:
    """Return what the workbook calls its stages: a template of somebody's own has others, or calls ours otherwise."""
    from ..csvio.headings import own

    return own((text, flow.name) for flow in book.template.tabbed() for text in (*flow.label, flow.name))


def _months(book: FilledBook) -> Iterator[datetime.date | None]:
    column = book.solution.values.get(book.roles.month_start)
    for month in column if isinstance(column, list) else ():
        yield month if isinstance(month, datetime.date) else None


def _goals(book: FilledBook, rows: list[GoalRow], months: list[datetime.date], source: str, into: Brought) -> list[Problem]:
    """Return all twelve goals as overrides if one of them differs from the sheet's: the others would move otherwise."""
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
    said: dict[Key, Input] = {}
    differs = False
    of_months = {cell.name for cell in book.template.cells.values() if cell.table == MONTH}
    held = [_worked_out(book, each) for each in records_of(book) if each.name.partition("[")[0] in of_months]
    shown = goal_rows(held)
    for index, (row, there) in enumerate(zip(rows, shown, strict=True)):
        for field, name in (("leads", book.roles.month_web_leads), ("cvr", book.roles.month_cvr)):
            value: Fraction | None = getattr(row, field)
            if value is None or f"{name}_override" not in book.template.cells:
                continue
            differs = differs or value != getattr(there, field)
            # The sheet's column is for this year's wins; what next year's need stands beside it.
            ahead = book.solution.at(f"{name}_next", index) if f"{name}_next" in book.template.cells else None
            said[f"{name}_override", index] = value - (ahead if isinstance(ahead, Fraction) else 0)
    # The rates are typed over with the goals: on the screen, visits are goal ÷ rate.
    into.inputs.update(said if differs else {})
    return []


def _worked_out(book: FilledBook, record: Record) -> Record:
    """Return a cell with its formula's value, if the program that saved the workbook stores no results."""
    name, _, row = record.name.partition("[")
    if record.formula is None or record.value is not None:
        return record
    value = book.value(name, int(row[:-1]) - 1 if row else None)
    return record._replace(value=json_value(book.template.cells[name], value))


def _actuals(book: FilledBook, rows: list[ActualRow], months: list[datetime.date], source: str, into: Brought) -> list[Problem]:
    problems: list[Problem] = []
    outside: list[int] = []
    channels = {name_key(name): index for index, name in _channels(book)}
    parts: dict[tuple[str, int], dict[int, Fraction]] = {}
    whole: set[tuple[str, int]] = set()
    whole_numbers = book.inputs.get("rounding") != "none"
    for row in rows:
        if row.month not in months:
            outside.append(row.line)
            continue
        month = months.index(row.month)
        name = f"actual_{row.stage}"
        if row.stage != "revenue" and whole_numbers and row.value.denominator != 1:
            problems.append(_no_count(row, source))
        elif name not in book.template.cells:
            into.notes.append(_no_stage(row, source))
        elif row.channel is None:
            whole.add((name, month))
            into.inputs[name, month] = row.value
        else:
            channel = channels.get(name_key(row.channel))
            by_channel = f"channel_actual_{row.stage}"
            if channel is None:
                problems.append(_no_channel(book, row, source))
                continue
            parts.setdefault((name, month), {})[channel] = row.value
            if by_channel in book.template.cells:
                into.inputs[by_channel, month * book.across + channel] = row.value
    for key, brought in parts.items():
        if key in whole:
            continue
        # Without a total of its own, a month's actual is what its channels brought, once all of them are there.
        missing = [name for index, name in _channels(book) if index not in brought and _counts(book, key[0], index)]
        if missing:
            into.notes.append(_partly(book, key, months[key[1]], missing, source))
        else:
            into.inputs[key] = sum(brought.values(), Fraction(0))
    if outside:
        into.notes.append(_outside(outside, months, source))
    return problems


def _channels(book: FilledBook) -> Iterator[tuple[int, str]]:
    names = book.inputs.get(book.roles.channel_name)
    for index, name in enumerate(names if isinstance(names, list) else ()):
        if isinstance(name, str) and index < book.across:
            yield index, name


def _counts(book: FilledBook, name: str, channel: int) -> bool:
    """Return whether a channel contributes to a stage at all: one without a conversion rate needs no visits."""
    if name != book.roles.actual_visits:
        return True
    visits = book.solution.values.get(book.roles.channel_visits)
    return not isinstance(visits, list) or visits[channel] is not None


def _no_count(row: ActualRow, source: str) -> Problem:
    said = f"{float(row.value):g}"
    return Problem(
        "no-count",
        Text(f"件数が {said} です", f"the count is {said}"),
        Text("整数にしてください", "make it a whole number"),
        source,
        row.line,
    )


def _partly(book: FilledBook, key: tuple[str, int], month: datetime.date, missing: list[str], source: str) -> Problem:
    """Return the note on a month whose total stays as it is: not all of its channels are there."""
    name, at = key
    label, held = book.template.cells[name].full_label, book.inputs.get(name)
    total = held[at] if isinstance(held, list) else None
    kept = Text("空欄のままにしました", "is left blank")
    if isinstance(total, Fraction):
        kept = Text(f"変更しません({float(total):,.10g})", f"stays {float(total):,.10g}")
    return Problem(
        "partly",
        Text(
            f"{month:%Y-%m} の{label.ja}に、{'、'.join(missing)} の行がありません",
            f"{label.en} of {month:%Y-%m}: no row for {', '.join(missing)}",
        ),
        Text(
            f"チャネル別の実績だけを入れました。月の合計は{kept.ja}",
            f"only the channels were filled in; the month's total {kept.en}",
        ),
        source,
    )


def _no_stage(row: ActualRow, source: str) -> Problem:
    what = Text(f"このブックに段階「{row.stage}」はありません", f"the workbook has no stage {row.stage}")
    return Problem("no-stage", what, Text("読み飛ばしました", "left out"), source, row.line)


def _no_channel(book: FilledBook, row: ActualRow, source: str) -> Problem:
    listed = ", ".join(name for _, name in _channels(book))
    return Problem(
        "no-channel",
        Text(f"チャネル「{row.channel}」はブックにありません", f"the workbook has no channel “{row.channel}”"),
        Text(f"あるのは {listed}。名前をそろえてください", f"available: {listed}; use one of these names"),
        source,
        row.line,
    )


def _outside(lines: list[int], months: list[datetime.date], source: str) -> Problem:
    year = f"{months[0]:%Y-%m}〜{months[-1]:%Y-%m}" if months else "―"
    return Problem(
        "outside",
        Text(
            f"{len(lines)}行はブックの年度({year})の外です",
            f"{many(len(lines), 'row is', 'rows are')} outside the workbook's year ({year})",
        ),
        Text("読み飛ばしました", "left out"),
        source,
        lines[0],
    )

"""The goal screen as CSV (docs/worksheet.md, 3): twelve rows of month, CV goal, CV rate and visits, read and written."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import NamedTuple

from ..errors import CsvError, Problem
from ..language.text import Text
from ..values.amounts import FigureError
from ..values.units import RATE
from . import cells, columns, headings, table
from .cells import decimal
from .columns import Columns, lines_of
from .headings import MONTH, Heading
from .table import Record, Table
from .twelve import check_months

_FIELDS = (MONTH, "leads", "cvr", "visits")
HEADINGS = (Text("月", "Month"), Text("CV目標", "Conversion goal"), Text("CV率", "Conversion rate"), Text("訪問数", "Visits"))


class GoalRow(NamedTuple):
    """One month: its first day, the CV goal, the rate as a fraction, the visits; None if nothing was entered."""

    month: datetime.date
    leads: Fraction | None
    cvr: Fraction | None
    visits: Fraction | None
    line: int


class Goals(NamedTuple):
    """The rows that could be read, the problems that prevent their use, and mere notes."""

    rows: list[GoalRow]
    problems: list[Problem]
    notes: list[Problem]

    def checked(self) -> list[GoalRow]:
        """Return the twelve rows; raises CsvError with all the problems."""
        if self.problems:
            raise CsvError(*self.problems)
        return self.rows


def read_goals(data: bytes, source: str, start: datetime.date | None = None) -> Goals:
    """Return the goal screen in ``data``; raises CsvError where no table of goals can be found in it.

    ``start`` is the first month of the year, for months without a year (4月).
    """
    read = table.read(data, source)
    found, notes = _columns(read, source)
    problems: list[Problem] = []
    rows: list[GoalRow] = []
    blank: dict[str, list[int]] = {}
    unreadable = 0
    for record in found.records:
        name = record.cell(found.at[MONTH])
        if headings.is_total(name):
            notes.append(_skipped(record, name, source))
            continue
        if columns.is_remark(record):
            notes.append(_skipped(record, next(filter(None, record.cells)), source))
            continue
        wide = columns.too_wide(record, len(found.headings), source)
        if wide is not None:
            problems.append(wide)  # what its cells say is in the wrong columns
            unreadable += 1
            continue
        row = _row(record, found, start, source, problems, notes, blank)
        if row is None:
            unreadable += 1
        else:
            rows.append(row)
    problems += check_months([(row.month, row.line) for row in rows], unreadable, source)
    notes += [_blank(found.text(field), lines, source) for field, lines in blank.items()]
    notes += [each for row in rows if (each := _visits(row, found, source)) is not None]
    return Goals(rows, table.capped(problems, source), table.capped(notes, source))


def _is_header(said: list[Heading]) -> bool:
    fields = {each.field for each in said if each.role in ("", "goal")}
    return MONTH in fields and "leads" in fields


def _columns(read: Table, source: str) -> tuple[Columns, list[Problem]]:
    found = columns.find(read, _is_header)
    if found is not None:
        of, notes = columns.assign(read, *found, _FIELDS, ("goal",), source)
        missing = [HEADINGS[_FIELDS.index(field)] for field in _FIELDS if field not in of.at]
        notes += [
            Problem(
                "no-column",
                Text(f"「{name.ja}」の列がありません", f"there is no column “{name.en}”"),
                None,
                source,
                of.line,
            )
            for name in missing
        ]
        return of, notes
    first = read.records[0]
    width = len(first.cells)
    while width and not first.cells[width - 1]:
        width -= 1
    if width == len(_FIELDS) and cells.looks_like_month(first.cells[0]):
        plain = [Heading(name.ja, field) for name, field in zip(HEADINGS, _FIELDS, strict=True)]
        note = Problem(
            "no-header",
            Text(
                "見出しがないので、月・CV目標・CV率・訪問数の順に読みました",
                "there is no header: read as month, conversion goal, conversion rate, visits",
            ),
            None,
            source,
            first.line,
        )
        return Columns({field: at for at, field in enumerate(_FIELDS)}, plain, read.records, first.line), [note]
    raise CsvError(_no_header(first, source))


def _no_header(first: Record, source: str) -> Problem:
    shown = " | ".join(cell[:20] for cell in first.cells[:8])
    return Problem(
        "header",
        Text(
            f"「月」と「CV目標」の見出しが見つかりません(最初の行: {shown})",
            f"no header with a month and a conversion goal (the first row: {shown})",
        ),
        Text(
            "1行目を「月,CV目標,CV率,訪問数」にしてください",
            "let the first row be “Month,Conversion goal,Conversion rate,Visits”",
        ),
        source,
        first.line,
    )


def _row(
    record: Record,
    found: Columns,
    start: datetime.date | None,
    source: str,
    problems: list[Problem],
    notes: list[Problem],
    blank: dict[str, list[int]],
) -> GoalRow | None:
    """Return the row's figures; unreadable ones are added to ``problems`` and left blank. None without a month."""

    def figure(field: str, read: Callable[[str], Fraction]) -> Fraction | None:
        if field not in found.at:
            return None
        text = record.cell(found.at[field])
        if cells.is_blank(text):
            blank.setdefault(field, []).append(record.line)
            return None
        try:
            value = read(text)
        except FigureError as bad:
            problems.append(Problem("figure", bad.what, bad.fix, source, record.line, found.text(field)))
            return None
        notes.extend(_odd(field, text, value, found, source, record.line))
        return value

    leads = figure("leads", cells.count)
    cvr = figure("cvr", lambda text: cells.rate(text, found.unit("cvr")))
    visits = figure("visits", cells.count)
    try:
        month = cells.month(record.cell(found.at[MONTH]), start)
    except FigureError as bad:
        problems.append(Problem("month", bad.what, bad.fix, source, record.line, found.text(MONTH)))
        return None
    return GoalRow(month, leads, cvr, visits, record.line)


def _odd(field: str, text: str, value: Fraction, found: Columns, source: str, line: int) -> list[Problem]:
    """Return a note on a figure that was read as written, but may be meant otherwise."""
    name = found.text(field)
    if field != "cvr":
        if value.denominator == 1:
            return []
        what = Text(f"「{text}」は整数ではありません", f"“{text}” is not a whole number")
        return [Problem("fraction", what, None, source, line, name)]
    unit = found.unit("cvr")
    if not cells.is_bare(text):
        return []
    if unit is None and value == 1:
        what = Text(f"「{text}」を100%と読みました", f"“{text}” is read as 100%")
        return [
            Problem(
                "rate-of-one", what, Text("1%のことなら「1%」と書いてください", "write 1% for one percent"), source, line, name
            )
        ]
    if unit is not None and unit.kind == RATE and value < Fraction(1, 1000):
        as_fraction = decimal(value * 10_000)
        what = Text(f"「{text}」を{decimal(value * 100)}%と読みました", f"“{text}” is read as {decimal(value * 100)}%")
        fix = Text(f"{as_fraction}%のことなら「{as_fraction}%」と書いてください", f"write {as_fraction}% if that is meant")
        return [Problem("rate-below", what, fix, source, line, name)]
    return []


def _visits(row: GoalRow, found: Columns, source: str) -> Problem | None:
    """Report visits that don't follow from CV goal ÷ CV rate, whichever way they are rounded."""
    if row.leads is None or row.cvr is None or row.visits is None:
        return None
    exact = row.leads / row.cvr
    if abs(row.visits - exact) < 1:
        return None
    whole = Fraction(-(-exact // 1))
    rate = f"{decimal(row.cvr * 100)}%"
    fits = row.leads / row.visits if row.visits else Fraction(0)
    also = Text("", "")
    if 0 < fits <= 1:
        said = _rounded_percent(fits)
        also = Text(f"(訪問数が正しければCV率は{said})", f" (or the conversion rate is {said}, if the visits are right)")
    return Problem(
        "visits",
        Text(
            f"訪問数{_number(row.visits)}は CV目標{_number(row.leads)} ÷ CV率{rate} = {_number(exact)} と合いません",
            f"{_number(row.visits)} visits don't follow from {_number(row.leads)} conversions ÷ {rate} = {_number(exact)}",
        ),
        Text(f"訪問数は{_number(whole)}です{also.ja}", f"the visits are {_number(whole)}{also.en}"),
        source,
        row.line,
        found.text("visits"),
    )


def _number(value: Fraction) -> str:
    whole, _, rest = decimal(Fraction(round(value * 100), 100)).partition(".")
    return f"{int(whole):,}" + (f".{rest}" if rest else "")


def _rounded_percent(value: Fraction) -> str:
    return f"{decimal(Fraction(round(value * 1_000_000), 10_000))}%"


def _skipped(record: Record, name: str, source: str) -> Problem:
    return Problem(
        "row-not-read",
        Text(f"「{name[:40]}」の行は読んでいません", f"the row “{name[:40]}” is not read"),
        None,
        source,
        record.line,
    )


def _blank(name: str, lines: list[int], source: str) -> Problem:
    return Problem(
        "blank",
        Text(f"空欄が{len(lines)}行あります({lines_of(lines)}行目)", f"blank in {len(lines)} rows (lines {lines_of(lines)})"),
        None,
        source,
        lines[0],
        name,
    )


def write_goals(rows: Iterable[GoalRow], lang: str = "ja", encoding: str = "utf-8-sig") -> bytes:
    """Return the goal screen as CSV that Excel opens: UTF-8 with its mark, or CP932; CRLF; 2026-04, 20, 1%, 2000.

    Figures are exact decimals; a fraction without an end (200/3, 33/2710) has eight places.
    Raises CsvError for a figure below zero, which a spreadsheet would calculate with.
    """
    lines = [[name.to(lang) for name in HEADINGS]]
    lines += [
        [
            f"{row.month:%Y-%m}",
            "" if row.leads is None else decimal(row.leads),
            "" if row.cvr is None else f"{decimal(row.cvr * 100)}%",
            "" if row.visits is None else decimal(row.visits),
        ]
        for row in rows
    ]
    return table.write(lines, encoding)

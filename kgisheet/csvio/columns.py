"""The columns of a table: its header is found and interpreted once, and what isn't read is reported."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ..errors import CsvError, Problem
from ..language.text import Text
from . import headings
from .headings import Heading, Own, Unit
from .table import Record, Table

_SEARCHED = 20
"""Exports put a title, the period and the account's name above their header, never more than this."""


class Columns(NamedTuple):
    """The columns by field, their headings by column, and the rows under them."""

    at: dict[str, int]
    headings: list[Heading]
    records: list[Record]
    line: int

    def text(self, field: str) -> str:
        """Return the heading as it is in the file."""
        return self.headings[self.at[field]].text

    def unit(self, field: str) -> Unit | None:
        return self.headings[self.at[field]].unit


def find(table: Table, is_header: Callable[[list[Heading]], bool], own: Own = ()) -> tuple[int, list[Heading]] | None:
    """Return the first row that is a header (its index, and its meaning); None if there is none."""
    for index, record in enumerate(table.records[:_SEARCHED]):
        said = [headings.understand(cell, own) for cell in record.cells]
        if is_header(said):
            return index, said
    return None


def assign(
    table: Table, index: int, said: list[Heading], wanted: tuple[str, ...], roles: tuple[str, ...], source: str
) -> tuple[Columns, list[Problem]]:
    """Return the columns of the ``wanted`` fields, and notes on what isn't read; raise CsvError if a field has two columns.

    A heading's role must be one of ``roles`` (a goal isn't an actual); beside リード数実績, リード数 isn't read.
    """
    line = table.records[index].line
    at: dict[str, int] = {}
    problems: list[Problem] = []
    notes: list[Problem] = []
    if index:
        first, last = table.records[0].line, table.records[index - 1].line
        lines = f"{first}" if first == last else f"{first}–{last}"
        notes.append(
            Problem(
                "above-header",
                Text(f"見出しより上の{lines}行目は読んでいません", f"what is above the header is not read (line {lines})"),
                None,
                source,
                first,
            )
        )
    for column, heading in enumerate(said):
        if heading.field not in wanted or heading.role not in ("", *roles):
            continue
        other = at.setdefault(heading.field, column)
        if bool(heading.role) != bool(said[other].role):
            at[heading.field] = column if heading.role else other
        elif other != column:
            problems.append(_twice(said[other], heading, source, line))
    notes += [
        _not_read(heading, wanted, source, line)
        for column, heading in enumerate(said)
        if heading.text and column not in at.values()
    ]
    if problems:
        raise CsvError(*problems)
    return Columns(at, said, table.records[index + 1 :], line), notes


def _twice(first: Heading, second: Heading, source: str, line: int) -> Problem:
    return Problem(
        "column-twice",
        Text(f"「{first.text}」と「{second.text}」は同じ項目です", f"“{first.text}” and “{second.text}” are the same figure"),
        Text(
            "どちらか一方を残してください(アポの次の段階なら「有効商談数」と書いてください)",
            "keep one of them (the stage after meetings is called “opportunities”)",
        )
        if first.field == "meetings"
        else Text("どちらか一方を残してください", "keep one of them"),
        source,
        line,
        second.text,
    )


def _not_read(heading: Heading, wanted: tuple[str, ...], source: str, line: int) -> Problem:
    close = headings.near(heading.text, wanted) if not heading.field and not heading.role else []
    return Problem(
        "column-not-read",
        Text("この列は読んでいません", "this column is not read"),
        near_fix(close),
        source,
        line,
        heading.text,
    )


def near_fix(close: list[str]) -> Text | None:
    """Return what a word was probably meant as; None if nothing is near."""
    if not close:
        return None
    return Text(f"{'、'.join(close)} のことですか", f"do you mean {', '.join(close)}?")


def too_wide(record: Record, width: int, source: str) -> Problem | None:
    """Return a row with more cells than the header: figures like 1,200 that were not quoted have moved to the right."""
    if not any(record.cells[width:]):
        return None
    return Problem(
        "row-too-wide",
        Text(
            f"見出しは{width}列ですが、この行は{len(record.cells)}列あります",
            f"the header has {width} columns, this row {len(record.cells)}",
        ),
        Text('1,200 のような数は "1,200" と引用符で囲むか、1200 と書いてください', 'write 1,200 as "1,200" or 1200'),
        source,
        record.line,
    )


def lines_of(lines: list[int]) -> str:
    """Return lines as a message lists them: 3, 4, 5 … at most ten."""
    return ", ".join(map(str, lines[:10])) + (" …" if len(lines) > 10 else "")


def is_remark(record: Record) -> bool:
    """Return whether a row is a footnote: its one cell begins with ※, # or similar."""
    filled = [cell for cell in record.cells if cell]
    return len(filled) == 1 and filled[0].startswith(("※", "#", "＃", "注", "*", "＊", "Note", "出典"))

"""The name of a cell in sentences: リード数 of 広告, of April, of the stage アポ獲得; never a row number if the row has a name."""

from __future__ import annotations

import datetime

from ..filled.workbook import FilledBook
from ..language.catalogue import Phrase
from ..language.text import Text, Wording
from ..template import tables
from ..template.model import Cell
from ..template.roles import Roles
from ..worksheet.shown import quoted


def _first(roles: Roles) -> dict[str, str]:
    """Return the columns that name the rows of tables, by the tables."""
    return {
        "field": roles.field_owner,
        "journey": roles.journey_phase,
        "backlog": roles.backlog_theme,
        "definition": roles.definition_name,
    }


"""Columns whose text says what the row of a list is about."""


_SENTENCE = ("ない", "いる", "する", "合う", "すると", "まで")
"""How labels end that read on in a sentence only in quotes: 0社を下回るセルがない."""


def called(book: FilledBook, cell: Cell, row: int | None) -> Wording:
    """Return the cell's label, with the channel, month, stage or line that it is about."""
    label = _sentence(book, cell)
    if cell.table is None or row is None:
        return label
    if cell.name.endswith("_name") and (own := _typed(book, cell.name, row)):
        return Phrase("label.named", label=label, own=own)
    if cell.table in tables.OF_MONTHS:
        return _of_the_year(book, cell, row, label)
    who = _who(book, cell, row)
    return Phrase("label.of", label=label, who=who) if who else Phrase("label.in_row", label=label, row=row + 1)


def _sentence(book: FilledBook, cell: Cell) -> Wording:
    """Return the label; a line of the checks is a sentence itself, and is quoted."""
    label = cell.full_label
    if cell.name not in book.template.check_cells():
        return Phrase("label.quoted", label=label) if label.ja.endswith(_SENTENCE) else label
    (ja, _, part_ja), (en, _, part_en) = label.ja.partition(": "), label.en.partition(": ")
    check, part = Text(ja, en), Text(part_ja, part_en)
    return Phrase("label.of_check", check=check, part=part) if part_ja or part_en else Phrase("label.quoted", label=check)


def _of_the_year(book: FilledBook, cell: Cell, row: int, label: Wording) -> Wording:
    """Return a month's figure, a channel's in a month, a quarter's or half's."""
    if cell.table == tables.QUARTER:
        return Phrase("label.of_quarter", label=label, number=row + 1)
    if cell.table == tables.HALF:
        return Phrase("label.of_half", label=label, number=row + 1)
    who = _who(book, cell, row)
    if who:
        label = Phrase("label.of", label=label, who=who)
    at = row // book.across if cell.table == tables.MONTH_CHANNEL else row
    month = book.solution.at(book.roles.month_start, at)
    if isinstance(month, datetime.date):
        return Phrase("label.of_month", label=label, month=f"{month:%Y-%m}")
    return Phrase("label.of_nth_month", label=label, number=at + 1)


def _who(book: FilledBook, cell: Cell, row: int) -> Wording | None:
    """Return whom or what a row is about."""
    channel = book.channel(cell, row)
    if channel is not None:
        name = _typed(book, book.roles.channel_name, channel)
        if name or cell.table != tables.CHANNEL:
            return Text(name, name) if name else Phrase("label.channel", number=channel + 1)
        return None
    if cell.table == tables.ABM:
        rank, stage = divmod(row, tables.across(book.sizes, tables.ABM))
        both = [_typed(book, book.roles.abm_rank_name, rank), _typed(book, book.roles.abm_stage_name, stage)]
        if all(both):
            return Phrase("label.both", both=both)
        return Phrase("label.rank_and_stage", rank=rank + 1, stage=stage + 1)
    if cell.table == tables.STAGE:
        name = _typed(book, book.roles.abm_stage_name, row)
        return Phrase("label.stage_named", name=name) if name else Phrase("label.stage", number=row + 1)
    if cell.table == tables.MOVES:
        return Phrase("label.move", number=row + 1)
    column = _first(book.roles).get(str(cell.table))
    name = _typed(book, column, row) if column is not None and column != cell.name else ""
    return Phrase("label.quoted", label=name) if name else None


def _typed(book: FilledBook, name: str, row: int) -> str:
    value = book.at(name, row).value if name in book.template.cells else None
    return quoted(str(value)) if value not in (None, "") else ""

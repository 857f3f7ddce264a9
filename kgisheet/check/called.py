"""The name of a cell in sentences: リード数 of 広告, of April, of the stage アポ獲得; never a row number if the row has a name."""

from __future__ import annotations

import datetime

from ..filled.workbook import FilledBook
from ..language.text import Text
from ..template import tables
from ..template.model import Cell
from ..worksheet.shown import quoted

_FIRST = {"field": "field_owner", "journey": "journey_phase", "backlog": "backlog_theme", "definition": "definition_name"}
"""Columns whose text says what the row of a list is about."""


_SENTENCE = ("ない", "いる", "する", "合う", "すると", "まで")
"""How labels end that read on in a sentence only in quotes: 0社を下回るセルがない."""


def called(book: FilledBook, cell: Cell, row: int | None) -> Text:
    """Return the cell's label, with the channel, month, stage or line that it is about."""
    label = _sentence(book, cell)
    if cell.table is None or row is None:
        return label
    if cell.name.endswith("_name") and (own := _typed(book, cell.name, row)):
        return Text(f"{label.ja}「{own}」", f"{label.en} “{own}”")
    if cell.table in tables.OF_MONTHS:
        return _of_the_year(book, cell, row, label)
    who = _who(book, cell, row)
    return Text(f"{who.ja}の{label.ja}", f"{label.en} of {who.en}") if who else Text(f"{row + 1}行目の{label.ja}", f"{label.en} in row {row + 1}")  # fmt: skip


def _sentence(book: FilledBook, cell: Cell) -> Text:
    """Return the label; a line of the checks is a sentence itself, and is quoted."""
    label = cell.full_label
    if cell.name not in book.template.check_cells():
        return Text(f"「{label.ja}」", f"“{label.en}”") if label.ja.endswith(_SENTENCE) else label
    (ja, _, part_ja), (en, _, part_en) = label.ja.partition(": "), label.en.partition(": ")
    return Text(f"「{ja}」" + (f"の{part_ja}" if part_ja else ""), f"“{en}”" + (f", {part_en}" if part_en else ""))


def _of_the_year(book: FilledBook, cell: Cell, row: int, label: Text) -> Text:
    """Return a month's figure, a channel's in a month, a quarter's or half's."""
    if cell.table == tables.QUARTER:
        return Text(f"第{row + 1}四半期の{label.ja}", f"{label.en}, quarter {row + 1}")
    if cell.table == tables.HALF:
        return Text(f"{'上下'[row]}半期の{label.ja}", f"{label.en}, {('first', 'second')[row]} half")
    who = _who(book, cell, row)
    if who:
        label = Text(f"{who.ja}の{label.ja}", f"{label.en} of {who.en}")
    at = row // book.across if cell.table == tables.MONTH_CHANNEL else row
    month = book.solution.at("month_start", at)
    if isinstance(month, datetime.date):
        return Text(f"{month:%Y-%m}の{label.ja}", f"{label.en}, {month:%Y-%m}")
    return Text(f"{at + 1}か月目の{label.ja}", f"{label.en}, month {at + 1}")


def _who(book: FilledBook, cell: Cell, row: int) -> Text | None:
    """Return whom or what a row is about."""
    channel = book.channel(cell, row)
    if channel is not None:
        name = _typed(book, "channel_name", channel)
        if name or cell.table != tables.CHANNEL:
            return Text(name, name) if name else Text(f"チャネル{channel + 1}", f"channel {channel + 1}")
        return None
    if cell.table == tables.ABM:
        rank, stage = divmod(row, tables.across(book.sizes, tables.ABM))
        both = [_typed(book, "abm_rank_name", rank), _typed(book, "abm_stage_name", stage)]
        ja, en = f"ランク{rank + 1}・段階{stage + 1}", f"rank {rank + 1}, stage {stage + 1}"
        return Text("・".join(both), ", ".join(both)) if all(both) else Text(ja, en)
    if cell.table == tables.STAGE:
        name = _typed(book, "abm_stage_name", row)
        return Text(f"段階「{name}」", f"stage “{name}”") if name else Text(f"段階{row + 1}", f"stage {row + 1}")
    if cell.table == "abm_moves":
        return Text(f"移動{row + 1}行目", f"move {row + 1}")
    column = _FIRST.get(str(cell.table))
    name = _typed(book, column, row) if column is not None and column != cell.name else ""
    return Text(f"「{name}」", f"“{name}”") if name else None


def _typed(book: FilledBook, name: str, row: int) -> str:
    value = book.at(name, row).value if name in book.template.cells else None
    return quoted(str(value)) if value not in (None, "") else ""

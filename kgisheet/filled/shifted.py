"""A row or a column inserted among the page's channels, and figures on other sheets that are beside another one's name by now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..formula.grid import held
from ..language.catalogue import Phrase
from ..template.model import Cell
from ..template.tables import CHANNEL, MONTH_CHANNEL
from ..values.a1 import Place, cell_of, column
from ..worksheet.shown import is_blank, same
from .workbook import FilledBook

FIX = Phrase("S01.row_inserted.fix")


class Shifted(NamedTuple):
    """The row of the channels' table (from 0) that was inserted, and what became of it; the cells that hold another one's figures."""

    row: int
    said: Phrase
    cells: tuple[str, ...]


def shifted(book: FilledBook) -> Shifted | None:
    """Other sheets know the channels by number: names follow the inserted row there, and what was typed stays in its row."""
    anchors = book.anchors
    if book.roles.channel_name not in anchors.then or book.roles.channel_name not in anchors.named:
        return None
    now = anchors.named[book.roles.channel_name]
    lines = [anchors.original(book.roles.channel_name, row) for row in range(now.size)]
    new = [row for row, line in enumerate(lines) if line is None]
    found = list(_left_behind(book, lines)) if new else []
    place = book.place(book.roles.channel_name, new[0]) if new else None
    if not found or place is None:
        return None
    names = {channel: _name(book, channel) for _, channel in found if channel < len(lines)}
    channel = next((each for each, name in names.items() if name), found[0][1])
    old = anchors.left_row(book.roles.channel_name, channel)
    name = names.get(channel)
    beside = Phrase("S01.row_inserted.row_of", name=name) if name else Phrase("S01.row_inserted.unnamed_row")
    axis = int(now.is_across)
    line = column(place.col) if axis else str(place.row + 1)
    said = Phrase("S01.row_inserted.among", title=place.sheet, axis=axis, line=line, old=old, now=beside)
    return Shifted(new[0], said, tuple(cell_of(*each[:3]) for each, _ in found))


def _name(book: FilledBook, channel: int) -> str:
    name = book.value(book.roles.channel_name, channel)
    return "" if is_blank(name) else str(name)


def _left_behind(book: FilledBook, lines: list[int | None]) -> Iterator[tuple[Place, int]]:
    """Figures beyond the page that are as they were left, in rows that have another channel by now: place, and channel's row."""
    page = book.template.page_keys()
    cells: list[Cell] = [
        each for each in book.template.inputs() if each.section not in page and each.table in (CHANNEL, MONTH_CHANNEL)
    ]
    for cell in cells:
        for row in book.rows(cell):
            channel, place = book.channel(cell, row), book.place(cell.name, row)
            if row is None or channel is None or place is None:
                continue
            was, now = lines[channel] if channel < len(lines) else channel, held(book.value(cell.name, row))
            if was == channel or is_blank(now) or not same(now, held(book.anchors.left_row(cell.name, row))):
                continue
            if was is None or not same(now, held(book.anchors.left_row(cell.name, row - channel + was))):
                yield place, channel

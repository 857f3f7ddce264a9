"""A row or a column inserted into a counted table, or deleted from it: where, and how to report it."""

from __future__ import annotations

from typing import NamedTuple

from ..language.text import Text
from ..template import tables
from ..values.a1 import Place, address, column


def span(place: Place, axis: int) -> tuple[int, int]:
    """Return the first row (axis 0) or column of a block, and how many there are."""
    return (place.row, place.rows) if axis == 0 else (place.col, place.cols)


class Break(NamedTuple):
    """A block of cells with more lines, or fewer, than it was written with.

    ``name`` is its defined name (of a month's tab ``2026-04!goal_leads``), ``place`` its current place, ``then`` its
    original one; ``axis`` 0 for rows and 1 for columns; ``lines`` are the inserted lines of the sheet (from 0).
    """

    name: str
    place: Place
    then: Place
    axis: int
    lines: tuple[int, ...]

    @property
    def cell(self) -> tuple[int, int]:
        """The block's first cell in the first inserted line; else its first cell."""
        if not self.lines:
            return self.place.row, self.place.col
        return (self.lines[0], self.place.col) if self.axis == 0 else (self.place.row, self.lines[0])

    @property
    def gone(self) -> int:
        """The number of deleted lines."""
        return max(0, span(self.then, self.axis)[1] - span(self.place, self.axis)[1])

    def said(self, table: Text) -> Text:
        """Say what happened to ``table`` (月の表, a table of the months), with its sheet and the lines."""
        sheet, place = self.place.sheet, self.place
        area = f"{address(place.row, place.col)}:{address(place.row + place.rows - 1, place.col + place.cols - 1)}"
        left, were = (span(each, self.axis)[1] for each in (place, self.then))
        kind = Text("列", "column") if self.axis else Text("行", "row")
        if not self.gone and not self.lines:
            return Text(
                f"シート「{sheet}」の{table.ja}の途中に{kind.ja}が挿入されています({area}、{were}{kind.ja}が{left}{kind.ja}に増えています)",
                f"a {kind.en} was inserted within {table.en} on “{sheet}” ({area}, {left} {kind.en}s instead of {were})",
            )
        if self.gone:
            some = (
                f"{self.gone} {kind.en}s of {table.en} on “{sheet}” were"
                if self.gone > 1
                else f"a {kind.en} of {table.en} on “{sheet}” was"
            )
            return Text(
                f"シート「{sheet}」の{table.ja}から{kind.ja}が削除されています({area}、{were}{kind.ja}のうち{left}{kind.ja})",
                f"{some} deleted ({area}, {left} of {were} {kind.en}s are left)",
            )  # fmt: skip
        names = [column(each) if self.axis else str(each + 1) for each in self.lines]
        ja = "、".join(f"{each}{'列' if self.axis else '行目'}" for each in names)
        if len(names) == 1:
            en = f"a {kind.en} was inserted within {table.en} on “{sheet}” ({kind.en} {names[0]})"
        else:
            en = f"{len(names)} {kind.en}s were inserted within {table.en} on “{sheet}” ({kind.en}s {', '.join(names)})"
        return Text(f"シート「{sheet}」の{table.ja}の途中に{kind.ja}が挿入されています({ja})", en)


MONTHS = Text("月の表", "a table of the months")
CHANNELS = Text("チャネルの表", "a table of the channels")
MATRIX = Text("ABMマトリクス", "the ABM matrix")


def called(table: str | None) -> Text:
    """Return the name of a counted table for people."""
    return MONTHS if table in tables.OF_MONTHS else CHANNELS if table == tables.CHANNEL else MATRIX

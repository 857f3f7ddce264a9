"""The new place of each cell of the old sheets, and formulas that follow: by the names that both forms have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from ..check.subject import Subject
from ..formula.grid import Where
from ..layout.build import Built
from ..template import tables
from ..template.model import Cell, Template
from ..values.a1 import Place, address, quoted_sheet
from ..values.regex import regex
from ..xlsx.read.areas import cell_at

# Texts come first, so that they are passed over; what follows a ] is another workbook's.
_TOKEN = regex(
    r"""(?P<text>"(?:[^"]|"")*+(?:"|\Z))
    |(?:'(?P<quoted>(?:[^']|'')++)'!|(?<![\w.\]'\\:])(?P<bare>[^\W\d][\w.]*(?::[^\W\d][\w.]*)?)!|(?<![\w.\\$!:\]']))
    (?:(?P<first>\$?[A-Za-z]{1,3}\$?\d{1,7})(?::(?P<last>\$?[A-Za-z]{1,3}\$?\d{1,7}))?(?![\w.(\\!:])
      |(?P<lines>\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?\d{1,7}:\$?\d{1,7})(?![\w.(\\!])
      |(?P<name>[^\W\d][\w.]*)(?![\w.(\\!:\[])
      |(?P<broken>\#REF!))
    |(?P<other>'(?:[^']|'')*+(?:'|\Z))""",
    re.VERBOSE,
)
Sizes = Mapping[str, int]

_MOST = 20_000
"""Cells of an area that are looked at one by one."""


class Followed(NamedTuple):
    """A formula with its cells at their new places. ``lost`` are those that have none, written ``#REF!``; ``turned`` are areas that ran down and now run across."""

    text: str
    lost: tuple[str, ...]
    turned: tuple[str, ...]
    refers: bool
    """Whether it refers to a cell, an area or a name of an old sheet."""


class Moves:
    """The cells of the old sheets and of the new ones, matched by name and row; labels by their text."""

    def __init__(
        self, subject: Subject, built: Built, titles: Mapping[str, str], rename: Mapping[str, str], new: Template, rows: Sizes
    ) -> None:
        """``titles`` are the old sheets' titles with those of their successors; ``rename`` gives new sheets another title.

        ``rows`` are how many rows each of the new tables has.
        """
        self.book = subject.book
        self.subject = subject
        self.built = built
        self.titles = {old.casefold(): to for old, to in titles.items()}
        self.rename = rename
        self.new = new
        self.rows = rows
        self.old_titles = {each.casefold(): each for each in self.book.anchors.titles.values()}
        self._names = {name.casefold() for name in built.book.names}
        self._local = {(self._title(place.sheet).casefold(), name.casefold()) for name, place in built.book.local_names}
        self._labels = self._unique_labels()

    def _title(self, title: str) -> str:
        return self.rename.get(title, title)

    def counterpart(self, cell: Cell, row: int | None) -> Place | None:
        """Return the place of a cell's row in the new workbook; None if there is none."""
        there = self.new.cells.get(cell.name)
        if there is None or (cell.table is None) != (there.table is None):
            return None
        at = self._index(cell, row or 0)
        place = None if at is None else self.built.places.spot(cell.name, at)
        if place is None or (at or 0) >= self.built.places.rows(cell.name):
            return None
        return place._replace(sheet=self._title(place.sheet))

    def _index(self, cell: Cell, row: int) -> int | None:
        """Return the row in the new workbook's table: it may have more channels beside one another, or more lines on a tab."""
        if cell.table == tables.MONTH_CHANNEL:
            channels, now = self.book.across, tables.across(self.rows)
            month, channel = divmod(row, channels)
            return month * now + channel if channel < now else None
        if cell.table == tables.ABM:
            stages, now = (tables.across(each, tables.ABM) for each in (self.book.sizes, self.rows))
            rank, stage = divmod(row, stages)
            return rank * now + stage if stage < now else None
        if cell.on_tab and self.book.anchors.tabs:
            size, now = (each.rows(cell.name) // tables.MONTHS for each in (self.book.places, self.built.places))
            if size and now:
                month, line = divmod(row, size)
                return month * now + line if line < now else None
        return row

    def cell(self, sheet: str, row: int, col: int) -> Where | None:
        """Return the new place of an old sheet's cell: a named one, or a label that reads the same."""
        where = (self._current(sheet), row, col)
        named = self.subject.where.get(where)
        if named is not None:
            place = self.counterpart(*named)
            return None if place is None else place[:3]
        stored = self.book.read.cells.get(where)
        text = None if stored is None else stored.value
        return self._labels.get(text) if isinstance(text, str) else None

    def _current(self, sheet: str) -> str:
        return self.old_titles.get(sheet.casefold(), sheet)

    def _unique_labels(self) -> dict[str, Where]:
        found: dict[str, Where | None] = {}
        for sheet in self.built.book.sheets:
            for item in sheet.items if not sheet.hidden else ():
                if isinstance(item.value, str) and item.value and item.kind == "text":
                    where = (self._title(sheet.title), item.row, item.col)
                    found[item.value] = None if item.value in found else where
        return {text: where for text, where in found.items() if where is not None}

    # -- formulas -------------------------------------------------------------

    def formula(self, text: str, own: str = "") -> Followed:
        """Return a formula of the cell on the sheet ``own`` (one of the old sheets, or "" for any other) with its cells at their new places."""
        lost: list[str] = []
        turned: list[str] = []
        refers = False

        def one(match: re.Match[str]) -> str:
            nonlocal refers
            if match["other"]:
                return match[0]
            if match["text"]:
                if any(f"{each}!" in match["text"].casefold().replace("'", "") for each in self.old_titles):
                    lost.append(match["text"])  # INDIRECT and the like: a text that a cell's address is made of
                    refers = True
                return match[0]
            said = match["quoted"].replace("''", "'") if match["quoted"] else match["bare"]
            if said is None and not own:
                if match["name"] and self._is_gone(match["name"]):
                    refers = True
                    lost.append(match[0])
                    return "#REF!"
                return match[0]
            sheet = said or own
            ends = sheet.casefold().split(":")
            if not all(each in self.old_titles for each in ends):
                return match[0]
            new = None if len(ends) > 1 else self._reference(match, sheet, bool(said), turned)
            if match["name"] and not said and not self._is_gone(match["name"]):
                return match[0]
            refers = True
            if new is None:
                lost.append(match[0])
                return "#REF!"
            return new

        made = _TOKEN.sub(one, text)
        return Followed(made, tuple(lost), tuple(turned), refers)

    def _is_gone(self, name: str) -> bool:
        """Return whether a name was one of ours and isn't any more."""
        return name in self.book.names and name.casefold() not in self._names

    def _reference(self, match: re.Match[str], sheet: str, is_said: bool, turned: list[str]) -> str | None:
        if match["name"]:
            return self._name(match["name"], sheet, is_said)
        if not match["first"]:
            return None
        first, last = cell_at(match["first"]), cell_at(match["last"] or match["first"])
        area = None if first is None or last is None else self._area(self._current(sheet), first, last)
        if area is None:
            return None
        top, bottom, is_turned = area
        if is_turned:
            turned.append(match[0])
        said = f"{quoted_sheet(top[0])}!{_like(match['first'], top)}"
        return f"{said}:{_like(match['last'], bottom)}" if match["last"] else said

    def _name(self, name: str, sheet: str, is_said: bool) -> str | None:
        title = self.titles.get(sheet.casefold())
        if title is not None and (title.casefold(), name.casefold()) in self._local:
            return f"{quoted_sheet(title)}!{name}"
        return name if is_said and name.casefold() in self._names else None

    def _area(self, sheet: str, first: tuple[int, int], last: tuple[int, int]) -> tuple[Where, Where, bool] | None:
        """Return the corners of an area in the new workbook, and whether it is turned; None if its cells don't stay together."""
        rows = range(min(first[0], last[0]), max(first[0], last[0]) + 1)
        cols = range(min(first[1], last[1]), max(first[1], last[1]) + 1)
        if len(rows) * len(cols) > _MOST:
            return None
        new: dict[tuple[int, int], Where] = {}
        for row in rows:
            for col in cols:
                where = self.cell(sheet, row, col)
                if where is None:
                    return None
                new[row - rows[0], col - cols[0]] = where
        origin = new[0, 0]
        for is_turned in (False, True):
            if all(
                where == (origin[0], origin[1] + (right if is_turned else down), origin[2] + (down if is_turned else right))
                for (down, right), where in new.items()
            ):
                return origin, new[len(rows) - 1, len(cols) - 1], is_turned
        return None

    def location(self, text: str) -> str | None:
        """Return the target of a link within the workbook in its new place; None for a link to no sheet of ours."""
        match = re.match(r"#?(?:'((?:[^']|'')+)'|([^'!]+))!(.*)$", text)
        if match is None:
            return None
        sheet = (match[1] or match[2]).replace("''", "'")
        if sheet.casefold() not in self.old_titles:
            return None
        followed = self.formula(f"{quoted_sheet(sheet)}!{match[3]}")
        if not followed.lost and followed.refers:
            return followed.text
        return f"{quoted_sheet(self.titles.get(sheet.casefold(), self._title(self.built.book.sheets[0].title)))}!A1"


def _like(old: str, where: Where) -> str:
    """Return an address that keeps the ``$`` signs of the previous one."""
    new = address(where[1], where[2])
    letters = new.rstrip("0123456789")
    return f"{'$' * (old[0] == '$')}{letters}{'$' * ('$' in old[1:])}{new[len(letters) :]}"

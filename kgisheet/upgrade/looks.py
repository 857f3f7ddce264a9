"""Number formats and colours that people gave to cells of the old sheets: they go with the cell, or are listed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..check.subject import Subject
from ..formula.grid import Where
from ..language.text import Text
from ..values.a1 import address
from ..worksheet.places import name_of
from ..xlsx.patch.package import Package
from ..xlsx.patch.sheetpatch import SheetPatch
from ..xlsx.patch.styles import Styles
from ..xlsx.patch.tabs import tabs
from ..xlsx.read.formats import GENERAL, codes
from ..xlsx.read.relations import STYLES
from ..xlsx.read.xml import Element, tree
from .moves import Moves
from .ours import Ours
from .outcome import Left

_FIX = Text("新しいブックで設定し直してください", "set it again in the new workbook")


class Look(NamedTuple):
    """A look that somebody gave a cell: a number format, by its code, and a fill, by its position in the styles; None where it is ours."""

    code: str | None
    fill: int | None


class Looks:
    """The looks that people gave to named cells; ``moved`` are those with their new cells, ``left`` the others."""

    def __init__(self, package: Package, subject: Subject, moves: Moves, ours: Ours) -> None:
        self.package, self.subject, self.moves, self.ours = package, subject, moves, ours
        self.moved: dict[Where, Look] = {}
        self.left: list[Left] = []
        part = package.related(package.workbook, STYLES)
        if part is None:
            return
        with package.in_words(part):
            self._codes = codes(package.parts[part])
            root = tree(package.parts[part])
        self._formats = [each for list_ in root.all("cellXfs") for each in list_.children]
        self._fills = [each for list_ in root.all("fills") for each in list_.children]
        for where, look in self._found():
            self._place(where, look)

    def _found(self) -> Iterator[tuple[Where, Look]]:
        named = self.subject.where
        for tab in tabs(self.package):
            cells = {where[1:]: where for where in named if where[0] == tab.title}
            if tab.part is None or not cells:
                continue
            sheet = SheetPatch(self.package, tab.part, cells)
            for cell, where in cells.items():
                look = self._look(sheet.style(cell), named[where][0].unit)
                if look != (None, None):
                    yield where, look

    def _look(self, style: int, unit: str) -> Look:
        if not 0 <= style < len(self._formats):
            return Look(None, None)
        code, fill = self._codes[style], self._formats[style].get("fillId", "0")
        position = int(fill) if fill.isdigit() and int(fill) < len(self._fills) else 0
        is_theirs = self._is_coloured(self._fills[position]) if self._fills else False
        return Look(None if self.ours.is_number_format(code, unit) else code, position if is_theirs else None)

    def _is_coloured(self, fill: Element) -> bool:
        """Return whether a fill is one that no form of ours has."""
        pattern = fill.first("patternFill")
        if pattern is None:
            return True  # a gradient
        if pattern.get("patternType", "none") in ("none", "gray125"):
            return False
        colour = pattern.first("fgColor")
        return pattern.get("patternType") != "solid" or colour is None or not self.ours.is_fill(colour.get("rgb"))

    def _place(self, where: Where, look: Look) -> None:
        cell, row = self.subject.where[where]
        place = self.moves.counterpart(cell, row)
        if place is not None:
            self.moved[place[:3]] = look
            return
        name = name_of(cell, row or 0, self.subject.book.places)
        if look.code is not None:
            why = Text(
                f"表示形式「{look.code}」のセルが新しい形にありません",
                f"the cell with the number format “{look.code}” isn't in the new form",
            )
            self.left.append(Left(where[0], address(*where[1:]), name, look.code, why, _FIX))
        if look.fill is not None:
            why = Text("塗りつぶしの色を付けたセルが新しい形にありません", "the coloured cell isn't in the new form")
            self.left.append(Left(where[0], address(*where[1:]), name, None, why, _FIX))

    def put(self, sheet: SheetPatch, title: str, styles: Styles) -> None:
        """Set the looks of a new sheet's cells."""
        for where, look in self.moved.items():
            if where[0] != title:
                continue
            cell = sheet.anchor(where[1:])
            number = None
            if look.code is not None:
                number = 0 if look.code == GENERAL else styles.number_format(look.code)
            sheet.set_style(cell, styles.changed(sheet.style(cell), number, look.fill))

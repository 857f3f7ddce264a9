"""Looks that people gave to cells of the old sheets: they go with the cell, or are listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import NamedTuple

from ..formula.grid import Where
from ..language.text import Text
from ..layout import looks
from ..template.model import Cell
from ..values.a1 import address
from ..values.regex import regex
from ..worksheet.places import name_of
from ..xlsx.patch.dressing import Dressing
from ..xlsx.patch.sheetpatch import SheetPatch
from ..xlsx.read.areas import Cell as At
from ..xlsx.read.formats import GENERAL
from ..xlsx.read.worn import PLAIN
from . import lookwords
from .dress import Dress
from .forms import BLANK, NAMED, TEXT, Forms
from .moves import Moves
from .ours import Ours
from .outcome import Left

_FIX = Text("新しいブックで設定し直してください", "set it again in the new workbook")
_FORMAT = "format"
_BY_ITSELF = frozenset(
    ("0%", "0.00%", "yyyy/m/d", "d-mmm-yy", "d-mmm", "mmm-yy", "h:mm", "h:mm:ss", "yyyy/m/d h:mm", "#,##0", "#,##0.00", "@")
)
"""The number formats that a program gives to what is typed, as it is typed."""


_NAME = "font.name"
_SUBSTITUTES = regex("DejaVu|Liberation|Carlito|Noto|IPA|VL |Takao|Droid")
"""Fonts that programs write themselves where they don't have ours."""
_MOST = 5
"""One cell in so many with a font that isn't ours: it is the whole workbook's."""


class Worn(NamedTuple):
    """A look that somebody gave a cell: properties of one of the workbook's formats."""

    style: int
    properties: frozenset[str]


class Looks:
    """The looks that people gave to cells; ``moved`` are those with their new cells, ``left`` the others."""

    def __init__(self, dress: Dress, moves: Moves, ours: Ours, forms: Forms) -> None:
        self.dress, self.moves, self.ours, self.forms = dress, moves, ours, forms
        self.subject = moves.subject
        self.moved: dict[Where, Worn] = {}
        self.left: list[Left] = []
        self._fonts = self._everywhere()
        self.left += [
            Left(
                "",
                None,
                None,
                each,
                Text("ブック全体のフォントは移していません", "the font of the whole workbook was not moved"),
                _FIX,
            )
            for each in sorted(self._fonts)
            if _SUBSTITUTES.match(each) is None
        ]
        for title, drawn in dress.drawn.items():
            unplaced: dict[Worn, list[At]] = {}
            covered = drawn.covered()
            for cell, style in sorted(drawn.styles.items()):
                worn = None if cell in covered or style >= len(dress.looks) else self._worn((title, *cell), style)
                if worn is not None:
                    self._place((title, *cell), worn, unplaced)
            for worn, cells in unplaced.items():
                self.left += self._listed(title, worn, cells)
            self.left += self._within(title, drawn.partly - covered, drawn.rich - covered)

    def _everywhere(self) -> frozenset[str]:
        """Return the fonts of so many cells that they are the whole workbook's."""
        counted: Counter[str] = Counter()
        for drawn in self.dress.drawn.values():
            counted.update(
                self.dress.looks[style].get(_NAME, "") for style in drawn.styles.values() if style < len(self.dress.looks)
            )
        most = counted.total() / _MOST
        return frozenset(name for name, count in counted.items() if name and name != looks.FONT and count >= most)

    def _worn(self, where: Where, style: int) -> Worn | None:
        key, look = self.dress.key(where), self.dress.looks[style]
        if key[0] == BLANK and look == self.dress.looks[0]:
            return None  # a cell that nobody has given anything
        theirs = self.forms.theirs(self.dress.ids[where[0]], key, look)
        if theirs and key[0] == BLANK:
            plain = self.dress.looks[0]
            theirs = frozenset(each for each in {*look, *plain} if look.get(each) != plain.get(each))
        code = look.get(_FORMAT, GENERAL)
        named = self.subject.where.get(where)
        if key[0] == NAMED and named is not None:
            if not self.ours.is_number_format(code, named[0].unit):
                theirs |= {_FORMAT}
        elif key[0] == TEXT and isinstance(self._value(where), str) and code not in (GENERAL, "@"):
            theirs |= {_FORMAT}
        elif key[0] == BLANK and code in _BY_ITSELF:
            theirs -= {_FORMAT}
        if look.get(_NAME) in self._fonts:
            theirs -= {_NAME}
        return Worn(style, theirs) if theirs else None

    def _value(self, where: Where) -> object:
        stored = self.subject.book.read.cells.get(where)
        return None if stored is None else stored.value

    def _place(self, where: Where, worn: Worn, unplaced: dict[Worn, list[At]]) -> None:
        named = self.subject.where.get(where)
        place = self.moves.counterpart(*named) if named is not None else None
        new = place[:3] if place is not None else self.moves.cell(*where)
        if new is not None:
            self.moved[new] = worn
        elif named is None:
            unplaced.setdefault(worn, []).append(where[1:])
        else:
            words = self._said(worn)
            why = Text(
                f"書式({words.ja})を付けたセルが新しい形にありません",
                f"it was given a look ({words.en}), and isn't in the new form",
            )
            self.left.append(Left(where[0], address(*where[1:]), self._name(*named), None, why, _FIX))

    def _name(self, cell: Cell, row: int | None) -> str:
        return name_of(cell, row or 0, self.subject.book.places)

    def _said(self, worn: Worn) -> Text:
        return lookwords.said(worn.properties, self.dress.looks[worn.style] if worn.style < len(self.dress.looks) else PLAIN)

    def _listed(self, title: str, worn: Worn, cells: Collection[At]) -> Iterator[Left]:
        words = self._said(worn)
        why = Text(
            f"入力欄の外のセルの書式({words.ja})は移していません", f"a look ({words.en}) outside the inputs was not moved"
        )
        for area in areas(cells):
            yield Left(title, area, None, None, why, _FIX)

    def _within(self, title: str, partly: Collection[At], rich: Collection[At]) -> Iterator[Left]:
        why = Text("一部の文字だけに付けた書式は移していません", "the look of some of its letters was not moved")
        for cell in sorted(partly):
            where = (title, *cell)
            stored = self.subject.book.read.cells.get(where)
            named = self.subject.where.get(where)
            name = None if named is None else self._name(*named)
            yield Left(title, address(*cell), name, None if stored is None else stored.value, why, _FIX)
        more = Text("セル内の画像やデータ型は移していません", "a picture in the cell, or its data type, was not moved")
        for cell in sorted(rich):
            yield Left(title, address(*cell), None, None, more, _FIX)

    def put(self, sheet: SheetPatch, title: str, dressing: Dressing) -> None:
        """Give a new sheet's cells what people gave the old ones."""
        for where, worn in self.moved.items():
            if where[0] == title:
                cell = sheet.anchor(where[1:])
                sheet.set_style(cell, dressing.dressed(sheet.style(cell), worn.style, worn.properties))


def areas(cells: Collection[At]) -> list[str]:
    """Return the addresses of rectangles that cover these cells, each once: ``B4:D9``."""
    runs: dict[tuple[int, int], list[int]] = {}
    by_row: dict[int, list[int]] = {}
    for row, col in sorted(cells):
        by_row.setdefault(row, []).append(col)
    for row, cols in by_row.items():
        first = last = cols[0]
        for col in [*cols[1:], -1]:
            if col == last + 1:
                last = col
                continue
            runs.setdefault((first, last), []).append(row)
            first = last = col
    found = []
    for (left, right), rows in runs.items():
        top = bottom = rows[0]
        for row in [*rows[1:], -1]:
            if row == bottom + 1:
                bottom = row
                continue
            found.append((top, left, bottom, right))
            top = bottom = row
    return [
        address(top, left) if (top, left) == (bottom, right) else f"{address(top, left)}:{address(bottom, right)}"
        for top, left, bottom, right in sorted(found)
    ]

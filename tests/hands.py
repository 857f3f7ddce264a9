"""Values typed into a workbook in its parts: a tenth of the time that openpyxl takes to load and save it.

``edited`` takes the same edits as `seeding.savers.edited`, and leaves the workbook as openpyxl would: formulas without results.
What is more than typing into cells and taking sheets out (a name, a format, a row) openpyxl does, as it does an edit that does
nothing, which is about openpyxl's own saving.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Callable
from typing import Any, cast
from xml.sax.saxutils import escape

import openpyxl
import stored
from openpyxl.utils import rows_from_range
from openpyxl.utils.datetime import to_excel
from seeding import package, savers

Place = tuple[str, str]
_RESULT = re.compile(rb'(?: t="(?:str|b|e|n)")?>(<f[^>]*>[^<]*</f>|<f[^>]*/>)<v>[^<]*</v>')
_PROGRAM = re.compile(rb"<Application>[^<]*</Application>(<AppVersion>[^<]*</AppVersion>)?")
_DAY = re.compile(r"[ymdh]")
_DAYS = frozenset((*range(14, 23), *range(45, 48)))


class MoreThanTypingError(Exception):
    """The edit does what only a library for workbooks does."""


class _Cell:
    """A cell as openpyxl has it, of which the value is all there is."""

    def __init__(self, book: _Book, place: Place) -> None:
        self.__dict__.update(book=book, place=place)

    @property
    def value(self) -> Any:
        book: _Book = self.book
        if self.place in book.typed:
            return book.typed[self.place]
        held = book.cells.get(self.place)
        if held is None:
            return None
        if held.formula is not None:
            return held.formula
        if isinstance(held.value, str):
            return held.value
        raise MoreThanTypingError  # a number, or a day: the format decides

    def __setattr__(self, name: str, value: Any) -> None:
        if name != "value":
            raise MoreThanTypingError
        self.book.typed[self.place] = value

    def __getattr__(self, name: str) -> Any:
        raise MoreThanTypingError


class _Sheet:
    def __init__(self, book: _Book, title: str) -> None:
        self._book, self.title = book, title

    def __getitem__(self, address: Any) -> Any:
        if not isinstance(address, str) or not re.fullmatch(r"[A-Z]+[1-9]\d*(:[A-Z]+[1-9]\d*)?", address):
            raise MoreThanTypingError
        if ":" in address:
            return tuple(tuple(self[each] for each in row) for row in rows_from_range(address))
        return _Cell(self._book, (self.title, address))

    def __setitem__(self, address: str, value: Any) -> None:
        self[address].value = value

    def __setattr__(self, name: str, value: Any) -> None:
        if name in self.__dict__:
            raise MoreThanTypingError  # another title
        super().__setattr__(name, value)

    def __getattr__(self, name: str) -> Any:
        raise MoreThanTypingError


class _Book:
    """A workbook as an edit sees it; what is typed is kept for later."""

    def __init__(self, data: bytes, parts: package.Parts) -> None:
        self._data, self._titles = data, set(package.titles(parts))
        self.typed: dict[Place, Any] = {}
        self.gone: list[str] = []

    @property
    def cells(self) -> dict[Place, stored.Stored]:
        return stored.cells(self._data)

    def __getitem__(self, title: str) -> _Sheet:
        if title not in self._titles:
            raise MoreThanTypingError
        return _Sheet(self, title)

    def __delitem__(self, title: str) -> None:
        self.remove(self[title])

    def remove(self, sheet: _Sheet) -> None:
        self._titles.remove(sheet.title)
        self.gone.append(sheet.title)

    def __iter__(self) -> Any:
        raise MoreThanTypingError

    def __getattr__(self, name: str) -> Any:
        raise MoreThanTypingError


def edited(data: bytes, edit: Callable[[openpyxl.Workbook], None]) -> bytes:
    """The workbook after an edit that is written for openpyxl; no formula has a result."""
    parts = package.unpacked(data)
    book = _Book(data, parts)
    try:
        edit(cast(openpyxl.Workbook, book))
        if book.typed or book.gone:
            return _made(parts, book)
    except MoreThanTypingError:
        pass
    return savers.edited(data, edit)


def typed(data: bytes, **values: Any) -> bytes:
    """The workbook after values were typed into named cells (``**{"channel_share[2]": 0.3}``); no formula has a result."""

    def edit(workbook: openpyxl.Workbook) -> None:
        for name, value in values.items():
            sheet, cell = stored.places(data)[name]
            workbook[sheet][cell].value = value

    return edited(data, edit)


def without_results(data: bytes) -> bytes:
    """The workbook as a program leaves it that keeps no results."""
    parts = package.unpacked(data)
    return _made(parts, _Book(data, parts))


def _made(parts: package.Parts, book: _Book) -> bytes:
    days = _styles_of_days(parts["xl/styles.xml"])
    for place, value in book.typed.items():
        if isinstance(value, datetime.date | datetime.time):
            style = package.style_of(parts, place)
            if style not in days:
                raise MoreThanTypingError  # openpyxl gives such a cell a format
            package.set_cell(parts, place, to_excel(value))
        else:
            package.set_cell(parts, place, value)
    for title in book.gone:
        _take_out(parts, title)
    for name, part in parts.items():
        if name.startswith("xl/worksheets/"):
            parts[name] = _without_results(part)
    program = f"<Application>Microsoft Excel Compatible / Openpyxl {openpyxl.__version__}</Application>"
    parts["docProps/app.xml"] = _PROGRAM.sub(program.encode(), parts["docProps/app.xml"])
    return package.packed(parts)


@functools.lru_cache(maxsize=64)
def _without_results(part: bytes) -> bytes:
    return _RESULT.sub(rb">\1<v></v>", part).replace(b"</f></c>", b"</f><v></v></c>")


def _take_out(parts: package.Parts, title: str) -> None:
    """A sheet with its part and the names that are its own; what refers to it stays as it is."""
    part, at = package.part_of(parts, title), package.titles(parts).index(title)
    folder, _, file = part.rpartition("/")
    del parts[part]
    parts.pop(f"{folder}/_rels/{file}.rels", None)
    package.changed(parts, "[Content_Types].xml", rf'<Override PartName="/{re.escape(part)}"[^>]*?/>', "")
    package.changed(
        parts, "xl/_rels/workbook.xml.rels", rf'<Relationship [^>]*?"[^"]*worksheets/{re.escape(file)}"[^>]*?/>', ""
    )
    text = re.sub(rf'<sheet name="{re.escape(escape(title))}"[^>]*?/>', "", parts["xl/workbook.xml"].decode())
    text = re.sub(rf'<definedName [^>]*?localSheetId="{at}"[^>]*>[^<]*</definedName>', "", text)
    for key in ("localSheetId", "activeTab"):
        text = re.sub(
            rf'{key}="(\d+)"', lambda found: f'{found[0][: -len(found[1]) - 1]}{int(found[1]) - (int(found[1]) > at)}"', text
        )
    parts["xl/workbook.xml"] = text.encode()


@functools.lru_cache(maxsize=8)
def _styles_of_days(styles: bytes) -> frozenset[int]:
    """The numbers of the styles that show a number as a day or a time."""
    text = styles.decode()
    codes = {int(number): code for number, code in re.findall(r'<numFmt numFmtId="(\d+)" formatCode="([^"]*)"', text)}
    used = re.findall(r'<xf [^>]*?numFmtId="(\d+)"', text.partition("<cellXfs")[2].partition("</cellXfs>")[0])
    own = {number for number, code in codes.items() if _DAY.search(re.sub(r"&quot;.*?&quot;|\[[^\]]*\]|\\.", "", code))}
    return frozenset(at for at, each in enumerate(used) if int(each) in _DAYS | own)

"""A workbook as the judge sees it: cells, formats, surroundings, parts; read without kgisheet."""

from __future__ import annotations

import datetime
import io
import posixpath
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import ironcalc
import lean
import referee
from openpyxl.formula.translate import Translator
from seeding.package import packed
from stored import text_of, value_of

Where = tuple[str, str]
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Stored(NamedTuple):
    """A cell as the file has it; of a formula, ``value`` is the cached one."""

    formula: str | None
    value: Any
    style: str


class Page:
    """A worksheet: cells by address, the attributes of its rows, all else child by child."""

    def __init__(self, root: ET.Element, cells: dict[str, Stored], rows: dict[str, dict[str, str]]) -> None:
        self._root = root
        self.cells = cells
        self.rows = rows

    @cached_property
    def rest(self) -> list[str]:
        """Everything but the cells; put into one form only where somebody asks, for that takes longer than all else."""
        return [
            ET.canonicalize(ET.tostring(child, "unicode"))
            for child in self._root
            if child.tag.rpartition("}")[2] not in ("sheetData", "dimension")
        ]


class Look:
    """One workbook, each view of it worked out once."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def parts(self) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(self.data)) as package:
            return {name: package.read(name) for name in package.namelist()}

    @cached_property
    def pages(self) -> dict[str, Page]:
        shared = next((target for kind, target in self._targets(self.workbook).values() if kind == "sharedStrings"), None)
        texts = [] if shared is None else [text_of(each) for each in _xml(self.parts[shared])]
        return {title: _page(_xml(self.parts[part]), texts) for title, part in self.sheets.items()}

    @cached_property
    def contents(self) -> dict[Where, Any]:
        """What is in each cell: a constant, or a formula's text."""
        return {
            where: f"={each.formula}" if each.formula is not None else each.value
            for where, each in self._stored()
            if each.formula is not None or each.value not in (None, "")
        }

    @cached_property
    def formulas(self) -> set[Where]:
        return {where for where, each in self._stored() if each.formula is not None}

    @cached_property
    def cached(self) -> dict[Where, Any]:
        """What each cell shows, by the file."""
        return {where: each.value for where, each in self._stored() if each.value not in (None, "")}

    def _stored(self) -> Iterator[tuple[Where, Stored]]:
        return (((title, cell), each) for title, page in self.pages.items() for cell, each in page.cells.items())

    @cached_property
    def shown(self) -> dict[Where, Any]:
        """What each cell shows: as cached, if the program that saved it keeps such values."""
        return self.cached if self.cached.keys() & self.formulas else self.recalculated

    @cached_property
    def recalculated(self) -> dict[Where, Any]:
        """What each cell shows after IronCalc has evaluated the workbook."""
        # IronCalc takes an empty cell of type n, as openpyxl writes it, for a 0.
        parts = {
            name: re.sub(rb'<c ([^>]*) t="n"( ?/>|></c>)', rb"<c \1\2", part) if name.endswith(".xml") else part
            for name, part in self.parts.items()
        }
        constants = {where: value for where, value in self.contents.items() if where not in self.formulas}
        try:
            return constants | _evaluated(packed(parts), self.formulas, list(self.sheets))
        except ironcalc.WorkbookError:  # some parts of LibreOffice's are too much for it
            return by_libreoffice([self.data])[0]

    @cached_property
    def workbook(self) -> str:
        return next(target for kind, target in self._targets("").values() if kind == "officeDocument")

    @cached_property
    def sheets(self) -> dict[str, str]:
        """The part of each worksheet, by title, in order."""
        targets = self._targets(self.workbook)
        sheets = _xml(self.parts[self.workbook]).find("{*}sheets")
        assert sheets is not None
        return {str(each.get("name")): targets[str(each.get(RELATION_ID))][1] for each in sheets}

    @cached_property
    def names(self) -> dict[tuple[str, str | None], str]:
        """The defined names with what they stand for; of a sheet's own, its title."""
        titles = list(self.sheets)
        return {
            (str(each.get("name")), titles[int(str(of))] if (of := each.get("localSheetId")) else None): str(each.text)
            for each in _xml(self.parts[self.workbook]).iterfind("{*}definedNames/{*}definedName")
        }

    def related(self, part: str) -> set[str]:
        """All the parts that hang on a part."""
        found: set[str] = set()
        open_ = [part]
        while open_:
            each = open_.pop()
            if each not in found and each in self.parts:
                found.add(each)
                open_ += [target for _, target in self._targets(each).values()]
        return found

    def styles(self) -> list[str]:
        """The cell formats, to be compared by number."""
        part = next((target for kind, target in self._targets(self.workbook).values() if kind == "styles"), None)
        formats = None if part is None else _xml(self.parts[part]).find("{*}cellXfs")
        return [] if formats is None else [ET.canonicalize(ET.tostring(each, "unicode")) for each in formats]

    def _targets(self, part: str) -> dict[str, tuple[str, str]]:
        folder, _, name = part.rpartition("/")
        rels = self.parts.get(f"{folder}/_rels/{name}.rels" if part else "_rels/.rels")
        if rels is None:
            return {}
        return {
            str(each.get("Id")): (
                str(each.get("Type")).rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, str(each.get("Target")))).lstrip("/"),
            )
            for each in _xml(rels)
            if each.get("TargetMode") != "External"
        }


looked = lru_cache(maxsize=8)(Look)
"""A workbook's parts are parsed once for all that is asked of it."""


def _xml(data: bytes) -> ET.Element:
    return ET.fromstring(data)  # noqa: S314  # made by our tests


def _page(root: ET.Element, texts: list[str]) -> Page:
    cells: dict[str, Stored] = {}
    rows: dict[str, dict[str, str]] = {}
    shared: dict[str, tuple[str, str]] = {}
    for row in next(each for each in root if each.tag.endswith("}sheetData")):
        rows[str(row.get("r"))] = {key: value for key, value in row.attrib.items() if key != "spans"}
        for cell in row:
            at = str(cell.get("r"))
            formula, value = None, None
            for child in cell:
                kind = child.tag.rpartition("}")[2]
                if kind == "f":
                    formula = child.text or ""
                    if child.get("t") == "shared" and child.text:
                        shared[str(child.get("si"))] = at, formula
                    elif child.get("t") == "shared":
                        first, text = shared[str(child.get("si"))]
                        formula = Translator(f"={text}", first).translate_formula(at)[1:]
                elif kind == "v":
                    value = value_of(child.text or "", cell.get("t", "n"), texts)
                elif kind == "is":
                    value = text_of(child)
            cells[at] = Stored(formula, value, cell.get("s", "0"))
    return Page(root, cells, rows)


def _evaluated(data: bytes, formulas: set[Where], titles: list[str]) -> dict[Where, Any]:
    engine = lean.model(data)
    engine.evaluate()
    numbers = {title: number for number, title in enumerate(titles)}
    found = {}
    for sheet, cell in formulas:
        column, row = referee.column_and_row(cell)
        value = engine.get_cell_value(numbers[sheet], row, column)
        if value not in (None, ""):
            found[sheet, cell] = value
    return found


def by_libreoffice(files: list[bytes]) -> list[dict[Where, Any]]:
    """What each cell of the workbooks shows when LibreOffice has recalculated them; days as their numbers."""
    return [{where: plain(value) for where, value in each.items()} for each in referee.by_libreoffice(files)]


def plain(value: Any) -> Any:
    """A value as a cell holds it: of a day its number, nothing for an empty text."""
    if isinstance(value, datetime.datetime):
        return (value - datetime.datetime(1899, 12, 30)).days
    return None if value == "" else value

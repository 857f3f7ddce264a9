"""A workbook as the judge sees it: cells, formats, surroundings, parts; read without kgisheet."""

from __future__ import annotations

import io
import posixpath
import re
import xml.etree.ElementTree as ET
import zipfile
from functools import cached_property
from typing import Any

import openpyxl
import referee
from openpyxl.worksheet.formula import ArrayFormula
from seeding.package import model, packed

Where = tuple[str, str]
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Look:
    """One workbook, each view of it worked out once."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def parts(self) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(self.data)) as package:
            return {name: package.read(name) for name in package.namelist()}

    @cached_property
    def contents(self) -> dict[Where, Any]:
        """What is in each cell: a constant, or a formula's text."""
        return {where: value for where, value, _ in self._stored}

    @cached_property
    def formulas(self) -> set[Where]:
        return {where for where, _, is_formula in self._stored if is_formula}

    @cached_property
    def _stored(self) -> list[tuple[Where, Any, bool]]:
        return _cells(self.data, False)

    @cached_property
    def cached(self) -> dict[Where, Any]:
        """What each cell shows, by the file."""
        return {where: value for where, value, _ in _cells(self.data, True)}

    @cached_property
    def recalculated(self) -> dict[Where, Any]:
        """What each cell shows after IronCalc has evaluated the workbook."""
        constants = {where: value for where, value in self.contents.items() if where not in self.formulas}
        # IronCalc takes an empty cell of type n, as openpyxl writes it, for a 0.
        parts = {
            name: re.sub(rb'<c ([^>]*) t="n"( ?)/>', rb"<c \1\2/>", part) if name.endswith(".xml") else part
            for name, part in self.parts.items()
        }
        return constants | _evaluated(packed(parts), self.formulas, list(self.sheets))

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

    def surroundings(self, title: str) -> list[str]:
        """A worksheet without its cells, child by child."""
        root = _xml(self.parts[self.sheets[title]])
        return [
            ET.canonicalize(ET.tostring(child, "unicode"))
            for child in root
            if child.tag.rpartition("}")[2] not in ("sheetData", "dimension")
        ]

    def rows(self, title: str) -> dict[str, dict[str, str]]:
        """The attributes of the rows, heights and formats; not how far they reach."""
        data = _xml(self.parts[self.sheets[title]]).find("{*}sheetData")
        assert data is not None
        return {str(row.get("r")): {k: v for k, v in row.attrib.items() if k != "spans"} for row in data}

    def formats(self, title: str) -> dict[str, str]:
        """The number of each cell's format."""
        data = _xml(self.parts[self.sheets[title]]).find("{*}sheetData")
        assert data is not None
        return {str(cell.get("r")): str(cell.get("s", "0")) for row in data for cell in row}

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


def _xml(data: bytes) -> ET.Element:
    return ET.fromstring(data)  # noqa: S314  # made by our tests


def _cells(data: bytes, cached: bool) -> list[tuple[Where, Any, bool]]:
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=cached)
    return [
        ((sheet.title, cell.coordinate), _content(cell.value), cell.data_type == "f")
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in (None, "")
    ]


def _content(value: Any) -> Any:
    return f"={value.text}" if isinstance(value, ArrayFormula) else value


def _evaluated(data: bytes, formulas: set[Where], titles: list[str]) -> dict[Where, Any]:
    engine = model(data)
    engine.evaluate()
    numbers = {title: number for number, title in enumerate(titles)}
    found = {}
    for sheet, cell in formulas:
        column, row = referee.column_and_row(cell)
        value = engine.get_cell_value(numbers[sheet], row, column)
        if value not in (None, ""):
            found[sheet, cell] = value
    return found

"""A spreadsheet document of LibreOffice: what is read of it, the way to its cells, marks put and taken away."""

from __future__ import annotations

import json
import os
import tempfile
from typing import TYPE_CHECKING, Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.beans.PropertyState import DIRECT_VALUE
from com.sun.star.uno import Exception as UnoException

from .. import said

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..desk import Desk, Mark

XLSX = "Calc MS Excel 2007 XML"
_MARKS = "kgisheet marks"
"""The property of a document that says which cells have marks, and what they looked like before."""
_KEPT = 5
_REMOVABLE = 128  # com.sun.star.beans.PropertyAttribute.REMOVABLE


def option(name: str, value: Any) -> Any:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


class Sheet:
    """A spreadsheet document, as `desk.Document` asks for it."""

    def __init__(self, desk: Desk, model: Any, controller: Any) -> None:
        self._desk, self._model, self._controller = desk, model, controller
        self._cells: dict[tuple[str, str], Any] = {}

    @property
    def url(self) -> str:
        return str(self._model.getURL()) if self._model.hasLocation() else ""

    @property
    def name(self) -> str:
        return os.path.basename(uno.fileUrlToSystemPath(self.url)) if self.url.startswith("file:") else str(self._model.Title)

    def changed(self) -> bool:
        return bool(self._model.isModified() or not self._model.hasLocation())

    def save(self) -> bool:
        try:
            if not self._model.hasLocation():
                url = self._desk.target(said.SAVE.to(self._desk.lang), said.NAME.to(self._desk.lang))
                if url is None:
                    return False
                self._model.storeAsURL(url, (option("FilterName", XLSX),))
            else:
                self._model.store()
        except UnoException:
            return False
        return True

    def stored(self) -> bytes:
        return self._desk.read(self.url)

    def copied(self) -> bytes:
        with tempfile.TemporaryDirectory(prefix="kgisheet-") as folder:
            path = os.path.join(folder, "copy.xlsx")
            self._model.storeToURL(uno.systemPathToFileUrl(path), (option("FilterName", XLSX),))
            with open(path, "rb") as file:
                return file.read()

    def _at(self, sheet: str, cell: str) -> Any:
        """Return the cell that is seen there: of merged ones the first; None where the sheet or the address is none."""
        if not self._model.Sheets.hasByName(sheet):
            return None
        page = self._model.Sheets.getByName(sheet)
        try:
            found = page.getCellRangeByName(cell)
        except UnoException:
            return None
        cursor = page.createCursorByRange(found)
        cursor.collapseToMergedArea()
        return cursor.getCellByPosition(0, 0)

    def go(self, sheet: str, cell: str) -> bool:
        found = self._at(sheet, cell)
        if found is None or not found.Spreadsheet.IsVisible:
            return False
        self._controller.setActiveSheet(found.Spreadsheet)
        self._controller.select(found)
        return True

    # -- marks

    def mark(self, marks: Sequence[Mark]) -> int:
        """Mark cells, in one step of the undo list; return how many are on sheets that a password protects.

        A document that was as it is stored counts as such afterwards: nobody is asked to save marks.
        """
        cells = {(each.sheet, each.cell): self._at(each.sheet, each.cell) for each in marks}
        there = [each for each in marks if cells[each.sheet, each.cell] is not None]
        record: list[list[Any]] = []

        def put() -> None:
            for each in there:
                cell = cells[each.sheet, each.cell]
                if cell.Spreadsheet.isProtected():
                    continue
                before = _filled(cell)
                noted = not cell.getAnnotation().getString()
                cell.CellBackColor = each.fill
                if noted:
                    cell.Spreadsheet.Annotations.insertNew(cell.CellAddress, each.text)
                record.append([each.sheet, each.cell, each.fill, before, noted])
                self._cells[each.sheet, each.cell] = cell  # it follows where rows are put in

        self._loosely(said.MARK.to(self._desk.lang), [cells[each.sheet, each.cell] for each in there], put)
        self._record(record)
        return len(there) - len(record)

    def unmark(self) -> int:
        """Take all marks away; return how many cells are no longer filled as they were marked.

        The document counts as changed afterwards if it did before, or if it was saved with the marks.
        """
        found = self._recorded()
        record, left = found["cells"], 0
        cells = [self._cells.get((each[0], each[1])) or self._at(each[0], each[1]) for each in record]

        def take() -> None:
            nonlocal left
            for cell, (_, _, fill, before, noted) in zip(cells, record):  # noqa: B905  (Python 3.8)
                if cell is None or (cell.CellBackColor != fill and _filled(cell) != before) or cell.Spreadsheet.isProtected():
                    left += 1
                elif cell.CellBackColor == fill:
                    if before is None:
                        cell.setPropertyToDefault("CellBackColor")
                    else:
                        cell.CellBackColor = before
                    if noted:
                        _without_note(cell)

        if record:
            self._loosely(said.UNMARK.to(self._desk.lang), [each for each in cells if each is not None], take)
            self._record([])
            if found["stored"] != self._when_stored():
                self._model.setModified(True)
        self._cells.clear()
        return left

    def marked(self) -> bool:
        return bool(self._recorded()["cells"])

    def _loosely(self, title: str, cells: Sequence[Any], work: Callable[[], None]) -> None:
        """Do work on cells with the protection of their sheets lifted, where no password is needed for it, as one step to undo."""
        was_changed, undo = self._model.isModified(), self._model.getUndoManager()
        pages = {cell.Spreadsheet.Name: cell.Spreadsheet for cell in cells}
        undo.enterUndoContext(f"KGI: {title}")
        loosened = []
        try:
            for page in pages.values():
                if page.isProtected():
                    page.unprotect("")
                    if not page.isProtected():
                        loosened.append(page)
            work()
        finally:
            for page in loosened:
                page.protect("")
            undo.leaveUndoContext()
        if not was_changed:
            self._model.setModified(False)

    def _recorded(self) -> dict[str, Any]:
        """Return the cells with marks, each with its fill, the fill before, and whether the comment is ours; ``stored`` when they were put."""
        own = self._model.getDocumentProperties().getUserDefinedProperties()
        none: dict[str, Any] = {"stored": "", "cells": []}
        if not own.getPropertySetInfo().hasPropertyByName(_MARKS):
            return none
        try:
            found = json.loads(own.getPropertyValue(_MARKS))
            return {"stored": str(found["stored"]), "cells": [[*each] for each in found["cells"] if len(each) == _KEPT]}
        except (TypeError, ValueError, KeyError):  # somebody has edited it
            return none

    def _record(self, record: list[list[Any]]) -> None:
        was_changed = self._model.isModified()
        own = self._model.getDocumentProperties().getUserDefinedProperties()
        if own.getPropertySetInfo().hasPropertyByName(_MARKS):
            own.removeProperty(_MARKS)
        if record:
            own.addProperty(_MARKS, _REMOVABLE, json.dumps({"stored": self._when_stored(), "cells": record}))
        if not was_changed:
            self._model.setModified(False)

    def _when_stored(self) -> str:
        """Return which opening of the document this is, and when it was last saved: where either is another than that of the marks, they are in the file."""
        at = self._model.getDocumentProperties().ModificationDate
        times = (at.Year, at.Month, at.Day, at.Hours, at.Minutes, at.Seconds, at.NanoSeconds)
        return " ".join([str(self._model.RuntimeUID), *map(str, times)])


def _filled(cell: Any) -> int | None:
    """Return a cell's own fill; None where it has that of its style."""
    return cell.CellBackColor if cell.getPropertyState("CellBackColor") == DIRECT_VALUE else None


def _without_note(cell: Any) -> None:
    notes, at = cell.Spreadsheet.Annotations, cell.CellAddress
    for index in range(notes.getCount()):
        place = notes.getByIndex(index).getPosition()
        if (place.Column, place.Row) == (at.Column, at.Row):
            notes.removeByIndex(index)
            return

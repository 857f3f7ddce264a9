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
                before = cell.CellBackColor if cell.getPropertyState("CellBackColor") == DIRECT_VALUE else None
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
        """Take all marks away; return how many cells are no longer filled as they were marked."""
        record = self._recorded()
        cells = [self._cells.get((each[0], each[1])) or self._at(each[0], each[1]) for each in record]
        left: list[Any] = []

        def take() -> None:
            for cell, (_, _, fill, before, noted) in zip(cells, record):  # noqa: B905  (Python 3.8)
                if cell is None or cell.CellBackColor != fill or cell.Spreadsheet.isProtected():
                    left.append(cell)
                    continue
                if before is None:
                    cell.setPropertyToDefault("CellBackColor")
                else:
                    cell.CellBackColor = before
                if noted:
                    _without_note(cell)

        if record:
            self._loosely(said.UNMARK.to(self._desk.lang), [each for each in cells if each is not None], take)
            self._record([])
        self._cells.clear()
        return len(left)

    def marked(self) -> bool:
        return bool(self._recorded())

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

    def _recorded(self) -> list[list[Any]]:
        own = self._model.getDocumentProperties().getUserDefinedProperties()
        if not own.getPropertySetInfo().hasPropertyByName(_MARKS):
            return []
        try:
            found = json.loads(own.getPropertyValue(_MARKS))
        except (TypeError, ValueError):
            return []
        return [each for each in found if isinstance(each, list) and len(each) == 5] if isinstance(found, list) else []

    def _record(self, record: list[list[Any]]) -> None:
        was_changed = self._model.isModified()
        own = self._model.getDocumentProperties().getUserDefinedProperties()
        if own.getPropertySetInfo().hasPropertyByName(_MARKS):
            own.removeProperty(_MARKS)
        if record:
            own.addProperty(_MARKS, _REMOVABLE, json.dumps(record))
        if not was_changed:
            self._model.setModified(False)


def _without_note(cell: Any) -> None:
    notes, at = cell.Spreadsheet.Annotations, cell.CellAddress
    for index in range(notes.getCount()):
        place = notes.getByIndex(index).getPosition()
        if (place.Column, place.Row) == (at.Column, at.Row):
            notes.removeByIndex(index)
            return

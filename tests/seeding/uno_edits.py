"""What a person does in the open LibreOffice: imported by ``office_server.py``, under the Python that has its UNO.

A step is [name, arguments…], a function below. Imports nothing of ours.
"""

import re

from running_office import option, uno

# isort: split
# What follows can be imported only once UNO is there, and that says what is missing where it isn't.
from com.sun.star.sheet.CellDeleteMode import LEFT, UP
from com.sun.star.sheet.CellInsertMode import DOWN, RIGHT


def with_semicolons(formula):
    """UNO separates arguments by semicolons, and a sheet from its cell by a dot."""
    formula = re.sub(r"('[^']+')!", r"$\1.", formula)
    inside, made = False, []
    for letter in formula:
        inside ^= letter in "\"'"
        made.append(";" if letter == "," and not inside else letter)
    return "".join(made)


def sheet(doc, title):
    return doc.Sheets.getByName(title)


def cell(doc, title, address, value):
    at = sheet(doc, title).getCellRangeByName(address)
    if value is None:
        at.setString("")
    elif isinstance(value, bool):
        at.setFormula("=TRUE()" if value else "=FALSE()")
    elif isinstance(value, (int, float)):
        at.setValue(float(value))  # a whole number beyond 32 bits is no double to UNO
    elif value.startswith("="):
        at.setFormula(with_semicolons(value))
    else:
        at.setString(value)


def formula(doc, title, address, text):
    sheet(doc, title).getCellRangeByName(address).setFormula("=" + with_semicolons(text))


def typed(doc, title, address, text):
    """As at the keyboard: the program decides what it is."""
    sheet(doc, title).getCellRangeByName(address).setFormula(text)


def insert_rows(doc, title, index, count):
    sheet(doc, title).Rows.insertByIndex(index, count)


def delete_rows(doc, title, index, count):
    sheet(doc, title).Rows.removeByIndex(index, count)


def insert_columns(doc, title, index, count):
    sheet(doc, title).Columns.insertByIndex(index, count)


def delete_columns(doc, title, index, count):
    sheet(doc, title).Columns.removeByIndex(index, count)


def rename(doc, title, new):
    sheet(doc, title).Name = new


def copy_sheet(doc, title, new, position):
    doc.Sheets.copyByName(title, new, position)


def move_sheet(doc, title, position):
    doc.Sheets.moveByName(title, position)


def remove_sheet(doc, title):
    doc.Sheets.removeByName(title)


def add_sheet(doc, title, position):
    doc.Sheets.insertNewByName(title, position)


def hide_rows(doc, title, area):
    sheet(doc, title).getCellRangeByName(area).Rows.IsVisible = False


def hide_columns(doc, title, area):
    sheet(doc, title).getCellRangeByName(area).Columns.IsVisible = False


def hide_sheet(doc, title):
    sheet(doc, title).IsVisible = False


def merge(doc, title, area):
    sheet(doc, title).getCellRangeByName(area).merge(True)


def sort(doc, title, area, column, ascending, sideways=False):
    """Rows by one of their columns; ``sideways``: columns by one of their rows."""
    from com.sun.star.table import TableSortField

    field = TableSortField()
    field.Field, field.IsAscending = column, ascending
    fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
    sheet(doc, title).getCellRangeByName(area).sort(
        (option("SortFields", fields), option("ContainsHeader", False), option("IsSortColumns", sideways))
    )


def cut_and_paste(doc, title, area, target):
    """What is cut takes the references to it along."""
    page = sheet(doc, title)
    page.moveRange(page.getCellRangeByName(target).CellAddress, page.getCellRangeByName(area).RangeAddress)


def copy_and_paste(doc, title, area, target):
    page = sheet(doc, title)
    page.copyRange(page.getCellRangeByName(target).CellAddress, page.getCellRangeByName(area).RangeAddress)


def insert_cells_down(doc, title, area):
    page = sheet(doc, title)
    page.insertCells(page.getCellRangeByName(area).RangeAddress, DOWN)


def insert_cells_right(doc, title, area):
    page = sheet(doc, title)
    page.insertCells(page.getCellRangeByName(area).RangeAddress, RIGHT)


def delete_cells_left(doc, title, area):
    page = sheet(doc, title)
    page.removeRange(page.getCellRangeByName(area).RangeAddress, LEFT)


def delete_cells_up(doc, title, area):
    page = sheet(doc, title)
    page.removeRange(page.getCellRangeByName(area).RangeAddress, UP)


def delete_name(doc, name):
    doc.NamedRanges.removeByName(name)


def rename_name(doc, name, new):
    doc.NamedRanges.getByName(name).setName(new)


def add_name(doc, name, content):
    from com.sun.star.table import CellAddress

    doc.NamedRanges.addNewByName(name, content, CellAddress(), 0)


def fill_down(doc, title, area):
    from com.sun.star.sheet.FillDirection import TO_BOTTOM

    sheet(doc, title).getCellRangeByName(area).fillAuto(TO_BOTTOM, 1)


def clear(doc, title, area, flags):
    """1 numbers, 2 dates, 4 texts, 8 notes, 16 formulas, 32 formats."""
    sheet(doc, title).getCellRangeByName(area).clearContents(flags)


def colour(doc, title, area, value):
    sheet(doc, title).getCellRangeByName(area).CellBackColor = value


def unprotect(doc, title):
    """All sheets are open while we work; this one stays so (see ``edited``)."""


def note(doc, title, address, text):
    at = sheet(doc, title).getCellRangeByName(address)
    sheet(doc, title).Annotations.insertNew(at.CellAddress, text)


def filtered(doc, title, area):
    ranges = doc.DatabaseRanges
    ranges.addNewByName("own_filter", sheet(doc, title).getCellRangeByName(area).RangeAddress)
    ranges.getByName("own_filter").AutoFilter = True


def freeze(doc, title, columns, rows):
    controller = doc.CurrentController
    if controller is not None:
        controller.setActiveSheet(sheet(doc, title))
        controller.freezeAtPosition(columns, rows)


def zoom(doc, title, percent):
    controller = doc.CurrentController
    if controller is not None:
        controller.setActiveSheet(sheet(doc, title))
        controller.ZoomType, controller.ZoomValue = 3, percent


def page_style(doc, title, landscape):
    style = doc.StyleFamilies.getByName("PageStyles").getByName(sheet(doc, title).PageStyle)
    style.IsLandscape = landscape
    style.ScaleToPagesX = 1


def chart(doc, title, area):
    from com.sun.star.awt import Rectangle

    page = sheet(doc, title)
    place = Rectangle(1000, 60000, 8000, 6000)
    page.Charts.addNewByName("own", place, (page.getCellRangeByName(area).RangeAddress,), True, True)


def width(doc, title, column, characters):
    sheet(doc, title).Columns.getByIndex(column - 1).Width = characters * 200


def condition(doc, title, area):
    from com.sun.star.sheet.ConditionOperator import GREATER

    where = sheet(doc, title).getCellRangeByName(area)
    entries = where.ConditionalFormat
    entries.addNew((option("Operator", GREATER), option("Formula1", "7"), option("StyleName", "Heading")))
    where.ConditionalFormat = entries


def picture(doc, title):
    import base64
    import tempfile

    from com.sun.star.awt import Size

    pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        file.write(base64.b64decode(pixel))
        file.flush()
        shape = doc.createInstance("com.sun.star.drawing.GraphicObjectShape")
        shape.GraphicURL = uno.systemPathToFileUrl(file.name)
        sheet(doc, title).DrawPage.add(shape)
        shape.setSize(Size(1000, 1000))


STEPS = {
    each.__name__: each
    for each in (
        cell, formula, typed, insert_rows, delete_rows, insert_columns, delete_columns, rename, copy_sheet, move_sheet, remove_sheet,
        add_sheet, hide_rows, hide_columns, hide_sheet, merge, sort, cut_and_paste, copy_and_paste, insert_cells_down, delete_cells_up,
        insert_cells_right, delete_cells_left,
        delete_name, rename_name, add_name, fill_down, clear, colour, unprotect, note, filtered, freeze, zoom, page_style, chart,
        width, condition, picture,
    )
}  # fmt: skip


QUIET = ("unprotect", "page_style", "freeze", "zoom", "hide_sheet", "picture")
"""Steps that leave the document as it was, to LibreOffice's mind."""


class RefusedError(Exception):
    """LibreOffice did nothing, as it does at a merged cell that would be torn: no user can do it either."""


def edited(desktop, job):
    hidden = (option("Hidden", True),)
    doc = desktop.loadComponentFromURL(uno.systemPathToFileUrl(job["source"]), "_blank", 0, hidden)
    try:
        protected = [name for name in doc.Sheets.ElementNames if sheet(doc, name).isProtected()]
        for name in protected:
            sheet(doc, name).unprotect("")
        doc.setModified(False)
        for name, *arguments in job["steps"]:
            STEPS[name](doc, *arguments)
        if not doc.isModified() and job["steps"] and job["steps"][0][0] not in QUIET:
            raise RefusedError
        doc.calculateAll()
        loose = {step[1] for step in job["steps"] if step[0] == "unprotect"}
        renamed = {step[1]: step[2] for step in job["steps"] if step[0] == "rename"}
        for name in protected:
            now = renamed.get(name, name)
            if name not in loose and doc.Sheets.hasByName(now):
                sheet(doc, now).protect("")
        target = uno.systemPathToFileUrl(job["target"])
        doc.storeToURL(target, (option("FilterName", "Calc MS Excel 2007 XML"),))
    finally:
        doc.close(True)

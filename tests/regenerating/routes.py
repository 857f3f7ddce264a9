"""The programs by which people change a workbook: openpyxl, LibreOffice, the parts as Excel would leave them."""

from __future__ import annotations

import io
import re
from typing import Any

import office
import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.workbook.defined_name import DefinedName
from seeding.package import Parts, packed, recalculated, set_cell, unpacked

from . import parts as extras
from .edits import Step


def by_openpyxl(data: bytes, steps: list[Step]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    for name, *arguments in steps:
        _openpyxl(book, name, arguments)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _openpyxl(book: Any, name: str, given: list[Any]) -> None:
    sheet = book[given[0]] if given and given[0] in book.sheetnames else None
    if name == "cell":
        sheet[given[1]].value = given[2]
    elif name == "note":
        sheet[given[1]].comment = Comment(given[2], "佐藤")
    elif name == "colour":
        sheet[given[1].partition(":")[0]].fill = PatternFill("solid", fgColor=f"{given[2]:06X}")
    elif name == "add_sheet":
        book.create_sheet(given[0], given[1])
    elif name == "filtered":
        sheet.auto_filter.ref = given[1]
    elif name == "add_name":
        book.defined_names[given[0]] = DefinedName(given[0], attr_text=given[1])
    elif name == "condition":
        sheet.conditional_formatting.add(
            given[1], CellIsRule("greaterThan", ["7"], fill=PatternFill("solid", bgColor="FFC7CE"))
        )
    elif name == "chart":
        made = BarChart()
        left, top, right, bottom = range_boundaries(given[1])
        made.add_data(Reference(sheet, min_col=left, min_row=top, max_col=right, max_row=bottom))
        sheet.add_chart(made, "C70")
    elif name == "remove_sheet":
        del book[given[0]]
    elif name == "delete_name":
        book.defined_names.pop(given[0], None)
    elif name == "move_sheet":
        book.move_sheet(given[0], given[1] - book.sheetnames.index(given[0]))
    elif name == "width":
        sheet.column_dimensions[get_column_letter(given[1])].width = given[2]
    elif name == "hide_rows":
        sheet.row_dimensions[int(re.sub(r"\D", "", given[1].partition(":")[0]))].hidden = True
    else:
        raise KeyError(name)


def by_parts(data: bytes, steps: list[Step]) -> bytes:
    """With the cached values that Excel would have stored."""
    parts = unpacked(data)
    for name, *arguments in steps:
        if name == "cell":
            set_cell(parts, (arguments[0], arguments[1]), arguments[2])
        elif name == "add_sheet":
            _add_sheet(parts, arguments[0])
        else:
            extras.STEPS[name](parts, *arguments)
    recalculated(parts)
    return packed(parts)


def _add_sheet(parts: Parts, title: str) -> None:
    workbook = parts["xl/workbook.xml"].decode()
    number = len(re.findall("<sheet ", workbook)) + 1
    name = f"xl/worksheets/sheet{number}.xml"
    parts[name] = f'{extras.HEAD}<worksheet xmlns="{extras.MAIN}"><sheetData></sheetData></worksheet>'.encode()
    extras.declare(parts, name, "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml")
    known = extras.relate(parts, "xl/workbook.xml", "worksheet", f"worksheets/sheet{number}.xml")
    escaped = title.replace("&", "&amp;")
    sheet = f'<sheet name="{escaped}" sheetId="{number + 50}" r:id="{known}"/></sheets>'
    parts["xl/workbook.xml"] = workbook.replace("</sheets>", sheet).encode()


def by_libreoffice(jobs: list[tuple[bytes, list[Step]]]) -> list[bytes | None]:
    """Each workbook with its steps done; None where LibreOffice refused."""
    made = []
    for data, steps in jobs:
        done = office.edit(data, steps)
        if isinstance(done, str):
            print(f"{steps}: {done}"[:2000])
        made.append(None if isinstance(done, str) else done)
    return made

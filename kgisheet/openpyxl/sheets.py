"""The goal sheets of a plan, written into an openpyxl Workbook as `kgisheet.xlsx.writer` writes them into a file."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

from openpyxl.formatting.rule import Rule
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import Outline, PageSetupProperties

from .. import api
from ..errors import BookError, Problem
from ..into.collisions import Taken, collisions
from ..language.text import Text
from ..layout import looks
from ..layout.model import BLANK, DATE, FORMULA, LINK, NUMBER, Book, Item, Sheet, Validation
from ..plan.load import Plan
from ..values.a1 import address, column, reference
from ..values.rounding import number
from .access import one_way
from .charts import over_months
from .looks import Styles

_PAPER_A4 = 9
_CALENDAR_1904 = datetime.datetime(1904, 1, 1)
_TYPES = {"integer": "whole", "length": "textLength"}
_OPERATORS = {"<=": "lessThanOrEqual"}


def add_goal_sheets(workbook: Any, plan: Plan, lang: str = "ja") -> tuple[Any, ...]:
    """Put the goal sheets of ``plan`` behind the sheets of ``workbook``, and return them.

    They are live: formulas, defined names, validation, conditional formats, number formats, charts, print
    settings, protection without a password, and the hidden record by which `kgisheet check` and
    `monthly` know them. openpyxl writes no cached values (programs work the sheets out on opening the file), no
    alternative texts of charts, and not that Excel's green triangles are off.

    Raises BookError with everything that is in the way: sheets, names and tables that are called as
    ours are, goal sheets that are there already, dates from 1904. Then the workbook is as it was.

    >>> import openpyxl
    >>> from kgisheet import api
    >>> book = openpyxl.Workbook()
    >>> book.active.title = "目標設定"
    >>> try:
    ...     add_goal_sheets(book, api.plan_from_example("ja", ["sheets=目標設定"]))
    ... except api.BookError as refused:
    ...     [(each.code, each.key) for each in refused.problems], book.sheetnames
    ([('title-taken', '目標設定')], ['目標設定'])
    """
    book = api.build(plan, lang).book
    problems = _refused(workbook) or collisions(book, _taken(workbook), None)
    if problems:
        raise BookError(*problems)
    made = _Writer(workbook).write(book)
    workbook.calculation.fullCalcOnLoad = True
    return made


def _refused(workbook: Any) -> list[Problem]:
    """Return the problem of a workbook to which nothing can be added: opened read-only, or written row by row."""
    if (problem := one_way(workbook)) is not None:
        return [problem]
    if workbook.security is not None and workbook.security.lockStructure:
        what = Text("ブックの構成が保護されていて、シートを追加できません", "its structure is protected: no sheet can be added")
        fix = Text("workbook.security.lockStructure を False にしてください", "set workbook.security.lockStructure to False")
        return [Problem("structure-locked", what, fix)]
    return []


def _taken(workbook: Any) -> Taken:
    tables = tuple(table.displayName for sheet in workbook.worksheets for table in sheet.tables.values())
    return Taken(tuple(workbook.sheetnames), tuple(workbook.defined_names), tables, workbook.epoch == _CALENDAR_1904)


class _Writer:
    def __init__(self, workbook: Any) -> None:
        self.workbook = workbook
        self.styles = Styles()

    def write(self, book: Book) -> tuple[Any, ...]:
        made = tuple(self.sheet(each) for each in book.sheets)
        for name, place in book.names.items():
            self.workbook.defined_names[name] = DefinedName(name, attr_text=reference(place))
        for name, place in book.local_names:
            self.workbook[place.sheet].defined_names[name] = DefinedName(name, attr_text=reference(place))
        properties = self.workbook.custom_doc_props
        for name, value in book.custom.items():
            if name in properties.names:
                del properties[name]
            properties.append(StringProperty(name=name, value=value))
        return made

    def sheet(self, sheet: Sheet) -> Any:
        into = self.workbook.create_sheet(sheet.title)
        for col, width in sheet.widths.items():
            into.column_dimensions[column(col)].width = _in_file(width)
            _fold(into.column_dimensions[column(col)], sheet.folded_cols, col)
        for row, height in sheet.heights.items():
            into.row_dimensions[row + 1].height = 0.75 * int(height * 4 / 3 + 0.5)  # whole pixels, as XlsxWriter writes it
            _fold(into.row_dimensions[row + 1], sheet.folded_rows, row)
        for item in sheet.items:
            self.item(into, item)
        for rule in sheet.validations:
            into.add_data_validation(_validation(rule))
        for each in sheet.conditionals:
            area = f"{address(each.row, each.col)}:{address(each.last_row, each.last_col)}"
            look = self.styles.conditional(each.look)
            into.conditional_formatting.add(area, Rule(type="expression", formula=[each.formula], dxf=look))
        for chart in sheet.charts:
            into.add_chart(over_months(chart))
        _view_and_print(into, sheet)
        return into

    def item(self, into: Any, item: Item) -> None:
        cell = into.cell(item.row + 1, item.col + 1)
        if item.kind == FORMULA:
            cell.value = "=" + item.content.removeprefix("=")
        elif item.kind == NUMBER:
            assert isinstance(item.value, Fraction)
            cell.value = number(item.value)
        elif item.kind == DATE:
            cell.value = item.value
        elif item.kind != BLANK:
            cell.value = str(item.value)
            cell.data_type = "s"  # whatever it begins with
        if item.kind == LINK:
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=item.content, display=str(item.value))
        self.styles.put(cell, item.look)
        if item.last_col is not None and item.last_col > item.col:
            into.merge_cells(
                start_row=item.row + 1, end_row=item.row + 1, start_column=item.col + 1, end_column=item.last_col + 1
            )
            for col in range(item.col + 1, item.last_col + 1):
                self.styles.put(into.cell(item.row + 1, col + 1), item.look)


def _validation(rule: Validation) -> Any:
    said = rule.options
    kind = said["validate"]
    if kind == "list":
        source = said["source"]
        formulas = [source.removeprefix("=") if isinstance(source, str) else f'"{",".join(source)}"']
    elif "value" in said:
        formulas = [str(said["value"])]
    else:
        formulas = [_bound(said["minimum"]), _bound(said["maximum"])]
    made = DataValidation(
        type=_TYPES.get(kind, kind),
        operator=_OPERATORS.get(said.get("criteria", "")),
        formula1=formulas[0],
        formula2=formulas[1] if len(formulas) > 1 else None,
        allow_blank=True,
        showErrorMessage=True,
        showInputMessage=True,
        errorTitle=said["error_title"],
        error=said["error_message"],
        promptTitle=said["input_title"],
        prompt=said["input_message"],
    )
    made.add(f"{address(rule.row, rule.col)}:{address(rule.last_row, rule.col)}")
    return made


def _bound(value: Any) -> str:
    return str((value - datetime.date(1899, 12, 30)).days) if isinstance(value, datetime.date) else str(value)


def _in_file(width: float) -> float:
    """Characters of a column → its width in the file, margins included, as XlsxWriter writes it."""
    return int((int(width * 7 + 0.5) + 5) / 7 * 256) / 256


def _fold(line: Any, groups: list[tuple[int, int]], at: int) -> None:
    """Fold a row or a column that is in a group; the line before a group has its button."""
    if any(first <= at <= last for first, last in groups):
        line.outlineLevel, line.hidden = 1, True
    elif any(first == at + 1 for first, _ in groups):
        line.collapsed = True


def _view_and_print(into: Any, sheet: Sheet) -> None:
    into.protection.sheet = sheet.is_protected
    into.protection.objects = into.protection.scenarios = True
    into.protection.formatColumns = into.protection.formatRows = False
    if sheet.hidden:
        into.sheet_state = "hidden"
        return
    view = into.sheet_view
    view.showGridLines = False
    if sheet.frozen_rows or sheet.frozen_cols:
        into.freeze_panes = address(sheet.frozen_rows, sheet.frozen_cols)
    if sheet.role in looks.TABS:
        into.sheet_properties.tabColor = looks.TABS[sheet.role].lstrip("#")
    view.selection[-1].activeCell = view.selection[-1].sqref = address(*sheet.cursor)
    into.page_setup.orientation = "portrait" if sheet.is_portrait else "landscape"
    into.page_setup.paperSize = _PAPER_A4
    into.page_setup.fitToWidth, into.page_setup.fitToHeight = 1, sheet.pages_tall
    into.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if sheet.folded_rows or sheet.folded_cols:
        into.sheet_properties.outlinePr = Outline(summaryBelow=False, summaryRight=False)
    for row in sheet.breaks:
        into.row_breaks.append(Break(id=row))
    into.page_margins = PageMargins(left=0.3, right=0.3, top=0.45, bottom=0.55, header=0.3, footer=0.25)
    into.print_options.horizontalCentered = True
    into.oddFooter.left.text, into.oddFooter.left.size = "&F — &A", 8
    into.oddFooter.right.text, into.oddFooter.right.size = "&P / &N", 8
    if sheet.title_rows is not None:
        into.print_title_rows = f"{sheet.title_rows[0] + 1}:{sheet.title_rows[1] + 1}"
    if sheet.print_area is not None:
        top, left, bottom, right = sheet.print_area
        into.print_area = f"{address(top, left)}:{address(bottom, right)}"

"""Workbooks of somebody else's, as different programs write them: what is put into them must leave all of it."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable

import openpyxl
import xlsxwriter
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from seed_faults import saved_by_libreoffice


def opened() -> openpyxl.Workbook:
    """A chart, a comment, theme colours and fonts, names, a table, rules, a print area, a sheet that is hidden."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "案件"
    sheet.append(["顧客", "金額", "倍"])
    for row in range(2, 7):
        sheet.append([f"顧客{row}", row * 10, f"=B{row}*2"])
    sheet["A2"].font = Font(name="Meiryo", bold=True, color=Color(theme=4), scheme="minor")
    sheet["B2"].number_format = '0.00"件"'
    sheet["A3"].fill = PatternFill("solid", fgColor=Color(theme=5, tint=0.4))
    sheet["A2"].comment = Comment("そのまま", "佐藤")
    sheet.add_table(Table(displayName="案件表", ref="A1:C6"))
    sheet.conditional_formatting.add("B2:B6", CellIsRule(operator="greaterThan", formula=["30"], font=Font(bold=True)))
    choice = DataValidation(type="list", formula1='"甲,乙"')
    choice.add("E2")
    sheet.add_data_validation(choice)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=2, max_row=6))
    sheet.add_chart(chart, "F2")
    sheet.print_area = "A1:C6"
    workbook.create_sheet("控え")["A1"] = "=案件!B2"
    workbook["控え"].sheet_state = "hidden"
    workbook.defined_names["売上合計"] = DefinedName("売上合計", attr_text="'案件'!$B$2:$B$6")
    return workbook


@functools.cache
def by_openpyxl() -> bytes:
    out = io.BytesIO()
    opened().save(out)
    return out.getvalue()


@functools.cache
def by_xlsxwriter() -> bytes:
    """A chart, a text box, sparklines, a table, a name, a note, rich text and cached values."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = workbook.add_worksheet("Pipeline")
    bold = workbook.add_format({"bold": True, "font_name": "Arial", "num_format": "#,##0.0"})
    sheet.add_table("A1:C5", {"name": "Pipe", "columns": [{"header": each} for each in ("Deal", "Amount", "Twice")]})
    for row in range(1, 5):
        sheet.write(row, 0, f"Deal {row}")
        sheet.write(row, 1, row * 7, bold)
        sheet.write_formula(row, 2, f"=B{row + 1}*2", None, row * 14)
    sheet.write_rich_string("A8", "plain ", bold, "bold", " end")
    sheet.write_comment("B2", "as agreed")
    sheet.add_sparkline("E2", {"range": "Pipeline!B2:B5"})
    sheet.insert_textbox("G2", "a box")
    chart = workbook.add_chart({"type": "line"})
    chart.add_series({"values": "=Pipeline!$B$2:$B$5"})
    workbook.add_chartsheet("Chart").set_chart(chart)
    workbook.define_name("Best", "=Pipeline!$B$5")
    workbook.close()
    return out.getvalue()


@functools.cache
def by_libreoffice() -> bytes:
    return saved_by_libreoffice([by_openpyxl()])[0]


THEIRS: dict[str, Callable[[], bytes]] = {
    "openpyxl": by_openpyxl,
    "xlsxwriter": by_xlsxwriter,
    "libreoffice": by_libreoffice,
}

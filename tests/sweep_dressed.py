"""Is anything that a person can put on a sheet lost by an upgrade? python tests/sweep_dressed.py puts every kind on an older workbook.

`put` gives a workbook each kind once: looks on a cell that moves, on one that has no place any more, on a label and on blank cells,
whole lines, and what is a sheet's own. `Kind.found` says how it shows in the new workbook; what doesn't has to be in the list.
"""

from __future__ import annotations

import argparse
import functools
import io
from collections.abc import Callable
from typing import Any, NamedTuple

import older
import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.scenario import Scenario, ScenarioList
from openpyxl.worksheet.table import Table
from sweep_upgrade import opened

from kgisheet import api
from kgisheet.values.a1 import address

LOOKS: dict[str, tuple[str, Any, Callable[[Any], Any]]] = {
    "bold": ("font", Font(name="Yu Gothic", size=10, bold=True), lambda cell: cell.font.b),
    "red": (
        "font",
        Font(name="Yu Gothic", size=10, color="FFC00000"),
        lambda cell: cell.font.color and cell.font.color.rgb == "FFC00000",
    ),
    "larger": ("font", Font(name="Yu Gothic", size=17), lambda cell: cell.font.sz == 17),
    "other font": ("font", Font(name="Meiryo", size=10), lambda cell: cell.font.name == "Meiryo"),
    "struck": ("font", Font(name="Yu Gothic", size=10, strike=True, u="double"), lambda cell: cell.font.strike and cell.font.u),
    "fill": ("fill", PatternFill("solid", fgColor="FF00B0F0"), lambda cell: cell.fill.fgColor.rgb == "FF00B0F0"),
    "pattern": ("fill", PatternFill("lightUp", fgColor="FF00B0F0"), lambda cell: cell.fill.patternType == "lightUp"),
    "border": ("border", Border(bottom=Side("double", "FFFF0000")), lambda cell: cell.border.bottom.style == "double"),
    "diagonal": ("border", Border(diagonal=Side("thin"), diagonalUp=True), lambda cell: cell.border.diagonal.style == "thin"),
    "alignment": ("alignment", Alignment("center", "top", indent=2), lambda cell: cell.alignment.vertical == "top"),
    "turned": ("alignment", Alignment(textRotation=45), lambda cell: cell.alignment.textRotation == 45),
    "format": ("number_format", "0.000E+00", lambda cell: cell.number_format == "0.000E+00"),
    "formula hidden": ("protection", Protection(hidden=True), lambda cell: cell.protection.hidden),
    "link": ("hyperlink", "https://example.com/plan", lambda cell: cell.hyperlink and cell.hyperlink.target),
    "comment": ("comment", Comment("去年の値", "山田"), lambda cell: cell.comment and cell.comment.text),
}
"""What can be put on a cell, by openpyxl's attribute; and how it shows."""

MOVES, GONE, LABEL, BLANK = "moves", "gone", "label", "blank"


class Put(NamedTuple):
    """One thing that was put on a sheet: its kind, the cell ("" for a whole sheet's), and its new place if it has one."""

    kind: str
    sheet: str
    cell: str
    name: str | None
    text: str | None = None


class Done(NamedTuple):
    """The workbook that was dressed, what became of it, and what is neither in it nor in its list."""

    put: list[Put]
    upgraded: api.Upgraded
    lost: list[str]
    moved: list[str]


def _cells(name: str) -> dict[str, list[tuple[str, str, str | None]]]:
    """Return the cells of the page to be dressed: those that have a place in the new form, those that don't, labels and blank ones."""
    subject = opened(older.workbook(name))
    new = opened(api.upgrade(older.workbook(name), "book.xlsx").data)
    page = subject.book.names["web_revenue"].sheet
    found: dict[str, list[tuple[str, str, str | None]]] = {MOVES: [], GONE: [], LABEL: [], BLANK: []}
    for (sheet, row, col), (cell, index) in sorted(subject.where.items(), key=lambda each: each[0]):
        if sheet == page and not index and cell.unit != "text":
            is_there = new.book.place(cell.name, index) is not None
            found[MOVES if is_there else GONE].append((sheet, address(row, col), cell.name))
    held = subject.book.read.cells
    merged = [area for each in subject.book.read.sheets if each.title == page for area in each.merged]
    for (sheet, row, col), each in sorted(held.items(), key=lambda each: each[0]):
        is_label = isinstance(each.value, str) and each.formula is None and (sheet, row, col) not in subject.where
        is_merged = any(top <= row <= bottom and left <= col <= right for top, left, bottom, right in merged)
        if sheet == page and is_label and not is_merged:
            found[LABEL].append((sheet, address(row, col), None))
    found[BLANK] = [(page, address(200 + 2 * at, 30), None) for at in range(len(LOOKS) + 1)]
    return found


def sweep(name: str, every: int = 1) -> Done:
    """Put each kind on cells of each sort, and every kind of a whole sheet on the page; upgrade, and look for all of it."""
    workbook = openpyxl.load_workbook(io.BytesIO(older.workbook(name)))
    put: list[Put] = []
    for sort, cells in _cells(name).items():
        for at, (kind, (attribute, value, _)) in enumerate(LOOKS.items()):
            if not cells or (at % every and sort != MOVES):
                continue
            sheet, cell, named = cells[at * 7 % len(cells)] if sort != BLANK else cells[at]
            setattr(workbook[sheet][cell], attribute, value)
            put.append(Put(f"{sort}: {kind}", sheet, cell, named, workbook[sheet][cell].value if sort == LABEL else None))
    page = next(each.sheet for each in put)
    for kind, dress in WHOLE.items():
        dress(workbook, workbook[page])
        put.append(Put(kind, page, "", None))
    saved = io.BytesIO()
    workbook.save(saved)
    upgraded = api.upgrade(saved.getvalue(), "book.xlsx")
    new = openpyxl.load_workbook(io.BytesIO(upgraded.data))
    after = opened(upgraded.data).book
    lost, moved = [], []
    for each in put:
        if _is_moved(each, new, after):
            moved.append(each.kind)
        elif not _is_listed(each, upgraded):
            lost.append(f"{each.kind} {each.sheet}!{each.cell}")
    return Done(put, upgraded, lost, moved)


def _is_moved(put: Put, new: Any, after: Any) -> bool:
    if not put.cell:
        return put.kind in SHOWS and SHOWS[put.kind](new, new[after.names["web_revenue"].sheet])
    look = LOOKS[put.kind.partition(": ")[2]][2]
    place = None if put.name is None else after.place(put.name, None) or after.place(put.name, 0)
    if place is not None:
        return bool(look(new[place.sheet].cell(place.row + 1, place.col + 1)))
    same = [cell for sheet in new for row in sheet.iter_rows() for cell in row if put.text and cell.value == put.text]
    return any(map(look, same))


def _is_listed(put: Put, upgraded: api.Upgraded) -> bool:
    if put.cell:
        return any(each.sheet == put.sheet and each.cell == put.cell for each in upgraded.left)
    return any(WORDS[put.kind] in each.why.to("en") for each in upgraded.left)


def _table(_: Any, sheet: Any) -> None:
    sheet["AK60"], sheet["AL60"], sheet["AK61"], sheet["AL61"] = "a", "b", 1, 2
    sheet.add_table(Table(displayName="Mine", ref="AK60:AL61"))


def _chart(_: Any, sheet: Any) -> None:
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=37, min_row=61, max_row=63))
    sheet.add_chart(chart, "AK70")


def _validation(_: Any, sheet: Any) -> None:
    check = DataValidation(type="whole", operator="equal", formula1="7")
    check.add("AK80")
    sheet.add_data_validation(check)


def _scenarios(_: Any, sheet: Any) -> None:
    scenario = Scenario(name="low")
    sheet.scenarios = ScenarioList(scenario=[scenario])


WHOLE: dict[str, Callable[[Any, Any], None]] = {
    "width": lambda _, sheet: setattr(sheet.column_dimensions["C"], "width", 61),
    "height": lambda _, sheet: setattr(sheet.row_dimensions[9], "height", 77),
    "hidden row": lambda _, sheet: setattr(sheet.row_dimensions[12], "hidden", True),
    "hidden column": lambda _, sheet: setattr(sheet.column_dimensions["AM"], "hidden", True),
    "groups": lambda _, sheet: sheet.row_dimensions.group(40, 44),
    "frozen": lambda _, sheet: setattr(sheet, "freeze_panes", "D9"),
    "zoom": lambda _, sheet: setattr(sheet.sheet_view, "zoomScale", 85),
    "lines": lambda _, sheet: setattr(sheet.sheet_view, "showGridLines", True),
    "tab": lambda _, sheet: setattr(sheet.sheet_properties, "tabColor", "FF112233"),
    "header": lambda _, sheet: setattr(sheet.oddHeader.center, "text", "社外秘"),
    "paper": lambda _, sheet: setattr(sheet.page_setup, "paperSize", 8),
    "margins": lambda _, sheet: setattr(sheet.page_margins, "left", 1.5),
    "print options": lambda _, sheet: setattr(sheet.print_options, "headings", True),
    "print area": lambda _, sheet: setattr(sheet, "print_area", "B2:D9"),
    "page break": lambda _, sheet: sheet.row_breaks.append(Break(id=17)),
    "merged": lambda _, sheet: sheet.merge_cells("AK50:AM52"),
    "filter": lambda _, sheet: setattr(sheet.auto_filter, "ref", "B20:D30"),
    "password": lambda _, sheet: setattr(sheet.protection, "password", "open"),
    "scenarios": _scenarios,
    "rule": lambda _, sheet: sheet.conditional_formatting.add(
        "AK1:AK9", CellIsRule(operator="lessThan", formula=["5"], fill=PatternFill("solid", bgColor="FF0000"))
    ),
    "validation": _validation,
    "table": _table,
    "chart": _chart,
    "own name": lambda _, sheet: sheet.defined_names.add(DefinedName("mine_here", attr_text="1+1")),
    "workbook's name": lambda workbook, sheet: workbook.defined_names.add(
        DefinedName("mine", attr_text=f"'{sheet.title}'!$AK$1")
    ),
    "a sheet between": lambda workbook, _: workbook.create_sheet("わたしの表", 1),
}
"""What can be put on a whole sheet."""

SHOWS: dict[str, Callable[[Any, Any], bool]] = {
    "zoom": lambda _, sheet: sheet.sheet_view.zoomScale == 85,
    "lines": lambda _, sheet: bool(sheet.sheet_view.showGridLines),
    "tab": lambda _, sheet: sheet.sheet_properties.tabColor.rgb == "FF112233",
    "header": lambda _, sheet: sheet.oddHeader.center.text == "社外秘",
    "a sheet between": lambda new, _: "わたしの表" in new.sheetnames,
}
"""How what goes to the sheet's successor shows."""

WORDS = {
    "width": "widths of columns", "height": "heights of rows", "hidden row": "rows are hidden", "hidden column": "columns are hidden",
    "groups": "groups of rows", "frozen": "frozen panes", "zoom": "zoom", "lines": "showGridLines", "tab": "tab", "header": "header",
    "paper": "paper", "margins": "margins", "print options": "what is printed", "print area": "print area", "page break": "page break",
    "merged": "merged", "filter": "filter", "password": "protected", "scenarios": "scenarios", "rule": "conditional format",
    "validation": "validation", "table": "a table", "chart": "a chart", "own name": "mine_here", "workbook's name": "“mine”",
    "a sheet between": "order",
}  # fmt: skip
"""What is said in the list of each kind that isn't moved."""


@functools.cache
def dressed(name: str) -> Done:
    """Return an older workbook with every kind on it: for all who only look at it."""
    return sweep(name)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--book", action="append", choices=[*older.MADE])
    losses = 0
    for book in parser.parse_args().book or older.MADE:
        done = sweep(book)
        losses += len(done.lost)
        listed = len(done.put) - len(done.moved) - len(done.lost)
        print(f"{book}: {len(done.put)} put on, {len(done.moved)} moved, {listed} listed, {len(done.lost)} lost", flush=True)
        for each in done.lost:
            print(f"    {each}", flush=True)
    return int(bool(losses))


if __name__ == "__main__":
    raise SystemExit(main())

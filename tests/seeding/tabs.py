"""The months' sheets and those beyond: local names, tabs swapped and pasted over, what is hidden, what an export leaves."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName

from kgisheet.filled.records import Record

from . import columns, package
from .case import SEEN, UNSEEN, Case, Cells, Parts
from .standing import Standing
from .trappings import HIDES, of_book, of_office


def cases(sheet: Standing) -> Iterator[Case]:
    if sheet.months:
        for each in (_local_names, _tabs, _hidden, _exported, _blocks):
            yield from each(sheet)


def _titles(sheet: Standing) -> list[str]:
    return sorted({str(each.sheet) for each in sheet.months.values() if re.fullmatch(r"\d{4}-\d\d", str(each.sheet))})


def _local_names(sheet: Standing) -> Iterator[Case]:
    where = {str(each.sheet) for each in sheet.months.values()}
    for title in sorted(where):
        for name in ("web_revenue", "deal_size", "won_deals", "month_leads", "month_number", "leads"):
            used = any(
                re.search(rf"\b{name}\b", str(each.formula))
                for each in sheet.months.values()
                if each.sheet == title and each.formula
            )

            def shadowed(book: openpyxl.Workbook, title: str = title, name: str = name) -> None:
                book[title].defined_names[name] = DefinedName(name, attr_text=f"'{title}'!$AZ$200")

            if used and name in sheet.book.defined_names:
                yield of_book(sheet, "F10 a name shadowed on another sheet", "F10", shadowed, "openpyxl", "office", group=SEEN)
    titles = _titles(sheet)

    def astray(book: openpyxl.Workbook) -> None:
        names = book[titles[2]].defined_names
        names["goal_leads"].attr_text = str(names["actual_leads"].attr_text)

    def gone(book: openpyxl.Workbook) -> None:
        del book[titles[2]].defined_names["goal_leads"]

    if "goal_leads" in sheet.book[titles[2]].defined_names:
        yield of_book(sheet, "F10 a tab's own name on another cell", "F10", astray, "openpyxl", "office")
        yield of_book(sheet, "F10 a tab's own name deleted", "F10", gone, "openpyxl", "office")


def _tabs(sheet: Standing) -> Iterator[Case]:
    titles = _titles(sheet)
    one, two = titles[2], titles[7]
    yield of_office(sheet, "S09 two tabs renamed into each other", "S09 S02 F09", ["rename", one, "x"], ["rename", two, one], ["rename", "x", two], group=SEEN)  # fmt: skip
    last = f"{int(one[:4]) - 1}{one[4:]}"
    yield of_office(sheet, "S03 last year's tab kept beside this year's", "S03 S09", ["copy_sheet", one, last, 4])
    yield of_office(sheet, "S09 a tab renamed to a month of another year", "S09 S02", ["rename", one, last])
    block = [each for each in sheet.months.values() if each.sheet == titles[4] and each.formula]
    over = {(titles[5], str(each.cell)): each.formula for each in block if each.unit in ("count", "currency", "rate")}
    yield Case(
        sheet.subject,
        "F09 a tab pasted over with the month before",
        ("F09", "F02"),
        (),
        Cells(over),
        ("openpyxl", "office"),
        group=UNSEEN,
    )
    goals = {(titles[5], str(each.cell)): each.value or 0 for each in block if re.search("!goal_", each.name)}
    yield Case(
        sheet.subject,
        "F01 last year's goals pasted into a tab",
        ("F01",),
        tuple(cell for _, cell in goals),
        Cells(goals),
        group=UNSEEN,
    )
    yield of_office(sheet, "S05 a tab very deep: hidden, with actuals", "S05", ["cell", titles[1], str(sheet.months[f"{titles[1]}!actual_leads"].cell), 12], ["hide_sheet", titles[1]])  # fmt: skip
    yield of_book(
        sheet,
        "S05 tabs very hidden",
        "S05",
        lambda book: [setattr(book[each], "sheet_state", "veryHidden") for each in titles[:3]],
    )
    yield of_book(
        sheet, "S04 half the tabs removed", "S04", lambda book: [book.remove(book[each]) for each in titles[6:]], "openpyxl"
    )


def _hidden(sheet: Standing) -> Iterator[Case]:
    """A typed override or actual that can't be seen."""
    titles = _titles(sheet)
    for name in (
        "month_leads_override[5]",
        f"{titles[3]}!actual_leads",
        "budget",
        "abm_opening[2]",
        "channel_current_visits[1]",
        "month_weight[5]",
    ):
        record = sheet.months.get(name)
        if record is None:
            continue
        title, cell = sheet.place(record)
        value = 3 if record.value is None else record.value

        def format_away(book: openpyxl.Workbook, title: str = title, cell: str = cell, value: Any = value) -> None:
            book[title][cell].value = value
            book[title][cell].number_format = ";;;"

        def white(book: openpyxl.Workbook, title: str = title, cell: str = cell, value: Any = value) -> None:
            book[title][cell].value = value
            book[title][cell].font, book[title][cell].fill = Font(color="FFFFFFFF"), PatternFill("solid", fgColor="FFFFFFFF")

        yield of_book(sheet, "S05 beyond: an input shown as nothing: ;;;", HIDES, format_away, cells=(cell,), group=SEEN)
        yield of_book(sheet, "S05 beyond: an input in white on white", HIDES, white, cells=(cell,), group=SEEN)
        column = re.sub(r"\d", "", cell)

        def narrow(
            book: openpyxl.Workbook, title: str = title, cell: str = cell, value: Any = value, column: str = column
        ) -> None:
            book[title][cell].value = value
            columns.hide(book[title], column)

        if not sheet.is_folded(title, column=column):
            yield of_book(sheet, "S05 beyond: a hidden column with what was typed", "S05", narrow, "openpyxl")


def values_only(data: bytes, wrong: tuple[str, str] | None = None) -> bytes:
    """What an office without our names leaves: the values and the looks, no formulas, no names, no hidden sheet."""
    shown = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    for name in list(shown.defined_names):
        del shown.defined_names[name]
    for page in shown.worksheets:
        for name in list(page.defined_names):
            del page.defined_names[name]
    for title in [each for each in shown.sheetnames if each.startswith("_")]:
        shown.remove(shown[title])
    if wrong is not None:
        shown[wrong[0]][wrong[1]].value += 3
    out = io.BytesIO()
    shown.save(out)
    return out.getvalue()


def exported(wrong: tuple[str, str] | None = None) -> Callable[[package.Parts], None]:
    def edit(parts: package.Parts) -> None:
        made = package.unpacked(values_only(package.packed(parts), wrong))
        parts.clear()
        parts.update(made)

    return edit


def _exported(sheet: Standing) -> Iterator[Case]:
    titles = _titles(sheet)
    names = [
        "opportunities",
        "leads",
        "visits",
        "month_leads[4]",
        "quarter_leads[2]",
        f"{titles[2]}!goal_leads",
        "cost_total",
        "forecast_revenue",
    ]
    for name in names:
        record: Record | None = sheet.records.get(name) or sheet.months.get(name)
        if record is not None and isinstance(record.value, (int, float)):
            yield Case(sheet.subject, "F01 exported as values, one of them wrong", ("F01", "F02", "C01", "X01", "X02", "X03", "X04", "X05", "X06"),
                       (str(record.cell),), Parts(exported(sheet.place(record))), group=SEEN)  # fmt: skip


def _blocks(sheet: Standing) -> Iterator[Case]:
    """Cells pushed about on the grid and in the matrix."""
    codes = "S01 S10 F10 F01 F02 F09 F06 X03 F03 I06 X08 S09"
    grid = str(sheet.months["month_start[1]"].sheet)
    for name in ("month_leads[4]", "month_revenue[6]", "month_meetings[9]"):
        cell = str(sheet.months[name].cell)
        yield of_office(
            sheet, "S01 beyond: cells of the grid pushed down", codes, ["insert_cells_down", grid, f"{cell}:{cell}"]
        )
        yield of_office(sheet, "S01 beyond: cells of the grid pulled up", codes, ["delete_cells_up", grid, f"{cell}:{cell}"])
    start = sheet.months["month_start[1]"]
    row = int(re.sub(r"\D", "", str(start.cell)))
    yield of_office(sheet, "S09 beyond: the months sorted backwards", codes, ["sort", grid, f"B{row}:T{row + 11}", 0, False])
    if "abm_stage_name[1]" in sheet.months:
        title, first = sheet.place(sheet.months["abm_in[1]"])
        yield of_office(
            sheet, "S01 beyond: cells of the matrix pushed down", codes, ["insert_cells_down", title, f"{first}:{first}"]
        )
        total = sheet.months.get("cost_total")
        if total is not None:
            at = int(re.sub(r"\D", "", str(total.cell)))
            copied = [
                "copy_and_paste",
                str(total.sheet),
                f"{total.cell}:{total.cell}",
                f"{re.sub(chr(92) + 'd', '', str(total.cell))}{at - 1}",
            ]
            yield of_office(sheet, "F01 beyond: a total copied into the row above", "F01 F02 F08 F04 F09", copied)

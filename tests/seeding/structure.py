"""Faults of structure, S01 to S12: sheets, rows, merges, sorting, protection. (S09 waits for the months.)"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
from openpyxl.worksheet.datavalidation import DataValidationList

from . import columns, package
from .case import Book, Case, Cells, Office, Parts
from .standing import Standing


def cases(sheet: Standing) -> Iterator[Case]:
    for each in (rows, sheets, hiding, merging, sorting, guarding, carried):
        yield from each(sheet)


def _office(sheet: Standing, kind: str, codes: str, *steps: list[Any], cells: tuple[str, ...] = (), note: bool = False) -> Case:
    return Case(sheet.subject, kind, tuple(codes.split()), cells, Office(list(steps)), note=note)


def _book(sheet: Standing, kind: str, codes: str, edit: Callable[[openpyxl.Workbook], Any], *savers: str,
          cells: tuple[str, ...] = (), note: bool = False) -> Case:  # fmt: skip
    return Case(sheet.subject, kind, tuple(codes.split()), cells, Book(edit), savers, note=note)


def rows(sheet: Standing) -> Iterator[Case]:
    goals = sheet.goals
    yield _office(sheet, "S01 rows inserted, all found again", "S01", ["insert_rows", goals, 11, 2], note=True)
    yield _office(sheet, "S01 a column inserted, all found again", "S01", ["insert_columns", goals, 1, 1], note=True)
    if len(sheet.used) > 1:
        end, at = (sheet.spare or sheet.used)[-1], sheet.column(1)
        yield _office(sheet, "S01 a channel's column deleted", "S01 X01 F06 X02", ["delete_columns", goals, at, 1])
        if sheet.spare:
            spare = sheet.column(sheet.spare[-1]) - 1
            yield _office(
                sheet, "S01 a spare column deleted, with cells above it", "S01 F06 F10", ["delete_columns", goals, spare, 1]
            )
        yield _office(sheet, "S01 a line dragged on by a column", "S10 S01 F10 X01 F01 F02 F09 I06",
                      ["cut_and_paste", goals, sheet.area("channel_share", 1, "channel_share", end - 1), sheet.cell("channel_share", 2)])  # fmt: skip
        yield _office(sheet, "S01 a name's cell taken out, the rest dragged on", "S10 S01 F10 F06 I06 X01 F01 F02 F09",
                      ["cut_and_paste", goals, sheet.area("channel_name", 2, "channel_name", end), sheet.cell("channel_name", 1)])  # fmt: skip
        rate = "channel_meeting_rate" if "channel_meeting_rate" in sheet.lines else "channel_share"
        # What was the second channel's column is the one that was put in.
        yield _office(sheet, "S01 a column of figures put among the channels", "S01", ["insert_columns", goals, at + 1, 1],
                      ["cell", goals, sheet.cell("channel_share", 2), 0.05], ["cell", goals, sheet.cell(rate, 2), 0.1])  # fmt: skip
        leads = next(each for each in sheet.lines if each in ("channel_leads", "channel_introductions"))
        yield _office(sheet, "S01 a row of figures deleted", "F06 F10 S01", ["delete_rows", goals, sheet.row(leads) - 1, 1])
    price = next(each for name, each in sheet.records.items() if name in ("deal_size", "contract_size"))
    result = next(each for each in sheet.counts if each.sheet == goals)
    yield _office(sheet, "S01 an input copied over a formula", "F01",
                  ["copy_and_paste", goals, f"{price.cell}:{price.cell}", str(result.cell)], cells=(str(result.cell),))  # fmt: skip
    rate = next(each for each in sheet.divisors if "[" not in each.name and each.unit == "rate")
    yield _office(sheet, "S01 an input dragged onto another", "F10 F06 I06 S01 F09 I03 I07 I10",
                  ["cut_and_paste", goals, f"{price.cell}:{price.cell}", str(rate.cell)])  # fmt: skip
    for record in sheet.counts:
        if "[" not in record.name and record.unit == "count" and record.sheet == goals:
            yield _office(sheet, "S01 a result's formula copied into an input", "I03 I10 I06 X04 F02 F09 F08",
                          ["copy_and_paste", goals, f"{record.cell}:{record.cell}", str(rate.cell)], cells=(str(rate.cell),))  # fmt: skip
            break


def sheets(sheet: Standing) -> Iterator[Case]:
    goals, ja = sheet.goals, sheet.lang == "ja"
    yield _office(sheet, "S02 the page renamed", "S02", ["rename", goals, "営業部の目標" if ja else "Sales goals"], note=True)
    yield _book(sheet, "S02 the guide renamed, formulas left alone", "S02 S04",
                lambda book: setattr(book[sheet.guide], "title", "説明"), "openpyxl", note=True)  # fmt: skip
    for kind, name in {"(2)": f"{goals} (2)", "コピー": f"{goals}のコピー", "old": f"{goals}_old"}.items():
        yield _office(sheet, f"S03 a copy in LibreOffice: {kind}", "S03", ["copy_sheet", goals, name, 2])

    def copied(book: openpyxl.Workbook) -> None:
        book.copy_worksheet(book[goals]).title = f"{goals} (2)"

    def copied_and_changed(book: openpyxl.Workbook) -> None:
        copy = book.copy_worksheet(book[goals])
        copy.title = f"{goals} (2)"
        place = next(each for name, each in sheet.records.items() if name in ("web_revenue", "order_goal"))
        copy[str(place.cell)].value = float(place.value) * 1.5

    yield _book(sheet, "S03 a copy", "S03", copied)
    yield _book(sheet, "S03 a copy with another goal", "S03", copied_and_changed)
    yield _office(sheet, "S03 a copy in front of the page", "S03", ["copy_sheet", goals, f"{goals} (2)", 0])
    yield _book(sheet, "S04 the guide removed", "S04", lambda book: book.remove(book[sheet.guide]), "office", "openpyxl")
    yield _office(sheet, "S04 the guide removed in LibreOffice", "S04", ["remove_sheet", sheet.guide])
    yield _office(sheet, "S04 the page removed in LibreOffice", "S04 unreadable", ["remove_sheet", goals])
    yield _book(sheet, "S04 the page removed", "S04 unreadable", lambda book: book.remove(book[goals]), "openpyxl")


def hiding(sheet: Standing) -> Iterator[Case]:
    for record in sheet.inputs:
        goals = str(record.sheet)
        column, row = re.match(r"([A-Z]+)(\d+)", str(record.cell)).groups()  # type: ignore[union-attr]
        yield _office(sheet, "S05 a hidden row with an input", "S05", ["hide_rows", goals, f"A{row}:A{row}"])
        yield _office(sheet, "S05 a hidden column with inputs", "S05", ["hide_columns", goals, f"{column}1:{column}1"])
        yield _book(
            sheet,
            "S05 a row hidden",
            "S05",
            lambda book, row=row, goals=goals: setattr(book[goals].row_dimensions[int(row)], "hidden", True),
        )

        def flat(parts: package.Parts, row: str = row, goals: str = goals) -> None:
            part = package.part_of(parts, goals)  # openpyxl writes no height of 0
            package.changed(
                parts, part, rf'(<row r="{row}"[^>]*?)( ht="[^"]*")?( customHeight="1")?>', r'\1 ht="0" customHeight="1">'
            )

        yield Case(sheet.subject, "S05 a row of no height", ("S05",), (), Parts(flat), ("xml",))

        def folded(book: openpyxl.Workbook, row: str = row, goals: str = goals) -> None:
            book[goals].row_dimensions.group(int(row), int(row), hidden=True)

        yield _book(sheet, "a row grouped and folded, a button beside it", "", folded)

        def narrow(book: openpyxl.Workbook, column: str = column, goals: str = goals) -> None:
            columns.hide(book[goals], column)

        yield _book(sheet, "S05 a column hidden", "S05", narrow)
    goals = sheet.goals
    for state in ("hidden", "veryHidden"):
        yield _book(sheet, f"S05 the page {state}", "S05", lambda book, state=state: setattr(book[goals], "sheet_state", state))


def merging(sheet: Standing) -> Iterator[Case]:
    goals = sheet.goals
    for record in sheet.inputs:
        if record.sheet != goals:
            continue
        column, row = re.match(r"([A-Z]+)(\d+)", str(record.cell)).groups()  # type: ignore[union-attr]
        left = chr(ord(column[-1]) - 1)
        if len(column) > 1 or any(f"{left}{row}" in each or record.cell in each for each in sheet.page.merged_cells.ranges):
            continue
        area, codes = f"{left}{row}:{record.cell}", "S06 I06 X01"
        yield _book(sheet, "S06 a merge swallows an input", codes, lambda book, area=area: book[goals].merge_cells(area),
                    cells=(str(record.cell), f"{left}{row}"))  # fmt: skip
        yield _office(sheet, "S06 a merge in LibreOffice swallows an input", codes, ["merge", goals, area],
                      cells=(str(record.cell), f"{left}{row}"))  # fmt: skip
    if len(sheet.used) > 1:
        area = sheet.area("channel_share", 1, "channel_share", 2)
        yield _book(sheet, "S06 two channels' cells merged", "S06 X01 I06 F01 X02", lambda book: book[goals].merge_cells(area),
                    cells=(sheet.cell("channel_share", 1), sheet.cell("channel_share", 2)))  # fmt: skip


def sorting(sheet: Standing) -> Iterator[Case]:
    if len(sheet.used) < 2:
        return
    goals, last = sheet.goals, sheet.used[-1]
    for name in sheet.lines:
        line = sheet.line(name)
        values = [each.value for each in line]
        # Two figures that changed places may have been typed so.
        if line[0].role != "input" or None in values or len(set(values)) < (2 if name == "channel_name" else 3):
            continue
        up = values != sorted(values)
        kind = f"S10 one line sorted: {'names' if name == 'channel_name' else 'figures'}"
        yield _office(sheet, kind, "S10", ["sort", goals, sheet.area(name, 1, name, last), 0, up, True])
        if name == "channel_name":  # figures that were only typed anew can't be told from other figures
            turned = dict(zip([sheet.at(name, channel) for channel in sheet.used], values[1:] + values[:1], strict=True))
            yield Case(sheet.subject, "S10 names moved on by a column", ("S10",), (), Cells(turned))
    up = [each.value for each in sheet.line("channel_name")] != sorted(str(each.value) for each in sheet.line("channel_name"))
    # Their formulas go along, and still refer to the figures before rounding of the column that they came from.
    codes, whole = "F09 F02 S10", sheet.area("channel_name", 1, sheet.foot, last)
    yield _office(sheet, "F09 whole columns sorted, with their formulas", codes, ["sort", goals, whole, 0, up, True])
    if sheet.row("channel_share") == sheet.row("channel_name") + 1:
        names = [each.value for each in sheet.line("channel_name")]
        area, up = sheet.area("channel_name", 1, "channel_share", last), names != sorted(names)
        yield _office(sheet, "S10 names sorted with one line of several", "S10", ["sort", goals, area, 0, up, True])


def guarding(sheet: Standing) -> Iterator[Case]:
    yield _office(sheet, "S07 protection off", "S07", ["unprotect", sheet.goals], note=True)

    def open_page(book: openpyxl.Workbook) -> None:
        book[sheet.goals].protection.sheet = False

    def without_validations(book: openpyxl.Workbook) -> None:
        book[sheet.goals].data_validations = DataValidationList()

    def without_formats(book: openpyxl.Workbook) -> None:
        for row in book[sheet.goals].iter_rows():
            for cell in row:
                cell.style = "Normal"

    yield _book(sheet, "S07 protection off, openpyxl", "S07", open_page, note=True)
    yield _book(sheet, "S08 validations lost", "S08", without_validations, note=True)
    yield _book(sheet, "S08 formats lost", "S08", without_formats, note=True)
    yield _book(sheet, "S11 saved by another program", "S11", lambda book: None, "office", "openpyxl", note=True)


def carried(sheet: Standing) -> Iterator[Case]:
    """The template that the workbook carries is not the published one, or gone."""
    own = sheet.own

    def texts(key: str, old: str, new: str) -> Callable[[openpyxl.Workbook], None]:
        def edit(book: openpyxl.Workbook) -> None:
            for row in book[own].iter_rows():
                if row[0].value == key and old in str(row[2].value):
                    row[2].value = str(row[2].value).replace(old, new, 1)
                    return
            raise AssertionError(key)

        return edit

    digest = next(str(row[2].value) for row in sheet.book[own].iter_rows() if row[0].value == "digest")
    yield _book(sheet, "S12 the digest changed", "S12", texts("digest", digest[2:10], "0" * 8))
    if sheet.subject.partition("-")[0] not in ("seminar", "referral"):  # published nowhere
        yield _book(sheet, "S12 the template edited", "S12", texts("sources", "ferret One", "ferret Two"))
    yield _book(sheet, "S12 the carried sheet removed", "S12 S04", lambda book: book.remove(book[own]))
    yield Case(sheet.subject, "S12 the carried sheet emptied", ("S12", "S04"), (), Parts(lambda parts: package.changed(
        parts, package.part_of(parts, own), "<sheetData>.*</sheetData>", "<sheetData/>")), note=True)  # fmt: skip

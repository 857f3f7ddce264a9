"""What surrounds the figures: names, formats that lie, texts in place of formulas, sheets swapped, copied, exported."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation, DataValidationList

from kgisheet.filled.records import Record

from . import columns, package
from .case import SEEN, UNSEEN, Book, Case, Cells, Office, Parts
from .standing import Standing

Edit = Callable[[openpyxl.Workbook], Any]
HIDES = "S05 I11 I10 S08"


def cases(sheet: Standing) -> Iterator[Case]:
    """On the page."""
    for each in (_names, _formats, _asleep, _pasted, _own_sheet, _moved):
        yield from each(sheet)


def of_book(sheet: Standing, kind: str, codes: str, edit: Edit, *savers: str, cells: tuple[str, ...] = (), group: str = UNSEEN, note: bool = False) -> Case:  # fmt: skip
    return Case(sheet.subject, kind, tuple(codes.split()), cells, Book(edit), savers, note=note, group=group)


def of_office(sheet: Standing, kind: str, codes: str, *steps: list[Any], cells: tuple[str, ...] = (), group: str = UNSEEN, note: bool = False) -> Case:  # fmt: skip
    return Case(sheet.subject, kind, tuple(codes.split()), cells, Office(list(steps)), note=note, group=group)


def _renamed(name: str, area: str) -> Edit:
    return lambda book: book.defined_names.__setitem__(name, DefinedName(name, attr_text=area))


def _names(sheet: Standing) -> Iterator[Case]:
    defined = {name: str(each.attr_text) for name, each in sheet.book.defined_names.items()}
    inputs = [each for each in sheet.inputs if each.name in defined]
    for record in inputs:
        area = defined[record.name]
        value = float(record.value)  # type: ignore[arg-type]
        yield of_book(sheet, "F10 a name made a constant", "F10", _renamed(record.name, f"{value:.12g}"), "openpyxl")
        yield of_book(sheet, "F10 a name made a formula", "F10", _renamed(record.name, f"{area}*1.1"), "openpyxl")
        yield of_book(sheet, "F10 a name into another workbook", "F10 F11", _renamed(record.name, "[1]Sheet1!$B$2"), "openpyxl")
        yield of_book(sheet, "F10 a name without its dollars", "F10", _renamed(record.name, area.replace("$", "")), "openpyxl")

        def local(book: openpyxl.Workbook, name: str = record.name) -> None:
            book[sheet.goals].defined_names[name] = DefinedName(name, attr_text=f"'{sheet.goals}'!{_dollars(sheet.free[0][1])}")

        if any(re.search(rf"\b{record.name}\b", str(each.value)) for line in sheet.book[sheet.goals].iter_rows() for each in line if str(each.value)[:1] == "="):  # fmt: skip
            yield of_book(sheet, "F10 a name shadowed on the page", "F10", local, "openpyxl", group=SEEN)
    for one, two in itertools.pairwise(inputs):
        if one.unit == two.unit:

            def exchanged(book: openpyxl.Workbook, one: str = one.name, two: str = two.name) -> None:
                names = book.defined_names
                names[one].attr_text, names[two].attr_text = names[two].attr_text, names[one].attr_text

            yield of_book(sheet, "F10 two names exchanged", "F10", exchanged, "openpyxl", "office")
    for name, area in defined.items():
        if name in sheet.lines and ":" in area:
            longer = re.sub(r"^(.*!)\$([A-Z])", lambda m: f"{m[1]}${chr(ord(m[2]) - 1)}", area)
            yield of_book(
                sheet, "F10 a line's name that takes its total in", "F10", _renamed(name, longer), "openpyxl", "office"
            )
            beside = re.sub(r"\$(\d+)", lambda m: f"${int(m[1]) + 1}", area)
            yield of_book(sheet, "F10 a column's name one column beside", "F10", _renamed(name, beside), "openpyxl", "office")
            first = area.partition(":")[0]
            yield of_book(
                sheet, "F10 a column's name on one cell", "F10", _renamed(name, first), "openpyxl", "office", group=SEEN
            )


def _dollars(cell: str) -> str:
    return re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", cell)


def _formats(sheet: Standing) -> Iterator[Case]:
    """Looks that hide a figure, or show another."""
    goals = sheet.goals

    def formatted(record: Record, code: str) -> Edit:
        return lambda book: setattr(sheet.of(book, record), "number_format", code)

    def white(record: Record) -> Edit:
        def edit(book: openpyxl.Workbook) -> None:
            cell = sheet.of(book, record)
            cell.font, cell.fill = Font(color="FFFFFFFF"), PatternFill("solid", fgColor="FFFFFFFF")

        return edit

    def ruled(cell: str, where: str, title: str = goals) -> Edit:
        from openpyxl.formatting.rule import FormulaRule

        return lambda book: book[title].conditional_formatting.add(cell, FormulaRule(formula=[where], font=Font(color="FFFFFFFF"), fill=PatternFill(bgColor="FFFFFFFF")))  # fmt: skip

    for record in sheet.inputs:
        cell = str(record.cell)
        at = (cell,)
        yield of_book(sheet, "S05 an input shown as nothing: ;;;", HIDES, formatted(record, ";;;"), cells=at, group=SEEN)
        yield of_book(sheet, "S05 an input in white on white", HIDES, white(record), cells=at, group=SEEN)
        yield of_book(sheet, "S05 an input behind a text of its format", HIDES, formatted(record, '"4,000,000"'), cells=at)
        if record.unit == "currency":
            yield of_book(
                sheet, "S05 an amount shown a thousandth as yen", HIDES + " I05", formatted(record, '#,##0,"円"'), cells=at
            )
            yield of_book(
                sheet, "S05 an amount shown as 万円 that isn't", HIDES + " I05", formatted(record, '#,##0"万円"'), cells=at
            )
        if record.unit == "rate" and float(record.value or 0) < 0.5:  # type: ignore[arg-type]
            yield of_book(
                sheet, "S05 a rate with a per cent sign as a text", HIDES + " I03 I04", formatted(record, '0.0"%"'), cells=at
            )
            if float(record.value or 0) < 0.005 or float(record.value or 0) * 100 % 1 > 0.01:  # type: ignore[arg-type]
                yield of_book(
                    sheet, "S08 a rate whose decimals are hidden", HIDES, formatted(record, "0%"), cells=at, note=True
                )
    for record in sheet.counts[:6]:
        cell = str(record.cell)
        yield of_book(sheet, "S05 a result shown as nothing: ;;;", HIDES, formatted(record, ";;;"), cells=(cell,), note=True)
        yield of_book(sheet, "S05 a result behind a text of its format", HIDES, formatted(record, '"40件"'), cells=(cell,))
    overall = sheet.records["overall"]
    yield of_book(
        sheet,
        "S05 the verdict behind a text of its format",
        HIDES + " X06",
        formatted(overall, f'0;0;0;"{sheet.words.ok}"'),
        cells=(str(overall.cell),),
    )
    share = sheet.line("channel_share")[0]
    if share.role == "input" and share.value:

        def wrong_and_white(book: openpyxl.Workbook) -> None:
            book[goals][str(share.cell)].value = float(share.value or 0) / 2  # type: ignore[arg-type]
            ruled(str(overall.cell), "TRUE", str(overall.sheet))(book)

        yield of_book(
            sheet, "X01 a fault, and the verdict's colour taken by a rule", "X01", wrong_and_white, "openpyxl", "office"
        )
    yield of_book(sheet, "S05 a rule that paints an input white", HIDES, ruled(str(sheet.inputs[0].cell), "TRUE"), "openpyxl", "office", cells=(str(sheet.inputs[0].cell),))  # fmt: skip
    rate = next((each for each in sheet.divisors if each.unit == "rate" and "[" not in each.name), None)
    if rate is not None:

        def loose(book: openpyxl.Workbook) -> None:
            book[goals].data_validations = DataValidationList()
            book[goals][str(rate.cell)].value = 1.7

        def widened(book: openpyxl.Workbook) -> None:
            loose(book)
            rule = DataValidation(type="decimal", operator="between", formula1="0", formula2="100")
            book[goals].add_data_validation(rule)
            rule.add(str(rate.cell))
            book[goals][str(rate.cell)].value = 25

        yield of_book(sheet, "I03 validations gone, and a value they forbade", "I03 I10 S08", loose, cells=(str(rate.cell),))
        yield of_book(sheet, "I03 a validation made wider, and a value in it", "I03 I10", widened, cells=(str(rate.cell),))


def _asleep(sheet: Standing) -> Iterator[Case]:
    """Formulas that have become texts."""
    for record in sheet.counts:
        cell, codes = str(record.cell), "F01 F02 I01"

        def slept(book: openpyxl.Workbook, record: Record = record, text: str = str(record.formula)) -> None:
            at = sheet.of(book, record)
            at.value, at.data_type, at.number_format = text, "s", "@"

        yield of_book(sheet, "F01 a formula in a cell of text", codes, slept, "openpyxl", cells=(cell,))
        for kind, text in (("with a space in front", f" {record.formula}"), ("with a full-width =", f"＝{str(record.formula)[1:]}"),
                           ("with an apostrophe", f"'{record.formula}")):  # fmt: skip
            change = Cells({sheet.place(record): text})
            yield Case(
                sheet.subject,
                f"F01 a formula {kind}",
                tuple(codes.split()),
                (cell,),
                change,
                ("openpyxl", "office", "xml"),
                group=UNSEEN,
            )
        yield Case(
            sheet.subject,
            "F01 a number as text over a formula",
            ("F01", "I01"),
            (cell,),
            Cells({sheet.place(record): f"{record.value or 0:g}"}),
            group=UNSEEN,
        )
        yield Case(
            sheet.subject,
            "F01 an error as a constant over a formula",
            ("F01", "F06", "I01"),
            (cell,),
            Cells({sheet.place(record): "#N/A"}),
            ("openpyxl", "office"),
            group=UNSEEN,
        )
        yield Case(
            sheet.subject,
            "F01 empty text over a formula",
            ("F01", "F02"),
            (cell,),
            Cells({sheet.place(record): '=""'}),
            group=UNSEEN,
        )
        yield Case(
            sheet.subject,
            "F01 a formula of numbers only",
            ("F01", "F02", "F05"),
            (cell,),
            Cells({sheet.place(record): f"={record.value or 0!r}+0"}),
            group=UNSEEN,
        )


def _pasted(sheet: Standing) -> Iterator[Case]:
    """Values pasted over whole areas; columns of rates as texts."""
    values = {sheet.place(each): each.value for each in sheet.records.values() if each.formula}
    yield Case(
        sheet.subject, "F01 the page pasted as values", ("F01",), (), Cells(values), ("openpyxl", "office"), group=UNSEEN
    )
    if len(sheet.used) > 1:
        for name in sheet.lines:
            column = sheet.line(name)
            if column[0].unit == "rate" and column[0].role == "input":
                texts = {sheet.place(each): f"{float(each.value or 0) * 100:g}%" for each in column if each.value}  # type: ignore[arg-type]
                yield Case(
                    sheet.subject,
                    "I01 a line of rates as text",
                    ("I01",),
                    tuple(place[1] for place in texts),
                    Cells(texts),
                    group=SEEN,
                )
    for record in sheet.counts:
        if re.search(r"\[2\]$", record.name):
            above = sheet.records.get(record.name.replace("[2]", "[1]"))
            if above is not None and above.formula:
                yield Case(sheet.subject, "F09 the formula of the column before, letter by letter", ("F09", "F02", "F03"), (str(record.cell),),
                           Cells({sheet.place(record): above.formula}), proof=True, group=UNSEEN)  # fmt: skip


def _own_sheet(sheet: Standing) -> Iterator[Case]:
    own = sheet.own
    yield of_book(
        sheet, "S12 the hidden sheet deleted", "S12 S04", lambda book: book.remove(book[own]), "openpyxl", "office", group=SEEN
    )
    yield of_office(sheet, "S12 the hidden sheet deleted in LibreOffice", "S12 S04", ["remove_sheet", own], group=SEEN)


def _moved(sheet: Standing) -> Iterator[Case]:
    """Cells pushed out of their columns; columns put in with numbers of their own."""
    goals = sheet.goals
    codes = "S01 S10 F10 F01 F02 F09 F06 X01 F03 I06 X02"
    if len(sheet.used) > 1:
        for name in sheet.lines:
            if sheet.line(name)[0].formula or name in ("channel_share", "channel_name"):
                page, first, second = *sheet.at(name, 1), sheet.cell(name, 2)
                step = ["insert_cells_right", page, f"{second}:{second}"]
                yield of_office(sheet, "S01 cells of a line pushed on", codes, step)
                step = ["delete_cells_left", page, f"{first}:{first}"]
                yield of_office(sheet, "S01 cells of a line pulled back", codes, step)
        steps: list[list[Any]] = [["insert_columns", goals, sheet.column(2), 1]]
        for name in sheet.lines:
            record, cell = sheet.line(name)[0], sheet.cell(name, 2)
            if record.sheet != goals:
                continue
            if record.unit == "text" and record.role == "input":
                steps.append(["cell", goals, cell, "展示会"])
            elif record.value is not None and record.unit != "text":
                steps.append(["cell", goals, cell, 0 if name == "channel_share" else record.value])
        yield of_office(sheet, "F01 a column put in with numbers of its own", "F01 S01 X01 X02 I06", *steps, group=SEEN)

    def hidden(book: openpyxl.Workbook) -> None:
        for channel in sheet.used[1:]:
            columns.hide(book[goals], sheet.letter(channel))

    if len(sheet.used) > 1:
        yield of_book(sheet, "S05 all channels hidden but the first", "S05", hidden)
    price = next(each for each in sheet.inputs if each.unit == "currency")

    def tiny(book: openpyxl.Workbook) -> None:
        book[goals].column_dimensions[re.sub(r"\d", "", str(price.cell))].width = 0.1

    yield of_book(sheet, "S05 a column of no width", "S05", tiny, "openpyxl")

    def covered(book: openpyxl.Workbook) -> None:
        book[goals][str(price.cell)].value = "=1/0"
        book[goals][str(price.cell)].number_format = ";;;"

    yield of_book(sheet, "F06 an error behind a format that hides it", "F06 I01", covered, cells=(str(price.cell),))

    def both(book: openpyxl.Workbook) -> None:
        copy = book.copy_worksheet(book[goals])
        copy.title = f"{goals} 2027"
        copy.sheet_state = "visible"

    yield of_book(sheet, "S03 the page copied for next year, both kept", "S03", both)
    yield Case(sheet.subject, "C04 a circle, and iterations on", ("F08",), (), Parts(_circle(sheet)), group=UNSEEN)


def _circle(sheet: Standing) -> Callable[[package.Parts], None]:
    record = next(each for each in sheet.counts if "[" not in each.name)

    def edit(parts: package.Parts) -> None:
        package.changed(
            parts, "xl/workbook.xml", r"<calcPr [^>]*/>", '<calcPr calcId="191029" iterate="1" iterateCount="100"/>'
        )
        package.set_cell(parts, sheet.place(record), f"{record.formula}+0*{record.cell}")
        package.set_cached(parts, sheet.place(record), record.value)

    return edit

"""Edits that come to the same, or are what the sheet is for: neither an error nor a warning may come of them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from . import package
from .case import Case, Parts
from .harmless_case import BOTH, changed, in_office, typed
from .own_things import own_things
from .respelt import respelt
from .standing import Standing


def cases(sheet: Standing) -> Iterator[Case]:
    for each in (as_it_was, respelt, figures, channels, texts, looks, own_things, inserted, sheets, settings):
        yield from each(sheet)


def as_it_was(sheet: Standing) -> Iterator[Case]:
    yield Case(sheet.subject, "as it was written", (), (), Parts(lambda parts: None))
    for saver in BOTH:
        yield changed(sheet, f"saved by {saver}", lambda book: None, saver)
    yield in_office(sheet, "opened and saved in LibreOffice")


def figures(sheet: Standing) -> Iterator[Case]:
    """Odd but legal figures, and the switches."""
    w, records = sheet.words, sheet.records

    def case(kind: str, *pairs: tuple[str, Any]) -> Iterator[Case]:
        if all(name in records and (records[name].role == "input") for name, _ in pairs):
            yield typed(sheet, f"figures: {kind}", {sheet.place(records[name]): value for name, value in pairs}, sound=True)

    for word in (w.up, w.down, w.nearest, w.none):
        if word != records["rounding"].value:
            yield from case(f"rounding {word}", ("rounding", word))
    for unit in sheet.units:
        if unit != records["display_unit"].value:
            yield from case(f"unit {unit}", ("display_unit", unit))
    other = w.month if records["period"].value == w.year else w.year
    yield from case("another period", ("period", other))
    for factor in (0.2, 0.5, 2, 3):
        for name in ("web_revenue", "order_goal"):
            if name in records:
                yield from case(f"another goal, × {factor}", (name, round(records[name].value * factor)))
    for factor in (0.37, 1.11, 1.9):
        for name in ("deal_size", "contract_size", "seat_cost"):
            if name in records:
                yield from case(f"another price, × {factor}", (name, round(records[name].value * factor)))
    if "web_revenue" in records:
        yield from case("all of it from the web", ("total_revenue", records["web_revenue"].value))
        yield from case("the goal is less than one deal", ("web_revenue", round(records["deal_size"].value * 0.6)))
        yield from case("an odd price", ("deal_size", 1234567), ("web_revenue", 7654321))
        yield from case("a goal of nothing", ("web_revenue", 0))
        yield from case("a price to the yen", ("deal_size", int(records["deal_size"].value) + 1))
    for record in sheet.inputs:
        name = record.name
        if record.unit == "rate" and not name.startswith(("channel_share", "no_show")):
            yield from case("a rate of 100 %", (name, 1))
            yield from case("a rate with many decimals", (name, round(float(record.value) * 0.913277, 8)))  # type: ignore[arg-type]
            yield from case("a rate of one third", (name, 1 / 3))
        if "cvr" in name:
            yield from case("a small but real CVR", (name, 0.003))
            yield from case("an offline channel", (name, None))
            yield from case("a CVR of 30 %", (name, 0.3))
    every = [each for each in sheet.inputs if each.name.startswith("channel_cvr")]
    if every:
        yield typed(sheet, "figures: every channel offline", {sheet.place(each): None for each in every}, sound=True)
    for name, more in (("target_accounts", 3), ("contacts", 7)):
        of = "won_deals" if name == "target_accounts" else "leads"
        if name in records and records.get(of) is not None:
            yield from case(f"{name} given", (name, int((records[of].value or 0) * more) + 1))
            yield from case(f"{name} left out", (name, None))
            yield from case(f"{name} exactly as many", (name, int(-(-(records[of].value or 0) // 1))))


def channels(sheet: Standing) -> Iterator[Case]:
    """The table, as it is meant to be used."""
    inputs = [name for name in sheet.lines if sheet.line(name)[0].role == "input"]
    used, shared = sheet.used, "channel_share" in inputs

    def table(order: list[dict[str, Any]], start: int) -> dict[Any, Any]:
        return {sheet.at(name, start + index): each[name] for index, each in enumerate(order) for name in inputs}

    def case(kind: str, order: list[dict[str, Any]]) -> Case:
        blank = [dict.fromkeys(inputs)] * max(0, len(used) - len(order))
        return typed(sheet, f"channels: {kind}", table([*order, *blank], 1), sound=True)

    now = [{name: sheet.line(name)[channel - 1].value for name in inputs} for channel in used]
    yield case("renamed", [{**each, "channel_name": f"{each['channel_name']}・新"} for each in now])
    yield case("a name that looks like a number", [{**now[0], "channel_name": "2026"}, *now[1:]])
    yield case("a name with an amount", [{**now[0], "channel_name": "1,200万円キャンペーン"}, *now[1:]])
    yield case("a name with 合計", [{**now[0], "channel_name": "合計(その他)"}, *now[1:]])
    yield case("a name with % and /", [{**now[0], "channel_name": "広告 30%/資料請求"}, *now[1:]])
    if len(now) > 1:
        yield case("columns turned round together", now[::-1])
        yield case("columns moved on together", now[1:] + now[:1])
        by_rate = sorted(now, key=lambda each: float(each[next(name for name in inputs if name.endswith("_rate"))] or 0))
        yield case("columns sorted by their rate together", by_rate)
        if shared:
            gone = {**now[0], "channel_share": float(now[0]["channel_share"]) + float(now[-1]["channel_share"])}
            yield case("the last taken out, its share given on", [gone, *now[1:-1]])
            zero = [{**now[0], "channel_share": 1.0}, *({**each, "channel_share": 0} for each in now[1:])]
            yield case("a share of 100 %, the others 0", zero)
            thirds = [{**each, "channel_share": 1 / len(now)} for each in now]
            yield case("equal shares, as fractions", thirds)
            cents = [round(1 / len(now), 4)] * len(now)
            cents[-1] = round(1 - sum(cents[:-1]), 4)
            yield case("equal shares, to a hundredth of a percent", [{**each, "channel_share": share} for each, share in zip(now, cents, strict=True)])  # fmt: skip
    if sheet.spare:
        new = {**now[-1], "channel_name": "ポッドキャスト"}
        if shared:
            share = round(float(now[0]["channel_share"]) / 2, 4)
            first = {**now[0], "channel_share": float(now[0]["channel_share"]) - share}
            yield case("one added in a spare column", [first, *now[1:], {**new, "channel_share": share}])
            yield case("one added, share 0", [*now, {**new, "channel_share": 0}])
            gap = table([first, *now[1:]], 1) | table([{**new, "channel_share": share}], sheet.spare[-1])
            yield typed(sheet, "channels: one added after an empty column", gap, sound=True)
            full = len(used) + len(sheet.spare)
            many = [
                {**now[index % len(now)], "channel_name": f"チャネル{index + 1}", "channel_share": 0.125}
                for index in range(full)
            ]
            for index, each in enumerate(many):
                many[index] = {**each, "channel_share": 0.125 if index < 8 else 0}
            yield case("every column used", many)
            if "channel_cvr" in inputs:
                yield case("an offline one added", [first, *now[1:], {**new, "channel_share": share, "channel_cvr": None}])
        elif float(now[0]["channel_meetings"] or 0) > 4:
            first = {**now[0], "channel_meetings": now[0]["channel_meetings"] - 3}
            yield case("one added in a spare column", [first, *now[1:], {**new, "channel_meetings": 3}])


def texts(sheet: Standing) -> Iterator[Case]:
    """Titles, remarks, labels, notes in free cells."""
    w, records = sheet.words, sheet.records
    del w
    for kind, value in {
        "a long one": "目標" * 100,
        "figures in it": "1,200万円 30％ ▲5件",
        "a formula's look": "'=1+1 のメモ",
        "empty": None,
    }.items():
        for name in ("title", "owner"):
            yield typed(sheet, f"text: {name}, {kind}", {sheet.place(records[name]): value})
    for index, (kind, value) in enumerate({
        "a remark": "来期は展示会を増やす", "an amount as text": "1,200万円", "a percent as text": "３０％", "a number": 12000000,
        "a formula": "=web_revenue/12" if "web_revenue" in records else "=order_goal/12", "a percent": 30, "a text 30%": "30%",
        "a formula over the page": f"='{sheet.goals}'!D7*2", "TRUE": True, "a total of one's own": f"=SUM({sheet.area('channel_share', 1, 'channel_share', sheet.used[-1])})",
        "TODAY": "=TODAY()", "a lookup": f"=HLOOKUP(\"x\",{sheet.area('channel_name', 1, 'channel_share', sheet.used[-1])},2,FALSE)", "an IFERROR of one's own": "=IFERROR(1/0,0)",
        "an error of one's own": "=NA()",
    }.items()):  # fmt: skip
        place = sheet.free[index % len(sheet.free)]
        savers = ("openpyxl", "xml") if value is True else ()
        yield typed(sheet, f"a free cell: {kind}", {place: value}, *savers)
        if index < 6:
            yield typed(
                sheet,
                f"a free cell at the right: {kind}",
                {(sheet.goals, f"{sheet.right(3)}{sheet.row('channel_name')}"): value},
                *savers,
            )
            beside = (sheet.goals, f"{sheet.right(3)}{re.sub(chr(92) + 'D', '', str(sheet.inputs[0].cell))}")
            yield typed(sheet, f"a free cell beside an input: {kind}", {beside: value}, *savers)
    below = {
        (sheet.goals, f"{letter}{sheet.page.max_row + 4}"): text
        for letter, text in zip("CDFI", ("備考", "広告", 12, "3件"), strict=True)
    }
    yield typed(sheet, "a table of one's own below", below)
    label = next(
        cell for row in sheet.page.iter_rows() for cell in row if isinstance(cell.value, str) and not cell.value.startswith("=")
    )
    yield typed(sheet, "a heading reworded", {(sheet.goals, label.coordinate): "当社の目標シート 2026"})
    for row in sheet.page.iter_rows():
        for cell in row:
            if cell.value in ("受注単価", "Average deal size", "Web売上", "商談数", "案件化数", "Opportunities"):
                yield typed(
                    sheet, "a label reworded", {(sheet.goals, cell.coordinate): f"{cell.value}(税抜・1,000円単位で検討)"}
                )
    yield typed(
        sheet, "the date of entry", {sheet.place(records["entry_date"]): datetime.datetime(2026, 7, 31)}, "office", "openpyxl"
    )
    if not sheet.months:  # with tabs it is S09: they have to follow
        first = {sheet.place(records["start_month"]): datetime.datetime(2026, 10, 1)}
        yield typed(sheet, "another first month", first, "office", "openpyxl")


def looks(sheet: Standing) -> Iterator[Case]:
    goals, some = sheet.goals, sheet.inputs

    def styled(**styles: Any) -> Callable[[openpyxl.Workbook], None]:
        def edit(book: openpyxl.Workbook) -> None:
            for each in some:
                for name, value in styles.items():
                    setattr(sheet.of(book, each), name, value)

        return edit

    yield changed(sheet, "looks: bold and red", styled(font=Font(bold=True, color="FFCC0000")))
    yield changed(sheet, "looks: another fill", styled(fill=PatternFill("solid", fgColor="FF99FF99")))
    yield changed(sheet, "looks: borders", styled(border=Border(left=Side("thick"), top=Side("thick"))))
    yield changed(sheet, "looks: aligned and wrapped", styled(alignment=Alignment(horizontal="center", wrap_text=True)))

    def more_decimals(book: openpyxl.Workbook) -> None:
        for record in [*sheet.inputs, *sheet.chain]:
            sheet.of(book, record).number_format = "0.0000%" if record.unit == "rate" else "#,##0.000"

    def in_thousands(book: openpyxl.Workbook) -> None:
        for record in sheet.inputs:
            if record.unit == "currency":
                sheet.of(book, record).number_format = '#,##0,"千円"'

    def without_percent(book: openpyxl.Workbook) -> None:
        for record in sheet.inputs:
            if record.unit == "rate":
                sheet.of(book, record).number_format = "0.00"

    def wide(book: openpyxl.Workbook) -> None:
        for letter in "CDFGIKN":
            book[goals].column_dimensions[letter].width = 25
        for row in range(1, 30):
            book[goals].row_dimensions[row].height = 30

    def rule(book: openpyxl.Workbook) -> None:
        book[goals].conditional_formatting.add(
            "D7:D60", CellIsRule(operator="lessThan", formula=["0"], fill=PatternFill(bgColor="FFFF0000"))
        )

    yield changed(sheet, "looks: more decimals", more_decimals)
    yield changed(sheet, "looks: amounts shown in thousands", in_thousands)
    yield changed(sheet, "looks: rates shown as fractions", without_percent)
    yield changed(sheet, "looks: widths and heights", wide)
    yield changed(sheet, "looks: a conditional format", rule)
    yield changed(sheet, "looks: gridlines off", lambda book: setattr(book[goals].sheet_view, "showGridLines", False))
    yield changed(sheet, "looks: zoom", lambda book: setattr(book[goals].sheet_view, "zoomScale", 55))
    yield changed(sheet, "looks: frozen elsewhere", lambda book: setattr(book[goals], "freeze_panes", "D10"))
    yield changed(sheet, "looks: not frozen", lambda book: setattr(book[goals], "freeze_panes", None))
    yield changed(sheet, "looks: a tab's colour", lambda book: setattr(book[goals].sheet_properties, "tabColor", "FF00AA00"))
    yield in_office(sheet, "looks: coloured in LibreOffice", ["colour", goals, "A1:Z30", 0xFFEEDD])
    yield in_office(sheet, "looks: a hidden empty column", ["hide_columns", goals, f"{sheet.right(4)}1:{sheet.right(6)}1"])
    yield in_office(
        sheet, "looks: hidden empty rows below", ["hide_rows", goals, f"A{sheet.page.max_row + 20}:A{sheet.page.max_row + 25}"]
    )
    if sheet.spare:  # in the others are the price and the date
        area = f"{sheet.letter(sheet.spare[-1])}1:{sheet.letter(sheet.spare[-1])}1"
        yield in_office(sheet, "looks: a spare column hidden", ["hide_columns", goals, area])
    yield in_office(
        sheet, "looks: cells merged below the page", ["merge", goals, f"C{sheet.page.max_row + 5}:F{sheet.page.max_row + 6}"]
    )


def inserted(sheet: Standing) -> Iterator[Case]:
    """Rows and columns put in or taken out, where nothing stands or everything moves along."""
    goals, end = sheet.goals, sheet.page.max_row
    head, foot, last = sheet.row("channel_name"), sheet.row(sheet.foot), sheet.column((sheet.spare or sheet.used)[-1])
    price_row = sheet.records["deal_size" if "deal_size" in sheet.records else "contract_size"].cell
    for kind, index, count in (("at the top", 0, 1), ("under the title", 1, 2), ("under the header", 4, 3),
                               ("above the goal", int(re.sub(r"\D", "", str(price_row))) - 2, 1), ("above the channels", head - 2, 1),
                               ("between two lines of the channels", head, 2), ("under the channels", foot, 2), ("at the end", end, 5)):  # fmt: skip
        yield in_office(sheet, f"rows inserted {kind}", ["insert_rows", goals, index, count])
    for kind, index in (("at the top", 1), ("above the proof", int(re.sub(r"\D", "", str(sheet.records["overall"].cell))) - 1)):
        yield in_office(sheet, f"rows inserted {kind} of the grounds", ["insert_rows", sheet.grounds, index, 2])
    yield in_office(sheet, "columns inserted at the left of the grounds", ["insert_columns", sheet.grounds, 0, 1])
    yield in_office(sheet, "a column inserted among the spare ones", ["insert_columns", goals, last, 1])
    for kind, index in (
        ("at the left", 0),
        ("after the labels", 2),
        ("after the channels", last + 1),
        ("at the right", sheet.wide + 2),
    ):
        yield in_office(sheet, f"columns inserted {kind}", ["insert_columns", goals, index, 1])
    yield in_office(sheet, "rows and columns inserted, the page renamed", ["insert_rows", goals, 4, 2], ["insert_columns", goals, 1, 1],
                  ["rename", goals, "営業本部"])  # fmt: skip
    yield in_office(sheet, "rows deleted below", ["delete_rows", goals, end + 2, 3])
    yield in_office(sheet, "columns deleted at the right", ["delete_columns", goals, sheet.wide + 3, 2])
    blank = [row for row in range(4, end) if all(cell.value is None for cell in sheet.page[row])]
    for row in blank[:2]:
        yield in_office(sheet, "an empty row deleted", ["delete_rows", goals, row - 1, 1])
    yield in_office(sheet, "rows inserted on the guide", ["insert_rows", sheet.guide, 5, 2])
    price = next(each for each in sheet.inputs if each.unit == "currency")
    free = sheet.free[1][1]
    yield in_office(sheet, "an input cut and pasted elsewhere", ["cut_and_paste", goals, f"{price.cell}:{price.cell}", free])
    figure = next(each for each in sheet.counts if each.sheet == goals)
    yield in_office(
        sheet, "a result cut and pasted elsewhere", ["cut_and_paste", goals, f"{figure.cell}:{figure.cell}", sheet.free[2][1]]
    )
    yield in_office(sheet, "a figure copied to a free cell", ["copy_and_paste", goals, f"{price.cell}:{price.cell}", free])
    yield in_office(sheet, "the same typed again", ["cell", goals, str(price.cell), price.value])
    yield in_office(
        sheet,
        "the whole table moved",
        ["cut_and_paste", goals, f"B{head}:{sheet.cell(sheet.foot, (sheet.spare or sheet.used)[-1])}", f"B{end + 10}"],
    )


def sheets(sheet: Standing) -> Iterator[Case]:
    goals, guide, own = sheet.goals, sheet.guide, sheet.own
    yield in_office(sheet, "sheets: the page renamed", ["rename", goals, "目標 '26 (営業)"])
    yield in_office(sheet, "sheets: the guide renamed", ["rename", guide, "はじめに"])
    yield in_office(sheet, "sheets: both renamed", ["rename", goals, "KGI"], ["rename", guide, "README"])
    yield in_office(sheet, "sheets: moved to the front", ["move_sheet", goals, 0])
    yield in_office(sheet, "sheets: the guide at the end", ["move_sheet", guide, 3])
    yield in_office(sheet, "sheets: the guide hidden", ["hide_sheet", guide])
    yield changed(sheet, "sheets: reordered", lambda book: book.move_sheet(goals, -1))
    yield changed(sheet, "sheets: the carried one shown", lambda book: setattr(book[own], "sheet_state", "visible"))
    yield changed(sheet, "sheets: the guide hidden, openpyxl", lambda book: setattr(book[guide], "sheet_state", "hidden"))
    yield in_office(sheet, "sheets: the guide copied", ["copy_sheet", guide, f"{guide} (2)", 1])


def settings(sheet: Standing) -> Iterator[Case]:
    goals = sheet.goals

    def printed(book: openpyxl.Workbook) -> None:
        page = book[goals]
        page.page_setup.orientation, page.page_setup.paperSize = "portrait", 8
        page.print_area = "A1:V40"
        page.print_title_rows = "1:3"
        page.oddFooter.center.text = "社外秘"

    def props(book: openpyxl.Workbook) -> None:
        book.properties.title, book.properties.creator = "目標", "鈴木"

    yield changed(sheet, "settings: print", printed)
    yield changed(sheet, "settings: properties", props)
    yield changed(sheet, "settings: protection off", lambda book: setattr(book[goals].protection, "sheet", False))
    yield changed(sheet, "settings: protected with a password", lambda book: book[goals].protection.set_password("kgi"))
    yield changed(sheet, "settings: workbook structure protected", lambda book: setattr(book, "security", openpyxl.workbook.protection.WorkbookProtection(lockStructure=True)))  # fmt: skip
    yield changed(sheet, "settings: recalculated on load", lambda book: setattr(book.calculation, "fullCalcOnLoad", True))
    yield changed(sheet, "settings: another sheet active", lambda book: setattr(book, "active", 0))
    yield in_office(sheet, "settings: unprotected in LibreOffice", ["unprotect", goals])
    yield in_office(sheet, "settings: portrait in LibreOffice", ["page_style", goals, False])

    def calculation(attributes: str) -> Callable[[package.Parts], None]:
        return lambda parts: package.changed(
            parts, "xl/workbook.xml", r"<calcPr [^>]*/>", f"<calcPr {attributes}/>" if attributes else ""
        )

    for kind, attributes in {"no calculation settings": "", "calcId only": 'calcId="191029"', "all by default": 'calcMode="auto" iterate="0" fullPrecision="1"',
                             "automatic but for data tables, of which there are none": 'calcId="1" calcMode="autoNoTable"', "iterateCount without iterate": 'calcId="1" iterateCount="100" iterateDelta="0.001"'}.items():  # fmt: skip
        yield Case(sheet.subject, f"settings: {kind}", (), (), Parts(calculation(attributes)))

    def nudged(parts: package.Parts) -> None:
        """As another program's arithmetic may leave it: 1e-12 beside."""
        for record in sheet.chain:
            if isinstance(record.value, float):
                package.set_cached(parts, sheet.place(record), record.value * (1 + 2e-13) + 1e-13)

    def fresh(parts: package.Parts) -> None:
        package.recalculated(parts)

    def strings(parts: package.Parts) -> None:
        """Inline texts instead of shared ones, for a title."""
        package.set_cell(parts, sheet.place(sheet.records["title"]), "インライン")

    def without_1904(parts: package.Parts) -> None:
        package.changed(parts, "xl/workbook.xml", "<workbookPr", '<workbookPr date1904="0"')

    yield Case(sheet.subject, "settings: cached values 1e-12 beside", (), (), Parts(nudged))
    yield Case(sheet.subject, "settings: recalculated by IronCalc", (), (), Parts(fresh))
    yield Case(sheet.subject, "settings: an inline text", (), (), Parts(strings, recalculated=True))
    yield Case(sheet.subject, "settings: date1904 off", (), (), Parts(without_1904))

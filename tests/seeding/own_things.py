"""Sheets, charts, comments, validations, names and links of people's own in a workbook: neither an error nor a warning may come of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink

from . import package
from .case import Case, Parts
from .harmless_case import changed, in_office
from .standing import Standing


def own_things(sheet: Standing) -> Iterator[Case]:
    """Sheets, names, charts, comments, rules of one's own."""
    goals, total = sheet.goals, "web_revenue" if "web_revenue" in sheet.records else "order_goal"
    last = "visits" if sheet.has_visits else "introductions"
    stage, end = "channel_leads" if "channel_leads" in sheet.lines else "channel_introductions", sheet.used[-1]
    leads, table = sheet.area(stage, 1, stage, end), sheet.area("channel_name", 1, "channel_share", end)

    def own_sheet(
        title: str, *cells: tuple[str, Any], state: str = "visible", at: int | None = None
    ) -> Callable[[openpyxl.Workbook], None]:
        def edit(book: openpyxl.Workbook) -> None:
            page = book.create_sheet(title, at)
            for address, value in cells:
                page[address] = value
            page.sheet_state = state

        return edit

    yield changed(sheet, "own: an empty sheet", own_sheet("Sheet1"))
    yield changed(
        sheet, "own: a sheet with notes", own_sheet("メモ", ("A1", "自分のメモ"), ("B2", "1,200万円"), ("B3", "３件"))
    )
    yield changed(
        sheet, "own: a sheet that reads ours", own_sheet("月割り", ("A1", "月"), ("B2", f"={last}/12"), ("B3", f"={total}/12"))
    )
    yield changed(sheet, "own: a sheet with addresses of ours", own_sheet("参照", ("A1", f"='{goals}'!D7"), ("A2", f"=SUM('{goals}'!{leads})")))  # fmt: skip
    yield changed(sheet, "own: a sheet in front", own_sheet("表紙", ("A1", "表紙"), at=0))
    yield changed(sheet, "own: a hidden sheet", own_sheet("下書き", ("A1", 5), ("A2", "=A1*2"), state="hidden"))
    yield changed(sheet, "own: a very hidden sheet", own_sheet("裏", ("A1", 5), state="veryHidden"))
    yield changed(sheet, "own: a sheet with errors", own_sheet("試算", ("A1", "=1/0"), ("A2", "=NA()"), ("A3", "=A1+1")))
    yield changed(
        sheet, "own: a sheet with plugs and texts", own_sheet("試算", ("A1", f"={last}+1000"), ("A2", "30%"), ("A3", "'0.3"))
    )
    yield changed(sheet, "own: a sheet called 目標設定メモ", own_sheet(f"{goals}メモ", ("A1", "メモ")))
    yield changed(sheet, "own: a sheet with labels like ours", own_sheet("他部門", ("A1", "受注単価"), ("B1", 400), ("A2", "受注率"), ("B2", 30), ("A3", "商談数"), ("B3", "40件")))  # fmt: skip
    yield changed(sheet, "own: a sheet named 2026-04", own_sheet("2026-04", ("A1", "実績"), ("B1", 3)))
    yield changed(sheet, "own: a sheet with a circle", own_sheet("循環", ("A1", "=B1"), ("B1", "=A1")), "openpyxl")
    yield changed(
        sheet,
        "own: a sheet with an odd function",
        own_sheet("関数", ("A1", "=AGGREGATE(9,5,B1:B3)"), ("A2", "=FOO(1)")),
        "openpyxl",
    )

    def charted(book: openpyxl.Workbook) -> None:
        page, chart = book.create_sheet("グラフ"), BarChart()
        chart.add_data(Reference(book[goals], range_string=f"'{goals}'!{leads}"))
        page.add_chart(chart, "A1")

    def commented(book: openpyxl.Workbook) -> None:
        for record in sheet.inputs:
            sheet.of(book, record).comment = Comment("前年実績は 1,100万円", "田中")

    def validated(book: openpyxl.Workbook) -> None:
        page, rule = book.create_sheet("入力"), DataValidation(type="list", formula1='"A,B"')
        page.add_data_validation(rule)
        rule.add("A1:A5")
        page["A1"] = "C"

    def named(**names: str) -> Callable[[openpyxl.Workbook], None]:
        def edit(book: openpyxl.Workbook) -> None:
            for name, text in names.items():
                book.defined_names[name] = DefinedName(name, attr_text=text)

        return edit

    def local(book: openpyxl.Workbook) -> None:
        book[goals].defined_names["my_local"] = DefinedName("my_local", attr_text=f"'{goals}'!$D$7")

    def linking(book: openpyxl.Workbook) -> None:
        cell = book[sheet.free[0][0]][sheet.free[0][1]]
        cell.value = "https://example.com"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, target="https://example.com")

    def filtered(book: openpyxl.Workbook) -> None:
        book[goals].auto_filter.ref = f"B{sheet.row('channel_name')}:{sheet.cell(sheet.foot, end)}"

    yield changed(sheet, "own: a sheet with a chart of ours", charted)
    yield changed(sheet, "own: comments at the inputs", commented)
    yield changed(sheet, "own: a rule on a sheet of one's own", validated)
    yield changed(sheet, "own: a name for a cell of ours", named(my_goal=f"'{goals}'!$D$7"))
    yield changed(
        sheet, "own: names of all kinds", named(税率="0.1", 売上=f"'{goals}'!$I$7", past="'[1]Old'!$A$1" if False else "12")
    )
    yield changed(sheet, "own: a broken name that nobody uses", named(old_range="#REF!"))
    yield changed(sheet, "own: a local name", local)
    yield changed(sheet, "own: a link in a free cell", linking)
    yield changed(sheet, "own: a filter over the table", filtered)
    yield Case(sheet.subject, "own: a leftover link part", (), (), Parts(package.linked((goals, "A1"), None)))
    yield in_office(sheet, "own: a chart in LibreOffice", ["chart", goals, table])
    yield in_office(sheet, "own: a chart without data in LibreOffice", ["chart", goals, leads])
    yield in_office(sheet, "own: a comment in LibreOffice", ["note", goals, str(sheet.inputs[0].cell), "前年と同じ"])
    yield in_office(sheet, "own: a name in LibreOffice", ["add_name", "mine", f"$'{goals}'.$D$7"])
    yield in_office(sheet, "own: a filter in LibreOffice", ["filtered", goals, table])
    yield in_office(
        sheet,
        "own: a sheet in LibreOffice",
        ["add_sheet", "メモ", 0],
        ["cell", "メモ", "A1", "覚え書き"],
        ["formula", "メモ", "B1", f"{last}*2"],
    )

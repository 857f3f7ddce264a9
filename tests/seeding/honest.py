"""More that honest users do, which nobody who writes the checker was told of: neither an error nor a warning may come of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
from openpyxl.chart import LineChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.pagebreak import Break

from . import package
from .case import UNSEEN, Book, Case, Cells, Office, Parts
from .standing import Standing
from .tabs import exported

Edit = Callable[[openpyxl.Workbook], Any]


def cases(sheet: Standing) -> Iterator[Case]:
    """On the page; `honest_year` does the rest."""
    for each in (_figures, _worked_out, _channels, _looks, _own, _saved):
        yield from each(sheet)


def of_book(sheet: Standing, kind: str, edit: Edit, *savers: str) -> Case:
    return Case(sheet.subject, f"honest: {kind}", (), (), Book(edit), savers, group=UNSEEN)


def of_office(sheet: Standing, kind: str, *steps: list[Any]) -> Case:
    return Case(sheet.subject, f"honest: {kind}", (), (), Office(list(steps)), group=UNSEEN)


def typed(sheet: Standing, kind: str, values: dict[str, Any], *savers: str, **more: Any) -> Iterator[Case]:
    """Into cells by name; where one isn't there, or isn't an input, there is no case."""
    of = {**sheet.months, **sheet.records}
    if all(name in of and of[name].role == "input" for name in values):
        change = Cells({sheet.place(of[name]): value for name, value in values.items()})
        yield Case(sheet.subject, f"honest: {kind}", (), (), change, savers, group=UNSEEN, **more)


# -- the page -------------------------------------------------------------------


def _figures(sheet: Standing) -> Iterator[Case]:
    for kind, values in {
        "a product of 85 yen": {"deal_size": 85, "web_revenue": 850_000, "total_revenue": 4_000_000},
        "a deal of 300 million": {"deal_size": 300_000_000, "web_revenue": 900_000_000, "total_revenue": 4_000_000_000},
        "all revenue from the web": {
            "total_revenue": sheet.records["web_revenue"].value if "web_revenue" in sheet.records else None
        },
        "a goal of less than one deal": {"web_revenue": 1_500_000, "deal_size": 4_000_000, "total_revenue": 9_000_000},
        "odd yen": {"deal_size": 1_234_567, "web_revenue": 12_345_678, "total_revenue": 98_765_432},
        "every deal won": {"win_rate": 1},
        "a rate to a hundredth of a per cent": {"win_rate": 0.2837},
        "one third": {"win_rate": 1 / 3},
        "a market that is just large enough": {
            "target_accounts": sheet.records["won_deals"].value if "won_deals" in sheet.records else None
        },
        "many people": {"contacts": 2_500_000},
        "binary dust behind the price": {
            "deal_size": 2_500_000.0000000005,
            "web_revenue": 12_500_000,
            "total_revenue": 50_000_000,
        },
        "binary dust in a rate": {"win_rate": 0.1 + 0.2},
    }.items():
        if None not in values.values():
            yield from typed(sheet, f"figures, {kind}", values, sound=True)
    for name in ("title", "owner"):
        for kind, text in {"a line break": "目標\n2026", "an emoji": "目標🎯 2026", "an ampersand": "A & B <C>", "a plus in front": "+α施策", "digits only": "2026", "full width": "２０２６年度"}.items():  # fmt: skip
            yield from typed(sheet, f"text, {kind}", {name: text})


def _worked_out(sheet: Standing) -> Iterator[Case]:
    """Constants, worked out in the cell."""
    for record in sheet.inputs:
        value = float(record.value or 0)  # type: ignore[arg-type]
        if record.unit == "currency" and value >= 10_000:
            yield from typed(sheet, "an amount as a product", {record.name: f"={value / 10_000:.10g}*10000"})
            yield from typed(sheet, "an amount as a sum", {record.name: f"={value * 0.75:.10g}+{value * 0.25:.10g}"})
        if record.unit == "rate" and value:
            yield from typed(sheet, "a rate as a per cent in a formula", {record.name: f"={value * 100:.10g}%"})
            if value < 1:
                yield from typed(sheet, "a rate as the rest of another", {record.name: f"=1-{1 - value:.10g}"})

        def elsewhere(book: openpyxl.Workbook, record: Any = record) -> None:
            book.create_sheet("前提")["B2"] = record.value
            sheet.of(book, record).value = "='前提'!B2"

        yield of_book(sheet, "an input from a sheet of one's own", elsewhere, "openpyxl", "office")


def _channels(sheet: Standing) -> Iterator[Case]:
    names = sheet.line("channel_name")
    for kind, text in {"with a bracket": "広告(指名)", "with a slash": "SEO/AIO", "in letters": "LinkedIn Ads", "with a dot": "①Web", "in half-width kana": "ｾﾐﾅｰ", "with a line break": "展示会\n(東京)"}.items():  # fmt: skip
        yield from typed(sheet, f"a channel {kind}", {names[0].name: text})
    if len(names) > 1:
        one = str(names[0].value)
        yield from typed(sheet, "channels of like names", {names[0].name: f"{one}1", names[1].name: f"{one}2"})
    shares = sheet.line("channel_share")
    if shares[0].role == "input" and len(shares) > 2:
        zero = {each.name: 0 for each in shares[1:-1]}
        yield from typed(sheet, "several channels of no share", {**zero, shares[0].name: 0.6, shares[-1].name: 0.4}, sound=True)
        thirds = {each.name: 0 for each in shares[3:]} | dict(
            zip([each.name for each in shares[:3]], (1 / 3, 1 / 3, 1 / 3), strict=True)
        )
        yield from typed(sheet, "thirds", thirds, sound=True)
        spelt = {each.name: 0 for each in shares[3:]} | dict(
            zip([each.name for each in shares[:3]], (0.3333, 0.3333, 0.3334), strict=True)
        )
        yield from typed(sheet, "thirds, to a hundredth", spelt, sound=True)


def _looks(sheet: Standing) -> Iterator[Case]:
    goals = sheet.goals
    money = [str(each.cell) for each in sheet.inputs if each.unit == "currency"]
    rates = [str(each.cell) for each in sheet.inputs if each.unit == "rate"]

    def formatted(cells: list[str], code: str) -> Edit:
        def edit(book: openpyxl.Workbook) -> None:
            for cell in cells:
                book[goals][cell].number_format = code

        return edit

    for kind, cells, code in (("amounts with a yen sign", money, '"¥"#,##0'), ("amounts with 円 behind", money, '#,##0"円"'), ("amounts, negative ones red", money, "#,##0;[Red]-#,##0"),
                              ("amounts as in accounts", money, '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ '), ("rates to a tenth", rates, "0.0%"), ("rates to a thousandth", rates, "0.000%"),
                              ("amounts plain", money, "General"), ("amounts in 万円, as the format works it out", money, '0"."0,"万円"')):  # fmt: skip
        if "万円" not in kind:
            yield of_book(sheet, f"looks, {kind}", formatted(cells, code))

    def dressed(book: openpyxl.Workbook) -> None:
        for row in book[goals]["B2:H12"]:
            for cell in row:
                cell.font, cell.border = Font(name="Yu Gothic", size=11), Border(bottom=Side("thin"))

    def scale(book: openpyxl.Workbook) -> None:
        book[goals].conditional_formatting.add(
            "K20:K30", ColorScaleRule(start_type="min", start_color="FFFFFF", end_type="max", end_color="63BE7B")
        )
        book[goals].conditional_formatting.add(
            "D7:D20", CellIsRule(operator="greaterThan", formula=["10"], font=Font(color="FF006100"))
        )

    yield of_book(sheet, "looks, another font", dressed)
    yield of_book(sheet, "looks, scales of colour", scale)
    yield of_book(
        sheet,
        "looks, an input's fill taken away",
        lambda book: [setattr(book[goals][cell], "fill", PatternFill()) for cell in money],
    )
    yield of_book(
        sheet,
        "looks, page breaks and a print area",
        lambda book: (book[goals].row_breaks.append(Break(id=30)), setattr(book[goals], "print_area", "A1:W60")),
    )
    yield of_book(sheet, "looks, rows grouped and open", lambda book: book[goals].row_dimensions.group(34, 45, hidden=False))
    yield of_book(sheet, "looks, from right to left", lambda book: setattr(book[goals].sheet_view, "rightToLeft", True))
    yield of_office(sheet, "looks, wider columns in LibreOffice", ["width", goals, 4, 30], ["width", goals, 6, 24])
    yield of_office(sheet, "looks, frozen and zoomed in LibreOffice", ["freeze", goals, 3, 5], ["zoom", goals, 120])
    yield of_office(sheet, "looks, a picture in LibreOffice", ["picture", goals])


def _own(sheet: Standing) -> Iterator[Case]:
    goals, last = sheet.goals, sheet.page.max_row
    stage, end = "channel_leads" if "channel_leads" in sheet.lines else "channel_introductions", sheet.used[-1]
    leads, table = sheet.area(stage, 1, stage, end), sheet.area("channel_name", 1, stage, end)

    def page(title: str, **cells: Any) -> Edit:
        def edit(book: openpyxl.Workbook) -> None:
            made = book.create_sheet(title)
            for cell, value in cells.items():
                made[cell] = value

        return edit

    def charted(book: openpyxl.Workbook) -> None:
        chart = LineChart()
        chart.add_data(Reference(book[goals], min_col=4, min_row=7, max_row=17))
        book.create_sheet("会議資料").add_chart(chart, "B2")

    def sorted_remarks(book: openpyxl.Workbook) -> None:
        for at, text in enumerate(("い", "ろ", "は"), last + 4):
            book[goals][f"C{at}"], book[goals][f"D{at}"] = text, at
        book[goals].auto_filter.ref = f"C{last + 3}:D{last + 6}"

    yield of_book(
        sheet, "own, a sheet of minutes", page("議事録", A1="4/10 部会", A2="目標は 1,200万円(税抜)", A3=30, B3="30%", C3=0.3)
    )
    yield of_book(
        sheet,
        "own, sums over our table",
        page("集計", A1=f"=SUM('{goals}'!{leads})*1.1", A2=f"='{goals}'!D7&\"件\"", A3="=A1-1000"),
    )
    yield of_book(sheet, "own, lookups into our table", page("検索", A1=f"=IFERROR(HLOOKUP(\"広告\",'{goals}'!{table},5,FALSE),0)", A2=f"=INDEX('{goals}'!{leads},1)"))  # fmt: skip
    yield of_book(
        sheet,
        "own, a sheet of last year's",
        page("2025年度", A1="Web売上", B1=9_800_000, A2="受注単価", B2=3_900_000, A3="受注率", B3="28%"),
    )
    yield of_book(sheet, "own, a sheet with blanks and zeros", page("入力待ち", A1=None, B2=0, C3=""))
    yield of_book(sheet, "own, a chart on a sheet of one's own", charted)
    yield of_book(sheet, "own, remarks with a filter below", sorted_remarks)
    yield of_book(
        sheet,
        "own, comments on results",
        lambda book: [setattr(sheet.of(book, each), "comment", Comment("要確認?", "鈴木")) for each in sheet.counts[:4]],
    )
    yield of_book(sheet, "own, a name for the print titles", lambda book: setattr(book[goals], "print_title_rows", "1:4"))
    yield of_book(
        sheet,
        "own, a name like ours",
        lambda book: book.defined_names.__setitem__("web_revenue_2025", DefinedName("web_revenue_2025", attr_text="9800000")),
    )
    yield of_book(
        sheet,
        "own, hidden notes",
        lambda book: (page("控え", A1="内緒", B1=1)(book), setattr(book["控え"], "sheet_state", "hidden")),
    )
    yield of_office(sheet, "own, rows of remarks inserted below and sorted", ["insert_rows", goals, last + 1, 3], *[["cell", goals, f"C{last + 2 + at}", value] for at, value in enumerate((3, 1, 2))], ["sort", goals, f"C{last + 2}:C{last + 4}", 0, True])  # fmt: skip
    yield of_office(
        sheet,
        "own, a sheet copied that isn't ours",
        ["add_sheet", "メモ", 0],
        ["cell", "メモ", "A1", "覚え"],
        ["copy_sheet", "メモ", "メモ (2)", 1],
    )
    for at, (kind, value) in enumerate({"a quotation": "“1,200万円”", "a formula of two of ours": "=won_deals/leads" if "won_deals" in sheet.records and "leads" in sheet.records else "=1+1", "a date": "2026/4/1", "a number of yen": 12_000_000}.items()):  # fmt: skip
        yield Case(sheet.subject, f"honest: a free cell, {kind}", (), (), Cells({sheet.free[at]: value}), group=UNSEEN)


def _saved(sheet: Standing) -> Iterator[Case]:
    """What other programs leave in a file."""

    def selected(parts: package.Parts) -> None:
        name = package.part_of(parts, sheet.goals)
        package.changed(parts, name, r"<sheetData>", "<sheetData>", 1)
        package.changed(parts, name, r"</sheetData>", "</sheetData>", 1)
        text = parts[name].decode()
        errors = '<ignoredErrors><ignoredError sqref="A1:Z99" numberStoredAsText="1" formula="1"/></ignoredErrors>'
        at = min(
            text.index(tag) for tag in ("<drawing", "<legacyDrawing", "<tableParts", "<extLst", "</worksheet>") if tag in text
        )
        parts[name] = (text[:at] + errors + text[at:]).encode()

    def phonetic(parts: package.Parts) -> None:
        """Furigana, as a Japanese Excel keeps them beside what was typed."""
        if "xl/sharedStrings.xml" not in parts:
            return
        text = parts["xl/sharedStrings.xml"].decode()
        first = re.search(r"<si><t([^>]*)>([^<]*[一-龥][^<]*)</t></si>", text)
        if first is not None:
            made = f'<si><t{first[1]}>{first[2]}</t><rPh sb="0" eb="1"><t>モクヒョウ</t></rPh><phoneticPr fontId="1"/></si>'
            parts["xl/sharedStrings.xml"] = (text[: first.start()] + made + text[first.end() :]).encode()

    def rich(parts: package.Parts) -> None:
        if "xl/sharedStrings.xml" not in parts:
            return
        title = str(sheet.records["title"].value)
        text = parts["xl/sharedStrings.xml"].decode()
        made = f'<si><r><rPr><b/></rPr><t xml:space="preserve">{title[:3]}</t></r><r><t xml:space="preserve">{title[3:]}</t></r></si>'
        parts["xl/sharedStrings.xml"] = re.sub(rf"<si><t[^>]*>{re.escape(title)}</t></si>", made, text, count=1).encode()

    def custom(parts: package.Parts) -> None:
        parts["customXml/item1.xml"] = b"<note>internal</note>"
        package.changed(
            parts,
            "[Content_Types].xml",
            "</Types>",
            '<Override PartName="/customXml/item1.xml" ContentType="application/xml"/></Types>',
        )

    for kind, edit in (
        ("errors ignored", selected),
        ("furigana", phonetic),
        ("rich text in the title", rich),
        ("a part of one's own", custom),
    ):
        yield Case(sheet.subject, f"honest: saved with {kind}", (), (), Parts(edit), group=UNSEEN)
    yield Case(sheet.subject, "honest: exported as values", (), (), Parts(exported()), group=UNSEEN)
    yield of_book(sheet, "saved twice", lambda book: None, "office+openpyxl")

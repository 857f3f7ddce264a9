"""`check` of .ods: the same as of the .xlsx, with formulas, formats, merges and names; hostile and broken files in words."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import filekinds
import office
import openpyxl
import pytest
import sweep_strangers
from conftest import Ran, page_and_months, some
from filekinds import cell, content, ods_of, package, row, table
from foreign.sheets import codes, read, sheet
from python_calamine import CalamineWorkbook
from sweep_filekinds import said

from kgisheet import api
from kgisheet.sheetfiles.ods import read as read_ods
from kgisheet.sheetfiles.odsformula import converted
from kgisheet.xlsx.read.reader import read as read_xlsx

Run = Callable[..., Ran]
ROWS: list[list[Any]] = [["受注数", 3], ["受注率", "30%"], ["案件化数", 10], ["案件化率", "25%"], ["商談数", 45]]
"""10 ÷ 25 % = 40."""


def test_a_wrong_figure_is_found_at_its_cell() -> None:
    report = api.check(ods_of(*ROWS), "goal.ods")
    assert (report.status, codes(report)) == ("findings", [("F01", "B5")])
    assert [each.sheet for each in report.findings if each.code == "F01"] == ["Sheet1"]


def test_its_suffix_does_not_matter() -> None:
    assert codes(api.check(ods_of(*ROWS), "goal.xlsx")) == [("F01", "B5")]


ENTRIES = [json.loads(line) for line in sweep_strangers.SHEETS.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("entry", some(ENTRIES, 6), ids=lambda entry: entry["name"])
def test_the_same_is_said_of_a_strangers_sheet_as_ods(entry: dict[str, Any]) -> None:
    data = sweep_strangers.workbook(entry)
    one, other = api.check(data, "sheet.xlsx"), api.check(filekinds.ods(data), "sheet.ods")
    assert said(other) == said(one)
    assert [each[1:] for each in other.readings] == [each[1:] for each in one.readings]


# -- the reader beside LibreOffice's own view, and another language's library ----------------


def test_another_library_reads_the_same_values() -> None:
    """python-calamine, of all strangers' sheets; it has neither formulas nor formats."""
    for entry in ENTRIES:
        data = filekinds.ods(sweep_strangers.workbook(entry))
        other = CalamineWorkbook.from_object(BytesIO(data))
        for title in other.sheet_names:
            rows = other.get_sheet_by_name(title).to_python(skip_empty_area=False)
            theirs = {(row, col): value for row, line in enumerate(rows) for col, value in enumerate(line) if value != ""}
            ours = {
                where[1:]: each.value
                for where, each in read_ods(data, "a.ods").cells.items()
                if where[0] == title and each.value not in (None, "")
            }
            assert ours == theirs, (entry["name"], title)


@pytest.mark.office
def test_what_libreoffice_saves_is_read_as_it_shows_it(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "Goals & plans"
    for at, (where, value, code) in enumerate(
        [
            ("A1", "受注\n単価", "General"), ("B1", 4_000_000, '#,##0,"千円"'), ("C1", 0.305, "0.0%"), ("D1", 1200, '0"万円"'),
            ("E1", True, "General"), ("F1", "=IF(B1>1,SUM(B1:B1,D1)/4,\"a;b\")", '"約"0.00'), ("G1", "=1/0", "General"),
            ("H1", "=Other!A1*2", "General"), ("I1", 1_234_567, "0\\.0,,"), ("J1", "  two  spaces ", "@"),
            ("K1", "='It''s'!$A$1&\"x\"", "General"), ("L1", "=SUM(Other!A1:B2)", "General"), ("M1", "=MAX({1,2;3,4})", "General"),
        ]
    ):  # fmt: skip
        page[where].value, page[where].number_format = value, code
        page.cell(4 + at // 100, at + 1, 7)  # a row of equal cells
    page.merge_cells("A6:C7")
    page["A6"] = "merged"
    other = book.create_sheet("Other")
    other["A1"], other["B2"] = 21, 4
    book.create_sheet("It's")["A1"] = "z"
    book["Other"].sheet_state = "hidden"
    (tmp_path / "a.xlsx").write_bytes((lambda stream: (book.save(stream), stream.getvalue())[1])(BytesIO()))
    (tmp_path / "out").mkdir()
    (again,) = office.convert([tmp_path / "a.xlsx"], "xlsx", tmp_path / "out")
    (made,) = office.convert([tmp_path / "a.xlsx"], "ods", tmp_path / "out")
    one, two = read_xlsx(again.read_bytes(), "a.xlsx"), read_ods(made.read_bytes(), "a.ods")
    assert two.cells.keys() == one.cells.keys()
    for where, expected in one.cells.items():
        found = two.cells[where]
        assert (found.value, (found.formula or "").replace("$", "").replace(" ", "")) == (
            expected.value,
            (expected.formula or "").replace("$", "").replace(" ", ""),
        ), where
    codes_ = {where[2]: found.format for where, found in two.cells.items() if where[:2] == ("Goals & plans", 0)}
    assert [codes_[at] for at in (1, 2, 3, 5, 8)] == ['#,##0,"千円"', "0.0%", '0"万円"', '"約"0.00', "0\\.0,,"]
    assert [(each.title, each.hidden, each.merged) for each in two.sheets] == [
        (each.title, each.hidden, each.merged) for each in one.sheets
    ]


@pytest.mark.office
def test_a_workbook_of_ours_is_checked_as_such(tmp_path: Path) -> None:
    """With its names, formulas and record; validation and conditional formats are another matter in an .ods, and said."""
    (tmp_path / "a.xlsx").write_bytes(page_and_months())
    (made,) = office.convert([tmp_path / "a.xlsx"], "ods", tmp_path / "out")
    report = api.check(made.read_bytes(), "a.ods")
    assert (report.status, report.template, report.not_evaluated) == ("ok", "standard", 0)
    assert report.formulas == api.check(page_and_months(), "a.xlsx").formulas
    assert [each.message.en for each in report.findings if each.code == "S12"] == [
        "As this is an .ods file, its data validation and conditional formats were not checked"
    ]


# -- formulas, formats, repetitions ------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "excel"),
    [
        ("of:=[.B2]/[.C$2]", "=B2/C$2"),
        ("of:=SUM([.B2:.B5];[$Goals.A1])", "=SUM(B2:B5,Goals!A1)"),
        ("of:=[$'My ''own'' goals'.$A$1]", "='My ''own'' goals'!$A$1"),
        ("of:=SUM([$Sheet2.A1:.B2])", "=SUM(Sheet2!A1:B2)"),
        ('of:=IF([.A1]="a;b[.C1]";1;{1;2|3;4})', '=IF(A1="a;b[.C1]",1,{1,2;3,4})'),
        ("of:=[.#REF!]+[$gone.#REF!]", "=#REF!+#REF!"),
        ("of:=SUM([.A1]~[.B1:.C1])", "=SUM(A1,B1:C1)"),
        ("oooc:=ROUNDUP([.A1];0)", "=ROUNDUP(A1,0)"),
        ("msoxl:=IFS(A1>1,2)", "=IFS(A1>1,2)"),
        ('of:=COM.MICROSOFT.CONCAT([.A1];"x")', '=CONCAT(A1,"x")'),
        ("of:=['file:///home/a/last year.ods'#$Sheet1.A1]", "='[last year.ods]Sheet1'!A1"),
        ("=1+1", "=1+1"),
    ],
)
def test_formulas_are_read_as_excel_writes_them(written: str, excel: str) -> None:
    assert converted(written) == excel


def styled(number: str, style: str = "") -> str:
    """The code that a number style in ``content.xml`` is read as."""
    name = '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>'
    data = package(content(table(row(cell(1, ' table:style-name="ce1"'))), number + style + name))
    return read_ods(data, "a.ods").cells["Sheet1", 0, 0].format


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ('<number:number-style style:name="N1"><number:number number:min-integer-digits="1"/></number:number-style>', "General"),
        ('<number:number-style style:name="N1"><number:number number:decimal-places="0" number:min-integer-digits="1" '
         'number:grouping="true"/><number:text>件</number:text></number:number-style>', '#,##0"件"'),
        ('<number:percentage-style style:name="N1"><number:number number:decimal-places="1" number:min-integer-digits="1"/>'
         "<number:text>%</number:text></number:percentage-style>", "0.0%"),
        ('<number:currency-style style:name="N1"><number:currency-symbol>￥</number:currency-symbol><number:number '
         'number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/></number:currency-style>', '"￥"#,##0'),
        ('<number:number-style style:name="N1"><number:number number:decimal-places="0" number:min-integer-digits="1" '
         'number:grouping="true" number:display-factor="1000"/><number:text>千円</number:text></number:number-style>', '#,##0,"千円"'),
        ('<number:date-style style:name="N1"><number:year number:style="long"/><number:text>年</number:text><number:month/>'
         "<number:text>月</number:text></number:date-style>", 'yyyy"年"m"月"'),
        ('<number:number-style style:name="P0"><number:number number:decimal-places="0" number:min-integer-digits="1"/>'
         '</number:number-style><number:number-style style:name="N1"><number:text>△</number:text><number:number '
         'number:decimal-places="0" number:min-integer-digits="1"/><style:map style:condition="value()&gt;=0" '
         'style:apply-style-name="P0"/></number:number-style>', '0;"△"0'),
    ],
)  # fmt: skip
def test_formats_are_read_as_excels_codes(number: str, code: str) -> None:
    assert styled(number) == code


def cells(*rows: str) -> dict[str, Any]:
    found = read_ods(package(content(table("".join(rows)))), "a.ods").cells
    return {f"{'ABCDEFGHIJ'[col]}{row_ + 1}": each.value for (_, row_, col), each in found.items()}


def test_what_is_repeated_is_each_cell() -> None:
    assert cells(
        row(cell("a"), cell(1, ' table:number-columns-repeated="2"'), cell(2)),
        row(cell(more=' table:number-columns-repeated="16384"'), more=' table:number-rows-repeated="3"'),
        row(cell(7), more=' table:number-rows-repeated="2"'),
        row(cell(more=' table:number-columns-repeated="16384"'), more=' table:number-rows-repeated="1048570"'),
    ) == {"A1": "a", "B1": 1, "C1": 1, "D1": 2, "A5": 7, "A6": 7}


def test_only_the_cells_own_text_is_its_text() -> None:
    """Not a remark, a reading above the letters, a drawing, a table in one, or what a change was before."""
    inside = (
        "<office:annotation><text:p>remark</text:p></office:annotation><text:p>受<text:ruby><text:ruby-base>注</text:ruby-base>"
        "<text:ruby-text>ちゅう</text:ruby-text></text:ruby><text:span>数</text:span><text:s/>a</text:p><text:p>b</text:p>"
        "<draw:frame><table:table><table:table-row><table:table-cell><text:p>deep</text:p></table:table-cell></table:table-row>"
        "</table:table></draw:frame>"
    )
    tracked = "<table:tracked-changes><table:table-cell><text:p>old</text:p></table:table-cell></table:tracked-changes>"
    data = package(
        content(tracked + table(row(f'<table:table-cell office:value-type="string">{inside}</table:table-cell>', cell(5))))
    )
    assert {where[1:]: each.value for where, each in read_ods(data, "a.ods").cells.items()} == {
        (0, 0): "受注数 a\nb",
        (0, 1): 5,
    }


@pytest.mark.parametrize(
    ("attributes", "text", "value"),
    [
        ('office:value-type="percentage" office:value="0.3"', "30%", 0.3),
        ('office:value-type="currency" office:currency="JPY" office:value="1.2E7"', "￥12,000,000", 12_000_000),
        ('office:value-type="boolean" office:boolean-value="true"', "TRUE", True),
        ('office:value-type="time" office:time-value="PT12H00M00S"', "12:00", 0.5),
        ('table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"', "#DIV/0!", "#DIV/0!"),
        ('table:formula="of:=a" office:value-type="string" office:string-value="" calcext:value-type="error"', "Err:508", "#VALUE!"),
        ('table:formula="of:=1/0" office:value-type="string" office:string-value="#DIV/0!"', "#DIV/0!", "#DIV/0!"),  # Excel's
        ('office:value-type="float" office:value="1e999"', "", float("inf")),
        ('office:value-type="float" office:value="x"', "", "x"),
        ('office:value-type="date" office:date-value="nonsense"', "", "nonsense"),
    ],
)  # fmt: skip
def test_the_kinds_of_values(attributes: str, text: str, value: Any) -> None:
    assert cells(row(f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>")) == {"A1": value}


def test_a_sheet_as_google_exports_it() -> None:
    """Each cell with a style of its own and no caption of what made it; blank cells with styles; a thousand rows; no meta.xml."""
    styles = (
        '<number:percentage-style style:name="N10"><number:number number:decimal-places="0" number:min-integer-digits="1"/>'
        '<number:text>%</number:text></number:percentage-style><style:style style:name="ce3" style:family="table-cell" '
        'style:parent-style-name="Default" style:data-style-name="N10"/>'
    )
    rate = '<table:table-cell table:style-name="ce3" office:value-type="percentage" office:value="0.25"><text:p>25%</text:p></table:table-cell>'
    lines = (
        row(cell("案件化数"), cell(10)) + row(cell("案件化率"), rate)
        + row(cell("商談数"), cell(45, ' table:style-name="ce1" table:formula="of:=[.B1]/[.B2]+5"'))
        + row(cell(more=' table:style-name="ce1" table:number-columns-repeated="26"'), more=' table:number-rows-repeated="997"')
    )  # fmt: skip
    columns = '<table:table-column table:default-cell-style-name="ce1" table:number-columns-repeated="26"/>'
    report = api.check(package(content(table(columns + lines, "シート1"), styles)), "目標.ods")
    assert [(each.code, each.sheet, each.cell) for each in report.findings if each.severity == "error"] == [
        ("F02", "シート1", "B3")
    ]
    assert read(report) == {"opportunities": 10, "opportunity_rate": 0.25, "meetings": 45}


# -- hostile and broken -------------------------------------------------------------------------

BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>'
FULL = cell(1, ' table:number-columns-repeated="16384"')


def encrypted() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("mimetype", filekinds.SPREADSHEET)
        target.writestr("content.xml", b"\x8f\x02" * 500)
        target.writestr("META-INF/manifest.xml", "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>")
    return out.getvalue()


def of_text() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("mimetype", filekinds.SPREADSHEET.replace("spreadsheet", "text"))
        target.writestr("content.xml", content(""))
        target.writestr("META-INF/manifest.xml", "<manifest/>")
    return out.getvalue()


REFUSED = {
    "a million rows of 16,384 figures": (package(content(table(row(FULL, more=' table:number-rows-repeated="1048576"')))), "too many cells"),
    "20 rows of 16,384 figures": (package(content(table(row(FULL) * 20))), "too many cells"),
    "a figure beyond the last column": (package(content(table(row(cell(more=' table:number-columns-repeated="16384"'), cell(1))))), "a cell that no sheet has"),
    "a figure beyond the last row": (package(content(table(row(cell(), more=' table:number-rows-repeated="1048576"') + row(cell(1))))), "a cell that no sheet has"),
    "a DOCTYPE": (package(BOMB + content("").split("?>", 1)[1]), "DOCTYPE"),
    "a DOCTYPE behind a long comment": (package(f"<!--{'x' * 9000}-->" + BOMB.split("?>")[1] + "<a/>"), "a DOCTYPE"),
    "20,000 nested groups": (package(content("<table:table-row-group>" * 20_000)), "nested too deeply"),
    "no XML": (package("<a"), "can't be read"),
    "no content": (package("", first="mimetype").replace(b"content.xml", b"contend.xml"), "damaged"),
    "encrypted": (encrypted(), "encrypted with a password"),
    "a text document": (of_text(), "no spreadsheet"),
    "cut off": (ods_of(*ROWS)[:-300], "damaged or cut off"),
    "empty": (b"", "the file is empty"),
    "no .ods": (b"\x00\x01\x02" * 100, "this is not an .ods"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_in_words(what: str) -> None:
    data, says = REFUSED[what]
    report = api.check(data, "goal.ods")
    assert report.status in ("unreadable", "incomplete")
    assert report.problem is not None
    assert says in report.problem.what.en


def test_macros_links_and_objects_are_not_looked_at() -> None:
    """A Basic library has a DOCTYPE of its own; a link's cached sheet, and what runs at opening, are no sheet of the workbook."""
    linked = (
        "<table:table table:name=\"'file:///tmp/x.ods'#Sheet1\"><table:table-source/><table:table-row><table:table-cell "
        'office:value-type="float" office:value="9"/></table:table-row></table:table>'
    )
    lines = "".join(row(*(cell(each) for each in values)) for values in ROWS)
    parts = {"Basic/Standard/script-lb.xml": BOMB.encode() + b"<library/>", "Object 1/content.xml": BOMB.encode() + b"<a/>"}
    data = package(content(linked + table(lines)), **{key.replace(".", "_"): value for key, value in parts.items()})
    report = api.check(data, "goal.ods")
    assert codes(report) == [("F01", "B5")]
    assert {each.sheet for each in report.readings} == {"Sheet1"}


def test_a_formula_that_reads_another_workbook_is_not_followed() -> None:
    linked = cell(10, " table:formula=\"of:=['file:///tmp/x.ods'#$Sheet1.A1]\"")
    report = api.check(package(content(table(row(cell("案件化数"), linked) + row(cell("案件化率"), cell("25%")) + row(cell("商談数"), cell(40))))), "goal.ods")  # fmt: skip
    assert report.status == "incomplete"
    assert report.not_evaluated == 1


def test_merged_labels_and_hidden_sheets() -> None:
    merged = cell("商談数", ' table:number-rows-spanned="2" table:number-columns-spanned="1"')
    hidden = '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    lines = (
        row(cell("案件化数"), cell(10))
        + row(cell("案件化率"), cell("25%"))
        + row(merged, cell(45))
        + row("<table:covered-table-cell/>")
    )
    second = table(lines, "前年").replace('name="前年"', 'name="前年" table:style-name="ta2"')
    report = api.check(package(content(table(lines) + second, hidden)), "goal.ods")
    assert [(each.sheet, each.cell) for each in report.findings if each.severity == "error"] == [("Sheet1", "B3")]
    assert "前年" in next(each.message.ja for each in report.findings if each.code == "S12")


# -- the command line -----------------------------------------------------------------------------


def test_a_folders_ods_is_checked_and_a_copy_asks_for_xlsx(kgisheet: Run, tmp_path: Path) -> None:
    (tmp_path / "goal.ods").write_bytes(ods_of(*ROWS))
    ran = kgisheet("check", ".", "--format", "json")
    (report,) = json.loads(ran.out)["reports"]
    assert (ran.code, report["file"], report["status"]) == (1, "goal.ods", "findings")
    for form in ("text", "html", "sarif"):
        assert "B5" in kgisheet("check", "goal.ods", "--format", form).out.decode()
    ran = kgisheet("check", "goal.ods", "--annotate", "copy.xlsx")
    assert (ran.code, "can only be made of an .xlsx" in ran.err) == (2, True)
    assert not (tmp_path / "copy.xlsx").exists()


def test_other_commands_ask_for_xlsx(kgisheet: Run, tmp_path: Path) -> None:
    (tmp_path / "goal.ods").write_bytes(ods_of(*ROWS))
    ran = kgisheet("show", "goal.ods")
    assert (ran.code, "OpenDocument" in ran.err, ".xlsx" in ran.err) == (3, True, True)


def test_the_xlsx_of_the_same_rows_says_the_same() -> None:
    assert codes(api.check(sheet(*ROWS), "goal.xlsx")) == codes(api.check(ods_of(*ROWS), "goal.ods"))


GOOGLE = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default ContentType="application/xml" Extension="xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr/><sheets><sheet state="visible" name="シート1" sheetId="1" r:id="rId4"/></sheets><definedNames/><calcPr/></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/sharedStrings.xml": '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="3" uniqueCount="3"><si><t>案件化数</t></si><si><t>案件化率</t></si><si><t>商談数</t></si></sst>',
    "xl/styles.xml": '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf/><xf numFmtId="9"/></cellXfs></styleSheet>',
    "xl/worksheets/sheet1.xml": '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetPr><outlinePr summaryBelow="0" summaryRight="0"/></sheetPr><sheetViews/><sheetFormatPr customHeight="1" defaultColWidth="12.63" defaultRowHeight="15.75"/><sheetData>'
    '<row r="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="1"><f>IFERROR(__xludf.DUMMYFUNCTION("QUERY(data!A:B)"),10.0)</f><v>10.0</v></c><c r="C1" s="1"/></row>'
    '<row r="2"><c r="A2" s="1" t="s"><v>1</v></c><c r="B2" s="2"><v>0.25</v></c></row>'
    '<row r="3"><c r="A3" s="1" t="s"><v>2</v></c><c r="B3" s="1"><v>45.0</v></c></row>'
    '<row r="4"><c r="A4" s="1"/></row></sheetData><drawing r:id="rId1"/></worksheet>',
}  # fmt: skip


def test_an_xlsx_as_google_exports_it() -> None:
    """Blank cells with styles, 45.0, no properties; what Excel can't do in IFERROR(__xludf.DUMMYFUNCTION(…), its value)."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, part in GOOGLE.items():
            target.writestr(name, part.replace(' r:id="rId1"/></worksheet>', "/></worksheet>"))
    report = api.check(out.getvalue(), "目標.xlsx")
    assert (report.status, codes(report)) == ("findings", [("F01", "B3")])
    assert read(report) == {"opportunities": 10, "opportunity_rate": 0.25, "meetings": 45}

"""Sheets that were just made, put into a workbook that is there: they look and calculate as before, and nothing else changes."""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
import referee
import xlsxwriter
from charted import charted
from conftest import book, page_only
from openpyxl.cell.cell import MergedCell
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Font
from package_audit import audit, changed, parts
from seed_faults import edited, saved_by_libreoffice
from test_annotate import PIXEL, prefixed
from test_package import MAIN, OFFICE, zipped

from kgisheet.formula.retitle import retitled
from kgisheet.xlsx.patch import definednames, tabs
from kgisheet.xlsx.patch.definednames import Name
from kgisheet.xlsx.patch.graft import graft, replace
from kgisheet.xlsx.patch.package import STRICT, Package
from kgisheet.xlsx.patch.recalculation import recalculate
from kgisheet.xlsx.patch.records import template
from kgisheet.xlsx.patch.styles import Styles
from kgisheet.xlsx.read.reader import read
from kgisheet.xlsx.read.xml import tree

TITLES = ["目標設定", "根拠", "使い方", "計算用", "_kgisheet"]
WORKBOOK_PARTS = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"


@functools.cache
def made() -> bytes:
    """The sheets of the page: those of the months are grafted by the regeneration's own tests."""
    return charted(book("standard", "ja", sheets="使い方,目標設定"))


@functools.cache
def colleagues() -> bytes:
    """A workbook of somebody else's: a chart, a comment, a name, cells that calculate."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "メモ"
    for row in range(1, 6):
        sheet.append([f"項目{row}", row * 10, f"=B{row}*2"])
    sheet["A1"].font = Font(name="Meiryo", bold=True)
    sheet["B2"].number_format = "0.00"
    sheet["A2"].comment = Comment("そのまま", "佐藤")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=5))
    sheet.add_chart(chart, "E2")
    sheet.print_area = "A1:C5"
    sheet.sheet_view.tabSelected = True
    workbook.create_sheet("別")["A1"] = "=メモ!B1"
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def strict(data: bytes) -> bytes:
    """The workbook in the strict edition of the standard."""
    content = dict(parts(data))
    for name in content:
        for old, new in [
            (OFFICE, STRICT),
            (MAIN, STRICT_MAIN),
            ("http://schemas.openxmlformats.org/drawingml/2006/", "http://purl.oclc.org/ooxml/drawingml/"),
        ]:
            content[name] = content[name].replace(old.encode(), new.encode())
    return zipped(content)


TARGETS: dict[str, Callable[[], bytes]] = {
    "openpyxl": colleagues,
    "libreoffice": lambda: saved_by_libreoffice([colleagues()])[0],
    "ours": lambda: book("short", "en", sheets="目標設定,月次予実"),
    "prefixed": lambda: prefixed(page_only("short", "en")),
    "strict": lambda: strict(page_only("short", "en")),
}


@functools.cache
def target(form: str) -> bytes:
    return TARGETS[form]()


def titles(form: str) -> list[str]:
    """The sheets that are grafted: one of ours has its own sheet for what is carried."""
    return TITLES if form in ("openpyxl", "libreoffice") else TITLES[:-1]


def grafted(data: bytes, wanted: list[str], **rename: str) -> bytes:
    """The workbook with the made sheets behind its own, each of them with all the made workbook's names as its own."""
    package = Package(data, "b.xlsx")
    styles = Styles(package)
    count = len(tabs.tabs(package))
    new = graft(package, styles, made(), wanted, rename)
    assert list(new) == wanted
    assert set(new.values()) == {tab.part for tab in tabs.tabs(package)[count:]}
    styles.save()
    own = [each for each in definednames.names(Package(made(), "m")) if each.sheet is None]
    for position in range(count, count + len(wanted)):
        names = [each._replace(sheet=position, text=retitled(each.text, rename)) for each in own]
        definednames.put(package, names)
    recalculate(package)
    return package.to_bytes()


@functools.cache
def after(form: str) -> bytes:
    return grafted(target(form), titles(form))


@functools.cache
def calculated() -> dict[str, referee.Cells]:
    """What LibreOffice works out in the made workbook and in those that it was put into."""
    forms = [form for form in TARGETS if form != "prefixed"]  # it finds no names in such a file
    return dict(zip(["made", *forms], referee.by_libreoffice([made(), *map(after, forms)]), strict=True))


@pytest.mark.office
@pytest.mark.parametrize("form", TARGETS)
def test_nothing_of_the_workbook_changes_but_its_lists(form: str) -> None:
    before = target(form)
    audit(after(form))
    new, other, gone = changed(before, after(form))
    assert gone == set()
    assert other == WORKBOOK_PARTS
    kinds = {re.sub(r"\d+\.", ".", name) for name in new}
    assert len(new) == 4 + len(titles(form))
    assert kinds == {
        "xl/charts/chart.xml",
        "xl/drawings/_rels/drawing.xml.rels",
        "xl/drawings/drawing.xml",
        "xl/worksheets/_rels/sheet.xml.rels",
        "xl/worksheets/sheet.xml",
    }
    # Styles are appended to, and no other record moves or changes.
    old, added = (tree(parts(data)["xl/styles.xml"]) for data in (before, after(form)))
    for list_ in old.children:
        twin = added.first(list_.name)
        assert twin is not None
        assert list(map(template, twin.children))[: len(list_.children)] == list(map(template, list_.children))


@pytest.mark.office
@pytest.mark.parametrize("form", TARGETS)
def test_the_cells_hold_what_they_held(form: str) -> None:
    ours, theirs = read(made(), "m"), read(after(form), "b")
    for title in titles(form):
        cells = {key: filled[:2] for key, filled in ours.cells.items() if key[0] == title}
        assert {key: filled[:2] for key, filled in theirs.cells.items() if key[0] == title} == cells
    assert theirs.sheets[-len(titles(form)) :] == tuple(each for each in ours.sheets if each.title in titles(form))
    assert theirs.carried == (read(target(form), "t").carried or ours.carried)


@pytest.mark.office
@pytest.mark.parametrize("form", [form for form in TARGETS if form != "prefixed"])
def test_the_sheets_calculate_as_before(form: str) -> None:
    theirs = calculated()["made"]
    places = [place for place in theirs if place[0] in titles(form)]
    assert len(places) > 190
    assert referee.differences(theirs, calculated()[form], places) == []
    own = referee.cached(target(form)) if form in ("ours", "libreoffice") else {}
    assert referee.differences(own, calculated()[form], [place for place in own if place[0] not in TITLES]) == []


def look(cell: Any) -> tuple[Any, ...]:
    return (
        cell.font.name, cell.font.sz, cell.font.b, cell.font.u, cell.font.color and cell.font.color.rgb,
        cell.fill.patternType, cell.fill.fgColor.rgb, cell.border.left.style, cell.border.bottom.style, cell.border.left.color and cell.border.left.color.rgb,
        cell.number_format, cell.alignment.horizontal, cell.alignment.vertical, cell.alignment.wrap_text, cell.alignment.indent, cell.alignment.shrink_to_fit,
        cell.protection.locked, cell.protection.hidden, cell.hyperlink and cell.hyperlink.location,
    )  # fmt: skip


def assert_alike(ours: Any, theirs: Any) -> None:
    """Each cell that is stored looks the same; the others are the workbook's own empty cells."""
    cells = [cell for cell in ours._cells.values() if not isinstance(cell, MergedCell)]
    assert len(cells) > 20
    for cell in cells:
        assert look(theirs[cell.coordinate]) == look(cell), cell


def rules(sheet: Any) -> list[Any]:
    """The conditional formats with the looks they give."""
    return [
        (str(area.sqref), rule.formula, rule.dxf.font and rule.dxf.font.color.rgb, rule.dxf.font and rule.dxf.font.b, rule.dxf.numFmt and rule.dxf.numFmt.formatCode)
        for area in sheet.conditional_formatting for rule in area.rules
    ]  # fmt: skip


@pytest.mark.office
@pytest.mark.parametrize("form", [form for form in TARGETS if form != "strict"])
def test_the_sheets_look_and_behave_as_before(form: str) -> None:
    ours, theirs = (openpyxl.load_workbook(io.BytesIO(data)) for data in (made(), after(form)))
    wanted = titles(form)
    assert theirs.sheetnames[-len(wanted) :] == wanted
    for title in wanted:
        a, b = ours[title], theirs[title]
        assert_alike(a, b)
        assert sorted(map(str, b.merged_cells.ranges)) == sorted(map(str, a.merged_cells.ranges))
        assert {key: each.width for key, each in b.column_dimensions.items()} == {key: each.width for key, each in a.column_dimensions.items()}  # fmt: skip
        assert {key: each.height for key, each in b.row_dimensions.items()} == {key: each.height for key, each in a.row_dimensions.items()}  # fmt: skip
        assert rules(b) == rules(a)
        for name in ("sqref", "type", "formula1", "formula2", "prompt", "error"):
            told = [[str(getattr(rule, name)) for rule in sheet.data_validations.dataValidation] for sheet in (a, b)]
            assert told[0] == told[1]
        assert (b.sheet_state, b.freeze_panes, b.protection.sheet, b.print_area, b.print_title_rows, b.page_setup.orientation, b.page_setup.paperSize) == (
            a.sheet_state, a.freeze_panes, a.protection.sheet, a.print_area, a.print_title_rows, a.page_setup.orientation, a.page_setup.paperSize
        )  # fmt: skip
        assert len(b._charts) == len(a._charts)
        assert not b.sheet_view.tabSelected
    part = {tab.title: tab.part for tab in tabs.tabs(Package(after(form), "b"))}["目標設定"]
    assert b"<ignoredErrors>" in parts(after(form))[str(part)]
    assert b't="s"' not in parts(after(form))[str(part)]


def added(data: bytes, **rename: str) -> list[str]:
    """What grafting the sheets (again) adds to a workbook's styles."""
    package = Package(data, "b.xlsx")
    styles = Styles(package)
    before = {list_.name: len(list_.children) for list_ in tree(package.parts[styles.part]).children}
    graft(package, styles, made(), list(rename), rename)
    styles.save()
    audit(package.to_bytes())
    after = tree(package.parts[styles.part]).children
    return [list_.name for list_ in after if len(list_.children) > before.get(list_.name, 0)]


@pytest.mark.office
@pytest.mark.parametrize("form", TARGETS)
def test_a_second_time_no_styles_are_added(form: str) -> None:
    again = dict(zip(TITLES, "abcde", strict=True))
    # With the first sheets gone, as in a workbook that they were taken out of again:
    content = {**parts(target(form)), "xl/styles.xml": parts(after(form))["xl/styles.xml"]}
    for data in (after(form), zipped(content)):
        assert added(data, **{title: again[title] for title in titles(form)}) == []
    if form == "ours":
        assert "cellXfs" in added(target(form), **again)
        assert added(edited(after(form), lambda workbook: None), **again) == []
        # An office that stays open leaves out one font of the links, which comes back; nothing else is added.
        assert added(saved_by_libreoffice([after(form)])[0], **again) in ([], ["fonts", "cellXfs"])


@pytest.mark.office
def test_sheets_under_other_titles_refer_to_one_another() -> None:
    data = grafted(made(), TITLES, 使い方="Guide", 目標設定="It's 2027-04", 根拠="Basis", 計算用="Working", _kgisheet="_kgi2")
    audit(data)
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    assert workbook.sheetnames[-5:] == ["It's 2027-04", "Basis", "Guide", "Working", "_kgi2"]
    links = [cell.hyperlink.location for row in workbook["Guide"] for cell in row if cell.hyperlink]
    assert links == ["'It''s 2027-04'!B1", "'Basis'!B1"]
    assert workbook["Guide"].print_title_rows == "$1:$1"
    assert workbook["It's 2027-04"].print_area == "'It''s 2027-04'!$A$1:$N$24"
    content = parts(data)
    assert b"'It''s 2027-04'!$" in content["xl/charts/chart2.xml"]
    assert "目標設定'!".encode() not in content["xl/charts/chart2.xml"]
    [cells] = referee.by_libreoffice([data])
    for title, new in [("使い方", "Guide"), ("目標設定", "It's 2027-04")]:
        for (sheet, cell), value in calculated()["made"].items():
            if sheet == title:
                assert referee.same(cells.get((new, cell)), value), (new, cell)
                assert referee.same(cells.get((title, cell)), value), (title, cell)


def test_a_formula_follows_its_sheets() -> None:
    titles = {"目標": "A'b", "x": "y z"}
    for old, new in [
        ("'目標'!$A$1+目標!B2", "'A''b'!$A$1+'A''b'!B2"),
        ('X!A1&"x!A1"&"it\'s x!"', '\'y z\'!A1&"x!A1"&"it\'s x!"'),
        ("'xx'!A1+xx!A1+[1]x!A1+'[1]x'!A1+sum(x)", "'xx'!A1+xx!A1+[1]x!A1+'[1]x'!A1+sum(x)"),
        ("#REF!+A1", "#REF!+A1"),
        ("SUM(x!A1:x!B2)", "SUM('y z'!A1:'y z'!B2)"),
    ]:
        assert retitled(old, titles) == new
        assert retitled(old, {}) == old


def rich() -> bytes:
    """A workbook by the same library with what goal sheets don't have today."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True})
    first, sheet = workbook.add_worksheet("a"), workbook.add_worksheet("b c")
    third = workbook.add_worksheet("c")
    third.very_hidden()
    red, date, open_ = (
        workbook.add_format(each) for each in ({"font_color": "#FF0000"}, {"num_format": "yyyy/mm"}, {"locked": False})
    )
    sheet.set_column("B:C", 12, date, {"level": 1})
    sheet.set_row(4, 20, open_)
    sheet.write(4, 1, 7)
    sheet.write_rich_string("A1", "plain ", red, "red", " plain")
    sheet.write_string("A2", " <&> ")
    sheet.write_url("A3", "https://example.com/?a=1&b=2", string="out")
    sheet.write_url("A4", "internal:a!A1")
    sheet.write_comment("A5", "a comment")
    sheet.insert_image("D1", "p.png", {"image_data": io.BytesIO(PIXEL)})
    sheet.conditional_format("B1:B9", {"type": "data_bar", "data_bar_2010": True})
    sheet.add_sparkline("D9", {"range": "'b c'!B1:B5"})
    sheet.autofilter("A1:C5")
    sheet.set_h_pagebreaks([20])
    sheet.data_validation("C9", {"validate": "list", "source": "=a!$A$1:$A$3"})
    chart = workbook.add_chart({"type": "line"})
    chart.add_series({"values": "='b c'!$B$1:$B$5"})
    first.insert_chart("B2", chart)
    workbook.define_name("'b c'!mine", "='b c'!$B$5")
    workbook.define_name("all", "='b c'!$B$5")
    sheet.write_formula("A6", "=mine*2", None, 14)
    workbook.close()
    return out.getvalue()


@pytest.mark.office
@pytest.mark.filterwarnings("ignore:.*xtension is not supported")  # openpyxl, of sparklines and the like
def test_what_goal_sheets_do_not_have_comes_along_as_well() -> None:
    source = rich()
    package = Package(colleagues(), "b.xlsx")
    styles = Styles(package)
    new = graft(package, styles, source, ["b c", "a", "c"], {"b c": "B"})
    styles.save()
    result = package.to_bytes()
    audit(result)
    ours, theirs = (openpyxl.load_workbook(io.BytesIO(each), rich_text=True) for each in (source, result))
    a, b = ours["b c"], theirs["B"]
    for cell in ("A1", "A2", "A3", "A4", "A5", "B5", "A6"):
        assert str(b[cell].value) == str(a[cell].value)
        assert look(b[cell])[:-1] == look(a[cell])[:-1]
    assert (b["A3"].hyperlink.target, b["A4"].hyperlink.location) == ("https://example.com/?a=1&b=2", "a!A1")
    assert b["A5"].comment.text == "a comment"
    assert b.column_dimensions["B"].width == a.column_dimensions["B"].width
    assert b.column_dimensions["B"].number_format == "yyyy/mm"
    assert not b.row_dimensions[5].protection.locked
    assert b.auto_filter.ref == "A1:C5"
    assert theirs["c"].sheet_state == "veryHidden"
    sheet = package.parts[new["b c"]]
    for piece in (b"dataBar", b"<xm:f>'B'!B1:B5</xm:f>", b"<rowBreaks", b"legacyDrawing"):
        assert piece in sheet
    local = {each for each in definednames.names(package) if each.sheet == 2}
    assert local == {Name("mine", "'B'!$B$5", 2), Name("_xlnm._FilterDatabase", "'B'!$A$1:$C$5", 2, True)}
    assert "all" not in {each.name for each in definednames.names(package)}
    pictures = [name for name in package.parts if name.startswith("xl/media/")]
    assert [package.parts[name] for name in pictures] == [PIXEL]
    assert any(b"<c:f>'B'!$B$1:$B$5</c:f>" in content for name, content in package.parts.items() if "charts/" in name)
    [cells] = referee.by_libreoffice([result])
    assert cells["B", "A6"] == 14
    assert cells["B", "A1"] == "plain red plain"
    assert cells["B", "A2"] == " <&> "
    # In the place of a sheet, all of it goes again.
    gone = replace(package, styles, made(), "目標設定", next(tab for tab in tabs.tabs(package) if tab.title == "B"))
    assert set(pictures) < set(gone)
    styles.save()
    audit(package.to_bytes())
    assert {each.name for each in definednames.names(package) if each.sheet == 2} == {"_xlnm.Print_Area"}


EMPTY = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'


@pytest.mark.office
@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_a_workbook_without_styles_gets_those_of_the_sheets() -> None:
    package = Package(colleagues(), "b.xlsx")
    package.remove("xl/styles.xml")
    styles = Styles(package)
    graft(package, styles, made(), TITLES)
    styles.save()
    result = package.to_bytes()
    audit(result)
    assert added(result, 目標設定="b") == []
    assert_alike(*(openpyxl.load_workbook(io.BytesIO(each))["目標設定"] for each in (made(), result)))

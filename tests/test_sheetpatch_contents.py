"""What single cells hold, replaced in the part itself: the new content stands right, all other bytes stay."""

from __future__ import annotations

import datetime
import io
import re
from fractions import Fraction
from typing import Any

import openpyxl
import pytest
import referee
from conftest import calls, more, page_only
from package_audit import audit, changed
from seed_faults import edited, saved_by_libreoffice
from test_annotate import prefixed
from test_package import MAIN, OFFICE, SHEET, small

from kgisheet.errors import BookError
from kgisheet.values.budget import LONGEST_FORMULA
from kgisheet.xlsx.patch import formulagroups
from kgisheet.xlsx.patch.content import Content, serial
from kgisheet.xlsx.patch.package import Package
from kgisheet.xlsx.patch.sheetpatch import SheetPatch
from kgisheet.xlsx.patch.tabs import tabs
from kgisheet.xlsx.read.areas import Cell, cell_at
from kgisheet.xlsx.read.reader import day, read


def sheet(rows: str, tail: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{tail}</worksheet>'


def at(text: str) -> Cell:
    cell = cell_at(text)
    assert cell is not None
    return cell


def patched(rows: str, contents: dict[str, Content], tail: str = "", **more: str | bytes) -> str:
    """The rows after cells were given contents."""
    package = Package(small(sheet(rows, tail), **more), "b.xlsx")
    patch = SheetPatch(package, SHEET, map(at, contents))
    for place, content in contents.items():
        patch.set_content(at(place), content)
    patch.save()
    audit(package.to_bytes())
    made = package.parts[SHEET].decode()
    return (
        made[made.index("<sheetData") : made.index("</worksheet>") - len(tail)]
        .removeprefix("<sheetData>")
        .removesuffix("</sheetData>")
    )


def one(cell: str, content: Content) -> str:
    """What becomes of B2."""
    made = patched(f'<row r="2"><c r="A2" s="0"><v>7</v></c>{cell}<c r="C2"/></row>', {"B2": content})
    return made.removeprefix('<row r="2"><c r="A2" s="0"><v>7</v></c>').removesuffix('<c r="C2"/></row>')


def test_a_constant_or_a_formula_takes_the_place_of_what_stands_there() -> None:
    old = '<c r="B2" s="0" t="s" cm="1" vm="2" ph="1"><f>A2+1</f><v>3</v></c>'
    start = '<c r="B2" s="0" ph="1"'
    for content, expected in [
        (Content(5), f"{start}><v>5</v></c>"),
        (Content(Fraction(1, 4)), f"{start}><v>0.25</v></c>"),
        (Content(0.1), f"{start}><v>0.1</v></c>"),
        (Content(-(10**20)), f"{start}><v>-1e+20</v></c>"),
        (Content(True), f'{start} t="b"><v>1</v></c>'),
        (Content(datetime.date(2026, 4, 1)), f"{start}><v>46113</v></c>"),
        (Content(datetime.datetime(2026, 4, 1, 12)), f"{start}><v>46113.5</v></c>"),
        (Content("A & <b> {0}"), f'{start} t="inlineStr"><is><t>A &amp; &lt;b&gt; {{0}}</t></is></c>'),
        (Content(" a"), f'{start} t="inlineStr"><is><t xml:space="preserve"> a</t></is></c>'),
        (Content("=1+1"), f'{start} t="inlineStr"><is><t>=1+1</t></is></c>'),
        (Content("_x000D_\r\x01"), f'{start} t="inlineStr"><is><t>_x005F_x000D__x000D__x0001_</t></is></c>'),
        (Content("#N/A"), f'{start} t="inlineStr"><is><t>#N/A</t></is></c>'),
        (Content(None), f"{start}></c>"),
        (Content(12, "=A2*{1}&\"<\""), f'{start}><f>A2*{{1}}&amp;"&lt;"</f><v>12</v></c>'),
        (Content("○ OK", "A2"), f'{start} t="str"><f>A2</f><v>○ OK</v></c>'),
        (Content("#DIV/0!", "1/0"), f'{start} t="e"><f>1/0</f><v>#DIV/0!</v></c>'),
        (Content(None, "A2"), f"{start}><f>A2</f></c>"),
        (Content(False, "A2"), f'{start} t="b"><f>A2</f><v>0</v></c>'),
    ]:  # fmt: skip
        assert one(old, content) == expected


def test_a_cell_may_be_written_in_any_way() -> None:
    five = Content(5)
    assert one('<c r="B2"/>', five) == '<c r="B2"><v>5</v></c>'
    assert one('<c  r="B2"\n s="0" />', five) == '<c  r="B2"\n s="0"><v>5</v></c>'
    assert one("<c r='B2' t='n'><!-- x --><v>1</v></c>", five) == "<c r='B2'><!-- x --><v>5</v></c>"
    assert one('<c r="B2"><v>1</v><extLst><ext/></extLst></c>', five) == '<c r="B2"><v>5</v><extLst><ext/></extLst></c>'
    assert one('<c r="B2"><extLst/></c>', five) == '<c r="B2"><v>5</v><extLst/></c>'
    assert one('<c r="B2" t="inlineStr"><is><r><t>a</t></r></is></c>', five) == '<c r="B2"><v>5</v></c>'
    assert one('<c r="B2"/>', Content(None)) == '<c r="B2"/>'
    # Where there is no cell, one is put in, if there is anything to put in.
    assert one("", five) == '<c r="B2"><v>5</v></c>'
    assert one("", Content(None)) == ""


def test_cells_and_rows_that_are_missing_or_not_numbered() -> None:
    five = Content(5)
    assert patched("<row/><row><c/><c><v>1</v></c></row>", {"B2": five, "C2": five}) == (
        '<row/><row><c/><c><v>5</v></c><c r="C2"><v>5</v></c></row>'
    )
    assert patched("<row/>", {"A1": five}) == '<row><c r="A1"><v>5</v></c></row>'
    assert (
        patched("", {"B2": five, "A1": five})
        == '<row r="1"><c r="A1"><v>5</v></c></row><row r="2"><c r="B2"><v>5</v></c></row>'
    )
    assert patched('<row r="3" spans="2:2"><c r="B3"/></row>', {"A3": five, "D3": five, "A2": five}) == (
        '<row r="2"><c r="A2"><v>5</v></c></row><row r="3" spans="1:4"><c r="A3"><v>5</v></c><c r="B3"/><c r="D3"><v>5</v></c></row>'
    )
    whole = f"<x:worksheet xmlns:x='{MAIN}'><x:sheetData><x:row r='1'><x:c r='A1' t='s'><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    package = Package(small(whole), "b.xlsx")
    patch = SheetPatch(package, SHEET, [(0, 0), (0, 1)])
    patch.set_content((0, 0), Content("a"))
    patch.set_content((0, 1), Content(2, "=1+1"))
    patch.save()
    assert (
        '<x:c r=\'A1\' t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c><x:c r="B1"><x:f>1+1</x:f><x:v>2</x:v></x:c></x:row>'
        in package.parts[SHEET].decode()
    )
    empty = Package(small(f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'), "b.xlsx")
    patch = SheetPatch(empty, SHEET, [(1, 1)])
    patch.set_content((1, 1), Content(True))
    patch.set_style((1, 1), 0)
    patch.save()
    assert '<sheetData><row r="2"><c r="B2" s="0" t="b"><v>1</v></c></row></sheetData>' in empty.parts[SHEET].decode()


def test_a_cell_that_is_put_in_looks_as_its_row_or_column() -> None:
    content = f'<worksheet xmlns="{MAIN}"><dimension ref="A1"/><cols><col min="2" max="2" width="9" style="4"/></cols><sheetData/></worksheet>'
    package = Package(small(content), "b.xlsx")
    patch = SheetPatch(package, SHEET, [(2, 1)])
    patch.set_content((2, 1), Content(1))
    patch.save()
    assert '<c r="B3" s="4"><v>1</v></c>' in package.parts[SHEET].decode()
    assert '<dimension ref="A1:B3"/>' in package.parts[SHEET].decode()


def test_dates_count_as_the_workbook_does() -> None:
    early = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr date1904="1"/><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
    made = patched('<row r="1"/>', {"A1": Content(datetime.date(2026, 4, 1))}, **{"xl/workbook.xml": early})
    assert made == '<row r="1"><c r="A1"><v>44651</v></c></row>'
    # The reader's own way back.
    for date in [datetime.date(1900, 1, 1), datetime.date(1900, 2, 28), datetime.date(1900, 3, 1), datetime.date(2026, 11, 21), datetime.date(9999, 12, 31)]:  # fmt: skip
        assert day(Fraction(serial(date, False)), False) == date
        if date.year > 1904:
            assert day(Fraction(serial(date, True)), True) == date


SHARED = (
    '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:C4" si="0">A1&amp;"A1"&amp;$A$1</f><v>2</v></c>'
    '<c r="C1" t="str"><f t="shared" si="0"/><v>x</v></c></row>'
    '<row r="2"><c r="A2"><v>2</v></c><c r="B2"><f t="shared" ca="1" si="0"></f><v>4</v></c></row>'
    '<row r="3"><c r="B3"><f t="shared" ref="B3:B4" si="1">SUM(A$1:A3)</f><v>3</v></c></row>'
    '<row r="4"><c r="B4"><f t="shared" si="1"/><v>3</v></c></row>'
)


def test_when_the_first_cell_of_a_shared_formula_changes_the_others_go_on() -> None:
    made = patched(SHARED, {"B1": Content(9)})
    assert made == SHARED.replace('<f t="shared" ref="B1:C4" si="0">A1&amp;"A1"&amp;$A$1</f><v>2</v>', "<v>9</v>").replace(
        '<c r="C1" t="str"><f t="shared" si="0"/>', '<c r="C1" t="str"><f>B1&amp;"A1"&amp;$A$1</f>'
    ).replace('<f t="shared" ca="1" si="0"></f>', '<f ca="1">A2&amp;"A1"&amp;$A$1</f>')
    # One that only belongs to it is replaced, and nothing else.
    assert patched(SHARED, {"B4": Content(9)}) == SHARED.replace('<f t="shared" si="1"/><v>3</v>', "<v>9</v>")
    # All of it.
    everything = patched(SHARED, {"B1": Content(1), "C1": Content(2), "B2": Content(3)})
    assert 'si="0"' not in everything
    assert everything.count('si="1"') == 2


def test_an_index_that_is_used_twice_is_two_formulas() -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:B1" si="0">1+1</f></c><c r="B1"><f t="shared" si="0"/></c>'
        '<c r="C1"><f t="shared" ref="C1:D1" si="0">2+2</f></c><c r="D1"><f t="shared" si="0"/></c><c r="E1"><f t="shared" si="9"/></c></row>'
    )
    assert patched(rows, {"A1": Content(None)}) == rows.replace('<f t="shared" ref="A1:B1" si="0">1+1</f>', "").replace(
        '<c r="B1"><f t="shared" si="0"/>', '<c r="B1"><f>1+1</f>'
    )
    assert patched(rows, {"E1": Content(1)}) == rows.replace('<f t="shared" si="9"/>', "<v>1</v>")


def refused(rows: str, place: str, content: Content, tail: str = "") -> Any:
    with pytest.raises(BookError) as bad:
        patched(rows, {place: content}, tail)
    return bad.value.problems[0]


def test_a_part_of_an_array_or_a_data_table_is_refused() -> None:
    rows = '<row r="1"><c r="A1" cm="1"><f t="array" ref="A1:B2">{1,2}</f><v>1</v></c></row><row r="5"><c r="A5"><f t="dataTable" ref="A5:A9" r1="B1"/></c></row>'
    for place, where in [("A1", "A1:B2"), ("B2", "A1:B2"), ("A5", "A5:A9"), ("A7", "A5:A9")]:
        problem = refused(rows, place, Content(1))
        assert (problem.key, problem.source) == (f"S!{place}", "b.xlsx")
        assert where in problem.what.ja
        assert where in problem.fix.en
    assert '<c r="C1"><v>1</v></c>' in patched(rows, {"C1": Content(1)})
    # Over one cell only it is that cell's own.
    single = '<row r="1"><c r="A1" cm="1"><f t="array" ref="A1">SUM(B1:B2)</f><v>1</v></c></row>'
    assert patched(single, {"A1": Content(2)}) == '<row r="1"><c r="A1"><v>2</v></c></row>'


def test_what_no_cell_holds_is_refused_in_words() -> None:
    merged = '<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'
    assert "A1" in refused("", "B2", Content(1), merged).what.en
    assert (
        patched('<row r="2"><c r="B2"><v>1</v></c></row>', {"B2": Content(None)}, merged) == '<row r="2"><c r="B2"></c></row>'
    )
    for content in [
        Content("x" * 32_768),
        Content("😀" * 16_384),
        Content(0, "=" + "1" * (LONGEST_FORMULA + 1)),
        Content(0, "="),
        Content(0, "A1\x00"),
        Content(float("nan")),
        Content(float("inf")),
        Content(10**400),
        Content(Fraction(10**400)),
        Content(datetime.date(1899, 12, 31)),
    ]:
        problem = refused("", "B2", content)
        assert problem.key == "S!B2"
    assert "x" * 32_767 in patched("", {"B2": Content("x" * 32_767)})
    with pytest.raises(KeyError):
        SheetPatch(Package(small(sheet("")), "b.xlsx"), SHEET, [(0, 0)]).set_content((0, 1), Content(1))


def test_a_cached_result_is_replaced_and_its_formula_stays() -> None:
    rows = '<row r="1"><c r="A1" t="str" s="0" cm="1" vm="1"><f  t="array" ref="A1" >X&gt;1</f><v>old</v></c><c r="B1" t="str"><f>1</f></c><c r="C1"><v>1</v></c></row>' + SHARED[SHARED.index('<row r="2"') :]  # fmt: skip
    package = Package(small(sheet(rows)), "b.xlsx")
    patch = SheetPatch(package, SHEET, [(0, 0), (0, 1), (0, 2), (2, 1), (3, 1)])
    patch.cached((0, 0), 5)
    patch.cached((0, 1), "<a>")
    patch.set_content((2, 1), Content(None))
    patch.cached((3, 1), Fraction(1, 2))
    for cell in [(0, 2), (2, 1)]:
        with pytest.raises(BookError):
            patch.cached(cell, 1)
    patch.save()
    made = package.parts[SHEET].decode()
    assert '<c r="A1" s="0" cm="1"><f  t="array" ref="A1" >X&gt;1</f><v>5</v></c>' in made
    assert '<c r="B1" t="str"><f>1</f><v>&lt;a&gt;</v></c><c r="C1"><v>1</v></c>' in made
    assert '<c r="B4"><f>SUM(A$1:A4)</f><v>0.5</v></c>' in made


@pytest.mark.office
@pytest.mark.parametrize("form", ["xlsxwriter", "openpyxl", "libreoffice", "prefixed"])
def test_other_programs_read_what_was_put_into_any_programs_file(form: str) -> None:
    data = page_only()
    if form == "openpyxl":
        data = edited(data, lambda workbook: None)
    elif form == "libreoffice":
        data = saved_by_libreoffice([data])[0]
    elif form == "prefixed":
        data = prefixed(data)
    names = read(data, "b.xlsx").names
    package = Package(data, "b.xlsx")
    part = {tab.title: tab.part for tab in tabs(package)}["目標設定"]
    assert part is not None
    cells = {name: (names[name].row, names[name].col) for name in ("win_rate", "deal_size", "title", "entry_date", "overall")}
    contents = {
        "win_rate": Content(Fraction(35, 100)),
        "deal_size": Content(2_000_000, "=1000000*2"),
        "title": Content("来年度\n=案"),
        "entry_date": Content(datetime.date(2027, 4, 1)),
        "overall": Content(None),
    }
    patch = SheetPatch(package, part, [*cells.values(), (99, 30)])
    for name, content in contents.items():
        patch.set_content(cells[name], content)
    patch.set_content((99, 30), Content(" 右下 "))
    patch.save()
    after = package.to_bytes()
    audit(after)
    assert changed(data, after) == (set(), {part}, set())
    workbook = openpyxl.load_workbook(io.BytesIO(after))["目標設定"]
    [calculated] = referee.by_libreoffice([after])
    for name, expected in {"win_rate": 0.35, "deal_size": "=1000000*2", "title": "来年度\n=案", "entry_date": datetime.datetime(2027, 4, 1), "overall": None}.items():  # fmt: skip
        row, col = cells[name]
        cell = workbook.cell(row + 1, col + 1)
        assert cell.value == expected
        value = calculated.get(("目標設定", cell.coordinate))
        assert referee.same(value, 2_000_000 if name == "deal_size" else expected)
    assert calculated["目標設定", "AE100"] == " 右下 "
    before = openpyxl.load_workbook(io.BytesIO(data))["目標設定"]
    for row in before.iter_rows():
        for cell in row:
            assert workbook[cell.coordinate].number_format == cell.number_format
    if form == "prefixed":
        return  # LibreOffice finds no names in such a file, changed or not
    # What depends on it was worked out anew.
    place = names["won_deals"]
    won = workbook.cell(place.row + 1, place.col + 1).coordinate
    assert calculated["目標設定", won] == 6


@pytest.mark.parametrize("size", [500, *more([1000])])
def test_thousands_of_cells_take_no_more_work_than_their_number(size: int) -> None:
    rows = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{letter}{row}"><f>A{row}+1</f><v>{row}</v></c>' for letter in "ABCDEFGH")
        + "</row>"
        for row in range(1, 1001)
    )
    merges = "".join(f'<mergeCell ref="J{row}:L{row}"/>' for row in range(1, 1001))
    data = small(sheet(rows, f'<mergeCells count="1000">{merges}</mergeCells>'))

    def patched(count: int) -> None:
        package = Package(data, "b.xlsx")
        cells = [(row, col) for row in range(count // 4) for col in (1, 3, 5, 12)]
        patch = SheetPatch(package, SHEET, cells)
        for cell in cells:
            patch.set_content(cell, Content(1, "=1"))
        patch.save()
        assert len(re.findall(b"<f>1</f>", package.parts[SHEET])) == count

    assert calls(lambda: patched(4 * size)) < 4 * calls(lambda: patched(size))


def test_a_shared_formula_made_to_hurt_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """1,000 references in each of 5,000 cells: refused before many of them are written out; with a tenth of the limit, in a tenth of the time."""
    monkeypatch.setattr(formulagroups, "_MOST", formulagroups._MOST // 10)
    formula = "+".join(f"A{number}" for number in range(1000))

    def hurt(cells: int) -> None:
        rows = f'<row r="1"><c r="A1"><f t="shared" ref="A1:A{cells}" si="0">{formula}</f></c></row>' + "".join(
            f'<row r="{row}"><c r="A{row}"><f t="shared" si="0"/></c></row>' for row in range(2, cells + 1)
        )
        assert refused(rows, "A1", Content(1)).code == "unpatchable"

    assert calls(lambda: hurt(5_000)) < 1_000_000

"""The layer that changes single parts of a workbook: what is put in stands right, and all else stays to the byte."""

from __future__ import annotations

import io
import zipfile

import pytest
from conftest import book, page_only
from package_audit import audit, changed, parts

from kgisheet.errors import BookError
from kgisheet.xlsx.patch import archive, notes, tabs
from kgisheet.xlsx.patch.markup import Edits, outline, text, with_attribute
from kgisheet.xlsx.patch.package import Package
from kgisheet.xlsx.patch.sheetpatch import SheetPatch
from kgisheet.xlsx.patch.styles import MAX_FORMATS, Styles

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOM = b"\xef\xbb\xbf"


def zipped(content: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in content.items():
            package.writestr(name, data)
    return out.getvalue()


def small(sheet: str, styles: str | None = None, **more: str | bytes) -> bytes:
    """A workbook of one sheet, written by hand."""
    relations = f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    content: dict[str, bytes | str] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="x/rels"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    if styles is not None:
        relations += f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/>'
        content["xl/styles.xml"] = styles
    content["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>'
    )
    return zipped({**content, **more})


SHEET = "xl/worksheets/sheet1.xml"


def patched(sheet: str, *cells: tuple[int, int]) -> str:
    """A sheet after cells were given the format 0."""
    package = Package(small(sheet), "b.xlsx")
    patch = SheetPatch(package, SHEET, cells)
    for cell in cells:
        patch.set_style(patch.anchor(cell), 0)
    patch.save()
    audit(package.to_bytes())
    return package.parts[SHEET].decode()


def test_nothing_changed_is_nothing_changed() -> None:
    data = book()
    out = Package(data, "b.xlsx").to_bytes()
    assert parts(out) == parts(data)
    assert list(parts(out)) == list(parts(data))
    assert Package(out, "b.xlsx").to_bytes() == out
    stored = Package(zipped(dict(reversed(parts(data).items()))), "b.xlsx").to_bytes()
    assert next(iter(parts(stored))) == "[Content_Types].xml"
    with zipfile.ZipFile(io.BytesIO(stored)) as package:
        assert {entry.compress_type for entry in package.infolist()} == {zipfile.ZIP_STORED}


def compressed(data: bytes) -> dict[str, bytes]:
    """The bytes of each part as they are in the zip."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for entry in package.infolist():
            at = entry.header_offset + 30 + len(entry.filename.encode())
            found[entry.filename] = data[at : at + entry.compress_size]
    return found


def test_only_what_changed_is_compressed_again() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for name, content in parts(page_only()).items():
            package.writestr(name, content)
    data = out.getvalue()
    changed_book = Package(data, "b.xlsx")
    changed_book.put(SHEET, changed_book.parts[SHEET].replace(b"</worksheet>", b" </worksheet>"))
    now = changed_book.to_bytes()
    audit(now)
    before, after = compressed(data), compressed(now)
    assert [name for name in before if before[name] != after[name]] == [SHEET]
    assert parts(now) == {**parts(data), SHEET: changed_book.parts[SHEET]}


def test_a_part_that_says_to_be_longer_than_the_file_is_compressed_again() -> None:
    """Parts that claim the same bytes would, carried over, make a file many times as large."""
    content = {name: data for name, data in parts(page_only()).items() if not name.startswith("docProps")}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in content.items():
            package.writestr(name, data)
        for entry in package.infolist():
            entry.compress_size += 3_000_000 if entry.filename == SHEET else 0
    forged = archive.entries(out.getvalue(), content)
    assert not any(entry.compressed for entry in forged.values())
    assert parts(archive.written(content, forged)) == content


def test_a_relation_is_put_into_the_rels_that_are_there() -> None:
    package = Package(book(), "b.xlsx")
    name = "xl/_rels/workbook.xml.rels"
    before = package.parts[name]
    made = package.relate("xl/workbook.xml", "worksheet", "xl/worksheets/sheet9.xml")
    after = package.parts[name]
    relation = f'<Relationship Id="{made}" Type="{OFFICE}/worksheet" Target="worksheets/sheet9.xml"/>'.encode()
    assert relation in after
    assert after.replace(relation, b"") == before
    assert made.encode() + b'"' not in before
    assert package.relate("xl/worksheets/sheet1.xml", "comments", "xl/comments1.xml") == "rId1"
    assert b'Target="../comments1.xml"' in package.parts["xl/worksheets/_rels/sheet1.xml.rels"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p:Relationships xmlns:p='n'/>", "<p:Relationships xmlns:p='n'><p:Relationship "),
        ("<Relationships xmlns='n' ></Relationships>", "<Relationships xmlns='n' ><Relationship "),
        ("\ufeff<Relationships>\n</Relationships>\n<!-- </Relationships> -->", "\ufeff<Relationships>\n<Relationship "),
    ],
)
def test_relations_however_they_are_written(before: str, after: str) -> None:
    package = Package(small("<worksheet/>", **{"xl/worksheets/_rels/sheet1.xml.rels": before}), "b.xlsx")
    package.relate(SHEET, "comments", "xl/comments1.xml")
    assert package.parts["xl/worksheets/_rels/sheet1.xml.rels"].decode().startswith(after)
    assert [each.target for each in package.relations(SHEET)] == ["xl/comments1.xml"]


def test_a_part_goes_with_all_that_leads_to_it() -> None:
    package = Package(book(), "b.xlsx")
    before = dict(package.parts)
    package.put("xl/calcChain.xml", b"<calcChain/>", "x/calc")
    package.relate(package.workbook, "calcChain", "xl/calcChain.xml")
    audit(package.to_bytes())
    package.remove("xl/calcChain.xml")
    assert package.parts == before


def test_a_type_by_extension_is_declared_once() -> None:
    package = Package(book(), "b.xlsx")
    for number in (1, 2):
        package.put(f"xl/drawings/vmlDrawing{number}.vml", b"<xml/>", "application/vml")
    assert package.parts["[Content_Types].xml"].count(b"application/vml") == 1
    package.put("xl/odd.vml", b"<xml/>", "application/other")
    assert b'PartName="/xl/odd.vml"' in package.parts["[Content_Types].xml"]


def test_signed_packages_and_broken_parts_are_refused_in_words() -> None:
    data = book()
    with pytest.raises(BookError) as signed:
        Package(zipped({**parts(data), "_xmlsignatures/origin.sigs": b""}), "b.xlsx")
    assert signed.value.problems[0].code == "signed"
    unknown = b'<?xml version="1.0" encoding="UTF-7"?><worksheet/>'
    for sheet, says in ((b"<worksheet>", "it ends in the middle"), (unknown, "utf-7")):
        with pytest.raises(BookError, match=says) as bad:
            SheetPatch(Package(small("<a/>", **{SHEET: sheet}), "b.xlsx"), SHEET, [])
        assert bad.value.problems[0].source == "b.xlsx"


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "UTF-16", "Shift_JIS"])
def test_a_part_in_another_encoding_is_changed_as_utf_8_and_written_anew(encoding: str) -> None:
    """Its bytes in the file are not those that it was read as: they must not be carried over."""
    said = f'<?xml version="1.0" encoding="{encoding}"?><worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    package = Package(small("<a/>", **{SHEET: said.encode(encoding)}), "b.xlsx")
    assert package.parts[SHEET] == said.replace(encoding, "UTF-8").encode()
    assert parts(package.to_bytes())[SHEET] == package.parts[SHEET]
    SheetPatch(package, SHEET, [])


def test_edits_leave_quotes_spaces_and_comments_alone() -> None:
    data = b"<a x = '1>'  y=\"2\" ><!-- <b/> --><b\n/><c></c ></a >"
    root, edits = outline(data), Edits(data)
    edits.set(root, "y", '3"')
    edits.append(root.children[0], "<d/>")
    edits.set(root.children[0], "z", 1)
    edits.append(root.children[1], "<e/>")
    edits.place(root, ("b", "m", "c"), "m", "<m/>")
    assert edits.result() == (b'<a x = \'1>\'  y="3&quot;" ><!-- <b/> --><b z="1"><d/></b><m/><c><e/></c ></a >')
    assert with_attribute(b"<x:c r='A1' xs=\"9\"/>", "s", "4") == b'<x:c r=\'A1\' xs="9" s="4"/>'


def test_text_holds_what_a_cell_can() -> None:
    assert text("a\x00\x1b\ud800\ufffeb\r\nc") == "ab\nc"
    assert text("<&>_x000D_") == "&lt;&amp;&gt;_x005F_x000D_"
    long = text("𠮷" * 40_000)
    assert len(long.encode("utf-16-le")) // 2 <= 32_767
    assert long.endswith("𠮷…")


def test_cells_are_found_and_put_in_however_the_sheet_is_written() -> None:
    def sheet(data: str, tail: str = "") -> str:
        return f'<worksheet xmlns="{MAIN}">{data}{tail}</worksheet>'

    assert patched(
        sheet("<sheetData><row><c/></row><row r='2'><c r='B2' t='s' s='0'><v>0</v></c></row></sheetData>"), (1, 1)
    ) == sheet("<sheetData><row><c/></row><row r='2'><c r='B2' t='s' s=\"0\"><v>0</v></c></row></sheetData>")
    # Without r the cells and rows are counted.
    assert patched(sheet("<sheetData><row/><row><c/><c><v>5</v></c></row></sheetData>"), (1, 1)) == sheet(
        '<sheetData><row/><row><c/><c s="0"><v>5</v></c></row></sheetData>'
    )
    assert patched(
        sheet('<sheetData><row r="3" spans="2:2"><c r="B3"/></row></sheetData>'), (2, 0), (2, 2), (0, 0), (8, 0)
    ) == sheet(
        '<sheetData><row r="1"><c r="A1" s="0"/></row><row r="3" spans="1:3"><c r="A3" s="0"/><c r="B3"/><c r="C3" s="0"/></row>'
        '<row r="9"><c r="A9" s="0"/></row></sheetData>'
    )
    assert patched(sheet("<sheetData />"), (1, 1)) == sheet('<sheetData><row r="2"><c r="B2" s="0"/></row></sheetData>')
    assert patched(sheet('<dimension ref="B2"/><sheetData><row r="2"/></sheetData>'), (1, 3), (4, 1)) == sheet(
        '<dimension ref="B2:D5"/><sheetData><row r="2"><c r="D2" s="0"/></row><row r="5"><c r="B5" s="0"/></row></sheetData>'
    )
    merged = '<mergeCells count="1"><mergeCell ref="B2:C3"/></mergeCells>'
    assert '<c r="B2" s="0"/>' in patched(sheet('<sheetData><row r="2"><c r="B2"/></row></sheetData>', merged), (2, 2))
    prefixed = f"<x:worksheet xmlns:x='{MAIN}'><x:sheetData/></x:worksheet>"
    assert '<x:sheetData><x:row r="1"><x:c r="A1" s="0"/></x:row></x:sheetData>' in patched(prefixed, (0, 0))


def test_a_cell_that_is_not_stored_has_its_rows_or_its_columns_format() -> None:
    sheet = (
        f'<worksheet xmlns="{MAIN}"><cols><col min="2" max="3" width="9" style="4"/></cols>'
        '<sheetData><row r="2" s="5" customFormat="1"/><row r="3" s="6"><c r="A3" s="7"/></row></sheetData></worksheet>'
    )
    patch = SheetPatch(Package(small(sheet), "b.xlsx"), SHEET, [(1, 1), (2, 0), (2, 1), (8, 0)])
    assert [patch.style(cell) for cell in [(1, 1), (2, 0), (2, 1), (8, 0)]] == [5, 7, 4, 0]


STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.0&quot;件&quot;"/></numFmts>'
    '<fonts count="1"><font/></fonts><fills count="2"><fill/><fill/></fills><borders count="1"><border/></borders>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164" fontId="0" fillId=\'1\' borderId="0" applyProtection="1">'
    '<alignment wrapText="1"/><protection locked="0"/></xf></cellXfs><extLst/></styleSheet>'
)


def test_a_format_is_cloned_with_another_fill_and_nothing_is_renumbered() -> None:
    package = Package(small("<worksheet/>", STYLES), "b.xlsx")
    styles = Styles(package)
    fill = styles.fill("FF0000")
    assert (fill, styles.fill("FF0000"), styles.fill("00FF00")) == (2, 2, 3)
    assert (styles.filled(1, fill), styles.filled(1, fill), styles.filled(99, fill)) == (2, 2, 3)
    styles.save()
    made = package.parts["xl/styles.xml"].decode()
    assert (
        '<xf numFmtId="164" fontId="0" fillId="2" borderId="0" applyProtection="1" applyFill="1">'
        '<alignment wrapText="1"/><protection locked="0"/></xf>' in made
    )
    assert '<fills count="4"><fill/><fill/>' in made
    assert '<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="164" fontId="0" fillId=\'1\'' in made


def test_a_workbook_without_styles_gets_some() -> None:
    package = Package(small(f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'), "b.xlsx")
    styles = Styles(package)
    assert styles.filled(0, styles.fill("FF0000")) == 1
    assert styles.format(f'numFmtId="0" fontId="{styles.font("<{0}b/>")}" fillId="0" borderId="{styles.border("000000")}"') == 2
    styles.save()
    audit(package.to_bytes())


def test_too_many_formats_are_said_in_words() -> None:
    full = STYLES.replace('<xf numFmtId="0"/>', "<xf/>" * (MAX_FORMATS - 1)).replace(' count="2"', "")
    styles = Styles(Package(small("<worksheet/>", full), "b.xlsx"))
    with pytest.raises(BookError) as bad:
        styles.filled(0, styles.fill("FF0000"))
    assert bad.value.problems[0].code == "too-many-styles"


def annotated_sheet(tail: str = "", cells: int = 1, **more: str | bytes) -> Package:
    """A sheet with a comment on each of its first cells."""
    sheet = f'<worksheet xmlns="{MAIN}" xmlns:q="{OFFICE}"><sheetData/>{tail}</worksheet>'
    package = Package(small(sheet, **more), "b.xlsx")
    patch = SheetPatch(package, SHEET, [(0, col) for col in range(cells)])
    notes.add(patch, {(0, col): notes.Note("誤り F01", "本文\n→ 対処") for col in range(cells)}, "kgisheet")
    patch.save()
    return package


def test_a_comments_drawing_stands_where_the_sequence_wants_it() -> None:
    alternate = '<mc:AlternateContent xmlns:mc="m"><mc:Choice Requires="x14"><controls/></mc:Choice></mc:AlternateContent>'
    for tail, expected in [
        ("", '<sheetData/><legacyDrawing q:id="rId2"/></worksheet>'),
        (
            "<pageMargins/><drawing q:id='d'/><tableParts/><extLst/>",
            "<drawing q:id='d'/><legacyDrawing q:id=\"rId2\"/><tableParts/>",
        ),
        (f"<pageMargins/>{alternate}<extLst/>", f'<pageMargins/><legacyDrawing q:id="rId2"/>{alternate}'),
        (
            "<conditionalFormatting/><unknown/><extLst/>",
            '<conditionalFormatting/><legacyDrawing q:id="rId2"/><unknown/><extLst/>',
        ),
    ]:
        assert expected in annotated_sheet(tail).parts[SHEET].decode()


def test_a_cell_with_a_threaded_comment_is_left_alone() -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" '
        'Target="../threadedComments/threadedComment1.xml"/></Relationships>'
    )
    package = annotated_sheet(
        cells=2,
        **{
            "xl/worksheets/_rels/sheet1.xml.rels": rels,
            "xl/threadedComments/threadedComment1.xml": '<ThreadedComments xmlns="t"><threadedComment ref="A1"/></ThreadedComments>',
        },
    )
    comments = package.parts["xl/comments1.xml"].decode()
    assert 'ref="B1"' in comments
    assert 'ref="A1"' not in comments


def test_a_drawing_that_is_no_xml_is_left_alone() -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/vmlDrawing" Target="../drawings/old.vml"/></Relationships>'
    )
    package = annotated_sheet(
        '<legacyDrawing q:id="rId1"/>',
        **{"xl/worksheets/_rels/sheet1.xml.rels": rels, "xl/drawings/old.vml": "<xml><div>a<br>b</div></xml>"},
    )
    assert "xl/comments1.xml" not in package.parts
    assert package.parts["xl/drawings/old.vml"] == b"<xml><div>a<br>b</div></xml>"


def test_a_sheet_is_added_behind_the_others_under_a_free_title() -> None:
    package = Package(book(), "b.xlsx")
    before = package.to_bytes()
    count = len(tabs.tabs(package))
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'.encode()
    for title in ("検査結果", "検査結果 (2)"):
        assert tabs.free_title(package, "検査結果") == title
        tabs.append(package, title, sheet, {"_xlnm.Print_Titles": "$4:$4"})
    assert len(tabs.free_title(package, "x" * 40)) == 31
    assert [tab.title for tab in tabs.tabs(package)][count:] == ["検査結果", "検査結果 (2)"]
    assert f"localSheetId=\"{count}\">'検査結果'!$4:$4</definedName>" in package.parts["xl/workbook.xml"].decode()
    new, other, gone = changed(before, package.to_bytes())
    assert (len(new), gone) == (2, set())
    assert other == {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
    audit(package.to_bytes())

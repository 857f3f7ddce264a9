"""Cells found by their bytes are those that a parser finds; where the bytes don't tell, the parser is asked."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import Any

import pytest
from conftest import page_and_months

from kgisheet.xlsx.patch import foundcells, literal, markup, sheetpatch
from kgisheet.xlsx.patch.content import Content
from kgisheet.xlsx.patch.foundcells import Found
from kgisheet.xlsx.patch.markup import Node, outline
from kgisheet.xlsx.patch.package import Package
from kgisheet.xlsx.patch.sheetpatch import SheetPatch
from kgisheet.xlsx.patch.tabs import tabs
from kgisheet.xlsx.read.reader import read
from kgisheet.xlsx.read.xml import XmlError

WANTED = {(row, col) for row in range(12) for col in range(0, 9, 2)} | {(900, 3)}


def sheet(rows: str, prefix: str = "") -> bytes:
    return f'<{prefix}worksheet><{prefix}cols><{prefix}col min="1"/></{prefix}cols><{prefix}sheetData>{rows}</{prefix}sheetData><{prefix}mergeCells/></{prefix}worksheet>'.encode()


PLAIN = {
    "values": '<row r="1" ht="20"><c r="A1" s="3" t="s"><v>0</v></c><c r="C1"><f>B1*2</f><v>4</v></c></row><row r="3"/>',
    "rich text": '<row r="2"><c r="A2" t="inlineStr"><is><r><t>a</t></r><r><t xml:space="preserve"> b</t></r></is></c></row>',
    "no addresses": "<row><c><v>1</v></c><c><v>2</v></c><c/></row><row><c/><c/><c><v>3</v></c></row>",
    "single quotes, a > in a value, spaces": "<row r='1' x='a>b' ><c r='A1' ><f a='>'>1</f ><v/></c ></row >",
    "no row": "",
    "a row that ends at once": '<row r="1" /><row r="5"><c r="C5" /></row>',
}
UNCLEAR = {
    "a comment": '<row r="1"><!-- <c r="A1"/> --><c r="C1"/></row>',
    "CDATA": '<row r="1"><c r="A1"><f><![CDATA[<c r="C1"/>]]></f></c></row>',
    "a shared formula": '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1</f></c></row><row r="2"><c r="A2"><f si="0" t="shared"/></c></row>',
    "an extension in a row": '<row r="1"><c r="A1"><v>1</v><extLst><c r="C1"/></extLst></c><c r="E1"/></row>',
    "an entity in an attribute": '<row r="1"><c r="&#65;1"><v>1</v></c></row>',
    "a line break in an attribute": '<row r="1"><c r="A1" x="a\nb"><v>1</v></c></row>',
    "text between the elements": '<row r="1"><c r="A1"> <v>1</v> </c></row>',
}


def told(node: Node) -> Any:
    place = node.start, node.inner, node.inner_end, node.end
    return node.tag, sorted(node.attributes.items()), place, [told(each) for each in node.children]


def both(
    data: bytes, monkeypatch: pytest.MonkeyPatch, wanted: Collection[tuple[int, int]] = WANTED
) -> tuple[list[Any], list[Any], bool]:
    """What is found, the same by the parser alone, and whether the parser was asked the first time."""
    ways, asked = [], 0
    scan = markup.scan

    def counted(*given: Any) -> None:
        nonlocal asked
        asked += 1
        scan(*given)

    monkeypatch.setattr(foundcells, "scan", counted)
    for _ in range(2):
        root = outline(data, 2, ("sheetData",))
        sheet_data = root.first("sheetData")
        assert sheet_data is not None
        found = Found(data, sheet_data, wanted)
        stored = {cell: node for cell in wanted if (node := found.cell(cell)) is not None}
        assert all((cell in found) == (cell in stored) for cell in wanted)
        parts = {row: told(node) for row, node in found.rows.items()}, {cell: told(node) for cell, node in stored.items()}
        before = {cell: at for cell, at in found.cell_before.items() if cell not in found}
        ways.append([told(root), *parts, found.row_before, before, found.heights])
        monkeypatch.setattr(markup, "inside", lambda *_: None)
        monkeypatch.setattr(foundcells, "inside", lambda *_: None)
    return ways[0], ways[1], asked == 2


@pytest.mark.parametrize("prefix", ["", "x:"])
@pytest.mark.parametrize("rows", PLAIN.values(), ids=PLAIN)
def test_by_bytes_as_by_the_parser(rows: str, prefix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("row", "c", "f", "v", "is", "r", "t"):
        rows = rows.replace(f"<{name}>", f"<{prefix}{name}>").replace(f"</{name}", f"</{prefix}{name}")
        rows = rows.replace(f"<{name} ", f"<{prefix}{name} ").replace(f"<{name}/", f"<{prefix}{name}/")
    by_bytes, by_parser, parser_was_asked = both(sheet(rows, prefix), monkeypatch)
    assert by_bytes == by_parser
    assert not parser_was_asked
    assert bool(by_bytes[1]) == bool(rows)  # its rows are among the wanted ones


@pytest.mark.parametrize("rows", UNCLEAR.values(), ids=UNCLEAR)
def test_the_parser_is_asked_where_bytes_do_not_tell(rows: str, monkeypatch: pytest.MonkeyPatch) -> None:
    by_bytes, by_parser, parser_was_asked = both(sheet(rows), monkeypatch)
    assert by_bytes == by_parser
    assert parser_was_asked


def test_every_sheet_of_a_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    package = Package(page_and_months(), "book.xlsx")
    for part in [each for each in package.parts if each.startswith("xl/worksheets/sheet")]:
        with monkeypatch.context() as patched:
            by_bytes, by_parser, parser_was_asked = both(package.parts[part], patched)
        assert by_bytes == by_parser
        assert not parser_was_asked


def test_cells_that_are_all_there_are_found_by_their_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    package = Package(page_and_months(), "book.xlsx")
    for part in [each for each in package.parts if each.startswith("xl/worksheets/sheet")]:
        with monkeypatch.context() as patched:
            there = both(package.parts[part], patched)[0][2]
        with monkeypatch.context() as patched:
            by_bytes, by_parser, parser_was_asked = both(package.parts[part], patched, there)
        assert by_bytes == by_parser
        assert not parser_was_asked


CONTENTS = [
    Content(Fraction(3)),
    Content("a < b"),
    Content(None),
    Content(True),
    Content(Fraction(1, 4), "A1*2"),
    Content("", "B2"),
]


def test_a_plain_cell_is_written_as_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """In one piece, where else its start tag is changed and its content taken out: the same bytes, and a result by itself, too."""
    book = page_and_months()
    there = [(where[1:], cell.formula) for where, cell in read(book, "book.xlsx").cells.items() if where[0] == "月次予実"]
    formulas = [cell for cell, formula in there if formula]
    texts = [cell for cell, formula in there if not formula]
    ways = []
    for in_one_piece in (True, False):
        with monkeypatch.context() as patched:
            if not in_one_piece:
                patched.setattr(foundcells, "plain_cell", lambda *_: None)
            package = Package(book, "book.xlsx")
            part = next(tab.part for tab in tabs(package) if tab.title == "月次予実")
            assert part is not None
            patch = SheetPatch(package, part, [*formulas, *texts])
            assert bool(patch.found.plain) == in_one_piece
            for number, cell in enumerate((*formulas[::2], *texts)):
                patch.set_content(cell, CONTENTS[number % len(CONTENTS)])
            for number, cell in enumerate(formulas[1::2]):
                patch.cached(cell, ["", "text", number][number % 3])
            patch.save()
            ways.append(package.parts[part])
    assert ways[0] == ways[1]
    assert ways[0] != Package(book, "book.xlsx").parts[part]


def outlined(data: bytes, by_parser: bool, monkeypatch: pytest.MonkeyPatch) -> Any:
    with monkeypatch.context() as patched:
        if by_parser:
            patched.setattr(literal, "inside", lambda *_: None)
        return told(sheetpatch.worksheet(data))


AROUND = {
    "as it is written": '<worksheet a="b"><cols><col min="1"/></cols>{}<mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>',
    "with a head, in another prefix": '<?xml version="1.0" encoding="utf-8"?>\n<x:worksheet xmlns:x="m"><x:dimension ref="A1"></x:dimension>{}</x:worksheet>',
    "an end tag with a space": "<worksheet><cols ><col/></cols >{}<pageSetup /></worksheet>",
    "one of its kind within": '<worksheet>{}<extLst><ext><extLst xmlns="y"/></ext></extLst><mergeCells/></worksheet>',
    "text between the children": "<worksheet> <cols/>\n{}<mergeCells/></worksheet>",
    "text in one": "<worksheet>{}<headerFooter><oddFooter>&amp;P</oddFooter></headerFooter></worksheet>",
    "an entity in an attribute": '<worksheet>{}<mergeCells><mergeCell ref="&#65;1:B2"/></mergeCells></worksheet>',
    "a comment": "<worksheet><!-- <cols/> -->{}<mergeCells/></worksheet>",
}


@pytest.mark.parametrize("around", AROUND.values(), ids=AROUND)
def test_a_worksheets_outline_by_bytes_as_by_the_parser(around: str, monkeypatch: pytest.MonkeyPatch) -> None:
    prefix = "x:" if "x:" in around else ""
    data = around.format(f'<{prefix}sheetData><{prefix}row r="1"/></{prefix}sheetData>').encode()
    assert outlined(data, False, monkeypatch) == outlined(data, True, monkeypatch)


def test_the_outline_of_every_sheet_of_a_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = Package(page_and_months(), "book.xlsx").parts
    for part in [each for each in parts if each.startswith("xl/worksheets/sheet")]:
        tag, own, place, found = outlined(parts[part], False, monkeypatch)
        *whole, children = outlined(parts[part], True, monkeypatch)
        assert [tag, own, place] == whole
        places = [(tag, place) for tag, _, place, _ in found]
        assert places == [(tag, place) for tag, _, place, _ in children]
        for one, other in zip(found, children, strict=True):
            assert one == other or (one[0].encode() in sheetpatch._SHALLOW and not one[1] and not one[3])


@pytest.mark.parametrize("encoding", ["shift_jis", "utf-16"])
def test_another_encoding_is_refused(encoding: str) -> None:
    data = f'<?xml version="1.0" encoding="{encoding}"?><worksheet><sheetData/></worksheet>'.encode(encoding)
    with pytest.raises(XmlError, match="not UTF-8"):
        sheetpatch.worksheet(data)


def test_a_sheet_that_is_not_well_formed_is_refused() -> None:
    with pytest.raises(XmlError, match="tags don't match"):
        sheetpatch.worksheet(b"<worksheet><sheetData/><cols></worksheet>")
    with pytest.raises(XmlError, match="tags don't match"):
        outline(sheet('<row r="1"><c r="A1"><v>1</c></row>'), 2, ("sheetData",))

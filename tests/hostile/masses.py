"""Workbooks with masses of what a workbook may have: cells, sheets, styles, texts, areas, names; and long or far things."""

from __future__ import annotations

import random
import re
import zipfile

from . import books, marked
from .books import packed
from .kinds import READ, REFUSED, kind
from .packages import parts

END = b"</sheetData>"
SHEET = "xl/worksheets/sheet1.xml"


def with_part(name: str, old: bytes, new: bytes) -> bytes:
    found = parts()
    assert old in found[name], (name, old)
    return packed({**found, name: found[name].replace(old, new, 1)}, zipfile.ZIP_DEFLATED)


def rows(xml: bytes) -> bytes:
    return with_part(SHEET, END, xml + END)


def with_text(xml: bytes) -> bytes:
    """One more cell, with this text."""
    return rows(b'<row r="900"><c r="A900" t="inlineStr"><is><t>' + xml + b"</t></is></c></row>")


def behind(xml: bytes) -> bytes:
    """Something behind the cells of the first sheet."""
    return with_part(SHEET, END, END + xml)


def cells(count: int, first: int = 1000, width: int = 100, content: bytes = b"<v>1</v>", attributes: bytes = b"") -> bytes:
    out = []
    for at in range(0, count, width):
        row = first + at // width
        out.append(b'<row r="%d">' % row + b"".join(b"<c%s>%s</c>" % (attributes, content) for _ in range(min(width, count - at))) + b"</row>")  # fmt: skip
    return b"".join(out)


def sheets(contents: list[bytes], times: int = 1) -> bytes:
    """A workbook with more sheets, each content a part; with ``times`` each part is so many sheets."""
    found = dict(parts())
    listed, related = b"", b""
    for at, content in enumerate(contents):
        found[f"xl/worksheets/more{at}.xml"] = content
        related += b'<Relationship Id="m%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/more%d.xml"/>' % (at, at)  # fmt: skip
        for again in range(times):
            listed += b'<sheet name="m%d-%d" sheetId="%d" r:id="m%d"/>' % (at, again, 1000 + at * times + again, at)
    found["xl/workbook.xml"] = found["xl/workbook.xml"].replace(b"</sheets>", listed + b"</sheets>")
    rels = "xl/_rels/workbook.xml.rels"
    found[rels] = found[rels].replace(b"</Relationships>", related + b"</Relationships>")
    return packed(found)


def sheet(content: bytes) -> bytes:
    return (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + content
        + END
        + b"</worksheet>"
    )


# -- cells ------------------------------------------------------------------------------------


@kind("190,000 more cells on a sheet", *READ)
def many() -> bytes:
    return rows(cells(190_000))


@kind("20,000 copies of a shared formula of 7,000 characters", *REFUSED)
def long_copies() -> bytes:
    formula = "+".join(f"A{n}" for n in range(1, 1500)).encode()
    first = b'<row r="2000"><c r="A2000"><f t="shared" ref="A2000:A21999" si="9">%s</f><v>1</v></c></row>' % formula
    return rows(first + cells(19_999, 2001, 1, b'<f t="shared" si="9"/><v>1</v>'))


@kind("300,000 cells on a sheet", *REFUSED)
def too_many() -> bytes:
    return rows(cells(300_000))


@kind("12 sheets with 180,000 cells each", *REFUSED)
def twelve() -> bytes:
    return sheets([sheet(cells(180_000, 1))] * 12)


@kind("4 million empty cells with a style", *REFUSED)
def styled() -> bytes:
    return rows(cells(4_000_000, width=16_000, content=b"", attributes=b' s="1"'))


@kind("900,000 empty rows", *REFUSED, *READ)
def empty_rows() -> bytes:
    return rows(b"<row/>" * 900_000)


@kind("60,000 sheets on one part", *REFUSED)
def one_part() -> bytes:
    return sheets([sheet(cells(10, 1))], 60_000)


@kind("one part of 9,000 cells as 200 sheets", *REFUSED)
def two_hundred() -> bytes:
    return sheets([sheet(cells(9000, 1))], 200)


@kind("1,500 sheets", *REFUSED, *READ)
def many_sheets() -> bytes:
    return sheets([sheet(cells(10, 1))] * 1500)


@kind("a cell at XFD1048576", *READ)
def far() -> bytes:
    return rows(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


@kind("a row numbered 10^4000", *REFUSED)
def far_row() -> bytes:
    return rows(b'<row r="1' + b"0" * 4000 + b'"><c r="A1"><v>1</v></c></row>')


@kind("a row numbered -5", *REFUSED)
def negative_row() -> bytes:
    return rows(b'<row r="-5"><c><v>1</v></c></row>')


# -- around the cells ---------------------------------------------------------------------------


@kind("300,000 merged areas", *REFUSED, *READ)
def merges() -> bytes:
    return behind(b"<mergeCells>" + b"".join(b'<mergeCell ref="A%d:XFD%d"/>' % (n, n + 1) for n in range(100, 300_100)) + b"</mergeCells>")  # fmt: skip


@kind("100,000 merged areas beside one another", *REFUSED, *READ)
def small_merges() -> bytes:
    return behind(b"<mergeCells>" + b"".join(b'<mergeCell ref="A%d:C%d"/><mergeCell ref="D%d:F%d"/>' % (n, n, n, n) for n in range(100, 50_100)) + b"</mergeCells>")  # fmt: skip


@kind("20,000 overlapping merged areas and 100,000 cells", *REFUSED, *READ)
def overlapping() -> bytes:
    merges = b"".join(b'<mergeCell ref="A%d:%s1048576"/>' % (n, b"XFD") for n in range(100, 20_100))
    found = parts()[SHEET].replace(END, cells(100_000) + END + b"<mergeCells>" + merges + b"</mergeCells>")
    return packed({**parts(), SHEET: found})


@kind("200,000 hyperlinks", *REFUSED, *READ)
def links() -> bytes:
    return behind(b"<hyperlinks>" + b"".join(b'<hyperlink ref="A%d" location="x!A1"/>' % n for n in range(1, 200_001)) + b"</hyperlinks>")  # fmt: skip


@kind("100,000 validations", *REFUSED, *READ)
def validations() -> bytes:
    one = b'<dataValidation type="whole" sqref="A1:XFD1048576"><formula1>1</formula1><formula2>2</formula2></dataValidation>'
    return behind(b"<dataValidations>" + one * 100_000 + b"</dataValidations>")


@kind("a validation with 1,000,000 areas", *REFUSED, *READ)
def areas() -> bytes:
    said = b" ".join(b"A%d:B%d" % (n, n + 1) for n in range(1, 1_000_001))
    return behind(b'<dataValidations><dataValidation type="whole" sqref="' + said + b'"><formula1>1</formula1></dataValidation></dataValidations>')  # fmt: skip


@kind("100,000 conditional formats", *REFUSED, *READ)
def conditionals() -> bytes:
    one = b'<conditionalFormatting sqref="A1:XFD1048576"><cfRule type="expression" dxfId="0" priority="1"><formula>A1&lt;&gt;B1</formula></cfRule></conditionalFormatting>'  # fmt: skip
    return behind(one * 100_000)


@kind("columns said hidden 500,000 times", *REFUSED, *READ)
def columns() -> bytes:
    return behind(b"<cols>" + b"".join(b'<col min="%d" max="16384" hidden="1"/>' % (n % 16_384 + 1) for n in range(500_000)) + b"</cols>")  # fmt: skip


@kind("100,000 defined names", *REFUSED, *READ)
def names() -> bytes:
    more = b"".join(b'<definedName name="n%d">Sheet!$A$1</definedName>' % n for n in range(100_000))
    return with_part("xl/workbook.xml", b"</definedNames>", more + b"</definedNames>")


@kind("a name over a text of 10 MB", *REFUSED, *READ)
def long_name() -> bytes:
    return with_part("xl/workbook.xml", b"</definedNames>", b'<definedName name="n">' + b"'" * 5_000_000 + b"!$A$1:" * 800_000 + b"</definedName></definedNames>")  # fmt: skip


@kind("200,000 cell formats", *REFUSED, *READ)
def formats() -> bytes:
    found = parts()["xl/styles.xml"]
    return packed({**parts(), "xl/styles.xml": re.sub(rb"</cellXfs>", b'<xf numFmtId="0"/>' * 200_000 + b"</cellXfs>", found)})


@kind("200,000 fonts and fills", *REFUSED, *READ)
def fonts() -> bytes:
    found = parts()["xl/styles.xml"]
    return packed({**parts(), "xl/styles.xml": found.replace(b"</fonts>", b'<font><color rgb="FFFFFFFF"/></font>' * 200_000 + b"</fonts>")})  # fmt: skip


def format_code(code: str) -> bytes:
    """All cells of the workbook in this format."""
    found = parts()["xl/styles.xml"].decode()
    quoted = code.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    listed = f'<numFmts count="1"><numFmt numFmtId="777" formatCode="{quoted}"/></numFmts>'
    found = re.sub(r"<numFmts.*?</numFmts>", "", found)
    head, middle, tail = re.split(r"(<cellXfs.*?</cellXfs>)", found, maxsplit=1)
    middle = re.sub(r'numFmtId="\d+"', 'numFmtId="777"', middle)
    return packed({**parts(), "xl/styles.xml": (head.replace("<fonts", f"{listed}<fonts", 1) + middle + tail).encode()})


CODES = {
    "200,000 [": "[" * 200_000,
    '200,000 "': '"' * 200_001,
    "200,000 \\": "\\" * 200_001,
    "200,000 0,": "0," * 200_000 + "x",
    "200,000 ,": "0" + "," * 200_000 + "x",
    "200,000 ;": ";" * 200_000,
    "200,000 [h": "[h" * 200_000,
    "200,000 g": "g" * 200_000,
    "200,000 0 and blanks": "0" + " " * 200_000 + "x",
    "100,000 _": '_"' * 100_000 + "[",
}
for _name, _code in CODES.items():

    @kind(f"a format code of {_name}", *REFUSED, *READ)
    def coded(code: str = _code) -> bytes:
        return format_code(code)


# -- texts ------------------------------------------------------------------------------------------


@kind("2 million shared texts", *REFUSED)
def texts() -> bytes:
    return with_part("xl/sharedStrings.xml", b"</sst>", b"".join(b"<si><t>%d</t></si>" % n for n in range(2_000_000)) + b"</sst>")  # fmt: skip


@kind("a shared text of 800,000 runs", *REFUSED, *READ)
def runs() -> bytes:
    return with_part("xl/sharedStrings.xml", b"</sst>", b"<si>" + b"".join(b"<r><t>%d</t></r>" % (n % 7) for n in range(800_000)) + b"</si></sst>")  # fmt: skip


@kind("a text of 32,767 letters in 100,000 cells", *REFUSED)
def long_texts() -> bytes:
    found = dict(parts())
    many = found["xl/sharedStrings.xml"].count(b"<si>")
    found["xl/sharedStrings.xml"] = found["xl/sharedStrings.xml"].replace(b"</sst>", b"<si><t>" + b"ab" * 16_380 + b"</t></si></sst>")  # fmt: skip
    found[SHEET] = found[SHEET].replace(END, cells(100_000, content=b"<v>%d</v>" % many, attributes=b' t="s"') + END)
    return packed(found)


@kind("a text of 20 MB", *REFUSED, *READ)
def long_text() -> bytes:
    return with_text(b"0123456789" * 2_000_000)


@kind("a text of 5 MB of escapes", *REFUSED, *READ)
def escapes() -> bytes:
    return with_text(b"_x000" * 1_000_000)


@kind("a number of 5 million digits", *REFUSED, *READ)
def digits() -> bytes:
    return rows(b'<row r="900"><c r="A900"><v>' + b"9" * 5_000_000 + b"</v></c></row>")


@kind("an index of 5 million digits", *REFUSED, *READ)
def index() -> bytes:
    return rows(b'<row r="900"><c r="A900" t="s" s="' + b"1" * 5_000_000 + b'"><v>' + b"9" * 5_000_000 + b"</v></c></row>")


@kind("a formula of 5 MB", *REFUSED, *READ)
def formula() -> bytes:
    return rows(b'<row r="900"><c r="A900"><f>' + b"A1+" * 1_600_000 + b"1</f><v>1</v></c></row>")


# -- markup -------------------------------------------------------------------------------------------


@kind("100,000 nested tags", *REFUSED)
def nested() -> bytes:
    return rows(b"<x>" * 100_000 + b"</x>" * 100_000)


@kind("a tag without end", *REFUSED)
def endless() -> bytes:
    return rows(b"<x " + b"a" * 30_000_000)


@kind("an attribute of 30 MB", *REFUSED, *READ)
def attribute() -> bytes:
    return rows(b'<row r="900" x="' + b"abcdefghij" * 3_000_000 + b'"/>')


@kind("3 million attributes", *REFUSED)
def attributes() -> bytes:
    return rows(b'<row r="900"' + b"".join(b' a%d=""' % n for n in range(3_000_000)) + b"/>")


@kind("10 million tags", *REFUSED)
def tags() -> bytes:
    return rows(b"<a/><b/>" * 5_000_000)


@kind("a comment of 40 MB", *REFUSED, *READ)
def comment() -> bytes:
    return rows(b"<!--" + b"0123456789" * 4_000_000 + b"-->")


@kind("20 MB of character references", *REFUSED, *READ)
def references() -> bytes:
    return with_text(b"&#65;" * 4_000_000)


@kind("1,000 drawings and comments of 50 KB", *REFUSED, *READ)
def drawings() -> bytes:
    body = b"<wsDr>" + b"<a/>" * 12_000 + b"</wsDr>"
    return packed({**parts(), **{f"xl/drawings/drawing{n}.xml": body for n in range(1000)}})


@kind("a relation for every part 100,000 times", *REFUSED, *READ)
def relations() -> bytes:
    more = b"".join(b'<Relationship Id="x%d" Type="a/b" Target="../../../../x%d"/>' % (n, n) for n in range(100_000))
    return with_part("xl/_rels/workbook.xml.rels", b"</Relationships>", more + b"</Relationships>")


LABELS = (("受注数", 3), ("受注率", 0.3), ("商談数", 10), ("アポ率", 0.25), ("リード数", 40))
GOALS = books.rows(cell for at, (label, value) in enumerate(LABELS, 1) for cell in ((f"A{at}", label), (f"B{at}", value)))
"""The rows of a goal sheet in which every figure agrees."""


@kind("by labels: 190,000 figures", *REFUSED, *READ)
def by_labels() -> bytes:
    return marked.packed(GOALS + cells(190_000, 100).decode())


@kind("by labels: 5,000 labels", *REFUSED, *READ)
def labelled() -> bytes:
    row = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>受注数</t></is></c><c r="B{0}"><v>{0}</v></c></row>'
    return marked.packed("".join(row.format(at) for at in range(1, 5001)))


@kind("by labels: 270 texts of 32,000 letters alike", *REFUSED, *READ)
def alike() -> bytes:
    """Texts on which patterns are tried in vain, in every cell beside a goal sheet's."""
    rows = [GOALS]
    for at, letter in enumerate(" 01(（,は百一.'年月率件%ー/￥-" * 10, 10):
        rows.append(f"<!--{random.Random(at).randbytes(400).hex()}-->")  # noqa: S311  # or it would be refused: compressed too well
        rows.append(
            f'<row r="{at}"><c r="A{at}" t="inlineStr"><is><t xml:space="preserve">{letter * 32_000}</t></is></c></row>'
        )
    return marked.packed("".join(rows))


@kind("a shared formula of 30,000 quotes in 900 cells", *REFUSED, *READ)
def quoted() -> bytes:
    text = "'" * 30_001
    first = f'<row r="900"><c r="A900"><f t="shared" si="0" ref="A900:A1800">{text}</f><v>1</v></c></row>'
    return rows((first + "".join(f'<row r="{at}"><c r="A{at}"><f t="shared" si="0"/><v>1</v></c></row>' for at in range(901, 1800))).encode())  # fmt: skip

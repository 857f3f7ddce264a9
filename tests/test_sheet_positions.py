"""Sheets put among others: what is written by their positions follows them."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from defusedxml.ElementTree import fromstring
from package_audit import audit, parts
from test_package import zipped

from kgisheet.xlsx.patch import definednames, tabs, titles
from kgisheet.xlsx.patch.definednames import Name
from kgisheet.xlsx.patch.package import Package


@pytest.mark.parametrize(
    "name",
    [
        '<definedName name="n" localSheetId="1">S!$A$1</definedName>',
        "<definedName name='n' localSheetId='1'>S!$A$1</definedName>",
        '<definedName comment=\' localSheetId="1"\' name="n" localSheetId="1">S!$A$1</definedName>',
        '<definedName localSheetId = "1"\nname="n">S!$A$1</definedName>',
        '<!-- localSheetId="7" --><definedName name="n" localSheetId="1">S!$A$1</definedName>',
        '<definedName name="n" localSheetId="1">" localSheetId=""1"""</definedName>',
    ],
)
def test_names_of_sheets_follow_them_however_they_are_written(name: str) -> None:
    """A sheet in front of all: the second one's name is the third one's, and the new sheet gets its own."""
    files = parts(two_sheets())
    book_part = files["xl/workbook.xml"].replace(b"</sheets>", f"</sheets><definedNames>{name}</definedNames>".encode())
    package = Package(zipped({**files, "xl/workbook.xml": book_part}), "b.xlsx")
    before = definednames.names(package)
    tabs.insert(package, [tabs.New("新", files["xl/worksheets/sheet1.xml"], 0)])
    definednames.put(package, [Name("n", "'新'!$A$1", 0)])
    audit(package.to_bytes())
    assert definednames.names(package) == [each._replace(sheet=2) for each in before] + [Name("n", "'新'!$A$1", 0)]
    assert b"comment=' localSheetId=\"1\"'" in package.parts["xl/workbook.xml"] or "comment" not in name


def two_sheets() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        workbook.add_worksheet("T")
        workbook.add_worksheet("S")
    return out.getvalue()


LISTED = {
    "as Excel writes it": '<vt:vector size="3" baseType="lpstr"><vt:lpstr>T</vt:lpstr><vt:lpstr>S &amp; more</vt:lpstr><vt:lpstr>n</vt:lpstr></vt:vector>',
    "no names behind the titles": '<vt:vector size="2" baseType="lpstr"><vt:lpstr>T</vt:lpstr><vt:lpstr>S &amp; more</vt:lpstr></vt:vector>',
    "single quotes": "<vt:vector size='3'><vt:lpstr>T</vt:lpstr><vt:lpstr>S &amp; more</vt:lpstr><vt:lpstr>n</vt:lpstr></vt:vector>",
    "a line for each": '<vt:vector size="3">\n<vt:lpstr>T</vt:lpstr>\n<vt:lpstr>S &amp; more</vt:lpstr>\n<vt:lpstr>n</vt:lpstr>\n</vt:vector>',
    "CDATA": '<vt:vector size="3"><vt:lpstr>T</vt:lpstr><vt:lpstr><![CDATA[S & more]]></vt:lpstr><vt:lpstr>n</vt:lpstr></vt:vector>',
    "a comment": '<vt:vector size="3"><vt:lpstr>T</vt:lpstr><!-- <vt:lpstr>R</vt:lpstr> --><vt:lpstr>S &amp; more</vt:lpstr><vt:lpstr>n</vt:lpstr></vt:vector>',
}


@pytest.mark.parametrize("listed", LISTED.values(), ids=LISTED)
@pytest.mark.parametrize("position", [0, 1, 2])
def test_a_title_is_put_into_the_list_however_it_is_written(listed: str, position: int) -> None:
    files = parts(two_sheets())
    files["docProps/app.xml"] = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><HeadingPairs><vt:vector size="2">'
        "<vt:variant><vt:lpstr>Worksheets</vt:lpstr></vt:variant><vt:variant><vt:i4>2</vt:i4></vt:variant></vt:vector>"
        f"</HeadingPairs><TitlesOfParts>{listed}</TitlesOfParts></Properties>"
    ).encode()
    package = Package(zipped(files), "b.xlsx")
    titles.insert(package, ["新"], [position])
    root = fromstring(package.parts["docProps/app.xml"])
    vector = root[1][0]
    wanted = ["T", "S & more", *["n"] * ("n<" in listed)]
    wanted.insert(position, "新")
    assert [each.text for each in vector] == wanted
    assert vector.get("size") == str(len(wanted))
    assert root[0][0][1][0].text == "3"

"""Sheets put among others: what is written by their positions follows them."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from package_audit import audit, parts
from test_package import zipped

from kgisheet.xlsx.patch import definednames, tabs
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

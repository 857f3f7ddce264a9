"""What the workbook says as a whole: names, properties, recalculation, and that it is not to be changed."""

from __future__ import annotations

import io

import openpyxl
import pytest
from conftest import page_only
from conftest import page_only as book
from package_audit import audit, changed, parts
from seed_faults import edited, saved_by_libreoffice
from test_package import MAIN, OFFICE, small, zipped

from kgisheet.errors import BookError
from kgisheet.xlsx.patch import definednames
from kgisheet.xlsx.patch.definednames import Name
from kgisheet.xlsx.patch.package import STRICT, Package
from kgisheet.xlsx.patch.properties import properties, set_properties
from kgisheet.xlsx.patch.recalculation import recalculate
from kgisheet.xlsx.patch.refusals import meant_to_stay, structure_locked

SHEETS = '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>'
EMPTY = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'


def workbook(before: str = "", after: str = "", **more: str | bytes) -> Package:
    content = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{before}{SHEETS}{after}</workbook>'
    return Package(small(EMPTY, **{"xl/workbook.xml": content, **more}), "b.xlsx")


def after_sheets(package: Package) -> str:
    audit(package.to_bytes())
    made = package.parts["xl/workbook.xml"].decode()
    return made[made.index(SHEETS) + len(SHEETS) :].removesuffix("</workbook>")


def test_names_are_added_and_given_another_text() -> None:
    package = workbook(after="<externalReferences/><calcPr/>")
    definednames.put(package, [])
    definednames.put(package, [Name("a", "'S'!$A$1"), Name("_xlnm.Print_Area", "'S & T'!$A:$B", 0), Name("_xlnm._FilterDatabase", "S!$A$1", 0)])  # fmt: skip
    assert after_sheets(package) == (
        "<externalReferences/><definedNames><definedName name=\"a\">'S'!$A$1</definedName>"
        '<definedName name="_xlnm.Print_Area" localSheetId="0">\'S &amp; T\'!$A:$B</definedName>'
        '<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">S!$A$1</definedName></definedNames><calcPr/>'
    )
    there = "<definedNames><definedName  name='A' comment=\"x\">1</definedName><definedName name='a' localSheetId='0'/><!-- kept --><definedName name='b'>2</definedName></definedNames>"
    package = workbook(after=there)
    definednames.put(package, [Name("a", "3"), Name("A", "4", 0), Name("B", "2"), Name("率", "5", hidden=True)])
    assert after_sheets(package) == there.replace(">1<", ">3<").replace("localSheetId='0'/>", "localSheetId='0'>4</definedName>").replace(
        "</definedNames>", '<definedName name="率" hidden="1">5</definedName></definedNames>'
    )  # fmt: skip
    assert definednames.names(package) == [Name("A", "3"), Name("a", "4", 0), Name("b", "2"), Name("率", "5", None, True)]
    definednames.drop_local(package, 0)
    assert [each.sheet for each in definednames.names(package)] == [None, None, None]
    assert "<!-- kept -->" in after_sheets(package)


def test_the_list_of_names_goes_with_the_last_of_them() -> None:
    package = workbook(after='<definedNames><definedName name="a" localSheetId="0">1</definedName></definedNames><calcPr/>')
    definednames.drop_local(package, 0)
    assert after_sheets(package) == "<calcPr/>"
    definednames.drop_local(package, 0)


def test_names_that_cannot_be_are_refused() -> None:
    for bad in ("1月", "C", "R1C1", "ch1", "a b", "", "x" * 256, "a!b"):
        with pytest.raises(BookError) as refused:
            definednames.put(workbook(), [Name(bad, "1")])
        assert (refused.value.problems[0].code, refused.value.problems[0].key) == ("bad-name", bad)
    twice = workbook(
        after='<definedNames><definedName name="a">1</definedName><definedName name="A">2</definedName></definedNames>'
    )
    with pytest.raises(BookError) as refused:
        definednames.put(twice, [Name("a", "3")])
    assert refused.value.problems[0].code == "duplicate-name"
    definednames.put(twice, [Name("b", "3")])  # what isn't asked for stays
    odd = workbook(after='<definedNames><definedName name="a" localSheetId="-x">1</definedName></definedNames>')
    assert definednames.names(odd) == [Name("a", "1", -1)]


def test_the_chain_of_calculation_goes_and_all_is_calculated_on_opening() -> None:
    chain = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="x/rels"/>'
        '<Override PartName="/xl/calcChain.xml" ContentType="c"/></Types>',
        "xl/calcChain.xml": "<calcChain/>",
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId7" Type="{OFFICE}/calcChain" Target="calcChain.xml"/></Relationships>',
    }
    package = workbook(after='<calcPr calcId="191029" fullCalcOnLoad="0"/>', **chain)
    before = package.to_bytes()
    recalculate(package)
    assert after_sheets(package) == '<calcPr calcId="191029" fullCalcOnLoad="1"/>'
    assert changed(before, package.to_bytes()) == (
        set(),
        {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"},
        {"xl/calcChain.xml"},
    )
    again = package.to_bytes()
    recalculate(package)
    assert package.to_bytes() == again
    package = workbook(after="<definedNames/><extLst/>")
    recalculate(package)
    assert after_sheets(package) == '<definedNames/><calcPr fullCalcOnLoad="1"/><extLst/>'


@pytest.mark.office
def test_properties_are_set_by_name_in_any_programs_file() -> None:
    plain = edited(page_only(), lambda each: None)
    for data in (page_only(), plain, *saved_by_libreoffice([page_only()]), small(EMPTY)):
        package = Package(data, "b.xlsx")
        there = properties(package)
        set_properties(package, {"kgisheet version": "9.9 & <x>", "New one": "値"})
        after = package.to_bytes()
        audit(after)
        assert properties(package) == {**there, "kgisheet version": "9.9 & <x>", "New one": "値"}
        if there:
            assert changed(data, after) == (set(), {"docProps/custom.xml"}, set())
            read = openpyxl.load_workbook(io.BytesIO(after)).custom_doc_props
            assert {each.name: each.value for each in read.props} == properties(package)
        set_properties(package, {"NEW ONE": "値", "kgisheet version": "9.9 & <x>"})
        assert package.to_bytes() == after


def test_a_property_of_another_kind_becomes_a_text() -> None:
    custom = (
        '<p:Properties xmlns:p="x"><p:property pid="2" name="n"><v:i4 xmlns:v="y">1</v:i4></p:property><p:property pid="3" name="e"/>'
        '<p:property pid="9" name="t"><v:lpwstr xmlns:v="y">a</v:lpwstr></p:property></p:Properties>'
    )
    package = Package(book(), "b.xlsx")
    package.put("docProps/custom.xml", custom.encode())
    set_properties(package, {"n": "1", "e": "2", "t": "3", "new": "4"})
    assert properties(package) == {"n": "1", "e": "2", "t": "3", "new": "4"}
    made = package.parts["docProps/custom.xml"].decode()
    assert '<v:lpwstr xmlns:v="y">3</v:lpwstr>' in made
    assert '<p:property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="10" name="new">' in made
    package.put("docProps/custom.xml", b"<Properties>")
    with pytest.raises(BookError):
        set_properties(package, {"n": "1"})


def test_a_strict_workbook_gets_strict_properties() -> None:
    content = {
        name: data.replace(OFFICE.encode(), STRICT.encode()).replace(
            MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main"
        )
        for name, data in parts(small(EMPTY)).items()
    }
    package = Package(zipped(content), "b.xlsx")
    set_properties(package, {"a": "b"})
    assert properties(package) == {"a": "b"}
    assert f'Type="{STRICT}/customProperties"' in package.parts["_rels/.rels"].decode()


def test_a_workbook_that_is_to_stay_says_so() -> None:
    final = workbook()
    set_properties(final, {"_MarkAsFinal": "true"})
    for package, code in [
        (final, "marked-final"),
        (workbook('<fileSharing readOnlyRecommended="1" userName="x"/>'), "read-only-recommended"),
        (workbook('<fileSharing readOnlyRecommended="1" reservationPassword="CC1A"/>'), "write-password"),
        (workbook('<fileSharing userName="x" algorithmName="SHA-512" hashValue="x" saltValue="x"/>'), "write-password"),
    ]:
        problem = meant_to_stay(package)
        assert problem is not None
        assert (problem.code, problem.source) == (code, "b.xlsx")
        assert problem.fix is not None
        assert structure_locked(package) is None
    set_properties(final, {"_MarkAsFinal": "false"})
    for package in (final, workbook(), workbook('<fileSharing readOnlyRecommended="0"/>'), Package(book(), "b.xlsx")):
        assert meant_to_stay(package) is None
    locked = structure_locked(workbook('<workbookProtection lockStructure="true"/>'))
    assert locked is not None
    assert locked.code == "structure-locked"
    for package in (workbook('<workbookProtection lockWindows="1"/>'), workbook()):
        assert structure_locked(package) is None

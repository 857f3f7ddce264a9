"""Whether a workbook's package is one that Excel opens without repairing it: order, references, counts.

Written from ECMA-376, not from the code under test; nothing here imports kgisheet.
"""

from __future__ import annotations

import io
import posixpath
import re
import xml.etree.ElementTree as ET
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SEQUENCES = {
    "worksheet": "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges "
    "scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting "
    "dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties "
    "cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF picture oleObjects controls webPublishItems "
    "tableParts extLst",
    "workbook": "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences "
    "definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes webPublishing fileRecoveryPr "
    "webPublishObjects extLst",
    "styleSheet": "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst",
    "comments": "authors commentList extLst",
    "sheetView": "pane selection pivotSelection extLst",
}

ROOTS = {"worksheet": "worksheet", "styles": "styleSheet", "comments": "comments", "sharedStrings": "sst", "main": "workbook"}
"""The root of a part by the last word of its content type."""


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        assert len({name.lower() for name in names}) == len(names), "an entry appears twice"
        return {name: package.read(name) for name in names}


def changed(before: bytes, after: bytes) -> tuple[set[str], set[str], set[str]]:
    """The parts that are new, changed and gone."""
    old, new = parts(before), parts(after)
    return set(new) - set(old), {name for name in old if name in new and old[name] != new[name]}, set(old) - set(new)


def local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def audit(data: bytes) -> None:
    """Asserts all of it."""
    package = parts(data)
    assert next(iter(package)) == "[Content_Types].xml"
    roots = {
        name: ET.fromstring(content)  # noqa: S314  # made by our tests
        for name, content in package.items()
        if name.endswith((".xml", ".rels", ".vml"))
    }
    _types(package, roots)
    for name, root in roots.items():
        if name.endswith(".rels"):
            _relations(package, name, root)
        for element in root.iter():
            sequence = SEQUENCES.get(local(element), "").split()
            if sequence and element.tag.startswith("{" + MAIN):
                found = [sequence.index(local(child)) for child in element if local(child) in sequence]
                assert found == sorted(found), (name, local(element), [local(child) for child in element])
                unknown = {local(child) for child in element} - set(sequence) - {"AlternateContent"}
                assert not unknown, (name, unknown)
            if element.get("count", "").isdigit() and local(element) in ("fonts", "fills", "borders", "cellXfs", "mergeCells"):
                assert int(element.get("count", "")) == len(element), (name, local(element))
    styles = next((root for root in roots.values() if local(root) == "styleSheet"), None)
    formats = _formats(styles) if styles is not None else 1
    marks = len(styles.findall("{*}dxfs/{*}dxf")) if styles is not None else 0
    for name, root in roots.items():
        if local(root) == "worksheet":
            assert all(int(each.get("dxfId", "0")) < max(1, marks) for each in root.iter(f"{{{MAIN}}}cfRule")), name
    for name, root in roots.items():
        if local(root) == "worksheet":
            _cells(name, root, formats)
            _ids(name, root, roots)
            _boxes(name, roots)
        elif local(root) == "workbook":
            _ids(name, root, roots)
            sheets = root.find("{*}sheets")
            assert sheets is not None
            assert len({sheet.get("sheetId") for sheet in sheets}) == len(sheets)
            assert len({str(sheet.get("name")).casefold() for sheet in sheets}) == len(sheets)
            names = root.findall("{*}definedNames/{*}definedName")
            assert all(int(each.get("localSheetId", "0")) < len(sheets) for each in names)
            assert len({(each.get("localSheetId"), str(each.get("name")).casefold()) for each in names}) == len(names)


def _types(package: dict[str, bytes], roots: dict[str, ET.Element]) -> None:
    root = roots["[Content_Types].xml"]
    overrides = [str(each.get("PartName")) for each in root if local(each) == "Override"]
    defaults = [str(each.get("Extension")).lower() for each in root if local(each) == "Default"]
    assert len(set(overrides)) == len(overrides)
    assert len(set(defaults)) == len(defaults)
    for override in overrides:
        assert override[1:] in package, override
    for each in root:
        if local(each) == "Override" and str(each.get("ContentType")).startswith("application/vnd.openxmlformats"):
            kind, part = (
                str(each.get("ContentType")).rpartition(".")[2].removesuffix("+xml"),
                roots[str(each.get("PartName"))[1:]],
            )
            assert local(part) == ROOTS.get(kind, local(part)), (each.get("PartName"), kind)
    for name in package:
        assert f"/{name}" in overrides or name.rpartition(".")[2].lower() in defaults or name == "[Content_Types].xml", name


def _targets(rels: str, root: ET.Element) -> dict[str, tuple[str, str]]:
    folder = posixpath.dirname(posixpath.dirname(rels))
    return {
        str(each.get("Id")): (
            str(each.get("Type")).rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, str(each.get("Target")))).lstrip("/"),
        )
        for each in root
        if each.get("TargetMode") != "External"
    }


def _relations(package: dict[str, bytes], name: str, root: ET.Element) -> None:
    ids = [each.get("Id") for each in root]
    assert len(set(ids)) == len(ids), name
    for _, target in _targets(name, root).values():
        assert target in package, (name, target)


def _rels_of(name: str) -> str:
    return f"{posixpath.dirname(name)}/_rels/{posixpath.basename(name)}.rels"


def _ids(name: str, root: ET.Element, roots: dict[str, ET.Element]) -> None:
    used = [element.get(f"{R}id") for element in root.iter() if element.get(f"{R}id")]
    rels = roots.get(_rels_of(name))
    known = {each.get("Id") for each in rels} if rels is not None else set()
    assert set(used) <= known, name


def _formats(root: ET.Element) -> int:
    sizes = {local(child): len(child) for child in root}
    for xf in [*root.iterfind("{*}cellXfs/{*}xf"), *root.iterfind("{*}cellStyleXfs/{*}xf")]:
        assert int(xf.get("fillId", "0")) < sizes["fills"]
        assert int(xf.get("fontId", "0")) < sizes["fonts"]
        assert int(xf.get("borderId", "0")) < sizes["borders"]
    return sizes["cellXfs"]


def _cells(name: str, root: ET.Element, formats: int) -> None:
    row_number = 0
    for row in root.iterfind("{*}sheetData/{*}row"):
        number = int(row.get("r", row_number + 1))
        assert number > row_number, (name, "rows out of order", number)
        row_number, col_number = number, 0
        for cell in row:
            ref = cell.get("r")
            col = column(re.sub(r"\d", "", ref)) if ref else col_number + 1
            assert col > col_number, (name, "cells out of order", ref)
            assert ref is None or int(re.sub(r"\D", "", ref)) == number
            assert int(cell.get("s", "0")) < formats, (name, ref)
            col_number = col


def _boxes(name: str, roots: dict[str, ET.Element]) -> None:
    """Each comment has its box, and each box its comment."""
    rels = roots.get(_rels_of(name))
    targets = dict(_targets(_rels_of(name), rels).values()) if rels is not None else {}
    if "comments" not in targets:
        return
    refs = [str(each.get("ref")) for each in roots[targets["comments"]].iter() if local(each) == "comment"]
    authors = [each for each in roots[targets["comments"]].iter() if local(each) == "author"]
    assert len(set(refs)) == len(refs)
    assert all(
        int(str(each.get("authorId"))) < len(authors) for each in roots[targets["comments"]].iter() if local(each) == "comment"
    )
    boxes = []
    for client in roots[targets["vmlDrawing"]].iter():
        if local(client) == "ClientData" and client.get("ObjectType") == "Note":
            texts = {local(child): str(child.text).strip() for child in client}
            boxes.append((int(texts["Row"]), int(texts["Column"])))
    assert sorted(boxes) == sorted((int(re.sub(r"\D", "", ref)) - 1, column(re.sub(r"\d", "", ref)) - 1) for ref in refs)


def column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number

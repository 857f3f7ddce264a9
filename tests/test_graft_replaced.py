"""A sheet takes the place of another one."""

from __future__ import annotations

import io

import openpyxl
import pytest
import referee
from package_audit import audit, changed, parts
from seed_faults import edited, saved_by_libreoffice
from test_annotate import PIXEL
from test_graft import calculated, colleagues, made

from kgisheet.xlsx.patch import tabs
from kgisheet.xlsx.patch.graft import replace
from kgisheet.xlsx.patch.package import Package
from kgisheet.xlsx.patch.styles import Styles
from kgisheet.xlsx.read.reader import read


def replaced(data: bytes, there: str, title: str = "目標設定") -> tuple[bytes, tuple[str, ...]]:
    package = Package(data, "b.xlsx")
    styles = Styles(package)
    gone = replace(package, styles, made(), title, next(tab for tab in tabs.tabs(package) if tab.title == there))
    styles.save()
    return package.to_bytes(), gone


def test_a_sheet_takes_the_place_of_another_one() -> None:
    data = colleagues()
    result, gone = replaced(data, "メモ")
    audit(result)
    new, other, missing = changed(data, result)
    drawn = {"xl/drawings/drawing1.xml", "xl/charts/chart1.xml"}
    comments = {"xl/comments/comment1.xml", "xl/drawings/commentsDrawing1.vml"}
    assert set(gone) == drawn | comments
    assert missing == comments  # the new sheet's chart has the names that have become free
    sheet = "xl/worksheets/sheet1.xml"
    rels = {"xl/worksheets/_rels/sheet1.xml.rels", "xl/drawings/_rels/drawing1.xml.rels"}
    assert other == {*drawn, *rels, sheet, "[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml"}
    assert new == set()
    workbook = openpyxl.load_workbook(io.BytesIO(result))
    assert workbook.sheetnames == ["メモ", "別"]
    assert workbook["メモ"].sheet_view.tabSelected
    assert workbook["メモ"].print_area == "'メモ'!$A$1:$N$24"
    assert len(workbook["メモ"]._charts) == 1
    assert "'メモ'!" in parts(result)["xl/charts/chart1.xml"].decode()
    # And again: the same, without more styles.
    second, _ = replaced(result, "メモ")
    assert parts(second)["xl/styles.xml"] == parts(result)["xl/styles.xml"]
    assert parts(second)[sheet] == parts(result)[sheet]


@pytest.mark.office
def test_replacing_a_sheet_of_ours_by_itself_changes_no_value() -> None:
    for data in (made(), edited(made(), lambda workbook: None), saved_by_libreoffice([made()])[0]):
        result, gone = replaced(data, "目標設定")
        audit(result)
        assert len(gone) == 2
        for source, there in [(data, False), (made(), True)]:
            cells = {key: each[:2] for key, each in read(source, "s").cells.items() if (key[0] == "目標設定") == there}
            assert cells == {key: each[:2] for key, each in read(result, "b").cells.items() if key in cells}
        ours, theirs = read(made(), "m"), read(result, "b")
        assert theirs.names == ours.names
        [worked_out] = referee.by_libreoffice([result])
        places = [place for place in calculated()["made"] if place[0] == "目標設定"]
        assert referee.differences(calculated()["made"], worked_out, places) == []


def test_what_another_sheet_uses_as_well_stays() -> None:
    package = Package(colleagues(), "b.xlsx")
    package.put("xl/media/image9.png", PIXEL, "image/png")
    package.relate("xl/worksheets/sheet2.xml", "image", "xl/media/image9.png")
    package.relate("xl/worksheets/sheet1.xml", "image", "xl/media/image9.png")
    macro = package.parts["xl/worksheets/sheet1.xml"].replace(b"<sheetPr>", b'<sheetPr codeName="Memo">', 1)
    assert b"codeName" in macro
    package.put("xl/worksheets/sheet1.xml", macro)
    result, gone = replaced(package.to_bytes(), "メモ", "_kgisheet")
    assert parts(result)["xl/media/image9.png"] == PIXEL
    assert "xl/media/image9.png" not in gone
    assert b'<sheetPr codeName="Memo"/><dimension' in parts(result)["xl/worksheets/sheet1.xml"]
    result, _ = replaced(package.to_bytes(), "メモ")
    assert b'<sheetPr codeName="Memo"><tabColor rgb="FFE0A800"/><pageSetUpPr' in parts(result)["xl/worksheets/sheet1.xml"]

"""What can't be grafted is refused in words; styles and names with odd numbers are lived with."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from package_audit import audit, parts
from test_graft import EMPTY, TITLES, colleagues, made
from test_package import MAIN, OFFICE, small, zipped

from kgisheet.errors import BookError
from kgisheet.xlsx.patch import definednames, tabs
from kgisheet.xlsx.patch.definednames import Name
from kgisheet.xlsx.patch.graft import graft, replace
from kgisheet.xlsx.patch.package import Package
from kgisheet.xlsx.patch.records import code_form, form
from kgisheet.xlsx.patch.styles import Styles
from kgisheet.xlsx.read.xml import tree


def test_records_that_say_the_same_are_the_same() -> None:
    for one, other in [
        ('<font><b/><sz val="9"/></font>', '<x:font xmlns:x="http://a"><x:sz val="9"/><x:b val="true"/><x:charset val="1"/></x:font>'),
        ('<xf numFmtId="0" applyFont="1"/>', '<xf xfId="0"><alignment horizontal="general" wrapText="false"/><protection locked="true"/></xf>'),
        ('<fill><patternFill/></fill>', '<fill><patternFill patternType="none"/></fill>'),
        (
            '<fill><patternFill patternType="solid"><fgColor rgb="FF000000"/><bgColor indexed="64"/></patternFill></fill>',
            '<fill><patternFill patternType="solid"><fgColor rgb="FF000000"/><bgColor rgb="FFFFFFFF"/></patternFill></fill>',
        ),
        ('<numFmt formatCode="+0&quot;件数&quot;"/>', r'<numFmt formatCode="\+0\件\数"/>'),
    ]:  # fmt: skip
        assert form(tree(one.encode())) == form(tree(other.encode()))
    for one, other in [
        ("<font><b/></font>", '<font><b val="0"/></font>'),
        ('<xf><protection locked="0"/></xf>', "<xf/>"),
        ("<border><left/><right/></border>", "<border><right/><left/></border>"),
        (
            '<dxf><fill><patternFill patternType="solid"><bgColor rgb="FF000000"/></patternFill></fill></dxf>',
            '<dxf><fill><patternFill patternType="solid"><bgColor rgb="FFFFFFFF"/></patternFill></fill></dxf>',
        ),
    ]:
        assert form(tree(one.encode())) != form(tree(other.encode()))
    assert code_form('yyyy"年"m"月"') == r"yyyy\年m\月"
    assert code_form("0.00E+00;[Red]-0") == r"0.00E+00;[Red]\-0"


def refused(data: bytes, titles: list[str] | None = None, source: bytes | None = None, **rename: str) -> str:
    package = Package(data, "b.xlsx")

    def try_it() -> None:
        graft(package, Styles(package), made() if source is None else source, titles or ["目標設定"], rename)

    with pytest.raises(BookError) as bad:
        try_it()
    [problem] = bad.value.problems
    assert problem.source == "b.xlsx"
    return problem.code


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    content = dict(parts(data))
    content[name] = change(content[name])
    return zipped(content)


def test_what_cannot_be_grafted_is_refused_in_words() -> None:
    data = colleagues()
    assert refused(data, ["ない"]) == "no-worksheet"
    assert refused(data, 目標設定="メモ") == "title-taken"
    assert refused(data, ["目標設定", "目標設定"]) == "title-taken"
    for title in ("a/b", "x" * 32, "'a", "a'", "History", "", "a\x00", "a[1]"):
        assert refused(data, 目標設定=title) == "bad-title"
    assert refused(data, source=b"PK\x03\x04") == "damaged"
    assert refused(data, source=b"") == "not-a-workbook"
    sheet, strings = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
    for hostile in [
        with_part(made(), sheet, lambda each: each.replace(b't="s"><v>1</v>', b't="s"><v>-1</v>')),
        with_part(made(), sheet, lambda each: each.replace(b't="s"><v>1</v>', b't="s"><v>99999</v>')),
        with_part(made(), sheet, lambda each: each.replace(b't="s"><v>1</v>', b't="s"><v/>')),
        with_part(made(), sheet, lambda each: each.replace(b's="18"', b's="1e3"')),
        with_part(made(), sheet, lambda each: each.replace(b'dxfId="0"', b'dxfId=""')),
        with_part(made(), sheet, lambda each: each[:-20]),
        with_part(made(), strings, lambda each: each[:-20]),
        with_part(made(), "xl/styles.xml", lambda each: each[:-20]),
        with_part(made(), "xl/worksheets/_rels/sheet1.xml.rels", lambda each: each.replace(b'/drawing"', b'/pivotTable"')),
        with_part(made(), "xl/worksheets/_rels/sheet1.xml.rels", lambda each: each.replace(b"drawing1.xml", b"drawing7.xml")),
    ]:
        assert refused(data, source=hostile) == "unpatchable"
    for broken in [
        with_part(data, "xl/styles.xml", lambda each: each[:-20]),
        with_part(data, "xl/workbook.xml", lambda each: each.replace(b'sheetId="1"', b'sheetId="x"')),
        with_part(
            data, "xl/workbook.xml", lambda each: each.replace(b"<sheets>", b"<nosheets>").replace(b"</sheets>", b"</nosheets>")
        ),
    ]:
        assert refused(broken) == "unpatchable"
    package = Package(data, "b.xlsx")
    for there in (tabs.Tab("x", None, True), tabs.Tab("x", "xl/worksheets/none.xml", True)):
        with pytest.raises(BookError):
            replace(package, Styles(package), made(), "目標設定", there)


def test_styles_with_numbers_that_mean_nothing_are_lived_with() -> None:
    for old, new in [
        (b'fontId="1"', b'fontId="x"'),
        (b'numFmtId="164"', b'numFmtId="-4"'),
        (b'<cellXfs count="3">', b'<cellXfs count="x">'),
    ]:
        for data in (with_part(colleagues(), "xl/styles.xml", lambda each, old=old, new=new: each.replace(old, new)),):
            assert "cellXfs" in {*added_without_audit(data)}
    far = with_part(
        made(),
        "xl/worksheets/sheet1.xml",
        lambda each: each.replace(b's="18"', b's="9999"').replace(b'dxfId="0"', b'dxfId="99"'),
    )
    package = Package(colleagues(), "b.xlsx")
    styles = Styles(package)
    graft(package, styles, far, ["目標設定"])
    styles.save()
    audit(package.to_bytes())


def added_without_audit(data: bytes) -> list[str]:
    package = Package(data, "b.xlsx")
    styles = Styles(package)
    graft(package, styles, made(), TITLES)
    styles.save()
    return list(styles._added)


def test_a_name_that_is_there_twice_is_refused() -> None:
    one = '<definedName name="_xlnm.Print_Area" localSheetId="1">1</definedName>'
    workbook = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>'
        f"<definedNames>{one}{one}</definedNames></workbook>"
    )
    # Names for a sheet that isn't there yet: they would become the grafted one's.
    assert refused(small(EMPTY, **{"xl/workbook.xml": workbook})) == "duplicate-name"
    package = Package(small(EMPTY, **{"xl/workbook.xml": workbook.replace(one + one, one)}), "b.xlsx")
    graft(package, Styles(package), made(), ["目標設定"])
    assert [each for each in definednames.names(package) if each.name == "_xlnm.Print_Area"] == [Name("_xlnm.Print_Area", "目標設定!$A$1:$N$24", 1)]  # fmt: skip

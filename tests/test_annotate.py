"""The marked copy: the findings stand at their cells, and everything else of the workbook is still there."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
import referee
import stored
from charted import charted
from conftest import Ran, book, page_only, some
from hands import edited
from openpyxl.comments import Comment
from package_audit import audit, changed, parts
from seed_faults import saved_by_libreoffice
from test_package import zipped

from kgisheet import api
from kgisheet.check.finding import Finding, Report
from kgisheet.report.html import html

Run = Callable[..., Ran]
PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg==")
FILLS = {"error": "FFF4A9A3", "warning": "FFFFD98A", "note": "FFCFE3F8"}
WORDS = {"ja": {"error": "誤り", "warning": "要確認", "note": "参考"}, "en": {}}
ADDED = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}


def places(data: bytes) -> dict[str, tuple[str, str]]:
    return stored.places(data)


def wrong(workbook: Any, where: dict[str, tuple[str, str]]) -> None:
    """Several faults, and what colleagues leave in a workbook."""

    def put(name: str, value: Any) -> None:
        sheet, cell = where[name]
        workbook[sheet][cell].value = value

    put("required_meetings", 45)
    put("win_rate", 30)
    put("deal_size", "４００万円")
    put("channel_share[2]", None)
    sheet = workbook[where["win_rate"][0]]
    sheet[where["win_rate"][1]].comment = Comment("会議で決めた率です。\n=山田", "山田")
    sheet["B2"].comment = Comment("unrelated", "Sato")


def faulty(lang: str = "ja") -> bytes:
    data = page_only("standard", lang)
    return edited(data, lambda workbook: wrong(workbook, places(data)))


def by_xlsxwriter() -> bytes:
    """Our own file with one result typed over and a blank input's cell left out, as bytes."""
    data = charted(page_only())
    where = places(data)
    assert where["required_meetings"][0] == where["deal_size"][0]
    cell, share = where["required_meetings"][1], where["channel_share[2]"][1]
    content = dict(parts(data))
    name = "xl/worksheets/sheet1.xml"
    sheet, typed = re.subn(rf'(<c r="{cell}"[^>]*>)<f>.*?</f><v>[^<]*</v>'.encode(), rb"\1<v>45</v>", content[name])
    sheet, gone = re.subn(rf'<c r="{share}"[^>]*>.*?</c>'.encode(), b"", sheet)
    assert (typed, gone) == (1, 1)
    return zipped({**content, name: sheet})


def prefixed(data: bytes) -> bytes:
    """The same workbook with every element of the main namespace prefixed and attributes in single quotes."""
    content = dict(parts(data))
    for name in content:
        if re.fullmatch(r"xl/(workbook|styles|sharedStrings|worksheets/sheet\d+)\.xml", name):
            text = re.sub(rb"<(/?)([a-zA-Z])", rb"<\1x:\2", content[name]).replace(b" xmlns=", b" xmlns:x=")
            content[name] = re.sub(rb"<[^>]*>", lambda tag: re.sub(rb'(\w)="([^"\']*)"', rb"\1='\2'", tag[0]), text)
    return zipped(content)


def check_and_mark(data: bytes, lang: str = "ja") -> tuple[Report, bytes]:
    report = api.check(data, "book.xlsx")
    assert report.problem is None
    return report, api.annotate(data, report, "book.xlsx", lang)


def marked(report: Report) -> dict[tuple[str, str], list[Finding]]:
    """The findings by cell, the worst first."""
    found: dict[tuple[str, str], list[Finding]] = {}
    for each in sorted(report.findings, key=lambda each: list(FILLS).index(each.severity)):
        if each.cell is not None:
            found.setdefault((str(each.sheet), each.cell), []).append(each)
    return found


def assert_marked(report: Report, copy: bytes, lang: str = "ja") -> None:
    """As openpyxl reads it: the fills and comments, and the table with its links."""
    workbook = openpyxl.load_workbook(io.BytesIO(copy))
    findings = workbook.worksheets[-1]
    assert findings.title == {"ja": "検査結果", "en": "Findings"}[lang]
    cells = marked(report)
    assert len(cells) >= 2
    for (sheet, cell), here in cells.items():
        at = workbook[sheet][cell]
        assert at.fill.fgColor.rgb == FILLS[here[0].severity], (sheet, cell)
        for each in here:
            word = WORDS[lang].get(each.severity, each.severity)
            assert f"{word} {each.code}\n{each.message.to(lang)}\n→ {each.fix.to(lang)}" in at.comment.text, (sheet, cell)
    rows = list(findings.iter_rows(min_row=5))
    assert [row[1].value for row in rows] == [each.code for each in sorted(report.findings, key=lambda each: list(FILLS).index(each.severity))]  # fmt: skip
    for row in rows:
        if row[3].value is None:
            continue
        assert row[3].hyperlink.location == f"'{row[2].value}'!{row[3].value}"
        assert (row[2].value, row[3].value) in cells
    assert findings.freeze_panes == "A5"
    assert (findings.page_setup.orientation, findings.page_setup.paperSize, findings.page_setup.fitToHeight) == (
        "landscape",
        9,
        0,
    )
    assert findings.print_title_rows == "$4:$4"


def assert_checked_alike(report: Report, copy: bytes) -> None:
    def told(one: Report) -> list[tuple[str, str | None, str | None]]:
        return [(each.code, each.sheet, each.cell) for each in one.findings]

    again = api.check(copy, "copy.xlsx")
    assert told(again) == told(report)
    assert again.status == report.status


def test_xlsxwriters_file_changes_in_the_marked_sheet_alone() -> None:
    data = by_xlsxwriter()
    report, copy = check_and_mark(data)
    assert {"F01", "I06"} <= {each.code for each in report.findings}
    new, other, gone = changed(data, copy)
    assert new == {
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/worksheets/sheet6.xml",
    }
    assert other == ADDED | {"xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"}
    assert gone == set()
    audit(copy)
    assert_marked(report, copy)
    assert_checked_alike(report, copy)
    assert referee.formulas(data).items() <= referee.formulas(copy).items()
    assert referee.cached(data).items() <= referee.cached(copy).items()
    assert api.annotate(data, report, "book.xlsx", "ja") == copy


def test_a_colleagues_comments_stay_and_ours_follow() -> None:
    data = faulty()
    report, copy = check_and_mark(data)
    new, other, gone = changed(data, copy)
    assert (new, gone) == ({"xl/worksheets/sheet6.xml"}, set())
    assert other == ADDED | {
        "xl/worksheets/sheet1.xml",
        "xl/comments/comment1.xml",
        "xl/drawings/commentsDrawing1.vml",
    }
    audit(copy)
    assert_marked(report, copy)
    assert_checked_alike(report, copy)
    sheet, cell = places(data)["win_rate"]
    workbook = openpyxl.load_workbook(io.BytesIO(copy))
    joined = workbook[sheet][cell].comment
    assert joined.text.startswith("会議で決めた率です。\n=山田\n――――――――\n誤り I03\n")
    assert joined.author == "山田"
    assert workbook[sheet]["B2"].comment.text == "unrelated"
    assert workbook[sheet][places(data)["required_meetings"][1]].comment.author == "kgisheet"
    # Annotated once more, no comment says the same thing twice.
    again = openpyxl.load_workbook(io.BytesIO(api.annotate(copy, report, "book.xlsx", "ja")))
    assert again[sheet][cell].comment.text == joined.text
    assert again.sheetnames[-1] == "検査結果 (2)"


@pytest.mark.long
def test_a_months_tab_and_the_grid_are_marked_too() -> None:
    data = book(sheets="使い方,目標設定,月次予実,月別")
    where = places(data)

    def wrong_months(workbook: Any) -> None:
        for name, value in {"2026-05!actual_leads": "12件", "month_weight[3]": -1, "required_meetings": 45}.items():
            sheet, cell = where[name]
            workbook[sheet][cell].value = value

    data = edited(data, wrong_months)
    report, copy = check_and_mark(data)
    assert {(each.code, each.sheet) for each in report.findings} >= {
        ("I01", "2026-05"),
        ("I06", "月次予実"),
        ("F01", "目標設定"),
    }
    new, other, gone = changed(data, copy)
    assert {each for each in new if each.startswith("xl/worksheets/sheet")} == {
        f"xl/worksheets/sheet{len(openpyxl.load_workbook(io.BytesIO(copy)).sheetnames)}.xml"
    }
    assert {each for each in other if re.fullmatch(r"xl/worksheets/sheet\d+.xml", each)} == {
        f"xl/worksheets/sheet{n}.xml" for n in (1, 2, 5)
    }
    assert gone == set()
    audit(copy)
    assert_marked(report, copy)
    assert_checked_alike(report, copy)


def test_a_hidden_sheet_with_a_mark_is_shown_in_the_copy_and_a_link_leads_there() -> None:
    """Nobody sees a mark on 計算用 while it is hidden. The page that is mailed says how to see it; other hidden sheets stay so."""
    data = page_only()
    sheet, cell = places(data)["unit_yen"]
    faulty = edited(data, lambda workbook: workbook[sheet].__setitem__(cell, 1))
    report = api.check(faulty, "goal.xlsx")
    assert (sheet, cell) in {(each.sheet, each.cell) for each in report.findings}
    copy = openpyxl.load_workbook(io.BytesIO(api.annotate(faulty, report, "goal.xlsx", "ja")))
    assert [each.title for each in copy if each.sheet_state != "visible"] == ["_kgisheet"]
    links = {str(link.location) for row in copy["検査結果"] for each in row if (link := each.hyperlink)}
    assert f"'{sheet}'!{cell}" in links
    assert "「再表示」で開けます" in html([report], "ja")
    assert "再表示" not in html([api.check(data, "goal.xlsx")], "ja")


@pytest.mark.office
@pytest.mark.parametrize("lang", some(["ja", "en"], 2))
def test_a_file_of_libreoffice_and_the_copy_in_libreoffice(lang: str) -> None:
    (data,) = saved_by_libreoffice([faulty(lang)])
    report, copy = check_and_mark(data, lang)
    new, other, gone = changed(data, copy)
    assert (new, gone) == ({"xl/worksheets/sheet6.xml"}, set())
    assert other == ADDED | {"xl/worksheets/sheet1.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"}
    audit(copy)
    assert_marked(report, copy, lang)
    assert_checked_alike(report, copy)
    # LibreOffice loads it and keeps fills, comments and values.
    (saved,) = saved_by_libreoffice([copy])
    assert referee.cached(data).items() <= referee.cached(saved).items()
    workbook = openpyxl.load_workbook(io.BytesIO(saved))
    for (sheet, cell), here in marked(report).items():
        assert workbook[sheet][cell].fill.fgColor.rgb == FILLS[here[0].severity]
        assert here[0].message.to(lang) in workbook[sheet][cell].comment.text
    links = [cell.hyperlink.location for cell in workbook.worksheets[-1]["D"] if cell.hyperlink]
    assert len(links) == sum(map(len, marked(report).values()))
    assert {re.sub("[#'$]", "", link).replace(".", "!") for link in links} == {
        f"{sheet}!{cell}" for sheet, cell in marked(report)
    }
    assert_checked_alike(report, saved)


def test_pictures_charts_and_parts_that_nobody_knows_stay_to_the_byte() -> None:
    content: dict[str, bytes | str] = dict(parts(by_xlsxwriter()))
    rels = content["xl/worksheets/_rels/sheet1.xml.rels"]
    assert isinstance(rels, bytes)
    unknown = (
        '<Relationship Id="rIdZ" Type="http://example.com/unknown" Target="../unknown/data.bin"/>'
        '<Relationship Id="rIdY" Type="http://example.com/link" Target="https://example.com/" TargetMode="External"/>'
    )
    types = content["[Content_Types].xml"]
    assert isinstance(types, bytes)
    kept = {
        "xl/unknown/data.bin": b"\x00\x01\xff" * 99,
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0macro",
        "xl/media/image1.png": PIXEL,
        "customXml/item1.xml": b"<any/>",
        "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
    }
    content |= kept
    content["xl/worksheets/_rels/sheet1.xml.rels"] = rels.replace(b"</Relationships>", f"{unknown}</Relationships>".encode())
    content["[Content_Types].xml"] = types.replace(
        b"<Override",
        b'<Default Extension="bin" ContentType="x/bin"/><Default Extension="png" ContentType="image/png"/><Override',
        1,
    )
    data = zipped(content)
    _, copy = check_and_mark(data)
    after = parts(copy)
    for name in (*kept, "xl/charts/chart1.xml", "xl/drawings/drawing1.xml", "xl/sharedStrings.xml", "docProps/app.xml"):
        assert after[name] == content[name], name
    assert unknown.encode() in after["xl/worksheets/_rels/sheet1.xml.rels"]
    audit(copy)


@pytest.mark.office
def test_prefixes_and_single_quotes_are_kept() -> None:
    data = prefixed(by_xlsxwriter())
    report, copy = check_and_mark(data)
    audit(copy)
    assert_marked(report, copy)
    assert_checked_alike(report, copy)
    sheet = parts(copy)["xl/worksheets/sheet1.xml"].decode()
    assert re.search(r"<x:drawing r:id='rId1'/><x:legacyDrawing r:id=\"rId\d\"/>", sheet)
    assert not re.search(r"<(?!x:|\?|/x:)", sheet)
    (saved,) = saved_by_libreoffice([copy])
    assert {each.title for each in openpyxl.load_workbook(io.BytesIO(saved)).worksheets} >= {"検査結果"}


def test_protection_views_and_number_formats_stay() -> None:
    data = by_xlsxwriter()
    _, copy = check_and_mark(data)
    before, after = (openpyxl.load_workbook(io.BytesIO(each)) for each in (data, copy))
    assert after.active.title == before.active.title
    for sheet in before:
        twin = after[sheet.title]
        assert twin.protection.sheet == sheet.protection.sheet
        assert (twin.sheet_state, twin.freeze_panes, twin.merged_cells.ranges) == (sheet.sheet_state, sheet.freeze_panes, sheet.merged_cells.ranges)  # fmt: skip
        for row in sheet.iter_rows():
            for cell in row:
                other = twin[cell.coordinate]
                kept = ("number_format", "protection", "alignment", "border", "font")
                assert [repr(getattr(other, each)) for each in kept] == [repr(getattr(cell, each)) for each in kept]

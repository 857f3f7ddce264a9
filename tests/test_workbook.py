"""The workbook as a person is handed it: protection, validation, print, names, and what is carried inside."""

from __future__ import annotations

import functools
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
import referee
from conftest import ROOT, book, more, page_and_beyond, page_only, some
from defusedxml import ElementTree

from kgisheet import __version__, api
from kgisheet.template import declaration, raw
from kgisheet.worksheet import provenance
from kgisheet.xlsx.read.reader import read

TEMPLATES = ("standard", "short", "access")
ALL = [(template, lang) for template in TEMPLATES for lang in ("ja", "en")]
WHOLE = some([("standard", "ja"), ("short", "en"), ("access", "ja")], 3)
"""Of each template the whole workbook: its other language differs in its texts alone."""
YELLOW = ("FFFFF2CC", "FFFFFBF0")  # to be filled in; to be changed if need be


@functools.lru_cache(maxsize=3)
def load(data: bytes) -> openpyxl.Workbook:
    """To read, not to change."""
    return openpyxl.load_workbook(io.BytesIO(data))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def goals(workbook: openpyxl.Workbook) -> openpyxl.worksheet.worksheet.Worksheet:
    return workbook["目標設定"] if "目標設定" in workbook.sheetnames else workbook["Goals"]


@pytest.mark.parametrize(("template", "lang"), WHOLE)
def test_inputs_are_yellow_and_unlocked_and_nothing_else_is(template: str, lang: str) -> None:
    data = book(template, lang)
    workbook = load(data)
    inputs, recorded = inputs_of(data)
    assert len({sheet for sheet, _ in inputs}) == 21  # the page, what it rests on, the year, twelve tabs, six beyond
    assert len(recorded) > 100
    for sheet in workbook:
        cells = {cell.coordinate: cell for row in sheet.iter_rows() for cell in row}
        unlocked = {where for where, cell in cells.items() if not cell.protection.locked}
        yellow = {where for where, cell in cells.items() if cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb in YELLOW}
        merged = {cell for area in sheet.merged_cells.ranges for cell in cells_of(area)}
        if sheet.title not in ("使い方", "Guide"):  # it shows what the colours mean
            assert unlocked - merged == yellow - merged
        # Spare rows are inputs too, unnamed as yet.
        assert {where for title, where in inputs if title == sheet.title} <= unlocked
        assert not {where for title, where in recorded if title == sheet.title} & unlocked
        assert {cells[where].data_type for where in unlocked - merged} <= {"n", "s", "d"}
        # Excel opens no fold on a protected sheet.
        has_folds = any(line.outlineLevel for line in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values()))
        assert sheet.protection.sheet == (not has_folds)
        assert not sheet.protection.password
        if sheet.title not in {title for title, _ in inputs}:
            assert not unlocked


def inputs_of(data: bytes) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Where people type, and what this program records when it regenerates the months."""
    people, recorded = set(), set()
    for each in api.records_of_book(data, "x")[1]:
        if each.role == "input":
            program = re.search(r"_(initial|reported)(\[|$)|^last_|!tab_month$", each.name)
            (recorded if program else people).add((str(each.sheet), str(each.cell)))
    return people, recorded


def cells_of(area: object) -> list[str]:
    return [
        f"{openpyxl.utils.get_column_letter(col)}{row}"
        for row in range(area.min_row, area.max_row + 1)  # type: ignore[attr-defined]
        for col in range(area.min_col, area.max_col + 1)  # type: ignore[attr-defined]
    ]


@pytest.mark.parametrize(("template", "lang"), WHOLE)
def test_every_input_is_validated_with_words_before_and_after(template: str, lang: str) -> None:
    data = book(template, lang)
    rules = {
        (sheet.title, cell): rule
        for sheet in load(data)
        for rule in sheet.data_validations.dataValidation
        for area in rule.sqref.ranges
        for cell in cells_of(area)
    }
    for where in inputs_of(data)[0]:
        rule = rules[where]
        assert rule.prompt
        assert rule.error
        assert rule.promptTitle
        assert rule.showErrorMessage
        assert len(rule.prompt) <= 255
        assert len(rule.error) <= 255


def test_the_channel_blocks_have_spare_rows_that_come_to_life() -> None:
    data = book()
    workbook = load(data)
    blocks = [name for name in workbook.defined_names if name.startswith("channel_")]
    assert len(blocks) >= 7
    for name in blocks:
        ((sheet, area),) = workbook.defined_names[name].destinations
        assert len(_cells(workbook[sheet][area])) >= 8
    # The fourth place is empty now, and has its formulas.
    ((sheet, area),) = workbook.defined_names["channel_leads"].destinations
    assert _cells(workbook[sheet][area])[3].data_type == "f"


def _cells(block: Any) -> list[Any]:
    """The cells of a block that runs down or across."""
    return [cell for row in block for cell in row]


def test_beside_nine_channels_there_is_a_spare_one() -> None:
    channels = "".join(
        f'[[channel]]\nname = "c{n}"\nshare = "{share}%"\nmeeting_rate = "50%"\n' for n, share in enumerate([12] + [11] * 8)
    )
    text = f"sheets={['目標設定', '現状とのギャップ', '稟議']}\ntotal_revenue=1e9\nweb_revenue=10000000\ndeal_size=1000000\nwin_rate=0.5\n{channels}".replace(
        "1e9", "1000000000"
    )
    data = api.workbook(api.plan_from_toml(text, "p", "ja"), "ja")
    workbook = load(data)
    ((sheet, area),) = workbook.defined_names["channel_name"].destinations
    assert len(_cells(workbook[sheet][area])) == 10
    assert referee.differences(referee.cached(data), referee.by_ironcalc(data), referee.formulas(data)) == []


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_list_of_choices_holds_each_choice_whole(lang: str) -> None:
    workbook = load(page_and_beyond(lang=lang))
    sheets = [goals(workbook), workbook[{"ja": "根拠", "en": "Basis"}[lang]]]
    lists = [rule.formula1 for sheet in sheets for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    # Two periods, two starts, a stage used or skipped, five units, four roundings, three scenarios; a comma inside one would
    # part it in two.
    assert sorted(len(each.strip('"').split(",")) for each in lists) == [2, 2, 2, 3, 4, 5]
    assert all(len(each) <= 255 for each in lists)


FUNCTIONS = {"IF", "AND", "OR", "NOT", "COUNT", "COUNTA", "COUNTIF", "SUM", "SUMIF", "SUMPRODUCT", "ROUND", "ROUNDUP", "ROUNDDOWN",
             "ISNUMBER", "FIXED", "ABS", "MAX", "MIN", "LOG10", "EDATE", "INDEX", "MATCH", "MOD", "AVERAGE", "COUNTIFS", "SUMIFS", "SQRT", "EXP", "SUBSTITUTE"}  # fmt: skip


@pytest.mark.parametrize(("template", "lang"), WHOLE)
def test_only_functions_that_every_program_has_known_since_2010(template: str, lang: str) -> None:
    for formula in referee.formulas(book(template, lang)).values():
        bare = re.sub(r'"[^"]*"', "", formula)
        assert set(re.findall(r"([A-Z][A-Z0-9.]*)\(", bare)) <= FUNCTIONS, formula
        assert not re.search(r"[{}\[\]@]|_xlfn", bare), formula
        assert len(formula) < 8000
        # A sheet's name stands in quotes wherever it is used.
        assert "!" not in re.sub(r"'[^']+'!", "", bare), formula


@pytest.mark.office
def test_each_sheet_prints_on_its_pages(tmp_path: Path) -> None:
    """The page on one, the year on two, the approval upright on one, what the page rests on on two, each tab upright on one.

    Beyond, lying since their type would be too small upright: the gap on three, the re-plan, the journey, definitions; upright
    ABM and content on two each; the guide last, upright.
    """
    whole = some([("standard", "ja"), ("short", "en")], 2)
    for template, lang in some(ALL, 3):
        made = book if (template, lang) in whole else page_only
        (tmp_path / f"{template}-{lang}.xlsx").write_bytes(made(template, lang))
    a4 = [842, 595]  # landscape, in points
    for pdf in referee.convert(sorted(tmp_path.glob("*.xlsx")), "pdf", tmp_path / "out"):
        sizes = [
            [round(float(side)) for side in (page.mediabox.width, page.mediabox.height)] for page in pypdf.PdfReader(pdf).pages
        ]
        is_whole = tuple(pdf.stem.split("-")) in whole
        upright = a4[::-1]
        front = [a4, *[a4] * 2, upright, *[a4] * 2, *[upright] * 12]
        beyond = [*[a4] * 3, a4, *[upright] * 2, a4, *[upright] * 2, a4, upright]
        assert sizes == ([*front, *beyond] if is_whole else [a4] * 4), pdf.stem


def test_page_setup_and_properties() -> None:
    workbook = load(book())
    page = goals(workbook)
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    # 1 by 1 page is what fitToPage means where nothing else is said.
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert {page.page_setup.fitToWidth, page.page_setup.fitToHeight} <= {None, 1}
    assert page.oddFooter.left.text
    assert page.freeze_panes == "C2"
    # The cursor is beside the goal: on it, what is said about that cell would lie on the deals.
    assert page.sheet_view.selection[-1].activeCell == "B7"
    assert workbook.properties.title == "2026年度 Web売上目標"
    assert workbook.properties.creator == "マーケティング部"
    assert workbook.active.title == "目標設定"
    # With a scheme, Excel would take the theme's font instead.
    assert {cell.font.scheme for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.has_style} == {None}
    fonts = {cell.font.name for sheet in workbook for row in sheet.iter_rows() for cell in row}
    assert fonts == {"Yu Gothic"}


def test_the_guide_links_to_every_sheet() -> None:
    workbook = load(book())
    links = [str(link.location) for row in workbook["使い方"] for cell in row if (link := cell.hyperlink)]
    hidden = [sheet.title for sheet in workbook if sheet.sheet_state != "visible"]
    assert hidden == ["計算用", provenance.SHEET]
    assert sorted(links) == sorted(f"'{title}'!B1" for title in workbook.sheetnames if title not in ("使い方", *hidden))


ODD = ["=1+1", "+1", "-1", "@SUM(1)", '=HYPERLINK("http://x")', "http://example.com/", "mailto:a@b.jp",
       "internal:'目標設定'!A1", "_x000D_", "_x0041_", "1,200", "<b>&amp;", "'quoted", '="', "ﾊﾝｶｸ①～髙"]  # fmt: skip


@pytest.mark.parametrize("text", ODD)
def test_text_of_a_plan_never_becomes_a_formula_or_a_link(text: str) -> None:
    made = page_and_beyond if text in more(["=1+1"]) else page_only
    data, plain = made(title=text, owner=text, **{"channel.広告.name": text}), made()
    assert len(referee.formulas(data)) == len(referee.formulas(plain))
    assert sum(part.count(b"<hyperlink ") for part in parts(data).values()) == sum(
        part.count(b"<hyperlink ") for part in parts(plain).values()
    )
    found = {each.name: each.value for each in api.records_of_book(data, "x")[1]}
    assert [found[name] for name in ("title", "owner", "channel_name[1]")] == [text] * 3
    assert referee.differences(referee.cached(data), referee.by_ironcalc(data), referee.formulas(data)) == []
    for name, part in parts(data).items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(part)


@pytest.mark.office
@pytest.mark.parametrize("template", some(TEMPLATES, 3))
def test_template_digest_version_and_plan_are_carried_and_survive_other_programs(template: str, tmp_path: Path) -> None:
    original = page_only(template)
    (tmp_path / "book.xlsx").write_bytes(original)
    (office,) = referee.convert([tmp_path / "book.xlsx"], "xlsx", tmp_path / "office")
    load(original).save(tmp_path / "saved.xlsx")
    shipped = declaration.open_shipped(template)
    for data in (original, office.read_bytes(), (tmp_path / "saved.xlsx").read_bytes()):
        found = read(data, "book.xlsx").carried
        assert found["version"] == __version__
        assert found["digest"] == shipped.digest == raw.digest([text for _, text in found["sources"]])
        again = api.plan_from_toml(found["plan"], "carried", "ja")
        # The plan that is carried makes the same workbook again, to the byte.
        assert api.workbook(again, "ja") == original
        assert set(found["generated"]) == set(load(original).sheetnames) - {provenance.SHEET}
        custom = {each.name: each.value for each in load(data).custom_doc_props.props}
        assert custom["kgisheet template sha256"] == shipped.digest


def test_what_is_carried_is_hidden_and_readable() -> None:
    workbook = load(book())
    hidden = workbook[provenance.SHEET]
    assert hidden.sheet_state == "hidden"
    rows = {row[0].value for row in hidden.iter_rows() if row[0].value}
    assert rows >= {"version", "digest", "sources", "plan", "generated"}
    assert json.loads(str(hidden["C2"].value)[1:-1]) == __version__


def test_generated_says_what_was_written() -> None:
    data = book()
    found = read(data, "x").carried["generated"]["目標設定"]
    formulas = {cell: text for (sheet, cell), text in referee.formulas(data).items() if sheet == "目標設定"}
    assert formulas.items() <= found.items()


@pytest.mark.long
@pytest.mark.parametrize("sample", sorted((ROOT / "samples").glob("*.toml")), ids=lambda path: path.stem)
def test_samples_are_sound(sample: Path) -> None:
    data = api.workbook(api.plan_from_toml(sample.read_bytes(), sample.name, "ja", ["sheets=目標設定,月次予実,稟議"]), "ja")
    found = {each.name: each.value for each in api.records_of_book(data, "x")[1]}
    assert found["overall"] == "○ OK"
    assert referee.differences(referee.cached(data), referee.by_ironcalc(data), referee.formulas(data)) == []


def test_no_cell_is_written_twice() -> None:
    for name, part in parts(book()).items():
        if name.startswith("xl/worksheets/sheet"):
            cells = re.findall(rb'<c r="([A-Z]+\d+)"', part)
            assert cells
            assert len(cells) == len(set(cells))

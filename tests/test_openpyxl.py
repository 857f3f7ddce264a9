"""kgisheet.openpyxl: goal sheets in a Workbook that somebody holds, as good as those of `new`."""

from __future__ import annotations

import doctest
import functools
import io
import subprocess
import sys
from importlib import import_module

import openpyxl
import pytest
import referee
from conftest import ROOT
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table
from outside_judge import found as judged
from theirs import opened

import kgisheet.openpyxl as bridge
from kgisheet import api
from kgisheet.xlsx.read.reader import read

SHEETS = "sheets=使い方,目標設定,月次予実"


@functools.cache
def plan(lang: str = "ja") -> api.Plan:
    return api.plan_from_example(lang, [SHEETS])


@functools.cache
def new(lang: str = "ja") -> bytes:
    return api.workbook(plan(lang), lang)


def saved(workbook: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


@functools.cache
def added(lang: str = "ja") -> bytes:
    """A colleague's workbook with the goal sheets behind its own."""
    workbook = opened()
    bridge.add_goal_sheets(workbook, plan(lang), lang)
    return saved(workbook)


def loaded(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.mark.parametrize("module", ["openpyxl", "openpyxl.reading", "openpyxl.sheets"])
def test_the_examples_come_to_what_they_show(module: str) -> None:
    done = doctest.testmod(import_module(f"kgisheet.{module}"))
    assert done.attempted > 4
    assert done.failed == 0


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_is_saved_is_read_as_the_workbook_of_new(lang: str) -> None:
    """Every cell, formula, name and the record; only cached values are none of openpyxl's."""
    ours, theirs = read(new(lang), "new"), read(added(lang), "added")
    titles = {sheet.title for sheet in ours.sheets}

    def said(book: object) -> dict[object, object]:
        cells = book.cells  # type: ignore[attr-defined]
        return {
            where: each.formula or each.value
            for where, each in cells.items()
            if where[0] in titles and (each.formula or each.value not in (None, ""))
        }

    assert len(said(ours)) > 1000
    assert said(theirs) == said(ours)
    assert {name: theirs.names[name] for name in ours.names} == ours.names
    assert theirs.carried == ours.carried


def folds(sheet: object) -> tuple[set[int], set[int]]:
    """The folded rows and columns."""
    rows = sheet.row_dimensions.items()  # type: ignore[attr-defined]
    cols = sheet.column_dimensions.values()  # type: ignore[attr-defined]
    return (
        {row for row, line in rows if line.outlineLevel and line.hidden},
        {col for line in cols if line.outlineLevel and line.hidden for col in range(line.min, line.max + 1)},
    )


def test_the_sheets_look_as_those_of_new() -> None:
    """Formats, widths, merged cells, rules for inputs, conditional formats, print settings, protection."""
    ours, theirs = loaded(new()), loaded(added())
    compared = 0
    for sheet in ours.worksheets:
        there = theirs[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, MergedCell):
                    continue  # on loading, openpyxl gives them the format of a new cell
                other = there[cell.coordinate]
                assert other.number_format == cell.number_format
                assert other.protection.locked == cell.protection.locked
                assert (other.font.name, other.font.b, other.font.sz, other.font.color) == (
                    cell.font.name, cell.font.b, cell.font.sz, cell.font.color
                ) or not cell.has_style  # fmt: skip
                assert other.fill.fgColor.rgb == cell.fill.fgColor.rgb
                assert other.border.bottom.style == cell.border.bottom.style
                assert (other.alignment.horizontal, bool(other.alignment.wrap_text)) == (
                    cell.alignment.horizontal, bool(cell.alignment.wrap_text)
                )  # fmt: skip
                compared += cell.has_style
        assert widths(there) == widths(sheet)
        assert {k: v.height for k, v in there.row_dimensions.items() if v.height not in (None, 15)} == {
            k: v.height for k, v in sheet.row_dimensions.items() if v.height not in (None, 15)
        }
        assert sorted(map(str, there.merged_cells.ranges)) == sorted(map(str, sheet.merged_cells.ranges))
        assert rules(there) == rules(sheet)
        assert sorted(str(each.sqref) for each in there.conditional_formatting) == sorted(
            str(each.sqref) for each in sheet.conditional_formatting
        )
        for each in ("sheet_state", "freeze_panes", "print_area", "print_title_rows"):
            assert getattr(there, each) == getattr(sheet, each), each
        assert there.page_setup.orientation == sheet.page_setup.orientation
        assert [each.id for each in there.row_breaks.brk] == [each.id for each in sheet.row_breaks.brk]
        assert there.protection.sheet == sheet.protection.sheet
        assert folds(there) == folds(sheet)
        assert there.protection.password is None
        assert len(there._charts) == len(sheet._charts)
    assert compared > 2000


def widths(sheet: object) -> dict[int, float]:
    """By the column's number; a file may say one for several columns."""
    said = sheet.column_dimensions.values()  # type: ignore[attr-defined]
    return {col: each.width for each in said for col in range(each.min, each.max + 1)}


def rules(sheet: object) -> list[tuple[object, ...]]:
    return sorted(
        (str(each.sqref), each.type, each.formula1, each.formula2, each.prompt, each.error, each.allow_blank)
        for each in sheet.data_validations.dataValidation  # type: ignore[attr-defined]
    )


def test_what_is_saved_is_clean_and_its_own_sheets_are_as_they_were() -> None:
    report, alone = api.check(added(), "b.xlsx"), api.check(new(), "b.xlsx")
    without = {"S11", "C02"}  # by which program it was saved, and that no value is cached
    kept = [(each.code, each.sheet, each.cell) for each in report.findings if each.code not in without]
    assert report.status == "ok"
    assert kept == [(each.code, each.sheet, each.cell) for each in alone.findings]
    # openpyxl writes the children of a conditional format's font in an order of its own: its fault, in any workbook.
    assert set(judged(added())) == set(judged(saved(opened())))
    before, now = loaded(saved(opened())), loaded(added())
    assert now.sheetnames[:2] == before.sheetnames
    assert [[cell.value for cell in row] for row in now["案件"]] == [[cell.value for cell in row] for row in before["案件"]]


def test_libreoffice_and_monthly_work_on_it() -> None:
    (theirs,) = referee.by_libreoffice([added()])
    ours = referee.cached(new())
    formulas = [where for where in referee.formulas(new()) if where in ours]
    assert len(formulas) > 300
    assert referee.differences(ours, theirs, formulas) == []
    done = api.regenerate(added(), "b.xlsx")
    assert (done.changes, done.conflicts) == ((), ())
    other = plan_text("win_rate=25%")  # 3 deals ÷ 25 % = 12 opportunities
    changed = api.regenerate(added(), "b.xlsx", other)
    cells = {each.name: each.value for each in api.records_of_book(changed.data, "b.xlsx")[1]}
    assert cells["opportunities"] == 12
    assert read(changed.data, "b").sheets[0].title == "案件"


def plan_text(*settings: str) -> api.PlanText:
    return api.PlanText(api.plan_from_example("ja", [SHEETS, *settings]).text().encode(), "plan.toml", (), api.open_shipped)


def test_all_that_is_in_the_way_is_said_at_once_and_nothing_is_done() -> None:
    workbook = opened()
    workbook.create_sheet("目標設定")
    workbook.defined_names["Win_Rate"] = DefinedName("Win_Rate", attr_text="'案件'!$B$2")
    workbook["控え"].append(["a"])
    workbook["控え"].add_table(Table(displayName="Leads", ref="A2:A3"))
    with pytest.raises(api.BookError) as refused:
        bridge.add_goal_sheets(workbook, plan())
    assert [(each.code, each.key) for each in refused.value.problems] == [
        ("title-taken", "目標設定"),
        ("table-taken", "Leads"),
        ("name-taken", "Win_Rate"),
    ]
    assert workbook.sheetnames == ["案件", "控え", "目標設定"]
    assert set(workbook.defined_names) == {"売上合計", "Win_Rate"}


def test_goal_sheets_are_put_in_once() -> None:
    with pytest.raises(api.BookError) as refused:
        bridge.add_goal_sheets(loaded(added()), plan())
    assert [each.code for each in refused.value.problems] == ["goal-sheets-there"]


def test_workbooks_that_nothing_can_be_added_to() -> None:
    of_1904 = openpyxl.Workbook()
    of_1904.epoch = CALENDAR_MAC_1904
    for workbook, code in [
        (openpyxl.Workbook(write_only=True), "no-random-access"),
        (openpyxl.load_workbook(io.BytesIO(new()), read_only=True), "no-random-access"),
        (of_1904, "from-1904"),
    ]:
        with pytest.raises(api.BookError) as refused:
            bridge.add_goal_sheets(workbook, plan())
        assert [each.code for each in refused.value.problems] == [code]


def test_a_workbook_is_checked_and_read_as_its_file_would_be() -> None:
    data = added()
    workbook = loaded(data)
    assert bridge.check(workbook, "b.xlsx").to_dict("en") == api.check(saved(loaded(data)), "b.xlsx").to_dict("en")
    template, cells = bridge.records(workbook)
    assert template == "standard"
    values = {each.name: each.value for each in cells}
    assert (values["win_rate"], values["web_revenue"], values["opportunities"]) == (0.3, 12_000_000, 10)


@pytest.mark.parametrize(
    ("how", "code"),
    [({"data_only": True}, "data-only"), ({"read_only": True}, "no-random-access")],
    ids=["data_only", "read_only"],
)
def test_what_no_check_can_be_made_of_is_refused(how: dict[str, bool], code: str) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(new()), **how)
    for ask in (bridge.check, bridge.records):
        with pytest.raises(api.BookError) as refused:
            ask(workbook)
        assert [each.code for each in refused.value.problems] == [code]


def test_a_check_leaves_pictures_alone() -> None:
    """openpyxl can write the pictures of a file that it loaded only once: that must be the owner's own save."""

    class Once:
        def _data(self) -> bytes:
            raise ValueError("I/O operation on closed file")

    workbook = loaded(new())
    modified, picture = workbook.properties.modified, Once()
    workbook["目標設定"]._images.append(picture)
    assert bridge.check(workbook).status == "ok"
    assert workbook["目標設定"]._images == [picture]
    assert workbook.properties.modified == modified


def test_findings_become_comments_and_fills() -> None:
    """45 typed over the 40 meetings, a merged cell: the one that shows is marked; a comment that is there stays."""
    workbook = loaded(new())
    sheet = workbook["目標設定"]
    meetings = workbook.defined_names["required_meetings"].attr_text.rpartition("!")[2].replace("$", "").partition(":")[0]
    sheet[meetings] = 45
    sheet[meetings].comment = Comment("部長と相談", "佐藤")
    report = bridge.check(workbook)
    assert [(each.code, each.cell) for each in report.findings if each.severity == "error"] == [("F01", meetings)]
    rest = bridge.mark(workbook, report, "ja")
    assert all(each.cell is None for each in rest)
    assert sheet[meetings].fill.fgColor.rgb == "FFF4A9A3"
    text = sheet[meetings].comment.text
    assert text.startswith("部長と相談\n\n誤り F01\n")
    assert sheet[meetings].comment.author == "佐藤"
    bridge.mark(workbook, report, "ja")
    assert sheet[meetings].comment.text == text
    again = loaded(saved(workbook))
    assert again["目標設定"][meetings].comment.text == text
    assert [each.code for each in api.check(saved(workbook), "b").findings if each.severity == "error"] == ["F01"]


def test_nothing_loads_openpyxl_unless_it_is_asked_for() -> None:
    code = (
        "import sys; from kgisheet import api; from kgisheet.cli import main; plan = api.plan_from_example('ja', ['sheets=目標設定']);"
        "api.check(api.workbook(plan, 'ja'), 'b');"
        "print('openpyxl' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"

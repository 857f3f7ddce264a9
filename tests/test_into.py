"""Goal sheets put into a workbook that is there: all else stays to the byte, and what can't be is refused whole."""

from __future__ import annotations

import datetime
import functools
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import referee
from conftest import Ran, book
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table
from outside_judge import found as judged
from package_audit import audit, changed
from theirs import THEIRS, by_openpyxl, by_xlsxwriter, opened

from kgisheet import api
from kgisheet.xlsx.patch import tabs
from kgisheet.xlsx.patch.package import Package

SHEETS = "使い方,目標設定,月次予実"
LISTS = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "_rels/.rels"}
"""The parts that say what else is in the file; LibreOffice writes a list of custom properties into every file."""


@functools.cache
def made(lang: str = "ja") -> api.Built:
    return api.build(api.plan_from_example(lang, [f"sheets={SHEETS}"]), lang)


@functools.cache
def full() -> api.Built:
    return api.build(api.plan_from_example("ja"), "ja")


@functools.cache
def after(form: str) -> bytes:
    return api.insert(THEIRS[form](), "b.xlsx", made())


def titles(data: bytes) -> list[str]:
    return [tab.title for tab in tabs.tabs(Package(data, "b.xlsx"))]


def bytes_of(workbook: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


FORMS = [pytest.param(each, marks=[pytest.mark.office] if each == "libreoffice" else []) for each in THEIRS]


@pytest.mark.parametrize("form", FORMS)
def test_every_part_that_was_there_stays_to_the_byte(form: str) -> None:
    before = THEIRS[form]()
    audit(after(form))
    assert judged(after(form)) == judged(before)
    new, other, gone = changed(before, after(form))
    assert gone == set()
    assert other <= LISTS | {"docProps/custom.xml"}
    assert sum(name.startswith("xl/worksheets/sheet") for name in new) == len(made().book.sheets)
    assert titles(after(form)) == [*titles(before), "目標設定", "月次予実", "根拠", "使い方", "計算用", "_kgisheet"]


@pytest.mark.parametrize("form", FORMS)
def test_their_cells_look_and_say_what_they_did(form: str) -> None:
    """The numbers of formats stay as they are, and so do the formats behind them."""
    before, now = (openpyxl.load_workbook(io.BytesIO(data)) for data in (THEIRS[form](), after(form)))
    compared = 0
    for sheet in before.worksheets:
        assert now[sheet.title].sheet_state == sheet.sheet_state
        for row in sheet.iter_rows():
            for cell in row:
                there = now[sheet.title][cell.coordinate]
                assert (there.value, there.number_format) == (cell.value, cell.number_format)
                for each in ("font", "fill", "border", "alignment", "protection"):
                    assert repr(getattr(there, each)) == repr(getattr(cell, each))
                compared += cell.value is not None
    assert compared > 10
    assert set(before.defined_names) <= set(now.defined_names)


@pytest.mark.parametrize("form", FORMS)
def test_the_goal_sheets_are_checked_as_those_of_new(form: str) -> None:
    report, alone = api.check(after(form), "b.xlsx"), api.check(api.to_bytes(made()), "b.xlsx")
    of_files = {"S11"}  # by which program the file was saved
    said = [(each.code, each.sheet, each.cell) for each in report.findings if each.code not in of_files]
    assert report.status == alone.status == "ok"
    assert said == [(each.code, each.sheet, each.cell) for each in alone.findings]
    assert api.records_of_book(after(form), "b.xlsx") == api.records_of_book(api.to_bytes(made()), "b.xlsx")


@pytest.mark.office
def test_libreoffice_works_out_the_same_figures() -> None:
    # 400 = 1200万円 ÷ 400万円 → 3 deals, ÷ 30 % → 10 opportunities, … : all of it as in the workbook of `new`.
    data = api.insert(by_openpyxl(), "b.xlsx", made())
    (theirs,) = referee.by_libreoffice([data])
    formulas = referee.formulas(data)
    ours = referee.cached(api.to_bytes(made()))
    assert len(formulas) > 300
    assert referee.differences(ours, theirs, [where for where in formulas if where in ours]) == []
    assert theirs["案件", "C2"] == 40


def test_monthly_keeps_what_was_there_and_rolls_the_goal_sheets_on() -> None:
    data = api.insert(by_xlsxwriter(), "b.xlsx", full())
    assert api.regenerate(data, "b.xlsx").data == data
    rolled = api.regenerate(data, "b.xlsx", start=datetime.date(2027, 4, 1))
    new, other, gone = changed(data, rolled.data)
    ours = {tab.part for tab in tabs.tabs(Package(data, "b.xlsx")) if tab.title not in ("Pipeline", "Chart")}
    assert gone == set()
    assert {name for name in other if name not in ours} <= LISTS | {"docProps/app.xml"}
    assert titles(rolled.data)[:2] == ["Pipeline", "Chart"]
    assert "2027-04" in rolled.added
    assert new
    assert api.check(rolled.data, "b.xlsx").status == "ok"


def test_all_that_is_in_the_way_is_said_at_once() -> None:
    """A sheet, a name and a table have names of ours, in other cases of their letters; none of them alone is said."""
    workbook = opened()
    workbook.create_sheet("目標設定")
    workbook.defined_names["Win_Rate"] = DefinedName("Win_Rate", attr_text="'案件'!$B$2")
    workbook["控え"].append(["a"])
    workbook["控え"].add_table(Table(displayName="Leads", ref="A2:A3"))
    with pytest.raises(api.BookError) as refused:
        api.insert(bytes_of(workbook), "b.xlsx", made())
    assert [(each.code, each.key) for each in refused.value.problems] == [
        ("title-taken", "目標設定"),
        ("table-taken", "Leads"),
        ("name-taken", "Win_Rate"),
    ]


def test_a_name_of_one_sheet_only_is_in_nobodys_way() -> None:
    workbook = opened()
    workbook["案件"].defined_names["win_rate"] = DefinedName("win_rate", attr_text="'案件'!$B$2")
    assert api.check(api.insert(bytes_of(workbook), "b.xlsx", made()), "b.xlsx").status == "ok"


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("from-1904", lambda workbook: setattr(workbook, "epoch", openpyxl.utils.datetime.CALENDAR_MAC_1904)),
        ("structure-locked", lambda workbook: setattr(workbook.security, "lockStructure", True)),
    ],
)
def test_workbooks_that_must_stay_as_they_are(code: str, change: Callable[[openpyxl.Workbook], None]) -> None:
    workbook = opened()
    if workbook.security is None:
        workbook.security = openpyxl.workbook.protection.WorkbookProtection()
    change(workbook)
    with pytest.raises(api.BookError) as refused:
        api.insert(bytes_of(workbook), "b.xlsx", made())
    assert [each.code for each in refused.value.problems] == [code]


def test_goal_sheets_are_put_in_once() -> None:
    with pytest.raises(api.BookError) as refused:
        api.insert(book("short", "en"), "b.xlsx", made())
    assert [each.code for each in refused.value.problems] == ["goal-sheets-there"]


# -- the command --------------------------------------------------------------


def test_in_place_with_a_backup(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    target = tmp_path / "案件.xlsx"
    target.write_bytes(by_openpyxl())
    done = kgisheet("new", "--into", target.name, "--set", f"sheets={SHEETS}")
    assert (done.code, done.err) == (0, "")
    assert done.out.decode().startswith("案件.xlsx: goal sheets added (template standard): 目標設定, 月次予実, 根拠, 使い方\n")
    assert target.read_bytes() == after("openpyxl")
    assert (tmp_path / "案件.bak.xlsx").read_bytes() == by_openpyxl()
    again = kgisheet("new", "--into", target.name, lang="ja_JP.UTF-8")
    assert again.code == 3
    assert again.err == (
        "kgisheet: 案件.xlsx: このブックにはすでに目標シートがあります → 計画に合わせて更新するには kgisheet monthly を使ってください\n"
    )
    assert target.read_bytes() == after("openpyxl")


def test_into_another_file(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    target = tmp_path / "b.xlsx"
    target.write_bytes(by_openpyxl())
    assert kgisheet("new", "--into", "b.xlsx", "-o", "o.xlsx", "--set", f"sheets={SHEETS}").code == 0
    assert (tmp_path / "o.xlsx").read_bytes() == after("openpyxl")
    assert target.read_bytes() == by_openpyxl()
    there = kgisheet("new", "--into", "b.xlsx", "-o", "o.xlsx")
    assert there.code == 2
    assert kgisheet("new", "--into", "b.xlsx", "-o", "b.xlsx", "--force").code == 2
    through = kgisheet("new", "--into", "-", "-o", "-", "--set", f"sheets={SHEETS}", stdin=by_openpyxl())
    assert (through.code, through.out) == (0, after("openpyxl"))


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["--into", "-"], 2, "--into - needs -o"),
        (["--into", "gone.xlsx"], 3, "gone.xlsx: there is no such file"),
        (["--into", "notes.xlsx"], 3, "notes.xlsx"),
    ],
)
def test_what_can_not_be_done(kgisheet: Callable[..., Ran], tmp_path: Path, args: list[str], code: int, said: str) -> None:
    (tmp_path / "notes.xlsx").write_text("no workbook")
    done = kgisheet("new", *args)
    assert done.code == code
    assert said in done.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes.xlsx"]

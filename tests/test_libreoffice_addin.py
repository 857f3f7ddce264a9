"""The extension for LibreOffice: its file, what its commands say and do beside a program that stands in, and all of it in the real one."""

from __future__ import annotations

import ast
import functools
import io
import json
import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import extension_visit
import pytest
import stored
from conftest import Ran, page_only
from hands import typed
from office_stand_in import Paper, Seen, Stand
from test_web import RAISED, worked_in

from kgisheet import api
from kgisheet.addin.libreoffice import answers, asking, commands, package, reading, said
from kgisheet.addin.libreoffice.checking import Checking
from kgisheet.addin.libreoffice.menu import COMMANDS
from kgisheet.addin.libreoffice.starting import Starting
from kgisheet.addin.libreoffice.updating import Updating
from kgisheet.version import __version__

if TYPE_CHECKING:
    from kgisheet.addin.libreoffice.desk import Given

TESTS = Path(__file__).parent
SHEETS = 'sheets = ["目標設定", "月次予実"]\n'
PLAN = SHEETS + RAISED.replace("400万円", "500万円")

# -- the file --------------------------------------------------------------------


@functools.cache
def oxt() -> bytes:
    return package.oxt()


def opened() -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(oxt()))


def test_the_file_is_the_same_each_time_and_small() -> None:
    assert oxt() == package.oxt()
    assert len(oxt()) < 2_000_000  # 1.7 MB: what it needs of the package grows with it, what it doesn't need stays out
    with opened() as archive:
        assert archive.namelist()[0] == "META-INF/manifest.xml"
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_it_has_all_that_it_speaks_of_and_the_licences() -> None:
    with opened() as archive:
        names = set(archive.namelist())
        for name in sorted(each for each in names if each.endswith((".xml", ".xcu"))):
            for element in ElementTree.fromstring(archive.read(name)).iter():  # noqa: S314  (our own)
                for attribute, value in element.attrib.items():
                    if attribute.endswith(("full-path", "href")):
                        assert value in names, (name, value)
                text = element.text or ""
                if text.startswith("%origin%/"):
                    assert text.removeprefix("%origin%/") in names, text
        assert {"python/kgisheet/api.py", "python/kgisheet/templates/standard/10-goals.toml"} & names
        assert "python/xlsxwriter/workbook.py" in names
        assert not [each for each in names if "/cli/" in each or "__pycache__" in each or each.startswith("python/openpyxl")]
        assert b"MIT License" in archive.read("licenses/kgisheet.txt")
        assert b"John McNamara" in archive.read("licenses/xlsxwriter.txt")
        assert f'<version value="{__version__}"/>'.encode() in archive.read("description.xml")


def test_each_command_has_its_titles_in_menu_and_toolbar() -> None:
    with opened() as archive:
        menu = archive.read("Addons.xcu").decode()
    for each in COMMANDS:
        assert menu.count(f"<value>kgisheet:{each.name}</value>") == 3, each.name  # menu, toolbar, its icon
        for lang, title in (("en-US", each.title.en), ("ja", each.title.ja)):
            assert menu.count(f'<value xml:lang="{lang}">{title}</value>') == 2, title


def test_what_comes_before_the_library_can_be_read_by_python_38() -> None:
    """LibreOffice 7.4 brings 3.8 to Windows: there a sentence is wanted, and no error of syntax."""
    folder = Path(package.__file__).parent
    early = [folder.parent / "__init__.py", folder.parents[1] / "__init__.py", folder.parents[1] / "version.py"]
    early += [folder.parents[1] / "language" / "__init__.py", folder.parents[1] / "language" / "text.py"]
    early += [each for each in folder.rglob("*.py") if each.name not in ("answers.py", "package.py", "registry.py")]
    assert len(early) > 12
    for path in early:
        tree = ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 8))
        first = [each for each in tree.body if isinstance(each, ast.ImportFrom)][:1]
        assert path.name in ("__init__.py", "component.py", "version.py") or first[0].module == "__future__", path
        for node in tree.body:  # at the top, annotations aside, nothing that 3.8 could not evaluate
            if isinstance(node, ast.Assign):
                assert not [each for each in ast.walk(node.value) if isinstance(each, ast.Subscript)], path


def test_the_command_writes_the_file_and_replaces_none(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    done = kgisheet("addin", "libreoffice")
    assert (done.code, (tmp_path / "kgisheet.oxt").read_bytes()) == (0, oxt())
    assert b"kgisheet.oxt (1." in done.out
    assert kgisheet("addin", "libreoffice").code == 2
    assert kgisheet("addin", "libreoffice", "-o", "kgisheet.oxt", "--force").code == 0


# -- who answers -------------------------------------------------------------------


def asked(data: bytes, **more: Any) -> dict[str, Any]:
    return {"do": "check", "lang": "en", "name": "goal.xlsx", "data": data, **more}


def test_an_older_python_asks_the_kgisheet_that_is_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The same answer, through a process: bytes travel in base 64."""
    program = tmp_path / "kgisheet"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{TESTS.parent}" exec "{sys.executable}" -m kgisheet "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setenv("PYTHONHOME", "/nowhere")  # as LibreOffice sets it for its own Python
    monkeypatch.setattr(asking, "NEEDED", (99, 0))
    data = wrong()
    assert asking.ask(asked(data)) == answers.answer(asked(data))
    made = asking.ask({"do": "new", "lang": "ja", "plan": RAISED.encode(), "plan_name": "plan.toml"})
    assert api.check(made["book"], "new.xlsx").status == "ok"


def test_where_nobody_can_answer_a_sentence_says_what_helps(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(asking, "NEEDED", (99, 0))
    monkeypatch.setattr(asking, "_PLACES", (str(tmp_path),))
    desk = Stand({})
    assert commands.run("new", desk, {}) is None
    assert "older than 3.11" in desk.heard[0]
    old = tmp_path / "kgisheet"
    old.write_text("#!/bin/sh\nexit 2\n")  # a version that doesn't know the command
    old.chmod(0o755)
    commands.run("new", desk, {})
    assert "does not answer" in desk.heard[1]


# -- beside a program that stands in ------------------------------------------------


def window(running: object) -> Seen:
    assert isinstance(running, (Checking, Updating, Starting))
    assert isinstance(running.window, Seen)
    return running.window


def wrong(lang: str = "ja") -> bytes:
    """A page with a figure typed over a formula: 30 where 10 ÷ 25 % = 40."""
    return typed(page_only(lang=lang), required_meetings=30)


def priced() -> bytes:
    """The page and the months of a plan with a win rate of 30 %, in which somebody typed another price."""
    plan = SHEETS + RAISED.replace('win_rate = "25%"', 'win_rate = "30%"')
    return typed(api.workbook(api.plan_from_toml(plan, "plan.toml", "ja"), "ja"), deal_size=3_000_000)


def run(name: str, desk: Stand, **given: str) -> Seen:
    files: Given = given
    return window(commands.run(name, desk, files))


def test_findings_lead_to_their_cells_and_are_marked() -> None:
    paper = Paper("goal.xlsx", wrong())
    seen = run("check", Stand({}, paper))
    sheet, cell = stored.places(paper.data)["required_meetings"]
    assert seen.texts["verdict"].startswith("1 error: some of the figures are wrong now.")
    assert seen.listed["findings"][0].startswith(f"error  {sheet}!{cell}  The formula of Meetings needed has been overwritten")
    assert seen.gone == {"save", "unsaved"}
    seen.press("findings", 0)
    assert paper.at == (sheet, cell)
    assert "Found: 30   Expected: 40" in seen.texts["detail"]
    seen.press("mark")
    assert paper.marks[0][:2] == (sheet, cell)
    assert paper.marks[0].fill == 0xF4A9A3
    assert paper.marks[0].text.startswith("error F01\n")
    seen.press("unmark")
    assert (paper.marks, "unmark" in seen.off) == ([], True)
    seen.press("close")
    assert seen.closed


def test_of_unsaved_changes_it_is_asked_what_to_read() -> None:
    """A copy by LibreOffice names it as the program that saved the workbook: nobody did."""
    paper = Paper("goal.ods", wrong(), is_changed=True)
    seen = run("check", Stand({}, paper))
    assert seen.texts["verdict"].startswith("“goal.ods” has changes that are not saved.")
    assert seen.gone == {"mark", "unmark", "again"}
    seen.press("unsaved")
    assert [each for each in seen.listed["findings"] if "Saved by" in each] == []
    assert "S11" in seen.texts["detail"]
    seen.press("again")
    seen.press("save")
    assert [each for each in seen.listed["findings"] if "Saved by" in each]


def test_what_is_said_is_in_the_language_of_the_program() -> None:
    seen = run("check", Stand({}, Paper("目標.xlsx", page_only()), "ja"))
    assert seen.form.title == "検査: 目標.xlsx"
    assert seen.texts["verdict"].startswith("検査した範囲に誤りはありません。")
    assert {each.text for each in seen.form.parts} >= {"印を付ける", "印を消す", "もう一度検査", "閉じる"}


def test_a_file_that_is_no_goal_sheet_is_said_to_be_none() -> None:
    seen = run("check", Stand({}, Paper("x.xlsx", b"PK\x03\x04 broken")))
    assert seen.texts["verdict"].startswith("It could not be checked: ")


def test_without_a_spreadsheet_there_is_nothing_to_check() -> None:
    desk = Stand({})
    assert commands.run("check", desk, {}) is None
    assert desk.heard == [said.NO_SHEET.en]


FOLDER = {"file:///work/plan.toml": PLAN.encode()}


def test_an_update_shows_what_changes_and_asks_in_a_conflict() -> None:
    """Somebody typed a price of 3,000,000; the plan has 5,000,000, and 25 % where there were 30 %."""
    paper, files = Paper("goal.xlsx", priced()), dict(FOLDER)
    desk = Stand(files, paper)
    seen = run("monthly", desk, Plan="file:///work/plan.toml")
    assert seen.texts["plan"] == "plan.toml"
    price, rate = seen.listed["changes"]
    assert price.endswith("Average deal size: ¥3,000,000 → ¥5,000,000")
    assert (price[:8], rate[:6], "take" in seen.off) == ("conflict", "change", True)
    seen.press("changes", 0)
    assert paper.at == ("目標設定", price.split("  ")[1].rpartition("!")[2])
    seen.press("take")
    assert seen.listed["changes"][0].startswith("overwritten")
    seen.press("write")
    values = {each.name: each.value for each in api.records_of_book(files["file:///work/goal-updated.xlsx"], "x")[1]}
    assert (values["deal_size"], values["win_rate"]) == (5_000_000, 0.25)
    seen.press("changes", 0)
    seen.press("take")
    seen.press("write")
    values = {each.name: each.value for each in api.records_of_book(files["file:///work/goal-updated2.xlsx"], "x")[1]}
    assert values["deal_size"] == 3_000_000
    assert desk.opened == ["file:///work/goal-updated.xlsx", "file:///work/goal-updated2.xlsx"]


def test_a_new_year_is_begun_and_its_tabs_are_named() -> None:
    seen = run("monthly", Stand({}, Paper("goal.xlsx", worked_in())))
    seen.set("start", "2027-04")
    seen.press("show")
    assert "new tab  2027-04" in seen.listed["changes"]
    assert "kept as values (final)  2026-04" in seen.listed["changes"]
    seen.set("start", "April")
    seen.press("show")
    assert ("write" in seen.off, seen.listed["changes"]) == (True, [])
    assert seen.texts["verdict"]


def test_actuals_are_chosen_first_and_what_is_wrong_with_them_is_said() -> None:
    desk = Stand({"file:///a.csv": "月,段階,実績\n2026-04,商談数,7\n".encode()}, Paper("実績-更新2.xlsx", worked_in()), "ja")
    desk.picked = "file:///a.csv"
    seen = run("actuals", desk)
    assert seen.listed["changes"][0].endswith("空欄 → 7")
    seen.press("write")
    assert [reading.name_of(each) for each in desk.opened] == ["実績-更新.xlsx"]
    desk.files["file:///a.csv"] = "月,段階,実績\n2026-04,商談数,七\n".encode()
    seen.press("pick_actuals")
    assert "七" in seen.texts["verdict"]
    assert "write" in seen.off


def test_a_goal_sheet_is_made_of_what_is_typed() -> None:
    """20,000,000 ÷ 4,000,000 = 5 deals; without a rate of opportunities, by the template that has none."""
    files: dict[str, bytes] = {}
    desk = Stand(files)
    seen = run("new", desk)
    seen.set("web_revenue", "20,000,000")
    seen.set("opportunity_rate", "")
    seen.press("make")
    template, records = api.records_of_book(files["file:///work/goal.xlsx"], "goal.xlsx")
    assert (template, {each.name: each.value for each in records}["won_deals"]) == ("short", 5)
    seen.press("make")
    assert seen.texts["detail"] == said.EXISTS.en.format("goal.xlsx")
    seen.set("win_rate", "0")
    seen.press("make")
    assert seen.texts["detail"].startswith("Win rate")


def test_a_goal_sheet_is_made_of_a_plans_file() -> None:
    desk = Stand({"file:///work/plan.toml": PLAN.encode(), "file:///work/bad.toml": b"win_rate = 3"})
    run("new", desk, Plan="file:///work/plan.toml")
    assert desk.opened == ["file:///work/plan.xlsx"]
    assert run("new", desk, Plan="file:///work/bad.toml").texts["detail"]


# -- the real one -----------------------------------------------------------------------


CELLS = ("required_meetings", "opportunity_rate", "win_rate")


@pytest.fixture(scope="module")
def visit() -> dict[str, Any]:
    """What a visit to LibreOffice saw (`extension_client.py`)."""
    data = wrong()
    cells = [stored.places(data)[name][1] for name in CELLS]
    files = {
        "wrong.xlsx": data,
        "kept.xlsx": data,
        "worked.xlsx": priced(),
        "plan.toml": PLAN.encode(),
        "cells.json": json.dumps(cells).encode(),
    }
    with extension_visit.folder(files) as folder:
        said = extension_visit.run(folder, ["/usr/bin/python3", "extension_client.py"])
        made = {each.name: each.read_bytes() for each in folder.glob("*.xlsx")}
    return {**json.loads(said), "files": made, "given": files}


@pytest.mark.office
def test_it_is_installed_and_removed(visit: dict[str, Any]) -> None:
    assert "Identifier: kgisheet.addin" in visit["listed"]
    assert "is registered: yes" in visit["listed"]
    assert "kgisheet" not in visit["left"]


@pytest.mark.office
def test_the_menus_command_shows_what_check_finds(visit: dict[str, Any]) -> None:
    seen = visit["check"]
    findings = answers.answer(asked(wrong()))["findings"]
    assert [each.split("  ")[:2] for each in seen["lines"]] == [[each["severity"], each["where"]] for each in findings]
    assert seen["said"].startswith("1 error: ")
    assert seen["buttons"] == ["Mark Cells", "Take Marks Away", "Check Again", "Close"]
    assert seen["chosen"].replace("$", "") == f"目標設定.{stored.places(wrong())['required_meetings'][1]}"


@pytest.mark.office
def test_marks_are_put_and_taken_away(visit: dict[str, Any]) -> None:
    """On a protected sheet, which stays so; the file is not called changed for them. A row put in meanwhile takes them along."""
    before, marked, after = (visit["check"][each] for each in ("before", "marked", "after"))
    assert marked["fills"][0] == 0xF4A9A3
    assert marked["comments"][0].startswith("error F01")
    assert marked["states"][0] == "DIRECT_VALUE" != before["states"][0]
    assert (marked["protected"], marked["changed"]) == (True, False)
    assert marked["properties"] != before["properties"]
    for each in ("fills", "states", "comments", "protected", "properties"):
        assert after[each] == before[each], each


@pytest.mark.office
def test_marks_that_were_saved_or_undone_are_known_and_what_is_not_ours_stays(visit: dict[str, Any]) -> None:
    own, undone, again, gone = (visit["kept"][each] for each in ("own", "undone", "again", "gone"))
    before = visit["check"]["before"]["fills"]
    assert (own["comments"][0], own["fills"][0]) == ("mine", 0xF4A9A3)  # a comment of somebody's stays
    assert (undone["fills"], undone["comments"]) == (before, ["mine", "", ""])
    assert (again["fills"], again["changed"]) == (own["fills"], False)
    assert (gone["fills"], gone["comments"], gone["changed"]) == (before, ["mine", "", ""], True)


@pytest.mark.office
def test_unsaved_changes_are_checked_in_a_copy(visit: dict[str, Any]) -> None:
    seen = visit["check"]["unsaved"]
    assert seen["buttons"] == ["Save and Go On", "Go On Without", "Close"]
    assert seen["lines"][0].startswith("error  目標設定!")
    assert [each for each in seen["lines"] if "Saved by" in each] == []


@pytest.mark.office
def test_the_update_is_a_new_workbook_beside_the_old_one(visit: dict[str, Any]) -> None:
    seen = visit["monthly"]
    assert [each.split("  ")[0] for each in (*seen["lines"], *seen["taken"])] == ["conflict", "change", "overwritten", "change"]
    assert seen["opened"] == ["worked-updated.xlsx", "worked.xlsx"]
    assert visit["files"]["worked.xlsx"] == visit["given"]["worked.xlsx"]
    values = {each.name: each.value for each in api.records_of_book(visit["files"]["worked-updated.xlsx"], "x")[1]}
    assert (values["deal_size"], values["win_rate"]) == (5_000_000, 0.25)


@pytest.mark.office
def test_a_new_goal_sheet_is_the_terminals(visit: dict[str, Any]) -> None:
    assert visit["monthly"]["made"] == ["new.xlsx", "worked-updated.xlsx", "worked.xlsx"]
    mine = api.workbook(api.plan_from_toml(PLAN, "plan.toml", "en"), "en")
    with zipfile.ZipFile(io.BytesIO(mine)) as own, zipfile.ZipFile(io.BytesIO(visit["files"]["new.xlsx"])) as theirs:
        assert {name: own.read(name) for name in own.namelist()} == {name: theirs.read(name) for name in theirs.namelist()}

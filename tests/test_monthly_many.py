"""``kgisheet monthly`` of folders and several workbooks: each updated in its place, none stops the rest, what is people's is said."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from regenerating import plans
from test_regenerate import SHORT_NEW, short, typed, values

from kgisheet.cli.backups import is_backup

Run = Callable[..., Ran]
ACTUALS = "月,段階,値\n2026-04,リード,{}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three workbooks made of the same plan, in one of which somebody has typed another win rate; and others in the folder."""
    (tmp_path / "in" / "deep").mkdir(parents=True)
    for name in ("in/east.xlsx", "in/deep/north.xlsx"):
        (tmp_path / name).write_bytes(short())
    (tmp_path / "in/west.xlsx").write_bytes(typed(short(), win_rate=0.25))
    (tmp_path / "in/cut.xlsx").write_bytes(short()[:5_000])
    (tmp_path / "in/east.bak.xlsx").write_bytes(short())
    (tmp_path / "in/notes.csv").write_text("x")
    (tmp_path / "plan.toml").write_text(plans.toml(SHORT_NEW), encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("worker_processes")
def test_a_folder_is_updated_in_place_each_file_with_its_backup(folder: Path, kgisheet: Run) -> None:
    """The win rate goes from 30 to 40 %: of 200 opportunities 150 are enough. Where somebody typed 25 %, that stays."""
    west = (folder / "in/west.xlsx").read_bytes()
    ran = kgisheet("monthly", "in", "--plan", "plan.toml", "--in-place")
    assert ran.code == 1  # the conflict
    assert values((folder / "in/east.xlsx").read_bytes())["opportunities"] == 150
    assert values((folder / "in/west.xlsx").read_bytes())["opportunities"] == 240
    assert (folder / "in/west.bak.xlsx").read_bytes() == west
    assert (folder / "in/deep/north.xlsx").read_bytes() == short()
    assert sorted(each.name for each in (folder / "in").iterdir()) == [
        "cut.xlsx",
        "deep",
        "east.bak.xlsx",
        "east.xlsx",
        "notes.csv",
        "west.bak.xlsx",
        "west.xlsx",
    ]
    said = ran.out.decode()
    assert "in/west.xlsx: " in said
    assert "[conflicts (the workbook's value is kept; --take ours or --take CELL takes the plan's value)]\n  目標設定!" in said
    table = said.split("\n\n")[-3].splitlines()
    assert [line.split("  ")[0] for line in table] == ["file", "in/cut.xlsx", "in/east.xlsx", "in/west.xlsx"]
    assert table[0].split() == ["file", "result", "changes", "kept", "conflicts"]
    assert said.split("\n\n")[-2] == "3 workbooks: 1 updated, 1 unchanged (1 of these with conflicts), 1 not updated"
    assert said.split("\n\n")[-1].splitlines() == [
        "[not to be updated]",
        "  in/deep/",
        "  in/east.bak.xlsx",
        "  in/notes.csv",
    ]
    assert ran.err == "kgisheet: in/cut.xlsx: the file is damaged or cut off → get it again, or save it again\n"


def test_a_dry_run_says_the_same_and_writes_nothing(folder: Path, kgisheet: Run) -> None:
    before = {each: each.read_bytes() for each in folder.rglob("*.*")}
    ran = kgisheet("monthly", "-r", "in/deep", "in/west.xlsx", "--plan", "plan.toml", "--dry-run", "--json")
    assert ran.code == 0
    north, west = json.loads(ran.out)["books"]
    assert (north["file"], west["file"]) == ("in/deep/north.xlsx", "in/west.xlsx")
    assert [each["name"] for each in west["conflicts"]] == ["win_rate"]
    assert not north["conflicts"]
    assert {"opportunities"} <= {each["name"] for each in north["changes"]}
    again = kgisheet("monthly", "in", "--dry-run", "--json")
    assert (again.code, json.loads(again.out)["books"][0]["file"]) == (3, "in/cut.xlsx")
    assert json.loads(again.out)["books"][0]["error"].startswith("the file is damaged or cut off")
    assert {each: each.read_bytes() for each in folder.rglob("*.*")} == before


def test_actuals_come_from_a_folder_by_the_name_of_the_workbook(folder: Path, kgisheet: Run) -> None:
    (folder / "crm").mkdir()
    (folder / "crm/east.csv").write_text(ACTUALS.format(12), encoding="utf-8")
    ran = kgisheet("monthly", "in/east.xlsx", "in/west.xlsx", "--actuals", "crm", "--dry-run")
    assert "west.xlsx: there is no west.csv for it in " in ran.err
    assert ran.code == 3
    assert "2 workbooks: " in ran.out.decode()
    assert "1 not updated" in ran.out.decode()


def test_a_workbook_that_is_named_twice_is_updated_once(folder: Path, kgisheet: Run) -> None:
    (folder / "in/again.xlsx").symlink_to("east.xlsx")
    ran = kgisheet("monthly", "in/east.xlsx", "in/deep/../east.xlsx", "in/again.xlsx", "--plan", "plan.toml", "--in-place")
    assert ran.code == 0
    assert "1 workbook: 1 updated" in ran.out.decode()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["-o", "x.xlsx"], "-o is for one workbook; for several use --in-place or --dry-run"),
        (["--undo"], "--undo takes one workbook at a time (one that had no changes would go back too far)"),
        (["--in-place", "--actuals", "plan.toml"], "--actuals: for several workbooks name a folder with a CSV for each"),
        (["--in-place", "--goals", "no.csv"], "--goals: for several workbooks name a folder with a CSV for each"),
        (["--dry-run", "-"], "stdin is for one workbook"),
        (["--in-place", "--json"], "--json needs --dry-run"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_makes_no_sense_for_several_is_refused(args: list[str], said: str, kgisheet: Run) -> None:
    ran = kgisheet("monthly", "in", *args)
    assert ran.code == 2
    assert said in ran.err


@pytest.mark.usefixtures("folder")
def test_a_folder_without_workbooks_is_said(kgisheet: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ran = kgisheet("monthly", "empty", "--in-place")
    assert ran.code == 3
    assert ran.err.startswith("kgisheet: empty: there is no goal sheet")


@pytest.mark.usefixtures("folder")
def test_the_words_are_japanese_too(kgisheet: Run) -> None:
    said = kgisheet("monthly", "in", "--plan", "plan.toml", "--dry-run", lang="ja_JP.UTF-8").out.decode()
    assert "3ブック: 更新予定1、変更なし1、うち競合あり1、更新できない1" in said
    assert "[更新の対象でないもの]" in said


def test_what_is_called_like_a_backup() -> None:
    names = ["a.bak.xlsx", "a.undone.xlsx", "a.bak.2026-10-01-093000.xlsx", "a.bak.2026-10-01-093000-2.xlsx"]
    assert all(map(is_backup, names))
    assert not any(map(is_backup, ["a.xlsx", "bak.xlsx", ".bak.xlsx", "a.bakery.xlsx"]))

"""Backups of ``monthly --in-place``: none destroys another, and ``--undo`` puts the last one back."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran, book
from hands import edited
from seeding.savers import setter

from kgisheet import api
from kgisheet.cli import backups
from kgisheet.cli.backups import Shelf
from kgisheet.errors import BookError, OutputError


def names(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def save(book: Path, data: bytes, at: int, keep: int = 10) -> None:
    """What --in-place does: the old file becomes the backup, made at a time (seconds), then the new one is written."""
    shelf = Shelf(book, "bak")
    shelf.put(book.read_bytes(), keep)
    os.utime(shelf.last, (at, at))
    book.write_bytes(data)


@pytest.fixture
def goal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TZ", "UTC")
    path = tmp_path / "goal.xlsx"
    path.write_bytes(b"one")
    return path


TEN = 36_000
"""1970-01-01, ten o'clock."""


def test_older_backups_bear_their_time_and_none_is_overwritten(goal: Path) -> None:
    for number, data in enumerate([b"two", b"three", b"four"]):
        save(goal, data, TEN + 60 * number)
    assert names(goal.parent) == {
        "goal.xlsx": b"four",
        "goal.bak.xlsx": b"three",
        "goal.bak.1970-01-01-100100.xlsx": b"two",
        "goal.bak.1970-01-01-100000.xlsx": b"one",
    }


def test_backups_of_one_second_are_numbered_and_in_order(goal: Path) -> None:
    for data in (b"two", b"three", b"four", b"five"):
        save(goal, data, TEN)
    shelf = Shelf(goal, "bak")
    assert [each.read_bytes() for each in shelf.newest_first()] == [b"four", b"three", b"two", b"one"]
    assert [each.name for each in shelf.newest_first()[1:]] == [
        f"goal.bak.1970-01-01-100000{number}.xlsx" for number in ("-3", "-2", "")
    ]


def test_the_oldest_go_where_there_are_more_than_are_wanted_and_nothing_else(goal: Path) -> None:
    others = {"goal.bak.old.xlsx": b"mine", "goal2.bak.1970-01-01-100000.xlsx": b"another's"}
    for name, data in others.items():
        (goal.parent / name).write_bytes(data)
    for number, data in enumerate([b"two", b"three", b"four", b"five"]):
        save(goal, data, TEN + 60 * number, keep=2)
    assert [each.read_bytes() for each in Shelf(goal, "bak").newest_first()] == [b"four", b"three"]
    assert names(goal.parent).items() >= others.items()


def test_a_backup_that_cannot_be_written_leaves_the_others_where_they_were(goal: Path) -> None:
    save(goal, b"two", TEN)
    (goal.parent / "~$goal.bak.xlsx").touch()  # somebody looks at it in Excel
    before = names(goal.parent)
    with pytest.raises(OutputError):
        Shelf(goal, "bak").put(b"two", 10)
    assert names(goal.parent) == before


def test_undo_goes_back_step_by_step_and_loses_nothing(goal: Path) -> None:
    save(goal, b"two", TEN)
    save(goal, b"three", TEN + 60)
    goal.write_bytes(b"three, and typed into")
    assert backups.undo(goal, 10) == ("goal.bak.xlsx", "goal.undone.xlsx")
    assert (goal.read_bytes(), names(goal.parent)["goal.undone.xlsx"]) == (b"two", b"three, and typed into")
    assert backups.undo(goal, 10) == ("goal.bak.xlsx", "goal.undone.xlsx")
    assert goal.read_bytes() == b"one"
    assert sorted(names(goal.parent).values()) == [b"one", b"three, and typed into", b"two"]
    with pytest.raises(BookError) as refused:
        backups.undo(goal, 10)
    assert refused.value.problems[0].what.en == "there is no backup to restore"
    assert goal.read_bytes() == b"one"


def test_undo_brings_back_a_workbook_that_is_gone(goal: Path) -> None:
    save(goal, b"two", TEN)
    goal.unlink()
    assert backups.undo(goal, 10) == ("goal.bak.xlsx", None)
    assert names(goal.parent) == {"goal.xlsx": b"one"}


# -- through the command -----------------------------------------------------------


def test_in_place_twice_and_undo_twice(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "goal.xlsx"
    made = [book(sheets="目標設定,月次予実")]
    path.write_bytes(made[0])
    for rate in (0.4, 0.5):
        path.write_bytes(edited(path.read_bytes(), setter("目標設定", "D14", rate)))
        made.append(path.read_bytes())
        assert kgisheet("monthly", "goal.xlsx", "--in-place").code == 0
        made.append(path.read_bytes())
    assert (tmp_path / "goal.bak.xlsx").read_bytes() == made[3]
    assert len(list(tmp_path.glob("goal.bak.*-*.xlsx"))) == 1
    ran = kgisheet("monthly", "goal.xlsx", "--undo")
    assert (ran.code, path.read_bytes()) == (0, made[3])
    assert ran.out.decode() == "goal.xlsx: restored from goal.bak.xlsx; what was there is in goal.undone.xlsx\n"
    assert (tmp_path / "goal.undone.xlsx").read_bytes() == made[4]
    assert (kgisheet("monthly", "goal.xlsx", "--undo").code, path.read_bytes()) == (0, made[1])
    ran = kgisheet("monthly", "goal.xlsx", "--undo")
    assert (ran.code, path.read_bytes()) == (3, made[1])
    assert "there is no backup to restore → monthly --in-place keeps one in goal.bak.xlsx" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [["--undo", "--in-place"], ["--undo", "--plan", "p.toml"], ["--undo", "--take", "ours"], ["--in-place", "--backups", "0"]],
)
def test_usage(kgisheet: Callable[..., Ran], arguments: list[str]) -> None:
    assert kgisheet("monthly", "goal.xlsx", *arguments).code == 2


def test_open_conflicts_are_exit_1_where_a_workbook_was_written(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    """20 inputs typed over and another plan: all 20 conflicts are listed, first; what follows is counted."""
    data = book(sheets="目標設定,月次予実")
    records = {each.name: each for each in api.records_of_book(data, "b.xlsx")[1]}
    typed = [f"month_weight[{month}]" for month in range(1, 13)] + [f"channel_meeting_rate[{number}]" for number in (1, 2, 3)]
    typed += [f"channel_cvr[{number}]" for number in (1, 2, 3)] + ["win_rate", "opportunity_rate"]

    def edit(workbook: object) -> None:
        for number, name in enumerate(typed):
            value = 3 if name.startswith("month") else 0.31 + number / 100
            workbook[records[name].sheet][records[name].cell].value = value  # type: ignore[index]

    (tmp_path / "goal.xlsx").write_bytes(edited(data, edit))
    plan = api.extract(data, "b.xlsx")[0].replace("[months]", "[months]\nweights = [2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]")
    if "weights" not in plan:
        plan += "\n[months]\nweights = [2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n"
    (tmp_path / "plan.toml").write_text(plan, encoding="utf-8")
    dry = kgisheet("monthly", "goal.xlsx", "--plan", "plan.toml", "--dry-run")
    lines = dry.out.decode().splitlines()
    assert dry.code == 0
    assert lines[0].endswith(" 20 conflicts")
    assert lines[1].startswith("[conflicts")
    places = {f"{records[name].sheet}!{records[name].cell}" for name in typed}
    assert {line.split()[0] for line in lines[2:22]} == places
    assert kgisheet("monthly", "goal.xlsx", "--plan", "plan.toml", "-o", "out.xlsx").code == 1
    assert kgisheet("monthly", "out.xlsx", "--plan", "plan.toml", "--in-place").code == 1
    taken = kgisheet("monthly", "out.xlsx", "--plan", "plan.toml", "--in-place", "--take", "ours")
    lines = taken.out.decode().splitlines()
    assert (taken.code, lines[1]) == (0, "[overwritten (typed by people)]")
    assert {line.split()[0] for line in lines[2:22]} == places

"""``kgisheet monthly`` and the file: what it writes and where, what it refuses to change, and what it finds in use."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hands
import pytest
from conftest import Ran
from regenerating import plans
from seeding.package import Parts, packed, unpacked
from test_regenerate import BOOK, SHORT_NEW, book, cell, short, values

from kgisheet.output import write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / BOOK).write_bytes(short())
    (tmp_path / "plan.toml").write_text(plans.toml(SHORT_NEW), encoding="utf-8")
    return tmp_path


def test_a_dry_run_writes_nothing(folder: Path, kgisheet: Callable[..., Ran]) -> None:
    before = {each.name: each.read_bytes() for each in folder.iterdir()}
    ran = kgisheet("monthly", BOOK, "--plan", "plan.toml", "--dry-run", "--json")
    assert ran.code == 0
    answer = json.loads(ran.out)
    assert list(answer) == ["changes", "kept", "conflicts"]
    change = {"sheet": "目標設定", "cell": cell("opportunities")[1], "name": "opportunities", "before": 200, "after": 150}
    assert change in answer["changes"]
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == before


def test_in_place_keeps_a_backup(folder: Path, kgisheet: Callable[..., Ran]) -> None:
    assert kgisheet("monthly", BOOK, "--plan", "plan.toml", "--in-place").code == 0
    assert sorted(each.name for each in folder.iterdir()) == ["b.bak.xlsx", "b.xlsx", "plan.toml"]
    assert (folder / "b.bak.xlsx").read_bytes() == short()
    assert values((folder / BOOK).read_bytes())["opportunities"] == 150


def final(parts: Parts) -> None:
    new = b'<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="99" name="_MarkAsFinal"><vt:bool>true</vt:bool></property>'
    parts["docProps/custom.xml"] = parts["docProps/custom.xml"].replace(b"</Properties>", new + b"</Properties>")


def signed(parts: Parts) -> None:
    parts["_xmlsignatures/sig1.xml"] = b"<Signature/>"


def recommended(parts: Parts) -> None:
    old = parts["xl/workbook.xml"]
    parts["xl/workbook.xml"] = old.replace(b"<workbookPr", b'<fileSharing readOnlyRecommended="1"/><workbookPr', 1)


def without(title: str) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        made = hands.edited(packed(parts), lambda workbook: workbook.remove(workbook[title]))
        parts.clear()
        parts.update(unpacked(made))

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without("予実サマリー"), "these sheets were deleted: “予実サマリー”"),
        (without("月次予実"), "these sheets were deleted: “月次予実”"),
        (final, "it is marked as final"),
        (signed, "it is digitally signed"),
        (recommended, "it asks to be opened read-only"),
        (lambda parts: parts.pop("xl/worksheets/sheet2.xml"), "can't be read"),
    ],
)
def test_what_must_not_be_changed_is_refused(
    folder: Path, kgisheet: Callable[..., Ran], change: Callable[[Parts], Any], said: str
) -> None:
    parts = unpacked(book() if said.endswith("“予実サマリー”") else short())
    change(parts)
    before = packed(parts)
    (folder / BOOK).write_bytes(before)
    ran = kgisheet("monthly", BOOK, "--in-place")
    assert (ran.code, (folder / BOOK).read_bytes()) == (3, before)
    assert said in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.usefixtures("folder")
def test_an_encrypted_workbook_is_refused(folder: Path, kgisheet: Callable[..., Ran]) -> None:
    """Excel wraps it in an OLE file whose stream is called EncryptedPackage ([MS-OFFCRYPTO] 2.3.4.4)."""
    data = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(480)
    (folder / BOOK).write_bytes(data)
    ran = kgisheet("monthly", BOOK, "--plan", "plan.toml", "--in-place")
    assert (ran.code, (folder / BOOK).read_bytes()) == (3, data)
    assert "it is encrypted with a password" in ran.err
    assert sorted(each.name for each in folder.iterdir()) == [BOOK, "plan.toml"]


@pytest.mark.parametrize(
    ("beside", "mode", "said"),
    [
        (f"~${BOOK}", 0o644, "it is open in Excel"),
        (f".~lock.{BOOK}#", 0o644, "it is open in LibreOffice"),
        (None, 0o444, "the file is read-only"),
    ],
)
def test_a_file_that_is_in_use_is_not_replaced(
    folder: Path, kgisheet: Callable[..., Ran], beside: str | None, mode: int, said: str
) -> None:
    if beside is not None:
        (folder / beside).touch()
    (folder / BOOK).chmod(mode)
    ran = kgisheet("monthly", BOOK, "--plan", "plan.toml", "--in-place")
    assert (ran.code, (folder / BOOK).read_bytes()) == (3, short())
    assert said in ran.err
    assert not (folder / "b.bak.xlsx").exists()


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "arguments", [[], ["--dry-run", "--in-place"], ["-o", "x.xlsx", "--json"], ["--dry-run", "--start", "4月"]]
)
def test_usage(kgisheet: Callable[..., Ran], arguments: list[str]) -> None:
    assert kgisheet("monthly", BOOK, *arguments).code == 2


def test_what_a_killed_run_left_is_taken_away_but_not_what_another_one_writes(tmp_path: Path) -> None:
    (tmp_path / ".kgisheet-dead.tmp").write_bytes(b"half")
    (tmp_path / ".kgisheet-theirs.txt").write_bytes(b"no file of ours")
    with (tmp_path / ".kgisheet-alive.tmp").open("wb") as alive:
        fcntl.flock(alive, fcntl.LOCK_EX)
        write(str(tmp_path / "new.xlsx"), b"new")
        assert sorted(os.listdir(tmp_path)) == [".kgisheet-alive.tmp", ".kgisheet-theirs.txt", "new.xlsx"]


def test_what_a_killed_run_left_is_taken_away_by_commands_that_only_read(folder: Path, kgisheet: Callable[..., Ran]) -> None:
    """Once in a process for each folder: this one is new to it."""
    (folder / ".kgisheet-dead.tmp").write_bytes(b"half")
    assert kgisheet("show", BOOK).code == 0
    assert sorted(os.listdir(folder)) == [BOOK, "plan.toml"]

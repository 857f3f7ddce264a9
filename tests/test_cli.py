"""The command line as a person meets it."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from conftest import PAGE, ROOT, Ran, values

from kgisheet import __version__
from kgisheet.cli import explaining, main

Run = Callable[..., Ran]
SMALL = ("--set", f"sheets={PAGE}")
"""Stops at the page, where a test is about the file and not about what is in it: a sixteenth of the time."""


def test_the_worked_example_without_any_argument(program: Run, tmp_path: Path) -> None:
    ran = program("new")
    assert ran.code == 0
    assert (
        "Web revenue ¥12,000,000 → Won deals 3 → Opportunities 10 → Meetings needed 40 → Leads 217 → Visits 21,700"
        in ran.out.decode()
    )
    assert values((tmp_path / "kgi-goal.xlsx").read_bytes())["visits"] == 21_700


def test_an_existing_file_is_left_alone_without_force(kgisheet: Run, tmp_path: Path) -> None:
    (tmp_path / "kgi-goal.xlsx").write_bytes(b"mine")
    ran = kgisheet("new", *SMALL)
    assert ran.code == 2
    assert "already exists" in ran.err
    assert (tmp_path / "kgi-goal.xlsx").read_bytes() == b"mine"
    assert kgisheet("new", "--force", *SMALL).code == 0
    assert (tmp_path / "kgi-goal.xlsx").read_bytes()[:2] == b"PK"
    assert {path.name for path in tmp_path.iterdir()} == {"kgi-goal.xlsx"}


@pytest.mark.parametrize("output", ["nowhere/x.xlsx", ".", "x" * 300 + ".xlsx", "a\x00b.xlsx"[:1] + "/../nowhere/x.xlsx"])
def test_an_output_that_can_not_be_written(output: str, kgisheet: Run, tmp_path: Path) -> None:
    ran = kgisheet("new", "-o", output, *SMALL)
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_nothing(kgisheet: Run) -> None:
    ran = kgisheet("new", "-o", "/dev/full/x.xlsx", *SMALL)
    assert ran.code == 2


def test_a_book_that_is_open_in_excel_is_not_replaced(kgisheet: Run, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"mine")
    (tmp_path / "~$a.xlsx").write_bytes(b"lock")
    ran = kgisheet("new", "-o", "a.xlsx", "--force", *SMALL)
    assert ran.code == 2
    assert "open in Excel" in ran.err


def test_a_link_is_followed(kgisheet: Run, tmp_path: Path) -> None:
    (tmp_path / "real.xlsx").write_bytes(b"old")
    (tmp_path / "link.xlsx").symlink_to("real.xlsx")
    assert kgisheet("new", "-o", "link.xlsx", *SMALL).code == 2
    assert kgisheet("new", "-o", "link.xlsx", "--force", *SMALL).code == 0
    assert (tmp_path / "link.xlsx").is_symlink()
    assert (tmp_path / "real.xlsx").read_bytes()[:2] == b"PK"


def test_the_name_of_the_plan_is_the_name_of_the_book(kgisheet: Run, tmp_path: Path) -> None:
    ran = kgisheet("new", str(ROOT / "samples" / "saas.toml"), *SMALL)
    assert ran.code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["saas.xlsx"]


def test_stdin_and_stdout(kgisheet: Run, tmp_path: Path) -> None:
    plan = (ROOT / "samples" / "low-price.toml").read_bytes().replace("150万円".encode(), "45万円".encode())
    ran = kgisheet("new", "-", "-o", "-", "--set", "sheets=目標設定,現状とのギャップ", stdin=plan)
    assert (ran.code, ran.out[:2]) == (0, b"PK")
    # That budget is too small for its goal, and `new` says so.
    assert ran.err.startswith("kgisheet: warning: stdin:44: feasibility.budget: A limit is exceeded: Budget: ")
    assert list(tmp_path.iterdir()) == []
    shown = kgisheet("show", "-", "--json", stdin=ran.out)
    assert json.loads(shown.out)["template"] == "short"


def test_a_workbook_is_never_written_to_a_terminal() -> None:
    master, slave = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "kgisheet", "new", "-o", "-"],
            stdout=slave,
            stderr=subprocess.PIPE,
            env={**os.environ, "LANG": "en_US.UTF-8", "PYTHONPATH": str(ROOT)},
            check=False,
        )
    finally:
        os.close(slave)
        os.close(master)
    assert done.returncode == 2
    assert b"terminal" in done.stderr


@pytest.mark.parametrize(
    "args",
    [
        ["nonsense"],
        ["new", "--nonsense"],
        ["new", "a", "b"],
        ["new", "--lang", "fr"],
        ["show"],
        ["template", "show"],
        ["new", "-o"],
    ],
)
@pytest.mark.parametrize("lang", ["en_US.UTF-8", "ja_JP.UTF-8"])
def test_usage_errors_end_with_2(args: list[str], lang: str, kgisheet: Run) -> None:
    ran = kgisheet(*args, lang=lang)
    assert ran.code == 2
    assert ran.err.startswith("kgisheet: ")
    if lang.startswith("ja"):
        assert any(ord(letter) > 0x3000 for letter in ran.err.splitlines()[0])


@pytest.mark.parametrize("args", [[], ["new"], ["show"], ["template"], ["template", "list"], ["template", "check"]])
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_everywhere(args: list[str], flag: str, kgisheet: Run) -> None:
    ran = kgisheet(*args, flag)
    assert ran.code == 0
    assert b"Usage:" in ran.out


def test_version(program: Run) -> None:
    assert program("--version").out.decode().strip() == f"kgisheet {__version__}"


def test_same_plan_same_bytes(kgisheet: Run, tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert kgisheet("new", "-o", f"{name}.xlsx", *SMALL, PYTHONHASHSEED=name.encode().hex()[:2]).code == 0
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert kgisheet("new", "-o", "c.xlsx", *SMALL, SOURCE_DATE_EPOCH="1700000000").code == 0
    assert b"2023-11-14T22:13:20Z" in part(tmp_path / "c.xlsx", "docProps/core.xml")
    assert kgisheet("new", "-o", "d.xlsx", SOURCE_DATE_EPOCH="soon").code == 2


def part(path: Path, name: str) -> bytes:
    import zipfile

    with zipfile.ZipFile(path) as package:
        return package.read(name)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "older Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"%PDF-1.7", "PDF"),
        (b"a,b,c\n1,2,3\n", "CSV"),
        (b"<html><body>", "HTML"),
        (b"PK\x03\x04 cut off", "damaged"),
        (b"\x00\x01\x02" * 50, "not an Excel workbook"),
    ],
)
def test_what_is_no_workbook_is_called_by_its_name(content: bytes, says: str, kgisheet: Run, tmp_path: Path) -> None:
    (tmp_path / "book.xlsx").write_bytes(content)
    ran = kgisheet("show", "book.xlsx")
    assert ran.code == 3
    assert says in ran.err


def test_a_lock_file_and_a_missing_one(kgisheet: Run, tmp_path: Path) -> None:
    (tmp_path / "~$book.xlsx").write_bytes(b"user")
    ran = kgisheet("show", "~$book.xlsx")
    assert (ran.code, "name book.xlsx instead" in ran.err) == (3, True)
    assert kgisheet("show", "none.xlsx").code == 3


def test_a_workbook_given_as_a_plan(kgisheet: Run) -> None:
    kgisheet("new", *SMALL)
    ran = kgisheet("new", "kgi-goal.xlsx", "-o", "x.xlsx")
    assert (ran.code, "kgisheet show" in ran.err) == (3, True)


def test_an_ascii_terminal_gets_question_marks_not_a_traceback(kgisheet: Run) -> None:
    ran = kgisheet("new", lang="ja_JP.UTF-8", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert ran.code == 0


def test_escape_sequences_do_not_reach_the_terminal(kgisheet: Run) -> None:
    ran = kgisheet("new", "--set", "web_revenue=\x1b[31mred\u202e")
    assert ran.code == 3
    assert "\x1b" not in ran.err
    assert "\u202e" not in ran.err


def test_force_never_replaces_what_is_no_regular_file_or_is_the_input(kgisheet: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    ran = kgisheet("new", "-o", "pipe.xlsx", "--force")
    assert (ran.code, "not a regular file" in ran.err) == (2, True)
    assert (tmp_path / "pipe.xlsx").is_fifo()
    plan = (ROOT / "samples" / "saas.toml").read_bytes()
    (tmp_path / "plan.xlsx").write_bytes(plan)
    assert kgisheet("new", "plan.xlsx", "-o", "plan.xlsx", "--force").code == 2
    assert (tmp_path / "plan.xlsx").read_bytes() == plan
    assert kgisheet("new", "-o", "x.xls").code == 2


def test_a_process_that_ends_at_once_has_said_all(kgisheet: Run, program: Run) -> None:
    for args in (["template", "export", "standard"], ["check", "gone.xlsx"]):
        assert program(*args) == kgisheet(*args)
    assert len(program("template", "export", "standard").out) > 1 << 16  # more than a pipe holds


def test_a_fault_of_the_program_itself_ends_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It names the error and the line of ours that it came up in; a developer gets the traceback with `python -X dev`."""
    monkeypatch.setattr(main, "answered", lambda _: explaining.page(cast("str", None)))
    assert main.run([]) == 3
    assert re.fullmatch(r"kgisheet: .+\(AttributeError cli/explaining\.py:\d+\) → .+\n", capsys.readouterr().err)


def test_a_full_stdout_ends_in_words() -> None:
    with open("/dev/full", "wb") as full:
        for args in (["new", "-o", "-"], ["template", "list"]):
            done = subprocess.run(
                [sys.executable, "-m", "kgisheet", *args],
                stdout=full,
                stderr=subprocess.PIPE,
                env={**os.environ, "LANG": "en_US.UTF-8", "PYTHONPATH": str(ROOT)},
                check=False,
            )
            assert done.returncode == 2
            assert b"Traceback" not in done.stderr

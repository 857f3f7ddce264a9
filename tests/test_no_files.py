"""What is no file, or no file that anybody would read to its end: each is said in words, and none is waited for."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran, page_only

from kgisheet.cli import pipes
from kgisheet.language.reasons import why

Run = Callable[..., Ran]
COMMANDS = (("check",), ("show",), ("extract",), ("monthly", "--dry-run"), ("upgrade", "--dry-run"), ("diff", "x.xlsx"))


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/dev/zero", "this is a device, not a file"),
        ("huge.xlsx", "too large to be read (3,072 MiB; the limit is 20 MiB) → save the goal sheets in a separate file"),
        ("large.xlsx", "(24 MiB; the limit is 20 MiB) → if you trust the file, --budget 10 makes the limits 10 times the standard"),
        ("circle.xlsx", "its links go round in a circle"),
        ("x" * 300 + ".xlsx", "the name is too long"),
        ("x.xlsx/y.xlsx", "a part of its path is no folder"),
    ],
)  # fmt: skip
def test_it_is_said_in_words(command: tuple[str, ...], path: str, says: str, kgisheet: Run, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(page_only())
    (tmp_path / "circle.xlsx").symlink_to("circle.xlsx")
    for name, size in (("huge.xlsx", 3 << 30), ("large.xlsx", 24 << 20)):
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
    ran = kgisheet(*command, path)
    assert (ran.code, says in ran.out.decode() + ran.err) == (3, True), ran


def test_a_folder_is_said_where_a_file_is_meant(kgisheet: Run) -> None:
    ran = kgisheet("show", ".", lang="ja_JP.UTF-8")
    assert (ran.code, ran.err) == (3, "kgisheet: .: フォルダーです。ファイルを指定してください\n")


def test_stdin_is_read_no_further_than_a_file_may_go(kgisheet: Run) -> None:
    ran = kgisheet("check", "-", stdin=b"PK" + bytes(21 << 20))
    assert (ran.code, "stdin: too large to be read (over 20 MiB; the limit is 20 MiB)" in ran.out.decode()) == (3, True)


def test_a_pipe_is_read_and_one_that_nobody_writes_into_is_left(
    kgisheet: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    writer = threading.Thread(target=(tmp_path / "pipe.xlsx").write_bytes, args=(page_only(),))
    writer.start()
    assert kgisheet("check", "pipe.xlsx").code == 0
    writer.join()
    monkeypatch.setattr(pipes, "PATIENCE", 0.01)
    with pytest.raises(pipes.SilentError):
        pipes.read(str(tmp_path / "pipe.xlsx"), 10)


def test_the_system_s_words_are_put_into_the_reader_s() -> None:
    assert why(OSError(28, "No space left on device")).ja == "ディスクの空きがありません"
    assert why(OSError(4444, "?")).en == "error number 4444"
    assert why(ValueError("embedded null byte")).en == "there is a character in its name that can't be used"

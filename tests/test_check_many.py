"""`check` of many files through worker processes: the reports come one by one, and no file stops, hides or delays the rest."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import ROOT, Ran, page_only

from kgisheet.check.finding import ERROR, NOTE, Finding, Report
from kgisheet.check.finding import to_dict as whole
from kgisheet.cli.checked import Asked, How, checked
from kgisheet.language.text import Text
from kgisheet.many import executors
from kgisheet.many.limits import Limits
from kgisheet.report.html import html
from kgisheet.report.render import pieces, render
from kgisheet.report.text import text

Run = Callable[..., Ran]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two sound workbooks, one cut off, one of 3 GiB, and two files that aren't workbooks."""
    sound = page_only(lang="en")
    for name in ("a.xlsx", "z.xlsx"):
        (tmp_path / name).write_bytes(sound)
    (tmp_path / "cut.xlsx").write_bytes(sound[: len(sound) // 2])
    with (tmp_path / "huge.xlsx").open("wb") as file:
        file.truncate(3 * 2**30)  # a hole: it takes no room on the disk
    (tmp_path / "goals.csv").write_text("リード,1\n", encoding="utf-8")
    (tmp_path / "memo.txt").write_text("x")
    return tmp_path


@pytest.mark.usefixtures("folder", "worker_processes")
def test_the_report_is_the_same_for_any_number_of_processes(kgisheet: Run) -> None:
    one, three = (kgisheet("check", ".", "--jobs", jobs) for jobs in ("1", "3"))
    assert one == three
    assert one.code == 3
    table = one.out.decode().split("\n\n")[-3].splitlines()
    assert [line.split("  ")[0] for line in table] == ["file", "a.xlsx", "cut.xlsx", "huge.xlsx", "z.xlsx"]
    assert (
        "huge.xlsx: too large to be read (3,072 MiB; the limit is 20 MiB) → save the goal sheets in a separate file"
        in one.out.decode()
    )
    assert one.out.decode().endswith("[not checked]\n  memo.txt\n  goals.csv\n")


@pytest.mark.usefixtures("folder")
def test_json_is_that_of_the_files_one_by_one(kgisheet: Run, tmp_path: Path) -> None:
    ran = kgisheet(
        "check", "z.xlsx", "huge.xlsx", "-", "--format", "json", "-o", "r.json", "--select", "I", stdin=page_only(lang="en")
    )
    assert (ran.code, ran.out, ran.err) == (3, b"", "")
    how = How(None, ("I",), ())
    files = [("z.xlsx", "z.xlsx"), ("huge.xlsx", "huge.xlsx"), ("stdin", "a.xlsx")]
    reports = [checked(how, Asked(name, str(tmp_path / path))) for name, path in files]
    assert json.loads((tmp_path / "r.json").read_bytes()) == whole(reports, "en")


@pytest.fixture
def waiting(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """`check` of three files by one worker, the second of which never comes to an end: a pipe into which nobody writes."""
    pipe = folder / "pipe.xlsx"
    os.mkfifo(pipe)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "en_US.UTF-8", "LC_ALL": ""}
    # A shell's background jobs, of which the tests may be one, inherit that Ctrl-C is ignored.
    start = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from kgisheet.cli.main import main; main()"
    )
    args = [sys.executable, "-c", start, "check", "a.xlsx", "pipe.xlsx", "z.xlsx", "--jobs", "1"]
    process = subprocess.Popen(
        args,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
    )
    with process:
        yield process, pipe
        process.kill()


def workers(process: subprocess.Popen[bytes]) -> list[int]:
    """The children of a process."""
    return [int(each) for path in Path(f"/proc/{process.pid}/task").glob("*/children") for each in path.read_text().split()]


def test_the_first_report_is_there_before_the_last_file_is_read(waiting: tuple[subprocess.Popen[bytes], Path]) -> None:
    process, pipe = waiting
    assert process.stdout is not None
    assert process.stdout.readline().startswith(b"a.xlsx: nothing wrong")
    with pipe.open("wb") as file:  # as soon as the worker reads it
        file.write(page_only(lang="en"))
    rest = process.stdout.read().decode()
    assert "pipe.xlsx: nothing wrong" in rest
    assert "3 files: 3 OK" in rest
    assert process.wait() == 0


def test_a_killed_worker_is_tried_again_and_then_said_by_name(waiting: tuple[subprocess.Popen[bytes], Path]) -> None:
    process, pipe = waiting
    for _ in range(2):
        with pipe.open("wb") as file:
            (worker,) = workers(process)
            os.kill(worker, signal.SIGKILL)
            gone(file.fileno())
    out, err = process.communicate()
    said = "pipe.xlsx: the process working on it ended (SIGKILL), and ended again when it was retried"
    assert said in out.decode()
    assert "3 files: 2 OK, 0 with findings, 0 checked in part, 1 unreadable" in out.decode()
    assert (process.returncode, err) == (3, b"")


def test_ctrl_c_ends_the_workers(waiting: tuple[subprocess.Popen[bytes], Path]) -> None:
    process, pipe = waiting
    assert process.stdout is not None
    with pipe.open("wb") as file:
        first = process.stdout.readline()  # the report of the file before the one that comes to no end
        process.send_signal(signal.SIGINT)
        assert process.wait() == 130
        gone(file.fileno())
    _, err = process.communicate()
    assert first.startswith(b"a.xlsx: nothing wrong")
    assert err == b"\n"  # after ^C on the terminal


def test_a_worker_ends_with_the_program_that_was_killed(waiting: tuple[subprocess.Popen[bytes], Path]) -> None:
    process, pipe = waiting
    with pipe.open("wb") as file:
        process.kill()
        gone(file.fileno())


def gone(pipe: int) -> None:
    """Wait until nobody reads a pipe any more."""
    with contextlib.suppress(BrokenPipeError):
        while True:
            os.write(pipe, bytes(65_536))


@pytest.mark.usefixtures("folder", "worker_processes")
def test_what_takes_too_long_is_stopped_and_said(kgisheet: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "LIMITS", Limits(seconds=2))
    os.mkfifo(tmp_path / "pipe.xlsx")
    ran = kgisheet("check", "a.xlsx", "pipe.xlsx", "z.xlsx")
    assert "pipe.xlsx: it was not finished within 2 seconds and was stopped" in ran.out.decode()
    table = ran.out.decode().split("\n\n")[-2].splitlines()
    assert [line.split()[0] for line in table] == ["file", "a.xlsx", "pipe.xlsx", "z.xlsx"]
    assert ran.code == 3


# -- what is kept of many files --------------------------------------------------------


def report(number: int, status: str = "ok", note: str = "Saved by LibreOffice.") -> Report:
    found = [Finding("S11", NOTE, Text(note, note), Text("直す", "save it in Excel"))]
    if status == "findings":
        found.append(Finding("F01", ERROR, Text("誤り", "Typed over."), Text("直す", "restore it"), sheet="Goals", cell="C9"))
    return Report(f"{number}.xlsx", status, "standard", 524, 132, 0, tuple(found))


def test_of_more_than_a_hundred_files_the_table_has_those_that_are_not_ok() -> None:
    def table(files: int) -> list[str]:
        reports = [report(number, "findings" if number % 50 == 7 else "ok") for number in range(files)]
        return text(reports, "en").split("\n\n")[-2].splitlines()

    assert len(table(100)) == 1 + 100
    assert table(108) == [
        "file      verdict  worst finding",
        "7.xlsx    errors   F01 Goals!C9 Typed over.",
        "57.xlsx   errors   F01 Goals!C9 Typed over.",
        "107.xlsx  errors   F01 Goals!C9 Typed over.",
        "(105 that are OK are left out)",
    ]


def test_the_table_has_a_thousand_rows_at_most() -> None:
    table = text([report(number, "findings") for number in range(1_200)], "en").split("\n\n")[-2].splitlines()
    assert len(table) == 1 + 1_000 + 2
    assert table[-2:] == ["(200 more that are not OK)", "(0 that are OK are left out)"]


def test_a_note_of_many_files_names_the_first_five() -> None:
    common = text([report(number) for number in range(12)], "en").split("\n\n")[-3]
    assert common.splitlines()[-1] == "    0.xlsx, 1.xlsx, 2.xlsx, 3.xlsx, 4.xlsx and 7 more"


@pytest.mark.parametrize("form", ["json", "sarif", "html"])
@pytest.mark.parametrize("passed", [[], ["memo.txt"]])
def test_piece_by_piece_is_the_same_as_at_once(form: str, passed: list[str]) -> None:
    reports = [report(1), report(2, "findings"), report(3, "incomplete", "{[x](y)}"), report(1)]
    assert "".join(pieces(iter(reports), form, "en", passed)) == render(reports, form, "en", passed)


def test_json_has_the_layout_that_it_always_had() -> None:
    reports = [report(1), report(2, "findings")]
    expected = json.dumps({**whole(reports, "ja"), "not_looked_at": ["memo.txt"]}, ensure_ascii=False, indent=2)
    assert render(reports, "json", "ja", ["memo.txt"]) == expected
    assert render([], "json", "ja") == json.dumps({"schema_version": 1, "reports": []}, indent=2)
    assert html(reports, "en") == render(reports, "html", "en")


def test_json_is_written_while_reports_are_made() -> None:
    taken = []
    reports = (taken.append(number) or report(number) for number in range(3))
    seen = [len(taken) for piece in pieces(reports, "json", "en") if '.xlsx"' in piece]
    assert seen == [1, 2, 3]

"""Shared pieces: the command line as a person runs it, and workbooks made in the test's process."""

from __future__ import annotations

import cProfile
import functools
import gc
import os
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

# What is tested is the checkout that the tests are in, also where another one is installed.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import command
import merged_cells
import office
import pytest
from command import Ran
from hypothesis import HealthCheck, settings

from kgisheet import api
from kgisheet.filled.records import Record
from kgisheet.xlsx.patch import archive

__all__ = ["Ran", "calls", "examples", "more", "some"]

# With lxml (openxml-audit needs it) openpyxl would write otherwise than where only openpyxl is installed.
os.environ.setdefault("OPENPYXL_LXML", "False")
merged_cells.quicken()
pytest.register_assert_rewrite("foreign.sheets")  # it says what differs

ROOT = Path(__file__).resolve().parent.parent

# Figures, not times, are what the properties are about: these machines are noisy.
settings.register_profile("kgisheet", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.load_profile("kgisheet")


def examples(share: int) -> int:
    """How many random examples a test takes: its share in the suite, or as many as `tests/sweep whole` says."""
    return int(os.environ.get("KGISHEET_EXAMPLES", share))


# Workbooks are trees without circles (test_circles.py), which the collector goes through again and again: a tenth of the time.
# What one of them is made of at once is half a million objects: it is gone again before anything is looked through.
gc.set_threshold(2_000_000, 10, 100)

# Packed, and not compressed: how small a file is, no test asks, and it is written and read by the thousand.
zlib.Z_DEFAULT_COMPRESSION = archive._LEVEL = zlib.Z_NO_COMPRESSION


def some(cases: Sequence[Any], every: int) -> list[Any]:
    """Every so-manieth case in the suite, which each value of each dimension is in; all of them by `tests/sweep whole`."""
    return list(cases) if os.environ.get("KGISHEET_WHOLE") else list(cases[::every])


def more(cases: Sequence[Any]) -> list[Any]:
    """Cases that `tests/sweep whole` has beside those of the suite: of the same mechanism, or of larger workbooks."""
    return list(cases) if os.environ.get("KGISHEET_WHOLE") else []


def calls(work: Callable[[], object]) -> int:
    """How many functions are called: what grows with the square of its input shows here, on any machine alike."""
    counted = cProfile.Profile(subcalls=False)
    counted.runcall(work)
    return sum(each.callcount for each in counted.getstats())


# -- which tests run ------------------------------------------------------------

LEFT_OUT = {
    "office": "that need LibreOffice",
    "browser": "that need a browser",
    "long": "that take three tenths of a second of a processor or more",
}
"""What ``tests/run --fast`` leaves out, by mark."""

LONG = Path(__file__).with_name("long.txt")
"""The long ones, as ``tests/measure.py --write`` has found them."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write the files in tests/golden anew (test_golden.py)")
    parser.addoption("--fast", action="store_true", help=f"without the tests {' and those '.join(LEFT_OUT.values())}")


def pytest_configure(config: pytest.Config) -> None:
    for mark, meaning in LEFT_OUT.items():
        config.addinivalue_line("markers", f"{mark}: tests {meaning}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--fast"):
        return
    long = set(LONG.read_text(encoding="utf-8").split())
    for item in items:
        if item.nodeid.removeprefix("tests/").partition("[")[0] in long:
            item.add_marker("long")
    left = {mark: [each for each in items if each.get_closest_marker(mark)] for mark in LEFT_OUT}
    config.stash[_LEFT] = {mark: len(found) for mark, found in left.items()}
    out = {each for found in left.values() for each in found}
    config.hook.pytest_deselected(items=list(out))
    items[:] = [each for each in items if each not in out]


def pytest_collection_finish() -> None:
    gc.freeze()  # modules and tests stay to the end


_LEFT = pytest.StashKey[dict[str, int]]()


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):  # a process of xdist: its parent prints
        session.config.workeroutput["left out"] = session.config.stash.get(_LEFT, {})


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    node.config.stash[_LEFT] = getattr(node, "workeroutput", {}).get("left out", {})


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for mark, number in config.stash.get(_LEFT, {}).items():
        terminalreporter.write_line(f"--fast left out {number} tests {LEFT_OUT[mark]}; tests/run runs them")


@pytest.fixture(autouse=True)
def _office_is_marked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under ``--fast``, a test that starts LibreOffice without the mark fails, and says what it lacks."""
    if not request.config.getoption("--fast"):
        return
    start = subprocess.Popen.__init__

    def guarded(process: Any, args: Any, *others: Any, **named: Any) -> None:
        programs = [Path(str(each)).name for each in (args if isinstance(args, list | tuple) else [args])[:2]]
        assert not {"soffice", "libreoffice", "office_server.py"} & set(programs), UNMARKED
        start(process, args, *others, **named)

    monkeypatch.setattr(subprocess.Popen, "__init__", guarded)
    monkeypatch.setattr(office, "refused", UNMARKED)


UNMARKED = "a test that needs LibreOffice is marked with @pytest.mark.office"

# -- the command line and workbooks ---------------------------------------------


@pytest.fixture
def kgisheet(tmp_path: Path) -> Callable[..., Ran]:
    """Runs ``kgisheet`` in an empty folder; English unless ``lang`` says otherwise.

    In this process, but where a setting of Python's own is asked for (``PYTHONUTF8="0"``), which takes a new one.
    """

    def run(*args: str, stdin: bytes = b"", lang: str = "en_US.UTF-8", **env: str) -> Ran:
        environment = _environment(lang, env)
        if any(name.startswith("PYTHON") for name in env):
            return started(args, tmp_path, stdin, environment)
        return command.run(args, tmp_path, stdin, environment)

    return run


@pytest.fixture
def worker_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many files get worker processes, as they do for a person; else ``kgisheet`` works on one after the other in this process."""
    monkeypatch.setattr(command, "processes", True)


@pytest.fixture
def on_terminal(tmp_path: Path) -> Callable[..., Ran]:
    """As ``kgisheet``, with all three streams a terminal."""

    def run(*args: str, lang: str = "en_US.UTF-8", **env: str) -> Ran:
        return command.run(args, tmp_path, b"", _environment(lang, env), on_terminal=True)

    return run


@pytest.fixture
def program(tmp_path: Path) -> Callable[..., Ran]:
    """As ``kgisheet``, in a process of its own: for the few tests that are about the program's start and end."""

    def run(*args: str, stdin: bytes = b"", lang: str = "en_US.UTF-8", **env: str) -> Ran:
        return started(args, tmp_path, stdin, _environment(lang, env))

    return run


def _environment(lang: str, more: Mapping[str, str]) -> dict[str, str]:
    environment = {k: v for k, v in os.environ.items() if k not in ("LC_ALL", "LC_MESSAGES", "SOURCE_DATE_EPOCH")}
    return environment | {"LANG": lang, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **more}


def started(args: tuple[str, ...], folder: Path, stdin: bytes, environment: Mapping[str, str]) -> Ran:
    done = subprocess.run(
        [sys.executable, "-m", "kgisheet", *args],
        cwd=folder,
        input=stdin,
        capture_output=True,
        env=environment,
        timeout=120,
        check=False,
    )
    assert not command.failed(done.stderr.decode()), done.stderr.decode()
    return Ran(done.returncode, done.stdout, done.stderr.decode())


@functools.cache
def book(template: str = "standard", lang: str = "ja", **changes: str) -> bytes:
    """The workbook of a template's worked example, with some of its values changed."""
    settings = {"sheets": "all", **changes}
    plan = api.plan_from_example(lang, [f"{key}={value}" for key, value in settings.items()], api.open_shipped(template))
    return api.workbook(plan, lang)


PAGE = "目標設定,使い方"
"""The sheets of a workbook that stops at the page: a sixteenth of the whole one's cells."""


BEYOND = "目標設定,月次予実,現状とのギャップ,ABM,ジャーニー,コンテンツ,定義,稟議"
"""The sheets of a workbook without the months' tabs: half of the whole one's cells."""


MONTHS = "目標設定,月次予実"
"""The page and its months on one sheet: a fifth of the whole one's cells."""


@functools.cache
def page_and_months(template: str = "standard", lang: str = "ja", **changes: str) -> bytes:
    """The worked example's page with its months, without their tabs."""
    return book(template, lang, sheets=MONTHS, **changes)


@functools.cache
def page_and_beyond(template: str = "standard", lang: str = "ja", **changes: str) -> bytes:
    """The worked example without the months' tabs, where a test is about the sheets beyond them."""
    return book(template, lang, sheets=BEYOND, **changes)


def page_only(template: str = "standard", lang: str = "ja", **changes: str) -> bytes:
    """The worked example without the sheets of the months, where a test is about the page and makes many workbooks."""
    return book(template, lang, sheets=PAGE, **changes)


class Lazily(Mapping[str, Any]):
    """A table that a module's tests share, made when the first of them looks: not when the tests are collected."""

    def __init__(self, make: Callable[[], dict[str, Any]]) -> None:
        self._made = functools.cache(make)

    def __getitem__(self, name: str) -> Any:
        return self._made()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made())

    def __len__(self) -> int:
        return len(self._made())


@functools.lru_cache(maxsize=4)
def records(data: bytes) -> dict[str, Record]:
    """The records of a workbook by the names of the cells."""
    return {each.name: each for each in api.records_of_book(data, "book.xlsx")[1]}


def values(data: bytes) -> dict[str, object]:
    """The cached values of a workbook by the names of the cells: ``channel_leads[2]``."""
    return {name: each.value for name, each in records(data).items()}

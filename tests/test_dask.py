"""A cluster instead of this machine: a real scheduler and two workers, one of which is killed; what an item does is its own affair."""

from __future__ import annotations

import concurrent.futures
import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import ROOT, Ran, page_only
from dask_items import noted, poison
from regenerating import plans
from test_regenerate import SHORT_NEW, short, values

from kgisheet.errors import RequestError
from kgisheet.many.executors import opened
from kgisheet.many.limits import problem
from kgisheet.many.window import Done, each

Run = Callable[..., Ran]
pytestmark = pytest.mark.usefixtures(
    "worker_processes"
)  # bytes of a process are those of another process: the tests don't compress


@contextlib.contextmanager
def cluster() -> Iterator[tuple[str, subprocess.Popen[str]]]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])}
    args = [sys.executable, str(ROOT / "tests/dask_cluster.py")]
    with subprocess.Popen(args, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True) as process:
        assert process.stdout is not None
        yield f"dask={process.stdout.readline().strip()}", process
        process.communicate()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with cluster() as (found, _):
        yield found


def test_one_of_two_workers_is_killed_and_nothing_is_lost_or_doubled(address: str, tmp_path: Path) -> None:
    with opened(address) as executor:
        done = list(each(noted, [(str(tmp_path), number) for number in range(60)], executor))
    assert [(one.item[1], one.result, one.error) for one in done] == [(number, number, None) for number in range(60)]
    assert len(list(tmp_path.iterdir())) == 60


def test_an_item_that_ends_every_machine_is_that_items_error(address: str) -> None:
    """Those that waited beside it on the same machines are tried again, and done."""
    with opened(address) as executor:
        done = list(each(poison, range(20), executor))
    assert [one.result for one in done] == [None if number in (5, 7) else number for number in range(20)]
    said = [problem(one.error, str(one.item)).to("en") for one in done if one.error]
    assert said == [
        "5: the process working on it ended (KilledWorker), and ended again when it was retried",
        "7: the process working on it ended (3), and ended again when it was retried",
    ]


def test_check_says_the_same_on_a_cluster(address: str, kgisheet: Run, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        (tmp_path / name).write_bytes(page_only(lang="en"))
    (tmp_path / "cut.xlsx").write_bytes(page_only(lang="en")[:5_000])
    assert kgisheet("check", ".", "--executor", address) == kgisheet("check", ".", "--jobs", "1")


def test_monthly_updates_on_a_cluster(address: str, kgisheet: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("in/a.xlsx", "in/b.xlsx"):
        (tmp_path / name).write_bytes(short())
    (tmp_path / "plan.toml").write_text(plans.toml(SHORT_NEW), encoding="utf-8")
    ran = kgisheet("monthly", "in", "--plan", "plan.toml", "--in-place", "--executor", address)
    assert (ran.code, ran.err) == (0, "")
    assert "2 workbooks: 2 updated" in ran.out.decode()
    assert [values((tmp_path / name).read_bytes())["opportunities"] for name in ("in/a.xlsx", "in/b.xlsx")] == [150, 150]
    assert (tmp_path / "in/a.bak.xlsx").read_bytes() == short()


def test_batch_and_collect_make_the_same_on_a_cluster(address: str, kgisheet: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text(plans.toml(SHORT_NEW), encoding="utf-8")
    (tmp_path / "roster.csv").write_text("file,owner\neast,東\nwest,西\nnorth,北\n", encoding="utf-8")
    made = {}
    for folder, how in (("here", ("--jobs", "1")), ("there", ("--executor", address))):
        batch = kgisheet("batch", "roster.csv", "--plan", "plan.toml", "-o", folder, "--split", "web_revenue", *how)
        (tmp_path / folder / "west.xlsx").write_bytes(b"PK\x03\x04")
        (tmp_path / folder).rename(tmp_path / "back")
        collect = kgisheet("collect", "back", "-o", f"{folder}.xlsx", *how)
        assert (batch.code, collect.code) == (0, 3)
        made[folder] = {each.name: each.read_bytes() for each in (tmp_path / "back").iterdir()}
        made[folder]["summary"] = (tmp_path / f"{folder}.xlsx").read_bytes()
        (tmp_path / "back").rename(tmp_path / folder)
    assert made["here"] == made["there"]
    assert {"east.xlsx", "north.xlsx", "summary"} <= made["here"].keys()


def test_a_cluster_without_workers_ends_the_run_and_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its workers are sent away after the first item."""
    monkeypatch.setattr("kgisheet.many.cluster._EMPTY", 0.4)
    answers: list[Done[str, str]] = []
    with cluster() as (found, _), opened(found) as executor:

        def items() -> Iterator[str]:
            yield "a"
            client = executor._client  # type: ignore[attr-defined]
            while workers := list(client.nthreads()):
                client.retire_workers(workers)
            yield from "bc"

        with pytest.raises(RequestError, match="the cluster has lost all its workers"):
            answers.extend(each(os.path.basename, items(), executor, window=1))
    assert [one.result for one in answers] == ["a"]


def test_the_loss_of_the_scheduler_ends_the_run(program: Run, tmp_path: Path) -> None:
    """Somebody kills it while a file is waited for; there is one line of words, and none of Dask's."""
    (tmp_path / "a.xlsx").write_bytes(page_only(lang="en"))
    os.mkfifo(tmp_path / "pipe.xlsx")
    with cluster() as (found, process), concurrent.futures.ThreadPoolExecutor() as beside:
        running = beside.submit(program, "check", "a.xlsx", "pipe.xlsx", "--executor", found)
        with (tmp_path / "pipe.xlsx").open("wb"):  # a worker reads it
            process.kill()
        ran = running.result()
    assert ran.err == "kgisheet: the cluster was lost → run this again\n"
    assert ran.code == 2


def test_a_cluster_that_does_not_answer_is_said(monkeypatch: pytest.MonkeyPatch, kgisheet: Run, tmp_path: Path) -> None:
    monkeypatch.setattr("kgisheet.many.cluster._PATIENCE", 0.2)
    (tmp_path / "a.xlsx").write_bytes(b"")
    ran = kgisheet("check", "a.xlsx", "--executor", "dask=tcp://127.0.0.1:1")
    assert ran.code == 2
    assert "the cluster at tcp://127.0.0.1:1 does not answer, or has no workers that can be used" in ran.err


def test_without_the_extra_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(RequestError, match=r"pip install 'kgisheet\[dask\]'"), opened("dask=tcp://host:8786"):
        pass

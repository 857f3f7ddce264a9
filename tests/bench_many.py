"""`kgisheet check` of a folder with many workbooks: time, speed-up by a second process, peak memory of the program and its workers.

    .venv/bin/python tests/bench_many.py [--files 100 1000] [--runs 3] [--jobs 1 2] [--page] [--format html]
        [--executor dask=tcp://…]

The folder holds ten different everyday workbooks under so many names (``--page``: the page alone, a sixteenth of the cells).
The numbers of processes run in turn; the speed-up is that of the medians. Memory is the resident set at its peak (VmHWM, so Linux).
Not a test: machines are noisy.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from conftest import ROOT, book, page_only

_DIFFERENT = 10


class Ran(NamedTuple):
    seconds: float
    first: float
    parent: int
    worker: int


def filled(folder: Path, files: int, page: bool) -> None:
    """Put so many workbooks into a folder; they share the bytes of ten."""
    made = page_only if page else book
    for number in range(_DIFFERENT):
        sheets = {} if page else {"sheets": "目標設定,月次予実,稟議,根拠,月別,使い方"}
        (folder / f"{number:05}.xlsx").write_bytes(made(lang="ja", web_revenue=f"{1200 + 10 * number}万円", **sheets))
    for number in range(_DIFFERENT, files):
        os.link(folder / f"{number % _DIFFERENT:05}.xlsx", folder / f"{number:05}.xlsx")


def checked(folder: Path, args: list[str]) -> Ran:
    """Run `check` on the folder and watch its memory."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "en_US.UTF-8"}
    began = time.perf_counter()
    with (folder.parent / "out.txt").open("w+b") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "kgisheet", "check", str(folder), *args],
            stdout=out,
            env=environment,
            stdin=subprocess.DEVNULL,
        )
        first = parent = worker = 0
        while process.poll() is None:
            time.sleep(0.05)
            parent = max(parent, peak(process.pid))
            worker = max([worker, *map(peak, children(process.pid))])
            first = first or (time.perf_counter() - began if out.seek(0, 2) else 0)
        seconds = time.perf_counter() - began
        out.seek(0)
        lines = out.read().decode().splitlines()
    assert process.returncode == 0, lines[-1]
    return Ran(seconds, first or seconds, parent, worker)


def peak(pid: int) -> int:
    """Return a process's resident set at its peak, in MiB."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) >> 10 for line in status.splitlines() if line.startswith("VmHWM")), 0)


def children(pid: int) -> list[int]:
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(each) for each in path.read_text().split()]
        except OSError:
            continue
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, nargs="+", default=[100, 1_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--jobs", nargs="+", default=["1", "2"])
    parser.add_argument("--page", action="store_true")
    parser.add_argument("--executor")
    parser.add_argument("--format", default="text")
    asked = parser.parse_args()
    for files in asked.files:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "in"
            folder.mkdir()
            filled(folder, files, asked.page)
            ways = {f"--jobs {each}": ["--jobs", each] for each in asked.jobs}
            if asked.executor:
                ways = {asked.executor: ["--executor", asked.executor]}
            taken: dict[str, list[Ran]] = {way: [] for way in ways}
            for _ in range(asked.runs):
                for way, args in ways.items():
                    taken[way].append(checked(folder, [*args, "--format", asked.format]))
            print(f"{files:,} workbooks, load {os.getloadavg()[0]:.1f}")
            medians = {}
            for way, runs in taken.items():
                medians[way] = statistics.median(run.seconds for run in runs)
                parent, worker = max(run.parent for run in runs), max(run.worker for run in runs)
                first = statistics.median(run.first for run in runs)
                print(
                    f"  {way}: {medians[way]:.1f} s ({medians[way] / files * 1000:.0f} ms each, the first after {first:.1f} s), "
                    f"peak {parent} MiB, a worker's {worker} MiB"
                )
            if len(medians) == 2:
                one, two = medians.values()
                print(f"  speed-up {one / two:.2f}")


if __name__ == "__main__":
    main()

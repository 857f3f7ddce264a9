"""`kgisheet collect`: what a summary of many managers takes, and the reading of many workbooks; seconds and memory.

    .venv/bin/python tests/bench_collect.py [--managers 30 300 3000] [--files 100]

The managers' answers are made up (six stages, half a year of actuals), so that it is the summary that is measured: put
together, written, and checked again, each number of managers in a process of its own. The files are ten different everyday
workbooks under so many names, with actuals in none, read by two processes. Not a test: machines are noisy.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench_many import filled

from kgisheet import api
from kgisheet.gather.model import Answer, Stage
from kgisheet.values import budget

_STAGES = (
    ("revenue", "Web売上", "currency", "", 24_000_000),
    ("won_deals", "受注数", "count", "deals", 6),
    ("opportunities", "案件化数", "count", "deals", 20),
    ("meetings", "商談数", "count", "deals", 80),
    ("leads", "リード数", "count", "deals", 434),
    ("visits", "訪問数", "count", "visits", 43_400),
)


def answers(count: int) -> list[Answer]:
    """Made-up answers: every manager half a year on, between 60 and 125 % of the goal."""
    dice = random.Random(1)  # noqa: S311  # the same figures each time
    found = []
    for number in range(count):
        pace, stages = dice.uniform(0.6, 1.25), []
        for key, label, unit, counter, whole in _STAGES:
            goals = tuple(round(whole * (at + 1) / 12) - round(whole * at / 12) for at in range(12))
            done = tuple(int(goal * pace) if at < 6 else None for at, goal in enumerate(goals))
            stages.append(Stage(key, label, unit, counter, whole, goals, done))
        file, owner = f"{number:05}.xlsx", f"担当{number:05}"
        found.append(Answer(file, "ours", str(number), "standard", start="2026-04", owner=owner, stages=tuple(stages)))
    return found


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def summary(count: int) -> None:
    """Put together, write and check a summary; print what that takes."""
    made = answers(count)
    begun = time.perf_counter()
    data = api.summary(api.collect(made, "ja"))
    written, peak = time.perf_counter(), _peak()
    with budget.raised(4):
        report = api.check(data, "summary.xlsx")
    checked = time.perf_counter()
    print(
        f"  {count} managers: made in {written - begun:.1f} s and {peak} MiB, {len(data) / 2**20:.1f} MiB, {report.cells:,} cells,"
        f" {report.formulas:,} formulas; checked in {checked - written:.1f} s, {report.status}, {_peak()} MiB"
    )


def read(count: int) -> None:
    """Collect so many workbooks with two processes; print what that takes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "returned")
        folder.mkdir()
        filled(folder, count, page=False)
        begun = time.perf_counter()
        args = [sys.executable, "-m", "kgisheet", "collect", "returned", "-o", "summary.xlsx", "--jobs", "2"]
        subprocess.run(args, cwd=name, check=False, stdout=subprocess.DEVNULL)
        print(f"  {count} workbooks, two processes: {time.perf_counter() - begun:.1f} s")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--managers", type=int, nargs="*", default=[30, 300, 3000])
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--alone", type=int)
    given = parser.parse_args()
    if given.alone is not None:
        summary(given.alone)
        return
    for count in given.managers:
        subprocess.run([sys.executable, __file__, "--alone", str(count)], check=True)
    if given.files:
        read(given.files)


if __name__ == "__main__":
    main()

"""How long a workbook of a batch takes, against a bare replay of its calls to XlsxWriter; and how much memory and time many of them take.

    .venv/bin/python tests/bench_batch.py [ROWS]            one process, in turn with the replay: CPU per workbook
    .venv/bin/python tests/bench_batch.py --many 100 1000   the command as a whole: seconds, memory, with one job and with all cores

The plan and the workbook are those of every day (13 sheets of formulas); each row has another owner and another goal. The replay
makes the same calls on XlsxWriter, formats, names, conditional formats and charts included, from a list in memory: no plan, no
arithmetic, no layout. Not a test: machines are noisy.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench_new import as_installed
from conftest import ROOT
from replayed import recorded, replayed

from kgisheet.handout import job
from kgisheet.handout.plans import base, plan_of
from kgisheet.layout.build import build

PLAN = (ROOT / "samples" / "manufacturer.toml").read_text(encoding="utf-8")

_OF_CELLS = (
    "add_worksheet", "add_format", "write_formula", "write_number", "write_string", "write_blank", "write_datetime", "write_url"
)  # fmt: skip


def orders(folder: Path, count: int) -> list[job.Order]:
    of = base(PLAN, "plan.toml", "ja")
    return [
        job.Order(
            of, "r.csv", row, (f"owner=担当{row}", f"web_revenue={20_000_000 + row * 370_000}"), {}, str(folder / f"{row}.xlsx")
        )
        for row in range(count)
    ]


def per_workbook(rows: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        asked = orders(Path(name), rows + 1)
        books = [build(plan_of(each.base, each.settings), "ja").book for each in asked]
        calls = [recorded(book) for book in books]
        assert len(replayed(calls[0])) > 100_000
        job.made(asked[0])
        cells = [[call for call in every if call[1] in _OF_CELLS] for every in calls]
        ours, bare, least = [], [], []
        gc.collect()
        gc.freeze()
        for each, again, only in zip(asked[1:], calls[1:], cells[1:], strict=True):
            started = time.process_time()
            assert job.made(each).workbook is not None
            ours.append(time.process_time() - started)
            for of, taken in ((again, bare), (only, least)):
                started = time.process_time()
                data = replayed(of)
                with open(f"{each.path}.bare", "wb") as file:
                    file.write(data)
                taken.append(time.process_time() - started)
    mine, theirs, those = map(statistics.median, (ours, bare, least))
    print(f"{rows} workbooks in turn, CPU seconds each: ours {mine:.3f}")
    print(
        f"  replay of all calls {theirs:.3f}: ratio {mine / theirs:.2f}; of those for cells and formats alone {those:.3f}: {mine / those:.2f}"
    )


def many(counts: list[int], asked: list[int], page: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "plan.toml").write_text(f'sheets = ["目標設定"]\n{PLAN}' if page else PLAN, encoding="utf-8")
        for count in counts:
            rows = "".join(f"m{row},担当{row},{20_000_000 + row * 3_700}\n" for row in range(count))
            (folder / "r.csv").write_text(f"file,owner,web_revenue\n{rows}", encoding="utf-8")
            for jobs in asked:
                seconds, cpu, largest = run(folder, f"out-{count}-{jobs}", jobs)
                print(
                    f"{count} rows, {jobs} jobs: {seconds:.1f} s, {cpu:.1f} s of processors, {count / seconds:.1f} a second,"
                    f" largest process {largest >> 10} MiB",
                    flush=True,
                )
                subprocess.run(["rm", "-r", str(folder / f"out-{count}-{jobs}")], check=True)


def run(folder: Path, out: str, jobs: int) -> tuple[float, float, int]:
    """Seconds, those of processors, and the resident KiB of the largest process: the command's own or a worker's."""
    command = [sys.executable, "-m", "kgisheet", "batch", "r.csv", "--plan", "plan.toml", "-o", out, "--jobs", str(jobs)]
    code = f"import resource,subprocess,sys\nsubprocess.run({command!r},check=True,capture_output=True)\nu=resource.getrusage(resource.RUSAGE_CHILDREN)\nprint(u.ru_utime+u.ru_stime,u.ru_maxrss)"
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    cpu, largest = done.stdout.split()
    return time.monotonic() - started, float(cpu), int(largest)


def main() -> None:
    options = argparse.ArgumentParser(description="What a batch takes")
    options.add_argument("rows", nargs="?", type=int, default=20)
    options.add_argument("--many", nargs="+", type=int)
    options.add_argument("--jobs", nargs="+", type=int)
    options.add_argument("--page", action="store_true", help="the goal page alone, a tenth of the cells")
    given = options.parse_args()
    as_installed()
    if given.many:
        many(given.many, given.jobs or [1, len(os.sched_getaffinity(0))], given.page)
    else:
        per_workbook(given.rows)


if __name__ == "__main__":
    main()

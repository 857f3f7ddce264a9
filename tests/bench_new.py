"""How much CPU `kgisheet new` takes as a whole process, against a bare script that writes the same cells.

    .venv/bin/python tests/bench_new.py [RUNS]

The bare script imports click and XlsxWriter, and writes the same values, formulas,
cached values and cell formats from a list: no template, no plan, no arithmetic.
`bare` stops there; `full` also sets what else stands in the workbook (names,
validations, conditional formats, the chart, widths, print settings). The programs
run in turn; the ratio is that of the medians. Not a test: machines are noisy.
"""

from __future__ import annotations

import compileall
import os
import pprint
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import kgisheet
from kgisheet import api
from kgisheet.layout.build import build
from kgisheet.layout.model import BLANK, DATE, FORMULA, LINK, NUMBER
from kgisheet.template import precompile
from kgisheet.values.rounding import number
from kgisheet.xlsx import writer

BARE = """
import datetime, sys
import click, xlsxwriter
from cells import SHEETS, FORMATS
book = xlsxwriter.Workbook(sys.argv[1], {"in_memory": True})
formats = [book.add_format(each) for each in FORMATS]
for title, cells in SHEETS:
    sheet = book.add_worksheet(title)
    for kind, row, col, value, look, cached in cells:
        if kind == "formula":
            sheet.write_formula(row, col, value, formats[look], cached)
        elif kind == "number":
            sheet.write_number(row, col, value, formats[look])
        elif kind == "blank":
            sheet.write_blank(row, col, None, formats[look])
        elif kind == "link":
            sheet.write_url(row, col, value, formats[look], cached)
        elif kind == "date":
            sheet.write_datetime(row, col, datetime.date.fromisoformat(value), formats[look])
        else:
            sheet.write_string(row, col, value, formats[look])
book.close()
"""

FULL = """
import pickle, sys
import click
from kgisheet.xlsx.writer import to_bytes
with open(sys.argv[2], "rb") as file:
    book = pickle.load(file)
with open(sys.argv[1], "wb") as file:
    file.write(to_bytes(book))
"""


def cells() -> tuple[list[Any], list[Any]]:
    """All the sheets' cells and formats, as plain literals."""
    book = build(api.plan_from_example("ja"), "ja").book
    formats: dict[Any, int] = {}
    sheets = []
    for sheet in book.sheets:
        rows = []
        for item in sheet.items:
            look = formats.setdefault(item.look, len(formats))
            value: Any = item.value
            cached: Any = None
            if item.kind == FORMULA:
                value, cached = item.content, writer._cached(item.value)
            elif item.kind == NUMBER:
                value = number(item.value)  # type: ignore[arg-type]
            elif item.kind == DATE:
                value = item.value.isoformat()  # type: ignore[union-attr]
            elif item.kind == LINK:
                value, cached = f"internal:{item.content}", item.value
            elif item.kind == BLANK:
                value = None
            rows.append((item.kind, item.row, item.col, value, look, cached))
        sheets.append((sheet.title, rows))
    return sheets, [dict(each) for each in formats]


def cpu(command: list[str], folder: Path, check: bool = True) -> float:
    """User and system seconds of one run; ``check`` whether it must end with 0."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent)}
    subprocess.run(command, cwd=folder, check=check, capture_output=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def as_installed() -> None:
    """Make the checkout as fast as an installed wheel: with bytecode, which some machines don't write, and its templates precompiled."""
    precompile.write()
    compileall.compile_dir(Path(kgisheet.__file__).parent, quiet=1)


def in_turn(programs: dict[str, list[str]], folder: Path, runs: int, may_fail: str = "") -> dict[str, list[float]]:
    """Runs the programs in turn and prints what each took; ``may_fail`` is one that ends with 1 when it did its job."""
    taken: dict[str, list[float]] = {each: [] for each in programs}
    for run in range(runs + 1):
        for each, command in programs.items():
            seconds = cpu(command, folder, check=each != may_fail)
            if run:  # the first warms the caches
                taken[each].append(seconds)
    print(f"{runs} runs in turn, CPU seconds of the whole process")
    for each, times in taken.items():
        print(f"  {each:20} median {statistics.median(times):.3f}  min {min(times):.3f}  max {max(times):.3f}")
    return taken


def main() -> None:
    import pickle

    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sheets, formats = cells()
        (folder / "cells.py").write_text(f"SHEETS = {pprint.pformat(sheets)}\nFORMATS = {pprint.pformat(formats)}\n")
        (folder / "bare.py").write_text(BARE)
        (folder / "full.py").write_text(FULL)
        with (folder / "book.pickle").open("wb") as file:
            pickle.dump(build(api.plan_from_example("ja"), "ja").book, file)
        compileall.compile_dir(folder, quiet=1)
        as_installed()
        programs = {
            "kgisheet new": [str(Path(sys.executable).parent / "kgisheet"), "new", "--force", "-o", "ours.xlsx"],
            "bare": [sys.executable, "bare.py", "bare.xlsx"],
            "full": [sys.executable, "full.py", "full.xlsx", "book.pickle"],
        }
        taken = in_turn(programs, folder, runs)
    ours = statistics.median(taken["kgisheet new"])
    for each in ("bare", "full"):
        print(f"  kgisheet new / {each}: {ours / statistics.median(taken[each]):.2f}")


if __name__ == "__main__":
    main()

"""How much CPU `kgisheet check` takes on foreign sheets of 12,500, 25,000 and 50,000 cells, and on one page.

    .venv/bin/python tests/bench_foreign.py [RUNS [csv|xlsx]]

Whole processes, in turn with a script that loads the same workbook once with openpyxl, and with a Python that does nothing.
The sheet: a list of goals, then in equal shares tables of channels by months with their sums, and a long list of
companies' names, each with a text and figures beside it. Not a test: machines are noisy (tests/test_foreign_chain.py counts calls).
"""

from __future__ import annotations

import csv
import io
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
from bench_new import as_installed, in_turn

Rows = list[list[Any]]
GOALS: Rows = [["2026年度 目標"], ["売上目標（万円）", 3000], ["受注単価（万円）", 100], ["受注数", 30], ["受注率", "30%"], ["案件数", 100],
               ["案件化率", "50%"], ["商談数", 200], ["商談化率", "20%"], ["リード数", 1000], ["CVR", "1%"], ["訪問数", 100_000], []]  # fmt: skip
CHANNELS = ["検索広告", "SNS広告", "展示会", "セミナー", "紹介"]
WIDE = 14  # cells of a table's row: channel, twelve months, their sum
ONCE = "import sys, openpyxl; openpyxl.load_workbook(sys.argv[1])"


def rows(cells: int) -> Rows:
    """A right sheet of about so many cells."""
    found: Rows = [list(row) for row in GOALS]
    count = sum(map(len, found))
    at = 0
    while count < cells / 2:
        parts = [[(at * 7 + down * 5 + month * 3) % 40 + 5 for month in range(12)] for down in range(len(CHANNELS))]
        sums = [sum(column) for column in zip(*parts, strict=True)]
        found.append([f"{at + 1}課", *(f"{month}月" for month in range(1, 13)), "合計"])
        found += [[name, *part, sum(part)] for name, part in zip(CHANNELS, parts, strict=True)]
        found += [["合計", *sums, sum(sums)], []]
        count += WIDE * (len(CHANNELS) + 2)
        at += 1
    found += [["会社名", "所在地", "従業員", "備考", "金額"]]
    at = 0
    while count < cells:
        found.append(
            [
                f"株式会社サンプル{at}",
                f"東京都港区{at % 90 + 1}-{at % 17 + 1}",
                at % 300 + 10,
                f"{at}番、要確認",
                at * 1000 % 77_000,
            ]
        )
        count += 5
        at += 1
    return found


def workbook(of: Rows) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("目標")
    for row in of:
        page.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def text(of: Rows) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows(of)
    return stream.getvalue().encode("utf-8")


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    program = str(Path(sys.executable).parent / "kgisheet")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "once.py").write_text(ONCE)
        (folder / "nothing.py").write_text("")
        as_installed()
        programs = {"Python alone": [sys.executable, "nothing.py"]}
        for cells in (0, 12_500, 25_000, 50_000):
            (folder / f"{cells}.xlsx").write_bytes(workbook(rows(cells)))
            (folder / f"{cells}.csv").write_bytes(text(rows(cells)))
            called = f"{cells:,} cells" if cells else "one page"
            programs[f"check, {called}"] = [program, "check", f"{cells}.xlsx"]
            programs[f"check, {called} as CSV"] = [program, "check", f"{cells}.csv"]
            programs[f"openpyxl, {called}"] = [sys.executable, "once.py", f"{cells}.xlsx"]
        taken = in_turn(programs, folder, runs)
    medians = {each: statistics.median(taken[each]) for each in programs}
    print(f"  one page above Python's start: {medians['check, one page'] - medians['Python alone']:.3f} s")
    for each in ("12,500 cells", "25,000 cells", "50,000 cells"):
        print(f"  check / openpyxl, {each}: {medians[f'check, {each}'] / medians[f'openpyxl, {each}']:.2f}")


if __name__ == "__main__":
    main()

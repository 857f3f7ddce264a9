"""Pairs of 1–1,000 deals and 1–100 %: exact in Python, in LibreOffice and in IronCalc.

`math.ceil(21/0.35)` is 61; counting in whole numbers it is ⌈2100/35⌉ = 60. The suite takes every row where binary
numbers would go wrong upward, and every fiftieth, with the rates where they do; run as a command, this takes all 100,000 pairs.
"""

from __future__ import annotations

import csv
import io
import math
import sys
import tempfile
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import ironcalc
import pytest
import referee
import xlsxwriter

from kgisheet.expr.parser import parse
from kgisheet.expr.render import excel
from kgisheet.values.rounding import whole

DEALS, PERCENTS = range(1, 1001), range(1, 101)


def up(deals: int, percent: int) -> int:
    return -(-deals * 100 // percent)


def down(deals: int, percent: int) -> int:
    return deals * 100 // percent


def nearest(deals: int, percent: int) -> int:
    return (2 * deals * 100 + percent) // (2 * percent)


MODES = {"up": up, "down": down, "nearest": nearest}


@pytest.mark.parametrize("mode", MODES)
def test_python(mode: str) -> None:
    assert wrong_in_python(mode, SHARE) == []


def wrong_in_python(mode: str, share: Sequence[int]) -> list[tuple[int, int]]:
    return [
        (deals, percent)
        for deals in share
        for percent in PERCENTS
        if whole(Fraction(deals) / Fraction(f"0.{percent:02d}" if percent < 100 else "1"), mode) != MODES[mode](deals, percent)
    ]


def test_binary_floats_would_have_been_wrong() -> None:
    """The sweep can say no: the naive way misses 95 pairs upward and 548 downward (docs/decisions/0003-rounding-up.md)."""
    pairs = [(deals, percent) for deals in DEALS for percent in PERCENTS]
    assert sum(math.ceil(d / (p / 100)) != up(d, p) for d, p in pairs) == 95
    assert sum(math.floor(d / (p / 100)) != down(d, p) for d, p in pairs) == 548


_WRONG = [(d, p) for d in DEALS for p in PERCENTS if math.ceil(d / (p / 100)) != up(d, p)]
SHARE = sorted({*range(1, 1001, 50), *(deals for deals, _ in _WRONG)})
"""The rows of the sweep that are in the suite."""
SHARE_PERCENTS = sorted({1, 3, 7, 10, 33, 67, 99, 100, *(percent for _, percent in _WRONG)})
"""The rates that the engines of the suite get: all at which binary numbers go wrong, and some others."""


class Sweep:
    """Places for one cell of the sweep: deals in column A, the rate in row 1, the exact figure beside, the mode below."""

    def __init__(self, row: int, col: int, mode: int = 0) -> None:
        self.at = {
            "deals": f"$A{row + 1}",
            "rate": xlsxwriter.utility.xl_rowcol_to_cell(0, col, row_abs=True),
            "exact": xlsxwriter.utility.xl_rowcol_to_cell(row, col),
            "rounding": f"$A${LAST + mode}",
        }

    def cell(self, name: str) -> str:
        return self.at[name]

    shown = cell

    def column(self, name: str) -> str:
        raise AssertionError(name)

    down_to_here = column

    def word(self, key: str) -> str:
        return key

    def is_result(self, name: str) -> bool:
        return name == "exact"


LAST = len(DEALS) + 2
"""The row of the first mode, from 1: below all the deals."""


def sheet(deals: Sequence[int], percents: Sequence[int]) -> bytes:
    """Quotients and counts of all pairs in the three modes, by the very formulas that a workbook gets."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    exact, count = parse("deals / rate"), parse("rounded(exact)")
    for at, mode in enumerate(MODES):
        page.write_string(LAST - 1 + at, 0, mode)
    for col, percent in enumerate(percents, 1):
        page.write_number(0, col, percent / 100)
    for row, each in enumerate(deals, 1):
        page.write_number(row, 0, each)
        for col in range(1, len(percents) + 1):
            page.write_formula(row, col, excel.formula(exact, Sweep(row, col)), None, -1)
            for at in range(len(MODES)):
                page.write_formula(row, col + len(percents) * (at + 1), excel.formula(count, Sweep(row, col, at)), None, -1)
    book.close()
    return out.getvalue()


def wrong_cells(rows: list[list[float]], deals: Sequence[int], percents: Sequence[int]) -> list[tuple[str, int, int, float]]:
    """The counts that are not the exact ones; ``rows`` are the columns of the three modes, side by side."""
    return [
        (mode, each, percent, rows[row][len(percents) * at + col])
        for at, mode in enumerate(MODES)
        for row, each in enumerate(deals)
        for col, percent in enumerate(percents)
        if rows[row][len(percents) * at + col] != MODES[mode](each, percent)
    ]


def by_libreoffice(deals: Sequence[int], percents: Sequence[int], folder: Path) -> list[list[float]]:
    (folder / "sweep.xlsx").write_bytes(sheet(deals, percents))
    (made,) = referee.convert([folder / "sweep.xlsx"], "csv", folder / "out")
    first, last = len(percents) + 1, 4 * len(percents) + 1
    with made.open(encoding="utf-8") as file:
        return [[float(value) for value in row[first:last]] for row in list(csv.reader(file))[1 : len(deals) + 1]]


def by_ironcalc(deals: Sequence[int], percents: Sequence[int], folder: Path) -> list[list[float]]:
    (folder / "sweep.xlsx").write_bytes(sheet(deals, percents))
    model = ironcalc.load_from_xlsx(str(folder / "sweep.xlsx"), "en", "UTC", "en")
    model.evaluate()
    columns = range(len(percents) + 2, 4 * len(percents) + 2)
    return [[float(model.get_cell_value(0, row, col)) for col in columns] for row in range(2, len(deals) + 2)]


@pytest.mark.office
@pytest.mark.parametrize("engine", [by_libreoffice, by_ironcalc])
def test_an_engine(engine: Callable[..., list[list[float]]], tmp_path: Path) -> None:
    assert wrong_cells(engine(SHARE, SHARE_PERCENTS, tmp_path), SHARE, SHARE_PERCENTS) == []


def test_one_count_off_is_seen(tmp_path: Path) -> None:
    rows = by_ironcalc([21], PERCENTS, tmp_path)
    assert rows[0][34] == 60  # 21 ÷ 35 %, up
    rows[0][34] = 61
    assert wrong_cells(rows, [21], PERCENTS) == [("up", 21, 35, 61)]


def main() -> int:
    wrong = sum(len(wrong_in_python(mode, DEALS)) for mode in MODES)
    sys.stdout.write(f"{'Python':12} {len(DEALS) * len(PERCENTS) * len(MODES):>9,} counts {wrong:>6,} wrong\n")
    for name, engine in (("LibreOffice", by_libreoffice), ("IronCalc", by_ironcalc)):
        with tempfile.TemporaryDirectory() as folder:
            found = wrong_cells(engine(DEALS, PERCENTS, Path(folder)), DEALS, PERCENTS)
        sys.stdout.write(f"{name:12} {len(DEALS) * len(PERCENTS) * len(MODES):>9,} counts {len(found):>6,} wrong\n")
        wrong += len(found)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

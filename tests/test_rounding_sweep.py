"""All 100,000 pairs of 1–1,000 deals and 1–100 %: exact in Python, in LibreOffice and in IronCalc.

`math.ceil(21/0.35)` is 61; counting in whole numbers it is ⌈2100/35⌉ = 60.
"""

from __future__ import annotations

import csv
import io
import math
from fractions import Fraction
from pathlib import Path

import ironcalc
import pytest
import referee
import xlsxwriter

from kgisheet.expr import excel
from kgisheet.expr.parser import parse
from kgisheet.expr.rounding import whole

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
    wrong = [
        (deals, percent)
        for deals in DEALS
        for percent in PERCENTS
        if whole(Fraction(deals) / Fraction(f"0.{percent:02d}" if percent < 100 else "1"), mode) != MODES[mode](deals, percent)
    ]
    assert wrong == []


def test_binary_floats_would_have_been_wrong() -> None:
    """The sweep can say no: the naive way misses 95 pairs upward and 548 downward (FACTS.md)."""
    pairs = [(deals, percent) for deals in DEALS for percent in PERCENTS]
    assert sum(math.ceil(d / (p / 100)) != up(d, p) for d, p in pairs) == 95
    assert sum(math.floor(d / (p / 100)) != down(d, p) for d, p in pairs) == 548


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

    def column(self, name: str) -> str:
        raise AssertionError(name)

    down_to_here = column

    def word(self, key: str) -> str:
        return key

    def is_result(self, name: str) -> bool:
        return name == "exact"


LAST = len(DEALS) + 2


def sheet() -> bytes:
    """Quotients and counts of all pairs in the three modes, by the very formulas that a workbook gets."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    exact, count = parse("deals / rate"), parse("rounded(exact)")
    for at, mode in enumerate(MODES):
        page.write_string(LAST - 1 + at, 0, mode)
    for col, percent in enumerate(PERCENTS, 1):
        page.write_number(0, col, percent / 100)
    for row, deals in enumerate(DEALS, 1):
        page.write_number(row, 0, deals)
        for col in range(1, 101):
            page.write_formula(row, col, excel.formula(exact, Sweep(row, col)), None, -1)
            for at in range(len(MODES)):
                page.write_formula(row, col + 100 * (at + 1), excel.formula(count, Sweep(row, col, at)), None, -1)
    book.close()
    return out.getvalue()


def wrong_cells(rows: list[list[float]]) -> list[tuple[str, int, int, float]]:
    """The counts that are not the exact ones; ``rows`` are the columns of the three modes, side by side."""
    return [
        (mode, deals, percent, rows[row][100 * at + col])
        for at, mode in enumerate(MODES)
        for row, deals in enumerate(DEALS)
        for col, percent in enumerate(PERCENTS)
        if rows[row][100 * at + col] != MODES[mode](deals, percent)
    ]


def test_libreoffice(tmp_path: Path) -> None:
    (tmp_path / "sweep.xlsx").write_bytes(sheet())
    (made,) = referee.convert([tmp_path / "sweep.xlsx"], "csv", tmp_path / "out")
    with made.open(encoding="utf-8") as file:
        rows = [[float(value) for value in row[101:401]] for row in list(csv.reader(file))[1 : len(DEALS) + 1]]
    assert wrong_cells(rows) == []


def test_ironcalc(tmp_path: Path) -> None:
    (tmp_path / "sweep.xlsx").write_bytes(sheet())
    model = ironcalc.load_from_xlsx(str(tmp_path / "sweep.xlsx"), "en", "UTC", "en")
    model.evaluate()
    rows = [[float(model.get_cell_value(0, row, col)) for col in range(102, 402)] for row in range(2, 1002)]
    assert wrong_cells(rows) == []

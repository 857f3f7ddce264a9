"""openpyxl and python-calamine read a workbook as our own reader does: values and formulas the same.

What counts as the same, and why: an empty text and a blank (openpyxl reads one as the other); a date and its number; a text
with and without spaces at its ends (calamine drops them). calamine gives no formulas.

    .venv/bin/python tests/reader_referees.py            many workbooks: templates × languages × programs that saved them
    .venv/bin/python tests/reader_referees.py BOOK.xlsx  these
    .venv/bin/python tests/reader_referees.py --time     CPU of reading one workbook (docs/decisions/0001-own-reader.md)
"""

from __future__ import annotations

import datetime
import io
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import python_calamine
from conftest import ROOT, book
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from seed_faults import saved_by_libreoffice
from theirs import THEIRS

from kgisheet import api
from kgisheet.xlsx.read.reader import read

Where = tuple[str, str]
CELL = 1e-12
"""The referees hold binary floats, and so do we after a fraction is made of the digits in the file."""


class Differs(NamedTuple):
    """A cell that a referee reads otherwise."""

    referee: str
    cell: Where
    ours: Any
    theirs: Any


def differences(data: bytes) -> list[Differs]:
    """Return where a referee reads another value or formula; none is expected."""
    ours = {
        (sheet, f"{get_column_letter(col + 1)}{row + 1}"): cell for (sheet, row, col), cell in read(data, "b").cells.items()
    }
    found = list(_by_openpyxl(data, ours)) + list(_by_calamine(data, ours))
    assert ours
    return found


def _by_openpyxl(data: bytes, ours: dict[Where, Any]) -> Iterator[Differs]:
    formulas, values = (openpyxl.load_workbook(io.BytesIO(data), data_only=only) for only in (False, True))
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                where = sheet.title, cell.coordinate
                mine = ours.get(where)
                value = values[sheet.title][cell.coordinate].value
                if not _same(None if mine is None else mine.value, value):
                    yield Differs("openpyxl", where, mine and mine.value, value)
                formula = _formula(cell)
                if formula is not None and (mine is None or mine.formula is None or _plain(mine.formula) != _plain(formula)):
                    yield Differs("openpyxl", where, mine and mine.formula, formula)
                if formula is None and mine is not None and mine.formula is not None:
                    yield Differs("openpyxl", where, mine.formula, cell.value)


def _formula(cell: Any) -> str | None:
    value = cell.value
    if isinstance(value, (ArrayFormula, DataTableFormula)):
        return str(value.text) if isinstance(value, ArrayFormula) else None
    return str(value) if cell.data_type == "f" else None


def _plain(formula: str) -> str:
    return formula.removeprefix("=").strip()


def _by_calamine(data: bytes, ours: dict[Where, Any]) -> Iterator[Differs]:
    theirs = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    for title in theirs.sheet_names:
        try:
            sheet = theirs.get_sheet_by_name(title)
        except python_calamine.CalamineError:
            continue  # a chart's own sheet
        first_row, first_col = sheet.start or (0, 0)
        for row, line in enumerate(sheet.to_python(skip_empty_area=True)):
            for col, value in enumerate(line):
                where = title, f"{get_column_letter(first_col + col + 1)}{first_row + row + 1}"
                mine = ours.get(where)
                if not _same(None if mine is None else mine.value, value):
                    yield Differs("calamine", where, mine and mine.value, value)


def _same(mine: Any, theirs: Any) -> bool:
    mine, theirs = _number(mine), _number(theirs)
    if mine in (None, "") or theirs in (None, ""):
        return mine in (None, "") and theirs in (None, "")
    if isinstance(mine, bool) or isinstance(theirs, bool):
        return mine is theirs
    if isinstance(mine, float) and isinstance(theirs, float):
        return abs(mine - theirs) <= CELL * max(abs(mine), abs(theirs))
    return bool(str(mine).strip() == str(theirs).strip())


def _number(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float, Fraction)):
        return float(value)
    if isinstance(value, (datetime.date, datetime.datetime)):
        return float(to_excel(value))
    return value


def variety() -> Iterator[tuple[str, bytes]]:
    """Workbooks of ours as different programs save them, and other people's with and without our sheets."""
    ours = [
        (f"{template} {lang}", book(template, lang)) for template in ("standard", "short", "access") for lang in ("ja", "en")
    ]
    full = [("standard all", book("standard", "ja", sheets="all"))]
    plan = api.plan_from_example("ja")
    theirs = [(name, make()) for name, make in THEIRS.items()]
    both = [(f"into {name}", api.insert(data, name, api.build(plan, "ja"))) for name, data in theirs]
    everything = [*ours, *full, *theirs, *both]
    yield from everything
    for (name, _), data in zip(everything, saved_by_libreoffice([data for _, data in everything]), strict=True):
        yield f"{name}, by LibreOffice", data
    for name, data in everything:
        yield f"{name}, by openpyxl", by_openpyxl(data)


def by_openpyxl(data: bytes) -> bytes:
    out = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(data)).save(out)
    return out.getvalue()


READERS = {
    "own reader": "from kgisheet.xlsx.read.reader import read; data = open(sys.argv[1], 'rb').read()\ndef one(): read(data, 'b')",
    "openpyxl": "import openpyxl\ndef one(): openpyxl.load_workbook(sys.argv[1])",
    "python-calamine": "from python_calamine import CalamineWorkbook as W\n"
    "def one():\n book = W.from_path(sys.argv[1])\n for name in book.sheet_names: book.get_sheet_by_name(name).to_python()",
}
_TIMED = "\nimport time; one(); t = time.process_time(); one(); print(time.process_time() - t)"


def timed(runs: int = 7) -> None:
    """Print the CPU of reading the worked example once, warm, by each reader: the median of processes that take turns."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "goal.xlsx")
        file.write_bytes(book())
        taken: dict[str, list[float]] = {name: [] for name in READERS}
        for _ in range(runs):
            for name, code in READERS.items():
                command = [sys.executable, "-c", f"import sys\n{code}{_TIMED}", str(file)]
                taken[name].append(float(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout))
    for name, seconds in taken.items():
        print(f"{name:16} {statistics.median(seconds):.3f} s CPU")


def main() -> int:
    arguments = sys.argv[1:]
    if arguments == ["--time"]:
        timed()
        return 0
    bad = 0
    for name, data in [(each, Path(each).read_bytes()) for each in arguments] if arguments else variety():
        found = differences(data)
        bad += len(found)
        print(f"{name}: {len(found)} differences")
        for each in found[:5]:
            print("  ", *each)
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())

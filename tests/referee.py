"""Foreign engines that recalculate what we wrote: LibreOffice and IronCalc.

A referee must be able to say no: `test_referees.py` plants wrong cached values
first and sees them corrected. Nothing here imports kgisheet.
"""

from __future__ import annotations

import atexit
import datetime
import functools
import io
import math
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import ironcalc
import openpyxl
import openpyxl.utils
from openpyxl.utils.datetime import to_excel

Cells = dict[tuple[str, str], object]
"""Values by (sheet, address); blank and "" are both left out."""

# LibreOffice converts without recalculating unless this is in its profile.
_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def soffice(*args: str) -> None:
    """Runs LibreOffice with a profile of its own that always recalculates."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    assert program, "LibreOffice is missing: tests/run installs it"
    command = [program, f"-env:UserInstallation=file://{_profile()}", "--headless", *args]
    subprocess.run(command, check=True, capture_output=True, timeout=300)


@functools.cache
def _profile() -> Path:
    """A folder for LibreOffice's settings, one per test process."""
    folder = Path(tempfile.mkdtemp(prefix="kgisheet-soffice-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "user").mkdir()
    (folder / "user" / "registrymodifications.xcu").write_text(_RECALCULATE)
    return folder


def convert(files: Iterable[Path], to: str, into: Path) -> list[Path]:
    """The files as LibreOffice saves them, recalculated; many at once cost one start."""
    files = list(files)
    soffice("--convert-to", to, "--outdir", str(into), *map(str, files))
    made = [into / f"{file.stem}.{to}" for file in files]
    missing = [file.name for file in made if not file.exists()]
    assert not missing, f"LibreOffice made no {missing}"
    return made


def by_libreoffice(workbooks: list[bytes]) -> list[Cells]:
    """The values of all cells of each workbook after LibreOffice has recalculated it."""
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder, "in"), Path(folder, "out")
        source.mkdir()
        for number, data in enumerate(workbooks):
            (source / f"{number:04d}.xlsx").write_bytes(data)
        files = convert(sorted(source.iterdir()), "xlsx", made)
        return [cached(file.read_bytes()) for file in files]


def by_ironcalc(data: bytes, changes: Mapping[tuple[str, str], object] | None = None) -> Cells:
    """The values of all formula cells after IronCalc has evaluated the workbook with ``changes`` typed into it."""
    model = Iron(data)
    model.put(changes or {})
    return model.values(formulas(data))


class Iron:
    """A workbook open in IronCalc, to type into as a person would.

    (Not through openpyxl: it saves an empty cell as ``t="n"``, which IronCalc 0.9.1 takes for a 0.)
    """

    def __init__(self, data: bytes) -> None:
        with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
            file.write(data)
            file.flush()
            self._model = ironcalc.load_from_xlsx(file.name, "en", "UTC", "en")
        self._sheets = {each["name"]: index for index, each in enumerate(self._model.get_worksheets_properties())}

    def put(self, changes: Mapping[tuple[str, str], object]) -> None:
        """Types values into cells: text, numbers, days, and None for an emptied cell."""
        for (sheet, address), value in changes.items():
            place = self._place(sheet, address)
            if value is None:
                self._model.clear_cell_contents(*place)
            elif isinstance(value, str):
                self._model.update_cell_with_text(*place, value)
            elif isinstance(value, datetime.date):
                self._model.update_cell_with_number(*place, to_excel(value))
            else:
                self._model.update_cell_with_number(*place, value)

    def values(self, cells: Iterable[tuple[str, str]]) -> Cells:
        """What the cells hold after a recalculation."""
        self._model.evaluate()
        found = {where: self._model.get_cell_value(*self._place(*where)) for where in cells}
        return {where: value for where, value in found.items() if value not in (None, "")}

    def _place(self, sheet: str, address: str) -> tuple[int, int, int]:
        column, row = column_and_row(address)
        return self._sheets[sheet], row, column


@functools.cache
def column_and_row(address: str) -> tuple[int, int]:
    """``B7`` → (2, 7): column and row, from 1."""
    letters, row = openpyxl.utils.cell.coordinate_from_string(address)
    return openpyxl.utils.column_index_from_string(letters), row


def cached(data: bytes) -> Cells:
    """The cached values that stand in the file."""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in (None, "")
    }


@functools.lru_cache(maxsize=2)
def formulas(data: bytes) -> dict[tuple[str, str], str]:
    """The formulas that stand in the file."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


class Difference(NamedTuple):
    sheet: str
    cell: str
    ours: object
    theirs: object


def differences(ours: Cells, theirs: Cells, cells: Iterable[tuple[str, str]]) -> list[Difference]:
    """Where the two disagree, over ``cells``."""
    return [
        Difference(*where, ours.get(where), theirs.get(where))
        for where in cells
        if not same(ours.get(where), theirs.get(where))
    ]


def same(ours: object, theirs: object) -> bool:
    """Equal; of numbers, but for the last bits of a binary fraction; a day and its number are the same.

    What is left of a difference of thousands of millions of yen has lost its last digits: 1e-6 of 33,167.9734.
    """
    numbers = (int, float)
    ours, theirs = (to_excel(each) if isinstance(each, datetime.datetime) else each for each in (ours, theirs))
    if isinstance(ours, numbers) and isinstance(theirs, numbers):
        return math.isclose(ours, theirs, rel_tol=1e-10, abs_tol=1e-9)
    return ours == theirs

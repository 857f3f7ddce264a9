"""Foreign engines that recalculate what we wrote: LibreOffice and IronCalc.

A referee must be able to say no: `test_referees.py` plants wrong cached values
first and sees them corrected. Nothing here imports kgisheet.
"""

from __future__ import annotations

import contextlib
import datetime
import functools
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import lean
import office
import openpyxl.utils
import stored
from office import convert
from openpyxl.utils.datetime import to_excel

__all__ = [
    "Cells",
    "Difference",
    "Iron",
    "by_ironcalc",
    "by_libreoffice",
    "cached",
    "convert",
    "differences",
    "formulas",
    "same",
]

Cells = dict[tuple[str, str], object]
"""Values by (sheet, address); blank and "" are both left out."""


def by_libreoffice(workbooks: list[bytes]) -> list[Cells]:
    """The values of all cells of each workbook after LibreOffice has recalculated it; a day is its number."""
    return [_office(data) for data in workbooks]


def _office(data: bytes) -> Cells:
    found: Cells = {}
    for title, rows, errors in office.values(data):
        for at, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                if isinstance(value, float):
                    shown = float(f"{value:.15g}")  # as it stores them
                    found[title, f"{_letters(column)}{at}"] = int(shown) if shown.is_integer() else shown
                elif value not in (None, ""):
                    found[title, f"{_letters(column)}{at}"] = value
        for at, column, error in errors:
            # As it stores them: Excel has no other errors.
            said = error if error.startswith("#") else "#VALUE!"
            found[title, f"{_letters(column + 1)}{at + 1}"] = said
    return found


_letters = functools.cache(openpyxl.utils.get_column_letter)


def by_ironcalc(data: bytes, changes: Mapping[tuple[str, str], object] | None = None) -> Cells:
    """The values of all formula cells after IronCalc has evaluated the workbook with ``changes`` typed into it."""
    engine, cells = _open(data), stored.cells(data)
    with engine.typed(changes or {}, {where: each.value for where, each in cells.items() if not each.formula}):
        assert not (changes or {}).keys() & formulas(data).keys(), "what is typed over a formula could not be taken back"
        return engine.values(formulas(data))


@functools.lru_cache(maxsize=1)
def _open(data: bytes) -> Iron:
    """To load all the sheets takes IronCalc ten times as long as to work them out: what is typed is taken back instead."""
    return Iron(data)


class Iron:
    """A workbook open in IronCalc, to type into as a person would.

    (Not through openpyxl: it saves an empty cell as ``t="n"``, which IronCalc 0.9.1 takes for a 0.)
    """

    def __init__(self, data: bytes) -> None:
        self._model = lean.model(data)
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

    @contextlib.contextmanager
    def typed(self, changes: Mapping[tuple[str, str], object], constants: Cells) -> Iterator[None]:
        """With values typed into constants; afterwards the cells hold what they held, by ``constants``."""
        self.put(changes)
        try:
            yield
        finally:
            self.put({where: constants.get(where) for where in changes})

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
    """The cached values that the file holds; a day is its number."""
    return {where: each.value for where, each in stored.cells(data).items() if each.value is not None}


def formulas(data: bytes) -> dict[tuple[str, str], str]:
    """The formulas that the file holds."""
    return {where: each.formula for where, each in stored.cells(data).items() if each.formula is not None}


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

"""What stands in the cells of a damaged workbook, by readers that aren't ours, and whether what it shows would be true."""

from __future__ import annotations

import functools
import math
import zipfile
import zlib
from typing import Any

import lean
import stored
from seeding import package

from .damage import Parts

Cells = dict[tuple[str, str], stored.Stored]


def parts_of(data: bytes) -> Parts | None:
    """The parts of a package by the standard library's own reader; None where it can't."""
    try:
        return dict(package._unpacked.__wrapped__(data))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, KeyError):
        return None


def cells_of(data: bytes) -> Cells | None:
    """The cells of a workbook by the standard library's own parser; None where it can't, or finds no meaning."""
    try:
        return dict(stored.cells.__wrapped__(data))
    except Exception:  # noqa: BLE001  # whatever it is, this reader is no witness then
        return None


@functools.lru_cache(maxsize=4)
def cells_of_base(data: bytes) -> Cells:
    return dict(stored.cells(data))


def untrue(data: bytes, base: bytes) -> str:
    """Why a workbook that is called right isn't: a formula of ``base`` that is gone, or one that shows another figure than it holds.

    Nothing ("") where it is right, or where nobody else can read it.
    """
    before, now = cells_of_base(base), cells_of(data)
    if now is None or now == before:
        return ""
    sheets = [title for title in package.titles(package.unpacked(base)) if not title.startswith("_")]
    for where, one in before.items():
        if one.formula is None or where[0] not in sheets:
            continue
        other = now.get(where)
        if other is None or other.formula is None:
            return f"{where} held {one.formula[:60]} and holds {other and other.value!r}"
    if all(one == now.get(where) for where, one in before.items() if where[0] in sheets and _counts(one)):
        return ""
    return _stale(data, now, [where for where, one in before.items() if one.formula is not None and where[0] in sheets])


def _counts(one: stored.Stored) -> bool:
    return one.formula is not None or not isinstance(one.value, str)


def _stale(data: bytes, cells: Cells, formulas: list[tuple[str, str]]) -> str:
    """The first formula whose figure IronCalc works out otherwise than it is kept in the file."""
    try:
        model = lean.model(data)
        model.evaluate()
        order = {each["name"]: at for at, each in enumerate(model.get_worksheets_properties())}
        found = {where: model.get_cell_value(order[where[0]], *_row_and_column(where[1])) for where in formulas}
    except BaseException as bad:  # a panic of the engine's own is no Exception
        if isinstance(bad, (KeyboardInterrupt, SystemExit)):
            raise
        return ""
    for where, value in found.items():
        kept = cells[where].value
        if kept is not None and _differs(value, kept):
            return f"{where} shows {value!r} and holds {kept!r}: {cells[where].formula}"
    return ""


def _row_and_column(address: str) -> tuple[int, int]:
    column, row = package.column_and_row(address)
    return row, column


def _differs(one: Any, other: Any) -> bool:
    if isinstance(one, (int, float)) and isinstance(other, (int, float)) and not isinstance(one, bool):
        return not math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return isinstance(one, (int, float)) != isinstance(other, (int, float))

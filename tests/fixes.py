"""The advice of the checker taken at its word: what a fix says is put into the cell, and the workbook is checked again.

A fix that says which formula or value belongs there must do away with its finding; step by step nothing may be left that the
workbook did not have as it was written. Saved without results, so that every figure is worked out from what stands there.
"""

from __future__ import annotations

import datetime
import functools
import io
import re
from typing import Any, NamedTuple

import openpyxl
from hands import edited
from seeding.case import Book, Case, Cells
from seeding.judge import of_the_clean
from seeding.savers import typed
from seeding.subjects import made

from kgisheet import api
from kgisheet.check.finding import Finding

_FORMULA = re.compile(r": (=.*)$", re.DOTALL)
_NUMBER = re.compile(r"type the number (-?[\d.]+) instead|type (-?[\d.]+) if|type (\d+) if it is wrong")
_CHOICE = re.compile(r"choose one of (?:the names above: )?([^,]+)")
_NAME = re.compile(r"point (\w+) to ('?[^!']*'?!)?\$?([A-Z]+)\$?(\d+)")
_STEPS = 14


class Tried(NamedTuple):
    """What came of the advice for one workbook: the findings whose fix was taken, and what is wrong with it."""

    taken: list[Finding]
    untold: list[Finding]
    wrong: list[str]


def value_of(finding: Finding) -> Any:
    """What a fix says to put into the cell: a formula, a number, a word, a date; None where it leaves that to the reader."""
    fix = finding.fix.en
    if (formula := _FORMULA.search(fix)) is not None:
        return formula[1]
    if (
        finding.code in ("I01", "I02", "I03", "I04", "I05", "X08")
        and isinstance(finding.expected, (int, float))
        and re.search(r"type ", fix)
    ):
        return finding.expected
    if (number := _NUMBER.search(fix)) is not None:
        return float(next(each for each in number.groups() if each))
    if (choice := _CHOICE.search(fix)) is not None:
        return choice[1].strip()
    if "type a date" in fix:
        return datetime.date(2026, 4, 1)
    return None


def take(data: bytes, finding: Finding, value: Any) -> bytes:
    def edit(workbook: openpyxl.Workbook) -> None:
        cell = workbook[str(finding.sheet)][str(finding.cell)]
        cell.value = value
        if isinstance(value, str) and value.startswith("="):
            cell.data_type, cell.number_format = "f", "General" if cell.number_format == "@" else cell.number_format

    return edited(data, edit)


def grave(data: bytes) -> list[Finding]:
    return [each for each in api.check(data, "book.xlsx").findings if each.severity != "note"]


def tried(subject: str, data: bytes) -> Tried:
    """Takes one piece of advice after the other, the first that says what to do, until nothing is left or nobody says how."""
    clean = {(each.code, each.cell) for each in of_the_clean(subject)}
    taken: list[Finding] = []
    seen: set[tuple[str, str | None, str | None, Any]] = set()
    found = grave(data)
    for _ in range(_STEPS):
        left = [each for each in found if (each.code, each.cell) not in clean]
        told = [(each, value) for each in left if (value := value_of(each)) is not None]
        if not told:
            return Tried(taken, left, [])
        finding, value = told[0]
        key = finding.code, finding.sheet, finding.cell, value
        if key in seen:
            return Tried(taken, left, [f"the advice does not heal: {_said(finding)} → {str(value)[:100]}"])
        seen.add(key)
        taken.append(finding)
        if str(value).startswith("=") and value != _written(subject).get((str(finding.sheet), str(finding.cell))):
            return Tried(taken, left, [f"another formula than stood there: {_said(finding)} → {str(value)[:100]}"])
        data = take(data, finding, value)
        found = grave(data)
        new = [each for each in found if (each.code, each.cell) not in clean]
        if len(new) > len(left) + 1:
            return Tried(
                taken,
                new,
                [
                    f"the advice breaks more than it heals: {_said(finding)} → {str(value)[:100]}: "
                    + "; ".join(map(_said, new[:4]))
                ],
            )
    return Tried(taken, found, [f"still not healed after {_STEPS} steps: {'; '.join(map(_said, found[:3]))}"])


@functools.cache
def _written(subject: str) -> dict[tuple[str, str], Any]:
    """What the workbook held as it was written, by sheet and cell."""
    workbook = openpyxl.load_workbook(io.BytesIO(made(subject)))
    return {(sheet.title, cell.coordinate): cell.value for sheet in workbook for row in sheet.iter_rows() for cell in row}


def _said(finding: Finding) -> str:
    return f"{finding.code} {finding.sheet}!{finding.cell} {finding.message.en[:120]}"


def mutant(case: Case) -> bytes | None:
    """The workbook with the fault, saved without results; None where that takes another program."""
    if isinstance(case.change, Cells):
        return edited(made(case.subject), typed(case.change))
    return edited(made(case.subject), case.change.edit) if isinstance(case.change, Book) else None

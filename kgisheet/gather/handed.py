"""A batch's manifest, as a summary needs it: who was handed a workbook, and the department's goals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..handout import manifest
from .matching import Due


class Handed(NamedTuple):
    """Who was handed a workbook, and the department's goals of a year by the names of the page's cells."""

    dues: tuple[Due, ...]
    department: dict[str, float]


def handed_out(data: bytes, source: str) -> Handed:
    """Return what a manifest says; raise BookError for one that can't be read."""
    read = manifest.read(data, source)
    return Handed(tuple(map(_due, read.rows)), dict(read.department))


def together(batches: Iterable[Handed]) -> Handed:
    """Return several batches as one: their goals are added up."""
    dues: list[Due] = []
    goals: dict[str, float] = {}
    for each in batches:
        dues += each.dues
        for name, goal in each.department.items():
            goals[name] = goals.get(name, 0.0) + goal
    return Handed(tuple(dues), goals)


def _due(row: manifest.Row) -> Due:
    owner = row.owner or ("" if row.file else str(row.line))
    return Due(row.file or "", owner, row.workbook or "", row.plan or "", row.problems)

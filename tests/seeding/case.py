"""What is planted: a change to a workbook, where it is, and what must come of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import openpyxl

Place = tuple[str, str]
"""A sheet's title and a cell's address."""


class Cells(NamedTuple):
    """Values typed into cells; a text beginning with ``=`` is a formula, None empties the cell."""

    values: dict[Place, Any]


class Book(NamedTuple):
    """What openpyxl does to the workbook."""

    edit: Callable[[openpyxl.Workbook], None]


class Office(NamedTuple):
    """Steps that are done in LibreOffice (``uno_edits.STEPS``), each a list: its name, then its arguments."""

    steps: list[list[Any]]


class Parts(NamedTuple):
    """An edit of the package's parts; ``recalculated`` brings the cached values up to date afterwards."""

    edit: Callable[[dict[str, bytes]], None]
    recalculated: bool = False


Change = Cells | Book | Office | Parts


SEEN, UNSEEN, DOUBLE = "seen", "unseen", "double"
"""Whether those who write the checker knew of a kind: from the harness, the contract or an issue; or two faults at once."""


class Case(NamedTuple):
    """One mutant of one subject.

    ``codes`` are acceptable, the first is best; none at all: the edit is harmless. ``cells`` are where the finding may
    hang, () is the workbook as a whole. ``note``: the code expected is only a note. ``proof``: an engine must show first
    that a value differs (of a harmless edit: that none does). ``sound``: of a harmless edit of inputs, the sheet's own
    verdict must be good afterwards. ``also``: codes and cells of the other faults that are planted at once.
    """

    subject: str
    kind: str
    codes: tuple[str, ...]
    cells: tuple[str, ...]
    change: Change
    savers: tuple[str, ...] = ()
    note: bool = False
    proof: bool = False
    sound: bool = False
    group: str = SEEN
    also: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()

    @property
    def saver(self) -> str:
        return self.savers[0]

    @property
    def code(self) -> str | None:
        return self.codes[0] if self.codes else None


ANY = ("office", "openpyxl", "xml", "uno")
BY_CHANGE = {Cells: ANY, Book: ("office", "openpyxl"), Office: ("uno",), Parts: ("xml",)}
"""The routes that can save a change, where the operator doesn't say."""

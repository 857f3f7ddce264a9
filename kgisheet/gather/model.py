"""The values that are gathered: one file's answer as a small record that other processes can send, and the whole of what a summary shows."""

from __future__ import annotations

from typing import NamedTuple

from ..language.text import Wording
from ..template.tables import MONTHS

Number = int | float

OURS, FOREIGN, UNREADABLE, NO_GOALS, SUMMARY = "ours", "foreign", "unreadable", "no goals", "summary"
"""The kinds of files: a workbook of ours, a sheet read by its labels, one that can't be read, one without a goal, a summary."""

ANSWERED, UNTOUCHED, MISSING, BROKEN = "answered", "untouched", "missing", "broken"
"""The states of somebody's workbook: it holds something, is as it was handed out, isn't there, or can't be read."""


class Stage(NamedTuple):
    """A stage's figures in one file: yen or things. ``goals`` and ``actuals`` have twelve places, or none; None is blank.

    ``year`` is the year's goal of a file without months. ``where`` is the cell with the goal, as ``sheet!D7``, ``page`` the name of
    the page's cell that is spread over the months.
    """

    key: str
    label: str
    unit: str
    counter: str
    year: Number | None
    goals: tuple[Number | None, ...] = ()
    actuals: tuple[Number | None, ...] = ()
    where: str = ""
    page: str = ""


class Said(NamedTuple):
    """A finding of a file's check, in the summary's language."""

    code: str
    severity: str
    sheet: str
    cell: str
    message: str
    fix: str


class Answer(NamedTuple):
    """One file as it was read. ``start`` is the first month of its year (``2026-04``), "" where it isn't said.

    ``digest`` is the SHA-256 of its bytes, ``inputs`` that of what was typed on its page, ``plan`` that of what decided it as it was handed out. ``period`` is ``year`` or ``month``, which its page is for. ``errors`` and ``warnings`` count
    all findings, ``said`` are the gravest of them. ``drift`` says what of its form was changed, ``notes`` what else there is to know;
    ``problem`` why it could not be read.
    """

    file: str
    kind: str
    digest: str
    template: str = ""
    form: str = ""
    version: str = ""
    title: str = ""
    owner: str = ""
    start: str = ""
    inputs: str = ""
    plan: str = ""
    period: str = ""
    stages: tuple[Stage, ...] = ()
    errors: int = 0
    warnings: int = 0
    said: tuple[Said, ...] = ()
    drift: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    problem: Wording | None = None

    @property
    def typed(self) -> int:
        """How many actuals are typed in it."""
        return sum(each is not None for stage in self.stages for each in stage.actuals)

    @property
    def is_read(self) -> bool:
        """Whether it has figures to be added up."""
        return bool(self.stages)


class Column(NamedTuple):
    """A stage of the summary, whatever templates its files are of."""

    key: str
    label: str
    unit: str
    counter: str


class Row(NamedTuple):
    """A stage's figures of one manager in the months of the summary; ``year`` where a file has no months."""

    year: Number | None
    goals: tuple[Number | None, ...]
    actuals: tuple[Number | None, ...]


NO_ROW = Row(None, (None,) * MONTHS, (None,) * MONTHS)


class Manager(NamedTuple):
    """Somebody who was handed a workbook, or sent one: by name, with the row of each stage, in the order of the columns.

    A stranger is on no roster, where there is one.
    """

    name: str
    state: str
    file: str
    rows: tuple[Row, ...]
    errors: int = 0
    warnings: int = 0
    drift: int = 0
    is_stranger: bool = False


class File(NamedTuple):
    """One file in the list: ``counted`` as whose, or why not."""

    name: str
    manager: str
    state: str
    version: str
    template: str
    errors: int
    warnings: int
    remarks: tuple[str, ...]


class Listed(NamedTuple):
    """A finding in the list of all."""

    file: str
    manager: str
    said: Said


class Goal(NamedTuple):
    """The department's own goal of a stage: the year's."""

    key: str
    year: Number | None


class Gathered(NamedTuple):
    """All that a summary shows. ``months`` are its twelve, ``2026-04`` …; ``expected`` counts who was handed a workbook, 0 where nobody knows."""

    lang: str
    title: str
    months: tuple[str, ...]
    columns: tuple[Column, ...]
    managers: tuple[Manager, ...]
    files: tuple[File, ...]
    findings: tuple[Listed, ...]
    department: tuple[Goal, ...]
    expected: int
    left_out: int = 0

    @property
    def due(self) -> int:
        """How many workbooks are expected: those that were handed out, else as many as there are managers."""
        return self.expected or len(self.managers)

    @property
    def answered(self) -> int:
        """How many of those have come back with something in them."""
        return sum(each.state == ANSWERED and not each.is_stranger for each in self.managers)

    def of_state(self, *states: str) -> list[Manager]:
        """Return the managers of these states, in their order."""
        return [each for each in self.managers if each.state in states]

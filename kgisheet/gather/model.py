"""The values that are gathered: one file's answer as a small record that other processes can send, and the whole of what a summary shows."""

from __future__ import annotations

from typing import NamedTuple

from ..language.text import Text, Wording
from ..template.tables import MONTHS

Number = int | float

OURS, FOREIGN, UNREADABLE, NO_GOALS, SUMMARY = "ours", "foreign", "unreadable", "no goals", "summary"
"""The kinds of files: a workbook of ours, a sheet read by its labels, one that can't be read, one without a goal, a summary."""

PASSED, INSIDE, BACKUP = "passed", "inside", "backup"
"""Files that nobody reads: one that is no sheet, or a folder; one in a subfolder, of interest only where it is somebody's; a backup."""

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
    called: Text | None = None
    """The label in both languages, where it is one of ours: the terminal's may be another than the summary's."""


class Change(NamedTuple):
    """A figure of the plan that was typed over since the workbook was handed out; ``is_goal`` for an amount that is aimed at."""

    label: Text
    before: Text
    after: Text
    is_goal: bool = False

    def to(self, lang: str) -> str:
        """Return it in words: Web売上 90,000,000円 → 60,000,000円."""
        return f"{self.label.to(lang)} {self.before.to(lang)} → {self.after.to(lang)}"


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
    ``problem`` why it could not be read. ``is_untouched``: nobody typed anything into it since it was handed out, whatever saved it;
    ``changed`` are the figures of its plan that somebody did type over.
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
    is_untouched: bool = False
    changed: tuple[Change, ...] = ()

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
    called: Text | None = None

    def name(self, lang: str) -> str:
        """Return its label in a language, which may be another than the summary's."""
        return self.label if self.called is None else self.called.to(lang)


class Row(NamedTuple):
    """A stage's figures of one manager in the months of the summary; ``year`` where a file has no months."""

    year: Number | None
    goals: tuple[Number | None, ...]
    actuals: tuple[Number | None, ...]


NO_ROW = Row(None, (None,) * MONTHS, (None,) * MONTHS)


class Manager(NamedTuple):
    """Somebody who was handed a workbook, or sent one: by name, with the row of each stage, in the order of the columns.

    A stranger is on no roster, where there is one. ``owner`` is the name that its file bears inside, where others' bear it too;
    ``misnamed`` are files with its plan and another's name.
    """

    name: str
    state: str
    file: str
    rows: tuple[Row, ...]
    errors: int = 0
    warnings: int = 0
    drift: int = 0
    is_stranger: bool = False
    owner: str = ""
    misnamed: tuple[str, ...] = ()
    changed: tuple[Change, ...] = ()


class File(NamedTuple):
    """One file in the list: whose it is, or why it doesn't count (``why``). ``is_there``: somebody's may not have come."""

    name: str
    manager: str
    state: str
    version: str
    template: str
    errors: int
    warnings: int
    remarks: tuple[str, ...]
    why: Wording | None = None
    is_there: bool = True


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
    """All that a summary shows. ``months`` are its twelve, ``2026-04`` …; ``expected`` counts who was handed a workbook, 0 where nobody knows.

    ``lines`` are those of what there is to do, and ``lists`` the digests of the rows of the lists of files and findings, in a summary
    that is read back: it carries no more of them.
    """

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
    unread: tuple[File, ...] = ()
    lines: tuple[str, ...] = ()
    lists: tuple[tuple[str, ...], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nobody's file is there: a summary of nobody reads like good news."""
        return not any(each.file for each in self.managers)

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

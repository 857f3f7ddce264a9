"""The course of a batch: which rows are made anew, which workbooks stay, and the manifest of it all."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import OutputError, Problem
from ..language.text import Text
from . import manifest
from .job import Looked, Made, Order
from .manifest import FAILED, MADE, PLANNED, Manifest
from .plans import Base
from .roster import Roster, Row
from .sums import Tally


class Wanted(NamedTuple):
    """How a batch treats what lies in its folder: goes on with the last one, overwrites what is there."""

    folder: str
    created: datetime.datetime | None = None
    resume: bool = False
    force: bool = False
    lang: str = "en"
    """The language of what the manifest says of rows that failed."""


class Course:
    """The rows of a batch on their way, by their place in the roster."""

    def __init__(
        self, base: Base, roster: Roster, more: Sequence[Mapping[str, Any]], wanted: Wanted, old: Manifest | None
    ) -> None:
        self.roster = roster
        self.wanted = wanted
        self.old = old.by_file() if old is not None and wanted.resume else {}
        self.rows = [_of_roster(each, wanted.lang) for each in roster.rows]
        self.base, self.more = base, more
        self.tally = Tally()
        self.kept = 0
        self.standing: list[str] = []
        self.failed = {at for at, row in enumerate(self.rows) if row.status == FAILED}

    def order(self, at: int) -> Order:
        """Return what a worker is told of a row: made when it is wanted, for ten thousand of them take their room."""
        row, wanted = self.roster.rows[at], self.wanted
        return Order(
            self.base,
            self.roster.name,
            row.line,
            row.settings,
            self.more[at] if self.more else {},
            self.path(row.file or ""),
            wanted.created,
            wanted.force,
            self._written(row.file),
            wanted.resume and not wanted.force and row.file is not None,
        )

    def path(self, file: str) -> str:
        """Return the place of a file in the folder."""
        return os.path.join(os.path.abspath(self.wanted.folder), file)  # for workers elsewhere, as a text

    def _written(self, file: str | None) -> str | None:
        """Return the digest of the workbook that a row was given before."""
        old = self.old.get(file or "")
        return old.workbook if old is not None and old.status == MADE else None

    def open(self) -> list[int]:
        """Return the rows that nothing is wrong with so far."""
        return [at for at, row in enumerate(self.rows) if row.status == PLANNED]

    def look(self, at: int, found: Looked) -> None:
        """Take what a row's plan comes to, or the workbook that it has already."""
        self.tally.add(found.counts)
        if found.stands:
            self.standing.append(self.rows[at].file or "")
        if found.problems:
            self.fail(at, found.problems)
        else:
            self.rows[at] = self.rows[at]._replace(plan=found.fingerprint, owner=found.owner, title=found.title)

    def fail(self, at: int, problems: Sequence[Problem]) -> None:
        """Take why a row has no workbook; one that it was given before, and that is still there, stays its own."""
        said = tuple(each.to(self.wanted.lang) for each in problems)
        self.failed.add(at)
        row = self.rows[at]
        old = self.old.get(row.file or "")
        if old is not None and old.status == MADE and Path(self.path(row.file or "")).is_file():
            self.rows[at] = old._replace(line=row.line, problems=said)
        else:
            self.rows[at] = row._replace(status=FAILED, problems=said)

    def to_make(self) -> Iterator[int]:
        """Yield the rows whose workbooks are missing, or were made of another plan; count the others as kept."""
        for at in self.open():
            row, old = self.rows[at], self.old.get(self.rows[at].file or "")
            is_same = old is not None and old.status == MADE and old.plan == row.plan
            if old is not None and is_same and Path(self.path(row.file or "")).is_file() and not self.wanted.force:
                self.kept += 1
                self.rows[at] = row._replace(status=MADE, workbook=old.workbook)
                continue
            yield at

    def take(self, at: int, made: Made) -> None:
        """Take what became of a row."""
        if made.problems:
            self.fail(at, made.problems)
        else:
            self.rows[at] = self.rows[at]._replace(status=MADE, workbook=made.workbook)

    def in_the_way(self) -> list[str]:
        """Return the files of the folder that a batch of its own, neither going on nor overwriting, would replace."""
        if self.wanted.resume or self.wanted.force:
            return []
        files = [manifest.NAME, *(row.file for row in self.rows if row.file is not None)]
        return [file for file in files if os.path.lexists(self.path(file))]

    def left_over(self) -> list[str]:
        """Return the workbooks of the last batch that the roster no longer names: they stay."""
        named = {row.file for row in self.rows}
        return [file for file in self.old if file not in named and os.path.lexists(self.path(file))]


def _of_roster(row: Row, lang: str) -> manifest.Row:
    problems = tuple(each.to(lang) for each in row.problems)
    return manifest.Row(row.file, row.line, FAILED if problems else PLANNED, problems=problems)


def refuse(files: Sequence[str], folder: str) -> None:
    """Raise OutputError for files that lie where those of the batch would."""
    if files:
        more = " …" if len(files) > 5 else ""
        raise OutputError(
            Problem(
                "exists",
                Text(
                    f"同名のファイルが{len(files)}件あるため、何も書き出しませんでした({'、'.join(files[:5])}{more})",
                    f"nothing was written: {len(files)} of the files are there already ({', '.join(files[:5])}{more})",
                ),
                Text(
                    "続きから作るには --resume、作り直すには --force を付けてください",
                    "add --resume to go on from there, or --force to overwrite them",
                ),
                folder,
            )
        )

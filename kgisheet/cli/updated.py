"""A workbook brought up to date, in place or on trial, in whatever process or on whatever machine that is done."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import NamedTuple

from .. import api
from ..errors import BookError, CsvError, KgisheetError, PlanError, Problem
from ..language.text import Text
from . import files, replacing


class Given(NamedTuple):
    """A file that goes into all the workbooks, with its bytes; or a folder with one for each, by its name."""

    path: str
    data: bytes | None


class How(NamedTuple):
    """The same for all workbooks; ``kept`` is the number of backups, None for a trial."""

    plan: Given | None
    start: datetime.date | None
    take: tuple[str, ...]
    goals: Given | None
    actuals: Given | None
    kept: int | None


class Job(NamedTuple):
    """A workbook as it is called, and where it is."""

    file: str
    path: str


def updated(how: How, job: Job) -> api.Outcome:
    """Return the outcome without its workbook, which is in its place by then; a second time there is nothing to change.

    Raise BookError, PlanError, CsvError, RequestError, OutputError.
    """
    if how.kept is not None:
        replacing.writable(job.path)
    data = files.read_bytes(job.path, BookError)
    outcome = api.regenerate(
        data,
        job.file,
        _plan(how.plan, job),
        how.start,
        how.take,
        _of(how.goals, job, ".csv", CsvError),
        _of(how.actuals, job, ".csv", CsvError),
    )
    if how.kept is not None:
        replacing.replace(job.path, data, outcome.data, how.kept)
    return outcome._replace(data=b"", labels=dict(outcome.labels), units=dict(outcome.units))


def _plan(given: Given | None, job: Job) -> api.PlanText | None:
    text = _of(given, job, ".toml", PlanError)
    return None if text is None else api.PlanText(*text, (), files.templates_beside(text[1]))


def _of(given: Given | None, job: Job, suffix: str, error: type[KgisheetError]) -> tuple[bytes, str] | None:
    """Return the bytes of a workbook's file and its name; raise ``error`` where a folder has none for it."""
    if given is None:
        return None
    if given.data is not None:
        return given.data, files.shown(given.path)
    path = Path(given.path, f"{Path(job.path).stem}{suffix}")
    if not path.is_file():
        what = Text(f"{given.path} にこのブックの {path.name} がありません", f"there is no {path.name} for it in {given.path}")
        raise error(Problem("no-file", what, None, job.file))
    return files.read_bytes(str(path), error), str(path)

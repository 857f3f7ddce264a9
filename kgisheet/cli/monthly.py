"""The command ``kgisheet monthly``: updates the goal tabs of a workbook."""

from __future__ import annotations

import datetime
import os

import click

from .. import api
from ..errors import BookError, PlanError, too_complex
from . import files, replacing, terminal
from .monthly_text import whole
from .monthly_wanted import Wanted, start_month
from .speech import complain, put, put_answer, say


def run(books: tuple[str, ...], wanted: Wanted) -> int:
    """Return the exit code; several workbooks, a folder, or a cluster are another module's."""
    _usage(wanted)
    if len(books) > 1 or wanted.executor is not None or (books[0] != files.STDIN and os.path.isdir(books[0])):
        from . import monthly_many

        return monthly_many.run(books, wanted)
    return _one(books[0], wanted)


def _one(book: str, wanted: Wanted) -> int:
    replacing.a_file(book, wanted.in_place or wanted.undo)
    if wanted.undo:
        replacing.undo(book, wanted.backups)
        return 0
    start = start_month(wanted.start)
    replacing.ready(book, wanted.output, wanted.in_place, (wanted.plan, wanted.goals, wanted.actuals))
    data = files.read_bytes(book, BookError)
    plan = None
    if wanted.plan is not None:
        text = files.read_bytes(wanted.plan, PlanError)
        plan = api.PlanText(text, files.shown(wanted.plan), (), files.templates_beside(wanted.plan))
    goals, actuals = (
        None if path is None else (files.read_bytes(path, api.CsvError), files.shown(path))
        for path in (wanted.goals, wanted.actuals)
    )
    outcome = _outcome(data, files.shown(book), plan, start, wanted.take, goals, actuals)
    complain(outcome.notes)
    if wanted.dry_run:
        if wanted.as_json:
            put_answer(outcome.to_dict())
        else:
            put(whole(book, outcome))
        return 0
    if replacing.put(book, wanted.output, wanted.in_place, data, outcome.data, wanted.backups):
        return _code(outcome)
    put(whole(book if wanted.in_place else str(wanted.output), outcome))
    return _code(outcome)


def _code(outcome: api.Outcome) -> int:
    """Return 1 if the workbook that was written leaves conflicts to be resolved."""
    return int(bool(outcome.conflicts))


def _outcome(
    data: bytes,
    name: str,
    plan: api.PlanText | None,
    start: datetime.date | None,
    take: tuple[str, ...],
    goals: tuple[bytes, str] | None,
    actuals: tuple[bytes, str] | None,
) -> api.Outcome:
    try:
        with terminal.progress(say("月次目標を計算しています …", "working out the monthly goals …")):
            return api.regenerate(data, name, plan, start, take, goals, actuals)
    except (MemoryError, RecursionError):
        raise BookError(too_complex(name)) from None


def _usage(wanted: Wanted) -> None:
    replacing.one_way(wanted.dry_run, wanted.output, wanted.in_place, wanted.undo)
    if wanted.undo and (wanted.plan or wanted.start or wanted.take or wanted.goals or wanted.actuals):
        raise click.UsageError(
            say(
                "--undo はほかの指定(--plan など)と一緒に使えません",
                "--undo can't be combined with --plan and the like",
            )
        )
    if wanted.as_json and not wanted.dry_run:
        raise click.UsageError(say("--json は --dry-run と一緒に使います", "--json needs --dry-run"))

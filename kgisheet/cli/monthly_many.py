"""`kgisheet monthly` of several workbooks or folders: each updated in its place, or on trial; one never stops the rest."""

from __future__ import annotations

import contextlib
import functools
import itertools
import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import click

from .. import api
from ..errors import CsvError, KgisheetError, PlanError, Problem
from ..language.text import Text, many
from ..many.executors import opened
from ..many.limits import problem
from ..many.window import Done, each
from ..report.jsonpieces import json_pieces
from ..report.rows import Rows
from . import backups, bar, files, folders, monthly_text, terminal
from .monthly_wanted import Wanted, start_month
from .speech import LANG, complain, put, put_answer, say
from .updated import Given, How, Job, updated

_BOOKS = (".xlsx", ".xlsm")


def run(paths: tuple[str, ...], wanted: Wanted) -> int:
    """Return the exit code: 1 for conflicts in a workbook that was written; else 3 where one could not be updated; else 0."""
    _usage(paths, wanted)
    how = How(
        _given(wanted.plan, PlanError),
        start_month(wanted.start),
        wanted.take,
        _given(wanted.goals, CsvError),
        _given(wanted.actuals, CsvError),
        None if wanted.dry_run else wanted.backups,
    )
    books, passed = _books(paths, wanted.deep)
    with contextlib.closing(_outcomes(books, how, wanted)) as outcomes:
        if wanted.as_json:
            return _put_json(outcomes, passed)
        return _put_text(outcomes, passed, wanted)


def _usage(paths: tuple[str, ...], wanted: Wanted) -> None:
    if wanted.output is not None:
        raise click.UsageError(
            say(
                "-o はブック1つのときに使います。複数なら --in-place か --dry-run を指定してください",
                "-o is for one workbook; for several use --in-place or --dry-run",
            )
        )
    if wanted.undo:
        raise click.UsageError(
            say(
                "--undo はブックを1つずつ指定してください(変更のなかったブックまで、さらに前に戻ってしまいます)",
                "--undo takes one workbook at a time (one that had no changes would go back too far)",
            )
        )
    if files.STDIN in paths:
        raise click.UsageError(say("標準入力はブック1つのときに使います", "stdin is for one workbook"))
    for option, path in (("--goals", wanted.goals), ("--actuals", wanted.actuals)):
        if path is not None and not os.path.isdir(path):
            raise click.UsageError(
                say(
                    f"{option}: 複数のブックには、ブックごとのCSVが入ったフォルダーを指定してください"
                    "(east.xlsx には east.csv。1つのCSVでは、全員に同じ数字が入ってしまいます)",
                    f"{option}: for several workbooks name a folder with a CSV for each (east.csv for east.xlsx); "
                    "one CSV would put the same figures into all of them",
                )
            )


def _given(path: str | None, error: type[KgisheetError]) -> Given | None:
    """Return what an option names: a folder as it is, a file with its bytes."""
    if path is None:
        return None
    if path != files.STDIN and os.path.isdir(path):
        return Given(os.path.abspath(path), None)
    return Given(path, files.read_bytes(path, error))


def _books(paths: tuple[str, ...], deep: bool) -> tuple[list[str | Problem], list[str]]:
    """Return the workbooks, each once (or what is wrong with a folder), and what of the folders is not one to be updated."""
    looked = folders.look(paths, deep)
    named = set(paths)
    found: list[str | Problem] = []
    passed = list(looked.passed)
    seen: set[str] = set()
    for book in looked.books:
        if not isinstance(book, str):
            if book.file in named and book.problem is not None:
                found.append(book.problem)
            else:
                passed.append(book.file)
        elif book not in named and (Path(book).suffix.lower() not in _BOOKS or backups.is_backup(book)):
            passed.append(book)
        elif (real := os.path.realpath(book)) not in seen:
            seen.add(real)  # two processes must not replace the same file
            found.append(book)
    return found, passed


def _outcomes(books: list[str | Problem], how: How, wanted: Wanted) -> Generator[Done[Job, api.Outcome], None, None]:
    jobs = [Job(book, os.path.abspath(book)) for book in books if isinstance(book, str)]
    label = say("月次目標を計算しています", "working out the monthly goals")
    for book in books:
        if isinstance(book, Problem):
            yield Done(Job(book.source or "", ""), None, KgisheetError(book))
    with (
        opened(wanted.executor, wanted.jobs, len(jobs)) as executor,
        bar.over(len(jobs), label) as line,
    ):
        for done in each(functools.partial(updated, how), jobs, executor):
            line.clear()
            yield done
            line.step()


def _problem(done: Done[Job, api.Outcome]) -> Problem:
    """Return what is said of a workbook that was not updated."""
    assert done.error is not None
    said = problem(done.error, done.item.file)
    return said._replace(source=done.item.file) if said.source == done.item.path else said


# -- what is said -----------------------------------------------------------------


def _put_json(outcomes: Iterator[Done[Job, api.Outcome]], passed: list[str]) -> int:
    failed = False

    def book(done: Done[Job, api.Outcome]) -> dict[str, Any]:
        nonlocal failed
        if done.result is not None:
            return {"file": done.item.file, **done.result.to_dict()}
        failed = True
        return {"file": done.item.file, "error": _problem(done)._replace(source=None).to(LANG)}

    def members() -> Iterator[tuple[str, Any]]:
        yield "schema_version", 1
        yield "books", map(book, outcomes)
        if passed:
            yield "not_looked_at", passed

    for piece in itertools.chain(json_pieces(members()), "\n"):
        put_answer(piece, nl=False)
    return 3 if failed else 0


_HEAD = (
    Text("ファイル", "file"),
    Text("結果", "result"),
    Text("変更", "changes"),
    Text("保持", "kept"),
    Text("競合", "conflicts"),
)


def _put_text(outcomes: Iterator[Done[Job, api.Outcome]], passed: list[str], wanted: Wanted) -> int:
    rows = Rows(LANG, _HEAD, right={2, 3, 4})
    conflicts = failed = changed = 0
    for done in outcomes:
        outcome = done.result
        if outcome is None:
            failed += 1
            complain([_problem(done)])
            rows.add([done.item.file, say("更新できません", "not updated"), "", "", ""], is_sound=False)
            continue
        complain(outcome.notes)
        put(monthly_text.brief(done.item.file, outcome))
        conflicts += bool(outcome.conflicts)
        changed += bool(outcome.changes)
        numbers = [f"{len(each):,}" for each in (outcome.changes, outcome.kept, outcome.conflicts)]
        rows.add([done.item.file, _result(outcome, wanted.dry_run), *numbers], is_sound=not outcome.conflicts)
    ends = [*rows.shown(terminal.width()), "", _summary(rows.files, changed, conflicts, failed, wanted.dry_run)]
    if passed:
        ends += ["", f"[{say('更新の対象でないもの', 'not to be updated')}]", *(f"  {each}" for each in passed)]
    put("\n".join(["", *ends]))
    return 1 if conflicts and not wanted.dry_run else 3 if failed else 0


def _result(outcome: api.Outcome, dry_run: bool) -> str:
    if outcome.conflicts:
        return say("競合あり", "conflicts")
    if not outcome.changes:
        return say("変更なし", "unchanged")
    return say("更新予定", "to be updated") if dry_run else say("更新済み", "updated")


def _summary(number: int, changed: int, conflicts: int, failed: int, dry_run: bool) -> str:
    done = Text("更新予定", "to be updated") if dry_run else Text("更新", "updated")
    return say(
        f"{number}ブック: {done.ja}{changed}、変更なし{number - changed - failed}、うち競合あり{conflicts}、更新できない{failed}",
        f"{many(number, 'workbook')}: {changed} {done.en}, {number - changed - failed} unchanged "
        f"({conflicts} of these with conflicts), {failed} not updated",
    )

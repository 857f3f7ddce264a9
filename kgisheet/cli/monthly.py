"""The command ``kgisheet monthly``: updates the goal tabs of a workbook."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import click

from .. import api
from ..errors import BookError, PlanError, too_complex
from ..language.text import many
from ..values.amounts import FigureError, month
from . import files, replacing, terminal
from .speech import LANG, complain, put, put_answer, say, visible, written

_LISTED = 15
"""Lines of a kind that the text shows where nothing of people's changes; ``--json`` has them all."""

_FOLLOWING = 3
"""Examples of results that follow."""


class Wanted(NamedTuple):
    """The options of the command."""

    plan: str | None
    start: str | None
    dry_run: bool
    as_json: bool
    output: str | None
    in_place: bool
    take: tuple[str, ...]
    goals: str | None
    actuals: str | None
    undo: bool
    backups: int


def run(book: str, wanted: Wanted) -> int:
    _usage(book, wanted)
    if wanted.undo:
        replacing.undo(book, wanted.backups)
        return 0
    start = _month(wanted.start)
    replacing.ready(book, wanted.output, wanted.in_place, (wanted.plan, wanted.goals, wanted.actuals))
    data = files.read_bytes(book, BookError)
    plan = None
    if wanted.plan is not None:
        folder = None if wanted.plan == files.STDIN else Path(wanted.plan).parent
        text = files.read_bytes(wanted.plan, PlanError)
        plan = api.PlanText(text, files.shown(wanted.plan), (), lambda name: files.open_template(name, folder))
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
            put(_text(book, outcome))
        return 0
    if replacing.put(book, wanted.output, wanted.in_place, data, outcome.data, wanted.backups):
        return _code(outcome)
    put(_text(book if wanted.in_place else str(wanted.output), outcome))
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


def _usage(book: str, wanted: Wanted) -> None:
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
    replacing.a_file(book, wanted.in_place or wanted.undo)


def _month(text: str | None) -> datetime.date | None:
    if text is None:
        return None
    try:
        return month(text)
    except FigureError as bad:
        raise click.UsageError(f"--start: {bad.what.to(LANG)} → {bad.fix.to(LANG)}") from None


def _text(name: str, outcome: api.Outcome) -> str:
    """Return what changes, what is kept, and what is in conflict, in words."""
    counts = say(
        f"{name}: 変更 {len(outcome.changes)}、保持 {len(outcome.kept)}、競合 {len(outcome.conflicts)}",
        f"{name}: {many(len(outcome.changes), 'change')}, {len(outcome.kept)} kept, {many(len(outcome.conflicts), 'conflict')}",
    )
    overwritten = [each for each in outcome.changes if each.name in outcome.overwritten]
    given = [each for each in outcome.changes if each.name in outcome.inputs - outcome.overwritten]
    following = [each for each in outcome.changes if each.name not in outcome.inputs | outcome.overwritten]
    # What is somebody's comes first, and whole.
    lines = [
        counts,
        *_group(
            outcome,
            say(
                "競合(ブックの値を残します。計画の値にするには --take ours か --take セル)",
                "conflicts (the workbook's value is kept; --take ours or --take CELL takes the plan's value)",
            ),
            outcome.conflicts,
        ),
        *_group(outcome, say("上書きする入力(人が入力した値)", "overwritten (typed by people)"), overwritten),
    ]
    if outcome.added:
        lines.append(say(f"追加するタブ: {', '.join(outcome.added)}", f"new tabs: {', '.join(outcome.added)}"))
    if outcome.closed:
        lines.append(
            say(f"値で残す(確定)タブ: {', '.join(outcome.closed)}", f"tabs kept as values (final): {', '.join(outcome.closed)}")
        )
    lines += _goals(outcome)
    lines += _group(outcome, say("入力の変更", "inputs that change"), given, _LISTED)
    lines += _group(outcome, say("保持(人が入力した値)", "kept (typed by people)"), outcome.kept, _LISTED)
    if following:
        lines.append(
            say(
                f"数式の結果が変わるセル: {len(following)}(--dry-run --json ですべて表示)",
                f"results that change: {many(len(following), 'cell')} (--dry-run --json lists them all)",
            )
        )
        lines += [f"  {_line(outcome, each)}" for each in following[:_FOLLOWING]]
    if outcome.depending:
        lines.append(
            say(
                f"これらのシートの数式は、ブックを開いたときに再計算されます: {', '.join(outcome.depending)}",
                f"formulas on these sheets are recalculated when the workbook is opened: {', '.join(outcome.depending)}",
            )
        )
    return "\n".join(map(visible, lines))


def _group(outcome: api.Outcome, title: str, changes: Sequence[api.Change], listed: int | None = None) -> list[str]:
    """Return a heading and the cells below it: all of them, or so many that are ``listed``."""
    if not changes:
        return []
    lines = [f"[{title}]", *(f"  {_line(outcome, each)}" for each in changes[:listed])]
    if listed is not None and len(changes) > listed:
        lines.append(say(f"  … ほか{len(changes) - listed}セル", f"  … and {len(changes) - listed} more"))
    return lines


def _goals(outcome: api.Outcome) -> list[str]:
    """Return the monthly goals stage by stage: the year, and the first of the months that change."""
    if not outcome.goals:
        return []
    lines = [f"[{say('月次目標', 'monthly goals')}]"]
    for label, months, whole in outcome.goals:
        first = months[0]
        number = int(re.sub(r".*\[|\]", "", str(first.name)))
        unit = outcome.unit(first)
        year = "" if whole is None else say(f"年計 {_both(whole, unit)}、", f"year {_both(whole, unit)}; ")
        lines.append(
            say(
                f"  {label.ja}: {year}{len(months)}か月が変更(期首から{number}か月目は {_both(first, unit)})",
                f"  {label.en}: {year}{many(len(months), 'month')} to change (month {number} of the year: {_both(first, unit)})",
            )
        )
    return lines


def _both(change: api.Change, unit: str | None) -> str:
    before, after = (written(each, unit) for each in (change.before, change.after))
    if before == after:  # they differ further behind
        before, after = (written(each, digits=15) for each in (change.before, change.after))
    return f"{before} → {after}"


def _line(outcome: api.Outcome, change: api.Change) -> str:
    place = f"{change.sheet}!{change.cell}"
    unit = outcome.unit(change)
    shown = written(change.before, unit) if change.before == change.after else _both(change, unit)
    return f"{place} {outcome.label(change).to(LANG)}".rstrip() + f": {shown}"

"""The outcome of `kgisheet monthly` in words: changes, what is kept, conflicts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .. import api
from ..language.text import many
from .speech import LANG, say, written

_LISTED = 15
"""Lines of a kind that the text shows where nothing of people's changes; ``--json`` has them all."""

_FOLLOWING = 3
"""Examples of results that follow."""


def whole(name: str, outcome: api.Outcome) -> str:
    """Return what changes, what is kept, and what is in conflict, in words."""
    given = [each for each in outcome.changes if each.name in outcome.inputs - outcome.overwritten]
    following = [each for each in outcome.changes if each.name not in outcome.inputs | outcome.overwritten]
    lines = _peoples(name, outcome)
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
    return "\n".join(lines)


def brief(name: str, outcome: api.Outcome) -> str:
    """Return the number of changes, and of the cells those that are people's, in words: what there is room for of many files."""
    return "\n".join(_peoples(name, outcome))


def _peoples(name: str, outcome: api.Outcome) -> list[str]:
    """Return the numbers, and whole what is somebody's: conflicts, and what is overwritten."""
    overwritten = [each for each in outcome.changes if each.name in outcome.overwritten]
    return [
        say(
            f"{name}: 変更 {len(outcome.changes)}、保持 {len(outcome.kept)}、競合 {len(outcome.conflicts)}",
            f"{name}: {many(len(outcome.changes), 'change')}, {len(outcome.kept)} kept, {many(len(outcome.conflicts), 'conflict')}",
        ),
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

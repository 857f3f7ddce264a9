"""`kgisheet diff`: two versions of a goal sheet side by side."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import groupby
from pathlib import Path

import click

from .. import api
from ..diff import outcome as parts
from ..diff.outcome import Changed, Effect, Stage
from ..diff.values import both, shown
from ..errors import BookError, Problem
from ..language.text import Text, many
from ..output import locked
from ..values.amounts import trimmed
from . import files, terminal
from .speech import LANG, complain, put, put_answer, say, visible
from .tables import aligned

_LISTED = 3
"""Changes that a line for a tab or a column of months shows; ``--json`` has them all."""

_MOST = 10**6
"""Percent: a figure that is ten thousand times the former one is a rise that a percentage says nothing about."""


def run(a: str, b: str, as_json: bool) -> int:
    """Return the exit code: 0 if the two are the same, 1 if they differ."""
    if a == b == files.STDIN:
        raise click.UsageError(say("標準入力(-)は一方だけに使えます", "only one of the two can be stdin (-)"))
    books = _both(a, b)
    with terminal.progress(say("比べています …", "comparing …")):
        found = api.diff(*books)
    if files.STDIN not in (a, b) and os.path.realpath(a) == os.path.realpath(b):
        same = Text("A と B は同じファイルです", "A and B are the same file")
        found = found._replace(notes=(same, *found.notes))
    if as_json:
        put_answer(found.to_dict(LANG))
    else:
        put(text(found))
    return 1 if found.differs else 0


def _both(a: str, b: str) -> list[tuple[bytes, str]]:
    """Return the two files; raises BookError with what is wrong with either."""
    read: list[tuple[bytes, str]] = []
    problems: list[Problem] = []
    for path in (a, b):
        try:
            read.append((files.read_bytes(path, BookError), files.shown(path)))
        except BookError as bad:
            problems += bad.problems
            continue
        if path != files.STDIN and (lock := locked(Path(path))) is not None:
            complain([lock._replace(fix=Text("最後に保存された内容を比べます", "what was saved last is compared"))])
    if problems:
        raise BookError(*problems)
    return read


def text(found: api.Difference) -> str:
    """Return the differences in words: inputs, stages, which moved which, notes."""
    templates = list(dict.fromkeys(found.templates))
    lines = [
        f"A: {found.a}",
        f"B: {found.b}" + say(f"(テンプレート {' → '.join(templates)})", f" (template {' → '.join(templates)})"),
    ]
    same = not found.inputs and not any(each.moved for each in found.stages)
    if same and found.apart:
        lines.append(say("両方にある入力と結果に違いはありません", "no differences in what both have"))
    elif same:
        lines.append(
            say(
                f"違いはありません({found.compared}の入力と、そこから計算した結果を比べました)",
                f"no differences ({many(found.compared, 'input')} and their results compared)",
            )
        )
    for title, group in (
        (say("変更された入力", "inputs that changed"), [*_page(found.inputs), *_channels(found.inputs)]),
        (say("ほかのシートの入力", "inputs of other sheets"), list(_columns(found.inputs, parts.SHEETS))),
        (say("月次目標の入力", "inputs of the monthly goals"), list(_monthly(found.inputs))),
        (say("各月のタブの入力", "inputs on the months' tabs"), list(_tabs(found.inputs))),
        (say("各段階", "stages"), [] if same else _stages(found)),
        (say("月次目標", "monthly goals"), list(_goals(found.stages))),
        (
            say("入力ごとの影響(A でその1つだけを変えた場合)", "each change on its own, applied to A"),
            list(_effects(found.effects)),
        ),
        (say("注記", "notes"), [each.to(LANG) for each in found.notes]),
    ):
        if group:
            lines += ["", f"[{title}]", *(f"  {line}" for line in group)]
    return "\n".join(visible(line) for line in lines)


# -- inputs -------------------------------------------------------------------


def _page(inputs: Iterable[Changed]) -> Iterator[str]:
    for each in inputs:
        if each.part == parts.PAGE:
            yield _line(each)


def _channels(inputs: Iterable[Changed]) -> Iterator[str]:
    of_channels = [each for each in inputs if each.part == parts.CHANNELS]
    for (how, name), group in groupby(of_channels, lambda each: (each.how, each.group)):
        if how in (parts.ADDED, parts.REMOVED):
            yield _whole(how, name, [each for each in group if not each.is_name])
        else:
            yield from map(_line, group)


def _whole(how: str, name: str, figures: list[Changed]) -> str:
    """Return an added or removed channel, with its figures."""
    held = [(each, each.after if how == parts.ADDED else each.before) for each in figures]
    listed = say("、", ", ").join(f"{each.cell.full_label.to(LANG)} {shown(value, each.cell).to(LANG)}" for each, value in held)
    head = say(f"チャネル「{name}」を追加", f"channel “{name}” added") if how == parts.ADDED else say(
        f"チャネル「{name}」を削除", f"channel “{name}” removed"
    )  # fmt: skip
    return f"{head}: {listed}" if listed else head


def _line(change: Changed) -> str:
    """Return one change: 受注率(案件→受注) win_rate 目標設定!D9: 30% → 35%."""
    place = change.cell_b or change.cell_a or ""
    return f"{change.label.to(LANG)} {change.name} {place}: {_arrow(change)}"


def _arrow(change: Changed) -> str:
    if change.how == parts.MOVED:
        return say(
            f"{_plain(change.before)}行目 → {_plain(change.after)}行目", f"row {_plain(change.before)} → {_plain(change.after)}"
        )
    before, after = both(change.before, change.after, change.cell)
    return f"{before.to(LANG)} → {after.to(LANG)}"


def _plain(value: object) -> str:
    return trimmed(float(value), 0) if isinstance(value, Fraction) else str(value)


def _columns(inputs: Iterable[Changed], part: str) -> Iterator[str]:
    """Return a single cell as a line, several of a column as one line."""
    for _, group in groupby((each for each in inputs if each.part == part), lambda each: each.cell.name):
        column = list(group)
        if len(column) == 1:
            yield _line(column[0])
            continue
        label = column[0].cell.full_label.to(LANG)
        listed = _some([f"{each.group} {_arrow(each)}" for each in column])
        number = len(column)
        yield (
            say(f"{label}: {number}か月({listed})", f"{label}: {number} months ({listed})")
            if part == parts.MONTHS
            else say(f"{label}: {number}行({listed})", f"{label}: {number} rows ({listed})")
        )


def _monthly(inputs: Iterable[Changed]) -> Iterator[str]:
    """Yield the settings of the months; what this program recorded as a count."""
    inputs = list(inputs)
    yield from _columns(inputs, parts.MONTHS)
    recorded = sum(each.part == parts.RECORDED for each in inputs)
    if recorded:
        yield say(
            f"kgisheet monthly が記録した目標・実績: {recorded}セル(--json ですべて表示)",
            f"goals and actuals that kgisheet monthly recorded: {many(recorded, 'cell')} (--json lists them)",
        )


def _tabs(inputs: Iterable[Changed]) -> Iterator[str]:
    """Yield a line for each tab, however much was typed into it."""
    for tab, group in groupby((each for each in inputs if each.part == parts.TABS), lambda each: each.group):
        typed = list(group)
        listed = _some([f"{_on_tab(each)} {_arrow(each)}" for each in typed])
        yield say(f"{tab} {len(typed)}件: {listed}", f"{tab} ({len(typed)}): {listed}")


def _on_tab(change: Changed) -> str:
    """Return the label without its month, which the tab gives."""
    label, of_month = change.label, Text(f"{change.group}の", f", {change.group}")
    return Text(label.ja.removeprefix(of_month.ja), label.en.removesuffix(of_month.en)).to(LANG)


def _some(said: list[str]) -> str:
    more = len(said) - _LISTED
    listed = say("、", ", ").join(said[:_LISTED])
    return listed if more <= 0 else listed + say(f" … ほか{more}件", f" … and {more} more")


# -- stages -------------------------------------------------------------------


def _stages(found: api.Difference) -> list[str]:
    """Return the page's stages in a table: before, after, the difference, and the figures without rounding."""
    if not any(each.moved for each in found.stages if not each.flow):
        return [say("目標設定の段階は、どれも変わりません", "no stage of the page changes")]
    head = [say("段階", "stage"), "A", "B", say("差", "difference"), "%", say("端数処理前", "before rounding")]
    rows = [head]
    for each in found.stages:
        if not each.flow:
            before, after = both(each.before, each.after, each.cell) if each.moved else (shown(each.before, each.cell),) * 2
            rows.append(
                [each.label.to(LANG), _nothing(each.before, before), _nothing(each.after, after), *_off(each), _exact(each)]
            )
    return aligned(rows, right={1, 2, 3, 4}).splitlines() if len(rows) > 1 else []


def _nothing(value: object, said: Text) -> str:
    """Return a stage that can't be calculated is not a blank that somebody left."""
    return "―" if value is None else said.to(LANG)


def _off(stage: Stage) -> tuple[str, str]:
    """Return the difference, and its ratio to the former figure."""
    off = stage.difference
    if off is None:
        return "―", "―"
    if not stage.moved:
        return "0", "0%"
    sign = "+" if off > 0 else "−"
    said = sign + shown(abs(off), stage.cell).to(LANG)
    if not isinstance(stage.before, Fraction) or not stage.before:
        return said, "―"
    part = abs(off / stage.before) * 100
    if part > _MOST:
        return said, "―"
    return said, f"{sign}{trimmed(float(part), 1) if part >= Fraction(1, 20) else '<0.1'}%"


def _exact(stage: Stage) -> str:
    """Return the figures without rounding, 3 → 3.0025: why a count took a step."""
    before, after = stage.exact
    if not stage.moved or before is None or after is None:
        return ""
    return " → ".join(trimmed(float(each), 4) for each in (before, after))


def _goals(stages: Iterable[Stage]) -> Iterator[str]:
    """Yield a line for each figure that is spread over the months: the year, how many months change, the first of them."""
    spread = [each for each in stages if each.flow]
    for flow, group in groupby(spread, lambda each: each.flow):
        moved = [each for each in group if each.moved]
        months = [each for each in moved if each.month]
        said = [f"{each.label.to(LANG)} {_change(each)}" for each in moved if not each.month]
        # What next year's wins need moves along with this year's: said where its own sum is another.
        own = flow.removesuffix("_due")
        if own != flow and not said and any(each.moved for each in spread if each.flow == own):
            continue
        if months:
            first = months[0]
            head = "" if said else f"{first.cell.full_label.to(LANG)} "
            said.append(
                say(
                    f"{head}{len(months)}か月が変更({first.month}は {_change(first)})",
                    f"{head}{len(months)} {'months change' if len(months) > 1 else 'month changes'} ({first.month}: {_change(first)})",
                )
            )
        if said:
            yield say("、", "; ").join(said)


def _change(stage: Stage) -> str:
    before, after = both(stage.before, stage.after, stage.cell)
    return f"{_nothing(stage.before, before)} → {_nothing(stage.after, after)}"


# -- effects ------------------------------------------------------------------


def _effects(effects: Iterable[Effect]) -> Iterator[str]:
    effects = list(effects)
    for each in effects:
        change = "" if each.change is None else f" {_arrow(each.change)}"
        moved = say("、", ", ").join(f"{stage.label.to(LANG)} {_change(stage)}" for stage in each.stages)
        yield f"{each.label.to(LANG)}{change}: " + (
            moved or say("目標設定の段階は変わりません", "changes no stage of the page")
        )
    if sum(bool(each.stages) for each in effects) > 1:
        yield say(
            "※ 段階ごとの端数処理と入力どうしの掛け合わせがあるため、1つずつの影響を足しても全体の差とは一致しません",
            "The effects do not add up to the whole difference: every stage is rounded, and the changes multiply each other",
        )

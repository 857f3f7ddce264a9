"""The command ``kgisheet upgrade``: moves a workbook of an earlier version to the current form."""

from __future__ import annotations

from typing import NamedTuple

import click

from .. import api
from ..errors import BookError, too_complex
from ..language.text import many
from ..upgrade.outcome import Differs, Left, Moved, plain
from . import files, replacing, terminal
from .speech import LANG, complain, put, put_answer, say, visible, written

_LISTED = 15
"""Moved cells that the text shows; ``--json`` has them all. Those that were not moved are all shown."""


class Wanted(NamedTuple):
    """The options of the command."""

    output: str | None
    in_place: bool
    dry_run: bool
    undo: bool
    sheets: tuple[str, ...]
    template: str | None
    as_json: bool
    backups: int


def run(book: str, wanted: Wanted) -> int:
    _usage(book, wanted)
    if wanted.undo:
        replacing.undo(book, wanted.backups)
        return 0
    replacing.ready(book, wanted.output, wanted.in_place, (wanted.template,))
    data = files.read_bytes(book, BookError)
    template = None if wanted.template is None else files.open_template(wanted.template, None)
    done = _upgraded(data, files.shown(book), wanted.sheets, template)
    complain(done.notes)
    if replacing.put(book, wanted.output, wanted.in_place, data, done.data, wanted.backups):
        return int(bool(done.left))
    if wanted.as_json:
        put_answer(done.to_dict(LANG))
    else:
        put("\n".join(map(visible, _lines(book, wanted, done))))
    return int(bool(done.left) and not wanted.dry_run)


def _upgraded(data: bytes, name: str, sheets: tuple[str, ...], template: api.Declaration | None) -> api.Upgraded:
    try:
        with terminal.progress(say("今の形に作り直しています …", "bringing it up to date …")):
            return api.upgrade(data, name, sheets, template, files.created())
    except (MemoryError, RecursionError):
        raise BookError(too_complex(name)) from None


def _usage(book: str, wanted: Wanted) -> None:
    replacing.one_way(wanted.dry_run, wanted.output, wanted.in_place, wanted.undo)
    if wanted.undo and (wanted.sheets or wanted.template or wanted.as_json):
        raise click.UsageError(
            say("--undo はほかの指定と一緒に使えません", "--undo can't be combined with --sheet and the like")
        )
    if wanted.as_json and wanted.output == files.STDIN:
        raise click.UsageError(say("--json と -o - は一緒に使えません", "--json can't be combined with -o -"))
    replacing.a_file(book, wanted.in_place or wanted.undo)


def _lines(book: str, wanted: Wanted, done: api.Upgraded) -> list[str]:
    """Return what was moved, what was not and what differs, in words."""
    if done.is_current:
        copy = ""
        if wanted.output is not None:
            copy = say(f"({wanted.output} は同じ内容です)", f" ({wanted.output} is a copy of it)")
        return [
            say(
                f"{book}: すでに今の形のブックです。作り直す必要はありません{copy}",
                f"{book} is up to date: nothing to do{copy}",
            )
        ]
    name = book if wanted.output is None else f"{book} → {wanted.output}"
    lines = [
        say(
            f"{name}: 記入の引き継ぎ {len(done.moved)}、移せなかったもの {len(done.left)}、変わった数値 {len(done.differs)}",
            f"{name}: {len(done.moved)} moved, {len(done.left)} not moved, {many(len(done.differs), 'changed figure')}",
        ),
        say(f"シート: {'、'.join(done.sheets)}", f"sheets: {', '.join(done.sheets)}"),
    ]
    if done.others:
        lines.append(
            say(f"そのまま残したシート: {'、'.join(done.others)}", f"sheets left as they are: {', '.join(done.others)}")
        )
    if done.left:
        lines.append(f"[{_listed(done.listing)}]")
        lines += [f"  {_left(done, each)}" for each in done.left]
    if done.differs:
        lines.append(
            f"[{say('変わった数値(数え方が新しくなったもの)', 'figures that changed, because they are calculated differently now')}]"
        )
        lines += [f"  {_differs(done, each)}" for each in done.differs[:_LISTED]]
        lines += _more(len(done.differs))
    if done.moved:
        lines.append(f"[{say('引き継いだ記入', 'moved')}]")
        lines += [f"  {_moved(done, each)}" for each in done.moved[:_LISTED]]
        lines += _more(len(done.moved))
    return lines


def _listed(listing: str | None) -> str:
    return say(
        f"移せなかったもの(新しいブックのシート「{listing}」にもあります)",
        f"not moved (also on the sheet “{listing}” of the new workbook)",
    )


def _more(count: int) -> list[str]:
    more = count - _LISTED
    return [say(f"  … ほか{more}件(--json ですべて表示)", f"  … and {more} more (--json lists them all)")] if more > 0 else []


def _left(done: api.Upgraded, each: Left) -> str:
    where = "!".join(filter(None, [each.sheet, each.cell]))
    shown = written(plain(each.value), done.unit(each.name))
    value = "" if each.value is None else say(f"「{shown}」", f"“{shown}”")
    label = done.label(each.name).to(LANG)
    return f"{' '.join(filter(None, [where, label, value]))}: {each.why.to(LANG)} → {each.fix.to(LANG)}"


def _moved(done: api.Upgraded, each: Moved) -> str:
    was, now = f"{each.sheet}!{each.cell}", f"{each.to_sheet}!{each.to_cell}"
    return f"{was} → {now} {done.label(each.name).to(LANG)}: {written(plain(each.value), done.unit(each.name))}"


def _differs(done: api.Upgraded, each: Differs) -> str:
    tab = each.name.rpartition("!")[0]
    before, after = (written(plain(value), done.unit(each.name)) for value in (each.before, each.after))
    return f"{tab} {done.label(each.name).to(LANG)}: {before} → {after}".strip()

"""`kgisheet new --into`: the sheets of a plan, put into a workbook that is there."""

from __future__ import annotations

import click

from .. import api
from ..errors import BookError
from . import files, replacing, tables
from .making import Wanted
from .speech import LANG, complain, put, say


def run(plan: str | None, book: str, output: str | None, wanted: Wanted, backups: int) -> None:
    """Put the sheets of ``plan`` into ``book``: as ``output``, or in its place with so many backups beside it."""
    if book == files.STDIN and (output is None or plan == files.STDIN):
        raise click.UsageError(
            say(
                "--into - には -o が必要です。計画と同時に標準入力からは読めません",
                "--into - needs -o, and can't be read from stdin together with the plan",
            )
        )
    replacing.ready(book, output, output is None, (plan, wanted.template))
    created = files.created()
    data = files.read_bytes(book, BookError)
    loaded = files.plan(plan, wanted.lang, wanted.settings, wanted.template)
    built = api.build(loaded, wanted.lang, wanted.target)
    made = api.insert(data, files.shown(book), built, created)
    if output is None:
        replacing.replace(book, data, made, backups)
    else:
        files.write_binary(output, made, wanted.force)
    complain(api.warnings(loaded, built, wanted.lang), say("要確認: ", "warning: "))
    if output != files.STDIN:
        put(tables.put_into(output or book, built, [sheet.title for sheet in built.book.sheets if not sheet.hidden], LANG))

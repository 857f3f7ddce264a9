"""The command `kgisheet show`: the contents of a plan or a workbook, as a table, as JSON, or its months as CSV."""

from __future__ import annotations

from typing import NamedTuple

import click

from .. import api
from . import files, funnel, summary, tables
from .speech import LANG, put, put_answer, say


class Wanted(NamedTuple):
    """The options of the command."""

    whole: bool
    as_json: bool
    csv: str | None
    encoding: str
    force: bool


def run(file: str, wanted: Wanted) -> None:
    """Print the cells of ``file``, or write its months."""
    if wanted.as_json and wanted.csv is not None:
        raise click.UsageError(say("--json と --csv は一緒に使えません", "--json and --csv can't be combined"))
    data = files.read_bytes(file, api.BookError if files.is_workbook(file, b"") else api.PlanError)
    if files.is_workbook(file, data):
        # For programs a workbook's texts are as they are in it; for people all of an answer is in one language.
        name, records = files.book_records(data, file, None if wanted.as_json else LANG)
    else:
        # What is read by programs is the same everywhere; for people, labels and what a plan leaves unsaid are in their language.
        lang = "ja" if wanted.as_json else LANG
        plan = api.plan_from_toml(data, files.shown(file), lang, open_template=files.templates_beside(file))
        name, records = plan.template.name, api.records_of_plan(plan, lang)
    if wanted.csv is not None:
        encoding = "utf-8-sig" if wanted.encoding == "utf-8" else wanted.encoding
        files.write_text(wanted.csv, api.goal_screen(records, LANG, encoding), wanted.force)
    elif wanted.as_json:
        put_answer(api.records_to_dict(name, records))
    elif not wanted.whole:
        put(summary.summary(records, LANG, files.shown(file)))
    else:
        parts = (tables.records(name, records, LANG), funnel.both_ways(records, LANG), funnel.funnel(records, LANG))
        put("\n\n".join(filter(None, parts)))

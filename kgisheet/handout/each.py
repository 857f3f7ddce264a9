"""A roster's workbooks one after another, in memory: what the library offers; the command writes them by `job` instead."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from ..errors import KgisheetError, Problem
from ..layout.build import build
from ..plan.load import PlanText
from ..xlsx.writer import FIXED_DATE, to_bytes
from . import columns
from .common import contradictions
from .headings import Headings
from .plans import at_line, base, plan_of
from .roster import roster as read_roster
from .split import tables as shares_of


class HandedOut(NamedTuple):
    """The workbook of a row, under its safe name; or, without ``data``, what is wrong with the row."""

    file: str | None
    line: int
    data: bytes | None
    problems: tuple[Problem, ...] = ()


def batch(
    roster: tuple[bytes, str], plan: PlanText, lang: str, split: str | None = None, created: datetime.datetime | None = None
) -> Iterator[HandedOut]:
    """Yield a workbook for each row of a roster (CSV bytes, name), or what is wrong with the row (docs/batch.md).

    ``split`` is ``web_revenue``: the plan's goal is then shared over the rows, whole at every stage. Raise CsvError,
    PlanError, TemplateError, RequestError for what concerns all rows.
    """
    of = base(plan.data, plan.name, lang, plan.open_template)
    headings = Headings(of)
    people = read_roster(*roster, split, headings.key)
    columns.known(of, people, headings)
    more = shares_of(of, people, split) if split is not None else [{}] * len(people.rows)
    for row, tables in zip(people.rows, more, strict=True):
        line = people.name, row.line
        if row.problems:
            yield HandedOut(row.file, row.line, None, row.problems)
            continue
        try:
            if tables and (wrong := contradictions(of, row.settings, line)):
                yield HandedOut(row.file, row.line, None, wrong)
                continue
            data = to_bytes(build(plan_of(of, row.settings, line, tables), lang).book, created or FIXED_DATE)
        except KgisheetError as bad:
            yield HandedOut(row.file, row.line, None, at_line(bad, line))
        else:
            yield HandedOut(row.file, row.line, data)

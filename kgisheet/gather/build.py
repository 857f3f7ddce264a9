"""The gathered figures → the summary as a workbook: its tables placed, drawn, named, and carried with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..layout.build import record_sheet
from ..layout.model import Book, Sheet
from ..values.regex import regex
from ..version import __version__
from ..worksheet import provenance
from . import by_month, charts, files, listed, overview, people, record, stage_sheet, todo
from .model import Gathered
from .sums import forget
from .tables import Table, written

_FORBIDDEN = regex(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST = 31


class Drafted(NamedTuple):
    """The tables of a summary, each stage's and each sheet's."""

    large: Table
    stages: Table
    behind: Table
    texts: tuple[Table, Table]
    funnel: Table
    managers: tuple[Table, Table]
    months: Table
    of_stage: tuple[tuple[Table, Table], ...]
    lists: tuple[Table, Table]

    @property
    def all(self) -> list[Table]:
        """All of them, those that others read first."""
        pairs = [table for pair in self.of_stage for table in pair]
        return [
            *pairs,
            *self.managers,
            self.months,
            self.large,
            self.stages,
            self.behind,
            *self.texts,
            self.funnel,
            *self.lists,
        ]


def titles(gathered: Gathered) -> list[str]:
    """Return the sheets' titles: overview, managers, months, then each stage, files, findings."""
    lang = gathered.lang
    wanted = [overview.TITLE, people.TITLE, by_month.TITLE]
    said = [
        *(each.to(lang) for each in wanted),
        *(each.label for each in gathered.columns),
        files.FILES.to(lang),
        files.FINDINGS.to(lang),
    ]
    taken: dict[str, None] = {provenance.SHEET.casefold(): None, "history": None}
    found = []
    for each in said:
        title = base = _FORBIDDEN.sub(" ", each).strip(" '")[:_LONGEST] or "?"
        number = 2
        while title.casefold() in taken:
            title, number = f"{base[: _LONGEST - 5]} ({number})", number + 1
        taken[title.casefold()] = None
        found.append(title)
    return found


_UNSAFE = regex(r'[%#?" <>\[\]^`{}|\\]')
"""The letters that a link can't hold as it is; other letters, Japanese ones too, stay as programs write them."""


def linked(path: str) -> str:
    """Return a path as the writer takes a link to a file."""
    return "external:" + _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", path)


def drafted(gathered: Gathered, hrefs: Mapping[str, str] | None = None) -> Drafted:
    """Return the tables where they are written."""
    first, managers, months, *rest = titles(gathered)
    stages, behind = overview.overview_tables(gathered, first)
    return Drafted(
        overview.tiles(gathered, first),
        stages,
        behind,
        overview.texts(gathered, first),
        charts.funnel_table(gathered, first, _funnel_row(gathered, behind)),
        people.people_tables(gathered, managers, dict(hrefs or {})),
        by_month.month_table(gathered, months),
        tuple(stage_sheet.stage_tables(gathered, at, rest[at]) for at in range(len(gathered.columns))),
        files.list_tables(gathered, rest[-2], rest[-1]),
    )


def _funnel_row(gathered: Gathered, behind: Table) -> int:
    return overview.rows_below(gathered, behind) + (charts.funnel_rows(gathered) if gathered.columns else 0)


def book(gathered: Gathered, hrefs: Mapping[str, str]) -> Book:
    """Return the workbook; ``hrefs`` are relative paths to the files, for those that can be linked."""
    known = {name: linked(path) for name, path in hrefs.items()}
    plan = drafted(gathered, known)
    spots = written(plan.all)
    front = overview.overview_sheet(gathered, (plan.large, plan.stages, plan.behind), spots)
    if gathered.columns:
        charts.add_charts(front, gathered, plan.funnel, plan.managers[0], overview.rows_below(gathered, plan.behind), spots)
    *_, of_files, of_findings = titles(gathered)
    sheets: list[Sheet] = [
        front,
        people.people_sheet(gathered, plan.managers, spots),
        by_month.month_sheet(gathered, plan.months, spots),
        *(stage_sheet.stage_sheet(gathered, at, pair, spots) for at, pair in enumerate(plan.of_stage)),
        files.files_sheet(gathered, of_files, known),
        files.findings_sheet(gathered, of_findings, known),
    ]
    sheets.append(record_sheet(_carried(gathered)))
    forget()
    return Book(
        sheets=sheets,
        names={each.name: each.anchor for each in plan.all if each.lines or each.heads},
        local_names=[],
        properties={"title": gathered.title, "comments": f"kgisheet {__version__}"},
        custom={"kgisheet version": __version__, provenance.SUMMARY_PROPERTY: str(record.SCHEMA)},
    )


def _carried(gathered: Gathered) -> dict[str, Any]:
    rows = tuple(listed.digests(each(gathered, {})) for each in (files.files_rows, files.findings_rows))
    return {
        "schema": provenance.SCHEMA,
        "version": __version__,
        "lang": gathered.lang,
        provenance.SUMMARY: record.to_json(
            gathered._replace(lines=tuple(said for said, _ in todo.lines(gathered)), lists=rows)
        ),
    }

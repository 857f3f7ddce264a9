"""One file → its answer: the figures of its stages, month by month, and what its check says. A small record, made in any process."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import PurePath

from ..check.finding import ERROR, WARNING, Finding, Report
from ..filled.workbook import FilledBook
from ..formula.grid import CircleError
from ..formula.values import NotEvaluatedError
from ..handout import manifest
from ..language.text import Wording
from ..sheetfiles.reading import BOOKS, OTHER_BOOKS, TEXTS
from ..template.model import Cell, Flow
from ..template.settle import settle
from ..template.tables import MONTHS
from ..values.a1 import cell_of
from ..values.budget import of_file
from ..values.rounding import number
from ..verdict import look_or_say
from ..worksheet import provenance
from .drift import drift
from .model import FOREIGN, NO_GOALS, OURS, PASSED, SUMMARY, UNREADABLE, Answer, Number, Said, Stage
from .texts import plain
from .touched import changes, typed

_LONGEST = 100
_SHEETS = ("", *BOOKS, *OTHER_BOOKS, *TEXTS)
_MOST_CHANGES = 50
MOST_SAID = 30
"""Findings of one file that are listed; how many there are is counted in full."""


def read_one(data: bytes, name: str, lang: str) -> Answer:
    """Return what a file holds, whatever it is; nothing that is wrong with it raises an error."""
    with of_file(name):
        looked = look_or_say(data, name)
        report, digest = looked.report, manifest.digest(data)
        if looked.book is not None:
            return _ours(looked.book, report, digest, lang)
        if looked.content is not None and provenance.SUMMARY in looked.content.carried:
            return Answer(name, SUMMARY, digest)
        if looked.content is not None:
            from .foreign import foreign  # its vocabulary is large, and most workbooks are ours

            stages, start, title, notes = foreign(looked.content, name, lang)
            if stages:
                return _said(Answer(name, FOREIGN, digest, title=title, start=start, stages=stages, notes=notes), report, lang)
        kind = NO_GOALS if report.status == "incomplete" else UNREADABLE
        if kind == UNREADABLE and PurePath(name).suffix.lower() not in _SHEETS:
            kind = PASSED  # a memo that was dropped in with the workbooks is nobody's workbook
        problem = report.problem.what if report.problem is not None else _first(report)
        return _said(Answer(name, kind, digest, problem=problem), report, lang)


def _first(report: Report) -> Wording | None:
    return next((each.message for each in report.findings), None)


def _said(made: Answer, report: Report, lang: str) -> Answer:
    """Return the answer with what its check says; errors first."""
    errors = [each for each in report.findings if each.severity == ERROR]
    warnings = [each for each in report.findings if each.severity == WARNING]
    said = tuple(_one(each, lang) for each in (*errors, *warnings)[:MOST_SAID])
    return made._replace(errors=len(errors), warnings=len(warnings), said=said)


def _one(each: Finding, lang: str) -> Said:
    return Said(each.code, each.severity, each.sheet or "", each.cell or "", each.message.to(lang), each.fix.to(lang))


def _ours(book: FilledBook, report: Report, digest: str, lang: str) -> Answer:
    roles = book.roles
    title, owner = book.inputs.get(roles.title), book.inputs.get(roles.owner)
    version = book.read.carried.get("version")
    theirs = typed(book)
    made = Answer(
        book.source,
        OURS,
        digest,
        template=book.template.name,
        form=book.declaration.digest,
        version=version if isinstance(version, str) else "",
        title=plain(title, _LONGEST) if isinstance(title, str) else "",
        owner=plain(owner, _LONGEST) if isinstance(owner, str) else "",
        start=_start(book),
        inputs=_inputs(book),
        plan=_fingerprint(book),
        period=str(book.inputs.get("period") or ""),
        stages=tuple(_stages(book, lang)),
        drift=tuple(each.to(lang) for each in drift(report)),
        is_untouched=not theirs and bool(book.anchors.generated),
        changed=tuple(changes(book, theirs))[:_MOST_CHANGES] if book.anchors.generated else (),
    )
    return _said(made, report, lang)


def _fingerprint(book: FilledBook) -> str:
    """Return the digest of what decided the workbook as it was handed out, as a batch's manifest has it."""
    decided = [book.read.carried.get(key) for key in ("version", "digest", "lang", "plan")]
    if not all(isinstance(each, str) for each in decided):
        return ""
    version, form, lang, plan = map(str, decided)
    return manifest.decided(version, form, lang, plan)


def _start(book: FilledBook) -> str:
    """Return the first month of the year."""
    found = book.date(book.roles.start_month) or book.date(book.roles.month_start, 0)
    return "" if found is None else f"{found:%Y-%m}"


def _inputs(book: FilledBook) -> str:
    """Return a digest of what is typed on the page."""
    typed = [(cell.name, str(book.inputs.get(cell.name))) for cell in book.template.page_inputs()]
    return manifest.digest(repr(typed))


def _stages(book: FilledBook, lang: str) -> Iterator[Stage]:
    template = book.template
    for flow in template.tabbed():
        goal = flow.due if flow.due in template.cells else f"month_{flow.name}"
        cell = template.cells[goal]
        goals = tuple(_number(book, goal, month) for month in range(MONTHS))
        actual = f"actual_{flow.name}"
        actuals = tuple(_number(book, actual, month) for month in range(MONTHS))
        yield _stage(book, flow, cell, lang)._replace(goals=goals, actuals=actuals, where=_where(book, goal))
    if not template.flows:
        yield from _of_page(book, lang)


def _of_page(book: FilledBook, lang: str) -> Iterator[Stage]:
    """Yield the year's goals of a workbook without months: its template knows what would be spread over them."""
    declaration = book.declaration
    whole = settle(declaration, sorted(book.template.typed), [each.id for each in declaration.listed.all])
    for flow in whole.tabbed() if whole is not None else ():
        stage = _stage(book, flow, whole.cells[flow.of], lang)
        if stage.year is not None:
            yield stage._replace(where=_where(book, flow.of))


def _stage(book: FilledBook, flow: Flow, cell: Cell, lang: str) -> Stage:
    """Return a stage without its months; ``cell`` says what it counts."""
    return Stage(
        flow.name, flow.label.to(lang), cell.unit, cell.counter or "", _year(book, flow), page=flow.of, called=flow.label
    )


def _where(book: FilledBook, name: str) -> str:
    place = book.place(name)
    return "" if place is None else cell_of(place.sheet, place.row, place.col)


def _year(book: FilledBook, flow: Flow) -> Number | None:
    """Return the year's goal by the page: twelve times a month's, where the page is for a month."""
    year = _number(book, f"year_{flow.name}_page")
    if year is not None:
        return year
    page = _number(book, flow.of)
    is_month = book.inputs.get("period") == "month"
    return None if page is None else page * MONTHS if is_month else page


def _number(book: FilledBook, name: str, row: int | None = None) -> Number | None:
    """Return the number that a cell shows after a recalculation; None for anything else."""
    if name not in book.template.cells and name not in book.names:
        return None
    try:
        value = book.value(name, row)
    except (NotEvaluatedError, CircleError):
        return None
    return number(value) if isinstance(value, Fraction) else None

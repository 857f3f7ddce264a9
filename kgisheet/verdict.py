"""Any file → its report: a workbook of ours by its template, any other sheet by its own labels.

What is imported late is what takes long to import: no sheet needs the rules for both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .check.finding import ERROR, WARNING, Finding, Report, finding, place
from .check.odd import with_odd
from .errors import (
    BookError,
    KgisheetError,
    NamesGoneError,
    NotOursError,
    Problem,
    internal,
    located,
    not_a_goal_sheet,
    too_complex,
)
from .filled.lost_record import remade
from .filled.relocation import Anchors
from .filled.workbook import FilledBook
from .language.catalogue import Phrase
from .recalc.client import Recalculate
from .sheetfiles.reading import CSV, ODS, read
from .template.raw import Declaration
from .values.budget import NUMBER, current, next_times, per_file
from .worksheet import provenance
from .xlsx.read.reader import Read


class Looked(NamedTuple):
    """A file's report, and what it was made from: the workbook, where it is one of ours, and the cells, where they could be read."""

    report: Report
    book: FilledBook | None = None
    content: Read | None = None


def check(data: bytes, source: str, template: Declaration | None = None, engine: Recalculate | None = None) -> Report:
    """Return the report of a workbook, by the template that it carries or by ``template``; of a CSV by its labels.

    ``engine`` is asked for what can't be evaluated here. Raise BookError if it
    can't be read at all, TemplateError for an invalid template.
    """
    return look(data, source, template, engine).report


@per_file
def look(data: bytes, source: str, template: Declaration | None = None, engine: Recalculate | None = None) -> Looked:
    """Return the report, as ``check`` does, with what was read for it."""
    looked = _look(data, source, template, engine)
    if looked.content is not None:
        looked = looked._replace(report=with_odd(looked.report, looked.content.odd))
    return looked._replace(report=_as_far_as_paid(looked.report))


def _look(data: bytes, source: str, template: Declaration | None, engine: Recalculate | None) -> Looked:
    found = read(data, source)
    if found.kind == CSV:
        from .freeform.of_csv import report_of_csv

        return Looked(report_of_csv(found.read, data, source), None, found.read)
    if provenance.SUMMARY in found.read.carried or provenance.SUMMARY_PROPERTY in found.read.properties:
        from .gather.checked import report_of_summary  # of the summaries that `collect` makes

        return Looked(report_of_summary(found.read, source), None, found.read)
    content = remade(found.read)
    try:
        book = FilledBook(content, source, template)
    except NotOursError as bad:
        # Never ours, or nothing left of what made it so: it may still be a goal sheet by its labels.
        by_labels = _by_labels(content, source)
        if by_labels is None:
            raise not_a_goal_sheet(source) from bad
        return Looked(by_labels, None, content)
    except NamesGoneError:
        from .check.rules.structure import sheets_gone

        missing = sheets_gone(Anchors(content))
        if not missing:
            raise
        # Of a workbook of ours without its page, that is what there is to say; nothing else could be checked.
        return Looked(Report(source, "incomplete", content.carried.get("template"), len(content.cells), 0, 0, missing))
    from .check.run import check_book

    report = check_book(book, data, engine)
    return Looked(_of_ods(report) if found.kind == ODS else report, book, content)


def _as_far_as_paid(report: Report) -> Report:
    """Return the report of a file whose budget did not suffice for all that is in it: it says so, and isn't ok."""
    left = current()
    if left.refused is None:
        return report
    what = left.refused.problems[0].what
    is_raised = left.refused.unit != NUMBER
    note = finding("S12.budget", what=what, more=next_times()) if is_raised else finding("S12.number", what=what)
    missing = max(report.not_evaluated, len(left.unworked))
    return _with(report._replace(status="incomplete", not_evaluated=missing), note)


def _of_ods(report: Report) -> Report:
    """Return the report of a workbook of ours without what an .ods has in another way: one note says so."""
    kept = tuple(
        each
        for each in report.findings
        if not isinstance(each.message, Phrase) or each.message.key != "S08.no_validation.message"
    )
    return _with(report._replace(findings=kept), finding("S12.ods"))


def _with(report: Report, note: Finding) -> Report:
    return report._replace(findings=tuple(sorted((*report.findings, note), key=place)))


def _by_labels(content: Read, source: str) -> Report | None:
    from .freeform.report import report

    found = report(content, source)
    if found is None:
        return None
    found = found._replace(findings=tuple(sorted(found.findings, key=place)))
    own = content.properties.get("kgisheet template")
    if own is None or not any(each.formula for each in content.cells.values()):
        return found  # never ours, or an export as values, of which nobody expects a record
    lost = finding("S12.record_of_own", template=str(own), title=provenance.SHEET)
    return _with(found, lost)._replace(status="findings")


def check_or_say(data: bytes, source: str, template: Declaration | None = None, engine: Recalculate | None = None) -> Report:
    """Return the report of a workbook, whatever is wrong with the file: one bad file never stops the rest."""
    return look_or_say(data, source, template, engine).report


def look_or_say(data: bytes, source: str, template: Declaration | None = None, engine: Recalculate | None = None) -> Looked:
    """Return the report, as ``check_or_say`` does, with what was read for it."""
    try:
        return look(data, source, template, engine)
    except NotOursError as bad:
        return Looked(refused(source, bad.problems[0], "incomplete"))
    except BookError as bad:
        return Looked(refused(source, bad.problems[0]))
    except KgisheetError:
        raise
    except (MemoryError, RecursionError):
        return Looked(refused(source, too_complex(source)))
    except Exception as bad:  # noqa: BLE001  # a fault of this program must not stop the other files
        return Looked(refused(source, internal(located(bad), source)))


def refused(source: str, problem: Problem, status: str = "unreadable") -> Report:
    """Return the report of a file that isn't a workbook, or (``incomplete``) isn't a goal sheet."""
    return Report(source, status, None, 0, 0, 0, (), problem)


def chosen(report: Report, select: Sequence[str], ignore: Sequence[str]) -> Report:
    """Return the report with only the findings asked for; codes and prefixes (``F``, ``I03``)."""
    kept = tuple(
        each
        for each in report.findings
        if (not select or each.code.startswith(tuple(select))) and not (ignore and each.code.startswith(tuple(ignore)))
    )
    status = report.status
    if status == "findings" and not any(each.severity in (ERROR, WARNING) for each in kept):
        status = "ok"
    return report._replace(findings=kept, status=status, left_out=len(report.findings) - len(kept))

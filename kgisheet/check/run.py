"""One workbook → its report: the rules in their order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .. import carried
from ..book.reader import read
from ..errors import BookError, Problem, Text
from ..filled import FilledBook
from . import state, sums
from .finding import ERROR, WARNING, Finding, Report
from .formulas import FormulaChecks
from .inputs import InputChecks
from .labelled.report import report as labelled
from .subject import Subject


def check(data: bytes, source: str) -> Report:
    """The report of a workbook; raises BookError where it can't be read at all."""
    found = read(data, source)
    try:
        book = FilledBook(found, source)
    except BookError as bad:
        # Never ours, or nothing left of what made it so: it may still be a goal sheet by its labels.
        by_labels = labelled(found, source) if bad.problems[0].code == "not-ours" else None
        if by_labels is None:
            raise
        return by_labels._replace(findings=tuple(sorted(by_labels.findings, key=_place)))
    return check_book(book)


def check_book(book: FilledBook) -> Report:
    subject = Subject(book)
    formulas, inputs = FormulaChecks(subject), InputChecks(subject)
    found: list[Finding] = [*formulas.run(), *inputs.run()]
    overridden = list(sums.own_state(subject, formulas.altered))
    found = [each for each in found if each.name != "overall" or not overridden] + overridden
    found += sums.sums(subject, formulas.altered, inputs.suspect)
    found += state.stale(subject, formulas.not_evaluated)
    found += state.calculation(subject)
    found += state.structure(subject)
    found += state.template(subject)
    ours = [where for where in book.read.cells if where[0] != carried.SHEET]
    problems = any(each.severity in (ERROR, WARNING) for each in found)
    missing = formulas.not_evaluated
    return Report(
        file=book.source,
        status="incomplete" if missing else "findings" if problems else "ok",
        template=book.template.name,
        cells=len(ours),
        formulas=sum(where in subject.formulas for where in ours),
        not_evaluated=len(missing),
        findings=tuple(sorted(found, key=_place)),
    )


def check_or_say(data: bytes, source: str) -> Report:
    """The report of a workbook, whatever is wrong with the file: one bad file never stops the rest."""
    try:
        return check(data, source)
    except BookError as bad:
        return refused(source, bad.problems[0])
    except (MemoryError, RecursionError):
        return refused(
            source, Problem("too-large", Text("複雑すぎて読めません", "it is too involved to be read"), None, source)
        )


def refused(source: str, problem: Problem) -> Report:
    """A file that is no workbook, or none of ours: of the first kind unreadable, of the second incomplete."""
    status = "incomplete" if problem.code == "not-ours" else "unreadable"
    return Report(source, status, None, 0, 0, 0, (), problem)


def chosen(report: Report, select: Sequence[str], ignore: Sequence[str]) -> Report:
    """The report with only the findings asked for; codes and prefixes (``F``, ``I03``)."""
    kept = tuple(
        each
        for each in report.findings
        if (not select or each.code.startswith(tuple(select))) and not (ignore and each.code.startswith(tuple(ignore)))
    )
    status = report.status
    if status == "findings" and not any(each.severity in (ERROR, WARNING) for each in kept):
        status = "ok"
    return report._replace(findings=kept, status=status)


def _place(finding: Finding) -> tuple[str, int, int, str]:
    """Sheet, row, column, code: the order of the report."""
    match = re.fullmatch(r"([A-Z]+)(\d+)", finding.cell or "")
    if match is None:
        return finding.sheet or "", 0, 0, finding.code
    return finding.sheet or "", int(match[2]), len(match[1]) * 1000 + ord(match[1][-1]), finding.code

"""A workbook of ours → its report: the rules in their order."""

from __future__ import annotations

from ..filled.lost_record import ANOTHER, KEY
from ..filled.workbook import FilledBook
from ..recalc.client import Recalculate
from ..values.a1 import address
from ..worksheet import provenance
from ..worksheet.places import name_of
from .causes import settled, together
from .finding import ERROR, REVIEW, WARNING, Finding, Report, Unchecked, place
from .rulebook import RULES, Course
from .rules.unsaid import unsaid
from .subject import Subject


def check_book(book: FilledBook, data: bytes, engine: Recalculate | None) -> Report:
    """Return the report of a workbook of ours: every rule of the list, one after the other."""
    course = Course(Subject(book), data, engine)
    found: list[Finding] = []
    for rule in RULES:
        found += rule.look(course)
    if any(each.code == "X06" for each in found):
        found = [each for each in found if each.name != book.roles.overall or each.code == "X06"]
    found = settled(found)
    if not course.huge:
        found += unsaid(course.subject, found)
    if book.read.carried.get(KEY) == ANOTHER:
        found = [_unsure(each) for each in found]
    subject, missing = course.subject, course.not_evaluated
    ours = [where for where in book.read.cells if where[0] != provenance.SHEET]
    problems = any(each.severity in (ERROR, WARNING) for each in found)
    return Report(
        file=book.source,
        status="incomplete" if missing else "findings" if problems else "ok",
        template=book.template.name,
        cells=len(ours),
        formulas=sum(where in subject.formulas for where in ours),
        not_evaluated=len(missing),
        findings=tuple(_named(subject, each) for each in sorted(together(subject, found), key=place)),
        hidden=tuple(sheet.title for sheet in book.read.sheets if sheet.hidden),
        unchecked=tuple(Unchecked(sheet, address(row, col), subject.formulas[sheet, row, col]) for sheet, row, col in missing),
    )


def _unsure(finding: Finding) -> Finding:
    """Return a finding for a formula that differs from our template's, in a workbook that may be made from another one."""
    if finding.code not in ("F02", "F03", "F04", "F05", "F09") or finding.severity != ERROR:
        return finding
    return finding._replace(severity=WARNING, confidence=REVIEW)


def _named(subject: Subject, finding: Finding) -> Finding:
    """Return the finding with its cell named as `show` does: 2026-04!goal_leads for what was the first row of goal_leads."""
    name, _, row = (finding.name or "").partition("[")
    cell = subject.template.cells.get(name)
    if cell is None or not cell.on_tab or not row:
        return finding
    return finding._replace(name=name_of(cell, int(row[:-1]) - 1, subject.book.places))

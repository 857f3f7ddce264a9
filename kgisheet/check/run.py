"""One workbook → its report: the rules in their order."""

from __future__ import annotations

from collections.abc import Sequence

from .. import carried
from ..anchors import Anchors
from ..book.reader import Read, read
from ..errors import BookError, KgisheetError, Problem, Text
from ..filled import FilledBook
from ..recalc.client import Recalculate
from ..remade import ANOTHER, KEY, remade
from ..sheets.model import address
from ..sheets.places import name_of
from ..template.declaration import Declaration
from . import structure
from .causes import place, settled, together
from .finding import ERROR, REVIEW, WARNING, Finding, Report, Unchecked
from .rules import RULES, Course
from .subject import Subject
from .unsaid import unsaid


def check(data: bytes, source: str, template: Declaration | None = None, engine: Recalculate | None = None) -> Report:
    """The report of a workbook, by the template that it carries or by ``template``.

    ``engine`` is asked for what can't be evaluated here. Raises BookError where it
    can't be read at all, TemplateError for a template that can't be used.
    """
    content = remade(read(data, source))
    try:
        book = FilledBook(content, source, template)
    except BookError as bad:
        # Never ours, or nothing left of what made it so: it may still be a goal sheet by its labels.
        foreign = bad.problems[0].code == "not-ours"
        by_labels = _by_labels(content, source) if foreign else None
        if foreign and by_labels is None:
            raise BookError(bad.problems[0]._replace(what=_NO_FIELDS, fix=_NAME_THEM)) from bad
        if by_labels is not None:
            return by_labels._replace(findings=tuple(sorted(by_labels.findings, key=place)))
        missing = structure.sheets_gone(Anchors(content)) if bad.problems[0].code == "names-gone" else ()
        if not missing:
            raise
        # Of a workbook of ours without its page, that is what there is to say; nothing else could be checked.
        name = content.carried.get("template")
        return Report(source, "incomplete", name if isinstance(name, str) else None, len(content.cells), 0, 0, missing)
    return check_book(book, data, engine)


_NO_FIELDS = Text(
    "目標シートとして読み取れませんでした(受注数、受注率、商談数、リード数、CV率、訪問数などの項目が見つかりません)",
    "it could not be read as a goal sheet: no such fields as won deals, win rate, meetings, leads, CVR, visits were found",
)
_NAME_THEM = Text(
    "手入力のシートは、項目名の右か下のセルに数値があれば読み取れます。kgisheet new で目標シートを作ることもできます",
    "a sheet typed by hand is read where each figure stands right of its label or below it; kgisheet new makes a goal sheet",
)


def _by_labels(content: Read, source: str) -> Report | None:
    from .labelled.report import report  # its vocabulary is large, and most workbooks are ours

    return report(content, source)


def check_book(book: FilledBook, data: bytes, engine: Recalculate | None) -> Report:
    """The report of a workbook of ours: every rule of the list, one after the other."""
    course = Course(Subject(book), data, engine)
    found: list[Finding] = []
    for rule in RULES:
        found += rule.look(course)
    if any(each.code == "X06" for each in found):
        found = [each for each in found if each.name != "overall" or each.code == "X06"]
    found = settled(found)
    if not course.huge:
        found += unsaid(course.subject, found)
    if book.read.carried.get(KEY) == ANOTHER:
        found = [_unsure(each) for each in found]
    subject, missing = course.subject, course.not_evaluated
    ours = [where for where in book.read.cells if where[0] != carried.SHEET]
    problems = any(each.severity in (ERROR, WARNING) for each in found)
    return Report(
        file=book.source,
        status="incomplete" if missing else "findings" if problems else "ok",
        template=book.template.name,
        cells=len(ours),
        formulas=sum(where in subject.formulas for where in ours),
        not_evaluated=len(missing),
        findings=tuple(_named(subject, each) for each in sorted(together(subject, found), key=place)),
        unchecked=tuple(Unchecked(sheet, address(row, col), subject.formulas[sheet, row, col]) for sheet, row, col in missing),
    )


def _unsure(finding: Finding) -> Finding:
    """A formula that is not our template's, in a workbook that may be made from another one."""
    if finding.code not in ("F02", "F03", "F04", "F05", "F09") or finding.severity != ERROR:
        return finding
    return finding._replace(severity=WARNING, confidence=REVIEW)


def _named(subject: Subject, finding: Finding) -> Finding:
    """The finding with its cell called as `show` calls it: 2026-04!goal_leads for what was the first row of goal_leads."""
    name, _, row = (finding.name or "").partition("[")
    cell = subject.template.cells.get(name)
    if cell is None or not cell.on_tab or not row:
        return finding
    return finding._replace(name=name_of(cell, int(row[:-1]) - 1, subject.book.places))


def check_or_say(data: bytes, source: str, template: Declaration | None = None, engine: Recalculate | None = None) -> Report:
    """The report of a workbook, whatever is wrong with the file: one bad file never stops the rest."""
    try:
        return check(data, source, template, engine)
    except BookError as bad:
        return refused(source, bad.problems[0])
    except KgisheetError:
        raise
    except (MemoryError, RecursionError):
        return refused(
            source, Problem("too-large", Text("複雑すぎて読めません", "it is too involved to be read"), None, source)
        )
    except Exception as bad:  # noqa: BLE001  # a fault of this program must not stop the other files
        what = Text(
            f"検査中に内部エラーが起きました({type(bad).__name__})", f"this program failed on it ({type(bad).__name__})"
        )
        fix = Text("このブックを添えて開発者に知らせてください", "please report it, with the workbook")
        return refused(source, Problem("internal", what, fix, source))


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
    return report._replace(findings=kept, status=status, left_out=len(report.findings) - len(kept))

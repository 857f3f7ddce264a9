"""F01, F02 in cells without a name: the guide's copies of the page, the captions and bars of the funnel."""

from __future__ import annotations

from collections.abc import Iterator

from ...formula.evaluate import evaluate
from ...formula.grid import CircleError, View, Where
from ...formula.nodes import Area, Name, Tree, walk
from ...formula.nodes import Cell as CellRef
from ...formula.parser import FormulaError, parse
from ...formula.values import NotEvaluatedError
from ...language.catalogue import Phrase
from ...values.a1 import address
from ...worksheet.shown import json_value, same, shown_plain
from ..compare.changed import changed
from ..compare.context import Context
from ..compare.spelling import normal
from ..compare.trials import Trials
from ..finding import ERROR, WARNING, Finding, finding
from ..subject import Subject


def unnamed(subject: Subject, trials: Trials) -> Iterator[Finding]:
    """Report generated formulas that are now a constant, or another formula."""
    anchors = subject.book.anchors
    for written, text in anchors.formulas():
        if anchors.unmoved and subject.formulas.get(written) == text:
            continue  # to the letter
        moved = anchors.formula(written[0], text)
        if moved is None:
            continue  # cells that are gone, which is said elsewhere
        try:
            tree = parse(moved)
        except FormulaError:
            continue  # a text that begins with =
        where = anchors.cell(*written)
        if where is None or where in subject.where or not any(isinstance(each, (Name, CellRef, Area)) for each in walk(tree)):
            continue
        now = subject.formulas.get(where)
        if now is None:
            yield from _constant(subject, where, tree, moved)
        elif (severity := _differs(subject, trials, where, now, tree)) is not None:
            yield _finding("F02", severity, where, Phrase("F02.unnamed.message"), moved, now)


def _constant(subject: Subject, where: Where, tree: Tree, text: str) -> Iterator[Finding]:
    found = subject.constants.get(where)
    try:
        expected = evaluate(tree, View(subject.recalculated, where[0]))
    except (NotEvaluatedError, CircleError):
        return
    if found is None and not any(each == where[0] for each, _, _ in subject.book.read.cells):
        return
    said = shown_plain(found)
    what = Phrase("F01.unnamed.message", said=said)
    severity = WARNING if same(found, expected) else ERROR
    yield _finding("F01", severity, where, what, text, None)._replace(found=json_value(found), expected=json_value(expected))


def _differs(subject: Subject, trials: Trials, where: Where, text: str, wanted: Tree) -> str | None:
    """Return how grave it is that a formula isn't the one that was written; None where both come to the same."""
    try:
        found = parse(text)
    except FormulaError:
        return ERROR  # no program can read it
    try:
        if normal(found, subject, where[0]) == normal(wanted, subject, where[0]):
            return None
        views = [Context(subject, solution, where[0]) for solution in trials.solutions]
        return ERROR if any(not same(evaluate(found, view), evaluate(wanted, view)) for view in views) else None
    except (NotEvaluatedError, CircleError):
        return WARNING  # what it comes to isn't known here


def _finding(code: str, severity: str, where: Where, what: Phrase, wanted: str, now: str | None) -> Finding:
    sheet, row, col = where
    return finding(
        code,
        severity=severity,
        message=what if now is None else Phrase("part.edited_how", said=what, differs=changed(now, wanted)),
        fix=Phrase("part.put_back", formula=wanted),
        sheet=sheet,
        cell=address(row, col),
    )

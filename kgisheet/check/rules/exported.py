"""F01 in a workbook exported as values: figures that neither the inputs nor the neighbouring figures give.

A wrong figure makes its neighbours look wrong, unless they were calculated from it or from the inputs:
so each is compared with both, and only one that agrees with neither is reported.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...formula.evaluate import evaluate
from ...formula.grid import CircleError, View, Where
from ...formula.nodes import ErrorValue
from ...formula.parser import FormulaError, parse
from ...formula.values import NotEvaluatedError, Value
from ...language.catalogue import Phrase
from ...language.text import NOTHING, Wording
from ...template.model import Cell
from ...values.a1 import address
from ...worksheet.shown import in_unit, is_blank, json_value, same, shown, shown_plain
from ..compare.context import Context
from ..finding import Finding, finding
from ..subject import Subject

_FIX = Phrase("F01.exported.fix")


def exported(subject: Subject, wrong: set[Where]) -> Iterator[Finding]:
    """Report wrong figures of ours; their places are added to ``wrong``."""
    for cell, row, where in subject.results():
        found, expected = subject.constants.get(where), subject.expected(cell, row)
        if same(found, expected) or _follows(subject, subject.expected_formula(cell, where), where, found):
            continue
        wrong.add(where)
        yield _figure(subject, cell, row, found, expected)
    yield from _around(subject)
    if not subject.book.values_only and subject.results():
        yield _pasted(subject)


def _pasted(subject: Subject) -> Finding:
    """Return the loss of all formulas of a workbook that has its names and its record: somebody pasted values over them."""
    cell, row, _ = subject.results()[0]
    cells = len(subject.results())
    return subject.finding("F01.all_pasted", cell, row, cells=cells)


def _figure(subject: Subject, cell: Cell, row: int | None, found: Value, expected: Value) -> Finding:
    said, right = shown(found, cell), shown(expected, cell)
    off = difference(found, expected)
    by: Wording = NOTHING
    if off is not None:
        size, sign = in_unit(abs(off), cell.unit), "+" if off > 0 else "−"
        by = Phrase("part.off_by", sign=sign, said=size)
    return subject.finding(
        "F01.exported",
        cell,
        row,
        said=said,
        right=right,
        by=by,
        fix=_FIX,
        found=json_value(found),
        expected=json_value(expected),
        difference=off,
    )


def difference(found: Value, expected: Value) -> float | None:
    """Return by how much a figure is off; None if it isn't a figure."""
    left, right = json_value(found), json_value(expected)
    numbers = all(isinstance(each, (int, float)) and not isinstance(each, bool) for each in (left, right))
    return float(left - right) if numbers else None


def _follows(subject: Subject, formula: str, where: Where, found: Value) -> bool:
    """Return whether the cell's formula would give its value from the neighbouring figures."""
    try:
        return same(found, evaluate(parse(formula), View(subject.recalculated, where[0])))
    except (FormulaError, NotEvaluatedError, CircleError):
        return False


def _around(subject: Subject) -> Iterator[Finding]:
    """Report cells without a name: those that repeat our figures, such as the guide, and the captions of the funnel."""
    anchors = subject.book.anchors
    for written, text in anchors.formulas():
        moved, where = anchors.formula(written[0], text), anchors.cell(*written)
        if moved is None or where is None or where in subject.where:
            continue
        found = subject.constants.get(where)
        try:
            right = evaluate(parse(moved), Context(subject, subject.book.solution, where[0]))
        except (FormulaError, NotEvaluatedError, CircleError):
            continue
        if is_blank(found) or isinstance(right, ErrorValue) or same(found, right) or _follows(subject, moved, where, found):
            continue
        said, should = shown_plain(found), shown_plain(right)
        yield finding(
            "F01.exported_text",
            said=said,
            should=should,
            fix=_FIX,
            sheet=where[0],
            cell=address(*where[1:]),
            found=json_value(found),
            expected=json_value(right),
        )

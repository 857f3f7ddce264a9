"""F02 at an input that became a formula: of other inputs, so that a stage no longer follows them, or of the goal that it is compared with."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ...formula.evaluate import evaluate
from ...formula.grid import CircleError, Where
from ...formula.nodes import Name, Tree, walk
from ...formula.parser import FormulaError, parse
from ...formula.values import NotEvaluatedError
from ...plan.inputs import Input
from ...template.model import Cell
from ...values.units import COUNT, CURRENCY, RATE
from ...worksheet.shown import same
from ...worksheet.solve import Solution, solve
from ..compare.context import Context
from ..compare.spelling import normal
from ..finding import Finding
from ..subject import Subject

_CHANGE = {CURRENCY: Fraction(17, 5), COUNT: Fraction(17, 5), RATE: Fraction(5, 8)}
"""The factor for another input: enough to move any count that follows it."""

_OBSERVED = ("actual_", "channel_actual_", "channel_current_", "field_", "opening_", "last_", "sure_")
"""Inputs that were counted or proposed, to be compared with the goal; the rest is assumed, and may be worked out from anything."""

Inputs = dict[str, Input | list[Input]]


def fixed(subject: Subject, suspect: set[Where]) -> Iterator[Finding]:
    """Report formulas in inputs; the owner may calculate an input at will, as long as its dependents still respond."""
    for cell, row, where in subject.inputs():
        text = subject.formulas.get(where)
        if text is None or where in suspect or cell.unit not in _CHANGE:
            continue
        try:
            tree = parse(text)
        except FormulaError:
            continue
        if cell.name.startswith(_OBSERVED) or cell.name == subject.roles.content_articles_held:
            yield from _echoes(subject, cell, row, where, tree)
            continue
        if cell.unit == RATE:
            yield from _reads(subject, cell, row, where, tree)
        if row is not None:
            continue
        found = _stopped(subject, cell, where, tree)
        if found is None:
            continue
        other, stage = found
        source, result = other.full_label, stage.full_label
        yield subject.finding("F02.input_stops", cell, None, short=_short(text), source=source, result=result)


def _reads(subject: Subject, cell: Cell, row: int | None, where: Where, tree: Tree) -> Iterator[Finding]:
    """Report a rate that is a formula of a result: it is assumed, and results come of it. Of another input it is a note."""
    for each in walk(normal(tree, subject, where[0])):
        of = subject.template.cells.get(each.name.partition("[")[0]) if isinstance(each, Name) else None
        if of is None or of is cell or of.unit != RATE or (of.formula is None and of.table is not None):
            continue
        key = "F02.input_reads_result" if of.formula is not None else "F02.input_follows_input"
        yield subject.finding(key, cell, row, formula=_short(subject.formulas[where]), of=of.full_label)
        return


def _echoes(subject: Subject, cell: Cell, row: int | None, where: Where, tree: Tree) -> Iterator[Finding]:
    """Report a count that is a formula of its goal: compared with it, it is always reached."""
    for each in walk(normal(tree, subject, where[0])):
        name = each.name.partition("[")[0] if isinstance(each, Name) else ""
        goal = subject.template.cells.get(name)
        if (
            goal is None
            or goal.formula is None
            or "actual" in name
            or name.startswith("result_")
            or (goal.section == cell.section and not goal.on_tab)
        ):
            continue
        text, of = _short(subject.formulas[where]), goal.full_label
        yield subject.finding("F02.echoes_goal", cell, row, formula=text, result=of)
        return


def _stopped(subject: Subject, cell: Cell, where: Where, tree: Tree) -> tuple[Cell, Cell] | None:
    """Return the other input, and the stage that depends on it in the template but not while ``cell`` holds this formula."""
    inputs: Inputs = dict(subject.book.inputs)
    now = subject.book.solution
    for other in subject.template.inputs():
        given = inputs.get(other.name)
        if (
            other is cell
            or other.table is not None
            or other.unit not in _CHANGE
            or not isinstance(given, Fraction)
            or not given
        ):
            continue
        stages = [each for each in _stages(subject) if {cell.name, other.name} <= subject.sources_of(each.name)]
        if not stages:
            continue
        moved = {**inputs, other.name: given * _CHANGE[other.unit]}
        alone = _solved(subject, moved)
        try:
            value = evaluate(tree, Context(subject, alone, where[0]))
        except (NotEvaluatedError, CircleError):
            return None
        standing = now.at(cell.name, None)
        if not isinstance(value, Fraction) or not isinstance(standing, Fraction) or same(value, standing):
            continue  # it does not look at this one
        both = _solved(subject, {**moved, cell.name: value})
        for stage in stages:
            before, after, unlike = (_exact(each, stage) for each in (now, both, alone))
            if (
                before is not None
                and after is not None
                and unlike is not None
                and same(before, after)
                and not same(before, unlike)
            ):
                return other, stage
    return None


def _stages(subject: Subject) -> Iterator[Cell]:
    """Yield the page's counts, from the first on."""
    page = subject.template.page_keys()
    for name in subject.template.order:
        cell = subject.template.cells[name]
        if cell.rounded and cell.table is None and cell.section in page and name in subject.book.names:
            yield cell


def _exact(solution: Solution, cell: Cell) -> Fraction | None:
    value = solution.exact(cell.name, None)
    if value is None:
        shown = solution.at(cell.name, None)
        return shown if isinstance(shown, Fraction) else None
    return value


def _solved(subject: Subject, inputs: Inputs) -> Solution:
    return solve(subject.template, inputs, subject.book.sizes, subject.book.lang, at_once=False)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"

"""F02 at an input that became a formula of other inputs, so that a stage no longer follows them: deals that are always 30."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..errors import Text
from ..formula.evaluate import evaluate
from ..formula.grid import CircleError, Where
from ..formula.nodes import Tree
from ..formula.parser import FormulaError, parse
from ..formula.values import NotEvaluatedError
from ..plan.load import Input
from ..solve import Solution, solve
from ..template.model import Cell
from ..units import COUNT, CURRENCY, RATE
from .compare import Context
from .finding import LIKELY, WARNING, Finding
from .subject import Subject, same

_CHANGE = {CURRENCY: Fraction(17, 5), COUNT: Fraction(17, 5), RATE: Fraction(5, 8)}
"""What another input is multiplied by: enough to move any count that follows it."""

Inputs = dict[str, Input | list[Input]]


def fixed(subject: Subject, suspect: set[Where]) -> Iterator[Finding]:
    """An input may be worked out by its owner from whatever they like, as long as what hangs on it still moves."""
    for cell, row, where in subject.inputs():
        text = subject.formulas.get(where)
        if text is None or row is not None or where in suspect or cell.unit not in _CHANGE:
            continue
        try:
            tree = parse(text)
        except FormulaError:
            continue
        found = _stopped(subject, cell, where, tree)
        if found is None:
            continue
        other, stage = found
        label, source, result = subject.label(cell, None), other.full_label, stage.full_label
        yield subject.finding(
            "F02", WARNING, cell, None,
            Text(f"{label.ja}の入力欄が数式({_short(text)})になっていて、{source.ja}を変えても{result.ja}が変わりません",
                 f"{label.en} is typed as a formula ({_short(text)}), so {result.en} no longer follows {source.en}"),
            Text("値を入力し直してください", "type the value instead"), confidence=LIKELY,
        )  # fmt: skip


def _stopped(subject: Subject, cell: Cell, where: Where, tree: Tree) -> tuple[Cell, Cell] | None:
    """The other input, and the stage that follows it in the template but not while ``cell`` holds this formula."""
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
    """The page's counts, from the first on."""
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

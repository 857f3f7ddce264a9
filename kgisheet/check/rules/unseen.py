"""S05: cells of ours whose value is invisible or misleading: by colour, a conditional format, or a number format."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ...formula.evaluate import evaluate
from ...formula.grid import CircleError, View, Where, held
from ...formula.parser import FormulaError, parse
from ...formula.shift import shifted
from ...formula.values import NotEvaluatedError, Value
from ...language.catalogue import Phrase
from ...template.model import Cell
from ...values.a1 import address, cell_of
from ...worksheet.shown import is_blank
from ...xlsx.read import formats
from ...xlsx.read.sheetpart import Cover, Filled, inside
from ..finding import Finding
from ..subject import Subject

_PAINTED, _COLOURED = "painted", "coloured"
_HOW = {
    _COLOURED: Phrase("S05.unseen.coloured"),
    _PAINTED: Phrase("S05.unseen.painted"),
    formats.NOTHING: Phrase("S05.unseen.nothing"),
    formats.WORDS: Phrase("S05.unseen.words"),
    formats.PERCENT: Phrase("S05.unseen.percent"),
    formats.SCALED: Phrase("S05.unseen.scaled"),
}


def unseen(subject: Subject) -> Iterator[Finding]:
    """Report one finding per sheet and kind, at the first such cell; inputs take precedence over results."""
    groups: dict[tuple[str, str], list[tuple[Cell, int | None, Where]]] = {}
    covers = {facts.title: facts.covers for facts in subject.book.read.sheets}
    for cell, row, where in [*subject.inputs(), *subject.results()]:
        stored = subject.book.read.cells.get(where)
        how = None if stored is None else _how(subject, cell, where, stored, covers.get(where[0], ()))
        if how is not None:
            groups.setdefault((where[0], how), []).append((cell, row, where))
    for (_, how), cells in groups.items():
        (cell, row, where), *others = cells
        said = _HOW[how]
        yield subject.finding("S05.unseen", cell, row, said=said, affected=tuple(cell_of(*each) for _, _, each in others))


def _how(subject: Subject, cell: Cell, where: Where, stored: Filled, covers: tuple[Cover, ...]) -> str | None:
    """Return how a cell's value is hidden or misrepresented."""
    value = _value(subject, where, stored)
    if is_blank(value):
        return None
    if stored.unread:
        return _COLOURED
    # Beside a rounded count its exact quotient is hidden where the two are one, by a rule of ours.
    if cell.companion is None and any(_covers(subject, where, each) for each in covers):
        return _PAINTED
    if isinstance(value, Fraction) and value <= 0:
        return None  # noughts are often shown as ―, or as nothing
    return formats.misleads(stored.format, isinstance(value, str))


def _value(subject: Subject, where: Where, stored: Filled) -> Value:
    """Return the content of a cell; for a result the calculated value, since some programs store none."""
    return held(stored.value) if stored.formula is None else subject.now(where)


def _covers(subject: Subject, where: Where, cover: Cover) -> bool:
    """Return whether a conditional format applies to a cell at present; one that can't be evaluated doesn't."""
    sheet, row, col = where
    if not any(inside(area, row, col) for area in cover.areas):
        return False
    top, left = cover.areas[0][:2]
    formulas = [shifted(each.removeprefix("="), row - top, col - left) for each in cover.formulas]
    here = address(row, col)
    text = None
    if cover.kind == "expression" and formulas:
        text = formulas[0]
    elif cover.kind == "cellIs" and cover.operator in _SIGNS and formulas:
        text = f"{here}{_SIGNS[cover.operator]}({formulas[0]})"
    elif cover.kind == "cellIs" and cover.operator == "between" and len(formulas) > 1:
        text = f"AND({here}>=({formulas[0]}),{here}<=({formulas[1]}))"
    if text is None:
        return False
    try:
        value = evaluate(parse(f"={text}"), View(subject.recalculated, sheet))
    except (FormulaError, NotEvaluatedError, CircleError):
        return False
    return value is True or (isinstance(value, Fraction) and value != 0)


_SIGNS = {
    "equal": "=",
    "notEqual": "<>",
    "greaterThan": ">",
    "lessThan": "<",
    "greaterThanOrEqual": ">=",
    "lessThanOrEqual": "<=",
}

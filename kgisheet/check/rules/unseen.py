"""S05: cells of ours whose value is invisible or misleading: by colour, a conditional format, or a number format."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ...formula.evaluate import evaluate
from ...formula.grid import CircleError, View, Where, held
from ...formula.parser import FormulaError, parse
from ...formula.shift import shifted
from ...formula.values import NotEvaluatedError, Value
from ...language.text import Text
from ...template.model import Cell
from ...values.a1 import address, cell_of
from ...worksheet.shown import is_blank
from ...xlsx.read import formats
from ...xlsx.read.sheetpart import Cover, Filled, inside
from ..finding import LIKELY, WARNING, Finding
from ..subject import Subject

_PAINTED, _COLOURED = "painted", "coloured"
_HOW = {
    _COLOURED: Text("計算に使われるのに、文字の色が背景と同じで見えません", "counts, but has the colour of its background and can't be seen"),
    _PAINTED: Text("計算に使われるのに、条件付き書式で背景と同じ色になり見えません", "counts, but a conditional format gives it the colour of its background"),
    formats.NOTHING: Text("計算に使われるのに、表示形式のために何も表示されません", "counts, but shows nothing, by its number format"),
    formats.WORDS: Text("表示形式のために、値が何であっても同じ文字が表示されます", "shows the same text whatever it holds, by its number format"),
    formats.PERCENT: Text("表示形式の「%」がただの文字なので、百分の一の率に見えます", "shows a hundredth of its rate: the % of its number format is only a letter"),
    formats.SCALED: Text("表示形式で桁が省かれ、千分の一以下の数に見えます", "shows a thousandth of its figure or less: its number format leaves digits out"),
}  # fmt: skip


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
        label, said = subject.label(cell, row), _HOW[how]
        yield subject.finding(
            "S05", WARNING, cell, row,
            Text(f"{label.ja}は{said.ja}", f"{label.en} {said.en}"),
            Text("文字の色、条件付き書式、表示形式を標準に戻し、値を確かめてください",
                 "put its colour, conditional format and number format back, and look at the value"),
            confidence=LIKELY, affected=tuple(cell_of(*each) for _, _, each in others),
        )  # fmt: skip


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
    if stored.formula is None:
        return held(stored.value)
    try:
        return subject.recalculated.value(where)
    except (NotEvaluatedError, CircleError):
        return held(stored.value)


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
    "equal": "=", "notEqual": "<>", "greaterThan": ">", "lessThan": "<", "greaterThanOrEqual": ">=", "lessThanOrEqual": "<=",
}  # fmt: skip

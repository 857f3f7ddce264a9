"""Rates that are taken in the wrong step: one that the next step takes back, one that belongs to another step of a second chain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from ...formula.evaluate import evaluate
from ...formula.grid import CircleError, View
from ...formula.parser import FormulaError, parse
from ...formula.values import NotEvaluatedError
from .fills import At
from .formed import Line, Lists, replaced, without
from .tables import MONEY, PERCENT

_THREE = 3
_NEAR, _FAR = Fraction(1, 1000), Fraction(1, 100)


def taken_back(lists: Lists) -> Iterator[tuple[At, str]]:
    """Yield an amount by its price, times a rate below it by which the next step divides: it has no effect there, and is that step's.

    =C4/C5*C7, and then =C6/C7. Of two cells, =C5*C7 and =C6/C7 go forth and back, to check.
    """
    for lines in lists:
        for line in lines.values():
            for at, power in line.factors.items():
                before = lines.get(at)
                if before is None or before.formula is None or len(before.factors) < _THREE:
                    continue
                rates = [
                    cell
                    for cell, by in line.factors.items()
                    if cell in lines
                    and lines[cell].kind == PERCENT
                    and lines[cell].typed
                    and by + power * before.factors.get(cell, 0) == 0
                    and before.at < cell < line.at
                ]
                if len(rates) == 1 and _is_by_a_price(lines, before, rates[0]):
                    formula = without(before.formula, rates[0])
                    if formula is not None:
                        yield before.at, formula


def _is_by_a_price(lines: Mapping[At, Line], line: Line, rate: At) -> bool:
    """Return whether a formula is one amount by another one, beside a rate."""
    rest = {cell: power for cell, power in line.factors.items() if cell != rate}
    kinds = {power: lines[cell].kind for cell, power in rest.items() if cell in lines}
    return len(rest) == 2 and kinds == {1: MONEY, -1: MONEY}


def of_the_other_chain(lists: Lists) -> Iterator[tuple[At, str]]:
    """Yield the step of a second chain, of the same stages, that takes another step's rate, where its own is used by nobody.

    With its own it is what the first chain has of the same name.
    """
    for lines in lists:
        idle = [each for each in lines.values() if each.typed and each.kind == PERCENT and not lists.is_used(each.at)]
        if len(idle) != 1:
            continue
        (own,) = idle
        found: dict[At, str] = {}
        for line in lines.values():
            if line.formula is None or any(cell in found for cell in line.factors):
                continue  # what it is made of is wrong
            others = [each for each in lines.values() if each.label == line.label and each.at != line.at]
            for cell in line.factors:
                if cell in lines and lines[cell].kind == PERCENT and lines[cell].typed and _is_shared(lines, line, cell):
                    formula = replaced(line.formula, cell, own.at)
                    now, made = lists.value(line.at), _value(lists, formula)
                    theirs = [lists.value(each.at) for each in others]
                    if now and made and any(_are_near(made, each, _NEAR) and not _are_near(now, each, _FAR) for each in theirs):
                        found[line.at] = formula
        if len(found) == 1:
            yield from found.items()


def _is_shared(lines: Mapping[At, Line], line: Line, cell: At) -> bool:
    return any(cell in each.factors for each in lines.values() if each is not line)


def _are_near(one: Fraction, other: Fraction | None, off: Fraction) -> bool:
    return other is not None and abs(one - other) <= off * abs(other)


def _value(lists: Lists, formula: str) -> Fraction | None:
    try:
        value = evaluate(parse(formula), View(lists.cells.sheets, lists.title))
    except (FormulaError, NotEvaluatedError, CircleError, RecursionError):
        return None
    return value if isinstance(value, Fraction) else None

"""Whether a cell's value is one that its own data validation would have refused: pasting passes it by."""

from __future__ import annotations

from fractions import Fraction

from ..book.sheetpart import Rule, inside
from ..formula.evaluate import evaluate
from ..formula.grid import CircleError, View, Where
from ..formula.parser import FormulaError, parse
from ..formula.values import NotEvaluatedError, Value
from .subject import Subject

_TOLERANCE = Fraction(1, 10**9)


def broken(subject: Subject, where: Where) -> bool:
    """Whether a rule of the cell's sheet forbids what stands in it; False where no rule says so for certain."""
    value = subject.constants.get(where)
    sheet, row, col = where
    if value in (None, ""):
        return False
    for facts in subject.book.read.sheets:
        if facts.title == sheet:
            for rule in facts.rules:
                if any(inside(area, row, col) for area in rule.areas):
                    return _forbids(subject, rule, value, sheet)
    return False


def _forbids(subject: Subject, rule: Rule, value: Value, sheet: str) -> bool:
    if rule.kind in ("whole", "decimal", "date", "time"):
        if not isinstance(value, Fraction):
            return rule.kind != "time"
        if rule.kind == "whole" and value.denominator != 1:
            return True
        return not _within(rule, value, _limit(subject, rule.first, sheet), _limit(subject, rule.second, sheet))
    if rule.kind == "textLength":
        length = Fraction(len(value)) if isinstance(value, str) else None
        return length is not None and not _within(
            rule, length, _limit(subject, rule.first, sheet), _limit(subject, rule.second, sheet)
        )
    return False  # lists are asked for by their words; formulas of others are not ours to judge


def _limit(subject: Subject, formula: str, sheet: str) -> Fraction | None:
    if not formula:
        return None
    try:
        value = evaluate(parse(formula), View(subject.recalculated, sheet))
    except (FormulaError, NotEvaluatedError, CircleError):
        return None
    return value if isinstance(value, Fraction) else None


def _within(rule: Rule, value: Fraction, first: Fraction | None, second: Fraction | None) -> bool:
    """Whether a value keeps a rule; a limit that isn't known forbids nothing."""
    if first is None or (second is None and rule.operator in ("between", "notBetween")):
        return True
    reach = _TOLERANCE * max(Fraction(1), abs(first))
    between = second is not None and first - reach <= value <= second + reach
    kept: dict[str, bool] = {
        "between": between,
        "notBetween": not between,
        "equal": abs(value - first) <= reach,
        "notEqual": abs(value - first) > reach,
        "greaterThan": value > first - reach,
        "lessThan": value < first + reach,
        "greaterThanOrEqual": value >= first - reach,
        "lessThanOrEqual": value <= first + reach,
    }
    return kept.get(rule.operator, True)

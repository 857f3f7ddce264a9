"""Values that their cell's own data validation would have refused: pasting bypasses it."""

from __future__ import annotations

from fractions import Fraction

from ...formula.evaluate import evaluate
from ...formula.grid import CircleError, View, Where
from ...formula.parser import FormulaError, parse
from ...formula.values import NotEvaluatedError, Value
from ...values.tolerance import exceeds, is_whole
from ...xlsx.read.sheetpart import Rule, inside
from ..subject import Subject


def broken(subject: Subject, where: Where) -> bool:
    """Return whether a validation of the cell's sheet forbids its value; False unless it does so for certain."""
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
        if rule.kind == "whole" and not is_whole(value):
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
    """Return whether a value satisfies a validation; an unknown limit forbids nothing."""
    if first is None or (second is None and rule.operator in ("between", "notBetween")):
        return True
    below, above = exceeds(first, value), exceeds(value, first)
    between = second is not None and not below and not exceeds(value, second)
    kept: dict[str, bool] = {
        "between": between,
        "notBetween": not between,
        "equal": not below and not above,
        "notEqual": below or above,
        "greaterThan": above,
        "lessThan": below,
        "greaterThanOrEqual": not below,
        "lessThanOrEqual": not above,
    }
    return kept.get(rule.operator, True)

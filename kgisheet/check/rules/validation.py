"""Values that their cell's own data validation would have refused: pasting bypasses it."""

from __future__ import annotations

from fractions import Fraction

from ...formula.evaluate import evaluate
from ...formula.grid import CircleError, View, Where
from ...formula.parser import FormulaError, parse
from ...formula.shift import shifted
from ...formula.values import NotEvaluatedError, Value
from ...layout.model import Validation
from ...layout.rules import rule as rule_of
from ...values.regex import regex
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
                area = next((area for area in rule.areas if inside(area, row, col)), None)
                if area is not None:
                    own = _own(subject, where) if _BARE.fullmatch(rule.first) and rule.kind == "custom" else None
                    return _forbids(subject, own or _seen_from(rule, row - area[0], col - area[1]), value, sheet)
    return False


_BARE = regex(r"-?\d+(\.\d+)?")
"""What Google Sheets makes of a limit of a kind that it doesn't have: a formula of the limit alone, which nobody writes."""

_KINDS = {"integer": "whole", "decimal": "decimal", "length": "textLength"}
_OPERATORS = {"between": "between", "<=": "lessThanOrEqual"}


def as_read(each: Validation) -> Rule | None:
    """Return a validation that we write as if read; a plan's dates and choices are right already."""
    area = each.row, each.col, each.last_row, each.col
    if each.options["validate"] == "custom":
        return Rule((area,), "custom", "between", str(each.options["value"]).removeprefix("="), "")
    kind, operator = _KINDS.get(each.options["validate"]), _OPERATORS.get(str(each.options.get("criteria")))
    if kind is None or operator is None:
        return None
    first = each.options.get("minimum", each.options.get("value"))
    return Rule((area,), kind, operator, str(first), str(each.options.get("maximum", "")))


def _own(subject: Subject, where: Where) -> Rule | None:
    """Return the rule that we wrote into an input, by its template."""
    cell, _ = subject.where[where]
    words = subject.labels[subject.book.lang]
    is_unrounded = subject.book.value("rounding") == words.word("none")
    return as_read(Validation(*where[1:], where[1], rule_of(cell, words, is_unrounded)))


def _seen_from(rule: Rule, down: int, right: int) -> Rule:
    """Return a rule by formula as a cell so far from the first of its area has it; another one is the same for all."""
    return rule._replace(first=shifted(rule.first, down, right)) if rule.kind == "custom" and (down or right) else rule


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
    if rule.kind == "custom" and subject.book.target is not None:
        return (
            _worked_out(subject, rule.first, sheet) is False
        )  # as we write it for a program without whole numbers and lengths
    return False  # lists are asked for by their words; formulas of others are not ours to judge


def _limit(subject: Subject, formula: str, sheet: str) -> Fraction | None:
    value = _worked_out(subject, formula, sheet) if formula else None
    return value if isinstance(value, Fraction) else None


def _worked_out(subject: Subject, formula: str, sheet: str) -> Value:
    try:
        return evaluate(parse(formula), View(subject.recalculated, sheet))
    except (FormulaError, NotEvaluatedError, CircleError):
        return None


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

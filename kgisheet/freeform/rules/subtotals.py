"""Sums that fail since some of their parts aren't parts: subtotals, whatever they are called, alternatives, other currencies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from ...values.regex import regex
from ..read import terms
from .cells import Cells
from .relation import NEED, SUM, Relation

_LEAST = 2
_OF_WHICH = terms.of("of_which")
_REFERENCE = regex(r"=?\s*\+?\$?([A-Z]{1,3})\$?(\d+)\s*")
CURRENCIES = regex(r"\b(?:EUR|USD|GBP|CHF|JPY|SGD|AUD|CAD|INR|CNY|SEK|PLN)\b|[€$£]|ドル|ユーロ|元建", re.IGNORECASE)


def is_of_subtotals(relation: Relation) -> bool:
    """Return whether a total is that of its parts without the subtotals among them; or of the last subtotal and what follows it.

    Or some of its parts are all of it, and others parts of another kind; or one of them is a total with it.
    """
    if relation.kind not in (SUM, NEED) or len(relation.operands) <= _LEAST:
        return False
    if _is_part_of_one(relation) or _are_of_two_kinds(relation):
        return True
    parts = [each.value or Fraction(0) for each in sorted(relation.operands, key=lambda each: each.at)]
    total = relation.result.value or Fraction(0)
    # 小計, 諸経費, 値引き, 税抜計, 消費税, 合計: the last one is of the two before it.
    running = sum(parts[-_LEAST:]) == total and max(parts) == parts[-_LEAST] and len(parts) > _LEAST + 1
    return (
        running
        or total in (_leaves(parts), _leaves(parts[::-1]))  # each group's total is below its parts, or on top of them
        or any(sum(parts[at:]) == total and _is_sum_of_some(parts[at], parts[:at]) for at in range(1, len(parts) - 1))
    )


def _is_part_of_one(relation: Relation) -> bool:
    """Return whether the figures right before one of the parts, what is called the total among them, add up to it: 単純計."""
    ordered = sorted(relation.cells, key=lambda each: each.at)
    values = [each.value or Fraction(0) for each in ordered]
    at = ordered.index(relation.result)
    return any(
        sum(values[first:last]) == values[last]
        for last in range(at + 1, len(values))
        for first in range(at + 1)
        if last - first >= _LEAST
    )


def _are_of_two_kinds(relation: Relation) -> bool:
    """Return whether the first of some parts are all of the whole, and the others say of which that is, too: inbound, outbound, over $50K."""
    if not all(_OF_WHICH.search(each.label) for each in relation.operands):
        return False
    values = [each.value or Fraction(0) for each in sorted(relation.operands, key=lambda each: each.at)]
    return any(sum(values[:last]) == relation.result.value for last in range(_LEAST, len(values)))


def _leaves(parts: Sequence[Fraction]) -> Fraction:
    """Return the sum of those that aren't what some right before them add up to."""
    left: list[Fraction] = []
    added = Fraction(0)
    for each in parts:
        if any(len(left) - first >= _LEAST and sum(left[first:]) == each for first in range(len(left))):
            added += each
            left = []
        else:
            left.append(each)
    return added + sum(left)


def _is_sum_of_some(value: Fraction, before: Sequence[Fraction]) -> bool:
    return any(len(before) - first >= _LEAST and sum(before[first:]) == value for first in range(len(before)))


def is_one_of_its_parts(relation: Relation, cells: Cells) -> bool:
    """Return whether a formula takes just one of what would be added up: the alternative that was chosen."""
    formula = relation.result.formula
    match = _REFERENCE.fullmatch(formula) if formula is not None and relation.kind in (SUM, NEED) else None
    return match is not None and cells.references.of(relation.result.where) <= {each.where for each in relation.operands}


def has_a_subtotal_inside(relation: Relation) -> bool:
    """Return whether a total leaves out one of its parts, which is two others added up: opening, churn, net new, gross new, closing."""
    values = [each.value or Fraction(0) for each in relation.operands]
    if relation.kind not in (SUM, NEED) or len(values) <= _LEAST:
        return False
    found = relation.result.value or Fraction(0)
    return any(
        relation.exact - value == found
        and any(one + other == value for one, other in combinations(values[:at] + values[at + 1 :], 2))
        for at, value in enumerate(values)
        if value
    )


def is_of_several_currencies(relation: Relation, cells: Cells) -> bool:
    """Return whether the headings, or labels, of what would be added up name different currencies."""
    if relation.kind not in (SUM, NEED):
        return False
    found = set()
    for each in relation.operands:
        spot = cells.amounts[each.at][0] if each.at in cells.amounts else None
        names = (cells.heading(spot), cells.label(spot)) if spot is not None else ()
        found |= {match for name in names if name is not None for match in CURRENCIES.findall(name.flat)}
    return len(found) > 1

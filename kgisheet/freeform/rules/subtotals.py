"""Sums that fail since some of their parts aren't parts: subtotals, whatever they are called, alternatives, other currencies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from .cells import Cells
from .relation import NEED, SUM, Relation

_LEAST = 2
_REFERENCE = re.compile(r"=?\s*\+?\$?([A-Z]{1,3})\$?(\d+)\s*")
CURRENCIES = re.compile(r"\b(?:EUR|USD|GBP|CHF|JPY|SGD|AUD|CAD|INR|CNY|SEK|PLN)\b|[€$£]|ドル|ユーロ|元建", re.IGNORECASE)


def is_of_subtotals(relation: Relation) -> bool:
    """Return whether a total is that of its parts without the subtotals among them; or of the last subtotal and what follows it."""
    if relation.kind not in (SUM, NEED) or len(relation.operands) <= _LEAST:
        return False
    parts = [each.value or Fraction(0) for each in sorted(relation.operands, key=lambda each: each.at)]
    total = relation.result.value or Fraction(0)
    # 小計, 諸経費, 値引き, 税抜計, 消費税, 合計: the last one is of the two before it.
    running = sum(parts[-_LEAST:]) == total and max(parts) == parts[-_LEAST] and len(parts) > _LEAST + 1
    return (
        running
        or _leaves(parts) == total
        or any(sum(parts[at:]) == total and _is_sum_of_some(parts[at], parts[:at]) for at in range(1, len(parts) - 1))
    )


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

"""Counts that come of a part of an amount, where labels take all of it: annual sales 1.8 m, 25 % of them from renewals, 45 new contracts.

The part is on the sheet, too, and is the amount less what a rate, or another amount, of the sheet says: by its price the count follows.
"""

from __future__ import annotations

from fractions import Fraction

from ...values.units import COUNT, CURRENCY
from ..read import terms
from ..rules.relation import QUOTIENT
from .tables import PERCENT, Tables, Value
from .tie import Tie

_TWO, _OF_ONE = 2, terms.of("one_half", "other_half")


def is_of_a_part(tie: Tie, tables: Tables | None) -> bool:
    """Return whether a count that isn't an amount ÷ its price is a part of this ÷ the same price."""
    relation = tie.relation
    if tables is None or tie.holds or relation is None or relation.kind != QUOTIENT or len(relation.operands) != _TWO:
        return False
    whole, price = relation.operands
    if relation.result.kind != COUNT or whole.kind != CURRENCY or price.kind != CURRENCY:
        return False
    count, amount, each = relation.result.value, whole.value, price.value
    if not count or not amount or not each or not 0 < count * each < amount:
        return False
    own = [value for value in tables.values.values() if value.where not in tie.cells]
    part = count * each
    is_there = any(value.exact == part for value in own if value.kind != PERCENT)
    # Or its share, or the rest, says whose it is: from renewals 25 %, existing customers 450,000.
    return any(_makes(value, amount, part) and (is_there or _OF_ONE.search(tables.name(value, across=False))) for value in own)


def _makes(value: Value, amount: Fraction, part: Fraction) -> bool:
    """Return whether a rate, or an amount, makes a part of a whole."""
    if value.kind == PERCENT:
        return part in (amount * value.exact, amount * (1 - value.exact))
    return value.exact == amount - part

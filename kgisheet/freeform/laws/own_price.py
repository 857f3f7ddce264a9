"""A mean price that labels take for the price of some deals, which have their own: 30 × 100 are 3,000, and 88 are 6,600 of all 75.

Both hold exactly, so the price of all says nothing of the deals of which another one is typed.
"""

from __future__ import annotations

from ..rules.relation import FAILS, QUOTIENT
from .law import EXACT, PRODUCT, ROUNDED, Case
from .tables import COUNT, MONEY, Tables
from .tie import Tie

_THREE = 3


def has_its_own_price(tie: Tie, tables: Tables) -> bool:
    """Return whether the count and the amount of labels that fail have a price of their own, and their price is that of other ones."""
    relation = tie.relation
    if relation is None or tie.case is not None or relation.state != FAILS or relation.kind != QUOTIENT:
        return False
    values = [tables.values.get(each.where[1:]) for each in relation.cells if each.where[0] == tables.title]
    own = [each for each in values if each is not None]
    counts = [each for each in own if each.kind == COUNT]
    amounts = sorted((each for each in own if each.kind == MONEY), key=lambda each: each.number)
    if len(own) != _THREE or len(counts) != 1 or len(amounts) != _THREE - 1:
        return False
    price, amount = amounts
    column = [each for each in tables.values.values() if each.at[1] == price.at[1] and each.where not in tie.cells]
    others = [each for each in column if each.kind == MONEY]
    return any(Case(PRODUCT, amount, (counts[0], each)).follows() == EXACT for each in others) and any(
        Case(PRODUCT, whole, (many, price)).turned() is price or Case(PRODUCT, whole, (many, price)).follows() <= ROUNDED
        for whole in others
        for many in column
        if many.kind == COUNT and whole.number > amount.number
    )

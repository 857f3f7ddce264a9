"""A mean price that labels take for the price of some deals, which have their own: 30 × 100 are 3,000, and 88 are 6,600 of all 75.

Both hold exactly, so the price of all says nothing of the deals of which another one is typed. And what a lead costs is of the count by
which it makes what is spent: 8,000 × 2,000 leads are 16,000,000, whatever the 500 of them that qualify.
"""

from __future__ import annotations

from ...values.regex import regex
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


def is_cost_of_all_leads(tie: Tie, tables: Tables) -> bool:
    """Return whether what one lead costs makes exactly what is spent with the leads themselves, and not with those of them that qualify."""
    relation = tie.relation
    if relation is None or tie.case is not None or relation.state != FAILS or relation.kind != QUOTIENT:
        return False
    own = [value for each in relation.cells if each.where[0] == tables.title and (value := tables.values.get(each.where[1:]))]
    amounts = sorted((each for each in own if each.kind == MONEY), key=lambda each: each.number)
    if len(own) != _THREE or len(amounts) != _THREE - 1 or not _COST.search(tables.name(amounts[0], across=False)):
        return False
    price, amount = amounts
    return any(
        each.kind == COUNT
        and each.at[1] == price.at[1]
        and each.where not in tie.cells
        and _LEADS.match(tables.name(each, across=False))
        and Case(PRODUCT, amount, (each, price)).follows() == EXACT
        for each in tables.values.values()
    )


_COST, _LEADS = (
    regex(r"\bcpl\b|\bcost per lead\b|リード(?:獲得)?単価"),
    regex(r"^(?:(?:total|all|必要|獲得|総)\W?)?(?:leads?|リード)(?:数|件数)?(?:$|[(（])"),
)

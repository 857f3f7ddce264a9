"""A price and an amount below a table that ends in a count: stages down to 21 signed, and under them 28,000 each, 588,000 in all.

The count is of another list, or of a table: so the amount is compared with the last one above it, where none of the sheet makes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..read import terms
from ..rules.slips import is_misspelled
from .judge import Law
from .law import EXACT, PRODUCT, ROUNDED, Case
from .lists import AMOUNT, Figure
from .tables import COUNT, MONEY, PERCENT, Tables, Value
from .yearly import are_month_and_year

_PRICE, _APART = terms.of("price", "mean", "each"), terms.of("last_year", "costs", "spent")
_MOST, _FAR, _SHORT = 60, 4, 3


def below(tables: Tables, every: Sequence[Sequence[Figure]]) -> Iterator[Law]:
    """Yield the amounts that are a price times the last count above the list of both, and those that are but for a slip."""
    counts = [each for each in tables.values.values() if each.kind == COUNT and each.number > 1]
    if len(counts) > _MOST:
        return
    for figures in every:
        yield from _of_month_and_year(counts, figures)
        prices = [each for each in figures if each.kind != PERCENT and _PRICE.search(each.label)]
        amounts = [each for each in figures if each.kind == MONEY and each not in prices and AMOUNT.search(each.label)]
        if (
            len(figures) > _SHORT
            or len(prices) != 1
            or len(amounts) != 1
            or amounts[0].value.uses
            or _APART.search(amounts[0].label)
        ):
            continue
        (price,), (amount,) = prices, amounts
        if abs(figures.index(price) - figures.index(amount)) != 1:
            continue
        cases = [Case(PRODUCT, amount.value, (each, price.value)) for each in counts]
        if any(each.follows() == EXACT for each in cases):
            continue  # which of the counts it is, isn't asked
        last = _last(counts, min(price.value.at, amount.value.at))
        if last is not None and is_misspelled(amount.value.exact, last.exact * price.value.exact):
            yield Law(PRODUCT, (), (Case(PRODUCT, amount.value, (last, price.value), only=amount.value.where, strict=True),))


def _of_month_and_year(counts: Sequence[Value], figures: Sequence[Figure]) -> Iterator[Law]:
    """Yield a month's amount other than a count by the price before it, where the year's after it is twelve of one: 50万円, 640万円, 9,600万円."""
    for price, month, year in zip(figures, figures[1:], figures[2:], strict=False):
        if not all(each.kind == MONEY for each in (price, month, year)) or not _PRICE.search(price.label):
            continue
        if not are_month_and_year(month.label, year.label) or any(each.value.uses for each in (month, year)):
            continue
        near = [each for each in counts if 0 < price.value.at[0] - each.at[0] <= _FAR]
        cases = [Case(PRODUCT, month.value, (each, price.value)) for each in near]
        if any(each.follows() <= ROUNDED for each in cases) or _MONTHS * month.value.exact == year.value.exact:
            continue
        meant = [each for each in cases if _MONTHS * each.exact == year.value.exact]
        if len(meant) == 1:
            yield Law(PRODUCT, (), (meant[0]._replace(only=month.value.where),))


_MONTHS = 12


def _last(counts: Sequence[Value], at: tuple[int, int]) -> Value | None:
    """Return the last count above a place in its column, a few lines up at most."""
    above = [each for each in counts if each.at[1] == at[1] and 0 < at[0] - each.at[0] <= _FAR]
    return max(above, key=lambda each: each.at[0], default=None)

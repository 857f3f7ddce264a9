"""Two parts of a whole with their shares: partner 40 %, direct 60 %, together 100 %, and the revenue of each.

One line is too few for a law of shares; but the shares add up to all of it, the parts to the whole, and each part is its share of
that: what two of these want otherwise, and the same, is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..read import terms
from .judge import Law
from .law import EXACT, OFF, PRODUCT, SUM, Case
from .tables import PERCENT, Table, Tables, Value

_SHARE = terms.of("part_of_whole")
_LINES = 3


def halved(tables: Tables) -> Iterator[Law]:
    """Yield the sums and the shares of tables with two parts and their whole, where one of each fails."""
    for table in tables:
        if len(table.names) >= _LINES:
            yield from _of_table(table)


def _of_table(table: Table) -> Iterator[Law]:
    rates = [each for each in table.variables if each.kind == PERCENT and not each.aside and _SHARE.search(each.label)]
    amounts = [each for each in table.variables if each.kind != PERCENT and not each.aside]
    if len(rates) != 1 or not amounts:
        return
    lines = [at for at, value in enumerate(rates[0].values) if value is not None]
    shares = [value for value in rates[0].values if value is not None]
    if len(shares) != _LINES or shares[-1].exact != 1:
        return
    for amount in amounts:
        parts = [amount.values[at] for at in lines]
        if all(each is not None for each in parts):
            yield from _told([each for each in parts if each is not None], shares)


def _told(parts: Sequence[Value], shares: Sequence[Value]) -> Iterator[Law]:
    """Yield the one share of a whole's two that fails, with the sum that fails by it, too."""
    whole, all_of_it = parts[-1], shares[-1]
    products = [Case(PRODUCT, part, (whole, share)) for part, share in zip(parts[:-1], shares[:-1], strict=True)]
    sums = [Case(SUM, whole, tuple(parts[:-1]), signs=(1, 1)), Case(SUM, all_of_it, tuple(shares[:-1]), signs=(1, 1))]
    held = [each for each in products if each.follows() == EXACT]
    failed = [each for each in products if each.follows() == OFF]
    wrong = [
        each for each in sums if each.follows() != EXACT and abs(float(each.exact) - each.result.number) > each.result.step
    ]
    if len(held) == len(failed) == len(wrong) == 1:
        yield Law(PRODUCT, tuple(held), tuple(failed))
        yield Law(SUM, tuple(each for each in sums if each not in wrong), tuple(wrong))

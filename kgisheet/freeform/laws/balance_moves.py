"""Movements of a balance by the rates that are called as they are: expansion rate 5 % of the opening 5,000,000, expansion 250,000."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ...values.regex import regex
from ..read import terms
from .balance_rates import Balance, balance_of
from .judge import Law
from .law import OFF, PRODUCT, WRITTEN, Case
from .lists import Figure
from .tables import PERCENT

_GONE, _PERIOD = terms.of("gone"), terms.of("per_month", "per_quarter", "per_half", "per_week")
_RETAINED = regex(r"\b[gn]rr\b|\bndr\b|retention|維持|継続")


def balance_moves(every: Sequence[Sequence[Figure]]) -> Iterator[Law]:
    """Yield the movements of a balance by their rates, of which one fails; another one holds, or the closing amount wants the same of it."""
    for figures in every:
        balance = balance_of(figures)
        if balance is None:
            continue
        cases = list(_cases(figures, balance))
        held = [each for each in cases if each.follows() <= WRITTEN]
        failed = [each for each in cases if each.follows() == OFF]
        if len(failed) == 1 and (held or _is_wanted(balance, failed[0])):
            yield Law(PRODUCT, tuple(held), tuple(failed))


def _cases(figures: Sequence[Figure], balance: Balance) -> Iterator[Case]:
    for rate in figures:
        if rate.kind != PERCENT or rate.value.uses or _RETAINED.search(rate.label) or _PERIOD.search(rate.label):
            continue
        own = [each for each, _ in balance.moves if _is_of(rate, each) and each.kind == balance.opening.kind]
        if len(own) == 1 and own[0].value.number and not own[0].value.uses:
            by = Fraction(1 if own[0].value.number > 0 else -1)
            yield Case(PRODUCT, own[0].value, (balance.opening.value, rate.value), by)


def _is_of(rate: Figure, move: Figure) -> bool:
    return bool(rate.names & move.names) or (_GONE.search(rate.label) and _GONE.search(move.label))


def _is_wanted(balance: Balance, case: Case) -> bool:
    """Return whether the closing amount wants of a movement what its rate makes of the opening one."""
    total = balance.total
    wanted = total.solved(case.result)
    return total.follows() == OFF and wanted is not None and abs(wanted) == abs(case.exact)

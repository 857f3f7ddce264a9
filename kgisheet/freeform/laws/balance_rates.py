"""Rates of a balance in a list: 期首 20,000, 解約 ▲1,200, 増額 2,600, 期末 21,400; 解約率 6 %, NRR 107 %.

Where another of its rates is that of some of the movements, gross and net retention are what their names say. One that is that of
none of them, and off by a digit, is wrong; retention of another year is off by more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain, combinations
from typing import NamedTuple

from ...values.regex import regex
from ..read import terms
from .judge import Law
from .law import EXACT, RETAINED, SUM, Case
from .lists import Figure
from .suggested import is_a_digit_off
from .tables import PERCENT

_OPENING, _CLOSING, _GONE = terms.of("opening"), terms.of("closing"), terms.of("gone", "discount")
_NEW, _NO_MOVE = terms.of("of_new"), terms.of("price", "mean", "each", "multiple")
_GROSS = regex(r"\bgrr\b|gross (?:revenue |dollar )?retention|グロス")
_NET = regex(r"\bn[rd]r\b|net (?:revenue |dollar )?retention|ネット")
_PERIOD = regex(r"年|月|四半期|\b(?:annual|yearly|year|quarter|quarterly|month|monthly|ttm|ltm|trailing|12m)\b")
_LEAST, _MOST = 2, 6
_ROUNDED = 0.501


class Balance(NamedTuple):
    """The opening amount, all that came and went, each with its sign, and what there is at the end."""

    opening: Figure
    moves: list[tuple[Figure, int]]
    closing: Figure

    @property
    def total(self) -> Case:
        """The sum that the closing amount is."""
        parts = (self.opening, *(each for each, _ in self.moves))
        signs = (1, *(sign for _, sign in self.moves))
        return Case(SUM, self.closing.value, tuple(each.value for each in parts), signs=signs)


def balance_rates(every: Sequence[Sequence[Figure]]) -> Iterator[Law]:
    """Yield the retention of a list whose balance holds, where it fails and another rate of the list is one of its movements."""
    for figures in every:
        balance = balance_of(figures)
        if balance is None or balance.total.follows() != EXACT:
            continue
        rates = [each for each in figures if each.kind == PERCENT]
        shares = list(_shares(balance))
        known = [each for each in rates if any(_is(each, share) for share in shares)]
        failed = [
            case
            for each in rates
            if each not in known
            and not each.value.uses
            and (case := _by_its_name(each, balance)) is not None
            and _is_a_digit_off(each, case.exact)
        ]
        if known and len(failed) == 1:
            yield Law(RETAINED, (), tuple(failed))


def balance_of(figures: Sequence[Figure]) -> Balance | None:
    """Return the first balance of a list, whether or not it adds up."""
    first = next((at for at, each in enumerate(figures) if each.kind != PERCENT and _OPENING.search(each.label)), None)
    if first is None:
        return None
    last = next(
        (at for at in range(first + 1, len(figures)) if figures[at].kind != PERCENT and _CLOSING.search(figures[at].label)),
        None,
    )
    own = figures[first + 1 : last] if last is not None else []
    moves = [
        (each, -1 if _GONE.search(each.label) and each.value.number > 0 else 1)
        for each in own
        if each.kind != PERCENT and not _NO_MOVE.search(each.label)
    ]
    if last is None or not _LEAST <= len(moves) <= _MOST or not figures[first].value.number:
        return None
    return Balance(figures[first], moves, figures[last])


def _shares(balance: Balance) -> Iterator[Fraction]:
    """Yield what some of the movements are of what there was, and what is left with them."""
    amounts = [sign * each.value.exact / balance.opening.value.exact for each, sign in balance.moves]
    for some in chain.from_iterable(combinations(amounts, many) for many in range(1, len(amounts) + 1)):
        moved = sum(some, Fraction(0))
        yield from (moved, 1 + moved)


def _is_a_digit_off(rate: Figure, meant: Fraction) -> bool:
    step = Fraction(rate.value.step).limit_denominator(10**6)
    return step > 0 and is_a_digit_off(rate.value.exact / step, Fraction(round(meant / step)))


def _is(rate: Figure, share: Fraction) -> bool:
    return abs(abs(float(share)) - abs(rate.value.number)) <= rate.value.step * _ROUNDED


def _by_its_name(rate: Figure, balance: Balance) -> Case | None:
    """Return of which movements a rate is by its name: gross retention of what went, net of all that is of customers there were."""
    if _PERIOD.search(rate.label):
        return None  # of a year, below the movements of a quarter
    net, gross = _NET.search(rate.label) is not None, _GROSS.search(rate.label) is not None
    if net == gross:
        return None
    own = [
        (each.value, sign)
        for each, sign in balance.moves
        if not _NEW.search(each.label) and (net or sign * each.value.number < 0)
    ]
    values = (balance.opening.value, *(value for value, _ in own))
    return Case(RETAINED, rate.value, values, signs=(1, *(sign for _, sign in own)), only=rate.value.where)

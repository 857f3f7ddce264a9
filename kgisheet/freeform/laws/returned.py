"""Returns on an amount that was spent: ROI, where a list has one such amount and one that came in, and it is neither of the two ways but for a slip.

Return on investment is what came in ÷ what was spent, or what came in beyond that ÷ what was spent; people write both. A figure that is
one of the two with a nought too many, or with two digits exchanged, is a slip.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ...values.regex import regex
from ..read import terms
from .judge import Law
from .law import OFF, RATIO, RETAINED, Case
from .lists import Figure
from .tables import MONEY, PERCENT

_ROI = regex(r"\broi\b|投資対効果|投資収益率|\breturn on (?:investment|show|event|spend)\b|費用対効果")
_CAME = terms.of("revenue")
_CAME_TOO = regex(r"\b(?:bookings|order intake|arr|closed-won|value won)\b|受注(?:金)?額|売上")
_SPENT, _NEVER = terms.of("costs", "spent"), terms.of("price", "mean", "each", "multiple", "return_on", "wanted")
_THOUSAND = 1000


def returned(every: Sequence[Sequence[Figure]]) -> Iterator[Law]:
    """Yield the return of a list that is neither what came in by what was spent, nor what came in beyond it, but for a slip."""
    for figures in every:
        found = [each for each in figures if _ROI.search(each.label)]
        amounts = [each for each in figures if each.kind != PERCENT and each not in found and not _NEVER.search(each.label)]
        came = [each for each in amounts if _CAME.search(each.label) or _CAME_TOO.search(each.label)]
        spent = [each for each in amounts if each not in came and each.kind == MONEY and _SPENT.search(each.label)]
        if not len(found) == len(came) == len(spent) == 1 or not spent[0].value.number or found[0].value.uses:
            continue
        one, cost, own = came[0].value, spent[0].value, found[0].value
        ways = (Case(RATIO, own, (one, cost)), Case(RETAINED, own, (cost, one), signs=(-1, 1)))
        if all(each.follows() == OFF for each in ways):
            slips = [
                each for each in ways if _is_slip(own.exact, each.exact, Fraction(own.step).limit_denominator(_THOUSAND**2))
            ]
            if len(slips) == 1:
                yield Law(slips[0].kind, (), (slips[0]._replace(only=own.where),))


def _is_slip(now: Fraction, meant: Fraction, step: Fraction) -> bool:
    """Return whether a rate is what is meant, rounded as it is, with a nought too many or two digits exchanged."""
    if not step or meant <= 0 or now <= 0:
        return False
    typed = Fraction(round(meant / step)) * step
    if not typed:
        return False
    times = max(now / meant, meant / now)
    return abs(times - 10) <= Fraction(1, 20) or (now != typed and sorted(str(now / step)) == sorted(str(typed / step)))

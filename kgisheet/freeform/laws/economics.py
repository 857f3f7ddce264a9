"""Unit economics of a list, by the names that the field has for them: LTV = ARPA × margin × lifetime, LTV : CAC, CAC payback.

Who leaves the margin out says so nowhere: such a relation shows a figure to be wrong only where another one wants the same of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..read import terms
from ..read.terms import Terms
from .law import PRODUCT, Case
from .lists import Figure
from .making import Made
from .tables import COUNT, MONEY, PERCENT

_RATIO = terms.of("ratio_of_two")
_LTV, _CAC, _PAYBACK, _LIFETIME = (terms.of(each) for each in ("ltv", "cac", "payback", "lifetime"))
_INCOME, _PROFIT, _MARGIN = terms.of("income_of_one"), terms.of("profit_of_one"), terms.of("gross_margin")


def economics(figures: Sequence[Figure]) -> Iterator[Made]:
    """Yield what the one LTV, CAC and payback of a list are made of."""
    ltv, cac = _only(figures, _LTV, MONEY), _only(figures, _CAC, MONEY)
    ratio = _only(figures, _RATIO, COUNT)
    lifetime, payback = _only(figures, _LIFETIME, COUNT), _only(figures, _PAYBACK, COUNT)
    income, margin, profit = _only(figures, _INCOME, MONEY), _only(figures, _MARGIN, PERCENT), _only(figures, _PROFIT, MONEY)
    of_one = [each for each in ((profit,) if profit is not None else (income, margin)) if each is not None]
    if ltv is not None and cac is not None and ratio is not None and _LTV.search(figures[ratio].label):
        yield _made(figures, ltv, cac, ratio)
    if not of_one or of_one == [margin]:
        return
    if ltv is not None and lifetime is not None:
        yield _made(figures, ltv, *of_one, lifetime)
    if cac is not None and payback is not None:
        yield _made(figures, cac, *of_one, payback)


def _only(figures: Sequence[Figure], words: Terms, kind: str) -> int | None:
    """Return where the one figure of a list is that is called so, and isn't a ratio of such a one."""
    found = [
        at
        for at, each in enumerate(figures)
        if each.kind == kind and words.search(each.label) and (words is _RATIO or not _RATIO.search(each.label))
    ]
    return found[0] if len(found) == 1 else None


def _made(figures: Sequence[Figure], result: int, *of: int) -> Made:
    case = Case(PRODUCT, figures[result].value, tuple(figures[each].value for each in of), strict=True)
    return Made(case, tuple(sorted((result, *of))), named=True)

"""Unit economics of a list, by the names that the field has for them: LTV = ARPA × margin × lifetime, LTV : CAC, CAC payback.

Who leaves the margin out says so nowhere: such a relation shows a figure to be wrong only where another one wants the same of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ...values.regex import regex
from ..read import terms
from ..read.terms import Terms
from .judge import Law
from .law import EXACT, PRODUCT, ROUNDED, Case
from .lists import Figure
from .making import Made
from .tables import COUNT, MONEY, PERCENT

_RATIO = terms.of("ratio_of_two")
_LTV, _CAC, _PAYBACK, _LIFETIME = (terms.of(each) for each in ("ltv", "cac", "payback", "lifetime"))
_INCOME, _PROFIT, _MARGIN = terms.of("income_of_one"), terms.of("profit_of_one"), terms.of("gross_margin")


def economics(figures: Sequence[Figure]) -> Iterator[Made]:
    """Yield what the one LTV, CAC and payback of a list are made of."""
    ltv, cac = _only(figures, _LTV), _only(figures, _CAC)
    ratio = _only(figures, _RATIO, COUNT)
    lifetime, payback = _only(figures, _LIFETIME, COUNT), _only(figures, _PAYBACK, COUNT)
    income, margin, profit = _only(figures, _INCOME), _only(figures, _MARGIN, PERCENT), _only(figures, _PROFIT)
    of_one = [each for each in ((profit,) if profit is not None else (income, margin)) if each is not None]
    if ltv is not None and cac is not None and ratio is not None and _is_ratio(figures[ratio]):
        yield _made(figures, ltv, cac, ratio)
    if not of_one or of_one == [margin]:
        return
    if ltv is not None and lifetime is not None:
        in_years = _YEARS.search(figures[lifetime].label) and _MONTH.search(figures[of_one[0]].label)
        yield _made(figures, ltv, *of_one, lifetime, by=12 if in_years else 1)
    if cac is not None and payback is not None:
        yield _made(figures, cac, *of_one, payback)
    yield from _by_churn(figures, ltv, income, margin)


def _by_churn(figures: Sequence[Figure], ltv: int | None, income: int | None, margin: int | None) -> Iterator[Made]:
    """Yield what a customer brings by how many leave in the same period: 250 a month × 80 % ÷ 2 % a month."""
    churn = _only(figures, _CHURN, PERCENT)
    if ltv is None or income is None or margin is None or churn is None or not figures[margin].value.number:
        return
    if _only(figures, _LIFETIME, COUNT) is None and _is_by_month(figures[income]) == _is_by_month(figures[churn]):
        made = _made(figures, income, ltv, churn)
        yield made._replace(case=made.case._replace(by=1 / figures[margin].value.exact))


def _is_by_month(figure: Figure) -> bool:
    return _MONTH.search(figure.label) is not None


def retention(figures: Sequence[Figure]) -> Iterator[Made]:
    """Yield which amount is the opening one times its retention: the one for which it is right, or else the one before the rate."""
    opening = [at for at, each in enumerate(figures) if each.kind != PERCENT and _OPENING.search(each.label)]
    amounts_of = [at for at in opening if figures[at].kind == MONEY] or opening
    if len(amounts_of) != 1:
        return
    base = amounts_of[0]
    for at, rate in enumerate(figures):
        if rate.kind != PERCENT or not _RETENTION.search(rate.label):
            continue
        amounts = [place for place in range(base + 1, len(figures)) if figures[place].kind == figures[base].kind]
        made = [_retained(figures, place, base, at) for place in amounts]
        held = [each for each in made if each.case.follows() <= ROUNDED]
        before = [each for place, each in zip(amounts, made, strict=True) if place < at]
        yield from held[:1] or before[-1:]


def _retained(figures: Sequence[Figure], whole: int, base: int, rate: int) -> Made:
    case = Case(PRODUCT, figures[whole].value, (figures[base].value, figures[rate].value))
    return Made(case, tuple(sorted((whole, base, rate))), named=True)


_OPENING, _RETENTION = terms.of("opening", "due"), terms.of("retention")


def covered(figures: Sequence[Figure]) -> Iterator[Made]:
    """Yield the pipeline of a list as its coverage times what is to be won: the amount for which it is right, or the last one before it."""
    pipeline, times = _only(figures, _PIPELINE), _only(figures, _COVERAGE, COUNT)
    if pipeline is None or times is None or _COVERAGE.search(figures[pipeline].label):
        return
    made = {
        at: _made(figures, pipeline, at, times)
        for at, each in enumerate(figures)
        if each.kind != PERCENT and at not in (pipeline, times) and not _PRICE.search(each.label)
    }
    held = [each for each in made.values() if each.case.follows() <= ROUNDED]
    before = [
        each for at, each in made.items() if at < pipeline and figures[at].kind == MONEY and _TO_WIN.search(figures[at].label)
    ]
    # Of what is won already none is to be covered.
    partly = any(_WON.search(each.label) for each in figures)
    yield from held[:1] or ([] if partly else before[-1:])


_PIPELINE, _COVERAGE = terms.of("pipeline"), terms.of("coverage")
_WON = terms.of("difference", "on_top", "settled", "carried", "so_far")
_TO_WIN, _PRICE = terms.of("revenue", "amount", "goal"), terms.of("price", "each", "mean")


def without_margin(every: Sequence[Sequence[Figure]]) -> Iterator[Law]:
    """Yield an LTV, or a payback, that is worked out of the income of one where the list has its profit on a line: the margin was left out."""
    for figures in every:
        income, profit, churn = _only(figures, _INCOME), _only(figures, _PROFIT), _only(figures, _CHURN, PERCENT)
        ltv, lifetime, cac, payback = (
            _only(figures, _LTV),
            _only(figures, _LIFETIME, COUNT),
            _only(figures, _CAC),
            _only(figures, _PAYBACK, COUNT),
        )
        if income is None or profit is None or profit < income:
            continue
        ways: list[tuple[int, list[Made]]] = []
        if ltv is not None and lifetime is not None:
            ways.append((ltv, [_made(figures, ltv, each, lifetime) for each in (income, profit)]))
        elif ltv is not None and churn is not None:
            ways.append((ltv, [_made(figures, each, ltv, churn) for each in (income, profit)]))
        if cac is not None and payback is not None:
            ways.append((payback, [_made(figures, cac, each, payback) for each in (income, profit)]))
        for at, (by_income, by_profit) in ways:
            if by_income.case.follows() == EXACT < by_profit.case.follows() and not figures[at].value.uses:
                yield Law(PRODUCT, (), (by_profit.case._replace(only=figures[at].value.where),))


_CHURN = terms.of("churn")


def without_others(figures: Sequence[Figure], ways: Sequence[Made]) -> list[Made]:
    """Return ways without those of a payback or of LTV : CAC that its name doesn't say: neither is multiplied by anything else."""
    own = {at for at, each in enumerate(figures) if each.kind == COUNT and (_PAYBACK.search(each.label) or _is_ratio(each))}
    return [each for each in ways if each.named or not own & set(each.at)]


def _is_ratio(figure: Figure) -> bool:
    return _RATIO.search(figure.label) and _LTV.search(figure.label)


def _only(figures: Sequence[Figure], words: Terms, kind: str = "") -> int | None:
    """Return where the one figure of a list is that is called so, and isn't a ratio of such a one; without a kind an amount, with its unit or not."""
    kinds = (kind,) if kind else (COUNT, MONEY)
    found = [
        at
        for at, each in enumerate(figures)
        if each.kind in kinds
        and words.search(each.label)
        and (words is _RATIO or not _RATIO.search(each.label))
        and (words is _PAYBACK or not _PAYBACK.search(each.label))
    ]
    return found[0] if len(found) == 1 else None


_YEARS, _MONTH = regex(r"年|\byears?\b"), regex(r"月|\bmonth|\bmrr\b|/ ?mo\b")


def _made(figures: Sequence[Figure], result: int, *of: int, by: int = 1) -> Made:
    case = Case(PRODUCT, figures[result].value, tuple(figures[each].value for each in of), Fraction(by), strict=True)
    return Made(case, tuple(sorted((result, *of))), named=True)

"""A figure of a list shared out: 250 opportunities, 60, 30 and 10 % of them, and below these 150, 75 and 25.

Shares one after another that come to 100 % make the figures that follow in the same order: whatever rate comes next is of one of
those, or of another, and doesn't lead from one to the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .judge import Law
from .law import EXACT, PRODUCT, ROUNDED, Case
from .lists import Figure
from .making import Made, are_alike
from .tables import PERCENT

_LEAST, _FAR = 2, 4


def shared_out(figures: Sequence[Figure]) -> list[Made]:
    """Return the parts of a figure by shares, where these come to 100 % or those to the figure, and all are so, or all but one of three and more."""
    found: list[Made] = []
    for first, last in _shares(figures):
        many = last - first
        own = range(last, last + many)
        if own[-1] >= len(figures) or any(figures[each].kind == PERCENT for each in own):
            continue
        for whole in range(max(0, first - _FAR), first):
            if not all(are_alike(figures[whole], figures[each]) for each in own) or figures[whole].kind == PERCENT:
                continue
            parts = [
                Made(
                    Case(PRODUCT, figures[part].value, (figures[whole].value, figures[share].value)),
                    (whole, share, part),
                    named=True,
                )
                for share, part in zip(range(first, last), own, strict=True)
            ]
            held = [each for each in parts if each.case.follows() <= ROUNDED]
            exact = sum(each.case.follows() == EXACT for each in held) >= _LEAST
            # Of the shares or the parts one may be wrong.
            shares, made = (sum(figures[at].value.exact for at in some) for some in (range(first, last), own))
            if exact and (shares == 1 or made == figures[whole].value.exact) and len(held) >= max(_LEAST, many - 1):
                found += parts
                break
    return found


def gone_on(figures: Sequence[Figure], parts: Sequence[Made]) -> Iterator[Made]:
    """Yield the step from one of several parts over the rate after all of them: 150 of 250, and then 20 % and 750."""
    rate = max((each.at[-1] for each in parts), default=len(figures)) + 1
    if rate + 1 >= len(figures) or figures[rate].kind != PERCENT:
        return
    for part in (each.at[-1] for each in parts):
        for result, of in ((part, rate + 1), (rate + 1, part)):
            case = Case(PRODUCT, figures[result].value, (figures[of].value, figures[rate].value))
            if figures[rate + 1].kind != PERCENT and case.follows() == EXACT:
                yield Made(case, (part, rate, rate + 1), named=True)


def laws(every: Sequence[Sequence[Figure]]) -> Iterator[Law]:
    """Yield the law of each figure that is shared out."""
    for figures in every:
        parts = shared_out(figures)
        for whole in dict.fromkeys(each.at[0] for each in parts):
            cases = [each.case for each in parts if each.at[0] == whole]
            held = [each for each in cases if each.follows() <= ROUNDED]
            # The last of them may get the remainder of the others.
            yield Law(PRODUCT, tuple(held), tuple(each for each in cases if each not in held and not _is_nearly(each)))


def _is_nearly(case: Case) -> bool:
    return abs(case.exact - case.result.exact) <= abs(case.exact) / _FINE


_FINE = 50


def _shares(figures: Sequence[Figure]) -> Iterator[tuple[int, int]]:
    """Yield where rates one after another begin, and end."""
    first = 0
    while first < len(figures):
        last = first
        while last < len(figures) and figures[last].kind == PERCENT:
            last += 1
        if last - first >= _LEAST:
            yield first, last
        first = max(last, first + 1)

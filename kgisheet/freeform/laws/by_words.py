"""Figures of a list that others make as their names say, however far apart they are.

Ad cost per signed company, of the ad budget and the companies signed; 400 hours, of 4,800 calls of 5 minutes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from ...formula.grid import Where
from ...values.regex import regex
from ..read import terms
from .law import EXACT, PRODUCT, Case
from .lists import Figure
from .making import NUMBER
from .tables import PERCENT

_SPENT = terms.of("spent")
_EACH = terms.of("each")
_MINUTES, _HOURS = regex(r"分[)）]?$|(?<![部区自])分\b|\bmin(?:ute)?s?\b"), regex(r"時間|\bhours?\b|\bhrs?\b")
_NEAR, _IN_AN_HOUR = 4, 60


def by_words(figures: Sequence[Figure]) -> Iterator[int]:
    """Yield the figures that their names explain, and those that make them."""
    for at, figure in enumerate(figures):
        if figure.kind == PERCENT or not figure.value.number:
            continue
        if _EACH.search(figure.label):
            yield from _of_each(figures, at)
        if _HOURS.search(figure.label):
            yield from _of_minutes(figures, at)


def _of_each(figures: Sequence[Figure], at: int) -> Iterator[int]:
    """Yield what one of each costs, the amount and the count that its name has words of."""
    figure = figures[at]
    others = [place for place, each in enumerate(figures) if place != at and each.kind != PERCENT]
    for whole in others:
        if not figures[whole].names & figure.names and not _SPENT.search(figures[whole].label):
            continue
        for many in others:
            own = figures[whole], figures[many]
            shared = own[1].names & figure.names
            if whole == many or not shared or own[0].names & figure.names == shared:
                continue
            if Case(PRODUCT, own[0].value, (own[1].value, figure.value)).follows() == EXACT:
                yield from (at, whole, many)


def _of_minutes(figures: Sequence[Figure], at: int) -> Iterator[int]:
    """Yield hours, and the two figures near them that make as many minutes, one of which is said to be of minutes."""
    near = [each for each in range(max(0, at - _NEAR), min(len(figures), at + _NEAR + 1)) if each != at]
    for some in combinations(near, 2):
        one, other = (figures[each] for each in some)
        minutes = any(_MINUTES.search(each.label) for each in (one, other))
        if minutes and one.value.exact * other.value.exact == figures[at].value.exact * _IN_AN_HOUR:
            yield from (at, *some)


def by_own_numbers(figures: Sequence[Figure]) -> Iterator[frozenset[Where]]:
    """Yield a figure and the one next to it that are one another by a number of its name: 1,000 attendees, Seminars (50 attendees each) 20."""
    for at, figure in enumerate(figures):
        numbers = [Fraction(each) for each in NUMBER.findall(figure.label)]
        for place in (at - 1, at + 1):
            other = figures[place] if 0 <= place < len(figures) else None
            if other is None or PERCENT in (figure.kind, other.kind):
                continue
            ways = ((figure, other), (other, figure))
            if any(one.value.exact == its.value.exact * each for each in numbers if each > 1 for one, its in ways):
                yield frozenset((figure.value.where, other.value.where))

"""Steps by a number in words on the line of one of two figures of a list, or between them: ↓30%; 見積成約率25%; 12か月で割る; 25% no-show.

In which direction it leads, and of which of the two it is, isn't asked: such a step shows a figure to be wrong only where
another one wants exactly the same of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from ...values.regex import regex
from ..read import terms
from ..read.spelling import plain
from .explained import PERIOD, usual
from .law import MULTIPLE, ROUNDED, Case
from .lists import Figure
from .making import Made, are_alike, rates_of
from .said import NUMBER as SAID_NUMBER
from .said import numbers
from .tables import MONEY, PERCENT, Tables

_GONE = terms.of("gone", "discount")
_MOST = 6


def worded(tables: Tables, figures: Sequence[Figure]) -> Iterator[Made]:
    """Yield what each count may be by the one before it and a number that a text near them says, on whose line most that hold say it."""
    ways: tuple[list[Made], list[Made]] = ([], [])
    for at, (one, other) in enumerate(pairwise(figures)):
        if {one.kind, other.kind} & {MONEY, PERCENT} or not are_alike(one, other):
            continue
        of_period = [*_of_period(one, other), *_of_period(other, one)]
        for way, texts in zip(ways, _texts(tables, one, other), strict=True):
            said = {by for by in (*of_period, *(by for text in texts for by in _said(text))) if by not in (0, 1)}
            for by in said if len(said) <= _MOST else ():
                for times in (by, 1 / by):
                    way.append(Made(Case(MULTIPLE, other.value, (one.value,), times), (at, at + 1), sure=False))
    held = [len({each.at for each in way if each.case.follows() <= ROUNDED}) for way in ways]
    for way, many in zip(ways, held, strict=True):
        yield from way if many == max(held) else ()


def _of_period(one: Figure, other: Figure) -> Sequence[Fraction]:
    """Return how many of its period another figure may be of, where it is called as that but for it: offers, and offers a month."""
    alike = one.names - PERIOD <= other.names and bool(one.names - PERIOD)
    return usual(one.label) if alike and not usual(other.label) else ()


def _texts(tables: Tables, one: Figure, other: Figure) -> tuple[list[str], list[str]]:
    """Return the texts between two figures and on the line of the second one, and those on the line of the first."""
    if one.value.at[0] >= other.value.at[0]:
        return [], []  # of two lists side by side
    before, *between, after = (
        [spot.flat for spot in tables.cells.page.plane.rows.get(row, ()) if spot.text and spot.col != one.value.at[1]]
        for row in range(one.value.at[0], other.value.at[0] + 1)
    )
    return [*after, *(text for texts in between for text in texts)], before


def _said(text: str) -> Iterator[Fraction]:
    """Yield the rates and numbers that a text says, and what is left where a rate goes away."""
    flat = plain(text)
    for rate in rates_of(flat):
        yield rate
        if rate < 1 and _GONE.search(flat):
            yield 1 - rate
    yield from (each.value for each in numbers(flat) if each.kind == SAID_NUMBER)
    yield from (Fraction(each) for match in _PERIODS.findall(flat) for each in match if each)


_PERIODS = regex(
    r"(\d{1,3})\s*(?:[かヶケ箇]月|週|営業日|日(?!目|付|前)|months?\b|weeks?\b|(?:working |business )?days?\b)"
    r"|(\d{1,4})[本件社人名回通枚](?:で|に|につき)[^\d]{0,6}1[本件社人名回通枚]"
)

"""Headings that are numbers: the year 2027 over the totals, among quarters that are words; 6か月 beside 月額, over their figures."""

from __future__ import annotations

from collections.abc import Sequence

from .lexicon import TEXT, Word
from .plane import Plane, Spot
from .units import PERIODS

_FIRST, _LAST, _WORDS = 1990, 2099, 3


def is_year_over(spot: Spot, row: Sequence[Spot]) -> bool:
    """Return whether a number is a year in a row of headings: all others of it are words, or years as well."""
    own = spot.amount
    if own is None or own.unit is not None or own.number.denominator != 1 or not _FIRST <= own.number <= _LAST:
        return False
    words = [each for each in row if each.word is not None]
    years = [each for each in row if each.word is None and each.amount is not None and _FIRST <= each.amount.number <= _LAST]
    return len(words) >= _WORDS and len(words) + len(years) == len(row)


def settle(plane: Plane) -> None:
    """Take for words what is a number of months in a row of headings, over figures, or begins a line: 6か月, 10日."""
    for row, spots in plane.rows.items():
        periods = [each for each in spots if each.text and _is_period(each)]
        for each in periods[:1]:
            if each is spots[0]:
                each.means(Word(TEXT, each.text))
        if not periods or len(spots) < _WORDS or any(each.word is None and each not in periods for each in spots):
            continue
        for each in periods:
            column = plane.cols[each.col]
            if any(_is_figure(other, row + 1) for other in column) and not any(_is_figure(other, row - 1) for other in column):
                each.means(Word(TEXT, each.text))


def _is_figure(spot: Spot, row: int) -> bool:
    return spot.row == row and spot.word is None


def _is_period(spot: Spot) -> bool:
    unit = spot.amount.unit if spot.amount is not None else None
    return unit is not None and unit in PERIODS.values()

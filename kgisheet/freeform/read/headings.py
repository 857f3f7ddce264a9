"""Headings that are numbers: the year 2027 over the totals, among quarters that are words."""

from __future__ import annotations

from collections.abc import Sequence

from .plane import Spot

_FIRST, _LAST, _WORDS = 1990, 2099, 3


def is_year_over(spot: Spot, row: Sequence[Spot]) -> bool:
    """Return whether a number is a year in a row of headings: all others of it are words, or years as well."""
    own = spot.amount
    if own is None or own.unit is not None or own.number.denominator != 1 or not _FIRST <= own.number <= _LAST:
        return False
    words = [each for each in row if each.word is not None]
    years = [each for each in row if each.word is None and each.amount is not None and _FIRST <= each.amount.number <= _LAST]
    return len(words) >= _WORDS and len(words) + len(years) == len(row)

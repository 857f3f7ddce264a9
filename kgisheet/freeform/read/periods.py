"""Periods as people write them: months, years, quarters and halves, and what a year's figure is spread over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from ...language.months import MONTH_NUMBERS
from ...values.regex import regex

T = TypeVar("T")

_MAY_BE_MONTH = regex(r"[\s\da-z/-]")
_MONTH = regex(r"^(?:(?:fy)?(\d{4})[-/.年]?度?)?\s*[-/]?(\d{1,2})月度?分?(?:目標)?$")
_YEAR_MONTH = regex(r"^(\d{4})[-/.](\d{1,2})(?:[-/.]0?1)?$")
_ENGLISH_MONTH = regex(r"^([a-z]{3,9})\.?[\s,'’/-]*(\d{2}|\d{4})?$")
YEAR = regex(
    r"^(?:fy|令和|平成|r)?\s*'?(\d{1,2}|\d{4})(?:年度?|年度目標|年目標|年計画|年度計画)$|^(?:fy)\s*'?(\d{2,4})$|^(20\d{2})$"
)


PER_TIME = regex(
    r"^(?:四半期|週|1人(?:あたり)?/?年|(?:1(?:ヶ|か|カ|ケ)?月|月|1?週間?|1?日|四半期|1人|一人|担当者?|営業)(?:あたり|間|次|平均)|月間|週間|日次|週次|月次|1週|1日|1人/?[日月週]|1人(?:あたり)?/?[日月週]?"
    r"|(?:per|each|a) ?(?:month|week|day|quarter|rep|person|head|ae|sdr)(?:/?(?:year|month|week|day))?|perrep/?(?:year|month|week|day)?|annual|yearly|per ?year|monthly|weekly|daily|quarterly|month|week|day|quarter)(?:\(.*\))?$"
)
"""Periods and people that a figure of the year is spread over."""

PART = regex(
    r"^(?:fy?\d{2,4})?(?:(上|下)(?:半)?期|h([12])|第?([1-4])(?:四半期|q)|q([1-4]))(?:fy)?'?(?:\d{2,4})?(?:目標|計画)?(合?計|小計|total)?$"
)


def part_of_year(name: str) -> int | None:
    """Return which part of the year a subtotal among the months is of: the half, 0 or 1, or the quarter, 2 to 5."""
    match = PART.match(name)
    if match is None:
        return None
    if match[1] or match[2]:
        return 0 if match[1] == "上" or match[2] == "1" else 1
    return int(match[3] or match[4]) + 1


def months_of(part: int, months: Sequence[T]) -> Sequence[T]:
    """Return those of consecutive months that a part of the year is of: of eight, the first half's six; none if they aren't there."""
    many, at = (_HALF, part) if part < _HALVES else (_QUARTER, part - _HALVES)
    if len(months) <= many:
        return months
    return months[at * many : (at + 1) * many] if len(months) >= (at + 1) * many else ()


_HALVES, _HALF, _QUARTER = 2, 6, 3


def month_of(flat: str) -> tuple[int, int] | None:
    """Return (year or 0, month) of 4月, 2026年4月, 2026-04, Apr, April 2026; None if it isn't a month."""
    if not _MAY_BE_MONTH.match(flat):
        return None
    for pattern in (_MONTH, _YEAR_MONTH):
        match = pattern.match(flat)
        if match:
            year, month = int(match[1] or 0), int(match[2])
            return (year, month) if 1 <= month <= 12 and (year == 0 or 1990 <= year <= 2199) else None
    match = _ENGLISH_MONTH.match(flat)
    if match and match[1] in MONTH_NUMBERS:
        year = int(match[2] or 0)
        return (year + 2000 if 0 < year < 100 else year), MONTH_NUMBERS[match[1]]
    match = re.match(r"^(\d{4})[\s-]+([a-z]{3,9})$", flat)
    if match and match[2] in MONTH_NUMBERS:
        return int(match[1]), MONTH_NUMBERS[match[2]]
    return None

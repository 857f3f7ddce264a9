"""One goal as a year's, a month's, a week's, a day's, a head's: each column is the one before by the same number in every row."""

from __future__ import annotations

import heapq
import re
import statistics
from collections.abc import Iterator
from fractions import Fraction

from ...check.finding import Finding
from ...formula.grid import Where
from ...language.catalogue import Phrase
from ...values.regex import regex
from ..read import lexicon
from ..read.figures import Figure
from ..read.lexicon import PERIOD, PLAIN, TOTAL
from ..read.periods import PER_TIME
from ..read.plane import Spot
from . import following, telling, working
from .cells import Cells
from .relation import FAILS, HOLDS, QUOTIENT, Relation, at_fault
from .rounding import ONE, fits
from .totals import NOT_ADDED

_LEAST = 2
_YEAR = ("年間", "年", "年度", "通年", "通期", "合計", "year", "fullyear", "total")
_GAP = 2


class Ratios:
    """The ratios of the periods' columns of one sheet, found where most rows agree on them."""

    def __init__(self, cells: Cells) -> None:
        self.relations: list[Relation] = []
        for row, spots in cells.page.plane.rows.items():
            heads = [each for each in spots if each.kind in (PERIOD, TOTAL, PLAIN) or _may_be_of_each(each)]
            for at, other in enumerate(heads[1:], 1):
                # Of the column before it, else of the first: per head of the year, beside a week's.
                for one in dict.fromkeys((heads[at - 1], heads[0])):
                    # Quarters and years beside each other may be in any ratio, and the days' means of two stages.
                    is_pair = lexicon.key(one.text) != lexicon.key(other.text) and _is_spread(other)
                    if (
                        is_pair
                        and (lexicon.key(one.text) in _YEAR or _is_spread(one))
                        and self._columns(list(_below(cells, row, one.col, other.col)), _is_month_of_year(one, other))
                    ):
                        break

    def _columns(self, pairs: list[tuple[Figure, Figure]], of_months: bool = False) -> bool:
        """Relate two columns: by the number of which most of their rows are the quotient, to what they are rounded to."""
        by = [(one.value or ONE) / (other.value or ONE) for one, other in pairs]
        fine = max((other.value or ONE for _, other in pairs if (other.value or ONE).denominator != 1), default=Fraction(0))
        agreeing = {each: sum(_is(one, other, each, fine) for one, other in pairs) for each in _likely(by)}
        if not agreeing:
            return False
        usual = max(agreeing, key=lambda each: (agreeing[each], each.denominator == 1, -each.denominator))
        if of_months and len(pairs) == _LEAST and _exact(pairs, _MONTHS) and _exact(pairs, usual) < _LEAST:
            usual = _MONTHS  # of a year and a month twelve do where another number does but nearly
        elif agreeing[usual] < _LEAST or agreeing[usual] * 2 <= len(pairs):
            return False
        if agreeing[usual] < len(pairs):
            # Small counts are rounded to another number: 477 a year are 9 a week, and 9 × 53, but 52 weeks do for all of them.
            usual = next((each for each in _OF_THE_YEAR if all(_is(one, other, each, fine) for one, other in pairs)), usual)
        for one, other in pairs:
            way = Phrase(
                "freeform.way.per",
                one=Phrase("freeform.way.figure", label=telling.label(one), value=telling.value(one, one.value or ONE)),
                by=telling.plain(usual),
            )
            state = HOLDS if _is(one, other, usual, fine) else FAILS
            exact = (one.value or Fraction(0)) / usual
            self.relations.append(Relation(QUOTIENT, other, (one,), exact, state, way, f"={one.cell}/{working.typed(usual)}"))
        return True

    def findings(self, told: set[tuple[str | None, str | None]], sound: set[Where]) -> Iterator[Finding]:
        """Report the figure that failing ratios of a row have in common; at its ends the one that nothing else confirms."""
        spread = [
            each
            for each in self.relations
            if each.state == HOLDS or not (each.result.formula or "").lstrip("=").startswith("AVERAGE")
        ]
        for figure, relation in at_fault(spread, told, sound):
            yield _finding(figure, relation)


def _exact(pairs: list[tuple[Figure, Figure]], by: Fraction) -> int:
    """Return on how many lines the one is exactly so many times the other."""
    return sum(one.value == (other.value or Fraction(0)) * by for one, other in pairs)


def _is_month_of_year(one: Spot, other: Spot) -> bool:
    return lexicon.key(one.text) in _YEAR and lexicon.key(other.text) in _MONTH


_MONTH, _MONTHS = ("月間", "月", "月次", "month", "permonth", "monthly"), Fraction(12)


def _likely(by: list[Fraction]) -> list[Fraction]:
    """Return the quotients that may be that of most rows: such as a goal is spread over, and nearest to the middle one of all.

    What more than half of the rows agree on lies among theirs, and so does the middle one; a long list is gone through a few times,
    not once for each of its rows.
    """
    middle = statistics.median(by) if by else ONE
    usual = [each for each in dict.fromkeys(by) if each > 1 and _is_usual(each)]
    return heapq.nsmallest(_LIKELY, usual, key=lambda each: abs(each - middle))


_LIKELY = 16


def _is_usual(by: Fraction) -> bool:
    """Return whether a number is such as a goal is spread over: months, days, people; weeks of a month or year."""
    return by.denominator <= _HALF or any(abs(by - each) < Fraction(1, 20) for each in _WEEKS)


_HALF = 2
_WEEKS = (Fraction(13, 3), Fraction(365, 84), Fraction(365, 7))
_OF_THE_YEAR = tuple(map(Fraction, (52, 50, 48, 12, 13, 26, 4)))


def _is_spread(head: Spot) -> bool:
    """Return whether a heading is of what a goal is spread over: 月間, 1日, per rep."""
    return PER_TIME.match(lexicon.key(head.text)) is not None or _may_be_of_each(head)


def _may_be_of_each(head: Spot) -> bool:
    # The first look is at the text as it is: a long list has many.
    return _MAY.search(head.text) is not None and _EACH.search(head.flat) is not None


_MAY = regex(r"年|半期|四半期|月|週|日|[/／]|[当あ]|per|each|year|half|quarter|month|week|day| a ", re.IGNORECASE)


_EACH = regex(
    r"^(?:年|半期|四半期|月|週|日)$|^(?:チーム|全員|全体|全社|部|課|1人|一人|各自|個人)\s*[/・]?\s*(?:年間?|月間?|週間?|日)$|(?:あたり|[/・]\s*(?:人|名|年|月|週|日|店|拠点|台))\s*$"
    r"|^(?:full )?(?:year|half|quarter|month|week|day)$|(?:/|\bper|\ba|\beach)\s*(?:year|yr|quarter|month|mo|week|wk|day|head|person|rep|[as]dr|bdr|ae|seller|agent|store|branch)$"
)
"""Headings of columns that one goal is spread over, Team / month, 1人あたり, if one number is between them on every line."""


def _below(cells: Cells, row: int, one: int, other: int) -> Iterator[tuple[Figure, Figure]]:
    """Yield the figures of two columns under their headings, row by row, up to a row without."""
    gap = 0
    while gap < _GAP:
        row += 1
        first, second = (cells.amounts.get((row, each)) for each in (one, other))
        if first is None or second is None:
            gap += 1
            continue
        gap = 0
        spots = first[0], second[0]
        values = [cells.value(each) for each in spots]
        label = cells.label(spots[0])
        if values[0] == values[1] and label is not None and NOT_ADDED.search(label.flat):
            continue  # a price is a month's as well as a year's
        if not any(map(cells.is_rate, spots)) and all(value > 0 for value in values):
            yield cells.figure(spots[0]), cells.figure(spots[1])


def _is(one: Figure, other: Figure, by: Fraction, fine: Fraction) -> bool:
    """Return whether a figure is another one spread; a small one to its decimals where one of its size, ``fine``, has them."""
    found, exact = other.value or Fraction(0), (one.value or Fraction(0)) / by
    if found.denominator == 1 and found <= 2 * fine:
        return abs(found - exact) < Fraction(1, 10)
    return fits(found, exact)


def _finding(figure: Figure, relation: Relation) -> Finding:
    (one,), other = relation.operands, relation.result
    expected, way, formula = relation.exact, relation.way, relation.formula
    if figure.where == one.where:
        by = (one.value or ONE) / relation.exact if relation.exact else ONE
        expected = (other.value or Fraction(0)) * by
        value = telling.value(other, other.value or Fraction(0))
        times = Phrase("freeform.way.figure", label=telling.label(other), value=value)
        way = Phrase("freeform.way.times_number", one=times, by=telling.plain(by))
        formula = f"={other.cell}*{working.typed(by)}"
    code, what = following.edited(figure)
    return following.does_not_follow(figure, expected, way, (following.fix_of(figure), formula), code=code, what=what)

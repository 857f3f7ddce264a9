"""Figures of different things in one formula: fees and how many clients there are added up, a day's calls and the days of a month.

Only figures of one kind are added. What is of one of something, and how many of these there are, is multiplied; where the amount of
these many was worked out, and nobody uses it, that is what was to be added.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...values.regex import regex
from ..read import terms
from .direction import direction_said
from .fills import HOLE, At
from .formed import BRACKETS, Line, Lists, replaced
from .idle import ones, things
from .lists import AMOUNT
from .tables import COUNT, MONEY, PERCENT

_APIECE = terms.of("price", "each", "mean")
_CHANGES = terms.of("growth", "grows", "more", "margin", "discount", "tax", "compared", "gone")
_COUNTS = terms.of("customers", "deal", "before_deal", "heads")
_COUNTED = regex(r"[件社人名台枚回]数|[(（][件社人名台枚回][)）]|\b(?:number|count)\b|#")
_LATIN = regex(r"[a-z]{3,}")
_TWO = regex(rf"({HOLE})([-+*/])({HOLE})(?![*/^])")
_TOO_SMALL, _TOO_LARGE = 1, 10**6
_MANY = 10


class Mixed:
    """The formulas of the lists of one sheet that take different things as if they were of one kind."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists

    def __iter__(self) -> Iterator[tuple[At, str]]:
        """Yield them with what is meant."""
        for lines in self.lists:
            for line in lines.values():
                if line.formula is None:
                    continue
                cells = line.formula.cells
                others = [each for cell in cells if (each := self.lists.get(cell)) is not None]
                if not len(others) == len(cells) == len(set(cells)):
                    continue
                found = None
                if line.terms:
                    found = self._of_another_kind(lines, line, others) or self._added(lines, line, others)
                elif len(others) == 2 and line.factors:
                    found = self._of_no_amount(line, others) or self._of_other_things(lines, line, others)
                if found is not None:
                    yield line.at, found

    def _of_another_kind(self, lines: Mapping[At, Line], line: Line, others: Sequence[Line]) -> str | None:
        """Return a sum with the amount that was worked out of the one count in it, and that nobody uses, for that count."""
        for odd in others:
            rest = {each.kind for each in others if each is not odd}
            if len(others) < 2 or rest != {MONEY} or line.kind != MONEY:
                continue
            idle = [
                each
                for each in lines.values()
                if each.kind == MONEY and each.at < line.at and not each.typed and not self.lists.is_used(each.at)
            ]
            if len(idle) != 1 or not self._is_amount(idle[0]):
                continue
            if odd.kind == COUNT or odd.at in idle[0].factors:
                return replaced(line.formula, odd.at, idle[0].at) if line.formula is not None else None
        return None

    def _is_amount(self, line: Line) -> bool:
        """Return whether a product is an amount of money, and not one amount by another."""
        by = [
            power for cell, power in line.factors.items() if (each := self.lists.get(cell)) is not None and each.kind == MONEY
        ]
        return bool(line.factors) and (not by or sum(by) == 1)

    def _added(self, lines: Mapping[At, Line], line: Line, others: Sequence[Line]) -> str | None:
        """Return two figures, one of one of what the other one counts, as a product where they are added; a figure and a rate, too."""
        if len(others) != 2:
            return None
        for one, many in (others, others[::-1]):
            if self._is_of_each(line, one, many) or self._is_price(line, one, many):
                return _with_sign(line, "*")
            rate = many
            if rate.kind == PERCENT and one.kind == line.kind != PERCENT and not self._is_change(rate):
                sign = self._way(lines, line, one, rate)
                return _with_sign(line, sign, one.at) if sign else None
        return None

    def _is_of_each(self, line: Line, one: Line, many: Line) -> bool:
        """Return whether a figure is of one of the things that another one counts, and a third one of them all: calls a day, days."""
        of = ones(one.label) & _head(many)
        return bool(of) and many.kind == COUNT and not ones(line.label) & things(many) and not of & things(one)

    def _is_price(self, line: Line, price: Line, many: Line) -> bool:
        """Return whether a figure is an amount, another one the price of one of what a third one counts."""
        return (
            line.kind == price.kind == MONEY
            and bool(_APIECE.search(price.label))
            and not _APIECE.search(line.label)
            and is_count(self.lists, many)
        )

    def _is_change(self, rate: Line) -> bool:
        return bool(_CHANGES.search(rate.label))

    def _way(self, lines: Mapping[At, Line], line: Line, one: Line, rate: Line) -> str:
        """Return whether a figure is another one times a rate or by it, as the labels say, or as all other steps of the list go."""
        said = direction_said(line, one, rate)
        value, of = self.lists.value(rate.at), self.lists.value(one.at)
        if said is None or value is None or not 0 < value < 1 or of is None or of < _MANY:
            return ""
        ways = {
            power
            for each in lines.values()
            if len(each.factors) == 2 and each.kind == line.kind
            for cell, power in each.factors.items()
            if (taken := self.lists.get(cell)) is not None and taken.kind == PERCENT
        }
        way = said or (ways.pop() if len(ways) == 1 else 0)
        return "*" if way == 1 else "/" if way == -1 else ""

    def _of_no_amount(self, line: Line, others: Sequence[Line]) -> str | None:
        """Return a product of a count and a price, or an amount by a price, where it goes the other way: 0.002 of revenue."""
        value = self.lists.value(line.at)
        if value is None or line.by != 1:
            return None
        for one, other in (others, others[::-1]):
            powers = (line.factors.get(one.at), line.factors.get(other.at))
            if other.kind != MONEY or not self._is_dear(other):
                continue
            if powers in ((1, -1), (-1, 1)) and self._is_price(line, other, one):
                is_sure = 0 < value < _TOO_SMALL if powers == (1, -1) else self._is_dearer(one, other)
                if is_sure and line.kind == MONEY:
                    return _with_sign(line, "*")
            is_goal = one.kind == MONEY and not _APIECE.search(one.label) and bool(_APIECE.search(other.label))
            if powers == (1, 1) and is_goal and is_count(self.lists, line) and value > _TOO_LARGE:
                return _with_sign(line, "/", one.at)
        return None

    def _of_other_things(self, lines: Mapping[At, Line], line: Line, others: Sequence[Line]) -> str | None:
        """Return a price of one of something times how many there are of that, where it takes how many of another: deals, not vehicles.

        Those that were meant were worked out above it, and no formula uses them.
        """
        for price, many in (others, others[::-1]):
            of = ones(price.label)
            if price.kind != MONEY or many.kind != COUNT or not of or of & things(many) or line.formula is None:
                continue
            if line.factors != {price.at: 1, many.at: 1}:
                continue
            idle = [
                each
                for each in lines.values()
                if each.kind == COUNT and each.at < line.at and not each.typed and not self.lists.is_used(each.at)
            ]
            if len(idle) == 1 and of & things(idle[0]) and not ones(idle[0].label):
                return replaced(line.formula, many.at, idle[0].at)
        return None

    def _is_dear(self, price: Line) -> bool:
        value = self.lists.value(price.at)
        return value is not None and value > 1

    def _is_dearer(self, count: Line, price: Line) -> bool:
        """Return whether a price by a count is less than the price of one, where all of these are meant."""
        many, value = self.lists.value(count.at), self.lists.value(price.at)
        return many is not None and value is not None and many > 1


def is_count(lists: Lists, line: Line) -> bool:
    """Return whether a figure is of things for certain: by its unit or its label, or as it comes of such ones by a rate."""
    if line.kind != COUNT or AMOUNT.search(BRACKETS.sub("", line.label)):
        return False
    unit = lists.cells.amount(line.spot).unit
    if unit is not None or _COUNTED.search(line.whole) or _COUNTS.search(line.label):
        return True
    kinds = sorted((each.kind, power) for cell, power in line.factors.items() if (each := lists.get(cell)) is not None)
    return kinds in ([(MONEY, -1), (MONEY, 1)], [(COUNT, 1), (PERCENT, -1)], [(COUNT, 1), (PERCENT, 1)])


def _head(line: Line) -> frozenset[str]:
    """Return what a figure counts: in English the first word of its label, or the last one; in Japanese any."""
    found = things(line)
    words = _LATIN.findall(line.label)
    ends = {words[0].removesuffix("s")[:6], words[-1].removesuffix("s")[:6]} if words else set()
    return frozenset(each for each in found if not each.isascii() or each in ends)


def _with_sign(line: Line, sign: str, first: At | None = None) -> str | None:
    """Return a formula of two cells with another sign between them; the one to be divided before the other."""
    formula = line.formula
    if formula is None or len(formula.cells) != 2:
        return None
    found = _TWO.search(formula.bare)
    if found is None or formula.bare.count(HOLE) != 2:
        return None
    bare = f"{formula.bare[: found.start(2)]}{sign}{formula.bare[found.end(2) :]}"
    if first in (None, formula.cells[0]):
        return formula._replace(bare=bare).text(formula.cells)
    return formula._replace(bare=bare, fixed=formula.fixed[::-1]).text(formula.cells[::-1])

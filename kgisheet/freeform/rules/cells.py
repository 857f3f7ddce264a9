"""Every figure of a sheet, whether a label claims it or not, with the texts before and above it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import cached_property

from ...formula.grid import Sheets
from ...values.regex import regex
from ...values.units import CURRENCY, RATE
from ..read import stages, terms
from ..read.amounts import PERCENT, Amount
from ..read.figures import WHOLE, Figure
from ..read.lexicon import MARK, UNIT
from ..read.page import Page
from ..read.plane import Spot
from ..read.units import Unit, unit_in
from .aside import for_comparison, line_numbers
from .references import References

NO_SUM = regex(r"\b(?:MAX|MIN|LARGE|SMALL|AVERAGE|AVERAGEIFS?|MEDIAN|COUNT[AI]?[FS]*)\(", re.IGNORECASE)
"""A formula that says itself that its figure is a mean, or the most of others, or how many they are."""

_SIGNS = frozenset(("$", "£", "€", "#"))
OF_THINGS = regex(
    r"[件社人名台枚]数(?:[(（].*)?$|[(（][件社人名台枚][)）]$"
    r"|^(?!.*\b(?:revenue|sales|value|amount|budget|cost|price|pipeline|arr|mrr|bookings|spend|from|in)\b)(?:[a-z-]+ ){0,3}"
    r"(?:customers|clients|proposals|leads|opportunities|opps|meetings|demos|deals|visits|visitors|calls|accounts|logos|quotes|enquiries"
    r"|inquiries|s[aq]ls|mqls|trials|units|systems|seats|projects|machines|bids|tenders|contracts)"
    r"(?: (?:sold|won|signed|needed|required|booked|held|sent|(?:a|per) (?:month|year|week)))?$"
)
"""A title in 万円 over a list says nothing of these."""

_BY_EACH_OTHER, _POINTS, _TIMES = terms.of("by_each_other"), terms.of("points"), 10
_HOW_MANY, _OF_A_YEAR = terms.of("periods_left"), 366
_PER_CENT = regex(r"[(（\[]\s*(?:%|％|percent|per cent|pct)\s*[)）\]]$|(?:率|rate|share|to [a-z]+),? (?:%|in %)$")
_SAYS_UNIT = regex(r"[(（\[][^()（）]{1,6}[)）\]]$")
_IN_BRACKETS = regex(r"\(([^()]*)\)$")
_CURRENCY = regex(r"[¥$€£\\]|JPY|USD|EUR", re.IGNORECASE)


_OF_WHICH = regex(r"^[\s　・└┗├-]*(?:うち|内訳|of which|incl\.?)\s*", re.IGNORECASE)
_SO_FAR = regex(r"^(?:(?:売上)?累計(?:売上)?|累積|通算|running total|cumulative(?: total)?|ytd|to date)$")
_COUNTED = regex(r"[件社人名数回率比]|deals|leads|customers|number|share|rate|%", re.IGNORECASE)
_LIST = 4
"""Figures of which a column has to be a list, one below the other."""

_PARTS = 6


class Cells:
    """The figures of one sheet by their place. Texts are looked up by halving: a long list is passed once, not for each cell."""

    def __init__(self, page: Page, sheets: Sheets, references: References) -> None:
        self.page = page
        self.sheets = sheets
        self.amounts: dict[tuple[int, int], tuple[Spot, Amount]] = page.amounts(sheets)
        self.references = references
        self._values: dict[tuple[int, int], Fraction] = {}
        self._money: dict[tuple[int, int], Unit | None] = {}
        self.rows = {row: _Texts(spots, lambda spot: spot.col) for row, spots in page.plane.rows.items()}
        self.cols = {col: _Texts(spots, lambda spot: spot.row) for col, spots in page.plane.cols.items()}
        self.line_numbers = line_numbers(page.plane, self.amounts, sheets.formulas)
        """The rows of the sheet by their numbers, 1 to 7 in its first column."""
        self._without_aside()
        self._whole_per_cent: set[tuple[int, int]] = set()
        for at, (spot, amount) in self.amounts.items():
            if amount.unit is None and amount.number > 1 and self._is_said_per_cent(spot):
                self.amounts[at] = spot, amount._replace(unit=PERCENT)
                self._whole_per_cent.add(at)

    def _without_aside(self) -> None:
        """Leave out the figures that have no part in the sheet: numbers of lines, columns to compare with."""
        numbered = set(self.line_numbers.values())
        first = min((col for row, col in self.amounts if row in numbered), default=0)

        def is_in_use(at: tuple[int, int]) -> bool:
            where = (self.page.title, *at)
            return where in self.sheets.formulas or where in self.references.used

        out = for_comparison(self.page.plane, self.amounts, is_in_use) | {(row, first) for row in numbered}
        for at in out:
            del self.amounts[at]

    def is_fraction(self, spot: Spot) -> bool:
        """Return whether a rate's cell holds it as a fraction: 0.3 under a percent format, and not 30 beside Close rate (%)."""
        return self.is_rate(spot) and (spot.row, spot.col) not in self._whole_per_cent

    def _is_said_per_cent(self, spot: Spot) -> bool:
        """Return whether the text before a figure, or over it, ends in its unit, per cent: 30 beside Close rate (%)."""
        label = self.label(spot)
        head = self.heading(spot) if label is None or not _SAYS_UNIT.search(label.flat) else None
        return any(each is not None and _PER_CENT.search(each.flat) is not None for each in (label, head))

    def amount(self, spot: Spot) -> Amount:
        return self.amounts[spot.row, spot.col][1]

    def value(self, spot: Spot) -> Fraction:
        """Return a figure in yen, in things, or as a fraction."""
        at = spot.row, spot.col
        if at not in self._values:
            self._values[at] = self._value(spot)
        return self._values[at]

    def _value(self, spot: Spot) -> Fraction:
        found, unit = self.amount(spot), self.money(spot)
        if self.is_rate(spot):
            return found.number / 100
        if unit is None:
            unit = found.unit
        return found.number * unit.factor if unit is not None else found.number

    def is_rate(self, spot: Spot) -> bool:
        found = self.amount(spot)
        return found.unit is not None and found.unit.kind == RATE

    def is_called_rate(self, spot: Spot) -> bool:
        """Return whether a figure is a fraction that is called a rate, without a format that says so: 0.4 beside 決定率."""
        number, label = self.amount(spot), self.label(spot)
        if number.unit is not None or not 0 < number.number <= 1 or number.number.denominator == 1 or label is None:
            return False
        return _CALLED_RATE.search(_SHARE_IN_BRACKETS.sub("", label.flat)) is not None

    def money(self, spot: Spot) -> Unit | None:
        """Return the unit of a figure that is an amount of money by its format, its label or its heading; None for any other."""
        at = spot.row, spot.col
        if at not in self._money:
            self._money[at] = self._of_money(spot)
        return self._money[at]

    @cached_property
    def of_money(self) -> dict[Fraction, list[tuple[int, int]]]:
        """The places of the amounts of money, by what they are in yen."""
        found: dict[Fraction, list[tuple[int, int]]] = {}
        for at, (spot, _) in self.amounts.items():
            if self.money(spot) is not None:
                found.setdefault(self.value(spot), []).append(at)
        return found

    def is_divided(self, spot: Spot) -> bool:
        """Return whether a figure's formula divides, or takes the largest of others: its column is not added up."""
        formula = self.sheets.formulas.get((self.page.title, spot.row, spot.col), "")
        return "/" in formula or NO_SUM.search(formula) is not None

    def _of_money(self, spot: Spot) -> Unit | None:
        amount = self.amount(spot)
        if amount.unit is not None:
            return amount.unit if amount.unit.kind == CURRENCY else None
        heading = self.heading(spot)
        is_small = amount.number.denominator != 1 and abs(amount.number) < _TIMES
        if heading is not None and (_POINTS.search(heading.flat) or (is_small and _BY_EACH_OTHER.search(heading.flat))):
            return None  # 1.25 under 前年比 is no 1.25 million, nor are 38 points beside 売上（万円）
        if heading is not None and _HOW_MANY.search(heading.flat) and amount.number <= _OF_A_YEAR:
            return None  # nor are four months left ten thousand yen each beside 契約金額（万円）
        beside = self.rows[spot.row].last(spot.col)
        if beside is not None and beside.kind == UNIT and beside.word is not None and beside.word.unit is not None:
            return beside.word.unit if beside.word.unit.kind == CURRENCY else None  # a column of units before the figures
        label = self.label(spot)
        for name in (label, heading if label is None or not OF_THINGS.search(label.flat) else None):
            if name is not None and name.word is not None and name.word.unit is not None:
                return name.word.unit if name.word.unit.kind == CURRENCY else None
            inside = _IN_BRACKETS.search(name.flat) if name is not None else None
            unit = unit_in(inside[1]) if inside is not None else None
            if unit is not None:
                return unit if unit.kind == CURRENCY else None
        if _CURRENCY.search(spot.format):
            return Unit(CURRENCY, 1, "円")
        after = self._unit_after(spot)
        if after is not None:
            return after if after.kind == CURRENCY else None
        whole = self._whole_of(spot)
        return self._of_money(whole) if whole is not None else None

    def _unit_after(self, spot: Spot) -> Unit | None:
        """Return the unit right after a figure in a column of units, none of which is over it: 240 | 百万円, below it 20,000 | 千円."""
        units = self.cols[spot.col + 1].units if spot.col + 1 in self.cols else {}
        return units.get(spot.row) if len(units) > 1 else None

    def _whole_of(self, spot: Spot) -> Spot | None:
        """Return the figure above one whose label says that it is a part, うち新規, or what is there so far, and nothing of what it counts."""
        label = self.label(spot)
        if label is not None and _SO_FAR.match(label.flat):
            above = self.amounts.get((spot.row - 1, spot.col))
            return above[0] if above is not None else None
        if label is None or not _OF_WHICH.match(label.text) or _COUNTED.search(label.text):
            return None
        for row in range(spot.row - 1, max(-1, spot.row - _PARTS), -1):
            above = self.amounts.get((row, spot.col))
            name = self.label(above[0]) if above is not None else None
            if above is None or name is None or name.col != label.col:
                return None
            if not _OF_WHICH.match(name.text):
                return above[0]
        return None

    def label(self, spot: Spot) -> Spot | None:
        """Return the nearest name on a figure's left."""
        if spot.col in self._before_labels:
            return self.rows[spot.row].texts[0]
        found = self.rows[spot.row].name(spot.col)
        if found is not None and found.flat in _SIGNS:
            return self.rows[spot.row].name(found.col) or found  # a column of signs before the figures
        return found

    @cached_property
    def _before_labels(self) -> set[int]:
        """The column of figures that has its labels on the right: 60 | opportunities for the year; on each line one figure, then its name."""
        cols = {col for _, col in self.amounts}
        if len(cols) != 1 or len(self.amounts) < _LIST:
            return set()
        (col,) = cols
        after = [self.rows[row].texts for row, _ in self.amounts]
        if any(len(texts) != 1 or texts[0].col != col + 1 or texts[0].kind == UNIT for texts in after):
            return set()
        return cols if len({texts[0].flat for texts in after}) == len(after) else set()

    def heading(self, spot: Spot) -> Spot | None:
        """Return the nearest name above a figure."""
        return self.cols[spot.col].name(spot.row)

    def figure(self, spot: Spot, *, of_column: bool = False, nameless: str = "") -> Figure:
        """Return a figure as the rules tell of it: by its label, or by its heading; by both where ``of_column``."""
        label, head = self.label(spot), self.heading(spot)
        text = next((each.text for each in (label, head) if each is not None), nameless)
        who = head.text if of_column and label is not None and head is not None and not _is_title(head, label) else ""
        where = (self.page.title, spot.row, spot.col)
        unit = self.money(spot)
        is_rate = self.is_rate(spot) or (unit is None and self.is_called_rate(spot))
        field = (stages.RATE_OF if is_rate else stages.OPEN if unit is None else stages.AMOUNT_OF) + text
        formula = self.sheets.formulas.get(where)
        value = self.value(spot)
        held = self.sheets.values.get(where, self.sheets.constants.get(where))
        abroad = self.page.plane.abroad if unit is not None else None
        return Figure(where, field, WHOLE, value, unit, None, held, formula, text, who, ("row", spot.col, -1), abroad=abroad)

    def said(self, spot: Spot, value: Fraction, kind: str = stages.RATE_OF, name: str = "") -> Figure:
        """Return a rate that a remark says, or what a sentence does, in its words."""
        where, label = (self.page.title, spot.row, spot.col), name or spot.text
        return Figure(where, kind + label, WHOLE, value, None, spot.text, value, None, label, "", ("row", spot.col, -1))


def _is_title(head: Spot, label: Spot) -> bool:
    """Return whether what is over a figure is over its label, too, or begins there."""
    return head.col <= label.col


_CALLED_RATE = regex(r"率(?:[(（]|$)|\brate\b|\b[a-z]+ to [a-z]+|\S\s*(?:→|->|⇒)\s*\S|%")

_SHARE_IN_BRACKETS = regex(r"[(（]\s*\d[\d.]*\s*[%％]\s*[)）]")
"""Of which a figure is so many per cent; it is no rate itself: Meetings held (80%)."""

_NOTE = "※"
"""With which a remark begins: no heading, ※1日あたり."""


class _Texts:
    """The texts of one row or column in order, and those of them that are names, no units and marks."""

    def __init__(self, spots: Iterable[Spot], place: Callable[[Spot], int]) -> None:
        self.texts = [each for each in spots if each.text]
        self._at = [place(each) for each in self.texts]

    @cached_property
    def units(self) -> dict[int, Unit | None]:
        """The units among them, by their places."""
        return {
            at: each.word.unit
            for at, each in zip(self._at, self.texts, strict=True)
            if each.kind == UNIT and each.word is not None
        }

    def before(self, at: int) -> list[Spot]:
        """Return the texts before a place."""
        return self.texts[: bisect_left(self._at, at)]

    def last(self, at: int) -> Spot | None:
        """Return the nearest text before a place."""
        index = bisect_left(self._at, at)
        return self.texts[index - 1] if index else None

    @cached_property
    def _names(self) -> list[Spot | None]:
        """Of each text, itself or the nearest one before it that is a name."""
        found: list[Spot | None] = []
        for each in self.texts:
            is_name = each.kind not in (UNIT, MARK) and each.amount is None and not each.text.startswith(_NOTE)
            found.append(each if is_name else found[-1] if found else None)
        return found

    def name(self, at: int) -> Spot | None:
        """Return the nearest text before a place that is a name."""
        index = bisect_left(self._at, at)
        return self._names[index - 1] if index else None

"""I05 beyond the page's three amounts: actual and overridden revenue, last and next year's, costs, the budget.

Each is compared with what the sheet itself says it is about: deals × price, the month's goal, the rest of its column.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from ...formula.grid import Where, held
from ...language.catalogue import Phrase
from ...template.model import Cell
from ...values.a1 import cell_of
from ...values.median import median
from ...values.rounding import number
from ...values.units import CURRENCY
from ...worksheet.shown import shown
from ..finding import ERROR, LIKELY, REVIEW, WARNING, Finding
from ..subject import Subject
from .money import FACTORS, in_units_of, was_meant

_CANDIDATES = [*map(Fraction, FACTORS), *(Fraction(1, factor) for factor in FACTORS)]
_USUAL = 5
"""An amount of a month is within a fifth and five times of what it is compared with; months and channels differ as much."""

_PER_DEAL = 10
"""A deal is worth a tenth to ten times the average price; a dearer one is asked about."""

_LEAST_PER_DEAL = 20
_MONTHS = 12
_LEAST_PRICE = 1000
"""Yen below which it is the price of one of many that are sold at once: ours."""

_LEAST_COST = 100
"""Yen below which a lead from the web costs unusually little: ours."""


class _Yardstick(NamedTuple):
    """A reference for an amount, and its name. A ``sure`` one clears an amount of the same size."""

    value: Fraction
    said: Phrase
    reach: int = _USUAL
    sure: bool = False


class _Doubt(NamedTuple):
    """An amount that would fit if multiplied by ``factor``, and the number of signs for it."""

    cell: Cell
    row: int | None
    where: Where
    value: Fraction
    factor: Fraction
    signs: int
    said: Phrase


def amounts(subject: Subject, suspect: set[Where]) -> Iterator[Finding]:
    """Report one finding for each column and unit; an error where two signs agree.

    Silent on cells that are ``suspect``, and altogether if the page's price or goal is: nothing is left to compare with.
    """
    page = [
        place[:3]
        for name in (subject.roles.deal_size, subject.roles.web_revenue)
        if (place := subject.book.place(name)) is not None
    ]
    if suspect.intersection(page):
        return
    on_page = (subject.roles.deal_size, subject.roles.web_revenue, subject.roles.total_revenue)
    known = _Known(subject, suspect)
    groups: dict[tuple[str, Fraction], list[_Doubt]] = {}
    for cell, row, where in subject.inputs():
        value = subject.constants.get(where)
        if cell.unit != CURRENCY or cell.name in on_page or where in suspect:
            continue
        if isinstance(value, Fraction) and value > 0:
            doubt = known.doubt(cell, row, where, value)
            if doubt is not None:
                groups.setdefault((cell.name, doubt.factor), []).append(doubt)
    in_doubt = {each.where for group in groups.values() for each in group}
    dear = list(_dear_leads(subject, known, suspect | in_doubt))
    if dear or any(name == subject.roles.channel_cost_per_lead for name, _ in groups):
        # What it all costs is wrong with them, and tells nothing of the budget.
        groups = {key: group for key, group in groups.items() if key[0] != subject.roles.budget}
    for group in groups.values():
        yield _finding(subject, group)
    yield from dear
    yield from _prices(subject, known, suspect | in_doubt)


def _finding(subject: Subject, group: list[_Doubt]) -> Finding:
    first, *others = group
    sure = first.signs + len(others) > 1
    meant = first.value * first.factor
    now, right = shown(first.value, first.cell), shown(meant, first.cell)
    asked = Phrase("I05.of_another_size.noughts", right=right)
    if first.factor > 1:
        small = in_units_of(first.value, int(first.factor))
        asked = Phrase("I05.of_another_size.unit", small=small, right=right)
    return subject.finding(
        "I05.of_another_size",
        first.cell,
        first.row,
        now=now,
        than=first.said,
        asked=asked,
        right=right,
        number=number(meant),
        severity=ERROR if sure else WARNING,
        found=number(first.value),
        expected=number(meant),
        confidence=LIKELY if sure else REVIEW,
        affected=tuple(cell_of(*each.where) for each in others),
    )


class _Known:
    """The evidence on the sheet for the size of each amount."""

    def __init__(self, subject: Subject, suspect: set[Where]) -> None:
        self.subject, self.roles = subject, subject.roles
        self.suspect = suspect
        self._of_months = (
            self.roles.actual_revenue,
            self.roles.month_revenue_override,
            self.roles.month_revenue_reported,
            self.roles.month_revenue_initial,
            self.roles.last_revenue,
        )
        self.price = self._typed(subject.roles.deal_size)
        self.year = self._worked_out(subject.roles.year_revenue_page) or self._typed(subject.roles.web_revenue)

    def doubt(self, cell: Cell, row: int | None, where: Where, value: Fraction) -> _Doubt | None:
        yardsticks = self._yardsticks(cell, row, value)
        if any(each.sure and _is_like(value / each.value, each.reach) for each in yardsticks):
            return None
        best: _Doubt | None = None
        for factor in _CANDIDATES:
            agreeing = [each for each in yardsticks if _is_like(value * factor / each.value, each.reach)]
            if not agreeing:
                continue
            signs = len(agreeing) + self._was_meant(cell, row, value, value * factor) + self._is_shown(where, factor)
            if signs == 1 and not self._may_be_alone(cell, value, factor):
                continue
            if best is None or (signs, -_off(value * factor / agreeing[0].value)) > (
                best.signs,
                -_off(value * best.factor / agreeing[0].value),
            ):
                best = _Doubt(cell, row, where, value, factor, signs, agreeing[0].said)
        return best

    def revenue(self, row: int) -> _Yardstick | None:
        """Return a month's deals at the average price."""
        deals = self._typed(self.roles.actual_won_deals, row)
        place = self.subject.book.place(self.roles.actual_won_deals, row)
        if place is None or place[:3] in self.suspect or deals is None or deals < 1 or self.price is None:
            return None
        worth = deals * self.price
        cells = self.subject.template.cells
        count, price, whole = (
            shown(deals, cells[self.roles.actual_won_deals]),
            shown(self.price, cells[self.roles.deal_size]),
            shown(worth, cells[self.roles.deal_size]),
        )
        said = Phrase("part.worth_of_deals", count=count, price=price, whole=whole)
        return _Yardstick(worth, said, _PER_DEAL, sure=True)

    def _yardsticks(self, cell: Cell, row: int | None, value: Fraction) -> list[_Yardstick]:
        if cell.name in self._of_months and row is not None:
            by_deals = self.revenue(row) if cell.name == self.roles.actual_revenue else None
            return [each for each in (by_deals, self._goal(cell, row, value), self._column(cell, row)) if each is not None]
        if cell.name == self.roles.next_year_revenue:
            return self._of_year()
        if cell.name == self.roles.channel_cost_per_lead:
            return self._costs(cell, row, value)
        if cell.name == self.roles.budget:
            total = self._worked_out(self.roles.cost_total)
            return [] if total is None else [_Yardstick(total, self._called("part.what_it_costs", total))]
        return []

    def _goal(self, cell: Cell, row: int, value: Fraction) -> _Yardstick | None:
        """Return the month's own goal or the mean month's, whichever is nearer: a quiet month isn't a mistake."""
        mean = None if self.year is None else self.year / _MONTHS
        own = self._worked_out(self.roles.month_revenue, row) if cell.name == self.roles.actual_revenue else None
        sizes = [each for each in (mean, own) if each is not None]
        if not sizes:
            return None
        nearest = min(sizes, key=lambda each: _off(value / each))
        return _Yardstick(nearest, self._called("part.month_goal", nearest))

    def _column(self, cell: Cell, row: int | None) -> _Yardstick | None:
        """Return the median of the other figures in the column, if there are two of them."""
        others = [each for at, each in self._filled(cell) if at != row]
        if len(others) < 2:
            return None
        middle = Fraction(median(others))
        return _Yardstick(middle, self._called("part.others_in_column", middle))

    def _of_year(self) -> list[_Yardstick]:
        return [] if self.year is None else [_Yardstick(self.year, self._called("part.this_year", self.year))]

    def _costs(self, cell: Cell, row: int | None, value: Fraction) -> list[_Yardstick]:
        """Return a lead's cost: the other channels' and, for the column as a whole, the budget; not of an existing list.

        One yen is what people type where a cost must not be blank.
        """
        found: list[_Yardstick] = []
        if value == 1:
            return found
        if value >= _LEAST_COST * 1000 or (value < _LEAST_COST and self.subject.book.value(self.roles.channel_cvr, row)):
            column = self._column(cell, row)
            found += [column] if column is not None else []
        budget, total = self._typed(self.roles.budget), self._worked_out(self.roles.cost_total)
        # Of the budget and the costs only one is off: costs, where no lead costs a hundred yen.
        if budget is not None and total is not None and max(each for _, each in self._filled(cell)) < _LEAST_COST:
            share = value * budget / total
            found.append(_Yardstick(share, self._called("part.budget", budget)))
        return found

    def _called(self, key: str, value: Fraction) -> Phrase:
        cell = self.subject.template.cells.get(self.roles.web_revenue)
        return Phrase(key) if cell is None else Phrase("part.aside", of=Phrase(key), said=shown(value, cell))

    def _filled(self, cell: Cell) -> list[tuple[int | None, Fraction]]:
        rows = [(row, self._typed(cell.name, row)) for row in self.subject.book.rows(cell)]
        return [(row, value) for row, value in rows if value is not None]

    def _typed(self, name: str, row: int | None = None) -> Fraction | None:
        """Return a figure above 0 that an input holds."""
        if name not in self.subject.template.cells or self.subject.book.place(name, row) is None:
            return None
        value = self.subject.book.value(name, row)
        return value if isinstance(value, Fraction) and value > 0 else None

    def _worked_out(self, name: str, row: int | None = None) -> Fraction | None:
        if name not in self.subject.template.cells:
            return None
        value = self.subject.expected(self.subject.template.cells[name], row)
        return value if isinstance(value, Fraction) and value > 0 else None

    def _was_meant(self, cell: Cell, row: int | None, value: Fraction, meant: Fraction) -> bool:
        """Return whether just that figure was there originally."""
        then = held(self.subject.book.anchors.written(cell.name, row or 0))
        return was_meant(value, then if isinstance(then, Fraction) else None, meant / value)

    def _is_shown(self, where: Where, factor: Fraction) -> bool:
        """Return whether the number format itself says 千円 or 万円."""
        unit = FACTORS.get(int(factor)) if factor > 1 else None
        return unit is not None and unit in self.subject.book.read.cells[where].format

    def _may_be_alone(self, cell: Cell, value: Fraction, factor: Fraction) -> bool:
        """Return whether one sign is enough for a warning: less than a tenth of a deal; a budget above all the revenue, or below it as meant."""
        if factor < 1:
            total = self._typed(self.roles.total_revenue) or self.year
            return cell.name != self.roles.budget or (total is not None and value > total)
        if cell.name == self.roles.budget:
            total = self._typed(self.roles.total_revenue) or self.year
            return total is None or value * factor <= total
        if cell.name == self.roles.channel_cost_per_lead:
            return True
        if cell.name == self.roles.next_year_revenue and self.year is not None and value * _MONTHS * _USUAL < self.year:
            return True
        return self.price is not None and value < self.price / _PER_DEAL


def _dear_leads(subject: Subject, known: _Known, said: set[Where]) -> Iterator[Finding]:
    """Report a lead that costs as much as ten deals bring: the cost of all of them may have been typed."""
    cell = subject.template.cells.get(subject.roles.channel_cost_per_lead)
    if cell is None or known.price is None or known.price < _LEAST_PRICE:
        return
    for row in subject.book.rows(cell):
        place = subject.book.place(cell.name, row)
        value = None if place is None else subject.constants.get(place[:3])
        if place is None or place[:3] in said or not isinstance(value, Fraction) or value < known.price * _PER_DEAL:
            continue
        price = subject.template.cells[subject.roles.deal_size]
        yield subject.finding(
            "I05.lead_above_price",
            cell,
            row,
            now=shown(value, cell),
            price=shown(known.price, price),
            of=price.full_label,
            found=number(value),
        )


def _prices(subject: Subject, known: _Known, said: set[Where]) -> Iterator[Finding]:
    """Report actual revenue that its deals can't have brought: each would be worth ten times the price, or a twentieth of it."""
    cell = subject.template.cells.get(subject.roles.actual_revenue)
    if cell is None or subject.roles.actual_won_deals not in subject.template.cells:
        return
    yield from _without_deals(subject, known, cell, said)
    found: list[tuple[int, Where, Fraction, _Yardstick]] = []
    for row in subject.book.rows(cell):
        place = subject.book.place(cell.name, row)
        worth = None if row is None else known.revenue(row)
        value = None if place is None else subject.constants.get(place[:3])
        if row is None or place is None or worth is None or place[:3] in said or not isinstance(value, Fraction) or value < 0:
            continue
        if value >= worth.value * _PER_DEAL or value * _LEAST_PER_DEAL <= worth.value:
            found.append((row, place[:3], value, worth))
    if not found:
        return
    (row, _, value, worth), *others = found
    now = shown(value, cell)
    times = value / worth.value
    how = Phrase("I05.price_unlikely.times", times=float(times))
    if times < 1:
        how = Phrase("I05.price_unlikely.percent", percent=float(times * 100))
    yield subject.finding(
        "I05.price_unlikely",
        cell,
        row,
        now=now,
        worth=worth.said,
        how=how,
        found=number(value),
        expected=number(worth.value),
        affected=tuple(cell_of(*where) for _, where, _, _ in others),
    )


def _without_deals(subject: Subject, known: _Known, cell: Cell, said: set[Where]) -> Iterator[Finding]:
    """Report a deal's worth of revenue in a month recorded without deals; less may be the rest of an earlier deal."""
    deals = subject.template.cells[subject.roles.actual_won_deals]
    for row in subject.book.rows(cell):
        place, count = subject.book.place(cell.name, row), subject.book.place(deals.name, row)
        value = None if place is None else subject.constants.get(place[:3])
        if place is None or count is None or place[:3] in said or known.price is None or not isinstance(value, Fraction):
            continue
        if subject.constants.get(count[:3]) == 0 and value >= known.price:
            now = shown(value, cell)
            yield subject.finding("I05.no_deals", cell, row, now=now, deals=deals.full_label, found=number(value))
            return


def _is_like(ratio: Fraction, reach: int) -> bool:
    return Fraction(1, reach) <= ratio <= reach


def _off(ratio: Fraction) -> Fraction:
    """Return the ratio of the two, as a factor of at least 1."""
    return max(ratio, 1 / ratio) if ratio else Fraction(0)

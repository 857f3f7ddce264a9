"""X04 and I07: counts out of proportion: stages exchanged; of another order of magnitude than goal and other months."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from ...formula.grid import Where, held
from ...language.catalogue import Phrase
from ...language.text import Wording
from ...template import tables
from ...template.model import Cell
from ...template.roles import Roles
from ...values.a1 import address
from ...values.median import median
from ...values.rounding import number
from ...values.units import CURRENCY
from ...worksheet.shown import shown
from ..finding import Finding
from ..subject import Subject
from .actuals import Actuals, Column


def _of_the_page(roles: Roles) -> dict[str, str]:
    """Return counts of today, and of the page's goal that they are for."""
    return {
        roles.opening_opportunities: roles.opportunities,
        roles.opening_meetings: roles.required_meetings,
        roles.opening_leads: roles.leads,
        roles.channel_current_visits: roles.visits,
        roles.channel_current_leads: roles.leads,
        roles.field_deals: roles.won_deals,
        roles.content_visits_per_article: roles.visits,
        roles.sales_reps: roles.required_meetings,
        roles.meetings_per_rep: roles.required_meetings,
    }


_TIMES, _TIMES_BEFORE = 1000, 100
"""So many times the goal is another size; so many are enough where the same digits stood there before, with fewer noughts."""

_OF_ONE_ARTICLE = Fraction(10_000)
_TOO_MANY = 50
"""A month's count is so many times its goal, the mean month's and the other months' actuals."""

_DIGIT, _APART, _STEADY, _FOLLOWS = 10, 5, 2, 3
"""With a digit less, or one more, a month would be like the others, which are within a factor of two; and no other stage moved."""

_LEAST_OTHERS, _LEAST_MONTHS, _LEAST_COUNT = 4, 3, 50
_IN_THOUSANDS, _AS_PLANNED = Fraction(1, 200), Fraction(1, 5)


def proportions(subject: Subject, suspect: set[Where]) -> Iterator[Finding]:
    """Check proportions; silent on cells that are ``suspect``, and on months that can't be identified."""
    told = {(sheet, address(row, col)) for sheet, row, col in suspect}
    yield from (each for each in _of_today(subject) if (each.sheet, each.cell) not in told)
    if subject.book.broken.torn is None and subject.roles.month_start in subject.template.cells:
        months = _Months(Actuals(subject, suspect))
        yield from months.of_another_size()
        yield from months.exchanged()


def _of_another_size(subject: Subject, cell: Cell, row: int | None, value: Fraction, than: Phrase, **more: object) -> Finding:
    """Return an I07 finding: the figure, and what it was compared with."""
    now = shown(value, cell)
    return subject.finding("I07.of_another_size", cell, row, now=now, than=than, found=number(value), **more)


def _of_today(subject: Subject) -> Iterator[Finding]:
    """Report a count of today that is a thousand times what the goal asks for, once per column."""
    for name, stage in _of_the_page(subject.roles).items():
        cell, page = subject.template.cells.get(name), subject.template.cells.get(stage)
        if cell is None or page is None:
            continue
        goal = subject.expected(page, None)
        for row in subject.book.rows(cell):
            value = subject.book.value(name, row) if subject.book.place(name, row) is not None else None
            if not isinstance(value, Fraction) or not isinstance(goal, Fraction):
                continue
            then = held(subject.book.anchors.written(name, row or 0))
            grown = isinstance(then, Fraction) and then > 0 and value in (then * 1000, then * 10_000)
            most = max(goal, Fraction(1)) * (_TIMES_BEFORE if grown else _TIMES)
            if name == subject.roles.content_visits_per_article:
                most = max(goal, _OF_ONE_ARTICLE)  # one article would bring all of them
            if value >= most:
                aim = shown(goal, page)
                than = Phrase("part.the_goals", label=page.label, aim=aim)
                yield _of_another_size(subject, cell, row, value, than)
                break


class _Months:
    """The actuals of the year's stages, in the order of the funnel."""

    def __init__(self, actuals: Actuals) -> None:
        self.actuals = actuals
        self.subject = actuals.subject
        self.columns = {name: column for name, column in actuals.columns.items() if actuals.cell(name).unit != CURRENCY}
        self.told: set[str] = set()

    # -- X04 ----------------------------------------------------------------

    def exchanged(self) -> Iterator[Finding]:
        """Report a stage above the one it comes from: in all the months, or in one if both resemble each other's months."""
        for (later, its), (earlier, from_) in pairwise(self.columns.items()):
            rows = [row for row in range(tables.MONTHS) if its[row] is not None and from_[row] is not None]
            if not rows or self.told & {later, earlier}:
                continue
            whole = self._in_all(later, earlier, rows)
            if whole is not None:
                yield whole
                continue
            for row in rows:
                if self._are_each_others(its, from_, row):
                    yield self._above(
                        later, earlier, row, its[row], from_[row], self.subject.label(self.actuals.cell(later), row)
                    )

    def _in_all(self, later: str, earlier: str, rows: list[int]) -> Finding | None:
        """Compare over some months, with the opening pipeline; a stage that is planned to be as large doesn't count."""
        of, come = (sum((self.columns[name][row] or Fraction(0) for row in rows), Fraction(0)) for name in (later, earlier))
        aims = [sum((self.actuals.goal(name, row) for row in range(tables.MONTHS)), Fraction(0)) for name in (later, earlier)]
        opening = f"opening_{earlier}"
        held_then = self.subject.book.value(opening) if opening in self.subject.template.cells else None
        more = held_then if isinstance(held_then, Fraction) else Fraction(0)
        if (
            len(rows) < _LEAST_MONTHS + self._lead(later, earlier)
            or of <= come + more
            or of < _LEAST_OTHERS
            or aims[0] * of <= 0
        ):
            return None
        if aims[0] * 2 > aims[1] or of * aims[1] < come * aims[0] * 2:
            return None
        label = self.actuals.cell(later).full_label
        whole = Phrase("X04.above_source.months_in_all", label=label, many=len(rows))
        return self._above(later, earlier, rows[0], of, come, whole)

    def _lead(self, later: str, earlier: str) -> int:
        """Return how many months a stage follows the one before: that many of its first ones come from the previous year."""
        flows = {flow.name: flow for flow in self.subject.template.flows}
        leads = [flows[name].lead for name in (later, earlier)]
        times = [None if each is None else self.subject.expected(self.subject.template.cells[each], None) for each in leads]
        months = [int(each) if isinstance(each, Fraction) else 0 for each in times]
        return max(0, months[1] - months[0])

    def _are_each_others(self, its: Column, from_: Column, row: int) -> bool:
        """Return whether a month's two figures would be usual if exchanged, and neither is as it is."""
        one, other = its[row], from_[row]
        others = [[each for at, each in enumerate(column) if at != row and each] for column in (its, from_)]
        if not one or not other or one <= other or min(map(len, others)) < _LEAST_MONTHS:
            return False
        small, large = (Fraction(median(each)) for each in others)
        like = large <= one * _STEADY and one <= large * _STEADY and small <= other * _STEADY and other <= small * _STEADY
        return like and small * _STEADY <= large and all(max(each) <= min(each) * _STEADY for each in others)

    def _above(
        self, later: str, earlier: str, row: int, one: Fraction | None, other: Fraction | None, label: Wording
    ) -> Finding:
        assert one is not None
        assert other is not None
        cell, source = self.actuals.cell(later), self.actuals.cell(earlier)
        counts = shown(one, cell), shown(other, source)
        return self.subject.finding(
            "X04.above_source",
            cell,
            row,
            label=label,
            count=counts[0],
            source=source.label,
            source_count=counts[1],
            found=number(one),
            expected=number(other),
            affected=(self.actuals.at(source, row),),
        )

    # -- I07 ----------------------------------------------------------------

    def of_another_size(self) -> Iterator[Finding]:
        """Report one finding per stage: a month that is far too large, or a digit off; or all of them, in thousands."""
        for name, column in self.columns.items():
            cell = self.actuals.cell(name)
            if self._is_in_thousands(name, column):
                self.told.add(name)
                rows = [row for row, value in enumerate(column) if value]
                aim = shown(Fraction(round(self._mean(name))), cell)
                than = Phrase("I07.of_another_size.month_goal", aim=aim)
                others = tuple(self.actuals.at(cell, row) for row in rows[1:])
                yield _of_another_size(self.subject, cell, rows[0], column[rows[0]] or Fraction(0), than, affected=others)
                continue
            for row, value in enumerate(column):
                if value is None:
                    continue
                usual = self._usual(name, column, row)
                if value >= usual * _TOO_MANY or self._is_a_digit_off(name, row):
                    self.told.add(name)
                    like = shown(Fraction(round(usual)), cell)
                    than = Phrase("I07.of_another_size.other_months", like=like)
                    yield _of_another_size(self.subject, cell, row, value, than)
                    break

    def _mean(self, name: str) -> Fraction:
        return sum((self.actuals.goal(name, row) for row in range(tables.MONTHS)), Fraction(0)) / tables.MONTHS

    def _usual(self, name: str, column: Column, row: int) -> Fraction:
        others = [each for at, each in enumerate(column) if at != row and each]
        return max(
            self.actuals.goal(name, row), self._mean(name), Fraction(median(others)) if others else Fraction(0), Fraction(1)
        )

    def _is_a_digit_off(self, name: str, row: int) -> bool:
        """Return whether a figure is ten times the steady other months, or a tenth, while the other stages of the month are as usual.

        The last month may be incomplete; and visits may rise alone, when a page is linked to.
        """
        column = self.columns[name]
        value, others = column[row], [each for at, each in enumerate(column) if at != row and each is not None]
        if not value or len(others) < _LEAST_OTHERS or min(others) <= 0 or max(others) > min(others) * _STEADY:
            return False
        last = max(at for at, each in enumerate(column) if each is not None)
        low, high = min(others) / _STEADY, max(others) * _STEADY
        foot = next(reversed(self.columns))
        more = name != foot and value >= max(others) * _APART and low <= value / _DIGIT <= high and value >= _LEAST_COUNT
        less = value * _APART <= min(others) and low <= value * _DIGIT <= high and min(others) >= _LEAST_COUNT and row != last
        if sum(self.actuals.parts_of(name, row), Fraction(0)) * 2 >= value:
            return False  # the channels are of that size too
        return (more or less) and not any(self._moved(other, row) for other in self.columns if other != name)

    def _moved(self, name: str, row: int) -> bool:
        """Return whether a stage went up or down in a month as well."""
        value, others = self.columns[name][row], [each for at, each in enumerate(self.columns[name]) if at != row and each]
        if value is None or not others:
            return False
        middle = Fraction(median(others))
        return value >= middle * _FOLLOWS or value * _FOLLOWS <= middle

    def _is_in_thousands(self, name: str, column: Column) -> bool:
        """Return whether all of a stage is far below its goals, while another one is as planned."""
        if sum(each is not None for each in column) < _LEAST_MONTHS:
            return False
        share = self._reached(name, column)
        others = [self._reached(other, its) for other, its in self.columns.items() if other != name]
        return (
            share is not None
            and 0 < share <= _IN_THOUSANDS
            and any(each is not None and each >= _AS_PLANNED for each in others)
        )

    def _reached(self, name: str, column: Column) -> Fraction | None:
        rows = [row for row, value in enumerate(column) if value is not None]
        aim = sum((self.actuals.goal(name, row) for row in rows), Fraction(0))
        return sum((column[row] or Fraction(0) for row in rows), Fraction(0)) / aim if aim else None

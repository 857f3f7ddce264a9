"""Figures typed into the months' tabs, checked against one another: gaps, channels and their total, running sums typed as months."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from ...formula.grid import Where
from ...language.catalogue import Phrase
from ...language.text import NOTHING
from ...template import tables
from ...template.model import Cell, Flow
from ...values.a1 import cell_of
from ...values.median import median
from ...values.rounding import number
from ...values.units import CURRENCY
from ...worksheet.shown import json_value, shown
from ..finding import NOTE, WARNING, Finding
from ..subject import Subject

Column = list[Fraction | None]
"""A stage's actuals, a place per month; None where nothing is typed, or nothing that is a figure."""

_LEAST_GROWING = 4  # months: fewer that rise are a good start
_MONTHS_GROWING = 6  # months that grow, or are as planned, one after the other: no accident
_LIKE_A_SUM = 2  # a sum so far is within half and twice of the goals so far
_NOT_LIKE_A_MONTH = Fraction(5, 2)
_SWAPPED, _FEW = 5, 20  # times as many leads as visits in a month, and not a few: no late ones, the two were swapped


def actuals(subject: Subject, suspect: set[Where]) -> Iterator[Finding]:
    """Check the actuals; silent on columns with a cell that is ``suspect``, and if the months can't be identified."""
    if subject.book.broken.torn is not None or subject.roles.month_start not in subject.template.cells:
        return
    typed = Actuals(subject, suspect)
    yield from typed.holes()
    yield from typed.sums_for_months()
    yield from typed.as_planned()
    yield from typed.more_leads_than_visits()
    yield from typed.parts()


class Actuals:
    """The actuals of each stage that has any."""

    def __init__(self, subject: Subject, suspect: set[Where]) -> None:
        self.subject, self.roles = subject, subject.roles
        self.suspect = suspect
        self.swapped: set[int] = set()

    @cached_property
    def columns(self) -> dict[str, Column]:
        found = {}
        for flow in self._flows:
            cell = self.subject.template.cells.get(f"actual_{flow.name}")
            if cell is not None and not self._is_suspect(cell):
                column = [self._typed(cell, row) for row in self.subject.book.rows(cell)]
                if any(each is not None for each in column):
                    found[flow.name] = column
        return found

    @property
    def _flows(self) -> list[Flow]:
        return [flow for flow in self.subject.template.flows if flow.on_tabs]

    def _is_suspect(self, cell: Cell) -> bool:
        places = (self.subject.book.place(cell.name, row) for row in self.subject.book.rows(cell))
        return any(place is not None and place[:3] in self.suspect for place in places)

    def _typed(self, cell: Cell, row: int | None) -> Fraction | None:
        if self.subject.book.place(cell.name, row) is None:
            return None
        value = self.subject.book.value(cell.name, row)
        return value if isinstance(value, Fraction) else None

    def goal(self, flow: str, row: int) -> Fraction:
        """Return what the month has to contribute."""
        due = next(each.due for each in self._flows if each.name == flow)
        value = self.subject.expected(self.subject.template.cells[due], row)
        return value if isinstance(value, Fraction) else Fraction(0)

    def cell(self, flow: str) -> Cell:
        return self.subject.template.cells[f"actual_{flow}"]

    def at(self, cell: Cell, row: int) -> str:
        place = self.subject.book.place(cell.name, row)
        return "" if place is None else cell_of(*place[:3])

    def _month(self, row: int) -> str:
        return f"{self.subject.book.solution.at(self.roles.month_start, row):%Y-%m}"

    def _listed(self, rows: list[int]) -> Phrase:
        months = [self._month(row) for row in rows]
        more = Phrase("part.months_beyond", many=len(months) - 4) if len(months) > 4 else NOTHING
        return Phrase("part.months_listed", months=months[:4], more=more)

    # -- blank months -------------------------------------------------------

    def holes(self) -> Iterator[Finding]:
        """I06: report months without an actual before one that has it: the running totals leave them out.

        A note where one stage is ahead of a month that nobody has filled in yet.

        A stage that is counted only from some month on has no gap, unless nothing at all is typed into the months before.
        """
        holes: dict[str, list[int]] = {}
        empty = {row for row in range(tables.MONTHS) if all(column[row] is None for column in self.columns.values())}
        for flow, column in self.columns.items():
            filled = [row for row, value in enumerate(column) if value is not None]
            rows = [
                row
                for row in range(filled[-1])
                if column[row] is None
                and (row > filled[0] or row in empty or self.parts_of(flow, row))
                and self.goal(flow, row)
            ]
            if rows:
                holes[flow] = rows
        if not holes:
            return
        flow = min(holes, key=lambda each: holes[each][0])
        cell, row = self.cell(flow), holes[flow][0]
        last = max(at for at, value in enumerate(self.columns[flow]) if value is not None)
        more = len(holes) - 1
        also = Phrase("I06.months_blank.also", many=len(holes), more=more) if more else NOTHING
        months = self._listed(sorted({row for rows in holes.values() for row in rows}))
        others = [self.at(self.cell(name), at) for name, rows in holes.items() for at in rows if (name, at) != (flow, row)]
        yield self.subject.finding(
            "I06.months_blank",
            cell,
            row,
            also=also,
            last=self._month(last),
            months=months,
            severity=NOTE if row in empty and (not others) else WARNING,
            affected=tuple(filter(None, others)),
        )

    def parts_of(self, flow: str, month: int) -> list[Fraction]:
        """Return the channels' actuals that are typed into a month."""
        part, across = self.subject.template.cells.get(f"channel_actual_{flow}"), self.subject.book.across
        found = [] if part is None else [self._typed(part, month * across + at) for at in range(across)]
        return [each for each in found if each is not None]

    # -- sums in the place of months ----------------------------------------

    def sums_for_months(self) -> Iterator[Finding]:
        """X03: report actuals that only grow, and equal the running totals."""
        found = [flow for flow, column in self.columns.items() if self._are_sums(flow, column)]
        if not found:
            yield from list(self._sum_for_a_month()) or self._only_growing()
            return
        flow, *others = found
        column, cell = self.columns[flow], self.cell(flow)
        rows = [row for row, value in enumerate(column) if value is not None]
        first, last = (shown(column[row], cell) for row in (rows[0], rows[-1]))
        label = cell.full_label
        yield self.subject.finding(
            "X03.running_totals",
            cell,
            rows[1],
            label=label,
            first=first,
            last=last,
            found=json_value(column[rows[-1]]),
            affected=tuple(filter(None, (self.at(self.cell(name), row) for name in [flow, *others] for row in rows[1:])))[1:],
        )

    def _are_sums(self, flow: str, column: Column) -> bool:
        rows = [row for row, value in enumerate(column) if value is not None]
        if len(rows) < _LEAST_GROWING or rows != list(range(rows[0], rows[-1] + 1)):
            return False
        values = [column[row] or Fraction(0) for row in rows]
        if any(later < earlier for earlier, later in pairwise(values)) or values[0] == values[-1]:
            return False
        goals = [self.goal(flow, row) for row in range(rows[-1] + 1)]
        if sum(map(bool, goals[rows[0] :])) < _LEAST_GROWING:
            return False  # a month for which nothing is planned may be among them
        # Whoever begins in June may have summed up from June, or from April.
        return values[-1] >= goals[-1] * _NOT_LIKE_A_MONTH and any(
            all(
                goal <= value * _LIKE_A_SUM and value <= goal * _LIKE_A_SUM
                for value, goal in zip(values, (sum(goals[first : row + 1], Fraction(0)) for row in rows), strict=True)
            )
            for first in {0, rows[0]}
        )

    def _sum_for_a_month(self) -> Iterator[Finding]:
        """X03: report a last actual that equals the total of all; not if another stage made the same leap."""
        found = [flow for flow, column in self.columns.items() if self._ends_in_a_sum(flow, column)]
        leapt = [flow for flow, column in self.columns.items() if self._leapt(column) and flow not in found]
        if not found or (leapt and len(found) < _LEAST_GROWING):
            return
        cell = self.cell(found[0])
        values = [(row, value) for row, value in enumerate(self.columns[found[0]]) if value is not None]
        row, last = values[-1]
        now = shown(last, cell)
        said = shown(sum((value for _, value in values[:-1]), Fraction(0)), cell)
        yield self.subject.finding(
            "X03.running_total",
            cell,
            row,
            now=now,
            said=said,
            found=json_value(last),
            affected=tuple(filter(None, (self.at(self.cell(flow), row) for flow in found[1:]))),
        )

    def _only_growing(self) -> Iterator[Finding]:
        """I11: ask about actuals that grow month after month to several times the first, though no sum so far is known."""
        for flow, column in self.columns.items():
            rows = [row for row, value in enumerate(column) if value is not None]
            values = [column[row] or Fraction(0) for row in rows]
            if len(values) < _MONTHS_GROWING or any(later <= earlier for earlier, later in pairwise(values)):
                continue
            if values[-1] >= values[0] * _LEAST_GROWING:
                first, last = (shown(value, self.cell(flow)) for value in (values[0], values[-1]))
                affected = tuple(filter(None, (self.at(self.cell(flow), row) for row in rows[1:])))
                yield self.subject.finding(
                    "I11.only_growing", self.cell(flow), rows[0], first=first, last=last, many=len(rows), affected=affected
                )
                return

    # -- goals in the place of actuals ---------------------------------------

    def as_planned(self) -> Iterator[Finding]:
        """I11: ask about actuals that are the goals, month for month."""
        for flow, column in self.columns.items():
            rows = [row for row, value in enumerate(column) if value is not None and self.goal(flow, row)]
            same = [row for row in rows if column[row] == self.goal(flow, row)]
            if len(rows) < _MONTHS_GROWING or same != rows or self.cell(flow).unit == CURRENCY:
                continue
            affected = tuple(filter(None, (self.at(self.cell(flow), row) for row in rows[1:])))
            yield self.subject.finding("I11.as_planned", self.cell(flow), rows[0], many=len(rows), affected=affected)
            return

    def _ends_in_a_sum(self, flow: str, column: Column) -> bool:
        values = [value for value in column if value is not None]
        if len(values) <= _LEAST_GROWING or min(values) <= 0 or max(values[:-1]) > min(values[:-1]) * _LIKE_A_SUM:
            return False
        in_all = sum(values[:-1], Fraction(0)) + Fraction(median(values[:-1]))
        return abs(values[-1] - in_all) * 10 <= in_all and (self.cell(flow).unit == CURRENCY or values[-1] >= _FEW)

    def _leapt(self, column: Column) -> bool:
        """Return whether the last month is three times the others."""
        values = [value for value in column if value is not None]
        return len(values) > 1 and values[-1] >= Fraction(median(values[:-1])) * 3

    # -- channels and their total -------------------------------------------

    def parts(self) -> Iterator[Finding]:
        """X02: report channels that disagree with the total beside them, if all of them are filled in, or exceed it."""
        wrong = [each for flow in ("leads", "visits", "meetings") for each in self._apart(flow)]
        if not wrong:
            return
        (cell, row, total, sum_), *others = wrong
        whole, added = shown(total, cell), shown(sum_, cell)
        more = Phrase("X02.channels_apart.more", many=len(others)) if others else NOTHING
        yield self.subject.finding(
            "X02.channels_apart",
            cell,
            row,
            whole=whole,
            added=added,
            more=more,
            found=number(total),
            expected=number(sum_),
            difference=float(total - sum_),
            affected=tuple(filter(None, (self.at(of, at) for of, at, _, _ in others))),
        )

    def _apart(self, flow: str) -> Iterator[tuple[Cell, int, Fraction, Fraction]]:
        """Yield the months in which a total differs from the sum of its channels: cell, month, total, sum."""
        part = self.subject.template.cells.get(f"channel_actual_{flow}")
        column = self.columns.get(flow)
        if part is None or column is None or self._is_suspect(part):
            return
        for row, total in enumerate(column):
            sum_ = None if total is None or row in self.swapped else self._sum(part, flow, row, total)
            if total is not None and sum_ is not None:
                yield self.cell(flow), row, total, sum_

    def _sum(self, part: Cell, flow: str, month: int, total: Fraction) -> Fraction | None:
        """Return the sum of a month's channels, if it can't be right; blank channels may contribute the rest."""
        goal = self.subject.template.cells.get(f"channel_goal_{flow}")
        values, blank = [], False
        for channel in range(self.subject.book.across):
            row = month * self.subject.book.across + channel
            value = self._typed(part, row)
            due = None if goal is None else self.subject.expected(goal, row)
            if value is not None:
                values.append(value)
            elif goal is None or due not in (None, ""):
                blank = True
        sum_ = sum(values, Fraction(0))
        if not values or sum_ == total or (blank and sum_ < total):
            return None
        return sum_

    def more_leads_than_visits(self) -> Iterator[Finding]:
        """X04: report a channel with more leads than visits, over the months that have both; in one month only if far more."""
        leads, visits = (self.subject.template.cells.get(f"channel_actual_{flow}") for flow in ("leads", "visits"))
        if leads is None or visits is None or self._is_suspect(leads) or self._is_suspect(visits):
            return
        across = self.subject.book.across
        for channel in range(across):
            pairs = [
                (row, taken, seen)
                for row in (month * across + channel for month in range(tables.MONTHS))
                for taken, seen in [(self._typed(leads, row), self._typed(visits, row))]
                if taken is not None and seen
            ]
            if not pairs:
                continue
            row, taken, seen = max(pairs, key=lambda each: each[1] - each[2])
            in_all = sum((each for _, each, _ in pairs), Fraction(0)), sum((each for _, _, each in pairs), Fraction(0))
            label = self.subject.label(leads, row)
            if in_all[0] > in_all[1] and len(pairs) > 1:
                taken, seen = in_all
                label = Phrase("X04.leads_above_visits.in_all", label=label)
            elif taken < _FEW or taken <= seen * _SWAPPED:
                continue
            self.swapped |= {each // across for each, one, other in pairs if one > other}
            counts = shown(taken, leads), shown(seen, visits)
            yield self.subject.finding(
                "X04.leads_above_visits",
                leads,
                row,
                label=label,
                leads=counts[0],
                visits=counts[1],
                found=number(taken),
                expected=number(seen),
            )
            return

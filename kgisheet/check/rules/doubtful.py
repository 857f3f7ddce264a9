"""Inputs that are allowed but can't be intended: duplicate names, more hits than cases, multipliers, days for months, a wrong year."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterator
from fractions import Fraction

from ...expr.nodes import Binary, Name
from ...formula.grid import Where, held
from ...values.a1 import address, cell_of
from ...values.median import median
from ...values.rounding import number
from ...values.units import COUNT, DATE, MONTH, RATE
from ...worksheet.shown import is_blank, shown
from ..finding import Finding
from ..subject import Subject

"""Columns whose rows are distinguished by their names, and added up; two phases of a journey may be called alike."""

_LEAST_FACTOR, _MOST_FACTOR = Fraction(1, 2), Fraction(3)
"""A scenario halves a rate at most, and does not treble it; below and above a percentage of change is likelier (10 for +10 %)."""

_MOST_MONTHS = 24
_YEARS, _YEARS_OF_DEFINITIONS = 3, 10
_TIMES_OTHER_WEIGHTS = 100
_TIMES_OTHER_RATE = 50


def doubtful(subject: Subject, suspect: set[Where]) -> Iterator[Finding]:
    """Check for doubtful inputs; silent on cells that are ``suspect``."""
    start = subject.book.place(subject.roles.start_month)
    looks = [_twice, _hits, _factors, _lead_times, _zeros, _weights, _unused, _rates]
    if start is None or start[:3] not in suspect:
        looks.append(_dates)
    told = {(sheet, address(row, col)) for sheet, row, col in suspect}
    for look in looks:
        yield from (each for each in look(subject) if (each.sheet, each.cell) not in told)


# -- names ----------------------------------------------------------------


def _twice(subject: Subject) -> Iterator[Finding]:
    """I10: report two rows of one name."""
    roles = subject.roles
    for name in (roles.channel_name, roles.field_owner, roles.abm_rank_name, roles.abm_stage_name):
        cell = subject.template.cells.get(name)
        if cell is None:
            continue
        rows: dict[str, list[int]] = {}
        for row in subject.book.rows(cell):
            value = None if row is None or subject.book.place(name, row) is None else subject.book.value(name, row)
            if row is not None and isinstance(value, str) and value.strip():
                rows.setdefault("".join(unicodedata.normalize("NFKC", value).casefold().split()), []).append(row)
        for same in rows.values():
            if len(same) < 2:
                continue
            first, again = same[0], same[1]
            said = subject.book.value(name, again)
            places = [subject.book.place(name, row) for row in (first, *same[2:])]
            yield subject.finding(
                "I10.twice",
                cell,
                again,
                label=cell.label,
                said=said,
                many=len(same),
                found=str(said),
                affected=tuple(cell_of(*place[:3]) for place in places if place is not None),
            )


# -- rates and multipliers --------------------------------------------------


def _hits(subject: Subject) -> Iterator[Finding]:
    """X04: report more hits than cases; I06: hits without their cases."""
    for cell in subject.template.inputs():
        of = subject.template.cells.get(cell.name.removesuffix("_hits") + "_cases")
        if not cell.name.endswith("_hits") or of is None:
            continue
        hits, cases = _figure(subject, cell.name), _figure(subject, of.name)
        whole = subject.label(of, None)
        if hits is not None and cases is not None and hits > cases:
            counts = shown(hits, cell), shown(cases, of)
            yield subject.finding(
                "X04.more_than_cases",
                cell,
                None,
                hits=counts[0],
                cases=counts[1],
                whole=whole,
                found=number(hits),
                expected=number(cases),
            )
        elif hits and is_blank(subject.book.value(of.name)):
            yield subject.finding("I06.no_cases", of, None, whole=whole)


def _factors(subject: Subject) -> Iterator[Finding]:
    """I04: report a change in percent typed for a multiplier; I10: the two scenarios swapped."""
    for cell in subject.template.inputs():
        if not (cell.unbounded and cell.table is None and cell.unit == RATE):
            continue
        value = _figure(subject, cell.name)
        other = cell.name.replace("optimistic_", "pessimistic_", 1)
        low = _figure(subject, other) if other != cell.name else None
        if value is None or value <= 0:
            continue
        now = shown(value, cell)
        if value < _LEAST_FACTOR or value >= _MOST_FACTOR:
            change = value if value < 1 else value / 100
            meant = 1 - change if "pessimistic" in cell.name else 1 + change
            sign, right = "−" if meant < 1 else "+", shown(meant, cell)
            said = shown(change, cell)
            yield subject.finding(
                "I04.change_as_factor",
                cell,
                None,
                now=now,
                sign=sign,
                said=said,
                right=right,
                found=number(value),
                expected=number(meant),
            )
        elif cell.name.startswith("optimistic_") and value < 1:
            yield subject.finding("I10.optimistic_below_one", cell, None, now=now, found=number(value))
        elif low is not None and _LEAST_FACTOR <= low < _MOST_FACTOR and value < low:
            pair = shown(low, cell)
            yield subject.finding(
                "I10.scenarios_swapped", cell, None, now=now, pair=pair, found=number(value), expected=number(low)
            )


# -- counts, months, dates --------------------------------------------------


def _lead_times(subject: Subject) -> Iterator[Finding]:
    """I10: report more than two years from a stage to the win; once for all of them."""
    for cell in subject.template.inputs():
        months = _figure(subject, cell.name) if cell.name.startswith("lead_time_") else None
        if months is not None and months > _MOST_MONTHS:
            yield subject.finding("I10.days_for_months", cell, None, months=number(months), found=number(months))
            return


def _zeros(subject: Subject) -> Iterator[Finding]:
    """I06: report a count of 0 that is a divisor, if nothing else reports it."""
    divides = {
        node.right.id: cell
        for cell in subject.template.cells.values()
        if cell.formula is not None
        for node in cell.formula.walk()
        if isinstance(node, Binary) and node.op == "/" and isinstance(node.right, Name)
    }
    for cell in subject.template.inputs():
        if (
            cell.name not in divides
            or cell.unit != COUNT
            or cell.positive
            or cell.table is not None
            or cell.name.endswith("_cases")
        ):
            continue
        if _figure(subject, cell.name) == 0:
            result = divides[cell.name].full_label
            yield subject.finding("I06.zero_divisor", cell, None, result=result, found=0)


def _weights(subject: Subject) -> Iterator[Finding]:
    """I10: report a month's weight that takes the whole year."""
    cell = subject.template.cells.get(subject.roles.month_weight)
    if cell is None:
        return
    weights = {row: value for row in subject.book.rows(cell) if (value := _figure(subject, cell.name, row))}
    for row, value in weights.items():
        others = [each for at, each in weights.items() if at != row]
        if others and value >= Fraction(median(others)) * _TIMES_OTHER_WEIGHTS:
            now, usual = shown(value, cell), shown(Fraction(median(others)), cell)
            yield subject.finding("I10.weight_unlike", cell, row, now=now, usual=usual, found=number(value))
            return


def _unused(subject: Subject) -> Iterator[Finding]:
    """I06: report today's visits without a conversion rate; I10: today's leads beside visits, which take precedence."""
    visits, leads, rate = (
        subject.template.cells.get(each)
        for each in (subject.roles.channel_current_visits, subject.roles.channel_current_leads, subject.roles.channel_cvr)
    )
    if visits is None or leads is None or rate is None:
        return
    for row in subject.book.rows(visits):
        if subject.book.is_spare(visits, row):
            continue
        seen, taken, cvr = (_figure(subject, each.name, row) for each in (visits, leads, rate))
        if seen and cvr is None and is_blank(subject.book.value(rate.name, row)):
            now = shown(seen, visits)
            yield subject.finding("I06.visits_without_rate", rate, row, now=now)
        elif seen and cvr and taken:
            yield subject.finding("I10.leads_unused", leads, row, found=number(taken))


def _rates(subject: Subject) -> Iterator[Finding]:
    """I04: report a conversion rate of another order of magnitude than it was, or than the page's."""
    web, visits = (subject.template.cells.get(each) for each in (subject.roles.web_leads, subject.roles.visits))
    whole = [None if each is None else subject.expected(each, None) for each in (web, visits)]
    usual = whole[0] / whole[1] if isinstance(whole[0], Fraction) and isinstance(whole[1], Fraction) and whole[1] else None
    for name in (subject.roles.channel_cvr, subject.roles.month_cvr_override):
        cell = subject.template.cells.get(name)
        for row in subject.book.rows(cell) if cell is not None else ():
            value, then = _figure(subject, name, row), held(subject.book.anchors.written(name, row or 0))
            right = then if name == subject.roles.channel_cvr else usual
            if cell is None or not value or value > 1 or not isinstance(right, Fraction) or not right:
                continue
            off = (
                value * 100 == right
                if name == subject.roles.channel_cvr
                else not 1 < value / right * _TIMES_OTHER_RATE < _TIMES_OTHER_RATE**2
            )
            if off:
                now, was = shown(value, cell), shown(right, cell)
                yield subject.finding("I04.rate_unlike", cell, row, now=now, was=was, found=number(value))
                break


def _dates(subject: Subject) -> Iterator[Finding]:
    """I10: report a date that is ten years off the sheet's year; I06: a missing first month."""
    start = subject.template.cells.get(subject.roles.start_month)
    if start is None or subject.book.place(subject.roles.start_month) is None:
        return
    first = subject.book.date(subject.roles.start_month)
    if first is None:
        if (
            is_blank(subject.book.value(subject.roles.start_month))
            and subject.book.place(subject.roles.month_start, 0) is not None
        ):
            label = subject.label(start, None)
            yield subject.finding("I06.no_first_month", start, None)
        return
    deadline = subject.template.cells.get(subject.roles.approval_deadline)
    due = None if deadline is None or subject.book.place(deadline.name) is None else subject.book.date(deadline.name)
    if deadline is not None and due is not None and due < first and first.year - due.year <= _YEARS:
        label = subject.label(deadline, None)
        yield subject.finding("I10.deadline_early", deadline, None, label=label, due=due, first=first, found=f"{due:%Y-%m-%d}")
    for cell in subject.template.inputs():
        if cell.unit not in (DATE, MONTH) or cell.recorded or cell is start:
            continue
        for row in subject.book.rows(cell):
            day = subject.book.date(cell.name, row) if subject.book.place(cell.name, row) is not None else None
            reach = _YEARS_OF_DEFINITIONS if cell.name.startswith("definition") else _YEARS
            if not isinstance(day, datetime.date) or abs(day.year - first.year) <= reach:
                continue
            label = subject.label(cell, row)
            yield subject.finding(
                "I10.wrong_year", cell, row, day=day, first=first, years=abs(day.year - first.year), found=f"{day:%Y-%m-%d}"
            )


def _figure(subject: Subject, name: str, row: int | None = None) -> Fraction | None:
    if subject.book.place(name, row) is None:
        return None
    value = subject.book.value(name, row)
    return value if isinstance(value, Fraction) else None

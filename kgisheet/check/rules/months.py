"""X03, S09 and the order of lead times: whether the months add up to the year, and each is in its place."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from ...expr.render.figures import day_of
from ...formula.grid import Where
from ...language.catalogue import Phrase
from ...language.text import NOTHING, Text
from ...template.model import Cell
from ...template.tables import TAB_MONTH
from ...values.a1 import Place, cell_of
from ...values.rounding import number
from ...values.units import COUNT
from ...worksheet.shown import json_value, shown
from ...worksheet.solve import Held
from ..finding import ERROR, WARNING, Finding
from ..subject import Subject

_FEW = 3  # stages that a message names


# -- X03 ------------------------------------------------------------------


def year(subject: Subject, suspect: set[Where]) -> Iterator[Finding]:
    """X03: report months that don't add up to the page's year, once for all stages; a warning if something typed causes it.

    Checked on what the inputs give: an edited formula is reported at its own cell. Silent
    on a stage that depends on a ``suspect`` input. A note if the months' own rates explain it all.
    """
    if subject.book.broken.torn is not None or subject.book.place(subject.roles.month_start) is None:
        return  # what the months are is no longer known, and said
    wrong = {subject.where[where][0].name for where in suspect if where in subject.where}
    found: list[tuple[Cell, Text, Fraction]] = []
    meant: list[tuple[Cell, Text, Fraction]] = []
    typed = False
    for flow in subject.template.flows:
        cell = subject.template.cells[f"year_{flow.name}_gap"]
        gap = subject.expected(cell, None)
        sources = subject.sources_of(cell.name)
        if isinstance(gap, Fraction) and gap and not wrong & sources:
            if not subject.expected(subject.template.cells[flow.left_over], None):
                meant.append((cell, flow.label, gap))
                continue
            found.append((cell, flow.label, gap))
            typed = typed or _is_typed_over(subject, sources)
    if not found:
        for each in meant:
            yield _rated(subject, *each)
        return
    cell, _, gap = found[0]
    page = subject.expected(subject.template.cells[cell.name.replace("_gap", "_page")], None)
    apart = [_apart(*each) for each in found]
    if typed:
        why = Phrase("X03.year_apart.why_typed")
        fix = Phrase("X03.year_apart.fix_typed")
    else:
        why = Phrase("X03.year_apart.why_weights")
        fix = Phrase("X03.year_apart.fix_weights")
    place = [subject.book.place(each.name) for each, _, _ in found[1:]]
    beyond = len(apart) - _FEW
    more = Phrase("X03.year_apart.more", beyond=beyond) if beyond > 0 else NOTHING
    yield subject.finding(
        "X03.year_apart",
        cell,
        None,
        apart=apart[:_FEW],
        more=more,
        why=why,
        severity=WARNING if typed else ERROR,
        fix=fix,
        found=None if not isinstance(page, Fraction) else number(page + gap),
        expected=json_value(page),
        difference=float(gap),
        affected=tuple(cell_of(*each[:3]) for each in place if each is not None),
    )


def _rated(subject: Subject, cell: Cell, label: Text, gap: Fraction) -> Finding:
    """Return a note that the months' own conversion rates explain the difference: they need more or fewer visits than the page's rate."""
    page = subject.expected(subject.template.cells[cell.name.replace("_gap", "_page")], None)
    by = shown(abs(gap), cell)
    return subject.finding(
        "X03.own_rates",
        cell,
        None,
        label=label,
        by=by,
        turn="more" if gap > 0 else "fewer" if cell.unit == COUNT else "less",
        found=None if not isinstance(page, Fraction) else number(page + gap),
        expected=json_value(page),
        difference=float(gap),
    )


def _is_typed_over(subject: Subject, sources: frozenset[str]) -> bool:
    """Return whether a month's figure was overridden by hand, or is a recorded one."""
    for cell in subject.template.inputs():
        if cell.name in sources and cell.name.endswith(("_override", "_reported")):
            values = subject.book.inputs.get(cell.name)
            if any(each is not None for each in (values if isinstance(values, list) else [values])):
                return True
    return False


def _apart(cell: Cell, label: Text, gap: Fraction) -> Phrase:
    said = shown(abs(gap), cell)
    sign = "+" if gap > 0 else "−"
    return Phrase("part.signed_figure", label=label, sign=sign, said=said)


# -- S09 ------------------------------------------------------------------


def order(subject: Subject, suspect: set[Where]) -> Iterator[Finding]:
    """S09: report a month of the grid overwritten with another one; tabs of another month than the grid's.

    Silent on the tabs if the first month is ``suspect`` already.
    """
    if subject.roles.month_start not in subject.template.cells:
        return
    yield from _grid(subject)
    start = subject.book.place(subject.roles.start_month)
    if start is None or start[:3] not in suspect:
        yield from _tabs(subject)


def _grid(subject: Subject) -> Iterator[Finding]:
    cell = subject.template.cells[subject.roles.month_start]
    rows = len(list(subject.book.rows(cell)))
    wrong: list[tuple[int, Place]] = []
    for row in range(rows):
        place = subject.book.place(subject.roles.month_start, row)
        if place is None or place[:3] in subject.formulas:
            continue  # edited formulas are said where formulas are
        if _day(subject.book.date(subject.roles.month_start, row)) != _day(
            subject.book.solution.at(subject.roles.month_start, row)
        ):
            wrong.append((row, place))
    if not wrong:
        return
    (row, _), *others = wrong
    now = [_month(subject.book.date(subject.roles.month_start, each)) for each in range(rows)]
    right = [_month(subject.book.solution.at(subject.roles.month_start, each)) for each in range(rows)]
    twice = [each for each in dict.fromkeys(now) if each is not None and now.count(each) > 1]
    missing = [str(each) for each in right if each not in now]
    what = Phrase("S09.grid.message", now=now[row] or Phrase("part.blank_month"), right=right[row])
    if twice:
        what = Phrase("S09.grid.twice", twice=twice[0], what=what)
    if missing:
        what = Phrase("S09.grid.missing", what=what, missing=missing)
    formula = subject.expected_formula(cell, wrong[0][1][:3])
    yield subject.finding(
        "S09.grid",
        cell,
        row,
        formula=formula,
        message=what,
        found=now[row],
        expected=right[row],
        affected=tuple(cell_of(*place[:3]) for _, place in others),
    )


def _tabs(subject: Subject) -> Iterator[Finding]:
    """Report tabs of other months than the grid's: all of them after a changed first month, or one that was overwritten."""
    cell = subject.template.cells.get(TAB_MONTH)
    if cell is None:
        return
    present = [row for row in subject.book.rows(cell) if row is not None and subject.book.place(TAB_MONTH, row) is not None]
    wrong = [
        row
        for row in present
        if _day(subject.book.date(TAB_MONTH, row)) != _day(subject.book.solution.at(subject.roles.month_start, row))
        and subject.book.solution.at(subject.roles.month_start, row) is not None
    ]
    if not wrong:
        return
    if len(wrong) == len(present) > 1 and (start := subject.template.cells.get(subject.roles.start_month)) is not None:
        now, then = subject.book.date(subject.roles.start_month), subject.book.date(TAB_MONTH, present[0])
        yield subject.finding(
            "S09.tabs_of_old_year",
            start,
            None,
            now=now,
            then=_month(then),
            fix=Phrase("S09.update_tabs" if now is None or now.day == 1 else "S09.update_tabs_of_day_one"),
            found=_month(now),
            expected=_month(then),
        )
        return
    row, *others = wrong
    place = subject.book.place(TAB_MONTH, row)
    places = [subject.book.place(TAB_MONTH, each) for each in others]
    held, right = _month(subject.book.date(TAB_MONTH, row)), _month(subject.book.solution.at(subject.roles.month_start, row))
    yield subject.finding(
        "S09.tab_headed",
        cell,
        row,
        title=place.sheet if place else "",
        now=held or Phrase("part.blank_month"),
        right=right,
        found=held,
        expected=right,
        affected=tuple(cell_of(*each[:3]) for each in places if each is not None),
    )


def _day(value: Held) -> datetime.date | None:
    if isinstance(value, Fraction):
        return day_of(value)
    return value if isinstance(value, datetime.date) else None


def _month(value: Held) -> str | None:
    day = _day(value)
    return None if day is None else f"{day:%Y-%m}"


# -- lead times -----------------------------------------------------------


def lead_times(subject: Subject, suspect: set[Where]) -> Iterator[Finding]:
    """I10: report an earlier stage with less time than a later one; only the first, since the sheet says the rest."""
    leads = list(dict.fromkeys(flow.lead for flow in subject.template.flows if flow.lead is not None))
    for later, earlier in pairwise(leads):
        cells = [subject.template.cells[each] for each in (later, earlier)]
        times = [subject.expected(each, None) for each in cells]
        typed = subject.template.cells.get(earlier.replace("lead_", "lead_time_", 1))
        place = None if typed is None else subject.book.place(typed.name)
        if typed is None or place is None or place[:3] in suspect:
            continue
        if isinstance(times[0], Fraction) and isinstance(times[1], Fraction) and times[1] < times[0]:
            after = subject.label(cells[0], None)
            yield subject.finding(
                "I10.lead_times",
                typed,
                None,
                time=number(times[1]),
                after=after,
                later=number(times[0]),
                found=number(times[1]),
                expected=number(times[0]),
            )
            return

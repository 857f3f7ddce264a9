"""X01–X07: the figures compared with one another, as they are."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ...formula.grid import CircleError, Where
from ...formula.values import NotEvaluatedError, Value
from ...language.catalogue import Phrase
from ...template.model import INPUT, Cell, Check
from ...template.roles import Roles
from ...values.a1 import address, cell_of
from ...values.amounts import MAX_COUNT
from ...values.units import RATE
from ...worksheet.shown import is_blank, json_value, shown
from ..finding import ERROR, NOTE, Finding
from ..subject import Subject


def _codes(roles: Roles) -> dict[str, str]:
    """Return the codes of lines of the sheet's own checks that have one of their own."""
    return {
        roles.check_share: "X01",
        roles.check_meetings: "X02",
        roles.check_total: "X07",
        roles.check_target_accounts: "X04",
        roles.check_contacts: "X04",
    }


_FORWARD = "X05"
_AT_INPUTS = ("X01", "X07")
"""Those that inputs alone decide: they are reported at these."""


# Where shares are off, meetings and revenue follow; only the first of these is said.
_CHAIN = ("X01", "X02", _FORWARD)


def sums(subject: Subject, suspect: set[Where]) -> Iterator[Finding]:
    """Report the template's own checks, on what the inputs give.

    Silent if an input that a check depends on is ``suspect``: it isn't reported again.
    """
    wrong = {subject.where[where][0].name for where in suspect if where in subject.where}
    if not wrong:
        yield from _too_many(subject)
    chained: list[Finding] = []
    for section in subject.template.sections:
        for check in section.checks:
            finding = None if wrong & subject.sources_of(check.state) else _failed(subject, check)
            if finding is None:
                continue
            if finding.code in _CHAIN:
                chained.append(finding)
            else:
                yield finding
    if chained:
        first, *rest = sorted(chained, key=lambda each: _CHAIN.index(each.code))
        yield first._replace(affected=(*first.affected, *(f"{each.sheet}!{each.cell}" for each in rest)))


def huge(subject: Subject) -> Iterator[Finding]:
    """I07: report counts that no goal has; at the input that causes them, if one stands out."""
    large = [
        (cell, row, where)
        for cell, row, where in subject.results()
        if cell.rounded and isinstance(value := subject.expected(cell, row), Fraction) and value > MAX_COUNT
    ]
    if not large:
        return
    cell, row, _ = large[0]
    at = (cell, row)
    message = Phrase("I07.huge.comes_to", label=subject.label(*at), value=shown(subject.expected(*at), cell))
    price = subject.template.cells.get(subject.roles.deal_size)
    given = None if price is None else subject.book.value(subject.roles.deal_size)
    tiny = [
        (each, its) for each, its, _ in subject.inputs() if each.unit == RATE and _is_tiny(subject.book.value(each.name, its))
    ]
    if price is not None and isinstance(given, Fraction) and given < _LEAST_PRICE:
        tiny.insert(0, (price, None))
    if tiny:
        at = tiny[0]
        said, now = subject.label(*at), shown(subject.book.value(at[0].name, at[1]), at[0])
        message = Phrase("I07.huge.because", said=said, now=now, so=message)
    affected = tuple(cell_of(sheet, r, c) for each, its, (sheet, r, c) in large if (each, its) != at)
    yield subject.finding(
        "I07.huge", *at, message=message, found=json_value(subject.book.value(at[0].name, at[1])), affected=affected
    )


_LEAST_PRICE = 1000  # yen
_LEAST_RATE = Fraction(1, 100_000)


def _is_tiny(value: Value) -> bool:
    return isinstance(value, Fraction) and 0 < value < _LEAST_RATE


def _too_many(subject: Subject) -> Iterator[Finding]:
    """Report typed meetings above the need: the goal is reached, but the two numbers differ."""
    cell = subject.template.cells.get(subject.roles.meetings)
    if cell is None or subject.roles.channel_meetings not in subject.template.typed:
        return
    found, needed = (
        subject.expected(cell, None),
        subject.expected(subject.template.cells[subject.roles.required_meetings], None),
    )
    if isinstance(found, Fraction) and isinstance(needed, Fraction) and found - needed >= 1:
        more = shown(found - needed, cell)
        yield subject.finding(
            "X02.more_than_needed",
            cell,
            None,
            more=more,
            found=json_value(found),
            expected=json_value(needed),
            difference=float(found - needed),
        )


def _failed(subject: Subject, check: Check) -> Finding | None:
    """Return the finding of a check that doesn't hold; None if it does, or can't be evaluated."""
    state = subject.book.solution.at(check.state, None)
    if state not in subject.template.words["bad"] or check.forward is None or check.gap is None or check.goal is None:
        return None
    code = _codes(subject.roles).get(check.name, _FORWARD)
    severity = ERROR
    if code == _FORWARD and subject.book.inputs.get("rounding") == "down":
        severity = NOTE  # rounding down was chosen, and the sheet says what it does
    cells = subject.template.cells
    forward, goal, gap = (subject.expected(cells[each], None) for each in (check.forward, check.goal, check.gap))
    of_inputs = _at_inputs(subject, check, code, forward, goal)
    if of_inputs is not None:
        return of_inputs
    left, right = (shown(each, cells[check.forward]) for each in (forward, goal))
    return subject.finding(
        code,
        cells[check.state],
        None,
        severity=severity,
        message=Phrase("part.check_fails", check=check.label, left=left, right=right),
        fix=subject.book.solution.advice(check),
        found=json_value(forward),
        expected=json_value(goal),
        difference=float(gap) if isinstance(gap, Fraction) else None,
        unit=cells[check.forward].unit,  # the cell that says × is a text; what it compares is not
    )


def _at_inputs(subject: Subject, check: Check, code: str, forward: Value, goal: Value) -> Finding | None:
    """Return the finding of a check that inputs alone decide, at the first of them; None for another check."""
    cells = subject.template.cells
    state = subject.book.place(check.state)
    if state is None or not isinstance(forward, Fraction) or not isinstance(goal, Fraction):
        return None
    share, web, total = (
        cells.get(name) for name in (subject.roles.channel_share, subject.goal_input, subject.roles.total_revenue)
    )
    if code == "X01" and share is not None and share.role == INPUT:
        rows = [row for row, name in enumerate(_listed(subject, subject.roles.channel_name)) if isinstance(name, str) and name]
        places = [place for row in rows if (place := subject.book.place(share.name, row)) is not None]
        if places:
            first, last = (address(each.row, each.col) for each in (places[0], places[-1]))
            gap = shown(abs(goal - forward), share)
            turn = Phrase("X01.shares.short", gap=gap) if forward < goal else Phrase("X01.shares.over", gap=gap)
            affected = tuple(cell_of(each.sheet, each.row, each.col) for each in (*places[1:], state))
            area = first if first == last else f"{first}:{last}"
            said = subject.finding(
                "X01.shares", share, rows[0], total=shown(forward, share), area=area, turn=turn, affected=affected
            )
            return _compared(said, forward, goal)
    if code == "X07" and web is not None and total is not None and web.role == total.role == INPUT:
        others = [state] if (place := subject.book.place(total.name)) is None else [place, state]
        affected = tuple(cell_of(each.sheet, each.row, each.col) for each in others)
        said = subject.finding(
            "X07.above_total", web, None, web=shown(goal, total), total=shown(forward, total), affected=affected
        )
        return _compared(said, forward, goal)
    return None


def state_of(subject: Subject, finding: Finding) -> str | None:
    """Return the cell in which the page says what a finding says; None for a finding that isn't of a check of the page."""
    checks = [check for section in subject.template.sections for check in section.checks]
    if finding.code[0] != "X":
        return None
    named = [check.state for check in checks if check.state == finding.name]
    coded = [
        check.state for check in checks if _codes(subject.roles).get(check.name) == finding.code and finding.code in _AT_INPUTS
    ]
    return next(iter(named or coded), None)


def _listed(subject: Subject, name: str) -> list[object]:
    values = subject.book.inputs.get(name)
    return list(values) if isinstance(values, list) else []


def _compared(finding: Finding, found: Fraction, expected: Fraction) -> Finding:
    return finding._replace(found=json_value(found), expected=json_value(expected), difference=float(found - expected))


def own_state(subject: Subject, altered: set[Where]) -> Iterator[Finding]:
    """X06: report an overall state that the figures contradict; where it is gone, F01 says so."""
    cell: Cell | None = subject.template.cells.get(subject.roles.overall)
    place = subject.book.place(subject.roles.overall)
    if cell is None or place is None:
        return
    where = (place.sheet, place.row, place.col)
    if where not in altered:
        return
    expected = subject.expected(cell, None)
    try:
        now: Value = subject.recalculated.value(where)
    except (NotEvaluatedError, CircleError):
        return
    if now != expected and not is_blank(expected) and not is_blank(now):
        yield subject.finding(
            "X06.own_state",
            cell,
            None,
            now=json_value(now),
            right=json_value(expected),
            found=json_value(now),
            expected=json_value(expected),
        )

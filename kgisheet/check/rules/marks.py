"""X09: the sheet's own × marks that no other rule covers: an exceeded limit, a goal of 0, a rate above its cases."""

from __future__ import annotations

from collections.abc import Iterator

from ...formula.grid import Where
from ...language.catalogue import Phrase
from ...language.text import Text
from ...template.model import Cell
from ...values.a1 import cell_of
from ...worksheet.shown import json_value, shown
from ..finding import Finding
from ..subject import Subject

_LIMITS = ("accounts", "contacts", "sales", "budget", "lead")
"""Limits that a line of the checks holds as well (X04)."""


def marks(subject: Subject, suspect: set[Where]) -> Iterator[Finding]:
    """Check the marks as the inputs give them; silent if an input that a mark depends on is ``suspect``."""
    wrong = {subject.where[where][0].name for where in suspect if where in subject.where}
    for look in (_goal, _limits, _sure):
        for finding in look(subject):
            name = (finding.name or "").partition("[")[0]
            if name in subject.template.cells and not wrong & (subject.sources_of(name) | {name}):
                yield finding


def _says(subject: Subject, cell: Cell, row: int | None, *words: str) -> bool:
    value = subject.expected(cell, row)
    return isinstance(value, str) and any(value in subject.template.words[word] for word in words)


def _goal(subject: Subject) -> Iterator[Finding]:
    check, goal = (subject.template.cells.get(name) for name in (subject.roles.check_goal, subject.goal_input))
    if check is None or goal is None or not _says(subject, check, None, "bad"):
        return
    yield subject.finding("X09.goal_is_zero", goal, None, found=json_value(subject.expected(goal, None)))


def _limits(subject: Subject) -> Iterator[Finding]:
    """Report exceeded limits in one finding: they depend on the same goal."""
    passed: list[tuple[Cell, Cell, Cell]] = []
    x04 = {"accounts": subject.roles.check_target_accounts, "contacts": subject.roles.check_contacts}
    cells = subject.template.cells
    for name in _LIMITS:
        state = cells.get(f"limit_{name}_state")
        if state is not None and _says(subject, state, None, "bad") and x04.get(name) not in cells:
            passed.append((state, cells[f"limit_{name}_need"], cells[f"limit_{name}_have"]))
    if not passed:
        return
    said = [_passed(subject, *each) for each in passed]
    state, need, have = passed[0]
    places = [subject.book.place(each.name) for each, _, _ in passed[1:]]
    yield subject.finding(
        "X09.limits_passed",
        state,
        None,
        limits=said,
        many=len(said),
        unit=need.unit,
        found=json_value(subject.expected(need, None)),
        expected=json_value(subject.expected(have, None)),
        affected=tuple(cell_of(*place[:3]) for place in places if place is not None),
    )


def _passed(subject: Subject, state: Cell, need: Cell, have: Cell) -> Phrase:
    called = Text(*(label.partition(":")[0] for label in state.label))
    needed, there = shown(subject.expected(need, None), need), shown(subject.expected(have, None), have)
    return Phrase("X09.limits_passed.limit", called=called, needed=needed, there=there)


def _sure(subject: Subject) -> Iterator[Finding]:
    for name in (subject.roles.opportunity_rate, subject.roles.win_rate):
        state = subject.template.cells.get(f"sure_{name}_state")
        if state is None or not _says(subject, state, None, "sure_high"):
            continue
        assumed, high = (subject.template.cells[f"sure_{name}_{part}"] for part in ("assumed", "high"))
        rate, most = subject.expected(assumed, None), subject.expected(high, None)
        label = subject.label(subject.template.cells[name], None)
        yield subject.finding(
            "X09.above_cases",
            state,
            None,
            label=label,
            rate=shown(rate, assumed),
            most=shown(most, high),
            found=json_value(rate),
            expected=json_value(most),
        )

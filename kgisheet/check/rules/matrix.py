"""The matrix of accounts with some inputs corrected: which faults would disappear."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from ...plan.inputs import Input
from ...template import tables
from ...worksheet.solve import Held, Solution, solve
from ..subject import Subject

"""The columns of the moves that hold a name, and where those names are given."""

Columns = Mapping[str, list[Input]]


class Fault(NamedTuple):
    """A cell that closes below zero, or a stage at which arrivals differ from the page's count: the cell's name and row."""

    name: str
    row: int


class Matrix:
    """A workbook's matrix. Without ``goals``, arrivals aren't checked."""

    def __init__(self, subject: Subject, goals: bool) -> None:
        self.subject, self.roles = subject, subject.roles
        self.goals = goals
        self.axes = {
            self.roles.abm_moves_rank: self.roles.abm_rank_name,
            self.roles.abm_moves_from: self.roles.abm_stage_name,
            self.roles.abm_moves_to: self.roles.abm_stage_name,
        }
        """The columns of the moves, and those whose names they may hold."""
        self.across = tables.across(subject.book.sizes, tables.ABM)

    @cached_property
    def moves(self) -> range:
        """The moves that have a count."""
        return range(self.subject.book.sizes[tables.MOVES])

    def column(self, name: str, solution: Solution | None = None) -> list[Held]:
        values = (solution or self.subject.book.solution).values[name]
        assert isinstance(values, list)
        return values

    def typed(self, name: str) -> list[Input]:
        """Return a column of inputs, to be changed and solved again."""
        now = self.subject.book.inputs.get(name)
        size = self.subject.book.sizes[str(self.subject.template.cells[name].table)]
        return [*(now if isinstance(now, list) else []), *[None] * size][:size]

    def count(self, row: int) -> Fraction | None:
        """Return how many accounts a move takes along; None where it takes none."""
        value = self.column(self.roles.abm_moves)[row]
        return value if isinstance(value, Fraction) and value else None

    def known(self, column: str) -> list[str]:
        """Return the names that a column of the moves may hold."""
        return [str(each) for each in self.column(self.axes[column]) if each]

    def faults(self, changed: Columns | None = None) -> frozenset[Fault]:
        """Return the faults of the matrix, as it is or with some columns ``changed``."""
        book = self.subject.book
        solution = book.solution
        if changed:
            solution = solve(book.template, {**book.inputs, **changed}, book.sizes, book.lang, at_once=False)
        below = {
            Fault(self.roles.abm_closing, at)
            for at, value in enumerate(self.column(self.roles.abm_closing, solution))
            if isinstance(value, Fraction) and value < 0
        }
        if not self.goals or not any(isinstance(each, Fraction) for each in self.column(self.roles.abm_moves, solution)):
            return frozenset(below)
        pairs = zip(self.column(self.roles.abm_arrivals, solution), self.column(self.roles.abm_goal, solution), strict=True)
        return frozenset(below | {Fault(self.roles.abm_arrivals, at) for at, pair in enumerate(pairs) if _apart(*pair)})


def _apart(arrive: Held, goal: Held) -> bool:
    """Return whether arrivals differ from what the page asks for; half an account can't be moved where counts aren't made whole."""
    if not isinstance(arrive, Fraction) or not isinstance(goal, Fraction) or arrive == goal:
        return False
    return goal.denominator == 1 or abs(arrive - goal) >= 1

"""A plan's goal shared over a roster: what each row's plan has of it, whole at every stage.

The goal is shared in whole yen, by the roster's shares or weights. Each stage's whole number is then shared by what
that makes: the counts of the page and, below the stage that is split among the channels, those of each channel. A row's
plan carries the department's numbers beside its own (``[assigned]``), so that its workbook can prove them.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor
from typing import Any

from ..errors import CsvError, PlanError, Problem, RequestError
from ..language.text import Text
from ..plan.load import Plan
from ..template.model import INPUT, Template
from ..template.settle import settle
from ..values import amounts
from ..values.amounts import FigureError
from ..worksheet.solve import Solution, sizes, solve
from .plans import Base, plan_of
from .roster import Roster, Row
from .shares import shared, shared_within

KEY = "web_revenue"
SHEET = "assigned"
"""The sheet with what was handed out beside what the share comes to."""
_WHOLE = "department_"
"""How the keys of its inputs begin that say what the whole department has."""


def key(given: str) -> None:
    """Raise RequestError for a key that can't be shared."""
    if given != KEY:
        what = Text(f"--split で分けられるのは {KEY} です(「{given}」ではありません)", f"--split shares {KEY}, not “{given}”")
        fix = Text("各段階の件数は、Web売上と同じ比率で分けます", "the counts of all stages are shared in proportion to it")
        raise RequestError(Problem("split", what, fix))


def tables(base: Base, roster: Roster, split: str) -> list[dict[str, Any]]:
    """Return for each row what its plan gets on top; raise CsvError for shares, PlanError for a plan that can't be shared."""
    key(split)
    weights = _weights(roster)
    plan = plan_of(base)
    solution = solve(plan.template, plan.inputs, sizes(plan.template, plan.channels), base.lang, at_once=False)
    goal = solution.at(plan.template.cells[plan.roles.web_revenue].in_force or plan.roles.web_revenue, None)
    if not isinstance(goal, Fraction) or goal <= 0:
        what = Text("Web売上の目標がないため、分けられません", "there is no web revenue goal to be shared")
        raise PlanError(Problem("split", what, Text("web_revenue を書いてください", "write web_revenue"), base.name))
    parts = _whole(goal, weights)
    return _Shares(plan, solution, goal, parts).tables()


def _whole(amount: Fraction, weights: Sequence[Fraction]) -> list[Fraction]:
    """Return the parts of an amount in whole yen; what of it is less than a yen is the first's."""
    parts = [Fraction(each) for each in shared(floor(amount), weights)]
    first = next(at for at, weight in enumerate(weights) if weight)
    parts[first] += amount - floor(amount)
    return parts


class _Shares:
    """The parts of one plan."""

    def __init__(self, plan: Plan, solution: Solution, goal: Fraction, parts: list[Fraction]) -> None:
        self.plan, self.solution, self.goal, self.parts = plan, solution, goal, parts
        self.made: list[dict[str, Any]] = [{} for _ in parts]

    def tables(self) -> list[dict[str, Any]]:
        self._amounts()
        if self.plan.inputs.get("rounding") == "none":
            return self.made  # nothing is made whole, and the parts add up by themselves
        for made in self.made:
            made |= {"assigned": {"department_revenue": _yen(self.goal)}, "assigned_counts": {}}
            made["channel"] = [{} for _ in range(self.plan.channels)]
        if "sheets" in self.plan.table:  # a plan that names its sheets has to name this one too
            for made in self.made:
                made["sheets"] = [*self.plan.sheets, SHEET]
        with_parts = settle(self.plan.declaration, self.plan.template.typed, (*self.plan.sheets, SHEET))
        for stage in _stages(with_parts, "assigned_channels"):
            self._channels(stage)
        for stage in _stages(with_parts, "assigned_counts"):
            self._count(stage)
        return self.made

    def _amounts(self) -> None:
        roles = self.plan.roles
        total = self.solution.values.get(roles.total_revenue) if roles.total_revenue in self.plan.template.cells else None
        others = _whole(total - self.goal, self.parts) if isinstance(total, Fraction) and total >= self.goal else None
        for at, part in enumerate(self.parts):
            self.made[at][KEY] = _yen(part)
            if others is not None:
                self.made[at][roles.total_revenue] = _yen(part + others[at])

    def _channels(self, stage: str) -> None:
        """Share a stage of the channels: each channel's count, so that every row's sum is its part of their sum as well."""
        counts = [self.solution.at(f"channel_{stage}", row) for row in range(self.plan.channels)]
        wholes = [int(each) if isinstance(each, Fraction) else None for each in counts]
        columns = [each for each in wholes if each is not None]
        if not columns:
            return
        is_typed = f"channel_{stage}" in self.plan.template.typed
        for at, row in enumerate(shared_within(columns, self.parts)):
            parts = iter(row)
            for channel, whole in zip(self.made[at]["channel"], wholes, strict=True):
                if whole is not None:
                    channel |= {f"{_WHOLE}{stage}": whole, f"assigned_{stage}": (part := next(parts))}
                    if is_typed:
                        channel[stage] = part

    def _count(self, stage: str) -> None:
        """Share a stage of the page."""
        value = self.solution.at(stage, None)
        if not isinstance(value, Fraction):
            return
        split = shared(int(value), self.parts)
        for at, part in enumerate(split):
            self.made[at]["assigned_counts"] |= {f"{_WHOLE}{stage}": int(value), stage: part}


def _stages(template: Template, section: str) -> list[str]:
    """Return the stages whose whole is among the inputs of a section."""
    keys = [cell.plan_key for cell in template.cells.values() if cell.section == section and cell.role == INPUT]
    return [key.removeprefix(_WHOLE) for key in keys if key.startswith(_WHOLE)]


def _yen(amount: Fraction) -> int | str:
    return int(amount) if amount.denominator == 1 else str(float(amount))


def _weights(roster: Roster) -> list[Fraction]:
    """Return the rows' shares or weights: equal ones without a column of them; raise CsvError with all that is wrong."""
    if roster.weights is None:
        return [Fraction(1)] * len(roster.rows)
    problems: list[Problem] = []
    weights = [_weight(row, roster, problems) for row in roster.rows]
    in_percent = [bool(row.weight) and amounts.plain(str(row.weight)).endswith("%") for row in roster.rows]
    total = sum(weights, Fraction(0))
    if not problems and any(in_percent) and not all(in_percent):
        first = roster.rows[in_percent.index(False)]
        what = Text("% の付いた値と付いていない値があります", "some shares are in %, others are not")
        problems.append(_at(first, roster, what, Text("どちらかにそろえてください", "write all of them the same way")))
    elif not problems and all(in_percent) and total != 1:
        what = Text(f"配分の合計が {float(total):.4%} です", f"the shares add up to {float(total):.4%}")
        fix = Text("100%にするか、% を付けずに重みとして書いてください", "make it 100%, or write weights, without %")
        problems.append(Problem("shares", what, fix, roster.name, None, roster.weights))
    elif not problems and not total:
        what = Text("配分がすべて0です", "all the shares are 0")
        problems.append(Problem("shares", what, None, roster.name, None, roster.weights))
    if problems:
        raise CsvError(*problems)
    return weights


def _weight(row: Row, roster: Roster, problems: list[Problem]) -> Fraction:
    given = row.weight or ""
    try:
        if not given.strip():
            raise FigureError(
                Text("配分が空です", "the share is missing"),
                Text("0 か、ほかの値を書いてください", "write one, or 0 for nothing"),
            )
        if amounts.plain(given).endswith("%"):
            return amounts.rate(given, zero=True)
        return amounts.money(given)
    except FigureError as bad:
        problems.append(_at(row, roster, bad.what, bad.fix))
        return Fraction(0)


def _at(row: Row, roster: Roster, what: Text, fix: Text | None) -> Problem:
    return Problem("share", what, fix, roster.name, row.line, roster.weights)

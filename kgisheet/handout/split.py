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

from ..errors import PlanError, Problem, RequestError
from ..language.text import Text
from ..plan.load import Plan
from ..plan.wording import yen
from ..template.model import INPUT, Template
from ..template.settle import settle
from ..template.switches import is_read
from ..worksheet.solve import Solution
from . import stock
from .plans import Base, plan_of, solved
from .roster import Roster
from .shares import shared, shared_within
from .weights import weights

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
    plan = plan_of(base)
    solution = solved(plan, base.lang)
    goal = solution.at(plan.template.cells[plan.roles.web_revenue].in_force or plan.roles.web_revenue, None)
    if not isinstance(goal, Fraction) or goal <= 0:
        what = Text("Web売上の目標がないため、分けられません", "there is no web revenue goal to be shared")
        raise PlanError(Problem("split", what, Text("web_revenue を書いてください", "write web_revenue"), base.name))
    _refuse_unread(plan, goal)
    parts = _whole(goal, weights(roster, goal))
    made = _Shares(plan, solution, goal, parts).tables()
    stock.share(plan, roster, parts, made)
    return made


def _refuse_unread(plan: Plan, goal: Fraction) -> None:
    """Raise PlanError where the goal is not what web_revenue says but what the plan starts from: a part of it has nowhere to go."""
    cell = plan.template.cells[plan.roles.web_revenue]
    switch = cell.read_when
    if switch is None or is_read(plan.template, cell, plan.inputs.get):
        return
    said = plan.table.get(switch.cell)
    what = Text(
        f'この計画のWeb売上は {switch.cell} = "{said}" から決まるため、分けられません',
        f'its web revenue follows from {switch.cell} = "{said}", and can\'t be shared',
    )
    fix = Text(
        f'{switch.cell} の行を {KEY} = "{yen(goal)}円" に書き換えてください(同じ目標です)',
        f'write {KEY} = "{yen(goal)}" instead of the line {switch.cell}: it is the same goal',
    )
    raise PlanError(plan.source.problem("split", (switch.cell,), what, fix))


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

"""The figures of a sheet held beside those that its plan gives: each is the same, said to differ, or left."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from ...errors import KgisheetError
from ...freeform.read.figures import Figure, said
from ...freeform.rules.rounding import spread
from ...plan.load import Plan
from ...values.units import RATE
from ...worksheet.solve import Solution, sizes, solve
from .chain import MEETINGS, Placed
from .fitted import is_as_written, rate_value, same
from .goal import Goal


class Pair(NamedTuple):
    """A figure of the sheet, and what the plan's workbook has for it; None where that has nothing."""

    figure: Figure
    ours: Fraction | None

    @property
    def agrees(self) -> bool:
        if self.ours is None or self.figure.value is None:
            return False
        low, high = spread(self.figure)
        if low <= self.ours <= high or same(self.ours, self.figure.value):
            return True  # 約120件, 29〜34件
        if self.figure.kind == RATE:
            written = rate_value(self.figure)
            return written is not None and (written == self.ours or is_as_written(self.ours, written))
        return False

    @property
    def shown(self) -> str:
        return "―" if self.ours is None else said(self.ours, self.figure.kind)


def solved(plan: Plan) -> Solution | None:
    """Return the plan's figures; None where they can't be worked out."""
    try:
        return solve(plan.template, plan.inputs, sizes(plan.template, plan.channels), "ja", at_once=False)
    except KgisheetError:
        return None


def pairs(goal: Goal, placed: Placed, solution: Solution) -> Iterator[Pair]:
    """Yield every figure of the goal with the plan's."""

    def at(name: str, row: int | None = None) -> Fraction | None:
        return _at(solution, name, row)

    for field, figure in goal.money.items():
        yield Pair(figure, at(field))
    for index, figure in goal.monthly_money.get("web_revenue", {}).items():
        yield Pair(figure, at("month_revenue", index))
    for index, figure in goal.shares.items():
        yield Pair(figure, at("channel_share", index))
    for above, link in zip([None, *placed.links], placed.links, strict=False):
        stage = link.stage
        if stage.whole is not None:
            yield Pair(stage.whole, at(link.total))
        for index, figure in stage.months.items():
            yield Pair(figure, at(f"month_{link.name}", index))
        inside = link.is_split or link.name == MEETINGS
        for index, figure in stage.channels.items():
            yield Pair(figure, at(f"channel_{link.name}", index) if inside and len(goal.channels) > 1 else None)
        if stage.rate is not None and above is not None:
            ours = _ratio(solution, above.total, link.total) if len(goal.channels) > 1 else at(f"channel_{link.rate}", 0)
            yield Pair(stage.rate, ours if link.is_split else at(link.rate))
        for index, figure in stage.channel_rates.items():
            yield Pair(figure, at(f"channel_{link.rate}", index) if link.is_split and len(goal.channels) > 1 else None)


def follows(figure: Figure, goal: Goal, placed: Placed, solution: Solution) -> bool:
    """Return whether a figure that is not in the plan is the ratio of two stages that are: leads to deals, 5 %."""
    tie = next((each for each in goal.page.ties if each.rate == figure.field), None)
    counts = {link.stage.field: link.total for link in placed.links}
    if tie is None or tie.later not in counts or tie.earlier not in counts or figure.kind != RATE:
        return False

    return Pair(figure, _ratio(solution, counts[tie.later], counts[tie.earlier])).agrees


def _at(solution: Solution, name: str, row: int | None = None) -> Fraction | None:
    try:
        value = solution.at(name, row)
    except (KeyError, IndexError):
        return None
    return value if isinstance(value, Fraction) else None


def _ratio(solution: Solution, above: str, below: str) -> Fraction | None:
    upper, lower = _at(solution, above), _at(solution, below)
    return upper / lower if upper is not None and lower else None

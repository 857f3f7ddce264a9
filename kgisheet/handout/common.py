"""The figures that all rows of a shared goal have in common: its counts are made of them, and no row can have others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..errors import Problem
from ..language.text import Text
from ..plan.inputs import Input, value_of
from ..plan.lines import path_of
from ..plan.load import Plan
from ..template.model import INPUT
from ..template.sources import with_sources
from ..values.recent import Recent
from ..worksheet.solve import Held, Solution
from .plans import Base, plan_of, solved


class _Whole(NamedTuple):
    """A plan, the cells that its goal and its counts are made of, and what these come to."""

    plan: Plan
    chain: frozenset[str]
    solution: Solution


_TEMPLATE = "template"
_WHOLES: Recent[_Whole] = Recent(4)


def contradictions(base: Base, settings: tuple[str, ...], line: tuple[str, int]) -> tuple[Problem, ...]:
    """Return what a row changes of that which all counts were shared by; raise PlanError for a plan that is none.

    Its plan is worked out as if nobody had shared the goal: wherever that has other figures than the plan of all, a
    workbook would have the counts of the one beside the rates of the other. Total revenue is shared along with the goal.
    """
    if not settings:
        return ()
    whole = _WHOLES.get(base, lambda: _whole(base))
    given = dict(_parted(each) for each in settings)
    told = [_TEMPLATE] if given.get(_TEMPLATE, whole.plan.template.name) != whole.plan.template.name else []
    told += [
        total for total in (whole.plan.roles.total_revenue,) if total in given and whole.plan.inputs.get(total) is not None
    ]
    if _TEMPLATE not in told:  # else it is another worksheet
        own = plan_of(base, [each for each in settings if _parted(each)[0] not in told], line)
        told += _told(whole, own) if _is_other(whole, own, base.lang) else []
    return (_problem(list(dict.fromkeys(told)), line),) if told else ()


def _parted(setting: str) -> tuple[str, str]:
    key, _, value = setting.partition("=")
    return key.strip(), value.strip()


def _whole(base: Base) -> _Whole:
    plan = plan_of(base)
    return _Whole(plan, chain(plan), solved(plan, base.lang))


def chain(plan: Plan) -> frozenset[str]:
    """Return the cells that the goal and every stage of the year are made of; where nothing is rounded, the goal alone is shared."""
    template = plan.template
    goal = template.cells[plan.roles.web_revenue].in_force or plan.roles.web_revenue
    if plan.inputs.get("rounding") == "none":
        return frozenset(with_sources(template, [goal]))
    years = (f"year_{flow.name}_page" for flow in template.flows)
    return frozenset(with_sources(template, [goal, *template.funnel, *years]))


def _is_other(whole: _Whole, own: Plan, lang: str) -> bool:
    """Return whether any figure of the chain, in all or of a channel, is another than in the plan of all."""
    if whole.plan.inputs == own.inputs:
        return False
    solution = solved(own, lang)
    return any(_values(solution, name) != _values(whole.solution, name) for name in whole.chain)


def _values(solution: Solution, name: str) -> Held | list[Held]:
    return solution.values[name] if name in solution.template.cells else None


def _told(whole: _Whole, own: Plan) -> Iterator[str]:
    """Yield the keys of the inputs that make them other ones."""
    for name in own.template.cells:
        if name not in whole.chain or own.template.cells[name].role != INPUT:
            continue
        for row in range(own.channels) if own.template.cells[name].table is not None else (None,):
            if _input(own, name, row) != _input(whole.plan, name, row):
                yield _key(own, name, row)


def _input(plan: Plan, name: str, row: int | None) -> Input:
    return value_of(plan.inputs, name, row) if name in plan.inputs else None


def _key(plan: Plan, name: str, row: int | None) -> str:
    """Return the key of an input, as the row has it."""
    path = path_of(plan, name if row is None else f"{name}[{row + 1}]")
    said = plan.source.elsewhere.get(path)
    return said[2] if said is not None else str(path[-1])


def _problem(keys: list[str], line: tuple[str, int]) -> Problem:
    what = Text(
        "--split では目標と件数を計画全体から分けるので、行ごとには変えられません",
        "with --split the goal and the counts are parts of the whole plan's, so no row can have its own",
    )
    fix = Text(
        "全員に共通なら計画に書いてください。行ごとに変えるなら、--split を付けずに、列 web_revenue に金額を書いてください",
        "write it into the plan for all; where rows are to differ, leave out --split and write amounts into the column web_revenue",
    )
    return Problem("of-all", what, fix, *line, ", ".join(keys))

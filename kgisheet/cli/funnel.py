"""The chain as a funnel, and the goal beside today's forecast, for the terminal."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..language.text import Text
from ..template.roles import SHIPPED
from ..values.units import COUNT
from .tables import aligned, value_text

if TYPE_CHECKING:
    from ..filled.records import Record

_WIDEST = 40
_STAGES = (SHIPPED.visits, SHIPPED.leads, SHIPPED.required_meetings, SHIPPED.opportunities, SHIPPED.won_deals)
"""The stages of a workbook that has no sheet with both ways."""


def funnel(records: list[Record], lang: str) -> str:
    """Return a bar per stage; each ten times as many is as much longer (21,700 visits and 3 deals do not fit on one scale)."""
    held = {each.known_as: each for each in records}
    chain = [f"required_{stage}" if f"required_{stage}" in held else stage for stage in _both(held)] or _STAGES
    stages = [held[name] for name in chain if name in held and isinstance(held[name].value, (int, float))]
    stages = [each for each in stages if each.unit == COUNT]
    counts = [float(each.value) for each in stages if each.value > 0]
    if len(counts) < 2:
        return ""
    most = math.log10(max(counts) + 1)
    rows = [
        [each.label, "#" * max(1, round(_WIDEST * math.log10(float(each.value) + 1) / most)), value_text(each.unit, each.value)]
        for each in stages
        if each.value > 0
    ]
    note = Text("(棒の長さは対数)", "(bars on a log scale)").to(lang)
    return f"{aligned(rows)}\n{note}"


def _both(held: Mapping[str, Record]) -> list[str]:
    """Return the stages that are worked out both ways, from the foot of the chain up; none without that sheet."""
    return [name.removeprefix("both_") for name in held if name.startswith("both_")]


def both_ways(records: list[Record], lang: str) -> str:
    """Return 現状とのギャップ: goal, today, gap and how far today reaches; nothing while today's visits are blank."""
    held = {each.known_as: each for each in records}
    rows = []
    for stage in _both(held):
        goal, today = held.get(f"both_{stage}"), held.get(f"forecast_{stage}")
        if goal is None or today is None or today.value is None or not {f"gap_{stage}", f"reach_{stage}"} <= held.keys():
            continue
        cells = [goal, today, held[f"gap_{stage}"], held[f"reach_{stage}"]]
        label = goal.label.removesuffix("(目標)").removesuffix(" (goal)")
        reach = cells.pop()
        percent = "―" if reach.value is None else f"{float(reach.value) * 100:.1f}%"
        rows.append([label, *(value_text(each.unit, each.value) for each in cells), percent])
    if not rows:
        return ""
    head = [
        Text("現状とのギャップ", "gap to goal"),
        Text("逆算(目標)", "goal"),
        Text("積み上げ(現状)", "from today"),
        Text("差", "gap"),
        Text("到達率", "reached"),
    ]
    found = aligned([[text.to(lang) for text in head], *rows], right={1, 2, 3, 4})
    limit = held.get(SHIPPED.feasibility_line)
    return found if limit is None or limit.value is None else f"{found}\n{limit.value}"

"""The months of a goal in its plan: the first one, the weights, and the months that the weights alone don't give."""

from __future__ import annotations

import math
import unicodedata
from fractions import Fraction
from functools import reduce
from typing import Any

from ...freeform.read.figures import Figure
from ...language.text import Text
from ...values.regex import regex
from ..said import number
from .chain import Placed
from .goal import YEAR, Goal
from .notes import Notes

_SAID_YEAR = regex(r"(?:fy\s*'?)?(20\d\d)(?:年度?|\b)|fy\s*'?(\d\d)\b|令和(\d{1,2})年")


def put(table: dict[str, Any], goal: Goal, placed: Placed, notes: Notes) -> dict[str, dict[int, Figure]]:
    """Put the months' table into that of the plan; return the months' figures by the name of their stage."""
    if not goal.months:
        if goal.page.months:
            notes.assumed(
                Text(
                    "12か月そろった表ではないため、月ごとの数は計画に入れず、年間の計画としました",
                    "the months are not twelve: they are left out, and the plan is for a year",
                )
            )
        return {}
    year, first = goal.months[0]
    if [month for _, month in goal.months] != [(first + at - 1) % 12 + 1 for at in range(YEAR)]:
        notes.assumed(
            Text("月が順に並んでいないため、月ごとの数は計画に入れていません", "the months are not in order, and are left out")
        )
        return {}
    if not year:
        year = _said_year(goal)
    if year:
        table["start"] = f"{year}-{first:02}"
    else:
        table["start"] = f"2026-{first:02}"
        notes.assumed(
            Text(
                f"何年度か書かれていないため、{table['start']} からとしました",
                f"the year isn't said: it begins with {table['start']}",
            )
        )
    by_stage = {"revenue": goal.monthly_money.get("web_revenue", {})} | {link.name: link.stage.months for link in placed.links}
    by_stage = {name: months for name, months in by_stage.items() if len(months) == YEAR}
    if by_stage:
        table["months"] = {"weights": _weights(next(iter(by_stage.values())))}
    return by_stage


def overridden(by_stage: dict[str, dict[int, Figure]], start: str, names: set[str]) -> list[dict[str, Any]]:
    """Return the months of these stages as figures that are typed over."""
    year, month = (int(each) for each in start.split("-"))
    rows = []
    for at in range(YEAR):
        index = month - 1 + at
        row: dict[str, Any] = {"month": f"{year + index // 12}-{index % 12 + 1:02}"}
        for name in by_stage:
            if name in names:
                row[name] = number(by_stage[name][at].value or Fraction(0))
        rows.append(row)
    return rows


def _weights(months: dict[int, Figure]) -> list[Any]:
    values = [months[at].value or Fraction(0) for at in range(YEAR)]
    scale = reduce(math.lcm, (each.denominator for each in values), 1)
    whole = [int(each * scale) for each in values]
    common = reduce(math.gcd, whole, 0) or 1
    return [each // common for each in whole]


def _said_year(goal: Goal) -> int:
    """Return the year that a text of the sheet says; 0 if none or several do."""
    found: set[int] = set()
    for spots in goal.page.plane.rows.values():
        for spot in spots:
            for match in _SAID_YEAR.finditer(unicodedata.normalize("NFKC", spot.text).casefold()):
                found.add(int(match[1]) if match[1] else 2000 + int(match[2]) if match[2] else 2018 + int(match[3]))
    return found.pop() if len(found) == 1 else 0

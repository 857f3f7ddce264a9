"""The ``[months]`` table of a plan: how the year is spread over its months."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from ..errors import Problem
from ..language.text import Text
from ..template.model import LEAD_TIME, Template
from ..template.roles import Roles
from ..template.tables import TAB_MONTH
from ..values import amounts
from ..values.amounts import FigureError
from ..values.toml import Decimal, Path, Source

SEASONS: dict[str, tuple[int, ...]] = {
    "even": (1,) * 12,
    "ramp": tuple(range(1, 13)),
    "quarter_end": (2, 2, 3) * 4,
    "year_end": (2,) * 9 + (3, 3, 4),
}
"""Weights of the twelve months, from the fiscal year's first, by name."""

STAGES = ("opportunities", "meetings", "leads")
"""The stages of the shipped templates that have lead times; one of them that a template is without says nothing there."""
KEYS = ("weights", "closed_through", "lead_time", "next_year")


def cells_of(roles: Roles) -> dict[str, str]:
    """Return the cells that the keys of ``[months]`` are about; of the lead times what their names begin with."""
    return dict(zip(KEYS, (roles.month_weight, roles.closed_through, LEAD_TIME, roles.next_year_revenue), strict=True))


_TYPED = ("as_of", "opening", "override", "reported", "reported_before", "initial")
"""The keys that `typed` reads."""
_MAX_LEAD = 36


def inputs(template: Template, table: dict[str, Any], page: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of the months' inputs for a valid ``[months]`` table: numbers, days, lists of twelve."""
    start = page[template.roles.start_month]
    found: dict[str, Any] = {
        cell.name: None if cell.table is None else []
        for cell in template.inputs()
        if cell.name not in page
    }  # fmt: skip
    value = table.get("weights", "even")
    found[template.roles.month_weight] = [_weight(each) for each in (SEASONS[value] if isinstance(value, str) else value)]
    if "closed_through" in table:
        found[template.roles.closed_through] = amounts.month(table["closed_through"])
    last = 0
    lead_time = table.get("lead_time", {})
    for stage in template.lead_times():
        name = f"{LEAD_TIME}{stage}"
        if lead_time and name in found:
            last = int(lead_time.get(stage, last))
            found[name] = Fraction(last)
    next_year = table.get("next_year", "same")
    if next_year != "same":
        found[template.roles.next_year_revenue] = Fraction(0) if next_year == "none" else amounts.money(next_year)
    if TAB_MONTH in found and isinstance(start, datetime.date):
        found[TAB_MONTH] = months_from(start)
    return {name: each for name, each in found.items() if name in template.cells}


def months_from(start: datetime.date) -> list[datetime.date]:
    """Return the first days of the twelve months of a year beginning with ``start``'s month."""
    first = start.year * 12 + start.month - 1
    return [datetime.date(month // 12, month % 12 + 1, 1) for month in range(first, first + 12)]


def check(
    table: Any, source: Source, start: datetime.date | None = None, with_lead_time: Sequence[str] = STAGES
) -> list[Problem]:
    """Return all problems of ``[months]``, for a year beginning with ``start``."""
    if not isinstance(table, dict):
        return [source.problem("type", ("months",), Text("表 [months] が必要です", "months should be a table"))]
    problems: list[Problem] = []

    def say(path: Path, code: str, what: Text, fix: Text) -> None:
        problems.append(source.problem(code, ("months", *path), what, fix))

    for key in table:
        if key not in KEYS + _TYPED:
            say(
                (key,),
                "unknown-key",
                Text("この項目はありません", "there is no such key"),
                Text(f"使えるのは {', '.join(KEYS + _TYPED)}", f"available: {', '.join(KEYS + _TYPED)}"),
            )
    if "weights" in table:
        _weights(table["weights"], say)
    if "closed_through" in table:
        try:
            closed = amounts.month(table["closed_through"])
        except FigureError as bad:
            say(("closed_through",), "figure", bad.what, bad.fix)
        else:
            if start is not None and closed > months_from(start)[-1]:
                last = f"{months_from(start)[-1]:%Y-%m}"
                say(
                    ("closed_through",),
                    "closed-after",
                    Text(f"締め月 {closed:%Y-%m} は年度の後です", f"{closed:%Y-%m} is after the year's end"),
                    Text(f"{last} までの月にしてください", f"write a month up to {last}"),
                )
    if "lead_time" in table:
        _lead_time(table["lead_time"], [each for each in STAGES if each not in with_lead_time] + [*with_lead_time], say)
    if "next_year" in table and table["next_year"] not in ("same", "none"):
        try:
            amounts.money(table["next_year"])
        except FigureError as bad:
            say(
                ("next_year",),
                "figure",
                bad.what,
                Text('"same" か "none" か金額を書いてください', 'write "same", "none" or an amount'),
            )
    return problems


def _weights(value: Any, say: Any) -> None:
    fix = Text(f"0以上の数を12個、または {', '.join(SEASONS)}", f"twelve numbers, zero or more, or {', '.join(SEASONS)}")
    if isinstance(value, str) and not isinstance(value, Decimal):
        if value not in SEASONS:
            say(("weights",), "weights", Text(f"「{value}」という配分はありません", f"there are no weights “{value}”"), fix)
        return
    try:
        numbers = [_weight(item) for item in value]
    except FigureError as bad:
        say(("weights",), "weights", bad.what, bad.fix)
        return
    except (TypeError, ValueError):
        say(("weights",), "weights", Text("季節配分(weights)として読めません", "these are not weights"), fix)
        return
    if len(numbers) != 12:
        say(
            ("weights",),
            "weights",
            Text(f"季節配分(weights)が{len(numbers)}個あります", f"there are {len(numbers)} weights"),
            fix,
        )
    elif sum(numbers) <= 0:
        say(("weights",), "weights", Text("季節配分(weights)がすべて0です", "all the weights are zero"), fix)


def _weight(item: Any) -> Fraction:
    if isinstance(item, bool) or not isinstance(item, (int, Decimal)):
        raise ValueError
    return amounts.weight(item)


def _lead_time(value: Any, stages: Sequence[str], say: Any) -> None:
    fix = Text(
        "{ opportunities = 1, meetings = 2, leads = 3 } のように、前の段階ほど大きく",
        "like { opportunities = 1, meetings = 2, leads = 3 }, not falling",
    )
    if not isinstance(value, dict):
        say(("lead_time",), "type", Text("表 { } が必要です", "this should be a table"), fix)
        return
    last = 0
    for key in value:
        if key not in stages:
            say(
                ("lead_time", key),
                "unknown-key",
                Text("この段階はありません", "this stage is not known"),
                Text(f"使えるのは {', '.join(stages)}", f"available: {', '.join(stages)}"),
            )
    for stage in stages:
        months = value.get(stage, last)
        if isinstance(months, str) and re.fullmatch(r"\d{1,3}", months):
            months = int(months)
        if isinstance(months, bool) or not isinstance(months, int) or not 0 <= months <= _MAX_LEAD:
            say(
                ("lead_time", stage),
                "lead-time",
                Text(f"{stage} は0から{_MAX_LEAD}の月数です", f"{stage} is a number of months from 0 to {_MAX_LEAD}"),
                fix,
            )
            continue
        if months < last:
            say(
                ("lead_time", stage),
                "lead-time",
                Text(
                    f"{stage} のリードタイム({months}か月)が後の段階({last}か月)より短くなっています",
                    f"{stage} ({months} months) comes later than the stage after it ({last})",
                ),
                fix,
            )
        last = months

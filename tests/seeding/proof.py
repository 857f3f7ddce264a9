"""Shows in IronCalc whether a mutant has named values that differ: on the page over many changed inputs, beyond it over a year under way."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable
from typing import Any

from . import engines
from .case import Cells, Place
from .engines import Engine
from .standing import Standing, standing
from .subjects import WHOLE

Inputs = dict[Place, Any]
_ADDRESS = re.compile(r"=.*(?<![A-Za-z_])\$?[A-Z]{1,2}\$?\d+(?![\d(A-Za-z_])")
"""A formula with an address: on the sheets with fewer lines in the smaller workbook it would lead elsewhere."""


def input_sets(sheet: Standing) -> list[Inputs]:
    """As it is; three sets of other figures, which try every switch; an added channel; each input left empty; more in the market."""
    w, place, records = sheet.words, sheet.place, sheet.records

    def scaled(money: tuple[float, ...], rate: float, **words: str) -> Inputs:
        made: Inputs = {place(records[name]): word for name, word in words.items()}
        for number, record in enumerate(sheet.inputs):
            value = float(record.value)  # type: ignore[arg-type]
            if record.unit == "currency":
                made[place(record)] = float(round(value * money[number % len(money)]))
            elif record.unit == "rate" and not record.name.startswith("channel_share"):
                made[place(record)] = min(0.97, round(value * rate * (1 + 0.03 * (number % 5)), 4))
            elif record.name.startswith("channel_meetings"):
                made[place(record)] = round(value * money[0]) + number
        column = sheet.line("channel_share")
        if column[0].role == "input":
            values = [each.value for each in column]
            for each, value in zip(column, values[1:] + values[:1], strict=True):
                made[place(each)] = value
        return made

    sets = [
        {},
        scaled((1.37, 1.9, 1.13), 0.83, rounding=w.down, period=w.month, display_unit=sheet.units[0]),
        scaled((0.71, 0.83, 1.21), 1.17, rounding=w.nearest, period=w.year, display_unit=sheet.units[1]),
        scaled((1.77, 1.31, 0.57), 0.63, rounding=w.none, period=w.year, display_unit=sheet.units[4]),
        scaled((1.53, 2.11, 0.91), 0.91, rounding=w.up, period=w.month, display_unit=sheet.units[3]),
    ]
    if len(sheet.spare) > 1:
        grown = dict(sets[4])
        for channel in (sheet.spare[0], sheet.spare[-1]):
            for name in sheet.lines:
                record = sheet.line(name)[0]
                if record.role == "input":
                    grown[sheet.at(name, channel)] = (
                        f"追加{channel}" if record.unit == "text" else 7 if record.unit == "count" else 0.21
                    )
        sets.append(grown)
    more = dict(sets[4])
    for name in ("target_accounts", "contacts"):
        if name in records:
            more[place(records[name])] = 2
    sets.append(more)
    for record in sheet.inputs:
        sets.append({**sets[2], place(record): None})
    for name in ("rounding", "period"):
        sets.append({place(records[name]): None})
    return sets


def _read(sheet: Standing, engine: Engine) -> list[Any]:
    spare = [sheet.at(name, channel) for name in sheet.lines for channel in sheet.spare]
    return [engine.value(place) for place in [*map(sheet.place, sheet.records.values()), *spare]]


States = list[tuple[Inputs, list[Any]]]
"""Sets of inputs, and the values as they should be with each."""


def _right(engine: Engine, sets: list[Inputs], read: Callable[[Engine], list[Any]]) -> States:
    found = []
    for typed in sets:
        with engines.typed(engine, typed):
            found.append((typed, read(engine)))
    return found


@functools.cache
def _states(subject: str) -> States:
    sheet = standing(subject)
    return _right(engines.of_page(subject), input_sets(sheet), functools.partial(_read, sheet))


def differs(subject: str, changed: Cells) -> bool:
    """Whether some named value is another on some set of inputs."""
    if subject in WHOLE:
        whole = standing(subject)
        if any(title not in whole.sheets or (title != whole.goals and _ADDRESS.search(str(value))) for (title, _), value in changed.values.items()):  # fmt: skip
            return _differs_beyond(subject, changed)
        changed = Cells(whole.all_alone(changed.values))
    sheet = standing(subject.removeprefix("all-"))
    read = functools.partial(_read, sheet)
    return _wrong(engines.of_page(sheet.subject), changed, _states(sheet.subject), read)


def _wrong(engine: Engine, changed: Cells, states: States, read: Callable[[Engine], list[Any]]) -> bool:
    """Whether a value is another in one of the states; one engine is taken through all, for it takes long to load."""
    for typed, right in states:
        with engines.typed(engine, {**typed, **changed.values}):
            values = read(engine)
        if not all(_same(a, b) for a, b in zip(right, values, strict=True)):
            return True
    return False


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return (
        (one or "") == (other or "")
        if not isinstance(one, (int, float)) and not isinstance(other, (int, float))
        else one == other
    )


def sound(subject: str, changed: Cells) -> bool:
    """Whether the sheet's own verdict is good after the change (any, where rounding down); typed meetings are as many as needed."""
    sheet = standing(subject)
    with engines.typed(engines.of_page(subject), sheet.all_alone(changed.values)) as engine:

        def now(name: str) -> Any:
            return engine.value(sheet.alone(sheet.place(sheet.records[name])))

        typed = "channel_meetings" in sheet.lines and sheet.line("channel_meetings")[0].role == "input"
        if typed and now("meetings") != now("required_meetings"):
            return False
        return bool(now("overall") == sheet.words.ok or now("rounding") == sheet.words.down)


# -- the sheets beyond the page ----------------------------------------------


def rich(sheet: Standing) -> Inputs:
    """A year under way: another goal, seasons, overrides, lead times, actuals of five months, cases held, the pessimistic scenario."""
    of, typed = sheet.months, {}
    titles = sorted({str(each.sheet) for each in of.values() if re.fullmatch(r"\d{4}-\d\d", str(each.sheet))})

    def put(name: str, value: Any) -> None:
        record = of.get(name) or sheet.records.get(name)
        if record is not None:
            typed[str(record.sheet), str(record.cell)] = value

    for name, factor in (("web_revenue", 1.37), ("deal_size", 0.83), ("win_rate", 0.91), ("opportunity_rate", 1.07)):
        if name in sheet.records:
            put(name, round(float(sheet.records[name].value) * factor, 4))  # type: ignore[arg-type]
    for record in sheet.line("channel_meeting_rate"):
        put(record.name, round(float(record.value or 0.2) * (0.8 + 0.01 * len(typed)), 4))
    scenario = "scenario"
    if scenario in sheet.records and sheet.records[scenario].role == "input":
        put(scenario, "弱気" if sheet.lang == "ja" else "pessimistic")
    for month in range(1, 13):
        put(f"month_weight[{month}]", 1 + (month * 7 % 5) / 4)
    for name, value in (("lead_time_opportunities", 1), ("lead_time_meetings", 2), ("lead_time_leads", 4), ("opening_leads", 57),
                        ("opening_meetings", 13), ("opening_opportunities", 5), ("next_year_revenue", 23_456_789)):  # fmt: skip
        put(name, value)
    for at, stage in enumerate(("revenue", "won_deals", "opportunities", "meetings", "leads", "visits")):
        put(f"month_{stage}_override[{at + 4}]", 3 + at)
        for month, title in enumerate(titles[:5], 1):
            put(f"{title}!actual_{stage}", round((at + 2) ** (at + 1) * 1.3 + month * (at + 3)))
    for at in range(1, 9):
        put(f"channel_current_visits[{at}]", 1700 + 331 * at)
        put(f"channel_cost_per_lead[{at}]", 2000 + 777 * at)
        put(f"channel_article_share[{at}]", 0.07 * at)
    for name, value in (("sales_reps", 3), ("meetings_per_rep", 7), ("budget", 4_321_000), ("gross_margin", 0.57), ("target_accounts", 431),
                        ("contacts", 2911), ("content_articles_held", 31), ("content_visits_per_article", 47)):  # fmt: skip
        put(name, value)
    for at in range(1, 33):
        put(f"abm_opening[{at}]", 20 + at * 3)
        put(f"abm_new[{at}]", at % 4)
    for at, pair in enumerate(((2, 3), (3, 4), (4, 5), (5, 6), (6, 7), (7, 8), (1, 2)), 1):
        for name, value in (("rank", "A" if at % 2 else "B"), ("from", _stage(sheet, pair[0])), ("to", _stage(sheet, pair[1]))):
            put(f"abm_moves_{name}[{at}]", value)
        put(f"abm_moves[{at}]", at + 2)
    return typed


def _stage(sheet: Standing, at: int) -> Any:
    record = sheet.months.get(f"abm_stage_name[{at}]")
    return record.value if record else None


@functools.cache
def _years(subject: str) -> States:
    sheet = standing(subject)
    return _right(engines.of_whole(subject), [rich(sheet), {}], functools.partial(_all, sheet))


def _all(sheet: Standing, engine: Engine) -> list[Any]:
    return [engine.value(place) for place in map(sheet.place, [*sheet.records.values(), *sheet.months.values()])]


def _differs_beyond(subject: str, changed: Cells) -> bool:
    read = functools.partial(_all, standing(subject))
    return _wrong(engines.of_whole(subject), changed, _years(subject), read)

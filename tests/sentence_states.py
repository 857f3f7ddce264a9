"""States of a worksheet for the sentences: every input blank, 0, tiny, huge; pairs of blanks; random ones; actuals of every kind.

A state is a plan's inputs with some replaced. It is worked out by the template's own exact evaluation, so that thousands take
minutes; tests/test_sentences.py holds a share of them against tests/sentences_by_meaning.py, tests/sweep_sentences.py as many as asked.
"""

from __future__ import annotations

import datetime
import functools
import itertools
import random
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from kgisheet import api
from kgisheet.language.text import Text
from kgisheet.plan.load import Plan
from kgisheet.template.declaration import open_shipped
from kgisheet.values.units import COUNT, CURRENCY, MONTH, RATE
from kgisheet.worksheet.solve import Solution, sizes, solve

TEMPLATES = ("standard", "short", "access")
LANGS = ("ja", "en")
MONTHS = 12


class State(NamedTuple):
    """A template, a language, and which inputs differ from the base: a value, or a list for a column."""

    template: str
    lang: str
    changed: tuple[tuple[str, Any], ...]

    @property
    def told(self) -> str:
        return f"{self.template} {self.lang} " + ", ".join(f"{name}={_said(value)}" for name, value in self.changed)


def _said(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "[" + " ".join(_said(each) for each in value) + "]"
    return str(value)


@functools.cache
def base(template: str, lang: str) -> Plan:
    """The template's example with every sheet, and with all that a sentence reads filled in."""
    return api.plan_from_example(lang, ["sheets=all"], open_shipped(template))


@functools.cache
def full(template: str, lang: str) -> dict[str, Any]:
    """The base's inputs, with the optional ones filled in."""
    plan = base(template, lang)
    known = {cell.name for cell in plan.template.inputs()}
    channels = plan.channels
    more: dict[str, Any] = {
        "target_accounts": Fraction(800), "contacts": Fraction(2400), "sales_reps": Fraction(2), "meetings_per_rep": Fraction(4),
        "budget": Fraction(3_000_000), "gross_margin": Fraction(3, 5), "lead_time_opportunities": Fraction(1),
        "lead_time_meetings": Fraction(2), "lead_time_leads": Fraction(3), "opening_leads": Fraction(90),
        "channel_current_visits": [Fraction(7000), Fraction(4000), Fraction(3500)][:channels],
        "channel_cost_per_lead": [Fraction(15000), Fraction(5000), Fraction(3000)][:channels],
        "sure_win_rate_hits": Fraction(9), "sure_win_rate_cases": Fraction(30),
        "sure_opportunity_rate_hits": Fraction(12), "sure_opportunity_rate_cases": Fraction(40),
        "content_articles_held": Fraction(12), "content_visits_per_article": Fraction(70),
        "approval_deadline": datetime.date(2027, 3, 31), "both_ways_basis": None, "content_basis": None,
    }  # fmt: skip
    return {**plan.inputs, **{name: value for name, value in more.items() if name in known}}


def solved(state: State) -> Solution:
    """The worksheet in that state; what nobody asks for is not worked out."""
    plan = base(state.template, state.lang)
    given = full(state.template, state.lang) | dict(state.changed)
    return solve(plan.template, given, sizes(plan.template, plan.channels), state.lang, at_once=False)


# Inputs that sentences read, and that a person may leave blank.
SINGLE = (
    "web_revenue", "total_revenue", "deal_size", "win_rate", "opportunity_rate", "target_accounts", "contacts", "period", "rounding",
    "start_month", "display_unit", "scenario", "sales_reps", "meetings_per_rep", "budget", "gross_margin", "approval_deadline",
    "opening_leads", "lead_time_leads", "lead_time_meetings", "lead_time_opportunities", "as_of_month", "closed_through",
    "sure_win_rate_hits", "sure_win_rate_cases", "sure_opportunity_rate_hits", "sure_opportunity_rate_cases",
    "both_ways_basis", "content_basis", "content_articles_held", "content_visits_per_article", "pessimistic_win_rate", "optimistic_win_rate",
)  # fmt: skip
COLUMNS = (
    "channel_name", "channel_share", "channel_meeting_rate", "channel_cvr", "channel_current_visits", "channel_current_leads",
    "channel_cost_per_lead", "channel_article_share",
)  # fmt: skip
CHOSEN = {
    "period": ("year", "month"),
    "rounding": ("up", "down", "nearest", "none"),
    "display_unit": ("円", "千円", "万円", "百万円", "億円"),
    "scenario": ("standard", "optimistic", "pessimistic"),
}


def _places(template: str, lang: str) -> list[tuple[str, int | None]]:
    """Every input that sentences read: single ones, and each channel's of a column."""
    known = {cell.name for cell in base(template, lang).template.inputs()}
    rows = range(base(template, lang).channels)
    return [(name, None) for name in SINGLE if name in known] + [(n, row) for n in COLUMNS if n in known for row in rows]


def _put(changed: dict[str, Any], template: str, lang: str, place: tuple[str, int | None], value: Any) -> None:
    name, row = place
    if row is None:
        changed[name] = value
        return
    held = list(changed.get(name) or full(template, lang).get(name) or [])
    held += [None] * (base(template, lang).channels - len(held))
    held[row] = value
    changed[name] = held


def _state(template: str, lang: str, values: list[tuple[tuple[str, int | None], Any]]) -> State:
    changed: dict[str, Any] = {}
    for place, value in values:
        _put(changed, template, lang, place, value)
    return State(template, lang, tuple(changed.items()))


def extremes(template: str, lang: str, name: str) -> list[Any]:
    """Values at the ends of what is legal, and some between that people have."""
    unit = base(template, lang).template.cells[name].unit
    if name in CHOSEN:
        return [None, *CHOSEN[name]]
    if unit == CURRENCY:
        zero = [] if name == "deal_size" else [0]
        return [None, *map(Fraction, (*zero, 1, 9_999, 10_001, 123_456, 99_999_999, 123_450_000, 2_000_000_000, 10**11))]
    if unit == RATE:
        at_least = [Fraction(0)] if name in ("channel_share", "gross_margin", "channel_article_share") else []
        return [None, *at_least, Fraction(1, 10**4), Fraction(1, 3), Fraction(95, 100), Fraction(1)]
    if unit == COUNT:
        return [None, *map(Fraction, (0, 1, 3, 1_000, 10**8))]
    if unit == MONTH:
        return [None, datetime.date(2026, 3, 1), datetime.date(2026, 9, 1), datetime.date(2027, 6, 1)]
    example = Text("記入例", "Example").to(lang)
    return [None, *([""] if name == "channel_name" else []), *([example] if name.endswith("_basis") else [])]


def one_by_one(template: str, lang: str) -> Iterator[State]:
    """The base; each input at each of its extremes."""
    yield State(template, lang, ())
    for place in _places(template, lang):
        for value in extremes(template, lang, place[0]):
            yield _state(template, lang, [(place, value)])


def blank_pairs(template: str, lang: str) -> Iterator[State]:
    """All pairs of inputs left blank."""
    for pair in itertools.combinations(_places(template, lang), 2):
        yield _state(template, lang, [(place, None) for place in pair])


def at_random(template: str, lang: str, seed: int) -> State:
    """Two to nine inputs at extremes or in the middle, and in most states actuals of some months."""
    chance = random.Random(f"{template} {lang} {seed}")  # noqa: S311  # seeded: the same states every time
    places = _places(template, lang)
    picked = chance.sample(places, chance.randint(2, 9))
    values = [(place, chance.choice(extremes(template, lang, place[0]))) for place in picked]
    state = _state(template, lang, values)
    if chance.random() < 0.7:
        state = state._replace(changed=state.changed + actuals(template, lang, chance))
    return state


def actuals(template: str, lang: str, chance: random.Random) -> tuple[tuple[str, Any], ...]:
    """Actuals of the first months: at, above or below the goal of the month, with gaps here and there."""
    plan = base(template, lang)
    solution = solved(State(template, lang, ()))
    through = chance.choice((1, 2, 3, 6, 11, 12))
    filled: list[tuple[str, Any]] = []
    for flow in plan.template.tabbed():
        if chance.random() < 0.1:
            continue
        goals = solution.values[flow.due]
        assert isinstance(goals, list)
        factor = chance.choice((Fraction(0), Fraction(1, 2), Fraction(9, 10), Fraction(1), Fraction(1), Fraction(6, 5)))
        typed: list[Any] = [Fraction(int(goal * factor)) if isinstance(goal, Fraction) else None for goal in goals[:through]]
        if chance.random() < 0.3:
            typed[chance.randrange(len(typed))] = None
        filled.append((f"actual_{flow.name}", typed))
    return tuple(filled)


def all_states(share: int, seed: int = 0) -> Iterator[State]:
    """Every ``share``-th of the states by the book, and as many at random; all templates, both languages."""
    number = 0
    for template in TEMPLATES:
        for lang in LANGS:
            for state in itertools.chain(one_by_one(template, lang), blank_pairs(template, lang)):
                number += 1
                if (number + seed) % share:
                    continue
                yield state
                yield at_random(template, lang, number + seed)

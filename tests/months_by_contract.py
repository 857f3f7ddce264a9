"""The twelve months worked out a second time, from docs/contract.md (Arithmetic) and docs/worksheet.md, 3 alone, in whole fractions.

Nothing here imports kgisheet: the sweep and the tests of the months hold what it writes, and what
foreign engines make of its formulas, to these figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

STAGES = ("revenue", "won_deals", "opportunities", "meetings", "leads", "web_leads", "visits")
LED = ("opportunities", "meetings", "leads", "web_leads", "visits")
"""The stages that a lead time moves; visits come with their leads."""

NOUGHT = Fraction(0)
DASH, UNTYPED = "―", "未入力"
Row = list[Fraction]
Figure = Fraction | str | None


def half_up(value: Fraction, decimals: int = 0) -> Fraction:
    scaled = value * 10**decimals + Fraction(1, 2)
    return Fraction(scaled.numerator // scaled.denominator, 10**decimals)


def count(quotient: Fraction, mode: str) -> Fraction:
    """count = round(exact quotient, 6 decimals, half up), then up, down or nearest; none: neither."""
    if mode == "none":
        return quotient
    guarded = half_up(quotient, 6)
    floor = Fraction(guarded.numerator // guarded.denominator)
    if mode == "up":
        return floor if floor == guarded else floor + 1
    return floor if mode == "down" else half_up(guarded)


def rate(text: Any) -> Fraction:
    text = str(text)
    return Fraction(text.removesuffix("%")) / 100 if text.endswith("%") else Fraction(text)


@dataclass
class Channel:
    name: str
    meetings: Fraction
    leads: Fraction
    visits: Fraction | None
    """None: offline."""


@dataclass
class Page:
    """The page's figures, of its own period."""

    mode: str
    figures: dict[str, Fraction]
    channels: list[Channel]


def page(plan: dict[str, Any]) -> Page:
    """The chain of a plan (as tomllib reads it), by the contract."""
    mode = plan.get("rounding", "up")
    found = {"revenue": Fraction(plan["web_revenue"])}
    needed = found["won_deals"] = count(found["revenue"] / plan["deal_size"], mode)
    needed = count(needed / rate(plan["win_rate"]), mode)
    if plan.get("template", "standard") == "standard":
        found["opportunities"] = needed
        needed = count(needed / rate(plan["opportunity_rate"]), mode)
    found["required_meetings"] = needed
    through, before = NOUGHT, NOUGHT
    channels = []
    for each in plan["channel"]:
        if "meetings" in each:
            meetings = Fraction(each["meetings"])
        elif mode == "none":
            meetings = needed * rate(each["share"])
        else:
            through += rate(each["share"])
            upto = count(needed * through, "nearest")
            meetings, before = upto - before, upto
        leads = count(meetings / rate(each["meeting_rate"]), mode)
        visits = count(leads / rate(each["cvr"]), mode) if "cvr" in each else None
        channels.append(Channel(each["name"], meetings, leads, visits))
    found["meetings"] = sum((each.meetings for each in channels), NOUGHT)
    found["leads"] = sum((each.leads for each in channels), NOUGHT)
    found["web_leads"] = sum((each.leads for each in channels if each.visits is not None), NOUGHT)
    found["visits"] = sum((each.visits for each in channels if each.visits is not None), NOUGHT)
    return Page(mode, found, channels)


@dataclass
class Typed:
    """What people type into the months after the workbook was made; months count from 0."""

    overrides: dict[str, dict[int, Fraction]] = field(default_factory=dict)
    cvr: dict[int, Fraction] = field(default_factory=dict)
    closed: int = 0
    """Months that are closed: those before this one."""
    reported: dict[str, dict[int, Fraction]] = field(default_factory=dict)
    before: dict[str, Fraction] = field(default_factory=dict)
    """What was asked of the months before the first when months were closed."""
    next: dict[str, dict[int, Fraction]] = field(default_factory=dict)
    """What closed months were asked for next year's wins."""
    actuals: dict[str, dict[int, Fraction]] = field(default_factory=dict)

    def fixed(self, stage: str) -> dict[int, Fraction]:
        """Months that take no share: typed over, or closed and reported (which wins: it has been told already)."""
        closed = {month: value for month, value in self.reported.get(stage, {}).items() if month < self.closed}
        return self.overrides.get(stage, {}) | closed


@dataclass
class Months:
    """The year over its months, by stage."""

    total: dict[str, Fraction]
    month: dict[str, Row]
    before: dict[str, Fraction]
    next: dict[str, Row]

    def due(self, stage: str) -> Row:
        return [own + theirs for own, theirs in zip(self.month[stage], self.next[stage], strict=True)]


def whole(value: Fraction, mode: str) -> Fraction:
    return value if mode == "none" else half_up(half_up(value, 6))


def spread(
    total: Fraction, before: Fraction, weights: Sequence[Fraction], mode: str, fixed: dict[int, Fraction]
) -> tuple[Fraction, Row]:
    """Whole parts by cumulative rounding: what falls before the first month, and the twelve.

    ``before`` is exact. Fixed months keep theirs; the open ones take up the rest in proportion to their weights, never less than nothing.
    """
    rest = max(total - before - sum(fixed.values()), NOUGHT)
    open_weight = sum((weight for month, weight in enumerate(weights) if month not in fixed), NOUGHT)
    row = []
    through = NOUGHT
    done = whole(before, mode)
    for month, weight in enumerate(weights):
        if month in fixed:
            row.append(fixed[month])
            continue
        through += weight
        upto = whole(before + rest * through / open_weight, mode) if open_weight else done
        row.append(upto - done)
        done = upto
    return whole(before, mode), row


def parts(total: Fraction, weights: Sequence[Fraction], whole_weight: Fraction, mode: str) -> Row:
    """Parts of a total by plain cumulative rounding over some of the weights of ``whole_weight``."""
    through, done, row = NOUGHT, NOUGHT, []
    for weight in weights:
        through += weight
        upto = whole(total * through / whole_weight, mode) if whole_weight else NOUGHT
        row.append(upto - done)
        done = upto
    return row


def kept(row: Row, stage: str, typed: Typed) -> Row:
    """Next year's part, where closed months keep what was reported."""
    reported = typed.next.get(stage, {})
    return [reported.get(month, value) if month < typed.closed else value for month, value in enumerate(row)]


def shifted(weights: Sequence[Fraction], lead: int) -> tuple[Fraction, Row, Row]:
    """By a lead time: the weight before the first month, this year's by month, the following years' by month.

    The contract does not say what a lead time of over a year leads to: here the year after next is taken to be as the next.
    """
    own = [weights[month + lead] if month + lead < 12 else NOUGHT for month in range(12)]
    following = [weights[(month + lead) % 12] if month + lead >= 12 else NOUGHT for month in range(12)]
    return sum(weights[:lead], NOUGHT), own, following


def months(of: Page, plan: dict[str, Any], typed: Typed | None = None) -> Months:
    """The months of a plan, with what was typed over since."""
    typed = typed or Typed()
    mode = of.mode
    table = plan.get("months", {})
    weights = season(table.get("weights", "even"))
    leads = lead_times(table.get("lead_time", {}))
    times = 12 if plan.get("period", "year") == "month" else 1
    total = {stage: of.figures[stage] * times for stage in STAGES if stage in of.figures}
    following = table.get("next_year", "same")
    factor = {"same": Fraction(1), "none": NOUGHT}.get(following)
    if factor is None:
        factor = Fraction(following) / total["revenue"]
    found = Months(total, {}, {}, {})
    weight_total = sum(weights, NOUGHT)
    for stage in total:
        if stage == "visits":
            continue
        early, own, theirs = shifted(weights, leads.get(stage, 0))
        before = total[stage] * early / weight_total if weight_total else NOUGHT
        before = typed.before.get(stage, before)
        found.before[stage], found.month[stage] = spread(total[stage], before, own, mode, typed.fixed(stage))
        found.next[stage] = kept(parts(total[stage] * factor, theirs, weight_total, mode), stage, typed)
    _visits(found, of, typed)
    # As many visits for a lead as this year.
    total_web = total["web_leads"]
    found.next["visits"] = kept(parts(total["visits"], found.next["web_leads"], total_web, mode), "visits", typed)
    return found


def _visits(found: Months, of: Page, typed: Typed) -> None:
    """The page's visits in proportion to the months' web leads; where a CVR is typed over, its web leads ÷ that rate."""
    total = found.total["visits"]
    web, early = found.month["web_leads"], found.before["web_leads"]
    all_web = early + sum(web, NOUGHT)
    before = typed.before.get("visits", total * early / all_web if all_web else NOUGHT)
    found.before["visits"], row = spread(total, before, web, of.mode, typed.fixed("visits"))
    fixed = typed.fixed("visits")
    for month, each in typed.cvr.items():
        if month not in fixed:
            row[month] = count(web[month] / each, of.mode)
    found.month["visits"] = row


def season(value: Any) -> Row:
    """Twelve weights, from a plan's word or numbers."""
    if value == "even":
        return [Fraction(1)] * 12
    if value == "ramp":
        return [Fraction(month) for month in range(1, 13)]
    return [Fraction(str(each)) for each in value]


def lead_times(table: dict[str, int]) -> dict[str, int]:
    """Months before the win, by stage; a stage left out waits as long as the one that comes after it in time."""
    last, found = 0, {}
    for stage in ("opportunities", "meetings", "leads"):
        found[stage] = last = table.get(stage, last)
    return found | {"web_leads": last, "visits": last}


def achieved(actual: Fraction | None, goal: Fraction) -> Figure:
    if actual is None:
        return UNTYPED
    return actual / goal if goal else DASH


def tab(
    due: Row, typed: dict[int, Fraction], month: int, deals: Row | None = None, price: Fraction = NOUGHT
) -> dict[str, Figure]:
    """A month's tab for one stage: ``due`` are the year's goals with next year's part, ``typed`` the actuals of the first months.

    Of revenue, ``deals`` are the year's won deals: a month without one has no revenue to be held against, and with less than
    one a month, revenue is due for no more than the deals are worth that are due by then (and what all of them don't bring).
    """
    year = sum(due, NOUGHT)
    goal_to_date = sum(due[: month + 1], NOUGHT)
    if deals is not None and sum(deals) < 12:
        beyond = max(NOUGHT, year - sum(deals) * price)
        goal_to_date = min(goal_to_date, sum(deals[: month + 1]) * price + beyond)
    is_held = deals is None or deals[month] > 0
    found: dict[str, Figure] = {
        "goal_to_date": goal_to_date,
        "pace": goal_to_date / year if year else DASH,
    }
    if month not in typed:
        return found | dict.fromkeys(
            (
                "difference",
                "achievement",
                "actual_to_date",
                "achievement_to_date",
                "progress",
                "landing_plan",
                "landing_pace",
                "needed_pace",
            ),
            UNTYPED,
        )
    to_date = sum((typed[each] for each in range(month + 1)), NOUGHT)
    recent = [typed[each] for each in range(max(0, month - 2), month + 1)]
    left = 11 - month
    return found | {
        "difference": typed[month] - due[month] if is_held else DASH,
        "achievement": achieved(typed[month], due[month]) if is_held else DASH,
        "actual_to_date": to_date,
        "achievement_to_date": achieved(to_date, goal_to_date),
        "progress": achieved(to_date, year),
        "landing_plan": to_date + year - goal_to_date,
        "landing_pace": to_date + left * sum(recent, NOUGHT) / len(recent),
        "needed_pace": max((year - to_date) / left, NOUGHT) if left else DASH,
    }


def title(start: str, month: int) -> str:
    """The month's tab: ``2026-04``."""
    year, first = map(int, start.split("-"))
    number = year * 12 + first - 1 + month
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def is_title(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d", text) is not None

"""The re-plan worked out a second time, month by month, from docs/worksheet.md, 3 and the docstrings of the months' contract.

Nothing here imports kgisheet. Where kgisheet asks, in each month, which stage below has reached it,
this follows each month's actual figures up to the wins that they become.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from months_by_contract import NOUGHT, Figure, Months, Page, Row, Typed, count, lead_times, parts, rate, season

CHAIN = ("won_deals", "opportunities", "meetings", "leads")


def replan(plan: dict[str, Any], page: Page, months: Months, typed: Typed) -> dict[str, Figure]:
    """The figures of the re-plan by name."""
    chain = [stage for stage in CHAIN if stage in months.month]
    through = min(len(typed.actuals.get(stage, {})) for stage in chain)
    stages = ["revenue", *chain, "visits"]
    due = {stage: months.due(stage) for stage in stages}
    if through == 0:
        found = {"replan_from": NOUGHT}
        return found | {f"replan_{stage}[{at + 1}]": value for stage in stages for at, value in enumerate(due[stage])}
    mode, price = page.mode, Fraction(plan["deal_size"])
    up = {"won_deals": rate(plan["win_rate"])}  # from the stage below to this one
    if "opportunities" in chain:
        up["opportunities"] = rate(plan["opportunity_rate"])
    up["meetings"] = page.figures["meetings"] / page.figures["leads"] if page.figures["leads"] else NOUGHT
    times = lead_times(plan.get("months", {}).get("lead_time", {}))
    before_win = {stage: times.get(stage, 0) for stage in chain}
    actual = {stage: typed.actuals[stage] for stage in chain}
    longest = before_win[chain[-1]]

    # What was reached becomes more, month after month; the highest stage that a case has reached counts it.
    year: dict[str, list[Fraction | None]] = {stage: [None] * 12 for stage in stages}
    for at, stage in enumerate(chain):
        for month in range(12):
            if month < through:
                year[stage][month] = actual[stage][month]
                continue
            for lower in chain[at + 1 :]:
                since = month - (before_win[lower] - before_win[stage])
                if since >= through:
                    continue  # not reached yet
                if since < 0:
                    year[stage][month] = due[stage][month]
                else:
                    value = actual[lower][since]
                    for step in reversed(chain[at : chain.index(lower)]):
                        value *= up[step]
                    year[stage][month] = value
                break
    coming = sum((each for each in year["won_deals"][through:] if each is not None), NOUGHT)
    money = typed.actuals.get("revenue", {})
    so_far = sum(money.values(), NOUGHT) if len(money) >= through else sum(actual["won_deals"].values(), NOUGHT) * price
    left = max(NOUGHT, sum(due["revenue"], NOUGHT) - so_far)
    needed = count(max(NOUGHT, left / price - coming), mode)
    found: dict[str, Figure] = {"replan_from": Fraction(through), "replan_revenue_left": left, "replan_coming": coming}

    # What is missing falls to new leads, where they still become wins within the year.
    weights = season(plan.get("months", {}).get("weights", "even"))
    for stage in [*chain, "visits"]:
        ahead = longest if stage == "visits" else before_win[stage]
        if stage == "visits":
            if not page.figures["visits"] or not page.figures["leads"]:
                continue
            needed = count(needed * page.figures["visits"] / page.figures["leads"], mode)
            year["visits"][:through] = [typed.actuals.get("visits", {}).get(month) for month in range(through)]
        elif stage != "won_deals":
            above = chain[chain.index(stage) - 1]
            if not up[above]:
                return found
            needed = count(needed / up[above], mode)
        found[f"replan_needed_{stage}"] = needed
        own: Row = []
        for month in range(12):
            new = month >= through + longest - ahead and month + ahead < 12
            own.append(weights[month + ahead] if new else NOUGHT)
        total = sum(own, NOUGHT)
        spread = parts(needed, own, total, mode) if total else [NOUGHT] * 12
        for month in range(through, 12):
            if year[stage][month] is None:
                year[stage][month] = due[stage][month] if month + ahead >= 12 else spread[month]
    for month, won in enumerate(year["won_deals"]):
        typed_in = money.get(month) if month < through else None
        year["revenue"][month] = typed_in if typed_in is not None else (won or NOUGHT) * price
    for stage in stages:
        if stage == "visits" and not page.figures["visits"]:
            continue
        found |= {f"replan_{stage}[{month + 1}]": value for month, value in enumerate(year[stage])}
    return found

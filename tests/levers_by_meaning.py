"""What the levers, the articles and the notes beside the page's figures claim, worked out a second time from what they mean.

A lever says by how much one thing alone would have to grow for today's visits and leads to reach the goal: so that much is put
in, and the revenue worked out forward has to be the goal. Used by tests/test_sentences.py and tests/sweep_sentences.py.
"""

from __future__ import annotations

from fractions import Fraction

from sentences_by_meaning import Facts

DUST = Fraction(1, 10**5)
"""Excel's ROUND to six decimals, in the templates, is not what is held here."""


def levers(facts: Facts) -> list[str]:
    web, revenue = facts.one("web_revenue"), facts.revenue_today
    states = {name: facts.solution.values[f"lever_{name}_state"] for name in _rates(facts)}
    if web is None or not revenue:
        return [f"lever_{name}_state: {state!r} without a goal or without revenue" for name, state in states.items() if state]
    unknown = len(facts.named) > len(facts.known_today)
    found = []
    for name, rates in _rates(facts).items():
        by_visits = name in ("visits", "cvr")
        part = _web_part(facts) if by_visits else Fraction(1)
        state = states[name]
        if not part:
            if state is not None:
                found.append(f"lever_{name}_state: {state!r}, but no channel has visits")
            continue
        # revenue × (1 − part + part × growth) = web
        growth = max(Fraction(0), (web / revenue - 1 + part) / part)
        change = facts.one("lever_change" if name == "meetings" else f"lever_{name}_change")
        if change is None or abs(change - (growth - 1)) > DUST * max(growth, Fraction(1)):
            found.append(f"lever_{name}_change: {change}, should be {growth - 1}")
        word = "lever_possible"
        if growth - 1 <= DUST / 10:
            word = "lever_done"
        elif unknown:
            word = "lever_unknown"
        elif max(rates, default=Fraction(0)) * growth > 1 + DUST / 10:
            word = "lever_impossible"
        if state not in facts.solution.template.words[word]:
            found.append(f"lever_{name}_state: {state!r}, should be {word} (×{float(growth):.6f})")
    return found


def _rates(facts: Facts) -> dict[str, list[Fraction]]:
    """The levers, and of each the rates that would grow with it; none may pass 100 %."""
    known = [row for row in facts.named if facts.numbers("channel_current_visits")[row]]
    cvr = [each * facts.multiplier("cvr") for row in known if (each := facts.numbers("channel_cvr")[row])]
    leads = facts.numbers("channel_forecast_leads")
    meeting = [
        each * facts.multiplier("meeting_rate")
        for row in facts.named
        if leads[row] and (each := facts.numbers("channel_meeting_rate")[row])
    ]
    found: dict[str, list[Fraction]] = {"visits": [], "cvr": cvr, "meeting_rate": meeting, "deal_size": [], "meetings": []}
    for name in ("opportunity_rate", "win_rate"):
        if f"lever_{name}_state" in facts.solution.template.cells:
            rate = facts.rate(name)
            found[name] = [] if rate is None else [rate]
    return found


def _web_part(facts: Facts) -> Fraction:
    """The part of today's meetings that comes by visits."""
    visits, cvr = facts.numbers("channel_current_visits"), facts.numbers("channel_cvr")
    total = sum((facts.today(row) or Fraction(0) for row in facts.known_today), Fraction(0))
    web = sum((facts.today(row) or Fraction(0) for row in facts.known_today if visits[row] and cvr[row]), Fraction(0))
    return web / total


def notes(facts: Facts) -> list[str]:
    """The size of the goal by the month, and the articles against what is usual."""
    found = []
    words, values = facts.solution.template.words, facts.solution.values
    monthly, said = facts.one("deals_per_month"), values["deals_per_month_note"]
    if monthly is None:
        wanted = None
    else:
        wanted = "zero_goal" if monthly == 0 else "small_month" if monthly < 1 else "enough_month"
    if (said is not None) if wanted is None else said not in words[wanted]:
        found.append(f"deals_per_month_note: {said!r}, should be {wanted} ({monthly})")
    return found + articles(facts)


def articles(facts: Facts) -> list[str]:
    """The verdict on the articles: how many the visits need, and the sixty that are usual."""
    words, lang, said = facts.solution.template.words, facts.solution.lang, facts.solution.values["content_against_least"]
    held, needed = facts.one("content_articles_held"), facts.one("content_articles_needed")
    if facts.solution.values["content_basis"] in words["example_basis"]:
        wanted = words["content_example"].to(lang)
    elif held is None:
        return [] if said is None else [f"content_against_least: {said!r}, but no articles are typed"]
    else:
        total = held + (facts.one("content_articles_planned") or Fraction(0))
        wanted = ""
        if needed is not None and needed > total:
            wanted = (
                f"計算上はあと{int(needed - total):,}本必要です。"
                if lang == "ja"
                else f"Still needed by this calculation: {int(needed - total):,}. "
            )
        elif needed is not None:
            wanted = words["articles_do"].to(lang)
        if total < 60:
            wanted += (
                f"目安の60本まであと{60 - total}本です。"
                if lang == "ja"
                else f"To reach the usual minimum of 60: {60 - total} more."
            )
        else:
            wanted += words["articles_enough" if total < 120 else "articles_ideal"].to(lang)
    return [] if said == wanted else [f"content_against_least: {said!r}, should be {wanted!r}"]


def by_channel(facts: Facts) -> list[str]:
    """What one channel alone would need: so much put in, today's revenue is the goal."""
    web, revenue, worth = facts.one("web_revenue"), facts.revenue_today, facts.meeting_worth
    base, rate = facts.numbers("channel_lever_base"), facts.numbers("channel_lever_rate")
    found = []
    for row in facts.named:
        own = facts.today(row)
        if not own or web is None or revenue is None or not worth:
            if base[row] is not None:
                found.append(f"channel_lever_base: row {row}: {base[row]}, but it brings nothing, or there is no goal")
            continue
        times = max(Fraction(1), (web - revenue + own * worth) / (own * worth))
        visits, leads = facts.numbers("channel_current_visits")[row], facts.numbers("channel_current_leads")[row]
        cvr, typed = facts.numbers("channel_cvr")[row], facts.numbers("channel_meeting_rate")[row]
        now = visits if visits is not None and cvr else leads
        assert now is not None
        assert typed is not None
        for name, held, wanted in (
            ("base", base[row], now * times),
            ("rate", rate[row], typed * facts.multiplier("meeting_rate") * times),
        ):
            if held is None or abs(held - wanted) > DUST * max(wanted, Fraction(1)):
                found.append(f"channel_lever_{name}: row {row}: {held}, should be {wanted}")
    return found

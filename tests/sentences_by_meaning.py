"""What the workbook's sentences claim, worked out a second time from what they mean, in plain arithmetic on inputs and page counts.

A sentence is a row of claims. Of a state, `expected` says which claims it must make, and of which figures; the sentence has to
be just these, in words (`sentence_words`) and in figures rounded as they are written. Nothing here is taken from the templates'
expressions; the counts of the page and the months come from the worksheet, which other tests hold against hand-worked cases.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from sentence_facts import Claims, Facts
from sentence_states import MONTHS
from sentence_words import agrees, apart, figures, pattern, unit_of

from kgisheet.worksheet.solve import Solution


def goal(facts: Facts) -> Claims:
    web, total = facts.one("web_revenue"), facts.one("total_revenue")
    if web is None:
        return [("no goal",)]
    if web == 0:
        return [("zero goal",)]
    said: Claims = [("goal", web)]
    said.append(("no total",) if not total else ("of total", total) if total >= web else ("above total", total))
    said.append((facts.word("period") or "no period",))
    scenario = facts.word("scenario")
    return [*said, (scenario,)] if scenario in ("optimistic", "pessimistic") else said


def why(facts: Facts) -> Claims:
    leads, won = facts.one("leads"), facts.one("won_deals")
    if leads is None:
        return facts.lacking("lacks")
    if round(facts.one("web_revenue") or 0) == 0:
        return [("zero goal",)]
    if not won or won < Fraction(1, 20000):
        return [("no deal",)]
    said: Claims = [("price", facts.one("deal_size"), won)]
    if facts.is_short:
        said.append(("win short", facts.rate("win_rate"), facts.one("required_meetings")))
    else:
        said.append(("win", facts.rate("win_rate"), facts.one("opportunities")))
        said.append(("opportunity", facts.rate("opportunity_rate"), facts.one("required_meetings")))
    said.append(("leads", leads))
    visits = facts.one("visits")
    if visits:
        said.append(("visits", visits))
    said.append(("needed",))
    asks = [each for each in facts.numbers("channel_cvr") if each is not None]
    return [*said, ("no visits",)] if visits is None and asks else said


def today(facts: Facts) -> Claims:
    revenue, web = facts.revenue_today, facts.one("web_revenue")
    if revenue is None:
        leads = [row for row in facts.named if facts.numbers("channel_forecast_leads")[row] is not None]
        return facts.lacking("today lacks") if leads else []
    unknown = len(facts.named) - len(facts.known_today)
    if unknown:
        part = facts.part_of_goal(facts.known_today)
        theirs = None if part is None or web is None else web * part
        rest = ("their goal", theirs, revenue / theirs) if theirs else ("that",)
        return [("today part", Fraction(unknown), revenue), rest]
    if web is None:
        return [("today", revenue), ("no compare",)]
    if web == 0:
        return [("today", revenue), ("that",)]
    said: Claims = [("today", revenue), ("reach", revenue / web)]
    return [*said, ("short", web - revenue)] if web - revenue >= Fraction(1, 2) else [*said, ("reached",)]


def investment(facts: Facts) -> Claims:
    total = facts.cost_total
    if total is None:
        typed = [each for each in facts.numbers("channel_cost_per_lead") if each is not None]
        return facts.lacking("cost lacks") if typed else []
    unknown = len(facts.named) - len(facts.costed)
    said: Claims = [("cost part", Fraction(unknown), total) if unknown else ("cost", total)]
    part, won, web = facts.part_of_goal(facts.costed), facts.one("won_deals"), facts.one("web_revenue")
    if not part or not won:
        return [*said, ("that",)]
    each = total / (won * part)
    said.append(("each", each))
    if total > 0 and web:
        said.append(("return", web * part / total))
    margin, price = facts.one("gross_margin"), facts.one("deal_size")
    if margin is None or price is None:
        return said
    return [*said, ("affordable",) if each - price * margin < Fraction(1, 100) else ("too dear",)]


def _limits(facts: Facts) -> dict[str, tuple[Fraction | None, Fraction | None]]:
    """What the goal needs of each, and what there is."""
    reps, each = facts.one("sales_reps"), facts.one("meetings_per_rep")
    months = 1 if facts.word("period") == "month" else MONTHS
    return {
        "accounts": (facts.one("won_deals"), facts.one("target_accounts")),
        "contacts": (facts.one("leads"), facts.one("contacts")),
        "sales": (facts.one("required_meetings"), None if reps is None or each is None else reps * each * months),
        "budget": (facts.cost_total, facts.one("budget")),
        "pipeline": (facts.one("before_leads"), facts.one("opening_leads")),
    }


def passed(facts: Facts) -> list[str]:
    """The limits that the goal passes for certain."""
    return [
        name
        for name, (need, have) in _limits(facts).items()
        if need is not None and have is not None and need - have > Fraction(1, 100) and not (name == "pipeline" and need == 0)
    ]


def judged(facts: Facts) -> Claims:
    """What is said of the limits that can be judged; nothing where none can."""
    said = limits(facts)
    first = next((at for at, claim in enumerate(said) if claim[0] in ("binds", "free")), None)
    return [] if first is None else said[: next(at for at, claim in enumerate(said) if claim[0] == "stop") + 1]


def limits(facts: Facts) -> Claims:
    if facts.is_example:
        return [("example",)]
    known = _limits(facts)
    if all(need is None for need, _ in known.values()):
        return [("unneeded",)]
    costs_open = len(facts.named) > len(facts.costed)
    bad = passed(facts)
    opened = [
        name
        for name, (need, have) in known.items()
        if (need is None or have is None) and not (name == "pipeline" and need == 0)
    ]
    if costs_open and "budget" not in bad and "budget" not in opened:
        opened.insert(sum(list(known).index(name) < 3 for name in opened), "budget")
    well = [
        name for name in known if name not in bad and name not in opened and not (name == "pipeline" and known[name][0] == 0)
    ]
    said: Claims = []
    if bad:
        said.append(("binds",))
        for name in bad:
            need, have = known[name]
            assert need is not None
            said.append((name,))
            said.append(("used at least" if name == "budget" and costs_open else "used", need / have) if have else ("nil",))
        said.append(("stop",))
    elif well:
        said.append(("free",))
        taken = {name: need / have for name in well if (need := known[name][0]) is not None and (have := known[name][1])}
        if taken and max(taken.values()) > 0:
            name = next(name for name in taken if taken[name] == max(taken.values()))
            said += [("nearest",), (name,), ("used", taken[name])]
        said.append(("stop",))
    else:
        said.append(("open",))
    if opened:
        said += [*([("unjudged",)] if bad or well else []), *((name,) for name in opened), ("stop",)]
    return said


def risks(facts: Facts) -> Claims:
    said: Claims = []
    win, opportunity = facts.rate("win_rate"), facts.rate("opportunity_rate")
    if not facts.is_short:
        if win is not None and not Fraction(2, 10) <= win <= Fraction(4, 10):
            said.append(("risk win",))
        if opportunity is not None and not Fraction(4, 10) <= opportunity <= Fraction(6, 10):
            said.append(("risk opportunity",))
    revenue, web = facts.revenue_today, facts.one("web_revenue")
    if facts.is_example or not facts.known_today:
        pass  # nothing is typed of today, so nothing is said of it
    elif len(facts.named) > len(facts.known_today):
        said.append(("risk unknown",))
    elif revenue is not None and web is not None and web - revenue >= Fraction(1, 2):
        said.append(("risk gap",))
    overall = facts.solution.values["overall"]
    for state, claim in (("bad", "risk proof"), ("open", "risk open")):
        if overall in facts.solution.template.words[state]:
            said.append((claim,))
    return [*said, ("risk end",)]


def own(sentence: Callable[[Facts], Claims]) -> Callable[[Facts], Claims]:
    """A sentence about figures that are somebody's own: nothing while they are the example's."""
    return lambda facts: [] if facts.is_example else sentence(facts)


SENTENCES: dict[str, Callable[[Facts], Claims]] = {
    "approval_goal": goal,
    "approval_why": why,
    "approval_today": own(today),
    "approval_investment": own(investment),
    "feasibility_line": limits,
    "approval_limit": own(judged),
    "approval_risks": risks,
}


BESIDE = ({"億円", "万円"}, {" billion", " million"})
"""Units that people write beside one another: 9,000万円 of 3億円."""


def disagreement(name: str, facts: Facts) -> str | None:
    """What is wrong with the sentence in the cell ``name``; None where it says what it should."""
    said, lang = facts.solution.values[name], facts.solution.lang
    wanted = SENTENCES[name](facts)
    if not wanted:
        return None if said is None else f"{said!r}, but nothing was typed that it could be about"
    if not isinstance(said, str):
        return f"nothing is said, should be {wanted}"
    said_so = "".join(pattern(claim, lang) for claim in wanted).replace(re.escape("” “"), re.escape("”, “"))
    match = re.fullmatch(said_so, said)
    if match is None:
        return f"{said!r} should be {wanted}"
    values = [value for claim in wanted for value in claim[1:] if isinstance(value, Fraction)]
    amounts: list[tuple[str, str]] = []
    for (kind, text), value in zip(figures(wanted, match, lang), values, strict=True):
        if not agrees(kind, text, value, lang):
            return f"{said!r}: {text} should be {float(value):,.6f} ({wanted})"
        if kind == "a":
            amounts.append((text, unit_of(text, lang)))
    units = {unit for _, unit in amounts}
    if len(units) > 1 and not any(units <= pair for pair in BESIDE):
        return f"{said!r} mixes units"
    return None


HOLES = re.compile(
    r"  |^ | $|なし です|\bNone\b(?! of)|nan|[,、。]{2}|\(\)|「」|“”| [、。)]|(?<![\d,.])0件必要|(?<!\d)0 deals;"
)
"""What no sentence has: a hole, a double space, a figure missing beside its unit."""


def holes(solution: Solution) -> list[str]:
    """The texts of all sheets that have a hole in them."""
    found = []
    for cell in solution.template.cells.values():
        if cell.unit != "text" or cell.formula is None or cell.name in _PARTS:
            continue
        held = solution.values[cell.name]
        for value in held if isinstance(held, list) else [held]:
            if isinstance(value, str) and HOLES.search(value):
                found.append(f"{cell.name}: {value!r} has a hole")
    return found


_PARTS = ("missing", "unit_large_name", "unit_small_name", "limits_judged", "approval_today_risk", "approval_scenario")
"""Parts of sentences: a list of names, what a unit is called, half a line."""


def verdicts(facts: Facts) -> list[str]:
    """Whether the overall state is OK just where all that it stands for holds."""
    solution = facts.solution
    web, total, price, won = (facts.one(name) for name in ("web_revenue", "total_revenue", "deal_size", "won_deals"))
    wrong: list[str] = []
    if web == 0:
        wrong.append("the goal is 0")
    if web is not None and total is not None and web > total:
        wrong.append("web above total")
    if web is not None and won is not None and price is not None and web - won * price > Fraction(1, 100):
        wrong.append("deals fall short")
    for name, count in (("target_accounts", "won_deals"), ("contacts", "leads")):
        have, need = facts.one(name), facts.one(count)
        if have is not None and need is not None and need - have > Fraction(1, 10**6):
            wrong.append(f"{count} above {name}")
    shares = [each for each in facts.numbers("channel_share") if each is not None]
    if shares and abs(sum(shares) - 1) > Fraction(1, 10**6):
        wrong.append("shares")
    for flow in solution.template.flows:
        page = facts.one(flow.of)
        months = [each for each in facts.numbers(f"month_{flow.name}") if each is not None]
        before = (facts.one(f"before_{flow.name}") or Fraction(0)) if flow.lead else Fraction(0)
        if page is not None and months:
            year = page * (MONTHS if facts.word("period") == "month" else 1)
            if abs(sum(months, Fraction(0)) + before - year) > Fraction(1, 100):
                wrong.append(f"months of {flow.name}")
    if any(each is not None and each < 0 for each in facts.numbers("abm_closing")):
        wrong.append("ABM below zero")
    overall = solution.values["overall"]
    if wrong and overall not in solution.template.words["bad"]:
        return [f"overall: {overall!r}, but {wrong}"]
    return []


def months(facts: Facts) -> list[str]:
    """Whether the tabs and the summary say which stages are behind, by one rule: the running totals through the complete months."""
    solution = facts.solution
    lang = solution.lang
    flows = solution.template.tabbed()
    actuals = {flow.name: facts.numbers(f"actual_{flow.name}") for flow in flows}
    goals = {flow.name: facts.numbers(flow.due) for flow in flows}
    found: list[str] = []
    last = max((m + 1 for m in range(MONTHS) if any(actuals[flow.name][m] is not None for flow in flows)), default=0)
    for m in range(1, MONTHS + 1):
        tab = facts.rows("tab_state")[m - 1]
        typed = any(actuals[flow.name][m - 1] is not None for flow in flows)
        if typed != (tab not in solution.template.words["month_untyped"]):
            found.append(f"tab_state: month {m} {tab!r}, typed {typed}")
        if not typed or all(each is None for values in goals.values() for each in values):
            continue
        late = []
        for flow in flows:
            through = next((at for at in range(m) if actuals[flow.name][at] is None), m)
            goal_so_far = sum((each or Fraction(0) for each in goals[flow.name][:through]), Fraction(0))
            deals, price = [each or Fraction(0) for each in goals["won_deals"]], facts.one("deal_size")
            if flow.name == "revenue" and sum(deals) < 12 and price is not None:
                # With less than a deal a month, no more is due than the deals are worth that are due by then.
                beyond = sum((each or Fraction(0) for each in goals["revenue"]), Fraction(0)) - sum(deals) * price
                goal_so_far = min(goal_so_far, sum(deals[:through]) * price + max(beyond, Fraction(0)))
            known = any(each is not None for each in goals[flow.name])
            if through and known and sum(actuals[flow.name][:through]) - goal_so_far < -Fraction(1, 10**6):  # type: ignore[arg-type]
                late.append(solution.template.words[f"flow_{flow.name}"].to(lang))
        head, end, partly = (solution.template.words[key].to(lang) for key in ("behind_at", "behind_at_end", "judged_partly"))
        text = str(tab).partition(partly)[0]
        if (head + apart("".join(late)) + end if late else "") != (
            text if text.startswith(head) and text.endswith(end) else ""
        ):
            found.append(f"tab_state: month {m} says {tab!r}, behind are {late}")
        if m == last and solution.values["as_of_month"] is None and tab != solution.values["headline"]:
            found.append(f"headline: {solution.values['headline']!r}, but its last month's tab {tab!r}")
    if not last and solution.values["headline"] not in solution.template.words["nothing_typed"]:
        found.append(f"headline: {solution.values['headline']!r} where nothing is typed")
    return found

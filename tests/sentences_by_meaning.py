"""What the workbook's sentences claim, worked out a second time from what they mean, in plain arithmetic on inputs and page counts.

A sentence is a row of claims. Of a state, `expected` says which claims it must make, and of which figures; the sentence has to
be just these, in words (``_WORDS``) and in figures rounded as they are written. Nothing here is taken from the templates'
expressions; the counts of the page and the months come from the worksheet, which other tests hold against hand-worked cases.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from sentence_states import MONTHS

from kgisheet.worksheet.solve import Solution

Claims = list[tuple[Any, ...]]

_AMOUNT = {
    "ja": r"(?:約)?[\d,]+(?:\.\d+)?(?:千兆円|億円|百万円|万円|千円|円)",
    "en": r"(?:about )?¥[\d,]+(?:\.\d+)?(?: billion| million)?",
}
_YEN = {
    "千兆円": 10**15,
    "億円": 10**8,
    "百万円": 10**6,
    "万円": 10**4,
    "千円": 10**3,
    "円": 1,
    " billion": 10**9,
    " million": 10**6,
    "": 1,
}
_STEP = {
    "千兆円": 10**13,
    "億円": 10**6,
    "百万円": 10**4,
    "万円": 10**3,
    "千円": 100,
    "円": 1,
    " billion": 10**7,
    " million": 10**4,
    "": 1,
}

# claim: what it says in each language; {a} an amount, {p} a percentage, {n} a count, {list} names in quotes.
_WORDS: dict[str, tuple[str, str]] = {
    "goal": ("Web経由の受注金額{a}", "Orders of {a}"),
    "of total": ("(全体売上{a}のうち)を", " from the web (of {a} in all)"),
    "above total": ("(全体売上{a}を超えています)を", " from the web (above the total of {a})"),
    "no total": ("を", " from the web"),
    "year": ("、年間で獲得します。", ", within the year."),
    "month": ("、1か月で獲得します。", ", within a month."),
    "no period": ("獲得します(期間は未入力)。", " (the period is not filled in)."),
    "optimistic": ("(強気のシナリオの率で計算しています。)", " (At the rates of the optimistic scenario.)"),
    "pessimistic": ("(弱気のシナリオの率で計算しています。)", " (At the rates of the pessimistic scenario.)"),
    "no goal": ("Web売上の目標が未入力です。", "The web revenue goal is not filled in."),
    "zero goal": ("Web売上の目標が0円です。", "The web revenue goal is ¥0."),
    "lacks": ("目標設定の{list}が未入力のため、計算できません。", "Can't be calculated yet: fill in{list} on “Goals”."),
    "unworked": (
        "目標設定の値から計算できません(「根拠」の検算を確認してください)。",
        "Can't be calculated from “Goals”: see the check on “Basis”.",
    ),
    "price": ("受注単価{a}なので、受注は{n}件必要です。", "At {a} a deal, it takes {n} deals; "),
    "win": ("受注率{p}なら案件は{n}件、", "at a win rate of {p}, {n} opportunities; "),
    "opportunity": ("案件化率{p}なら商談は{n}件。", "at an opportunity rate of {p}, {n} meetings; "),
    "win short": ("商談受注率{p}なら商談は{n}件。", "at a meeting-to-win rate of {p}, {n} meetings; "),
    "leads": ("そのためにリード{n}件", "for these, {n} leads"),
    "visits": ("、訪問{n}回", " and {n} visits"),
    "needed": ("が必要です。", "."),
    "no visits": (
        "CV率の入力が足りないため、訪問数は計算できません。",
        " Visits can't be calculated: a conversion rate is missing or out of range.",
    ),
    "no deal": (
        "受注1件分に遠く満たない目標で、受注数がほぼ0件です。",
        "The goal is far less than one deal, so it comes to almost no deals.",
    ),
    "today lacks": (
        "現状の訪問からの売上は、目標設定の{list}が未入力のため、計算できません。",
        "Revenue from current visits can't be calculated: fill in{list} on “Goals”.",
    ),
    "today": ("現状の訪問と率が続くと、売上は{a}", "At current visits and rates, revenue comes to {a}"),
    "reach": ("(目標の{p})", " ({p} of the goal)"),
    "short": ("で、{a}足りません。", ", short by {a}."),
    "reached": ("で、目標に届きます。", ", and the goal is reached."),
    "that": ("です。", "."),
    "no compare": ("です。Web売上の目標が未入力のため、比べられません。", "; there is no web revenue goal to compare it with."),
    "today part": (
        "現状の訪問数・リード数か率が未入力のチャネルが{n}つあり、全体の見込みは計算できません。入力済みのチャネルの売上は{a}",
        "Channels without current visits, leads or rates: {n}; their revenue is unknown. The others come to {a}",
    ),
    "their goal": ("で、その分の目標{a}の{p}です。", " against their goal of {a} ({p})."),
    "cost lacks": (
        "費用は、目標設定の{list}が未入力のため、計算できません。",
        "The cost can't be calculated: fill in{list} on “Goals”.",
    ),
    "cost": ("費用は{a}", "It costs {a}"),
    "cost part": (
        "リード1件の費用が未入力のチャネルが{n}つあり、全体の費用は計算できません。入力済みのチャネルの費用は{a}",
        "Channels without a cost per lead: {n}; their cost is unknown. For the others: it costs {a}",
    ),
    "each": ("、受注1件あたり{a}です。", ", {a} a deal."),
    "return": ("ROAS(売上÷費用)は{p}です。", " Revenue is {p} of the cost."),
    "affordable": ("1受注あたりの費用は粗利額を下回ります。", " The cost per deal is within its gross margin."),
    "too dear": ("1受注あたりの費用が粗利額を超えています。", " The cost per deal exceeds its gross margin."),
    "example": ("記入例の数字のため、判定していません。", "Not judged: these are example figures."),
    "unneeded": ("目標が計算できていないため、判定できません。", "There is no calculated goal to compare them with."),
    "binds": ("× このままでは足りません: ", "✗ Not enough:"),
    "accounts": ("「ターゲット企業数」", " “target accounts”"),
    "contacts": ("「担当者数」", " “contacts”"),
    "sales": ("「営業が対応できる商談数」", " “sales capacity”"),
    "budget": ("「予算」", " “budget”"),
    "pipeline": ("「期首パイプライン(期首より前に必要なリード)」", " “opening pipeline”"),
    "used": ("(使用率{p})", " ({p} used)"),
    "used at least": ("(使用率{p}以上)", " ({p} or more used)"),
    "nil": ("(上限が0)", " (limit is 0)"),
    "stop": ("。", "."),
    "free": ("○ 入力した制約の中に収まります", "✓ Within the limits entered"),
    "nearest": ("。最も厳しい制約は", "; the tightest is"),
    "open": ("次の制約が未入力のため、判定できません: ", "Not judged, as these limits are not filled in:"),
    "unjudged": ("未入力があり判定していない制約: ", " Not judged (not filled in):"),
    "risk win": ("受注率の前提が一般的な目安(20〜40%)から外れています。", "The win rate is outside the benchmark (20–40 %). "),
    "risk opportunity": (
        "案件化率の前提が一般的な目安(40〜60%)から外れています。", "The opportunity rate is outside the benchmark (40–60 %). ",
    ),
    "risk gap": ("現状のペースでは目標に届きません。", "The current pace does not reach the goal. "),
    "risk unknown": ("現状の見込みを計算できないチャネルがあります。", "Current figures are missing for some channels. "),
    "risk proof": ("総合判定が「要確認」です。", "The overall status is “Check”. "),
    "risk open": ("目標設定に未入力の項目があります。", "Some inputs on the goal page are missing. "),
    "risk end": ("いずれかの率が前提を下回ると、売上も同じ割合で減ります。", "If a rate falls short, revenue falls in proportion."),
}  # fmt: skip
_NAMES = {
    "web_revenue": ("「Web売上」", " “Web revenue”"),
    "deal_size": ("「受注単価」", " “Average deal size”"),
    "win_rate": ("「受注率」", " “Win rate”"),
    "win_rate short": ("「商談受注率」", " “Meeting-to-win rate”"),
    "opportunity_rate": ("「案件化率」", " “Opportunity rate”"),
    "channels": ("「チャネル(名前・配分・アポ率)」", " “Channels (name, split, meeting rate)”"),
}


class Facts:
    """A state's inputs and page counts, and what follows from them."""

    def __init__(self, solution: Solution) -> None:
        self.solution = solution
        self.is_short = "opportunities" not in solution.template.cells

    @property
    def is_example(self) -> bool:
        """Whether the figures about today, the costs and the limits are the worked example's."""
        return self.solution.values["both_ways_basis"] in self.solution.template.words["example_basis"]

    def one(self, name: str) -> Fraction | None:
        """A single number; None where it is blank, or where the worksheet has no such cell."""
        if name not in self.solution.template.cells:
            return None
        value = self.solution.values[name]
        return value if isinstance(value, Fraction) else None

    def word(self, name: str) -> str:
        """Which choice a cell holds: year, up, optimistic; "" for none."""
        cell = self.solution.template.cells[name]
        held = self.solution.values[name]
        return next((key for key, text in (cell.choices or {}).items() if held in text), "")

    def rows(self, name: str) -> list[Any]:
        values = self.solution.values[name]
        assert isinstance(values, list)
        return values

    def numbers(self, name: str) -> list[Fraction | None]:
        return [value if isinstance(value, Fraction) else None for value in self.rows(name)]

    @property
    def named(self) -> list[int]:
        """The channels that have a name."""
        return [row for row, name in enumerate(self.rows("channel_name")) if name]

    def multiplier(self, rate: str) -> Fraction:
        """What the scenario makes of a rate: what is typed beside it, held so that none passes 100 %."""
        scenario = self.word("scenario")
        if scenario not in ("optimistic", "pessimistic"):
            return Fraction(1)
        typed = self.one(f"{scenario}_{rate}")
        if typed is None or typed <= 0:
            return Fraction(1)
        rates = [self.one(rate)] if rate in ("win_rate", "opportunity_rate") else self.numbers(f"channel_{rate}")
        largest = max((each for each in rates if each is not None), default=Fraction(0))
        return min(typed, 1 / largest) if largest > 0 else typed

    def rate(self, name: str) -> Fraction | None:
        typed = self.one(name)
        return None if typed is None else typed * self.multiplier(name)

    # -- what each channel brings today, and costs ---------------------------

    def today(self, row: int) -> Fraction | None:
        """Meetings that a channel brings today; None where that is not known."""
        visits, leads = self.numbers("channel_current_visits")[row], self.numbers("channel_current_leads")[row]
        cvr, rate = self.numbers("channel_cvr")[row], self.numbers("channel_meeting_rate")[row]
        if visits is not None and cvr:
            leads = visits * cvr * self.multiplier("cvr")
        return None if leads is None or rate is None else leads * rate * self.multiplier("meeting_rate")

    @property
    def meeting_worth(self) -> Fraction | None:
        parts = [self.one("deal_size"), self.rate("win_rate"), *([] if self.is_short else [self.rate("opportunity_rate")])]
        return None if None in parts else math.prod(parts)  # type: ignore[arg-type]

    @property
    def known_today(self) -> list[int]:
        return [row for row in self.named if self.today(row) is not None]

    @property
    def revenue_today(self) -> Fraction | None:
        worth = self.meeting_worth
        if worth is None or not self.known_today:
            return None
        return sum((self.today(row) or Fraction(0) for row in self.known_today), Fraction(0)) * worth

    def part_of_goal(self, rows: list[int]) -> Fraction | None:
        """The part of all meetings that these channels have to bring."""
        meetings = self.numbers("channel_meetings")
        total = sum((each for each in meetings if each is not None), Fraction(0))
        wanted = [meetings[row] for row in rows if meetings[row] is not None]
        return sum(wanted, Fraction(0)) / total if total > 0 and wanted else None  # type: ignore[arg-type]

    def cost(self, row: int) -> Fraction | None:
        leads, each = self.numbers("channel_leads")[row], self.numbers("channel_cost_per_lead")[row]
        return None if leads is None or each is None else leads * each

    @property
    def costed(self) -> list[int]:
        return [row for row in self.named if self.cost(row) is not None]

    @property
    def cost_total(self) -> Fraction | None:
        return sum((self.cost(row) or Fraction(0) for row in self.costed), Fraction(0)) if self.costed else None

    # -- what is missing -------------------------------------------------------

    def lacking(self, head: str) -> Claims:
        wanted = ["web_revenue", "deal_size", "win_rate", *([] if self.is_short else ["opportunity_rate"])]
        missing = [name for name in wanted if self.one(name) is None]
        if self.one("leads") is None and self.one("required_meetings") is not None:
            missing.append("channels")
        missing = [f"{name} short" if name == "win_rate" and self.is_short else name for name in missing]
        return [(head, missing)] if missing else [("unworked",)]


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
    pattern = "".join(_pattern(claim, lang) for claim in wanted)
    match = re.fullmatch(pattern, said)
    if match is None:
        return f"{said!r} should be {wanted}"
    values = [value for claim in wanted for value in claim[1:] if isinstance(value, Fraction)]
    amounts: list[tuple[str, str]] = []
    for (kind, text), value in zip(_figures(wanted, match, lang), values, strict=True):
        if not _agrees(kind, text, value, lang):
            return f"{said!r}: {text} should be {float(value):,.6f} ({wanted})"
        if kind == "a":
            amounts.append((text, _unit(text, lang)))
    units = {unit for _, unit in amounts}
    if len(units) > 1 and not any(units <= pair for pair in BESIDE):
        return f"{said!r} mixes units"
    return None


def _pattern(claim: tuple[Any, ...], lang: str) -> str:
    words = re.escape(_WORDS[claim[0]][lang == "en"])
    for field, pattern in (("a", _AMOUNT[lang]), ("p", r"[\d,.]+%"), ("n", r"[\d,.]+")):
        words = words.replace(re.escape(f"{{{field}}}"), f"({pattern})")
    if len(claim) > 1 and isinstance(claim[1], list):
        words = words.replace(re.escape("{list}"), re.escape("".join(_NAMES[name][lang == "en"] for name in claim[1])))
    return words


def _figures(wanted: Claims, match: re.Match[str], lang: str) -> Iterator[tuple[str, str]]:
    kinds = [kind for claim in wanted for kind in re.findall(r"\{([apn])\}", _WORDS[claim[0]][lang == "en"])]
    return zip(kinds, match.groups(), strict=True)


def _unit(text: str, lang: str) -> str:
    if lang == "ja":
        return re.sub(r"[約\d,.]", "", text)
    return re.sub(r"about |[¥\d,.]", "", text)


def _agrees(kind: str, text: str, value: Fraction, lang: str) -> bool:
    number = Fraction(re.sub(r"[^\d.]", "", text))
    if kind == "a":
        unit = _unit(text, lang)
        off = abs(number * _YEN[unit] - value)
        is_about = text.startswith(("約", "about"))
        # A shortfall is what is left of the goal beside the revenue as written: a step, not half of one.
        return off <= _STEP[unit] if is_about else off <= Fraction(1, 2) + Fraction(1, 100)
    scale = 100 if kind == "p" else 1
    few = abs(value * scale) < (1 if kind == "p" else Fraction(1, 10))
    near_whole = kind == "p" and abs(value - 1) < Fraction(1, 2000)
    return abs(number - value * scale) <= Fraction(1, 20000 if few or near_whole else 20)


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
        head = solution.template.words["behind_at"].to(lang)
        text = str(tab).partition(solution.template.words["judged_partly"].to(lang))[0]
        if (head + "".join(late) if late else "") != (text if text.startswith(head) else ""):
            found.append(f"tab_state: month {m} says {tab!r}, behind are {late}")
        if m == last and solution.values["as_of_month"] is None and tab != solution.values["headline"]:
            found.append(f"headline: {solution.values['headline']!r}, but its last month's tab {tab!r}")
    if not last and solution.values["headline"] not in solution.template.words["nothing_typed"]:
        found.append(f"headline: {solution.values['headline']!r} where nothing is typed")
    return found

"""A flow → the cells it consists of: the figure spread over the months, goal against actual, where it leads by the year's end.

A flow is declared once (``[[section.flow]]``); its cells are expressions like
any others, made here, so that seven stages need not be written out alike.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from ..errors import Text
from ..expr.nodes import Node
from ..units import COUNT, CURRENCY, RATE, TEXT
from .checks import CheckReader
from .declaration import Raw
from .keys import NAME
from .model import INPUT, RESULT, TABS, Cell, Flow, Origin
from .tables import HALF, MONTH, QUARTER

_KEYS = {
    "name", "of", "unit", "counter", "label", "lead", "weight", "before", "next_weight", "next_whole", "instead",
    "tabs", "rate", "rate_label", "after",
}  # fmt: skip


_UNTYPED = {
    "months_missing": Text(
        "実績のない月(または数値でない実績)があり、累計を判断できません。",
        "Months without actuals (or with actuals that are no figures): the running totals can't be judged.",
    ),
    "typed_on_track": Text(
        "実績のそろった段階は、累計で計画どおりです(ほかは未入力)。",
        "The stages with all their actuals are on track to date; the others are not typed in.",
    ),
}
"""What is said where a running total can't be known: that is never 'on track'."""


def _verdict(untyped: list[str], none_behind: str, behind: str) -> str:
    """The state in words; ``untyped`` says of each stage whether its running total is unknown."""
    fine = f"if({' or '.join(untyped)}, 'typed_on_track', 'all_on_track')"
    return f"if({' and '.join(untyped)}, 'months_missing', if({none_behind}, {fine}, 'behind_at' & {behind}))"


_WON = "won_deals"
"""The page's cell with the deals, towards which all that is held counts."""


class _Form(NamedTuple):
    """One cell of a flow: ``{x}`` in its name and expression is the flow's name."""

    name: str
    tail: Text
    formula: str | None
    table: str | None = None
    unit: str | None = None
    signed: bool = False
    recorded: bool = False
    on_tab: bool = False


_GRID = (
    _Form("year_{x}_page", Text("(ページの年間値)", " (the page's year)"), "if(period = 'month', {of} * 12, {of})"),
    _Form("month_{x}_override", Text("(手入力)", " (typed over)"), None, MONTH),
    _Form("month_{x}_initial", Text("(期初計画)", " (initial plan)"), None, MONTH, recorded=True),
    _Form("month_{x}_reported", Text("(締めた月の目標)", " (goal of a closed month)"), None, MONTH, recorded=True),
    _Form(
        "month_{x}_fixed",
        Text("(決まっている分)", " (settled)"),
        "if(month_start <= closed_through and month_{x}_reported >= 0, month_{x}_reported,"
        " if(month_{x}_override >= 0, month_{x}_override, blank))",
        MONTH,
    ),
    _Form(
        "month_{x}_open",
        Text("(配分の重み)", " (weight)"),
        "if(is_blank(month_{x}_fixed), {weight}, 0)",
        MONTH,
        COUNT,
    ),
    _Form("open_{x}_weight", Text("(重みの合計)", " (sum of weights)"), "sum(month_{x}_open)", None, COUNT),
    _Form(
        "open_{x}",
        Text("(開いている月に配る分)", " (left for the open months)"),
        "max(0, year_{x}_page{less_before} - sum_through(month_{x}_fixed, 12))",
    ),
    _Form(
        "month_{x}",
        Text("(月次目標)", " (monthly goal)"),
        "if(is_blank(month_{x}_fixed), {instead}if(open_{x}_weight > 0,"
        " portion(open_{x}, month_{x}_open, open_{x}_weight, {exact_before}), 0){close}, month_{x}_fixed)",
        MONTH,
    ),
    _Form("quarter_{x}", Text("(四半期計)", " (quarter)"), "part_sum(month_{x})", QUARTER),
    _Form("half_{x}", Text("(半期計)", " (half-year)"), "part_sum(month_{x})", HALF),
    _Form("year_{x}", Text("(年計)", " (year)"), "sum(month_{x})"),
    _Form(
        "year_{x}_gap", Text("(年計とページの差)", " (year against the page)"),
        "round(year_{x}{and_before} - year_{x}_page, {noise})", signed=True,
    ),
)  # fmt: skip
"""What stands on the grid for every flow."""

_AHEAD = (
    _Form(
        "before_{x}_exact",
        Text("(期首より前、端数処理前)", " (before the year, unrounded)"),
        "if(start_month <= closed_through and before_{x}_reported >= 0, before_{x}_reported,"
        " if({before_weight} > 0, year_{x}_page * (({before_weight}) / ({before_weight} + sum({weight}))), year_{x}_page * 0))",
    ),
    _Form(
        "before_{x}_reported",
        Text("(締めたときの、期首より前)", " (before the year, when months were closed)"),
        None,
        recorded=True,
    ),
    _Form(
        "before_{x}",
        Text("(期首より前に必要)", " (needed before the year)"),
        "if(rounding = 'none', before_{x}_exact, round(round(before_{x}_exact, 6), 0))",
    ),
    _Form("opening_{x}", Text("(期首パイプライン)", " (held at the start)"), None),
    _Form(
        "opening_{x}_gap",
        Text("(期首の過不足)", " (held against needed)"),
        "if(is_blank(opening_{x}), blank, opening_{x} - before_{x})",
        signed=True,
    ),
    _Form(
        "opening_{x}_wins",
        Text("(期首パイプラインから見込める受注)", " (wins to expect from those held)"),
        "if(is_blank(opening_{x}), blank, opening_{x} * ({won} / {of}))",
        None,
        COUNT,
    ),
    _Form("next_{x}", Text("(翌年度の必要数)", " (next year's need)"), "year_{x}_page * next_share"),
    _Form(
        "month_{x}_next",
        Text("(翌年度の受注のため)", " (for next year's wins)"),
        "if(month_start <= closed_through and month_{x}_next_reported >= 0, month_{x}_next_reported,"
        " if({next_whole} > 0, portion(next_{x}, {next_weight}, {next_whole}, 0), 0))",
        MONTH,
    ),
    _Form(
        "month_{x}_next_reported",
        Text("(締めた月の翌年度分)", " (next year's part of a closed month)"),
        None,
        MONTH,
        recorded=True,
    ),
    _Form("month_{x}_due", Text("(翌年度分を含む目標)", " (with next year's part)"), "month_{x} + month_{x}_next", MONTH),
)
"""What a flow has that comes before its wins."""

_TAB = (
    _Form("goal_{x}", Text("(目標)", " (goal)"), "month_{x}", MONTH, on_tab=True),
    _Form("goal_next_{x}", Text("(翌年度分の目標)", " (for next year)"), "month_{x}_next", MONTH, on_tab=True),
    _Form("actual_{x}", Text("(実績)", " (actual)"), None, MONTH, on_tab=True),
    _Form(
        "difference_{x}", Text("(差)", " (difference)"),
        "if(is_blank(actual_{x}), 'untyped', actual_{x} - {due})", MONTH, signed=True, on_tab=True,
    ),
    _Form(
        "achievement_{x}", Text("(達成率)", " (achievement)"),
        "if(is_blank(actual_{x}), 'untyped', if({due} > 0, actual_{x} / {due}, 'no_goal'))", MONTH, RATE, on_tab=True,
    ),
    _Form("goal_to_date_{x}", Text("(累計目標)", " (goal to date)"), "sum_to_here({due})", MONTH, on_tab=True),
    _Form(
        "actual_to_date_{x}", Text("(累計実績)", " (actual to date)"),
        "if(tally_to_here(result_{x}) = row, sum_to_here(result_{x}), 'untyped')", MONTH, on_tab=True,
    ),
    _Form(
        "achievement_to_date_{x}", Text("(累計達成率)", " (achievement to date)"),
        "if(actual_to_date_{x} >= 0, if(goal_to_date_{x} > 0, actual_to_date_{x} / goal_to_date_{x}, 'no_goal'), 'untyped')",
        MONTH, RATE, on_tab=True,
    ),
    _Form(
        "progress_{x}", Text("(進捗率)", " (progress)"),
        "if(actual_to_date_{x} >= 0, if(year_{x}_due > 0, actual_to_date_{x} / year_{x}_due, 'no_goal'), 'untyped')",
        MONTH, RATE, on_tab=True,
    ),
    _Form(
        "pace_{x}", Text("(予定の進捗率)", " (progress planned)"),
        "if(year_{x}_due > 0, goal_to_date_{x} / year_{x}_due, 'no_goal')", MONTH, RATE, on_tab=True,
    ),
    _Form(
        "landing_plan_{x}", Text("(着地見込み: 残りは計画どおり)", " (forecast, the rest as planned)"),
        "if(actual_to_date_{x} >= 0, actual_to_date_{x} + year_{x}_due - goal_to_date_{x}, 'untyped')", MONTH, on_tab=True,
    ),
    _Form(
        "landing_pace_{x}", Text("(着地見込み: 直近3か月のペース)", " (forecast at the pace of the last three months)"),
        "if(actual_to_date_{x} >= 0, actual_to_date_{x} + recent_mean(result_{x}, 3) * (12 - row), 'untyped')",
        MONTH, on_tab=True,
    ),
    _Form(
        "needed_pace_{x}", Text("(残り月の必要ペース)", " (needed a month from now on)"),
        "if(actual_to_date_{x} >= 0, if(row < 12, max(0, year_{x}_due - actual_to_date_{x}) / max(1, 12 - row), 'no_goal'), 'untyped')",
        MONTH, on_tab=True,
    ),
    _Form("last_year_{x}", Text("(前年実績)", " (last year)"), "if(is_blank(last_{x}), blank, last_{x})", MONTH, on_tab=True),
)  # fmt: skip
"""What stands on each month's tab."""

_SUMMARY = (
    _Form("result_{x}", Text("(月の実績)", " (the month's actual)"), "actual_{x}", MONTH),
    _Form("last_{x}", Text("(前年同月の実績)", " (actual a year before)"), None, MONTH, recorded=True),
    _Form("year_{x}_due", Text("(年間目標)", " (the year's goal)"), "sum({due})"),
    _Form(
        "now_initial_{x}", Text("(期初計画)", " (initial plan)"),
        "if(tally(month_{x}_initial) = 12, sum(month_{x}_initial), year_{x}_due)",
    ),
    _Form("now_goal_{x}", Text("(累計目標)", " (goal so far)"), "if(months_judged > 0, sum_through({due}, months_judged), blank)"),
    _Form(
        "now_actual_{x}", Text("(累計実績)", " (actual so far)"),
        "if(months_judged > 0 and tally_through(result_{x}, months_judged) = months_judged,"
        " sum_through(result_{x}, months_judged), 'untyped')",
    ),
    _Form(
        "now_achievement_{x}", Text("(達成率)", " (achievement)"),
        "if(now_actual_{x} >= 0, if(now_goal_{x} > 0, now_actual_{x} / now_goal_{x}, 'no_goal'), 'untyped')", None, RATE,
    ),
    _Form(
        "now_progress_{x}", Text("(進捗率)", " (progress)"),
        "if(now_actual_{x} >= 0, if(year_{x}_due > 0, now_actual_{x} / year_{x}_due, 'no_goal'), 'untyped')", None, RATE,
    ),
    _Form(
        "now_pace_{x}", Text("(予定の進捗率)", " (progress planned)"),
        "if(year_{x}_due > 0, now_goal_{x} / year_{x}_due, 'no_goal')", None, RATE,
    ),
    _Form(
        "now_landing_plan_{x}", Text("(着地見込み: 残りは計画どおり)", " (forecast, the rest as planned)"),
        "if(now_actual_{x} >= 0, now_actual_{x} + year_{x}_due - now_goal_{x}, 'untyped')",
    ),
    _Form(
        "now_landing_pace_{x}", Text("(着地見込み: 直近3か月のペース)", " (forecast at the pace of the last three months)"),
        "if(now_actual_{x} >= 0, now_actual_{x} + (sum_through(result_{x}, months_judged)"
        " - sum_through(result_{x}, months_judged - 3)) / min(3, months_judged) * (12 - months_judged), 'untyped')",
    ),
    _Form(
        "now_needed_pace_{x}", Text("(残り月の必要ペース)", " (needed a month from now on)"),
        "if(now_actual_{x} >= 0, if(months_judged < 12, max(0, year_{x}_due - now_actual_{x}) / max(1, 12 - months_judged),"
        " 'no_goal'), 'untyped')",
    ),
    _Form(
        "now_state_{x}", Text("(状態)", " (state)"),
        "if(now_actual_{x} >= 0, if(round(now_actual_{x} - now_goal_{x}, 6) >= 0, 'on_track', 'behind'), 'untyped')", None, TEXT,
    ),
)  # fmt: skip
"""What the summary of the year says of it."""

_RATE = (
    _Form("assumed_{x}", Text("(前提の率)", " (assumed)"), "{rate}"),
    _Form("turned_out_{x}", Text("(実績の率)", " (turned out)"), "if(now_actual_{y} > 0 and now_actual_{x} >= 0, now_actual_{x} / now_actual_{y}, blank)"),
    _Form("worth_{x}", Text("(1件あたりの売上)", " (what one is worth)"), "{worth}", None, CURRENCY),
    _Form(
        "cost_{x}", Text("(売上に換算した不足)", " (shortfall in revenue)"),
        "if(months_judged > 0, if(now_actual_{y} > 0 and now_actual_{x} >= 0, {cost}, 0), blank)", None, CURRENCY,
    ),
)  # fmt: skip
"""The rate that leads to a flow from the next one below, and what it costs where it is weak."""


class FlowReader(CheckReader):
    """Makes the cells of flows; those of the tabs and the summary only where these sheets are wanted."""

    flows: list[Flow]
    section_sheets: frozenset[str]

    def _flow(self, raw: Raw, section: str, sheets: frozenset[str]) -> None:
        keys, origin = raw.keys, raw.origin
        self._known_keys(raw, _KEYS)
        name = self._string(keys.get("name"), *origin.of("name"))
        of = self._string(keys.get("of"), *origin.of("of"))
        unit = self._string(keys.get("unit"), *origin.of("unit"))
        if not name or not of or not NAME.match(name):
            return
        label = self._text(keys.get("label"), *origin.of("label")) or Text(name, name)
        lead = keys.get("lead")
        rate = None
        if "rate" in keys:
            of_cell = self.cells.get(str(keys["rate"]))
            rate = self._optional_text(keys, "rate_label", origin) or (of_cell.label if of_cell else None) or label
        flow = Flow(name, of, label, lead, keys.get("tabs") is not False, rate)
        self.flows.append(flow)
        said = {
            "x": name,
            "of": of,
            "weight": str(keys.get("weight", "month_weight")),
            "before_weight": str(keys.get("before", "0")),
            "next_weight": str(keys.get("next_weight", "")),
            "next_whole": str(keys.get("next_whole", "weight_total")),
            "exact_before": f"before_{name}_exact" if lead else "0",
            "less_before": f" - before_{name}_exact" if lead else "",
            "and_before": f" + before_{name}" if lead else "",
            # Twelve parts of 10¹⁰ yen, unrounded, add up to it only to some millionths in a binary engine.
            "noise": "2" if unit == CURRENCY else "6",
            "due": flow.due,
            "won": _WON,
            "instead": "",
            "close": "",
        }
        if "instead" in keys:
            # Another way to the month's figure: a rate typed over, say.
            said |= {"instead": f"if({keys['instead'][0]}, {keys['instead'][1]}, ", "close": ")"}
        for form in (*(_AHEAD if lead else ()), *_GRID):
            if form.name == "opening_{x}_wins" and _WON not in self.cells:
                continue
            self._form(form, raw, section, unit, label, said)
        if flow.on_tabs and TABS in sheets:
            for form in _TAB:
                if lead or form.name != "goal_next_{x}":
                    self._form(form, raw, "tab", unit, label, said)
            for form in _SUMMARY:
                self._form(form, raw, "summary", unit, label, said)

    def _rates(self, raws: list[Raw]) -> None:
        """The rates between the flows, each from the next one below; and the flow behind at the foot of the chain."""
        chain = [(raw, flow) for raw in raws for flow in self.flows if flow.name == raw.keys.get("name") and flow.on_tabs]
        worth: dict[str, str] = {}
        for (raw, flow), (_, below) in pairwise(chain):
            rate = str(raw.keys.get("rate", "0"))
            above = worth.get(flow.name)
            # A stage's worth in yen: the rates above it, multiplied up to the price.
            worth[below.name] = f"worth_{flow.name}"
            x, y = flow.name, below.name
            said = {"x": x, "y": y, "rate": rate}
            said["worth"] = f"assumed_{x} * {above}" if above else f"assumed_{x}"
            short = f"assumed_{x} * now_actual_{y} - now_actual_{x}"
            said["cost"] = f"max(0, ({short}) * {above})" if above else f"max(0, {short})"
            unit = CURRENCY if above is None else RATE
            for form in _RATE:
                self._form(form, raw, "summary", unit, flow.rate or flow.label, said)
        if chain:
            foot = chain[-1][1]
            self._form(
                _Form(
                    "cost_volume",
                    Text("の不足を売上に換算", ": shortfall in revenue"),
                    f"if(months_judged > 0, if(now_actual_{foot.name} >= 0, max(0, (now_goal_{foot.name} - now_actual_{foot.name})"
                    f" * {worth[foot.name]}), 0), blank)" if foot.name in worth else "blank",
                    None,
                    CURRENCY,
                ),
                chain[-1][0], "summary", CURRENCY, foot.label, {},
            )  # fmt: skip
        self._in_words([flow for _, flow in chain])

    def _in_words(self, flows: list[Flow]) -> None:
        """The state as sentences: which stages are behind, and the weakest rate with what it costs."""
        origin = self.declaration.sections[-1].keys.origin if self.declaration.sections else None
        if not flows or origin is None:
            return
        raw = Raw({}, origin)
        for flow in flows:
            self.words[f"flow_{flow.name}"] = Text(f"「{flow.label.ja}」", f" “{flow.label.en}”")
            if flow.rate is not None:
                self.words[f"rate_{flow.name}"] = flow.rate
        self.words["rate_volume"] = flows[-1].label
        self.words |= _UNTYPED
        typed = " and ".join(f"is_blank(result_{flow.name})" for flow in flows)
        self._form(
            _Form("month_typed", Text("実績のある月", "Months with actuals"), f"if({typed}, 0, row)", MONTH, COUNT),
            raw, "summary", COUNT, Text("", ""), {},
        )  # fmt: skip
        behind = " & ".join(f"if(now_state_{flow.name} = 'behind', 'flow_{flow.name}', 'nothing')" for flow in flows)
        none_behind = " and ".join(f"not now_state_{flow.name} = 'behind'" for flow in flows)
        verdict = _verdict([f"not now_actual_{flow.name} >= 0" for flow in flows], none_behind, behind)
        headline = f"if(months_judged = 0, 'nothing_typed', {verdict})"
        self._form(
            _Form("headline", Text("いまの状態", "Where it stands"), headline, None, TEXT),
            raw,
            "summary",
            TEXT,
            Text("", ""),
            {},
        )
        costs = [f"cost_{flow.name}" for flow in flows[:-1]] + ["cost_volume"]
        worst = costs[0]
        for cost in costs[1:]:
            worst = f"max({worst}, {cost})"
        self._form(
            _Form("worst_cost", Text("最も大きい不足", "the largest shortfall"), worst, None, CURRENCY),
            raw,
            "summary",
            CURRENCY,
            Text("", ""),
            {},
        )
        which = "'rate_volume'"
        for flow in reversed(flows[:-1]):
            which = f"if(cost_{flow.name} >= worst_cost, 'rate_{flow.name}', {which})"
        none_known = " and ".join(f"is_blank(turned_out_{flow.name})" for flow in flows[:-1])
        if not none_known:
            none_known = f"not now_actual_{flows[-1].name} >= 0"
        weak = (
            f"if(worst_cost > 0, 'weak_stage' & ({which}) & 'weak_costs' & money(worst_cost) & 'weak_end',"
            f" if({none_known}, blank, if(worst_cost = 0, 'no_weak_stage', blank)))"
        )
        self._form(
            _Form("weak_stage", Text("弱い段階", "The weak stage"), weak, None, TEXT), raw, "summary", TEXT, Text("", ""), {}
        )
        states = " & ".join(f"if(achievement_to_date_{flow.name} < 1, 'flow_{flow.name}', 'nothing')" for flow in flows)
        fine = " and ".join(f"not achievement_to_date_{flow.name} < 1" for flow in flows)
        none_typed = " and ".join(f"is_blank(actual_{flow.name})" for flow in flows)
        verdict = _verdict([f"not actual_to_date_{flow.name} >= 0" for flow in flows], fine, states)
        tab = f"if({none_typed}, 'nothing_typed', {verdict})"
        self._form(
            _Form("tab_state", Text("この月までの状態", "State to this month"), tab, MONTH, TEXT, on_tab=True),
            raw,
            "tab",
            TEXT,
            Text("", ""),
            {},
        )

    def _form(self, form: _Form, raw: Raw, section: str, unit: str, label: Text, said: dict[str, str]) -> None:
        name = form.name.format_map(said) if said else form.name
        formula: Node | None = None
        if form.formula is not None:
            text = form.formula.format_map(said) if said else form.formula
            formula = self._made(text)
        if name in self.cells:
            self._say(*raw.origin.of("name"), "twice", Text(f"{name} が2回あります", f"{name} stands twice"))
        unit = form.unit or unit
        self.cells[name] = Cell(
            name=name,
            label=Text(f"{label.ja}{form.tail.ja}", f"{label.en}{form.tail.en}"),
            unit=unit,
            section=section,
            role=INPUT if form.formula is None else RESULT,
            origin=Origin(raw.origin.source, raw.origin.path, {"formula": (raw.origin.source, raw.origin.path)}),
            formula=formula,
            table=form.table,
            counter=raw.keys.get("counter") if unit == COUNT else None,
            signed=form.signed,
            recorded=form.recorded,
            on_tab=form.on_tab,
        )

"""A flow → the cells it consists of: the figure spread over the months, goal against actual, where it leads by the year's end.

A flow is declared once (``[[section.flow]]``); its cells are expressions like
any others, made here, so that seven stages need not be written out alike.
"""

from __future__ import annotations

from itertools import pairwise

from ..expr.nodes import Node
from ..language.text import Text
from ..values.units import COUNT, CURRENCY, RATE, TEXT
from . import forms
from .checks import CheckReader
from .declaration import Raw
from .forms import Form
from .keys import NAME
from .model import INPUT, RESULT, TABS, Cell, Flow, Origin
from .replan import WORDS, Stage, replanned
from .tables import MONTH

_KEYS = {
    "name", "of", "unit", "counter", "label", "lead", "weight", "before", "next_weight", "next_whole", "instead",
    "tabs", "rate", "rate_label", "pipeline", "after",
}  # fmt: skip


def _listed(flows: list[Flow], condition: str) -> str:
    """Return the flows' names in words, those of which a condition holds."""
    return " & ".join(f"if({condition.format(x=flow.name)}, 'flow_{flow.name}', 'nothing')" for flow in flows)


def _weight(raw: Raw) -> str:
    """Return the column of weights by which a flow is spread over the months."""
    return str(raw.keys.get("weight", "weight_month"))


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
            of_cell = self.cells.get(str(keys["rate"]).partition(" * ")[0])  # times what the scenario makes of it
            rate = self._optional_text(keys, "rate_label", origin) or (of_cell.label if of_cell else None) or label
        flow = Flow(name, of, label, lead, keys.get("tabs") is not False, rate, rated="instead" in keys)
        self.flows.append(flow)
        said = {
            "x": name,
            "of": of,
            "weight": _weight(raw),
            "before_weight": str(keys.get("before", "0")),
            "next_weight": str(keys.get("next_weight", "")),
            "next_whole": str(keys.get("next_whole", "weight_total")),
            # What follows another flow's part for next year is in proportion to it, whatever next year is assumed to be.
            "next_total": f"year_{name}_page" if "next_whole" in keys else f"next_{name}",
            "exact_before": f"before_{name}_exact" if lead else "0",
            "less_before": f" - before_{name}_exact" if lead else "",
            "and_before": f" + before_{name}" if lead else "",
            # Twelve parts of 10¹⁰ yen, unrounded, add up to it only to some millionths in a binary engine.
            "noise": "2" if unit == CURRENCY else "6",
            "due": flow.due,
            "won": forms.WON,
            "instead": "",
            "close": "",
            "typed_rate": "",
        }
        if "instead" in keys:
            # Another way to the month's figure: a rate typed over, say.
            said |= {"instead": f"if({keys['instead'][0]}, {keys['instead'][1]}, ", "close": ")"}
            said["typed_rate"] = str(keys["instead"][0]).partition(" ")[0]
        held = keys.get("pipeline") is True and lead is not None and forms.WON in self.cells
        for form in (
            *(forms.AHEAD if lead else ()),
            *(forms.PIPELINE if held else ()),
            *forms.GRID,
            *(forms.RATED if flow.rated else ()),
        ):
            self._form(form, raw, section, unit, label, said)
        if flow.on_tabs and TABS in sheets:
            for form in forms.TAB:
                if lead or form.name != "goal_next_{x}":
                    self._form(form, raw, "tab", unit, label, said)
            for form in forms.SUMMARY:
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
            said = {"x": x, "y": y, "rate": rate, "x_due": flow.due, "y_due": below.due}
            said["worth"] = f"assumed_{x} * {above}" if above else f"assumed_{x}"
            # Held against the rate that the goals so far ask for: with lead times, and with parts made whole,
            # a year that goes exactly to plan does not have the page's rates in every month.
            n = f"judged_rate_{x}"
            short = f"round(planned_{x} * sum_through(result_{y}, {n}) - sum_through(result_{x}, {n}), 6)"
            said["cost"] = f"max(0, {short} * {above})" if above else f"max(0, {short})"
            unit = CURRENCY if above is None else RATE
            for form in forms.RATES:
                self._form(form, raw, "summary", unit, flow.rate or flow.label, said)
        if chain:
            foot = chain[-1][1]
            self._form(
                Form(
                    "cost_volume",
                    Text("の不足を売上に換算", ": shortfall in revenue"),
                    f"if(months_judged > 0, if(now_actual_{foot.name} >= 0, max(0, (now_goal_{foot.name} - now_actual_{foot.name})"
                    f" * {worth[foot.name]}), 0), blank)" if foot.name in worth else "blank",
                    None,
                    CURRENCY,
                ),
                chain[-1][0], "summary", CURRENCY, foot.label, {},
            )  # fmt: skip
        self._replan(chain)
        self._in_words([flow for _, flow in chain])

    def _replan(self, chain: list[tuple[Raw, Flow]]) -> None:
        """The months that remain, solved again from the actuals."""
        stages = [Stage(flow, _weight(raw), str(raw.keys.get("unit")), raw.keys.get("counter")) for raw, flow in chain]
        self.words = WORDS | self.words
        for form, label in replanned(stages):
            self._form(form, Raw({}, chain[0][0].origin), "summary", COUNT, label, {})

    def _openings(self, raws: list[Raw]) -> None:
        """The wins to expect from all that is held when the year begins."""
        held = [f"opening_{flow.name}_wins" for flow in self.flows if f"opening_{flow.name}_wins" in self.cells]
        if held:
            # A case that got further is counted at the stages before as well: the stage with most wins has the others' in it.
            most = held[0]
            for each in held[1:]:
                most = f"max({most}, {each})"
            self._form(
                Form("opening_wins", Text("期首パイプラインから見込める受注の計", "Wins to expect from all that is held"),
                      most, None, COUNT),
                Raw({"counter": "deals"}, raws[0].origin), "month", COUNT, Text("", ""), {},
            )  # fmt: skip

    def _months_state(self, raws: list[Raw]) -> None:
        """Whether the months come to the page's year, in all that is spread, but for what a rate of a month's own explains."""
        gaps = [flow.left_over for flow in self.flows]
        apart = " or ".join(f"{gap} <> 0" for gap in gaps)
        unknown = " and ".join(f"is_blank({gap})" for gap in gaps)
        self._form(
            Form("months_state", Text("月の合計の確認", "Do the months add up?"), f"if({apart}, 'bad', if({unknown}, 'open', 'ok'))", None, TEXT),
            Raw({}, raws[0].origin), "month", TEXT, Text("", ""), {},
        )  # fmt: skip

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
        typed = " and ".join(f"is_blank(result_{flow.name})" for flow in flows)
        self._form(
            Form("month_typed", Text("実績のある月", "Months with actuals"), f"if({typed}, 0, row)", MONTH, COUNT),
            raw, "summary", COUNT, Text("", ""), {},
        )  # fmt: skip
        behind = _listed(flows, "now_state_{x} = 'behind'")
        none_behind = " and ".join(f"not now_state_{flow.name} = 'behind'" for flow in flows)
        partly = " or ".join(f"judged_{flow.name} < months_judged" for flow in flows)
        part = _listed(flows, "judged_{x} < months_judged")
        said = f"if({none_behind}, if({partly}, 'rest_on_track', 'all_on_track'), 'behind_at' & {behind})"
        said = f"{said} & if({partly}, 'judged_partly' & {part}, 'nothing')"
        none = " and ".join(f"judged_{flow.name} = 0" for flow in flows)
        no_goals = " and ".join(f"tally({flow.due}) = 0" for flow in flows)
        headline = (
            "if(largest(month_typed) = 0, 'nothing_typed', if(months_judged = 0, 'as_of_outside',"
            f" if({none}, 'months_missing', if({no_goals}, 'no_goals_yet', {said}))))"
        )
        self._sentence("headline", Text("いまの状態", "Where it stands"), headline, raw)
        costs = [f"cost_{flow.name}" for flow in flows[:-1]] + ["cost_volume"]
        worst = costs[0]
        for cost in costs[1:]:
            worst = f"max({worst}, {cost})"
        self._form(
            Form("worst_cost", Text("最も大きい不足", "the largest shortfall"), worst, None, CURRENCY),
            raw, "summary", CURRENCY, Text("", ""), {},
        )  # fmt: skip
        which = "'rate_volume'"
        for flow in reversed(flows[:-1]):
            which = f"if(cost_{flow.name} >= worst_cost, 'rate_{flow.name}', {which})"
        # Where no rate is known as yet, none is called sound.
        none_known = " and ".join(f"is_blank(turned_out_{flow.name})" for flow in flows[:-1]) or "months_judged = 0"
        some_unknown = " or ".join(f"is_blank(turned_out_{flow.name}) or is_blank(planned_{flow.name})" for flow in flows[:-1])
        some_unknown = some_unknown or "months_judged = 0"
        weak = (
            f"if(round(worst_cost, 0) > 0, 'weak_stage' & ({which}) & 'weak_costs' & amount(worst_cost, worst_cost) & 'weak_end',"
            f" if({none_known} or is_blank(worst_cost), blank, if({some_unknown}, 'no_weak_known', 'no_weak_stage')))"
        )
        self._sentence("weak_stage", Text("弱い段階", "The weak stage"), weak, raw)
        # A month's tab says what the summary says as of that month: one rule.
        behind = _listed(flows, "behind_here_{x} = 1")
        none_behind = " and ".join(f"behind_here_{flow.name} = 0" for flow in flows)
        partly = " or ".join(f"judged_here_{flow.name} < row" for flow in flows)
        part = _listed(flows, "judged_here_{x} < row")
        said = f"if({none_behind}, if({partly}, 'rest_on_track', 'all_on_track'), 'behind_at' & {behind})"
        said = f"{said} & if({partly}, 'judged_partly' & {part}, 'nothing')"
        none_typed = " and ".join(f"is_blank(actual_{flow.name})" for flow in flows)
        none = " and ".join(f"judged_here_{flow.name} = 0" for flow in flows)
        tab = f"if({none_typed}, 'month_untyped', if({none}, 'months_missing', if({no_goals}, 'no_goals_yet', {said})))"
        self._form(
            Form("tab_state", Text("この月までの状態", "State to this month"), tab, MONTH, TEXT, on_tab=True),
            raw, "tab", TEXT, Text("", ""), {},
        )  # fmt: skip

    def _sentence(self, name: str, label: Text, text: str, raw: Raw) -> None:
        self._form(Form(name, label, text, None, TEXT), raw, "summary", TEXT, Text("", ""), {})

    def _form(self, form: Form, raw: Raw, section: str, unit: str, label: Text, said: dict[str, str]) -> None:
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
            counter=(form.counter or raw.keys.get("counter")) if unit == COUNT else None,
            signed=form.signed,
            recorded=form.recorded,
            on_tab=form.on_tab,
        )

"""Chains: a workbook that people type into and `monthly` runs over, two to six times in turn."""

from __future__ import annotations

import copy
import datetime
import functools
import multiprocessing
import random
import traceback
from collections.abc import Callable, Iterable
from random import Random
from typing import Any, NamedTuple

from seeding.savers import edited, saved_by_libreoffice

from kgisheet import api
from kgisheet.errors import KgisheetError, PlanError
from kgisheet.filled.records import Record

from . import edits, plans, routes
from .edits import Sketch, Step
from .judge import Loss
from .ledger import Asked, Ledger
from .look import looked

RUNS = ("plain", "plan", "plan", "plan", "actuals", "goals", "start", "start with a plan", "closing", "take")
SHEETS = (
    ["目標設定", "月次予実"],
    ["目標設定", "月次予実", "現状とのギャップ", "稟議", "ABM"],
    ["目標設定", "月次予実", "月別", "予実サマリー"],
)
_FEW = 8  # plans: most of the time should go into the chains


class Run(NamedTuple):
    """One run of a chain as it was asked for, and what was typed before it."""

    how: str
    kinds: list[str]
    losses: list[Loss]
    refused: str


class Chain:
    """A workbook on its way: its plan, the judge's ledger, the runs so far."""

    def __init__(self, seed: int, number: int) -> None:
        self.number = number
        self.random = Random(seed * 100_003 + number)  # noqa: S311
        self.plan, self.data = _made(seed, number % _FEW, number % len(SHEETS))
        self.ledger = Ledger(self.data)
        self.length = self.random.randint(2, 6)
        self.runs: list[Run] = []
        self.saved: list[bytes] = [self.data]
        self.kinds: list[str] = []
        self.records = _records(self.data)

    @property
    def done(self) -> bool:
        return len(self.runs) >= self.length or any(each.losses for each in self.runs)

    # -- people -------------------------------------------------------------

    def type(self) -> tuple[str, list[Step]]:
        """What people do before the next run, and with which program."""
        route = self.random.choice(["openpyxl", "uno"])
        sketch = Sketch(self.random, looked(self.data), self.records, route)
        able = [kind for kind, edit in KINDS.items() if sketch.tabs or edit not in _ON_TABS]
        self.kinds = []
        for kind in self.random.sample(able, min(self.random.choice([0, 1, 1, 2, 2, 3, 4]), len(able))):
            if KINDS[kind](sketch) is not False:
                self.kinds.append(kind)
        if self.random.random() < 0.2 and self._give_back(sketch):
            self.kinds.append("given back")
        self.ledger.type(sketch.typed)
        return route, sketch.steps

    def _give_back(self, sketch: Sketch) -> bool:
        """What the program wrote last, typed over what somebody had typed."""
        theirs = sorted(self.ledger.theirs(looked(self.data).contents).keys() - set(sketch.typed))
        theirs = [where for where in theirs if not str(self.ledger.ours.get(where, "")).startswith("=")]
        if theirs:
            where = self.random.choice(theirs)
            sketch.type(*where, self.ledger.ours.get(where))
        return bool(theirs)

    # -- the program ----------------------------------------------------------

    def run(self) -> None:
        how = self.random.choice(RUNS)
        before = looked(self.data)
        try:
            outcome, asked = self._regenerated(how)
        except KgisheetError as refused:
            self.runs.append(Run(how, self.kinds, [], refused.problems[0].code))
            return
        except Exception:  # noqa: BLE001  (whatever it is, it is a fault)
            self.runs.append(Run(how, self.kinds, [Loss("traceback", traceback.format_exc(limit=-4)[-900:])], ""))
            return
        losses = self.ledger.run(before, outcome, asked, {(str(e.sheet), str(e.cell)): e.name for e in self.records})
        self.data = outcome.data
        self.saved.append(self.data)
        if outcome.closed:
            self.records = _records(self.data)
        self.runs.append(Run(how, self.kinds, losses, ""))

    def _regenerated(self, how: str) -> tuple[api.Outcome, Asked]:
        plan: plans.Plan | None = None
        start: datetime.date | None = None
        if how in ("plan", "take", "start with a plan", "closing"):
            plan = plans.another(self.random, self.plan, closed=how == "closing")
        if how.startswith("start"):
            start = _month(plans.next_start(self.plan))
            if plan is not None:
                plan["start"] = f"{start:%Y-%m}"
                plan["months"].pop("closed_through", None)
        goals, actuals = (self._goals() if how == "goals" else None), (self._actuals() if how == "actuals" else None)
        text = None if plan is None else api.PlanText(plans.toml(plan), "plan.toml")
        takes: list[str] = []
        if how == "take":
            conflicts = api.regenerate(self.data, "b.xlsx", text, start).conflicts
            if conflicts:
                one = self.random.choice(conflicts)
                takes = [self.random.choice(["ours", f"{one.sheet}!{one.cell}", str(one.name)])]
        outcome = api.regenerate(self.data, "b.xlsx", text, start, takes, goals, actuals)
        if plan is not None:
            self.plan = plan
        elif start is not None:
            self.plan = {**copy.deepcopy(self.plan), "start": f"{start:%Y-%m}"}
        return outcome, Asked({} if plan is None else _said(plan), frozenset(takes), start is not None)

    def _months(self) -> list[str]:
        year, month = int(self.plan["start"][:4]), int(self.plan["start"][5:])
        return [f"{year + (month - 1 + at) // 12}-{(month - 1 + at) % 12 + 1:02}" for at in range(12)]

    def _goals(self) -> tuple[bytes, str]:
        rows = [f"{month},{self.random.randint(0, 90)},{self.random.choice(['1%', '2%'])}" for month in self._months()]
        return "\n".join(["月,CV目標,CV率", *rows]).encode(), "goals.csv"

    def _actuals(self) -> tuple[bytes, str]:
        stages = ["リード数", "商談数", "受注件数", "受注金額"]
        rows = [
            f"{month},{stage},{self.random.randint(0, 30)}"
            for month in self._months()[: self.random.randint(1, 6)]
            for stage in self.random.sample(stages, 2)
        ]
        return "\n".join(["月,段階,値", *rows]).encode(), "actuals.csv"


@functools.cache
def _made(seed: int, number: int, sheets: int) -> tuple[plans.Plan, bytes]:
    rng = random.Random(seed * 7 + number)  # noqa: S311
    while True:
        plan = {**plans.plan(rng, "ja"), "sheets": SHEETS[sheets]}
        try:
            return plan, api.workbook(api.plan_from_toml(plans.toml(plan), "plan.toml", "ja"), "ja")
        except PlanError:
            continue


def _records(data: bytes) -> list[Record]:
    return api.records_of_book(data, "b.xlsx")[1]


def _month(text: str) -> datetime.date:
    return datetime.date(int(text[:4]), int(text[5:]), 1)


def _said(plan: plans.Plan) -> dict[str, Any]:
    """What the plan says of some single cells, as they hold it."""
    rate = {name: int(plan[name].rstrip("%")) / 100 for name in ("win_rate", "opportunity_rate") if name in plan}
    amounts = {name: plan[name] for name in ("total_revenue", "web_revenue", "deal_size")}
    return {**rate, **amounts, "title": plan["title"], "owner": plan["owner"] or None}


# -- what people type ------------------------------------------------------------


def any_input(sketch: Sketch) -> None:
    """Inputs of any sheet, whatever they are about; emptied too."""
    names = [name for name, each in sketch.records.items() if each.role == "input" and not name.startswith("tab_month")]
    for name in sketch.random.sample(names, sketch.random.randint(1, 4)):
        _type(sketch, name)


def recorded(sketch: Sketch) -> bool:
    """Recorded goals, last year's figures, the first plan: typed over, or taken out."""
    names = sketch.pick(r"(month_\w+_(reported|initial)|last_\w+)\[\d+\]", "input")
    for name in sketch.random.sample(names, min(2, len(names))):
        sketch.fill(name, sketch.random.choice([None, 7, 12]))
    return bool(names)


def weights(sketch: Sketch) -> None:
    for name in sketch.random.sample(sketch.pick(r"month_weight\[\d+\]"), 2):
        sketch.fill(name, sketch.random.choice([0.5, 1.7, 3, None]))


def closed_by_hand(sketch: Sketch) -> None:
    first = _month(str(sketch.records["month_start[1]"].value))
    sketch.fill("closed_through", (first - datetime.date(1899, 12, 30)).days + 31 * sketch.random.randint(0, 6))


def _type(sketch: Sketch, name: str) -> None:
    rng = sketch.random
    unit = sketch.records[name].unit
    values: dict[str, Any] = {
        "rate": rng.randint(5, 80) / 100, "currency": rng.randint(3, 40) * 500_000, "count": rng.randint(1, 9), "text": "営業部 & 企画",
    }  # fmt: skip
    if unit in values:
        sketch.fill(name, None if rng.random() < 0.15 else values[unit])


_ON_TABS = (edits.actuals, edits.channel_actuals, edits.remarks)
KINDS: dict[str, Callable[[Sketch], Any]] = {
    "actuals": edits.actuals,
    "channel actuals": edits.channel_actuals,
    "remarks": edits.remarks,
    "overrides": edits.overrides,
    "inputs": edits.inputs,
    "any input": any_input,
    "weights": weights,
    "formula as input": edits.formula_input,
    "emptied": edits.blanked,
    "closed by hand": closed_by_hand,
    "recorded": recorded,
    "spare channel": edits.spare_channel,
    "typed over": edits.typed_over,
    "label": edits.label,
    "note": edits.note,
}


# -- many at once ------------------------------------------------------------------


def chains(seed: int, numbers: Iterable[int], processes: int = 1) -> list[Chain]:
    """All chains, step by step together, so that LibreOffice is started once for each step."""
    found = [Chain(seed, number) for number in numbers]
    pool = multiprocessing.get_context("fork").Pool(processes) if processes > 1 else None
    try:
        while waiting := [each for each in found if not each.done]:
            _typed(waiting)
            if pool is None:
                for each in waiting:
                    each.run()
            else:
                ran = {each.number: each for each in pool.imap_unordered(_run, waiting)}
                found = [ran.get(each.number, each) for each in found]
    finally:
        if pool is not None:
            pool.terminate()
    return found


def _run(chain: Chain) -> Chain:
    chain.run()
    return chain


def _typed(waiting: list[Chain]) -> None:
    """The workbooks as people leave them; some saved once more by the other program."""
    steps = [each.type() for each in waiting]
    office = [(chain, step) for chain, (route, step) in zip(waiting, steps, strict=True) if route == "uno" and step]
    saved = routes.by_libreoffice([(chain.data, step) for chain, step in office])
    for (chain, _), data in zip(office, saved, strict=True):
        assert data is not None, f"LibreOffice refused chain {chain.number}"
        chain.data = data
    for chain, (route, step) in zip(waiting, steps, strict=True):
        if route == "openpyxl" and step:
            chain.data = routes.by_openpyxl(chain.data, step)
        elif route == "uno" and chain.random.random() < 0.2:
            chain.data = edited(chain.data, lambda _: None)
    again = [
        chain for chain, (route, _) in zip(waiting, steps, strict=True) if route == "openpyxl" and chain.random.random() < 0.2
    ]
    for chain, data in zip(again, saved_by_libreoffice([each.data for each in again]) if again else [], strict=True):
        chain.data = data


def table(found: list[Chain]) -> str:
    """Chains, runs and losses by kind, with examples; what was refused."""
    runs = [run for chain in found for run in chain.runs]
    lost = [chain for chain in found if any(run.losses for run in chain.runs)]
    lines = [f"{len(found)} chains of {len(runs)} runs, {len(lost)} with losses"]
    refused = sorted(run.refused for run in runs if run.refused)
    lines.append("refused: " + (", ".join(f"{code} {refused.count(code)}" for code in sorted(set(refused))) or "none"))
    kinds = sorted({loss.kind for run in runs for loss in run.losses})
    for kind in kinds:
        of = [(chain, loss) for chain in lost for run in chain.runs for loss in run.losses if loss.kind == kind]
        lines.append(f"{kind}: {len(of)} in {len({chain.number for chain, _ in of})} chains")
        examples = {chain.number: (chain, loss) for chain, loss in of}
        for chain, loss in list(examples.values())[:4]:
            told = " → ".join(f"[{', '.join(run.kinds)}] {run.how}" for run in chain.runs)
            lines.append(f"    chain {chain.number} ({told}): {loss.what}")
    return "\n".join(lines)

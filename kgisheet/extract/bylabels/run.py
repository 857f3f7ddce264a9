"""Extraction by labels, step by step: the sheet, its goal, its chain, the plan, and every figure compared at the end."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any, NamedTuple

from ...errors import KgisheetError, NotOursError, PlanError, Problem, TemplateError, not_a_goal_sheet
from ...filled.exported_sheet import is_ours
from ...freeform.read.figures import WHOLE
from ...freeform.read.page import Page
from ...freeform.read.unread import unread
from ...language.text import Text
from ...plan.load import Plan, load
from ...template import declaration
from ...template.raw import Declaration
from ...values.a1 import address
from ...values.toml import Source, write
from ...values.units import RATE
from ...xlsx.read.reader import Read
from . import abroad, agreed, months
from .chain import WON, Placed, placed, with_example
from .goal import Goal, goal
from .notes import Notes
from .pages import Known, pages
from .planned import Planner, Table

_PRICE = 1_000_000
_TITLE = 60  # letters


class Extracted(NamedTuple):
    """A plan, the template that it needs (None: one of ours), and what it assumes, lacks, has otherwise or leaves out."""

    plan: str
    template: str | None
    problems: list[Problem]


def extract(read: Read, source: str, template_name: str) -> Extracted:
    """Return the plan of the goal sheet in a file that was never ours; ``template_name`` is what the plan calls a template of its own.

    Raise NotOursError where there is nothing to make a plan of.
    """
    if not read.names and is_ours(read):
        raise NotOursError(Problem("export-of-ours", _EXPORT, _TAKE_THE_BOOK, source))
    known = pages(read)
    if not known:
        raise not_a_goal_sheet(source)
    notes = Notes(source)
    unit = abroad.written_out(known[0].page)
    found = goal(known[0].page)
    if not any(stage.is_given for stage in found.stages):
        raise NotOursError(Problem("no-chain", _NO_CHAIN, _NAME_STAGES, source))
    chain = placed(found, template_name.rpartition("/")[2].removesuffix(".toml"))
    planner = Planner(found, chain, notes, unit)
    table: Table = {"template": "", "title": _title(found.page, source)}
    table |= planner.table(template_name if chain.template is not None else chain.base)
    by_month = months.put(table, found, chain, notes)
    table = _in_order(table)
    own = None if chain.template is None else with_example(chain.template, _whole(table, found))
    made = _Made(source, own, table, found)
    if by_month and made.solution is not None:
        wrong = {
            name
            for name, figures in by_month.items()
            if any(made.solution.at(f"month_{name}", at) != each.value for at, each in figures.items())
        }
        if wrong:
            table["months"]["override"] = months.overridden(by_month, table["start"], wrong)
            made = _Made(source, own, table, found)
    _compare(made, found, chain, notes)
    _leave(known, found, chain, made, notes)
    return Extracted(write(table), own, notes.found)


_EXPORT = Text("kgisheet のブックから書き出したシートです", "this is a sheet exported from a workbook of kgisheet")
_TAKE_THE_BOOK = Text("元のブック(.xlsx)を指定してください", "name the workbook (.xlsx) itself")
_NO_CHAIN = Text(
    "計画にできる段階(受注数、商談数、リード数など)を読み取れませんでした",
    "no stages (deals, meetings, leads …) were read that a plan could be made of",
)
_NAME_STAGES = Text("kgisheet check で読み取った値を確かめてください", "kgisheet check lists what was read")


class _Made:
    """The plan as it is loaded, its money filled in where the sheet has none, and its figures."""

    def __init__(self, source: str, template: str | None, table: Table, found: Goal) -> None:
        self.problem: KgisheetError | None = None
        self.plan: Plan | None = None
        self.solution = None
        whole = _whole(table, found)
        try:
            own: Declaration | None = None
            if template is not None:
                own = declaration.parse(template, str(table["template"]))
            self.plan = load(whole, Source(source, write(whole)), "ja", declaration=own)
            self.solution = agreed.solved(self.plan)
        except (PlanError, TemplateError) as bad:
            self.problem = bad


def _whole(table: Table, found: Goal) -> Table:
    """Return the plan with some money, where the sheet has none, so that its stages can be worked out."""
    won = next((stage.total() for stage in found.stages if stage.field == WON), None) or Fraction(1)
    revenue = int(won * _PRICE)
    return {"total_revenue": revenue, "web_revenue": revenue, "deal_size": _PRICE} | table


def _compare(made: _Made, found: Goal, chain: Placed, notes: Notes) -> None:
    """Say where the plan's figures are others than the sheet's."""
    if made.solution is None:
        gaps = " ".join(each.key or "" for each in notes.found if each.code == "missing")
        for each in made.problem.problems if made.problem is not None else ():
            if (each.key or "").rpartition(".")[2] not in gaps:
                notes.refused(each)
        notes.unverified()
        return
    given = found.money.keys()
    apart = []
    for pair in agreed.pairs(found, chain, made.solution):
        if pair.agrees or (pair.figure.field in given and pair.ours is None):
            continue
        if pair.ours is None:
            apart.append(pair.figure)
        else:
            notes.differs(pair.figure, pair.shown)
    notes.left(apart, Text("この段階では、チャネルや月に分けられません", "this stage is not split by channel or month"))


def _leave(known: list[Known], found: Goal, chain: Placed, made: _Made, notes: Notes) -> None:
    """List what the plan has no place for."""
    used = {each.where for each in found.used()}
    same = {(each.field, each.scope, each.value) for each in found.used()}
    rates = {(each.field, each.value) for each in found.used() if each.kind == RATE}
    missing = {stage.field for stage in chain.left}
    rest = [
        each
        for each in found.page.figures
        if (each.where not in used or each.field in missing)
        and each.value is not None
        and (each.where in used or (each.field, each.scope, each.value) not in same)
        and (each.where in used or (each.field, each.value) not in rates)
        and not (each.field == "share" and each.scope == WHOLE)
        and not (made.solution is not None and agreed.follows(each, found, chain, made.solution))
    ]
    if found.plan:
        others = [each for each in rest if each.scope.kind == "plan"]
        notes.left(others, Text(f"計画にしたのは「{found.plan}」です", f"the plan is that of “{found.plan}”"))
        rest = [each for each in rest if each not in others]
    notes.left(rest, Text("計画にない項目です", "a plan has no such figure"))
    read = {each.where[1:] for each in found.page.figures}
    named = {each.where[1:]: each.label for each in unread(found.page)}
    notes.cells(
        (
            f"{address(*at)} {named.get(at, '')} {text}".replace("  ", " ")
            for at, text in sorted(known[0].held.items())
            if at not in read
        ),
        Text("読み取れなかった数です", "could not be read"),
    )
    notes.cells((each.page.title for each in known[1:]), Text("別のシートです", "other sheets"))


def _title(page: Page, source: str) -> str:
    """Return the title of a sheet: the first text above its figures that is not a field's label; else its name, or the file's."""
    first = min((each.where[1] for each in page.figures), default=0)
    for row in sorted(page.plane.rows):
        if row > first:
            break
        for spot in page.plane.rows[row]:
            if spot.kind in ("text", "period", "plain", "other") and len(spot.text) > 3:
                return spot.text.splitlines()[0][:_TITLE]
    if re.fullmatch(r"(?:sheet|シート|goal)\s*\d*", page.title, re.IGNORECASE):
        return re.split(r"[/\\]", source)[-1].rpartition(".")[0] or page.title
    return page.title


_ORDER = ("template", "title", "period", "start", "unit", "rounding", "total_revenue", "web_revenue", "deal_size")


def _in_order(table: Table) -> Table:
    """Return the plan's keys in the order in which a person would write them."""
    first: dict[str, Any] = {key: table[key] for key in _ORDER if key in table}
    last: dict[str, Any] = {key: table[key] for key in ("channel", "months") if key in table}
    return {**first, **{key: value for key, value in table.items() if key not in first and key not in last}, **last}

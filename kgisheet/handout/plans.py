"""One plan and a roster's rows → a plan for each row, its problems at the roster's lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ..errors import KgisheetError, PlanError, Problem
from ..plan import settings as plan_settings
from ..plan.load import OpenTemplate, Plan, load
from ..template import declaration as declared
from ..template.raw import Declaration
from ..template.tables import CHANNEL
from ..values.recent import Recent
from ..values.toml import Source, read
from ..version import __version__
from ..worksheet.solve import Solution, sizes, solve
from .manifest import decided


class Base(NamedTuple):
    """The plan of all: its text and name, the workbooks' language, and its template's text (by its name in the plan) if it is a file.

    Plain texts, so that another process can be given them.
    """

    toml: bytes | str
    name: str
    lang: str
    template: tuple[str, str, str] | None = None
    """What the plan calls it, the name that messages have for it, and its text."""


def base(toml: bytes | str, name: str, lang: str, open_template: OpenTemplate = declared.open_shipped) -> Base:
    """Return what the rows' plans are made from; raise PlanError for a text that isn't TOML, TemplateError."""
    table, _ = read(toml, name, PlanError)
    called = table.get("template")
    if not isinstance(called, str) or called in ("", *_shipped()):
        return Base(toml, name, lang)
    source = open_template(called).sources[0]
    return Base(toml, name, lang, (called, source.name, source.text))


def _shipped() -> Iterable[str]:
    from ..template.locate import shipped

    return shipped()


def plan_of(
    of: Base, settings: Iterable[str] = (), line: tuple[str, int] | None = None, more: Mapping[str, Any] | None = None
) -> Plan:
    """Return the plan of a row: settings, and then ``more`` tables, on top of the plan of all; raise PlanError, TemplateError."""
    table, source = _READ.get((of.toml, of.name), lambda: read(of.toml, of.name, PlanError))
    here = Source(source.name, source.text)
    made, problems = plan_settings.apply(table, here, settings, line)
    if more:
        merge(made, more)
        if line is not None:  # a part of nothing is the row's own doing; what else is wrong with a part is wrong with the whole
            here.elsewhere |= {(key,): (*line, key) for key, value in more.items() if value == 0}
    return load(made, here, of.lang, opener(of), None, problems)


_READ: Recent[tuple[dict[str, Any], Source]] = Recent(4)


def opener(of: Base) -> OpenTemplate:
    """Return what finds the templates of a plan, the one that is a file among them."""

    def opened(name: str) -> Declaration:
        if of.template is not None and name == of.template[0]:
            return declared.parse(of.template[2], of.template[1])
        return declared.open_shipped(name)

    return opened


def merge(table: dict[str, Any], more: Mapping[str, Any]) -> None:
    """Put tables into a plan's: into those of the same name, and into the channels in their order."""
    for key, value in more.items():
        there = table.get(key)
        if key == CHANNEL and isinstance(there, list):
            for at, each in enumerate(value):
                there[at].update(each)
        elif isinstance(value, dict) and isinstance(there, dict):
            merge(there, value)
        else:
            table[key] = value


def at_line(bad: KgisheetError, line: tuple[str, int]) -> tuple[Problem, ...]:
    """Return a row's problems; what the plan itself has lines for is wrong with what the row makes of it: both places are said."""
    return tuple(each if (each.source, each.line) == line else _in_row(each, line) for each in bad.problems)


def _in_row(problem: Problem, line: tuple[str, int]) -> Problem:
    there = "" if problem.line is None else f"{problem.source}:{problem.line}"
    key = f"{problem.key} ({there})" if problem.key and there else problem.key or there or None
    return problem._replace(source=line[0], line=line[1], key=key)


def solved(plan: Plan, lang: str) -> Solution:
    """Return what a plan comes to, each cell worked out when it is asked for."""
    return solve(plan.template, plan.inputs, sizes(plan.template, plan.channels), lang, at_once=False)


def fingerprint(plan: Plan, lang: str) -> str:
    """Return the digest of all that decides a row's workbook."""
    return decided(__version__, plan.declaration.digest, lang, plan.text())

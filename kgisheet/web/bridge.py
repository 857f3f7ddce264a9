"""The page's calls of the library: JSON and bytes in, JSON and bytes out. It runs in the browser's worker (page/worker.js)."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from .. import api
from ..errors import KgisheetError, Problem
from ..gather.said import nothing, said
from ..start.plantext import Answers, toml
from ..values.amounts import FigureError, month
from ..worksheet.shown import in_unit
from . import drawn

PLAN = "plan.toml"


class Made(NamedTuple):
    """A workbook with its plan, or what is wrong with the plan."""

    book: bytes | None
    plan: str
    problems: list[dict[str, Any]]


def make(single: dict[str, Any], channels: Sequence[dict[str, Any]], lang: str) -> Made:
    """Return the workbook of what was typed into the form, by the plan's keys, and its plan as a file.

    Problems are those of the plan, each with its ``key``; with a workbook they are what `check` would say of the inputs.
    """
    text = toml(Answers(single, tuple(channels)), PLAN, lang)
    try:
        plan = api.plan_from_toml(text, PLAN, lang)
        built = api.build(plan, lang)
        return Made(api.to_bytes(built), text, [_problem(each, lang) for each in api.warnings(plan, built, lang)])
    except KgisheetError as bad:
        return Made(None, text, [_problem(each, lang) for each in bad.problems])


def warm() -> None:
    """Make the worked example's workbook for nobody: the next one takes a third of the time."""
    api.workbook(api.plan_from_example("en"), "en")


class Updated(NamedTuple):
    """A workbook brought up to date: what changes, what of people's is kept, where both disagree; or what is in the way."""

    book: bytes | None
    given: list[dict[str, str]]
    kept: list[dict[str, str]]
    conflicts: list[dict[str, str]]
    overwritten: list[dict[str, str]]
    following: int
    added: list[str]
    closed: list[str]
    problems: list[dict[str, Any]]


def monthly(
    data: bytes,
    name: str,
    plan: str | bytes,
    actuals: bytes,
    actuals_name: str,
    take: Sequence[str],
    lang: str,
    start: str = "",
) -> Updated:
    """Return a workbook with the plan of a file, actuals of a CSV and the year that begins in ``start``, each blank for none.

    Of the conflicts in ``take`` the plan wins.
    """
    text = api.PlanText(plan, PLAN) if plan.strip() else None
    csv = (bytes(actuals), actuals_name) if bytes(actuals).strip() else None
    try:
        begins = month(start) if start.strip() else None
        found = api.regenerate(bytes(data), name, text, begins, list(take), actuals=csv)
    except FigureError as bad:
        return _nothing([Problem("start", bad.what, bad.fix)], lang)
    except KgisheetError as bad:
        return _nothing(bad.problems, lang)

    def told(changes: Iterable[api.Change]) -> list[dict[str, str]]:
        return [
            {
                "name": each.name or "",
                "where": f"{each.sheet}!{each.cell}",
                "label": found.label(each).to(lang),
                "before": _shown(each.before, found.unit(each), lang),
                "after": _shown(each.after, found.unit(each), lang),
            }
            for each in changes
        ]

    given = [each for each in found.changes if each.name in found.inputs - found.overwritten]
    over = [each for each in found.changes if each.name in found.overwritten]
    following = len(found.changes) - len(given) - len(over)
    notes = [_problem(each, lang) for each in found.notes]
    return Updated(
        found.data,
        told(given),
        told(found.kept),
        told(found.conflicts),
        told(over),
        following,
        list(found.added),
        list(found.closed),
        notes,
    )


def _nothing(problems: Iterable[Problem], lang: str) -> Updated:
    return Updated(None, [], [], [], [], 0, [], [], [_problem(each, lang) for each in problems])


def _shown(value: Any, unit: str | None, lang: str) -> str:
    """Return a value as the terminal has it, in its unit; "" for a blank, which the page has its own word for."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return in_unit(value, unit).to(lang)
    return "" if value is None else str(value)


def _problem(each: Problem, lang: str) -> dict[str, Any]:
    return {"key": each.key, "what": each.what.to(lang), "fix": each.fix.to(lang) if each.fix is not None else ""}


class Checked(NamedTuple):
    """A file's report as `check --format json` has it, its sheets as they look, and copies to take along."""

    report: dict[str, Any]
    problem: dict[str, Any] | None
    read: list[dict[str, str]]
    sheets: list[dict[str, Any]]
    page: str


def check(data: bytes, name: str, lang: str) -> Checked:
    """Return what is wrong with a file, its sheets to be drawn, and the report as a page of HTML."""
    data = bytes(data)  # of the browser's own kind until here
    report = api.check(data, name)
    said = api.reports_to_dict([report], lang)["reports"][0]
    marked = {str(each.sheet) for each in report.findings if each.cell is not None}
    problem = None if report.problem is None else _problem(report.problem, lang)
    recognised = [{"where": f"{each.sheet}!{each.cell}", "label": each.label, "shown": each.shown} for each in report.readings]
    return Checked(
        said, problem, recognised, drawn.sheets(data, name, marked), api.render([report], "html", lang, explain=True)
    )


def annotate(data: bytes, name: str, lang: str) -> bytes:
    """Return a copy of a workbook with its findings marked; raise BookError."""
    data = bytes(data)
    return api.annotate(data, api.check(data, name), name, lang)


class Summed(NamedTuple):
    """One summary of all files: the workbook, what there is to say of it, and what became of each file; or what is in the way."""

    book: bytes | None
    said: list[str]
    files: list[dict[str, Any]]
    problems: list[dict[str, Any]]


_ANSWERS: dict[int, api.Answer] = {}
"""What was read and waits for `collect`: a small record of each file."""

_KEYS = itertools.count()


def answer(data: bytes, name: str, lang: str) -> int:
    """Read one of many files; return the key by which `collect` knows it."""
    key = next(_KEYS)
    _ANSWERS[key] = api.answer(bytes(data), name, lang)
    return key


def collect(keys: Sequence[int], record: bytes, record_name: str, lang: str) -> Summed:
    """Return the summary of the files with these keys; ``record`` is a batch's manifest, blank where there is none."""
    answers = list(map(_ANSWERS.pop, keys))
    try:
        handed = api.handed_out(bytes(record), record_name) if bytes(record).strip() else api.Handed((), {})
    except KgisheetError as bad:
        return Summed(None, [], [], [_problem(each, lang) for each in bad.problems])
    gathered = api.collect(answers, lang, handed.dues, handed.department)
    if gathered.is_empty:
        return Summed(None, [], [], [_problem(nothing(gathered), lang)])
    files = [
        {"name": each.name, "manager": each.manager, "state": each.state, "errors": each.errors, "remarks": list(each.remarks)}
        for each in gathered.files
    ]
    return Summed(api.summary(gathered), [each.to(lang) for each in said(gathered, answers)], files, [])

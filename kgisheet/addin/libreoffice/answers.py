"""The answers to what the extension asks: dictionaries of texts and bytes in and out, by the library."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ... import api
from ...check.finding import SEVERITIES, Finding
from ...errors import KgisheetError, Problem, too_complex
from ...report import words
from ...report.marks import FILLS
from ...start import fields
from ...start.fields import CHANNEL, SINGLE, STANDARD
from ...web import bridge

SAVED_BY = "S11"
"""The finding that names the program which saved a workbook."""

Asked = dict[str, Any]
Answer = dict[str, Any]


def answer(asked: Asked) -> Answer:
    """Return the answer to a question, by its ``do``."""
    return _ANSWERS[asked["do"]](asked)


def _check(asked: Asked) -> Answer:
    """Return what is wrong with a file, each finding with all that a list, a comment and a mark of it need."""
    lang = asked["lang"]
    report = api.check(asked["data"], asked["name"])
    if asked.get("copied"):
        report = report._replace(findings=tuple(each for each in report.findings if each.code != SAVED_BY))
    findings = sorted(report.findings, key=lambda each: SEVERITIES.index(each.severity))
    return {
        "status": report.status,
        "verdict": words.verdict(report).to(lang),
        "tally": words.tally(words.counts(report)).to(lang),
        "findings": [_finding(each, lang) for each in findings],
    }


def _finding(each: Finding, lang: str) -> dict[str, Any]:
    compared = each.found is not None and each.expected is not None
    return {
        "severity": words.SEVERITY[each.severity].to(lang),
        "fill": int(FILLS[each.severity], 16),
        "code": each.code,
        "sheet": each.sheet or "",
        "cell": each.cell or "",
        "where": f"{each.sheet}!{each.cell}" if each.cell else each.sheet or words.WHOLE_BOOK.to(lang),
        "message": each.message.to(lang),
        "fix": each.fix.to(lang),
        "found": words.figure(each.found, each.unit, lang) if compared else "",
        "expected": words.figure(each.expected, each.unit, lang) if compared else "",
    }


def _update(asked: Asked) -> Answer:
    """Return a workbook brought up to date with a plan and actuals, and what of it changes, is kept, is in conflict."""
    try:
        found = bridge.monthly(
            asked["data"],
            asked["name"],
            asked["plan"],
            asked["actuals"],
            asked["actuals_name"],
            asked["take"],
            asked["lang"],
            asked.get("start", ""),
        )
    except (MemoryError, RecursionError):
        return {"book": None, "problems": [_problem(too_complex(asked["name"]), asked["lang"])]}
    return found._asdict()


def _start(asked: Asked) -> Answer:
    """Return the inputs of the form for a new goal sheet, by their keys, with the worked example."""
    lang = asked["lang"]
    example = fields.typed(STANDARD, lang)
    single, channel = (
        [{"key": each.key, "label": fields.label(each).to(lang), "hint": each.hint.to(lang)} for each in group]
        for group in (SINGLE, CHANNEL)
    )
    return {"single": single, "channel": channel, "example": example}


def _new(asked: Asked) -> Answer:
    """Return the workbook of a plan's file, or of what was typed into the form; or what is wrong with it."""
    lang = asked["lang"]
    if "plan" not in asked:
        return bridge.make(asked["single"], asked["channels"], lang)._asdict()
    try:
        plan = api.plan_from_toml(asked["plan"], asked["plan_name"], lang)
        built = api.build(plan, lang)
        return {"book": api.to_bytes(built), "problems": [_problem(each, lang) for each in api.warnings(plan, built, lang)]}
    except KgisheetError as bad:
        return {"book": None, "problems": [_problem(each, lang) for each in bad.problems]}


def _problem(each: Problem, lang: str) -> dict[str, str]:
    return {"key": each.key or "", "what": each.what.to(lang), "fix": each.fix.to(lang) if each.fix is not None else ""}


_ANSWERS: dict[str, Callable[[Asked], Answer]] = {"check": _check, "update": _update, "start": _start, "new": _new}

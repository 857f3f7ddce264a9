"""The columns of a roster beside the plan: one without a key in it concerns all rows."""

from __future__ import annotations

from ..errors import CsvError, KgisheetError, Problem
from .plans import Base, plan_of
from .roster import Roster

_OF_KEYS = ("unknown-key", "setting", "misplaced")


def known(base: Base, roster: Roster) -> None:
    """Raise CsvError for the columns that the plan has no key for, or no channel; PlanError for what is wrong with the plan itself."""
    samples: dict[str, str] = {}
    for row in roster.rows:
        for setting in row.settings:
            samples.setdefault(setting.partition("=")[0], setting)
    line = roster.name, roster.line
    try:
        plan_of(base, samples.values(), line)
    except KgisheetError as bad:
        wrong = [each for each in bad.problems if each.code in _OF_KEYS and (each.source, each.line) == line]
        if wrong:
            raise CsvError(*_once(wrong)) from None
        if own := [each for each in _alone(base) if each in bad.problems]:
            raise type(bad)(*own) from None


def _alone(base: Base) -> tuple[Problem, ...]:
    """Return what is wrong with the plan alone."""
    try:
        plan_of(base)
    except KgisheetError as bad:
        return bad.problems
    return ()


def _once(problems: list[Problem]) -> list[Problem]:
    return list({each.key: each for each in problems}.values())

"""The columns of a roster beside the plan: one without a key in it concerns all rows."""

from __future__ import annotations

from ..errors import CsvError, KgisheetError, Problem
from ..language.text import Text
from .headings import Headings
from .plans import Base, plan_of
from .roster import Roster

_OF_KEYS = ("unknown-key", "setting", "misplaced")


def known(base: Base, roster: Roster, headings: Headings) -> None:
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
            raise CsvError(*_once(wrong, headings)) from None
        if own := [each for each in _alone(base) if each in bad.problems]:
            raise type(bad)(*own) from None


def _alone(base: Base) -> tuple[Problem, ...]:
    """Return what is wrong with the plan alone."""
    try:
        plan_of(base)
    except KgisheetError as bad:
        return bad.problems
    return ()


def _once(problems: list[Problem], headings: Headings) -> list[Problem]:
    """Return the problems of the columns, each once; those of unknown keys as one."""
    unknown = list(dict.fromkeys(each.key or "" for each in problems if each.code == "unknown-key"))
    others = list({each.key: each for each in problems if each.code != "unknown-key"}.values())
    return [*others, *([_unknown(unknown, problems[0], headings)] if unknown else [])]


def _unknown(keys: list[str], at: Problem, headings: Headings) -> Problem:
    said_ja, said_en = [], []
    for key in keys:
        near = headings.near(key)
        said_ja.append(key if near is None else f"{key}({near.ja} のことですか)")
        said_en.append(key if near is None else f"{key} (do you mean {near.en}?)")
    what = Text(
        f"計画の項目にない見出しがあります: {'、'.join(said_ja)}",
        f"the plan has nothing that is called {', '.join(said_en)}",
    )
    fix = Text(
        "計画のキー(owner、win_rate、channel.広告.share など)か、ブックの項目名(担当、受注率 など)を見出しにしてください。要らない列は消してください",
        "use a key of the plan (owner, win_rate, channel.Ads.share) or a label of the workbook (Owner, Win rate) as the heading, or take the column away",
    )
    return Problem("unknown-column", what, fix, at.source, at.line)

"""The answers as a plan file, each key explained beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..language.text import Text
from ..values.toml import write
from . import fields
from .fields import CHANNEL, ENTERED, OWNER, PERIOD, SHORT, SINGLE, STAGE, STANDARD, START, TITLE

_ABOUT = (TITLE, OWNER, ENTERED, PERIOD, START)
_PARTS = (_ABOUT, tuple(field for field in SINGLE if field not in _ABOUT))


class Answers(NamedTuple):
    """The inputs as people wrote them, by the plan's keys; a channel is a table of its own."""

    single: Mapping[str, Any]
    channels: tuple[Mapping[str, Any], ...]

    @property
    def template(self) -> str:
        return STANDARD if STAGE in self.single else SHORT


def toml(answers: Answers, path: str, lang: str) -> str:
    """Return the plan file, each key explained in ``lang``; ``path`` is what it will be called."""
    of = answers.template
    known = fields.template(of).cells
    explained = {
        each.key: fields.label(each, of).to(lang) for part in (*_PARTS, CHANNEL) for each in part if each.cell in known
    }
    explained["period"] += Text(": year(年間)か month(月間)", ": year or month").to(lang)
    lines = [each.to(lang) for each in _head(path)]
    if of == SHORT:
        note = Text("案件化の段階(③)を省く", "without the opportunity stage (③)").to(lang)
        lines += _keys({"template": SHORT}, {"template": note})
    for part in _PARTS:
        lines += [*_keys({each.key: answers.single.get(each.key) for each in part}, explained), ""]
    for number, row in enumerate(answers.channels):
        lines += ["[[channel]]", *_keys(row, explained if number == 0 else {}), ""]
    return "\n".join(lines).rstrip() + "\n"


def _head(path: str) -> tuple[Text, ...]:
    return (
        Text(
            f"# 目標シートの計画です。書き換えたら、もう一度 kgisheet new {path}",
            f"# The plan of a goal workbook. After a change: kgisheet new {path}",
        ),
        Text(
            "# このほかの設定(月ごとの配分、予算など)は docs/plan.ja.md にあります。",
            "# For more settings (months, budget, …) see docs/plan.md.",
        ),
        Text("", ""),
    )


def _keys(values: Mapping[str, Any], explained: Mapping[str, str]) -> list[str]:
    """Return the lines of some keys, with a comment behind each."""
    given = {key: write({key: value}).rstrip("\n") for key, value in values.items() if value is not None}
    return [f"{line}  # {explained[key]}" if key in explained else line for key, line in given.items()]

"""The lexicon of a freeform sheet: the words that its labels are made of, as they are compared, and what each names."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from ...language import vocabulary
from ...language.vocabulary import ON_A_SHEET
from ...values.units import COUNT, CURRENCY, RATE
from . import stages
from .spelling import plain
from .units import Unit

FIELD, CHANNEL, CHANNEL_HEADING, MONTH, PERIOD = "field", "channel", "channel_heading", "month", "period"
TOTAL, PLAIN, OTHER, UNIT, MARK, TEXT = "total", "plain", "other", "unit", "mark", "text"


class Word(NamedTuple):
    """The meaning of a text. ``number`` is that of リード①; ``month`` is (year or 0, month).

    ``stage`` is the stage that a count counts, in its own words (``leads/mql``); ``ends`` are the stages that a rate leads
    from and to, empty where its label doesn't say.
    """

    kind: str
    text: str
    field: str = ""
    channel: str = ""
    number: int = 0
    unit: Unit | None = None
    month: tuple[int, int] = (0, 0)
    monthly: bool = False  # 月間受注数, won deals per month
    stage: str = ""
    ends: tuple[str, str] = ("", "")


def _load() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("lexicon.toml").read_text(encoding="utf-8"))


_TABLE = _load()
UNITS_OF_FIELDS: dict[str, str] = vocabulary.fields()
"""The unit of measure of each field."""


def unit_of_field(field: str) -> str:
    """Return the unit of measure of a field, the sheet's own stages and rates included."""
    own = {stages.OPEN: COUNT, stages.RATE_OF: RATE, stages.AMOUNT_OF: CURRENCY}.get(field[:1])
    return own if own is not None else UNITS_OF_FIELDS[field]


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """Return a text as words are compared, ignoring width, case, spaces, hyphens, quotes and の."""
    return re.sub(r"[\s_'\"・‐–—.。、,-]|の|[:：;]+$", "", plain(text))


FIELDS: dict[str, str] = {key(word): name for name in UNITS_OF_FIELDS for word in vocabulary.words(f"field.{name}", ON_A_SHEET)}
"""The field of each of its words. Here and below, words are as `key` makes them."""

CHANNELS = {key(word) for word in _TABLE["channel"]["words"]}
KINDS: dict[str, str] = {
    **{key(word): OTHER for word in _TABLE["other"]["words"]},
    **{key(word): PLAIN for word in _TABLE["plain"]["words"]},
    **{key(word): TOTAL for word in vocabulary.words("total", ON_A_SHEET)},
    **{key(word): CHANNEL_HEADING for word in vocabulary.words("channel_heading", ON_A_SHEET)},
}
"""The kind of each word that is a heading by itself."""

BEFORE = sorted((key(word) for word in _TABLE["qualifier"]["before"]), key=len, reverse=True)
AFTER = sorted((key(word) for word in _TABLE["qualifier"]["after"]), key=len, reverse=True)
"""What may stand before or after a field's word and changes nothing, the longest first."""

OTHER_IN = tuple(key(word) for word in _TABLE["qualifier"]["other"])
"""What makes a label that of another figure than the goal: 前年, actual."""


def stage_of(name: str) -> str:
    """Return the stage that one end of an arrow is, by any of its words; empty if it is none of ours."""
    for form in (name, f"{name}数", f"{name}s", name.removesuffix("化"), re.sub(r"(件数|数|件)$", "", name) + "数"):
        if FIELDS.get(form) in stages.ORDER:
            return stages.kernel(FIELDS[form], form)
    return stages.kernel(stages.NAMES[name], name) if name in stages.NAMES else ""


def is_heading(text: str) -> bool:
    """Return whether a text is just a known heading over values or rows: 実績, 目標, 合計."""
    return key(text) in KINDS


def known() -> list[str]:
    """Return every word of every field, as the vocabulary has it."""
    return [word for name in UNITS_OF_FIELDS for word in vocabulary.words(f"field.{name}", ON_A_SHEET)]

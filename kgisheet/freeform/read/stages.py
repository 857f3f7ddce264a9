"""Stages of a funnel: the vocabulary's, by the kernel of the word that names them, and a sheet's own."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from ...values.regex import regex

OPEN, RATE_OF, AMOUNT_OF = "~", "%", "¥"
"""How the name of a sheet's own stage begins, that of a rate between stages for which there is no name, of another amount."""


VARIANT = "|"
"""The sign between a stage and the figure of it that is meant: with a buffer, carried over, new; not in the chain."""


def _load() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("stages.toml").read_text(encoding="utf-8"))


_TABLE = _load()
ORDER: tuple[str, ...] = tuple(_TABLE["order"])
WON = ORDER[0]
"""The vocabulary's stages, from the win back."""

SHARED: str = _TABLE["shared"]
PARTED: tuple[str, ...] = tuple(_TABLE["parted"])
"""The stage whose whole is shared out to the channels, and those that each channel goes on with by itself."""

COSTS: dict[str, str] = _TABLE["costs"]
"""The costs of one thing, each with the stage that it is one of."""

ASIDE = ("cost", *COSTS, "pipeline", "coverage")
"""Fields that accounts and reports of advertising have too."""

TO: dict[str, str] = _TABLE["to"]
FROM_SAID: dict[str, str] = _TABLE["from"]
"""The stages that the named rates lead to, and from where their names say so."""

BETWEEN: dict[str, tuple[str, str]] = {name: (ends[0], ends[1]) for name, ends in _TABLE["between"].items()}
NAMES: dict[str, str] = {word: stage for stage, words in _TABLE["names"].items() for word in words}
_NOT_COUNTED = tuple(word.casefold() for word in _TABLE["not_counted"]["words"])
_ASIDE_BEGIN, _ASIDE_END = (tuple(_TABLE["aside"][each]) for each in ("begin", "end"))
_NOT_REACHED = tuple(word.casefold() for word in _TABLE["not_reached"]["words"])
ENDINGS = ("数", "率")
"""The last letters of a label in Japanese that counts a stage, or is a rate that leads to one."""

_COUNT = regex(r"^(.{1,12}?)(?:化)?(?:件数|社数|数)$")
_RATE = regex(r"^(.{1,12}?)(?:化|獲得|転換)?率$")
_CLOSED = regex(r"^([a-z]+?)(?:to)?(?:close[ds]?|closing|win|won)rate$")
_PLAIN = regex(r"[^\d%=+*/()]{1,24}")


def kernel(field: str, name: str) -> str:
    """Return a stage as its own word has it: ``leads/mql`` for MQL数, ``leads`` for リード数."""
    for kept, signs in _TABLE["kernels"].get(field, {}).items():
        if any(each in name for each in signs):
            return f"{field}/{kept}"
    return field


def field_of(stage: str) -> str:
    """Return the field of a stage's word: ``leads`` for ``leads/mql``; a sheet's own stage is its own field."""
    return stage.partition("/")[0]


def after(stage: str) -> tuple[str, ...]:
    """Return the vocabulary's stages that come before one in time, the nearest first; none of a sheet's own stage."""
    return ORDER[ORDER.index(stage) + 1 :] if stage in ORDER else ()


def rate_between(source: str, to: str) -> str:
    """Return the field of a rate by its ends: one of the named ones, or one of the sheet's own."""
    ends = field_of(source), field_of(to)
    named = next((name for name, each in BETWEEN.items() if each == ends), None)
    return named or f"{RATE_OF}{source}>{to}"


def own(name: str) -> str:
    """Return the sheet's own stage that one end of an arrow is; empty for what can't be one."""
    bare = re.sub(r"(件数|社数|数)$", "", name)
    bare = re.sub(r"(?<=[a-z]{3})s$", "", bare)
    if bare in ("next", "nextstage", "nextstep", "thenext", "次", "次段階"):
        return ""
    return OPEN + bare if bare and _PLAIN.fullmatch(bare) else ""


def own_ends(parts: list[str], names: frozenset[str]) -> tuple[str, str] | None:
    """Return the ends of Call to connect, where another rate of the sheet leads on from one of them."""
    if len(parts) != 2 or parts[0] == parts[1]:
        return None
    first, last = own(parts[0]), own(parts[1])
    known = {each.removeprefix(OPEN) for each in (first, last)} & names
    return (first, last) if first and last and known else None


def counted(name: str) -> str:
    """Return what a label in Japanese counts: 架電 of 架電数; empty if it counts no stage."""
    match = _COUNT.match(name)
    return match[1] if match is not None and not match[1].endswith(_NOT_COUNTED) and _PLAIN.fullmatch(match[1]) else ""


def closed(name: str) -> str:
    """Return of what a rate in English is the share that is won: opp of Opp close rate; empty if it says of nothing."""
    match = _CLOSED.match(name)
    return match[1] if match is not None else ""


def is_aside(name: str) -> bool:
    """Return whether a count is of no stage: what is there at a time, 月初契約, or was lost, 解約."""
    return name.startswith(_ASIDE_BEGIN) or name.endswith(_ASIDE_END)


def reached(name: str) -> str:
    """Return what a rate in Japanese leads to: 提案 of 提案化率; empty if it leads to no stage."""
    match = _RATE.match(name)
    return match[1] if match is not None and not match[1].endswith(_NOT_REACHED) and _PLAIN.fullmatch(match[1]) else ""

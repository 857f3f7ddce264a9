"""The words of a rate: whether they say what it leads to, or come from, by the names of the two figures beside it."""

from __future__ import annotations

from ...values.regex import regex
from ..read.amounts import COUNTERS
from ..read.plane import Spot
from ..read.spelling import plain
from .law import Case
from .tables import Tables, Value

_WORD = regex(r"[a-z]{3,}")
_RUN = regex(r"[\u3005\u30a1-\u30fa\u30fc\u4e00-\u9fff]{2,}")
_SAID = regex(
    r"(?<![\d.])\d{1,4}\s*(?:in|of|out of)\s*\d{1,4}(?![\d%])"
    rf"|\d[{COUNTERS}本](?:に|中|のうち)\d"
    r"|every \w+|\bone in \w+|分の|半分|半数|\b(?:half|third|quarter|thirds|quarters) of\b"
)
"""A rate in words, 5件に1件: it is of one stage and the next."""

_EMPTY = regex(r"件数|目標|必要|年間|月間|計画|人数|社数|回数|合計|想定|前提|獲得")
_COMMON = frozenset(
    ("rate", "the", "per", "new", "for", "and", "goal", "targe", "plan", "conve", "need", "neede", "requi", "month", "year")
)
_STEM = 5


def is_named(tables: Tables, case: Case) -> bool:
    """Return whether the words of a step's rate have a word of one of its two figures, or it is said as one of so many."""
    rate = case.operands[1]
    own = _said(tables, rate)
    if is_one_in(own):
        return True
    words = _words(own)
    return any(words & _words(name) for each in (case.result, case.operands[0]) for name in _names(tables, each))


def is_one_in(text: str) -> bool:
    """Return whether a text says a rate as one of so many."""
    return _SAID.search(plain(text)) is not None


def _said(tables: Tables, rate: Value) -> str:
    """Return the text that says a rate, or the label of its figure."""
    if rate.at in tables.values:
        label = tables.cells.label(rate.spot)
        return f"{label.text if label is not None else ''} {rate.spot.text or ''}"
    return rate.spot.text


def _names(tables: Tables, value: Value) -> list[str]:
    found: list[Spot | None] = [tables.cells.label(value.spot), tables.cells.heading(value.spot)]
    return [each.text for each in found if each is not None and each.text]


def _words(text: str) -> set[str]:
    """Return the words of a text that mean something, those in English without their ends; of Japanese each pair of letters."""
    flat = _EMPTY.sub(" ", plain(text))
    latin = {each[:_STEM].removesuffix("s") for each in _WORD.findall(flat)} - _COMMON
    return latin | {run[at : at + 2] for run in _RUN.findall(flat) for at in range(len(run) - 1)}

"""Evidence of one line: a month's figure beside the year's of the same name. It proves nothing wrong, but what it confirms is right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction

from ..read import lexicon, terms
from .judge import Law
from .law import MULTIPLE, ROUNDED, Case
from .tables import PERCENT, Tables, Value

_SPREAD = [(terms.of("per_month"), 12), (terms.of("per_quarter"), 4), (terms.of("per_week"), 52)]
_PLAIN = re.compile(r"必要|目標|年間|数$|\byear(?:ly)?\b|annual|needed|required|total|goal|target|合計|[\s・:：]")


def spread(tables: Tables) -> Iterator[Law]:
    """Yield a month's, quarter's or week's figures that are those of the year spread over it."""
    named: dict[str, list[Value]] = {}
    parts: list[tuple[str, int, Value]] = []
    for value in tables.values.values():
        label = tables.cells.label(value.spot)
        if label is None or value.kind == PERCENT:
            continue
        flat = unicodedata.normalize("NFKC", label.text).casefold()
        found = next((each for each in _SPREAD if each[0].search(flat)), None)
        if found is None:
            named.setdefault(_name(flat), []).append(value)
        else:
            parts.append((_name(found[0].sub("", flat)), found[1], value))
    for name, times, value in parts:
        for whole in named.get(name, []) if name else []:
            case = Case(MULTIPLE, value, (whole,), Fraction(1, times))
            if case.follows() <= ROUNDED:
                yield Law(MULTIPLE, (case,), ())


def _name(flat: str) -> str:
    return lexicon.key(_PLAIN.sub("", re.sub(r"\(.*?\)", "", flat)))

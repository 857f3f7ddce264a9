"""Numbers that a text says on the side: Leads 2.5%, 10件に2件が契約, 1 in 5 closes, 週(÷50), 単価50万円."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import NamedTuple

from ..read.amounts import typed

_RATE = re.compile(
    r"(?P<percent>\d+(?:\.\d+)?)\s*%"
    r"|(?P<tenths>\d+(?:\.\d+)?)割"
    r"|(?<!\d)(?P<part>\d{1,4})\s*(?:in|of|out of)\s*(?P<whole>\d{1,4})(?![\d%])"
    r"|(?<!\d)(?P<many>\d{1,4})[件人社本名回者](?:に|中|のうち)(?P<some>\d{1,4})[件人社本名回者]?"
)
_TIMES = re.compile(
    r"(?:[÷×*]\s*|(?<![\d/])/\s*)(?P<by>\d+(?:\.\d+)?)(?![\d%./-])|[(（](?P<heads>\d{1,4})[名人](?:[)）])|(?<![\d.])(?P<x>\d+(?:\.\d+)?)\s*(?:x|倍)(?!\w)"
)
_PRICE = re.compile(r"(?:[¥$]\s*[\d,.]+\s*[km]?(?![\w%])|[\d,.]+\s*(?:億|百?万|千)?円)")
_LONG = 120


class Said(NamedTuple):
    """A number that a text says: a rate as a fraction, another number, or an amount of money in its unit's base."""

    value: Fraction
    kind: str


RATE, NUMBER, PRICE = "rate", "number", "price"


def numbers(text: str) -> list[Said]:
    """Return what a text says, in the order of its words; nothing of a long one, or of one without a digit."""
    if not text or len(text) > _LONG or not any(each.isdigit() for each in text):
        return []
    flat = unicodedata.normalize("NFKC", text).casefold()
    found: list[tuple[int, Said]] = []
    for match in _RATE.finditer(flat):
        value = _rate(match)
        if value is not None and value > 0:
            found.append((match.start(), Said(value, RATE)))
    for match in _TIMES.finditer(flat):
        value = Fraction(match["by"] or match["heads"] or match["x"])
        if value > 0:
            found.append((match.start(), Said(value, NUMBER)))
    for match in _PRICE.finditer(flat):
        amount = typed(match[0].replace(" ", ""))
        if amount is not None and amount.number > 0:
            found.append((match.start(), Said(amount.number * (amount.unit.factor if amount.unit is not None else 1), PRICE)))
    return [each for _, each in sorted(found, key=lambda pair: pair[0])]


def _rate(match: re.Match[str]) -> Fraction | None:
    if match["percent"]:
        return Fraction(match["percent"]) / 100
    if match["tenths"]:
        return Fraction(match["tenths"]) / 10
    part, whole = (match["part"], match["whole"]) if match["part"] else (match["some"], match["many"])
    return Fraction(int(part), int(whole)) if 0 < int(part) <= int(whole) else None

"""Numbers that a text says on the side: Leads 2.5%, 10件に2件が契約, 1 in 5 closes, 週(÷50), 単価50万円."""

from __future__ import annotations

import functools
import re
from fractions import Fraction
from typing import NamedTuple

from ...values.regex import regex
from ..read.amounts import COUNTERS, abroad, typed
from ..read.spelling import plain

RATES = regex(
    r"(?P<percent>\d+(?:\.\d+)?)\s*%"
    r"|(?P<tenths>\d+(?:\.\d+)?)割(?:(?P<more>\d)分|(?P<half>半))?"
    r"|(?<!\d)(?P<part>\d{1,4})\s*(?:in|of|out of)\s*(?P<whole>\d{1,4})(?![\d%])"
    rf"|(?<!\d)(?P<many>\d{{1,4}})[{COUNTERS}本](?:に|中|のうち)(?P<some>\d{{1,4}})[{COUNTERS}本]?"
    r"|(?:\b(?:one|1) (?:in|of|out of)(?: every)? |\bevery )(?P<word>two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|second|other|third|fourth|fifth|sixth|eighth|tenth|twentieth)\b"
    r"|(?P<fraction>半分|半数|3分の1|三分の一|4分の1|四分の一|3分の2|三分の二|\b(?:half|a third|a quarter|two thirds|three quarters) (?:of|get|gets|give|become|turn|say|buy|sign|convert|book|agree|lead|end|come|reply|answer|close)\b)"
)
_ORDERS = ("zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_CARDINALS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_OF_WORDS = {
    **{word: at for words in (_ORDERS, _CARDINALS) for at, word in enumerate(words)},
    "other": 2, "twelve": 12, "twenty": 20, "twentieth": 20,
}  # fmt: skip
_FRACTIONS = {
    "半分": (1, 2), "半数": (1, 2), "3分の1": (1, 3), "三分の一": (1, 3), "4分の1": (1, 4), "四分の一": (1, 4), "3分の2": (2, 3),
    "三分の二": (2, 3), "half": (1, 2), "a third": (1, 3), "a quarter": (1, 4), "two thirds": (2, 3),
    "three quarters": (3, 4),
}  # fmt: skip
_IN_WORDS = regex(r"one |every |半分|半数|分の|half | of|third|quarter")
_TIMES = regex(
    r"(?:[÷×*]\s*|(?<![\d/])/\s*)(?P<by>\d+(?:\.\d+)?)(?![\d%./-])|[(（](?P<heads>\d{1,4})[名人](?:[)）])|(?<![\d.])(?P<x>\d+(?:\.\d+)?)\s*(?:x|倍)(?!\w)"
)
_PRICE = regex(r"(?:[¥$£€]\s*[\d,.]*\d\s*(?:k|m|mn|bn|thousand|million)?(?![\w%])|[\d,.]+\s*(?:億|百?万|千)?円)")
_LONG = 120


class Said(NamedTuple):
    """A number that a text says: a rate as a fraction, another number, or an amount of money in its unit's base."""

    value: Fraction
    kind: str


RATE, NUMBER, PRICE = "rate", "number", "price"


@functools.lru_cache(maxsize=65536)
def numbers(text: str) -> tuple[Said, ...]:
    """Return what a text says, in the order of its words; nothing of a long one, or of one without a number."""
    if not text or len(text) > _LONG:
        return ()
    flat = plain(text)
    if not any(each.isdigit() for each in flat) and not _IN_WORDS.search(flat):
        return ()
    found: list[tuple[int, Said]] = []
    for match in RATES.finditer(flat):
        value = rate_of(match)
        if value is not None and value > 0:
            found.append((match.start(), Said(value, RATE)))
    for match in _TIMES.finditer(flat):
        value = Fraction(match["by"] or match["heads"] or match["x"])
        if value > 0:
            found.append((match.start(), Said(value, NUMBER)))
    for match in _PRICE.finditer(flat):
        amount = typed(match[0].replace(" ", ""))
        price = abroad(match[0]) if amount is None else amount.number * (amount.unit.factor if amount.unit is not None else 1)
        if price is not None and price > 0:
            found.append((match.start(), Said(price, PRICE)))
    return tuple(each for _, each in sorted(found, key=lambda pair: pair[0]))


def rate_of(match: re.Match[str]) -> Fraction | None:
    """Return the rate that a match of ``RATES`` says."""
    if match["percent"]:
        return Fraction(match["percent"]) / 100
    if match["tenths"]:
        return Fraction(match["tenths"]) / 10 + Fraction(5 if match["half"] else int(match["more"] or 0), 100)
    if match["word"]:
        return Fraction(1, _OF_WORDS[match["word"]])
    if match["fraction"]:
        said = match["fraction"]
        return Fraction(*_FRACTIONS[said if said in _FRACTIONS else said.rpartition(" ")[0]])
    part, whole = (match["part"], match["whole"]) if match["part"] else (match["some"], match["many"])
    return Fraction(int(part), int(whole)) if 0 < int(part) <= int(whole) else None

"""Units as they are written on a sheet: 件, %, 万円, 単位:万円, JPY m."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from ...language import vocabulary
from ...language.vocabulary import ON_A_SHEET
from ...values.regex import regex
from ...values.units import COUNT, CURRENCY, RATE

MAX_LABEL = 40
"""A longer text is a sentence, not a label."""


class Unit(NamedTuple):
    """A unit as it is written: its kind, and how many yen, things or per cent one of it is."""

    kind: str
    factor: int
    text: str


def _joined(text: str) -> str:
    """Return a unit without spaces and hyphens, as `unit_of` compares it."""
    return re.sub(r"[\s-]", "", text).casefold()


_YEN = {1: "円", 10**3: "千円", 10**4: "万円", 10**6: "百万円", 10**8: "億円"}
_UNITS: dict[str, Unit] = {
    **{unit_text.casefold(): Unit(COUNT, 1, unit_text) for unit_text in vocabulary.words("unit.count", ON_A_SHEET)},
    **{unit_text.casefold(): Unit(RATE, 1, "%") for unit_text in vocabulary.words("unit.percent", ON_A_SHEET)},
    **{unit_text.casefold(): Unit(RATE, 10, unit_text) for unit_text in vocabulary.words("unit.tenths", ON_A_SHEET)},
    **{_joined(text): Unit(CURRENCY, factor, _YEN[factor]) for text, factor in vocabulary.yen(ON_A_SHEET).items()},
}


def unit_of(text: str) -> Unit | None:
    """Return the unit that a text is, alone or as 単位:万円 or (万円); None where it is none."""
    flat = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text).casefold()).strip("()[]【】※〔〕")
    flat = re.sub(r"^(金額)?(の?単位|units?|amounts?in|in)(は|[:：=])?", "", flat)
    unit = _UNITS.get(flat)
    if unit is None and "/" in flat:
        money, _, each = flat.partition("/")
        of_each = _UNITS.get(money)
        if of_each is not None and of_each.kind == CURRENCY and 0 < len(each) <= _COUNTER:
            return of_each  # 百万円/台
    many = _MANY.match(flat) if unit is None else None
    counter = _UNITS.get(many[2]) if many is not None else None
    if many is not None and counter is not None and counter.kind == COUNT:
        return Unit(COUNT, _POWERS[many[1]], flat)  # 千件
    return unit


PERIODS = {_joined(each): Unit(COUNT, 1, each) for each in vocabulary.words("unit.count", ("periods",))}
_AFTER = {each.casefold(): Unit(COUNT, 1, each) for each in vocabulary.words("unit.count", ("after",))} | PERIODS


def counter_of(text: str) -> Unit | None:
    """Return the unit of what a number right before a text counts, 20台, 24 quotes; None where it says none.

    Alone the text may be a label as well.
    """
    return unit_of(text) or _AFTER.get(text)


def unit_in(text: str) -> Unit | None:
    """Return the unit that the text of a bracket is or has among other words: 万円; 税込、千円; 総額・万円."""
    unit = unit_of(text)
    if unit is None and _SEVERAL.search(text):
        money = [each for part in _SEVERAL.split(text) if (each := unit_of(part)) is not None and each.kind == CURRENCY]
        return money[0] if len(money) == 1 else None
    return unit


_SEVERAL = regex(r"[・、,／/;；\s]+")
_COUNTER = 8  # letters of what a price is of one of
_POWERS = {"千": 10**3, "万": 10**4, "百万": 10**6, "億": 10**8}
_MANY = regex(r"^(千|万|百万|億)(\S+)$")


_SAYS_UNIT = regex(
    r"(?:単位|\bunits?\b|\bamounts? in\b|\bin(?= (?:thousand|million|man|10)))\s*(?:は|[:=])?\s*([^()\[\]]+)|金額(?:は|[:=])\s*([^()\[\]]+)"
)


def title_unit(title: str) -> Unit | None:
    """Return the unit of money that a sheet's own name ends in: 営業所別（百万円）."""
    match = re.search(r"[(（]([^()（）]{1,6})[)）]$", title)
    unit = unit_of(match[1]) if match is not None else None
    return unit if unit is not None and unit.kind == CURRENCY else None


def sheet_unit(text: str) -> Unit | None:
    """Return the unit of money that a text gives for a whole sheet: 単位:万円, 商材別目標（単位：万円／件）, ※金額は万円."""
    match = _SAYS_UNIT.search(unicodedata.normalize("NFKC", text).casefold())
    if match is None or len(text) > MAX_LABEL:
        return None
    said = match[1] or match[2]
    units = [unit_of(said), *(unit_of(each) for each in re.split(r"[/、,・]|\s+と|です|で", said))]
    return next((each for each in units if each is not None and each.kind == CURRENCY), None)


_ABROAD = regex(
    r"(?:us|au|ca|sg)?[$£€₹]\s?(?P<after>k|m|mn|bn|'?000s?|thousands?|millions?|lakhs?|crores?|cr)?(?![\w.,])|\b(?P<before>k|m)(?:us)?[$£€]"
    r"|\b(?:usd|eur|gbp|chf)\s?(?P<code>k|m|mn|bn|'?000s?|thousands?|millions?|lakhs?|crores?|cr)?\b"
)
_SCALES = {
    "k": 10**3,
    "000": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "million": 10**6,
    "bn": 10**9,
    "lakh": 10**5,
    "crore": 10**7,
    "cr": 10**7,
}


def scale_abroad(label: str) -> int | None:
    """Return how many of another currency one of a label's figures is: 1000 of New revenue (£k), 1 of Lease value (£); None where it says none."""
    match = _ABROAD.search(unicodedata.normalize("NFKC", label).casefold())
    if match is None:
        return None
    said = (match["after"] or match["before"] or match["code"] or "").strip("'")
    return _SCALES[said if said in _SCALES else said.removesuffix("s")] if said else 1

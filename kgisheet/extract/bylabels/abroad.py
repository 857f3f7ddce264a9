"""Amounts in another currency than yen: the thousands and millions in which a sheet states them ($k, USD thousands) are written out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from ...freeform.read.figures import Figure
from ...freeform.read.page import Page
from ...values.regex import regex
from ...values.units import CURRENCY

_POWERS = {"k": 10**3, "t": 10**3, "0": 10**3, "m": 10**6, "b": 10**9}
"""By the first letter of k, thousands, '000s, m, mn, millions, bn, billions."""
_SIGN = r"us\$|[$€£]|(?:usd|eur|gbp|us dollars?|dollars?|euros?|pounds?)\b"
_MONEY = rf"(?:(?<![a-z])(?:{_SIGN}))"
_POWER = r"(?:k|mn?|mm|bn|000s?|thousands?|millions?|billions?)"
_SAID = regex(
    rf"{_MONEY}\s*(?:in\s+)?'?(?P<after>{_POWER})\b|\b(?P<of>{_POWER})\s+of\s+{_MONEY}|\b(?P<before>{_POWER})\s?(?:{_SIGN})|{_MONEY}",
    re.IGNORECASE,
)
_TWICE = Fraction(2)


class Unit(NamedTuple):
    """A unit of another currency: as it is said, and how many of the currency one of it is."""

    said: str
    power: int


def written_out(page: Page) -> Unit | None:
    """Write the amounts of a page in whole dollars (euros, pounds), and return the unit that it states; None where it states none."""
    above = min((each.where[1] for each in page.figures), default=0)
    heads = [stated(spot.text) for row, spots in sorted(page.plane.rows.items()) if row < above for spot in spots]
    whole = next((each for each in [stated(page.title), *heads] if each is not None), None)
    money = {at: each for at, each in enumerate(page.figures) if each.kind == CURRENCY and each.unit is None}
    units = {at: _own(each) or whole for at, each in money.items()}
    for at in _priced_in_ones(page.figures, units):
        units[at] = None
    for at, unit in units.items():
        value = page.figures[at].value
        if unit is not None and value is not None and not _is_in_ones(page.figures[at]):
            page.figures[at] = page.figures[at]._replace(value=value * unit.power)
    return max((each for each in units.values() if each is not None), key=lambda each: each.power, default=None)


def stated(text: str) -> Unit | None:
    """Return the unit of another currency that a text states: Bookings ($k), targets in USD thousands."""
    match = _SAID.search(unicodedata.normalize("NFKC", text))
    if match is None:
        return None
    power = match["after"] or match["of"] or match["before"]
    return Unit(match[0].strip(), _POWERS[power[0].lower()] if power else 1)


def _own(figure: Figure) -> Unit | None:
    """Return the unit of the figure's own text, $12k, else of its label, else the sign alone of its text, $12."""
    return _typed(figure) if _is_in_ones(figure) else stated(figure.label) or _typed(figure)


def _is_in_ones(figure: Figure) -> bool:
    """Return whether a text says in which thousands its number is, which was read in ones so: $12k."""
    typed = _typed(figure)
    return typed is not None and typed.power > 1


def _typed(figure: Figure) -> Unit | None:
    unit = stated(re.sub(r"[\d.,\s]+", " ", figure.typed)) if figure.typed else None
    return unit._replace(said=figure.typed) if unit is not None and figure.typed else None


def _priced_in_ones(figures: list[Figure], units: dict[int, Unit | None]) -> Iterator[int]:
    """Yield the prices that are stated in ones beside revenue in thousands: those for which deals × price says so."""

    def first(field: str) -> Fraction | None:
        return next((each.value for each in figures if each.field == field and each.value), None)

    won, web = first("won_deals"), first("web_revenue")
    of_web = next((units[at] for at in units if figures[at].field == "web_revenue"), None)
    if not won or not web or of_web is None:
        return
    for at, unit in units.items():
        price = figures[at].value
        if figures[at].field != "deal_size" or not price or unit is None or _own(figures[at]) is not None:
            continue
        if _is_near(won * price, web * of_web.power):
            yield at


def _is_near(one: Fraction, other: Fraction) -> bool:
    return other / _TWICE < one < other * _TWICE

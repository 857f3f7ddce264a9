"""Figures with so many per cent on top, as a label says: RSVPs 200, RSVPs incl. 10% reserve 220; 必要リード（20%上乗せ）.

Both are called alike and next to each other; where another figure near it makes it so, or it is what is left over after so many
per cent are lost, nothing is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ...values.regex import regex
from .judge import Law
from .law import MULTIPLE, OFF, Case
from .lists import Figure
from .tables import PERCENT

_EXTRA = r"(?:safety|buffer|reserve|margin|cushion|contingency|extra|headroom)"
_RATE = r"(\d{1,2}(?:\.\d)?)\s*%"
_ON_TOP = regex(
    rf"\+\s?{_RATE}"
    rf"|(?:incl\.?|including|plus|with) (?:an? )?{_RATE} {_EXTRA}"
    rf"|{_RATE}\s*(?:の)?(?:上乗せ|増し|余裕|バッファ|予備|割増)"
    rf"|(?:余裕|バッファ|予備|安全率|上乗せ)率?(?:を|は)?\s*\+?{_RATE}"
)
_NEAR = 3


def on_top(every: Sequence[Sequence[Figure]]) -> Iterator[Law]:
    """Yield the figures that are another one and so many per cent of it more."""
    held: list[Case] = []
    failed: list[Case] = []
    for figures in every:
        for at, figure in enumerate(figures):
            rates = [Fraction(each) / 100 for match in _ON_TOP.findall(figure.label) for each in match if each]
            if len(rates) == 1 and figure.kind != PERCENT and figure.value.number:
                holds, case = _of_one(figures, at, rates[0])
                if case is not None:
                    (held if holds else failed).append(case)
    if held or failed:
        yield Law(MULTIPLE, tuple(held), tuple(failed))


def _of_one(figures: Sequence[Figure], at: int, rate: Fraction) -> tuple[bool, Case | None]:
    """Return whether a figure is that much more than one near it, and the case of the one that is called as it is, and before it."""
    figure = figures[at]
    near = [
        (abs(place - at), each)
        for place, each in enumerate(figures)
        if 0 < abs(place - at) <= _NEAR and each.kind == figure.kind and each.value.number
    ]
    for by in (1 + rate, 1 / (1 - rate), 1 / (1 + rate), 1 - rate, rate, Fraction(1)):
        for _, each in near:
            case = Case(MULTIPLE, figure.value, (each.value,), by)
            if case.follows() != OFF:
                return True, case if by == 1 + rate else None
    before = next((each for each in reversed(figures[:at]) if each.kind != PERCENT), None)
    if before is None or before.kind != figure.kind or not before.value.number or not before.names & figure.names:
        return False, None
    case = Case(MULTIPLE, figure.value, (before.value,), 1 + rate)
    return False, None if case.is_made_otherwise else case

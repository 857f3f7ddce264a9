"""How people go wrong where they type a figure: its digits exchanged, a nought too many, divided instead of multiplied, an old one that is near.

A figure that is off in no such way from what one relation makes of it isn't wrong: the relation was misread.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from fractions import Fraction

from .relation import QUOTIENT, SPLIT, SUM, Relation, needed

NEAR = 2
"""By how much a figure may be off that was right before something changed, or is that of another line."""

_FACTORS = (10, 100, 1000, 10_000, 1_000_000, 12, 4)
"""By how much a typed figure is off where a unit or a period was mistaken."""

_HALF = Fraction(1, 2)
_FINE, _PER_CENT = Fraction(1, 50), Fraction(1, 100)


def is_slip(found: Fraction, wanted: Fraction, others: Sequence[Fraction] = (), near: int = NEAR) -> bool:
    """Return whether a figure is typed as people mistype what is wanted, or as one wrong step makes it of others.

    >>> is_slip(Fraction(46), Fraction(64)), is_slip(Fraction(3), Fraction(2540))
    (True, False)
    >>> is_slip(Fraction(64), Fraction(400), [Fraction(160), Fraction(2, 5)])  # 160 times 40 %, not divided by it
    True
    """
    found, wanted = abs(found), abs(wanted)
    if not found or not wanted or max(found / wanted, wanted / found) <= near:
        return True
    return is_mistyped(found, wanted) or (len(_digits(found)) > 1 and any(_is_about(found, each) for each in _made(others)))


def is_misspelled(found: Fraction, wanted: Fraction) -> bool:
    """Return whether the digits themselves are wrong, and not the unit: 102 for 120, but not 1,200 for 1.2."""
    return is_mistyped(found, wanted) and not any(wanted * by == found or found * by == wanted for by in _FACTORS)


def is_total_of(found: Fraction, parts: Sequence[Fraction]) -> bool:
    """Return whether a total is off as people mistype it, or as one part that was left out, or changed, makes it.

    >>> is_total_of(Fraction(300), [Fraction(120), Fraction(180), Fraction(90)])
    True
    >>> is_total_of(Fraction(210), [Fraction(85), Fraction(110), Fraction(140), Fraction(60)])  # 395: people who are in several
    False
    """
    wanted = sum(parts, Fraction(0))
    # Twice as much: with the subtotals, or the total itself.
    is_near = abs(found - wanted) <= max(map(abs, parts), default=0) or found == 2 * wanted
    return is_near or is_mistyped(abs(found), abs(wanted))


def is_far(relation: Relation) -> bool:
    """Return whether a typed result is another thing than what its labels make it: nobody mistypes by so much."""
    if relation.kind not in (QUOTIENT, SPLIT, SUM) or relation.result.formula is not None or not relation.result.value:
        return False
    if relation.exact <= 0:
        return True
    values = {each.where: each.value or Fraction(0) for each in relation.cells}
    result = relation.result.where
    others = [value for where, value in values.items() if where != result]
    off = (is_slip(value, needed(relation, where) or Fraction(0)) for where, value in values.items() if where != result)
    if relation.kind == SUM:
        return not (is_total_of(values[result], others) or any(off))
    # What would be a part of a deal isn't the number of them by one wrong step.
    return not (is_slip(values[result], relation.exact, others if relation.exact >= _HALF else ()) or any(off))


def is_mistyped(found: Fraction, wanted: Fraction) -> bool:
    """Return whether a figure is of another unit or period than what is wanted, or has its digits but for one, or in another order."""
    if not found or not wanted:
        return True
    times = max(found / wanted, wanted / found)
    made = [each for by in _FACTORS for each in (wanted * by, wanted / by)]
    if any(_is_about(found, each) or (found < 1 and abs(found - each) <= _PER_CENT / 2) for each in made):
        return True
    return any(
        sorted(_digits(found)) == sorted(_digits(each)) or (times < _LENGTH and _is_but_one(found, each))
        for each in _as_typed(wanted, found)
    )


def _is_about(one: Fraction, other: Fraction) -> bool:
    return abs(one - other) <= _FINE * abs(other)


def _as_typed(wanted: Fraction, found: Fraction) -> tuple[Fraction, ...]:
    """Return what is wanted with as many decimals as the other one has, up and down."""
    unit = next((each for each in _UNITS if (found / each).denominator == 1), None)
    if unit is None:
        return (wanted,)
    return math.floor(wanted / unit) * unit, math.ceil(wanted / unit) * unit


_UNITS = tuple(Fraction(1, 10**places) for places in range(5))


def _digits(value: Fraction) -> str:
    """Return the digits of a figure but for its noughts: 0.105 has those of 150, in another order."""
    return f"{float(value):.4e}".partition("e")[0].replace(".", "").replace("0", "")


def _is_but_one(found: Fraction, wanted: Fraction) -> bool:
    """Return whether one digit of two or more is another one, at its place; or of three or more, one is missing."""
    one, other = _digits(found), _digits(wanted)
    if len(one) == len(other):
        is_as_long = bool(wanted) and math.floor(math.log10(found)) == math.floor(math.log10(wanted))
        return is_as_long and len(one) > 1 and sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return 2 < len(short) == len(long) - 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


_LENGTH = 15
"""By how much a figure is off at most that has one digit more, or fewer."""


def _made(others: Sequence[Fraction]) -> list[Fraction]:
    """Return what one wrong step makes of some figures: one of them as it is, two multiplied or divided."""
    known = [abs(each) for each in others if each]
    pairs = itertools.permutations(known, 2) if len(known) <= _FEW else ()
    return [*known, *(made for one, two in pairs for made in (one * two, one / two))]


_FEW = 4
"""So few figures that what two of them make isn't anything."""

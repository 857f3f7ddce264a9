"""Rounding and writing numbers: by the contract (docs/contract.md, Arithmetic), and as spreadsheets do."""

from __future__ import annotations

import math
import sys
from fractions import Fraction

LARGEST = Fraction(sys.float_info.max)
"""The largest number that a program's cell can hold."""

GUARD_DECIMALS = 6
"""Decimals to which a quotient is rounded before it is made whole (docs/contract.md, Arithmetic)."""


def half_up(value: Fraction, decimals: int = 0) -> Fraction:
    """Return ``value`` rounded to ``decimals``, halves away from zero, as a spreadsheet's ROUND does."""
    scale = 10**decimals
    scaled = abs(value) * scale
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, scale)


def whole(value: Fraction, mode: str) -> Fraction:
    """Return a count made whole; ``mode`` is up, down, nearest or none.

    >>> whole(Fraction(200, 3), "up"), whole(Fraction(200, 3), "down")
    (Fraction(67, 1), Fraction(66, 1))
    """
    if mode == "none":
        return value
    guarded = half_up(value, GUARD_DECIMALS)
    if mode == "nearest":
        return half_up(guarded)
    size = math.floor(abs(guarded)) if mode == "down" else math.ceil(abs(guarded))
    return Fraction(size if guarded >= 0 else -size)


def grouped(value: Fraction, decimals: int) -> str:
    """Return ``value`` with thousands separators, as FIXED writes it."""
    scaled = half_up(value, decimals) * 10**decimals
    digits = f"{abs(int(scaled)):0{decimals + 1}d}"
    text = f"{int(digits[: len(digits) - decimals]):,}"
    if decimals:
        text += "." + digits[-decimals:]
    return f"-{text}" if scaled < 0 else text


def number(value: Fraction) -> float | int:
    """Return the number a cell holds: an integer if it is whole, else the nearest binary float."""
    return value.numerator if value.denominator == 1 else float(value)

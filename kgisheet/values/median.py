"""The middle of some numbers: the standard library's, without the random numbers and the hashes that it loads."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction


def median(values: Iterable[Fraction]) -> Fraction:
    """Return the middle one, or the mean of the two in the middle; there must be one at least."""
    found = sorted(values)
    half = len(found) // 2
    return found[half] if len(found) % 2 else (found[half - 1] + found[half]) / 2

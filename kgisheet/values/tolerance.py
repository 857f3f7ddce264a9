"""When two figures count as equal: decided here for check, monthly and diff alike, so that none reports as changed what another accepts.

Typed figures and computed results each have their own tolerance.
"""

from __future__ import annotations

from fractions import Fraction

DIGITS = 15
"""Programs keep so many digits of what is typed; further ones are what binary arithmetic leaves, and nobody means them."""

_FIFTEENTH_DIGIT = Fraction(1, 10**14)
"""A figure may come back from a save off by one in the last of its digits."""

_OF_A_CHAIN = Fraction(1, 10**10)
"""Each step of binary arithmetic is off by 10⁻¹⁶ of its size at most; a year's sums and quotients are some thousands of
steps, and differences of like figures lose up to two digits more."""

_STORED = 10
"""Digits that Google Sheets stores of a result."""

_OF_A_DIFFERENCE = Fraction(1, 10**13)
"""The part that a difference or a sum keeps of the last digits of its operands."""


def same_typed(left: Fraction, right: Fraction) -> bool:
    """Return whether two typed figures are equal: whole numbers exactly, others except for their last digit."""
    if left.denominator == right.denominator == 1:
        return left == right
    return abs(left - right) <= _reach(_FIFTEENTH_DIGIT, left, right)


def same_result(left: Fraction, right: Fraction, among: Fraction | int = 0) -> bool:
    """Return whether two results are equal except for binary rounding error.

    ``among`` is the size of what they were worked out from: 12,500,000 less 12,500,000 may leave a millionth of a sen.
    """
    return left == right or abs(left - right) <= max(_reach(_OF_A_CHAIN, left, right), _OF_A_DIFFERENCE * among)


def is_shortened(stored: Fraction, value: Fraction) -> bool:
    """Return whether a stored result is ``value`` to ten digits, as Google Sheets writes what a formula comes to.

    Its files have 5.963176471 for 5.96317647058824, and 12345678900 for 12345678901; what was typed is in them in full.
    """
    if not same_typed(Fraction(f"{float(stored):.{_STORED}g}"), stored):
        return False  # it has more digits
    last = Fraction(10) ** (len(str(abs(int(value)))) - _STORED)
    return abs(stored - value) <= last * Fraction(51, 100)


def is_whole(value: Fraction) -> bool:
    """Return whether a typed figure is a whole number: 2500000.0000000005 is, since nobody types such a tail."""
    return value.denominator == 1 or same_typed(value, Fraction(round(value)))


def exceeds(value: Fraction, limit: Fraction | int) -> bool:
    """Return whether a typed figure is above a limit: 1.0000000000000002 is not above 1."""
    return value > limit and not same_typed(value, Fraction(limit))


def _reach(share: Fraction, left: Fraction, right: Fraction) -> Fraction:
    return share * max(Fraction(1), abs(left), abs(right))

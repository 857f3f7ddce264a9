"""Counts whose label says that they are rounded up, and that were rounded down: 必要人数（切上げ） 4, of 520 ÷ 120."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from ...language.catalogue import Phrase
from ..read import terms
from ..read.figures import Figure
from .relation import FAILS, QUOTIENT, Relation
from .rounding import FINE, ONE

_UP = terms.of("rounded_up")


def falls_short(figure: Figure, exact: Fraction) -> bool:
    """Return whether a count is less than the exact one, though its label says that it is rounded up."""
    return figure.value is not None and figure.value < exact * (1 - FINE) and _UP.search(figure.label)


def as_needed(result: Figure, operands: Sequence[Figure], exact: Fraction, way: Phrase, formula: str) -> Relation:
    """Return the relation by which it fails: so many are needed, rounded up, and it alone is wrong."""
    up = f"=ROUNDUP({formula.removeprefix('=')},0)" if formula else ""
    return Relation(QUOTIENT, result, tuple(operands), Fraction(math.ceil(exact)), FAILS, way, up, in_numbers=True)


def half_a_digit(figure: Figure) -> Fraction:
    """Return half the unit of a number's last digit: it may have been rounded by so much."""
    value = figure.value or ONE
    return next((unit / 2 for unit in (ONE, ONE / 10, ONE / 100) if (value / unit).denominator == 1), Fraction(0))

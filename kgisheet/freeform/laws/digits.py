"""The digits of a number as it was typed: the unit of its last one, and how many mean something."""

from __future__ import annotations

from fractions import Fraction

_UNSTEADY = 6  # digits of a number that was calculated, of which all are known


def digits_of(number: Fraction) -> tuple[float, int]:
    """Return the unit of a number's last digit, and how many digits it has without the zeros at its end."""
    bottom, power = number.denominator, 0
    while bottom % 10 == 0:
        bottom //= 10
        power += 1
    while bottom % 2 == 0 or bottom % 5 == 0:
        bottom //= 2 if bottom % 2 == 0 else 5
        power += 1
    if bottom != 1 or power > _UNSTEADY:
        return abs(float(number)) * 1e-9, _UNSTEADY
    digits = str(abs(int(number * 10**power))).strip("0")
    return 10.0**-power, max(1, len(digits))

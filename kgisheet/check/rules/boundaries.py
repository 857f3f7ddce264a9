"""C07: counts so near a rounding boundary that programs may differ by one."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ...values.a1 import cell_of
from ...values.rounding import half_up
from ..finding import Finding
from ..subject import Subject

_NEAR = Fraction(1, 10**9)
_BINARY = Fraction(1, 2**50)
"""How far a quotient may be off in binary arithmetic: absolutely, and of its size."""

_HALF_GUARD = Fraction(1, 2 * 10**6)
"""The guard rounds to six decimals: rounding turns half of the last one past a whole number, or before it."""

_TURNS = {
    "up": (_HALF_GUARD,),
    "down": (-_HALF_GUARD,),
    "nearest": (Fraction(1, 2) - _HALF_GUARD,),
}


def boundaries(subject: Subject) -> Iterator[Finding]:
    """Report one note for all such counts, at the first."""
    turns = _TURNS.get(str(subject.book.inputs.get("rounding") or "up"), ())
    found = [
        (cell, row, where)
        for cell, row, where in subject.results()
        if cell.rounded and (exact := subject.book.solution.exact(cell.name, row)) is not None and _is_near(exact, turns)
    ]
    if not found:
        return
    cell, row, _ = found[0]
    yield subject.finding(
        "C07.near_rounding", cell, row, affected=tuple(cell_of(sheet, r, c) for _, _, (sheet, r, c) in found[1:])
    )


def _is_near(exact: Fraction, turns: tuple[Fraction, ...]) -> bool:
    reach = max(_NEAR, abs(exact) * _BINARY)
    return any(abs(exact - turn - half_up(exact - turn)) <= reach for turn in turns)

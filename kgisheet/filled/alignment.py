"""Alignment of a table's lines where some were inserted or deleted, by what the lines hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from ..formula.relocate import relocated


class Line(NamedTuple):
    """One row (or column) of a table: which of its cells have formulas, and what stays the same wherever the line is."""

    formulas: set[Any]
    constants: dict[Any, Any]


def take(line: Line, at: int, formula: str | None, value: Any) -> None:
    """Record what one cell says of its line: a formula with cells in it reads differently when the line has moved."""
    if formula is not None:
        line.formulas.add(at)
        said = relocated(formula, "", lambda *_: None)  # None where there is a cell in it
        value = None if said is None else said.replace(" ", "")
    if value is not None:
        line.constants[at] = value.isoformat()[:10] if hasattr(value, "isoformat") else value


def aligned(then: Sequence[Line], now: Sequence[Line]) -> list[int | None]:
    """Return, for each current line, the original one; None for an inserted one.

    The best of all pairings that keep the order: first by the number of lines with the same formulas,
    then with the same constants; among identical lines the first ones.
    """
    best = [[0.0] * (len(now) + 1) for _ in range(len(then) + 1)]
    for i in range(len(then) - 1, -1, -1):
        for j in range(len(now) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + _likeness(then[i], now[j]))
    found: list[int | None] = [None] * len(now)
    i = j = 0
    while i < len(then) and j < len(now):
        if best[i][j] == best[i + 1][j + 1] + _likeness(then[i], now[j]):
            found[j] = i
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def is_certain(then: Sequence[Line], now: Sequence[Line]) -> list[bool]:
    """Return which lines have no equally good pairing: identical lines can't be distinguished."""
    first = aligned(then, now)
    last = [None if each is None else len(then) - 1 - each for each in reversed(aligned(then[::-1], now[::-1]))]
    return [one == other for one, other in zip(first, last, strict=True)]


def _likeness(then: Line, now: Line) -> float:
    """Return from 1 for lines that may be the same to 3 for identical ones; a small number for lines with other formulas."""
    either = then.formulas | now.formulas
    same = len(then.formulas & now.formulas) / len(either) if either else 1.0
    if same < 0.5:
        return 0.01
    keys = then.constants.keys() | now.constants.keys()
    equal = sum(then.constants.get(key) == now.constants.get(key) for key in keys)
    return same + (2 * equal / len(keys) if keys else 1.0)

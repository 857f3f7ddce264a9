"""A figure typed in one of two columns that are filled from one another on all other lines: the first and second half of a year.

Three formulas in a row show a pattern by themselves; two don't, but many lines of two do. References to the own sheet move with
the column, those to another sheet, without a $ but typed again, stay: both as on the other lines.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from ...values.regex import regex
from .fills import At, Filled

_FEWEST = 5
"""Lines on which both columns have formulas, all alike but for the column."""

_BESIDE = (1, -1)
_SHEET = regex(r"('[^']+'|[^\s*+/^(),&=<>-]+)!$")


def unpaired(filled: Mapping[At, Filled], figures: Container[At]) -> Iterator[tuple[At, str]]:
    """Yield the one figure of a column, or row, where the one beside it has a formula, with that formula moved to it."""
    for axis in (1, 0):
        lines: dict[int, list[At]] = {}
        for at in filled:
            lines.setdefault(at[axis], []).append(at)
        for own in lines.values():
            for by in _BESIDE:
                yield from _of_two(filled, figures, own, (1 - axis) * by, axis * by)


def _of_two(
    filled: Mapping[At, Filled], figures: Container[At], own: list[At], down: int, right: int
) -> Iterator[tuple[At, str]]:
    typed = [at for at in own if (at[0] + down, at[1] + right) not in filled and (at[0] + down, at[1] + right) in figures]
    if len(typed) != 1 or len(own) <= _FEWEST:
        return
    pairs = [(filled[at], filled[at[0] + down, at[1] + right]) for at in own if (at[0] + down, at[1] + right) in filled]
    moves = [_moves(one, two) for one, two in pairs]
    (at,) = typed
    formula = filled[at]
    if len(pairs) < _FEWEST or len({one.bare for one, _ in pairs}) < 2 or not any(one.bare == formula.bare for one, _ in pairs):
        return
    known: dict[tuple[str, int], set[tuple[int, int]]] = {}
    for (one, _), move in zip(pairs, moves, strict=True):
        if move is None:
            return
        for place, each in enumerate(move):
            known.setdefault(_kind(one, place), set()).add(each)
    if any(len(each) != 1 for each in known.values()):
        return
    steps = [next(iter(known.get(_kind(formula, place), {(0, 0)}))) for place in range(len(formula.cells))]
    if any(_kind(formula, place) not in known for place in range(len(formula.cells))) or (down, right) not in steps:
        return
    cells = [(row + step[0], col + step[1]) for (row, col), step in zip(formula.cells, steps, strict=True)]
    yield (at[0] + down, at[1] + right), formula.text(cells)


def _kind(formula: Filled, place: int) -> tuple[str, int]:
    """Return what a reference is by its sheet and what a $ holds of it."""
    sheet = _SHEET.search(formula.bare.split("\0")[place])
    by_row, by_col = formula.fixed[place]
    return (sheet[1] if sheet else ""), by_row * 2 + by_col


def _moves(one: Filled, two: Filled) -> list[tuple[int, int]] | None:
    """Return by how much each reference of a formula is elsewhere in another of the same form."""
    if one.bare != two.bare or one.fixed != two.fixed:
        return None
    return [(b[0] - a[0], b[1] - a[1]) for a, b in zip(one.cells, two.cells, strict=True)]

"""Formulas that weren't filled as those around them were: a reference that stayed behind, or went to another's row or column.

Without a $ before them, references slip; a formula typed again takes its neighbour's cell. What the others do is seen without
words: in a line of formulas each reference moves by the same steps; in a block it moves alike along each row and each column.
Each is told only where one cell alone is otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ...formula.shift import relative
from ...values.a1 import column, column_number
from ...values.regex import regex

_CELL = regex(r"(?<![\w.\\$])(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})(?![\w.(\\!])")
_LONG_LINE = 4
_REDUNDANT = 2
"""Cells of a block that confirm what the others give, besides those that are needed to know it."""

At = tuple[int, int]

_ACROSS, _DOWN = (0, 1), (1, 0)
_DIRECTIONS = (_ACROSS, _DOWN)
"""Rows down and columns to the right, of one cell to the next."""


class Filled(NamedTuple):
    """A formula parted: what it is but for its cells, and the cells, each with what a $ holds; and how it reads from its own cell.

    Two with the same ``lying`` are copies of one another.
    """

    bare: str
    cells: tuple[At, ...]
    fixed: tuple[tuple[bool, bool], ...]
    lying: str

    def copied(self, here: At, there: At) -> tuple[At, ...]:
        """Return the cells of the formula of one place copied to another one."""
        rows, cols = there[0] - here[0], there[1] - here[1]
        return tuple(
            (row if by_row else row + rows, col if by_col else col + cols)
            for (row, col), (by_row, by_col) in zip(self.cells, self.fixed, strict=True)
        )

    def text(self, cells: Sequence[At]) -> str:
        """Return the formula with other cells."""
        parts = self.bare.split(HOLE)
        names = [
            f"{'$' * by_col}{column(col)}{'$' * by_row}{row + 1}"
            for (row, col), (by_row, by_col) in zip(cells, self.fixed, strict=True)
        ]
        return "".join(part + name for part, name in zip(parts, [*names, ""], strict=True))


HOLE = "\0"


def parted(formula: str, at: At) -> Filled | None:
    """Return the parts of a cell's formula; None of one that has texts, whose cells aren't parted from words."""
    if '"' in formula:
        return None
    cells: list[At] = []
    fixed: list[tuple[bool, bool]] = []

    def taken(match: re.Match[str]) -> str:
        cells.append((int(match[4]) - 1, column_number(match[2])))
        fixed.append((bool(match[3]), bool(match[1])))
        return HOLE

    bare = _CELL.sub(taken, formula.removeprefix("="))
    return Filled(bare, tuple(cells), tuple(fixed), relative(formula, *at)) if cells else None


def all_parted(own: Mapping[At, str]) -> dict[At, Filled]:
    """Return the formulas of a sheet in parts, but for those that have texts."""
    return {at: each for at, text in own.items() if (each := parted(text, at)) is not None}


def slipped(own: Mapping[At, str], filled: Mapping[At, Filled], figures: Container[At]) -> Iterator[tuple[At, str]]:
    """Yield the cells whose formulas aren't what those around them would be there, with these; figures among formulas, too."""
    seen: set[At] = set()
    runs = {each: list(_runs(filled, *each)) for each in _DIRECTIONS}
    every = (
        *_of_blocks(filled, runs[_ACROSS]),
        *_of_lines(filled, runs),
        *_typed(filled, figures, runs),
    )
    for at, formula in every:
        if at not in seen and formula != own.get(at, "").removeprefix("="):
            seen.add(at)
            yield at, formula


# -- lines ---------------------------------------------------------------------------------


def _of_lines(filled: Mapping[At, Filled], runs: Mapping[At, Sequence[list[At]]]) -> Iterator[tuple[At, str]]:
    """Yield the one cell of a line in which a reference doesn't move as in all the others."""
    for each in _DIRECTIONS:
        for line in runs[each]:
            if len(line) >= _LONG_LINE:
                yield from _of_line(filled, line, runs[each])


def _runs(filled: Mapping[At, Filled], down: int, right: int) -> Iterator[list[At]]:
    """Yield the cells one after another whose formulas are the same but for their cells."""
    for row, col in sorted(filled):
        bare = filled[row, col].bare
        before = filled.get((row - down, col - right))
        if before is not None and before.bare == bare:
            continue
        line = [(row, col)]
        while (after := (line[-1][0] + down, line[-1][1] + right)) in filled and filled[after].bare == bare:
            line.append(after)
        yield line


def _of_line(filled: Mapping[At, Filled], line: Sequence[At], lines: Sequence[list[At]]) -> Iterator[tuple[At, str]]:
    every = [numbers_of(filled[at]) for at in line]
    odd: set[int] = set()
    wanted: dict[int, list[int]] = {}
    for place, values in enumerate(zip(*every, strict=True)):
        if _is_even(values):
            continue
        found = [
            (index, steps)
            for index in _breaks(values)
            if (steps := steps_of([(at, each) for at, each in enumerate(values) if at != index])) is not None
        ]
        if len(found) != 1:
            return
        index, (first, step) = found[0]
        if not step and _is_of_another_line(filled, line, index, place // 2, lines):
            odd.add(index)
            wanted.setdefault(index, list(every[index]))[place] = first
            continue
        # Another cell is meant as often as not, unless it is that of a neighbour whose own moves on.
        if _is_fixed(filled[line[index]], place) or (step and not _is_a_neighbours(filled, line, index, place // 2)):
            return
        if not step and index in (0, len(line) - 1):
            return
        odd.add(index)
        wanted.setdefault(index, list(every[index]))[place] = first + step * index
    if len(odd) == 1:
        (index,) = odd
        yield line[index], filled[line[index]].text(cells_of(wanted[index]))


def _is_of_another_line(
    filled: Mapping[At, Filled], line: Sequence[At], index: int, which: int, lines: Sequence[list[At]]
) -> bool:
    """Return whether a cell that a $ holds is the one of all formulas of another line, the row above, and of none of this one."""
    cells = [filled[at].cells[which] for at in line]
    if not all(all(filled[at].fixed[which]) for at in line) or len(set(cells)) != _TWO:
        return False
    return any(
        other is not line
        and len(other) >= len(line) - 1
        and all(any(cell == cells[index] for cell in filled[at].cells) for at in other)
        for other in lines
    )


_TWO = 2


def _is_even(values: tuple[int, ...]) -> bool:
    """Return whether numbers move by the same at each step."""
    first, step = values[0], values[1] - values[0]
    end = first + step * len(values)
    return values == (tuple(range(first, end, step)) if step else (first,) * len(values))


def _breaks(values: Sequence[int]) -> list[int]:
    """Return which numbers may be the one without which all others move by the same: those at the first other step, and the first."""
    step = values[1] - values[0]
    at = next(index for index in range(1, len(values)) if values[index] != values[0] + step * index)
    return sorted({0, 1, at - 1, at})


def _is_a_neighbours(filled: Mapping[At, Filled], line: Sequence[At], index: int, which: int) -> bool:
    """Return whether a cell of a formula is the one that another formula of the line has in its place."""
    cell = filled[line[index]].cells[which]
    return any(filled[at].cells[which] == cell for place, at in enumerate(line) if place != index)


def steps_of(points: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return where numbers begin and by how much they move at each step; None if they don't by the same."""
    (x, y), (then, later) = points[0], points[1]
    if (later - y) % (then - x):
        return None
    step = (later - y) // (then - x)
    first = y - step * x
    return (first, step) if all(value == first + step * at for at, value in points) else None


def numbers_of(formula: Filled) -> tuple[int, ...]:
    return tuple(each for cell in formula.cells for each in cell)


def cells_of(numbers: Sequence[int]) -> list[At]:
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _is_fixed(formula: Filled, place: int) -> bool:
    return formula.fixed[place // 2][place % 2]


def _typed(
    filled: Mapping[At, Filled], figures: Container[At], runs: Mapping[At, Sequence[list[At]]]
) -> Iterator[tuple[At, str]]:
    """Yield the figures between formulas each of whose references moves by the same steps; of few, as on another line beside them."""
    for down, right in _DIRECTIONS:
        begins = {line[0]: line for line in runs[down, right]}
        for before in runs[down, right]:
            last = before[-1]
            at = (last[0] + down, last[1] + right)
            after = begins.get((at[0] + down, at[1] + right))
            if after is None or at in filled or at not in figures:
                continue
            if filled[last].bare != filled[after[0]].bare:
                continue
            line = [*before, *after]
            points = [index + (index >= len(before)) for index in range(len(line))]
            every = [list(values) for values in zip(*(numbers_of(filled[each]) for each in line), strict=True)]
            found = [each for values in every if (each := steps_of(list(zip(points, values, strict=True)))) is not None]
            if len(found) != len(every):
                continue
            if len(line) >= _LONG_LINE or _has_one_near(filled, [last, at, after[0]], [by for _, by in found], (right, down)):
                yield at, filled[last].text(cells_of([first + by * len(before) for first, by in found]))


def _has_one_near(filled: Mapping[At, Filled], three: Sequence[At], steps: Sequence[int], aside: At) -> bool:
    """Return whether a line near that of three cells has the formula of the first in all three, each of whose references moves by the steps."""
    bare = filled[three[0]].bare
    for away in (*range(-_NEAR_LINES, 0), *range(1, _NEAR_LINES + 1)):
        line = [filled.get((row + away * aside[0], col + away * aside[1])) for row, col in three]
        if all(each is not None and each.bare == bare for each in line):
            every = zip(*(numbers_of(each) for each in line if each is not None), strict=True)
            if all(b - a == c - b == step for (a, b, c), step in zip(every, steps, strict=True)):
                return True
    return False


_NEAR_LINES = 4


# -- blocks --------------------------------------------------------------------------------


def _of_blocks(filled: Mapping[At, Filled], runs: Iterable[list[At]]) -> Iterator[tuple[At, str]]:
    """Yield the one cell of a block in which a reference isn't the one that its row and its column give."""
    for rows, cols in _blocks(filled, runs):
        if len(rows) * len(cols) - len(rows) - len(cols) < _REDUNDANT:
            continue
        odd: dict[At, list[int]] = {}
        places = [(row, col) for row in rows for col in cols]
        for place, its in enumerate(zip(*(numbers_of(filled[at]) for at in places), strict=True)):
            values = dict(zip(places, its, strict=True))
            if _is_additive(values, rows, cols):
                continue
            found = [at for at in _corners(values, rows, cols) if _is_additive(values, rows, cols, at)]
            if len(found) != 1 or _is_fixed(filled[found[0]], place):
                odd.clear()
                break
            (at,) = found
            row = next(each for each in rows if each != at[0])
            col = next(each for each in cols if each != at[1])
            wanted = odd.setdefault(at, list(numbers_of(filled[at])))
            wanted[place] = values[at[0], col] + values[row, at[1]] - values[row, col]
        if len(odd) == 1:
            ((at, numbers),) = odd.items()
            yield at, filled[at].text(cells_of(numbers))


def _blocks(filled: Mapping[At, Filled], runs: Iterable[list[At]]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the rows and columns of blocks of formulas that are the same but for their cells."""
    rows: dict[tuple[int, int, str], list[int]] = {}
    for line in runs:
        if len(line) > 1:
            rows.setdefault((line[0][1], len(line), filled[line[0]].bare), []).append(line[0][0])
    for (first, many, _), found in rows.items():
        block = [found[0]]
        for row in [*found[1:], -1]:
            if row == block[-1] + 1:
                block.append(row)
                continue
            if len(block) > 1:
                yield block, list(range(first, first + many))
            block = [row]


def _is_additive(values: Mapping[At, int], rows: Sequence[int], cols: Sequence[int], without: At | None = None) -> bool:
    """Return whether numbers are one of their row and one of their column added, but for that of a cell."""
    row = next(each for each in rows if without is None or each != without[0])
    col = next(each for each in cols if without is None or each != without[1])
    base = values[row, col]
    return all(value == values[at[0], col] + values[row, at[1]] - base for at, value in values.items() if at != without)


def _corners(values: Mapping[At, int], rows: Sequence[int], cols: Sequence[int]) -> list[At]:
    """Return the cells of which one is another than its row and its column give: the first that isn't, and what it is compared with."""
    row, col = rows[0], cols[0]
    at = next(each for each in values if values[each] != values[each[0], col] + values[row, each[1]] - values[row, col])
    return [(row, col), (row, at[1]), (at[0], col), at]

"""Sums over the wrong stretch: one that stops before the last of its items, one that adds its own subtotals to what they add up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from ...values import budget
from ...values.a1 import address, column_number
from ...values.regex import regex
from ..read import terms
from ..rules.cells import Cells
from .fills import parted

At = tuple[int, int]

_SUM = regex(r"=?\s*SUM\(\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)\)\s*", re.IGNORECASE)
_CELL = regex(r"\$?([A-Z]{1,3})\$?(\d+)")
_ADDED = regex(r"=?\s*\$?[A-Z]{1,3}\$?\d+(?:\s*\+\s*\$?[A-Z]{1,3}\$?\d+){1,40}\s*", re.IGNORECASE)
_MOST, _FEWEST, _MOST_TERMS = 400, 2, 12


class Omitted:
    """The sums of a sheet that are of another stretch than they should be, each with the formula that would do, and why."""

    def __init__(self, own: Mapping[At, str], cells: Cells) -> None:
        self.own, self.cells, self.amounts = own, cells, cells.amounts
        self.sums = {at: found for at, text in own.items() if (found := stretch(text)) is not None}

    def __iter__(self) -> Iterator[tuple[At, str, str]]:
        for at, (first, last) in self.sums.items():
            if first[1] == last[1] == at[1]:
                axis = 0
            elif first[0] == last[0] == at[0]:
                axis = 1
            else:
                continue
            subtotals = self._subtotals(at, first, last, axis)
            if subtotals:
                yield at, "=" + "+".join(address(*each) for each in subtotals), "freeform.way.each_once"
            elif counted := self._counted_twice(at, first, last, axis):
                yield at, "=" + "+".join(address(*each) for each in counted), "freeform.way.rest_once"
            elif last[axis] < at[axis] and (self._leaves_out(at, first, last, axis) or self._is_next(at, first, last, axis)):
                end = (at[0] - 1, at[1]) if axis == 0 else (at[0], at[1] - 1)
                yield at, f"=SUM({address(*first)}:{address(*end)})", "freeform.way.like_beside"
            elif last[axis] < at[axis] and self._begins_late(at, first, last, axis):
                yield at, f"=SUM({address(*_along(first, axis, -1))}:{address(*last)})", "freeform.way.like_beside"

    def _subtotals(self, at: At, first: At, last: At, axis: int) -> list[At]:
        """Return the sums in a stretch if they add up all the rest of it: with them it is added twice."""
        if last[axis] - first[axis] > _MOST:
            return []
        budget.spend(budget.STEPS, last[axis] - first[axis])
        line = [_along(first, axis, step) for step in range(last[axis] - first[axis] + 1)]
        inside = [each for each in line if each in self.sums and each != at]
        parts = [self.sums[each] for each in inside]
        if len(inside) < _FEWEST or any(end[1 - axis] != at[1 - axis] for part in parts for end in part):
            return []
        added = _within(line, axis, sorted((start[axis], end[axis]) for start, end in parts))
        rest = {each for each in line if each in self.amounts}.difference(inside)
        return inside if rest <= added and added.isdisjoint(inside) else []

    def _counted_twice(self, at: At, first: At, last: At, axis: int) -> list[At]:
        """Return the sums in a stretch of others of its cells, and what none of them has; none where it has no such sum."""
        if last[axis] - first[axis] > _MOST:
            return []
        budget.spend(budget.STEPS, last[axis] - first[axis])
        line = [_along(first, axis, step) for step in range(last[axis] - first[axis] + 1)]
        if at in line:
            return []
        places = {each: place for place, each in enumerate(line)}
        inside = {each: self.sums[each] for each in line if each in self.sums}
        own = {each: ends for each, ends in inside.items() if ends[0] in places and ends[1] in places and ends[0] != ends[1]}
        if not own or any(places[ends[0]] <= places[each] <= places[ends[1]] for each, ends in own.items()):
            return []
        added = _within(line, axis, sorted((start[axis], end[axis]) for start, end in own.values()))
        counted = [each for each in line if each in self.amounts and each not in added]
        return counted if len(counted) <= _MOST_TERMS and any(each in own for each in counted) else []

    def _leaves_out(self, at: At, first: At, last: At, axis: int) -> bool:
        """Return whether figures between a stretch and its sum are left out that the sum beside it has of its own line."""
        left_out = at[axis] - last[axis] - 1
        if not 0 < left_out <= last[axis] - first[axis] + 1:
            return False
        beside = []
        for step in (-1, 1):
            place = (at[0], at[1] + step) if axis == 0 else (at[0] + step, at[1])
            other = self.sums.get(place)
            if other is not None and other[0][1 - axis] == other[1][1 - axis] == place[1 - axis]:
                beside.append((other[0][axis], other[1][axis]))
        if not beside or any(each != (first[axis], at[axis] - 1) for each in beside):
            return False
        budget.spend(budget.STEPS, left_out)
        return all(_along(last, axis, step) in self.amounts for step in range(1, left_out + 1))

    def _begins_late(self, at: At, first: At, last: At, axis: int) -> bool:
        """Return whether a typed figure before a stretch is left out that the sums beside it have of their own lines, and nobody takes it."""
        left = _along(first, axis, -1)
        beside = [
            (other[0][axis], other[1][axis])
            for step in (-1, 1)
            if (other := self.sums.get(place := (at[0], at[1] + step) if axis == 0 else (at[0] + step, at[1]))) is not None
            and other[0][1 - axis] == other[1][1 - axis] == place[1 - axis]
        ]
        is_idle = (self.cells.page.title, *left) not in self.cells.references.used
        of_others = bool(beside) and all(each == (left[axis], last[axis]) for each in beside)
        return of_others and is_idle and left in self.amounts and left not in self.own

    def _is_next(self, at: At, first: At, last: At, axis: int) -> bool:
        """Return whether the one figure between a stretch and its sum was typed as those of the stretch, and nobody takes it."""
        left = _along(last, axis, 1)
        if at[axis] - last[axis] != 2 or last[axis] - first[axis] < _FEWEST - 1 or axis != 0:
            return False
        line = [_along(first, axis, step) for step in range(last[axis] - first[axis] + 2)]
        if self._are_copies(line):
            return (self.cells.page.title, *left) not in self._summed
        if any(each not in self.amounts or each in self.own for each in line):
            return False
        if any((row, col + step) in self.amounts for row, col in line for step in (-1, 1)):
            return False  # of a table its lines' names say more
        kinds = {self._kind(each) for each in line}
        where = (self.cells.page.title, *left)
        label = self.cells.label(self.amounts[left][0])
        return (
            len(kinds) == 1
            and where not in self.cells.references.used
            and label is not None
            and not _NO_PART.search(label.flat)
        )

    def _are_copies(self, line: Sequence[At]) -> bool:
        """Return whether all cells of a line have one formula, each as the others do."""
        lying = {
            found.lying if (found := parted(self.own[each], each)) is not None else None for each in line if each in self.own
        }
        return all(each in self.own for each in line) and len(lying) == 1 and None not in lying

    @cached_property
    def _summed(self) -> set[tuple[str, int, int]]:
        """The cells that some other sum of the sheet has."""
        title = self.cells.page.title
        return {(title, *each) for at in self.sums for each in self._between(*self.sums[at])}

    def _between(self, first: At, last: At) -> Iterator[At]:
        for row in range(first[0], min(last[0], first[0] + _MOST) + 1):
            yield from ((row, col) for col in range(first[1], min(last[1], first[1] + _MOST) + 1))

    def _kind(self, at: At) -> str:
        spot = self.amounts[at][0]
        return "rate" if self.cells.is_rate(spot) else "money" if self.cells.money(spot) is not None else "count"


_NO_PART = terms.of("of_which", "last_year", "difference", "total", "mean", "price", "each", "goal")


def stretch(text: str) -> tuple[At, At] | None:
    """Return the first and the last cell that a formula adds up: by SUM, or one by one, each next to the other."""
    found = _SUM.fullmatch(text)
    if found is None:
        return _one_by_one(text)
    first, last = (int(found[2]) - 1, column_number(found[1])), (int(found[4]) - 1, column_number(found[3]))
    return (first, last) if first[0] <= last[0] and first[1] <= last[1] else None


def _one_by_one(text: str) -> tuple[At, At] | None:
    if _ADDED.fullmatch(text) is None:
        return None
    cells = [(int(row) - 1, column_number(col)) for col, row in _CELL.findall(text.upper())]
    (row, col), many = cells[0], range(len(cells))
    is_line = cells in ([(row + at, col) for at in many], [(row, col + at) for at in many])
    return (cells[0], cells[-1]) if is_line else None


def _within(line: Sequence[At], axis: int, stretches: Sequence[tuple[int, int]]) -> set[At]:
    """Return the cells of a line that some stretch, of several in order, has in it."""
    found: set[At] = set()
    end, at = -1, 0
    for each in line:
        while at < len(stretches) and stretches[at][0] <= each[axis]:
            end = max(end, stretches[at][1])
            at += 1
        if each[axis] <= end:
            found.add(each)
    return found


def _along(at: At, axis: int, step: int) -> At:
    return (at[0] + step, at[1]) if axis == 0 else (at[0], at[1] + step)

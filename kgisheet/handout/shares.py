"""Whole numbers shared by weight, so that the parts add up to the whole exactly: by largest remainder."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor


def shared(whole: int, weights: Sequence[Fraction]) -> list[int]:
    """Return the parts of ``whole``: each its quota rounded down, the rest to the largest remainders, of equal ones to the first.

    No part is a whole unit off its quota; the weights add up to something above 0.
    """
    total = sum(weights, Fraction(0))
    quotas = [whole * weight / total for weight in weights]
    parts = [floor(quota) for quota in quotas]
    rest = whole - sum(parts)
    by_remainder = sorted(range(len(weights)), key=lambda at: (parts[at] - quotas[at], at))
    for at in by_remainder[:rest]:
        parts[at] += 1
    return parts


def shared_within(columns: Sequence[int], weights: Sequence[Fraction]) -> list[list[int]]:
    """Return a row of parts for each weight: every column adds up to its whole, and every row to its part of all of them.

    A row's sum is its part by largest remainder of the sum of the columns; within it, each part is its quota rounded up
    or down. Where there is no such table, a row's sum is rounded the other way.
    """
    total = sum(weights, Fraction(0))
    table = _Table([[whole * weight / total for whole in columns] for weight in weights])
    left = [want - sum(row) for want, row in zip(shared(sum(columns), weights), table.parts, strict=True)]
    for column, whole in enumerate(columns):
        rest = whole - sum(row[column] for row in table.parts)
        for row in table.by_need(column, left)[:rest]:
            table.parts[row][column] += 1
            left[row] -= 1
    while (surplus := next((row for row, lacks in enumerate(left) if lacks < 0), None)) is not None:
        way = table.way(surplus, {row for row, lacks in enumerate(left) if lacks > 0})
        if way is None:
            left[surplus] = 0  # no such table
            continue
        for giving, column, taking in way:
            table.parts[giving][column] -= 1
            table.parts[taking][column] += 1
        left[surplus] += 1
        left[way[-1][2]] -= 1
    return table.parts


class _Table:
    """The quotas, and the parts: each its quota rounded down, or up."""

    def __init__(self, quotas: list[list[Fraction]]) -> None:
        self.quotas = quotas
        self.parts = [[floor(quota) for quota in row] for row in quotas]

    def is_open(self, row: int, column: int) -> bool:
        """Return whether a part can be rounded up at all."""
        return self.quotas[row][column].denominator != 1

    def is_up(self, row: int, column: int) -> bool:
        return self.parts[row][column] > self.quotas[row][column]

    def by_need(self, column: int, left: Sequence[int]) -> list[int]:
        """Return the rows that can be rounded up in a column: first those that lack most for the columns to come."""
        later = range(column + 1, len(self.quotas[0]))
        rows = [row for row in range(len(self.quotas)) if self.is_open(row, column)]
        needs = {row: left[row] - sum(self.is_open(row, other) for other in later) for row in rows}
        return sorted(rows, key=lambda row: (-needs[row], self.parts[row][column] - self.quotas[row][column], row))

    def way(self, start: int, ends: set[int]) -> list[tuple[int, int, int]] | None:
        """Return the shortest way to move one from a row to another: who gives, in which column, who takes."""
        came: dict[int, tuple[int, int]] = {}
        queue = [start]
        for giving in queue:
            for column in (each for each in range(len(self.quotas[0])) if self.is_up(giving, each)):
                for taking in range(len(self.quotas)):
                    if taking == start or taking in came or self.is_up(taking, column) or not self.is_open(taking, column):
                        continue
                    came[taking] = giving, column
                    if taking in ends:
                        return self._back(start, taking, came)
                    queue.append(taking)
        return None

    def _back(self, start: int, end: int, came: dict[int, tuple[int, int]]) -> list[tuple[int, int, int]]:
        steps = []
        while end != start:
            giving, column = came[end]
            steps.append((giving, column, end))
            end = giving
        return steps[::-1]

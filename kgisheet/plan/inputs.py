"""The inputs of a plan by the names of their cells: a value for a single one, a list for a column."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction

Input = Fraction | datetime.date | str | None
"""The content of an input: numbers exact, money in yen, rates as fractions, months as their first day."""


def value_of(inputs: Mapping[str, Input | list[Input]], name: str, row: int | None) -> Input:
    """Return one input of a plan; None for a row that the plan doesn't have."""
    value = inputs.get(name)
    if isinstance(value, list):
        return value[row] if row is not None and row < len(value) else None
    return value

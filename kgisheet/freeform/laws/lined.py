"""Which variables have a cell among their values, and in which table: C5 is of the deals along a row, and of May down a column."""

from __future__ import annotations

from ...formula.grid import Where
from .tables import Table, Tables, Variable

Lined = dict[Where, list[tuple[Table, Variable]]]


def lined(tables: Tables) -> Lined:
    """Return the variables of each cell, and their tables."""
    found: Lined = {}
    for table in tables:
        for variable in table.variables:
            for value in variable.values:
                if value is not None:
                    found.setdefault(value.where, []).append((table, variable))
    return found

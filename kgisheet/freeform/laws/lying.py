"""Lists that lie on their side: a calculator whose budget, CPC, clicks and leads are one row of figures, each under its name."""

from __future__ import annotations

from collections.abc import Iterator

from ..read.plane import Spot
from .lists import Figure, figure_of
from .tables import COUNT, PERCENT, Tables

_LEAST, _MOST = 5, 24


def lying(tables: Tables) -> Iterator[list[Figure]]:
    """Yield the single rows of figures of different kinds that have their names right above, in the row before."""
    for block in tables.blocks:
        rows = {row for row, _ in block}
        if len(rows) != 1 or not _LEAST <= len(block) <= _MOST:
            continue
        (row,) = rows
        heads = [_head(tables, row, col) for _, col in sorted(block)]
        if any(each is None for each in heads):
            continue
        figures = [
            figure_of(tables, tables.values[at], head, None)
            for at, head in zip(sorted(block), heads, strict=True)
            if head is not None
        ]
        # Of offices, months, products all are of one kind; a funnel has rates, and counts that differ.
        kinds = {each.kind for each in figures}
        if PERCENT in kinds and COUNT in kinds and len({each.label for each in figures}) == len(figures):
            yield figures


def _head(tables: Tables, row: int, col: int) -> Spot | None:
    """Return the name right above a figure, of its column alone."""
    head = tables.texts.get((row - 1, col))
    alone = head is not None and head.col == head.last_col and head.amount is None
    return head if alone else None

"""A tree by indents: 全社, its divisions a column further in, their branches two; each is the sum of what is below it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..read import terms
from .judge import FITTING, LEAST, Law, judged
from .law import SUM, Case
from .tables import PERCENT, Tables, Value

_NOT_ADDED = terms.of(*terms.NOT_ADDED)
_LEVELS, _MOST = 2, 60


class _Line(NamedTuple):
    """A line of the tree: how far in its label is, and its figure."""

    depth: int
    value: Value


def outline(tables: Tables) -> Iterator[Law]:
    """Yield the law that each line is the sum of those a step further in below it, till one is as far out again."""
    lines = list(_lines(tables))
    if not LEAST < len(lines) <= _MOST or len({each.depth for each in lines}) < _LEVELS:
        return
    cases = []
    for at, line in enumerate(lines):
        below: list[_Line] = []
        for each in lines[at + 1 :]:
            if each.depth <= line.depth:
                break
            below.append(each)
        parts = tuple(each.value for each in below if each.depth == line.depth + 1)
        if len(parts) >= LEAST and all(each.kind == line.value.kind for each in parts):
            cases.append(Case(SUM, line.value, parts, signs=(1,) * len(parts)))
    law = judged(SUM, cases, lambda case: case.result.exact, FITTING, 1)
    if law is not None:
        yield law


def _lines(tables: Tables) -> Iterator[_Line]:
    """Yield the lines that have one label, in one of the first columns, and a figure behind it."""
    before: dict[int, list[int]] = {}
    figures = tables.firsts[True]
    for row, col in tables.texts:
        if col < figures.get(row, 0):
            before.setdefault(row, []).append(col)
    depths = {col: at for at, col in enumerate(sorted({cols[0] for cols in before.values() if len(cols) == 1}))}
    for row, cols in sorted(before.items()):
        value = tables.values[row, figures[row]]
        if len(cols) == 1 and value.kind != PERCENT and value.number and not _NOT_ADDED.search(tables.texts[row, cols[0]].flat):
            yield _Line(depths[cols[0]], value)

"""A tree by indents: 全社, its divisions a column further in, their branches two; each is the sum of what is below it.

In a tree of goals a line may be the product of the two below it, too: 新規売上, ├ 受注件数, └ 平均単価.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...formula.grid import Where
from ...values.regex import regex
from ..read import terms
from ..read.plane import Spot
from ..rules.slips import is_misspelled
from .judge import FITTING, LEAST, Law, judged
from .law import EXACT, OFF, PRODUCT, SUM, Case
from .tables import COUNT, MONEY, PERCENT, Tables, Value

_NOT_ADDED = terms.of(*terms.NOT_ADDED)
_LEVELS, _MOST, _TWO = 2, 60, 2


class _Line(NamedTuple):
    """A line of the tree: how far in its label is, and its figure."""

    depth: int
    value: Value
    added: bool = True
    """Whether it may be one part of a sum: no rate, and no price."""


def outline(tables: Tables) -> Iterator[Law]:
    """Yield the law that each line is the sum of those a step further in below it, till one is as far out again."""
    every_line = list(_lines(tables))
    lines = [each for each in every_line if each.added]
    if not LEAST < len(every_line) <= _MOST:
        return
    products = list(_products(every_line))
    if not LEAST < len(lines) <= _MOST or len({each.depth for each in lines}) < _LEVELS:
        return
    cases, steps = list[Case](), set[Where]()
    for at, line in enumerate(lines):
        below: list[_Line] = []
        for each in lines[at + 1 :]:
            if each.depth <= line.depth:
                break
            below.append(each)
        every = [each.value for each in below if each.depth == line.depth + 1]
        parts = tuple(each for each in every if each.kind != PERCENT)
        if line.value.kind != PERCENT and len(parts) >= LEAST and all(each.kind == line.value.kind for each in parts):
            cases.append(Case(SUM, line.value, parts, signs=(1,) * len(parts)))
            steps.update({line.value.where} if len(parts) < len(every) else ())
    law = judged(SUM, cases, lambda case: case.result.exact, FITTING, 1)
    if law is not None:
        yield law
        return
    of_two = {each.result.where for each in products}
    cases = [each for each in cases if each.result.where not in of_two]
    failed = [each for each in cases if each.follows() == OFF and each.result.where not in steps]
    failed += [each for each in products if each.follows() == OFF]
    made = {each.result.where for each in (*cases, *products) if each.follows() == EXACT}
    for whole in failed:
        # Of a tree of sums and of steps: two that want the same of the line that they share.
        for part in failed:
            if part.result in whole.operands and whole.solved(part.result) == part.exact:
                yield Law(SUM, (), (whole, part))
        # A goal may be less than what its branches come to; mistyped it is off by a digit.
        is_made = len({each.where for each in whole.operands} & made) == len(whole.operands)
        if is_made and is_misspelled(whole.result.exact, whole.exact):
            yield Law(SUM, (), (whole._replace(only=whole.result.where),))
        # A part that its own share, beside it, makes just what the sum wants of it.
        for value in whole.operands:
            share = tables.rate((value.at[0], value.at[1] + 1))
            if share is not None and whole.solved(value) == whole.result.exact * share.exact:
                yield Law(SUM, (), (whole._replace(only=value.where),))
                yield Law(PRODUCT, (), (Case(PRODUCT, value, (whole.result, share), only=value.where),))


def _products(lines: Sequence[_Line]) -> Iterator[Case]:
    """Yield the lines with two below them that aren't added up: how many, and at which price, or which share of them."""
    for at, line in enumerate(lines):
        end = next((each for each in range(at + 1, len(lines)) if lines[each].depth <= line.depth), len(lines))
        two = [each for each in lines[at + 1 : end] if each.depth == line.depth + 1]
        if len(two) != _TWO or line.value.kind == PERCENT or all(each.added for each in two):
            continue
        kinds = [each.value.kind for each in two]
        made = MONEY if MONEY in kinds else COUNT
        if line.value.kind == made and len({line.value.kind, *kinds}) > 1 and kinds.count(PERCENT) < _TWO:
            yield Case(PRODUCT, line.value, (two[0].value, two[1].value))


def _lines(tables: Tables) -> Iterator[_Line]:
    """Yield the lines that have one label, in one of the first columns, and a figure behind it."""
    before: dict[int, list[int]] = {}
    figures = tables.firsts[True]
    for row, col in tables.texts:
        if col < figures.get(row, 0):
            before.setdefault(row, []).append(col)
    own = {row: cols[0] for row, cols in before.items() if len(cols) == 1}
    # KGI before the first of them.
    usual = max(set(own.values()), key=list(own.values()).count, default=0)
    own |= {row: usual for row, cols in before.items() if len(cols) > 1 and cols[-1] == usual and row == min(before)}
    places = {}
    inside, closed = 0, False
    for row, col in sorted(own.items()):
        label = tables.texts[row, col]
        branch = _branch(label)
        # After the last branch, └, others further out than their signs say are its own.
        inside = inside + 1 if branch and closed and inside < _DEEP else inside if branch else 0
        places[row] = (col, _indent(label) + inside * _STEP)
        closed = bool(branch) and branch in _LAST
    depths = {place: at for at, place in enumerate(sorted(set(places.values())))}
    for row, col in sorted(own.items()):
        value = tables.values[row, figures[row]]
        if value.number:
            added = value.kind == PERCENT or not _NOT_ADDED.search(_IN_BRACKETS.sub("", tables.texts[row, col].flat))
            yield _Line(depths[places[row]], value, added)


def _indent(label: Spot) -> int:
    """Return how far in a label is in its own cell, by what is before its first letter: 　└提携銀行から."""
    match = _BEFORE.match(label.written)
    return len(match[0]) if match is not None else 0


def _branch(label: Spot) -> str:
    """Return the sign of a branch with which a label begins at the margin: ├, └."""
    first = label.written[:1]
    return first if first in _BRANCHES else ""


_IN_BRACKETS = regex(r"\(.*?\)")
"""Of what a rate is, say brackets: 商談(受注率20%)."""

_BRANCHES, _LAST = "├┣└┗", "└┗"
_DEEP, _STEP = 3, 2
_BEFORE = regex(r"[\s└├┗┣│・>＞→-]*")

"""Figures that were worked out before a price, or a rate, was changed: 1,500,000, beside it 旧1,200,000, and still 60 deals of 72 million."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ...values.regex import regex
from .judge import Law
from .law import PRODUCT, Case
from .lists import Figure
from .tables import PERCENT, Tables

_OLD = regex(r"旧|前回|従来|以前|改定前|変更前|値上げ前|\b(?:old|was|formerly|former|before|until|previously)\b")
_NUMBER = regex(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?(?![\d.,])")
_NEAR = 3


def stale(tables: Tables, every: Sequence[Sequence[Figure]]) -> Iterator[Law]:
    """Yield the figures that two others of their list make by the old number beside one of them, and not by the new one."""
    for figures in every:
        for at, changed in enumerate(figures):
            for old in _old(tables, changed):
                yield from _of_old(figures, at, old)


def _old(tables: Tables, figure: Figure) -> Iterator[Fraction]:
    """Yield the numbers that a remark beside a figure says it was."""
    row, col = figure.value.at
    for spot in tables.cells.page.plane.rows.get(row, ()):
        if spot.text and spot.col > col and _OLD.search(spot.flat):
            for number in _NUMBER.findall(spot.flat):
                said = Fraction(number.replace(",", "")) / (100 if figure.kind == PERCENT else 1)
                if said not in (0, figure.value.exact):
                    yield said


def _of_old(figures: Sequence[Figure], at: int, old: Fraction) -> Iterator[Law]:
    changed = figures[at].value
    near = [
        each.value
        for each in figures[max(0, at - _NEAR) : at + _NEAR + 1]
        if each.value is not changed and each.kind != PERCENT
    ]
    for whole in near:
        for part in near:
            if whole is part or not part.number or part.exact * old != whole.exact or part.exact * changed.exact == whole.exact:
                continue
            last = max((whole, part), key=lambda each: each.at)
            if not (whole.uses or part.uses):
                yield Law(PRODUCT, (), (Case(PRODUCT, whole, (part, changed), only=last.where),))

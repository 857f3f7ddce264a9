"""Columns, or rows, that compare two others by their figures, whatever they are called: Base, Stretch, Stretch vs base.

120 % of the deals and 104 % of the win rate are each the one column's figure by the other's: a win rate of a plan can't exceed 100 %,
but one plan's may exceed the other's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import permutations

from ...values.units import RATE
from .amounts import Amount
from .lexicon import OTHER, TEXT, Word, unit_of_field
from .plane import Plane, Spot

_LEAST, _NEAR, _MOST = 3, 4, 40
_SLACK = Fraction(51, 100)
"""Of the last digit that a comparison shows."""

Line = Mapping[int, Amount]


def settle(plane: Plane) -> None:
    """Set aside the heading of a column, or the label of a row, whose figures compare two others."""
    for across in (True, False):
        lists: dict[tuple[int, int], list[Spot]] = {}
        for each in plane.fields if len(plane.fields) >= _LEAST else ():
            section = plane.sections.get((each.row, each.col), 0)
            lists.setdefault((each.col if across else each.row, section), []).append(each)
        for (at, _), labels in lists.items():
            if _LEAST <= len(labels) <= _MOST and len({_is_rate(each) for each in labels}) > 1:
                for place in _comparing(plane, at, labels, across):
                    _set_aside(plane, place, labels[0], across)


def _comparing(plane: Plane, at: int, labels: Sequence[Spot], across: bool) -> Iterator[int]:
    """Yield the columns after a list of labels that are, on each of its lines, one of two others by the other."""
    lines = [
        {
            (spot.col if across else spot.row): spot.amount
            for spot in (plane.rows[each.row] if across else plane.cols[each.col])
            if (spot.col if across else spot.row) > at and spot.number and spot.amount is not None
        }
        for each in labels
    ]
    places = sorted({place for line in lines for place in line})
    for index, place in enumerate(places):
        own = [(line, _is_rate(label)) for line, label in zip(lines, labels, strict=True) if place in line]
        if len(own) < _LEAST or len({is_rate for _, is_rate in own}) < 2:
            continue
        near = [each for each in places[max(0, index - _NEAR) : index + _NEAR] if each != place]
        if any(_are_compared([line for line, _ in own], place, *pair) for pair in permutations(near, 2)):
            yield place


def _are_compared(lines: Sequence[Line], place: int, one: int, other: int) -> bool:
    """Return whether all figures of a column are those of one by those of another, or how much more that is; not the same everywhere."""
    if any(one not in line or other not in line or not line[other].number for line in lines):
        return False
    for less in (0, 1):
        made = [line[one].number / line[other].number - less for line in lines]
        held = sum(_is(line[place], each) for line, each in zip(lines, made, strict=True))
        if len(set(made)) > 1 and held >= len(lines) - (len(lines) > _LEAST + 1):
            return True  # one of many may be mistyped
    return False


def _is(amount: Amount, made: Fraction) -> bool:
    """Return whether a figure is a number, as it is shown: 115 % for 288 ÷ 250."""
    is_rate = amount.unit is not None and amount.unit.kind == RATE
    shown = amount.number.limit_denominator(1000)
    step = Fraction(1, 10 if shown.denominator == 10 else 100) if not is_rate else Fraction(1, shown.denominator)
    return abs(made * (100 if is_rate else 1) - amount.number) <= _SLACK * step


def _is_rate(label: Spot) -> bool:
    return label.word is not None and bool(label.word.field) and unit_of_field(label.word.field) == RATE


def _set_aside(plane: Plane, place: int, first: Spot, across: bool) -> None:
    before = plane.cols[place] if across else plane.rows[place]
    heads = [each for each in before if each.text and (each.row < first.row if across else each.col < first.col)]
    if heads and heads[-1].kind == TEXT:
        heads[-1].means(Word(OTHER, heads[-1].text))

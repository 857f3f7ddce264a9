"""Steps between ranges: of 40 deals at 20-25 % follow 160-200 proposals, the fewest by the best rate.

The ends of each range are figures of their own. Three hold at least, or two and two others want the same of one end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from ...values.regex import regex
from ..read.plane import Spot
from .judge import Law, agreed, shared
from .law import PRODUCT, ROUNDED, Case
from .tables import COUNT, PERCENT, Tables, Value

_RATE = regex(r"(?<![\d.])(\d+(?:\.\d+)?)\s*%?\s*[~〜–-]\s*(\d+(?:\.\d+)?)\s*%")
_FEW = 400
"""Texts of a sheet in which ranges are looked for."""

_LEAST, _SURE = 2, 3


class _Range(NamedTuple):
    """A range, or one figure: both its ends."""

    low: Value
    high: Value

    @property
    def kind(self) -> str:
        return self.low.kind

    @property
    def at(self) -> tuple[int, int]:
        return self.low.at


def ranges(tables: Tables) -> Iterator[Law]:
    """Yield the steps between ranges, one below the other or side by side with their rates a line below."""
    if len(tables.texts) > _FEW:
        return
    found = {at: each for at, spot in tables.texts.items() if (each := _range(tables, spot)) is not None}
    if len(found) < _LEAST:
        return
    every = {**{at: _Range(value, value) for at, value in tables.values.items()}, **found}
    for axis in (1, 0):
        ordered = sorted(every.items(), key=lambda pair: pair[0][1 - axis])
        own = sorted({at[axis] for at in found})
        rows = [[each for at, each in ordered if at[axis] == line] for line in own]
        lines = [[each for at, each in ordered if at[axis] in (line, line + 1 - axis)] for line in own]
        for law in (_of_all(rows), *map(_law, lines)):
            if law is not None:
                # That the other end holds confirms nothing of a cell.
                wrong = shared(law.failed) if law.failed else frozenset()
                both = {each.places for each in law.failed}
                alone = len(both) == 1 and len(law.failed) > 1  # at both ends of one step: what holds for another step does
                held = (each for each in law.held if not (each.places in both if alone else wrong & each.places))
                yield law._replace(held=tuple(held))
                return


def _range(tables: Tables, spot: Spot) -> _Range | None:
    """Return the range that a cell holds, or the one of rates that its text says."""
    amount = tables.cells.amounts.get((spot.row, spot.col))
    rate = _RATE.search(spot.flat) if amount is None or amount[1].upto is None else None
    if amount is not None and amount[1].upto is not None:
        is_rate, ends = tables.cells.is_rate(spot), sorted((amount[1].number, amount[1].upto))
    elif rate is not None:
        is_rate, ends = True, sorted((Fraction(rate[1]), Fraction(rate[2])))
    else:
        return None
    label = tables.cells.label(spot)
    is_beside = label is not None and label.row == spot.row and (is_rate or not _is_wide(tables, spot))
    own = (label if is_beside else tables.cells.heading(spot)) or spot
    name = own.text if not is_rate or amount is not None else spot.text
    said = (", lower end", ", upper end") if name.isascii() else ("の下限", "の上限")
    by = Fraction(1, 100) if is_rate else Fraction(1)
    low, high = (
        Value(
            tables.title,
            spot,
            end * by,
            float(end * by),
            float(by),
            len(str(int(end)).strip("0")) or 1,
            PERCENT if is_rate else COUNT,
            name=name + its,
        )
        for end, its in zip(ends, said, strict=True)
    )
    return _Range(low, high)


def _is_wide(tables: Tables, spot: Spot) -> bool:
    """Return whether another figure is before a range in its row: it is named by what is above it."""
    return any((spot.row, col) in tables.cells.amounts for col in range(max(1, spot.col - 4), spot.col))


def _of_all(lines: Sequence[Sequence[_Range]]) -> Law | None:
    """Return the law of the steps on several lines, all of which hold but for those that one range is in: the plans A, B and C."""
    for back in (True, False):
        cases = [
            each
            for along in lines
            for three in zip(along, along[1:], along[2:], strict=False)
            for each in _step(*three, back=back)
        ]
        held = tuple(each for each in cases if each.follows() <= ROUNDED)
        failed = tuple(each for each in cases if _is_off(each))
        if failed and len(failed) <= _LEAST and len(held) >= _SURE * len(failed) and shared(failed):
            return Law(PRODUCT, held, failed)
    return None


def _law(along: Sequence[_Range]) -> Law | None:
    best: Law | None = None
    for back in (True, False):
        cases = [each for three in zip(along, along[1:], along[2:], strict=False) for each in _step(*three, back=back)]
        held = tuple(each for each in cases if each.follows() <= ROUNDED)
        failed = tuple(each for each in cases if _is_off(each))
        agree = (len(failed) == _LEAST and any(same for _, same in agreed(*failed))) or _are_of_both_ends(failed)
        if len(held) < (_LEAST if agree or not failed else _SURE) or (len(failed) > 1 and not agree):
            continue
        if best is None or len(held) > len(best.held):
            best = Law(PRODUCT, held, failed)
    return best


def _are_of_both_ends(failed: Sequence[Case]) -> bool:
    """Return whether the steps before and after a range fail at both of its ends, and want the same of each: 86-100, and not 96-110."""
    if len(failed) != 2 * _LEAST:
        return False
    pairs = [(one, other) for one, other in combinations(failed, 2) if any(True for _ in agreed(one, other))]
    ends = [(cell, one.solved(cell), other.solved(cell)) for one, other in pairs for cell, _ in agreed(one, other)]
    close = [cell for cell, one, other in ends if one is not None and other is not None and abs(one - other) < 1]
    exact = [cell for cell, one, other in ends if one == other]
    return len(close) == _LEAST and bool(exact) and len({each.where for each in close}) == 1


def _step(one: _Range, rate: _Range, other: _Range, *, back: bool) -> Iterator[Case]:
    """Yield how the ends of a range follow: going back, the fewest by the highest rate."""
    if rate.kind != PERCENT or PERCENT in (one.kind, other.kind) or one.kind != other.kind:
        return
    if all(each.low is each.high for each in (rate, other)):
        return
    if back:
        yield Case(PRODUCT, one.low, (other.low, rate.high))
        yield Case(PRODUCT, one.high, (other.high, rate.low))
    else:
        yield Case(PRODUCT, other.low, (one.low, rate.low))
        yield Case(PRODUCT, other.high, (one.high, rate.high))


def _is_off(case: Case) -> bool:
    """Return whether a step fails though its counts may be rounded to tens or hundreds; its rate was set."""
    (one, rate), off = case.operands, abs(float(case.exact) - case.result.number)
    return case.follows() > ROUNDED and off > rate.number * _unit(one) / 2 + _unit(case.result) / 2


def _unit(value: Value) -> int:
    """Return ten, or a hundred, for a count that may be rounded to it: 120, 1,400, but not 20."""
    return next((unit for unit in (100, 10) if value.number % unit == 0 and value.number >= 10 * unit), 1)

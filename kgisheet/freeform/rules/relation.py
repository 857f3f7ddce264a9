"""One relation between figures: what it relates, whether it holds, how its result comes about."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from ...formula.grid import Where
from ...language.catalogue import Phrase
from ..read import terms
from ..read.figures import Figure

BUFFERED = "buffered"
QUOTIENT, SUM, NEED, SHARES, SPLIT, REVENUE, MONTHS = "quotient", "sum", "need", "shares", "split", "revenue", "months"
"""NEED: the channels' meetings against those that the page works out; SUM: against a total of their own table."""
HOLDS, BY_OTHER, FAILS = "holds", "by_other", "fails"
"""It holds for the cells as they are; only if another cell, already found wrong, held what it should; not at all."""


APART = terms.of("unique")
"""People who may be in several of the parts: they aren't added up."""


class Relation(NamedTuple):
    """One relation. ``exact`` is the result that the operands give; ``formula`` says so in Excel."""

    kind: str
    result: Figure
    operands: tuple[Figure, ...]
    exact: Fraction
    state: str
    way: Phrase
    formula: str
    unsure: bool = False  # several cells could have been meant
    in_numbers: bool = False  # a remark has its operands as they are: 400÷100

    def is_told(self, told: set[tuple[str | None, str | None]]) -> bool:
        """Return whether something is said of one of its cells already, by sheet and address."""
        return any((cell.where[0], cell.cell) in told for cell in self.cells)

    @property
    def cells(self) -> tuple[Figure, ...]:
        return (self.result, *self.operands)


def needed(relation: Relation, where: Where, result: Fraction | None = None) -> Fraction | None:
    """Return what a cell has to be for a relation to give its result, or another one; None where nothing would do."""
    if where == relation.result.where:
        return relation.exact
    figure = next(each for each in relation.operands if each.where == where)
    value, to = figure.value or Fraction(0), (relation.result.value or Fraction(0)) if result is None else result
    if relation.kind not in (QUOTIENT, SPLIT, BUFFERED):
        return value + to - relation.exact
    if not relation.exact or not to:
        return None
    is_divisor = relation.kind == QUOTIENT and figure is not relation.operands[0] and _divides(relation)
    return value * relation.exact / to if is_divisor else value * to / relation.exact


def _divides(relation: Relation) -> bool:
    """Return whether a quotient's exact result is the first operand divided by the others, not times them."""
    source, *rates = (each.value or Fraction(0) for each in relation.operands)
    divisor = math.prod(rates, start=Fraction(1))
    return divisor != 0 and abs(source / divisor - relation.exact) <= abs(source * divisor - relation.exact)


def swapped(cell: Figure, relation: Relation) -> bool:
    """Return whether the sum would hold with the digits of a cell in another order: 46 for 64."""
    value, meant = cell.value or Fraction(0), needed(relation, cell.where) or Fraction(0)
    if value.denominator != 1 or meant.denominator != 1 or value == meant or value * meant < 0:
        return False
    return sorted(str(abs(int(value)))) == sorted(str(abs(int(meant))))


def slipped(relation: Relation) -> Figure | None:
    """Return the figure with which a sum would hold if its digits were in another order, or it, and no other, were of another unit."""
    exchanged = next((each for each in relation.cells if swapped(each, relation)), None)
    if exchanged is not None:
        return exchanged
    pairs = ((each, each.value or Fraction(0), needed(relation, each.where) or Fraction(0)) for each in relation.cells)
    tenfold = [each for each, now, meant in pairs if now > 0 < meant and max(now / meant, meant / now) in _UNITS]
    return tenfold[0] if len(tenfold) == 1 else None


_UNITS = (10, 100, 1000)


def at_fault(
    relations: Sequence[Relation], told: set[tuple[str | None, str | None]], sound: Collection[Where] = ()
) -> Iterator[tuple[Figure, Relation]]:
    """Yield the figure that neighbouring relations fail by, each with the first of them; relations with that figure are explained.

    It is one that they have in common and that no relation confirms; else the first relation's that none does, else its result.
    Of what is ``told`` already nothing is said, and ``sound`` are cells that others confirm.
    """
    sound = {*sound, *(cell.where for each in relations if each.state == HOLDS for cell in each.cells)}
    left = [each for each in relations if each.state == FAILS and not each.is_told(told)]
    while left:
        first = left[0]
        cells = {cell.where for cell in first.cells}
        near = [{cell.where for cell in each.cells} for each in left if any(cell.where in cells for cell in each.cells)]
        common = set.intersection(*near) if len(near) > 1 else set()
        doubtful = [each for each in first.cells if each.where not in sound and not first.in_numbers]
        wrong = next((each for each in doubtful if each.where in common), next(iter(doubtful), first.result))
        group = [each for each in left if wrong.where in {cell.where for cell in each.cells}]
        yield wrong, group[0]
        left = [each for each in left if each not in group]


_TIMES = 3


def is_weighed(parts: Sequence[Fraction] | Sequence[float], total: Fraction | float, counted: bool) -> bool:
    """Return whether a total is among its parts, as a weighed mean is; what is ``counted`` only where their sum is beyond reason."""
    return 0 < min(parts) < total < max(parts) and (not counted or is_another(parts, total)) and not _is_tenfold(parts, total)


def _is_tenfold(parts: Sequence[Fraction] | Sequence[float], total: Fraction | float) -> bool:
    """Return whether a total is that of its parts, if the largest were a tenth, a hundredth, a thousandth of what it is."""
    most = max(parts)
    meant = float(total) - (float(sum(parts)) - float(most))
    return len(parts) > _TIMES - 1 and any(
        abs(meant * by - float(most)) <= float(most) * 1e-9 for by in (10, 100, 1000, 10_000)
    )


def is_another(parts: Sequence[Fraction] | Sequence[float], total: Fraction | float) -> bool:
    """Return whether figures make so much more than what is called their total that neither it nor one of them was mistyped."""
    added = float(sum(parts))
    gap, whole = added - float(total), float(total)
    tenfold = any(abs(added - power * whole) <= added / 50 for power in (10, 100, 1000))
    return added > _TIMES * whole and gap > float(max(parts)) and not tenfold

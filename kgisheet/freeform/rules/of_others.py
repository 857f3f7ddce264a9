"""Relations that fail since they are of other figures, as the sheet's formulas, brackets or columns say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ...formula.grid import Where
from ...values.regex import regex
from ...values.units import RATE
from ..read import terms
from ..read.figures import ALL, OF_CHANNEL
from ..read.spelling import plain
from .cells import Cells
from .relation import QUOTIENT, SHARES, SPLIT, SUM, Relation
from .rounding import fits

_BASE = regex(r"[(（]([^()（）]{2,12}?)比[)）]|[(（]% of ([^()（）]{3,24})[)）]")
_FEWEST, _NEAR = 2, 2
_MEAN = terms.of("mean")


def is_of_others(relation: Relation, cells: Cells) -> bool:
    """Return whether a relation that fails is of other figures than those that labels suggest."""
    return (
        _is_summed_above(relation, cells)
        or _has_another_base(relation, cells)
        or _is_of_what_was_taken(relation, cells)
        or _has_a_denominator_beside(relation, cells)
        or _is_of_means(relation, cells)
        or _has_the_sum_of_the_others(relation)
        or _is_of_its_own_column(relation, cells)
        or _is_by_a_rate_nearer(relation, cells)
    )


def has_another_result(relation: Relation, holding: Sequence[Relation]) -> bool:
    """Return whether the same source and rate make another figure of the same stage: the meetings of both, and not of the outbound ones."""
    if relation.kind != QUOTIENT:
        return False
    of = {each.where for each in relation.operands}
    return any(
        each.kind == QUOTIENT
        and each.result.field == relation.result.field
        and each.result.where != relation.result.where
        and {cell.where for cell in each.operands} == of
        for each in holding
    )


def _is_by_a_rate_nearer(relation: Relation, cells: Cells) -> bool:
    """Return whether another rate of the rate's line, nearer to two counts of one column, makes one of the other exactly: of what is left, 32.7 %."""
    if relation.kind != QUOTIENT or len(relation.operands) != _FEWEST or relation.operands[1].kind != RATE:
        return False
    result, (source, rate) = relation.result, relation.operands
    (row, far), col = rate.at, result.at[1]
    if source.at[1] != col or not result.value or not source.value:
        return False
    near = [
        cells.amounts[row, at][0]
        for at in range(min(far, col) + 1, max(far, col) + 1)
        if (row, at) in cells.amounts and at != far
    ]
    return any(cells.is_rate(each) and abs(cells.value(each) * result.value / source.value - 1) <= _FINE for each in near)


_FINE = Fraction(1, 10**6)


def _has_the_sum_of_the_others(relation: Relation) -> bool:
    """Return whether one of the parts of a sum is all the others together: Top three, below three channels of many."""
    cells = relation.operands if relation.kind == SUM else relation.cells if relation.kind == SHARES else ()
    parts = [each.value or Fraction(0) for each in cells]
    # 100 % are the whole, of which others know.
    return len(parts) > _FEWEST and any(each not in (0, 1) and 2 * each == sum(parts) for each in parts)


def _is_of_means(relation: Relation, cells: Cells) -> bool:
    """Return whether all figures are on a line of means: the mean rate of the teams isn't that of their mean counts."""
    rows = {each.at[0] for each in relation.cells}
    label = cells.label(cells.amounts[relation.result.at][0]) if relation.result.at in cells.amounts else None
    return relation.kind == QUOTIENT and len(rows) == 1 and label is not None and _MEAN.search(label.flat)


def _is_of_its_own_column(relation: Relation, cells: Cells) -> bool:
    """Return whether a figure follows from that of its own column, where labels took the one beside it: 288 of 720, with the buffer."""
    if relation.kind not in (QUOTIENT, SPLIT) or not relation.exact or not relation.result.value:
        return False
    if any(each.scope.kind not in (ALL, OF_CHANNEL) for each in relation.cells):
        return False  # of a later month, or quarter, on purpose
    for each in relation.operands:
        own = cells.amounts.get((each.at[0], relation.result.at[1]))
        taken = cells.amounts.get(each.at)
        if own is None or taken is None or each.at[1] == relation.result.at[1] or not each.value or each.kind == RATE:
            continue
        label = cells.label(taken[0])
        if label is None or cells.label(own[0]) is not label:
            continue
        times = cells.value(own[0]) / each.value
        if times and relation.result.value in (relation.exact * times, relation.exact / times):
            return True
    return False


def _is_summed_above(relation: Relation, cells: Cells) -> bool:
    """Return whether a total's formula adds up all above it that labels add, and only what is below the total isn't in it."""
    uses = cells.references.of(relation.result.where)
    parts = {each.where for each in relation.operands}
    left = parts - uses
    return (
        relation.kind == SUM
        and len(parts & uses) >= _FEWEST
        and bool(left)
        and all(each[1] > relation.result.where[1] for each in left)
        and all(each[1] < relation.result.where[1] for each in parts & uses)
    )


def _has_another_base(relation: Relation, cells: Cells) -> bool:
    """Return whether a rate says in brackets of what it is, and that isn't the name of the figure that it would be of: 商談化率（新規社数比）."""
    if relation.kind != QUOTIENT:
        return False
    for rate in relation.operands[1:]:
        said = _BASE.search(plain(rate.label)) if rate.kind == RATE else None
        base = (said[1] or said[2]) if said is not None else ""
        if base and not any(base in text for text in _names(cells, relation.result.at)):
            return True
    return False


def _names(cells: Cells, at: tuple[int, int]) -> Iterator[str]:
    """Yield what is before a figure, and over it."""
    spot = cells.amounts[at][0] if at in cells.amounts else None
    for each in (cells.label(spot), cells.heading(spot)) if spot is not None else ():
        if each is not None:
            yield plain(each.text)


def _is_of_what_was_taken(relation: Relation, cells: Cells) -> bool:
    """Return whether a figure follows from the one beside its source, which is that, rounded up: 73.3, 80 are taken, 80 ÷ 15 %."""
    if relation.kind != QUOTIENT or len(relation.operands) != _FEWEST or not relation.result.value:
        return False
    source, divisor = relation.operands
    row, col = source.at
    if not divisor.value or not source.value or source.value.denominator == 1:
        return False
    beside = (cells.amounts.get((row, col + step)) for step in range(1, _NEAR + 1))
    taken = [cells.value(each[0]) for each in beside if each is not None]
    return any(
        source.value < each < 2 * source.value and fits(relation.result.value * 10, each / divisor.value * 10) for each in taken
    )


def _has_a_denominator_beside(relation: Relation, cells: Cells) -> bool:
    """Return whether the formula of a rate takes the line that a text beside it names, and not the relation's: =B5/B3, 分母 リード."""
    if relation.kind != QUOTIENT:
        return False
    own = frozenset(each.where for each in relation.cells)
    return any(each.kind == RATE and is_of_a_line_beside(each.where, own, cells) for each in relation.cells)


def is_of_a_line_beside(rate: Where, own: frozenset[Where], cells: Cells) -> bool:
    """Return whether the formula of a rate takes another line than its ``own``, which a text beside it names."""
    beside = [each for each in cells.rows[rate[1]].texts if each.col > rate[2]]
    for _, row, col in cells.references.of(rate) - own if beside else ():
        label = cells.label(cells.amounts[row, col][0]) if (row, col) in cells.amounts else None
        if label is not None and any(each.flat and each.flat in label.flat for each in beside):
            return True
    return False

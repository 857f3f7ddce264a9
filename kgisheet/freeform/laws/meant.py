"""Ties that fail though their figures are right: totals of rounded parts, and formulas that say that they are of other cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from ...formula.grid import Where
from ...values.units import COUNT, RATE
from ..rules.references import References
from ..rules.relation import MONTHS, QUOTIENT
from ..rules.rounding import as_written
from .law import EXACT, GROWN, MULTIPLE, PRODUCT, ROUNDED, SUM
from .tables import PERCENT
from .tie import NAMED, Tie

_PEERS, _THREE = 2, 3


def added(every: Sequence[Tie]) -> dict[Where, int]:
    """Return the totals that add up exactly, each with how many parts it has."""
    found: dict[Where, int] = {}
    for tie in every:
        of_relation = tie.relation is not None and tie.relation.kind in (SUM, MONTHS)
        of_case = tie.case is not None and tie.case.kind == SUM and all(sign == 1 for sign in tie.case.signs)
        if tie.holds and (of_relation or of_case):
            found[tie.result] = max(found.get(tie.result, 0), len(tie.cells) - 1)
    return found


def is_of_rounded_parts(tie: Tie, parts: Mapping[Where, int]) -> bool:
    """Return whether a total follows but for the roundings of its parts: 18 + 17 + 19 of 15 % each, and 15 % of all.

    It adds up, and each of its parts follows by itself: so it is right, though a rate of the whole makes one less.
    """
    many = parts.get(tie.result, 0)
    if many < _PEERS:
        return False
    case = tie.case
    if case is not None:
        return (
            case.kind in (PRODUCT, GROWN, MULTIPLE)
            and case.result.kind != PERCENT
            and len(tie.peers) >= _PEERS
            and abs(float(case.exact) - case.result.number) <= many * case.result.step / 2
        )
    relation = tie.relation
    return (
        relation is not None
        and relation.kind == QUOTIENT
        and relation.result.kind == COUNT
        and abs(relation.exact - (relation.result.value or Fraction(0))) <= Fraction(many, 2)
    )


def is_total_of_rounded(tie: Tie, holding: Mapping[Where, Sequence[Tie]]) -> bool:
    """Return whether a total misses its parts by their roundings: each month's deals are its revenue ÷ 16万円, rounded, and the year's, too."""
    relation, case = tie.relation, tie.case
    if relation is not None and case is None and relation.kind in (SUM, MONTHS):
        off = abs((relation.result.value or Fraction(0)) - relation.exact)
    elif case is not None and case.kind == SUM and all(sign == 1 for sign in case.signs):
        off = abs(case.result.exact - case.exact)
    else:
        return False
    made = [
        [each.case for each in holding.get(where, ()) if each.case is not None and each.case.kind == PRODUCT]
        for where in tie.cells[1:]
    ]
    if len(made) < _THREE or not all(made):
        return False
    by_one = set.intersection(*({cell.where for each in own for cell in each.operands} for own in made))
    rounded = sum(any(each.follows() != EXACT for each in own) for own in made)
    return bool(by_one) and rounded >= _THREE and off <= Fraction(rounded, 2)


def has_another_rate(tie: Tie, held: Mapping[Where, Sequence[Tie]]) -> bool:
    """Return whether the two counts of a step follow from one another by another rate: 200 of 1,600 are 12.5 %, whatever 80 % is of."""
    if tie.relation is not None or tie.case is None or tie.case.kind != PRODUCT or len(tie.cells) != _THREE:
        return False
    counts = {each.where for each in tie.case.cells if each.kind != PERCENT}
    # More than all of the other: its rate can't be that of this step.
    is_more = tie.case.result.number > max(each.number for each in tie.case.operands)
    return (
        is_more
        and len(counts) == _PEERS
        and any(
            each.relation is not None
            and each.relation.kind == QUOTIENT
            and len(each.cells) == _THREE
            and counts < set(each.cells)
            for each in held.get(min(counts), ())
        )
    )


def is_said_otherwise(tie: Tie, references: References) -> bool:
    """Return whether a formula of a tie is of other cells, and meant so: man-months ÷ the sum of the months' heads, not their mean.

    It takes the cells of an operand's own line, next to it; or, filled as its neighbours were, it takes one cell of the tie with
    others instead of the rest.
    """
    cells = set(tie.cells)
    for where in tie.cells:
        uses = references.of(where)
        if references.is_filled(where) and _are_of_another_line(where, uses, cells):
            return True  # the next month's deals ÷ their rate, on a line of the same rows
        missing, beside = cells - uses - {where}, uses - cells
        if not (uses & cells and missing and beside):
            continue
        if all(_takes_the_line(beside, each) for each in missing):
            return True
        if tie.relation is not None and all(any(each in references.of(other) for other in beside) for each in missing):
            return True  # of what is left of it: 610 vehicles wanted, 247 signed, the other 363 ÷ 8
        if tie.relation is not None and references.is_filled(where):
            return True
    return False


def are_two_steps(tie: Tie, held: Mapping[Where, Sequence[Tie]]) -> bool:
    """Return whether labels took a step's rate for the next one's: 4 hires ÷ 50 % are 8 offers, and 8 ÷ 20 % the 40 interviews."""
    relation = tie.relation
    if relation is None or tie.case is not None or relation.kind != QUOTIENT or len(relation.operands) != _PEERS:
        return False
    source, rate = (each.where for each in relation.operands)

    def others(one: Where, other: Where) -> set[Where]:
        """Return the cells with which two make an exact product."""
        ties = (each for each in held.get(one, ()) if each.case is not None and each.case.kind == PRODUCT)
        exact = [
            set(each.cells) for each in ties if len(each.cells) == _THREE and each.case is not None and not each.case.follows()
        ]
        return {cell for cells in exact if {one, other} < cells for cell in cells - {one, other}}

    return (
        relation.operands[1].kind == RATE
        and bool(others(source, rate) - {tie.result})
        and bool(others(source, tie.result) - {rate})
    )


def has_its_own_step(tie: Tie, held: Mapping[Where, Sequence[Tie]]) -> bool:
    """Return whether names alone take a rate for a step that is another one's: lead to opportunity, of the direct leads further down."""
    case = tie.case
    if case is None or tie.by != {NAMED} or case.kind != PRODUCT or len(tie.cells) != _THREE:
        return False
    own = set(tie.cells)
    return any(
        len(each.cells) == _THREE
        and len(own & set(each.cells)) == 1
        and each.relation is not None
        and each.relation.kind == QUOTIENT
        for rate in case.operands
        if rate.kind == PERCENT
        for each in held.get(rate.where, ())
    )


def rounded_onward(every: Sequence[Tie]) -> Iterator[Tie]:
    """Yield the quotients that are off as the roundings of the next count make them: 41 × 40 % are 16, rounded, as on the other lines."""
    laws: dict[frozenset[Where], list[Tie]] = {}
    for each in every:
        if each.holds and each.sure and each.case is not None and each.case.follows() == ROUNDED:
            laws.setdefault(frozenset(each.cells), []).append(each)
    for tie in every:
        if tie.holds or tie.relation is None or tie.relation.kind != QUOTIENT:
            continue
        own = [each for each in laws.get(frozenset(tie.cells), ()) if each.result != tie.result]
        # 32 × 40 % are 13, so 32 aren't 13 ÷ 40 %, rounded up: these were worked out onward.
        peers = [peer for each in own for peer in each.peers if peer.result.where != each.result]
        onward = any(peer.follows() == ROUNDED and peer.result.exact > peer.exact for peer in peers)
        # 50 clicks are what the budget makes by their price, as on all lines: of them 15 % are 8, rounded.
        if onward or (any(map(_is_nearest, own)) and any(_makes_exactly(each, tie) for each in every)):
            yield tie


def _is_nearest(tie: Tie) -> bool:
    return tie.case is not None and abs(tie.case.exact - tie.case.result.exact) <= Fraction(1, 2)


def _makes_exactly(tie: Tie, other: Tie) -> bool:
    """Return whether a law that is exact on all its lines ties the result of another tie to none but cells of its own."""
    if tie.case is None or not tie.holds or not tie.sure or tie.case.kind != PRODUCT:
        return False
    return set(tie.cells) & set(other.cells) == {other.result} and all(
        each.follows() == EXACT for each in (tie.case, *tie.peers)
    )


def is_of_blended(tie: Tie, parts: Mapping[Where, int], held: Mapping[Where, Sequence[Tie]]) -> bool:
    """Return whether a step fails on a line of totals whose rate, or price, is that of two other totals: pipeline ÷ the blended win rate."""
    case = tie.case
    if case is None or case.kind != PRODUCT or len(tie.cells) != _THREE:
        return False
    own, summed = set(tie.cells), {each for each in tie.cells if parts.get(each, 0) >= _THREE}
    if len(summed) != _PEERS:
        return False
    (rate,) = own - summed
    others = (
        each for each in held.get(rate, ()) if each.case is not None and each.case.kind == PRODUCT and len(each.peers) > _PEERS
    )
    return any(own & set(each.cells) == {rate} for each in others)


def are_factors(tie: Tie, references: References) -> bool:
    """Return whether a formula multiplies a count by the rate that a law makes it of: 4 people at 75 % are not 75 % of 8 others."""
    case = tie.case
    if case is None or tie.relation is not None or case.kind != PRODUCT or any(each.uses for each in case.cells):
        return False
    rates = [each.where for each in case.operands if each.kind == PERCENT]
    users = references.users
    return any(
        not other <= set(tie.cells) for rate in rates if (other := users.get(rate, set()) & users.get(case.result.where, set()))
    )


def has_its_own_result(tie: Tie, held: Mapping[Where, Sequence[Tie]]) -> bool:
    """Return whether a quotient is that of another line, and this one's figure comes about otherwise: deals, beside customers."""
    relation = tie.relation
    if relation is None or relation.kind != QUOTIENT or tie.case is not None or tie.result not in held:
        return False
    of = set(tie.cells) - {tie.result}
    return any(
        each.relation is not None
        and each.relation.kind == QUOTIENT
        and each.result != tie.result
        and set(each.cells) - {each.result} == of
        and each.relation.result.label != relation.result.label
        for each in held.get(tie.cells[-1], ())
    )


def is_of_totals(tie: Tie, parts: Mapping[Where, int]) -> bool:
    """Return whether two totals have the rate between them that is written, to its last digit: 27 of 76 are 36 %."""
    relation = tie.relation
    if relation is None or relation.kind != QUOTIENT or len(relation.operands) != _PEERS or relation.operands[1].kind != RATE:
        return False
    source, rate = (each.value or Fraction(0) for each in relation.operands)
    counts = (relation.result.where, relation.operands[0].where)
    return all(parts.get(each, 0) > _PEERS for each in counts) and as_written(
        relation.result.value or Fraction(0), source, [rate]
    )


def _are_of_another_line(where: Where, uses: frozenset[Where], cells: set[Where]) -> bool:
    """Return whether a formula takes two cells of another column, and these of the same rows as those of a tie; or the other way round."""
    if len(uses) < _PEERS or uses & cells or any(each[0] != where[0] for each in uses):
        return False
    for along, aside in ((1, 2), (2, 1)):
        lines = {each[aside] for each in uses}
        if len(lines) == 1 and where[aside] not in lines and {each[along] for each in uses} <= {each[along] for each in cells}:
            return True
    return False


def _takes_the_line(uses: frozenset[Where], total: Where) -> bool:
    """Return whether some cells are the ones in line with a total, up to it."""
    sheet, row, col = total
    for down in (True, False):
        line = {
            (where[1] if down else where[2])
            for where in uses
            if where[0] == sheet and where[2 if down else 1] == (col if down else row)
        }
        ends = {row - 1, row + 1} if down else {col - 1, col + 1}
        if len(line) >= _PEERS and line & ends and len(line) == max(line) - min(line) + 1:
            return True
    return False

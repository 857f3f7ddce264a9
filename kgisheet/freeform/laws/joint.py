"""The cell that failing relations have in common: one other value of it makes most of them hold, and breaks the fewest that do.

Relations of every kind are weighed together: what the labels tie, totals, steps, ratios of periods, laws of a table.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from ...formula.grid import Where
from ...values import budget
from ..rules.groups import groups_of
from ..rules.references import References
from ..rules.relation import MONTHS, QUOTIENT
from .alone import is_alone, is_last
from .culprit import CERTAIN, Fault, Witness, best
from .doubted import is_doubted
from .law import EXACT, PRODUCT, ROUNDED, SAME, SUM
from .meant import (
    added,
    are_factors,
    are_two_steps,
    has_another_rate,
    has_its_own_result,
    has_its_own_step,
    is_of_blended,
    is_of_rounded_parts,
    is_said_otherwise,
    is_total_of_rounded,
)
from .tables import PERCENT
from .tie import AGAIN, LAW, NAMED, Tie, width, without

_PROVABLE = frozenset((LAW, AGAIN, NAMED, "totals"))
"""Who finds relations by what figures have in common, by the label of a total alone, or by the names of a list's figures."""

_SHARP = 0.25
"""How widely a cell may be something else for a law that confirms it: 2 a day is 30 to 50 a month."""

_PEERS = 2
_THREE = 3
_SEVERAL = 4


_cells = attrgetter("cells")


def faults(every: Sequence[Tie], aside: set[Where], references: References, witness: Witness) -> tuple[list[Fault], list[Tie]]:
    """Return the cells at fault, where a law of a table takes part, and what is disproved: it fails for it was misunderstood.

    What only labels tie is left to who knows them.
    """
    failing = [each for each in every if not each.holds and not aside & set(each.cells)]
    parts = added(every)
    held: dict[Where, list[Tie]] = {}
    for each in every:
        for where in each.cells if each.holds else ():
            held.setdefault(where, []).append(each)
    disproved = [
        each
        for each in failing
        if _is_misread(each, held)
        or is_of_rounded_parts(each, parts)
        or is_said_otherwise(each, references)
        or has_another_rate(each, held)
        or has_its_own_result(each, held)
        or is_total_of_rounded(each, held)
        or are_factors(each, references)
        or are_two_steps(each, held)
        or has_its_own_step(each, held)
        or is_of_blended(each, parts, held)
    ]
    failing = _roots(without(failing, disproved), references)
    may = {id(each): _suspects(each, references) for each in failing}
    holding: dict[Where, list[Tie]] = {}
    for each in every:
        # Of a range labels compare both ends at once: that says nothing of one of them.
        if each.holds and not (each.relation is not None and any(cell.upto is not None for cell in each.relation.cells)):
            for where in each.cells:
                # A formula follows whatever it refers to: that it does confirms nothing.
                others = frozenset(each.cells) - {where}
                if not any(where in references.of(other) for other in others) and not references.makes_another(where, others):
                    holding.setdefault(where, []).append(each)
    confirmed = [
        each
        for each in failing
        if (each.case is None or _has_anothers_rate(each, holding)) and _is_confirmed_throughout(each, holding)
    ]
    disproved += confirmed
    failing = without(failing, confirmed)
    found: list[Fault] = []
    asked = functools.cache(witness)  # of the same cells again, whenever one of many is found
    groups, by_labels = groups_of(failing, _cells), []
    while groups:
        group = groups.pop()
        if not budget.is_paid(budget.STEPS, budget.FOREIGN * len(group)):
            return found, disproved
        if not any(each.by & _PROVABLE for each in group):
            by_labels.append(group)
            continue
        fault, gain, backed = best(group, holding, may, asked)
        if fault is None:
            continue
        agree = len([each for each in fault.ties if NAMED in each.by]) > 1
        is_only = len(group) == 1 and not groups and not by_labels
        backed = max(backed, any(sum(kind in each.by for each in fault.ties) > 1 for kind in (AGAIN, NAMED)))
        if gain > 0 and any(
            LAW in each.by
            or (backed and each.by & _PROVABLE)
            or (NAMED in each.by and (agree or is_last(each, fault.where, holding) or (is_only and is_alone(each, holding))))
            for each in fault.ties
        ):
            if is_doubted(fault, references):
                disproved += fault.ties  # what else fails by the cell is looked at without them
                groups += groups_of(without(group, fault.ties), _cells)
                continue
            found.append(fault)
        elif gain <= 0:
            # Whatever is corrected, something else that holds would fail: no sum of prices, no law.
            disproved += [
                each for each in fault.ties if each.by == {LAW} or (each.by <= _PROVABLE and _follows_otherwise(each, holding))
            ]
        groups += groups_of([each for each in group if fault.where not in each.cells], _cells)
    for group in by_labels:
        found += _by_labels(group, holding, may, asked)
    return found, disproved


def _roots(failing: Sequence[Tie], references: References) -> list[Tie]:
    """Return the ties that fail by themselves: not the half's that its formula takes from a quarter's, which fails.

    It is of the same months as the quarter's, and would count for one of them twice.
    """
    results = {each.result for each in failing}
    return [
        each
        for each in failing
        if not (uses := references.of(each.result)) & (results - {each.result}) or uses & set(each.cells)
    ]


def _by_labels(
    failing: Sequence[Tie], holding: dict[Where, list[Tie]], may: dict[int, frozenset[Where]], witness: Witness
) -> Iterator[Fault]:
    """Yield the cells at fault among those that labels alone tie, where a witness tells which is."""
    groups = [failing]
    while groups:
        group = groups.pop()
        if not budget.is_paid(budget.STEPS, budget.FOREIGN * len(group)):
            return
        fault, gain, backed = best(group, holding, may, witness)
        if fault is None:
            continue
        if gain > 0 and (
            backed == CERTAIN or any(each.relation is not None and each.relation.in_numbers for each in fault.ties)
        ):
            yield fault
        groups += groups_of([each for each in group if fault.where not in each.cells], _cells)


def _is_confirmed_throughout(tie: Tie, holding: Mapping[Where, Sequence[Tie]]) -> bool:
    """Return whether each cell of a tie is what laws make it: none can be wrong, so the labels say something else.

    A law itself is by chance only where laws that fail nowhere confirm each of its cells.
    """
    return all(any(_confirms(each, where, tie) for each in holding.get(where, ())) for where in tie.cells)


def _confirms(other: Tie, where: Where, tie: Tie) -> bool:
    """Return whether a tie that holds shows a cell of another one to be right."""
    relation, is_law = other.relation, other.case is not None and other.case.kind == SUM and other.case.follows() == EXACT
    is_sum = is_law or (relation is not None and relation.kind in (SUM, MONTHS))
    if is_sum and len(other.cells) > _SEVERAL and other.result == where:
        return True  # so many months add up to what is called their year by no chance
    return bool(
        other.case is not None
        and other.by & {LAW, AGAIN}
        and other.case.kind != SAME
        and (tie.case is None or other.sure)
        and (other.case.follows() == EXACT or (width(other.needs(where)) <= _SHARP and not other.case.is_loose()))
    )


def _has_anothers_rate(tie: Tie, holding: Mapping[Where, Sequence[Tie]]) -> bool:
    """Return whether a law takes the rate that two other figures of its line have on every line: it holds elsewhere by chance."""
    if tie.relation is not None or tie.case is None or tie.case.kind != PRODUCT or len(tie.cells) < _THREE:
        return False
    rates = [each.where for each in tie.case.operands if each.kind == PERCENT]
    return any(
        each.sure and each.case is not None and each.case.kind == PRODUCT and set(each.cells) & set(tie.cells) == {rate}
        for rate in rates
        for each in holding.get(rate, ())
    )


def _follows_otherwise(tie: Tie, holding: Mapping[Where, Sequence[Tie]]) -> bool:
    """Return whether what a label calls a total is a quotient or a mean of others: a price, a cost of each."""
    return any(
        (each.case is not None and each.case.kind != SUM) or (each.relation is not None and each.relation.kind == QUOTIENT)
        for each in holding.get(tie.result, ())
    )


def _is_misread(tie: Tie, held: Mapping[Where, Sequence[Tie]]) -> bool:
    """Return whether labels took a rate for that of another count: with the one beside it, the same result follows."""
    relation = tie.relation
    if relation is not None and relation.kind in (SUM, MONTHS) and tie.case is None:
        # What is called its total is that of fewer, or of more; or of its subtotals, which the others are parts of.
        subtotals = [
            each for each in relation.operands if any(_is_sum(other, each.where) for other in held.get(each.where, ()))
        ]
        if len(subtotals) > 1 and sum(each.value or 0 for each in subtotals) == relation.result.value:
            return True
        if any(_counts_twice(tie, each.where, held) for each in subtotals):
            return True
        return any(
            each.case is not None and each.case.kind == SUM and each.result == tie.result and len(each.cells) > 2
            for each in held.get(tie.result, ())
        )
    if relation is None or relation.kind != QUOTIENT or len(relation.operands) != 2 or tie.case is not None:
        return False
    wanted = {relation.result.where, relation.operands[1].where}
    return any(
        each.case is not None
        and each.case.follows() <= ROUNDED
        and len(each.cells) == 3
        and (wanted < set(each.cells) or (each.sure and len(set(tie.cells) & set(each.cells)) == 2))
        for where in tie.cells
        for each in held.get(where, ())
    )


def _counts_twice(tie: Tie, part: Where, held: Mapping[Where, Sequence[Tie]]) -> bool:
    """Return whether a part of a sum is what others of its parts add up to: nobody means all of a column with its total."""
    own = set(tie.cells[1:]) - {part}
    return any(len(others := set(each.cells[1:])) > 1 and others <= own for each in held.get(part, ()) if _is_sum(each, part))


def _is_sum(tie: Tie, result: Where) -> bool:
    """Return whether a cell is the sum of others by a tie."""
    by_case = tie.case is not None and tie.case.kind == SUM
    return tie.result == result and (by_case or (tie.relation is not None and tie.relation.kind == SUM))


def _suspects(tie: Tie, references: References) -> frozenset[Where]:
    """Return the cells of a tie that may be wrong: a formula that refers to others of it; a figure typed among formulas."""
    if tie.case is not None and tie.case.only is not None:
        return frozenset((tie.case.only,))
    if tie.case is None and tie.relation is not None and tie.relation.in_numbers:
        return frozenset((tie.result,))
    own = [each for each in tie.cells if references.of(each) & set(tie.cells)]
    if own:
        return frozenset(own)
    if tie.case is not None and len(tie.peers) >= _PEERS:
        typed = [
            where
            for at, where in enumerate(each.where for each in tie.case.cells)
            if where not in references.formulas
            and all(peer.cells[at].where in references.formulas for peer in tie.peers if len(peer.cells) > at)
        ]
        if len(typed) == 1:
            return frozenset(typed)
    return frozenset(tie.cells)

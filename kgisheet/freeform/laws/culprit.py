"""The one cell whose correction explains most of what fails together, and what makes it likelier than the others."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from ...formula.grid import Where
from ..rules.relation import MONTHS, SHARES
from ..rules.relation import SUM as ADDED
from ..rules.rounding import is_eighth
from .law import EXACT, PRODUCT, SUM
from .tables import PERCENT, Value
from .tie import AGAIN, FINE, NOTHING, Range, Tie, width

_PEERS = 2
_GAIN, _RANKED = 2, 4  # of a rank: where its gain is, and how much of it has to be the same

Witness = Callable[[Where, Range, frozenset[Where]], int]
"""How surely something that proves nothing by itself wants the same of a cell: 0, not at all, to 3; of other cells than some."""


class Fault(NamedTuple):
    """A cell that is wrong, the ties that another value of it explains, the one that says best what it should be first."""

    where: Where
    ties: tuple[Tie, ...]


def best(
    failing: Sequence[Tie], holding: dict[Where, list[Tie]], may: dict[int, frozenset[Where]], witness: Witness
) -> tuple[Fault | None, float, int]:
    """Return the cell whose correction explains most, how many ties more than it breaks, and how surely a witness backs it alone."""
    ranked: list[tuple[tuple[float, ...], Fault, Range]] = []
    by: dict[Where, list[Tie]] = {}
    for each in failing:
        for where in may[id(each)]:
            by.setdefault(where, []).append(each)
    for where in dict.fromkeys(where for each in failing for where in each.cells):
        own = by.get(where, [])
        agreed, wanted = _agreeing(where, own)
        if not agreed:
            continue
        broken = sum(not _meet(_kept(each, where), wanted) for each in holding.get(where, ()))
        results = sum(each.result == where for each in agreed)
        narrow = sorted(agreed, key=lambda each: width(each.needs(where)))
        typed, round_ = (test(where, own, wanted) for test in (_is_typed_so, _is_as_round))
        gain = len(agreed) - broken
        typed = typed or (gain > 0 and all(_is_of_totals(each, where, holding) for each in agreed))
        # What breaks as much as it mends isn't wrong, however it would be typed, unless labels say what it is made of.
        rank = (
            gain > 0 or any(tie.relation is not None for tie in agreed),
            typed,
            gain,
            len(agreed),
            round_,
            results / len(agreed),
        )
        ranked.append((rank, Fault(where, tuple(narrow)), wanted))
    if not ranked:
        return None, 0, 0
    best = max(ranked, key=lambda each: each[0])
    equal = [each for each in ranked if each[0][:_RANKED] == best[0][:_RANKED]]
    said = [
        (
            AS_OTHERS
            if _would_be_exact(each, wanted, holding)
            else 0
            if all(tie.relation is not None and tie.relation.kind == SHARES for tie in each.ties)
            else witness(each.where, wanted, _tied(each)),
            each,
        )
        for _, each, wanted in equal
    ]
    for least in (AS_OTHERS, CERTAIN, 1):
        backed = [fault for sure, fault in said if sure >= least]
        if len(backed) == 1:
            return backed[0], best[0][_GAIN], min(least, CERTAIN)
    steady = [fault for sure, fault in said if sure >= 0]
    if len(steady) == 1 < len(said):
        return steady[0], best[0][_GAIN], 1  # all others are what they are on the other lines, too
    others = [each[0][_GAIN] for each in ranked if each is not best]
    plain = any(AGAIN not in each.by for each in best[1].ties)
    if plain and others and (max(others) <= 0 or (best[0][_GAIN] >= _AGREED and max(others) < best[0][_GAIN])):
        return best[1], best[0][_GAIN], CERTAIN  # what holds confirms all others, or two want the same of it alone
    for is_likely in (_swapped, _would_be_a_tenth, _would_be_like_its_peer, _would_be_whole):
        likely = [each for _, each, wanted in equal if len(equal) > 1 and is_likely(each, wanted)]
        if len(likely) == 1 and (is_likely is not _would_be_whole or best[1].where not in {tie.result for tie in best[1].ties}):
            return likely[0], best[0][_GAIN], 0
    exact = [each for _, each, wanted in equal if _would_be_typed(each, wanted)]
    return exact[0] if len(exact) == 1 else best[1], best[0][_GAIN], 0


_LINES = 3
AS_OTHERS = 3
"""How surely a cell is at fault that would be worked out as all other lines are."""

CERTAIN, _AGREED = 2, 2


def _tied(fault: Fault) -> frozenset[Where]:
    """Return the cells of the ties that a fault explains: what they make says nothing more of it."""
    return frozenset(where for tie in fault.ties for where in tie.cells)


def _would_be_exact(fault: Fault, wanted: Range, holding: Mapping[Where, Sequence[Tie]]) -> bool:
    """Return whether a law holds for a cell only within its roundings, and exactly, as on the other lines, if it were another value."""
    for tie in holding.get(fault.where, ()):
        value = _value(fault.where, (tie,))
        if tie.case is None or value is None or not value.number or tie.case.follows() == EXACT:
            continue
        others = [each for each in tie.peers if each is not tie.case and each.result.where != tie.result]
        solved = tie.case.solved(value)
        if solved is not None and len(others) >= _PEERS and all(each.follows() == EXACT for each in others):
            by = float(solved) / value.number
            if wanted[0] <= by <= wanted[1] and abs(by - 1) > FINE:
                return True
    return False


def _swapped(fault: Fault, wanted: Range) -> bool:
    """Return whether a cell would be right with its digits in another order: 46 for 64."""
    value = _value(fault.where, fault.ties)
    if value is None or value.exact.denominator != 1 or not value.number:
        return False
    meant = round((wanted[0] + wanted[1]) / 2 * value.number)
    return sorted(str(abs(meant))) == sorted(str(abs(int(value.exact)))) and wanted[0] <= meant / value.number <= wanted[1]


def _would_be_a_tenth(fault: Fault, wanted: Range) -> bool:
    """Return whether a part of a sum would be what it is with a nought more, or less; the whole would have other digits then."""
    tie = fault.ties[0]
    return tie.case is not None and tie.case.kind == SUM and any(wanted[0] <= 10.0**power <= wanted[1] for power in _NOUGHTS)


_NOUGHTS = (-4, -3, -2, -1, 1, 2, 3, 4)


def _would_be_like_its_peer(fault: Fault, wanted: Range) -> bool:
    """Return whether a cell would be what it is on the one line on which its law holds, or of its size, and isn't now: 3,500 for 35,000 beside 3,800."""
    value = _value(fault.where, fault.ties)
    tie = fault.ties[0]
    if tie.case is None or value is None or len(tie.peers) != 1 or not value.number:
        return False
    peer = next((its for own, its in zip(tie.case.cells, tie.peers[0].cells, strict=False) if own.where == fault.where), None)
    if peer is None or peer.kind != value.kind or not peer.number:
        return False
    by = peer.number / value.number
    if wanted[0] <= by <= wanted[1]:
        return (
            peer.at[1] != value.at[1] or abs(peer.at[0] - value.at[0]) <= _LINES
        )  # of two lists one below the other that is chance
    meant = (wanted[0] + wanted[1]) / 2 / by
    return _is_far(1 / by) and meant > 0 and abs(math.log10(meant)) < _NEAR_PEER


def _is_far(times: float) -> bool:
    return times <= 0 or abs(math.log10(times)) > _FAR_PEER


_FAR_PEER, _NEAR_PEER = 0.65, 0.35
"""Powers of ten by which a figure isn't of another one's size, and is: more than four times, less than twice."""


def _would_be_whole(fault: Fault, _: Range) -> bool:
    """Return whether another whole number makes a product exact: where a price is wrong, so many deals and a part of one would."""
    tie = fault.ties[0]
    if tie.case is None or tie.case.kind != PRODUCT or len(fault.ties) > 1 or tie.case.result.where == fault.where:
        return False
    value = next(each for each in tie.case.cells if each.where == fault.where)
    solved = tie.case.solved(value)
    return solved is not None and value.step >= 1 and (solved / Fraction(value.step).limit_denominator(10**6)).denominator == 1


def _would_be_typed(fault: Fault, wanted: Range) -> bool:
    """Return whether what a cell would be is a figure as people type them: whole, or a rate of as many digits as it has."""
    tie = fault.ties[0]
    value = _value(fault.where, (tie,))
    solved = tie.case.solved(value) if tie.case is not None and value is not None else None
    if value is None or solved is None or not value.step:
        return False
    digits = Fraction(value.step).limit_denominator(10**6)
    low, high = sorted(each * value.number for each in wanted)
    return digits > 0 and low <= float(solved) <= high and (solved / digits).denominator == 1


def _is_typed_so(where: Where, own: Sequence[Tie], wanted: Range) -> bool:
    """Return whether a rate would be such as is typed in its place: of no more digits than it has, or 5, 10, 15 %."""
    value = _value(where, own)
    if value is None or value.kind != PERCENT:
        return True
    low, high = (each * value.number for each in wanted)
    unit = 0.05 if high >= 0.1 else 0.01 if high >= 0.01 else 0.001
    if math.floor(high / unit + 1e-9) * unit >= low - 1e-9:
        return True
    return _has_so_many(low, high, _digits(where, own)) or _is_an_eighth(where, own)


def _is_of_totals(tie: Tie, where: Where, holding: Mapping[Where, Sequence[Tie]]) -> bool:
    """Return whether all other cells of a tie are totals that add up: the rate of the whole year is worked out of them, not typed."""
    return all(
        any(each.result == other and _adds_up(each) for each in holding.get(other, ())) for other in tie.cells if other != where
    )


def _adds_up(tie: Tie) -> bool:
    if tie.case is not None and tie.case.kind == SUM:
        return all(each == 1 for each in tie.case.signs)
    return tie.relation is not None and tie.relation.kind in (ADDED, MONTHS)


def _is_an_eighth(where: Where, own: Sequence[Tie]) -> bool:
    """Return whether a rate would be exactly such as 12.5 or 37.5 %."""
    for each in own:
        value = _value(where, (each,))
        made = each.case.solved(value) if each.case is not None and value is not None else None
        if made is not None and 0 < made < 1 and is_eighth(made):
            return True
    return False


def _is_as_round(where: Where, own: Sequence[Tie], wanted: Range) -> bool:
    """Return whether a count or an amount would be as round as it is, where it was typed so: 1,227 is not, beside 3,600 and 9,000."""
    value = _value(where, own)
    if value is None or value.kind == PERCENT or (digits := _digits(where, own)) > _ROUND:
        return True
    low, high = sorted(each * value.number for each in wanted)
    return low <= 0 or _has_so_many(low, high, digits + 1)


_ROUND = 2
"""Digits that figures have which are typed, not worked out."""


def _has_so_many(low: float, high: float, digits: int) -> bool:
    """Return whether a number of so many digits is between two others."""
    power = 10.0 ** (math.floor(math.log10(max(abs(high), 1e-9))) - digits + 1)
    return math.floor(high / power + 1e-9) * power >= low - 1e-9


def _value(where: Where, ties: Iterable[Tie]) -> Value | None:
    """Return the figure of a cell that the first law of some ties has there; None where only labels tie it."""
    return next((cell for each in ties if each.case is not None for cell in each.case.cells if cell.where == where), None)


def _digits(where: Where, own: Sequence[Tie]) -> int:
    """Return how many digits a figure has, or its like on other lines."""
    digits = [1]
    for tie in own:
        for at, cell in enumerate(tie.case.cells if tie.case is not None else ()):
            if cell.where == where:
                digits += [cell.digits, *(peer.cells[at].digits for peer in tie.peers if len(peer.cells) > at)]
    return max(digits)


def _agreeing(where: Where, own: Sequence[Tie]) -> tuple[list[Tie], Range]:
    """Return the most ties that one other value of a cell satisfies, and between which values it is."""
    best: tuple[list[Tie], Range] = ([], NOTHING)
    ranges = [(each, each.needs(where)) for each in own]
    for _, (low, high) in ranges:
        if low > high or low <= 1.0 <= high or (high <= 0 and not low <= -1.0 <= high):
            continue  # below zero is meant only where the sign was lost
        agreed, least, most = [], low, high
        for tie, (bottom, top) in ranges:
            if max(least, bottom) <= min(most, top):
                agreed.append(tie)
                least, most = max(least, bottom), min(most, top)
        if len(agreed) > len(best[0]):
            best = agreed, (least, most)
    return best


def _kept(tie: Tie, where: Where) -> Range:
    """Return between which values a cell keeps a tie as it is: exact, where its law is so on each of several lines."""
    value = _value(where, (tie,))
    if tie.case is None or value is None or not value.number or len(tie.peers) < _LINES:
        return tie.needs(where)
    if any(each.follows() != EXACT for each in (tie.case, *tie.peers)):
        return tie.needs(where)
    low, high = tie.case._replace(strict=True).needed(value)
    ends = low / value.number, high / value.number
    return min(ends), max(ends)


def _meet(one: Range, other: Range) -> bool:
    return max(one[0], other[0]) <= min(one[1], other[1])

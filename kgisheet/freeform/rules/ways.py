"""The direction in which a page was calculated: back from its goal, forward, or its rates after its counts."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from fractions import Fraction

from ...formula.grid import Where
from ...values import budget
from ...values.units import RATE
from ..read.page import Page
from .groups import groups_of
from .quotients import refers
from .relation import FAILS, HOLDS, QUOTIENT, Relation
from .relations import BACKWARD, NEAREST, ONWARD, UNREAD, WRITTEN, Relations
from .rounding import ONE, fits, measured


def taken(page: Page) -> Relations:
    """Return the relations of a page, as far as its budget suffices to look for all of them; else none: half of them say nothing."""
    try:
        return _taken(page)
    except budget.SpentError:
        return Relations(page, UNREAD)


def _taken(page: Page) -> Relations:
    """Return the relations of a page, worked back from the goal; or forward, if no single cells could be at fault.

    With a single wrong cell, all failures that hang together have that cell in common. The other directions are so
    tolerant that they are for complete pages only, and must leave fewer causes.
    """

    @functools.cache
    def read(reading: str) -> Relations:
        return Relations(page, reading)

    relations = read(BACKWARD)
    if not _failing(relations):
        return relations
    if page.plane.rounds_rates and not _failing(read(WRITTEN)):
        return read(WRITTEN)
    if (len(_failing(relations)) > 1 or _is_forward(relations) or page.plane.rounds_down) and not _failing(read(ONWARD)):
        return read(ONWARD)  # a count that is one too many would fail in this direction, too
    if (_is_counted(relations) or _has_quotients(relations)) and not _failing(read(WRITTEN)):
        return read(WRITTEN)
    causes = _causes(relations)
    if causes == 1:
        return read(NEAREST)
    few = causes is not None and causes * _OF <= sum(each.kind == QUOTIENT for each in relations.found)
    others = (ONWARD,) if few else (ONWARD, WRITTEN)  # of so many that hold exactly, the rates weren't rounded after them
    for reading in others:
        if not _failing(read(reading)):
            return read(reading)
    counted = [(number, read(each)) for each in (NEAREST, *others) if (number := _causes(read(each))) is not None]
    return min(counted, key=lambda each: each[0], default=(0, read(NEAREST)))[1]


_OF = 12
"""Of so many relations one may be wrong, and the next in another place, before the page is taken in another way."""


def _failing(relations: Relations) -> list[Relation]:
    return [each for each in relations.found if each.state == FAILS and each.kind == QUOTIENT]


def _is_forward(relations: Relations) -> bool:
    """Return whether some count is a rate's multiple, rounded, and not what the next one would need."""
    return any(
        each.kind == QUOTIENT
        and each.state == HOLDS
        and each.result.value is not None
        and not fits(each.result.value, each.exact)
        for each in relations.found
    )


def _is_counted(relations: Relations) -> bool:
    """Return whether the counts are what happened, and the rates their quotients to the last digit: most hold in no other way."""
    held = [each for each in relations.found if each.kind == QUOTIENT and each.state == HOLDS and len(each.operands) == 2]
    only = [each for each in held if _is_measured(each)]
    return len(only) > 1 and len(only) * 2 > len(held)


def _has_quotients(relations: Relations) -> bool:
    """Return whether a formula makes a rate of two counts: then those that are typed beside it came out, too, 20 % of 429 that are 87."""
    return any(
        each.kind == QUOTIENT
        and len(each.operands) == _TWO
        and each.operands[1].kind == RATE
        and all(refers(each.operands[1], count) for count in (each.result, each.operands[0]))
        for each in relations.found
    )


_TWO = 2


def _is_measured(relation: Relation) -> bool:
    result, (source, rate) = relation.result.value, (each.value for each in relation.operands)
    if result is None or source is None or rate is None or relation.operands[1].kind != RATE:
        return False
    return not fits(result, relation.exact) and not fits(source, result * rate) and measured(result, source, [rate])


def _causes(relations: Relations) -> int | None:
    """Return how many cells, each with one other value, would make all of them hold; None where some group has no such cell."""
    groups = groups_of(_failing(relations), lambda each: [cell.where for cell in each.cells])
    return len(groups) if all(map(_one_cause, groups)) else None


def _one_cause(failing: Sequence[Relation]) -> bool:
    """Return whether some cell, with one other value, would make all of some relations hold."""
    if len(failing) < 2:
        return True
    shared = set.intersection(*({cell.where for cell in each.cells} for each in failing))
    return any(_agree([_possible(where, each) for each in failing]) for where in shared)


def _agree(ranges: list[tuple[Fraction, Fraction]]) -> bool:
    return max(low for low, _ in ranges) <= min(high for _, high in ranges)


def _possible(where: Where, relation: Relation) -> tuple[Fraction, Fraction]:
    """Return between which values a cell of a quotient makes it hold, however its result is rounded."""
    result, (source, *rates) = relation.result, relation.operands
    if where == result.where:
        return Fraction(math.floor(relation.exact)), Fraction(math.ceil(relation.exact))
    value, divisor = result.value or ONE, math.prod((each.value or ONE for each in rates), start=ONE)
    least, most = max(value - 1, value / 2), value + 1
    if where == source.where:
        return least * divisor, most * divisor
    if least <= 0:
        return ONE, Fraction(0)  # no rate makes a count that is below zero
    own = next(each.value or ONE for each in rates if each.where == where)
    top = (source.value or ONE) / (divisor / own)
    return top / most, top / least

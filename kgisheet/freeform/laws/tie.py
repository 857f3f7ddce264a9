"""Ties of cells, whoever found them: whether each holds, and what each of its cells would have to be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from ...formula.grid import Where
from ...values.units import COUNT, RATE
from ..read import terms
from ..rules.relation import BUFFERED, HOLDS, QUOTIENT, SHARES, SPLIT, Relation, needed
from .judge import Law
from .law import EXACT, OFF, SUM, Case

_ABOUT = terms.of("about")
LAW, AGAIN, NAMED = "law", "again", "named"
"""Who found a tie: a law of a table; a figure that is said again on another sheet; the names of a list's figures. Others say their own."""

FINE = 1e-6
NOTHING = (1.0, -1.0)

Range = tuple[float, float]
"""Between which multiples of what it is a cell would have to be."""


class Tie(NamedTuple):
    """A tie of some cells: whether it holds, what each would have to be, and who found it."""

    cells: tuple[Where, ...]
    holds: bool
    needs: Callable[[Where], Range]
    by: frozenset[str]
    relation: Relation | None = None
    case: Case | None = None
    sure: bool = False
    """Its law fails nowhere."""
    peers: tuple[Case, ...] = ()
    """The lines on which the same law holds."""

    @property
    def result(self) -> Where:
        return self.cells[0]


def of_case(case: Case, holds: bool, law: Law, by: str = LAW) -> Tie:
    """Return the tie of a law on one line."""
    by_place = {each.where: each for each in reversed(case.cells)}  # one sentence may hold several
    cells = tuple(dict.fromkeys(each.where for each in case.cells))

    def needs(where: Where) -> Range:
        value = by_place[where]
        return _share(case.needed(value), value.number)

    return Tie(cells, holds, needs, frozenset((by,)), case=case, sure=not law.failed and len(law.held) > 2, peers=law.held)


def of_relation(relation: Relation, by: str) -> Tie:
    """Return the tie of a relation."""
    by_place = {each.where: each for each in reversed(relation.cells)}

    def needs(where: Where) -> Range:
        figure = by_place[where]
        return _share(_needed(relation, where), float(figure.value or 0))

    cells = tuple(dict.fromkeys(each.where for each in relation.cells))
    return Tie(cells, relation.state == HOLDS, needs, frozenset((by,)), relation=relation)


def _share(needed: Range, now: float) -> Range:
    if not now or needed[0] > needed[1]:
        return (needed[0], needed[1]) if not now else NOTHING
    ends = needed[0] / now, needed[1] / now
    return min(ends), max(ends)


def _needed(relation: Relation, where: Where) -> Range:
    """Return between which two values a cell of a relation makes it hold."""
    exact = float(relation.exact)
    if relation.kind == SHARES and relation.exact == sum((each.value or 0 for each in relation.cells), Fraction(0)):
        value = next(float(each.value or 0) for each in relation.cells if each.where == where)
        # They add up to all of it, as they are rounded: 22 % may be 21.5 %.
        whole = all((each.value or 0) * 100 % 1 == 0 for each in relation.cells)
        return _near(value + 1 - exact, 0.005 * len(relation.cells) if whole else 0.002)
    if where == relation.result.where:
        slack = 0.0 if relation.kind not in (QUOTIENT, SPLIT) or relation.result.kind == RATE else 1.0
        return _near(exact, slack)
    if relation.kind not in (QUOTIENT, SPLIT, BUFFERED):
        return _near(float(needed(relation, where) or 0), 0.0)
    found = relation.result.value or Fraction(0)
    step = _half_a_digit(found) if relation.result.kind == RATE else Fraction(1)
    ends = [
        float(made) for by in (-step, 0, step) if found + by > 0 and (made := needed(relation, where, found + by)) is not None
    ]
    if not (found and ends):
        return NOTHING
    figure = next(each for each in relation.cells if each.where == where)
    # 816 × 2 % = 16.3 calls are 16, or 17: from what was rounded the other count doesn't follow.
    room = 1.0 if figure.kind == COUNT and relation.state == HOLDS and abs(relation.exact - found) > 1 else 0.0
    return min(ends) - room, max(ends) + room


def _half_a_digit(rate: Fraction) -> Fraction:
    """Return by how much a rate may be another than it is written: 68.8 % are 68.75 % to 68.85 %."""
    power = next((each for each in (100, 1000, 10_000) if (rate * each).denominator == 1), 0)
    return Fraction(1, 2 * power) if power else Fraction(0)


def _near(value: float, slack: float) -> Range:
    slack += abs(value) * FINE
    return value - slack, value + slack


def ties(each: Iterable[Tie]) -> list[Tie]:
    """Return the ties, those of the same cells as one; it holds if one of them says so."""
    found: dict[frozenset[object], Tie] = {}
    for tie in each:
        key = _key(tie)
        other = found.get(key)
        if other is None:
            found[key] = tie
        elif other.holds == tie.holds:
            found[key] = _as_one(tie, other) if _is_worked_out(tie) and other.case is None else _as_one(other, tie)
        elif (_is_off(tie) and other.case is None) or (_is_off(other) and tie.case is None):
            found[key] = _as_one(tie, other) if _is_off(tie) else _as_one(other, tie)  # labels alone allow for roundings
        elif tie.holds:
            found[key] = tie._replace(by=other.by | tie.by)
        else:
            found[key] = other._replace(by=other.by | tie.by)
    return list(found.values())


def is_about(case: Case) -> bool:
    """Return whether a case holds about as its figures are said to be: 約300件, where 80 ÷ 25 % are 320."""
    return _says_about(case) and abs(float(case.exact) - case.result.number) <= _ROUGHLY * abs(case.result.number)


def _says_about(case: Case) -> bool:
    return any(_ABOUT.search(each.spot.flat) for each in case.cells)


_ROUGHLY = 0.15


def _is_off(tie: Tie) -> bool:
    """Return whether a sum fails by two at least where it is exact on three other lines: 58 of 15, 15, 18 and 12 aren't rounded so.

    Or a figure that others agree upon is about another one: 約240件, where it is 200 in two ways.
    """
    case = tie.case
    if not tie.holds and case is not None and case.only is not None and case.strict:
        return True
    if not tie.holds and case is not None and case.only is not None and case.follows() == OFF:
        return _says_about(case) and not is_about(case)
    if tie.holds or case is None or case.kind != SUM or len(tie.peers) < _PEERS:
        return False
    off = abs(float(case.exact) - case.result.number)
    return off >= 2 * case.result.step and all(each.follows() == EXACT for each in tie.peers)


_PEERS = 3


def _is_worked_out(tie: Tie) -> bool:
    """Return whether a remark works a figure out in numbers: it says which of the cells is the result of the others."""
    return tie.relation is not None and tie.relation.in_numbers


def _as_one(one: Tie, other: Tie) -> Tie:
    """Return the first of two ties of the same cells with what the second knows."""
    return one._replace(
        by=one.by | other.by,
        case=_one_of(one.case, other.case),
        relation=one.relation or other.relation,
        sure=one.sure or other.sure,
        peers=one.peers or other.peers,
    )


def _one_of(one: Case | None, other: Case | None) -> Case | None:
    """Return the first of two cases of the same cells, with what the other one knows of which of them is wrong."""
    if one is None or other is None or other.only is None:
        return one or other
    return one._replace(only=other.only)


def _key(tie: Tie) -> frozenset[object]:
    """Return what a tie is of: its cells, and of several figures of one cell, the ends of a range, which."""
    names = (each.name for each in tie.case.cells if each.name) if tie.case is not None else ()
    return frozenset((*tie.cells, *names))


def width(of: Range) -> float:
    """Return how far apart the ends of a range are."""
    return of[1] - of[0]


def without(ties: Sequence[Tie], others: Sequence[Tie]) -> list[Tie]:
    """Return ties but for some of them, which are the same objects."""
    left_out = {id(each) for each in others}
    return [each for each in ties if id(each) not in left_out]

"""How far the lines of a table have come to one figure of its sheet: of 600 in the year, 190 so far are 31.7 %, and 410 are left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ..read import terms
from .constant import singles
from .judge import FITTING, Law, judged
from .law import RATIO, SUM, Case
from .tables import PERCENT, Tables, Value, Variable, complete

_SHARE, _REST = terms.of("attained", "so_far", "ramp"), terms.of("left", "difference")
_LEAST, _LINES, _MOST = 3, 60, 14


def to_goal(tables: Tables) -> Iterator[Law]:
    """Yield the shares of one figure of the sheet that a table's lines are, and what is left of it on each."""
    goals = [each for each in singles(tables) if each.kind != PERCENT]
    for table in tables if goals else ():
        own = [each for each in table.variables if not each.aside]
        if not 1 < len(own) <= _MOST or not _LEAST <= len(table.names) <= _LINES:
            continue
        inside = {value.where for each in own for value in each.values if value is not None}
        whole = [each for each in goals if each.where not in inside]
        for words, is_rate, case in ((_SHARE, True, _share), (_REST, False, _rest)):
            for each in own:
                if (each.kind == PERCENT) == is_rate and words.search(each.label):
                    yield from _of(each, [other for other in own if other is not each and other.kind != PERCENT], whole, case)


def _of(
    result: Variable, others: Sequence[Variable], goals: Sequence[Value], case: Callable[[Value, Value, Value], Case]
) -> Iterator[Law]:
    """Yield the law of the one figure, and the one column, by which a column is such a share, or a rest."""
    laws = []
    for one in others:
        for goal in goals:
            if goal.kind != one.kind:
                continue
            cases = [case(r, a, goal) for r, a in complete(result, one) if r.number and a.number]
            law = (
                judged(cases[0].kind, cases, lambda each: each.result.exact, FITTING, len(others) * len(goals), _LEAST)
                if cases
                else None
            )
            if law is not None and len(law.failed) <= 1:
                laws.append(law)
    if laws:
        yield max(laws, key=lambda law: (len(law.held), -len(law.failed)))


def _share(share: Value, part: Value, whole: Value) -> Case:
    return Case(RATIO, share, (part, whole))


def _rest(rest: Value, part: Value, whole: Value) -> Case:
    return Case(SUM, rest, (whole, part), signs=(1, -1))

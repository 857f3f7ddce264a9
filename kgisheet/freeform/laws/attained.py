"""Rates of what came out to what was planned, as their labels say: 14 of 15 are 93 %, and not 89 %, which would be 14, too, rounded up.

So is progress: of the way from 400 to 600, 520 are 60 %.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from ..read import terms
from .judge import FITTING, Law, judged
from .law import PROGRESS, RATIO, Case
from .tables import PERCENT, Tables, Variable, complete

_ATTAINED, _RESULTS, _AIMS = terms.of("attained"), terms.of("results"), terms.of("aim", "goal")
_LEAST = 3


def attained(variables: Sequence[Variable]) -> Iterator[Law]:
    """Yield what came out ÷ what was planned, to the digits of the rate, on all lines but one at most."""
    rates = [each for each in variables if each.kind == PERCENT and not each.aside and _ATTAINED.search(each.label)]
    counts = [each for each in variables if each.kind != PERCENT and not each.aside]
    came, planned = ([each for each in counts if words.search(each.label)] for words in (_RESULTS, _AIMS))
    for rate in rates:
        laws = []
        for one in came:
            for other in planned:
                if one is other or one.kind != other.kind:
                    continue
                lines = [(r, a, b) for r, a, b in complete(rate, one, other) if r.number and a.number and b.number]
                together = {rate.place - one.place, rate.place - other.place} == {1, 2}
                met = together and any(r.exact == 1 and a.exact == b.exact for r, a, b in lines)
                law = judged(
                    RATIO,
                    [Case(RATIO, r, (a, b)) for r, a, b in lines if r.exact != 1],
                    lambda case: case.exact,
                    FITTING * (1 + together),
                    len(came) * len(planned),
                    _LEAST - met,  # 12 of 12 are 100 %: that is so by any law
                )
                if law is not None and len(law.failed) <= 1:
                    laws.append(law)
        if laws:
            yield max(laws, key=lambda law: (len(law.held), -len(law.failed)))


def progressed(tables: Tables) -> Iterator[Law]:
    """Yield how far each line is from where it began on the way to its goal: (520 − 400) ÷ (600 − 400); rates are lines, too."""
    for block, table in tables.along_rows():
        rows = sorted({row for row, _ in block})
        rates = [each for each in table.variables if each.kind == PERCENT and not each.aside and _ATTAINED.search(each.label)]
        others = [int(each.place) for each in table.variables if not each.aside and each not in rates]
        if not 3 <= len(others) <= _MOST:
            continue
        for rate in rates:
            laws = []
            for places in permutations(others, 3):
                lines = [
                    (each, tuple(its for col in places if (its := tables.values.get((row, col))) is not None))
                    for row, each in zip(rows, rate.values, strict=True)
                    if each is not None and each.number
                ]
                cases = [
                    Case(PROGRESS, each, parts)
                    for each, parts in lines
                    if len(parts) == len(places) and parts[1].exact != parts[2].exact and len({its.kind for its in parts}) == 1
                ]
                law = judged(PROGRESS, cases, lambda case: case.exact, FITTING, _WAYS)
                if (
                    law is not None
                    and sum(map(_begins_at_nothing, law.held)) * 2 < len(law.held)
                    and len(law.failed) <= 1
                    and len(law.held) + len(law.failed) == len(cases)
                ):
                    laws.append(law)
            if laws:
                yield max(laws, key=lambda law: (len(law.held), -len(law.failed)))


def _begins_at_nothing(case: Case) -> bool:
    """Return whether progress is just what came out ÷ the goal, nearly: it didn't begin with six orders on the way to 750,000."""
    now, _, goal = case.operands
    return not goal.number or abs(now.number / goal.number - case.result.number) <= 5 * case.result.step


_MOST, _WAYS = 6, 12

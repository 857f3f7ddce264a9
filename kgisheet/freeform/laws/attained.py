"""Rates of what came out to what was planned, as their labels say: 14 of 15 are 93 %, and not 89 %, which would be 14, too, rounded up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..read import terms
from .judge import FITTING, Law, judged
from .law import RATIO, Case
from .tables import PERCENT, Variable, complete

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
                law = judged(
                    RATIO,
                    [Case(RATIO, r, (a, b)) for r, a, b in lines if r.exact != 1],
                    lambda case: case.exact,
                    FITTING,
                    len(came) * len(planned),
                    _LEAST,
                )
                if law is not None and len(law.failed) <= 1:
                    laws.append(law)
        if laws:
            yield max(laws, key=lambda law: (len(law.held), -len(law.failed)))

"""Laws from line to line: what begins as the line before ended, what is added up so far, shares of the line of totals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from .judge import LEAST, Law, judged
from .law import ROUNDED, SAME, Case
from .tables import PERCENT, Variable

_ENDS = re.compile(
    r"期首|期末|月初|月末|前月|繰越|開始時|終了時|残高|opening|closing|begin|start|end(?:ing)?\b|carried|balance"
)


def carried(variables: Sequence[Variable]) -> Iterator[Law]:
    """Yield what begins a line as another variable ended the line before: opening and closing."""
    ends = [each for each in variables if each.kind != PERCENT and _ENDS.search(each.label)]
    tried = len(ends) * (len(ends) - 1)
    for one, other in product(ends, repeat=2):
        if one is other or one.kind != other.kind:
            continue
        cases = [
            Case(SAME, later, (before,))
            for later, before in zip(one.values[1:], other.values, strict=False)
            if later is not None and before is not None
        ]
        if len(cases) < LEAST or len({each.result.exact for each in cases}) < len(cases):
            continue
        last = cases[-1]
        if last.follows() > ROUNDED:  # the whole year's line ends the table, and begins as its first
            cases = cases[:-1]
        law = judged(SAME, cases, lambda case: case.result.exact, 0.0, tried)
        if law is not None:
            yield law

"""A price that is the same on all lines, as what is spent by how many shows: 75 for each trial, and so it is where 82 is typed."""

from __future__ import annotations

from collections.abc import Sequence

from .judge import Law
from .law import EXACT, OFF, PRODUCT, Case

_LEAST = 3


def steady(cases: Sequence[Case]) -> Law | None:
    """Return the law of a product whose one factor is the same on all lines but one, where the quotient of the others is on each of them.

    By the judge's count such lines agree but once, whatever their number: they are all of one ratio.
    """
    for at in (0, 1) if len(cases) > _LEAST else ():
        ratios = {each.result.exact / each.operands[1 - at].exact for each in cases if each.operands[1 - at].exact}
        if len(ratios) != 1 or any(not each.operands[1 - at].exact for each in cases):
            continue
        (ratio,) = ratios
        off = [each for each in cases if each.operands[at].exact != ratio]
        held = [each for each in cases if each.follows() == EXACT]
        if len(off) == 1 and off[0].follows() == OFF and len({each.result.exact for each in held}) >= _LEAST:
            return Law(PRODUCT, tuple(held), (off[0]._replace(only=off[0].operands[at].where),))
    return None

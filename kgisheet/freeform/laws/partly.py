"""A figure that a share of another one is only a part of: 6 who are ramped, and 25 % of the 4 new ones, are 7.

Where that holds on the other lines, too, the share of the new ones alone isn't what the figure should be.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

from .judge import Law
from .law import EXACT, PRODUCT, SUM, Case
from .lined import Lined
from .tables import PERCENT, Table, Variable, complete

_LEAST, _THREE = 2, 3


def without_partly(laws: Sequence[Law], of: Lined) -> list[Law]:
    """Return laws without the products that fail where a third figure of the line makes up for what they lack, and does so on the other lines."""
    return [
        law._replace(failed=tuple(each for each in law.failed if not _is_partly(each, of)))
        if law.kind == PRODUCT and law.failed
        else law
        for law in laws
    ]


def _is_partly(case: Case, lined: Lined) -> bool:
    if len(case.cells) != _THREE or sum(each.kind == PERCENT for each in case.operands) != 1:
        return False
    of = [lined.get(each.where, ()) for each in case.cells]
    for table, first in of[0]:
        own = [first, *(next((each for its, each in some if its is table), None) for some in of[1:])]
        found = [each for each in own if each is not None]
        if len(found) == _THREE and len({each.place for each in found}) == _THREE and _is_in(case, table, found):
            return True
    return False


def _is_in(case: Case, table: Table, own: Sequence[Variable]) -> bool:
    rate = next(each for each, cell in zip(own, case.cells, strict=True) if cell.kind == PERCENT)
    counts = [each for each in own if each is not rate]
    first, last = min(each.place for each in own), max(each.place for each in own)
    others = [
        each
        for each in table.variables
        if first - _NEAR <= each.place <= last + _NEAR and each not in own and not each.aside and each.kind == counts[0].kind
    ]
    return any(
        _holds(case, (whole, base, of, rate), sign) for base in others for whole, of in permutations(counts) for sign in (1, -1)
    )


_NEAR = 3


def _holds(case: Case, of_line: tuple[Variable, Variable, Variable, Variable], sign: int) -> bool:
    """Return whether a figure is another one and, or without, so much of a third, on a case's line and all others but one at most."""
    own, others, made = False, [], set()
    for whole, base, of, rate in complete(*of_line):
        if not rate.number:
            continue
        holds = Case(SUM, whole, (base, of), signs=(1, sign * rate.exact)).follows() == EXACT
        if whole.where in case.places:
            own = holds
        others.append(holds)
        made |= {of.exact * rate.exact} if holds else set()
    # By several products, or anything is made up for by chance.
    return own and len(made) >= _LEAST and others.count(False) <= len(others) // _MANY


_MANY = 4

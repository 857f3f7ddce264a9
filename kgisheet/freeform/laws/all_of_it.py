"""The 100 % under a column of shares: 45 %, 35 % and 20 % are all of it, so their total is 100 %, where the amounts beside them add up."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from .judge import Law
from .law import EXACT, SUM, Case
from .tables import PERCENT, Tables, Variable

_FEWEST, _SHARES, _NEARLY = 2, 3, Fraction(9, 10)


def all_of_it(tables: Tables) -> Iterator[Law]:
    """Yield the total of shares that is another one than all of it, on a line on which another variable has its total."""
    for table in tables:
        shares = [each for each in table.variables if each.kind == PERCENT and not each.aside]
        others = table.variables if shares else ()
        held = [case for each in others if each.kind != PERCENT and (case := _total(each)) is not None]
        for each in shares if any(case.follows() == EXACT for case in held) else ():
            case = _total(each)
            if case is None or case.exact != 1 or case.result.exact == 1 or case.result.uses:
                continue
            if len(case.operands) < _SHARES or case.result.exact < _NEARLY:
                continue  # two halves of a year, each with 50 %; or the rate of them all
            beside = [known for known in held if known.follows() == EXACT and _are_beside(known, case)]
            if beside:
                yield Law(SUM, tuple(beside[:1]), (case._replace(only=case.result.where),))


def _total(variable: Variable) -> Case | None:
    """Return a variable's last figure as the sum of those before it."""
    values = [each for each in variable.values if each is not None]
    parts, whole = values[:-1], values[-1:]
    if len(parts) < _FEWEST or not all(each.number for each in values):
        return None
    return Case(SUM, whole[0], tuple(parts), signs=(1,) * len(parts))


def _are_beside(one: Case, other: Case) -> bool:
    """Return whether two totals are of the same lines: each of their figures is beside one of the other."""
    places = list(zip([each.at for each in one.cells], [each.at for each in other.cells], strict=False))
    return len(one.cells) == len(other.cells) and any(all(a[axis] == b[axis] for a, b in places) for axis in (0, 1))

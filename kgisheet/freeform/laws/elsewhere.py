"""Shares of a figure that isn't of their table: 名刺獲得枚数 600 on top, and below it ranks with 構成比 and 枚数."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from .judge import FITTING, Law, judged
from .law import PRODUCT, Case
from .tables import PERCENT, Tables, Value, Variable

_LEAST = 2
_MOST = 20
"""Figures outside a table that are looked at."""


def elsewhere(tables: Tables) -> Iterator[Law]:
    """Yield each line's share of a figure of the sheet that is outside the table."""
    for block, table in tables.along_rows():
        shares = [each for each in table.variables if each.kind == PERCENT and not each.aside and _is_of_all(each)]
        others = [each for each in table.variables if each.kind != PERCENT and not each.aside]
        if not shares or len(others) > _MOST:
            continue
        places = set(block)
        wholes = [each for at, each in tables.values.items() if at not in places and each.number > 0 and each.kind != PERCENT]
        if len(wholes) > _MOST:
            continue
        for share in shares:
            found = [law for one in others for whole in wholes if (law := _law(share, one, whole, len(others) * len(wholes)))]
            if found:
                yield max(found, key=lambda law: (len(law.held), -len(law.failed)))


def _is_of_all(share: Variable) -> bool:
    """Return whether a column's rates add up to all of it, on a line of its own or without one."""
    own = [each for each in share.values if each is not None]
    parts = [each for each in own if each.exact != 1]
    missing = abs(sum((each.exact for each in parts), Fraction(0)) - 1)
    return len(parts) > _LEAST and float(missing) <= sum(each.step for each in parts) / 2


def _law(share: Variable, one: Variable, whole: Value, tried: int) -> Law | None:
    if one.kind != whole.kind:
        return None
    cases = [
        Case(PRODUCT, part, (its, whole))
        for part, its in zip(one.values, share.values, strict=True)
        if part is not None and its is not None and part.number and its.number and its.exact != 1
    ]
    if _is_summed(one, whole):
        return None  # that is the line of totals, told of as such
    return judged(PRODUCT, cases, lambda case: case.operands[0].exact, FITTING, tried)


def _is_summed(one: Variable, whole: Value) -> bool:
    """Return whether all of a column is on one of its lines: its shares are of that."""
    return any(each is not None and each.exact == whole.exact for each in one.values)

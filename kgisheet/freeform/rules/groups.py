"""Ties by their cells: those that hang together are a group, and nothing that is wrong in one says anything of another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from ...formula.grid import Where

_Tied = TypeVar("_Tied")


def groups_of(ties: Sequence[_Tied], cells: Callable[[_Tied], Iterable[Where]]) -> list[list[_Tied]]:
    """Return ties in groups that have no cell in common, in an order of no meaning."""
    group_of: dict[Where, list[_Tied]] = {}
    for tie in ties:
        places = list(cells(tie))
        own = list({id(group): group for where in places if (group := group_of.get(where)) is not None}.values())
        joined = max(own, key=len, default=[])
        for other in own:
            if other is not joined:
                joined += other
                group_of.update((where, joined) for each in other for where in cells(each))
        joined.append(tie)
        group_of.update((where, joined) for where in places)
    return list({id(group): group for group in group_of.values()}.values())

"""The written sheets on which nothing has moved, seen without a search: everything that was written is at its place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from ..values.a1 import Place, row_and_column
from ..xlsx.read.reader import Read


def still(
    read: Read,
    generated: Mapping[str, Any],
    titles: Mapping[str, str],
    names: tuple[Mapping[str, Place], Mapping[str, Place]],
    named: Collection[tuple[str, int, int]],
    is_filled: Callable[[str, int, int], bool],
) -> frozenset[str]:
    """Return those of ``titles`` (as written → now) whose lines are where they were; the others are to be searched.

    ``names`` are the places of the names as written and now, ``named`` the cells that they are of: what is in those may
    change. ``is_filled`` says of a sheet of now whether a line (axis, number) has contents: a blank line shows no place.
    """
    then, now = names
    written = {*generated, *(place.sheet for place in then.values())}
    moved = {place.sheet for name, place in then.items() if now.get(name) != place._replace(sheet=titles.get(place.sheet, ""))}
    return frozenset(
        title
        for title in written - moved
        if title in titles
        and all(
            _is_there(read, (titles[title], *at), value, is_filled)
            for where, value in generated.get(title, {}).items()
            if (title, *(at := row_and_column(where))) not in named
        )
    )


def _is_there(read: Read, where: tuple[str, int, int], value: Any, is_filled: Callable[[str, int, int], bool]) -> bool:
    """Return whether a text, number or formula without a name is in the cell that it was written into."""
    stored = read.cells.get(where)
    if stored is None or value is None or (stored.formula or stored.value) != value:
        return False
    title, *lines = where
    return value != "" or all(is_filled(title, axis, line) for axis, line in enumerate(lines))

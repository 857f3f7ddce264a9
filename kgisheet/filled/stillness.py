"""The written sheets on which nothing has moved, seen without a search: everything that was written is at its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..values.a1 import Place
from ..xlsx.read.reader import Read


def still(
    read: Read,
    unnamed: Mapping[str, Mapping[tuple[str, int, int], Any]],
    titles: Mapping[str, str],
    names: tuple[Mapping[str, Place], Mapping[str, Place]],
    is_filled: Callable[[str, int, int], bool],
) -> frozenset[str]:
    """Return those of ``titles`` (as written → now) whose lines are where they were; the others are to be searched.

    ``unnamed`` is what was written into cells without a name, by sheet: what is in those with one may change. ``names`` are
    the places of the names as written and now. ``is_filled`` says of a sheet of now whether a line (axis, number) has
    contents: a blank line shows no place.
    """
    then, now = names
    written = {*unnamed, *(place.sheet for place in then.values())}
    moved = {
        place.sheet
        for name, place in then.items()
        if (there := now.get(name)) is None or there[1:] != place[1:] or there.sheet != titles.get(place.sheet)
    }
    return frozenset(
        title
        for title in written - moved
        if title in titles
        and all(
            _is_there(read, (titles[title], row, col), value, is_filled)
            for (_, row, col), value in unnamed.get(title, {}).items()
        )
    )


def _is_there(read: Read, where: tuple[str, int, int], value: Any, is_filled: Callable[[str, int, int], bool]) -> bool:
    """Return whether a text, number or formula without a name is in the cell that it was written into."""
    stored = read.cells.get(where)
    if stored is None or value is None or (stored.formula or stored.value) != value:
        return False
    title, *lines = where
    return value != "" or all(is_filled(title, axis, line) for axis, line in enumerate(lines))

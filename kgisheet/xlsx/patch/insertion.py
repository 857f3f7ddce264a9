"""Several insertions into one list, each at its position among those before it, made by a single change of the part."""

from __future__ import annotations

from collections.abc import Sequence

from .markup import Edits, Node


class Insertion:
    """A list of ``there`` entries after insertions at ``positions``, each counted (from 0) once the earlier ones are in."""

    def __init__(self, there: int, positions: Sequence[int]) -> None:
        self.there = there
        self._order = list(range(there))  # the old entries by their old position, the new ones by ~number
        for number, position in enumerate(positions):
            self._order.insert(position, ~number)
        self._moved = {entry: position for position, entry in enumerate(self._order)}

    @property
    def is_append(self) -> bool:
        """Whether all old entries keep their positions."""
        return self._order[: self.there] == list(range(self.there))

    def position(self, number: int) -> int:
        """Return where a new entry is in the end."""
        return self._moved[~number]

    def moved(self, old: int) -> int:
        """Return where an old entry is now; a position beyond the list stays beyond it."""
        return self._moved.get(old, old + len(self._order) - self.there)

    def write(self, edits: Edits, parent: Node, xml: Sequence[str]) -> None:
        """Insert the elements of the new entries among the children of ``parent``, which are the old ones and possibly more."""
        waiting = ""
        for entry in self._order:
            if entry < 0:
                waiting += xml[~entry]
            elif waiting:
                edits.insert(parent.children[entry].start, waiting)
                waiting = ""
        if waiting and len(parent.children) > self.there:
            edits.insert(parent.children[self.there].start, waiting)
        elif waiting:
            edits.append(parent, waiting)

"""One formula for all rows of a column, with gaps where the rows differ.

The rows of a column differ only in the cells that they name: the tree is
rendered once, and each row fills in its own references.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import methodcaller
from typing import NamedTuple

from ...values.regex import regex
from ..nodes import Node
from .excel import formula
from .places import Places

_GAP = regex("\0([0-9]+)\0")

Ask = Callable[[Places], str]


class Form(NamedTuple):
    """A formula as a ``str.format`` template, with the questions that fill its gaps."""

    text: str
    asked: tuple[Ask, ...]

    def filled(self, places: Places) -> str:
        """Return the formula as written in the cell that sees ``places``."""
        return self.text.format(*[ask(places) for ask in self.asked])


def form(node: Node, places: Places) -> Form:
    """Return the form of ``node``, for any row; ``places`` is the view of one of them."""
    gaps = _Gaps(places)
    text = formula(node, gaps).replace("{", "{{").replace("}", "}}")
    return Form(_GAP.sub(r"{\1}", text), tuple(gaps.asks))


class _Gaps:
    """Locations (`Places`) with a gap where the rows of a column differ, otherwise as ``places`` answers."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.asks: list[Ask] = []
        self._known: dict[tuple[str | int, ...], str] = {}

    def _gap(self, method: str, *about: str | int) -> str:
        key = method, *about
        if key not in self._known:
            self._known[key] = f"\0{len(self.asks)}\0"
            self.asks.append(methodcaller(method, *about))
        return self._known[key]

    def cell(self, name: str) -> str:
        return name if self.places.is_single(name) else self._gap("cell", name)

    def shown(self, name: str) -> str:
        return self.places.shown(name) if self.places.is_single(name) else self._gap("shown", name)

    def is_single(self, name: str) -> bool:
        return self.places.is_single(name)

    def down_to_here(self, name: str) -> str:
        return self._gap("down_to_here", name)

    def part(self, name: str) -> str:
        return self._gap("part", name)

    def recent(self, name: str, rows: int) -> str:
        return self._gap("recent", name, rows)

    def over(self, function: str, where: str, name: str) -> str:
        return self._gap("over", function, where, name)

    def row(self, less: int = 0) -> str:
        return self._gap("row", less)

    def column(self, name: str) -> str:
        return self.places.column(name)

    def rows(self, name: str) -> int:
        return self.places.rows(name)

    def numbers(self, name: str) -> str:
        return self.places.numbers(name)

    def word(self, key: str) -> str:
        return self.places.word(key).replace("\0", "")  # which no program would show

    def is_result(self, name: str) -> bool:
        return self.places.is_result(name)

"""Patterns of COUNTIF and the like: ``*`` is any text, ``?`` one character, ``~`` takes the next one as it is. Nothing is tried twice."""

from __future__ import annotations

import re

from ..values import budget

_PART = re.compile(r"~[*?~]|.", re.DOTALL)


class Wildcard:
    """A pattern, in any case of its letters.

    Between two stars, the first place where a piece fits leaves most room for the pieces behind it: a piece is looked for
    once, from where the one before ended, and never again further back.
    """

    def __init__(self, wanted: str) -> None:
        pieces: list[list[str]] = [[]]
        for part in _PART.findall(wanted):
            if part == "*":
                pieces.append([])
            else:
                pieces[-1].append("." if part == "?" else re.escape(part[-1]))
        made = [re.compile("".join(piece), re.IGNORECASE | re.DOTALL) for piece in pieces]
        self._cost = 1 + len(wanted) // 16
        self._first, self._last, self._between = made[0], made[-1], made[1:-1]
        self._length = len(pieces[-1])
        self._least = sum(map(len, pieces))
        self._is_text = len(made) == 1

    def fits(self, text: str) -> bool:
        """Return whether the whole text is as the pattern says."""
        budget.spend(budget.STEPS, self._cost * (1 + len(text) // 64))
        if self._is_text:
            return self._first.fullmatch(text) is not None
        if len(text) < self._least or (begun := self._first.match(text)) is None:
            return False
        at, end = begun.end(), len(text) - self._length
        for piece in self._between:
            found = piece.search(text, at, end)
            if found is None:
                return False
            at = found.end()
        return self._last.fullmatch(text, end) is not None

"""How much room a text takes."""

from __future__ import annotations

import re

_SIZE = 10.0
"""Points of the type that the width of a column counts: a character is about as wide as a digit of it."""
_PIECES = re.compile(r"[^\s\u2000-\uffff]+|[\u2000-\uffff]|\s")
"""What a line is broken between: Latin words stay whole, Japanese is broken anywhere."""


def width(text: str) -> int:
    """Return how many half-width characters a text takes."""
    return sum(1 if ord(letter) < 0x2000 else 2 for letter in text)


def wide(text: str, size: float = _SIZE) -> float:
    """Return how wide a text is in type of so many points, in the characters that columns are measured in."""
    return width(text) * size / _SIZE


def wrapped(text: str, room: float, size: float = _SIZE) -> int:
    """Return how many lines a text takes in a column of ``room`` characters."""
    return sum(_lines(line, room * _SIZE / size) for line in text.split("\n"))


def _lines(text: str, room: float) -> int:
    count, used = 1, 0
    for piece in _PIECES.findall(text):
        taken = width(piece)
        if used and used + taken > room and not piece.isspace():
            count, used = count + 1, 0
        used += taken
        while used > room > 1 and taken > room:  # a word longer than the line
            count, used, taken = count + 1, used - int(room), taken - int(room)
    return count


def broken(text: str, room: float, size: float = _SIZE) -> str:
    """Return a heading with its bracket on a line of its own where it doesn't fit beside the rest."""
    if "\n" in text or wide(text, size) <= room:
        return text
    return re.sub(r" ?([(\uff08])", r"\n\1", text, count=1) if re.search(r".[(\uff08]", text) else text

"""How much room a text takes."""

from __future__ import annotations

import re

_SIZE = 10.0
"""Points of the type that the width of a column counts: a character is about as wide as a digit of it."""
_PIECES = re.compile(r"[^\s\u2000-\uffff]+|[\u2000-\uffff]|\s")
"""What a line is broken between: Latin words stay whole, Japanese is broken anywhere."""

_NARROW, _WIDE = frozenset(" .,:;'|!ijlft()[]-/"), frozenset("mwMW@%")


def width(text: str) -> int:
    """Return how many half-width characters a text takes."""
    return sum(1 if ord(letter) < 0x2000 else 2 for letter in text)


def wide(text: str, size: float = _SIZE) -> float:
    """Return how wide a text is in type of so many points, in the characters that columns are measured in."""
    return sum(map(_letter, text)) * size / _SIZE


def _letter(letter: str) -> float:
    """Return how wide a letter is, in a sans serif with Japanese."""
    if ord(letter) >= 0x2000:
        return 1.92
    if letter in _NARROW:
        return 0.6
    return 1.5 if letter in _WIDE else 1.2 if letter.isupper() else 1.05


def wrapped(text: str, room: float, size: float = _SIZE) -> int:
    """Return how many lines a text takes in a column of ``room`` characters."""
    return sum(_lines(line, room * _SIZE / size) for line in text.split("\n"))


def _lines(text: str, room: float) -> int:
    count, used = 1, 0.0
    for piece in _PIECES.findall(text):
        taken = wide(piece)
        if used and used + taken > room and not piece.isspace():
            count, used = count + 1, 0.0
        used += taken
        while used > room > 1 and taken > room:  # a word longer than the line
            count, used, taken = count + 1, used - room, taken - room
    return count


def broken(text: str, room: float, size: float = _SIZE) -> str:
    """Return a heading with the bracket at its end on a line of its own where it doesn't fit beside the rest."""
    if "\n" in text or wide(text, size) <= room:
        return text
    return re.sub(r"(?<=.) ?([(\uff08][^()]*[)\uff09]\w?)$", r"\n\1", text)

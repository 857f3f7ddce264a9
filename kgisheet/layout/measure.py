"""How much room a text takes."""

from __future__ import annotations

import re

from ..values.regex import regex

_SIZE = 10.0
"""Points of the type that the width of a column counts: a character is about as wide as a digit of it."""
_LEADING = 1.45
"""A line over its type: Noto Sans CJK's, and of 游ゴシック's all but the white above and below."""
PIECES = regex(r"[^\s\u2000-\uffff]+|[\u2000-\uffff]|\s")
"""The pieces that a line is broken between: Latin words stay whole, Japanese is broken anywhere."""

_ENDS = regex(r"[\u3041-\u309f](?=[^\u3041-\u309f\s)\uff09])")
"""Where a Japanese word may end: the last hiragana before another script."""

_BOLD = 1.07
"""How much wider bold Latin letters and figures are; Japanese ones are all alike."""
_NARROW, _WIDE = frozenset(" .,:;'|!ijlft()[]-/"), frozenset("mwMW@%")


def width(text: str) -> int:
    """Return how many half-width characters a text takes."""
    return sum(1 if ord(letter) < 0x2000 else 2 for letter in text)


def wide(text: str, size: float = _SIZE, *, bold: bool = False) -> float:
    """Return how wide a text is in type of so many points, in the characters that columns are measured in."""
    bolder = sum(map(_letter, filter(str.isascii, text))) * (_BOLD - 1) if bold else 0.0
    return (sum(map(_letter, text)) + bolder) * size / _SIZE


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
    for piece in PIECES.findall(text):
        taken = wide(piece)
        if used and used + taken > room and not piece.isspace():
            count, used = count + 1, 0.0
        used += taken
        while used > room > 1 and taken > room:  # a word longer than the line
            count, used, taken = count + 1, used - room, taken - room
    return count


def tall(lines: int, size: float = _SIZE) -> float:
    """Return how many points so many lines take in type of ``size`` points: Japanese fonts lead by nearly half of it."""
    return 2 + _LEADING * size * lines


def broken(text: str, room: float, size: float = _SIZE) -> str:
    """Return a heading on two lines where it doesn't fit on one: before the bracket at its end, else between two words."""
    if "\n" in text or wide(text, size) <= room:
        return text
    apart = re.sub(r"(?<=.) ?([(\uff08][^()]*[)\uff09]\w?)$", r"\n\1", text)
    return _halved(text, room, size) if apart == text else apart


def _halved(text: str, room: float, size: float) -> str:
    """Return a Japanese heading broken where a word begins, if both parts then fit: うち記事からの割合 after から or の."""
    halves = [(text[: found.end()], text[found.end() :]) for found in _ENDS.finditer(text)]
    most = [(max(wide(one, size), wide(other, size)), one, other) for one, other in halves]
    least, one, other = min(most, default=(room + 1, "", ""))
    return f"{one}\n{other}" if least <= room else text

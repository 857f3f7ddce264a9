"""How much room a text takes."""

from __future__ import annotations


def width(text: str) -> int:
    """Return how many half-width characters a text takes."""
    return sum(1 if ord(letter) < 0x2000 else 2 for letter in text)


def wrapped(text: str, room: float, ease: float = 1.0) -> int:
    """Return how many lines a text takes in ``room`` half-width characters; ``ease`` is what they count on this paper."""
    return max(1, -(-int(width(text) * ease) // int(room)))

"""How much room a text takes."""

from __future__ import annotations


def width(text: str) -> int:
    """Return how many half-width characters a text takes."""
    return sum(1 if ord(letter) < 0x2000 else 2 for letter in text)

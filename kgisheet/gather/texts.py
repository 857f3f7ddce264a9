"""Texts from files and their names, as a cell can hold them."""

from __future__ import annotations


def plain(text: str, most: int) -> str:
    """Return a text on one line, without what can't be seen or written (control characters, halves of letters), and not too long."""
    said = "".join(letter if letter.isprintable() else " " for letter in text).strip()
    return said if len(said) <= most else f"{said[: most - 1]}…"


def lines(text: str, most: int) -> str:
    """Return the same for a text of several lines."""
    said = "\n".join(plain(line, most) for line in text.split("\n"))
    return said if len(said) <= most else f"{said[: most - 1]}…"

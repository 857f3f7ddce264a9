"""Texts aligned in columns for a terminal, where a Japanese letter is two columns wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection


def aligned(rows: list[list[str]], right: Collection[int] = ()) -> str:
    """Return rows with their cells aligned in columns; ``right`` are the columns of figures."""
    widths = [max(width(row[col]) for row in rows) for col in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = []
        for col, cell in enumerate(row):
            gap = " " * (widths[col] - width(cell))
            cells.append(gap + cell if col in right else cell + gap)
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


def cut(text: str, most: int) -> str:
    """Return a text of at most ``most`` columns, a longer one cut and ended with …."""
    if width(text) <= most:
        return text
    kept = ""
    for letter in text:
        if width(kept + letter) > most - 2:
            break
        kept += letter
    return f"{kept}…"

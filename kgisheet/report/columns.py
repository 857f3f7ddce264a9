"""Texts aligned in columns for a terminal, where a Japanese letter is two columns wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from ..values.regex import regex


def aligned(rows: list[list[str]], right: Collection[int] = (), most: int | None = None) -> str:
    """Return rows with their cells aligned in columns; ``right`` are the columns of figures.

    With ``most``, texts are cut so that no line is wider; figures never are.
    """
    if most is not None:
        rows = _fitted(rows, right, most)
    widths = _widths(rows)
    lines = []
    for row in rows:
        cells = []
        for col, cell in enumerate(row):
            gap = " " * (widths[col] - width(cell))
            cells.append(gap + cell if col in right else cell + gap)
        lines.append((" " * _GAP).join(cells).rstrip())
    return "\n".join(lines)


def whole_width(rows: list[list[str]]) -> int:
    """Return how many columns of a terminal the aligned rows take, uncut."""
    return _total(_widths(rows))


def _widths(rows: list[list[str]]) -> list[int]:
    return [max(width(row[col]) for row in rows) for col in range(len(rows[0]))]


def _total(widths: list[int]) -> int:
    return sum(widths) + _GAP * (len(widths) - 1)


def _fitted(rows: list[list[str]], right: Collection[int], most: int) -> list[list[str]]:
    """Return the rows with the widest columns of texts cut, until a line has room."""
    widths = _widths(rows)
    texts = [col for col in range(len(widths)) if col not in right]
    over = _total(widths) - most
    while over > 0 and texts:
        widest = max(texts, key=lambda col: (widths[col], col))
        if widths[widest] <= _LEAST:
            break
        next_one = max((widths[col] for col in texts if col != widest), default=0)
        taken = min(over, max(1, widths[widest] - max(next_one, _LEAST)))
        widths[widest] -= taken
        over -= taken
    return [[cell if col in right else cut(cell, widths[col]) for col, cell in enumerate(row)] for row in rows]


_GAP = 2
_LEAST = 8  # columns; less of a text says nothing


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


_WORDS = regex(r"[!-~]+ ?|.")
"""What stays on one line: a word of Latin letters; a Japanese letter each."""


def wrapped(text: str, most: int | None) -> list[str]:
    """Return a text as lines of at most ``most`` columns; a word that is wider than that is cut."""
    if most is None:
        return [text]
    lines = [""]
    for word in _WORDS.findall(text):
        if lines[-1] and width(lines[-1] + word.rstrip()) > most:
            lines.append("")
        lines[-1] += cut(word, most)
    return [line.rstrip() for line in lines]

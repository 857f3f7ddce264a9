"""Oddities of a file, which mean nothing, or two things at once: at a cell, or a whole sheet. They are read past, and said (`check.odd`)."""

from __future__ import annotations

from typing import Literal, NamedTuple

CellKind = Literal["two_values", "no_text", "no_address", "too_long", "unknown"]
"""Two values at one address; a text by a number that none has; an address that is none; more than a cell takes; what no cell has."""
SheetKind = Literal["lost", "same_title"]
"""A sheet without its part, or of no kind that holds cells; one with the title of another."""


class OddCell(NamedTuple):
    """A cell whose stored content counts for nothing; row and column from 0."""

    sheet: str
    row: int
    col: int
    kind: CellKind


class OddSheet(NamedTuple):
    """A sheet that was left out, or read under another title than its own."""

    title: str
    kind: SheetKind
    read_as: str = ""


class Odd(NamedTuple):
    """All of a file."""

    cells: tuple[OddCell, ...] = ()
    sheets: tuple[OddSheet, ...] = ()


class Titles:
    """The titles of a file's sheets, each once: programs take them for equal but for case."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def own(self, title: str) -> str:
        """Return the title under which a sheet is read: its own, or with a number where another has that."""
        made, number = title, 1
        while made.casefold() in self._taken:
            number += 1
            made = f"{title} ({number})"
        self._taken.add(made.casefold())
        return made

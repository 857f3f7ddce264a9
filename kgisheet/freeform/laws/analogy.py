"""Formulas that are just those beside them, where on the line above or below the two differ: SUMIF of leads under リード and under 商談.

=SUMIF(B4:B9,"オンライン",C4:C9) twice, above it =SUMIF(B4:B9,"オフライン",C4:C9) and …,E4:E9): the second one means E4:E9.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...values.regex import regex
from ..rules.cells import Cells
from .fills import At

_TOKEN = regex(r'"[^"]*"|\$?[A-Z]{1,3}\$?\d+|[A-Za-z_.]+|\d+(?:\.\d+)?|\S')


def of_two_lines(cells: Cells, own: Mapping[At, str]) -> Iterator[tuple[At, str]]:
    """Yield the formulas that are copies of those beside them, with what these are on the next line, moved to theirs."""
    for at, text in own.items():
        row, col = at
        left = own.get((row, col - 1))
        if left is None or '"' not in text or _tokens(left) != _tokens(text) or not _are_called_otherwise(cells, at):
            continue
        for down in (-1, 1):
            one, other = own.get((row + down, col - 1)), own.get((row + down, col))
            if one is None or other is None or _tokens(one) == _tokens(other):
                continue
            made = _as_there(_tokens(one), _tokens(other), _tokens(left))
            if made is not None and made != _tokens(text):
                yield at, "".join(made)
                break


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.removeprefix("="))


def _as_there(one: list[str], other: list[str], left: list[str]) -> list[str] | None:
    """Return a formula to one as another one is to its own: what both have as it is there, what is its own as it is here."""
    if not len(one) == len(other) == len(left):
        return None
    made: list[str] = []
    for its, beside, here in zip(one, other, left, strict=True):
        if its == here:
            made.append(beside)  # both lines have it: it goes with the column
        elif its == beside:
            made.append(here)  # both columns have it: it goes with the line
        else:
            return None
    return made


def _are_called_otherwise(cells: Cells, at: At) -> bool:
    """Return whether a figure and the one before it are under two headings."""
    places = [(at[0], at[1] - 1), at]
    if any(each not in cells.amounts for each in places):
        return False
    heads = [cells.heading(cells.amounts[each][0]) for each in places]
    return None not in heads and len({each.flat for each in heads if each is not None}) == len(places)

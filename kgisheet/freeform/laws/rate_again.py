"""A rate that two steps take one after the other: 面談 = 契約 ÷ 面談→契約率, and 問い合わせ = 面談 ÷ 面談→契約率, beside 問い合わせ→面談率.

The second one means the rate that is called as it is, which no other step takes, or the one that its neighbour takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from ...formula.grid import Where
from ...values.a1 import address
from ...values.regex import regex
from ..rules.cells import Cells
from .fills import At
from .lists import names

_STEP = regex(r"^=\+?(?:round(?:up|down)?\(|ceiling\()?[^*/()+-]+[*/][^*/()+-]+(?:,-?\d+\))?$", re.IGNORECASE)
_NEAR, _FAR = 3, 8


def rate_again(cells: Cells, own: Mapping[At, str]) -> Iterator[tuple[At, str]]:
    """Yield the formulas of steps that take the rate of the step before, with the one that they mean."""
    refs, title = cells.references, cells.page.title
    for at, text in own.items():
        uses = refs.of((title, *at)) if _STEP.match(text.replace(" ", "")) else frozenset()
        rates = [each for each in uses if _is_rate(cells, each)]
        if len(uses) != 2 or len(rates) != 1:
            continue
        (rate,), (source,) = rates, uses - set(rates)
        if rate not in refs.of(source) or source[0] != title:
            continue
        meant = [each for each in _beside(cells, rate) if _is_meant(cells, at, each, rate)]
        if len(meant) == 1 and (formula := _with(text, rate, meant[0])) is not None:
            yield at, formula


def _is_rate(cells: Cells, where: Where) -> bool:
    value = cells.sheets.constants.get(where)
    return isinstance(value, Fraction) and 0 < value < 1


def _beside(cells: Cells, rate: Where) -> Iterator[Where]:
    """Yield the other rates of the list that a rate is in."""
    sheet, row, col = rate
    for down in range(-_NEAR, _NEAR + 1):
        other = (sheet, row + down, col)
        if down and row + down >= 0 and _is_rate(cells, other):
            yield other


def _is_meant(cells: Cells, at: At, other: Where, rate: Where) -> bool:
    """Return whether a step's own name is in that of a rate which nobody takes, or the step beside it takes that one."""
    title, refs = cells.page.title, cells.references
    if other not in refs.used:
        called = _label(cells, (title, *at))
        return bool(called & _label(cells, other)) and not called & _label(cells, rate)
    uses = refs.of((title, *at)) - {rate}
    return any(
        other in refs.of(beside) and rate not in refs.of(beside) and len(refs.of(beside)) == len(uses) + 1
        for beside in ((title, at[0], at[1] - 1), (title, at[0], at[1] + 1))
    )


def _label(cells: Cells, where: Where) -> frozenset[str]:
    """Return the words of the nearest text before a cell."""
    sheet, row, col = where
    for before in range(col - 1, max(-1, col - _FAR), -1):
        text = cells.sheets.constants.get((sheet, row, before))
        if isinstance(text, str) and text.strip():
            return names(text.casefold())
    return frozenset()


def _with(text: str, rate: Where, other: Where) -> str | None:
    """Return a formula with a reference to another cell of the same column instead of one."""
    cell = address(rate[1], rate[2])
    letters = cell.rstrip("0123456789")
    found = re.sub(
        rf"(?<![A-Za-z0-9$])(\$?{letters}\$?){rate[1] + 1}(?!\d)", lambda match: f"{match[1]}{other[1] + 1}", text, count=2
    )
    return found if found != text else None

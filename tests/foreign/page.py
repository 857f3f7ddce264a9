"""A random sheet in the making: its cells, what its figures are, and what ties them."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any, NamedTuple

At = tuple[int, int]
QUOTIENT, SUM, PRODUCT = "quotient", "sum", "product"


class Tie(NamedTuple):
    """An equation between cells: the first ÷ the last are the ``result``; or all of them added, or multiplied."""

    how: str
    result: At
    of: tuple[At, ...]
    less: tuple[At, ...] = ()


class Page:
    """A sheet in the making; ``figures`` hold what its cells say."""

    def __init__(self, seed: int) -> None:
        self.pick = random.Random(seed)  # noqa: S311
        self.cells: dict[At, tuple[Any, str]] = {}
        self.figures: dict[At, Fraction] = {}
        self.ties: list[Tie] = []
        self.top, self.left = self.pick.randint(1, 4), self.pick.randint(1, 3)

    def text(self, row: int, col: int, value: str) -> None:
        self.cells[self.top + row, self.left + col] = value, "General"

    def texts(self, row: int, *values: str) -> None:
        for col, value in enumerate(values):
            if value:
                self.text(row, col, value)

    def figure(self, row: int, col: int, value: float | Fraction, code: str = "General", shown: Any = None) -> At:
        at = self.top + row, self.left + col
        number = float(value)
        self.cells[at] = (shown if shown is not None else int(number) if number.is_integer() else number), code
        self.figures[at] = Fraction(value)
        return at

    def count(self, row: int, col: int, value: float | Fraction, habit: str = "") -> At:
        return self.figure(
            row, col, value, "#,##0" if habit == "format" else "General", f"{int(value):,}件" if habit == "text" else None
        )

    def rate(self, row: int, col: int, value: Fraction, habit: str = "") -> At:
        return self.figure(
            row, col, value, "0.0%" if habit != "text" else "General", f"{float(value * 100):g}%" if habit == "text" else None
        )

    def tie(self, how: str, result: At, *of: At, less: tuple[At, ...] = ()) -> None:
        self.ties.append(Tie(how, result, of, less))

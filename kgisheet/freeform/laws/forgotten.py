"""Figures that formulas forgot: a rate beside a formula that has another number typed into it, a column's own rate that nobody uses.

That no formula refers to a figure proves nothing; that one does what its neighbours do with it, but for another cell, does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property

from ...formula.shift import relative
from ...values.a1 import address
from ..rules.cells import Cells
from ..rules.references import cells_of
from .fills import NEAR, At, Copied, Filled
from .said import RATE, numbers

_LITERAL = re.compile(r"(?<![\w.$!:])(0?\.\d+|\d+(?:\.\d+)?%)(?![\w.(%!:])")
_LEAST = 2
_POWERS = (Fraction(1, 100), Fraction(1, 10), 10, 100)


class Forgotten:
    """The figures that the formulas of one sheet leave out."""

    def __init__(self, cells: Cells, own: Mapping[At, str], filled: Mapping[At, Filled], copied: Copied) -> None:
        self.cells = cells
        self.title = cells.page.title
        self.own = own
        self.filled = filled
        self.copied = copied

    def __iter__(self) -> Iterator[tuple[At, str]]:
        yield from self._typed_in()
        yield from self._otherwise_said()
        yield from self._of_another_column()

    def _typed_in(self) -> Iterator[tuple[At, str]]:
        """Yield formulas with a rate typed into them where those like them refer to the one beside, as nobody refers to theirs."""
        for at, text in self.own.items():
            literal = _LITERAL.search(text)
            if literal is None or len(_LITERAL.findall(text)) > 1:
                continue
            for rate in ((at[0] - 1, at[1]), (at[0] + 1, at[1]), (at[0], at[1] - 1)):
                if not self._is_idle_rate(rate):
                    continue
                formula = f"{text[: literal.start()]}{address(*rate)}{text[literal.end() :]}"
                if relative(formula, *at) in self._lying:
                    yield at, formula.removeprefix("=")

    @cached_property
    def _lying(self) -> set[str]:
        """How each formula reads from its own cell."""
        return {each.lying for each in self.filled.values()}

    def _is_idle_rate(self, at: At) -> bool:
        spot = self.cells.amounts.get(at)
        return (
            spot is not None
            and at not in self.own
            and self.cells.is_rate(spot[0])
            and (self.title, *at) not in self.cells.references.used
        )

    def _otherwise_said(self) -> Iterator[tuple[At, str]]:
        """Yield formulas that take another rate than the one that their own labels say, as others take theirs."""
        wrong: list[tuple[At, str]] = []
        right = 0
        for at, text in self.own.items():
            literals = _LITERAL.findall(text)
            said = self._said(at)
            if len(literals) != 1 or said is None:
                continue
            typed = Fraction(literals[0].rstrip("%")) / (100 if literals[0].endswith("%") else 1)
            if typed in (said, 1 - said):
                right += 1
            elif typed / said in _POWERS:
                wrong.append((at, _LITERAL.sub(f"{float(said):g}", text).removeprefix("=")))
        if len(wrong) == 1 and right:
            yield wrong[0]

    def _said(self, at: At) -> Fraction | None:
        """Return the one rate that the label before a cell says."""
        spot = self.cells.amounts.get(at)
        label = self.cells.label(spot[0]) if spot is not None else None
        rates = [each.value for each in numbers(label.text) if each.kind == RATE] if label is not None else []
        return rates[0] if len(rates) == 1 else None

    def _of_another_column(self) -> Iterator[tuple[At, str]]:
        """Yield formulas that are those of the next column but for a cell of it, while their own column's is idle."""
        for at, own in self.filled.items():
            for steps in NEAR:
                for axis in (1, 0):
                    other = self.filled.get(there := (at[0] + steps * (1 - axis), at[1] + steps * axis))
                    if other is None or other.lying == own.lying or other.bare != own.bare:
                        continue
                    if (formula := self._meant(at, there, axis)) is not None:
                        yield at, formula

    def _meant(self, at: At, other: At, axis: int) -> str | None:
        one, two = self.filled[at], self.filled[other]
        # On all the other lines the one column is the other's copy.
        copied, otherwise = self.copied.counts(axis, at[axis], other[axis])
        if copied < _LEAST or otherwise > 1:
            return None
        if not (self._forgets(at, other, two) and not self._forgets(other, at, one)):
            return None
        return two.text(two.copied(other, at))

    def _forgets(self, at: At, other: At, like: Filled) -> bool:
        """Return whether a formula leaves out a typed figure that nobody else uses, and that it would use if it were the other."""
        formula = like.text(like.copied(other, at))
        left = set(cells_of(formula, self.title)) - self.cells.references.of((self.title, *at))
        constants = self.cells.sheets.constants
        return any(isinstance(constants.get(where), Fraction) and where not in self.cells.references.used for where in left)

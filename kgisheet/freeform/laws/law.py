"""One law for one line of a table: which figure follows from which, whether it does, and what each would have to be."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import NamedTuple

from ...formula.grid import Where
from .tables import MONEY, PERCENT, Value

PRODUCT, GROWN, COMPOUND, SUM, MEAN = "product", "grown", "compound", "sum", "mean"
MULTIPLE, SAME, CARRIED, RETAINED, RATIO, PROGRESS = "multiple", "same", "carried", "retained", "ratio", "progress"
"""a × b, × c; a × (1 + b), or 1 − b; a × (1 + b) to a power; a + b − c; the mean of some; a × a number that is said; the same as another; what
another is short of zero; some added up, as a share of the first of them; a ÷ b, to the digits of a rate; how far a is
from b on the way to c."""

EXACT, ROUNDED, BACK, WRITTEN, ABOUT, OFF = range(6)
"""How closely a figure follows: exactly; rounded; another one is this one's, rounded; the rate is so as it is written; within
the roundings of all of them; not at all. The last that still holds is WRITTEN."""

_FINE = 1e-9
_TWO = 2


class Case(NamedTuple):
    """One law on one line. ``by`` is its constant; ``signs`` are those of a sum's parts, or how much of each counts."""

    kind: str
    result: Value
    operands: tuple[Value, ...]
    by: Fraction = Fraction(1)
    signs: tuple[int | Fraction, ...] = ()
    tight: bool = False
    """Nothing was worked out from figures before they were rounded."""
    strict: bool = False
    """All else of its law is exact: so it would be, too."""
    typed: bool = False
    """Its rate was typed, as those of the other lines were."""
    only: Where | None = None
    """The only one of its cells that may be wrong, where all others are confirmed."""
    by_another: bool = False
    """Another figure of the sheet was taken for one of its cells: by that one its result is as it stands."""

    @property
    def cells(self) -> tuple[Value, ...]:
        return (self.result, *self.operands)

    @property
    def places(self) -> frozenset[Where]:
        """Where its cells are."""
        return frozenset(each.where for each in self.cells)

    @property
    def is_made_otherwise(self) -> bool:
        """Whether a formula says that one of its figures comes of other cells."""
        own = self.places
        return any(not each.uses <= own for each in self.cells)

    @property
    def exact(self) -> Fraction:
        """The result that the operands give."""
        of = [each.exact for each in self.operands]
        if self.kind == PRODUCT:
            return math.prod(of, start=self.by)
        if self.kind == GROWN:
            return of[0] * (1 + self.by * of[1])
        if self.kind == COMPOUND:
            return of[0] * (1 + of[1]) ** int(self.by)
        if self.kind == SUM:
            return sum((sign * each for sign, each in zip(self.signs, of, strict=True)), Fraction(0))
        if self.kind == RETAINED:
            return sum((sign * each for sign, each in zip(self.signs, of, strict=True)), Fraction(0)) / of[0]
        if self.kind == RATIO:
            return of[0] / of[1]
        if self.kind == PROGRESS:
            return (of[0] - of[1]) / (of[2] - of[1])
        if self.kind == MEAN:
            return sum(of, Fraction(0)) / len(of)
        if self.kind == CARRIED:
            return max(Fraction(0), -of[0])
        return of[0] * self.by

    def solved(self, value: Value) -> Fraction | None:
        """Return what a cell has to be for the law to hold, all others being as they are; None where nothing makes it hold."""
        if value is self.result:
            return self.exact
        if self.kind == RETAINED:
            return None
        at, found = self.operands.index(value), self.result.exact
        others = [each.exact for index, each in enumerate(self.operands) if index != at]
        if self.kind == RATIO:
            return found * others[0] if at == 0 else others[0] / found if found else None
        if self.kind == PROGRESS:
            return _on_the_way(found, others, at)
        if self.kind == SUM:
            signs = [sign for index, sign in enumerate(self.signs) if index != at]
            rest = sum((sign * each for sign, each in zip(signs, others, strict=True)), Fraction(0))
            return (found - rest) / self.signs[at]
        if self.kind == MEAN:
            return found * len(self.operands) - sum(others, Fraction(0))
        if self.kind == CARRIED:
            return -found
        if self.kind == GROWN and at == 1:
            return (found / others[0] - 1) * self.by if others[0] else None
        if self.kind == COMPOUND and at == 1:
            return Fraction(float(found / others[0]) ** (1 / int(self.by)) - 1) if others[0] and found / others[0] > 0 else None
        by = self._share_of(at)
        return found / by if by else None

    def _share_of(self, at: int) -> Fraction:
        """Return by how much the result moves with an operand of a product."""
        if self.kind == GROWN:
            return self.operands[0].exact * self.by if at == 1 else 1 + self.by * self.operands[1].exact
        if self.kind == COMPOUND:
            base, rate = self.operands
            power = int(self.by)
            return base.exact * power * (1 + rate.exact) ** (power - 1) if at == 1 else (1 + rate.exact) ** power
        if self.kind != PRODUCT:
            return self.by
        return math.prod((each.exact for index, each in enumerate(self.operands) if index != at), start=self.by)

    def needed(self, value: Value) -> tuple[float, float]:
        """Return between which two values a cell makes the law hold, all others being as they are."""
        made = self.solved(value)
        if made is None:
            return 0.0, -1.0
        if self.strict:
            return _around(float(made), 0.0)
        if value is self.result:
            slack = self._near() if self.tight else self._loose()
            # A rate that is one of its last digit off is off: 83 % isn't 84 %.
            return _around(float(made), min(slack, value.step / 2) if self.kind == RETAINED else slack)
        slack = value.step / 2
        if self.kind == RATIO:
            slack += abs(float(made)) * self.result.step / 2 / max(abs(self.result.number), 1e-9)
        elif self.kind == PROGRESS:
            slack += abs(self.operands[2].number - self.operands[1].number) * self.result.step
        elif self.kind == MEAN:
            slack += self.result.step * len(self.operands)
        elif self.kind not in (SUM, CARRIED):
            slack += self.result.step / abs(float(self._share_of(self.operands.index(value))))
        if self.kind == PRODUCT:
            # A rate that was measured is among the others: 1.6 % are 1.55 % to 1.65 %.
            others = [each for each in self.operands if each is not value and each.number and self._may_be_measured(each)]
            slack += sum(abs(float(made) / each.number) * each.step / 2 for each in others)
        return _around(float(made), slack)

    def _may_be_measured(self, value: Value) -> bool:
        """Return whether a factor may be the quotient of the others, rounded: a rate of two counts, 3.3 times."""
        if value.kind == PERCENT:
            return len(self.operands) > _TWO or not self.tight
        return value.kind != MONEY and value.step < 1

    def _loose(self) -> float:
        """Return by how much the roundings of its operands may move the result."""
        slack = self.result.step
        if self.kind == PRODUCT and len(self.operands) == 2:
            one, two = self.operands
            slack += abs(float(self.by)) * (abs(one.number) * two.step / 2 * (two.kind == PERCENT) + abs(two.number) * one.step)
        elif self.kind == PRODUCT:
            made = abs(float(self.exact))
            slack += sum(made / abs(each.number) * each.step / 2 for each in self.operands if each.number)
        elif self.kind in (GROWN, COMPOUND):
            slack += abs(float(self._share_of(1))) * self.operands[1].step / 2
        elif self.kind == SUM:
            slack *= len(self.operands) / 2
        elif self.kind == MULTIPLE:
            slack += abs(float(self.by)) * self.operands[0].step
        return slack

    @property
    def _about(self) -> float:
        """The result that the operands give, in binary: thousands of lines are tried for each law."""
        if self.kind == PRODUCT:
            return math.prod((each.number for each in self.operands), start=float(self.by))
        if self.kind == MULTIPLE:
            return self.operands[0].number * float(self.by)
        if self.kind == GROWN:
            return self.operands[0].number * (1 + float(self.by) * self.operands[1].number)
        return float(self.exact)

    def _about_solved(self, value: Value) -> float | None:
        """Return the same for what a cell has to be."""
        if self.kind == PRODUCT and value is not self.result:
            at = self.operands.index(value)
            by = math.prod((each.number for index, each in enumerate(self.operands) if index != at), start=float(self.by))
            return self.result.number / by if by else None
        made = self.solved(value)
        return float(made) if made is not None else None

    def follows(self) -> int:
        """Return how closely the result follows."""
        made, found = self._about, self.result.number
        if _same(made, found):
            return EXACT
        if (
            abs(made - found) < self.result.step * (1 - 1e-6)
            if self.result.kind != PERCENT
            else abs(made - found) <= self.result.step * 0.501
        ):
            return ROUNDED
        back = self.turned()
        if back is not None:
            return WRITTEN if back.kind == PERCENT else BACK
        return ABOUT if abs(made - found) <= self._loose() else OFF

    def turned(self) -> Value | None:
        """Return the operand that is the quotient of the others, rounded; a rate last."""
        own = self.operands if self.kind in (PRODUCT, GROWN, COMPOUND, MULTIPLE) else ()
        for each in sorted(own, key=lambda each: each.kind == PERCENT):
            made = self._about_solved(each)
            if made is not None:
                low, high = _around(made, each.step * (0.501 if each.kind == PERCENT else 1 - 1e-6))
                if low <= each.number <= high:
                    return each
        return None

    def is_loose(self) -> bool:
        """Return whether it holds for another of its figures has one digit alone: 4.6 times, written as 4."""
        back = self.turned() if self.follows() == BACK else None
        return back is not None and back.digits == 1

    def is_cut(self) -> bool:
        """Return whether it holds only if a count was rounded down from more than a half: 6.6 times, written as 6."""
        back = self.turned() if self.follows() == BACK else None
        if back is None or back.kind in (PERCENT, MONEY) or back.step != 1:
            return False
        made = self._about_solved(back)
        return made is not None and made - back.number >= 1 / 2

    def is_near(self) -> bool:
        """Return whether the result follows but for its own rounding, and that of a rate."""
        return abs(float(self.exact) - self.result.number) <= self._near()

    def _near(self) -> float:
        slack = self.result.step / 2 if self.kind == SUM else self.result.step
        if self.kind in (PRODUCT, GROWN, COMPOUND) and not self.typed:
            rate = next((each for each in self.operands if each.kind == PERCENT), None)
            slack += abs(float(self.exact) / rate.number) * rate.step / 2 if rate is not None and rate.number else 0.0
        return slack


def _on_the_way(progress: Fraction, others: list[Fraction], at: int) -> Fraction | None:
    """Return where one is that is so far on the way, or where the way begins or ends."""
    if at == 0:
        start, end = others
        return start + progress * (end - start)
    now, other = others
    if at == 1:
        return (now - progress * other) / (1 - progress) if progress != 1 else None
    return other + (now - other) / progress if progress else None


def _around(value: float, slack: float) -> tuple[float, float]:
    slack += abs(value) * _FINE
    return value - slack, value + slack


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= _FINE * max(1.0, abs(one), abs(other))

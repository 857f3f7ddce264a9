"""Figures that formulas forgot: a rate beside a formula that has another number typed into it, a column's own rate that nobody uses.

That no formula refers to a figure proves nothing; that one does what its neighbours do with it, but for another cell, does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property

from ...formula.grid import Where
from ...formula.shift import relative
from ...values.a1 import address
from ...values.regex import regex
from ..rules.cells import Cells
from ..rules.references import cells_of
from .fills import At, Filled
from .lists import names
from .said import RATE, numbers
from .twins import NEAR, Copied

_LITERAL = regex(r"(?<![\w.$!:])(0?\.\d+|\d+(?:\.\d+)?%)(?![\w.(%!:])")
_LEAST = 2
_ENDS = 2
_OWN_LIST = 3  # rows from a formula to a figure of its own list
_ONE_NUMBER = regex(r"(?<![\w.$!:])\d+(?:\.\d+)?(?![\w.(%!:])")
_PLAIN_NUMBERS = {Fraction(each) for each in (0, 1, 2, 3, 4, 7, 10, 12, 52, 60, 100, 365, 1000, 10_000, 1_000_000)}
"""Numbers that formulas have by themselves: months of a year, hundredths."""
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
        """Yield those that cells beside them have otherwise."""
        yield from self._typed_in()
        yield from self._otherwise_said()
        yield from self._of_another_column()

    def by_name(self) -> Iterator[tuple[At, str]]:
        """Yield those that what figures are called shows to be of a cell that nobody uses."""
        yield from self._typed_for_a_named_one()
        yield from self._of_a_step_twice()
        yield from self._typed_for_the_idle_one()
        yield from self._of_a_namesake()

    def _typed_in(self) -> Iterator[tuple[At, str]]:
        """Yield formulas with a rate typed into them where those like them refer to the one beside, as nobody refers to theirs."""
        for at, text in self.own.items():
            literal = _LITERAL.search(text)
            if literal is None or len(_LITERAL.findall(text)) > 1 or self._says(at, literal[1]):
                continue
            for rate in ((at[0] - 1, at[1]), (at[0] + 1, at[1]), (at[0], at[1] - 1)):
                if not self._is_idle_rate(rate):
                    continue
                formula = f"{text[: literal.start()]}{address(*rate)}{text[literal.end() :]}"
                if relative(formula, *at) in self._lying:
                    yield at, formula.removeprefix("=")

    def _says(self, at: At, literal: str) -> bool:
        """Return whether the label of a formula says the rate that is typed into it: Calls reached (70%)."""
        rate = Fraction(literal.rstrip("%")) / (100 if literal.endswith("%") else 1)
        return self._said(at) == rate

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

    # -- rates that nobody uses, by what they are called ------------------------------------

    @cached_property
    def _idle(self) -> list[At]:
        """The typed rates that no formula refers to, on a sheet whose formulas refer to others."""
        rates = [at for at in self.cells.amounts if at not in self.own and self._is_rate(at)]
        idle = [at for at in rates if (self.title, *at) not in self.cells.references.used]
        return idle if len(idle) < len(rates) else []

    def _is_rate(self, at: At) -> bool:
        """Return whether a cell holds a rate, by its format or by what a fraction is called."""
        found = self.cells.amounts.get(at)
        return found is not None and (self.cells.is_rate(found[0]) or self.cells.is_called_rate(found[0]))

    def _names(self, at: At) -> frozenset[str]:
        spot = self.cells.amounts.get(at)
        label = self.cells.label(spot[0]) if spot is not None else None
        return names(label.flat) if label is not None else frozenset()

    def _typed_for_a_named_one(self) -> Iterator[tuple[At, str]]:
        """Yield formulas with a rate typed into them, where the one that nobody uses is called as they are: 商談 =B10*0.2, 商談化率 15 %."""
        for at, text in self.own.items():
            literal = _LITERAL.search(text)
            if literal is None or len(_LITERAL.findall(text)) > 1 or at not in self.filled:
                continue
            called = [each for each in self._idle if self._names(each) & self._names(at)]
            if len(called) == 1:
                yield at, f"{text[: literal.start()]}{address(*called[0])}{text[literal.end() :]}".removeprefix("=")

    def _of_a_step_twice(self) -> Iterator[tuple[At, str]]:
        """Yield the step that takes another step's rate, which its label says, while one rate is idle: Pitches by lead to pitch."""
        if len(self._idle) != 1:
            return
        steps: dict[At, list[At]] = {}
        for at, each in self.filled.items():
            for cell in set(each.cells) if len(each.cells) == _ENDS and "+" not in each.bare else ():
                if cell not in self.own and self._is_rate(cell):
                    steps.setdefault(cell, []).append(at)
        for rate, uses in steps.items():
            said = self._names(rate)
            ends = {at: self._ends(at, rate, said) for at in uses}
            if len(uses) == _ENDS and len(set(ends.values())) == _ENDS:
                at = min(ends, key=lambda each: ends[each])
                cells = [self._idle[0] if each == rate else each for each in self.filled[at].cells]
                yield at, self.filled[at].text(cells)

    @cached_property
    def _idle_inputs(self) -> list[Where]:
        """The typed figures of the workbook that no formula refers to and that have a label, where formulas refer to others of their list."""
        used = self.cells.references.used
        found = []
        for where, value in self.cells.sheets.constants.items():
            if isinstance(value, Fraction) and where not in used:
                near = [(where[0], where[1] + step, where[2]) for step in (-2, -1, 1, 2)]
                before = self.cells.sheets.constants.get((where[0], where[1], where[2] - 1))
                if (
                    isinstance(before, str)
                    and sum(each in used and each not in self.cells.sheets.formulas for each in near) > 1
                ):
                    found.append(where)
        return found

    def _typed_for_the_idle_one(self) -> Iterator[tuple[At, str]]:
        """Yield the one formula with a number typed into it, where one input alone is used by nobody: =B2*B3*22, working days 20."""
        if len(self._idle_inputs) != 1:
            return
        (idle,) = self._idle_inputs
        value = self.cells.sheets.constants[idle]
        found = [
            (at, match)
            for at, text in self.own.items()
            if (match := _ONE_NUMBER.search(text)) is not None and at in self.filled
        ]
        called = self.cells.sheets.constants[idle[0], idle[1], idle[2] - 1]
        own = names(called.casefold()) if isinstance(called, str) else frozenset()
        # Three times by itself is nobody's; beside a coverage of four that is called as what it makes, it is.
        typed = [(at, match) for at, match in found if Fraction(match[0]) not in _PLAIN_NUMBERS or own & self._names(at)]
        if len(typed) != 1 or not isinstance(value, Fraction):
            return
        ((at, match),) = typed
        times = Fraction(match[0]) / value if value else Fraction(0)
        if Fraction(1, 2) <= times <= 2:
            text = self.own[at]
            name = address(*idle[1:]) if idle[0] == self.title else f"'{idle[0]}'!{address(*idle[1:])}"
            yield at, f"{text[: match.start()]}{name}{text[match.end() :]}".removeprefix("=")

    def _of_a_namesake(self) -> Iterator[tuple[At, str]]:
        """Yield formulas with a typed figure of another list, where their own, of the same label and nearer, is used by nobody."""
        for at, each in self.filled.items():
            for cell in each.cells:
                label = self._label(cell)
                if not label or cell in self.own or cell[1] != at[1]:
                    continue
                near = [
                    (row, cell[1])
                    for row in range(at[0] - _OWN_LIST, at[0] + _OWN_LIST + 1)
                    if (row, cell[1]) not in (cell, at) and abs(row - at[0]) < abs(cell[0] - at[0])
                ]
                own = [
                    place
                    for place in near
                    if self._label(place) == label
                    and place not in self.own
                    and (self.title, *place) not in self.cells.references.used
                ]
                if len(own) == 1:
                    yield at, each.text([own[0] if other == cell else other for other in each.cells])

    def _label(self, at: At) -> str:
        found = self.cells.amounts.get(at)
        label = self.cells.label(found[0]) if found is not None else None
        return label.flat if label is not None else ""

    def _ends(self, at: At, rate: At, said: frozenset[str]) -> int:
        """Return how many of the two figures of a step have names that a rate has."""
        others = [each for each in self.filled[at].cells if each != rate]
        return sum(bool(self._names(each) & said) for each in (at, *others))

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
        if otherwise > 1 or not (copied >= _LEAST or (copied and self._has_a_twin(at, other, axis))):
            return None
        if not (self._forgets(at, other, two) and not self._forgets(other, at, one)):
            return None
        return two.text(two.copied(other, at))

    def _has_a_twin(self, at: At, other: At, axis: int) -> bool:
        """Return whether one more formula in line with two is a copy of the other one."""
        lying = self.filled[other].lying
        line = ((at[0], at[1] + step) if axis else (at[0] + step, at[1]) for step in NEAR)
        return any(each != other and each in self.filled and self.filled[each].lying == lying for each in line)

    def _forgets(self, at: At, other: At, like: Filled) -> bool:
        """Return whether a formula leaves out a typed figure that nobody else uses, and that it would use if it were the other."""
        formula = like.text(like.copied(other, at))
        left = set(cells_of(formula, self.title)) - self.cells.references.of((self.title, *at))
        constants = self.cells.sheets.constants
        return any(isinstance(constants.get(where), Fraction) and where not in self.cells.references.used for where in left)

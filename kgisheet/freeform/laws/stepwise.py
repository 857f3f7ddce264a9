"""Steps of a list, a figure, what it is multiplied or divided by, and what comes of it, of which one takes another cell than its own.

In such a list a wrong reference leaves a mark: the cell that was meant is used by no formula any more, right where the step is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..read import terms
from .direction import direction_said
from .fills import HOLE, At
from .formed import Line, Lists, replaced
from .idle import ones, things
from .tables import COUNT, MONEY, PERCENT

_PRICE = terms.of("price", "each", "mean")
_ASIDE = terms.of("last_year", "results", "previous", "goal", "so_far", "compared")
_NEW, _ASIDE_OF_REST = terms.of("to_win"), terms.of("last_year", "results")
_TWO = 2


class Stepwise:
    """The steps of the lists of one sheet that pass over their own cells."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists

    def __iter__(self) -> Iterator[tuple[At, str]]:
        """Yield them with what they should be."""
        for lines in self.lists:
            used_by: dict[At, int] = {}
            for line in lines.values():
                for cell in set(line.formula.cells if line.formula is not None else ()):
                    used_by[cell] = used_by.get(cell, 0) + 1
            for line in lines.values():
                if line.typed and (over := self._typed_over(lines, line)) is not None:
                    yield line.at, over
                if line.formula is not None and line.factors:
                    found = (
                        self._copied(lines, line)
                        or self._of_another_rate(lines, line, used_by)
                        or self._of_an_earlier_one(lines, line, used_by)
                    )
                    if found is not None:
                        yield line.at, found

    def _above(self, lines: Mapping[At, Line], line: Line, rows: int) -> Line | None:
        return lines.get((line.at[0] - rows, line.at[1]))

    def _typed_over(self, lines: Mapping[At, Line], line: Line) -> str | None:
        """Return the step that was typed over: nobody takes the count and the rate above it any more, and the next step is such a one."""
        rate, before, next_rate, after = (lines.get((line.at[0] + step, line.at[1])) for step in (-1, -_TWO, 1, _TWO))
        if rate is None or before is None or next_rate is None or after is None or after.formula is None:
            return None
        kinds = (before.kind, rate.kind, line.kind, next_rate.kind, after.kind)
        if kinds != (COUNT, PERCENT, COUNT, PERCENT, COUNT) or before.typed or not rate.typed or self.lists.is_used(rate.at):
            return None
        if (
            self.lists.is_used(before.at)
            or set(after.factors) != {line.at, next_rate.at}
            or after.formula.cells != (line.at, next_rate.at)
        ):
            return None
        return after.formula.text((before.at, rate.at))

    def _copied(self, lines: Mapping[At, Line], line: Line) -> str | None:
        """Return a bare reference to the figure before an input that nobody uses, with that input: =B9, and 25 % between."""
        own, before = self._above(lines, line, 1), self._above(lines, line, _TWO)
        if own is None or before is None or not own.typed or self.lists.is_used(own.at) or _ASIDE.search(own.label):
            return None
        if line.factors != {before.at: 1} or line.by != 1 or line.formula is None or len(line.formula.bare) != 1:
            return None
        value = self.lists.value(own.at)
        sign = self._sign(lines, line, before, own) if value not in (None, 0, 1) and line.label != before.label else ""
        if not sign:
            return None
        cells = (before.at, own.at)
        made = line.formula._replace(bare=f"{HOLE}{sign}{HOLE}", fixed=(line.formula.fixed[0], (False, False)))
        return made.text(cells)

    def _sign(self, lines: Mapping[At, Line], line: Line, before: Line, own: Line) -> str:
        """Return whether a figure is the one before it times an input, or by it, as their labels and units say; empty where they don't."""
        if own.kind == PERCENT:
            said = direction_said(line, before, own) if before.kind == line.kind else None
            ways = {
                power
                for each in lines.values()
                if each.kind == line.kind
                for cell, power in each.factors.items()
                if len(each.factors) == _TWO and (rate := self.lists.get(cell)) is not None and rate.kind == PERCENT
            }
            way = said or (ways.pop() if said is not None and len(ways) == 1 else 0)
            return "*" if way == 1 else "/" if way == -1 else ""
        kinds = (before.kind, line.kind)
        if own.kind == MONEY:
            return "*" if kinds == (COUNT, MONEY) else "/" if kinds == (MONEY, COUNT) else ""
        of = ones(own.label)
        if kinds != (COUNT, COUNT):
            return ""
        if of:
            is_of = of & things(before), of & things(line)
            return "*" if is_of[0] and not is_of[1] else "/" if is_of[1] and not is_of[0] else ""
        return "/" if ones(line.label) & things(own) and not ones(before.label) & things(own) else ""

    def _of_another_rate(self, lines: Mapping[At, Line], line: Line, used_by: Mapping[At, int]) -> str | None:
        """Return a step of the figure before an idle input by another one of its kind, which another formula has, with its own."""
        own, before = self._above(lines, line, 1), self._above(lines, line, _TWO)
        if own is None or before is None or not own.typed or self.lists.is_used(own.at) or _ASIDE.search(own.label):
            return None
        if before.at not in line.factors or len(line.factors) != _TWO:
            return None
        if own.kind == COUNT:
            return self._of_another_apiece(line, before, own, used_by)
        (other,) = (each for each in line.factors if each != before.at)
        taken = self.lists.get(other)
        if taken is None or line.formula is None:
            return None
        if taken.kind != own.kind:
            return replaced(line.formula, other, own.at) if self._is_of_no_kind(line, before, own, taken) else None
        if not taken.typed:
            return None
        if used_by.get(other, 0) < _TWO or line.names & taken.names or bool(_PRICE.search(own.label)) != (own.kind == MONEY):
            return None
        return replaced(line.formula, other, own.at)

    def _is_of_no_kind(self, line: Line, before: Line, own: Line, taken: Line) -> bool:
        """Return whether a step can't be of the cell that it takes, by their kinds, and is of its own: leads by a price, by a rate."""
        kinds, power = (before.kind, line.kind), line.factors[taken.at]
        if line.factors[before.at] != 1:
            return False
        if own.kind == PERCENT:
            return kinds == (COUNT, COUNT) and taken.kind == MONEY
        if taken.kind != PERCENT and not (taken.kind == COUNT and _PRICE.search(own.label)):
            return False
        return bool(_PRICE.search(own.label)) and ((kinds, power) in (((COUNT, MONEY), 1), ((MONEY, COUNT), -1)))

    def _of_another_apiece(self, line: Line, before: Line, own: Line, used_by: Mapping[At, int]) -> str | None:
        """Return a product of how many there are and how many each of them has, where it has another one's: offers per customer."""
        (other,) = (each for each in line.factors if each != before.at)
        taken = self.lists.get(other)
        if taken is None or line.formula is None or not ones(own.label) & things(before) or used_by.get(other, 0) < _TWO:
            return None
        its = own.names & line.names
        is_its = bool(its) and not its & taken.names and line.factors == {before.at: 1, other: 1}
        return replaced(line.formula, other, own.at) if is_its else None

    def _of_an_earlier_one(self, lines: Mapping[At, Line], line: Line, used_by: Mapping[At, int]) -> str | None:
        """Return a step that takes its own rate or price and, for the figure before it that nobody uses, an earlier one.

        The earlier one is of another kind than a step by a rate can be of, or has no name of the step's, as the other one has.
        """
        own, before = self._above(lines, line, 1), self._above(lines, line, _TWO)
        if own is None or before is None or not own.typed or before.typed or self.lists.is_used(before.at):
            return None
        if own.at not in line.factors or len(line.factors) != _TWO or used_by.get(own.at, 0) != 1 or line.formula is None:
            return None
        (other,) = (each for each in line.factors if each != own.at)
        taken = self.lists.get(other)
        if taken is None or other[1] != line.at[1] or other > before.at or line.factors[other] != 1:
            return None
        if self._is_rest(before, taken) and before.kind == taken.kind:
            if own.kind == PERCENT:
                is_step = before.kind == line.kind
            else:
                is_amount = (before.kind, line.kind) == (MONEY, COUNT) and own.kind == MONEY
                is_step = line.factors[own.at] == -1 and (is_amount or _PRICE.search(own.label))
            return replaced(line.formula, other, before.at) if is_step else None
        if taken.names & own.names and not before.names & own.names:
            return None  # Paid conversion of PQLs
        its = own.names | line.names
        is_named = bool(before.names & its) and not taken.names & its and before.kind == taken.kind
        if own.kind == PERCENT:
            is_in_line = before.kind == taken.kind and self._is_step(lines, before, taken) and self._is_one_of_steps(line, own)
            is_its_kind = before.kind == line.kind and (is_named or taken.kind != line.kind or is_in_line)
        elif own.kind == MONEY and _PRICE.search(own.label) and line.factors[own.at] == 1:
            is_last = self._is_step(lines, before, taken) and self._is_one_of_steps(line, own)
            is_its_kind = before.kind == COUNT and line.kind == MONEY and (is_named or is_last or taken.kind == PERCENT)
        elif own.kind == COUNT and ones(own.label) & things(before):
            is_its_kind = before.kind == COUNT and line.factors[own.at] == 1 and (is_named or taken.kind != COUNT)
        else:
            is_its_kind = False
        return replaced(line.formula, other, before.at) if is_its_kind else None

    def _is_step(self, lines: Mapping[At, Line], line: Line, of: Line) -> bool:
        """Return whether a figure is another one by the rate above it, and by nothing else."""
        rate = self._above(lines, line, 1)
        return rate is not None and rate.kind == PERCENT and set(line.factors) == {of.at, rate.at} and line.factors[of.at] == 1

    def _is_one_of_steps(self, line: Line, own: Line) -> bool:
        """Return whether several other steps of a list are each the figure before its rate by the rate, all up from a goal or all on to it."""
        power, count = (line.factors[own.at] if own.kind == PERCENT else 0), 0
        for lines in self.lists:
            if line.at not in lines:
                continue
            for each in lines.values():
                rate, before = self._above(lines, each, 1), self._above(lines, each, _TWO)
                if each is line or rate is None or before is None or rate.kind != PERCENT or not rate.typed or each.typed:
                    continue
                power = power or each.factors.get(rate.at, 0)
                if each.factors != {before.at: 1, rate.at: power}:
                    return False
                count += 1
        return count >= _TWO

    def _is_rest(self, line: Line, taken: Line) -> bool:
        """Return whether a figure is of what must be won anew, and another one is what it was worked out of: goal - now."""
        parts = [each for _, cell in line.terms if (each := self.lists.get(cell)) is not None]
        return taken in parts and _NEW.search(line.label) and not any(_ASIDE_OF_REST.search(each.label) for each in parts)

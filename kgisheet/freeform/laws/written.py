"""The formula that a cell would have as its neighbours have it: =F4*G4 between =F3*G3 and =F5*G5, and =B3/Assumptions!B5 for a figure typed over it."""

from __future__ import annotations

from collections.abc import Container, Mapping
from fractions import Fraction
from functools import cached_property

from ...formula.nodes import Cell, walk
from ...formula.parser import FormulaError, parse
from ...formula.shift import relative, shifted
from ...values.regex import regex
from ..rules.cells import Cells
from .fills import At, Filled
from .strays import are_but_for_a_number, has_anothers_name

_NEAR, _AT_MOST, _FAR = 12, 0, 30
_SIGN, _MINUS = regex(r"(?<=\])[-+*/]"), regex(r"(?<=\])-")
REFERENCE = regex(r"\$?[A-Z]{1,3}\$?\d+")
_FUNCTION, _SIGN_ONLY = regex(r"[A-Z]{2,}(?=\()"), regex(r"[-+*/]")


class Written:
    """The formulas of a sheet, and where the cells that each reads lie from it: they are the same where one is a copy."""

    def __init__(self, cells: Cells, own: Mapping[tuple[int, int], str], filled: Mapping[At, Filled]) -> None:
        self.cells, self.own = cells, own
        self._lying = {at: filled[at].lying if at in filled else relative(text, *at) for at, text in own.items()}
        self._bare = {at: REFERENCE.sub("", text) for at, text in own.items()}

    def are_copies(self, one: tuple[int, int], two: tuple[int, int]) -> bool:
        """Return whether both cells have formulas, and the one's, copied there, is the other's."""
        return one in self._lying and self._lying[one] == self._lying.get(two)

    def would_be(self, at: tuple[int, int], of: tuple[int, int]) -> str:
        """Return the formula of a cell copied to another one."""
        return shifted(self.own[of], at[0] - of[0], at[1] - of[1])

    def pattern(self, at: tuple[int, int], down: int, right: int) -> str | None:
        """Return the formula of the cells before and after a cell, moved to it, if they and one more have the same."""

        def there(steps: int) -> tuple[int, int]:
            return at[0] + steps * down, at[1] + steps * right

        before = there(-1)
        if not self.are_copies(before, there(1)):
            return None
        if self.are_copies(before, at):
            return self.own[at]
        if self._others(at, down, right) > _AT_MOST:
            return None
        if max(down, right) > 1 and at in self._lying and self._takes_off(at) != self._takes_off(before):
            return None  # rates are between them: a subtraction among divisions is a step of its own
        if max(down, right) > 1 and not self._is_of_their_kind((at[0] - down // 2, at[1] - right // 2), down, right):
            return None
        # The same but for another cell, or as one more has it, or a term of theirs left out.
        if (
            self._bare.get(at) == self._bare[before]
            or (
                any(self.are_copies(before, there(steps)) for steps in (-2, 2))
                and not self._is_its_own_step(at, before, down, right)
            )
            or (self._has_another_sign(at, before) and self._is_anywhere(before, at, down, right))
            or self._lacks_a_term(at, before)
            or (max(down, right) == 1 and self._leaves_idle(at, before))
            or has_anothers_name(self.cells, at, self._bare.get(at, ""), self._bare[before])
        ):
            return self.would_be(at, before)
        return None

    def _is_of_their_kind(self, at: At, down: int, right: int) -> bool:
        """Return whether what is before a formula is what is before the others two lines from it, a rate: 1.2 visits for each is none."""
        others = [(at[0] + steps * down, at[1] + steps * right) for steps in (-1, 1)]
        amounts = [self.cells.amounts[each][0] for each in (at, *others) if each in self.cells.amounts and each not in self.own]
        return len({self.cells.is_rate(each) or self.cells.value(each) < 1 for each in amounts}) <= 1

    def _is_its_own_step(self, at: tuple[int, int], before: tuple[int, int], down: int, right: int) -> bool:
        """Return whether a formula two lines from its like does something else with an input of its own: opportunities × the SDRs' share."""
        if max(down, right) == 1 or at not in self.own:
            return False
        form = (_FUNCTION.findall(self.own[at]), _SIGN_ONLY.findall(self._bare[at]))
        return form != (_FUNCTION.findall(self.own[before]), _SIGN_ONLY.findall(self._bare[before]))

    def _takes_off(self, at: tuple[int, int]) -> bool:
        return _MINUS.search(self._lying[at]) is not None

    def _has_another_sign(self, at: tuple[int, int], before: tuple[int, int]) -> bool:
        """Return whether a formula takes the cells that its neighbour's, copied there, does, and does something else with them."""
        own, theirs = (_SIGN.sub("?", self._lying.get(each, "")) for each in (at, before))
        return own == theirs != ""

    def _is_anywhere(self, of: tuple[int, int], at: tuple[int, int], down: int, right: int) -> bool:
        """Return whether another cell in line with a cell has a copy of a formula: of another table one below the other."""
        axis = 0 if down else 1
        first, last = self._ends[axis].get((self._lying[of], at[1 - axis]), (at[axis], at[axis]))
        return max(at[axis] - first, last - at[axis]) > max(down, right)

    @cached_property
    def _ends(self) -> tuple[dict[tuple[str, int], tuple[int, int]], dict[tuple[str, int], tuple[int, int]]]:
        """The first and the last row of each column with a formula, by how it reads from its cell; and the columns of each row."""
        found: tuple[dict[tuple[str, int], tuple[int, int]], dict[tuple[str, int], tuple[int, int]]] = ({}, {})
        for at, lying in self._lying.items():
            for axis in (0, 1):
                key, own = (lying, at[1 - axis]), at[axis]
                first, last = found[axis].get(key, (own, own))
                found[axis][key] = min(first, own), max(last, own)
        return found

    def _lacks_a_term(self, at: tuple[int, int], before: tuple[int, int]) -> bool:
        """Return whether a formula is its neighbour's, copied there, but for a term at the end of it: =C6*12 beside =C5*12+D5."""
        own, theirs = (text.replace("$", "").lstrip("=") for text in (self.own.get(at, ""), self.would_be(at, before)))
        return bool(REFERENCE.search(own)) and theirs != own and theirs.startswith(own) and theirs[len(own)] in "+-*/"

    def _leaves_idle(self, at: tuple[int, int], before: tuple[int, int]) -> bool:
        """Return whether a cell has a number for what no formula takes then: =0.08*G4 between =F3*G3 and =F5*G5, beside the 8.75 % of F4."""
        copied, title, used, sheets = (
            self.would_be(at, before),
            self.cells.page.title,
            self.cells.references.used,
            self.cells.sheets,
        )
        if at in self.own and not are_but_for_a_number(self.own[at], copied):
            return False
        if at not in self.own and not self._is_of_their_line(at, before):
            return False
        try:
            tree = parse(copied)
        except FormulaError:
            return False
        taken = [(each.sheet or title, each.row, each.col) for each in walk(tree) if isinstance(each, Cell)]
        # What the next formula takes may be an input of its own, though nobody takes the result before it: 480 a year, after a month's 10.
        after = (title, 2 * at[0] - before[0], 2 * at[1] - before[1])
        is_input = at not in self.own and (title, *at) in self.cells.references.of(after)
        return any(
            each not in used
            and ((each in sheets.formulas and not is_input) or isinstance(sheets.constants.get(each), Fraction))
            for each in taken
        )

    def _is_of_their_line(self, at: At, before: At) -> bool:
        """Return whether a typed figure is of the kind of those before and after it, and beside it there is none that is typed, too."""
        amounts = self.cells.amounts
        if (
            at not in amounts
            or before not in amounts
            or len({self.cells.is_rate(amounts[each][0]) for each in (at, before)}) > 1
        ):
            return False
        down, right = at[0] - before[0], at[1] - before[1]
        beside = [(at[0] + sign * right, at[1] + sign * down) for sign in (-1, 1)]
        return not any(each in amounts and each not in self.own for each in beside)

    def _others(self, at: tuple[int, int], down: int, right: int) -> int:
        """Return how many formulas in a row with a cell, besides it, aren't of its neighbours' pattern."""
        count, before = 0, (at[0] - down, at[1] - right)
        for sign in (-1, 1):
            steps = sign
            while abs(steps) <= _FAR and (place := (at[0] + steps * down, at[1] + steps * right)) in self.own:
                count += self._bare[place] == self._bare[before] and not self.are_copies(before, place)
                steps += sign
        return count

    def at_end(self, amounts: Container[tuple[int, int]], at: tuple[int, int], down: int, right: int) -> str | None:
        """Return the formula of the cells before the last one of a row, moved to it, where the other rows go on as they begin."""
        (row, col), before = at, (at[0] - down, at[1] - right)
        if at in self.own or (row + down, col + right) in amounts:
            return None
        if not self.are_copies((row - 2 * down, col - 2 * right), before):
            return None
        follow = 0
        for steps in (*range(-_NEAR, 0), *range(1, _NEAR + 1)):
            place = row + steps * right, col + steps * down
            earlier = place[0] - down, place[1] - right
            if earlier not in self.own or place not in amounts:
                continue
            if not self.are_copies(earlier, place):
                return None
            follow += 1
        return self.would_be(at, before) if follow > 1 else None

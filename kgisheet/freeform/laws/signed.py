"""Signs of what is added up: what is lost on the way to a goal comes on top of it, what there is now is taken off, parts are added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...values.regex import regex
from ..read import terms
from .fills import HOLE, At, Filled
from .formed import Line, Lists
from .lists import AMOUNT
from .tables import PERCENT

_LOST = terms.of("will_lose")
_NEW, _NET, _SHORT = terms.of("to_win"), terms.of("net"), terms.of("short_of")
_WANTED, _NOW, _TAKEN = terms.of("wanted"), terms.of("there_now"), terms.of("taken_away")
_TOTAL, _GROWTH, _THERE = terms.of("total"), terms.of("net", "growth"), terms.of("settled", "won")
_OF_NEW, _OF_OLD = terms.of("of_new"), terms.of("of_existing")
_SUM = regex(rf"{HOLE}(?:[-+]{HOLE}){{1,3}}")


class Signed:
    """The sums and differences of the lists of one sheet that have a wrong sign."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists

    def __iter__(self) -> Iterator[tuple[At, str]]:
        """Yield them with the formula that has the right one."""
        for lines in self.lists:
            for line in lines.values():
                if line.formula is None or not line.terms or _SUM.fullmatch(line.formula.bare) is None:
                    continue
                others = [(sign, each) for sign, cell in line.terms if (each := self.lists.get(cell)) is not None]
                if len(others) == len(line.terms) == len(set(line.formula.cells)):
                    found = (
                        self._against_the_lost(lines, line, others)
                        or self._with_what_there_is(line, others)
                        or self._added_to_the_goal(line, others)
                        or self._half_added(line, others)
                        or self._taken_off(line, others)
                    )
                    if found is not None:
                        yield line.at, found

    def _against_the_lost(self, lines: Mapping[At, Line], line: Line, others: list[tuple[int, Line]]) -> str | None:
        """Return what must be won anew with what is lost added, where it is taken off, or left out: goal - now + lost."""
        if not _NEW.search(line.label) or _NET.search(line.label):
            return None
        lost = [(sign, each) for sign, each in others if self._is_lost(each)]
        rest = [sign for sign, each in others if (sign, each) not in lost]
        formula = line.formula
        is_grown = len(others) == 2 and any(sign == 1 and _GROWTH.search(each.label) for sign, each in others)
        if (sorted(rest) != [-1, 1] and not is_grown) or formula is None:
            return None
        if len(lost) == 1 and lost[0][0] == -1:
            return _with_sign(formula, lost[0][1].at, "+")
        idle = self._left_out(lines, line, others) if not lost else None
        if idle is None:
            return None
        made = formula._replace(bare=f"{formula.bare}+{HOLE}", fixed=(*formula.fixed, (False, False)))
        return made.text([*formula.cells, idle])

    def _left_out(self, lines: Mapping[At, Line], line: Line, others: list[tuple[int, Line]]) -> At | None:
        """Return the one figure above a line of what is lost of what there is now, which nobody uses: it was worked out for it."""
        found = [
            each
            for each in lines.values()
            if each.at < line.at and each.kind == line.kind and self._is_lost(each) and not self.lists.is_used(each.at)
        ]
        now = [each.at for sign, each in others if sign < 0]
        is_made = len(found) == 1 and found[0].factors.get(now[0]) == 1
        return found[0].at if is_made and all(each.kind == line.kind for _, each in others) else None

    def _is_lost(self, line: Line) -> bool:
        return line.kind != PERCENT and _LOST.search(line.label) and self._is_positive(line)

    def _with_what_there_is(self, line: Line, others: list[tuple[int, Line]]) -> str | None:
        """Return what must be won anew with what there is now taken off, where it is added to the goal."""
        if not (_NEW.search(line.label) or _NET.search(line.label) or _SHORT.search(line.label)):
            return None
        goal = [each for sign, each in others if sign == 1 and _WANTED.search(each.label) and not _NOW.search(each.label)]
        now = [each for sign, each in others if sign == 1 and _NOW.search(each.label) and not _WANTED.search(each.label)]
        rest = [each for _, each in others if each not in goal and each not in now]
        if len(goal) != 1 or len(now) != 1 or not all(self._is_lost(each) for each in rest):
            return None
        is_sure = all(self._is_positive(each) for each in (*goal, *now)) and line.formula is not None
        return _with_sign(line.formula, now[0].at, "-") if is_sure and line.formula is not None else None

    def _added_to_the_goal(self, line: Line, others: list[tuple[int, Line]]) -> str | None:
        """Return what is short of a goal as a difference, where it is the sum of both: gap = goal + won."""
        if not _SHORT.search(line.label) or _TOTAL.search(line.label) or line.formula is None:
            return None
        if any(_SHORT.search(each.label) or not self._is_positive(each) for _, each in others):
            return None
        goals = [each for sign, each in others if sign == 1 and _WANTED.search(each.label)]
        added = [each for sign, each in others if sign == 1 and each not in goals]
        if len(goals) != 1 or len(added) != 1 or any(self._is_lost(each) for each in added):
            return None
        if len(others) == 2:
            return _with_sign(line.formula, line.formula.cells[1], "-")
        is_there = _THERE.search(added[0].label) and line.formula.cells[0] == goals[0].at
        return _with_sign(line.formula, added[0].at, "-") if is_there else None

    def _half_added(self, line: Line, others: list[tuple[int, Line]]) -> str | None:
        """Return what comes from new customers as the whole without that from existing ones, where both are added."""
        if len(others) != 2 or any(sign != 1 or not self._is_positive(each) or self._is_lost(each) for sign, each in others):
            return None
        for half, other in ((_OF_NEW, _OF_OLD), (_OF_OLD, _OF_NEW)):
            rest = [each for _, each in others if other.search(each.label)]
            whole = [each for each in (each for _, each in others) if each not in rest]
            if not half.search(line.label) or other.search(line.label) or _TOTAL.search(line.label) or len(rest) != 1:
                continue
            if not half.search(whole[0].label) and (_WANTED.search(whole[0].label) or AMOUNT.search(whole[0].label)):
                return _with_sign(line.formula, rest[0].at, "-") if line.formula is not None else None
        return None

    def _taken_off(self, line: Line, others: list[tuple[int, Line]]) -> str | None:
        """Return a total of figures of one name as their sum, where one of them is taken off."""
        formula = line.formula
        if formula is None or not _TOTAL.search(line.label) or [sign for sign, _ in others].count(-1) != 1:
            return None
        every = [each for _, each in others]
        if any(_TAKEN.search(each.label) or _LOST.search(each.label) or _TOTAL.search(each.label) for each in every):
            return None
        shared = line.names.intersection(*(each.names for each in every))
        less = next(each.at for sign, each in others if sign == -1)
        if not shared or _TAKEN.search(line.label) or not all(self._is_positive(each) for each in every):
            return None
        return _with_sign(formula, less, "+")

    def _is_positive(self, line: Line) -> bool:
        value = self.lists.value(line.at)
        return value is not None and value > 0


def _with_sign(formula: Filled, cell: At, sign: str) -> str | None:
    """Return a sum with another sign before one of its cells, which isn't the first."""
    at = formula.cells.index(cell)
    parts = formula.bare.split(HOLE)
    if not at:
        # The goal is before what there is: they change places.
        if len(formula.cells) != 2 or sign != "-":
            return None
        return formula._replace(bare=f"{HOLE}-{HOLE}", fixed=formula.fixed[::-1]).text(formula.cells[::-1])
    parts[at] = sign
    return formula._replace(bare=HOLE.join(parts)).text(formula.cells)

"""What must be won to come from what there is to what is wanted: what is lost on the way comes on top of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..read import terms
from .fills import HOLE, At
from .formed import Line, Lists
from .tables import PERCENT

_LOST = terms.of("will_lose")
_NEW, _NET = terms.of("to_win"), terms.of("net")
_SUM = re.compile(rf"{HOLE}(?:[-+]{HOLE}){{1,2}}")


def against_the_lost(lists: Lists) -> Iterator[tuple[At, str]]:
    """Yield what must be won anew that is worked out without what is lost, or less for it: goal - now - lost for goal - now + lost."""
    for lines in lists:
        for line in lines.values():
            formula = line.formula
            if formula is None or not line.terms or not _NEW.search(line.label) or _NET.search(line.label):
                continue
            if _SUM.fullmatch(formula.bare) is None or any(cell not in lines for _, cell in line.terms):
                continue
            lost = [(sign, cell) for sign, cell in line.terms if _is_lost(lists, lines[cell])]
            rest = [sign for sign, cell in line.terms if (sign, cell) not in lost]
            if sorted(rest) != [-1, 1]:
                continue
            if len(lost) == 1 and lost[0][0] == -1:
                at = formula.cells.index(lost[0][1])
                parts = formula.bare.split(HOLE)
                if at and formula.cells.count(lost[0][1]) == 1:
                    parts[at] = "+"
                    yield line.at, formula._replace(bare=HOLE.join(parts)).text(formula.cells)
            elif not lost and len(line.terms) == 2:
                idle = _left_out(lists, lines, line)
                if idle is not None:
                    made = formula._replace(bare=f"{formula.bare}+{HOLE}", fixed=(*formula.fixed, (False, False)))
                    yield line.at, made.text([*formula.cells, idle])


def _left_out(lists: Lists, lines: Mapping[At, Line], line: Line) -> At | None:
    """Return the one figure above a line of what is lost that nobody uses, of the same kind, which was worked out for it."""
    taken = [lines[cell] for _, cell in line.terms]
    found = [
        each
        for each in lines.values()
        if each.at < line.at and each.kind == line.kind and _is_lost(lists, each) and not lists.is_used(each.at)
    ]
    if len(found) != 1 or found[0].typed:
        return None
    # Worked out of what there is now: so many of these.
    now = [cell for sign, cell in line.terms if sign < 0]
    return found[0].at if found[0].factors.get(now[0]) == 1 and all(each.kind == line.kind for each in taken) else None


def _is_lost(lists: Lists, line: Line) -> bool:
    value = lists.value(line.at)
    return line.kind != PERCENT and _LOST.search(line.label) and value is not None and value > 0

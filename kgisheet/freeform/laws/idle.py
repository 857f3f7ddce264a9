"""Cells that a formula jumps over: an input that no formula uses, or a figure worked out on the way, where its neighbours are taken.

That nobody uses a figure proves nothing; that it is one of a run of inputs that one formula multiplies, and is what another of them
is counted by, does: mails a day per mailbox, mailboxes, days; so does a label that it shares with what it is left out of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ...values.a1 import address
from ...values.regex import regex
from ..read import terms
from .direction import ends
from .fills import HOLE, At
from .formed import Line, Lists, replaced
from .lists import names
from .tables import COUNT, MONEY, PERCENT

_ASIDE = terms.of("last_year", "results", "goal", "aim", "so_far", "previous", "compared")
_PER = regex(
    r"\bper ([a-z][a-z-]+)|/ ?([a-z]{3,})|\b(?:an?|each|every) (day|week|month|quarter|year|hour|person|rep|head|caller|visit)\b"
)
_ONE = regex(r"1(時間|[人名日社台店件回週])")
_HEADS, _PRICE = terms.of("heads"), terms.of("price", "mean", "each")
_NET = regex(r"\bnet\b|\bdiscounted\b|\bafter\b|正味|実売|実質|割引後|値引後")
_PAYBACK, _EARNED = regex(r"payback|回収"), regex(r"gross profit|contribution|粗利(?!率)|限界利益")
_MANY = 3


class Idle:
    """The formulas of the lists of one sheet that leave a cell out."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists

    def __iter__(self) -> Iterator[tuple[At, str]]:
        """Yield them with what is meant there."""
        for lines in self.lists:
            for line in lines.values():
                if line.formula is not None:
                    found = (
                        self._left_out(lines, line)
                        or self._jumped_over(lines, line)
                        or self._on_the_way(lines, line)
                        or self._rest(lines, line)
                        or self._of_the_other(lines, line)
                        or self._not_taken_off(lines, line)
                        or self._of_its_name(lines, line)
                    )
                    if found is not None:
                        yield line.at, found

    def _is_idle(self, line: Line) -> bool:
        return not self.lists.is_used(line.at)

    # -- an input among those that are multiplied ------------------------------------------

    def _left_out(self, lines: Mapping[At, Line], line: Line) -> str | None:
        """Return a product with the one input of its run that nobody uses: =B1*B3 below a day's mails, mailboxes and days."""
        formula = line.formula
        if formula is None or len(line.factors) < 2 or any(power != 1 for power in line.factors.values()):
            return None
        col = line.at[1]
        first = min(row for row, _ in line.factors)
        run = [lines.get((row, col)) for row in range(first, line.at[0])]
        if any(each is None or not each.typed for each in run) or any(cell not in lines for cell in line.factors):
            return None
        inputs = [each for each in run if each is not None]
        left = [each for each in inputs if each.at not in line.factors and self._is_idle(each)]
        last = max(line.factors)
        # Others may be between the last one and the product, where these are used below.
        if len(left) != 1 or left[0].at[0] > last[0] + 1:
            return None
        (idle,) = left
        taken = [each for each in inputs if each.at in line.factors]
        if any(each.at < last and each not in taken and each is not idle for each in inputs):
            return None
        number = self.lists.value(idle.at)
        if number in (None, 0, 1) or idle.kind == MONEY or _ASIDE.search(idle.label):
            return None
        is_last = idle.at > last
        if not (_is_counted_by(taken, idle, line) or _are_all_counts(taken, idle, line, _MANY if is_last else 2)):
            return None
        at = 1 + max(index for index, cell in enumerate(formula.cells) if cell < idle.at)
        cells = [*formula.cells[:at], idle.at, *formula.cells[at:]]
        parts = formula.bare.split(HOLE)
        # A cell more after the one before it: the others keep what is between them.
        parts[at:at] = ["*"]
        fixed = (*formula.fixed[:at], (False, False), *formula.fixed[at:])
        return formula._replace(bare=HOLE.join(parts), cells=tuple(cells), fixed=fixed).text(cells)

    # -- the input before a formula --------------------------------------------------------

    def _jumped_over(self, lines: Mapping[At, Line], line: Line) -> str | None:
        """Return a formula of two cells with the idle input just before it, of its name, for an earlier cell of another one."""
        formula, idle = line.formula, lines.get((line.at[0] - 1, line.at[1]))
        if formula is None or idle is None or not idle.typed or not self._is_idle(idle):
            return None
        if len(formula.cells) != 2 or len(set(formula.cells)) != 2 or not (line.factors or line.terms):
            return None
        kept, other = (lines.get(cell) for cell in sorted(formula.cells, reverse=True))
        if kept is None or other is None or kept.at > idle.at or other.kind != idle.kind or kept.typed:
            return None
        shared = idle.names & line.names & kept.names
        is_others = bool(other.names & (idle.names | line.names))
        used_elsewhere = any(other.at in each.formula.cells for each in lines.values() if each.formula and each is not line)
        return replaced(formula, other.at, idle.at) if shared and not is_others and used_elsewhere else None

    # -- a figure worked out on the way ----------------------------------------------------

    def _on_the_way(self, lines: Mapping[At, Line], line: Line) -> str | None:
        """Return a formula with the figure that was worked out for it, and that nobody uses, for one that it was worked out of."""
        if line.formula is None or not line.factors:
            return None
        found = []
        for idle in lines.values():
            if idle.typed or idle.at >= line.at or not self._is_idle(idle) or idle.kind == PERCENT:
                continue
            if (net := self._net_of(lines, line, idle)) is not None:
                found.append(net)
            shared = [cell for cell in line.factors if cell in idle.factors and cell in lines and cell < idle.at]
            if len(shared) == 1 and self._is_meant(lines, line, idle, lines[shared[0]]):
                found.append(replaced(line.formula, shared[0], idle.at))
        return found[0] if len(found) == 1 else None

    # -- the one of two that its name says, and the one that is left out of a sum -----------

    def _of_the_other(self, lines: Mapping[At, Line], line: Line) -> str | None:
        """Return a product with the idle one of two inputs whose word its own name has: 85 blended, and not the 120 paid above it."""
        idle, taken = (lines.get((line.at[0] - step, line.at[1])) for step in (1, 2))
        if line.formula is None or idle is None or taken is None or not (idle.typed and taken.typed and self._is_idle(idle)):
            return None
        if taken.at not in line.factors or idle.kind != taken.kind or not idle.names & taken.names:
            return None
        own, others = _words(idle.whole) - _words(taken.whole), _words(taken.whole) - _words(idle.whole)
        is_its = bool(own & _words(line.whole)) and not others & _words(line.whole)
        return replaced(line.formula, taken.at, idle.at) if is_its else None

    def _not_taken_off(self, lines: Mapping[At, Line], line: Line) -> str | None:
        """Return a difference with the one input above it that nobody takes, and that is called as what is taken off: 更新見込, アップセル見込."""
        idle, before = (lines.get((line.at[0] - step, line.at[1])) for step in (1, 2))
        if line.formula is None or idle is None or before is None or not (idle.typed and before.typed and self._is_idle(idle)):
            return None
        signs = {cell: sign for sign, cell in line.terms}
        first = lines.get((before.at[0] - 1, line.at[1]))
        if (
            len(signs) != 2
            or first is None
            or signs.get(before.at) != -1
            or signs.get(first.at) != 1
            or idle.kind != before.kind
        ):
            return None
        ending = _ENDING.search(before.label)
        is_alike = ending is not None and idle.label.endswith(ending[0]) and not first.label.endswith(ending[0])
        return f"{line.formula.text(line.formula.cells)}-{address(*idle.at)}" if is_alike else None

    def _of_its_name(self, lines: Mapping[At, Line], line: Line) -> str | None:
        """Return a step of two inputs with the idle one that is called as it is, for the one that another step has: 展示会費, and not 広告費."""
        if line.formula is None or len(line.factors) != 2:
            return None
        idle = [each for each in lines.values() if each.typed and each.at < line.at and self._is_idle(each)]
        found = []
        for cell in line.factors:
            taken = lines.get(cell)
            kept = lines.get(next(other for other in line.factors if other != cell))
            if taken is None or kept is None or not taken.typed or line.formula.cells.count(cell) != 1:
                continue
            if not any(each.formula is not None and cell in each.formula.cells for each in lines.values() if each is not line):
                continue
            for each in idle:
                own, others = _called(each) - _called(taken), _called(taken) - _called(each)
                its = _called(line) & _called(kept)
                if (
                    each.kind == taken.kind
                    and own & its
                    and not others & (_called(line) | _called(kept))
                    and _are_alike(each, taken)
                ):
                    found.append(replaced(line.formula, cell, each.at))
        return found[0] if len(found) == 1 else None

    # -- what is left of a goal --------------------------------------------------------------

    def _rest(self, lines: Mapping[At, Line], line: Line) -> str | None:
        """Return a formula with what is left of a goal, worked out above it for nobody, for the whole: target − won = remaining."""
        if line.formula is None or len(line.factors) != 2 or _ALL_YEAR.search(line.whole):
            return None
        of_the_rest = any(cell in lines and _REST.search(lines[cell].label) for cell in line.factors)
        if not (self.lists.is_used(line.at) or of_the_rest):
            return None
        found = []
        for idle in lines.values():
            if idle.typed or idle.at >= line.at or not self._is_idle(idle) or len(idle.terms) < 2:
                continue
            whole = [cell for sign, cell in idle.terms if sign > 0]
            if any(cell not in lines or _is_of_another_time(lines[cell]) for sign, cell in idle.terms if sign < 0):
                continue
            if (
                len(whole) == 1
                and line.factors.get(whole[0]) == 1
                and -1 in line.factors.values()
                and whole[0] in lines
                and lines[whole[0]].label not in line.label  # contracts of the goal
                and not any(cell in line.factors for sign, cell in idle.terms if sign < 0)
            ):
                found.append(replaced(line.formula, whole[0], idle.at))
        return found[0] if len(found) == 1 else None

    def _net_of(self, lines: Mapping[At, Line], line: Line, idle: Line) -> str | None:
        """Return a formula with the net price that is worked out above it for the list price; with what is earned of each for its price."""
        if idle.formula is None or line.formula is None:
            return None
        taken = [lines[cell] for cell in line.factors if cell in idle.formula.cells and cell in lines]
        if len(taken) != 1 or taken[0].kind != idle.kind or taken[0].at > idle.at:
            return None
        is_net = _NET.search(idle.label) and bool(idle.names & taken[0].names) and _PRICE.search(taken[0].label)
        is_earned = _PAYBACK.search(line.label) and _EARNED.search(idle.label)
        return replaced(line.formula, taken[0].at, idle.at) if is_net or is_earned else None

    def _is_meant(self, lines: Mapping[At, Line], line: Line, idle: Line, taken: Line) -> bool:
        if line.formula is None or line.formula.cells.count(taken.at) != 1:
            return False
        others = [lines[cell] for cell in line.factors if cell != taken.at and cell in lines]
        if any(each.kind == PERCENT and taken.names & each.names and not idle.names & each.names for each in others):
            return False  # Paid conversion of PQLs
        if idle.label in line.label and taken.label not in line.label and line.factors[taken.at] == idle.factors[taken.at] == 1:
            return idle.kind == line.kind == taken.kind  # meetings a week, and meetings a week per rep
        if line.factors[taken.at] == -1 and all(power == 1 for power in idle.factors.values()):
            # A goal by the price of one contract, where the revenue of one seminar is what the seminars are worked out of.
            return (
                len(others) == len(line.factors) - 1
                and all(each.kind == idle.kind == taken.kind for each in others)
                and bool(idle.names & line.names)
                and not taken.names & line.names
            )
        if line.factors[taken.at] == 1 and idle.factors[taken.at] == 1 and taken.kind == idle.kind:
            for each in others:
                said = ends(each.label) if each.kind == PERCENT else None
                if said is not None and names(said[0]) & idle.names and not names(said[0]) & taken.names:
                    return not idle.names & line.names and not names(said[1]) & idle.names
        return False


def _called(line: Line) -> frozenset[str]:
    return line.names | frozenset(_LETTER.findall(line.label))


def _are_alike(one: Line, other: Line) -> bool:
    """Return whether two labels end, or begin, alike: 商品A 単価 and 商品B 単価, 展示会費 and 広告費."""
    return one.label[-1:] == other.label[-1:] or one.label[:3] == other.label[:3]


_LETTER = regex(r"(?<![a-z])[a-z](?![a-z])")


def _words(label: str) -> set[str]:
    return set(re.findall(r"[a-z]{4,}|[\u30a1-\u30fa\u30fc]{2,}|[\u4e00-\u9fff]{2,}", label))


_ENDING = regex(r"[\u30a1-\u30fa\u30fc\u4e00-\u9fff]{2}$|[a-z]{4,}$")


def _is_of_another_time(line: Line) -> bool:
    return _LAST_YEAR.search(line.whole)


_REST = regex(
    r"^残り?(?:月|営業日|週|日)|\b(?:months|weeks|days) (?:left|remaining|to go)\b|\bremaining (?:months|weeks|days)\b"
)
"""How much of the time is left: what is by that is the rest."""

_LAST_YEAR, _ALL_YEAR = terms.of("last_year"), terms.of("per_year", "all_year")


def _is_counted_by(taken: list[Line], idle: Line, line: Line) -> bool:
    """Return whether one of a product's figures is of one of the things that an input counts, and the product is of them all."""
    if idle.kind != COUNT:
        return False
    one = any(ones(each.label) & things(idle) for each in taken)
    return one and not ones(line.label) & things(idle) and not any(things(idle) & things(each) for each in taken)


def _are_all_counts(taken: list[Line], idle: Line, line: Line, fewest: int) -> bool:
    """Return whether an input is heads, days or places among counts that are multiplied, none of them by a rate or a price."""
    return (
        idle.kind == COUNT
        and all(each.kind == COUNT for each in taken)
        and len(taken) >= fewest
        and _HEADS.search(idle.label)
        and any(ones(each.label) for each in taken)
        and not any(_HEADS.search(each.label) and not ones(each.label) and things(each) & things(idle) for each in taken)
        and not _ONE_HEAD.search(line.label)
        and not ones(line.label) & things(idle)
    )


_ONE_HEAD = regex(r"1[人名社台店]|あたり|当たり")


def ones(label: str) -> frozenset[str]:
    """Return the things of one of which a figure is, as its label says: per mailbox, 1日の."""
    english = frozenset(name for match in _PER.finditer(label) for name in _stems(match[1] or match[2] or match[3]))
    return english | frozenset(_LIKE.get(match[1], match[1]) for match in _ONE.finditer(label))


def things(line: Line) -> frozenset[str]:
    """Return what a figure counts, as its label says, as in ``ones``."""
    label = _ONE.sub("", _PER.sub("", line.label))
    japanese = frozenset(_LIKE.get(each, each) for each in re.findall(r"(時間|[人名日社台店件回週])", label))
    return _stems(label) | japanese


def _stems(text: str) -> frozenset[str]:
    return frozenset(each.removesuffix("s")[:_LETTERS] for each in re.findall(r"[a-z]{3,}", text))


_LETTERS = 6
_LIKE = {"名": "人"}

"""Figures at home: what a section's own figures make of one of them is nearer than what those of another section would.

Beside a list in which 31 deals are 27 % of 115 meetings, a table of another plan with 40 % in each month proves nothing of the
27 %; and where nothing that holds ties two plans on one sheet, what fails between them says that they are two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from ...formula.grid import Where
from ..rules.references import References
from ..rules.relation import MONTHS, NEED, SUM
from .law import SUM as ADDED
from .tables import Tables
from .tie import Tie
from .total_block import is_in_total

Sections = Mapping[str, Mapping[tuple[int, int], int]]
"""The sections of each sheet by place."""

Section = tuple[str, int | None]
_TWO, _SOME = 2, 4


def elsewhere_only(every: Sequence[Tie], sheets: Mapping[str, Tables], references: References) -> list[Tie]:
    """Return the ties that fail between sections though each of these is explained without them."""
    if all(each.holds for each in every):
        return []
    made: set[Where] = set()
    used: set[Where] = set()
    sections = {title: each.cells.page.plane.sections for title, each in sheets.items()}
    rows: dict[Section, list[int]] = {}
    for each in sheets.values():
        for value in each.values.values():
            rows.setdefault(_section(value.where, sections), []).append(value.at[0])
    joined = _Joined(rows)
    stages: dict[Section, set[str]] = {}
    for each in sheets.values():
        for figure in each.cells.page.figures:
            stages.setdefault(_section(figure.where, sections), set()).add(figure.field)
    for tie in every:
        own = {_section(where, sections) for where in tie.cells}
        if tie.holds:
            joined.join(own)
        if tie.holds and len(tie.cells) > _TWO and len(own) == 1:
            joined.whole |= own
            used |= set(tie.cells)
            # A formula follows whatever it refers to.
            made |= {where for where in tie.cells if not any(where in references.of(other) for other in tie.cells)}
    return [
        tie
        for tie in every
        if not tie.holds
        and len(own := {_section(where, sections) for where in tie.cells}) > 1
        and _have_their_own(tie, own, stages)
        and not _is_total(tie, sheets)
        and (_is_abroad(tie, made, used) or (not _is_sure(tie) and joined.are_apart(_section(tie.result, sections), own)))
    ]


def _is_total(tie: Tie, sheets: Mapping[str, Tables]) -> bool:
    """Return whether a sum is in a section that its heading calls the total of the others."""
    tables = sheets.get(tie.result[0])
    return tie.case is not None and tie.case.kind == ADDED and tables is not None and is_in_total(tables, tie.result[1:])


def _have_their_own(tie: Tie, own: set[Section], stages: Mapping[Section, set[str]]) -> bool:
    """Return whether what labels tie has stages of the same name in its sections: two plans, and no plan with what it goes on to."""
    if tie.relation is None:
        return True
    added = {tie.relation.result.field} if tie.relation.kind in (NEED, SUM, MONTHS) else set()
    many = Counter(field for each in own for field in stages.get(each, set()) - added)
    return any(times > 1 for times in many.values())


class _Joined:
    """Sections that ties which hold join to one, and those that have some of their own."""

    def __init__(self, figures: Mapping[Section, Sequence[int]]) -> None:
        self._of: dict[Section, Section] = {}
        self._rows = figures  # of the figures of each section
        self.whole: set[Section] = set()

    def root(self, one: Section) -> Section:
        while one in self._of:
            one = self._of[one]
        return one

    def join(self, own: set[Section]) -> None:
        first, *others = {self.root(each) for each in own}
        self._of |= dict.fromkeys(others, first)

    def are_apart(self, one: Section, others: set[Section]) -> bool:
        """Return whether a section and one of others are two plans, each of which hangs together by itself; their total is of both.

        One below the other they need nothing that holds: assumptions and results are in boxes side by side.
        """
        whole, large = self._plans
        return any(
            self.root(one) != self.root(other)
            and {self.root(one), self.root(other)} <= (whole if self._are_beside(one, other) else large)
            for other in others
        )

    @cached_property
    def _plans(self) -> tuple[set[Section], set[Section]]:
        """Those that hang together by themselves, and with them those of several figures: to be asked for once all are joined."""
        whole = {self.root(each) for each in self.whole}
        many: Counter[Section] = Counter()
        for each, rows in self._rows.items():
            many[self.root(each)] += len(rows)
        return whole, whole | {each for each, figures in many.items() if figures >= _SOME}

    def _are_beside(self, one: Section, other: Section) -> bool:
        """Return whether two sections of one sheet have rows in common."""
        own, its = self._rows.get(one, ()), self._rows.get(other, ())
        return one[0] == other[0] and bool(own) and bool(its) and min(own) <= max(its) and min(its) <= max(own)


def _is_sure(tie: Tie) -> bool:
    """Return whether a law knows that its result is wrong: what its labels say of all its cells ties their sections, too."""
    return tie.case is not None and tie.case.only == tie.case.result.where


def _is_abroad(tie: Tie, made: set[Where], used: set[Where]) -> bool:
    """Return whether a tie that fails explains a figure that its own section explains: an assumption that is used there, or each of its cells."""
    if tie.case is not None and tie.case.only is not None:
        return tie.case.only in used
    return len(tie.peers) < _TWO and set(tie.cells) <= made


def _section(where: Where, sections: Sections) -> Section:
    return where[0], sections.get(where[0], {}).get(where[1:])

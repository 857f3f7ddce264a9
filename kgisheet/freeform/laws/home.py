"""Figures at home: what a section's own figures make of one of them is nearer than what those of another section would.

Beside a list in which 31 deals are 27 % of 115 meetings, a table of another plan with 40 % in each month proves nothing of the
27 %; and where nothing that holds ties two plans on one sheet, what fails between them says that they are two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...formula.grid import Where
from ..rules.references import References
from .tie import Tie

Sections = Mapping[str, Mapping[tuple[int, int], int]]
"""The sections of each sheet by place."""

Section = tuple[str, int | None]
_TWO = 2


def elsewhere_only(every: Sequence[Tie], sections: Sections, references: References) -> list[Tie]:
    """Return the ties that fail between sections though each of these is explained without them."""
    if all(each.holds for each in every):
        return []
    made: set[Where] = set()
    used: set[Where] = set()
    joined = _Joined()
    for each in every:
        own = {_section(where, sections) for where in each.cells}
        if each.holds:
            joined.join(own)
        if each.holds and len(each.cells) > _TWO and len(own) == 1:
            joined.whole |= own
            used |= set(each.cells)
            # A formula follows whatever it refers to.
            made |= {where for where in each.cells if not any(where in references.of(other) for other in each.cells)}
    return [
        each
        for each in every
        if not each.holds
        and len(own := {_section(where, sections) for where in each.cells}) > 1
        and (_is_abroad(each, made, used) or joined.are_apart(_section(each.result, sections), own))
    ]


class _Joined:
    """Sections that ties which hold join to one, and those that have some of their own."""

    def __init__(self) -> None:
        self._of: dict[Section, Section] = {}
        self.whole: set[Section] = set()

    def root(self, one: Section) -> Section:
        while one in self._of:
            one = self._of[one]
        return one

    def join(self, own: set[Section]) -> None:
        first, *others = {self.root(each) for each in own}
        self._of |= dict.fromkeys(others, first)

    def are_apart(self, one: Section, others: set[Section]) -> bool:
        """Return whether a section and one of others are two plans, each of which hangs together by itself; their total is of both."""
        whole = {self.root(each) for each in self.whole}
        return self.root(one) in whole and len({self.root(each) for each in others} & whole) > 1


def _is_abroad(tie: Tie, made: set[Where], used: set[Where]) -> bool:
    """Return whether a tie that fails explains a figure that its own section explains: an assumption that is used there, or each of its cells."""
    if tie.case is not None and tie.case.only is not None:
        return tie.case.only in used
    return len(tie.peers) < _TWO and set(tie.cells) <= made


def _section(where: Where, sections: Sections) -> Section:
    return where[0], sections.get(where[0], {}).get(where[1:])

"""The laws of one sheet, and the cells that they show to be wrong together with all that its labels tie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from ...check.finding import Finding
from ...formula.grid import Where
from ..rules import totals, verdicts
from ..rules.cells import Cells
from ..rules.relation import BY_OTHER, SUM, Relation
from . import telling
from .joint import Fault, Tie, faults, of_case, of_relation, ties
from .law import Case
from .search import laws
from .steps import steps
from .tables import Tables


class Laws:
    """The laws of the tables of one sheet."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        tables = Tables(cells)
        self.laws = [*steps(tables), *(each for table in tables for each in laws(table))]
        title = cells.page.title
        every = [of_case(title, each, holds, law.held) for law in self.laws for each, holds in _cases(law.held, law.failed)]
        self.ties = ties(every)

    @cached_property
    def relations(self) -> list[Relation]:
        """The laws as relations, each of the same cells once."""
        return [telling.relation(self.cells, each.case) for each in self.ties if each.case is not None]

    def faults(self, known: Sequence[tuple[str, Sequence[Relation]]], aside: set[Where]) -> list[Fault]:
        """Return the cells at fault by the laws and the relations that are ``known``, each with who found it."""
        if not any(not each.holds for each in self.ties) and not _failing(known):
            return []
        return faults(
            ties([*(of_relation(each, by) for by, found in known for each in found if each.state != BY_OTHER), *self.ties]),
            aside,
            self.cells,
        )

    def findings(self, found: Sequence[Fault]) -> Iterator[Finding]:
        """Report the cells at fault, each by what says best what it should be."""
        for fault in found:
            tie = next((each for each in fault.ties if each.case is not None), fault.ties[0])
            if tie.case is not None:
                yield telling.finding(self.cells, tie.case, fault.where)
            else:
                yield self._known(tie, fault.where)

    def _known(self, tie: Tie, where: Where) -> Finding:
        relation = tie.relation
        assert relation is not None
        figure = next(each for each in relation.cells if each.where == where)
        return totals.at(figure, relation) if relation.kind == SUM else verdicts.at(figure, relation, self.cells.page)


def _cases(held: Sequence[Case], failed: Sequence[Case]) -> Iterator[tuple[Case, bool]]:
    yield from ((each, True) for each in held)
    yield from ((each, False) for each in failed)


def _failing(known: Sequence[tuple[str, Sequence[Relation]]]) -> bool:
    return any(each.state == "fails" for _, found in known for each in found)


def settled(relations: Sequence[Relation], found: Sequence[Fault]) -> list[Relation]:
    """Return relations, those that a cell at fault explains as holding but for it."""
    explained = {frozenset(tie.cells) for fault in found for tie in fault.ties}
    return [
        each._replace(state=BY_OTHER)
        if each.state == "fails" and frozenset(cell.where for cell in each.cells) in explained
        else each
        for each in relations
    ]

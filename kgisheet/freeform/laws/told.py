"""Findings at the cells that laws show to be wrong, and the relations that are left when these are explained."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...check.finding import Finding
from ..rules import totals, verdicts
from ..rules.relation import BY_OTHER, MONTHS, QUOTIENT, SUM, Relation
from . import telling
from .culprit import Fault
from .found import Laws
from .tie import Tie


def findings(found: Sequence[Fault], own: Sequence[Laws]) -> Iterator[Finding]:
    """Report the cells at fault, each by what says best what it should be."""
    cells = {each.cells.page.title: each.cells for each in own}
    for fault in found:
        by_laws = [each for each in fault.ties if each.case is not None]
        # What makes the cell says more than a total that it spoils.
        of_months = [each for each in fault.ties if each.relation is not None and each.relation.kind == MONTHS]
        made = [each for each in by_laws if each.result == fault.where]
        tie = next(iter((*of_months, *made, *by_laws, *fault.ties)))
        # Of a slip labels say as much, and in which currency.
        by_labels = tie.relation is not None and tie.relation.kind == QUOTIENT and tie.case is not None and tie.case.strict
        if tie.case is not None and not by_labels and (tie.relation is None or tie.relation.kind != MONTHS):
            yield telling.finding(cells, tie.case, fault.where)
            continue
        relation = tie.relation
        assert relation is not None
        figure = next(each for each in relation.cells if each.where == fault.where)
        page = cells[fault.where[0]].page
        yield totals.at(figure, relation) if relation.kind == SUM else verdicts.at(figure, relation, page)


def settled(relations: Sequence[Relation], found: Sequence[Fault], disproved: Sequence[Tie]) -> list[Relation]:
    """Return relations without those that are disproved, and those that a cell at fault explains as holding but for it."""
    explained = {frozenset(tie.cells) for fault in found for tie in fault.ties}
    dropped = {frozenset(tie.cells) for tie in disproved}
    relations = [
        each for each in relations if each.state != "fails" or frozenset(cell.where for cell in each.cells) not in dropped
    ]
    return [
        each._replace(state=BY_OTHER)
        if each.state == "fails" and frozenset(cell.where for cell in each.cells) in explained
        else each
        for each in relations
    ]

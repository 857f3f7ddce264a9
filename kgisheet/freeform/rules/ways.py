"""The direction in which a page was calculated: back from its goal, forward, or its rates after its counts."""

from __future__ import annotations

from ..read.page import Page
from .relation import FAILS, QUOTIENT
from .relations import NEAREST, ONWARD, WRITTEN, Relations


def taken(page: Page) -> Relations:
    """Return the relations of a page, worked back from the goal; or forward, if no single cell could be at fault.

    With a single wrong cell, all failures have that cell in common. The other directions are so
    tolerant that they are for complete pages only, and must leave at most one cause.
    """
    relations = Relations(page)
    if not _failing(relations):
        return relations
    if _one_cause(relations):
        return Relations(page, NEAREST)
    others = [Relations(page, reading) for reading in (ONWARD, WRITTEN)]
    for other in others:
        if not _failing(other):
            return other
    return next((other for other in (Relations(page, NEAREST), *others) if _one_cause(other)), Relations(page, NEAREST))


def _failing(relations: Relations) -> list[set[tuple[str, int, int]]]:
    return [{cell.where for cell in each.cells} for each in relations.found if each.state == FAILS and each.kind == QUOTIENT]


def _one_cause(relations: Relations) -> bool:
    failing = _failing(relations)
    return not failing or bool(set.intersection(*failing))

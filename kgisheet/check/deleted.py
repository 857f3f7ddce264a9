"""Findings that follow from a deleted row or column: listed as affected by the one that reports the deletion."""

from __future__ import annotations

from ..formula.nodes import ErrorValue
from ..language.catalogue import Phrase
from .finding import Finding
from .rules.sums import state_of
from .subject import Subject

CAUSES = tuple(f"S01.{each}.message" for each in ("channels_gone", "cells_gone", "months_torn", "table_torn"))
_BROKEN = "#REF!"


def folded(subject: Subject, found: list[Finding]) -> list[Finding]:
    """Return the findings without those that would not be there if the line had not been deleted."""
    lost = subject.book.broken
    broken = (lost.torn, lost.channels_gone, *lost.parted.values())
    if not lost.cells_gone and not any(each is not None and each.gone for each in broken):
        return found
    causes = [each for each in found if isinstance(each.message, Phrase) and each.message.key in CAUSES]
    if not causes:
        return found
    cause = causes[0]
    follow = [each for each in found if each not in causes and _follows(subject, each)]
    more = (*cause.affected, *(f"{each.sheet}!{each.cell}" for each in follow if each.cell is not None))
    gone = {id(each) for each in (cause, *follow)}
    return [*(each for each in found if id(each) not in gone), cause._replace(affected=tuple(dict.fromkeys(more)))]


def _follows(subject: Subject, finding: Finding) -> bool:
    """Return whether a finding comes of the deletion: an error, a check of what is gone, a value that an error replaced."""
    if finding.code == "C01":
        return True  # the program saved what was left of the calculation
    name = (finding.name or "").partition("[")[0].rpartition("!")[2]
    cell = subject.template.cells.get(state_of(subject, finding) or name)
    if finding.code[0] == "F":
        return _has_error(subject, finding)
    if cell is None:
        return False
    beside = cell.table is not None and any(subject.template.cells[each].table == cell.table for each in subject.gone)
    if finding.code == "I06" and beside:
        return True
    return (finding.code == "I06" or finding.code[0] == "X") and bool(subject.sources_of(cell.name) & subject.gone)


def _has_error(subject: Subject, finding: Finding) -> bool:
    """Return whether the formula at a finding lost a cell that it refers to."""
    name, _, row = (finding.name or "").partition("[")
    place = subject.book.place(name, int(row[:-1]) - 1 if row else None) if name in subject.template.cells else None
    text = "" if place is None else subject.formulas.get(place[:3], "")
    return _BROKEN in text or (place is not None and isinstance(subject.now(place[:3]), ErrorValue))

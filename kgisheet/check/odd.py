"""Findings for what means nothing in a file, or two things at once, whoever made it: I10 at the cell, S12 for a sheet."""

from __future__ import annotations

from ..language.catalogue import Phrase
from ..language.text import NOTHING
from ..language.words import is_findings_sheet
from ..values.a1 import address, cell_of
from ..worksheet import provenance
from ..xlsx.read.odd import Odd, OddCell
from ..xlsx.read.sheetpart import DAMAGED
from .finding import NOTE, WARNING, Finding, Report, finding, place

_LISTED = 50
"""Cells of a kind and a sheet that one finding lists."""


def with_odd(report: Report, odd: Odd) -> Report:
    """Return the report with what was read past; a file of which a sheet was left out was not checked in full."""
    cells = [each for each in odd.cells if each.sheet != provenance.SHEET and not is_findings_sheet(each.sheet)]
    if not cells and not odd.sheets:
        return report
    at = {(each.sheet, address(each.row, each.col)): each for each in cells}
    found = [_reworded(each, at) for each in report.findings]
    told = {(each.sheet, each.cell) for each in report.findings if each.found == DAMAGED}
    groups: dict[tuple[str, str], list[OddCell]] = {}
    for where, each in at.items():
        if where not in told:
            groups.setdefault((each.sheet, each.kind), []).append(each)
    found += [_of_cells(group) for group in groups.values()]
    found += [finding(f"S12.sheet_{each.kind}", title=each.title, read_as=each.read_as) for each in odd.sheets]
    status = report.status
    if any(each.kind == "lost" for each in odd.sheets):
        status = "incomplete"
    elif status == "ok" and any(each.severity != NOTE for each in found):
        status = "findings"
    return report._replace(status=status, findings=tuple(sorted(found, key=place)))


def _of_cells(cells: list[OddCell]) -> Finding:
    """Return the finding at the first cell of a kind on a sheet, which lists the others."""
    first, *others = cells
    more = Phrase("I10.odd.more", many=len(others)) if others else NOTHING
    affected = tuple(cell_of(each.sheet, each.row, each.col) for each in others[:_LISTED])
    return finding(f"I10.odd_{first.kind}", more=more, sheet=first.sheet, cell=address(first.row, first.col), affected=affected)


def _reworded(found: Finding, at: dict[tuple[str, str], OddCell]) -> Finding:
    """Return a finding about such a cell with what is the matter with it, instead of what its content isn't."""
    odd = at.get((found.sheet or "", found.cell or ""))
    if odd is None or found.found != DAMAGED:
        return found
    severity = WARNING if found.severity == NOTE else found.severity
    return found._replace(message=Phrase(f"I10.odd_{odd.kind}.message", more=NOTHING), severity=severity, found=None)

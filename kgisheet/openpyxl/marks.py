"""The findings of a report as comments and fills of an openpyxl Workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from ..check.finding import SEVERITIES, Finding
from ..report.annotated import AUTHOR
from ..report.marks import FILLS
from ..report.words import SEVERITY
from ..xlsx.patch.boxes import text_size

if TYPE_CHECKING:
    from ..check.finding import Report


def mark(workbook: Any, report: Report, lang: str = "ja") -> list[Finding]:
    """Fill the cells of the findings by severity and write what is wrong into their comments, in ``lang``.

    A comment that is there keeps its text, with the findings below it; marking twice says nothing twice. Of a merged
    area the cell that shows is marked. Returns the findings that have no cell here, which nothing shows.
    """
    rest: list[Finding] = []
    by_cell: dict[tuple[str, str], list[Finding]] = {}
    for finding in report.findings:
        cell = _shown(workbook, finding)
        if cell is None:
            rest.append(finding)
        else:
            by_cell.setdefault((cell.parent.title, cell.coordinate), []).append(finding)
    for (title, where), findings in by_cell.items():
        findings.sort(key=lambda each: SEVERITIES.index(each.severity))
        workbook[title].sheet_state = "visible"  # on a hidden sheet nobody would see the mark
        cell = workbook[title][where]
        cell.fill = PatternFill("solid", fgColor="FF" + FILLS[findings[0].severity])
        _comment(cell, "\n\n".join(_said(each, lang) for each in findings))
    return rest


def _shown(workbook: Any, finding: Finding) -> Any:
    """Return the cell of a finding, in a merged area its first one; None if it has none here."""
    if finding.sheet is None or finding.cell is None or finding.sheet not in workbook.sheetnames:
        return None
    sheet = workbook[finding.sheet]
    if not hasattr(sheet, "merged_cells"):
        return None  # a chart's own sheet
    area = next((each for each in sheet.merged_cells.ranges if finding.cell in each), None)
    return sheet[finding.cell] if area is None else sheet.cell(area.min_row, area.min_col)


def _said(finding: Finding, lang: str) -> str:
    """Return the comment of a finding, beginning with the severity in words, for readers who don't see colours."""
    return f"{SEVERITY[finding.severity].to(lang)} {finding.code}\n{finding.message.to(lang)}\n→ {finding.fix.to(lang)}"


def _comment(cell: Any, said: str) -> None:
    there = cell.comment
    if there is not None and there.text.endswith(said):
        return
    text = said if there is None else f"{there.text}\n\n{said}"
    made = Comment(text, AUTHOR if there is None else there.author)
    made.width, made.height = text_size(text)
    cell.comment = made

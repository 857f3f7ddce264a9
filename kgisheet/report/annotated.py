"""A report written into a copy of its workbook: marked cells with comments, and a sheet of findings at the end.

Only parts that must change do; all others are the original's to the byte.
``docProps/app.xml`` is one of the others: its list of sheet titles is for tools
that look at a file from outside, and Excel rewrites it.
"""

from __future__ import annotations

from ..check.finding import SEVERITIES, Finding, Report
from ..errors import BookError, Problem
from ..language.text import Text
from ..xlsx.patch import notes, tabs
from ..xlsx.patch.package import Package
from ..xlsx.patch.sheetpatch import SheetPatch
from ..xlsx.patch.styles import Styles
from ..xlsx.read.areas import Cell, cell_at
from . import findings_sheet
from .marks import FILLS
from .words import SEVERITY

AUTHOR = "kgisheet"


def annotated(data: bytes, report: Report, source: str, lang: str) -> bytes:
    """Return the copy, in ``lang``; raise BookError if the workbook must not, or can't, be changed."""
    try:
        package = Package(data, source)
        styles = Styles(package)
        parts = {tab.title: tab.part for tab in tabs.tabs(package) if tab.part is not None}
        by_part: dict[str, dict[Cell, list[Finding]]] = {}
        for finding in report.findings:
            part, cell = parts.get(finding.sheet or ""), cell_at(finding.cell or "")
            if part is not None and cell is not None:
                by_part.setdefault(part, {}).setdefault(cell, []).append(finding)
        # Marks on a hidden sheet would be seen by nobody, and no link leads there.
        tabs.show(package, {title for title, part in parts.items() if part in by_part})
        there = tabs.tabs(package)
        for part, findings in by_part.items():
            _mark(SheetPatch(package, part, findings), styles, findings, lang)
        title = tabs.free_title(package, findings_sheet.TITLE.to(lang))
        sheet = findings_sheet.xml(report, there, styles, lang, package.main)
        tabs.append(package, title, sheet, findings_sheet.names(report))
        styles.save()
        return package.to_bytes()
    except (MemoryError, RecursionError):
        raise BookError(
            Problem("too-large", Text("複雑すぎてコピーを作れません", "it is too complex to be copied"), None, source)
        ) from None


def _mark(sheet: SheetPatch, styles: Styles, findings: dict[Cell, list[Finding]], lang: str) -> None:
    """Mark one sheet's cells; in a merged area the visible one."""
    shown: dict[Cell, list[Finding]] = {}
    for cell, each in findings.items():
        shown.setdefault(sheet.anchor(cell), []).extend(each)
    texts: dict[Cell, notes.Note] = {}
    for cell, here in shown.items():
        here.sort(key=lambda finding: SEVERITIES.index(finding.severity))
        sheet.set_style(cell, styles.filled(sheet.style(cell), styles.fill(FILLS[here[0].severity])))
        texts[cell] = _note(here, lang)
    notes.add(sheet, texts, AUTHOR)
    sheet.save()


def _note(findings: list[Finding], lang: str) -> notes.Note:
    """Return the comment of one cell, beginning with the severity in words, for readers who don't see colours."""
    heads = [f"{SEVERITY[each.severity].to(lang)} {each.code}" for each in findings]
    bodies = [f"{each.message.to(lang)}\n→ {each.fix.to(lang)}" for each in findings]
    more = [f"\n\n{head}\n{body}" for head, body in zip(heads[1:], bodies[1:], strict=True)]
    return notes.Note(heads[0], bodies[0] + "".join(more))

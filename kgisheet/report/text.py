"""The report for a terminal: a summary line, then the findings by sheet, the worst first."""

from __future__ import annotations

from collections.abc import Sequence

from ..check.finding import NOTE, SEVERITIES, Finding, Reading, Report, Unchecked
from ..language.text import Text, Wording
from .columns import aligned, cut
from .words import (
    COMMON,
    NOT_CHECKED,
    NOT_EVALUATED,
    READINGS,
    SEVERITY,
    STANDING,
    UNCHECKED_FIX,
    WHOLE_BOOK,
    by_sheet,
    counts,
    left_out,
    standing,
    worst,
)


def text(reports: list[Report], lang: str, passed: Sequence[str] = ()) -> str:
    """Return all the reports, a blank line between them; for several, with shared notes, a table and a summary at the end.

    ``passed`` are files and folders that were skipped.
    """
    shared = _shared(reports)
    parts = ["\n".join(_one(report, shared, lang)) for report in reports]
    if shared:
        parts.append("\n".join(_common(shared, lang)))
    if len(reports) > 1:
        parts += [_table(reports, lang), _summary(reports, lang)]
    if passed:
        parts.append("\n".join([f"[{NOT_CHECKED.to(lang)}]", *(f"  {each}" for each in passed)]))
    return "\n\n".join(parts)


Note = tuple[str, str, Wording, Wording]
"""A note as its reader sees it: code, place, message, what to do."""


def _note(finding: Finding) -> Note:
    return finding.code, "!".join(filter(None, (finding.sheet, finding.cell))), finding.message, finding.fix


def _shared(reports: list[Report]) -> dict[Note, list[str]]:
    """Return the notes that several files have, word for word, and which files."""
    files: dict[Note, list[str]] = {}
    for report in reports:
        for note in dict.fromkeys(_note(each) for each in report.findings if each.severity == NOTE):
            files.setdefault(note, []).append(report.file)
    return {note: names for note, names in files.items() if len(names) > 1}


def _common(shared: dict[Note, list[str]], lang: str) -> list[str]:
    lines = [f"[{COMMON.to(lang)}]"]
    for (code, place, message, fix), names in shared.items():
        listed = Text("、", ", ").to(lang).join(names[:_FEW])
        more = len(names) - _FEW
        if more > 0:
            listed += Text(f" ほか{more}ファイル", f" and {more} more").to(lang)
        lines += [
            f"  {SEVERITY[NOTE].to(lang)} {code}{place and f' {place}'}: {message.to(lang)}",
            f"    → {fix.to(lang)}",
            f"    {listed}",
        ]
    return lines


def _table(reports: list[Report], lang: str) -> str:
    """Return a row per file: its name, its state, its worst finding."""
    rows = [
        [Text("ファイル", "file").to(lang), Text("判定", "verdict").to(lang), Text("最も重い指摘", "worst finding").to(lang)]
    ]
    for report in reports:
        finding, said = worst(report), ""
        if finding is not None:
            place = "!".join(filter(None, (finding.sheet, finding.cell)))
            said = cut(" ".join(filter(None, (finding.code, place, finding.message.to(lang)))), _WIDEST)
        elif report.problem is not None:
            said = cut(report.problem.what.to(lang), _WIDEST)
        rows.append([report.file, STANDING[standing(report)].to(lang), said])
    return aligned(rows)


_FEW = 5  # files that a note names
_WIDEST = 72  # columns of a terminal, for the worst finding of a file


def _one(report: Report, shared: dict[Note, list[str]], lang: str) -> list[str]:
    """Return a file's headline, what was read, its findings without the notes that are given once for several files."""
    said = f"{report.file}: {_headline(report, lang)}" if report.problem is None else report.problem.to(lang)
    if report.left_out:
        said += left_out(report).to(lang)
    lines = [said, *_readings(report.readings, lang)]
    own = report._replace(
        findings=tuple(each for each in report.findings if each.severity != NOTE or _note(each) not in shared)
    )
    for sheet, findings in by_sheet(own).items():
        lines.append(f"[{sheet or WHOLE_BOOK.to(lang)}]")
        for each in findings:
            lines += _finding(each, lang)
    return [*lines, *_unchecked(report.unchecked, lang)]


def _unchecked(unchecked: tuple[Unchecked, ...], lang: str) -> list[str]:
    """Return the formulas that could not be evaluated: which, and what to do."""
    if not unchecked:
        return []
    lines = [f"[{SEVERITY[NOT_EVALUATED].to(lang)}]"]
    lines += [f"  {each.sheet}!{each.cell}: {each.formula}" for each in unchecked]
    return [*lines, f"    → {UNCHECKED_FIX.to(lang)}"]


def _finding(finding: Finding, lang: str) -> list[str]:
    place = f" {finding.cell}" if finding.cell else ""
    lines = [
        f"  {SEVERITY[finding.severity].to(lang)} {finding.code}{place}: {finding.message.to(lang)}",
        f"    → {finding.fix.to(lang)}",
    ]
    if finding.affected:
        number = len(finding.affected)
        more = ", ".join(finding.affected[:6]) + (" …" if number > 6 else "")
        lines.append(Text(f"    影響するセル {number}: {more}", f"    cells affected, {number}: {more}").to(lang))
    return lines


def _readings(readings: tuple[Reading, ...], lang: str) -> list[str]:
    """Return what was recognised on a freeform sheet, so that silence is not taken for OK."""
    if not readings:
        return []
    several = len({each.sheet for each in readings}) > 1
    lines = [f"[{READINGS.to(lang)}]"]
    for each in readings:
        place = f"{each.sheet}!{each.cell}" if several else each.cell
        lines.append(f"  {place} {each.label}: {each.shown}")
    return lines


def _headline(report: Report, lang: str) -> str:
    checked = Text(
        f"数式{report.formulas}、未検査{report.not_evaluated}",
        f"{report.formulas} formulas, {report.not_evaluated} not evaluated",
    ).to(lang)
    found = counts(report)
    if report.status == "ok":
        notes = found[NOTE]
        sound = Text(
            f"検査範囲に誤りはありません({checked})。前提の率の妥当性は対象外です。" + (f"参考{notes}件。" if notes else ""),
            f"nothing wrong in what was checked ({checked}). Whether the rates are realistic was not."
            + (f" {notes} note(s)." if notes else ""),
        )
        return sound.to(lang)
    said = Text("、", ", ").to(lang).join(f"{SEVERITY[severity].to(lang)} {found[severity]}" for severity in SEVERITIES)
    if report.status == "incomplete" and report.readings and not report.not_evaluated:
        said = Text(f"項目は読み取れましたが、突き合わせて検査できる関係がありません。{said}",
                    f"read, but nothing in it could be checked against anything else; {said}").to(lang)  # fmt: skip
    elif report.status == "incomplete":
        said = Text(f"一部を検査できませんでした。{said}", f"checked only in part; {said}").to(lang)
    return f"{said} ({checked})"


def _summary(reports: list[Report], lang: str) -> str:
    tally = {
        status: sum(report.status == status for report in reports) for status in ("ok", "findings", "incomplete", "unreadable")
    }
    return Text(
        f"{len(reports)}件: 問題なし{tally['ok']}、指摘あり{tally['findings']}、"
        f"一部のみ{tally['incomplete']}、読めない{tally['unreadable']}",
        f"{len(reports)} files: {tally['ok']} sound, {tally['findings']} with findings, "
        f"{tally['incomplete']} checked in part, {tally['unreadable']} unreadable",
    ).to(lang)

"""The report for a terminal: a summary line, then the findings by sheet, the worst first."""

from __future__ import annotations

from ..check.finding import NOTE, SEVERITIES, Finding, Reading, Report, Unchecked
from ..errors import Text
from .words import NOT_EVALUATED, READINGS, SEVERITY, UNCHECKED_FIX, WHOLE_BOOK, by_sheet, counts, left_out


def text(reports: list[Report], lang: str) -> str:
    """All the reports, a blank line between them; of several, a summary at the end."""
    parts = ["\n".join(_one(report, lang)) for report in reports]
    if len(reports) > 1:
        parts.append(_summary(reports, lang))
    return "\n\n".join(parts)


def _one(report: Report, lang: str) -> list[str]:
    said = f"{report.file}: {_headline(report, lang)}" if report.problem is None else report.problem.to(lang)
    if report.left_out:
        said += left_out(report).to(lang)
    lines = [said, *_readings(report.readings, lang)]
    for sheet, findings in by_sheet(report).items():
        lines.append(f"[{sheet or WHOLE_BOOK.to(lang)}]")
        for each in findings:
            lines += _finding(each, lang)
    return [*lines, *_unchecked(report.unchecked, lang)]


def _unchecked(unchecked: tuple[Unchecked, ...], lang: str) -> list[str]:
    """The formulas that nobody could evaluate: which, and what to do."""
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
    """What was recognised on a sheet that was never ours, so that silence is not taken for OK."""
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

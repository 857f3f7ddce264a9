"""The report for a terminal: a summary line, then the findings by sheet, the worst first."""

from __future__ import annotations

from ..check.finding import ERROR, NOTE, SEVERITIES, WARNING, Finding, Report
from ..errors import Text

_WORDS = {ERROR: Text("誤り", "error"), WARNING: Text("要確認", "warning"), NOTE: Text("参考", "note")}


def text(reports: list[Report], lang: str) -> str:
    """All the reports, a blank line between them; of several, a summary at the end."""
    parts = ["\n".join(_one(report, lang)) for report in reports]
    if len(reports) > 1:
        parts.append(_summary(reports, lang))
    return "\n\n".join(parts)


def _one(report: Report, lang: str) -> list[str]:
    if report.problem is not None:
        return [report.problem.to(lang)]
    lines = [f"{report.file}: {_headline(report, lang)}"]
    sheets: dict[str | None, list[Finding]] = {}
    for finding in sorted(report.findings, key=lambda each: SEVERITIES.index(each.severity)):
        sheets.setdefault(finding.sheet, []).append(finding)
    for sheet, findings in sheets.items():
        lines.append(f"[{sheet or Text('ブック全体', 'the workbook').to(lang)}]")
        for each in findings:
            place = f" {each.cell}" if each.cell else ""
            lines.append(f"  {_WORDS[each.severity].to(lang)} {each.code}{place}: {each.message.to(lang)}")
            lines.append(f"    → {each.fix.to(lang)}")
            if each.affected:
                more = ", ".join(each.affected[:6]) + (" …" if len(each.affected) > 6 else "")
                lines.append(
                    Text(
                        f"    影響するセル {len(each.affected)}: {more}", f"    cells affected, {len(each.affected)}: {more}"
                    ).to(lang)
                )
    for missing in report.unchecked:
        said = Text("未検査", "not evaluated").to(lang)
        lines.append(f"  {said} {missing.sheet}!{missing.cell}: {missing.formula}")
    if report.unchecked:
        lines.append(
            Text(
                "    → この数式は評価できません。元の数式に戻すか、kgisheet[recalc] を入れて検査し直してください",
                "    → such formulas are not evaluated: put the original back, or install kgisheet[recalc] and check again",
            ).to(lang)
        )
    return lines


def _headline(report: Report, lang: str) -> str:
    checked = Text(
        f"数式{report.formulas}、未検査{report.not_evaluated}",
        f"{report.formulas} formulas, {report.not_evaluated} not evaluated",
    ).to(lang)
    counts = {severity: sum(each.severity == severity for each in report.findings) for severity in SEVERITIES}
    if report.status == "ok":
        notes = counts[NOTE]
        sound = Text(
            f"検査範囲に誤りはありません({checked})。前提の率の妥当性は対象外です。" + (f"参考{notes}件。" if notes else ""),
            f"nothing wrong in what was checked ({checked}). Whether the rates are realistic was not."
            + (f" {notes} note(s)." if notes else ""),
        )
        return sound.to(lang)
    said = Text("、", ", ").to(lang).join(f"{_WORDS[severity].to(lang)} {counts[severity]}" for severity in SEVERITIES)
    if report.status == "incomplete":
        said = Text(f"一部を検査できませんでした。{said}", f"checked only in part; {said}").to(lang)
    return f"{said} ({checked})"


def _summary(reports: list[Report], lang: str) -> str:
    counts = {
        status: sum(report.status == status for report in reports) for status in ("ok", "findings", "incomplete", "unreadable")
    }
    return Text(
        f"{len(reports)}件: 問題なし{counts['ok']}、指摘あり{counts['findings']}、"
        f"一部のみ{counts['incomplete']}、読めない{counts['unreadable']}",
        f"{len(reports)} files: {counts['ok']} sound, {counts['findings']} with findings, "
        f"{counts['incomplete']} checked in part, {counts['unreadable']} unreadable",
    ).to(lang)

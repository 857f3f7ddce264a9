"""The report for a terminal: a summary line, then the findings by severity, errors first, in each by sheet."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..check.finding import NOTE, SEVERITIES, Finding, Reading, Report, Unchecked
from ..language.text import Text, Wording, many
from .columns import aligned, cut
from .words import (
    COMMON,
    NOT_CHECKED,
    NOT_EVALUATED,
    READINGS,
    SEVERITY,
    STATES,
    UNCHECKED_FIX,
    WHOLE_BOOK,
    by_sheet,
    compared,
    counted,
    counts,
    left_out,
    state,
    tally,
    worst,
)


class Line(NamedTuple):
    """A line of the report; ``kind`` (a severity, ``ok``, ``unreadable``) is for its colour, empty for most."""

    text: str
    kind: str = ""


def text(reports: list[Report], lang: str, passed: Sequence[str] = (), explain: bool = False) -> str:
    """Return the lines of the report as one text."""
    return "\n".join(line.text for line in lines(reports, lang, passed, explain=explain))


def lines(
    reports: list[Report], lang: str, passed: Sequence[str] = (), most: int | None = None, explain: bool = False
) -> list[Line]:
    """Return all the reports, a blank line between them; for several, with shared notes, a table and a summary at the end.

    ``passed`` are files and folders that were skipped; the table is cut to ``most`` columns; ``explain`` adds how
    freeform sheets were read.
    """
    shared = _shared(reports)
    parts = [_one(report, shared, lang, explain) for report in reports]
    if shared:
        parts.append(_plain(_common(shared, lang)))
    if len(reports) > 1:
        parts += [_plain(_table(reports, lang, most).splitlines()), [Line(_summary(reports, lang))]]
    if passed:
        parts.append(_plain([f"[{NOT_CHECKED.to(lang)}]", *(f"  {each}" for each in passed)]))
    between: list[list[Line]] = [[]] + [[Line("")]] * (len(parts) - 1)
    return [line for gap, part in zip(between, parts, strict=True) for line in (*gap, *part)]


def _plain(said: Iterable[str]) -> list[Line]:
    return [Line(each) for each in said]


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


def _table(reports: list[Report], lang: str, most: int | None) -> str:
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
        rows.append([report.file, STATES[state(report)].to(lang), said])
    return aligned(rows, most=most)


_FEW = 5  # files that a note names
_WIDEST = 72  # columns of a terminal, for the worst finding of a file


def _one(report: Report, shared: dict[Note, list[str]], lang: str, explain: bool) -> list[Line]:
    """Return a file's headline, its findings without the notes that are given once for several files, and what was read."""
    said = f"{report.file}: {_headline(report, lang)}" if report.problem is None else report.problem.to(lang)
    if report.left_out:
        said += left_out(report).to(lang)
    found = [Line(said, state(report))]
    own = report._replace(
        findings=tuple(each for each in report.findings if each.severity != NOTE or _note(each) not in shared)
    )
    inorder = [each for findings in by_sheet(own).values() for each in findings]
    for severity in SEVERITIES:
        of_it = [each for each in inorder if each.severity == severity]
        if of_it:
            found.append(Line(f"[{counted(severity, len(of_it)).to(lang)}]", severity))
            found += _plain(line for alike in _alike(of_it, lang) for line in _findings(alike, lang))
    explained: list[str] = []
    if explain:
        from .explained import explanation  # only where it is asked for

        explained = explanation(report, lang)
    return [*found, *_plain([*_unchecked(report.unchecked, lang), *_readings(report.readings, lang), *explained])]


def _unchecked(unchecked: tuple[Unchecked, ...], lang: str) -> list[str]:
    """Return the formulas that could not be evaluated: which, and what to do."""
    if not unchecked:
        return []
    lines = [f"[{SEVERITY[NOT_EVALUATED].to(lang)}]"]
    lines += [f"  {each.sheet}!{each.cell}: {each.formula}" for each in unchecked]
    return [*lines, f"    → {UNCHECKED_FIX.to(lang)}"]


def _alike(findings: list[Finding], lang: str) -> list[list[Finding]]:
    """Return the findings in groups of one code and one fix that follow one another: what is to be done is said once."""
    keys = itertools.groupby(findings, key=lambda each: (each.code, each.fix.to(lang)))
    return [list(group) for _, group in keys]


def _findings(alike: list[Finding], lang: str) -> list[str]:
    """Return the lines of findings of one code and one fix; a remark in brackets with which all end, a source, once."""
    said = [each.message.to(lang) for each in alike]
    remark = _remark(said) if len(said) > 1 else ""
    found = []
    for each, message in zip(alike, said, strict=True):
        place = "!".join(filter(None, (each.sheet, each.cell)))
        found.append(f"  {each.code} {place or WHOLE_BOOK.to(lang)}: {message.removesuffix(remark).rstrip()}")
        if each.affected:
            number = len(each.affected)
            more = ", ".join(each.affected[:6]) + (" …" if number > 6 else "")
            found.append(Text(f"    影響するセル {number}: {more}", f"    cells affected, {number}: {more}").to(lang))
    found += [f"    {remark}"] if remark else []
    return [*found, f"    → {alike[0].fix.to(lang)}"]


def _remark(said: list[str]) -> str:
    """Return the text in brackets with which all of the texts end; empty if there is none."""
    backwards = itertools.takewhile(lambda letters: len(set(letters)) == 1, zip(*map(reversed, said), strict=False))
    end = "".join(letters[0] for letters in backwards)[::-1]
    remark = end[end.find("(") :] if "(" in end else ""
    return remark if remark.endswith(")") and remark.count("(") == remark.count(")") else ""


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
        f"数式{report.formulas:,}、未検査{report.not_evaluated:,}",
        f"{report.formulas:,} formulas, {report.not_evaluated} not evaluated",
    ).to(lang)
    found = counts(report)
    if report.status == "ok":
        notes = found[NOTE]
        sound = Text(
            f"検査した範囲に誤りはありません({checked})。前提の率の妥当性は対象外です。"
            + (f"参考{notes}件。" if notes else ""),
            f"nothing wrong in what was checked ({checked}); whether the rates are realistic was not checked."
            + (f" {many(notes, 'note')}." if notes else ""),
        )
        return sound.to(lang)
    said = tally(found).to(lang)
    partly = compared(report)
    if partly is not None and not report.not_evaluated:
        said = Text(f"{partly.ja}。{said}", f"{partly.en}; {said}").to(lang)
    elif report.status == "incomplete" and report.readings and not report.not_evaluated:
        said = Text(f"項目は読み取れましたが、突き合わせて検査できる関係がありません。{said}",
                    f"read, but nothing in it could be checked against anything else; {said}").to(lang)  # fmt: skip
    elif report.status == "incomplete":
        said = Text(f"一部を検査できませんでした。{said}", f"checked only in part; {said}").to(lang)
    return f"{said} ({checked})"


def _summary(reports: list[Report], lang: str) -> str:
    files = {
        status: sum(report.status == status for report in reports) for status in ("ok", "findings", "incomplete", "unreadable")
    }
    return Text(
        f"{len(reports)}ファイル: 問題なし{files['ok']}、指摘あり{files['findings']}、"
        f"一部のみ{files['incomplete']}、読めない{files['unreadable']}",
        f"{many(len(reports), 'file')}: {files['ok']} OK, {files['findings']} with findings, "
        f"{files['incomplete']} checked in part, {files['unreadable']} unreadable",
    ).to(lang)

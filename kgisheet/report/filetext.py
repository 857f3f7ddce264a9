"""The report of one file for a terminal: a headline, then the findings by severity, errors first, in each by sheet."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import NamedTuple

from ..check.finding import NOTE, SEVERITIES, Finding, Reading, Report, Unchecked
from ..language.text import Text, many
from .words import (
    NOT_EVALUATED,
    READINGS,
    SEVERITY,
    UNCHECKED_FIX,
    WHOLE_BOOK,
    by_sheet,
    compared,
    counted,
    counts,
    left_out,
    nothing_compared,
    state,
    tally,
)


class Line(NamedTuple):
    """A line of the report; ``kind`` (a severity, ``ok``, ``unreadable``) is for its colour, empty for most."""

    text: str
    kind: str = ""


def plain(said: Iterable[str]) -> list[Line]:
    return [Line(each) for each in said]


def of_file(report: Report, lang: str, explain: bool, findings: tuple[Finding, ...]) -> list[Line]:
    """Return a file's headline, those of its findings that are given with it, and what was read."""
    said = f"{report.file}: {_headline(report, lang)}" if report.problem is None else report.problem.to(lang)
    if report.left_out:
        said += left_out(report).to(lang)
    found = [Line(said, state(report))]
    inorder = [each for of_sheet in by_sheet(report._replace(findings=findings)).values() for each in of_sheet]
    for severity in SEVERITIES:
        of_it = [each for each in inorder if each.severity == severity]
        if of_it:
            found.append(Line(f"[{counted(severity, len(of_it)).to(lang)}]", severity))
            found += plain(line for alike in _alike(of_it, lang) for line in _findings(alike, lang))
    explained: list[str] = []
    if explain:
        from .explained import explanation  # only where it is asked for

        explained = explanation(report, lang)
    return [*found, *plain([*_unchecked(report.unchecked, lang), *_readings(report.readings, lang), *explained])]


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
    elif nothing_compared(report):
        said = Text(f"項目は読み取れましたが、突き合わせて検査できる関係がありません。{said}",
                    f"read, but nothing in it could be checked against anything else; {said}").to(lang)  # fmt: skip
    elif report.status == "incomplete":
        said = Text(f"一部を検査できませんでした。{said}", f"checked only in part; {said}").to(lang)
    return f"{said} ({checked})"

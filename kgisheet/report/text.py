"""The reports of one or several files for a terminal, one after the other; what concerns several files is said at the end.

Each file's lines are there as soon as its report is: what is kept until the end is bounded, however many files there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ..check.finding import NOTE, Finding, Report
from ..language.text import Text, many
from .columns import cut
from .filetext import Line, of_file, plain
from .rows import Rows
from .words import COMMON, NOT_CHECKED, SEVERITY, STATES, state, worst

_FEW = 5  # files that a note names
_WIDEST = 72  # columns of a terminal, for the worst finding of a file
_NOTES = 2_000  # different notes that are remembered, in case another file has them too


def text(reports: Iterable[Report], lang: str, passed: Sequence[str] = (), explain: bool = False) -> str:
    """Return the lines of the report as one text."""
    return "\n".join(line.text for line in lines(reports, lang, passed, explain=explain))


def lines(
    reports: Iterable[Report], lang: str, passed: Sequence[str] = (), most: int | None = None, explain: bool = False
) -> list[Line]:
    """Return all the reports, and what is said at the end; ``passed`` are files and folders that were skipped."""
    stream = Stream(lang, most, explain)
    return [line for report in reports for line in stream.of(report)] + stream.end(passed)


class Stream:
    """The reports one by one, a blank line between them; for several, with common notes, a table and a summary at the end.

    The table is cut to ``most`` columns; ``explain`` adds how freeform sheets were read.
    """

    def __init__(self, lang: str, most: int | None = None, explain: bool = False) -> None:
        self._lang, self._most, self._explain = lang, most, explain
        self._notes = _Notes(lang)
        self._table = _Table(lang)
        self._begun = False

    def of(self, report: Report) -> list[Line]:
        """Return the lines of the next file, without the notes that have been given for another one."""
        self._table.add(report)
        return self._part(of_file(report, self._lang, self._explain, self._notes.new(report)))

    def end(self, passed: Sequence[str] = ()) -> list[Line]:
        """Return what is said when all of them are known; ``passed`` are files and folders that were skipped."""
        parts = [self._notes.common()]
        if self._table.files > 1:
            parts += [self._table.shown(self._most), [self._table.summary()]]
        if passed:
            parts.append([f"[{NOT_CHECKED.to(self._lang)}]", *(f"  {each}" for each in passed)])
        return [line for part in parts if part for line in self._part(plain(part))]

    def _part(self, found: list[Line]) -> list[Line]:
        gap = [Line("")] if self._begun else []
        self._begun = True
        return [*gap, *found]


Note = tuple[str, str, str, str]
"""A note as its reader sees it: code, place, message, what to do."""


class _Notes:
    """The notes so far: each is given with the first file that has it, and at the end if others have it, word for word."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._files: dict[Note, list[str]] = {}
        self._number: Counter[Note] = Counter()

    def new(self, report: Report) -> tuple[Finding, ...]:
        """Return the report's findings without the notes that have been given with another file."""
        notes = [self._note(each) if each.severity == NOTE else None for each in report.findings]
        told = {note for note in notes if note in self._files}
        for note in dict.fromkeys(filter(None, notes)):
            if note in told or len(self._files) < _NOTES:
                self._number[note] += 1
                files = self._files.setdefault(note, [])
                if len(files) < _FEW:
                    files.append(report.file)
        return tuple(each for each, note in zip(report.findings, notes, strict=True) if note not in told)

    def _note(self, finding: Finding) -> Note:
        place = "!".join(filter(None, (finding.sheet, finding.cell)))
        return finding.code, place, finding.message.to(self._lang), finding.fix.to(self._lang)

    def common(self) -> list[str]:
        """Return the notes that several files have, each with the first of them."""
        found = []
        for (code, place, message, fix), number in self._number.items():
            if number < 2:
                continue
            files = self._files[code, place, message, fix]
            listed = Text("、", ", ").to(self._lang).join(files)
            if number > len(files):
                more = number - len(files)
                listed += Text(f" ほか{more}ファイル", f" and {more} more").to(self._lang)
            found += [
                f"  {SEVERITY[NOTE].to(self._lang)} {code}{place and f' {place}'}: {message}",
                f"    → {fix}",
                f"    {listed}",
            ]
        return [f"[{COMMON.to(self._lang)}]", *found] if found else []


class _Table:
    """A row per file: its name, its state, its worst finding; and how many files there are in each state."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._rows = Rows(lang, [Text("ファイル", "file"), Text("判定", "verdict"), Text("最も重い指摘", "worst finding")])
        self._states: Counter[str] = Counter()
        self.shown = self._rows.shown

    @property
    def files(self) -> int:
        return self._rows.files

    def add(self, report: Report) -> None:
        self._states[report.status] += 1
        self._rows.add(self._row(report), report.status == "ok")

    def _row(self, report: Report) -> list[str]:
        finding, said = worst(report), ""
        if finding is not None:
            place = "!".join(filter(None, (finding.sheet, finding.cell)))
            said = cut(" ".join(filter(None, (finding.code, place, finding.message.to(self._lang)))), _WIDEST)
        elif report.problem is not None:
            said = cut(report.problem.what.to(self._lang), _WIDEST)
        return [report.file, STATES[state(report)].to(self._lang), said]

    def summary(self) -> str:
        files = self._states
        return Text(
            f"{self.files}ファイル: 問題なし{files['ok']}、指摘あり{files['findings']}、"
            f"一部のみ{files['incomplete']}、読めない{files['unreadable']}",
            f"{many(self.files, 'file')}: {files['ok']} OK, {files['findings']} with findings, "
            f"{files['incomplete']} checked in part, {files['unreadable']} unreadable",
        ).to(self._lang)

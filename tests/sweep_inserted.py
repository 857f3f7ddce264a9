"""A row or a column inserted at every position of every sheet of ours, or deleted: do check, monthly and check again agree?

    .venv/bin/python tests/sweep_inserted.py [--share N] [--sheet TITLE]... [--axis rows|columns] [--delete] [--save DIR]

LibreOffice inserts or deletes them. Either nothing is found, `monthly` changes nothing and nothing is found
after; or both refuse with the true reason, one finding that names the sheet and the line.
Exit code 1 where one does neither.
"""

from __future__ import annotations

import argparse
import functools
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from regenerating.routes import by_libreoffice

from kgisheet import api
from kgisheet.check.finding import ERROR, NOTE, Finding
from kgisheet.values.a1 import column
from kgisheet.verdict import check
from kgisheet.xlsx.read.areas import cell_at
from kgisheet.xlsx.read.reader import read

PLAN = Path(__file__).resolve().parent.parent / "samples" / "saas.toml"
ONE_TAB = "2026-06"
"""The months' tabs are alike: one of them stands for all."""
BOOKS = {
    "使い方,目標設定,月次予実": ("使い方", "目標設定", "月次予実", "根拠", "計算用"),
    "目標設定,月次予実,月別,予実サマリー": (ONE_TAB, "予実サマリー"),
    "目標設定,月次予実,現状とのギャップ,ABM,ジャーニー,コンテンツ,定義,稟議": (
        "現状とのギャップ",
        "ABM",
        "ジャーニー",
        "コンテンツ",
        "定義",
        "稟議",
    ),
}
"""The sheets of a workbook, and those of them that are swept in it: the fewer sheets, the sooner LibreOffice has saved it."""


class Line(NamedTuple):
    """A row (axis 0) or a column (axis 1), from 0, of a sheet: put in before what stands there, or taken out."""

    sheet: str
    axis: int
    at: int
    is_deleted: bool = False

    @property
    def step(self) -> list[Any]:
        kind = "columns" if self.axis else "rows"
        return [f"{'delete' if self.is_deleted else 'insert'}_{kind}", self.sheet, self.at, 1]

    def __str__(self) -> str:
        where = f"column {column(self.at)}" if self.axis else f"row {self.at + 1}"
        return f"{self.sheet}!{where} {'deleted' if self.is_deleted else 'inserted'}"


class Verdict(NamedTuple):
    """What became of one line: ``agree``, ``refuse``, or what is wrong."""

    line: Line
    kind: str
    said: str


@functools.cache
def workbook(sheets: str) -> bytes:
    plan = api.plan_from_toml(PLAN.read_text(encoding="utf-8"), PLAN.name, "ja", [f"sheets={sheets}"])
    return api.workbook(plan, "ja")


def lines(data: bytes, titles: Sequence[str], is_deleted: bool = False) -> list[Line]:
    """Every position on these sheets, one behind the last line included."""
    book = read(data, "book.xlsx")
    found = []
    for title in titles:
        for axis in (0, 1):
            last = max(where[1 + axis] for where in book.cells if where[0] == title)
            found += [Line(title, axis, at, is_deleted) for at in range(last + 1 + (not is_deleted))]
    return found


def judged(line: Line, data: bytes) -> Verdict:
    """What check, monthly and check again say of a workbook with one line more, or less."""
    before = check(data, "book.xlsx")
    wrong = [each for each in before.findings if each.severity != NOTE]
    try:
        outcome = api.regenerate(data, "book.xlsx")
    except api.BookError as bad:
        return _refused(line, wrong, bad.problems[0].what.en)
    said = [f"{each.code} {each.sheet}!{each.cell} {each.message.en}" for each in wrong]
    if wrong:
        return Verdict(line, "found, not refused", "; ".join(said[:3]))
    moved = (*outcome.changes, *outcome.kept, *outcome.conflicts)
    if moved:
        return Verdict(line, "changed", "; ".join(f"{each.sheet}!{each.cell} {each.before}→{each.after}" for each in moved[:3]))
    after = [each for each in check(outcome.data, "book.xlsx").findings if each.severity != NOTE]
    if after:
        listed = "; ".join(f"{each.code} {each.sheet}!{each.cell} {each.message.en}" for each in after[:3])
        return Verdict(line, "found after monthly", f"{len(after)}: {listed}")
    return Verdict(line, "agree", "")


def _refused(line: Line, wrong: Sequence[Finding], reason: str) -> Verdict:
    """Both must say which kind of line, on which sheet, and where it is."""
    said = [f"{each.code} {each.sheet}!{each.cell} {each.message.en}" for each in wrong]
    told = f"monthly: {reason} / check: {'; '.join(said[:3]) or 'nothing'}"
    if not wrong:
        return Verdict(line, "refused, not found", told)
    kind = "column" if line.axis else "row"
    if [each for each in wrong if each.severity != ERROR or each.code != "S01"]:
        return Verdict(line, "more than one cause", told)
    if len(wrong) > 1:
        return Verdict(line, "said more than once", told)
    first = wrong[0]
    if reason[1:] not in first.message.en:
        return Verdict(line, "another reason", told)
    place = cell_at(first.cell or "")
    name = column(line.at) if line.axis else str(line.at + 1)
    # Of lines that are alike nobody can tell which one is new: then the table is named, by its area.
    area = re.search(r"\((\w+):(\w+), \d+ (?:\w+ instead )?of \d+", reason)
    first_line, last_line = (cell_at(each)[line.axis] for each in area.groups()) if area else (None, None)
    is_within = area is not None and first_line <= line.at <= last_line + line.is_deleted
    if not (
        kind in first.message.en.lower()
        and (is_within or f"{kind} {name}" in reason)
        and (first.sheet == line.sheet or line.is_deleted)
        and line.sheet in reason
    ):
        return Verdict(line, "another reason", told)
    if not line.is_deleted and (place is None or place[line.axis] != (first_line if is_within else line.at)):
        return Verdict(line, "another place", told)
    return Verdict(line, "refuse", told)


def run(
    data: bytes, chosen: Sequence[Line], processes: int = 1, batch: int = 40, keep: Path | None = None
) -> Iterator[Verdict]:
    with ProcessPoolExecutor(processes) as pool:
        for start in range(0, len(chosen), batch):
            part = chosen[start : start + batch]
            done = zip(part, by_libreoffice([(data, [line.step]) for line in part]), strict=True)
            files = {line: file for line, file in done if file is not None}
            assert len(files) == len(part), "LibreOffice refused some of them"
            for line, file in files.items() if keep is not None else ():
                (keep / f"{line}.xlsx").write_bytes(file)
            yield from pool.map(judged, files, files.values())


def main() -> int:
    options = argparse.ArgumentParser(description="Inserts rows and columns everywhere; do check and monthly agree?")
    options.add_argument("--share", type=int, default=1, metavar="N", help="every Nth position only")
    options.add_argument("--from", type=int, default=0, dest="first", metavar="K", help="begin with the Kth")
    options.add_argument("--sheet", action="append", help="these sheets only")
    options.add_argument("--axis", choices=("rows", "columns"))
    options.add_argument("--delete", action="store_true", help="take lines out instead")
    options.add_argument("--save", type=Path, metavar="DIR", help="writes the edited workbooks")
    options.add_argument("--processes", type=int, default=1)
    given = options.parse_args()
    started = time.time()
    if given.save is not None:
        given.save.mkdir(parents=True, exist_ok=True)
    count: Counter[str] = Counter()
    for sheets, titles in BOOKS.items():
        data = workbook(sheets)
        chosen = [
            line
            for line in lines(data, titles, given.delete)
            if (not given.sheet or line.sheet in given.sheet) and given.axis in (None, "columns" if line.axis else "rows")
        ][given.first :: given.share]
        for verdict in run(data, chosen, given.processes, keep=given.save):
            count[verdict.kind] += 1
            if verdict.kind != "agree":
                print(f"{verdict.line}: {verdict.kind}: {verdict.said}", flush=True)
    print(f"{count.total()} lines: {dict(count)}, {time.time() - started:.0f} s")
    return int(any(kind not in ("agree", "refuse") for kind in count))


if __name__ == "__main__":
    sys.exit(main())

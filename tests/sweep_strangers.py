"""Goal sheets as companies type them, by people who had not seen the program: right, with one wrong cell, or of another kind.

    .venv/bin/python tests/sweep_strangers.py [--second … --ninetythird | --all] [NAME ...]     what is judged otherwise, and the table

`tests/strangers/*.jsonl` have one workbook per line: its cells with their formats, its kind, and the wrong cell; each file is by
another stranger. Those of `eighth.jsonl` are right and were made to be alarmed, as are the ones called Z_… in `sheets.jsonl`;
`tenth.jsonl` and `eleventh.jsonl` are right, of ordinary realism;
`fortieth.jsonl`, `fortyfourth.jsonl`, `fortyfifth.jsonl`, `fortyseventh.jsonl` to `fortyninth.jsonl`, `fiftythird.jsonl` and
`fiftysixth.jsonl` are right only; `nineteenth.jsonl` has other sheets of companies, invoices, ledgers, exports, to be left alone. A wrong
one counts as found where an error or warning is at its cell. At its first try each was unseen: those figures are in docs/evidence.md.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl

from kgisheet.check.finding import NOTE, Report
from kgisheet.verdict import check_or_say

SHEETS = Path(__file__).parent / "strangers" / "sheets.jsonl"
SETS = {f"--{file.stem}": file for file in sorted(SHEETS.parent.glob("*.jsonl"))}
RIGHT, WRONG, OTHER = "right", "wrong", "non"


class Judged(NamedTuple):
    """One sheet, and whether it is judged as it should be."""

    name: str
    kind: str
    cell: str
    what: str
    report: Report
    said: list[str]
    book: bytes

    @property
    def good(self) -> bool:
        return self.cell in self.said if self.kind == WRONG else not self.said and self.report.status != "unreadable"


def workbook(entry: dict[str, Any]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, sheet in entry["sheets"].items():
        page = book.create_sheet(title)
        for where, held in sheet["cells"].items():
            value, code = held if isinstance(held, list) else (held, "General")
            page[where].value, page[where].number_format = value, code
        for area in sheet.get("merged", []):
            page.merge_cells(area)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def entries(sheets: Path = SHEETS) -> Iterator[dict[str, Any]]:
    """The sheets of a file, each as it is described there."""
    for line in sheets.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def judged(*names: str, sheets: Path = SHEETS) -> Iterator[Judged]:
    for entry in entries(sheets):
        if names and not entry["name"].startswith(names):
            continue
        book = workbook(entry)
        report = check_or_say(book, entry["name"])
        said = [f"{each.sheet}!{each.cell}" for each in report.findings if each.severity != NOTE]
        yield Judged(entry["name"], entry["kind"], entry["cell"], entry["what"], report, said, book)


def main() -> None:
    names = [each for each in sys.argv[1:] if not each.startswith("--")]
    files = [file for flag, file in SETS.items() if flag in sys.argv or "--all" in sys.argv] or [SHEETS]
    found = [each for file in files for each in judged(*names, sheets=file)]
    for each in found:
        if not each.good:
            print(f"{each.name}: {each.kind} {each.cell} ({each.what}): {each.report.status} {each.said[:4]}")
    silent = sum(each.kind == WRONG and not each.good and each.report.status == "ok" for each in found)
    for kind in (WRONG, RIGHT, OTHER):
        of = [each for each in found if each.kind == kind]
        print(f"{kind:6} {sum(each.good for each in of)} of {len(of)}" + (f", {silent} passed as ok" if kind == WRONG else ""))


if __name__ == "__main__":
    main()

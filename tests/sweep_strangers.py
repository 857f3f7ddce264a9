"""Goal sheets as companies type them, by somebody who had not seen the program: 68 right, 58 with one wrong cell, 6 of another kind.

    .venv/bin/python tests/sweep_strangers.py [--second | --third | --fourth | --fifth | --sixth | --seventh | --eighth] [NAME ...]      what is said of each that is judged otherwise, and the table

`tests/strangers/sheets.jsonl` has one workbook per line: its cells with their formats, its kind, and the wrong cell. Ten of
the right ones (Z_…) look wrong on purpose. `second.jsonl` is by another stranger, who saw neither the program nor those: 45 right, 45 wrong; `third.jsonl` to
`seventh.jsonl` are by five others like it, and the 60 right ones of `eighth.jsonl` were made to be alarmed. A wrong one counts as found where an error or warning is at its cell.
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
SECOND, THIRD, FOURTH, FIFTH, SIXTH, SEVENTH, EIGHTH = (
    SHEETS.with_name(f"{each}.jsonl") for each in ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
)
SETS = {
    "--second": SECOND,
    "--third": THIRD,
    "--fourth": FOURTH,
    "--fifth": FIFTH,
    "--sixth": SIXTH,
    "--seventh": SEVENTH,
    "--eighth": EIGHTH,
}
RIGHT, WRONG, OTHER = "right", "wrong", "non"


class Judged(NamedTuple):
    """One sheet, and whether it is judged as it should be."""

    name: str
    kind: str
    cell: str
    what: str
    report: Report
    said: list[str]

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
        report = check_or_say(workbook(entry), entry["name"])
        said = [f"{each.sheet}!{each.cell}" for each in report.findings if each.severity != NOTE]
        yield Judged(entry["name"], entry["kind"], entry["cell"], entry["what"], report, said)


def main() -> None:
    names = [each for each in sys.argv[1:] if not each.startswith("--")]
    found = list(judged(*names, sheets=next((file for flag, file in SETS.items() if flag in sys.argv), SHEETS)))
    for each in found:
        if not each.good:
            print(f"{each.name}: {each.kind} {each.cell} ({each.what}): {each.report.status} {each.said[:4]}")
    silent = sum(each.kind == WRONG and not each.good and each.report.status == "ok" for each in found)
    for kind in (WRONG, RIGHT, OTHER):
        of = [each for each in found if each.kind == kind]
        print(f"{kind:6} {sum(each.good for each in of)} of {len(of)}" + (f", {silent} passed as ok" if kind == WRONG else ""))


if __name__ == "__main__":
    main()

"""The same sheets as .xlsx, .ods and .csv, converted by LibreOffice: is the same said of them, at the same cells?

    .venv/bin/python tests/sweep_filekinds.py [FOLDER ...]      what is said otherwise, and the table

The sheets are those of `tests/strangers/sheets.jsonl`, and the workbooks of the folders (../shared/cases/foreign). A CSV has
the first sheet alone, as it is shown: workbooks of more sheets aren't compared as CSV. ``BY_FORMULA`` are the wrong ones of
which a CSV shows less than the workbook, for it has no formulas.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import office
import sweep_strangers

from kgisheet.check.finding import NOTE, Report
from kgisheet.verdict import check_or_say
from kgisheet.xlsx.read.reader import read

BY_FORMULA = {
    # by its values the sheet is wrong all the same, but another code says so, or a tied neighbour is as likely
    "B04_mrr-wrong": "nothing instead of F02 at C9: that 0.2 is typed into its formula can't be seen",
    "E17_mql_sql-wrong": "F01 at B7 instead of B8: which of two counts is typed can't be seen",
    "F01_pattern-wrong": "F01 instead of F02: an edited formula is a figure like any other",
    "F02_typed-wrong": "F01 at G6 instead of H6: that H6 alone is typed can't be seen",
    "F03_sumout-wrong": "F01 instead of F02, likewise",
    "K02_corner-wrong": "F01 instead of F02, likewise",
    "F05_hard_ja-wrong": "F01 at C7 instead of F02 at C8: that C7 is typed and C8 calculated can't be seen",
    "F06_pattern_en-wrong": "F01 at E8 instead of F02 at E9, likewise",
    "L11_mrr-wrong": "F01 at B8 instead of B10, likewise",
    "R02_visits-wrong": "F01 at B7 instead of B6: 613 are 1.3 % of 48,210 as it is shown",
    "R06_shown-wrong": "F01 at D5 instead of D7: rates of 22.93 % are shown as 23%",
    "S02_calls-wrong": "F01 instead of F02: an edited formula is a figure like any other",
}

Said = tuple[str, list[tuple[str, str | None]]]


def said(report: Report) -> Said:
    """The status, and the findings that aren't notes."""
    return report.status, sorted((each.code, each.cell) for each in report.findings if each.severity != NOTE)


def workbooks(folders: list[str]) -> Iterator[tuple[str, bytes]]:
    for entry in sweep_strangers.entries():
        yield entry["name"], sweep_strangers.workbook(entry)
    for folder in folders:
        for path in sorted(Path(folder).glob("*.xlsx")):
            yield path.stem, path.read_bytes()


def main() -> int:
    count: Counter[str] = Counter()
    other = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, data in workbooks(sys.argv[1:]):
            source = Path(folder, f"{name}.xlsx")
            source.write_bytes(data)
            expected = check_or_say(data, "sheet.xlsx")
            single = len(read(data, source.name).sheets) == 1
            for kind in ("ods", "csv") if single else ("ods",):
                (made,) = office.convert([source], kind, Path(folder, kind), office.AS_SHOWN if kind == "csv" else "")
                found = check_or_say(made.read_bytes(), f"sheet.{kind}")
                count[kind] += 1
                if said(found) == said(expected):
                    count[f"{kind}, the same"] += 1
                elif kind == "csv" and name in BY_FORMULA:
                    count["csv, by what a CSV lacks"] += 1
                else:
                    other += 1
                    print(f"{name}.{kind}: {said(found)}, as .xlsx {said(expected)} {found.problem or ''}")
    for what, many in sorted(count.items()):
        print(f"{what:30} {many}")
    return 1 if other else 0


if __name__ == "__main__":
    raise SystemExit(main())

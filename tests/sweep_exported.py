"""Every figure of workbooks exported as values made wrong, one at a time: is each the one finding, at its cell?

.venv/bin/python tests/sweep_exported.py [--share 10]
"""

from __future__ import annotations

import argparse
import sys
from typing import Any

from seeding.subjects import made
from seeding.tabs import values_only

from kgisheet.check.rules.exported import exported
from kgisheet.check.subject import Subject
from kgisheet.filled.lost_record import remade
from kgisheet.filled.workbook import FilledBook
from kgisheet.formula.grid import Where
from kgisheet.values.a1 import address
from kgisheet.xlsx.read.reader import Read, read

SUBJECTS = ("standard-ja", "saas-en", "typed-short-en", "all-saas-en", "all-zeros-nearest-ja")


def wrong(value: Any) -> Any:
    """Another figure of the same size."""
    return value + 3 if abs(value) >= 1 or value == 0 else value * 1.3


def misses(content: Read, share: int = 1) -> tuple[int, list[str]]:
    """How many figures were made wrong, one at a time, and those that were not told just there."""
    subject = Subject(FilledBook(content, "goal.xlsx"))
    figures = [where for _, _, where in subject.results() if _is_figure(content, where)][::share]
    bad = []
    for where in figures:
        filled = content.cells[where]
        changed = {**content.cells, where: filled._replace(value=wrong(filled.value))}
        book = FilledBook(content._replace(cells=changed), "goal.xlsx")
        book.__dict__["solution"] = subject.book.solution  # of the same inputs
        found = [f"{each.sheet}!{each.cell}" for each in exported(Subject(book), set())]
        if found != [f"{where[0]}!{address(*where[1:])}"]:
            bad.append(f"{where[0]}!{address(*where[1:])}: {found[:3]}")
    return len(figures), bad


def _is_figure(content: Read, where: Where) -> bool:
    filled = content.cells.get(where)
    return filled is not None and isinstance(filled.value, (int, float)) and not isinstance(filled.value, bool)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=int, default=1, help="one figure of so many")
    share = parser.parse_args().share
    missed = 0
    for name in SUBJECTS:
        tried, bad = misses(remade(read(values_only(made(name)), name)), share)
        missed += len(bad)
        print(f"{name}: {tried} figures, {len(bad)} not told at their cell alone", *bad[:5])
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

"""Wrong formulas that nothing contradicts: one formula of a right list changed at a time, and everything below follows from it.

    .venv/bin/python tests/sweep_formulas.py [EVERY]     each eighth change, or another part; the table by kinds

The sheets are right ones of strangers, small and with formulas. A reference goes one or two rows off, × is typed for ÷ and + for −, 10 for 12,
a range is a line short. A change counts where it alters what its cell shows; named alone is an error or warning there and nowhere else.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

from sweep_strangers import RIGHT, SHEETS, entries, workbook

from kgisheet.check.finding import NOTE
from kgisheet.formula.grid import CircleError, Sheets
from kgisheet.formula.grid import held as stored
from kgisheet.formula.values import NotEvaluatedError
from kgisheet.values.a1 import address, row_and_column
from kgisheet.verdict import check_or_say
from kgisheet.xlsx.read.reader import read

FILES = (
    "twentyninth",
    "thirtieth",
    "thirtythird",
    "thirtyfourth",
    "thirtyfifth",
    "thirtyseventh",
    "thirtyninth",
    "fortieth",
    "fortysecond",
)
CELL = re.compile(r"(?<![\w.\\$!:'])(\$?)([A-Z]{1,2})(\$?)(\d{1,4})(?![\w.(!:])")
RANGE = re.compile(r"(\$?[A-Z]{1,2}\$?)(\d+):(\$?[A-Z]{1,2}\$?)(\d+)")
SIGNS = {"*": "/+", "/": "*", "-": "+", "+": "-*"}
NUMBERS = (("12", "10"), ("12", "4"), ("1000", "10000"), ("10000", "1000"))


def held(cell: Any) -> Any:
    return cell[0] if isinstance(cell, list) else cell


def changes(cells: dict[str, Any], at: str, formula: str) -> Iterator[tuple[str, str]]:
    """Yield the ways in which people get a formula wrong, each with its kind."""
    for match in CELL.finditer(formula):
        for step in (-2, -1, 1, 2):
            cell = f"{match[2]}{int(match[4]) + step}"
            other = held(cells.get(cell))
            if cell != at and (isinstance(other, (int, float)) or str(other).startswith("=")):
                taken = f"{match[1]}{match[2]}{match[3]}{int(match[4]) + step}"
                yield "another row", f"{formula[: match.start()]}{taken}{formula[match.end() :]}"
    for place, sign in enumerate(formula):
        for other in SIGNS.get(sign, "") if place > 1 else "":
            yield f"{other} for {sign}", f"{formula[:place]}{other}{formula[place + 1 :]}"
    for number, other in NUMBERS:
        for match in re.finditer(rf"(?<![\w.$]){number}(?![\w.])", formula):
            yield "another number", f"{formula[: match.start()]}{other}{formula[match.end() :]}"
    for match in RANGE.finditer(formula):
        first, last = int(match[2]), int(match[4])
        if last > first:
            for ends in ((first, last - 1), (first + 1, last)):
                short = f"{match[1]}{ends[0]}:{match[3]}{ends[1]}"
                yield "a short range", f"{formula[: match.start()]}{short}{formula[match.end() :]}"


def shown(book: bytes, sheet: str, at: str) -> Any:
    """What a cell of a workbook comes to; None where it doesn't."""
    found = read(book, "x.xlsx")
    cells = found.cells
    formulas = {where: each.formula for where, each in cells.items() if each.formula}
    sheets = Sheets(
        formulas, {where: stored(each.value) for where, each in cells.items() if where not in formulas}, found.names
    )
    try:
        return sheets.value((sheet, *row_and_column(at)))
    except (NotEvaluatedError, CircleError, RecursionError):
        return None


def counted(every: int) -> dict[str, list[int]]:
    """How many changes of each kind there are, are named alone, with other cells, and by other cells only."""
    counts: dict[str, list[int]] = {}
    number = 0
    for name in FILES:
        for entry in entries(SHEETS.with_name(f"{name}.jsonl")):
            if entry["kind"] != RIGHT:
                continue
            for title, sheet in entry["sheets"].items():
                for at, cell in list(sheet["cells"].items()):
                    formula = held(cell)
                    if not str(formula).startswith("="):
                        continue
                    for kind, other in changes(sheet["cells"], at, formula):
                        number += 1
                        if number % every or at in {match[0].replace("$", "") for match in CELL.finditer(other)}:
                            continue
                        before = shown(workbook(entry), title, at)
                        sheet["cells"][at] = [other, cell[1]] if isinstance(cell, list) else other
                        book = workbook(entry)
                        sheet["cells"][at] = cell
                        if shown(book, title, at) in (before, None):
                            continue
                        said = [
                            f"{each.sheet}!{each.cell}" for each in check_or_say(book, name).findings if each.severity != NOTE
                        ]
                        row = counts.setdefault(kind, [0, 0, 0, 0])
                        here = f"{title}!{address(*row_and_column(at))}"
                        row[0] += 1
                        row[1 if said == [here] else 2 if here in said else 3 if said else 0] += bool(said)
    return {**counts, "all": [sum(each[at] for each in counts.values()) for at in range(4)]}


def main(every: int) -> None:
    for kind, (many, alone, others, elsewhere) in counted(every).items():
        print(f"{kind:16} {many:5}, named alone {alone}, with others {others}, elsewhere only {elsewhere}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8)

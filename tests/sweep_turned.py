"""Strangers' sheets laid out otherwise: what was silent has to stay so, and the wrong cell to be found where it is now.

    .venv/bin/python tests/sweep_turned.py [KIND ...]        what is judged otherwise than before, and the table

Kinds: `turned` (rows for columns, typed sheets only), `moved` (further down and to the right), `tall` and `wide` (an empty row or
column after each), `unknown` (each eighth label, drawn by lot, is a word that nobody knows: a wrong cell may then be missed, a
right sheet is right all the same).
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import sweep_strangers as strangers
from openpyxl.utils import column_index_from_string, get_column_letter

from kgisheet.check.finding import NOTE
from kgisheet.formula.grid import CircleError, Sheets, held
from kgisheet.formula.values import NotEvaluatedError
from kgisheet.sheetfiles.reading import read
from kgisheet.values.a1 import address
from kgisheet.verdict import check_or_say

Entry = dict[str, Any]
_SHARE, _DRAWS, _LETTERS = 8, 3, "ナムロケセヌホヘユヨ"


def moved(col: int, row: int) -> tuple[int, int]:
    return col + 3, row + 5


WAYS: dict[str, Callable[[int, int], tuple[int, int]]] = {
    "turned": lambda col, row: (row, col),
    "moved": moved,
    "tall": lambda col, row: (col, 2 * row),
    "wide": lambda col, row: (2 * col, row),
}


def at(cell: str, way: Callable[[int, int], tuple[int, int]]) -> str:
    match = re.fullmatch(r"([A-Z]+)(\d+)", cell)
    assert match is not None
    col, row = way(column_index_from_string(match[1]), int(match[2]))
    return f"{get_column_letter(col)}{row}"


def is_typed(entry: Entry) -> bool:
    """Whether a workbook has no formulas: those would have to be turned, too."""
    held = (each for sheet in entry["sheets"].values() for each in sheet["cells"].values())
    return not any(str(each[0] if isinstance(each, list) else each).startswith("=") for each in held)


def laid_out(entry: Entry, kind: str) -> Entry:
    way = WAYS[kind]
    sheets = {
        title: {"cells": {at(cell, way): held for cell, held in sheet["cells"].items()}}
        for title, sheet in entry["sheets"].items()
    }
    title, _, cell = entry["cell"].partition("!")
    return {**entry, "sheets": sheets, "cell": f"{title}!{at(cell, way)}" if cell else ""}


def with_unknown_labels(entry: Entry, draw: int) -> Entry:
    """Return a workbook some words of which are others: the same word everywhere."""
    lots = random.Random(f"{entry['name']} {draw}")  # noqa: S311 - lots, the same each time
    words: dict[str, str] = {}

    def word(text: str) -> str:
        if re.search(r"[\d=]", text) or len(text) > 20:
            return text
        if text not in words:
            words[text] = "".join(lots.choices(_LETTERS, k=4)) if lots.randrange(_SHARE) == 0 else text
        return words[text]

    sheets = {
        title: {
            **sheet,
            "cells": {cell: word(held) if isinstance(held, str) else held for cell, held in sheet["cells"].items()},
        }
        for title, sheet in entry["sheets"].items()
    }
    return {**entry, "sheets": sheets}


def pasted(entry: Entry) -> Entry | None:
    """Return a workbook with its formulas' values in their place; None where one has none."""
    content = read(strangers.workbook(entry), entry["name"]).read
    formulas = {where: each.formula for where, each in content.cells.items() if each.formula}
    constants = {where: held(each.value) for where, each in content.cells.items() if where not in formulas}
    known = Sheets(
        formulas, constants, content.names, content.local_names, [each.title for each in content.sheets], content.loose
    )
    sheets = {title: {**sheet, "cells": dict(sheet["cells"])} for title, sheet in entry["sheets"].items()}
    for title, row, col in formulas:
        try:
            value = known.value((title, row, col))
        except (NotEvaluatedError, CircleError):
            return None
        cells, cell = sheets[title]["cells"], address(row, col)
        code = cells[cell][1] if isinstance(cells[cell], list) else "General"
        cells[cell] = [float(f"{float(value):.15g}") if isinstance(value, Fraction) else str(value or ""), code]
    return {**entry, "sheets": sheets}


def said(entry: Entry) -> list[str]:
    report = check_or_say(strangers.workbook(entry), entry["name"])
    return [f"{each.sheet}!{each.cell}" for each in report.findings if each.severity != NOTE]


def cases(kind: str) -> Iterator[tuple[Entry, Entry]]:
    """Yield each workbook with what is made of it."""
    for file in sorted(strangers.SHEETS.parent.glob("*.jsonl")):
        for entry in strangers.entries(file):
            if kind == "values":
                other = pasted(entry) if entry["kind"] == strangers.RIGHT and not is_typed(entry) else None
                yield from [(entry, other)] if other is not None else []
            elif entry["kind"] == strangers.RIGHT and kind == "unknown":
                yield from ((entry, with_unknown_labels(entry, draw)) for draw in range(_DRAWS))
            elif entry["kind"] in (strangers.RIGHT, strangers.WRONG) and kind != "unknown" and is_typed(entry):
                yield entry, laid_out(entry, kind)


def main() -> None:
    kinds = sys.argv[1:] or [*WAYS, "unknown", "values"]
    for kind in kinds:
        count: Counter[str] = Counter()
        for entry, other in cases(kind):
            if entry["kind"] == strangers.RIGHT:
                found = said(other)
                alarm = bool(found) and not said(entry)
                count["right"] += 1
                count["alarms"] += alarm
                if alarm:
                    print(f"{kind}: {entry['name']} is alarmed at {found[:3]}")
            elif entry["cell"] in said(entry):
                found = said(other)
                count["wrong"] += 1
                count["found"] += other["cell"] in found
                if other["cell"] not in found:
                    print(f"{kind}: {entry['name']} is not found at {other['cell']}, but {found[:3]}")
        silent = count["right"] - count["alarms"]
        print(f"{kind:8} right {silent} of {count['right']} silent, wrong {count['found']} of {count['wrong']} found as before")


if __name__ == "__main__":
    main()

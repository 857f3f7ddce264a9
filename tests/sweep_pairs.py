"""Two strangers' workbooks in one: right ones have to stay silent, and a wrong cell to be found beside a right plan.

    .venv/bin/python tests/sweep_pairs.py [MANY [LOT]]        pairs that are judged otherwise than each alone, and the table

Pairs are drawn by lot among the sheets of `tests/strangers` that are judged as they should be by themselves, both Japanese or
both English: one below the other with two blank rows between, side by side with a blank column, and as tabs of one workbook.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator
from typing import Any

import sweep_strangers as strangers
from openpyxl.utils import column_index_from_string
from sweep_turned import at, is_typed, said

Entry = dict[str, Any]
BELOW, BESIDE, TABS = "below", "beside", "tabs"
_JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")
_ROWS, _COLUMNS = 2, 1


def is_japanese(entry: Entry) -> bool:
    return bool(_JAPANESE.search(json.dumps(entry["sheets"], ensure_ascii=False)))


def together(one: Entry, other: Entry, way: str) -> Entry | None:
    """Return one workbook of two, with the wrong cell of the first; None where they can't be joined so."""
    if not is_typed(other):
        return None  # its formulas would have to be moved, too
    if way == TABS:
        named = {title if title not in one["sheets"] else f"{title} 2": sheet for title, sheet in other["sheets"].items()}
        return {**one, "sheets": {**one["sheets"], **named}}
    if len(one["sheets"]) > 1 or len(other["sheets"]) > 1:
        return None
    (title, first), (second,) = next(iter(one["sheets"].items())), other["sheets"].values()
    places = [match for each in first["cells"] if (match := re.fullmatch(r"([A-Z]+)(\d+)", each))]
    down = max(int(each[2]) for each in places) + _ROWS if way == BELOW else 0
    right = max(column_index_from_string(each[1]) for each in places) + _COLUMNS if way == BESIDE else 0
    moved = {at(cell, lambda col, row: (col + right, row + down)): held for cell, held in second["cells"].items()}
    return {**one, "sheets": {title: {"cells": {**first["cells"], **moved}}}}


def pairs(kind: str, way: str, many: int, lot: int) -> Iterator[tuple[Entry, Entry, list[str], list[str]]]:
    """Yield so many workbooks of a kind, each with a right one, what is said of it alone, and of both together."""
    lots = random.Random(f"{kind} {way} {lot}")  # noqa: S311 - lots, the same each time
    every = [each for file in sorted(strangers.SHEETS.parent.glob("*.jsonl")) for each in strangers.entries(file)]
    of: dict[tuple[str, bool], list[Entry]] = {}
    for each in every:
        of.setdefault((each["kind"], is_japanese(each)), []).append(each)
    while many:
        japanese = lots.random() < 0.5
        one, other = lots.choice(of[kind, japanese]), lots.choice(of[strangers.RIGHT, japanese])
        book = together(one, other, way) if one["sheets"] != other["sheets"] else None
        alone = said(one) if book is not None else []
        if book is None or said(other) or (one["cell"] not in alone if kind == strangers.WRONG else alone):
            continue
        many -= 1
        yield one, other, alone, said(book)


def main() -> None:
    many, lot = (int(each) for each in (*sys.argv[1:], *("200", "1")[len(sys.argv) - 1 :]))
    for way in (BELOW, BESIDE, TABS):
        alarmed = 0
        for one, other, _, found in pairs(strangers.RIGHT, way, many, lot):
            alarmed += bool(found)
            if found:
                print(f"{way}: {one['name']} and {other['name']} are alarmed at {found[:3]}")
        missed = more = 0
        for one, other, alone, found in pairs(strangers.WRONG, way, many, lot):
            missed += one["cell"] not in found
            more += one["cell"] in found and set(found) != set(alone)
            if set(found) != set(alone):
                print(f"{way}: {one['name']} and {other['name']} are found at {found[:3]}, alone at {one['cell']}")
        print(
            f"{way:6} right {many - alarmed} of {many} silent, wrong {many - missed} of {many} found, {more} with more than alone"
        )


if __name__ == "__main__":
    main()

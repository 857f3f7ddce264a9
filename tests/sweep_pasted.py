"""One figure changed in each right sheet that was pasted as values: the formula that stood there says what it should be.

    .venv/bin/python tests/sweep_pasted.py [LOT [NAME ...]]        what is not found at its cell, and the table

LOT draws the cell and the slip (1 unless told); NAME keeps the workbooks whose names begin so. A cell is drawn among those
whose formula reads others (no mere reference). Not each can be found: a number that stood in the formula alone (`=B8*1.2`)
is nowhere in the pasted sheet; and of two figures that only each other prove, either may be named.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import sweep_strangers as strangers
import sweep_turned as turned

_REFERENCE = re.compile(r"=[^()+\-*/,]*\$?[A-Z]+\$?\d+")
_READS = re.compile(r"[A-Z]+\$?\d")


class Changed(NamedTuple):
    """A pasted sheet of which one figure is another."""

    entry: turned.Entry
    cell: str
    """Sheet and cell, as `計画!B7`."""
    formula: str
    was: float
    now: float

    def found(self) -> str:
        """How it is judged: found alone, found with more, another cell, or silent."""
        said = set(turned.said(self.entry))
        if self.cell in said:
            return "found" if len(said) == 1 else "more"
        return "other" if said else "silent"


def slipped(value: float, lots: random.Random) -> float:
    """Return a figure as a slip of people makes it: digits exchanged, ten times, a tenth more, one more, five points more."""
    kinds = ["exchanged", "ten", "more", "one", "points"]
    lots.shuffle(kinds)
    for kind in kinds:
        if kind == "ten":
            break
        now = {"exchanged": _exchanged, "more": _more, "one": _one, "points": _points}[kind](value)
        if now is not None and abs(now - value) >= abs(value) * 0.04:
            return now
    return value * 10


def _exchanged(value: float) -> float | None:
    text = repr(value) if value != int(value) else str(int(value))
    pairs = [at for at in range(len(text) - 1) if text[at : at + 2].isdigit() and text[at] != text[at + 1]]
    at = pairs[0] if pairs else -1
    if at < 0 or len(text.strip("0").replace(".", "")) > 6 or (at == 0 and text[1] == "0"):
        return None
    return float(text[:at] + text[at + 1] + text[at] + text[at + 2 :])


def _more(value: float) -> float:
    return round(value * 1.1, 6) if abs(value) < 1 else float(round(value * 1.1))


def _one(value: float) -> float | None:
    return value + 1 if value == int(value) and 8 <= abs(value) <= 30 else None


def _points(value: float) -> float | None:
    return round(value + 0.05, 6) if abs(value) < 1 else None


def changed(entry: turned.Entry, lot: str) -> Changed | None:
    """Return a right sheet pasted as values with one figure changed; None where no formula can be drawn."""
    other = turned.pasted(entry)
    if other is None:
        return None
    drawn = []
    for title, sheet in entry["sheets"].items():
        for cell, held in sheet["cells"].items():
            formula = held[0] if isinstance(held, list) else held
            value = other["sheets"][title]["cells"][cell]
            figure = isinstance(value, list) and isinstance(value[0], float) and value[0]
            if figure and str(formula).startswith("=") and _READS.search(formula) and not _REFERENCE.fullmatch(formula):
                drawn.append((title, cell, formula, value[0]))
    if not drawn:
        return None
    lots = random.Random(f"{lot} {entry['name']}")  # noqa: S311 - lots, the same each time
    title, cell, formula, was = lots.choice(drawn)
    now = slipped(was, lots)
    other["sheets"][title]["cells"][cell][0] = now
    return Changed(other, f"{title}!{cell}", formula, was, now)


def cases(lot: str, *names: str) -> Iterator[Changed]:
    """Yield each right sheet that has formulas, pasted and changed."""
    for file in sorted(strangers.SHEETS.parent.glob("*.jsonl")):
        for entry in strangers.entries(file):
            if entry["kind"] == strangers.RIGHT and not turned.is_typed(entry) and entry["name"].startswith(names or ("",)):
                case = changed(entry, lot)
                yield from [case] if case is not None else []


def main() -> None:
    lot, *names = sys.argv[1:] or ["1"]
    count: Counter[str] = Counter()
    for case in cases(lot, *names):
        found = case.found()
        count[found] += 1
        if found != "found":
            print(found, case.entry["name"], case.cell, case.formula, f"{case.was:g}", f"{case.now:g}", sep="\t", flush=True)
    total = count.total()
    print(
        f"found alone {count['found']} of {total}, with more {count['more']}, another cell {count['other']}, silent {count['silent']}"
    )


if __name__ == "__main__":
    main()

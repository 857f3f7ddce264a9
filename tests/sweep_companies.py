"""Layouts of kinds that companies use, right, and each figure changed in turn: found at its cell, at another one, or not.

    .venv/bin/python tests/sweep_companies.py [NAME ...]
    .venv/bin/python tests/sweep_companies.py --pairs 20 [NAME ...]    so many pairs of each: two at once, each of them found alone

`tests/foreign/companies.jsonl` has one sheet per line, as rows. Two digits are swapped, or the figure is a half larger, a fifth more
or less, a rate twice what it was. What nothing else on the sheet determines can't be found; it counts among the others all the same.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from foreign.sheets import Rows, check, typed

from kgisheet.check.finding import NOTE
from kgisheet.values.a1 import address

FILE = Path(__file__).parent / "foreign" / "companies.jsonl"
_FIGURE = re.compile(r"(-?[\d,]+(?:\.\d+)?)(%|件|名|日|万円)?")


def sheets() -> dict[str, Rows]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return {each["name"]: each["rows"] for each in map(json.loads, lines)}


def alarms(rows: Rows) -> list[str | None]:
    return [each.cell for each in check(*rows).findings if each.severity != NOTE]


def changed(name: str, rows: Rows) -> Iterator[tuple[str, float | int | str]]:
    """Yield each figure's cell with another figure, the same at each run."""
    chance = random.Random(name)  # noqa: S311  # seeded: the same figures every time
    for row, line in enumerate(rows):
        for col, value in enumerate(line[1:], 1):
            text = f"{value:.10g}" if isinstance(value, (int, float)) else str(value or "")
            match = _FIGURE.fullmatch(text)
            if match is None:
                continue
            other = _otherwise(float(match[1].replace(",", "")), chance)
            plain = f"{other:,.10g}" if "," in text else f"{other:.10g}"
            made = other if isinstance(value, float) else int(other) if isinstance(value, int) else plain + (match[2] or "")
            yield address(row, col), made


def _otherwise(value: float, chance: random.Random) -> float:
    text = f"{abs(value):.10g}"
    pairs = [
        at for at in range(len(text) - 1) if text[at : at + 2].isdigit() and text[at] != text[at + 1] and (at or text[1] != "0")
    ]
    if pairs and chance.random() < 0.6:
        at = pairs[0]
        other = float(text[:at] + text[at + 1] + text[at] + text[at + 2 :])
    else:
        times = chance.choice([1.2, 1.5, 0.8]) if abs(value) >= 10 else chance.choice([1.5, 2])
        other = round(abs(value) * times) if abs(value) >= 10 else abs(value) * times
    if other == abs(value):
        other += 1
    return other if value >= 0 else -other


def pairs(name: str, rows: Rows, count: int) -> Iterator[tuple[dict[str, float | int | str], list[str | None]]]:
    """Yield pairs of figures that are wrong at once, each of which is found when it is wrong alone, and the cells that are said."""
    alone = {cell: value for cell, value in changed(name, rows) if alarms(typed(rows, cell, value)) == [cell]}
    every = list(combinations(alone, 2))
    for one, other in random.Random(name).sample(every, min(count, len(every))):  # noqa: S311  # seeded
        yield {one: alone[one], other: alone[other]}, alarms(typed(typed(rows, one, alone[one]), other, alone[other]))


def of_pairs(count: int, names: list[str]) -> None:
    met: Counter[int] = Counter()
    others = 0
    for name, rows in sheets().items():
        if names and name not in names:
            continue
        for wrong, said in pairs(name, rows, count):
            met[len(wrong.keys() & set(said))] += 1
            others += bool(set(said) - wrong.keys())
            if not wrong.keys() <= set(said):
                print(f"{name} {wrong}: {said or 'silent'}")
    whole = met.total()
    print(f"of {whole} pairs both found in {met[2]} ({met[2] / max(1, whole):.1%}), one in {met[1]}, none in {met[0]}; another cell, too, in {others}")  # fmt: skip


def main() -> None:
    if sys.argv[1:2] == ["--pairs"]:
        of_pairs(int(sys.argv[2]), sys.argv[3:])
        return
    total, found, elsewhere, wrong = 0, 0, 0, 0
    for name, rows in sheets().items():
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        if alarmed := alarms(rows):
            wrong += 1
            print(f"{name}: alarmed though right, {alarmed}")
        for cell, value in changed(name, rows):
            said = alarms(typed(rows, cell, value))
            total, found, elsewhere = total + 1, found + (cell in said), elsewhere + (bool(said) and cell not in said)
            if cell not in said:
                print(f"{name} {cell}: {value}, {said[:3] or 'silent'}")
    print(f"{found} of {total} at the cell ({found / max(1, total):.1%}), {elsewhere} elsewhere; {wrong} right sheets alarmed")


if __name__ == "__main__":
    main()

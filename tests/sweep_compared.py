"""Is a figure that the report says was compared found when it is wrong? Strangers' right sheets, each of a few figures changed in turn.

    .venv/bin/python tests/sweep_compared.py [EVERY [FIRST]] [--list]     each twelfth sheet, or another part; the table

Sheets without formulas: two digits swapped, tenfold, a quarter or a half more or less, eight figures of each. By how many relations the
right sheet's own report compares a figure it is told whether it is named alone, with others, another figure of its relations instead
(tied), an unrelated one (elsewhere), or nothing is said. `--list` prints what isn't named. What the figures bear, or what two cells may
be, can't be named: the share isn't meant to be all.
"""

from __future__ import annotations

import copy
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from sweep_strangers import RIGHT, SETS, entries, workbook

from kgisheet.check.finding import NOTE, Report
from kgisheet.verdict import check_or_say

EVERY, EACH = 12, 8
APART = 0.12
OTHERS = "nineteenth"
"""Other papers of companies, which are left alone."""


class Changed(NamedTuple):
    """A figure of a right sheet with another value, by how many relations it was compared, and what came of it."""

    name: str
    cell: str
    was: float
    now: float
    compared: int
    how: str
    said: list[str]


def _value(held: Any) -> Any:
    return held[0] if isinstance(held, list) else held


def _other(value: float, chance: random.Random) -> float | None:
    """Another figure as people mistype it, off by more than a rounding; None where there is none."""
    size, text = abs(value), f"{abs(value):.10g}"
    options = [
        float(text[:at] + text[at + 1] + text[at] + text[at + 2 :])
        for at in range(len(text) - 1)
        if text[at : at + 2].isdigit() and text[at] != text[at + 1] and (at or text[1] != "0")
    ]
    options += [size * 10] if size >= 1 else []
    options += (
        [round(size * by) for by in (1.5, 1.25, 0.75)] if isinstance(value, int) else [size * by for by in (1.25, 0.8, 1.5)]
    )
    options = [each for each in options if each and abs(each / size - 1) > APART]
    if not options:
        return None
    made = chance.choice(options)
    made = int(made) if isinstance(value, int) and made == int(made) else round(made, 6)
    return made if value > 0 else -made


def _said(report: Report) -> list[str]:
    return [f"{each.sheet}!{each.cell}" for each in report.findings if each.severity != NOTE]


def sheets() -> Iterator[dict[str, Any]]:
    """The right sheets without formulas."""
    for file in SETS.values():
        for entry in entries(file) if file.stem != OTHERS else ():
            held = [_value(cell) for sheet in entry["sheets"].values() for cell in sheet["cells"].values()]
            if entry["kind"] == RIGHT and not any(str(each).startswith("=") for each in held):
                yield entry


def changed(entry: dict[str, Any]) -> Iterator[Changed]:
    """Each of a few figures of a sheet changed, if the sheet itself is read without an alarm."""
    report = check_or_say(workbook(entry), "x.xlsx")
    if _said(report) or report.explained is None:
        return
    related: dict[str, list[set[str]]] = defaultdict(list)
    for each in report.explained.related:
        cells = {cell.replace("'", "") for cell in (each.cell, *each.uses)}
        for cell in cells:
            related[cell].append(cells)
    chance = random.Random(entry["name"])  # noqa: S311  # seeded: the same figures every time
    places = [
        (title, cell)
        for title, sheet in entry["sheets"].items()
        for cell, held in sheet["cells"].items()
        if isinstance(_value(held), (int, float)) and _value(held) and not 1990 <= _value(held) <= 2040
    ]
    chance.shuffle(places)
    for title, cell in places[:EACH]:
        was = _value(entry["sheets"][title]["cells"][cell])
        now = _other(was, chance)
        if now is None:
            continue
        other = copy.deepcopy(entry)
        held = other["sheets"][title]["cells"][cell]
        other["sheets"][title]["cells"][cell] = [now, held[1]] if isinstance(held, list) else now
        said, where = _said(check_or_say(workbook(other), "x.xlsx")), f"{title}!{cell}"
        tied = set().union(*related[where]) if related[where] else set()
        how = (
            ("alone" if said == [where] else "with others")
            if where in said
            else "silent"
            if not said
            else "tied"
            if any(each in tied for each in said)
            else "elsewhere"
        )
        yield Changed(entry["name"], where, was, now, len(related[where]), how, said)


def main() -> None:
    numbers = [int(each) for each in sys.argv[1:] if each.isdigit()]
    every, first = [*numbers, *(EVERY, 0)[len(numbers) :]]
    count: Counter[tuple[str, str]] = Counter()
    for at, entry in enumerate(sheets()):
        for each in changed(entry) if at % every == first else ():
            by = "nothing" if not each.compared else "one" if each.compared == 1 else "more"
            count[by, each.how] += 1
            if "--list" in sys.argv and each.how not in ("alone", "with others") and each.compared:
                print(f"{each.name} {each.cell}: {each.was} as {each.now}: {each.how} {each.said}")
    for by in ("one", "more", "nothing"):
        row = {how: number for (its, how), number in sorted(count.items()) if its == by}
        print(f"compared by {by}: {sum(row.values())}, {', '.join(f'{number} {how}' for how, number in row.items())}")


if __name__ == "__main__":
    main()

"""Random goal sheets as people lay them out, right ones and ones with one wrong cell: how many are found, and where.

Run as a program it prints the shares, by layout: ``python tests/sweep_foreign.py [HOW MANY [FIRST]]``;
with ``--every-cell`` it is `sweep_cells`: each figure of sheets of every kind in turn.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from typing import Any, NamedTuple

from foreign.drawing import Sheet, drawn
from foreign.sheets import grave, saved
from openpyxl.utils import get_column_letter

from kgisheet import api


def broken(sheet: Sheet, seed: int) -> tuple[bytes, str] | None:
    """The sheet with one typed count that doesn't follow any more, and its address; None where it has none."""
    chance = random.Random(seed)  # noqa: S311
    # Counts below 4 have too little room to be wrong in.
    places = [at for at, value in sheet.counts.items() if value >= 4]
    if not places:
        return None
    at = chance.choice(places)
    old, code = sheet.cells[at]
    value = sheet.counts[at]
    new = chance.choice([value * 2, value + max(2, round(value / 10)), value - max(2, round(value / 10)), value * 10])
    wrong = int(new) if new.denominator == 1 else round(float(new), 2)
    text: Any = wrong
    if isinstance(old, str):
        head = old.partition(": ")[0] + ": " if ": " in old else ""
        tail = "件" if "件" in old else "回" if "回" in old else ""
        text = f"{head}{wrong:,}{tail}"
        if not head and not tail and not old.isascii():
            text = f"{wrong:,}"
    return saved({**sheet.cells, at: (text, code)}), f"{get_column_letter(at[1])}{at[0]}"


class Trial(NamedTuple):
    layout: str
    seed: int
    alarms: list[str]
    clean: str
    found: bool | None
    exact: bool | None
    findings: int


def trial(seed: int) -> Trial:
    """One right sheet, and the same with one wrong cell."""
    sheet = drawn(seed)
    report = api.check(saved(sheet.cells), "x.xlsx")
    alarms = [f"{each.code} {each.cell} {each.message.ja}" for each in grave(report)]
    planted = broken(sheet, seed)
    if planted is None:
        return Trial(sheet.layout, seed, alarms, report.status, None, None, 0)
    data, cell = planted
    found = grave(api.check(data, "x.xlsx"))
    return Trial(
        sheet.layout,
        seed,
        alarms,
        report.status,
        bool(found),
        any(each.cell == cell or _among(each, cell) for each in found),
        len(found),
    )


def _among(finding: Any, cell: str) -> bool:
    """Which of the channels is off can't be told from their sum: X02 lists them all."""
    return finding.code == "X02" and any(each.endswith(f"!{cell}") for each in finding.affected)


def main(count: int, first: int = 0) -> None:
    totals: dict[str, Counter[str]] = {}
    for seed in range(first, first + count):
        each = trial(seed)
        total = totals.setdefault(each.layout, Counter())
        total["right"] += 1
        total["ok"] += each.clean == "ok"
        total["alarms"] += bool(each.alarms)
        if each.alarms or each.clean != "ok":
            sys.stdout.write(f"seed {seed} ({each.layout}): {each.clean} {each.alarms[:3]}\n")
        if each.found is not None:
            total["wrong"] += 1
            total["found"] += each.found
            total["exact"] += bool(each.exact)
            total["findings"] += each.findings
            if not each.exact:
                sys.stdout.write(f"seed {seed} ({each.layout}): {'elsewhere' if each.found else 'missed'}\n")
    whole = Counter[str]()
    for name, total in sorted(totals.items()):
        whole += total
        sys.stdout.write(f"{name:16} {dict(total)}\n")
    sys.stdout.write(f"{'all':16} {dict(whole)}\n")


if __name__ == "__main__":
    if "--every-cell" in sys.argv:
        import sweep_cells

        sys.argv.remove("--every-cell")
        sys.exit(sweep_cells.main())
    main(*map(int, sys.argv[1:3] or ["240"]))

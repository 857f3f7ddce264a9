"""The planted faults and harmless edits once more, as Google Sheets would hand the workbook back (`from_google.py`).

    .venv/bin/python tests/sweep_google.py [--share N] [--subject NAME]

Each is typed into the parts, its results brought up to date by another engine, judged as it is, and judged as Google would
write it: what was found must still be, and what was harmless must stay so.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Sequence

from from_google import exported
from seeding.case import Cells
from seeding.harness import choose
from seeding.judge import judged
from seeding.savers import before_office
from seeding.subjects import NAMES

DAYS = (datetime.date, datetime.time)


def compared(subject: str, share: int) -> tuple[int, int, list[str]]:
    """How many faults and harmless edits were tried, and those that are judged worse after Google than before."""
    faults = harmless = 0
    worse = []
    for planted in choose([subject], every=share).cases:
        if not isinstance(planted.change, Cells) or any(isinstance(each, DAYS) for each in planted.change.values.values()):
            continue  # what is inserted, renamed or painted there is another matter; a date needs a style
        case = planted._replace(savers=("xml",))
        data = before_office(case)
        before, after = judged(case, data), judged(case, exported(data))
        faults, harmless = faults + bool(case.codes), harmless + (not case.codes)
        if after.wrong and not before.wrong:
            worse.append(f"{subject} {case.kind} {case.cells}: {'; '.join(after.said[:3])}")
    return faults, harmless, worse


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=int, default=1, help="one kind of so many")
    parser.add_argument("--subject", help="this workbook alone")
    asked = parser.parse_args(arguments)
    lost = 0
    for name in [asked.subject] if asked.subject else NAMES:
        try:
            faults, harmless, worse = compared(name, asked.share)
        except Exception as bad:  # noqa: BLE001  (a workbook in which something can't be planted doesn't end the others)
            lost += 1
            print(f"{name}: not planted, {bad!r}", flush=True)
            continue
        lost += len(worse)
        print(f"{name}: {faults} faults, {harmless} harmless edits, {len(worse)} judged worse", *worse, sep="\n  ", flush=True)
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())

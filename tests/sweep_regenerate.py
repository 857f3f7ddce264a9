"""Random workbooks that people worked in, regenerated: what is lost? A table of losses by kind.

    .venv/bin/python tests/sweep_regenerate.py [--rounds N] [--seed S] [--round NUMBER] [--save DIR]

`tests/regenerating` says how. Exit code 1 where something was lost.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from regenerating import rounds


def main() -> int:
    options = argparse.ArgumentParser(description="Edits and regenerates random workbooks; what is lost?")
    options.add_argument("--rounds", type=int, default=300)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--round", type=int, action="append", help="these rounds only")
    options.add_argument(
        "--libreoffice", type=int, default=6, metavar="N", help="every Nth workbook is recalculated by LibreOffice"
    )
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--save", type=Path, metavar="DIR", help="writes the workbooks of rounds with losses")
    given = options.parse_args()
    started = time.time()
    verdicts = sorted(
        rounds.run(given.seed, given.round or range(given.rounds), given.processes), key=lambda each: each.start.number
    )
    files = [data for each in verdicts for data in each.after][:: given.libreoffice]
    losses = rounds.against_libreoffice(files) if files else []
    if given.save is not None:
        given.save.mkdir(parents=True, exist_ok=True)
        for each in verdicts:
            if each.losses:
                (given.save / f"{each.start.number}-edited.xlsx").write_bytes(each.edited)
                for at, data in enumerate(each.after):
                    (given.save / f"{each.start.number}-after{at}.xlsx").write_bytes(data)
    print(rounds.table(verdicts))
    print(f"LibreOffice: {len(files)} workbooks, {len(losses)} cells differ {[each.what for each in losses[:5]]}")
    print(f"{time.time() - started:.0f} s", file=sys.stderr)
    return int(bool(losses) or any(each.losses for each in verdicts))


if __name__ == "__main__":
    sys.exit(main())

"""Random chains of `monthly` runs with typing in between: is anything typed changed without being said? A table of losses.

    .venv/bin/python tests/sweep_chains.py [--chains N] [--batch N] [--seed S] [--chain NUMBER] [--save DIR]

`tests/regenerating/chains.py` says how. Exit code 1 where something was lost.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from regenerating import chains


def main() -> int:
    options = argparse.ArgumentParser(description="Types into workbooks and runs monthly over them, in turn; what is lost?")
    options.add_argument("--chains", type=int, default=500)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--chain", type=int, action="append", help="these chains only")
    options.add_argument("--batch", type=int, default=50, metavar="N", help="so many chains side by side; a table after each")
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--save", type=Path, metavar="DIR", help="writes the workbooks of chains with losses")
    given = options.parse_args()
    started = time.time()
    numbers = given.chain or list(range(given.chains))
    found: list[chains.Chain] = []
    for at in range(0, len(numbers), given.batch):
        found += chains.chains(given.seed, numbers[at : at + given.batch], given.processes)
        print(f"{time.time() - started:.0f} s: {chains.table(found)}", file=sys.stderr, flush=True)
    if given.save is not None:
        given.save.mkdir(parents=True, exist_ok=True)
        for each in found:
            if any(run.losses for run in each.runs):
                for at, data in enumerate(each.saved):
                    (given.save / f"{each.number}-{at}.xlsx").write_bytes(data)
    print(chains.table(found))
    return int(any(run.losses for each in found for run in each.runs))


if __name__ == "__main__":
    sys.exit(main())

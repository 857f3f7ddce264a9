"""Mutants of the product put to the suite, and those that no test notices: python tests/sweep_product.py [--chosen] [--share N] [--first K] [--only PATH].

tests/mutating/product.py says how. Exit code 1 where one survived.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from mutating.chosen import CHOSEN
from mutating.product import Workshop, mutants


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--share", type=int, default=1, metavar="N", help="every Nth mutant")
    parser.add_argument("--first", type=int, default=0, metavar="K", help="beginning with the Kth")
    parser.add_argument("--only", default="", metavar="PATH", help="a file of the package, or the beginning of one")
    parser.add_argument("--chosen", action="store_true", help="those of tests/mutating/chosen.py")
    parser.add_argument("--list", action="store_true", help="lists them only")
    given = parser.parse_args()
    all_of_them = CHOSEN if given.chosen else mutants()
    chosen = [each for each in all_of_them if each.path.startswith(given.only)][given.first :: given.share]
    if given.list:
        print("\n".join(map(str, chosen)))
        return 0
    survived = 0
    with tempfile.TemporaryDirectory(prefix="kgisheet-mutants-") as name:
        workshop = Workshop(Path(name))
        for mutant in chosen:
            killer = workshop.killer(mutant)
            survived += not killer
            print(f"{mutant}: {'killed by ' + killer if killer else 'SURVIVED'}", flush=True)
    print(f"{len(chosen)} mutants, {len(chosen) - survived} killed, {survived} survived")
    return int(bool(survived))


if __name__ == "__main__":
    sys.exit(main())

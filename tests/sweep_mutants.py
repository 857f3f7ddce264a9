"""Every small edit of every distinct formula: does the checker call it an error or a warning at its cell?

    .venv/bin/python tests/sweep_mutants.py [--share N] [--books standard.ja,short.en,…] [--turns N] [--list]

A share of N is every N-th mutant. What passes in silence, or as a note, is put to the judge over as many
sets of inputs as --turns says: where the judge sees no difference the mutant is equivalent and doesn't
count; a note may differ only where the right cell shows nothing. The whole takes hours; `--share 100` a few minutes a workbook.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from mutating.bench import Bench, Edit
from mutating.judge import Judge

BOOKS = "standard.ja,standard.en,short.ja,short.en,access.ja,access.en"


def sweep(
    bench: Bench, share: int, turns: int, first: int = 0, some: slice = slice(None)
) -> tuple[Counter[str], list[tuple[str, Edit, str]]]:
    """Counts by what became of the mutants, and those that passed though they are other formulas; ``some`` of the formulas."""
    counts: Counter[str] = Counter()
    missed: list[tuple[str, Edit, str]] = []
    judge: Judge | None = None
    for number, edit in enumerate(bench.edits(some)):
        if number % share != first % share:
            continue
        found = bench.ask(edit)
        said = min((each.severity for each in found), key=("error", "warning", "note").index, default="silent")
        if said in ("silent", "note"):
            judge = judge or Judge(bench.subject, turns)
            pairs = judge.differing(edit, bench.subject.formulas[edit.where])
            # A note says that the two differ where something is blank: true where the right value is blank.
            wrong = [pair for pair in pairs if said == "silent" or pair[1] not in (None, "")]
            if not wrong:
                said = f"equivalent, {said}" if said == "silent" else said
            else:
                missed.append((said, edit, f"{wrong[0][0]!s} for {wrong[0][1]!s} in {len(wrong)} of {turns}"))
                said = f"missed, {said}"
        counts[said] += 1
    return counts, missed


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--share", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--turns", type=int, default=200)
    parser.add_argument("--books", default=BOOKS)
    parser.add_argument("--list", action="store_true")
    given = parser.parse_args()
    whole: Counter[str] = Counter()
    for name in given.books.split(","):
        started = time.process_time()
        template, lang = name.split(".")
        bench = Bench(template, lang)
        counts, missed = sweep(bench, given.share, given.turns, given.first)
        whole += counts
        print(f"{name}: {dict(sorted(counts.items()))} {time.process_time() - started:.0f} s", flush=True)
        if given.list:
            for said, edit, why in missed:
                belongs = bench.subject.formulas[edit.where][:300]
                print(f"  {said}: {edit.cell.name}[{edit.row}] {edit.kind}: {why}\n    {edit.text[:300]}\n    {belongs}")
    counted = sum(count for said, count in whole.items() if not said.startswith("equivalent"))
    passed = sum(count for said, count in whole.items() if said.startswith("missed"))
    print(f"{counted - passed} of {counted} that are other formulas: {100 * (counted - passed) / max(1, counted):.2f} %")
    return 1 if passed else 0


if __name__ == "__main__":
    sys.exit(main())

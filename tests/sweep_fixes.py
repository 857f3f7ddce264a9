"""Takes the checker's advice for one fault of every kind: python tests/sweep_fixes.py [--subject NAME] [--share N] [--kind WORDS].

tests/fixes.py says how; tests/test_fixes.py has a share of it.
"""

from __future__ import annotations

import argparse
import zlib
from collections import Counter
from collections.abc import Iterator

from fixes import mutant, tried
from seeding.case import Case
from seeding.harness import ALL, PAGE
from seeding.standing import standing
from seeding.subjects import WHOLE


def cases(subject: str, share: int = 1, words: str = "", turn: int = 0) -> Iterator[Case]:
    """One fault of every kind, or of every ``share``-th one; on the whole workbooks those of the other sheets."""
    seen: set[str] = set()
    sheet = standing(subject)
    for operator in ALL if subject in WHOLE else PAGE:
        for case in operator(sheet):
            if case.codes and case.kind not in seen and words in case.kind:
                seen.add(case.kind)
                if (zlib.crc32(case.kind.encode()) + turn) % share == 0:
                    yield case


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--subject", action="append")
    parser.add_argument("--share", type=int, default=1)
    parser.add_argument("--kind", default="")
    asked = parser.parse_args()
    taken, untold, wrong, planted = Counter[str](), Counter[str](), 0, 0
    for subject in asked.subject or ["standard-ja", "all-standard-ja"]:
        for case in cases(subject, asked.share, asked.kind):
            data = mutant(case)
            if data is None:
                continue
            planted += 1
            result = tried(subject, data)
            taken.update(each.code for each in result.taken)
            untold.update(each.code for each in result.untold)
            for each in result.wrong:
                wrong += 1
                print(f"{subject} [{case.kind}] {each}", flush=True)
    print(
        f"{planted} faults; advice taken {sum(taken.values())} {dict(taken)}; left to the reader {dict(untold)}; wrong {wrong}"
    )
    return int(bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main())

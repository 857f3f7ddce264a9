"""Is every × that a workbook shows a finding of check? python tests/sweep_marks.py [--share N] [--seed N] over the states of the sentences."""

from __future__ import annotations

import argparse
from collections import Counter

import sentence_states
from marks_of_the_sheet import shown, silent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--said", action="store_true", help="tells what the last rule, for marks that no other speaks of, had to say"
    )
    asked = parser.parse_args()
    seen, marked, unsaid, last = 0, 0, 0, Counter[str]()
    for state in sentence_states.all_states(asked.share, asked.seed):
        given = shown(state)
        if given is None:
            continue
        seen += 1
        marked += bool(given.marks)
        if silent(given):
            unsaid += 1
            print(f"{state.told}: {given.marks}", flush=True)
        for each in given.report.findings:
            if each.code == "X09" and "sheet itself" in each.message.en:
                last[str(each.name)] += 1
                if asked.said:
                    print(
                        f"{state.told}\n    {each.severity} {each.message.ja}\n    {each.message.en}\n    → {each.fix.ja}",
                        flush=True,
                    )
    print(f"{seen} states, {marked} with marks, {unsaid} of them without a finding; by the last rule: {dict(last)}")
    return int(bool(unsaid))


if __name__ == "__main__":
    raise SystemExit(main())

"""Holds every state's sentences against their meaning: python tests/sweep_sentences.py [--share N] [--seed N].

Without --share all states: each input at its extremes, all pairs of blanks, and as many at random; every template, both languages.
"""

from __future__ import annotations

import argparse
from collections import Counter

import sentence_states
from test_sentences import faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--share", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--random", type=int, default=0, help="so many random states instead")
    asked = parser.parse_args()
    states = sentence_states.all_states(asked.share, asked.seed)
    if asked.random:
        kinds = [(template, lang) for template in sentence_states.TEMPLATES for lang in sentence_states.LANGS]
        states = (sentence_states.at_random(*kinds[n % len(kinds)], asked.seed + n) for n in range(asked.random))
    seen, wrong = 0, Counter[str]()
    for state in states:
        seen += 1
        for fault in faults(state):
            name = fault.partition(":")[0]
            wrong[name] += 1
            if wrong[name] <= 3:
                print(fault)
    print(f"{seen} states, {sum(wrong.values())} faults {dict(wrong)}")
    return int(bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main())

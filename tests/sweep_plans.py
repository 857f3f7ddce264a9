"""Random plans against LibreOffice and IronCalc: python tests/sweep_plans.py [--share N] [--seed N] [--beyond].

Of the page as tests/test_referees.py draws them, which has ten; of the sheets beyond the months as tests/test_both_ways.py
does, which has three.
"""

from __future__ import annotations

import argparse
import sys

import referee
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from test_both_ways import beyond
from test_referees import plans

from kgisheet import api


def drawn(count: int, first: int) -> list[tuple[str, str]]:
    """So many plans, each with a language."""
    found: list[tuple[str, str]] = []

    @seed(first)
    @settings(max_examples=count, database=None, derandomize=False, deadline=None, suppress_health_check=list(HealthCheck))
    @given(plans(), st.sampled_from(["ja", "en"]))
    def draw(plan: str, lang: str) -> None:
        found.append((plan, lang))

    draw()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=int, default=40, metavar="N", help="how many plans")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--beyond", action="store_true")
    asked = parser.parse_args()
    seeds = range(asked.seed * asked.share, (asked.seed + 1) * asked.share)
    cases = [(beyond(each), "ja") for each in seeds] if asked.beyond else drawn(asked.share, asked.seed)
    files = [api.workbook(api.plan_from_toml(plan, "random.toml", lang), lang) for plan, lang in cases]
    wrong = 0
    for (plan, lang), data, office in zip(cases, files, referee.by_libreoffice(files), strict=True):
        for name, theirs in (("LibreOffice", office), ("IronCalc", referee.by_ironcalc(data))):
            differing = referee.differences(referee.cached(data), theirs, referee.formulas(data))
            wrong += bool(differing)
            if differing:
                print(f"{name}, {lang}: {differing[:3]}\n{plan}")
    print(f"{len(cases)} plans, {wrong} with differences")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())

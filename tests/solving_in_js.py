"""Plans worked out by the page's JavaScript, cell by cell beside the exact values.

.venv/bin/python tests/solving_in_js.py [--share N] [--seed N]     random plans, the twelve months too; prints the table
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from months_at_random import random_plan

from kgisheet import api
from kgisheet.web import figures
from kgisheet.web.form import told
from kgisheet.worksheet.solve import Solution

SOLVE = Path(__file__).parent / "web" / "solve.mjs"
CLOSE = Fraction(1, 10**12)
"""What comes of a root, a logarithm or a power of e has binary digits in every program."""


class Case(NamedTuple):
    """A plan's solution, and what the page made of it."""

    solution: Solution
    theirs: dict[str, Any]


def solved(plans: Iterable[tuple[api.Plan, str]]) -> Iterator[Case]:
    """Work out plans, each in a language, here and in one process of Node."""
    cases = []
    with tempfile.TemporaryDirectory() as folder:
        modules: dict[int, Path] = {}
        lines = []
        for plan, lang in plans:
            solution = api.build(plan, lang).solution
            path = modules.get(id(plan.template))
            if path is None:
                path = modules[id(plan.template)] = Path(folder) / f"{len(modules)}.mjs"
                path.write_text(figures.module(solution.template), encoding="utf-8")
            held = {cell.name: told(solution.values[cell.name]) for cell in solution.template.inputs()}
            lines.append(json.dumps({"module": path.as_uri(), "lang": lang, "rows": solution.rows, "inputs": held}))
            cases.append((plan, solution))
        node = shutil.which("node")
        assert node is not None, "the page is tested with Node.js, which isn't there"
        ran = subprocess.run(
            [node, SOLVE], input="\n".join(lines), capture_output=True, text=True, check=True, encoding="utf-8"
        )
    for (_, solution), line in zip(cases, ran.stdout.splitlines(), strict=True):
        yield Case(solution, json.loads(line))


def differing(case: Case) -> list[tuple[str, Any, Any]]:
    """Return the cells that differ, with ours and theirs."""
    return [
        (name, told(ours), case.theirs[name])
        for name, ours in case.solution.values.items()
        if not _same(told(ours), case.theirs[name])
    ]


def _same(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, list):
        return len(ours) == len(theirs) and all(map(_same, ours, theirs))
    if isinstance(ours, dict) and isinstance(theirs, dict):
        one, other = (Fraction(int(each["n"]), int(each["d"])) for each in (ours, theirs))
        return abs(one - other) <= CLOSE * max(1, abs(one)) if one != other else True
    return bool(ours == theirs)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=int, default=100, metavar="N", help="how many plans")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    rng = random.Random(asked.seed)  # noqa: S311 - plans, not secrets
    plans = [
        (api.plan_from_toml(random_plan(rng), "random.toml", lang), lang)
        for lang in ("ja", "en")
        for _ in range(asked.share // 2)
    ]
    cells = wrong = 0
    for case in solved(plans):
        found = differing(case)
        cells += sum(len(each) if isinstance(each, list) else 1 for each in case.solution.values.values())
        wrong += len(found)
        for name, ours, theirs in found[:3]:
            print(f"{name}: {ours} here, {theirs} on the page")
    print(f"{len(plans)} plans, {cells:,} cells, {wrong} with differences")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())

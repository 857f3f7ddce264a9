"""The tests that take a share of their cases, or some random examples, in the suite: here with all of them, part by part.

    .venv/bin/python tests/sweep_whole.py             # every part, one after another
    .venv/bin/python tests/sweep_whole.py --part 12   # one of them; --list says which there are

A part is a file with all its cases and a tenth of the random examples, or a further tenth of them with a seed of its own.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from conftest import ROOT

EXAMPLES, SEEDS = 500, 10
_SHARED = re.compile(r"\b(?:some|more|examples)\(")
_RANDOM = re.compile(r"^@settings\(max_examples=examples\(.*?^\s*def (\w+)", re.MULTILINE | re.DOTALL)
_RANDOM_WITHIN = re.compile(r"^    @settings\(max_examples=examples\(.*?^    def \w+", re.MULTILINE | re.DOTALL)
_FUNCTION = re.compile(r"^def (test_\w+)", re.MULTILINE)


class Part(NamedTuple):
    """A file's tests, all of them or those named, with the random examples of a seed."""

    file: Path
    seed: int
    only: tuple[str, ...] = ()


def parts() -> list[Part]:
    """Return all files, then the further seeds of those with random examples."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").glob("test_*.py"))}
    shared = {path: text for path, text in texts.items() if _SHARED.search(text)}
    first = [Part(path, 0) for path in shared]
    random = {path: only for path, text in shared.items() if (only := _with_examples(text))}
    return first + [Part(path, seed, only) for seed in range(1, SEEDS) for path, only in random.items()]


def _with_examples(text: str) -> tuple[str, ...]:
    """Return the tests with random examples, also where the examples are those of a function within the test."""
    within = [_FUNCTION.findall(text[: found.start()])[-1] for found in _RANDOM_WITHIN.finditer(text)]
    return (*_RANDOM.findall(text), *within)


def run(part: Part) -> int:
    """Run a part; the first seed of a file has its other cases as well."""
    environment = os.environ | {"KGISHEET_EXAMPLES": str(EXAMPLES // SEEDS)}
    if not part.seed:
        environment["KGISHEET_WHOLE"] = "1"
    tests = [f"{part.file}::{name}" for name in part.only] or [str(part.file)]
    command = [sys.executable, "-m", "pytest", "-q", f"--hypothesis-seed={part.seed}", *tests]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def main() -> int:
    options = argparse.ArgumentParser(description="Runs the suite's tests with all their cases.")
    options.add_argument("--part", type=int)
    options.add_argument("--list", action="store_true")
    given = options.parse_args()
    there = parts()
    if given.list:
        for number, part in enumerate(there):
            print(number, part.file.name, f"seed {part.seed}", *part.only)
        return 0
    return max(run(part) for part in (there if given.part is None else [there[given.part]]))


if __name__ == "__main__":
    sys.exit(main())

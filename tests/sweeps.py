"""The long sweeps by one command: run in parts, kept part by part, and printed as a table.

    tests/sweep                        what there is, and how far it has come
    tests/sweep months chains          runs these, from where an interrupted run stopped
    tests/sweep all --share 10         every tenth part of everything
    tests/sweep months --again         from the beginning

Each part is one of the scripts in this folder with its own arguments; its output lies in .sweep/NAME/. What a part printed
and how it ended counts for the state of the program that it ran on: another commit begins again (``--any`` takes the old
parts as they are). Exit code 1 where a part failed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import sweep_whole
from conftest import ROOT
from kills import CASES

FOLDER = ROOT / ".sweep"


class Sweep(NamedTuple):
    """``script`` with the arguments of each of its parts."""

    about: str
    script: str
    parts: int
    arguments: Callable[[int], list[str]]


def by_seed(name: str, size: int, option: str = "--seed", **more: str) -> Callable[[int], list[str]]:
    """So many a part, each with a seed of its own, or beginning where the last one ended."""
    extra = [word for key, value in more.items() for word in (f"--{key}", value)]
    return lambda part: [name, str(size), option, str(part * size if name == "--share" else part + 1), *extra]


def by_share(parts: int, first: str, *more: str) -> Callable[[int], list[str]]:
    """Every so-manieth case, beginning with another one in each part."""
    return lambda part: ["--share", str(parts), first, str(part), *more]


SWEEPS: dict[str, Sweep] = {
    "months": Sweep("random plans over twelve months, by contract and two engines", "sweep_months.py", 40, by_seed("--share", 10)),
    "regenerate": Sweep("rounds of edits, then `monthly`: is anything lost?", "sweep_regenerate.py", 30, by_seed("--rounds", 10)),
    "chains": Sweep("chains of `monthly` runs with typing in between", "sweep_chains.py", 50, by_seed("--chains", 10, batch="10")),
    "faults": Sweep("faults and harmless edits planted in 26 workbooks", "seed_faults.py", 1, lambda _: ["--share", "4", "--resume", str(FOLDER / "faults" / "resume")]),
    "fixes": Sweep("each finding's advice taken, and checked again", "sweep_fixes.py", 1, lambda _: ["--share", "7"]),
    "inserted": Sweep("a row or a column inserted at every position", "sweep_inserted.py", 22, by_share(22, "--from")),
    "deleted": Sweep("a row or a column taken out at every position", "sweep_inserted.py", 22, by_share(22, "--from", "--delete")),
    "foreign": Sweep("goal sheets as people lay them out", "sweep_foreign.py", 38, lambda part: ["40", str(part * 40)] if part < 24 else ["--every-cell", "1", str(part - 24)]),
    "filekinds": Sweep("the same sheets as .xlsx, .ods and .csv", "sweep_filekinds.py", 1, lambda _: ["/work/shared/cases/foreign"]),
    "turned": Sweep("strangers' sheets turned, moved, spread, with other words: the same verdict?", "sweep_turned.py", 5, lambda part: [["turned"], ["moved"], ["tall"], ["wide"], ["unknown"]][part]),
    "taken": Sweep("strangers' sheets made into plans and workbooks: is every figure there, or said?", "sweep_taken.py", 1, lambda _: ["/work/shared/cases/foreign"]),
    "formulas": Sweep("every small edit of every formula: does check see it?", "sweep_mutants.py", 100, by_share(100, "--first")),
    "sentences": Sweep("every state's sentences against their meaning", "sweep_sentences.py", 1, lambda _: []),
    "marks": Sweep("is every × that a sheet shows a finding?", "sweep_marks.py", 1, lambda _: ["--share", "20"]),
    "names": Sweep("every name taken away, pointed elsewhere, shadowed", "sweep_names.py", 1, lambda _: []),
    "exported": Sweep("every figure of an exported workbook made wrong", "sweep_exported.py", 1, lambda _: []),
    "google": Sweep("planted faults as Google Sheets hands the workbook back", "sweep_google.py", 1, lambda _: ["--share", "10"]),
    "years": Sweep("years as companies have them: nothing may be said", "sweep_years.py", 1, lambda _: ["200"]),
    "typed": Sweep("every input with wrong values: which are silent?", "typing_in.py", 1, lambda _: []),
    "money": Sweep("every amount in another unit", "typing_in.py", 1, lambda _: ["--money"]),
    "rounding": Sweep("100,000 quotients in three modes, in three engines", "test_rounding_sweep.py", 1, lambda _: []),
    "plans": Sweep("random plans' pages in LibreOffice and IronCalc", "sweep_plans.py", 20, lambda part: ["--share", "20", "--seed", str(part)]),
    "beyond": Sweep("random plans' sheets beyond the months in both", "sweep_plans.py", 20, lambda part: ["--share", "10", "--beyond", "--seed", str(part)]),
    "hostile": Sweep("hostile files, each in a process of its own: seconds, MiB, outcome", "sweep_hostile.py", 8, by_share(8, "--first")),
    "odd": Sweep("a wrong value in every place of a workbook: findings, or words", "sweep_odd.py", 12, by_share(12, "--first")),
    "patterns": Sweep("every regular expression on texts made to hurt", "sweep_patterns.py", 1, lambda _: []),
    "kills": Sweep("`batch`, `monthly` and `collect` killed at random moments, a full disk, eight at once", "kills.py", 20, lambda part: ["--case", list(CASES)[part % len(CASES)], "--kills", "50", "--seed", str(part + 1)]),
    "fuzz": Sweep("spoilt files and texts: nothing uncaught, no wrong verdict", "fuzz.py", 20, lambda part: ["--count", "5000", "--seed", str(part + 1), "--jobs", "1"]),
    "tampered": Sweep("a record tampered with at each value, through every command", "sweep_tampered.py", 12, by_share(12, "--first")),
    "upgrade": Sweep("something typed into every cell of older workbooks, then `upgrade`", "sweep_upgrade.py", 20, lambda part: ["--every", "20", "--first", str(part)]),
    "dressed": Sweep("everything that a person can put on a sheet, then `upgrade`", "sweep_dressed.py", 1, lambda _: []),
    "strangers": Sweep("goal sheets by people who had not seen the program", "sweep_strangers.py", 1, lambda _: ["--all"]),
    "companies": Sweep("layouts that companies use, each figure changed in turn", "sweep_companies.py", 1, lambda _: []),
    "pairs": Sweep("the same layouts with two wrong figures at once", "sweep_companies.py", 1, lambda _: ["--pairs", "12"]),
    "workers": Sweep("workers of `monthly` and `check` of folders killed at random moments", "kill_workers.py", 4, lambda part: ["--kills", "50", "--seed", str(part + 1)]),
    "growth": Sweep("twice as large a sheet, twice the work: counted in calls, at all sizes", "sweep_growth.py", 1, lambda _: []),
    "whole": Sweep("the suite's tests with all their cases, 500 random examples", "sweep_whole.py", len(sweep_whole.parts()), lambda part: ["--part", str(part)]),
    "mutants": Sweep("the product itself mutated: does the suite notice?", "sweep_product.py", 61, lambda part: ["--chosen"] if part == 0 else by_share(60, "--first")(part - 1)),
}  # fmt: skip


class State:
    """What is known of a sweep's parts: how each ended, by the program that it ran on."""

    def __init__(self, name: str, program: str) -> None:
        self.folder = FOLDER / name
        self.file = self.folder / "state.json"
        self.program = program
        held = json.loads(self.file.read_text(encoding="utf-8")) if self.file.exists() else {}
        self.parts: dict[str, dict[str, float]] = held.get("parts", {}) if program in ("", held.get("program")) else {}

    def put(self, part: int, code: int, seconds: float) -> None:
        self.parts[str(part)] = {"code": code, "seconds": round(seconds)}
        self.folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"program": self.program, "parts": self.parts}, indent=1)
        beside = self.file.with_suffix(".new")
        beside.write_text(text, encoding="utf-8")
        beside.replace(self.file)

    def log(self, part: int) -> Path:
        return self.folder / f"{part:03d}.txt"


def run(name: str, state: State, parts: list[int]) -> None:
    sweep = SWEEPS[name]
    for part in parts:
        if str(part) in state.parts:
            continue
        state.folder.mkdir(parents=True, exist_ok=True)
        began = time.monotonic()
        command = [sys.executable, f"tests/{sweep.script}", *sweep.arguments(part)]
        with state.log(part).open("w", encoding="utf-8") as log:
            done = subprocess.run(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, check=False)
        state.put(part, done.returncode, time.monotonic() - began)
        last = (state.log(part).read_text(encoding="utf-8").splitlines() or [""])[-1]
        print(f"{name} {part}: {'ok' if done.returncode == 0 else f'FAILED ({done.returncode})'}  {last[:100]}", flush=True)


def table(states: dict[str, State]) -> str:
    lines = [f"{'':12}{'parts':>9}{'failed':>8}{'minutes':>9}  what"]
    for name, state in states.items():
        failed = [int(part) for part, each in state.parts.items() if each["code"]]
        minutes = sum(each["seconds"] for each in state.parts.values()) / 60
        count = f"{len(state.parts)}/{SWEEPS[name].parts}"
        lines.append(f"{name:12}{count:>9}{len(failed):>8}{minutes:>9.1f}  {SWEEPS[name].about}")
        lines += [f"{'':14}{state.log(part).relative_to(ROOT)}" for part in sorted(failed)]
    return "\n".join(lines)


def program() -> str:
    """The commit, and whether anything was changed since."""
    said = [["rev-parse", "HEAD"], ["diff", "HEAD", "--", "kgisheet", "templates"]]
    made = [subprocess.run(["git", *each], cwd=ROOT, capture_output=True, text=True, check=False).stdout for each in said]
    return made[0].strip() + ("" if not made[1] else f" and {len(made[1])}")


def main() -> int:
    options = argparse.ArgumentParser(prog="tests/sweep", description="Runs the long sweeps; without a name it lists them.")
    options.add_argument("names", nargs="*", metavar="NAME", help=f"all, or {', '.join(SWEEPS)}")
    options.add_argument("--share", type=int, default=1, metavar="N", help="every Nth part only")
    options.add_argument("--again", action="store_true", help="from the beginning")
    options.add_argument("--any", action="store_true", help="parts of another commit count as well")
    given = options.parse_args()
    names = list(SWEEPS) if "all" in given.names or not given.names else given.names
    unknown = [each for each in names if each not in SWEEPS]
    if unknown:
        options.error(f"{unknown[0]} is none of {', '.join(SWEEPS)}")
    now = "" if given.any or not given.names else program()
    states = {name: State(name, now) for name in names}
    for name, state in states.items() if given.names else ():
        if given.again:
            state.parts.clear()
        run(name, state, list(range(SWEEPS[name].parts))[:: given.share])
    print(table(states))
    return int(bool(given.names) and any(each["code"] for state in states.values() for each in state.parts.values()))


if __name__ == "__main__":
    sys.exit(main())

"""Kills worker processes of ``kgisheet monthly FOLDER --in-place`` and of ``check`` at random moments: nothing lost, nothing doubled.

    .venv/bin/python tests/kill_workers.py [--kills N] [--books N] [--seed S]

After each run every workbook is the old one or the new one, whole; those whose worker was killed twice are named; and a
run that is left alone brings all of them up to date, each with the one backup that it had. Of `check` every file is reported once.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from bench_many import children
from conftest import ROOT
from kills import MONTHLY, RAISED

from kgisheet import api


class Folder:
    """A folder with workbooks, all alike, and a plan that changes them."""

    def __init__(self, folder: Path, books: int) -> None:
        self.folder = folder
        self.old = api.workbook(api.plan_from_toml(MONTHLY, "plan.toml", "ja"), "ja")
        self.new = api.regenerate(self.old, "b.xlsx", api.PlanText(RAISED, "plan.toml")).data
        (folder / "plan.toml").write_text(RAISED, encoding="utf-8")
        self.inside = folder / "in"
        self.inside.mkdir()
        self.books = [self.inside / f"{number:03}.xlsx" for number in range(books)]

    def reset(self) -> None:
        for each in self.inside.iterdir():
            each.unlink()
        for each in self.books:
            each.write_bytes(self.old)

    def start(self, *args: str) -> subprocess.Popen[str]:
        environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LANG": "en_US.UTF-8"}
        command = [sys.executable, "-m", "kgisheet", *args, "--jobs", "2"]
        out, err = (self.folder / name for name in ("out.txt", "err.txt"))
        with out.open("w") as stdout, err.open("w") as stderr:
            return subprocess.Popen(command, cwd=self.folder, env=environment, stdout=stdout, stderr=stderr, text=True)

    def wrong(self, named: str) -> list[str]:
        """What isn't as it should be after a run; ``named`` is what was printed."""
        found = []
        for each in self.books:
            data, backup = each.read_bytes(), each.with_name(f"{each.stem}.bak.xlsx")
            if data not in (self.old, self.new):
                found.append(f"{each.name}: BROKEN")
            elif data == self.old and f"in/{each.name}: the process working on it ended" not in named:
                found.append(f"{each.name}: not updated, and not named")
            if data == self.new and (not backup.exists() or backup.read_bytes() != self.old):
                found.append(f"{each.name}: its backup isn't the old one")
        return found

    def others(self) -> list[str]:
        known = {name for each in self.books for name in (each.name, f"{each.stem}.bak.xlsx")}
        return sorted(each.name for each in self.inside.iterdir() if each.name not in known)


def killing(process: subprocess.Popen[str], rng: random.Random, most: int) -> int:
    """Kill a worker now and then while the program runs, ``most`` times; return how many were."""
    killed = 0
    while process.poll() is None:
        time.sleep(rng.uniform(0.02, 0.5))
        if killed < most and (workers := children(process.pid)):
            os.kill(rng.choice(workers), signal.SIGKILL)
            killed += 1
    return killed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--books", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    rng = random.Random(asked.seed)  # noqa: S311
    done: Counter[str] = Counter()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        where = Folder(Path(name), asked.books)
        while done["kills"] < asked.kills:
            where.reset()
            process = where.start("monthly", "in", "--plan", "plan.toml", "--in-place")
            done["kills"] += killing(process, rng, asked.kills - done["kills"])
            said = (where.folder / "err.txt").read_text()
            done["runs"] += 1
            done["named"] += said.count("the process working on it ended")
            wrong += where.wrong(said) + (
                [f"exit code {process.returncode}"] if process.returncode != (3 if said else 0) else []
            )
            where.start("monthly", "in", "--plan", "plan.toml", "--in-place").wait()
            wrong += [*where.wrong(""), *(f"left over: {each}" for each in where.others())]
        where.reset()
        process = where.start("check", "in", "--format", "json")
        done["kills of check"] = killing(process, rng, 20)
        reports = json.loads((where.folder / "out.txt").read_text())["reports"]
        if [each["file"] for each in reports] != [f"in/{each.name}" for each in where.books]:
            wrong.append("check: lost or doubled")
    print(", ".join(f"{number} {what}" for what, number in done.items()))
    print("\n".join(wrong) or "nothing wrong")
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()

"""Kills ``kgisheet monthly --in-place`` at random moments, and lets the disk run full: the old file or the new file, whole.

    .venv/bin/python tests/kill_monthly.py [--kills N] [--seed S]

A third of the kills fall anywhere, the others into the writing at the end: the moment that
the first or the second temporary file appears, or some hundredths of a second later. After each the folder is
looked at, and the next run is left alone: it must finish, and nothing may be left over.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
from conftest import ROOT

from kgisheet import api

PLAN = """
template = "standard"
start = "2026-04"
total_revenue = "5,000万円"
web_revenue = "{web}万円"
deal_size = "20万円"
win_rate = "30%"
opportunity_rate = "25%"
[[channel]]
name = "広告"
share = "100%"
meeting_rate = "10%"
cvr = "1%"
"""


class Folder:
    """A folder with a workbook and a plan that changes it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.book = folder / "目標.xlsx"
        self.plan = folder / "plan.toml"
        self.old = api.workbook(api.plan_from_toml(PLAN.format(web=1200), "plan.toml", "ja"), "ja")
        self.new = api.regenerate(self.old, "b.xlsx", api.PlanText(PLAN.format(web=1600), "plan.toml")).data
        self.plan.write_text(PLAN.format(web=1600), encoding="utf-8")

    def reset(self) -> None:
        self.book.write_bytes(self.old)
        self.backup.unlink(missing_ok=True)

    @property
    def backup(self) -> Path:
        return self.book.with_name("目標.bak.xlsx")

    def start(self, before: Callable[[], None] | None = None) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "kgisheet", "monthly", self.book.name, "--plan", self.plan.name, "--in-place"]
        environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LANG": "en_US.UTF-8"}
        return subprocess.Popen(
            command,
            cwd=self.folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            preexec_fn=before,  # noqa: PLW1509  (no threads here)
        )

    def state(self) -> str:
        """Which file lies there, whether it can be opened, and what lies beside it."""
        data = self.book.read_bytes() if self.book.exists() else b""
        said = {self.old: "old", self.new: "new"}.get(data, "BROKEN")
        with contextlib.suppress(Exception):
            openpyxl.load_workbook(io.BytesIO(data), read_only=True).close()
            return said
        return "BROKEN"

    def await_writing(self, process: subprocess.Popen[bytes], second: bool) -> None:
        """Returns as soon as a temporary file lies there; ``second``, the one after the backup."""
        while process.poll() is None:
            if (self.backup.exists() or not second) and self.leftovers():
                return
            time.sleep(0.0002)

    def leftovers(self) -> list[str]:
        known = {self.book.name, self.backup.name, self.plan.name}
        return sorted(each.name for each in self.folder.iterdir() if each.name not in known)

    def run(self) -> tuple[int, str]:
        process = self.start()
        said = process.communicate(timeout=120)[1].decode()
        return process.returncode, said


def kills(where: Folder, count: int, rng: random.Random) -> tuple[Counter[str], list[str]]:
    """What lay there after each kill, and all that was wrong."""
    found: Counter[str] = Counter()
    wrong: list[str] = []
    where.reset()
    started = time.time()
    where.run()
    long = time.time() - started
    for number in range(count):
        where.reset()
        process = where.start()
        if number % 3 == 0:
            time.sleep(long * rng.uniform(0.05, 1.0))
        else:
            where.await_writing(process, second=number % 3 == 2)
            time.sleep(rng.choice([0, rng.uniform(0, 0.03)]))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        state = where.state()
        left = where.leftovers()
        found[f"{'killed' if process.returncode < 0 else 'finished'}: {state}{' with a leftover' if left else ''}"] += 1
        if state == "BROKEN" or (where.backup.exists() and where.backup.read_bytes() != where.old):
            wrong.append(f"kill {number}: {state}, backup {where.backup.exists()}")
        if left or number % 10 == 0:
            code, said = where.run()
            if code or where.state() != "new" or where.leftovers():
                wrong.append(f"the run after kill {number}: {code} {where.state()} {where.leftovers()} {said}")
    return found, wrong


def full_disk(where: Folder, count: int, rng: random.Random) -> list[str]:
    """Files that may not grow beyond a size: the old file stays, the reason is said, nothing is left."""
    wrong = []
    for _ in range(count):
        where.reset()
        limit = rng.randint(1, len(where.old) - 1)
        process = where.start(lambda limit=limit: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))  # type: ignore[misc]
        said = process.communicate(timeout=120)[1].decode()
        if process.returncode != 2 or where.state() != "old" or where.leftovers() or "Traceback" in said:
            wrong.append(f"limit {limit}: exit {process.returncode}, {where.state()}, {where.leftovers()}, {said}")
    return wrong


@contextlib.contextmanager
def small_disk(kilobytes: int) -> Iterator[Path | None]:
    """A file system of that size; None where this user can't mount one."""
    with tempfile.TemporaryDirectory(prefix="kgisheet-disk-") as name:
        made = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", name], capture_output=True, check=False
        )
        try:
            yield Path(name) if made.returncode == 0 else None
        finally:
            if made.returncode == 0:
                subprocess.run(["umount", name], check=False)


def on_small_disks() -> list[str] | None:
    """The disk runs full at the backup, or at the new file; None where none can be mounted."""
    wrong = []
    for room in (1.3, 2.2):  # of the workbook's size: neither both, nor all three
        size = int(len(api.workbook(api.plan_from_toml(PLAN.format(web=1200), "p", "ja"), "ja")) * room) // 1024 + 8
        with small_disk(size) as folder:
            if folder is None:
                return None
            where = Folder(folder)
            where.reset()
            code, said = where.run()
            if code != 2 or where.state() != "old" or where.leftovers() or "Traceback" in said:
                wrong.append(f"{size} KiB: exit {code}, {where.state()}, {where.leftovers()}, {said}")
    return wrong


def two_at_once(where: Folder, count: int) -> list[str]:
    wrong = []
    for _ in range(count):
        where.reset()
        both = [where.start(), where.start()]
        said = [each.communicate(timeout=120)[1].decode() for each in both]
        codes = sorted(each.returncode for each in both)
        if codes[0] != 0 or where.state() != "new" or where.leftovers() or "Traceback" in "".join(said):
            wrong.append(f"two runs: exit {codes}, {where.state()}, {where.leftovers()}, {said}")
    return wrong


def main() -> int:
    options = argparse.ArgumentParser(description="Kills kgisheet monthly --in-place at random moments")
    options.add_argument("--kills", type=int, default=60)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    rng = random.Random(given.seed)  # noqa: S311
    with tempfile.TemporaryDirectory(prefix="kgisheet-kill-") as name:
        where = Folder(Path(name))
        found, wrong = kills(where, given.kills, rng)
        for said, count in sorted(found.items()):
            print(f"{said}: {count}")
        limited = full_disk(where, 6, rng)
        disks = on_small_disks()
        together = two_at_once(where, 4)
    print(f"after kills: {len(wrong)} wrong; full disk: {len(limited)} of 6 wrong by a limit, "
          f"{'not tried' if disks is None else f'{len(disks)} of 2 wrong'} on a small disk; two at once: {len(together)} of 4 wrong")  # fmt: skip
    every = [*wrong, *limited, *(disks or []), *together]
    print("\n".join(every))
    return int(bool(every))


if __name__ == "__main__":
    sys.exit(main())

"""Kills a command that writes, at moments spread from its start to past its last rename: what lies there is whole, and the next run goes on.

    .venv/bin/python tests/kills.py [--kills 1000] [--case batch] [--seed S]

For each case a folder is prepared and the command run once to its end: `before` and `after`. After each kill every file is
one of the two, to the byte; what else lies there is a temporary file of ours. Half of the kills end the command alone, half
its worker processes with it. Half fall anywhere, the others into the writing: the moment that the first temporary file
appears, or one beside a file that is new already, or some hundredths of a second later. Then another command, which only
reads in that folder, takes the leftovers away, and so does the command itself, which, asked to go on, comes to `after`.
Then the disk runs full, by a limit on files and on small file systems, and eight of the same run at once.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import openpyxl
from command import failed
from conftest import PAGE, ROOT

from kgisheet import api
from kgisheet.handout import manifest

PLAN = f"""
sheets = {PAGE.split(",")!r}
total_revenue = "5,000万円"
web_revenue = "1,200万円"
deal_size = "20万円"
win_rate = "30%"
opportunity_rate = "25%"
[[channel]]
name = "広告"
share = "100%"
meeting_rate = "10%"
cvr = "1%"
"""
MONTHLY = PLAN.replace("目標設定", "月次予実', '目標設定")
RAISED = MONTHLY.replace("1,200万円", "1,600万円")
ROSTER = "file,owner\n" + "".join(f"{each},{each}\n" for each in ("田中", "鈴木", "佐藤", "高橋"))


class Case(NamedTuple):
    """A command: what lies there before, how it is called, how it is asked to go on after a kill, what only reads there."""

    prepare: Callable[[Path], None]
    command: tuple[str, ...]
    again: tuple[str, ...]
    reads: tuple[str, ...]
    on_full_disk: tuple[int, ...] = (2,)
    """The exit codes of a run that can't write all of its files."""


def _roster(folder: Path) -> None:
    (folder / "plan.toml").write_text(PLAN, encoding="utf-8")
    (folder / "r.csv").write_text(ROSTER, encoding="utf-8")


def _handed_out(folder: Path) -> None:
    """A batch that was made of another plan."""
    _roster(folder)
    (folder / "out").mkdir()
    for each in api.batch((ROSTER.encode(), "r.csv"), api.PlanText(PLAN.replace("1,200", "900"), "plan.toml"), "ja"):
        assert each.data is not None
        (folder / "out" / str(each.file)).write_bytes(each.data)


def _in_use(folder: Path) -> None:
    plan = api.plan_from_toml(MONTHLY, "plan.toml", "ja")
    (folder / "b.xlsx").write_bytes(api.workbook(plan, "ja"))
    (folder / "raised.toml").write_text(RAISED, encoding="utf-8")


_MONTHLY = ("monthly", "b.xlsx", "--plan", "raised.toml", "--in-place")
_COLLECT = ("collect", "out", "-o", "s.xlsx")
_BATCH = ("batch", "r.csv", "--plan", "plan.toml", "-o", "out", "--jobs", "2")
CASES = {
    "batch": Case(_roster, _BATCH, (*_BATCH, "--resume"), ("check", "out"), (1, 2)),
    "batch-force": Case(_handed_out, (*_BATCH, "--force"), (*_BATCH, "--force"), ("check", "out"), (1, 2)),
    "monthly": Case(_in_use, _MONTHLY, _MONTHLY, ("show", "raised.toml")),
    "collect": Case(_handed_out, _COLLECT, _COLLECT, ("show", "plan.toml")),
}


class Ground:
    """A case in a folder of its own, with what lies there before and after."""

    def __init__(self, case: Case, root: Path) -> None:
        self.case, self.root = case, root
        (root / "seed").mkdir()
        case.prepare(root / "seed")
        self.folder = root / "work"
        self.reset()
        self.before = self.files()
        started = time.monotonic()
        self.code, said = self.run(case.command)
        self.long = time.monotonic() - started
        assert self.code in (0, 1), said
        self.after = self.files()
        assert self.after != self.before
        self.is_single = sum(data != self.before.get(name) for name, data in self.after.items()) == 1
        for data in (data for every in (self.before, self.after) for name, data in every.items() if name.endswith(".xlsx")):
            openpyxl.load_workbook(io.BytesIO(data), read_only=True).close()

    def reset(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)  # but for a file system's own folder
        shutil.copytree(self.root / "seed", self.folder, dirs_exist_ok=True)

    def files(self) -> dict[str, bytes]:
        return {str(each.relative_to(self.folder)): each.read_bytes() for each in self.folder.rglob("*") if each.is_file()}

    def temporary(self) -> list[str]:
        return [str(each.relative_to(self.folder)) for each in self.folder.rglob(".kgisheet-*")]  # unread: they come and go

    def is_writing(self, second: bool) -> bool:
        """Whether a temporary file lies there; ``second``: beside a file that is new already, where there are several."""
        new = self.after.keys() - self.before.keys()
        return bool(self.temporary()) and (not second or self.is_single or any((self.folder / name).exists() for name in new))

    def done(self) -> bool:
        """Whether all lies there as after an undisturbed run; a manifest may have other words."""
        there = self.files()
        return all(there.get(name) == data for name, data in self.after.items() if Path(name).name != manifest.NAME)

    def start(self, command: Sequence[str], before: Callable[[], None] | None = None) -> subprocess.Popen[bytes]:
        environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LANG": "en_US.UTF-8"}
        return subprocess.Popen(
            [sys.executable, "-m", "kgisheet", *command],
            cwd=self.folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
            preexec_fn=before,  # noqa: PLW1509  (no threads here)
        )

    def run(self, command: Sequence[str], before: Callable[[], None] | None = None) -> tuple[int, str]:
        process = self.start(command, before)
        said = process.communicate(timeout=300)[1].decode()
        return process.returncode, said

    def wrong(self) -> list[str]:
        """What lies there and is neither the old nor the new."""
        found = []
        for name, data in self.files().items():
            if Path(name).name.startswith(".kgisheet-"):
                continue
            if Path(name).name == manifest.NAME:
                manifest.read(data, name)  # raises, were it half
            elif data not in (self.before.get(name), self.after.get(name)):
                found.append(f"{name}: {len(data)} bytes")
        found += [f"{name}: gone" for name in self.before if not (self.folder / name).exists()]
        return found

    def goes_on(self) -> list[str]:
        """What isn't as it should be after the next runs: one that reads, then the command again."""
        found = []
        if left := self.temporary():
            code, said = self.run(self.case.reads)
            if self.temporary() or failed(said):
                found.append(f"after {self.case.reads}: {code} {self.temporary()} {said}")
            for name in left:  # the command itself must do so too
                (self.folder / name).write_bytes(b"half")
        again = self.case.again
        if "collect" in again and (self.folder / "s.xlsx").exists():
            return found  # finished, and not overwritten
        code, said = self.run(again)
        if code != self.code or self.temporary() or failed(said):
            found.append(f"again: {code} {self.temporary()} {said}")
        if not self.done():
            found.append("again: not all there")
        return [*found, *(f"again: {each}" for each in self.wrong())]

    def ended_badly(self, code: int, said: str) -> list[str]:
        """What isn't as it should be after a run on a full disk: nothing half, the reason is said, nothing is left."""
        found = [*self.wrong(), *self.temporary(), *(["a traceback"] if failed(said) else [])]
        there = self.files()
        if not (code == self.code and there == self.after) and code not in self.case.on_full_disk:
            found.append("another exit code")
        if code == 2 and any(there.get(name) != data for name, data in self.before.items()):
            found.append("exit 2, and yet what was there is another")
        return [f"exit {code}, {found}, {said}"] if found else []


def kill(ground: Ground, at: float, rng: random.Random, follow: bool) -> tuple[str, list[str]]:
    """One kill, so many seconds after the start or, below 0, as soon as the first temporary file (-2: a later one) lies there.

    The next runs ``follow``, or where a temporary file was left.
    """
    ground.reset()
    process = ground.start(ground.case.command)
    if at >= 0:
        time.sleep(at)
    else:
        while process.poll() is None and not ground.is_writing(second=at == -2):
            time.sleep(0.0002)
        time.sleep(rng.choice([0, rng.uniform(0, 0.02)]))
    whole = rng.random() < 0.5
    if process.poll() is None:
        (os.killpg if whole else os.kill)(process.pid, signal.SIGKILL)
    process.communicate()
    wrong = ground.wrong()
    if not whole:  # the workers see that they are alone, and end
        time.sleep(0.05)
    state = "killed" if process.returncode < 0 else "finished"
    state += ", all there" if ground.done() else ", some there" if ground.files().keys() - ground.before.keys() else ""
    state += ", a leftover" if ground.temporary() else ""
    return state, [*wrong, *(ground.goes_on() if follow or ground.temporary() else [])]


def kills(ground: Ground, count: int, rng: random.Random) -> tuple[Counter[str], list[str]]:
    found: Counter[str] = Counter()
    wrong: list[str] = []
    for number in range(count):
        at = rng.uniform(0.05, 1.15) * ground.long if number % 2 else -1.0 if number % 4 == 0 else -2.0
        try:
            state, bad = kill(ground, at, rng, number % 5 == 0)
        except (OSError, api.KgisheetError) as error:
            state, bad = "error", [repr(error)]
        found[state] += 1
        wrong += [f"kill {number}: {each}" for each in bad]
        if number % 25 == 24 and count > 25:
            print(f"  {number + 1} kills, {len(wrong)} wrong: {dict(sorted(found.items()))}", flush=True)
    return found, wrong


def full_disk(ground: Ground, count: int, rng: random.Random) -> list[str]:
    """Files that may not grow beyond a size."""
    wrong = []
    largest = max(map(len, ground.after.values()))
    for _ in range(count):
        ground.reset()
        limit = rng.randint(1, largest - 1)
        code, said = ground.run(
            ground.case.command, lambda limit=limit: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        )  # type: ignore[misc]
        wrong += [f"limit {limit}: {each}" for each in ground.ended_badly(code, said)]
    return wrong


@contextlib.contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[bool]:
    """Have a file system of that size in a folder while the block runs; False where this user can't mount one."""
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    try:
        yield made.returncode == 0
    finally:
        if made.returncode == 0:
            subprocess.run(["umount", str(folder)], check=False)


def on_small_disks(ground: Ground) -> list[str] | None:
    """The disk runs full at the first file, or at the second; None where none can be mounted."""
    wrong = []
    largest = max(map(len, ground.after.values()))
    pages = sum(-(-len(data) // 4096) + 2 for data in ground.before.values())
    for room in (0.3, 1.2):  # of a workbook's size, beside what is there: neither one, nor two
        size = 4 * pages + int(largest * room) // 1024 + 8
        ground.reset()
        with small_disk(ground.folder, size) as is_there:
            if not is_there:
                return None
            ground.reset()
            wrong += [f"{size} KiB: {each}" for each in ground.ended_badly(*ground.run(ground.case.command))]
    return wrong


def eight_at_once(ground: Ground, count: int) -> list[str]:
    """One finishes at least, and all is there; the others finish too, or say why not."""
    wrong = []
    for _ in range(count):
        ground.reset()
        running = [ground.start(ground.case.command) for _ in range(8)]
        said = [each.communicate(timeout=600)[1].decode() for each in running]
        codes = sorted(each.returncode for each in running)
        bad = [*ground.wrong(), *ground.temporary()]
        if bad or codes[0] != ground.code or not ground.done() or any(map(failed, said)):
            wrong.append(f"eight runs: exit {codes}, {bad}, {said}")
    return wrong


def main() -> int:
    options = argparse.ArgumentParser(description="Kills commands that write")
    options.add_argument("--kills", type=int, default=100)
    options.add_argument("--case", action="append", choices=list(CASES))
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    every: list[str] = []
    for name in given.case or CASES:
        rng = random.Random(given.seed)  # noqa: S311
        with tempfile.TemporaryDirectory(prefix="kgisheet-kills-") as folder:
            ground = Ground(CASES[name], Path(folder))
            found, wrong = kills(ground, given.kills, rng)
            full = full_disk(ground, max(6, given.kills // 50), rng)
            disks = on_small_disks(ground)
            eight = eight_at_once(ground, max(1, given.kills // 200))
        print(f"{name}: {', '.join(f'{said} {many}' for said, many in sorted(found.items()))}; {len(wrong)} wrong; "
              f"full disk {len(full)} wrong by a limit, "
              f"{'not tried' if disks is None else f'{len(disks)} of 2 wrong'} on a small one; eight at once {len(eight)} wrong", flush=True)  # fmt: skip
        every += [*wrong, *full, *(disks or []), *eight]
        print("\n".join(every[-20:]), flush=True)
    return int(bool(every))


if __name__ == "__main__":
    sys.exit(main())

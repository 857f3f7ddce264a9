"""Spoilt files and texts by the thousand: is anything uncaught, is any verdict wrong, does any take too long or too much?

    .venv/bin/python tests/fuzz.py --target books --count 2000 [--seed 1] [--jobs 2]     a table, and what failed
    .venv/bin/python tests/fuzz.py --target all --count 100000 --jobs 2                  by the targets' shares
    .venv/bin/python tests/fuzz.py --target books --only 1234 --keep FOLDER              one again, with its files

Every input hangs on the target, the seed and its number alone. An input may take 5 seconds of a processor and 300 MiB; one of
ten is asked again by another process with other hashes, and must be told the same. What fails is printed with its number.
`--engine atheris` lets coverage guide raw bytes instead (`pip install atheris`, which nothing else here needs).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import queue
import resource
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

import conftest  # noqa: F401  # the library in this folder, not an installed one
from fuzzing import targets
from fuzzing.trial import OUTCOMES, pick, result

SECONDS, MEMORY = 5, 300
"""What an input may take: seconds of a processor, and MiB beyond what the process has."""
SILENCE = 300
"""Seconds by the clock after which a process that says nothing is ended: it waits for something, for one that works is stopped by
the seconds above. On a machine with much other work a sound one has been silent for half a minute."""
CHUNK = 25
AGAIN = 10
"""One of so many pieces is done twice."""
ROOT = Path(__file__).resolve().parent.parent


class SlowError(BaseException):
    """No Exception: nobody may catch it."""


# -- a worker --------------------------------------------------------------------


def work() -> None:
    """Does what it is told line by line: a target, a seed, the first number and how many."""
    said = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what an engine prints is no answer
    signal.signal(signal.SIGPROF, _slow)
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    for line in sys.stdin:
        target, seed, start, count = json.loads(line)
        for number in range(start, start + count):
            print(json.dumps({"begins": number}), file=said, flush=True)
            print(json.dumps(_one(target, seed, number)), file=said, flush=True)
        print(json.dumps({"ends": start}), file=said, flush=True)


def _slow(*_: object) -> None:
    raise SlowError


def _one(target: str, seed: int, number: int) -> dict[str, Any]:
    trial = targets.TARGETS[target].make(pick(target, seed, number))
    before, began = _memory("VmRSS"), time.process_time()
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")  # the peak is that of what follows
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        found = result(trial)._asdict()
    except SlowError:
        found = {"kind": trial.kind, "outcome": "", "digest": "", "uncaught": "", "wrong": f"more than {SECONDS} s"}
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    took, grown = time.process_time() - began, _memory("VmHWM") - before
    if grown > MEMORY and not found["wrong"]:
        found["wrong"] = f"{grown:.0f} MiB"
    return {"number": number, "seconds": took, "memory": grown, **found}


def _memory(which: str) -> float:
    """MiB of this process; 0 where the system doesn't say."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1024 for line in lines.splitlines() if line.startswith(which)), 0)


# -- the run ---------------------------------------------------------------------


class Piece(NamedTuple):
    target: str
    seed: int
    start: int
    count: int
    again: bool = False


def pieces(names: list[str], count: int, seed: int, start: int) -> Iterator[Piece]:
    """The whole in small pieces, each target by its share, and one of ten of them once more."""
    whole = sum(targets.TARGETS[name].share for name in names)
    rest = {name: (start, start + round(count * targets.TARGETS[name].share / whole)) for name in names}
    turn = 0
    while rest:
        for name, (at, end) in list(rest.items()):
            size = min(CHUNK * targets.TARGETS[name].share // 10 + 1, end - at)
            if size <= 0:
                del rest[name]
                continue
            yield Piece(name, seed, at, size)
            turn += 1
            if turn % AGAIN == 0:
                yield Piece(name, seed, at, size, again=True)
            rest[name] = at + size, end


class Tally:
    """What is known so far, by target."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = {}
        self.seconds: Counter[str] = Counter()
        self.longest: dict[str, float] = {}
        self.largest: dict[str, float] = {}
        self.digests: dict[tuple[str, int], str] = {}
        self.failed: list[str] = []
        self.kinds: Counter[str] = Counter()
        self.lock = threading.Lock()

    def take(self, piece: Piece, found: dict[str, Any]) -> None:
        with self.lock:
            self._take(piece, found)

    def _take(self, piece: Piece, found: dict[str, Any]) -> None:
        name, number = piece.target, found["number"]
        counts = self.counts.setdefault(name, Counter())
        known = self.digests.setdefault((name, number), found["digest"])
        if known != found["digest"]:
            self._fail(piece, number, "wrong", f"{found['kind']}: another answer in another process")
        if piece.again and known is not found["digest"]:
            counts["again"] += 1
            return
        counts["inputs"] += 1
        counts[found["outcome"]] += 1
        self.seconds[name] += found["seconds"]
        self.longest[name] = max(self.longest.get(name, 0), found["seconds"])
        self.largest[name] = max(self.largest.get(name, 0), found["memory"])
        for what in ("uncaught", "wrong"):
            if found[what]:
                self._fail(piece, number, what, f"{found['kind']}: {found[what]}")

    def _fail(self, piece: Piece, number: int, what: str, said: str) -> None:
        self.counts[piece.target][what] += 1
        self.failed.append(f"{piece.target} {number} {what} {said}")
        kind = f"{piece.target} {what} {said.partition('(' if what == 'uncaught' else ':')[2][:60] or said}"
        self.kinds[kind] += 1
        if self.kinds[kind] <= 3:
            print(self.failed[-1], flush=True)

    def table(self) -> str:
        heads = ["inputs", *OUTCOMES, "uncaught", "wrong", "again"]
        lines = [f"{'target':10}" + "".join(f"{each:>11}" for each in heads) + f"{'seconds':>9}{'longest':>9}{'MiB':>6}"]
        rows = {**self.counts, "all": sum(self.counts.values(), Counter())}
        for name, counts in rows.items():
            of = list(self.counts) if name == "all" else [name]
            lines.append(
                f"{name:10}" + "".join(f"{counts[each]:>11,}" for each in heads)
                + f"{sum(self.seconds[each] for each in of):>9.0f}{max((self.longest.get(each, 0) for each in of), default=0):>8.2f} "
                + f"{max((self.largest.get(each, 0) for each in of), default=0):>6.0f}"
            )  # fmt: skip
        return "\n".join(lines)


class Hand:
    """A worker process, begun again where it was ended."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[str] | None = None
        self.lines: queue.Queue[str | None] = queue.Queue()

    def do(self, piece: Piece, tally: Tally) -> None:
        at = piece.start
        while at < piece.start + piece.count:
            process = self._started()
            assert process.stdin is not None
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(json.dumps([piece.target, piece.seed, at, piece.start + piece.count - at]) + "\n")
                process.stdin.flush()
            while True:
                found = self._said()
                if found is None:
                    ended = {
                        "number": at,
                        "seconds": SILENCE,
                        "memory": 0,
                        "kind": "",
                        "outcome": "",
                        "digest": "",
                        "uncaught": "",
                    }
                    tally.take(piece, {**ended, "wrong": "no end of it, or its process was ended"})
                    at += 1
                    break
                if "ends" in found:
                    return
                if "begins" in found:
                    at = found["begins"]
                else:
                    at = found["number"] + 1
                    tally.take(piece, found)

    def _said(self) -> dict[str, Any] | None:
        try:
            line = self.lines.get(timeout=SILENCE)
        except queue.Empty:
            line = None
        if line is None:
            self.end()
            return None
        return dict(json.loads(line))

    def _started(self) -> subprocess.Popen[str]:
        if self.process is None or self.process.poll() is not None:
            environment = os.environ | {"PYTHONHASHSEED": "random"}
            command = [sys.executable, __file__, "--worker"]
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                cwd=ROOT,
                env=environment,
            )
            self.lines = queue.Queue()
            threading.Thread(target=self._read, args=(self.process.stdout, self.lines), daemon=True).start()
        return self.process

    @staticmethod
    def _read(stream: IO[str], lines: queue.Queue[str | None]) -> None:
        for line in stream:
            lines.put(line)
        lines.put(None)

    def end(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


def run(names: list[str], count: int, seed: int, start: int, jobs: int) -> Tally:
    tally, todo = Tally(), pieces(names, count, seed, start)
    lock = threading.Lock()

    def each(hand: Hand) -> None:
        while True:
            with lock:
                piece = next(todo, None)
            if piece is None:
                return hand.end()
            hand.do(piece, tally)

    threads = [threading.Thread(target=each, args=(Hand(),), daemon=True) for _ in range(jobs)]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            thread.join()
    except KeyboardInterrupt:
        print("stopped; so far:")
    return tally


def only(target: str, seed: int, number: int, keep: str | None) -> int:
    """One input again, in this process, with its files kept and its traceback in full."""
    trial = targets.TARGETS[target].make(pick(target, seed, number))
    for name, data in trial.files.items() if keep else ():
        Path(keep or ".").mkdir(parents=True, exist_ok=True)
        (Path(keep or ".") / name).write_bytes(data)
    print(result(trial))
    return 0


def main() -> int:
    if sys.argv[1:] == ["--worker"]:
        work()
        return 0
    options = argparse.ArgumentParser(prog="tests/fuzz.py", description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--target", default="all", choices=["all", *targets.TARGETS])
    options.add_argument("--count", type=int, default=2000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--start", type=int, default=0, help="the first number")
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--only", type=int, metavar="NUMBER")
    options.add_argument("--keep", metavar="FOLDER", help="where --only puts the files")
    options.add_argument("--engine", choices=["own", "atheris"], default="own")
    given = options.parse_args()
    if given.only is not None:
        return only(given.target, given.seed, given.only, given.keep)
    if given.engine == "atheris":
        from fuzzing import guided

        return guided.run(given.target, given.count, given.seed)
    names = list(targets.TARGETS) if given.target == "all" else [given.target]
    tally = run(names, given.count, given.seed, given.start, given.jobs)
    print(tally.table())
    print("\n".join(f"{count:>6} × {kind}" for kind, count in tally.kinds.most_common()))
    return int(bool(tally.failed))


if __name__ == "__main__":
    sys.exit(main())

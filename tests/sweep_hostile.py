"""Hostile files, each kind checked in a process of its own: file size, seconds, MiB, what came of it.

    .venv/bin/python tests/sweep_hostile.py [WORD ...]     those whose names hold the words; all without
    .venv/bin/python tests/sweep_hostile.py --md           the table as Markdown
    .venv/bin/python tests/sweep_hostile.py --keep FOLDER  the files, too

Exit code 1 where one takes over 2 seconds of a processor or 300 MiB, ends in a traceback or as this program's own failure, or
is called OK without having been read in full. Kinds are in `tests/hostile`, each a small generator.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pkgutil
import re
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import hostile
from command import failed
from conftest import ROOT
from hostile.kinds import KINDS, Kind

SECONDS, MEBIBYTES = 2.0, 300
_PATIENCE = 30
"""Seconds of a processor that a file may take before it is given up: by the clock it may be many times as long on a busy machine."""


def load() -> dict[str, Kind]:
    """All kinds of all modules of the folder."""
    for each in pkgutil.iter_modules(hostile.__path__):
        importlib.import_module(f"hostile.{each.name}")
    return KINDS


_MEASURED = """
import gc, sys
from kgisheet.cli.main import run
gc.disable()
code = run(sys.argv[1:])
sys.stderr.write(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")))
sys.stdout.flush()
sys.exit(code)
"""
"""The command, which looks for no cycles either (`kgisheet.cli.main.main`), and the most memory that its process took: that of its parent isn't among it."""


class Seen(NamedTuple):
    """What came of one file."""

    size: int
    seconds: float
    mebibytes: float
    status: str
    said: str
    faults: list[str]


def checked(path: Path, one: Kind) -> Seen:
    """Check a file in a process of its own."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "en_US.UTF-8"}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        running = subprocess.Popen([sys.executable, "-c", _MEASURED, "check", str(path), "--format", "json"], stdout=out, stderr=err, env=env)  # fmt: skip
        resource.prlimit(running.pid, resource.RLIMIT_CPU, (_PATIENCE, _PATIENCE))
        _, status, used = os.wait4(running.pid, 0)
        out.seek(0)
        err.seek(0)
        answer, words = out.read(), err.read().decode(errors="replace")
    seconds = used.ru_utime + used.ru_stime
    peak = re.search(r"VmHWM:\s*(\d+)", words)
    mebibytes = int(peak[1]) / 1024 if peak else 0.0
    faults = []
    try:
        report = json.loads(answer)["reports"][0]
        status_, said = report["status"], report.get("error", "")
        said = said or ", ".join(f"{each['code']} {each['cell'] or ''}" for each in report["findings"][:3] if each["severity"] != "note")  # fmt: skip
    except (ValueError, LookupError):
        status_, said = ("killed" if os.WIFSIGNALED(status) else f"exit {os.WEXITSTATUS(status)}"), words.strip()[-100:]
    if failed(words + said):
        faults.append("own failure")
    if status_ not in one.may:
        faults.append(f"{status_}, not {' or '.join(one.may)}")
    faults += ["time"] * (seconds > SECONDS) + ["memory"] * (mebibytes > MEBIBYTES)
    return Seen(path.stat().st_size, seconds, mebibytes, status_, said, faults)


def main() -> int:
    options = argparse.ArgumentParser(description="Checks hostile files, each in a process of its own.")
    options.add_argument("words", nargs="*")
    options.add_argument("--md", action="store_true", help="the table as Markdown")
    options.add_argument("--keep", metavar="FOLDER", help="keep the files there")
    options.add_argument("--share", type=int, default=1)
    options.add_argument("--first", type=int, default=0)
    given = options.parse_args()
    names = [each for each in load() if not given.words or any(word in each for word in given.words)]
    bad = 0
    line = "| {} | {} | {} | {} | {} |" if given.md else "{:52} {:>9} {:>7} {:>6}  {}"
    print(line.format("kind", "file", "seconds", "MiB", "outcome"), *(["|---|---|---|---|---|"] if given.md else []), sep="\n")
    with tempfile.TemporaryDirectory() as folder:
        where = Path(given.keep or folder)
        where.mkdir(exist_ok=True)
        for name in names[given.first :: given.share]:
            path = where / f"{''.join(letter if letter.isalnum() else '-' for letter in name)[:80]}{KINDS[name].suffix}"
            path.write_bytes(KINDS[name].make())
            seen = checked(path, KINDS[name])
            if not given.keep:
                path.unlink()
            bad += bool(seen.faults)
            size = f"{seen.size / 1000:,.0f} kB"
            told = f"{seen.status}: {seen.said[:90]}" + (f"  ← {', '.join(seen.faults)}" if seen.faults else "")
            print(line.format(name, size, f"{seen.seconds:.2f}", f"{seen.mebibytes:.0f}", told), flush=True)
    print(f"{len(names[given.first :: given.share])} kinds, {bad} with faults")
    return int(bad > 0)


if __name__ == "__main__":
    raise SystemExit(main())

"""Workbooks of ours with another hidden sheet, through every command: nothing uncaught, nothing that hangs, no changed input or sum called ok.

    .venv/bin/python tests/sweep_tampered.py [--most 3] [--months] [--share 10 --first 0] [WORD ...]

Each command runs in this process, with a time limit by signal; what fails is printed with its kind. Exit code 1 then.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from types import FrameType

from hostile import tampered

from kgisheet import api
from kgisheet.errors import KgisheetError

SECONDS = 2.0
_PATIENCE = 15


def commands(data: bytes, sound: bytes) -> dict[str, Callable[[], object]]:
    """What the command line calls, by the names of the commands."""
    return {
        "check": lambda: api.check(data, "book.xlsx"),
        "monthly": lambda: api.regenerate(data, "book.xlsx"),
        "extract": lambda: api.extract(data, "book.xlsx"),
        "show": lambda: api.records_of_book(data, "book.xlsx"),
        "diff": lambda: api.diff((sound, "sound.xlsx"), (data, "book.xlsx")),
        "upgrade": lambda: api.upgrade(data, "book.xlsx"),
    }


def _late(_: int, __: FrameType | None) -> None:
    raise TimeoutError


def failure(run: Callable[[], object]) -> tuple[str, float]:
    """What is wrong with a run ("" for nothing: an answer, or words), and its seconds of the processor."""
    began = time.process_time()
    said = ""
    signal.setitimer(signal.ITIMER_VIRTUAL, _PATIENCE)
    try:
        made = run()
        if isinstance(made, api.Report) and made.problem is not None and made.problem.code == "internal":
            said = made.problem.to("en")
    except KgisheetError:
        pass
    except TimeoutError:
        said = "hangs"
    except (MemoryError, RecursionError) as bad:  # the command line has words for these
        said = "" if isinstance(bad, RecursionError) else "memory"
    except Exception as bad:  # noqa: BLE001  # the very thing that is looked for
        at = traceback.extract_tb(bad.__traceback__)[-1]
        said = f"{type(bad).__name__}: {str(bad)[:80]} ({at.filename.rpartition('kgisheet/')[2]}:{at.lineno})"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    seconds = time.process_time() - began
    return said or ("slow" if seconds > SECONDS else ""), seconds


def main() -> int:
    options = argparse.ArgumentParser(description="Runs every command over workbooks with a tampered record.")
    options.add_argument("words", nargs="*")
    options.add_argument("--most", type=int, default=3)
    options.add_argument("--months", action="store_true")
    options.add_argument("--share", type=int, default=1)
    options.add_argument("--first", type=int, default=0)
    options.add_argument("--only", help="one command")
    given = options.parse_args()
    signal.signal(signal.SIGVTALRM, _late)
    sound = tampered.workbook(tampered.texts(given.months), given.months)
    cases = list(tampered.made(given.most, given.months))[given.first :: given.share]
    faults: Counter[str] = Counter()
    runs = slowest = 0.0
    for name, make in cases:
        if given.words and not any(word in name for word in given.words):
            continue
        data = make()
        if given.only in (None, "check") and api.check(tampered.hurt(data), "hurt.xlsx").status == "ok":
            faults["check: a changed sum is ok"] += 1
            print(f"check    {name[:90]:90} a changed sum is ok", flush=True)
        for command, run in commands(data, sound).items():
            if given.only in (None, command):
                said, seconds = failure(run)
                runs, slowest = runs + 1, max(slowest, seconds)
                if said:
                    faults[f"{command}: {said}"] += 1
                    print(f"{command:8} {name[:90]:90} {seconds:6.2f} s  {said}", flush=True)
    print(f"{runs:.0f} runs, the slowest {slowest:.2f} s")
    for each, times in faults.most_common():
        print(f"{times:5} {each}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

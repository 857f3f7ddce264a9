"""How long the page takes, and what it fetches, beside the terminal in the same run.

    tests/bench_page.py [RUNS]     Chromium, the page served on this machine; medians of so many runs (3)

The snapshot of Python is a file of the page; without it Python starts in full, as where the page was built
without Node.js. “At once” is asked for when the first figure is there; “filled in” 15 s later, as after filling in the form.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from test_browser import ran

from kgisheet.cli import serving
from kgisheet.web import site

ROOT = Path(__file__).resolve().parent.parent
FAULTY = ROOT / "samples" / "foreign" / "3-channel-table.xlsx"
ASKED = (
    ("workbook", "figure", "first figure"),
    ("workbook", "workbook", "workbook, at once"),
    ("filled", "workbook", "workbook, filled in"),
    ("finding", "finding", "finding, at once"),
)


def measured(folder: Path) -> dict[str, Any]:
    """What two visits of each kind took."""
    (folder / "config.json").write_text(json.dumps({"faulty": str(FAULTY), "policy": site.POLICY}))
    return ran("bench.mjs", folder)


def terminal(*words: str) -> float:
    """Seconds of a command, from its start to its end."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", "kgisheet", *words], capture_output=True, check=False)
    return time.perf_counter() - started


def middle(values: Iterable[float]) -> float:
    return statistics.median(values)


def main(runs: int) -> None:
    page = serving.files(None)
    quick = next((each for each in page if each.endswith(".snapshot")), None)
    assert quick is not None, "no snapshot: Node.js isn't there, or couldn't make one"
    packed = {name: min(len(zlib.compress(data, 9)), len(data)) for name, data in page.items()}
    visits: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
    commands: dict[str, list[float]] = {"workbook": [], "finding": []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for each, data in page.items():
            path = folder / "page" / each
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        for _ in range(runs):
            for snapshot in (True, False):
                if snapshot:
                    (folder / "page" / quick).write_bytes(page[quick])
                else:
                    (folder / "page" / quick).unlink()
                visits[snapshot].append(measured(folder))
            commands["workbook"].append(terminal("new", "-o", str(folder / "goal.xlsx"), "--force"))
            commands["finding"].append(terminal("check", str(FAULTY)))
    print(f"{'seconds':<22}{'first visit':>13}{'second':>9}   without the snapshot: {'first':>6}{'second':>9}{'terminal':>11}")
    for act, what, said in ASKED:
        row = [
            middle(each[act][at][what] / 1000 for each in visits[kind]) for kind in (True, False) for at in ("first", "second")
        ]
        beside = f"{middle(commands[what]):>11.2f}" if what in commands and act != "filled" else ""
        print(f"{said:<22}{row[0]:>13.2f}{row[1]:>9.2f}{row[2]:>31.2f}{row[3]:>9.2f}{beside}")
    served = [
        middle(each["workbook"][at]["bytes"] for each in visits[kind]) / 1e6
        for kind in (True, False)
        for at in ("first", "second")
    ]
    print(f"{'MB served':<22}{served[0]:>13.2f}{served[1]:>9.2f}{served[2]:>31.2f}{served[3]:>9.2f}")
    starts = [
        each[act][at]["start"]
        for each in visits[True]
        for act in ("workbook", "filled", "finding")
        for at in ("first", "second")
    ]
    print(f"started from the snapshot, where there was one: {starts.count('snapshot')} of {len(starts)} visits")
    print(
        f"MB by a server that packs (gzip): {sum(packed.values()) / 1e6:.2f}, of which the snapshot {packed[quick] / 1e6:.2f}"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)

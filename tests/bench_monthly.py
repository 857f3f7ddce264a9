"""How much CPU `kgisheet monthly` takes as a whole process, against `kgisheet check` of the same workbook.

    .venv/bin/python tests/bench_monthly.py [RUNS]

`same` brings a workbook up to date with the plan inside it, `plan` with a plan of
another win rate, `start` rolls on to the next year with twelve new tabs. The
programs run in turn; the ratio is that of the medians. Not a test: machines are noisy.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from bench_new import as_installed, in_turn
from conftest import book

from kgisheet import api
from kgisheet.values.toml import write


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "goal.xlsx").write_bytes(book())
        (folder / "other.toml").write_text(write(api.plan_from_example("ja", ["win_rate=25%"]).table), encoding="utf-8")
        as_installed()
        kgisheet = str(Path(sys.executable).parent / "kgisheet")
        # Onto stdout, which is free in every run.
        monthly = [kgisheet, "monthly", "goal.xlsx", "-o", "-"]
        programs = {
            "check": [kgisheet, "check", "goal.xlsx"],
            "monthly, same": monthly,
            "monthly, plan": [*monthly, "--plan", "other.toml"],
            "monthly, start": [*monthly, "--start", "2027-04"],
        }
        taken = in_turn(programs, folder, runs)
    check = statistics.median(taken["check"])
    for each in list(programs)[1:]:
        print(f"  {each} / check: {statistics.median(taken[each]) / check:.2f}")


if __name__ == "__main__":
    main()

"""How much CPU `kgisheet check` takes as a whole process, against other programs that look at the same workbook.

    .venv/bin/python tests/bench_check.py [RUNS]

`openpyxl twice` loads it for its formulas and again for its values, and does nothing
with them; `LibreOffice` recalculates and saves it; `spreadsheet-auditor` (from PyPI,
installed into an environment of its own in a temporary folder) audits it. The programs
run in turn; the ratio is that of the medians. Not a test: machines are noisy.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import office
from bench_new import as_installed, in_turn
from conftest import book

TWICE = """
import sys, openpyxl
formulas = openpyxl.load_workbook(sys.argv[1])
values = openpyxl.load_workbook(sys.argv[1], data_only=True)
"""
AUDITOR = "spreadsheet-auditor==0.4.0"


def auditor(folder: Path) -> list[str] | None:
    """The command of spreadsheet-auditor; None where it can't be installed."""
    subprocess.run([sys.executable, "-m", "venv", str(folder / "auditor")], check=True)
    pip = [str(folder / "auditor/bin/python"), "-m", "pip", "install", "-q", AUDITOR]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{AUDITOR} could not be installed: {done.stderr.strip().splitlines()[-1]}")
        return None
    program = next((each for each in (folder / "auditor/bin").iterdir() if "audit" in each.name), None)
    return None if program is None else [str(program)]


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "goal.xlsx").write_bytes(book())
        (folder / "twice.py").write_text(TWICE)
        as_installed()
        profile = office.profile()
        programs = {
            "kgisheet check": [str(Path(sys.executable).parent / "kgisheet"), "check", "goal.xlsx"],
            "openpyxl twice": [sys.executable, "twice.py", "goal.xlsx"],
            "LibreOffice": [
                "soffice", f"-env:UserInstallation=file://{profile}", "--headless",
                "--convert-to", "xlsx", "--outdir", "out", "goal.xlsx",
            ],
        }  # fmt: skip
        audit = auditor(folder)
        if audit is not None:
            programs["spreadsheet-auditor"] = [*audit, "goal.xlsx"]
        taken = in_turn(programs, folder, runs, may_fail="spreadsheet-auditor")  # it ends with 1 on its findings
    ours = statistics.median(taken["kgisheet check"])
    for each in list(programs)[1:]:
        print(f"  kgisheet check / {each}: {ours / statistics.median(taken[each]):.2f}")


if __name__ == "__main__":
    main()

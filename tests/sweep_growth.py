"""What the work of large sheets grows with, counted in calls: the tests of it at all their sizes, of which the suite has the smallest.

.venv/bin/python tests/sweep_growth.py     # --list says which tests they are
"""

from __future__ import annotations

import os
import re
import subprocess
import sys

from conftest import ROOT

_SIZED = re.compile(r"^@pytest\.mark\.parametrize\(\"size\".*?^def (test_\w+)", re.MULTILINE | re.DOTALL)
"""A test that takes its sizes, the least of which is the suite's."""


def tests() -> list[str]:
    """Return the tests that count calls at sizes, as pytest names them."""
    files = sorted((ROOT / "tests").glob("test_*.py"))
    return [f"tests/{path.name}::{name}" for path in files for name in _SIZED.findall(path.read_text(encoding="utf-8"))]


def main() -> int:
    if "--list" in sys.argv:
        print("\n".join(tests()))
        return 0
    command = [sys.executable, "-m", "pytest", "-q", *tests()]
    return subprocess.run(command, cwd=ROOT, env=os.environ | {"KGISHEET_WHOLE": "1"}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

"""The tests that take a share of their cases, or some random examples, in the suite: here with all of them.

.venv/bin/python tests/sweep_whole.py [EXAMPLES]
"""

from __future__ import annotations

import os
import subprocess
import sys

from conftest import ROOT


def main() -> int:
    texts = {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").glob("test_*.py"))}
    files = [str(path) for path, text in texts.items() if any(f"{each}(" in text for each in ("some", "more", "examples"))]
    environment = os.environ | {"KGISHEET_WHOLE": "1", "KGISHEET_EXAMPLES": sys.argv[1] if len(sys.argv) > 1 else "500"}
    return subprocess.run([sys.executable, "-m", "pytest", *files], cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

"""The extension for LibreOffice in figures: its size, and the seconds to its findings in the everyday workbook.

.venv/bin/python tests/bench_extension.py [RUNS]
"""

from __future__ import annotations

import json
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import extension_visit

from kgisheet import api
from kgisheet.addin.libreoffice import package


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    print(f"size: {len(package.oxt()):,} bytes")
    book = api.workbook(api.plan_from_example("ja"), "ja")
    found: dict[str, list[float]] = {}
    for _ in range(runs):
        with extension_visit.folder({"book.xlsx": book}) as folder:
            said = extension_visit.run(folder, ["/usr/bin/python3", "extension_client.py", "--measure"])
        for name, seconds in json.loads(said).items():
            found.setdefault(name, []).append(seconds)
    for name, all_seconds in found.items():
        print(f"{name}: {statistics.median(all_seconds):.2f} s (median of {runs})")


if __name__ == "__main__":
    main()

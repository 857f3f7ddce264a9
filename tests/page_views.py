"""Pictures of every view of the page, and what accessibility has against any of them.

    tests/page_views.py [FOLDER]     84 pictures, two printed plans (pictures/page); exit code 1 where something is found

Plan, its problems, the empty form, months before and after, check before and after: in both languages, at 390, 820 and 1,280
pixels, light and dark. The suite looks at a share of them (`test_browser.py`).
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from conftest import ROOT
from test_browser import prepared, ran


def main(shots: Path) -> int:
    shots.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        prepared(Path(folder), str(shots.resolve()))
        found = ran("views.mjs", Path(folder))
    print(json.dumps(found, ensure_ascii=False, indent=2))
    return int(any(found.values()))


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "pictures" / "page"))

"""The README's table of all plan keys, made from the template.

.venv/bin/python tests/plan_reference.py          prints what is stale; exit code 1 if anything is
.venv/bin/python tests/plan_reference.py --write  brings README.md and README.ja.md up to date
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from kgisheet import api
from kgisheet.plan import reference
from kgisheet.template.settle import settle

ROOT = Path(__file__).resolve().parent.parent
FILES = {"README.md": "en", "README.ja.md": "ja"}
_BLOCK = re.compile(r"(<!-- plan keys: tests/plan_reference.py -->\n)(.*?)(<!-- /plan keys -->)", re.DOTALL)


def fresh(name: str) -> str:
    """The README with its table as the template has it now."""
    table = reference.markdown(settle(api.open_shipped("standard")), FILES[name])
    text = (ROOT / name).read_text(encoding="utf-8")
    assert _BLOCK.search(text), f"{name} has no place for the plan keys"
    return _BLOCK.sub(lambda found: f"{found[1]}\n{table}\n\n{found[3]}", text)


def main() -> int:
    stale = [name for name in FILES if fresh(name) != (ROOT / name).read_text(encoding="utf-8")]
    for name in stale:
        if "--write" in sys.argv:
            (ROOT / name).write_text(fresh(name), encoding="utf-8")
        print(f"{name}: {'written' if '--write' in sys.argv else 'stale; run with --write'}")
    return int(bool(stale) and "--write" not in sys.argv)


if __name__ == "__main__":
    sys.exit(main())

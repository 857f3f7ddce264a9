"""Raw bytes led by coverage: atheris, where it is installed (`pip install atheris`; the suite doesn't need it).

It looks for what is uncaught, takes too long or too much; verdicts are what the other engine looks at, which knows what it changed.
"""

from __future__ import annotations

import functools
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import formulas, sheets, texts
from .trial import Answer, Trial, pick, result

RAW: dict[str, tuple[str, Callable[[bytes], Any]]] = {
    "formulas": ("formulas", lambda data: formulas.ours(data.decode("utf-8", "replace"))),
    "csv": ("csv", lambda data: [read(data) for _, _, read in texts.READERS[:4]]),
    "toml": ("toml", lambda data: texts.plan(data, False)),
    "sheets": ("sheets", lambda data: sheets.asked("check", data, "goal.csv")),
    "books": ("sheets", lambda data: sheets.asked("check", data, "goal.xlsx")),
}
"""By target: whose files are the beginning, and who reads the bytes."""


def run(target: str, count: int, seed: int) -> int:
    """So many inputs of a target; what fails is kept where the program says."""
    try:
        import atheris
    except ImportError:
        print("atheris is not installed: pip install atheris")
        return 2
    if target not in RAW:
        print(f"by coverage there are: {', '.join(RAW)}")
        return 2
    from . import targets

    begun, read = RAW[target]
    with tempfile.TemporaryDirectory() as corpus:
        for number in range(200):
            for name, data in targets.TARGETS[begun].make(pick(begun, seed, number)).files.items():
                if target != "books" or name.endswith(".xlsx"):
                    Path(corpus, f"{number}").write_bytes(data)
        atheris.instrument_all()
        atheris.Setup(
            [sys.argv[0], corpus, f"-runs={count}", f"-seed={seed}", "-timeout=20", "-rss_limit_mb=1500", "-max_len=20000"],
            functools.partial(_one, read),
        )
        atheris.Fuzz()
    return 0


def _one(read: Callable[[bytes], Any], data: bytes) -> None:
    found = result(Trial("raw", {}, lambda: Answer("ok", read(data))))
    if found.uncaught or found.wrong:
        raise RuntimeError(found.uncaught or found.wrong)

"""Client of the other engine, which runs in a separate process: a crash or an endless calculation there must not affect this one."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Sequence
from typing import Any

Where = tuple[str, int, int]
Change = tuple[str, int, int, Any]
Recalculate = Callable[[bytes, Sequence[Sequence[Change]], Sequence[Where]], list[list[Any]] | None]
"""Workbook, sets of changed cells, cells asked for → their values per set; None where the engine had to give up."""

TIME_LIMIT = 20.0
"""Seconds; a goal sheet takes a tenth of one."""


def available() -> Recalculate | None:
    """Return the engine, if the extra is installed."""
    return recalculate if importlib.util.find_spec("ironcalc") is not None else None


def recalculate(
    data: bytes, sets: Sequence[Sequence[Change]], ask: Sequence[Where], limit: float = TIME_LIMIT
) -> list[list[Any]] | None:
    """Return the values asked for; None if the engine can't load the workbook or takes longer than ``limit`` seconds."""
    import base64  # what only a formula nobody knows needs is imported then
    import json
    import subprocess

    job = json.dumps({"workbook": base64.b64encode(data).decode(), "sets": sets, "ask": ask})
    command = [sys.executable, "-m", "kgisheet.recalc.engine"]
    try:
        done = subprocess.run(command, input=job.encode(), capture_output=True, timeout=limit, check=False)  # noqa: S603  # our own module
        answer = json.loads(done.stdout) if done.returncode == 0 else None
    except (OSError, subprocess.TimeoutExpired, ValueError):
        return None
    return answer if isinstance(answer, list) else None

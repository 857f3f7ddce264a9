"""A snapshot of Python's memory for the page to start from, made by Node.js where it is there."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from . import site

_MAKER = Path(__file__).with_suffix(".mjs")
_SECONDS = 300


def possible() -> bool:
    """Return whether Node.js is there."""
    return shutil.which("node") is not None


def made(runtime: Mapping[str, bytes], archive: bytes) -> bytes | None:
    """Return the snapshot of a runtime with the package in ``archive``; None where Node.js isn't there or can't make it.

    The page does without: Python then takes some seconds more to be ready.
    """
    node = shutil.which("node")
    if node is None:
        return None
    with tempfile.TemporaryDirectory(prefix="kgisheet-snapshot-") as name:
        folder = Path(name)
        for each, data in {**runtime, "kgisheet.zip": archive, "start.mjs": (site.PAGE / "start.js").read_bytes()}.items():
            (folder / each).write_bytes(data)
        places = [(folder / each).as_uri() for each in ("pyodide.mjs", "kgisheet.zip", "start.mjs", "ready")]
        try:
            subprocess.run(  # noqa: S603  # our own program
                [node, _MAKER, *places],
                check=True,
                timeout=_SECONDS,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                env={key: value for key, value in os.environ.items() if not key.startswith("NODE_")},
            )
            return (folder / "ready").read_bytes()
        except (OSError, subprocess.SubprocessError):
            return None

"""A folder that is written whole: new, or empty before."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..errors import OutputError, Problem
from ..language.reasons import why
from ..language.text import Text


def free(folder: str) -> None:
    """Raise OutputError for a folder that holds something, or is none."""
    into = Path(folder)
    if not folder.strip() or (into.exists() and (not into.is_dir() or any(into.iterdir()))):
        raise _refused(
            Text(f"{folder} は空のフォルダーではありません", f"{folder} is not an empty folder"),
            Text("新しいフォルダーを指定してください", "give a new one"),
        )


def write(folder: str, files: Mapping[str, bytes]) -> None:
    """Write files by their paths into a folder that is new or empty; raise OutputError."""
    free(folder)
    try:
        for name, data in files.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    except OSError as bad:
        raise _refused(
            Text(f"{folder} に書き込めません({why(bad).ja})", f"{folder} can't be written ({why(bad).en})"),
            Text("書き込めるフォルダーを指定してください", "give a folder that can be written"),
        ) from None


def _refused(what: Text, fix: Text) -> OutputError:
    return OutputError(Problem("folder", what, fix))

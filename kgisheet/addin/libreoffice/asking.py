"""The way to an answer: in this Python if it is new enough, else by an installed `kgisheet`."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
from typing import Any

from ...language.text import Text
from . import said

NEEDED = (3, 11)
"""The oldest Python that kgisheet runs in."""

COMMAND = ("addin", "libreoffice", "--answer")
_LONGEST = 300
"""Seconds until the installed one is given up."""

_PLACES = ("~/.local/bin", "/opt/homebrew/bin", "/usr/local/bin")
"""Folders of commands that PATH has in a terminal and not in a program that was started from the desktop."""


class UnansweredError(Exception):
    """There is nobody to ask; the text says what helps."""

    def __init__(self, text: Text, *places: str) -> None:
        super().__init__(text.en.format(*places))
        self.text = Text(text.ja.format(*places), text.en.format(*places))


def ask(asked: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to a question (`answers`); raise UnansweredError."""
    if sys.version_info >= NEEDED:
        from .answers import answer

        return answer(asked)
    return elsewhere(asked)


def elsewhere(asked: dict[str, Any]) -> dict[str, Any]:
    """Return the answer of the `kgisheet` that is found on PATH; raise UnansweredError."""
    program = shutil.which("kgisheet") or shutil.which("kgisheet", path=os.pathsep.join(map(os.path.expanduser, _PLACES)))
    if program is None:
        raise UnansweredError(said.NO_PYTHON, "{}.{}".format(*sys.version_info[:2]))
    # LibreOffice sets these for its own Python; another one can't start with them.
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "PYTHONPATH")}
    try:
        done = subprocess.run(
            [program, *COMMAND],
            input=json.dumps(packed(asked)).encode(),
            capture_output=True,
            timeout=_LONGEST,
            env={**environment, "PYTHONUTF8": "1"},
            check=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        answer: dict[str, Any] = unpacked(json.loads(done.stdout.decode()))
    except (OSError, ValueError, subprocess.SubprocessError):
        raise UnansweredError(said.NO_ANSWER, program) from None
    return answer


def packed(value: Any) -> Any:
    """Return a question or an answer as JSON has it, its bytes in base 64."""
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode("ascii")}
    if isinstance(value, dict):
        return {key: packed(each) for key, each in value.items()}
    return [packed(each) for each in value] if isinstance(value, (list, tuple)) else value


def unpacked(value: Any) -> Any:
    """Return what `packed` was given."""
    if isinstance(value, dict):
        if value.keys() == {"base64"}:
            return base64.b64decode(value["base64"])
        return {key: unpacked(each) for key, each in value.items()}
    return [unpacked(each) for each in value] if isinstance(value, list) else value

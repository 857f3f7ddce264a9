"""The commands, as ``--help`` prints them."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_WIDTH = 100

# In a process of its own: the language of the helps is settled when the commands are imported.
_ASK = f"""
import json, click
from kgisheet.cli.main import cli
def helps(command, path):
    context = click.Context(command, info_name=path, terminal_width={_WIDTH}, **command.context_settings)
    yield path, command.get_help(context)
    for name, inner in getattr(command, "commands", {{}}).items():
        yield from helps(inner, f"{{path}} {{name}}")
print(json.dumps(list(helps(cli, "kgisheet"))))
"""


@functools.cache
def helps() -> dict[str, str]:
    """Return the help of each command by its path, in English."""
    environment = {k: v for k, v in os.environ.items() if k not in ("LC_ALL", "LC_MESSAGES", "LANG")}
    environment |= {"LANG": "en_US.UTF-8", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    asked = [sys.executable, "-c", _ASK]
    done = subprocess.run(asked, capture_output=True, check=True, env=environment, cwd=ROOT)
    return dict(json.loads(done.stdout))


def markdown() -> str:
    """Return the page."""
    lines = [
        "# Commands",
        "",
        "What `-h` prints for each command. Messages follow the locale: `LANG=ja_JP.UTF-8` gives Japanese.",
        "[Exit codes](../contract.md#exit-codes) are the same for all of them.",
    ]
    for path, help_ in helps().items():
        lines += ["", f"## {path}", "", "```text", *(line.rstrip() for line in help_.splitlines()), "```"]
    return "\n".join(lines)

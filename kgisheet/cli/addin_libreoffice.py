"""The command ``kgisheet addin libreoffice``: writes the extension, or answers one that runs in an older Python."""

from __future__ import annotations

import json
import sys

from ..addin.libreoffice import package
from . import files
from .speech import put, say


def write(path: str, force: bool) -> None:
    """Write the extension; raise OutputError."""
    data = package.oxt()
    files.refuse_output(path, ())
    files.write_binary(path, data, force)
    if path != files.STDIN:
        size = f"{len(data) / 1_000_000:.1f} MB"
        put(
            say(
                f"{path}({size})を作りました。LibreOfficeの ツール > 拡張機能 で追加するか、unopkg add {path} を実行してください",
                f"{path} ({size}) written; add it in LibreOffice under Tools > Extensions, or with unopkg add {path}",
            )
        )


def answer() -> None:
    """Answer one question of the extension, JSON on both sides."""
    from ..addin.libreoffice import answers, asking

    asked = asking.unpacked(json.loads(sys.stdin.buffer.read()))
    sys.stdout.buffer.write(json.dumps(asking.packed(answers.answer(asked))).encode())

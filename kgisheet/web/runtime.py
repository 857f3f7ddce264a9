"""The Python of the page: one release of Pyodide, from its package, known by its digest."""

from __future__ import annotations

import base64
import hashlib
import io
import tarfile
import urllib.request
from pathlib import Path

from ..errors import OutputError, Problem
from ..language.reasons import why
from ..language.text import Text

VERSION = "314.0.7"
URL = f"https://registry.npmjs.org/pyodide/-/pyodide-{VERSION}.tgz"
INTEGRITY = "0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A=="
"""The digest of the package as its registry gives it: sha512, base64."""

FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
_MOST = 30_000_000
_SECONDS = 60


def files(package: bytes, where: str) -> dict[str, bytes]:
    """Return the files of the runtime in its package, which messages call ``where``; raise OutputError for another package."""
    if base64.b64encode(hashlib.sha512(package).digest()).decode() != INTEGRITY:
        raise _refused(
            Text(
                f"{where}: Pyodide {VERSION} のパッケージではありません(ダイジェストが違います)",
                f"{where}: not the package of Pyodide {VERSION} (its digest differs)",
            ),
            Text(f"{URL} から取得したファイルを指定してください", f"give the file from {URL}"),
        )
    with tarfile.open(fileobj=io.BytesIO(package)) as archive:
        return {name: _file(archive, name) for name in FILES}


def on_disk(package: Path) -> bytes:
    """Return a package that somebody has saved; raise OutputError."""
    try:
        return package.read_bytes()
    except OSError as bad:
        raise _refused(
            Text(f"{package}: 読めません({why(bad).ja})", f"{package}: can't be read ({why(bad).en})"),
            Text(f"{URL} を保存して指定してください", f"save {URL} and give that file"),
        ) from None


def fetched() -> bytes:
    """Return the package from its registry; raise OutputError."""
    try:
        with urllib.request.urlopen(URL, timeout=_SECONDS) as answer:
            return bytes(answer.read(_MOST))
    except OSError as bad:
        raise _refused(
            Text(f"{URL}: 取得できません({why(bad).ja})", f"{URL}: can't be fetched ({why(bad).en})"),
            Text("ブラウザーなどで保存し、--runtime で指定してください", "save it with a browser, and give it by --runtime"),
        ) from None


def _file(archive: tarfile.TarFile, name: str) -> bytes:
    found = archive.extractfile(f"package/{name}")
    assert found is not None  # the digest is that of a package which has it
    return found.read()


def _refused(what: Text, fix: Text) -> OutputError:
    return OutputError(Problem("runtime", what, fix))

"""The command ``kgisheet web``: serves the page, or writes its files."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from ..errors import OutputError, Problem
from ..language.reasons import why
from ..language.text import Text
from ..output import write
from ..web import runtime, site, snapshot
from ..web.serve import HOST, server
from . import newfolder
from .speech import put, say


def serve(port: int, package: str | None) -> int:
    """Serve the page until it is interrupted; raise OutputError."""
    page = files(package)
    try:
        running = server(page, port)
    except OSError as bad:
        raise _refused(
            Text(f"ポート {port} を使えません({why(bad).ja})", f"port {port} can't be used ({why(bad).en})"),
            Text("--port で別の番号を指定してください", "give another one by --port"),
        ) from None
    address = f"http://{HOST}:{running.server_address[1]}/"
    put(say(f"{address} をブラウザーで開いてください(終了は Ctrl+C)", f"Open {address} in a browser (Ctrl+C ends it)"))
    try:
        running.serve_forever()
    except KeyboardInterrupt:
        return 0
    finally:
        running.server_close()
    return 0


def build(folder: str, package: str | None) -> int:
    """Write the page's files into a folder that is new or empty; raise OutputError."""
    newfolder.free(folder)
    page = files(package)
    newfolder.write(folder, page)
    megabytes = sum(map(len, page.values())) / 1_000_000
    put(
        say(
            f"{folder} に{len(page)}ファイル({megabytes:.1f} MB)を書き出しました。そのままWebサーバーに置けます",
            f"{len(page)} files ({megabytes:.1f} MB) written to {folder}; put them on any web server",
        )
    )
    return 0


def _refused(what: Text, fix: Text) -> OutputError:
    return OutputError(Problem("page", what, fix))


def files(package: str | None) -> dict[str, bytes]:
    """Return the page's files, with the runtime of a saved package, or of the one that is kept; raise OutputError."""
    kept = _folder() / f"pyodide-{runtime.VERSION}.tgz"
    where = package if package is not None else str(kept)
    data = runtime.on_disk(Path(where)) if package is not None or kept.is_file() else _fetched(kept)
    found, archive = runtime.files(data, where), site.python()
    return site.files(found, archive, _snapshot(found, archive))


def _fetched(kept: Path) -> bytes:
    """Return the package from its registry, and keep it for the next time where that can be."""
    put(say(f"ブラウザー用のPythonを取得しています: {runtime.URL}", f"Fetching Python for browsers: {runtime.URL}"), err=True)
    data = runtime.fetched()
    _keep(kept, data)
    return data


def _snapshot(found: Mapping[str, bytes], archive: bytes) -> bytes | None:
    """Return the snapshot of this runtime and package, kept from the last time or made now; None where it can't be made."""
    kept = _folder() / Path(site.snapshot_name(found, archive)).name
    if kept.is_file():
        return kept.read_bytes()
    if snapshot.possible():
        put(
            say(
                "ページの準備を速くしています(版ごとに一度、10秒ほど) …",
                "Making the page quick to start (once a version, some 10 seconds) …",
            ),
            err=True,
        )
    data = snapshot.made(found, archive)
    if data is not None:
        for old in _folder().glob("ready-*.snapshot"):
            with contextlib.suppress(OSError):
                old.unlink()
        _keep(kept, data)
    return data


def _keep(kept: Path, data: bytes) -> None:
    with contextlib.suppress(OSError, OutputError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        write(str(kept), data, force=True)


def _folder() -> Path:
    """Return where the runtime and its snapshot are kept between runs."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "kgisheet"

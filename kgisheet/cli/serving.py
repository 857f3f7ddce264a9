"""The command ``kgisheet web``: serves the page, or writes its files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from ..errors import OutputError, Problem
from ..language.text import Text
from ..web import runtime, site
from ..web.serve import HOST, server
from .speech import say


def serve(port: int, package: str | None) -> int:
    """Serve the page until it is interrupted; raise OutputError."""
    page = files(package)
    try:
        running = server(page, port)
    except OSError as bad:
        raise OutputError(
            Problem(
                "port",
                Text(f"ポート {port} を使えません({bad.strerror})", f"port {port} can't be used ({bad.strerror})"),
                Text("--port で別の番号を指定してください", "give another one by --port"),
            )
        ) from None
    address = f"http://{HOST}:{running.server_address[1]}/"
    click.echo(say(f"{address} をブラウザーで開いてください(終了は Ctrl+C)", f"Open {address} in a browser (Ctrl+C ends it)"))
    try:
        running.serve_forever()
    except KeyboardInterrupt:
        return 0
    finally:
        running.server_close()
    return 0


def build(folder: str, package: str | None) -> int:
    """Write the page's files into a folder that is new or empty; raise OutputError."""
    into = Path(folder)
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise OutputError(
            Problem(
                "exists",
                Text(f"{folder} は空のフォルダーではありません", f"{folder} is not an empty folder"),
                Text("新しいフォルダーを指定してください", "give a new one"),
            )
        )
    page = files(package)
    try:
        for name, data in page.items():
            path = into / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    except OSError as bad:
        raise OutputError(
            Problem(
                "write",
                Text(f"{folder} に書き込めません({bad.strerror})", f"{folder} can't be written ({bad.strerror})"),
                Text("書き込めるフォルダーを指定してください", "give a folder that can be written"),
            )
        ) from None
    megabytes = sum(map(len, page.values())) / 1_000_000
    click.echo(
        say(
            f"{folder} に{len(page)}ファイル({megabytes:.1f} MB)を書き出しました。そのままWebサーバーに置けます",
            f"{len(page)} files ({megabytes:.1f} MB) written to {folder}; put them on any web server",
        )
    )
    return 0


def files(package: str | None) -> dict[str, bytes]:
    if package is not None:
        return site.files(runtime.of_package(Path(package)))
    kept = _kept()
    if not kept.is_file():
        click.echo(
            say(f"ブラウザー用のPythonを取得しています: {runtime.URL}", f"Fetching Python for browsers: {runtime.URL}"),
            err=True,
        )
        data = runtime.fetched()
        kept.parent.mkdir(parents=True, exist_ok=True)
        new = kept.with_suffix(f".{os.getpid()}")
        new.write_bytes(data)
        new.replace(kept)
    return site.files(runtime.of_package(kept))


def _kept() -> Path:
    """Return where the runtime is kept between runs."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "kgisheet" / f"pyodide-{runtime.VERSION}.tgz"

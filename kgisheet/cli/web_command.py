"""`kgisheet web`: the page in the browser, served on this machine or written as a folder."""

from __future__ import annotations

import click

from .help import Command
from .speech import say


@click.command(
    cls=Command,
    help=say(
        "計画・検査のページをこのパソコンのブラウザーで開けるようにします。数字もファイルも外に送られません。",
        "Serves the page for planning and checking in the browser, on this machine alone: no figure and no file leaves it.",
    ),
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help=say("使うポート番号", "the port"),
)
@click.option(
    "--build",
    "folder",
    metavar="DIR",
    help=say(
        "ページを静的なファイルとしてこのフォルダーに書き出す(Webサーバーに置ける)",
        "write the page as static files into this folder, for any web server",
    ),
)
@click.option(
    "--runtime",
    metavar="FILE.tgz",
    help=say(
        "ブラウザー用Python(npmのpyodide)のファイル。なければ最初に一度だけ取得する",
        "the package of Python for browsers (pyodide, from npm); without it, it is fetched once",
    ),
)
def web(port: int, folder: str | None, runtime: str | None) -> int:
    from . import serving

    return serving.build(folder, runtime) if folder is not None else serving.serve(port, runtime)

"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from .speech import LANG, say

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

KEPT = 10
"""Backups, unless somebody says otherwise."""

SET = click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help=say(
        "計画の値を1つ変える(例 --set web_revenue=1200万円、--set channel.広告.share=25%)",
        "change one value of the plan (--set web_revenue=12000000, --set channel.Ads.share=25%)",
    ),
)
FULL = click.option("--full", is_flag=True, help=say("すべてのシートを作る", "write every sheet, including the optional ones"))
SHEETS = click.option(
    "--sheet",
    "sheets",
    multiple=True,
    metavar="SHEET",
    help=say("このシートも作る(例 --sheet ABM)", "write this sheet as well (--sheet ABM)"),
)
FORCE = click.option("--force", is_flag=True, help=say("既存のファイルを上書きする", "overwrite an existing file"))
TEMPLATE = click.option(
    "--template", metavar="NAME|FILE", help=say("テンプレートの名前かファイル", "a template, by name or file")
)
FOR = click.option(
    "--for",
    "target",
    type=click.Choice(["excel", "sheets"]),
    default="excel",
    show_default=True,
    help=say(
        "使うソフト(sheets は Google スプレッドシート。持ち込めないものを省き、何を省いたかを示す)",
        "the program it is for (sheets: Google Sheets; leaves out what that has no place for, and says what)",
    ),
)
JSON = click.option("--json", "as_json", is_flag=True, help=say("JSONで出力する", "print JSON"))
DRY_RUN = click.option(
    "--dry-run", is_flag=True, help=say("何が変わるかだけを示し、書き出さない", "only show what would change")
)
IN_PLACE = click.option(
    "--in-place",
    is_flag=True,
    help=say("元のファイルを置き換える(元は BOOK.bak.xlsx に残す)", "replace the file (BOOK.bak.xlsx keeps the old one)"),
)
UNDO = click.option(
    "--undo",
    is_flag=True,
    help=say(
        "最後のバックアップに戻す(今の内容は BOOK.undone.xlsx に残す)",
        "restore the last backup (BOOK.undone.xlsx keeps what was there)",
    ),
)
BACKUPS = click.option(
    "--backups",
    type=click.IntRange(min=1),
    metavar="N",
    default=KEPT,
    show_default=True,
    help=say(
        "残すバックアップの数(古いものは日時付きの名前)", "how many backups to keep; older ones have their date in the name"
    ),
)
DEEP = click.option(
    "-r",
    "--recursive",
    "deep",
    is_flag=True,
    help=say("フォルダーの下のフォルダーも対象にする", "subfolders too"),
)
JOBS = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help=say(
        "同時に動かすプロセスの数(省略時はCPUコアの数)",
        "how many processes work at a time (default: one for each processor core)",
    ),
)
EXECUTOR = click.option(
    "--executor",
    metavar="URL",
    help=say(
        "Daskのクラスターで処理する(例 dask=tcp://host:8786)。ファイルはどのマシンからも同じパスで見えること",
        "work on a Dask cluster (dask=tcp://host:8786); all its machines must see the files under the same paths",
    ),
)


def _raise_budget(ctx: click.Context, _: click.Parameter, times: int) -> None:
    from ..values.budget import raised  # what help and version do without

    ctx.with_resource(raised(times))


def within_budget(*commands: click.Command) -> None:
    """Give commands that read files from outside the option that raises the limits of their budget (`values.budget`)."""
    for command in commands:
        click.option(
            "--budget",
            type=click.IntRange(min=1),
            metavar="N",
            default=1,
            expose_value=False,
            callback=_raise_budget,
            help=say(
                "ファイルの大きさと計算量の上限を標準のN倍にする(大きくても信頼できるファイルに)",
                "raise the limits on a file's size and calculation to N times the standard, for a large file that you trust",
            ),
        )(command)


def making(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of what is made: template, settings, all sheets, the program."""
    for each in (FOR, FULL, SET, TEMPLATE):
        function = each(function)
    return function


def output(kind: str, ja: str, en: str) -> Decorator:
    return click.option("-o", "--output", metavar=kind, help=say(ja, en))


def language(default: str | None, ja: str, en: str) -> Decorator:
    """Return the option of a language, that of messages where it has no default."""
    kind, shown = click.Choice(["ja", "en"]), default is not None
    return click.option("--lang", type=kind, default=default or LANG, show_default=shown, help=say(ja, en))

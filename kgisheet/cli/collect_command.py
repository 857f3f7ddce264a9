"""`kgisheet collect`: its arguments and options."""

from __future__ import annotations

import click

from . import options
from .help import Command
from .speech import say


@click.command(
    cls=Command,
    help=say(
        "返ってきたブックを1つの集計ブックにまとめます。担当者×段階×月の目標と実績、未提出の人、重複、誤りが分かります。",
        "Collects the workbooks that came back into one summary: manager × stage × month, who hasn't answered, duplicates, errors.",
    ),
)
@click.argument("books", nargs=-1, required=True, metavar="BOOK.xlsx|DIR...")
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="SUMMARY.xlsx",
    help=say("書き出す集計ブック(- は標準出力)", "the summary to write (- for stdout)"),
)
@click.option(
    "-r",
    "--recursive",
    "deep",
    is_flag=True,
    help=say("フォルダーの下のフォルダーも集計する", "also collect from subfolders"),
)
@options.language("ja", "集計ブックの言語", "the summary's language")
@options.JOBS
@options.EXECUTOR
@options.FORCE
def collect(
    books: tuple[str, ...], output: str, deep: bool, lang: str, jobs: int | None, executor: str | None, force: bool
) -> int:
    from . import collecting

    return collecting.run(books, collecting.Wanted(output, deep, lang, jobs, executor, force))


options.within_budget(collect)

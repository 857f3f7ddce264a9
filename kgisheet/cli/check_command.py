"""`kgisheet check`: its arguments, options and helps."""

from __future__ import annotations

import click

from . import options
from .help import Command
from .speech import say


@click.command(
    cls=Command,
    help=say(
        "記入済みのブックを検査し、どのセルが誤りで、正しくは何か、どう直すかを示します。",
        "Checks filled-in workbooks: which cells are wrong, what they should be, how to fix them.",
    ),
)
@click.argument("books", nargs=-1, required=True, metavar="BOOK.xlsx|DIR...")
@options.DEEP
@click.option(
    "--explain-reading",
    "explain",
    is_flag=True,
    help=say(
        "手作りのシートをどう読み、何と何を突き合わせたかを示す",
        "for a sheet not made by kgisheet: show how it was read, what was compared with what, and why",
    ),
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html", "sarif"]),
    default="text",
    show_default=True,
    help=say("出力の形式", "the report's format"),
)
@options.output("FILE", "書き出すファイル(- は標準出力)", "the file to write (- for stdout)")
@click.option(
    "--annotate",
    metavar="COPY.xlsx",
    help=say(
        "該当セルに色とコメントを付け、検査結果のシートを加えたコピーを作る",
        "also write a copy with the cells marked and commented, and a sheet of findings",
    ),
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note"]),
    default="error",
    show_default=True,
    help=say("終了コードを1にする重大度の下限", "the lowest severity that makes the exit code 1"),
)
@click.option("--select", metavar="CODES", help=say("この指摘だけを示す(例 F,I03)", "report only these findings (F,I03)"))
@click.option("--ignore", metavar="CODES", help=say("この指摘を示さない(例 I11,S)", "leave out these findings (I11,S)"))
@click.option(
    "--template",
    "template_file",
    metavar="FILE",
    help=say(
        "ブックの中のものではなく、このテンプレートで検査する", "check against this template instead of the one in the workbook"
    ),
)
@options.JOBS
@options.EXECUTOR
@options.language(None, "報告の言語", "the report's language")
def check(
    books: tuple[str, ...],
    deep: bool,
    explain: bool,
    form: str,
    output: str | None,
    annotate: str | None,
    fail_on: str,
    select: str | None,
    ignore: str | None,
    template_file: str | None,
    jobs: int | None,
    executor: str | None,
    lang: str,
) -> int:
    from . import checking

    wanted = checking.Wanted(
        form, output, annotate, fail_on, select, ignore, template_file, lang, deep, explain, jobs, executor
    )
    return checking.run(books, wanted)


options.within_budget(check)

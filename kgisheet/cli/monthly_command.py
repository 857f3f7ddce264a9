"""`kgisheet monthly`: its arguments, options and helps."""

from __future__ import annotations

import click

from . import options
from .help import Command
from .speech import say


@click.command(
    cls=Command,
    help=say(
        "記入済みのブックの月次目標を、計画に合わせて更新します。人が変えたセルはそのまま残します。",
        "Updates the monthly goals of a workbook in use and keeps the cells that people changed.",
    ),
)
@click.argument("books", nargs=-1, required=True, metavar="BOOK.xlsx|DIR...")
@options.DEEP
@click.option(
    "--plan",
    metavar="PLAN.toml",
    help=say("新しい計画(省略時はブックの中の計画)", "the new plan (default: the one in the workbook)"),
)
@click.option(
    "--start", metavar="YYYY-MM", help=say("次の年度へ進める(最初の月)", "roll over to the year that begins in this month")
)
@options.DRY_RUN
@click.option("--json", "as_json", is_flag=True, help=say("--dry-run をJSONで出力する", "print --dry-run as JSON"))
@options.output("OUT.xlsx", "書き出すファイル(- は標準出力)", "the file to write (- for stdout)")
@options.IN_PLACE
@options.UNDO
@options.BACKUPS
@click.option(
    "--take",
    multiple=True,
    metavar="ours|CELL",
    help=say("競合を計画の値で解消する(すべてかセル)", "in a conflict, use the plan's value (everywhere, or in one cell)"),
)
@click.option(
    "--goals",
    metavar="GOALS.csv",
    help=say(
        "月ごとのCV目標・CV率・訪問数のCSVを月次予実の調整値に入れる",
        "monthly goals as CSV (month, conversion goal, conversion rate, visits), imported as overrides",
    ),
)
@click.option(
    "--actuals",
    metavar="ACTUALS.csv",
    help=say(
        "実績のCSV(月・段階・値)を月のタブに入れる", "actuals as CSV (month, stage, value), imported into the months' tabs"
    ),
)
@options.JOBS
@options.EXECUTOR
def monthly(
    books: tuple[str, ...],
    deep: bool,
    plan: str | None,
    start: str | None,
    dry_run: bool,
    as_json: bool,
    output: str | None,
    in_place: bool,
    take: tuple[str, ...],
    goals: str | None,
    actuals: str | None,
    undo: bool,
    backups: int,
    jobs: int | None,
    executor: str | None,
) -> int:
    from . import monthly as regenerating
    from .monthly_wanted import Wanted

    asked = (plan, start, dry_run, as_json, output, in_place, take, goals, actuals, undo, backups)
    return regenerating.run(books, Wanted(*asked, deep, jobs, executor))


options.within_budget(monthly)

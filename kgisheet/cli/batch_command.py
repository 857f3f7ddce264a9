"""`kgisheet batch`: its arguments and options."""

from __future__ import annotations

import click

from . import options
from .help import Command
from .speech import say


@click.command(
    cls=Command,
    help=say(
        "名簿(CSV)の1行ごとに、計画から目標シートのブックを作ります。",
        "Makes a goal workbook for each row of a roster (CSV), from one plan.",
    ),
)
@click.argument("roster", metavar="ROSTER.csv")
@click.option(
    "--plan",
    required=True,
    metavar="PLAN.toml",
    help=say("全員に共通の計画", "the plan that all rows share"),
)
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="DIR",
    help=say("ブックを書き出すフォルダー(なければ作る)", "the folder for the workbooks (made if there is none)"),
)
@click.option(
    "--split",
    metavar="KEY",
    help=say(
        "計画の目標を名簿の行で分ける(web_revenue。同じ名前の列に比率か重みを書く。なければ均等)。どの段階も合計が計画と一致する",
        "share the plan's goal over the rows (web_revenue; by the shares or weights in the column of that name, equally without it)"
        " so that every stage adds up to the plan",
    ),
)
@options.JOBS
@options.EXECUTOR
@click.option(
    "--resume",
    is_flag=True,
    help=say(
        "前回の続きから、ないもの・計画が変わったものだけを作る", "go on: make only what is missing, or whose plan has changed"
    ),
)
@options.FORCE
@options.language("ja", "ブックの言語", "the workbooks' language")
def batch(
    roster: str,
    plan: str,
    output: str,
    split: str | None,
    jobs: int | None,
    executor: str | None,
    resume: bool,
    force: bool,
    lang: str,
) -> int:
    from . import batching

    return batching.run(roster, batching.Asked(plan, output, split, jobs, executor, resume, force, lang))


options.within_budget(batch)

"""The commands: their names, arguments, options and helps.

What a command does is in a module of its own, imported when it runs: the libraries
below take longer to import than ``-h`` and ``--version`` take to answer.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import Any, NoReturn

import click

from ..errors import KgisheetError, internal, located, too_complex
from ..version import __version__
from . import options
from .help import Group
from .others import OTHERS
from .speech import LANG, complain, end, put, say, settle_streams, usage


@click.group(
    cls=Group,
    help=say(
        "売上目標(KGI)から訪問数までを逆算する、数式入りのExcelブックを作ります。",
        "Writes formula-driven Excel workbooks that work back from a revenue goal (KGI) to visits.",
    ),
)
@click.version_option(__version__, prog_name="kgisheet", message="%(prog)s %(version)s")
def cli() -> None:
    pass


@cli.command(
    help=say(
        "計画(TOML)か入力フォームから、目標シートのブックを作ります(指定がなければ記入例を使います)。",
        "Makes a goal workbook from a plan (TOML) or a filled-in form; without either, the worked example as kgi-goal.xlsx.",
    ),
)
@click.argument("plan", required=False, metavar="[PLAN.toml|FORM.xlsx]")
@options.output("OUT.xlsx", "書き出すファイル(- は標準出力)", "the file to write (- for stdout)")
@click.option(
    "--into",
    metavar="BOOK.xlsx",
    help=say(
        "このブックに目標シートを加える(-o がなければ置き換え、元は BOOK.bak.xlsx に残す)",
        "add the goal sheets to this workbook (in place unless there is -o; BOOK.bak.xlsx keeps the old one)",
    ),
)
@options.making
@options.language("ja", "ブックの言語", "the workbook's language")
@options.FORCE
def new(
    plan: str | None,
    output: str | None,
    into: str | None,
    template: str | None,
    settings: tuple[str, ...],
    full: bool,
    target: str,
    lang: str,
    force: bool,
) -> None:
    from . import making

    wanted = making.Wanted(template, (*settings, *(("sheets=all",) if full else ())), lang, force, target)
    if into is None:
        making.run(plan, output, wanted)
    else:
        from . import inserting

        inserting.run(plan, into, output, wanted, options.KEPT)


@cli.command(
    help=say(
        "質問に答えて計画(TOML)を作ります。--form なら、Excelで記入できる入力フォームを作ります。",
        "Asks for the figures of a goal and writes its plan (TOML). With --form, writes a form to fill in with Excel.",
    ),
)
@click.option(
    "--form",
    metavar="FORM.xlsx",
    help=say(
        "質問の代わりに入力フォームを書き出す(記入後は kgisheet new FORM.xlsx)",
        "write an input form instead of asking (once filled in: kgisheet new FORM.xlsx)",
    ),
)
@options.output(
    "PLAN.toml", "書き出す計画(省略時は plan.toml、- は標準出力)", "the plan to write (plan.toml if left out, - for stdout)"
)
@options.language("ja", "フォームの言語", "the form's language")
@options.FORCE
def init(form: str | None, output: str | None, lang: str, force: bool) -> None:
    from . import starting

    starting.run(form, output, lang, force)


@cli.command(
    help=say(
        "計画またはブックの目標を、売上から訪問数まで表示します。",
        "Prints the goal of a plan or a workbook, from revenue to visits.",
    ),
)
@click.argument("file", metavar="PLAN.toml|BOOK.xlsx")
@click.option(
    "--all",
    "whole",
    is_flag=True,
    help=say("すべてのセルを名前・値・計算とともに表示する", "print every cell, with its name, value and calculation"),
)
@options.JSON
@click.option(
    "--csv",
    "csv",
    metavar="GOALS.csv",
    help=say(
        "月ごとのCV目標・CV率・訪問数をCSVに書き出す(- は標準出力)",
        "write each month's conversion goal, conversion rate and visits as CSV (- for stdout)",
    ),
)
@click.option(
    "--encoding",
    type=click.Choice(["utf-8", "cp932"]),
    default="utf-8",
    show_default=True,
    help=say("CSVの文字コード(utf-8 はExcel用のBOM付き)", "the CSV's encoding (utf-8 with the BOM that Excel needs)"),
)
@options.FORCE
def show(file: str, whole: bool, as_json: bool, csv: str | None, encoding: str, force: bool) -> None:
    from . import showing

    showing.run(file, showing.Wanted(whole, as_json, csv, encoding, force))


@cli.command(
    help=say(
        "記入済みのブックや手作りの目標シートから、計画(TOML)を取り出します。",
        "Extracts a plan (TOML) from a workbook or any goal sheet.",
    ),
)
@click.argument("book", metavar="BOOK.xlsx")
@options.output("PLAN.toml", "書き出すファイル(省略時は標準出力)", "the file to write (stdout if left out)")
def extract(book: str, output: str | None) -> None:
    from . import extracting

    extracting.run(book, output)


@cli.command(
    help=say(
        "検査の指摘コードの意味・理由・例・直し方を表示します。",
        "Explains a finding's code: what it means, why it matters, an example, how to fix it.",
    ),
)
@click.argument("code", metavar="CODE")
def explain(code: str) -> None:
    from . import explaining

    put(explaining.page(code))


@cli.command(
    help=say(
        "以前のバージョンで作ったブックを、今の形に作り直します。入力・実績・備考・加えたシートは引き継ぎ、移せないものは一覧にします。",
        "Brings a workbook from an earlier version up to date: what was typed and added stays, what can't be moved is listed.",
    ),
)
@click.argument("book", metavar="BOOK.xlsx")
@options.output("OUT.xlsx", "書き出すファイル(- は標準出力)", "the file to write (- for stdout)")
@options.IN_PLACE
@options.DRY_RUN
@options.UNDO
@options.FULL
@options.SHEETS
@options.TEMPLATE
@options.JSON
@options.BACKUPS
def upgrade(
    book: str,
    output: str | None,
    in_place: bool,
    dry_run: bool,
    undo: bool,
    full: bool,
    sheets: tuple[str, ...],
    template: str | None,
    as_json: bool,
    backups: int,
) -> int:
    from . import upgrading

    asked = ("all",) if full else sheets
    return upgrading.run(book, upgrading.Wanted(output, in_place, dry_run, undo, asked, template, as_json, backups))


@cli.command(
    help=say(
        "2つのブックを比べ、どの入力が変わり、各段階がどう変わったかを示します。違いがあれば終了コードは1です。",
        "Compares two workbooks: which inputs changed, and how each stage changed. The exit code is 1 if they differ.",
    ),
)
@click.argument("a", metavar="A.xlsx")
@click.argument("b", metavar="B.xlsx")
@options.JSON
def diff(a: str, b: str, as_json: bool) -> int:
    from . import diffing

    return diffing.run(a, b, as_json)


for each in OTHERS:
    cli.add_command(each)
options.within_budget(new, show, extract, upgrade, diff)


def run(args: list[str] | None = None) -> int:
    """Run the command line; returns the exit code, and that of what can't be read where this program fails itself.

    People get a sentence then; `python -X dev -m kgisheet` gives the traceback.
    """
    try:
        return answered(args)
    except Exception as bad:
        if sys.flags.dev_mode:
            raise
        complain([internal(located(bad))])
        return 3


def answered(args: list[str] | None = None) -> int:
    """Run the command line; returns the exit code and never raises for what a user can do."""
    settle_streams()
    try:
        answer: Any = cli.main(args=args, prog_name="kgisheet", standalone_mode=False)
        return answer if isinstance(answer, int) else 0
    except KgisheetError as error:
        return end(error)
    except click.exceptions.NoArgsIsHelpError as error:
        put(error.ctx.get_help() if error.ctx else "", err=True)
        return 2
    except click.ClickException as error:
        return usage(error)
    except (click.Abort, KeyboardInterrupt):
        complain([])
        return 130
    except BrokenPipeError:
        # The reader of our output has gone: nothing is wrong, and nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (MemoryError, RecursionError):
        complain([too_complex("")])
        return 3
    except OSError as bad:
        from ..language.reasons import why

        put(f"kgisheet: {say('出力できません', 'nothing can be written')} ({why(bad).to(LANG)})", err=True)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 2


def main() -> None:
    """Run the ``kgisheet`` command and exit."""
    # One command makes some 100,000 objects and ends: looking for cycles among them is a tenth of its time.
    gc.disable()
    leave(run())


def leave(code: int) -> NoReturn:
    """End the process without freeing its objects one by one, which is a tenth of a command's time."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        sys.exit(code)  # as ever: Python says what became of its output
    os._exit(code)

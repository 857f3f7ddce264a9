"""`kgisheet template`: its commands, each thin over `templates`."""

from __future__ import annotations

import click

from .help import Group
from .speech import put, put_data, say


@click.group(
    cls=Group,
    help=say("テンプレートを一覧・表示・書き出し・検査します。", "Lists, shows, exports and checks templates."),
)
def template() -> None:
    pass


@template.command("list", help=say("使えるテンプレートを一覧にします。", "Lists the available templates."))
def template_list() -> None:
    from . import templates

    put(templates.listed())


@template.command(
    "show",
    help=say("テンプレートのセルと計算式を文で示します。", "Shows a template's cells and formulas in words."),
)
@click.argument("name", metavar="NAME|FILE")
def template_show(name: str) -> None:
    from . import templates

    put(templates.shown(name))


@template.command(
    "export",
    help=say(
        "テンプレートのTOMLを標準出力に書き出します。書き換えて自分のテンプレートにできます。",
        "Prints a template's TOML, as a start for one of your own.",
    ),
)
@click.argument("name", metavar="NAME")
def template_export(name: str) -> None:
    from . import templates

    put_data(templates.exported(name))


@template.command("check", help=say("テンプレートのファイルを検査します。", "Checks whether a template can be used."))
@click.argument("file", metavar="FILE")
def template_check(file: str) -> None:
    from . import templates

    put(templates.checked(file))

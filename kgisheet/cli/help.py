"""The help pages in the reader's language: click's own words are English."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from .speech import LANG

_WORDS = {
    "Usage: ": "使い方: ",
    "Options": "オプション",
    "Commands": "コマンド",
    "Show this message and exit.": "この説明を表示する",
    "Show the version and exit.": "バージョンを表示する",
}
_IN_ROWS = (("[default: ", "[既定: "), ("; x>=1]", "; 1以上]"), ("[x>=1]", "[1以上]"), ("[required]", "[必須]"))


class _Formatter(click.HelpFormatter):
    """The layout of a help page, with click's words in Japanese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(
            prog,
            args.replace("[OPTIONS]", "[オプション]").replace("COMMAND [ARGS]...", "コマンド ..."),
            prefix or _WORDS["Usage: "],
        )

    def write_heading(self, heading: str) -> None:
        super().write_heading(_WORDS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(left, _row(right)) for left, right in rows], col_max, col_spacing)


def _row(text: str) -> str:
    text = _WORDS.get(text, text)
    for english, japanese in _IN_ROWS:
        text = text.replace(english, japanese)
    return text


class Context(click.Context):
    if LANG == "ja":
        formatter_class = _Formatter


_SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"]}


class Command(click.Command):
    context_class = Context

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **{"context_settings": _SETTINGS, **named})


class Group(click.Group):
    context_class = Context

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **{"context_settings": _SETTINGS, **named})

    command_class = Command
    group_class = type

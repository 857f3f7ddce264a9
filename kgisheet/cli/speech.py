"""The language of messages, and how they reach the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence

import click

from ..errors import KgisheetError, Problem
from ..language.text import Text


def language() -> str:
    """Return ``ja`` or ``en``, by the locale: the first of LC_ALL, LC_MESSAGES and LANG that is set."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "ja" if value.lower().startswith("ja") else "en"
    return "en"


LANG = language()


def say(ja: str, en: str) -> str:
    """Return one of two texts, by the locale."""
    return Text(ja, en).to(LANG)


def written(value: object, unit: str | None = None, digits: int = 6) -> str:
    """Return a cell's value as a list of changes shows it: in its unit, or else with at most so many digits."""
    if value is None or value == "":
        return say("空欄", "blank")
    if unit is not None and isinstance(value, (int, float)) and not isinstance(value, bool):
        from ..worksheet.shown import in_unit  # seldom needed

        return in_unit(value, unit).to(LANG)
    if isinstance(value, float):
        said = f"{value:,.{digits}g}"
        return f"{value:,.0f}" if "e" in said and abs(value) >= 1 else said
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def settle_streams() -> None:
    """Make a terminal that can't show a character show ``?`` instead of a traceback."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def complain(problems: Iterable[Problem], kind: str = "") -> None:
    """Print each problem as one line on stderr, preceded by ``kind`` if it isn't fatal."""
    for problem in problems:
        click.echo(f"kgisheet: {kind}{visible(problem.to(LANG))}", err=True)


_SPACES = " \u3000"
"""Those that are typed between words; others are told by their number."""


def visible(text: str) -> str:
    """Return the text without control and bidirectional characters."""
    return "".join(letter if letter.isprintable() or letter in _SPACES else f"\\u{ord(letter):04x}" for letter in text)


def end(error: KgisheetError) -> int:
    complain(error.problems)
    return error.exit_code


def usage(error: click.ClickException) -> int:
    """Return a usage error in the reader's language; exit 2."""
    message = error.format_message()
    if LANG == "ja":
        message = _japanese(error) or message
    context = getattr(error, "ctx", None)
    click.echo(f"kgisheet: {visible(message)}", err=True)
    if context is not None:
        path = context.command_path
        click.echo(say(f"使い方は {path} -h で見られます", f"{path} -h shows the usage"), err=True)
    return 2


def _japanese(error: click.ClickException) -> str | None:
    if isinstance(error, click.NoSuchOption):
        return f"{error.option_name} というオプションはありません{_near(error.possibilities)}"
    if isinstance(error, click.MissingParameter):
        name = error.param.human_readable_name if error.param is not None else "引数"
        if isinstance(error.param, click.Option):
            name = error.param.opts[0]  # as it is typed
        return f"{name} が指定されていません"
    if isinstance(error, click.BadOptionUsage):
        if "not take a value" in error.format_message():
            return f"{error.option_name} に値は付けられません"
        return f"{error.option_name} の後に値が必要です"
    if isinstance(error, click.BadParameter) and error.param is not None:
        if isinstance(error.param.type, click.Choice):
            return f"{error.param.opts[-1]} は {'、'.join(map(str, error.param.type.choices))} のどれかです"
        if isinstance(error.param.type, click.IntRange):
            return f"{error.param.opts[-1]} には{error.param.type.min}以上の整数を指定してください"
        return f"{error.param.opts[-1]} の値が違います: {error.message}"
    if isinstance(error, click.exceptions.NoSuchCommand):
        return f"{error.command_name} というコマンドはありません{_near(error.possibilities)}"
    if "unexpected extra argument" in error.format_message():
        return "引数が多すぎます: " + error.format_message().partition("(")[2].rstrip(")")
    return None


def _near(possibilities: Sequence[str] | None) -> str:
    """Return what may have been meant, in brackets."""
    return f"({'、'.join(possibilities)} のことですか)" if possibilities else ""

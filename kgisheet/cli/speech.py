"""The language of messages, and how they reach the terminal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

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


# -- to a terminal --------------------------------------------------------------------------
#
# Whatever a file brings along (labels, titles, names of sheets and files) reaches a terminal through one of these, and
# through nothing else: a test looks for other ways. What is written with -o, or read by another program, stays as it is.

_SPACES = " \u3000"
"""Those that are typed between words; others are told by their number."""


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether a person is reading what is written there."""
    try:
        return stream is not None and stream.isatty()
    except (AttributeError, ValueError):  # replaced, or closed
        return False


def visible(text: str) -> str:
    r"""Return one line of text without control and bidirectional characters: as ``\u202e``, which TOML reads as the same."""
    return text if text.isprintable() else "".join(map(_told, text))


def _told(letter: str) -> str:
    if letter.isprintable() or letter in _SPACES:
        return letter
    return f"\\u{ord(letter):04x}" if ord(letter) < 0x10000 else f"\\U{ord(letter):08x}"


def put(text: str, err: bool = False, nl: bool = True) -> None:
    """Print a text for people, its lines without control and bidirectional characters."""
    click.echo("\n".join(map(visible, text.split("\n"))), err=err, nl=nl)


def put_data(text: str) -> None:
    """Print a text that is for a program (a plan, a template, CSV) as it is; to a terminal without what would steer it."""
    if is_terminal(sys.stdout):
        text = "\n".join("\t".join(map(visible, line.split("\t"))) for line in text.replace("\r\n", "\n").split("\n"))
        click.echo(text, nl=False)
    else:
        click.echo(_encoded(text), nl=False)


def put_answer(answer: dict[str, Any] | str, nl: bool = True) -> None:
    """Print JSON (or what is for programs too, HTML); to a terminal with what would steer it escaped, as JSON means the same."""
    said = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False, indent=2)
    if is_terminal(sys.stdout):
        click.echo("\n".join(line if line.isprintable() else "".join(map(_in_json, line)) for line in said.split("\n")), nl=nl)
    else:
        click.echo(_encoded(said), nl=nl)


def _in_json(letter: str) -> str:
    return letter if letter.isprintable() or letter in _SPACES else json.dumps(letter)[1:-1]


def _encoded(text: str) -> bytes:
    """Return what programs read: UTF-8, whatever the encoding of the terminal; where a file is named otherwise, as JSON writes it."""
    return text.encode(errors="backslashreplace")


def complain(problems: Iterable[Problem], kind: str = "") -> None:
    """Print each problem as one line on stderr, preceded by ``kind`` if it isn't fatal."""
    for problem in problems:
        put(visible(f"kgisheet: {kind}{problem.to(LANG)}"), err=True)


def end(error: KgisheetError) -> int:
    complain(error.problems)
    return error.exit_code


def usage(error: click.ClickException) -> int:
    """Return a usage error in the reader's language; exit 2."""
    message = error.format_message()
    if LANG == "ja":
        message = _japanese(error) or message
    context = getattr(error, "ctx", None)
    put(visible(f"kgisheet: {message}"), err=True)
    if context is not None:
        path = context.command_path
        put(say(f"使い方は {path} -h で見られます", f"{path} -h shows the usage"), err=True)
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

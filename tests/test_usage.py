"""What is said to a slip on the command line, in Japanese: of every command, every option, and each way to get it wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import click
import pytest
from conftest import Ran

from kgisheet.cli.main import cli

Run = Callable[..., Ran]


def commands(group: click.Group = cli, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        yield (*path, name), command


def slips(command: click.Command) -> Iterator[list[str]]:
    """Arguments that are wrong, each in one way."""
    given = ["x.xlsx" for each in command.params if isinstance(each, click.Argument) and each.required]
    yield [*given, "--nothing"]
    if not isinstance(command, click.Group):
        if given:
            yield []
        yield ["x.xlsx"] * 9
    for option in command.params:
        if not isinstance(option, click.Option):
            continue
        long = option.opts[-1]
        yield [*given, f"{long}=1"] if option.is_flag else [*given, long]
        if isinstance(option.type, click.Choice | click.IntRange):
            yield [*given, long, "a"]
            yield [*given, long, "0"]


SLIPS = [(path, slip) for path, command in commands() for slip in slips(command)]


def english(line: str) -> list[str]:
    """The runs of three English words in a line: names of options, files and commands aren't."""
    return re.findall(r"(?<![-\w.])[A-Za-z']+ [a-z']+ [a-z']+", line)


def test_the_look_out_for_english_sees_it() -> None:
    assert english("--backups の値が違います: 0 is not in the range x>=1.")
    assert not english("kgisheet: --format は text、json、html のどれかです")
    assert len(SLIPS) > 60


@pytest.mark.parametrize("lang", ["ja_JP.UTF-8", "en_US.UTF-8"])
def test_every_slip_is_told_in_one_language(lang: str, kgisheet: Run) -> None:
    for path, slip in SLIPS:
        ran = kgisheet(*path, *slip, lang=lang)
        if path == ("check",) and slip == ["x.xlsx"] * 9:
            continue  # it takes many, and none of them is there
        assert ran.code == 2, (path, slip, ran.err)
        first = ran.err.splitlines()[0]
        assert first.startswith("kgisheet: ") or path == ("template",), (path, slip, first)
        if lang.startswith("ja"):
            assert not english(first), (path, slip, first)
            assert re.search("[ぁ-ん]", first), (path, slip, first)


def test_a_slip_says_what_would_be_right(kgisheet: Run) -> None:
    told = {
        ("monthly", "x.xlsx", "--backups", "0"): "--backups には1以上の整数を指定してください",
        ("monthly", "x.xlsx", "--in-place=3"): "--in-place に値は付けられません",
        ("monthly", "x.xlsx", "--plan"): "--plan の後に値が必要です",
        ("addin", "excel"): "-o が指定されていません",
        ("show",): "PLAN.toml|BOOK.xlsx が指定されていません",
        ("new", "--lang", "fr"): "--lang は ja、en のどれかです",
        ("nwe",): "nwe というコマンドはありません(web、new のことですか)",
    }
    said = {words: kgisheet(*words, lang="ja_JP.UTF-8").err.splitlines()[0].removeprefix("kgisheet: ") for words in told}
    assert said == told


def test_help_has_no_english_of_click_in_japanese(kgisheet: Run) -> None:
    for path, _ in [((), None), *commands()]:
        page = kgisheet(*path, "-h", lang="ja_JP.UTF-8").out.decode()
        for word in ("Usage", "Options", "OPTIONS", "Commands", "COMMAND", "ARGS", "default", "Show ", "required"):
            assert word not in page, (path, word)


@pytest.mark.parametrize("lang", ["ja_JP.UTF-8", "en_US.UTF-8"])
def test_what_a_group_says_of_its_commands_is_a_whole_sentence(lang: str, kgisheet: Run) -> None:
    """Click cuts a first sentence that is too long for a line of the list, and a Japanese one to nothing but its dots."""
    groups = [path for path, command in commands() if isinstance(command, click.Group)]
    assert ("addin",) in groups
    for path in groups:
        listed = kgisheet(*path, "-h", lang=lang).out.decode()
        assert "..." not in listed.partition("\n\n")[2], path

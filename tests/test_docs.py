"""The README says what is: its plan loads, its template loads, its commands and options exist."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import click
import plan_reference
import pytest
from conftest import ROOT, Ran

from kgisheet import api
from kgisheet.cli.main import cli
from kgisheet.template import declaration

READMES = ["README.md", "README.ja.md"]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", text(name), re.DOTALL)


@pytest.mark.parametrize("name", READMES)
def test_the_plan_and_the_template_of_the_readme_are_accepted(name: str) -> None:
    plan, own = blocks(name, "toml")
    assert api.plan_from_toml(plan, name, "ja").template.name == "standard"
    assert api.check_template(declaration.parse(own, name)).name == "seminar"


def commands(group: click.Group, path: str) -> list[tuple[str, click.Command]]:
    found: list[tuple[str, click.Command]] = []
    for name, command in group.commands.items():
        inner = f"{path} {name}"
        found += commands(command, inner) if isinstance(command, click.Group) else [(inner, command)]
    return found


@pytest.mark.parametrize("name", READMES)
def test_every_command_and_option_stands_in_the_readme_and_no_other(name: str) -> None:
    rows = dict(re.findall(r"^\| `(kgisheet(?: [a-z]+)+)([^`]*)` \|", text(name), re.MULTILINE))
    found = dict(commands(cli, "kgisheet"))
    assert set(rows) == set(found)
    for path, command in found.items():
        options = {option for each in command.params if isinstance(each, click.Option) for option in each.opts[-1:]}
        said = set(re.findall(r"--[a-z-]+", rows[path])) | ({"--output"} if "-o" in rows[path] else set())
        assert options == said, path


@pytest.mark.parametrize("name", READMES)
def test_files_that_the_readme_names_exist(name: str) -> None:
    for path in re.findall(r"(?:samples|tests)/[\w./-]+", text(name)):
        assert (ROOT / path).exists(), path


def test_the_messages_of_the_readme_are_what_is_printed(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    plan = 'total_revenue = "5,000万円"\n' + "\n" * 5 + "win_rate = 30\n\n\n"
    plan += '[[channel]]\nname = "a"\nshare = "90%"\nmeeting_rate = "10%"\n[[channel]]\nname = "b"\nshare = 0\nmeeting_rate = "1%"\n'
    (tmp_path / "plan.toml").write_text(plan, encoding="utf-8")
    for name, lang in zip(READMES, ("en_US.UTF-8", "ja_JP.UTF-8"), strict=True):
        ran = kgisheet("new", "plan.toml", lang=lang)
        shown = blocks(name, "text")[0]
        assert set(shown.splitlines()) <= set(ran.err.splitlines())


@pytest.mark.parametrize("name", READMES)
def test_the_reference_of_plan_keys_is_fresh(name: str) -> None:
    """Made from the template; `tests/plan_reference.py --write` brings it up to date."""
    assert plan_reference.fresh(name) == text(name)
    listed = re.findall(r"^\| `(.+?)` \|", text(name), re.MULTILINE)
    assert {"web_revenue", "[[channel]] share", "[[channel]] meetings", "[[abm_moves]] count", "[feasibility] budget"} <= set(
        listed
    )


def test_no_figure_is_left_open() -> None:
    for name in READMES:
        assert not re.search(r"@[A-Z]+@|TODO|TBD", text(name))
